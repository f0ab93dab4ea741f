"""Certificates that were checked before: the verdict is the same whether the kernel is told of them."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lemmata.derive import collect
from lemmata.kernel import Checked, Verdict, check, from_document, to_document, verify_document
from lemmata.kernel.certificate import Certificate, Combine, Step
from lemmata.kernel.errors import KernelError
from lemmata.kernel.terms import ZERO

ROOT = Path(__file__).resolve().parents[2]
TAMPER: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "tamper.py"), run_name="tamper")
#: Changed certificates of each theorem.
EACH = 6


@pytest.fixture(scope="module")
def theorems() -> dict[str, Certificate]:
    """The certificates of the theorems on normalisation, of which some use others."""
    found = collect(ROOT / "proofs" / "normalization.py")
    return {theorem.name: theorem.proved_certificate() for theorem in found}


def without_proof(lemma: Certificate) -> Certificate:
    """The same statement, claimed by nothing."""
    return replace(lemma, proof=(Step("goal", lemma.statement, Combine((), ZERO, (), ())),))


def test_verdict_is_the_same_for_each_theorem_in_any_order(theorems: dict[str, Certificate]) -> None:
    alone = {name: check(certificate) for name, certificate in theorems.items()}
    for order in (list(theorems), list(reversed(theorems))):
        checked = Checked()
        assert {name: check(theorems[name], checked=checked) for name in order} == alone
        assert {name: check(theorems[name], checked=checked) for name in order} == alone


def test_lemma_is_checked_once(theorems: dict[str, Certificate], monkeypatch: pytest.MonkeyPatch) -> None:
    checked = Checked()
    check(theorems["projection_annihilates_direction"], checked=checked)
    judged: list[str] = []
    whole = check.__globals__["_Judge"].certificate
    monkeypatch.setattr(
        check.__globals__["_Judge"],
        "certificate",
        lambda judge, certificate: (judged.append(certificate.name), whole(judge, certificate))[1],
    )
    verdict = check(theorems["projection_idempotent"], checked=checked)
    assert judged == ["projection_idempotent"]
    assert verdict.rests_on == ("projection_annihilates_direction",)


def test_lemma_without_its_proof_is_not_the_one_that_was_checked(theorems: dict[str, Certificate]) -> None:
    checked = Checked()
    user = theorems["projection_idempotent"]
    assert check(user, checked=checked).outcome == "proved"
    (lemma,) = user.lemmas
    forged = replace(user, lemmas=(without_proof(lemma),))
    assert check(forged, checked=checked).outcome == "undecided"


def test_what_does_not_follow_is_not_remembered(theorems: dict[str, Certificate]) -> None:
    checked = Checked()
    forged = without_proof(theorems["projection_idempotent"])
    for _ in range(2):
        assert check(forged, checked=checked).outcome == "undecided"
    assert forged not in checked.outcomes


def test_condition_which_a_lemma_lacks_is_lacking_each_time(theorems: dict[str, Certificate]) -> None:
    """‖u‖ in a denominator, with u != 0 taken out of the hypotheses of the lemma only."""
    user = theorems["projection_idempotent"]
    (lemma,) = user.lemmas
    bare = replace(lemma, context=replace(lemma.context, hypotheses=()))
    weak = replace(user, lemmas=(bare,))
    checked = Checked()
    first, second = (check(weak, checked=checked) for _ in range(2))
    assert first == second == check(weak)
    assert first.outcome == "gap"


def test_work_counts_though_it_was_done_before(
    theorems: dict[str, Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate beyond the limit on work stays beyond it."""
    user, checked = theorems["weight_norm_never_shrinks"], Checked()
    assert check(user, checked=checked).outcome == "proved"
    monkeypatch.setitem(check.__globals__, "WORK", 0)
    monkeypatch.setitem(check.__globals__, "WORK_OF_STEP", 10)
    assert check(user).outcome == check(user, checked=checked).outcome == "undecided"


def test_changed_certificates_have_the_verdict_which_they_have_alone() -> None:
    checked, differing = Checked(), []
    for origin in TAMPER["certificates"]([ROOT / "proofs" / "normalization.py"]):
        for mutant in TAMPER["mutants"](origin, EACH):
            alone, together = verdict_of(mutant.text, None), verdict_of(mutant.text, checked)
            if alone != together:
                differing.append((mutant.how, alone, together))
    assert differing == []
    assert checked.outcomes


def verdict_of(text: str, checked: Checked | None) -> Verdict | str:
    """The verdict on a text, or why it is none of a certificate."""
    try:
        return verify_document(json.loads(text), checked)[1]
    except (ValueError, RecursionError, KernelError) as error:
        return str(error)


def test_document_is_read_and_judged_as_its_certificate_is(theorems: dict[str, Certificate]) -> None:
    document = json.loads(json.dumps(to_document(theorems["projection_idempotent"])))
    certificate, verdict = verify_document(document)
    assert certificate == theorems["projection_idempotent"] == from_document(document)
    assert verdict == check(certificate, document["digest"])
