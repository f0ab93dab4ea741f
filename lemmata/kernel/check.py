"""`check`: the judge. A certificate is proved if each of its steps follows by the rule it names, its last
step claims its statement, and every condition on the way is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lemmata.kernel.certificate import (
    Absurd,
    AdditionTheorem,
    Attained,
    Between,
    BothSides,
    Cases,
    Certificate,
    Combine,
    Congruence,
    Continuous,
    Cut,
    Dense,
    DeterminantLaw,
    Differentiated,
    Discrete,
    Enclosed,
    EntryOfMaximum,
    Fermat,
    Floor,
    Flow,
    Frechet,
    Geometric,
    Increasing,
    Induction,
    Injective,
    Intertwine,
    InverseLaw,
    Justification,
    LemmaUse,
    LimitOfQuotient,
    LimitValue,
    Maximiser,
    Monotone,
    OneSided,
    Penrose,
    PowerLaw,
    Primitive,
    Proof,
    Quotient,
    Range,
    Sine,
    SplitIntegral,
    Squeeze,
    Step,
    Stretch,
    Tangent,
    Unit,
)
from lemmata.kernel.checked import Checked, Outcome
from lemmata.kernel.codec import Reader
from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Statement
from lemmata.kernel.continuity import continuous
from lemmata.kernel.definitions import check_definitions
from lemmata.kernel.determinants import determinant_law, one_sided, penrose
from lemmata.kernel.enclosed import enclosed
from lemmata.kernel.environment import Environment, Ledger, equivalent
from lemmata.kernel.errors import IllFormed, KernelError, Rejected
from lemmata.kernel.exponentials import frechet, intertwine
from lemmata.kernel.injective import addition_theorem, function_range, injective, sine
from lemmata.kernel.integers import discrete, floor_law
from lemmata.kernel.integrals import split_integral
from lemmata.kernel.lemma import instantiate
from lemmata.kernel.limits import geometric, quotient, squeeze
from lemmata.kernel.matrix_powers import power_law
from lemmata.kernel.nested import NESTED, Lemmas
from lemmata.kernel.order import absurd, attained, between, entry_of_maximum, unit
from lemmata.kernel.real_limits import both_sides, limit_of_quotient, limit_value
from lemmata.kernel.rules import combine, congruence, inverse_law, monotone, require, tangent
from lemmata.kernel.schema import certificates
from lemmata.kernel.show import show_condition, show_statement
from lemmata.kernel.spectral import stretch
from lemmata.kernel.substitute import Fresh
from lemmata.kernel.wellformed import check_context, check_statement

#: The work which one check may do: so much, and so much more for each step.
WORK, WORK_OF_STEP = 80_000, 4_000
TOO_DEEP = "the certificate is nested too deeply"
#: The rules which look at the steps before and at nothing inside of a step.
RULES: dict[type, Callable[[Environment, Statement, Any], None]] = {
    Combine: combine,
    Congruence: congruence,
    Monotone: monotone,
    InverseLaw: inverse_law,
    DeterminantLaw: determinant_law,
    Penrose: penrose,
    Stretch: stretch,
    PowerLaw: power_law,
    OneSided: one_sided,
    Intertwine: intertwine,
    Frechet: frechet,
    EntryOfMaximum: entry_of_maximum,
    Attained: attained,
    Between: between,
    Absurd: absurd,
    Unit: unit,
    Squeeze: squeeze,
    Geometric: geometric,
    Quotient: quotient,
    Continuous: continuous,
    Tangent: tangent,
    LimitValue: limit_value,
    LimitOfQuotient: limit_of_quotient,
    BothSides: both_sides,
    SplitIntegral: split_integral,
    Injective: injective,
    Sine: sine,
    Range: function_range,
    AdditionTheorem: addition_theorem,
    Floor: floor_law,
    Discrete: discrete,
    Enclosed: enclosed,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the kernel says of a certificate.

    `statement` is under `given`, the definitions and hypotheses. `outcome` is `proved`, `gap` (proved once
    `needs` are added), `undecided` (a step does not follow, or a limit was reached) or `invalid`
    (ill-formed); `reason` says why it is not proved. `conditions` are the side conditions that the context
    gives, `axioms` what is taken without proof, `rests_on` the lemmas used; `failed` is the step at fault,
    `missing` and `discharged` are the needs and the conditions as data (of those which are shown the same,
    the first condition).
    """

    outcome: str
    statement: str = ""
    needs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    digest: str = ""
    steps: int = 0
    reason: str = ""
    failed: str = ""
    given: tuple[str, ...] = ()
    missing: tuple[Condition, ...] = ()
    discharged: tuple[Condition, ...] = ()


