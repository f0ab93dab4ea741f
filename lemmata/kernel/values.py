"""An index over 1..d, where d is a number, takes d values: what holds at each of them holds for all.

    f(1) = 0  ...  f(d) = 0                 0 < f(1)  ...  0 < f(d)
    -----------------------                 -----------------------        (also for <= and !=)
      f(i) = 0  for all i                      0 < f(i)  for all i

So entries written out, which are sums of Kronecker deltas, are compared entry by entry: that
δ(i,1) + δ(i,2) = 1 for an i over 1..2 is no law of the normal form, which knows no ranges. A symbolic
dimension is never split: it stands for every positive integer, 1 among them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

from lemmata.kernel.signs import Sign
from lemmata.kernel.substitute import Fresh, Substitution
from lemmata.kernel.terms import Index, Sort, Term
from lemmata.kernel.unroll import is_numeric, unrolled

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer

#: At most so many combinations of values are looked at.
LARGEST_SPLIT = 256


def at_values(binders: tuple[tuple[str, Sort], ...], term: Term, fresh: Fresh) -> list[Term]:
    """The term at all values of the binders with a numeric dimension; none where there is no such binder,
    or where there are too many values."""
    ranges = {name: range(1, sort + 1) for name, sort in binders if isinstance(sort, int)}
    count = 1
    for values in ranges.values():
        count *= len(values)
    if not ranges or count > LARGEST_SPLIT:
        return []
    found = []
    for places in product(*ranges.values()):
        put = {name: Index("", place) for name, place in zip(ranges, places, strict=True)}
        found.append(Substitution(fresh, indices=put).apply(term))
    return found


def vanishes(normalizer: Normalizer, binders: tuple[tuple[str, Sort], ...], term: Term) -> bool:
    """Whether the normal form of the term is 0, or is 0 at each value of the binders, perhaps after all that
    is numeric is written out."""
    if normalizer.is_zero(term):
        return True
    values = at_values(binders, term, normalizer.fresh)
    if values and all(map(normalizer.is_zero, values)):
        return True
    if not is_numeric(term) or (any(isinstance(sort, int) for _, sort in binders) and not values):
        return False
    return all(normalizer.is_zero(unrolled(normalizer, value)) for value in values or [term])


def sign_at_values(
    sign: Callable[[Term], Sign], binders: tuple[tuple[str, Sort], ...], term: Term, fresh: Fresh
) -> Sign:
    """What is manifest of the sign of the term, or of its sign at each value of the binders."""
    known = sign(term)
    values = [] if known.positive else [sign(value) for value in at_values(binders, term, fresh)]
    if not values:
        return known
    return known | Sign(all(s.nonnegative for s in values), all(s.nonzero for s in values))
