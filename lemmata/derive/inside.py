"""Rewriting inside: equals for equals below a function, a broken power, an inverse or a point.

Each change is two steps: the equation of the part (by `combine`), and its use in place (by `congruence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lemmata.derive.equations import Equation, Workspace, rewrite
from lemmata.derive.match import instances
from lemmata.derive.names import tidied
from lemmata.kernel.certificate import Combine, Congruence, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import instance
from lemmata.kernel.substitute import free_indices, freshened
from lemmata.kernel.terms import (
    ZERO,
    Add,
    Apply,
    Call,
    Derivative,
    Determinant,
    Dim,
    Expectation,
    Index,
    Inverse,
    Lambda,
    Mul,
    Natural,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

HOLE = "hole%"
Path = tuple[int, ...]
Bound = tuple[tuple[str, Dim], ...]


@dataclass(frozen=True)
class Place:
    """A part of a term, the indices bound around it, and how to put another part there."""

    path: Path
    part: Term
    bound: Bound


def places(term: Term, bound: Bound = (), path: Path = (), inside: bool = False) -> Iterator[Place]:
    """The parts that stand below something which is not linear, the deepest first."""
    for number, (child, more, nonlinear) in enumerate(_parts(term)):
        yield from places(child, (*bound, *more), (*path, number), nonlinear)
    if inside:
        yield Place(path, term, bound)


def _parts(term: Term) -> list[tuple[Term, Bound, bool]]:
    """The children that may be rewritten, what is bound above each, and whether each starts anew."""
    match term:
        case Add(parts) | Mul(parts):
            return [(part, (), False) for part in parts]
        case Pow(base, Num(value)) if value.denominator == 1 and value > 0:
            return [(base, (), False)]
        case Pow(base, _):
            return [(base, (), True)]
        case Sum(index, dim, body):
            return [(body, ((index, dim),), False)]
        case Apply(_, _, argument):
            return [(argument, (), True)]
        case Inverse(row, column, dim, body, _) | Determinant(row, column, dim, body):
            return [(body, ((row, dim), (column, dim)), True)]
        case Call():
            return [(argument.body, argument.indices, True) for argument in term.arguments]
        case Derivative(_, _, _, at):
            return [(at.body, at.indices, True)]
        case Expectation():
            return []
    return []


def replaced(term: Term, path: Path, part: Term) -> Term:
    """The term with another part at the place."""
    if not path:
        return part
    number, *rest = path
    child = _parts(term)[number][0]
    return _with_child(term, number, replaced(child, tuple(rest), part))


def _with_child(term: Term, number: int, child: Term) -> Term:
    match term:
        case Add(parts):
            return Add((*parts[:number], child, *parts[number + 1 :]))
        case Mul(parts):
            return Mul((*parts[:number], child, *parts[number + 1 :]))
        case Pow():
            return replace(term, base=child)
        case Apply():
            return replace(term, argument=child)
        case Call(_, _, arguments):
            value = Lambda(arguments[number].indices, child)
            return replace(term, arguments=(*arguments[:number], value, *arguments[number + 1 :]))
        case Derivative():
            return replace(term, at=Lambda(term.at.indices, child))
        case Sum() | Inverse() | Determinant():
            return replace(term, body=child)
    return term


@dataclass(frozen=True)
class Changed:
    """A term after one change inside, the two steps, and the label of the second."""

    term: Term
    steps: tuple[Step, ...]
    label: str


def everywhere(term: Term, bound: Bound = (), path: Path = ()) -> Iterator[Place]:
    """All parts that may be rewritten, the outermost first."""
    yield Place(path, term, bound)
    for number, (child, more, _) in enumerate(_parts(term)):
        yield from everywhere(child, (*bound, *more), (*path, number))


def change_as_written(
    workspace: Workspace, claim: Statement, side: Term, premises: Iterable[tuple[str, Statement]], label: str
) -> Changed | None:
    """Put the right side of a premise where its left side stands as it was written."""
    for name, premise in premises:
        if premise.relation != "=" or isinstance(premise.left, Num):
            continue
        for place in everywhere(side):
            changed = _put(workspace, claim, side, place, name, premise, label)
            if changed is not None:
                return changed
    return None


def _put(
    workspace: Workspace,
    claim: Statement,
    side: Term,
    place: Place,
    name: str,
    premise: Statement,
    label: str,
) -> Changed | None:
    sorts = dict(premise.binders)
    scope = workspace.scope.bind(*place.bound)
    for match in instances(premise.left, place.part, workspace.fixed - set(sorts), workspace.symmetric):
        at = {binder: match.get(binder) for binder in sorts}
        if any(index is None or not scope.fits(index, sorts[binder]) for binder, index in at.items()):
            continue
        times = tuple((b, i) for b, i in at.items() if i is not None and isinstance(sorts[b], Natural))
        if any(index.name in dict(place.bound) for _, index in times):
            continue
        entries = tuple(i for b, i in at.items() if i is not None and not isinstance(sorts[b], Natural))
        template = replaced(side, place.path, Ref(HOLE, entries))
        part = instance(premise, [(b, i) for b, i in at.items() if i is not None], workspace.names).right
        result = tidied(replaced(side, place.path, freshened(workspace.names, part)))
        equation = Statement(claim.binders, "=", side, result)
        step = Step(label, equation, Congruence(name, times, HOLE, template, workspace.facts))
        return Changed(result, (step,), label)
    return None


def change_inside(
    workspace: Workspace, claim: Statement, side: Term, equations: list[Equation], label: str
) -> Changed | None:
    """The first change which the equations make inside a side of a claim."""
    for place in places(side):
        changed = _change(workspace, claim, side, place, equations, label)
        if changed is not None:
            return changed
    return None


def _change(
    workspace: Workspace, claim: Statement, side: Term, place: Place, equations: list[Equation], label: str
) -> Changed | None:
    used = free_indices(place.part)
    sorts = dict((*claim.binders, *place.bound))
    bound = tuple((name, sorts[name]) for name in sorts if name in used)
    if not all(isinstance(sort, str | int) for _, sort in bound):
        return None
    inner = replace(workspace, scope=workspace.scope.bind(*place.bound))
    state = rewrite(inner, workspace.normalizer.poly(place.part), equations)
    if not state.uses:
        return None
    # Names of their own: those by height may be bound around the place.
    part = freshened(workspace.names, workspace.normalizer.term(state.poly))
    equation = Statement(bound, "=", place.part, part)
    template = replaced(side, place.path, Ref(HOLE, tuple(Index(name) for name, _ in bound)))
    result = tidied(replaced(side, place.path, part))
    steps = (
        Step(f"{label}a", equation, Combine(tuple(state.uses), ZERO, workspace.unfold, workspace.facts)),
        Step(
            f"{label}b",
            Statement(claim.binders, "=", side, result),
            Congruence(f"{label}a", (), HOLE, template, workspace.facts),
        ),
    )
    return Changed(result, steps, f"{label}b")
