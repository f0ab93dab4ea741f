"""The rules with proofs inside: each says what may be assumed in these, and what they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from lemmata.kernel.certificate import (
    Cases,
    Certificate,
    Cut,
    Dense,
    Differentiated,
    Fermat,
    Flow,
    Increasing,
    Induction,
    Maximiser,
    Primitive,
    Proof,
)
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.dense import check_dense
from lemmata.kernel.differentiated import check_touching, compared
from lemmata.kernel.environment import Environment, Ledger, equivalent, instance, speaks_of
from lemmata.kernel.exponentials import check_flow
from lemmata.kernel.increasing import check_increasing
from lemmata.kernel.integrals import integral_by_primitive, integral_of
from lemmata.kernel.rules import require
from lemmata.kernel.show import show_condition
from lemmata.kernel.spectral import maximiser
from lemmata.kernel.substitute import mentions
from lemmata.kernel.terms import ZERO, Index
from lemmata.kernel.wellformed import check_statement

REVERSED = {"=": "!=", "<=": "<"}
Lemmas = dict[str, Certificate]


class Judge(Protocol):
    """Who judges the proofs inside."""

    ledger: Ledger

    def proof(self, env: Environment, proof: Proof, goal: Statement, lemmas: Lemmas) -> None: ...


def induction(judge: Judge, env: Environment, claim: Statement, by: Induction, lemmas: Lemmas) -> None:
    """A claim for every natural number t >= k, where no hypothesis or definition speaks of t.

    claim[t := k]        t >= k+1, claim[t := t-1]  ⊢  claim
    --------------------------------------------------------
                             claim
    """
    minima = dict(env.context.naturals)
    require(by.on in minima, f"{by.on} is no natural number of the context")
    for label, statement in (*env.context.hypotheses, *env.context.definitions):
        require(not speaks_of(statement, by.on), f"{label} speaks of {by.on}, on which the induction is")
    start = instance(claim, [(by.on, Index("", minima[by.on]))], env.fresh)
    judge.proof(env.inside(env.context), by.base, start, lemmas)
    later = tuple((name, least + (name == by.on)) for name, least in env.context.naturals)
    before = instance(claim, [(by.on, Index(by.on, -1))], env.fresh)
    context = replace(env.context, naturals=later)
    judge.proof(env.inside(_assumed(env, context, by.label, before)), by.step, claim, lemmas)


def cases(judge: Judge, env: Environment, claim: Statement, by: Cases, lemmas: Lemmas) -> None:
    """Either a = b or a != b;  either a <= b or b < a.

    a R b ⊢ claim        not a R b ⊢ claim
    --------------------------------------
                   claim
    """
    check_statement(env.context, by.on)
    require(by.on.relation in REVERSED and not by.on.binders, "a case is `a = b` or `a <= b` of two numbers")
    env.collect(by.on)
    other = REVERSED[by.on.relation]
    sides = (by.on.left, by.on.right) if other == "!=" else (by.on.right, by.on.left)
    for case, proof in ((by.on, by.first), (Statement((), other, *sides), by.second)):
        judge.proof(env.inside(_assumed(env, env.context, by.label, case)), proof, claim, lemmas)


def cut(judge: Judge, env: Environment, claim: Statement, by: Cut, lemmas: Lemmas) -> None:
    """What was proved is a hypothesis from here on.

    φ        φ ⊢ claim
    ------------------
          claim
    """
    inside = _assumed(env, env.context, by.label, env.premise(by.premise))
    judge.proof(env.inside(inside), by.proof, claim, lemmas)


def increasing(judge: Judge, env: Environment, claim: Statement, by: Increasing, lemmas: Lemmas) -> None:
    """A function with a derivative which is >= 0 (> 0, = 0) between two numbers (see `increasing`).

    a <= b      a < t, t < b  ⊢  0 R ∂f(t)/∂t
    -----------------------------------------      f is continuous; `<` needs a < b
                   f(a) R f(b)
    """
    inside, goal = check_increasing(env, claim, by)
    judge.proof(env.inside(inside), by.slope, goal, lemmas)
    for need in judge.ledger.needs:
        sides = () if need.statement is None else (need.statement.left, need.statement.right)
        lacking = any(mentions(side, by.variable) for side in sides)
        require(not lacking, f"between the two numbers {show_condition(need)} is not known")


def dense(judge: Judge, env: Environment, claim: Statement, by: Dense, lemmas: Lemmas) -> None:
    """Invertible matrices are dense (see `dense`); that det X != 0 was assumed is no condition.

    det X != 0  ⊢  l = r
    --------------------      l and r are polynomials in X, of which nothing is assumed
           l = r
    """
    assumption = check_dense(env, claim, by.variable)
    before = set(judge.ledger.given)
    judge.proof(env.inside(_assumed(env, env.context, by.label, assumption)), by.proof, claim, lemmas)
    _forget(judge, before, by.variable)


def _forget(judge: Judge, before: set[Condition], variable: str) -> None:
    """Conditions given since, on a variable of which something was assumed, are no conditions."""
    for condition in [c for c in judge.ledger.given if c not in before and _speaks(c, variable)]:
        del judge.ledger.given[condition]


def attained_somewhere(
    judge: Judge, env: Environment, claim: Statement, by: Maximiser, lemmas: Lemmas
) -> None:
    """The norm is attained at a unit vector (see `spectral`); u is new.

    u,  ‖u‖² = 1,  ‖A u‖² = opnorm(A)²  ⊢  claim        u,  ‖u‖² = 1,  uᵀS u = eigmax(S)  ⊢  claim
    --------------------------------------------        ------------------------------------------
                       claim                                              claim
    """
    context, unit, value = maximiser(env, claim, by)
    context = _assumed(env, _assumed(env, context, by.unit, unit), by.attained, value)
    needs, given = set(judge.ledger.needs), set(judge.ledger.given)
    judge.proof(env.inside(context), by.proof, claim, lemmas)
    missing = any(c not in needs and _speaks(c, by.vector) for c in judge.ledger.needs)
    require(not missing, f"a condition on {by.vector} is missing")
    _forget(judge, given, by.vector)


def primitive(judge: Judge, env: Environment, claim: Statement, by: Primitive, lemmas: Lemmas) -> None:
    """Integration by a primitive, or by parts (see `integrals`).

    x in the range  ⊢  ∂F(x)/∂x = f(x) - g(x)
    -----------------------------------------      F is built of functions with continuous derivatives
        ∫_a^b f = F(b) - F(a) + ∫_a^b g
    """
    conclusion, context, goal = integral_by_primitive(env, claim, by)
    labels = [*env.proven, *(label for label, _ in (*context.hypotheses, *context.definitions))]
    require(len(set(labels)) == len(labels), "a label is used twice")
    before = set(judge.ledger.given)
    judge.proof(env.inside(context), by.proof, goal, lemmas)
    _forget(judge, before, by.variable)
    require(equivalent(claim, conclusion, env.normalizer((), by.facts)), "the claim is not the integral")
    integral = integral_of(claim)
    for side in (claim.right, conclusion.right, *integral.lower, *integral.upper):
        env.collect(Statement((), "=", side, ZERO), by.facts)


def flow(judge: Judge, env: Environment, claim: Statement, by: Flow, lemmas: Lemmas) -> None:
    """What solves a linear differential equation is the exponential times where it starts.

    for every real τ  ⊢  ∂F(τ)/∂τ = A·F(τ)
    --------------------------------------      A: n x n, and F(τ): n x m
            F(1) = exp(A)·F(0)
    """
    context, goal = check_flow(env, claim, by)
    judge.proof(env.inside(context), by.proof, goal, lemmas)


def differentiated(
    judge: Judge, env: Environment, claim: Statement, by: Differentiated, lemmas: Lemmas
) -> None:
    """Equal functions of a tensor x, of which nothing is assumed, have equal derivatives.

         x  ⊢  l = r
    ---------------------------
    ∂l/∂x[e] = ∂r/∂x[e]  at A        x is declared inside only
    """
    context, goal = compared(env, claim, "=")
    judge.proof(env.inside(context), by.proof, goal, lemmas)
    env.collect(claim, by.facts)


def fermat(judge: Judge, env: Environment, claim: Statement, by: Fermat, lemmas: Lemmas) -> None:
    """A function of a tensor x that touches another one from below has its derivatives there.

    x  ⊢  l <= r        l = r  at A
    -------------------------------
      ∂l/∂x[e] = ∂r/∂x[e]  at A          x is declared inside only
    """
    context, goal = compared(env, claim, "<=")
    check_touching(env, claim, by.premise)
    judge.proof(env.inside(context), by.proof, goal, lemmas)
    env.collect(claim, by.facts)


def _assumed(env: Environment, context: Context, label: str, statement: Statement) -> Context:
    labels = [name for name, _ in (*context.hypotheses, *context.definitions)]
    require(
        bool(label) and label not in labels and label not in env.proven,
        f"the label {label} is used twice",
    )
    return context.assume(label, statement)


def _speaks(condition: Condition, name: str) -> bool:
    """Whether a condition speaks of a variable."""
    said = condition.statement
    return said is not None and any(mentions(side, name) for side in (said.left, said.right))


#: The rules, by what names them in a certificate.
NESTED: dict[type, Callable[[Judge, Environment, Statement, Any, Lemmas], None]] = {
    Induction: induction,
    Cases: cases,
    Cut: cut,
    Increasing: increasing,
    Dense: dense,
    Maximiser: attained_somewhere,
    Primitive: primitive,
    Flow: flow,
    Differentiated: differentiated,
    Fermat: fermat,
}