def check(certificate: Certificate, digest: str = "", checked: Checked | None = None) -> Verdict:
    """The verdict of the kernel on a certificate; never raises for what is in the certificate.

    What is judged is what the certificate says in JSON: an object is believed no more than its text.
    `checked`, shared by several calls, spares checking the same lemma twice; the verdict is the same without.
    """
    try:
        read = Reader().at("certificate", certificates, certificates.write(certificate))
    except IllFormed as error:
        return Verdict("invalid", digest=digest, reason=str(error))
    except KernelError as error:
        return Verdict("undecided", digest=digest, reason=str(error))
    except RecursionError:
        return Verdict("invalid", digest=digest, reason=TOO_DEEP)
    return judged(read, digest, checked)


def judged(certificate: Certificate, digest: str = "", checked: Checked | None = None) -> Verdict:
    """The verdict on a certificate that was just read from JSON, where every type and size was checked."""
    judge = _Judge(Ledger(Fresh(WORK)), Checked() if checked is None else checked)
    statement = ""
    try:
        judge.ledger.fresh.allow(WORK_OF_STEP * _steps(certificate))
        check_statement(certificate.context, certificate.statement)
        statement = show_statement(certificate.statement)
        found = judge.outcome(certificate)
    except IllFormed as error:
        return Verdict("invalid", statement, digest=digest, reason=judge.place(error), failed=judge.step)
    except KernelError as error:
        return Verdict("undecided", statement, digest=digest, reason=judge.place(error), failed=judge.step)
    except RecursionError:
        return Verdict("invalid", statement, digest=digest, reason=TOO_DEEP, failed=judge.step)
    needs = tuple(dict.fromkeys(map(show_condition, found.needs)))
    discharged: dict[str, Condition] = {}
    for condition in found.given:
        discharged.setdefault(show_condition(condition), condition)
    context = certificate.context
    given = tuple(show_statement(said) for _, said in (*context.definitions, *context.hypotheses))
    return Verdict(
        "gap" if needs else "proved",
        statement,
        needs,
        tuple(discharged),
        found.axioms,
        found.rests_on,
        digest,
        found.steps,
        f"needs {', '.join(needs)}" if needs else "",
        given=given,
        missing=found.needs,
        discharged=tuple(discharged.values()),
    )


def _steps(certificate: Certificate) -> int:
    """The number of steps, those of the lemmas too."""
    return _steps_of(certificate.proof) + sum(map(_steps, certificate.lemmas))


def _steps_of(proof: Proof) -> int:
    count = len(proof)
    for step in proof:
        match step.by:
            case Induction(_, _, first, second) | Cases(_, _, first, second):
                count += _steps_of(first) + _steps_of(second)
            case Dense() | Maximiser() | Primitive() | Flow() | Differentiated() | Fermat() | Cut():
                count += _steps_of(step.by.proof)
            case Increasing():
                count += _steps_of(step.by.slope)
    return count


