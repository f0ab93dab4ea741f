"""Showing a failure: the values of the variables which matter, and both sides as whole tensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from lemmata.kernel.terms import Natural
from lemmata.refute.build import build
from lemmata.refute.choices import Choices
from lemmata.refute.counterexample import Counterexample, Shown, show_value
from lemmata.refute.errors import NotAnInstance, OutOfWork
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.functions import Entries, Entry
from lemmata.refute.judge import Side, judge, sides
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import is_certain
from lemmata.refute.shrink import ENOUGH, SIMPLE, Found, used
from lemmata.refute.structure import as_written
from lemmata.refute.values import Value, fraction, is_exact, precision, show, show_apart

#: A side with more entries than this is shown at the failing entry only.
_MOST_ENTRIES = 9
#: More outcomes of a law than these are counted only.
_MOST_OUTCOMES = 8
#: Other values which are tried before a variable is said not to matter, and how many must be possible.
_OTHERS = (SIMPLE[1], SIMPLE[2], SIMPLE[3], SIMPLE[6], SIMPLE[7])
_POSSIBLE = 3
#: The work allowed for one other value.
_WORK = 20_000


def present(problem: Problem, found: Found) -> Counterexample:
    """The counterexample as it is shown."""
    left, right, is_whole = _both_sides(problem, found)
    evaluator = used(problem, found)
    notes = (
        "" if is_whole else _where(problem, found),
        "the values repeat themselves from there on" if problem.statement.relation == "->" else "",
        _indifferent(problem, found, evaluator),
    )
    return Counterexample(
        dims=tuple(found.dims.items()),
        naturals=(*found.naturals.items(), *_times(problem, found)),
        values=tuple(_values(problem, found, evaluator)),
        functions=tuple(
            (name, found.instance.functions[name].text.format(name=name)) for name in evaluator.applied
        ),
        laws=tuple(_laws(problem, found, evaluator)),
        binders=tuple(found.failure.binders.items()),
        left=left,
        right=right,
        kind=found.failure.kind,
        note="; ".join(filter(None, notes)),
    )


def _binders(problem: Problem, found: Found, *, families: bool) -> list[tuple[str, int]]:
    """The values of the binders which are times, or of those which are not."""
    return [
        (name, found.failure.binders[name])
        for name, sort in problem.statement.binders
        if isinstance(sort, Natural) == families
    ]


def _times(problem: Problem, found: Found) -> list[tuple[str, int]]:
    """The times which the statement binds, by the names their author gave them, where these are free."""
    taken = {*found.dims, *found.naturals}
    times = _binders(problem, found, families=True)
    return [(own if (own := as_written(name)) not in taken else name, value) for name, value in times]


def _where(problem: Problem, found: Found) -> str:
    return "at " + ", ".join(f"{name} = {value}" for name, value in _binders(problem, found, families=False))


def _both_sides(problem: Problem, found: Found) -> tuple[str, str, bool]:
    """Both sides as text, and whether they are shown as a whole."""
    names = [name for name, _ in _binders(problem, found, families=False)]
    sorts = dict(problem.statement.binders)
    entries = list(product(*(found.instance.values_of(sorts[name], 0) for name in names)))
    if len(entries) > _MOST_ENTRIES or not names:
        return *_texts(*found.failure.sides), not names
    lefts: dict[Entry, Shown] = {}
    rights: dict[Entry, Shown] = {}
    evaluator = Evaluator(found.instance, Meter(ENOUGH), problem.notes)
    with precision(found.failure.bits):
        for entry in entries:
            at = {**found.failure.binders, **dict(zip(names, entry, strict=True))}
            both = sides(evaluator, problem.statement, at, found.failure.outcome)
            lefts[entry], rights[entry] = _texts(*both)
    return show_value(nested(lefts)), show_value(nested(rights)), True


def _texts(left: Side | None, right: Side | None) -> tuple[str, str]:
    if left is not None and right is not None and not left.undefined and not right.undefined:
        return show_apart(left.value, right.value)
    return _text(left), _text(right)


def _text(one: Side | None) -> str:
    if one is None:
        return "not certain"
    return f"undefined ({one.undefined})" if one.undefined else show(one.value)


def nested(entries: Mapping[Entry, Shown]) -> Shown:
    """The entries of a tensor as nested rows."""
    if () in entries:
        return entries[()]
    rows: dict[int, dict[Entry, Shown]] = {}
    for entry, value in entries.items():
        rows.setdefault(entry[0], {})[entry[1:]] = value
    return tuple(map(nested, rows.values()))


def tensor(entries: Entries) -> Shown:
    """A tensor of values as it is shown."""
    return nested({entry: shown(value) for entry, value in entries.items()})


def shown(value: Value) -> Shown:
    return fraction(value) if is_exact(value) else show(value)


def _values(problem: Problem, found: Found, evaluator: Evaluator) -> Iterator[tuple[str, Shown]]:
    touched = {name for name, _ in evaluator.touched}
    for variable in problem.free:
        entries = found.instance.tensors[variable.name]
        if variable.name not in touched | problem.given:
            continue
        if variable.name not in found.instance.families:
            yield variable.name, tensor(entries)
        elif variable.name in problem.given:
            yield from _at_all_times(variable.name, entries)
        else:
            for time in sorted({entry[0] for name, entry in evaluator.touched if name == variable.name}):
                yield f"{variable.name}[{time}]", tensor(_at_time(entries, time))


def _at_time(entries: Entries, time: int) -> Entries:
    return {entry[1:]: value for entry, value in entries.items() if entry[0] == time}


def _at_all_times(name: str, entries: Entries) -> Iterator[tuple[str, Shown]]:
    """A family of which hypotheses speak: time by time, until it stays the same for ever."""
    times = sorted({entry[0] for entry in entries})
    values = [_at_time(entries, time) for time in times]
    while len(values) > 1 and values[-1] == values[-2]:
        values.pop()
    for time, value in zip(times, values[:-1], strict=False):
        yield f"{name}[{time}]", tensor(value)
    last = times[len(values) - 1]
    yield f"{name}[{last}], {name}[{last + 1}], …", tensor(values[-1])


def _laws(problem: Problem, found: Found, evaluator: Evaluator) -> Iterator[tuple[str, str]]:
    """The joint law of the random variables in use, and the outcome, if the statement is about one."""
    touched = {name for name, _ in evaluator.touched}
    names = [variable.name for variable in problem.random if variable.name in touched]
    if not names:
        return
    title = f"({', '.join(names)})" if len(names) > 1 else names[0]
    if found.failure.outcome is not None:
        here = found.instance.outcomes[found.failure.outcome].tensors
        yield title, _joint(names, here)
        title = f"law of {title}"
    chances: dict[str, Value] = {}
    for outcome in found.instance.outcomes:
        text = _joint(names, outcome.tensors)
        chances[text] = chances.get(text, 0) + outcome.probability
    texts = [f"{text} with probability {chance}" for text, chance in chances.items()]
    more = [f"and {len(texts) - _MOST_OUTCOMES} more"] if len(texts) > _MOST_OUTCOMES else []
    yield title, ", ".join([*texts[:_MOST_OUTCOMES], *more])


def _joint(names: list[str], tensors: Mapping[str, Entries]) -> str:
    texts = [show_value(tensor(tensors[name])) for name in names]
    return f"({', '.join(texts)})" if len(texts) > 1 else texts[0]


def _indifferent(problem: Problem, found: Found, evaluator: Evaluator) -> str:
    """Which variables do not matter: it fails with every other value tried."""
    touched = {name for name, _ in evaluator.touched}
    names = [variable.name for variable in problem.free if variable.name in touched]
    free = [name for name in names if _fails_anyway(problem, found, name, _OTHERS)]
    always = [name for name in free if _fails_anyway(problem, found, name, SIMPLE[:1])]
    parts = (
        _too("any other", always),
        _too("any other nonzero", [name for name in free if name not in always]),
    )
    return "; ".join(filter(None, parts))


def _too(start: str, names: list[str]) -> str:
    if not names:
        return ""
    return f"{start} {' or '.join(names)} tried fails too"


def _fails_anyway(problem: Problem, found: Found, name: str, others: tuple[Value, ...]) -> bool:
    """Whether the statement fails with each of the other values, of which enough must be possible."""
    slots = [choice for choice in found.choices if choice[:2] == ("entry", name)]
    if len(slots) != 1:  # the other values of a tensor are too many to be tried
        return False
    fates = [_fate(problem, found, dict.fromkeys(slots, value)) for value in others]
    return False not in fates and fates.count(True) >= min(_POSSIBLE, len(others))


def _fate(problem: Problem, found: Found, changes: Mapping[tuple[object, ...], Value]) -> bool | None:
    """Whether the statement fails with these choices changed; None if that is no instance."""
    choices = Choices({**found.choices, **changes})
    meter = Meter(_WORK)
    try:
        instance = build(problem, found.dims, found.naturals, choices, meter)
        failed = judge(problem, instance, meter).failure is not None
        return failed and is_certain(problem, instance, meter)
    except NotAnInstance:
        return None
    except OutOfWork:
        return False
