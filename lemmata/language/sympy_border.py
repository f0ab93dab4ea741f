"""The border with SymPy: our expressions as SymPy's, unevaluated, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy

from lemmata.language import build
from lemmata.language.declare import Variable
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, number


def symbol(expr: Expr) -> Any:
    """The SymPy symbol of a declared variable, dimension or time."""
    if expr.head == "size":
        return sympy.Symbol(expr.data, integer=True, positive=True)
    if expr.head in ("time", "index"):
        return sympy.Symbol(expr.data[0], integer=True, nonnegative=True)
    if expr.head != "variable":
        raise LanguageError(f"{expr} is no symbol")
    variable: Variable = expr.data
    if expr.shape == SCALAR:
        known = {name: True for name in ("positive", "nonnegative") if name in variable.properties}
        return sympy.Symbol(variable.name, real=True, **known)
    return sympy.MatrixSymbol(variable.name, *map(_dim, expr.shape))


def _dim(dim: str | int) -> Any:
    return sympy.Symbol(dim, integer=True, positive=True) if isinstance(dim, str) else sympy.Integer(dim)


def to_sympy(expr: Expr) -> Any:
    """The expression as SymPy writes it, not evaluated. Raises LanguageError where SymPy has no word."""
    if expr.head in ("size", "time", "variable"):
        return symbol(expr)
    if expr.head == "number":
        return sympy.Rational(expr.data.numerator, expr.data.denominator)
    meaning = _TO.get(expr.head)
    if meaning is None:
        raise LanguageError(f"{expr}: SymPy has no word for {expr.head}")
    return meaning(expr, *map(to_sympy, expr.args))


def _add(expr: Expr, left: Any, right: Any) -> Any:
    kind = sympy.Add if expr.shape == SCALAR else sympy.MatAdd
    return kind(left, right, evaluate=False)


def _minus(expr: Expr, value: Any) -> Any:
    kind = sympy.Mul if expr.shape == SCALAR else sympy.MatMul
    return kind(sympy.Integer(-1), value, evaluate=False)


def _mul(expr: Expr, left: Any, right: Any) -> Any:
    kind = sympy.Mul if expr.shape == SCALAR else sympy.MatMul
    return kind(left, right, evaluate=False)


def _matmul(expr: Expr, left: Any, right: Any) -> Any:
    product = sympy.MatMul(left, right, evaluate=False)
    return product[0, 0] if expr.shape == SCALAR and getattr(product, "is_Matrix", False) else product


def _sub(expr: Expr, left: Any, right: Any) -> Any:
    return _add(expr, left, _minus(expr.args[1], right))


def _div(expr: Expr, top: Any, bottom: Any) -> Any:
    return _mul(expr, top, sympy.Pow(bottom, -1, evaluate=False))


def _norm(expr: Expr, value: Any) -> Any:
    if expr.args[0].shape == SCALAR:
        return sympy.Abs(value, evaluate=False)
    return sympy.sqrt(
        sympy.Trace(sympy.MatMul(sympy.Transpose(value), value, evaluate=False)), evaluate=False
    )


def _apply(expr: Expr, value: Any) -> Any:
    known = {"abs": "Abs"}
    name = expr.data if isinstance(expr.data, str) else expr.data.name
    function = (
        getattr(sympy, known.get(name, name), None) if isinstance(expr.data, str) else sympy.Function(name)
    )
    if function is None:
        raise LanguageError(f"{expr}: SymPy has no word for {name}")
    return function(value, evaluate=False) if expr.shape == SCALAR else value.applyfunc(function)


_TO: dict[str, Callable[..., Any]] = {
    "add": _add,
    "sub": _sub,
    "neg": _minus,
    "mul": _mul,
    "div": _div,
    "matmul": _matmul,
    "hadamard": lambda e, a, b: sympy.HadamardProduct(a, b, evaluate=False),
    "power": lambda e, a, b: sympy.Pow(a, b, evaluate=False),
    "matrix_power": lambda e, a, b: sympy.MatPow(a, b, evaluate=False),
    "transpose": lambda e, a: a if e.shape == SCALAR else sympy.Transpose(a),
    "inverse": lambda e, a: sympy.Pow(a, -1, evaluate=False) if e.shape == SCALAR else sympy.Inverse(a),
    "trace": lambda e, a: a if e.args[0].shape == SCALAR else sympy.Trace(a),
    "det": lambda e, a: a if e.args[0].shape == SCALAR else sympy.Determinant(a),
    "identity": lambda e: sympy.Identity(_dim(e.shape[0])),
    "zeros": lambda e: sympy.ZeroMatrix(*map(_dim, e.shape)),
    "ones": lambda e: sympy.OneMatrix(*map(_dim, e.shape)),
    "norm": _norm,
    "apply": _apply,
}


def from_sympy(value: Any, names: Mapping[Any, Expr] | None = None) -> Expr:
    """A SymPy expression as ours, as it stands; `names` says what some symbols are.

    A symbol not named becomes a scalar, a MatrixSymbol a matrix. Raises LanguageError for what we have no
    word for.

    >>> import sympy
    >>> from_sympy(sympy.Symbol("a") + 1)
    1 + a
    """
    known = names or {}
    if value in known:
        return known[value]
    if isinstance(value, sympy.Rational):
        return number(Fraction(int(value.p), int(value.q)))
    if isinstance(value, sympy.MatrixSymbol):
        return _declared(value)
    if isinstance(value, sympy.Symbol):
        words = [word for word in ("positive", "nonnegative") if getattr(value, f"is_{word}")]
        return Expr("variable", (), SCALAR, Variable(value.name, SCALAR, None, frozenset(words[:1])))
    parts = [from_sympy(part, known) for part in value.args] if not _has_shape_only(value) else []
    meaning = _FROM.get(type(value).__name__)
    if meaning is None:
        raise LanguageError(f"{value}: there is no word here for SymPy's {type(value).__name__}")
    return meaning(value, parts)


def _has_shape_only(value: Any) -> bool:
    return isinstance(value, sympy.Identity | sympy.ZeroMatrix | sympy.OneMatrix)


def _declared(value: Any) -> Expr:
    shape = tuple(map(_shape, value.shape))
    return Expr("variable", (), (shape[0], shape[1]), Variable(value.name, (shape[0], shape[1])))


def _shape(dim: Any) -> str | int:
    return dim.name if isinstance(dim, sympy.Symbol) else int(dim)


def _folded(combine: Callable[[Expr, Expr], Expr]) -> Callable[[Any, list[Expr]], Expr]:
    def fold(value: Any, parts: list[Expr]) -> Expr:
        result = parts[0]
        for part in parts[1:]:
            result = combine(result, part)
        return result

    return fold


def _times(left: Expr, right: Expr) -> Expr:
    if SCALAR in (left.shape, right.shape):
        return left * right
    return left @ right


def _product(value: Any, parts: list[Expr]) -> Expr:
    """A product; a negative number in front becomes a minus before the whole."""
    first = parts[0]
    if first.head != "number" or first.data >= 0:
        return _folded(_times)(value, parts)
    rest = parts[1:] if first.data == -1 and len(parts) > 1 else [number(-first.data), *parts[1:]]
    return -_folded(_times)(value, rest)


def _of_power(value: Any, parts: list[Expr]) -> Expr:
    base, exponent = parts
    if base.shape != SCALAR and exponent.head == "number" and exponent.data == -1:
        return build.inv(base)
    return number(1) / base if exponent.head == "number" and exponent.data == -1 else base**exponent


def _named(function: Callable[[Any], Expr]) -> Callable[[Any, list[Expr]], Expr]:
    return lambda value, parts: function(parts[0])


_FROM: dict[str, Callable[[Any, list[Expr]], Expr]] = {
    "Add": _folded(lambda a, b: a + b),
    "MatAdd": _folded(lambda a, b: a + b),
    "Mul": _product,
    "MatMul": _product,
    "HadamardProduct": _folded(build.had),
    "Pow": _of_power,
    "MatPow": _of_power,
    "Transpose": _named(lambda a: a.T),
    "Inverse": lambda value, parts: build.inv(parts[0]),
    "Trace": _named(build.tr),
    "Determinant": _named(build.det),
    "Identity": lambda value, parts: Expr("identity", (), tuple(map(_shape, value.shape))),  # type: ignore[arg-type]
    "ZeroMatrix": lambda value, parts: Expr("zeros", (), tuple(map(_shape, value.shape))),  # type: ignore[arg-type]
    "OneMatrix": lambda value, parts: Expr("ones", (), tuple(map(_shape, value.shape))),  # type: ignore[arg-type]
    "exp": _named(build.exp),
    "log": _named(build.log),
    "sin": _named(build.sin),
    "cos": _named(build.cos),
    "tanh": _named(build.tanh),
    "sinh": _named(build.sinh),
    "cosh": _named(build.cosh),
    "Abs": _named(build.abs_),
}
