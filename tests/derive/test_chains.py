"""What a chain of lines comes to: never more than was checked."""

from __future__ import annotations

import pytest

from lemmata import calc, scalar, scalars
from lemmata.derive import DerivationError
from lemmata.derive.chain import Calc
from lemmata.language.expr import Statement
from tests.proofs.claims import derived, outcomes
from tests.proofs.judged import judged

a, b, c, d = scalars("a b c d")
p = scalar("p", positive=True)

#: chain, what it comes to
CHAINS: list[tuple[Calc, str]] = [
    (calc(a).eq(b), "a = b"),
    (calc(a).eq(b).eq(c), "a = c"),
    (calc(a).le(b), "a ≤ b"),
    (calc(a).le(b).le(c), "a ≤ c"),
    (calc(a).le(b).eq(c), "a ≤ c"),
    (calc(a).eq(b).le(c), "a ≤ c"),
    (calc(a).lt(b).le(c), "a < c"),
    (calc(a).le(b).lt(c), "a < c"),
    (calc(a).le(b).le(c).lt(d), "a < d"),
    (calc(a).ge(b).eq(c), "a ≥ c"),
    (calc(a).ge(b).gt(c), "a > c"),
    (calc(a).ne(b).eq(c), "a ≠ c"),
    (calc(a).eq(b).ne(c), "a ≠ c"),
]

#: chain whose relations come to nothing
LOOSE_CHAINS: list[tuple[str, Calc]] = [
    ("≤ then ≥", calc(a).le(b).ge(c)),
    ("< then >", calc(a).lt(b).gt(c)),
    ("≤ then >", calc(a).le(b).eq(b).gt(c)),
    ("≠ then ≤", calc(a).ne(b).le(c)),
    ("≠ then <", calc(a).ne(b).lt(c)),
    ("≠ then ≠", calc(a).ne(b).ne(c)),
    ("one line only", calc(a)),
]

square = b**2 + a

#: chain, a statement which it proves
PROVES: list[tuple[str, Calc, Statement]] = [
    ("≤ and =", calc(a).le(a + b**2, by="algebra").eq(square, by="algebra"), a <= square),
    ("= and ≤", calc(a + b - b).eq(a, by="algebra").le(square, by="algebra"), a + b - b <= square),
    ("≤ and <", calc(a).le(square, by="algebra").lt(square + 1, by="algebra"), a < square + 1),
    ("< and ≤", calc(a).lt(a + p, by="algebra").le(square + p, by="algebra"), a < square + p),
    ("≥ and =", calc(square).ge(a, by="algebra").eq(a + b - b, by="algebra"), square >= a + b - b),
    ("=, ≥, =", calc(a + b**2).eq(square).ge(a).eq(a + b - b), a + b**2 >= a + b - b),
    ("≥ and >", calc(square + 1).gt(square).ge(a), square + 1 > a),
    ("≥ proves ≤ read backwards", calc(square).ge(a), a <= square),
    ("= read backwards", calc(square).eq(a + b**2), a + b**2 == square),
    ("< proves ≤", calc(a).lt(square + 1), a <= square + 1),
    ("< proves ≠", calc(a).lt(square + 1), a != square + 1),
    ("= proves ≤", calc(a + a).eq(2 * a), a + a <= 2 * a),
    ("≠", calc(p).ne(0), p != 0),
    ("= and ≠", calc(p + p).eq(2 * p).ne(0), p + p != 0),
]  # fmt: skip

#: a chain of true lines, a statement which it does not prove; whether the statement is false
PROVES_NOT: list[tuple[str, Calc, Statement, str]] = [
    ("≤ does not prove =", calc(a).le(square), a == square, "refuted"),
    ("≤ does not prove <", calc(a).le(square), a < square, "refuted"),
    ("≤ does not prove ≥", calc(a).le(square), a >= square, "refuted"),
    ("≤ does not prove ≠", calc(a).le(square), a != square, "refuted"),
    ("< does not prove >", calc(a).lt(square + 1), a > square + 1, "refuted"),
    ("≠ does not prove <", calc(-p).ne(0), -p > 0, "refuted"),
    ("= does not prove another =", calc(a + a).eq(2 * a), a == b, "refuted"),
    ("= does not prove ≠", calc(a + a).eq(2 * a), a + a != 2 * a, "refuted"),
    ("the end is not that of the statement", calc(a).le(square), a <= square - 1, "refuted"),
    ("the chain proves something else", calc(a + a).eq(2 * a), a + b == b + a, "undecided"),
]  # fmt: skip


@pytest.mark.parametrize(("chain", "statement"), CHAINS, ids=[row[1] for row in CHAINS])
def test_chain_comes_to_its_strongest_relation(chain: Calc, statement: str) -> None:
    assert str(chain.statement) == statement


@pytest.mark.parametrize("chain", [row[1] for row in LOOSE_CHAINS], ids=[row[0] for row in LOOSE_CHAINS])
def test_chain_that_comes_to_nothing_is_refused(chain: Calc) -> None:
    with pytest.raises(DerivationError):
        _ = chain.statement


@pytest.mark.parametrize(("chain", "goal"), [row[1:] for row in PROVES], ids=[row[0] for row in PROVES])
def test_chain_proves_what_it_comes_to_and_what_is_weaker(chain: Calc, goal: Statement) -> None:
    record = judged(derived(goal, chain))
    assert outcomes(record) == ["proved"] * len(chain.lines)
    assert record["outcome"] == "proved"


@pytest.mark.parametrize(
    ("chain", "goal", "outcome"), [row[1:] for row in PROVES_NOT], ids=[row[0] for row in PROVES_NOT]
)
def test_chain_does_not_prove_more(chain: Calc, goal: Statement, outcome: str) -> None:
    record = judged(derived(goal, chain))
    assert outcomes(record) == ["proved"] * len(chain.lines)
    assert (record["outcome"], record["evidence"]) == (outcome, None)


def test_unequal_is_not_transitive() -> None:
    given = [a != b, b != c]
    chain = calc(a).ne(b, by=a != b).ne(c, by=b != c)
    assert judged(derived(a != c, chain, given))["outcome"] == "refuted"
