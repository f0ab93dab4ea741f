"""Increasing functions of both sides of an inequality."""

from __future__ import annotations

import pytest

from lemmata import calc, define, exp, log, scalars, sqrt
from lemmata.derive import Theorem
from lemmata.derive.chain import Calc
from lemmata.language.expr import Statement
from tests.proofs.claims import derived, outcomes
from tests.proofs.judged import judged

x, y, z = scalars("x y z")
p, q = scalars("p q", positive=True)
d = define("d", x - 1)


def one_line(chain: Calc, *given: Statement) -> Theorem:
    return derived(chain.statement, chain, given)


PROVED = [
    pytest.param(one_line(calc(exp(x)).le(exp(y), by="hypotheses"), x <= y), id="exp"),
    pytest.param(one_line(calc(exp(x)).lt(exp(y), by="hypotheses"), x < y), id="exp, strictly"),
    pytest.param(one_line(calc(log(p)).le(log(q), by="hypotheses"), p <= q), id="log"),
    pytest.param(one_line(calc(sqrt(p)).lt(sqrt(q), by="hypotheses"), p < q), id="a root"),
    pytest.param(one_line(calc(p**3).le(q**3, by="hypotheses"), p <= q), id="a power"),
    pytest.param(one_line(calc(x).le(log(q), by="hypotheses"), exp(x) <= q), id="the inverse of exp"),
    pytest.param(one_line(calc(exp(x)).le(p, by="hypotheses"), x <= log(p)), id="the inverse of log"),
    pytest.param(one_line(calc(exp(-2)).lt(exp(0))), id="of numbers"),
    pytest.param(one_line(calc(exp(d)).lt(exp(x), by=d)), id="of what is proved by a definition"),
    pytest.param(one_line(calc(exp(2 * x)).lt(exp(6), by="hypotheses"), x < 3), id="of what follows"),
]

NOT_PROVED = [
    pytest.param(one_line(calc(exp(y)).le(exp(x)), x <= y), "refuted", id="the wrong way round"),
    pytest.param(one_line(calc(exp(-x)).le(exp(-y)), x <= y), "refuted", id="a decreasing function"),
    pytest.param(one_line(calc(exp(x)).lt(exp(y)), x <= y), "refuted", id="strictly, from <="),
    pytest.param(one_line(calc(x**2).le(y**2), x <= y), "refuted", id="a power of what may be negative"),
    pytest.param(one_line(calc(1 / p).le(1 / q), p <= q), "refuted", id="a power below 0"),
    pytest.param(one_line(calc(log(x)).le(log(y)), x <= y), "undecided", id="the logarithm of what may be 0"),
    pytest.param(one_line(calc(exp(x)).le(exp(z)), x <= y), "refuted", id="of another number"),
]


@pytest.mark.parametrize("theorem", PROVED)
def test_increasing_function_keeps_the_order(theorem: Theorem) -> None:
    record = judged(theorem)
    assert (record["outcome"], outcomes(record)) == ("proved", ["proved"])
    assert (record["evidence"], record["needs"]) == ("exact", [])


@pytest.mark.parametrize(("theorem", "outcome"), NOT_PROVED)
def test_what_does_not_keep_the_order_is_not_proved(theorem: Theorem, outcome: str) -> None:
    assert judged(theorem)["outcome"] == outcome


def test_condition_of_a_borrowed_theorem_reaches_the_end_of_the_chain() -> None:
    below = derived(exp(-x) < 1, calc(exp(-x)).lt(exp(0), by="hypotheses").eq(1), [x > 0])
    rest = derived(1 - exp(-x) > 0, calc(1 - exp(-x)).gt(0, by=below), [x > 0])
    chain = calc(y).eq(log(exp(y))).le(log(1 - exp(-x)), by=["hypotheses", rest])
    record = judged(derived(y <= log(1 - exp(-x)), chain, [x > 0, exp(y) <= 1 - exp(-x)]))
    assert (record["outcome"], record["needs"]) == ("proved", [])
