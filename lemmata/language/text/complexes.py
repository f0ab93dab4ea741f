"""Claims on complex numbers as claims on real ones: z = x + i·y, and so each part of what is made of z.

    (a + ib)(c + id) = ac - bd + i(ad + bc)          (a + ib)/(c + id) = ((ac + bd) + i(bc - ad))/(c² + d²)
    |a + ib| = √(a² + b²)                            e^(a + ib) = e^a·(cos b + i·sin b)
    sin(a + ib) = sin a·cosh b + i·cos a·sinh b      cos(a + ib) = cos a·cosh b - i·sin a·sinh b
    sinh(a + ib) = sinh a·cos b + i·cosh a·sin b     cosh(a + ib) = cosh a·cos b + i·sinh a·sin b

Two complex numbers are equal if both parts are; they have no order. What has several values, such as a
logarithm or a root, has none here.
Source: Abramowitz and Stegun (1964), 3.7 and 4.3 to 4.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from lemmata.language.build import cos, cosh, exp, had, sin, sinh, sqrt
from lemmata.language.declare import Variable
from lemmata.language.errors import NotLowered, Unreadable
from lemmata.language.expr import SCALAR, Expr, Statement, number, subexpressions, zeros_like

#: The real and the imaginary part of z are zʳ and zⁱ. No name in a text has these letters: it is read in the
#: normal form NFKC, which has r and i for them.
REAL, IMAGINARY = "ʳ", "ⁱ"
#: The largest exponent that is written out.
LARGEST_POWER = 16

_LINEAR = frozenset({"neg", "transpose", "trace", "diag", "diagonal", "vec", "index_sum", "entry"})

#: What is defined at all values of what it is made of, and the functions that are.
_ALWAYS = frozenset(
    {"number", "variable", "index", "time", "size", "pi", "identity", "ones", "zeros"}
    | {"add", "sub", "mul", "matmul", "hadamard"}
)
_TOTAL = frozenset({"abs", "exp", "sin", "cos", "sinh", "cosh", "tanh"})


@dataclass(frozen=True)
class Parts:
    """The real part of an expression, and the imaginary part; None where it is real."""

    real: Expr
    imaginary: Expr | None = None

    @property
    def both(self) -> tuple[Expr, Expr]:
        return self.real, _nothing(self.real) if self.imaginary is None else self.imaginary

    def each(self, change: Callable[[Expr], Expr]) -> Parts:
        """A real linear function of both."""
        return Parts(change(self.real), None if self.imaginary is None else change(self.imaginary))


def parts_of(name: str) -> Parts:
    """The parts of a complex variable, each a real variable."""
    found = (Variable(f"{name}{letter}", SCALAR, None, frozenset(), 0) for letter in (REAL, IMAGINARY))
    return Parts(*(Expr("variable", (), SCALAR, variable) for variable in found))


def real_statements(statement: Statement, names: Iterable[str]) -> tuple[tuple[Statement, str], ...]:
    """What a statement says of the parts of some complex variables, and of which part.

    Raises Unreadable where it compares what has no order, NotLowered where nothing is known of a part."""
    known = {name: parts_of(name) for name in names}
    left, right = (_parts(side, known) for side in (statement.left, statement.right))
    if left.imaginary is None and right.imaginary is None:
        return ((Statement(left.real, statement.relation, right.real, statement.over), ""),)
    pairs = list(zip(left.both, right.both, strict=True))
    match statement.relation:
        case "==":
            both = (first == second for first, second in pairs)
            return tuple(zip(both, ("real part", "imaginary part"), strict=True))
        case "!=" if statement.left.shape == SCALAR:
            (a, b), (c, d) = pairs
            return (((a - b) ** 2 + (c - d) ** 2 != 0, ""),)
        case "!=" | "->":
            raise NotLowered(f"{statement} speaks of complex numbers")
    raise Unreadable(f"{statement.relation} compares real numbers, and these are complex; abs(z) is real")


def _parts(expr: Expr, known: Mapping[str, Parts]) -> Parts:
    """The parts of an expression."""
    if not speaks_of(expr, known):
        return Parts(expr)
    if expr.head == "variable":
        return known[expr.data.name]
    if expr.head == "power":
        return _power(expr, known)
    if expr.head not in _MADE and expr.head not in _LINEAR:
        raise NotLowered(f"{expr} is made of a complex number")
    inner = [_parts(part, known) for part in expr.args]
    if all(part.imaginary is None for part in inner):
        return Parts(replace(expr, args=tuple(part.real for part in inner)))
    if expr.head in _LINEAR:
        return inner[0].each(lambda part: replace(expr, args=(part, *expr.args[1:])))
    return _MADE[expr.head](expr, *inner)


def speaks_of(expr: Expr, names: Iterable[str]) -> bool:
    """Whether one of some variables occurs in an expression."""
    wanted = frozenset(names)
    return any(part.head == "variable" and part.data.name in wanted for part in subexpressions(expr))


def is_real(expr: Expr, names: Iterable[str]) -> bool:
    """Whether an expression is real by its form: it speaks of some complex variables within |...| only."""
    if expr.head == "apply" and expr.data == "abs":
        return True
    if expr.head == "variable":
        return expr.data.name not in names
    return all(is_real(part, names) for part in expr.args)


def _nothing(real: Expr) -> Expr:
    """The imaginary part of a real number: 0 where this is defined. A part is defined where both are."""
    return zeros_like(real.shape) if _is_total(real) else number(0) * real


def _is_total(expr: Expr) -> bool:
    """Whether an expression is defined at all values by its form."""
    if expr.head == "power":
        exponent = expr.args[1]
        natural = exponent.head == "number" and exponent.data.denominator == 1 and exponent.data >= 0
        return natural and _is_total(expr.args[0])
    known = expr.data in _TOTAL if expr.head == "apply" else expr.head in _LINEAR | _ALWAYS
    return known and all(map(_is_total, expr.args))


def _sum(expr: Expr, left: Parts, right: Parts) -> Parts:
    add = expr.head == "add"
    real = left.real + right.real if add else left.real - right.real
    if left.imaginary is None and _is_total(left.real):
        return Parts(real, right.both[1] if add else -right.both[1])
    if right.imaginary is None and _is_total(right.real):
        return Parts(real, left.imaginary)
    b, d = left.both[1], right.both[1]
    return Parts(real, b + d if add else b - d)


def _product(expr: Expr, left: Parts, right: Parts) -> Parts:
    times = {"mul": Expr.__mul__, "matmul": Expr.__matmul__, "hadamard": had}[expr.head]
    a, b, c, d = left.real, left.imaginary, right.real, right.imaginary
    if b is None or d is None:
        return (
            right.each(lambda part: times(a, part)) if b is None else left.each(lambda part: times(part, c))
        )
    return Parts(times(a, c) - times(b, d), times(a, d) + times(b, c))


def _quotient(_: Expr, left: Parts, right: Parts) -> Parts:
    if right.imaginary is None:
        return left.each(lambda part: part / right.real)
    (a, b), (c, d) = left.both, right.both
    square = c**2 + d**2
    return Parts((a * c + b * d) / square, (b * c - a * d) / square)


def _power(expr: Expr, known: Mapping[str, Parts]) -> Parts:
    base, exponent = _parts(expr.args[0], known), expr.args[1]
    if base.imaginary is None and not speaks_of(exponent, known):
        return Parts(replace(expr, args=(base.real, exponent)))
    sign, size = (-1, exponent.args[0]) if exponent.head == "neg" else (1, exponent)
    value = size.data if size.head == "number" else None
    if value is None or value.denominator != 1 or abs(value) > LARGEST_POWER:
        raise NotLowered(f"{expr} is a power of a complex number, known for integers up to {LARGEST_POWER}")
    if sign * value < 0:
        base = _quotient(expr, Parts(number(1)), base)
    found = base if value else Parts(base.real ** number(0))
    for _ in range(abs(int(value)) - 1):
        found = _product(Expr("mul", (expr, expr)), found, base)
    return found


def _applied(expr: Expr, inner: Parts) -> Parts:
    a, b = inner.both
    match expr.data:
        case "abs":
            return Parts(sqrt(_times(a, a) + _times(b, b)))
        case "exp":
            return Parts(_times(exp(a), cos(b)), _times(exp(a), sin(b)))
        case "sin":
            return Parts(_times(sin(a), cosh(b)), _times(cos(a), sinh(b)))
        case "cos":
            return Parts(_times(cos(a), cosh(b)), -_times(sin(a), sinh(b)))
        case "sinh":
            return Parts(_times(sinh(a), cos(b)), _times(cosh(a), sin(b)))
        case "cosh":
            return Parts(_times(cosh(a), cos(b)), _times(sinh(a), sin(b)))
    if expr.data in ("tan", "tanh") and expr.shape == SCALAR:
        top, bottom = ("sin", "cos") if expr.data == "tan" else ("sinh", "cosh")
        return _quotient(expr, *(_applied(replace(expr, data=name), inner) for name in (top, bottom)))
    raise NotLowered(f"{expr.data} is not known of complex numbers")


def _times(left: Expr, right: Expr) -> Expr:
    """The product entry by entry."""
    return left * right if left.shape == SCALAR else had(left, right)


_MADE: dict[str, Callable[..., Parts]] = {
    "add": _sum,
    "sub": _sum,
    "mul": _product,
    "matmul": _product,
    "hadamard": _product,
    "div": _quotient,
    "apply": _applied,
}
