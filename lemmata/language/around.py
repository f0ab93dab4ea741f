"""What is bound around an expression while it is lowered, and the small pieces of terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lemmata.kernel import terms as t
from lemmata.kernel.terms import Index, Term
from lemmata.language.errors import NotLowered
from lemmata.language.expr import Expr
from lemmata.language.products import factors

if TYPE_CHECKING:
    from lemmata.language.lower import Lowering

#: A row or a column: None where there is but one, several indices for a product of dimensions.
Place = Index | tuple[Index, ...] | None
#: A variable, or a member of a family, which is held as the variable of a derivative.
Key = tuple[str, Any]


def key_of(expr: Expr) -> Key:
    """What a variable or a member of a family is known by. Raises NotLowered for other expressions."""
    if expr.head == "member":
        return (expr.args[0].data.name, expr.data[0])
    if expr.head != "variable":
        raise NotLowered(f"{expr} is no variable, by which there is a derivative")
    return (expr.data.name, None)


@dataclass(frozen=True)
class Around:
    """What is bound around an expression: held variables, definitions to unfold, indices renamed."""

    held: Mapping[Key, str] = field(default_factory=dict)
    unfolds: Callable[[Expr], bool] = lambda _: False
    indices: Mapping[str, Index] = field(default_factory=dict)


#: Nothing is bound.
ALONE = Around()

#: How a head is lowered: the entry (row, column) of the expression.
Meaning = Callable[["Lowering", Expr, Place, Place, Around], Term]


def minus(term: Term) -> Term:
    return t.Mul((t.MINUS_ONE, term))


def number(value: int | Fraction) -> Term:
    return t.Num(Fraction(value))


def entry(*places: Place) -> tuple[Index, ...]:
    """The indices of an entry at some places."""
    parts = (place if isinstance(place, tuple) else (place,) for place in places)
    return tuple(index for part in parts for index in part if index is not None)


def one(place: Place) -> Index:
    """The index of a place in a dimension that is no product. Raises NotLowered."""
    found = entry(place)
    if len(found) != 1:
        raise NotLowered("an index of a product of dimensions stands where one index is needed")
    return found[0]


def summed(place: Place, dim: str | int, body: Term) -> Term:
    """The sum over the indices of a place."""
    for index, part in reversed(list(zip(entry(place), factors(dim), strict=True))):
        body = t.Sum(index.name, part, body)
    return body


def deltas(row: Place, column: Place) -> Term:
    """1 where two places are the same, else 0."""
    pairs = zip(entry(row), entry(column), strict=True)
    found: list[Term] = [t.Delta(left, right) for left, right in pairs]
    return found[0] if len(found) == 1 else t.Mul(tuple(found))


def index_at(place: tuple[str, int], around: Around) -> Index:
    name, offset = place
    renamed = around.indices.get(name)
    return Index(name, offset) if renamed is None else Index(renamed.name, renamed.offset + offset)
