"""The rule `lemma`: a theorem proved elsewhere, at other dimensions, variables and functions.

    Γ' ⊢ l R r        a map of the names of Γ' to Γ        Γ ⊢ the hypotheses and definitions of Γ'
    -----------------------------------------------------------------------------------------------
                                       Γ ⊢ (l R r) mapped

A variable with properties goes to a variable with at least these. One without goes to any tensor which
does not mention a random variable (a constant stands in front of a mean, a random variable does not).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lemmata.kernel.certificate import Certificate, LemmaUse
from lemmata.kernel.context import Context, Function, Statement, Variable
from lemmata.kernel.environment import Environment, equivalent
from lemmata.kernel.rules import require
from lemmata.kernel.signs import random_names
from lemmata.kernel.substitute import Substitution, outcome_depends
from lemmata.kernel.terms import ZERO, Dim, Index, Lambda, Natural, Ref, Sort, Sum
from lemmata.kernel.wellformed import Scope, scope_of


def instantiate(env: Environment, claim: Statement, by: LemmaUse, lemma: Certificate) -> None:
    """Raise Rejected unless the claim is the statement of the lemma, mapped."""
    mapping = _Mapping(env, by, lemma.context)
    substitution = mapping.substitution()
    premises = dict(by.premises)
    for label, statement in (*lemma.context.definitions, *lemma.context.hypotheses):
        name = premises.get(label, label)
        needed = mapping.statement(statement, substitution)
        if label in dict(lemma.context.definitions):
            _check_for_all_outcomes(env, name, needed)
        if not (by.is_plain and env.premise(name) == statement):
            _check_premise(env, name, needed)
    if by.is_plain and claim == lemma.statement:
        return
    mapped = mapping.statement(lemma.statement, substitution)
    normalizer = env.normalizer(claim.binders)
    require(equivalent(claim, mapped, normalizer), f"the claim is not an instance of {lemma.name}")
    env.collect(claim)
    env.collect(mapped)


def _check_for_all_outcomes(env: Environment, name: str, needed: Statement) -> None:
    """A definition holds at every outcome, and may be used under a mean; a hypothesis on a random variable
    does not."""
    random = random_names(env.context)
    depends = outcome_depends(needed.left, random) or outcome_depends(needed.right, random)
    defined = name in dict(env.context.definitions)
    require(defined or not depends, f"{name} is no definition, and what it says depends on the outcome")


def _check_premise(env: Environment, name: str, needed: Statement) -> None:
    given = env.premise(name)
    normalizer = env.normalizer(given.binders)
    require(equivalent(given, needed, normalizer), f"{name} is not what the lemma assumes")
    env.collect(given)
    env.collect(needed)


def mapped_statement(env: Environment, by: LemmaUse, lemma: Context, statement: Statement) -> Statement:
    """A statement of the lemma's context in the present one. Raises Rejected where the map does not fit."""
    mapping = _Mapping(env, by, lemma)
    return mapping.statement(statement, mapping.substitution())


