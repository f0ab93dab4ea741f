"""What is kept of a theorem, and what becomes of it: any certificate may come back, even a foreign one."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lemmata import (
    calc,
    cases,
    dims,
    eye,
    function,
    induction,
    norm,
    recurrence,
    scalar,
    theorem,
    time,
    vector,
)
from lemmata.derive import Theorem
from lemmata.derive.replay import citations
from lemmata.kernel import Checked
from lemmata.kernel.certificate import Combine, Congruence, Step, Use
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import ONE, ZERO
from lemmata.language.declare import define

ROOT = Path(__file__).resolve().parents[2]
TAMPER: dict[str, Any] = runpy.run_path(str(ROOT / "benchmarks" / "tamper.py"), run_name="tamper")

(n,) = dims("n")
a, b = scalar("a"), scalar("b")
u = vector("u", n)
W = define("W", eye(n) - u @ u.T / norm(u) ** 2)
t = time("t")
σ = function("σ")
h = recurrence("h", n, over=t, step=lambda h, t: σ(h[t - 1]))
g = recurrence("g", n, over=t, start=h[0], step=lambda g, t: σ(g[t - 1]))


def annihilates(by: object = W) -> Theorem:
    @theorem(W @ u == 0, given=[u != 0])
    def annihilates():
        return calc(W @ u).eq(u - u @ (u.T @ u) / norm(u) ** 2, by=by).eq(0, by="algebra")

    return annihilates


def idempotent(line: object = None, by: object = W, lemma_by: object = W) -> Theorem:
    """W W = W, with its middle line, the reason of that, and the reason of the first line of its lemma."""
    lemma = annihilates(lemma_by)
    middle = W - W @ u @ u.T / norm(u) ** 2 if line is None else line

    @theorem(W @ W == W, given=[u != 0])
    def idempotent():
        return calc(W @ W).eq(middle, by=by).eq(W, by=lemma)

    return idempotent


def same_state() -> Theorem:
    @theorem(g[t] == h[t])
    def same_state():
        return induction(
            on=t,
            base=calc(g[0]).eq(h[0], by=g.start),
            step=calc(g[t])
            .eq(σ(g[t - 1]), by=g.step)
            .eq(σ(h[t - 1]), by="induction hypothesis")
            .eq(h[t], by=h.step),
        )

    return same_state


def in_two_cases() -> Theorem:
    @theorem(a * a >= 0)
    def in_two_cases():
        return cases(
            a == 0, first=calc(a * a).ge(0, by="algebra"), second=calc(a * a).ge(0 * a, by="algebra")
        )

    return in_two_cases


def without_reasons() -> Theorem:
    @theorem((a + b) ** 2 - b**2 == a**2 + 2 * a * b)
    def without_reasons():
        return calc((a + b) ** 2 - b**2).eq(a**2 + 2 * a * b + b**2 - b**2).eq(a**2 + 2 * b * a)

    return without_reasons


MADE = [annihilates, idempotent, same_state, in_two_cases, without_reasons]


def kept(made: Theorem) -> Any:
    """What is kept of it, after it went through a file."""
    return json.loads(json.dumps(made.kept(made.record())))


def without_times(record: dict[str, object] | None) -> dict[str, object]:
    return {name: value for name, value in (record or {}).items() if "seconds" not in name}


@pytest.mark.parametrize("make", MADE)
def test_record_is_the_same_again(make: Callable[[], Theorem]) -> None:
    first, second = make(), make()
    assert without_times(second.recalled(kept(first), Checked())) == without_times(first.record())
    assert second.certificate() == first.certificate()


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("other", MADE)
def test_certificate_of_another_theorem_is_not_taken(
    make: Callable[[], Theorem], other: Callable[[], Theorem]
) -> None:
    found = make().recalled(kept(other()), Checked())
    assert (found is not None) is (make is other)


#: The line between, its reason, whether the theorem is proved so
LINES = [
    (None, W, True),
    (None, None, True),
    (None, "definitions", True),
    (None, "algebra", False),
    (None, u != 0, False),
    (W - u @ u.T @ W / norm(u) ** 2, W, False),
    (W + W @ u @ u.T / norm(u) ** 2, W, True),
    (W, W, True),
    (None, "magic", False),
]


@pytest.mark.parametrize(("line", "by", "is_proved"), LINES)
def test_certificate_is_taken_by_no_derivation_which_is_not_proved_anyway(
    line: object, by: object, is_proved: bool
) -> None:
    plain = idempotent(line, by).record()
    assert (plain["outcome"] == "proved") is is_proved
    found = idempotent(line, by).recalled(kept(idempotent()), Checked())
    assert found is None or (is_proved and without_times(found) == without_times(plain))


def test_lemma_is_the_one_of_its_derivation() -> None:
    """A certificate proves the lemma, but not by the lines on the page."""
    values = kept(idempotent())
    assert idempotent(lemma_by="magic").record()["outcome"] != "proved"
    assert idempotent(lemma_by="magic").recalled(values, Checked()) is None
    assert idempotent(lemma_by="definitions").recalled(values, Checked()) is not None


def test_changed_certificates_prove_no_derivation_that_is_not_proved() -> None:
    """Each is offered to the derivation it is of, and to one whose reason is not enough."""
    values = kept(idempotent())
    lines = idempotent().record()["lines"]
    offered = 0
    for mutant in TAMPER["mutants"](TAMPER["_certificate"]("idempotent", values["certificate"]), 200):
        try:
            changed = {**values, "certificate": json.loads(mutant.text)}
        except ValueError:  # it was cut off
            continue
        offered += 1
        assert idempotent(None, "algebra").recalled(changed, Checked()) is None
        found = idempotent().recalled(changed, Checked())
        assert found is None or (found["outcome"], found["lines"]) == ("proved", lines)
    assert offered > 100


def test_theorem_taken_over_serves_others_without_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    values, lemma = kept(annihilates()), annihilates()
    lemma.recalled(values, Checked())
    monkeypatch.setattr("lemmata.derive.compile.prove_line", None)
    assert lemma.proved_certificate().name == "annihilates"


def step(name: str, *premises: str, facts: tuple[str, ...] = (), unfold: tuple[str, ...] = ()) -> Step:
    uses = tuple(Use(premise, (), (), ONE) for premise in premises)
    return Step(name, Statement((), "=", ZERO, ZERO), Combine(uses, ZERO, unfold, facts))


def test_citations_are_those_of_the_last_step_and_of_what_it_needs() -> None:
    inside = Step("s1l1", Statement((), "=", ZERO, ZERO), Congruence("given", (), "□", ZERO, ("c2",)))
    steps = [step("c1", "other"), inside, step("s1", "s1l1", "earlier", "s1l1", facts=("c1",), unfold=("W",))]
    assert citations(steps) == {"given", "earlier", "W"}
