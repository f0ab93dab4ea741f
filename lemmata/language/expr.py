"""Expressions: what the author wrote, as a tree with shapes. Nothing is simplified.

A shape is (rows, columns); each is a positive integer or the name of a symbolic dimension. A vector is
a column, a scalar is 1 x 1. Two expressions are compared as trees by `same`; `==` makes a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from lemmata.language.errors import LanguageError, NotANumber, ShapeError

#: Rows and columns: positive integers or names of dimensions.
Shape = tuple[str | int, str | int]

SCALAR: Shape = (1, 1)


@dataclass(frozen=True, eq=False)
class Expr:
    """An expression: its head says what it is, `data` what the head needs to know."""

    head: str
    args: tuple[Expr, ...] = ()
    shape: Shape = SCALAR
    data: Any = None

    # NumPy and SymPy leave the operators to us.
    __array_ufunc__ = None
    _op_priority = 100.0

    def __post_init__(self) -> None:
        for part in self.args if self.head != "member" else ():
            one_member(part)

    def __hash__(self) -> int:
        return hash((self.head, self.args, self.shape, self.data))

    def __eq__(self, other: object) -> Statement:  # type: ignore[override]
        return compared(self, "==", other)

    def __ne__(self, other: object) -> Statement:  # type: ignore[override]
        return compared(self, "!=", other)

    def __le__(self, other: object) -> Statement:
        return compared(self, "<=", other)

    def __lt__(self, other: object) -> Statement:
        return compared(self, "<", other)

    def __ge__(self, other: object) -> Statement:
        return compared(self, ">=", other)

    def __gt__(self, other: object) -> Statement:
        return compared(self, ">", other)

    def __add__(self, other: object) -> Expr:
        return _sum("add", self, expression(other, self.shape))

    def __radd__(self, other: object) -> Expr:
        return _sum("add", expression(other, self.shape), self)

    def __sub__(self, other: object) -> Expr:
        return _sum("sub", self, expression(other, self.shape))

    def __rsub__(self, other: object) -> Expr:
        return _sum("sub", expression(other, self.shape), self)

    def __pos__(self) -> Expr:
        return self

    def __neg__(self) -> Expr:
        return Expr("neg", (self,), self.shape)

    def __mul__(self, other: object) -> Expr:
        return _product(self, expression(other))

    def __rmul__(self, other: object) -> Expr:
        return _product(expression(other), self)

    def __truediv__(self, other: object) -> Expr:
        return _quotient(self, expression(other))

    def __rtruediv__(self, other: object) -> Expr:
        return _quotient(expression(other), self)

    def __matmul__(self, other: object) -> Expr:
        return _matrix_product(self, expression(other))

    def __rmatmul__(self, other: object) -> Expr:
        return _matrix_product(expression(other), self)

    def __pow__(self, other: object) -> Expr:
        return _power(self, expression(other))

    def __abs__(self) -> Expr:
        return Expr("apply", (self,), self.shape, "abs")

    def __rpow__(self, other: object) -> Expr:
        return _power(expression(other), self)

    def __bool__(self) -> bool:
        raise LanguageError(f"{self} is an expression, neither true nor false")

    def __iter__(self) -> Iterator[Expr]:
        raise TypeError(f"{self} of shape {shown(self.shape)} cannot be iterated over")

    def __getitem__(self, key: object) -> Expr:
        from lemmata.language.indexing import item

        return item(self, key)

    @property
    def T(self) -> Expr:
        """The transpose."""
        return Expr("transpose", (self,), self.shape[::-1])

    @property
    def start(self) -> Any:
        """The first value of a recurrence, to be named after `by=`."""
        return self._definition("start")

    @property
    def step(self) -> Any:
        """The step of a recurrence, to be named after `by=`."""
        return self._definition("step")

    def _definition(self, part: str) -> Any:
        definition = getattr(self.data, part, None) if self.head == "variable" else None
        if definition is None:
            raise AttributeError(f"{self} has no {part}: a recurrence has one, if it is given there")
        return definition

    @property
    def symbol(self) -> Any:
        """The SymPy symbol of a declared variable or dimension."""
        from lemmata.language.sympy_border import symbol

        return symbol(self)

    def __str__(self) -> str:
        from lemmata.language.show import text

        return text(self)

    __repr__ = __str__

    def _latex(self, printer: object) -> str:
        """What `sympy.latex` prints."""
        from lemmata.language.show import latex

        return latex(self)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self._latex(None)}$"


@dataclass(frozen=True)
class Statement:
    """left relation right; the relation is as it was typed: `==`, `!=`, `<=`, `<`, `>=` or `>`; or `->`, a
    limit. A time `over` which a statement holds, or a limit is taken, is bound in it."""

    left: Expr
    relation: str
    right: Expr
    over: tuple[str, int] | None = None

    def __bool__(self) -> bool:
        """Whether both sides are the same tree: Python asks this of dictionary keys."""
        if self.relation in ("==", "!="):
            return same(self.left, self.right) == (self.relation == "==")
        raise LanguageError(f"{self} is a statement; whether it holds is for `lemmata check` to say")

    def __hash__(self) -> int:
        return hash((self.left, self.relation, self.right, self.over))

    def __str__(self) -> str:
        from lemmata.language.show import text

        return text(self)

    __repr__ = __str__

    def _latex(self, printer: object) -> str:
        from lemmata.language.show import latex

        return latex(self)


def same(left: Expr, right: Expr) -> bool:
    """Whether two expressions are the same tree."""
    if left is right:
        return True
    if (left.head, left.shape, len(left.args)) != (right.head, right.shape, len(right.args)):
        return False
    return bool(left.data == right.data) and all(map(same, left.args, right.args))


def subexpressions(expr: Expr) -> Iterator[Expr]:
    """The expression and everything below it."""
    yield expr
    for argument in expr.args:
        yield from subexpressions(argument)


def rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The expression with each argument changed."""
    return replace(expr, args=tuple(map(change, expr.args))) if expr.args else expr