@dataclass(frozen=True)
class _Mapping:
    """Where the names of a lemma go; a name that is not mapped goes to itself."""

    env: Environment
    by: LemmaUse
    lemma: Context

    def substitution(self) -> Substitution:
        scope = scope_of(self.env.context)
        dims: dict[str, Dim] = {name: self.dim(scope, name) for name in self.lemma.dims}
        indices = {name: self.natural(scope, name, least) for name, least in self.lemma.naturals}
        indices |= {name: self.choice(scope, name, _mapped(dims, dim)) for name, dim in self.lemma.choices}
        indices |= {name: _as_index(dim) for name, dim in dims.items()}
        tensors = {v.name: self.tensor(scope, dims, v) for v in self.lemma.variables}
        functions = {f.name: self.function(dims, f) for f in self.lemma.functions}
        # An index bound in the lemma may have the name of a choice here: all of them get new names.
        return Substitution(self.env.fresh, indices, tensors, functions, dims, all_binders=True)

    def dim(self, scope: Scope, name: str) -> Dim:
        value = dict(self.by.dims).get(name, name)
        require((isinstance(value, int) and value >= 1) or value in scope.dims, f"{value} is no dimension")
        return value

    def natural(self, scope: Scope, name: str, least: int) -> Index:
        value = dict(self.by.naturals).get(name, Index(name))
        require(scope.fits(value, Natural(least)), f"{value} is not known to be at least {least}")
        return value

    def choice(self, scope: Scope, name: str, dim: Dim) -> Index:
        value = dict(self.by.naturals).get(name, Index(name))
        require(scope.fits(value, dim), f"{value} is no index of the dimension {dim}")
        return value

    def function(self, dims: dict[str, Dim], function: Function) -> str:
        name = dict(self.by.functions).get(function.name, function.name)
        inputs = tuple(tuple(_mapped(dims, d) for d in axes) for axes in function.inputs)
        output = tuple(_mapped(dims, d) for d in function.output)
        for there in self.env.context.functions:
            if there.name == name and there.order >= function.order:
                require(
                    (there.inputs, there.output) == (inputs, output),
                    f"{name} has not the shape of {function.name}",
                )
                return name
        require(False, f"there is no function {name} with the order of {function.name}")
        return name

    def tensor(self, scope: Scope, dims: dict[str, Dim], variable: Variable) -> Lambda:
        shape = tuple(s if isinstance(s, Natural) else _mapped(dims, s) for s in variable.shape)
        entries = dict(self.by.tensors).get(variable.name)
        random = random_names(self.env.context)
        if entries is None:
            self.check_variable(variable, variable.name, shape, random)
            return _entries(self.env, variable.name, shape)
        if not variable.properties and not any(isinstance(axis, Natural) for axis in shape):
            require(
                scope.check_lambda(entries) == shape, f"{variable.name} needs a tensor of the shape {shape}"
            )
            require(not outcome_depends(entries.body, random), f"{variable.name} is not random")
            body = entries.body
            for name, dim in entries.indices:
                body = Sum(name, dim, body)
            self.env.collect(Statement((), "=", body, ZERO))
            return entries
        require(isinstance(entries.body, Ref), f"{variable.name} goes to a variable with its properties")
        name = entries.body.name if isinstance(entries.body, Ref) else ""
        self.check_variable(variable, name, shape, random)
        return _entries(self.env, name, shape)

    def check_variable(
        self, variable: Variable, name: str, shape: tuple[Sort, ...], random: frozenset[str]
    ) -> None:
        """That the variable `name` can stand for one of the lemma."""
        there = {v.name: v for v in self.env.context.variables}.get(name)
        require(
            there is not None and there.shape == shape, f"there is no variable {name} of the shape {shape}"
        )
        if there is not None:
            require(
                variable.properties <= there.properties, f"{name} has not the properties of {variable.name}"
            )
            require(variable.moments <= there.moments, f"{name} has not the moments of {variable.name}")
        fixed = variable.name not in random_names(self.lemma)
        require(not fixed or name not in random, f"{variable.name} is not random")

    def statement(self, statement: Statement, substitution: Substitution) -> Statement:
        """A statement of the lemma, mapped."""
        fresh = self.env.fresh
        names = {name: fresh.name() for name, _ in statement.binders}
        sorts = [s if isinstance(s, Natural) else substitution.dim(s) for _, s in statement.binders]
        indices = {**substitution.indices, **{old: Index(new) for old, new in names.items()}}
        inner = replace(substitution, indices=indices)
        binders = tuple(zip(names.values(), sorts, strict=True))
        return Statement(
            binders, statement.relation, inner.apply(statement.left), inner.apply(statement.right)
        )


def _mapped(dims: dict[str, Dim], sort: Dim) -> Dim:
    return dims.get(sort, sort) if isinstance(sort, str) else sort


def _as_index(dim: Dim) -> Index:
    return Index(dim) if isinstance(dim, str) else Index("", dim)


def _entries(env: Environment, name: str, shape: tuple[Sort, ...]) -> Lambda:
    """A variable as a tensor given by its entries; a time is a mere name here."""
    names = [env.fresh.name() for _ in shape]
    return Lambda(tuple(zip(names, shape, strict=True)), Ref(name, tuple(map(Index, names))))  # type: ignore[arg-type]
