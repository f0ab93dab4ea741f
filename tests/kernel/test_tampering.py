"""Changed certificates of the theorems: the kernel never fails, and accepts nothing that is not so."""

from __future__ import annotations

import json
import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lemmata.kernel import from_document, to_document, verify_text
from lemmata.refute import Budget, attack
from tests.kernel.matrix_certificates import CERTIFICATES as OF_MATRICES
from tests.kernel.number_certificates import CERTIFICATES as OF_NUMBERS

ROOT = Path(__file__).resolve().parents[2]
TAMPER: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "tamper.py"), run_name="tamper")
EACH = 70
#: That there is a counterexample is enough here, it need not be the smallest.
ATTACK = Budget(shrink_work=0, descent_work=2_000)
OUTCOMES = ("proved", "gap", "undecided", "invalid")
LAWS = {"laws of matrices": OF_MATRICES, "rules of numbers": OF_NUMBERS}
CERTIFICATES = {**OF_MATRICES, **OF_NUMBERS}
SCRIPTS = [*(path.stem for path in TAMPER["scripts"]()), *LAWS]


def origins(script: str) -> list[Any]:
    """The certificates of a proof script, or those of some rules."""
    if script not in LAWS:
        found: list[Any] = TAMPER["certificates"]([ROOT / "proofs" / f"{script}.py"])
        return found
    return [TAMPER["_certificate"](name, to_document(known)) for name, known in LAWS[script].items()]


@pytest.fixture(scope="module", params=SCRIPTS)
def script(request: pytest.FixtureRequest) -> str:
    """One script after the other: the tests of each follow each other, so that it is changed but once."""
    return str(request.param)


@cache
def judged(script: str) -> list[Any]:
    """What the kernel says of the changed certificates of a proof script."""
    return [
        TAMPER["judged"](mutant) for origin in origins(script) for mutant in TAMPER["mutants"](origin, EACH)
    ]


def refuted(result: Any) -> bool:
    """Whether a changed certificate states what has a counterexample."""
    certificate = from_document(json.loads(result.mutant.text))
    return attack(certificate.context, certificate.statement, ATTACK).counterexample is not None


@pytest.mark.parametrize("name", CERTIFICATES)
def test_certificate_of_a_law_is_accepted_before_it_is_changed(name: str) -> None:
    assert verify_text(json.dumps(to_document(CERTIFICATES[name]))).outcome == "proved"


def test_kernel_answers(script: str) -> None:
    assert {result.verdict.outcome for result in judged(script)} <= set(OUTCOMES)
    assert all(result.verdict.reason for result in judged(script) if result.verdict.outcome != "proved")


def test_what_is_accepted_is_true(script: str) -> None:
    """An accepted change has the statement and the context of the original, or another that is so too."""
    wrong = [result for result in judged(script) if result.says_more and refuted(result)]
    assert not [(result.mutant.how, result.verdict.statement, result.verdict.given) for result in wrong]


def test_text_that_was_damaged_is_invalid(script: str) -> None:
    damaged = [r for r in judged(script) if r.mutant.how in ("cut_off", "old_digest")]
    assert damaged
    assert {result.verdict.outcome for result in damaged} == {"invalid"}


def test_unknown_rules_prove_nothing(script: str) -> None:
    changed = [r for r in judged(script) if r.mutant.how == "unknown_rule"]
    assert changed
    assert not [result.verdict for result in changed if result.verdict.outcome == "proved"]


def test_what_is_taken_by_decree_is_named(script: str) -> None:
    """A proof may be replaced by an axiom, but the verdict says so."""
    changed = [r.verdict for r in judged(script) if r.mutant.how == "decree"]
    assert changed
    accepted = [verdict for verdict in changed if verdict.outcome == "proved"]
    assert all(any(TAMPER["DECREE"] in axiom for axiom in verdict.axioms) for verdict in accepted)


def test_there_are_enough_changes_of_every_kind() -> None:
    """At least 2000, of each kind some, many of which reach the rules and some of which are accepted: even of
    the certificates of single rules."""
    everything = [result for script in LAWS for result in judged(script)]
    assert len(everything) >= 2000
    kinds = {result.mutant.how for result in everything}
    assert kinds >= {change.__name__ for change in TAMPER["CHANGES"]} | {"cut_off", "old_digest"}
    counts = {outcome: sum(r.verdict.outcome == outcome for r in everything) for outcome in OUTCOMES}
    assert counts["undecided"] > 400
    assert counts["proved"] > 100
    assert any(result.says_more for result in everything)


def test_a_false_change_would_be_found() -> None:
    """The attack above can fail: some refused changes state what has a counterexample."""
    refused = [
        r
        for r in judged("weight_decay")
        if r.mutant.how == "other_claim" and r.verdict.outcome == "undecided"
    ]
    assert any(refuted(result) for result in refused[:10])
