"""Determinants of diagonal matrices are products of entries; powers of -1 and of 0 to a dimension."""

from __future__ import annotations

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Combine
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    HALF,
    add,
    combine,
    context,
    count,
    delta,
    det,
    div,
    eq,
    exp,
    log,
    mul,
    neg,
    num,
    power,
    prod,
    ref,
    says,
    sqrt,
    sub,
    total,
    variable,
    verdict,
)

n, m = count("n"), count("m")
MINUS = num(-1)


def given(*hypotheses: Statement) -> Context:
    labels = tuple((f"h{number}", statement) for number, statement in enumerate(hypotheses, 1))
    vectors = (variable("a", "n"), variable("b", "n"), variable("p", "n", positive=True))
    others = (variable("A", "n", "n"), variable("x"), variable("q", positive=True))
    return context(*vectors, *others, dims="n m", naturals=(("t", 0),), hypotheses=labels)


def diagonal(name: str) -> Term:
    return det(mul(delta("r", "s"), ref(name, "r")))


def entries(body: Term) -> Term:
    """det(diag(f)) for the entry f(r)."""
    return det(mul(delta("r", "s"), body))


a, b, p, x, q = ref("a", "r"), ref("b", "r"), ref("p", "r"), ref("x"), ref("q")
ROW, BOTH = mul(ref("a", "r"), ref("A", "r", "s")), mul(ref("a", "r"), ref("A", "r", "s"), ref("b", "s"))
det_A = det(ref("A", "r", "s"))
scaled = mul(diagonal("a"), det_A)
LAWS: dict[str, Statement] = {
    "det diag(a b) = det diag(a)·det diag(b)": eq(entries(mul(a, b)), mul(diagonal("a"), diagonal("b"))),
    "det diag(a²) = (det diag(a))²": eq(entries(power(a, 2)), power(diagonal("a"), 2)),
    "det diag(x a) = xⁿ det diag(a)": eq(entries(mul(x, a)), mul(power(x, n), diagonal("a"))),
    "det diag(1/p) = 1/det diag(p)": eq(entries(div(1, p)), div(1, diagonal("p"))),
    "det diag(√p) = √det diag(p)": eq(entries(sqrt(p)), sqrt(diagonal("p"))),
    "det diag(e^a) = e^Σa": eq(entries(exp(a)), exp(total("i", "n", ref("a", "i")))),
    "det diag(p/(1+p)) = det diag(p)/det diag(1+p)": eq(
        entries(sub(1, div(1, add(1, p)))), div(diagonal("p"), entries(add(1, p)))
    ),
    "log det diag(p) = Σ log p": eq(log(diagonal("p")), total("i", "n", log(ref("p", "i")))),
    "det of rows times numbers": eq(det(ROW), scaled),
    "det of rows and columns times numbers": eq(det(BOTH), mul(scaled, diagonal("b"))),
    "det diag(a A) = det diag(a)·det(A), A summed": eq(
        det(mul(ref("a", "r"), prod("A A", "r", "s"))), mul(diagonal("a"), power(det_A, 2))
    ),
    "det 0 = 0": eq(det(num(0)), 0),
    "det(M) = det(Mᵀ) for diag(a) + A": eq(
        det(add(mul(delta("r", "s"), a), ref("A", "r", "s"))),
        det(add(mul(delta("r", "s"), ref("a", "s")), ref("A", "s", "r"))),
    ),
    "(-1)ⁿ(-1)ⁿ = 1": eq(mul(power(MINUS, n), power(MINUS, n)), 1),
    "(-4)ⁿ = (-1)ⁿ 2²ⁿ": eq(power(num(-4), n), mul(power(MINUS, n), power(num(2), mul(2, n)))),
    "(-1)^(3n + 2m) = (-1)ⁿ": eq(power(MINUS, add(mul(3, n), mul(2, m))), power(MINUS, n)),
    "0ⁿ = 0": eq(power(num(0), n), 0),
    "log(q x² + q) = log q + log(x² + 1)": eq(
        log(add(mul(q, power(x, 2)), q)), add(log(q), log(add(power(x, 2), 1)))
    ),
}
NO_LAWS: dict[str, Statement] = {
    "det diag(a + b) = det diag(a) + det diag(b)": eq(entries(add(a, b)), add(diagonal("a"), diagonal("b"))),
    "det diag(a) = Σ a": eq(diagonal("a"), total("i", "n", ref("a", "i"))),
    "det diag(x a) = x det diag(a)": eq(entries(mul(x, a)), mul(x, diagonal("a"))),
    "det(1 + δ a) = det diag(1 + a)": eq(det(add(1, mul(delta("r", "s"), a))), entries(add(1, a))),
    "det of ones = 1": eq(det(num(1)), 1),
    "det(a aᵀ) = det diag(a)²": eq(det(mul(ref("a", "r"), ref("a", "s"))), power(diagonal("a"), 2)),
    "√det diag(a²) = det diag(a)": eq(sqrt(entries(power(a, 2))), diagonal("a")),
    "log det diag(a²) = 2 Σ log a": eq(
        log(entries(power(a, 2))), mul(2, total("i", "n", log(ref("a", "i"))))
    ),
    "det(A) = det diag of the diagonal": eq(det_A, entries(ref("A", "r", "r"))),
    "(-4)ⁿ = 2²ⁿ": eq(power(num(-4), n), power(num(2), mul(2, n))),
    "(-1)^(n + m) = (-1)^n": eq(power(MINUS, add(n, m)), power(MINUS, n)),
    "0^t = 0, for t = 0": eq(power(num(0), count("t")), 0),
    "log(x³ + x) = log x + log(x² + 1)": eq(log(add(power(x, 3), x)), add(log(x), log(add(power(x, 2), 1)))),
}


