"""Pseudo-inverses of matrices by those of vectors, v⁺ = vᵀ/‖v‖² where v is not 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from lemmata.derive.algebra.following import Given, by_words
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, Step, Use
from lemmata.kernel.certificate import Proof as Steps
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.terms import ZERO, Num
from lemmata.language.build import pinv
from lemmata.language.depend import substitute
from lemmata.language.expr import SCALAR, Expr, number, subexpressions
from lemmata.language.lower import COLUMN, ROW, lower_statement

#: Finds steps, with a label, of which the last claims that the pseudo-inverse is an expression.
Unique = Callable[[Expr, Claim, str], Steps | None]


def by_vectors(
    matrix: Expr, other: Expr, claim: Claim, label: str, sign: int, names: Names, unique: Unique
) -> Steps | None:
    """Steps of which the last claims that pinv(M) is what is said with pseudo-inverses of vectors (with sign
    -1, the other way round), as it is what that is without them; None where there are none."""
    values = dict(_values(other))
    plain = substitute(other, values)
    found = unique(plain, lower_statement(pinv(matrix) == plain), f"{label}u") if values else None
    if found is None:
        return None
    given = [Given(f"{label}q{place}", part == value) for place, (part, value) in enumerate(values.items())]
    sides = [(known, (number(1) / _square(part.args[0]),)) for known, part in zip(given, values, strict=True)]
    proofs = [found, *(_shown(known, names, (), beside) for known, beside in sides)]
    proofs.append(_shown(Given(f"{label}y", other == plain), names, tuple(given), ()))
    if None in proofs:
        return None
    steps = [step for proof in proofs for step in proof or ()]
    signs = ((f"{label}u", sign), (f"{label}y", -sign))
    places = ((ROW.name, ROW), (COLUMN.name, COLUMN))
    uses = tuple(Use(name, places, (), Num(Fraction(value))) for name, value in signs)
    return (*steps, Step(label, claim, Combine(uses, ZERO, (), ())))


def _shown(known: Given, names: Names, given: tuple[Given, ...], beside: tuple[Expr, ...]) -> Steps | None:
    said = known.said
    gap, claim = said.left - said.right, lower_statement(said)
    return by_words(gap, claim, known.label, names, given=given, facts=(), beside=beside)


def _values(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The pseudo-inverses of vectors, and what they are where these are not 0."""
    for part in subexpressions(expr):
        if part.head == "pinv" and 1 in part.shape != SCALAR:
            (vector,) = part.args
            yield part, vector.T / _square(vector)


def _square(vector: Expr) -> Expr:
    column = vector if vector.shape[1] == 1 else vector.T
    return column.T @ column
