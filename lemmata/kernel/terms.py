"""Terms: scalar-valued expressions in index notation, the language of the kernel.

A vector or a matrix has no term of its own. `W @ x` is the scalar `Σ_k W[i,k]·x[k]` with the free
index `i`, and an equation of vectors holds for all values of its free indices. All numbers are real.

An index is bound by `Sum`, `Maximum` or `Lambda`, by `Inverse` and `Determinant` (a row and a column), or by
the binders of a statement; a tensor variable is bound by `Derivative`, a real variable by `Limit` and by
`Integral`. Nothing else binds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, TypeVar

Value = TypeVar("Value")
#: A dimension: a name, which stands for every positive integer, or a positive integer.
Dim = str | int


@dataclass(frozen=True, slots=True, order=True)
class Natural:
    """The sort of an index which runs over the natural numbers from `minimum` on."""

    minimum: int = 0


#: What an index ranges over: 1..dimension, or the natural numbers.
Sort = str | int | Natural


@dataclass(frozen=True, slots=True, order=True)
class Index:
    """The index `name + offset`; without a name, the number `offset` itself."""

    name: str
    offset: int = 0

    def __str__(self) -> str:
        if not self.name:
            return str(self.offset)
        return f"{self.name}{self.offset:+d}" if self.offset else self.name


class Remembering:
    """Terms remember what was worked out for them; None until then."""

    _hash: ClassVar[int | None] = None
    _key: ClassVar[int | None] = None
    _anonymous: ClassVar[int | None] = None
    _free: ClassVar[frozenset[str] | None] = None
    _names: ClassVar[frozenset[str] | None] = None
    _binds: ClassVar[bool | None] = None
    _total: ClassVar[bool | None] = None
    _nesting: ClassVar[int | None] = None


def keep(term: Remembering, name: str, value: Value) -> Value:
    """Remember something with a term, which changes nothing of it; without `__dict__`, which costs more."""
    object.__setattr__(term, name, value)
    return value


def remembering(cls: type) -> type:
    """A class whose instances remember their hash: terms are looked up by it again and again."""
    compute: Callable[[object], int] = cls.__hash__  # type: ignore[assignment]

    def remembered(self: Remembering) -> int:
        known = self._hash
        return keep(self, "_hash", compute(self)) if known is None else known

    cls.__hash__ = remembered  # type: ignore[assignment]
    return cls


@remembering
@dataclass(frozen=True)
class Num(Remembering):
    """A rational number."""

    value: Fraction


@remembering
@dataclass(frozen=True)
class Count(Remembering):
    """A dimension or a natural number (`t`, `t-1`) used as a number."""

    index: Index


@remembering
@dataclass(frozen=True)
class Ref(Remembering):
    """An entry of a declared (or bound) variable: `W[i,k]`, `h[t-1,i]`, `γ`."""

    name: str
    indices: tuple[Index, ...] = ()


@remembering
@dataclass(frozen=True)
class Delta(Remembering):
    """Kronecker's delta: 1 where the indices are equal, else 0."""

    left: Index
    right: Index


@remembering
@dataclass(frozen=True)
class Add(Remembering):
    terms: tuple[Term, ...]


@remembering
@dataclass(frozen=True)
class Mul(Remembering):
    factors: tuple[Term, ...]


@remembering
@dataclass(frozen=True)
class Pow(Remembering):
    """A real power. x^0 = 1 for every x; a negative exponent needs base != 0, a broken one base >= 0
    (> 0 when it is also negative), an exponent which is no number needs base > 0 unless it is a
    natural number."""

    base: Term
    exponent: Term


@remembering
@dataclass(frozen=True)
class Sum(Remembering):
    """Σ of `body` over index = 1..dim."""

    index: str
    dim: Dim
    body: Term


@remembering
@dataclass(frozen=True)
class Maximum(Remembering):
    """The largest value of `body` over index = 1..dim; there is one, since a dimension is at least 1."""

    index: str
    dim: Dim
    body: Term


@remembering
@dataclass(frozen=True)
class Apply(Remembering):
    """The derivative of the given order of an element-wise function, at a scalar argument."""

    function: str
    order: int
    argument: Term


@remembering
@dataclass(frozen=True)
class Inverse(Remembering):
    """Entry `at` of the inverse of the dim x dim matrix with entries `body` at (row, column).

    `symmetric` is a note of the normal form: the body is the same with row and column exchanged.
    """

    row: str
    column: str
    dim: Dim
    body: Term
    at: tuple[Index, Index]
    symmetric: bool = False


@remembering
@dataclass(frozen=True)
class Determinant(Remembering):
    """The determinant of the dim x dim matrix with entries `body` at (row, column)."""

    row: str
    column: str
    dim: Dim
    body: Term


@remembering
@dataclass(frozen=True)
class Lambda(Remembering):
    """A tensor given by its entries: `body` at each value of `indices` (a name and its dimension)."""

    indices: tuple[tuple[str, Dim], ...]
    body: Term


@remembering
@dataclass(frozen=True)
class Call(Remembering):
    """Entry `output` of an abstract function of tensors, differentiated with respect to the entries
    `partials` of its arguments (each: number of the argument, indices of the entry)."""

    function: str
    output: tuple[Index, ...]
    arguments: tuple[Lambda, ...]
    partials: tuple[tuple[int, tuple[Index, ...]], ...] = ()


@remembering
@dataclass(frozen=True)
class Derivative(Remembering):
    """∂ body / ∂ variable[wrt] at variable = at. The variable, a tensor with the dimensions of `at`,
    is bound in `body`; `at` and `wrt` are outside."""

    variable: str
    body: Term
    wrt: tuple[Index, ...]
    at: Lambda


@remembering
@dataclass(frozen=True)
class Expectation(Remembering):
    """The mean of a random term."""

    body: Term


#: The end of a range of real numbers: one term, or none, which stands for infinity.
End = tuple["Term", ...]


@remembering
@dataclass(frozen=True)
class Limit(Remembering):
    """The limit of `body` as the real `variable` tends to `at`: from above (side `+`), from below (`-`) or
    from both sides (the empty text). Without a term in `at`, from below: to +∞, or from above: to -∞."""

    variable: str
    body: Term
    at: End
    side: str


@remembering
@dataclass(frozen=True)
class Integral(Remembering):
    """The improper Riemann integral of `body` from `lower` (without a term: -∞) to `upper` (without: +∞): the
    sum of the integrals between finitely many points, each of them the limit of the integrals over what lies
    strictly between its ends. Where lower > upper it is minus the integral from upper to lower."""

    variable: str
    body: Term
    lower: End
    upper: End


Term = (
    Num
    | Count
    | Ref
    | Delta
    | Add
    | Mul
    | Pow
    | Sum
    | Maximum
    | Apply
    | Inverse
    | Determinant
    | Call
    | Derivative
    | Expectation
    | Limit
    | Integral
)

ZERO = Num(Fraction(0))
ONE = Num(Fraction(1))
MINUS_ONE = Num(Fraction(-1))
