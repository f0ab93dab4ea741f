"""What a step may use: the context, the statements proved so far, and the conditions collected on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lemmata.kernel.conditions import Condition, conditions, holds
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.errors import Rejected
from lemmata.kernel.facts import Fact, FactTable, facts_of
from lemmata.kernel.normal import Derivatives, Normalizer
from lemmata.kernel.signs import Facts, Sign, signs_in
from lemmata.kernel.substitute import Fresh, Substitution, free_indices, is_same, is_total, mentions
from lemmata.kernel.terms import MINUS_ONE, Add, Index, Integral, Lambda, Mul, Natural, Ref, Sort, Term

Binders = tuple[tuple[str, Sort], ...]


@dataclass
class Ledger:
    """What the whole check has met: conditions that the context gives, and those which are missing."""

    fresh: Fresh = field(default_factory=Fresh)
    given: dict[Condition, None] = field(default_factory=dict)
    needs: dict[Condition, None] = field(default_factory=dict)
    _plain: dict[object, Normalizer] = field(default_factory=dict)
    _facts: dict[object, tuple[Fact, ...]] = field(default_factory=dict)
    _informed: dict[object, Normalizer] = field(default_factory=dict)
    _derivatives: Derivatives = field(default_factory=dict)
    _held: dict[object, bool] = field(default_factory=dict)

    def plain(self, context: Context, naturals: dict[str, int]) -> Normalizer:
        """The normal forms of a context without facts, shared by all steps."""
        place = (
            context.dims,
            context.naturals,
            context.choices,
            context.variables,
            context.definitions,
            tuple(naturals.items()),
        )
        if place not in self._plain:
            self._plain[place] = Normalizer(
                signs_in(context, naturals, Facts(), self.fresh), self.fresh, self._derivatives
            )
        return self._plain[place]

    def informed(self, plain: Normalizer, fixed: frozenset[str], known: tuple[Statement, ...]) -> Normalizer:
        """The normal forms where some statements are known, shared by the steps which know the same."""
        place = (id(plain), known)
        if place not in self._informed:
            facts = tuple(fact for statement in known for fact in self.facts(statement, plain, fixed))
            table = FactTable(plain, fixed, facts)
            self._informed[place] = plain.with_signs(replace(plain.signs, facts=table))
        return self._informed[place]

    def facts(self, statement: Statement, plain: Normalizer, fixed: frozenset[str]) -> tuple[Fact, ...]:
        """What a statement says of signs, worked out once."""
        place = (statement, id(plain))
        if place not in self._facts:
            self._facts[place] = tuple(facts_of(statement, plain, fixed))
        return self._facts[place]

    def holds(self, condition: Condition, normalizer: Normalizer) -> bool:
        """Whether a condition is given, worked out once."""
        place = (condition, id(normalizer))
        if place not in self._held:
            self._held[place] = holds(condition, normalizer)
        return self._held[place]


@dataclass(frozen=True)
class Environment:
    """Γ with the statements proved so far."""

    context: Context
    proven: dict[str, Statement]
    ledger: Ledger

    @property
    def fresh(self) -> Fresh:
        return self.ledger.fresh

    def inside(self, context: Context) -> Environment:
        """For a proof inside a step: what it proves is not seen outside."""
        return replace(self, context=context, proven=dict(self.proven))

    def premise(self, name: str) -> Statement:
        """The statement of an earlier step, a hypothesis or a definition."""
        if name in self.proven:
            return self.proven[name]
        for label, statement in (*self.context.hypotheses, *self.context.definitions):
            if label == name:
                return statement
        raise Rejected(f"the premise {name} is no earlier step, hypothesis or definition")

    def normalizer(self, binders: Binders, facts: Iterable[str] = ()) -> Normalizer:
        """Normal forms with the hypotheses and some earlier steps as facts."""
        naturals = {name: sort.minimum for name, sort in binders if isinstance(sort, Natural)}
        plain = self.ledger.plain(self.context, naturals)
        fixed = fixed_names(self.context)
        known = [statement for _, statement in self.context.hypotheses]
        known += [self.premise(name) for name in facts]
        return self.ledger.informed(plain, fixed, tuple(known))

    def collect(
        self, statement: Statement, facts: Iterable[str] = (), unfolding: Unfolding | None = None
    ) -> None:
        """Note the conditions of a statement as given or as missing; a definition which is unfolded may
        be unfolded in a condition, too. Of its binders is known what the statement itself says."""
        normalizer = self.normalizer(statement.binders, facts)
        for condition in dict.fromkeys(conditions(self.context, normalizer, statement)):
            known = self.ledger.holds(condition, normalizer) or self.exists(condition)
            if not known and unfolding is not None and condition.statement is not None:
                known = holds(
                    replace(condition, statement=unfolding.statement(condition.statement)), normalizer
                )
            (self.ledger.given if known else self.ledger.needs)[condition] = None

    def exists(self, condition: Condition) -> bool:
        """Whether an earlier step, or a hypothesis, is the equation needed, or says what a limit or an
        integral is: then it exists."""
        if condition.statement is not None:
            return not condition.in_mean and self.says(condition.statement)
        term = condition.exists
        if term is None or condition.in_mean:
            return False
        match term:  # with ∫ f there is ∫ c·f
            case Integral(variable, Mul((factor, rest)), lower, upper) if is_total(factor):
                inner = Condition(None, exists=Integral(variable, rest, lower, upper))
                if not mentions(factor, variable) and self.exists(inner):
                    return True
        return any(
            s.relation == "=" and not s.binders and type(s.left) is type(term) and is_same(s.left, term)
            for s in self.said()
        )

    def says(self, needed: Statement) -> bool:
        """Whether an earlier step, or a hypothesis, is this equation, for all values of its indices."""
        return needed.relation == "=" and any(
            equivalent(said, needed, self.normalizer(said.binders)) for said in self.said()
        )

    def said(self) -> tuple[Statement, ...]:
        """The earlier steps, and the hypotheses."""
        return (*self.proven.values(), *(statement for _, statement in self.context.hypotheses))

    def unfolding(self, labels: tuple[str, ...]) -> Unfolding:
        """The definitions of the labels, the latest first, as each may mention those before it."""
        missing = set(labels) - {label for label, _ in self.context.definitions}
        if missing:
            raise Rejected(f"there is no definition {min(missing)}")
        found = [statement for label, statement in self.context.definitions if label in labels]
        return Unfolding(tuple(_unfold(statement, self.fresh) for statement in reversed(found)))


@dataclass(frozen=True)
class Unfolding:
    """Definitions put in place of what they define."""

    steps: tuple[Substitution, ...]

    def apply(self, term: Term) -> Term:
        for step in self.steps:
            term = step.apply(term)
        return term

    def statement(self, statement: Statement) -> Statement:
        return replace(statement, left=self.apply(statement.left), right=self.apply(statement.right))

    def sign(self, term: Term, normalizer: Normalizer) -> Sign:
        """What is manifest of the sign of a term: as it stands, unfolded, or in normal form."""
        signs, unfolded = normalizer.signs, self.apply(term)
        return signs.of(term) | signs.of(unfolded) | signs.of(normalizer.normal(unfolded))


def _unfold(statement: Statement, fresh: Fresh) -> Substitution:
    left, binders = statement.left, statement.binders
    if not isinstance(left, Ref) or left.indices != tuple(Index(name) for name, _ in binders):
        raise Rejected("the start of a recurrence cannot be unfolded; use it as a premise")
    if any(sort == Natural(1) for _, sort in binders):
        raise Rejected(f"the recurrence of {left.name} cannot be unfolded; use it as a premise")
    # A natural binder is a mere name here: only its substitution is used.
    return Substitution(fresh, tensors={left.name: Lambda(binders, statement.right)})  # type: ignore[arg-type]


def substituted(statement: Statement, substitution: Substitution) -> Statement:
    """A statement after substitution; its binders are not touched."""
    return replace(
        statement, left=substitution.apply(statement.left), right=substitution.apply(statement.right)
    )


def instance(statement: Statement, at: Iterable[tuple[str, Index]], fresh: Fresh) -> Statement:
    """The statement at some values of its binders; the others remain."""
    put = dict(at)
    rest = tuple((name, sort) for name, sort in statement.binders if name not in put)
    return replace(substituted(statement, Substitution(fresh, indices=put)), binders=rest)


def fixed_names(context: Context) -> frozenset[str]:
    """The names which are no indices of a statement, but the same throughout."""
    named = (*context.naturals, *context.choices)
    return frozenset(context.dims) | frozenset(name for name, _ in named)


def speaks_of(statement: Statement, name: str) -> bool:
    """Whether an index, or a natural number of the context, is free in a statement."""
    return name in free_indices(statement.left) | free_indices(statement.right)


def difference(left: Term, right: Term) -> Term:
    """left - right."""
    return Add((left, Mul((MINUS_ONE, right))))


def equivalent(first: Statement, second: Statement, normalizer: Normalizer) -> bool:
    """Whether two statements are the same up to the names of binders and the normal form of each side."""
    sorts = [[sort for _, sort in statement.binders] for statement in (first, second)]
    if first.relation != second.relation or sorts[0] != sorts[1]:
        return False
    names = zip(second.binders, first.binders, strict=True)
    renamed = instance(second, [(old, Index(new)) for (old, _), (new, _) in names], normalizer.fresh)
    return normalizer.is_zero(difference(first.left, renamed.left)) and normalizer.is_zero(
        difference(first.right, renamed.right)
    )
