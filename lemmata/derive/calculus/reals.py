"""Claims that speak of limits and integrals: what each of them is comes first, then what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lemmata.derive.calculus.integrals import integral_steps
from lemmata.derive.calculus.limits import limit_steps
from lemmata.derive.conditions import with_conditions
from lemmata.derive.names import written
from lemmata.derive.reasons import everything
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import fixed_names
from lemmata.kernel.substitute import Substitution, children, free_indices, subterms
from lemmata.kernel.terms import Add, Apply, Derivative, Integral, Limit, Mul, Pow, Ref, Term


def speaks_of_reals(claim: Statement) -> bool:
    """Whether a limit or an integral of a real number occurs."""
    return any(isinstance(part, Limit | Integral) for s in (claim.left, claim.right) for part in subterms(s))


def by_reals(searcher: Searcher, claim: Statement, label: str, values: Values | None = None) -> Proof | None:
    """Steps of which the last claims the statement; None where none were found. The values may be known."""
    if not speaks_of_reals(claim) or claim.relation == "->":
        return None
    values = values or evaluated(searcher, (claim.left, claim.right), f"{label}v")
    if not values.steps:
        return None
    for step in values.steps:
        if step.claim == claim:
            return (*values.steps, replace(step, id=label)) if step is not values.steps[-1] else values.steps
    known = {step.id: step.claim for step in values.steps}
    inside = replace(searcher, proven={**searcher.proven, **known})
    every = everything(searcher.context)
    every = replace(every, premises=(*every.premises, *((name, known[name]) for name in values.labels)))
    attempt = with_conditions(inside, inside.prove(claim, every, label), every)
    return None if attempt.steps is None else (*values.steps, *attempt.steps)


@dataclass(frozen=True)
class Values:
    """Terms with values for limits and integrals, the steps which say so, and their last labels."""

    terms: tuple[Term, ...]
    steps: Proof
    labels: tuple[str, ...]

    def proofs(self) -> Iterator[Proof]:
        """For each of the values the steps up to the one which says so."""
        for place, step in enumerate(self.steps):
            if step.id in self.labels:
                yield self.steps[: place + 1]


def evaluated(searcher: Searcher, terms: tuple[Term, ...], label: str, depth: int = 3) -> Values:
    """What the limits and integrals in some terms are, as far as it is found."""
    steps: tuple[Step, ...] = ()
    labels: list[str] = []
    values: dict[Term, Term] = {}
    names = frozenset(variable.name for variable in searcher.context.variables)
    for number, part in enumerate(dict.fromkeys(p for term in terms for p in _closed(term, names, searcher))):
        here = f"{label}{number + 1}"
        if isinstance(part, Limit):
            found = limit_steps(searcher, part, here)
        else:
            found = integral_steps(searcher, part, here, _inside, depth)
        if found is not None:
            values[part], more = found
            steps = (*steps, *more)
            labels.append(here)
    return Values(tuple(_replaced(term, values) for term in terms), steps, tuple(labels))


def _inside(searcher: Searcher, term: Term, label: str, depth: int) -> tuple[Term, Proof]:
    """The term with values for what is in it."""
    values = evaluated(searcher, (term,), label, depth)
    return values.terms[0], values.steps


def _closed(term: Term, names: frozenset[str], searcher: Searcher) -> Iterator[Limit | Integral]:
    """The outermost limits and integrals which speak of declared variables only; below a derivative, at its
    point."""
    if isinstance(term, Derivative):
        put = Substitution(searcher.names, tensors={term.variable: term.at})
        yield from _closed(written(put.apply(term.body), searcher.names), names, searcher)
        return
    fixed = fixed_names(searcher.context)
    if isinstance(term, Limit | Integral) and free_indices(term) <= fixed and _free(term) <= names:
        yield term
        return
    for child in children(term):
        yield from _closed(child, names, searcher)


def _free(term: Term) -> frozenset[str]:
    """The variables which are not bound in a term."""
    found = frozenset[str]().union(*map(_free, children(term)))
    match term:
        case Ref(name):
            return frozenset({name})
        case Limit(variable, body, at, _):
            return _free(body) - {variable} | frozenset[str]().union(*map(_free, at))
        case Integral(variable, body, lower, upper):
            return _free(body) - {variable} | frozenset[str]().union(*map(_free, (*lower, *upper)))
        case Derivative(variable, body, _, at):
            return _free(body) - {variable} | _free(at.body)
    return found


def _replaced(term: Term, values: Mapping[Term, Term]) -> Term:
    """The term with values for some of its parts, none of which is below a binder."""
    if term in values:
        return values[term]
    match term:
        case Add(parts) | Mul(parts):
            return type(term)(tuple(_replaced(part, values) for part in parts))
        case Pow(base, exponent):
            return Pow(_replaced(base, values), _replaced(exponent, values))
        case Apply():
            return replace(term, argument=_replaced(term.argument, values))
    return term
