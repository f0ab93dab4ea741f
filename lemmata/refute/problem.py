"""What is attacked, analysed once: which variables are free, which follow from others, which are random.

A hypothesis `variable entry = expression` is used as a rule, like a definition: the variable is computed
from the expression, so that the hypothesis holds by construction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lemmata.kernel.context import Context, Statement, Variable
from lemmata.kernel.terms import Count, Expectation, Index, Integral, Limit, Natural, Ref, Term
from lemmata.refute.bounds import Bounds, bounds_of
from lemmata.refute.instances import Rule, rule_of
from lemmata.refute.moments import Moment, moment_of
from lemmata.refute.structure import Notes, Part, everything, own_indices, parts, variables


@dataclass(frozen=True)
class Problem:
    """Γ ⊢ statement, ready for attack."""

    context: Context
    statement: Statement

    @cached_property
    def notes(self) -> Notes:
        return Notes()

    @cached_property
    def variables(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.context.variables}

    @cached_property
    def definitions(self) -> tuple[Rule, ...]:
        rules = (rule_of(statement) for _, statement in self.context.definitions)
        return tuple(rule for rule in rules if rule is not None)

    @cached_property
    def defined(self) -> frozenset[str]:
        """The variables all of whose entries are defined: those with a definition which is no recurrence."""
        return frozenset(
            rule.name
            for rule in self.definitions
            if all(index.name and not index.offset for index in rule.indices)
            and rule.name not in variables(rule.body)
        )

    @cached_property
    def started(self) -> frozenset[str]:
        """The recurrences of which the first value is defined too, so that all of them are."""
        return frozenset(rule.name for rule in self.definitions if rule.indices[:1] == (Index("", 0),))

    @cached_property
    def recurrent(self) -> frozenset[str]:
        """The variables which depend on their own earlier values, or on such variables."""
        steps = {rule.name for rule in self.definitions if rule.name in variables(rule.body)}
        return frozenset(
            rule.name for rule in self.definitions if steps & self.reach(Ref(rule.name, ()), self.definitions)
        )

    def reach(self, term: Part, rules: tuple[Rule, ...]) -> frozenset[str]:
        """All variables on which a term depends, through these rules."""
        found: set[str] = set()
        pending = set(variables(term))
        while pending:
            name = pending.pop()
            found.add(name)
            bodies = (variables(rule.body) for rule in rules if rule.name == name)
            pending |= frozenset[str]().union(*bodies) - found
        return frozenset(found)

    @cached_property
    def solved(self) -> dict[int, Rule]:
        """The hypotheses (by number) which are used as rules."""
        found: dict[int, Rule] = {}
        for number, (_, statement) in enumerate(self.context.hypotheses):
            for rule in (rule_of(statement), rule_of(statement, swapped=True)):
                if rule is not None and number not in found and self._solves(rule, found):
                    found[number] = rule
        return found

    def _solves(self, rule: Rule, found: dict[int, Rule]) -> bool:
        variable = self.variables.get(rule.name)
        names = [index.name for index in rule.indices if index.name in dict(rule.binders)]
        rules = (*self.definitions, *found.values())
        return (
            variable is not None
            and "random" not in variable.properties
            and rule.name not in self.defined
            and sorted(names) == sorted(name for name, _ in rule.binders)
            and not any(isinstance(sort, Natural) for _, sort in rule.binders if rule.name in self.recurrent)
            and rule.name not in self.reach(rule.body, rules)
            and not self.varies(rule.body)
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Definitions first: where one gives an entry, a hypothesis about it must be checked."""
        return (*self.definitions, *self.solved.values())

    @cached_property
    def random(self) -> tuple[Variable, ...]:
        """The random variables which need a law."""
        return tuple(
            variable
            for variable in self.context.variables
            if "random" in variable.properties and variable.name not in self.defined
        )

    @cached_property
    def moments(self) -> dict[int, Moment]:
        """What the hypotheses (by number) say of means and covariances; laws are made to satisfy it."""
        names = frozenset(variable.name for variable in self.random)
        found: dict[int, Moment] = {}
        for number, (_, statement) in enumerate(self.context.hypotheses):
            moment = moment_of(statement, names) if number not in self.solved else None
            if moment is not None and not self.reach(moment.value, self.rules) & names:
                found[number] = moment
        return found

    @cached_property
    def given(self) -> frozenset[str]:
        """What the hypotheses speak of, directly or through definitions."""
        given = (side for _, statement in self.context.hypotheses for side in _sides(statement))
        return frozenset[str]().union(*(self.reach(side, self.definitions) for side in given))

    @cached_property
    def bounds(self) -> Bounds:
        """What the hypotheses say of single entries."""
        return bounds_of(self.context)

    @cached_property
    def equations(self) -> tuple[Statement, ...]:
        """The equational hypotheses which no construction makes true."""
        return tuple(
            statement
            for number, (_, statement) in enumerate(self.context.hypotheses)
            if statement.relation == "=" and number not in self.solved and number not in self.moments
        )

    def varies(self, term: Part) -> bool:
        """Whether the value of a term depends on the outcome: a random variable is in it, outside of E."""
        found: set[str] = set()
        pending = set(_outside_means(term))
        while pending:
            name = pending.pop()
            found.add(name)
            bodies = (_outside_means(rule.body) for rule in self.definitions if rule.name == name)
            pending |= frozenset[str]().union(*bodies) - found
        return any(variable.name in found for variable in self.random)

    @cached_property
    def free(self) -> tuple[Variable, ...]:
        """The variables whose values are drawn."""
        whole = {rule.name for rule in self.solved.values() if len(rule.binders) == len(rule.indices)}
        taken = self.defined | self.started | whole | {variable.name for variable in self.random}
        return tuple(variable for variable in self.context.variables if variable.name not in taken)

    @cached_property
    def unsupported(self) -> str:
        """Why there is no instance of Γ, if there is a reason."""
        if any(isinstance(axis, Natural) for variable in self.random for axis in variable.shape):
            return "a random family has no finite law"
        for label, statement in self.context.hypotheses:
            if statement.relation == "->":
                return f"the hypothesis {label} is a limit, which no finitely many values show"
        said = (self.statement, *(statement for _, statement in self.context.hypotheses))
        parts = (part for statement in said for side in _sides(statement) for part in everything(side))
        if any(isinstance(part, Limit | Integral) for part in parts):
            return "a limit or an integral is no value of finitely many steps"
        return ""

    @cached_property
    def unsettled(self) -> str:
        """Why an instance cannot be certain to satisfy Γ, if there is a reason.

        It may agree with a statement, but not refute it.
        """
        for label, statement in self.context.hypotheses:
            times = {name for name, sort in statement.binders if isinstance(sort, Natural)}
            counted = _counted(_sides(statement)) & times
            reached = (self.reach(side, self.rules) for side in _sides(statement))
            if counted or (times and self.counting & frozenset[str]().union(*reached)):
                return f"the hypothesis {label} about all times cannot be checked at finitely many"
        return ""

    @cached_property
    def of_recurrences(self) -> frozenset[int]:
        """The hypotheses (by number) about all times which speak of recurrences."""
        return frozenset(
            number
            for number, (_, statement) in enumerate(self.context.hypotheses)
            if any(isinstance(sort, Natural) for _, sort in statement.binders)
            and any(self.reach(side, self.rules) & self.recurrent for side in _sides(statement))
        )

    def is_sequence(self, name: str) -> bool:
        """Whether a variable has one time at most, and the same values in each outcome."""
        times = [sort for sort in self.variables[name].shape if isinstance(sort, Natural)]
        return len(times) <= 1 and not self.varies(Ref(name, ()))

    @cached_property
    def counting(self) -> frozenset[str]:
        """What is defined with its time as a number."""
        return frozenset(
            rule.name
            for rule in self.rules
            if _counted((rule.body,)) & {name for name, sort in rule.binders if isinstance(sort, Natural)}
        )

    @cached_property
    def recurrences_count_time(self) -> bool:
        """Whether a time is used as a number in a definition."""
        return bool(_counted(rule.body for rule in self.definitions) - set(self.context.dims))

    @cached_property
    def counts_time(self) -> bool:
        """Whether a time is used as a number, in the statement or in a definition."""
        sides = _counted(_sides(self.statement)) - set(self.context.dims)
        return bool(sides) or self.recurrences_count_time

    @cached_property
    def offsets(self) -> int:
        """How far a term may look back in all: through the statement, each hypothesis and each definition
        once, by the largest offset of an index there (as in t−1)."""
        given = (statement for _, statement in (*self.context.hypotheses, *self.context.definitions))
        return sum(map(_largest_offset, (self.statement, *given)))


def _sides(statement: Statement) -> tuple[Term, Term]:
    return statement.left, statement.right


def _largest_offset(statement: Statement) -> int:
    parts = (part for side in _sides(statement) for part in everything(side))
    return max((abs(index.offset) for part in parts for index in own_indices(part) if index.name), default=0)


def _counted(terms: Iterable[Part]) -> set[str]:
    """The names of the indices which are used as numbers."""
    parts = (part for term in terms for part in everything(term))
    return {part.index.name for part in parts if isinstance(part, Count)}


def _outside_means(term: Part) -> frozenset[str]:
    if isinstance(term, Expectation):
        return frozenset()
    if isinstance(term, Ref):
        return frozenset({term.name})
    return frozenset[str]().union(*map(_outside_means, parts(term)))