def number(value: int | Fraction) -> Expr:
    """An exact number."""
    return Expr("number", (), SCALAR, Fraction(value))


def zeros_like(shape: Shape) -> Expr:
    return number(0) if shape == SCALAR else Expr("zeros", (), shape)


def expression(value: object, shape: Shape = SCALAR) -> Expr:
    """A value as an expression; a plain 0 takes the shape asked for.

    Raises NotANumber for floats and everything else that is no exact number.
    """
    if isinstance(value, Expr):
        return value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return zeros_like(shape) if value == 0 else number(value)
    if _is_of_sympy(value):
        from lemmata.language.sympy_border import from_sympy

        found = from_sympy(value)
        return zeros_like(shape) if found.head == "number" and found.data == 0 else found
    if callable(value):
        raise NotANumber(f"{value} is a function, not an expression; write what it is applied to")
    hint = "; write Fraction(1, 2) or 1/n for an exact number" if isinstance(value, float) else ""
    raise NotANumber(f"{value!r} is no exact number and no expression{hint}")


def _is_of_sympy(value: object) -> bool:
    """Also where SymPy made the class, as it does for `Function("f")(x)`, which is of no module."""
    return any((kind.__module__ or "").split(".")[0] == "sympy" for kind in type(value).__mro__)


def shown(shape: Shape) -> str:
    """A shape as text."""
    return "a scalar" if shape == SCALAR else f"{shape[0]} x {shape[1]}"


def one_member(expr: Expr) -> Expr:
    """The expression, if it is not the name of a whole family. Raises LanguageError."""
    over = expr.data.over if expr.head == "variable" else None
    if over is not None:
        key = "t" if over == "time" else "j"
        raise LanguageError(f"{expr} is a family; name one member, such as {expr}[{key}]")
    return expr


def mismatch(what: str, left: Expr, right: Expr, hint: str = "") -> ShapeError:
    """The error for two shapes that do not fit, showing both sides."""
    lines = [
        f"{what}: the shapes do not fit",
        f"  {left}  is {shown(left.shape)}",
        f"  {right}  is {shown(right.shape)}",
    ]
    return ShapeError("\n".join([*lines, *([f"  {hint}"] if hint else [])]))


def compared(left: Expr, relation: str, value: object) -> Statement:
    """A statement on two expressions of one shape."""
    right = expression(value, left.shape)
    if left.shape != right.shape:
        raise mismatch(f"comparison with {relation}", left, right)
    return Statement(left, relation, right)


def _sum(head: str, left: Expr, right: Expr) -> Expr:
    if left.shape != right.shape:
        hint = "a number is added to each entry by `c * ones(...)`, to the diagonal by `c * eye(n)`"
        scalar = SCALAR in (left.shape, right.shape)
        raise mismatch("addition" if head == "add" else "subtraction", left, right, hint if scalar else "")
    return Expr(head, (left, right), left.shape)


def _product(left: Expr, right: Expr) -> Expr:
    if SCALAR not in (left.shape, right.shape):
        raise mismatch(
            "product with *", left, right, "use A @ B for the matrix product, had(A, B) entry by entry"
        )
    return Expr("mul", (left, right), right.shape if left.shape == SCALAR else left.shape)


def _quotient(left: Expr, right: Expr) -> Expr:
    if right.shape != SCALAR:
        raise mismatch("division", left, right, "only a scalar divides; use inv(A) @ B")
    return Expr("div", (left, right), left.shape)


def _matrix_product(left: Expr, right: Expr) -> Expr:
    if SCALAR in (left.shape, right.shape) and left.shape[1] != right.shape[0]:
        raise mismatch("product with @", left, right, "use c * A to scale by a number")
    if left.shape[1] != right.shape[0]:
        raise mismatch("product with @", left, right)
    return Expr("matmul", (left, right), (left.shape[0], right.shape[1]))


def _power(base: Expr, exponent: Expr) -> Expr:
    if exponent.shape != SCALAR:
        raise mismatch("power", base, exponent, "an exponent is a scalar")
    if base.shape == SCALAR:
        return Expr("power", (base, exponent))
    natural = exponent.head == "number" and exponent.data.denominator == 1 and 0 <= exponent.data <= 64
    if base.shape[0] != base.shape[1] or not natural:
        raise mismatch(
            "power", base, exponent, "a square matrix has natural powers up to 64; use inv(A), had(x, x)"
        )
    return Expr("matrix_power", (base, exponent), base.shape)