@dataclass
class _Judge:
    """One run of `check`, or the part of it on one lemma: the limits on work are shared by all of them."""

    ledger: Ledger
    checked: Checked
    rests_on: dict[str, None] = field(default_factory=dict)
    axioms: dict[str, None] = field(default_factory=dict)
    steps: int = 0
    step: str = ""

    def place(self, error: KernelError) -> str:
        return f"step {self.step}: {error}" if self.step else str(error)

    def certificate(self, certificate: Certificate) -> None:
        """Raise a KernelError unless the proof proves the statement (perhaps leaving conditions)."""
        check_context(certificate.context)
        check_definitions(certificate.context)
        check_statement(certificate.context, certificate.statement)
        lemmas = {lemma.name: lemma for lemma in certificate.lemmas}
        require(len(lemmas) == len(certificate.lemmas), "two lemmas have the same name")
        if certificate.axiom:
            self.axiom(certificate)
            return
        for lemma in certificate.lemmas:
            self.lemma(lemma)
        env = Environment(certificate.context, {}, self.ledger)
        self.proof(env, certificate.proof, certificate.statement, lemmas)

    def axiom(self, certificate: Certificate) -> None:
        """What is taken without proof is named, with all that it is said under and its source."""
        require(not certificate.proof and not certificate.lemmas, "an axiom has no proof and no lemmas")
        context = certificate.context
        said = [show_statement(statement) for _, statement in (*context.definitions, *context.hypotheses)]
        said += [f"{name} >= {least}" for name, least in context.naturals]
        said += [f"{v.name} is {known}" for v in context.variables for known in sorted(v.properties)]
        said += [f"{v.name} has {v.moments} moments" for v in context.variables if v.moments]
        said += [f"{f.name} has {f.order} derivatives" for f in context.functions if f.order]
        given = f" where {', '.join(said)}" if said else ""
        self.axioms[f"{show_statement(certificate.statement)}{given} ({certificate.axiom})"] = None
        Environment(context, {}, self.ledger).collect(certificate.statement)

    def lemma(self, lemma: Certificate) -> None:
        """A lemma is checked like any certificate; what it lacks is lacking here."""
        found = self.outcome(lemma)
        self.ledger.needs.update(dict.fromkeys(found.needs))
        self.ledger.given.update(dict.fromkeys(found.given))
        self.axioms.update(dict.fromkeys(found.axioms))
        self.rests_on.update(dict.fromkeys((lemma.name, *found.rests_on)))
        self.steps += found.steps

    def outcome(self, certificate: Certificate) -> Outcome:
        """What comes of a certificate by itself; that does not depend on where it is used."""
        found = self.checked.outcomes.get(certificate)
        if found is None:
            before = self.ledger.fresh.left
            inner = _Judge(Ledger(Fresh(before)), self.checked)
            try:
                inner.certificate(certificate)
            finally:
                self.step = inner.step
            found = inner.found(before)
            self.checked.outcomes[certificate] = found
        self.ledger.fresh.spend(found.work)
        return found

    def found(self, budget: int) -> Outcome:
        needs, given = tuple(self.ledger.needs), tuple(self.ledger.given)
        rests_on, work = (tuple(self.axioms), tuple(self.rests_on)), budget - self.ledger.fresh.left
        return Outcome(needs, given, *rests_on, self.steps, work)

    def proof(self, env: Environment, proof: Proof, goal: Statement, lemmas: Lemmas) -> None:
        """The steps in order; the last one claims the goal."""
        require(bool(proof), "there are no steps")
        labels = {label for label, _ in (*env.context.hypotheses, *env.context.definitions)}
        for step in proof:
            self.step = step.id
            self.steps += 1
            require(step.id not in env.proven and step.id not in labels, f"the name {step.id} is used twice")
            check_statement(env.context, step.claim)
            self.follows(env, step, step.by, lemmas)
            env.proven[step.id] = step.claim
        self.step = proof[-1].id
        message = "the last step does not claim what is to be proved"
        if goal != proof[-1].claim:
            normalizer = env.normalizer(goal.binders, env.proven)
            require(equivalent(goal, proof[-1].claim, normalizer), message)
            env.collect(goal, env.proven)

    def follows(self, env: Environment, step: Step, by: Justification, lemmas: Lemmas) -> None:
        """Raise a KernelError unless the claim of the step follows by its rule."""
        if isinstance(by, LemmaUse):
            require(by.lemma in lemmas, f"there is no lemma {by.lemma}")
            instantiate(env, step.claim, by, lemmas[by.lemma])
        elif type(by) in NESTED:
            NESTED[type(by)](self, env, step.claim, by, lemmas)
        else:
            RULES[type(by)](env, step.claim, by)


__all__ = ["Rejected", "Verdict", "check"]