def said(claim: Statement, *hypotheses: Statement, by: Combine | None = None) -> Verdict:
    return verdict(given(*hypotheses), claim, combine() if by is None else by)


@pytest.mark.parametrize("name", LAWS)
def test_law(name: str) -> None:
    assert said(LAWS[name]).outcome == "proved"


@pytest.mark.parametrize("name", NO_LAWS)
def test_no_law(name: str) -> None:
    assert said(NO_LAWS[name]).outcome in ("undecided", "gap")
    assert said(NO_LAWS[name]).outcome == "undecided" or "log" in name


def test_entries_must_be_defined() -> None:
    """det diag(√a)² = det diag(a) needs a >= 0, and det diag(1/a)·det diag(a) = 1 needs a != 0."""
    roots = said(eq(power(entries(sqrt(a)), 2), diagonal("a")))
    assert (roots.outcome, roots.needs) == ("gap", ("0 <= a[i] for all i",))
    ratio = said(eq(mul(entries(div(1, a)), diagonal("a")), 1))
    assert ratio.outcome == "gap"
    positive = says(0, "<", ref("a", "i"), i="n")
    assert said(eq(mul(entries(div(1, a)), diagonal("a")), 1), positive).outcome == "proved"


def test_broken_power_of_a_determinant_is_that_of_the_entries() -> None:
    cube = power(p, mul(3, HALF))
    assert said(eq(entries(cube), power(diagonal("p"), mul(3, HALF)))).outcome == "proved"


@pytest.mark.parametrize(
    ("hypotheses", "outcome"),
    [((), "gap"), ((says(0, "<", q), says(0, "<", add(q, ref("x")))), "proved")],
)
def test_power_less_one_times_the_base_needs_a_base_that_is_not_0(
    hypotheses: tuple[Statement, ...], outcome: str
) -> None:
    """(q + x)^(n-1)·(q + x) = (q + x)ⁿ."""
    base = add(q, x)
    claim = eq(mul(power(base, sub(n, 1)), base), power(base, n))
    assert said(claim, *hypotheses).outcome == outcome


def test_determinant_of_minus_a() -> None:
    assert said(eq(det(neg(ref("A", "r", "s"))), mul(power(MINUS, n), det_A))).outcome == "proved"
    assert said(eq(det(neg(ref("A", "r", "s"))), neg(det_A))).outcome == "undecided"
