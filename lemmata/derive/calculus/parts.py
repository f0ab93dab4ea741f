"""Integration by parts, where the integral that remains is given: so n! is found by induction."""

from __future__ import annotations

from collections.abc import Iterator

from lemmata.derive.calculus.primitives import primitive
from lemmata.derive.search import Searcher
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.substitute import mentions
from lemmata.kernel.terms import MINUS_ONE, Derivative, Integral, Lambda, Mul, Num, Pow, Ref, Term


def given_integrals(searcher: Searcher, integral: Integral) -> Iterator[tuple[str, Integral]]:
    """The integrals over the same range of which a hypothesis says what they are."""
    for name, said in searcher.context.hypotheses:
        left = said.left
        if not isinstance(left, Integral) or said.relation != "=" or said.binders:
            continue
        if (left.lower, left.upper) == (integral.lower, integral.upper):
            yield name, left


def parts(normalizer: Normalizer, term: Term, x: str, given: Term) -> tuple[Term, Term] | None:
    """u·v and a number times what is given, which together are a primitive and the rest of u·v'."""
    poly = normalizer.poly(term)
    if len(poly) != 1:
        return None
    ((monomial, value),) = poly.items()
    for power in monomial:
        others = tuple(Pow(*other) for other in monomial if other != power)
        v = primitive(normalizer, Mul((Num(value), *others)), x)
        if v is None:
            continue
        whole = Mul((Pow(*power), v))
        rest = difference(term, Derivative(x, whole, (), Lambda((), Ref(x))))
        factor = normalizer.normal(Mul((rest, Pow(given, MINUS_ONE))))
        if not mentions(factor, x):
            return normalizer.normal(whole), Mul((factor, given))
    return None
