"""Drawing what is free: entries of tensors with their properties, and functions for the unknown ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from lemmata.kernel.context import Function, Variable
from lemmata.kernel.terms import Dim, Natural, Sort
from lemmata.refute.bounds import Bound, within
from lemmata.refute.choices import Choices
from lemmata.refute.functions import (
    UNIVARIATE,
    Concrete,
    Entry,
    Monomial,
    PolynomialMap,
    Slot,
    monomials,
)
from lemmata.refute.values import ONE, ZERO, Value, exact, is_exact

_LINEAR, _SQUARE, _MIXED, _CUBE, _CONSTANT = (
    tuple(map(exact, pool)) for pool in ((1, 2, 0, -1), (0, 1, -1), (0, 0, 1, -1), (0, 0, 0, 1), (0, 0, 1))
)
_UNIT_VECTORS: dict[int, tuple[str, ...]] = {
    1: ("1", "-1"),
    2: ("3/5 4/5", "1 0", "0 -1"),
    3: ("1/3 2/3 2/3", "0 1 0", "2/7 -3/7 6/7"),
}
_MATRICES: dict[int, tuple[str, ...]] = {
    1: ("1", "0", "-1"),
    2: ("1 0 0 1", "0 1 1 0", "1 0 0 0", "3/5 -4/5 4/5 3/5", "0 1 -1 0", "1/2 1/2 1/2 1/2", "0 2 0 0"),
    3: (
        *("1 0 0 0 1 0 0 0 1", "0 1 0 0 0 1 1 0 0", "1 0 0 0 1 0 0 0 0", "0 1 0 1 0 0 0 0 -1"),
        "0 2 0 0 0 2 0 0 0",
    ),
}


def entries_of(shape: tuple[Sort, ...], dims: Mapping[str, int], tail: int) -> list[Entry]:
    """The entries of a tensor; those of a family up to time `tail`."""
    return list(product(*(_axis(sort, dims, tail) for sort in shape)))


def _axis(sort: Sort, dims: Mapping[str, int], tail: int) -> range:
    if isinstance(sort, Natural):
        return range(sort.minimum, tail + 1)
    return range(1, size_of(sort, dims) + 1)


def size_of(dim: Dim, dims: Mapping[str, int]) -> int:
    return dim if isinstance(dim, int) else dims[dim]


def draw_tensor(
    variable: Variable,
    entries: list[Entry],
    choices: Choices,
    bounds: Sequence[Bound] = (),
    *,
    structured: bool,
) -> dict[Entry, Value]:
    """Values for the entries, with the properties and the bounds which hold entry by entry."""
    if choices.random and choices.random.random() < (0.6 if structured else 0.15):
        _suggest_pattern(variable, entries, choices)
    if _is_family(variable):
        _suggest_constant(variable, entries, choices)
    if "onehot" in variable.properties:
        return _draw_words(variable, entries, choices)
    symmetric = "symmetric" in variable.properties
    pool = within(choices.pool, bounds) if bounds else ()
    found: dict[Entry, Value] = {}
    for entry in entries:
        source = tuple(sorted(entry)) if symmetric else entry
        found[entry] = _with_sign(choices.take(("entry", variable.name, source), pool), variable)
    return _definite(found, variable) if variable.properties & {"psd", "spd"} else found


def _definite(drawn: dict[Entry, Value], variable: Variable) -> dict[Entry, Value]:
    """L·Lᵀ for the lower half L of what was drawn; with a diagonal > 0 where the matrix is."""
    size = range(1, max(row for row, _ in drawn) + 1)
    lower = {(i, j): drawn[i, j] if j <= i else ZERO for i in size for j in size}
    if "spd" in variable.properties:
        lower |= {(i, i): abs(drawn[i, i]) if drawn[i, i] != 0 else ONE for i in size}
    return {(i, j): sum((lower[i, k] * lower[j, k] for k in size), ZERO) for i in size for j in size}


def _draw_words(variable: Variable, entries: list[Entry], choices: Choices) -> dict[Entry, Value]:
    """One-hot along the last axis: a number is drawn for each place, and says where the 1 is."""
    size = max(entry[-1] for entry in entries)
    pool = [exact(place) for place in range(size)]
    found: dict[Entry, Value] = {}
    for entry in entries:
        drawn = choices.take(("entry", variable.name, entry[:-1]), pool)
        found[entry] = ONE if entry[-1] == 1 + abs(int(drawn.p)) % size else ZERO
    return found


def _with_sign(value: Value, variable: Variable) -> Value:
    if "integer" in variable.properties:
        value = exact(int(value.p) // int(value.q)) if is_exact(value) else value
    if "positive" in variable.properties:
        return abs(value) if value != 0 else ONE
    return abs(value) if "nonnegative" in variable.properties else value


def _is_family(variable: Variable) -> bool:
    return any(isinstance(axis, Natural) for axis in variable.shape)


def _suggest_constant(variable: Variable, entries: list[Entry], choices: Choices) -> None:
    """Every other family is the same at all times, and every fourth sequence of words."""
    words = "onehot" in variable.properties
    if choices.random is None or choices.random.random() < (0.75 if words else 0.5):
        return
    pool = [exact(place) for place in range(max(entry[-1] for entry in entries))] if words else ()
    for entry in entries:
        place = entry[:-1] if words else entry
        first = choices.take(("entry", variable.name, (entries[0][0], *place[1:])), pool)
        choices.suggest(("entry", variable.name, place), first)


def _suggest_pattern(variable: Variable, entries: list[Entry], choices: Choices) -> None:
    """A unit vector with rational entries, a permutation, a projection, a rotation, a nilpotent matrix."""
    if choices.random is None or _is_family(variable):
        return
    patterns = {1: _UNIT_VECTORS, 2: _MATRICES}.get(len(variable.shape), {})
    size = max((max(entry) for entry in entries if entry), default=0)
    if len(entries) != size ** len(variable.shape) or size not in patterns:
        return
    for entry, text in zip(entries, choices.random.choice(patterns[size]).split(), strict=True):
        choices.suggest(("entry", variable.name, entry), exact(Fraction(text)))


def draw_function(function: Function, dims: Mapping[str, int], choices: Choices) -> Concrete:
    """A concrete function of the declared shapes, as often differentiable as is declared."""
    if function.inputs == ((),) and function.output == ():
        allowed = [k for k, known in enumerate(UNIVARIATE) if known.is_smooth or function.order == 0]
        number = int(choices.take(("function", function.name), [exact(k) for k in allowed]).p)
        return UNIVARIATE[number if number in allowed else 0]
    slots = [
        (argument, entry)
        for argument, shape in enumerate(function.inputs)
        for entry in entries_of(shape, dims, 0)
    ]
    outputs = entries_of(function.output, dims, 0)
    return PolynomialMap(
        tuple(map(len, function.inputs)),
        tuple((output, _draw_polynomial(function.name, output, slots, choices)) for output in outputs),
    )


def _draw_polynomial(
    name: str, output: Entry, slots: list[Slot], choices: Choices
) -> tuple[tuple[Monomial, Value], ...]:
    found = []
    for monomial in monomials(slots):
        factor = choices.take(("coefficient", name, output, monomial), _pool(monomial))
        if factor != ZERO:
            found.append((monomial, factor))
    return tuple(found)


def _pool(monomial: Monomial) -> tuple[Value, ...]:
    if len(monomial) == 2 and monomial[0] != monomial[1]:
        return _MIXED
    return (_CONSTANT, _LINEAR, _SQUARE, _CUBE)[len(monomial)]
