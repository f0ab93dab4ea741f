"""The value of an expression as its author reads it: matrices of numbers, by the rules of matrices.

This is the second road to the value of a line. The first lowers it to the kernel's terms and evaluates
those; here matrices are multiplied, transposed and inverted as wholes, and nothing of the lowering is
used. Both must lead to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod

from lemmata.language.declare import Definition, Variable
from lemmata.language.expr import SCALAR, Expr, Shape
from lemmata.language.indexing import time_of
from lemmata.language.products import factors
from lemmata.refute.duals import Dual, power_of, powered, primal, slope_of
from lemmata.refute.errors import CannotTell, UnknownName
from lemmata.refute.evaluate import Evaluator
from lemmata.refute.functions import Entries, Entry, Slot
from lemmata.refute.linear import Rows, determinant, identity, inverse
from lemmata.refute.rows import (
    KNOWN,
    combined,
    mapped,
    matmul,
    minus,
    natural_power,
    plus,
    ratio,
    scaled,
    times,
    total,
    transposed,
)
from lemmata.refute.special import pi
from lemmata.refute.spectrum import (
    exponential,
    largest,
    largest_eigenvalue,
    operator_norm,
    pseudo_inverse,
    rank,
)
from lemmata.refute.values import ONE, ZERO, Value, exact, fraction, is_exact, sign

#: What a variable, or a member of a family, is held at.
Held = Mapping[tuple[str, int | None], Rows]


@dataclass(frozen=True)
class Here:
    """Where an expression is evaluated: indices and times, what derivatives hold, the outcome."""

    places: Mapping[str, int] = field(default_factory=dict)
    held: Held = field(default_factory=dict)
    outcome: int | None = None
    level: int = 0


class Matrices:
    """Evaluates expressions at an instance; what has no definition has the value `leaves` gives it."""

    def __init__(self, leaves: Evaluator) -> None:
        self.leaves = leaves
        self.instance = leaves.instance

    def value(self, expr: Expr, here: Here) -> Rows:
        """The matrix of an expression."""
        self.leaves.meter.spend()
        meaning = _MEANINGS.get(expr.head)
        if meaning is None:
            raise UnknownName(f"{expr}: {expr.head} has no meaning as a matrix")
        return meaning(self, expr, here)

    def parts(self, expr: Expr, here: Here) -> list[Rows]:
        return [self.value(argument, here) for argument in expr.args]

    def scalar(self, expr: Expr, here: Here) -> Value:
        return self.value(expr, here)[0][0]

    def sizes(self, shape: Shape) -> tuple[int, int]:
        rows, columns = (prod(map(self.instance.size, factors(dim))) for dim in shape)
        return rows, columns

    def place(self, place: tuple[str, int], here: Here) -> int:
        name, offset = place
        return (here.places[name] if name else 0) + offset

    def known(self, variable: Variable, time: int | None, here: Here) -> Rows:
        """A variable, or a member of a family: held, defined, or given."""
        if (variable.name, time) in here.held:
            return here.held[variable.name, time]
        if variable.all is not None:
            return self.value(variable.all.statement.right, self.at_member(variable.all, time, here))
        if variable.start is not None and time == 0:
            return self.value(variable.start.statement.right, here)
        if variable.step is not None and time is not None and time >= 1:
            later = variable.step.statement.left.data[0]
            places = {**here.places, later[0]: time - later[1]}
            return self.value(variable.step.statement.right, replace(here, places=places))
        return self.given(variable, time, here)

    def at_member(self, definition: Definition, member: int | None, here: Here) -> Here:
        """Where a definition is read: of a family, with its own index at the member asked for."""
        if member is None:
            return here
        (own, _), _ = definition.statement.left.data
        return replace(here, places={**here.places, own: member})

    def given(self, variable: Variable, time: int | None, here: Here) -> Rows:
        first = () if time is None else (time,)
        return self.made(
            variable.shape,
            lambda entry: self.leaves.entry(variable.name, (*first, *entry), here.outcome),
        )

    def made(self, shape: Shape, entry: Callable[[Entry], Value]) -> Rows:
        """The matrix with these entries; an axis of size 1 by declaration is no axis of the entry."""
        rows, columns = self.sizes(shape)
        return [
            [entry(_entry(shape, row, column)) for column in range(1, columns + 1)]
            for row in range(1, rows + 1)
        ]

    def held_at(self, by: Expr, row: int, column: int, here: Here) -> Here:
        """Here, with an ε on one entry of what is differentiated by."""
        rows = [list(entries) for entries in self.value(by, here)]
        rows[row][column] = Dual(here.level + 1, rows[row][column], ONE)
        family = by if by.head == "variable" else by.args[0]
        time = None if by.head == "variable" else self.place(by.data[0], here)
        held = {**here.held, (family.data.name, time): rows}
        return replace(here, held=held, level=here.level + 1)

    def slope(self, body: Expr, by: Expr, row: int, column: int, here: Here) -> Rows:
        """The derivative of each entry of the body by one entry of a variable."""
        found = self.value(body, self.held_at(by, row, column, here))
        return mapped(found, lambda entry: slope_of(entry, here.level + 1))


def _entry(shape: Shape, row: int, column: int) -> Entry:
    return tuple(place for place, dim in zip((row, column), shape, strict=True) if dim != 1)


def entries(shape: Shape, rows: Rows) -> Entries:
    """The entries of a matrix, as a concrete function takes them."""
    return {_entry(shape, i + 1, j + 1): entry for i, row in enumerate(rows) for j, entry in enumerate(row)}


def _scaled(m: Matrices, e: Expr, here: Here) -> Rows:
    left, right = m.parts(e, here)
    if e.args[0].shape == SCALAR:
        return scaled(left[0][0], right)
    return scaled(right[0][0], left)


def _quotient(m: Matrices, e: Expr, here: Here) -> Rows:
    top, bottom = m.parts(e, here)
    return scaled(powered(bottom[0][0], Fraction(-1)), top)


def _power(m: Matrices, e: Expr, here: Here) -> Rows:
    base, exponent = (part[0][0] for part in m.parts(e, here))
    counts = e.args[1].head in ("time", "size")
    if is_exact(exponent) and (_is_number(e.args[1]) or (counts and exponent >= 0)):
        return [[powered(base, fraction(exponent))]]
    if sign(primal(base)) != 1:
        raise CannotTell("a power of a base which is not positive")
    return [[power_of(base, exponent)]]


def _is_number(expr: Expr) -> bool:
    return expr.head in ("number", "neg", "div", "mul", "add", "sub") and all(map(_is_number, expr.args))


def _matrix_power(m: Matrices, e: Expr, here: Here) -> Rows:
    return natural_power(m.value(e.args[0], here), int(e.args[1].data))


def _natural_power(m: Matrices, e: Expr, here: Here) -> Rows:
    place = time_of(e.args[1])
    if place is None:
        raise UnknownName(f"{e}: {e.args[1]} is no time")
    return natural_power(m.value(e.args[0], here), m.place(place, here))


def _convolution(m: Matrices, e: Expr, here: Here) -> Rows:
    """The sum of the body over all pairs of exponents."""
    body, pairs, left, right = e.args
    count, bases = m.place(pairs.data[0], here), (m.value(left, here), m.value(right, here))
    rows, columns = m.sizes(e.shape)
    found = [[ZERO] * columns for _ in range(rows)]
    for first in range(count):
        exponents = (first, count - 1 - first)
        powers = [natural_power(base, by) for base, by in zip(bases, exponents, strict=True)]
        inside = replace(here, held={**here.held, ("slot", 0): powers[0], ("slot", 1): powers[1]})
        found = combined(plus, found, m.value(body, inside))
    return found


def _norm(m: Matrices, e: Expr, here: Here) -> Rows:
    rows = m.value(e.args[0], here)
    return [[powered(total(entry * entry for row in rows for entry in row), Fraction(1, 2))]]


def _trace(m: Matrices, e: Expr, here: Here) -> Rows:
    rows = m.value(e.args[0], here)
    return [[total(row[k] for k, row in enumerate(rows))]]


def _diag(m: Matrices, e: Expr, here: Here) -> Rows:
    rows = m.value(e.args[0], here)
    return [[row[0] if k == j else ZERO for j in range(len(rows))] for k, row in enumerate(rows)]


def _apply(m: Matrices, e: Expr, here: Here) -> Rows:
    rows = m.value(e.args[0], here)
    if isinstance(e.data, str):
        known = KNOWN[e.data]
        return mapped(rows, known)
    function = m.instance.functions[e.data.name]
    slots = [(0, ())] * e.data.times
    return mapped(rows, lambda entry: function.slope((), [{(): entry}], slots))


def _called(m: Matrices, e: Expr, here: Here, partials: Sequence[Slot], output: Entry) -> Value:
    arguments = [entries(part.shape, m.value(part, here)) for part in e.args]
    return m.instance.functions[e.data.name].slope(output, arguments, partials)


def _call(m: Matrices, e: Expr, here: Here) -> Rows:
    return m.made(e.shape, lambda entry: _called(m, e, here, (), entry))


def _gradient_at(m: Matrices, e: Expr, here: Here) -> Rows:
    return m.made(e.shape, lambda entry: _called(m, e, here, [(0, entry)], ()))


def _gradient(m: Matrices, e: Expr, here: Here) -> Rows:
    rows, columns = m.sizes(e.shape)
    body, by = e.args
    return [[m.slope(body, by, i, j, here)[0][0] for j in range(columns)] for i in range(rows)]


def _jacobian(m: Matrices, e: Expr, here: Here) -> Rows:
    body, by = e.args
    columns = (m.slope(body, by, j, 0, here) for j in range(m.sizes(e.shape)[1]))
    return transposed([[row[0] for row in column] for column in columns])


def _diff(m: Matrices, e: Expr, here: Here) -> Rows:
    body, by = e.args
    return m.slope(body, by, 0, 0, here)


def _directional(m: Matrices, e: Expr, here: Here) -> Rows:
    """The ε-part of f(X + ε H)."""
    body, by, direction = e.args
    point, step, level = m.value(by, here), m.value(direction, here), here.level + 1
    moved = combined(lambda entry, change: Dual(level, entry, change), point, step)
    family = by if by.head == "variable" else by.args[0]
    time = None if by.head == "variable" else m.place(by.data[0], here)
    inside = replace(here, held={**here.held, (family.data.name, time): moved}, level=level)
    return mapped(m.value(body, inside), lambda entry: slope_of(entry, level))


def _kron(m: Matrices, e: Expr, here: Here) -> Rows:
    left, right = m.parts(e, here)
    return [[a * b for a in first for b in second] for first in left for second in right]


def _vec(m: Matrices, e: Expr, here: Here) -> Rows:
    return [[entry] for column in transposed(m.value(e.args[0], here)) for entry in column]


def _hessian(m: Matrices, e: Expr, here: Here) -> Rows:
    body, by = e.args
    size = range(m.sizes(e.shape)[0])

    def second(i: int, j: int) -> Value:
        inner = m.held_at(by, j, 0, here)
        return slope_of(m.slope(body, by, i, 0, inner)[0][0], here.level + 1)

    return [[second(i, j) for j in size] for i in size]


def _mean(m: Matrices, here: Here, at: Callable[[Here], Rows]) -> Rows:
    if not m.instance.outcomes:
        return at(here)
    found: Rows | None = None
    for number, outcome in enumerate(m.instance.outcomes):
        part = scaled(outcome.probability, at(replace(here, outcome=number)))
        found = part if found is None else combined(plus, found, part)
    return found or []


def _expectation(m: Matrices, e: Expr, here: Here) -> Rows:
    return _mean(m, here, lambda inside: m.value(e.args[0], inside))


def _covariance(m: Matrices, e: Expr, here: Here) -> Rows:
    """E[(x − E x)(y − E y)ᵀ]."""
    x, y = e.args
    centre_x = _mean(m, here, lambda inside: m.value(x, inside))
    centre_y = _mean(m, here, lambda inside: m.value(y, inside))

    def spread(inside: Here) -> Rows:
        left = combined(minus, m.value(x, inside), centre_x)
        right = combined(minus, m.value(y, inside), centre_y)
        return matmul(left, transposed(right))

    return _mean(m, here, spread)


def _index_sum(m: Matrices, e: Expr, here: Here) -> Rows:
    name, dim = e.data
    rows, columns = m.sizes(e.shape)
    found = [[ZERO] * columns for _ in range(rows)]
    for position in range(1, m.instance.size(dim) + 1):
        inside = replace(here, places={**here.places, name: position})
        found = combined(plus, found, m.value(e.args[0], inside))
    return found


def _index_max(m: Matrices, e: Expr, here: Here) -> Rows:
    name, dim = e.data
    positions = range(1, m.instance.size(dim) + 1)
    every = [m.value(e.args[0], replace(here, places={**here.places, name: k})) for k in positions]
    rows, columns = m.sizes(e.shape)
    return [[largest([found[i][j] for found in every]) for j in range(columns)] for i in range(rows)]


def _column(m: Matrices, e: Expr, here: Here) -> Rows:
    name, dim = e.data
    positions = range(1, m.instance.size(dim) + 1)
    inside = (replace(here, places={**here.places, name: position}) for position in positions)
    return [[m.scalar(e.args[0], there)] for there in inside]


def _at_words(m: Matrices, e: Expr, here: Here) -> Rows:
    """The entry where the words are."""
    base, *words = e.args
    hot = iter([[row[0] for row in m.value(word, here)].index(1) + 1 for word in words])
    places = iter([next(hot) if place is None else m.place(place[0], here) for place in e.data])
    row, column = (1 if dim == 1 else next(places) for dim in base.shape)
    return [[m.value(base, here)[row - 1][column - 1]]]


def _picked(m: Matrices, e: Expr, here: Here) -> Rows:
    places = iter(m.place(place, here) for place, _ in e.data)
    row, column = (1 if dim == 1 else next(places) for dim in e.args[0].shape)
    return [[m.value(e.args[0], here)[row - 1][column - 1]]]


def _member(m: Matrices, e: Expr, here: Here) -> Rows:
    return m.known(e.args[0].data, m.place(e.data[0], here), here)


def _filled(m: Matrices, e: Expr, value: Value) -> Rows:
    rows, columns = m.sizes(e.shape)
    return [[value] * columns for _ in range(rows)]


def _limit(m: Matrices, e: Expr, here: Here) -> Rows:
    raise CannotTell("a limit or an integral is no value of finitely many steps")


Meaning = Callable[[Matrices, Expr, Here], Rows]

_MEANINGS: dict[str, Meaning] = {
    "pi": lambda m, e, here: [[pi()]],
    "number": lambda m, e, here: [[exact(e.data)]],
    "size": lambda m, e, here: [[exact(m.instance.size(e.data))]],
    "time": lambda m, e, here: [[exact(here.places[e.data[0]])]],
    "variable": lambda m, e, here: m.known(e.data, None, here),
    "member": _member,
    "entry": _picked,
    "identity": lambda m, e, here: identity(m.sizes(e.shape)[0]),
    "zeros": lambda m, e, here: _filled(m, e, ZERO),
    "ones": lambda m, e, here: _filled(m, e, ONE),
    "add": lambda m, e, here: combined(plus, *m.parts(e, here)),
    "sub": lambda m, e, here: combined(minus, *m.parts(e, here)),
    "neg": lambda m, e, here: mapped(m.value(e.args[0], here), lambda entry: -entry),
    "mul": _scaled,
    "div": _quotient,
    "matmul": lambda m, e, here: matmul(*m.parts(e, here)),
    "hadamard": lambda m, e, here: combined(times, *m.parts(e, here)),
    "hadamard_quotient": lambda m, e, here: combined(ratio, *m.parts(e, here)),
    "array": lambda m, e, here: [[exact(value) for value in row] for row in e.data],
    "chosen": lambda m, e, here: m.value(e.args[m.place(e.data[0], here) - 1], here),
    "power": _power,
    "matrix_power": _matrix_power,
    "natural_power": _natural_power,
    "convolution": _convolution,
    "slot": lambda m, e, here: here.held["slot", e.data],
    "transpose": lambda m, e, here: transposed(m.value(e.args[0], here)),
    "inverse": lambda m, e, here: inverse(m.value(e.args[0], here)),
    "det": lambda m, e, here: [[determinant(m.value(e.args[0], here))]],
    "trace": _trace,
    "norm": _norm,
    "diag": _diag,
    "diagonal": lambda m, e, here: [[row[k]] for k, row in enumerate(m.value(e.args[0], here))],
    "apply": _apply,
    "call": _call,
    "gradient": _gradient,
    "gradient_at": _gradient_at,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "directional": _directional,
    "kron": _kron,
    "vec": _vec,
    "diff": _diff,
    "expectation": _expectation,
    "covariance": _covariance,
    "limit": _limit,
    "integral": _limit,
    "index_sum": _index_sum,
    "index_max": _index_max,
    "column": _column,
    "at_words": _at_words,
    "opnorm": lambda m, e, here: [[operator_norm(m.value(e.args[0], here))]],
    "rank": lambda m, e, here: [[rank(m.value(e.args[0], here))]],
    "pinv": lambda m, e, here: pseudo_inverse(m.value(e.args[0], here)),
    "expm": lambda m, e, here: exponential(m.value(e.args[0], here)),
    "eigmax": lambda m, e, here: [[largest_eigenvalue(m.value(e.args[0], here))]],
}
