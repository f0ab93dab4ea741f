"""False variants of the theorems on Viterbi decoding: none is proved, each fails at a small size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata import always, calc, choice, column, define, eye, induction, matrix, maximum, recurrence, total
from lemmata.language.expr import Expr, Statement
from proofs.viterbi import (
    BOS,
    Δ,
    N,
    P,
    R,
    S,
    best_i,
    best_j,
    best_k,
    best_r,
    best_s,
    c,
    followed,
    found,
    i,
    j,
    k,
    later,
    likeliest,
    other_i,
    p,
    path,
    possible,
    r,
    s,
    start,
    t,
    v,
    w,
    δ,
)
from tests.proofs.claims import claim, derived, outcomes
from tests.proofs.judged import judged, point, sizes_and_times

Given = list[Statement]
M = maximum
of_sums = define("δ", column(total(p[s, i], s), i))
signed = matrix("P", N, N)
any_q = matrix("q", N, R)
largest = M(M(p[s, i] * P[i, j], i), s)
best = p[s, j] <= p[best_s, best_j]

#: statement, hypotheses, sizes and chosen words, left and right side: question 2.2.a
FALSE_A = [
    pytest.param(
        largest == M(P[i, j] * δ[i], j),
        [],
        {"S": 1, "N": 2},
        ("[[0, 1], [0, 1]]", "[[0, 0], [1, 1]]"),
        id="max_j P_ij δ(i), as is printed",
    ),
    pytest.param(
        largest == P[i, j] * δ[i],
        [],
        {"S": 1, "N": 2},
        ("[[0, 1], [0, 1]]", "[[0, 0], [0, 1]]"),
        id="no maximum",
    ),
    pytest.param(
        largest == M(P[j, i] * δ[i], i), [], {"S": 1, "N": 2}, ("[0, 0]", "[1, 0]"), id="P_ji for P_ij"
    ),
    pytest.param(
        largest == total(P[i, j] * δ[i], i), [], {"S": 1, "N": 2}, ("[0, 1]", "[0, 2]"), id="the sum over i"
    ),
    pytest.param(
        largest == M(P[i, j] * of_sums[i], i), [], {"S": 2, "N": 1}, ("[1]", "[2]"), id="the sum over s"
    ),
    pytest.param(
        largest == -M(-(P[i, j] * δ[i]), i), [], {"S": 1, "N": 2}, ("[0, 1]", "[0, 0]"), id="min for max"
    ),
    pytest.param(
        M(M(p[s, i] * signed[i, j], i), s) == M(signed[i, j] * δ[i], i),
        [],
        {"S": 2, "N": 1},
        ("[0]", "[-1]"),
        id="P has negative entries",
    ),
    pytest.param(
        largest == M(P[i, j], i) * M(δ[i], i),
        [],
        {"S": 1, "N": 2},
        ("[0, 0]", "[0, 1]"),
        id="a product of maxima",
    ),
    pytest.param(
        largest == M(P[i, j] * δ[j], i), [], {"S": 1, "N": 2}, ("[1, 0]", "[0, 0]"), id="δ(j) for δ(i)"
    ),
    pytest.param(
        largest == M(P[i, j] + δ[i], i), [], {"S": 1, "N": 1}, ("[0]", "[1]"), id="+ without logarithms"
    ),
    pytest.param(
        largest == δ[j] + M(P[k, j] + δ[k], k),
        [],
        {"S": 1, "N": 1},
        ("[0]", "[2]"),
        id="δ is added twice, as in the printed code",
    ),
    pytest.param(
        largest == δ[j] * M(P[k, j] * δ[k], k),
        [],
        {"S": 1, "N": 1},
        ("[2]", "[4]"),
        id="the printed code, of probabilities",
    ),
    pytest.param(M(P[i, j] * δ[i], i) < largest, [], {"N": 1, "S": 1}, ("[0]", "[0]"), id="< for ="),
    pytest.param(
        P[BOS, j] == M(P[i, j], i), [], {"N": 2, "BOS": 1}, ("[0, 0]", "[0, 1]"), id="δ_0 is 1 everywhere"
    ),
    pytest.param(
        P[j, BOS] == M(P[i, j] * eye(N)[i, BOS], i),
        [],
        {"N": 2, "BOS": 1},
        ("[0, 0]", "[0, 1]"),
        id="P_ji at t = 1",
    ),
    pytest.param(
        signed[BOS, j] == M(signed[i, j] * eye(N)[i, BOS], i),
        [],
        {"N": 2, "BOS": 1},
        ("[0, -1]", "[0, 0]"),
        id="negative entries at t = 1",
    ),
]

FALSE_B = [
    pytest.param(
        P[i, j] * δ[i] <= P[i, best_j] * δ[i],
        [best],
        {"N": 2, "S": 1, "j*": 1, "s*": 1},
        ("[[0, 0], [0, 1]]", "[[0, 0], [0, 0]]"),
        id="argmax_j P_ij δ(i), as is printed",
    ),
    pytest.param(
        δ[best_j] <= δ[j], [best], {"N": 2, "S": 1, "j*": 1, "s*": 1}, ("[1, 1]", "[1, 0]"), id="argmin"
    ),
    pytest.param(δ[j] < δ[best_j], [best], {"N": 1, "S": 1, "j*": 1, "s*": 1}, ("[0]", "[0]"), id="strictly"),
    pytest.param(
        δ[j] <= δ[best_j],
        [p[best_s, j] <= p[best_s, best_j]],
        {"N": 2, "S": 2, "j*": 1, "s*": 1},
        ("[0, 1]", "[0, 0]"),
        id="best among the words after s* only",
    ),
    pytest.param(
        δ[j] <= δ[best_j],
        [p[s, best_j] <= p[best_s, best_j]],
        {"N": 2, "S": 1, "j*": 1, "s*": 1},
        ("[0, 1]", "[0, 0]"),
        id="best among the sequences before j* only",
    ),
    pytest.param(
        δ[j] <= δ[best_j],
        [p[best_s, best_j] <= p[s, j]],
        {"N": 2, "S": 1, "j*": 1, "s*": 1},
        ("[0, 1]", "[0, 0]"),
        id="the least likely sequence",
    ),
    pytest.param(
        of_sums[j] <= of_sums[best_j],
        [best],
        {"N": 2, "S": 2, "j*": 1, "s*": 1},
        ("[1, 2]", "[1, 1]"),
        id="sum for max",
    ),
    pytest.param(
        p[s, j] <= p[best_s, best_j],
        [δ[j] <= δ[best_j]],
        {"S": 2, "N": 1, "s*": 1, "j*": 1},
        ("[[0, 1]]", "[[0, 0]]"),
        id="the converse: any sequence before will do",
    ),
    pytest.param(δ[j] <= δ[best_j], [], {"N": 2, "S": 1, "j*": 1}, ("[0, 1]", "[0, 0]"), id="any word"),
]

ALL_ONE = {"N": 2, "S": 1, "R": 1, "k*": 1, "i*": 1, "s*": 1, "r*": 1}
before, of_best = P[i, best_k] * δ[i], P[best_i, best_k] * δ[best_i]
likely_q = p[s, i] * P[i, k] * any_q[k, r] <= p[best_s, best_i] * P[best_i, best_k] * any_q[best_k, best_r]

FALSE_C = [
    pytest.param(
        eye(N)[best_i, other_i] == 1,
        [likeliest, possible, before <= P[other_i, best_k] * δ[other_i]],
        {**ALL_ONE, "i*": 2, "i′": 1},
        ("0", "1"),
        id="the printed equality, at a tie",
    ),
    pytest.param(before <= of_best, [likeliest], ALL_ONE, None, id="what comes after is impossible"),
    pytest.param(
        P[best_k, i] * δ[i] <= P[best_k, best_i] * δ[best_i],
        [likeliest, possible],
        ALL_ONE,
        None,
        id="P_ki for P_ik",
    ),
    pytest.param(δ[i] <= δ[best_i], [likeliest, possible], ALL_ONE, None, id="argmax_i δ(i)"),
    pytest.param(
        P[i, best_k] <= P[best_i, best_k],
        [likeliest, possible],
        ALL_ONE,
        ("[0, 1]", "[0, 0]"),
        id="argmax_i P_ik",
    ),
    pytest.param(before < of_best, [likeliest, possible], {**ALL_ONE, "N": 1}, ("[0]", "[0]"), id="strictly"),
    pytest.param(
        P[best_i, k] * δ[best_i] <= of_best,
        [likeliest, possible],
        ALL_ONE,
        None,
        id="argmax over the word after",
    ),
    pytest.param(
        P[i, k] * δ[i] <= P[best_i, k] * δ[best_i],
        [likeliest, possible],
        ALL_ONE,
        None,
        id="for every word after",
    ),
    pytest.param(before >= of_best, [likeliest, possible], ALL_ONE, ("[1, 1]", "[1, 0]"), id=">= for <="),
    pytest.param(
        P[i, best_k] * of_sums[i] <= P[best_i, best_k] * of_sums[best_i],
        [likeliest, possible],
        {**ALL_ONE, "S": 2, "s*": 2},
        ("[1, 2]", "[1, 1]"),
        id="sum for max",
    ),
    pytest.param(
        before <= of_best,
        [likely_q, any_q[best_k, best_r] < 0],
        {**ALL_ONE, "k*": 2},
        None,
        id="what comes after is negative",
    ),
    pytest.param(
        p[best_s, i] <= p[best_s, best_i],
        [likeliest, possible],
        {**ALL_ONE, "k*": 2},
        None,
        id="greedy: the likeliest at its own time",
    ),
]


def trellis(step: Callable[[Expr, Expr], Expr]) -> Expr:
    """Another recurrence in the place of Δ."""
    return recurrence("Δ", N, over=t, start=start, step=lambda Δ, t: column(step(Δ[t - 1], t), j))


logs = recurrence("ρ", over=t, start=start[w[0]], step=lambda ρ, t: ρ[t - 1] + P[w[t - 1], w[t]])
of_signed = recurrence("ρ", over=t, start=start[w[0]], step=lambda ρ, t: ρ[t - 1] * signed[w[t - 1], w[t]])
at_last = P[i, v[t]] * Δ[t - 1][i] <= P[v[t - 1], v[t]] * Δ[t - 1][v[t - 1]]
greedy = always(P[v[later - 1], j] <= P[v[later - 1], v[later]], over=later)

FALSE_D = [
    pytest.param(
        path[t] == trellis(lambda Δ, t: Δ[j] + M(P[k, j] + Δ[k], k))[t][w[t]],
        [],
        {"N": 1, "t": 1},
        ("0", "2"),
        id="the printed code",
    ),
    pytest.param(
        logs[t] == trellis(lambda Δ, t: Δ[j] + M(P[k, j] + Δ[k], k))[t][w[t]],
        [],
        {"N": 1, "t": 1},
        ("1", "2"),
        id="the printed code, of logarithms",
    ),
    pytest.param(
        path[t] <= trellis(lambda Δ, t: M(P[j, i] * Δ[i], i))[t][w[t]],
        [],
        {"N": 2, "t": 1},
        ("1", "0"),
        id="P_ji for P_ij",
    ),
    pytest.param(
        path[t] <= trellis(lambda Δ, t: -M(-(P[i, j] * Δ[i]), i))[t][w[t]],
        [],
        {"N": 2, "t": 1},
        ("1", "0"),
        id="min for max",
    ),
    pytest.param(
        path[t] <= trellis(lambda Δ, t: M(P[i, j], i) * Δ[j])[t][w[t]],
        [],
        {"N": 2, "t": 1},
        ("1", "0"),
        id="δ(j) for δ(i)",
    ),
    pytest.param(
        trellis(lambda Δ, t: total(P[i, j] * Δ[i], i))[t][w[t]] <= path[t],
        [],
        {"N": 2, "t": 1},
        ("1", "0"),
        id="the sum is a lower bound",
    ),
    pytest.param(
        of_signed[t] <= trellis(lambda Δ, t: M(signed[i, j] * Δ[i], i))[t][w[t]],
        [],
        {"N": 2, "t": 2},
        ("1", "0"),
        id="P has negative entries",
    ),
    pytest.param(Δ[t][w[t]] <= path[t], [], {"N": 2, "t": 1}, ("1", "0"), id=">= for <="),
    pytest.param(path[t] == Δ[t][w[t]], [], {"N": 2, "t": 1}, ("0", "1"), id="= for <="),
    pytest.param(path[t] < Δ[t][w[t]], [], {"N": 1, "t": 0}, ("0", "0"), id="< for <="),
    pytest.param(found[t] == Δ[t][v[t]], [], {"N": 2, "t": 1}, ("0", "1"), id="no back-pointer is followed"),
    pytest.param(
        found[t] == Δ[t][v[t]], [at_last], {"N": 2, "t": 2}, ("0", "1"), id="only the last is followed"
    ),
    pytest.param(path[t] <= found[t], [followed], {"N": 2, "t": 0}, ("1", "0"), id="begun at any last word"),
    pytest.param(
        path[t] <= found[t],
        [Δ[t][j] <= Δ[t][v[t]]],
        {"N": 2, "t": 1},
        ("1", "0"),
        id="begun at the right word, then any",
    ),
    pytest.param(
        path[t] <= found[t],
        [greedy, start[j] <= start[v[0]]],
        {"N": 2, "t": 2},
        ("1/2", "1/4"),
        id="greedy decoding",
    ),
    pytest.param(path[t] <= M(Δ[t - 1][j], j), [], {"N": 1, "t": 1}, ("2", "1"), id="one step early"),
    pytest.param(Δ[t][j] <= Δ[0][j], [], {"N": 1, "t": 1}, ("[2]", "[1]"), id="P has entries above 1"),
]

longer = M(M(p[s, i] * c[s, i], i), s)

FALSE_F = [
    pytest.param(
        p[s, i] * c[s, i] <= p[best_s, i] * c[best_s, i],
        [p[s, i] <= p[best_s, i]],
        {"S": 2, "N": 1, "s*": 1},
        ("[[0, 1]]", "[[0, 0]]"),
        id="the likeliest prefix is extended",
    ),
    pytest.param(longer == M(M(c[s, i], s) * δ[i], i), [], {"S": 2, "N": 1}, ("0", "1"), id="the largest c"),
    pytest.param(longer == M(c[s, i] * δ[i], i), [], {"S": 2, "N": 1}, ("[1, 1]", "[0, 1]"), id="any c"),
    pytest.param(
        longer == M(c[best_s, i] * δ[i], i),
        [p[s, i] <= p[best_s, i]],
        {"S": 2, "N": 1, "s*": 1},
        ("1", "0"),
        id="c of the likeliest prefix",
    ),
    pytest.param(
        longer == M(total(c[s, i], s) * δ[i], i), [], {"S": 2, "N": 1}, ("0", "1"), id="the sum of c"
    ),
    pytest.param(M(M(c[s, i], s) * δ[i], i) <= longer, [], {"N": 1, "S": 2}, ("1", "0"), id="a lower bound"),
]

EVERY = FALSE_A + FALSE_B + FALSE_C + FALSE_D + FALSE_F


@pytest.mark.parametrize(("statement", "given", "sizes", "sides"), EVERY)
def test_false_variant_is_refuted_at_the_smallest_size(
    statement: Statement, given: Given, sizes: dict[str, int], sides: tuple[str, str] | None
) -> None:
    record = judged(claim(statement, given))
    assert (record["outcome"], record["certificate"]) == ("refuted", None)
    left, right = point(record)[2]
    assert sizes_and_times(record) == {name: size for name, size in sizes.items() if name[-1] not in "*′"}
    assert (left, right) == sides if sides else left != right


def test_the_argmax_is_unique_only_of_two_words_or_less() -> None:
    """Two words are tied away from the third one that was chosen."""
    other = choice("j′", N)
    record = judged(claim(eye(N)[best_j, other] == 1, [best, δ[j] <= δ[other]]))
    assert record["outcome"] == "refuted"
    assert point(record)[0]["N"] <= 3


def test_negative_prefixes_do_no_harm() -> None:
    """Only P need not be negative: the theorem holds for any p."""
    free = matrix("p", S, N)
    of_free = define("δ", column(M(free[s, i], s), i))
    record = judged(claim(M(M(free[s, i] * P[i, j], i), s) == M(P[i, j] * of_free[i], i)))
    assert (record["outcome"], record["evidence"]) == ("proved", "exact")


#: the lines of the invariant's step, and a wrong one in its place
WRONG_LINES = [
    pytest.param(0, path[t - 1] * P[w[t], w[t - 1]], id="P_ji for P_ij"),
    pytest.param(1, Δ[t - 1][w[t]] * P[w[t - 1], w[t]], id="δ at the next word"),
    pytest.param(2, M(P[w[t], i] * Δ[t - 1][i], i), id="P_ji in the maximum"),
]


@pytest.mark.parametrize(("number", "wrong"), WRONG_LINES)
def test_wrong_line_of_the_invariant_is_found(number: int, wrong: Expr) -> None:
    lines = [
        path[t - 1] * P[w[t - 1], w[t]],
        Δ[t - 1][w[t - 1]] * P[w[t - 1], w[t]],
        M(P[i, w[t]] * Δ[t - 1][i], i),
    ]
    lines[number] = wrong
    first, second, third = lines
    base = calc(path[0]).eq(start[w[0]], by=path.start).eq(Δ[0][w[0]], by=Δ.start)
    step = (
        calc(path[t])
        .eq(first, by=path.step)
        .le(second, by="induction hypothesis")
        .le(third, by="maximum")
        .eq(Δ[t][w[t]], by=Δ.step)
    )
    record = judged(derived(path[t] <= Δ[t][w[t]], induction(on=t, base=base, step=step)))
    assert (record["outcome"], record["certificate"]) == ("undecided", None)
    assert outcomes(record)[2 + number] == "refuted"
