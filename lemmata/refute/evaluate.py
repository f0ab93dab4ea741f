"""The value of a term at an instance, straight from the meaning of each constructor.

Nothing here is shared with the kernel but the terms: no normal form, no rules, no derivative of the
kernel is used, so that an error there shows as a disagreement here. Derivatives are slopes of dual
numbers, means are sums over outcomes, sums are loops.

Where the text of a term allows two readings (is 0·(1/x) with a Kronecker 0 undefined at x = 0?), the
reading is taken in which fewer statements are false, or `CannotTell` is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Dim,
    Expectation,
    Index,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)
from lemmata.refute.duals import ELEMENTARY, Dual, elementary, power_of, powered, primal, slope_of
from lemmata.refute.errors import CannotTell, OutOfWork, Undefined, UnknownName
from lemmata.refute.functions import Entries, Entry
from lemmata.refute.instances import Instance, Rule
from lemmata.refute.linear import Rows, determinant, inverse, places_of, rows_of
from lemmata.refute.rows import natural_power
from lemmata.refute.special import SPECIAL
from lemmata.refute.spectrum import MATRIX_NORMS, largest
from lemmata.refute.structure import Notes, Part
from lemmata.refute.values import ONE, ZERO, Value, exact, fraction, is_exact, sign

Env = Mapping[str, int]

#: An eigenvalue takes about the time of so many other terms.
_NORM_WORK = 25


class Meter:
    """Counts the work of an attack, so that it stops at the same place on every machine."""

    def __init__(self, allowed: int) -> None:
        self.left = allowed

    def spend(self, amount: int = 1) -> None:
        self.left -= amount
        if self.left < 0:
            raise OutOfWork("the work allowed for this attack is used up")


@dataclass(frozen=True)
class Scope:
    """Where a term is evaluated: the tensors bound by derivatives, the outcome, how deep the ε are."""

    bound: Mapping[str, Entries] = field(default_factory=dict)
    outcome: int | None = None
    level: int = 0
    known: dict[Any, Any] = field(default_factory=dict)


class Evaluator:
    """Evaluates terms at one instance, at the precision of the surrounding block."""

    def __init__(self, instance: Instance, meter: Meter, notes: Notes) -> None:
        self.instance = instance
        self.meter = meter
        self.notes = notes
        self.touched: dict[tuple[str, Entry], None] = {}
        self.applied: dict[str, None] = {}
        self._roots: dict[int | None, Scope] = {}

    def at(self, term: Term, binders: Env, outcome: int | None = None) -> Value:
        """The value of a term, for these values of its free indices, in an outcome."""
        return self._value(term, {**self.instance.naturals, **binders}, self._root(outcome))

    def entry(self, name: str, entry: Entry, outcome: int | None = None) -> Value:
        """The value of an entry of a variable."""
        return self.at(Ref(name, tuple(Index("", position) for position in entry)), {}, outcome)

    def _root(self, number: int | None) -> Scope:
        if number not in self._roots:
            self._roots[number] = Scope(outcome=number)
        return self._roots[number]

    def _value(self, term: Term, env: Env, scope: Scope) -> Value:
        self.meter.spend()
        return _MEANING[type(term)](self, term, env, scope)

    def _kept(
        self, part: Part, env: Env, scope: Scope, compute: Callable[[], Any], role: str = "value"
    ) -> Any:
        """What is computed, once for each value of the free indices of the part."""
        key = (role, id(part), *[env.get(name) for name in self.notes.names(part)])
        if key not in scope.known:
            scope.known[key] = compute(), part
        return scope.known[key][0]

    def _index(self, index: Index, env: Env) -> int:
        if not index.name:
            return index.offset
        found = env.get(index.name, self.instance.dims.get(index.name))
        if found is None:
            raise UnknownName(f"the index {index} is not bound here; bound are {sorted(env)}")
        return found + index.offset

    def _entry(self, indices: tuple[Index, ...], env: Env) -> Entry:
        return tuple([self._index(index, env) for index in indices])

    def _num(self, term: Num, env: Env, scope: Scope) -> Value:
        return exact(term.value)

    def _count(self, term: Count, env: Env, scope: Scope) -> Value:
        return exact(self._index(term.index, env))

    def _delta(self, term: Delta, env: Env, scope: Scope) -> Value:
        return ONE if self._index(term.left, env) == self._index(term.right, env) else ZERO

    def _add(self, term: Add, env: Env, scope: Scope) -> Value:
        found: Value = ZERO
        for part in term.terms:
            found = found + self._value(part, env, scope)
        return found

    def _mul(self, term: Mul, env: Env, scope: Scope) -> Value:
        found: Value = ONE
        guards, others = self.notes.guards(term)
        for factor in guards:
            found = found * self._value(factor, env, scope)
        if guards and not isinstance(found, Dual) and found == 0:
            return ZERO
        for factor in others:
            found = found * self._value(factor, env, scope)
        return found

    def _pow(self, term: Pow, env: Env, scope: Scope) -> Value:
        base = self._value(term.base, env, scope)
        if isinstance(term.exponent, Num):
            return powered(base, term.exponent.value)
        exponent = self._value(term.exponent, env, scope)
        if self.notes.constant(term.exponent) and is_exact(exponent):
            return powered(base, fraction(exponent))
        if isinstance(term.exponent, Count) and exponent >= 0:
            return powered(base, fraction(exponent))
        return _general_power(base, exponent)

    def _sum(self, term: Sum, env: Env, scope: Scope) -> Value:
        return self._kept(term, env, scope, lambda: self._added(term, env, scope))

    def _added(self, term: Sum, env: Env, scope: Scope) -> Value:
        found: Value = ZERO
        inner = dict(env)
        for position in range(1, self.instance.size(term.dim) + 1):
            inner[term.index] = position
            found = found + self._value(term.body, inner, scope)
        return found

    def _maximum(self, term: Maximum, env: Env, scope: Scope) -> Value:
        return self._kept(term, env, scope, lambda: self._largest(term, env, scope))

    def _largest(self, term: Maximum, env: Env, scope: Scope) -> Value:
        positions = range(1, self.instance.size(term.dim) + 1)
        return largest([self._value(term.body, {**env, term.index: i}, scope) for i in positions])

    def _apply(self, term: Apply, env: Env, scope: Scope) -> Value:
        argument = self._value(term.argument, env, scope)
        if term.function in SPECIAL:
            return SPECIAL[term.function](argument)
        if term.function in ELEMENTARY:
            return elementary(term.function, term.order, argument)
        slots = [(0, ())] * term.order
        return self._function(term.function).slope((), [{(): argument}], slots)

    def _function(self, name: str) -> Any:
        if name not in self.instance.functions:
            raise UnknownName(f"the function {name!r} is not declared")
        self.applied[name] = None
        return self.instance.functions[name]

    def _matrix(self, row: str, column: str, dim: Dim, body: Term, env: Env, scope: Scope) -> Rows:
        size = range(1, self.instance.size(dim) + 1)
        return [[self._value(body, {**env, row: i, column: j}, scope) for j in size] for i in size]

    def _inverse(self, term: Inverse, env: Env, scope: Scope) -> Value:
        def compute() -> Rows:
            return inverse(self._matrix(term.row, term.column, term.dim, term.body, env, scope))

        outside = {**env, term.row: 0, term.column: 0}  # one inverse for all of its entries
        row, column = self._entry(term.at, env)
        return self._kept(term.body, outside, scope, compute, "inverse")[row - 1][column - 1]

    def _determinant(self, term: Determinant, env: Env, scope: Scope) -> Value:
        def compute() -> Value:
            return determinant(self._matrix(term.row, term.column, term.dim, term.body, env, scope))

        return self._kept(term, env, scope, compute)

    def _tensor(self, tensor: Lambda, env: Env, scope: Scope) -> Entries:
        found: Entries = self._kept(tensor, env, scope, lambda: self._entries(tensor, env, scope))
        return found

    def _entries(self, tensor: Lambda, env: Env, scope: Scope) -> Entries:
        names = [name for name, _ in tensor.indices]
        sizes = (range(1, self.instance.size(dim) + 1) for _, dim in tensor.indices)
        return {
            entry: self._value(tensor.body, {**env, **dict(zip(names, entry, strict=True))}, scope)
            for entry in product(*sizes)
        }

    def _call(self, term: Call, env: Env, scope: Scope) -> Value:
        if term.function in MATRIX_NORMS and term.partials:
            return self._partial(term, env, scope)
        if term.function in MATRIX_NORMS:
            entries = self._tensor(term.arguments[0], env, scope)
            self.meter.spend(_NORM_WORK)
            found = self._kept(
                term.arguments[0],
                env,
                scope,
                lambda: MATRIX_NORMS[term.function](rows_of(entries)),
                term.function,
            )
            if not term.output:
                return found
            return self._at_place(found, self._entry(term.output, env), entries, term.function)
        if term.function == "matrix_power":
            return self._natural_power(term, env, scope)
        function = self._function(term.function)
        arguments = [self._tensor(argument, env, scope) for argument in term.arguments]
        partials = [(slot, self._entry(entry, env)) for slot, entry in term.partials]
        return function.slope(self._entry(term.output, env), arguments, partials)

    def _at_place(self, found: Rows, at: Entry, entries: Entries, function: str) -> Value:
        """An entry of a matrix which is a function of another; the pseudo-inverse has its columns as rows."""
        half = len(at) // 2
        rows, columns = places_of(entries)
        if function == "pinv":
            rows, columns = columns, rows
        return found[rows.index(at[:half])][columns.index(at[half:])]

    def _natural_power(self, term: Call, env: Env, scope: Scope) -> Value:
        """Of a power that is differentiated, the ε-parts, one after the other."""
        entries = self._moved(term, env, scope)
        exponent, row, column = self._entry(term.output, env)
        self.meter.spend(len(entries) * (exponent + 1))
        found = natural_power(rows_of(entries), exponent)[row - 1][column - 1]
        return self._slopes(term, found, scope)

    def _partial(self, term: Call, env: Env, scope: Scope) -> Value:
        """A partial derivative of a function of a matrix."""
        entries = self._moved(term, env, scope)
        self.meter.spend(_NORM_WORK)
        found = MATRIX_NORMS[term.function](rows_of(entries))
        if term.output:
            found = self._at_place(found, self._entry(term.output, env), entries, term.function)
        return self._slopes(term, found, scope)

    def _moved(self, term: Call, env: Env, scope: Scope) -> Entries:
        """The matrix with an ε of its own at each entry by which a function of it is differentiated."""
        entries = dict(self._tensor(term.arguments[0], env, scope))
        for above, (_, entry) in enumerate(term.partials, scope.level + 1):
            where = self._entry(entry, env)
            entries[where] = entries[where] + Dual(above, ZERO, ONE)
        return entries

    def _slopes(self, term: Call, value: Value, scope: Scope) -> Value:
        """The coefficient of all these ε."""
        for above in range(scope.level + len(term.partials), scope.level, -1):
            value = slope_of(value, above)
        return value

    def _derivative(self, term: Derivative, env: Env, scope: Scope) -> Value:
        return self._kept(term, env, scope, lambda: self._slope(term, env, scope))

    def _slope(self, term: Derivative, env: Env, scope: Scope) -> Value:
        level = scope.level + 1
        moved = dict(self._tensor(term.at, env, scope))
        entry = self._entry(term.wrt, env)
        moved[entry] = Dual(level, moved[entry], ONE)
        inside = Scope({**scope.bound, term.variable: moved}, scope.outcome, level)
        return slope_of(self._value(term.body, env, inside), level)

    def _limit(self, term: Limit | Integral, env: Env, scope: Scope) -> Value:
        raise CannotTell("a limit or an integral is no value of finitely many steps")

    def _expectation(self, term: Expectation, env: Env, scope: Scope) -> Value:
        return self._kept(term, env, scope, lambda: self._mean(term.body, env, scope))

    def _mean(self, body: Term, env: Env, scope: Scope) -> Value:
        if not self.instance.outcomes:
            return self._value(body, env, scope)
        found: Value = ZERO
        for number, outcome in enumerate(self.instance.outcomes):
            inside = Scope(scope.bound, number, scope.level) if scope.bound else self._root(number)
            found = found + outcome.probability * self._value(body, env, inside)
        return found

    def _ref(self, term: Ref, env: Env, scope: Scope) -> Value:
        entry = self._entry(term.indices, env)
        if term.name in scope.bound:
            return scope.bound[term.name][entry]
        if found := self.instance.rule(term.name, entry):
            return self._by_rule(found[0], entry, found[1], scope.outcome)
        if scope.outcome is not None:
            random = self.instance.outcomes[scope.outcome].tensors
            if term.name in random:
                return self._stored(term.name, entry, random[term.name])
        if term.name not in self.instance.tensors:
            if any(rule.name == term.name for rule in self.instance.rules):
                raise CannotTell(f"the entry {entry} of {term.name!r}, which no definition gives")
            raise UnknownName(f"the variable {term.name!r} has no value here")
        return self._stored(term.name, entry, self.instance.tensors[term.name])

    def _by_rule(self, rule: Rule, entry: Entry, binders: Env, outcome: int | None) -> Value:
        scope = self._root(outcome)
        key = (rule.name, entry)
        if key not in scope.known:
            try:
                value = self._value(rule.body, {**self.instance.naturals, **binders}, scope)
            except Undefined as error:
                raise CannotTell(f"the definition of {rule.name} at a point where {error}") from error
            scope.known[key] = value
        return scope.known[key]

    def _stored(self, name: str, entry: Entry, entries: Entries) -> Value:
        if name in self.instance.families:
            entry = (min(entry[0], self.instance.tail), *entry[1:])
        if entry not in entries:
            raise CannotTell(f"the entry {entry} of {name!r}, which is outside of its range")
        self.touched[name, entry] = None
        return entries[entry]


def _general_power(base: Value, exponent: Value) -> Value:
    """A power whose exponent is an expression: for a base which is not positive, only what is so in
    every reading of x^y is said."""
    found = sign(primal(base))
    if found == 1:
        return powered(base, fraction(exponent)) if is_exact(exponent) else power_of(base, exponent)
    if found is not None and is_exact(exponent) and _surely_undefined(found, exponent):
        raise Undefined(f"({primal(base)})^({exponent})")
    raise CannotTell("a power of a base which is not positive")


def _surely_undefined(base_sign: int, exponent: Value) -> bool:
    return bool(exponent < 0) if base_sign == 0 else bool(exponent.q != 1)


_MEANING: dict[type, Callable[[Evaluator, Any, Env, Scope], Value]] = {
    Num: Evaluator._num,
    Count: Evaluator._count,
    Ref: Evaluator._ref,
    Delta: Evaluator._delta,
    Add: Evaluator._add,
    Mul: Evaluator._mul,
    Pow: Evaluator._pow,
    Sum: Evaluator._sum,
    Maximum: Evaluator._maximum,
    Apply: Evaluator._apply,
    Inverse: Evaluator._inverse,
    Determinant: Evaluator._determinant,
    Call: Evaluator._call,
    Derivative: Evaluator._derivative,
    Expectation: Evaluator._expectation,
    Limit: Evaluator._limit,
    Integral: Evaluator._limit,
}
