"""Recurrences which refer to each other: the state of a method has several parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lemmata.language.declare import Definition, Variable, checked, closed, several, shape_of
from lemmata.language.depend import none_hidden
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, Statement, compared, expression, subexpressions


def recurrences(
    names: str,
    n: object = 1,
    *,
    over: object,
    step: Callable[..., Sequence[object]],
    start: Sequence[object] | None = None,
) -> tuple[Expr, ...]:
    """Families over time, of one shape, each of which may follow from all of them.

    `step(s, r, ..., t)` gives their values for t >= 1, in the order of the names. Each may speak of all of
    them one step earlier and at 0, and of those named before it at t itself. `start` are their values at 0,
    None for any value; without it all begin anywhere. As with `recurrence`, `.start` and `.step` may follow
    `by=`.

    Raises LanguageError where a step speaks of any other time, and where the numbers of values differ.

    >>> from lemmata.language.declare import scalar, time
    >>> t, μ = time("t"), scalar("μ")
    >>> v, x = recurrences("v x", over=t, step=lambda v, x, t: (μ * v[t - 1] - x[t - 1], x[t - 1] + v[t]))
    >>> print(x.step.statement)
    x[t] = x[t-1] + v[t]
    """
    if not isinstance(over, Expr) or over.head != "time":
        raise LanguageError(f"{names}: recurrences run over a time")
    shape, later = shape_of(n), Expr("time", (), SCALAR, (over.data[0], 1))
    found = [Variable(checked(name), shape, "time") for name in several(names)]
    families = tuple(Expr("variable", (), shape, variable) for variable in found)
    bodies = [
        compared(family[later], "==", value)
        for family, value in zip(
            families, _as_many(names, "steps", step(*families, later), found), strict=True
        )
    ]
    starts = [None] * len(found) if start is None else _as_many(names, "starts", start, found)
    for place, (variable, family) in enumerate(zip(found, families, strict=True)):
        closed(variable.name, bodies[place].right)
        _check_step(bodies[place], [v.name for v in found], place)
        object.__setattr__(variable, "step", Definition(f"{variable.name}.step", bodies[place]))
        if starts[place] is not None:
            first = compared(family[0], "==", closed(variable.name, expression(starts[place], shape)))
            object.__setattr__(variable, "start", Definition(f"{variable.name}.start", first))
    for variable in found:
        object.__setattr__(variable, "together", tuple(found))
    return families


def _as_many(names: str, what: str, values: Sequence[object], found: Sequence[object]) -> list[object]:
    given = list(values) if isinstance(values, list | tuple) else [values]
    if len(given) != len(found):
        raise LanguageError(f"{names}: there are {len(given)} {what}; {len(found)} are needed")
    return given


def _check_step(step: Statement, names: Sequence[str], place: int) -> None:
    """What is said of the families is of earlier times, or of the same time and declared before."""
    (now, _), _ = step.left.data
    for part in subexpressions(step.right):
        if part.head != "member" or part.args[0].data.name not in names:
            continue
        name, at = part.args[0].data.name, part.data[0]
        if at in ((now, -1), ("", 0)) or (at == (now, 0) and names.index(name) < place):
            continue
        same = f", and at {now} of {', '.join(names[:place])}" if place else ""
        raise LanguageError(
            f"{step.left}: its step may speak of {', '.join(names)} at {now}-1 and at 0{same}; not of {part}"
        )
    none_hidden(str(step.left), now, step.right)
