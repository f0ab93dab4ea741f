"""The cost of beam search: T steps, each of which chooses the B best of B N scores.

N is the number of words, T the length, B the width of the beam. How the B best are chosen decides the cost:
by sorting all scores, by selection, or by looking for one after another.
"""

import numpy as np

from lemmata import calc, dims, figure, index, induction, recurrence, scalar, theorem, time, total
from numerics.decoding import beam_search
from proofs.search import at_least_one_word

N, B = dims("N B")
T = time("T")
b, j = index("b", B), index("j", N)

choice = scalar("a", nonnegative=True)
cost = recurrence("v", over=T, start=0, step=lambda v, T: v[T - 1] + total(total(1, j), b) + choice)


@theorem(cost[T] == T * (B * N + choice), source="question 2.3")
def time_of_beam_search():
    """Each step adds up a score for every beam and every word, and then chooses, at the cost a."""
    return induction(
        on=T,
        base=calc(cost[0]).eq(0, by=cost.start),
        step=calc(cost[T])
        .eq(cost[T - 1] + total(total(1, j), b) + choice, by=cost.step)
        .eq(cost[T - 1] + B * N + choice)
        .eq((T - 1) * (B * N + choice) + B * N + choice, by="induction hypothesis")
        .eq(T * (B * N + choice)),
    )


k = time("k")
M = scalar("M", nonnegative=True)
lists = scalar("r", nonnegative=True, over=k)
merging = recurrence("q", over=k, start=0, step=lambda q, k: q[k - 1] + M - lists[k])


@theorem(merging[k] <= k * M, source="question 2.3")
def comparisons_of_merge_sort():
    """Sorting M numbers in k rounds of merging takes at most k M comparisons; k = ⌈log₂ M⌉ rounds are enough.

    To merge two lists takes fewer comparisons than they have numbers together, so a round that leaves r_k
    lists takes at most M - r_k. A round halves the number of lists, of which there are M at first.
    """
    return induction(
        on=k,
        base=calc(merging[0]).eq(0, by=merging.start),
        step=calc(merging[k])
        .eq(merging[k - 1] + M - lists[k], by=merging.step)
        .le(merging[k - 1] + M)
        .le((k - 1) * M + M, by="induction hypothesis")
        .eq(k * M),
    )


doubling = recurrence("d", over=k, start=0, step=lambda d, k: 2 * d[k - 1] + 2**k - 1)


@theorem(doubling[k] == k * 2**k - 2**k + 1, source="question 2.3")
def comparisons_of_merge_sort_of_a_power_of_two():
    """Where M = 2^k, halves of equal lengths and the most comparisons a merge can take: M log₂ M - M + 1."""
    return induction(
        on=k,
        base=calc(doubling[0]).eq(0, by=doubling.start).eq(0 * 2**0 - 2**0 + 1),
        step=calc(doubling[k])
        .eq(2 * doubling[k - 1] + 2**k - 1, by=doubling.step)
        .eq(2 * ((k - 1) * 2 ** (k - 1) - 2 ** (k - 1) + 1) + 2**k - 1, by="induction hypothesis")
        .eq(k * 2**k - 2**k + 1),
    )


ρ = scalar("ρ", nonnegative=True)
looked_at = recurrence("u", over=k, start=M, step=lambda u, k: u[k - 1] + ρ**k * M)


@theorem((1 - ρ) * looked_at[k] == M * (1 - ρ ** (k + 1)), source="question 2.3")
def numbers_looked_at_by_selection():
    """Rounds of selection of which each leaves a fraction ρ of the numbers: a geometric sum."""
    return induction(
        on=k,
        base=calc((1 - ρ) * looked_at[0]).eq((1 - ρ) * M, by=looked_at.start).eq(M * (1 - ρ ** (0 + 1))),
        step=calc((1 - ρ) * looked_at[k])
        .eq((1 - ρ) * (looked_at[k - 1] + ρ**k * M), by=looked_at.step)
        .eq(M * (1 - ρ**k) + (1 - ρ) * ρ**k * M, by="induction hypothesis")
        .eq(M * (1 - ρ ** (k + 1))),
    )


@theorem(looked_at[k] <= M / (1 - ρ), given=[ρ < 1], source="question 2.3")
def selection_is_linear():
    """Selection looks at no more than M / (1 - ρ) numbers, however many rounds there are.

    With the median of medians as pivot, ρ = 9/10 (Blum, Floyd, Pratt, Rivest and Tarjan, 1973).
    """
    share = 1 / (1 - ρ) * M
    return (
        calc(looked_at[k])
        .eq(1 / (1 - ρ) * ((1 - ρ) * looked_at[k]))
        .eq(share * (1 - ρ ** (k + 1)), by=numbers_looked_at_by_selection)
        .le(share * (1 - ρ ** (k + 1)) + share * ρ ** (k + 1), by="hypotheses")
        .eq(M / (1 - ρ))
    )


@theorem(cost[T] <= T * (B * N + B * N * k), given=[choice <= k * (B * N)], source="question 2.3")
def time_with_sorting():
    """With sorting, where k = ⌈log₂ B N⌉: O(T (B N + B N log B N))."""
    return (
        calc(cost[T])
        .eq(T * (B * N + choice), by=time_of_beam_search)
        .le(T * (B * N + choice) + T * (k * (B * N) - choice), by="hypotheses")
        .eq(T * (B * N + B * N * k))
    )


@theorem(
    cost[T] <= T * (B * N + B * N / (1 - ρ)), given=[ρ < 1, choice <= B * N / (1 - ρ)], source="question 2.3"
)
def time_with_selection():
    """With selection: O(T B N)."""
    return (
        calc(cost[T])
        .eq(T * (B * N + choice), by=time_of_beam_search)
        .le(T * (B * N + choice) + T * (B * N / (1 - ρ) - choice), by="hypotheses")
        .eq(T * (B * N + B * N / (1 - ρ)))
    )


@theorem(cost[T] <= T * (B * N + B * (B * N)), given=[choice <= B * (B * N)], source="question 2.3")
def time_with_scanning():
    """As it is printed, each of the B best looked for among all scores: O(T B² N)."""
    return (
        calc(cost[T])
        .eq(T * (B * N + choice), by=time_of_beam_search)
        .le(T * (B * N + choice) + T * (B * (B * N) - choice), by="hypotheses")
        .eq(T * (B * N + B * (B * N)))
    )


kept = recurrence("w", over=T, start=0, step=lambda w, T: w[T - 1] + total(1, b))


@theorem(kept[T] == T * B, source="question 2.3")
def words_kept():
    """A word is kept for every beam at each step."""
    return induction(
        on=T,
        base=calc(kept[0]).eq(0, by=kept.start),
        step=calc(kept[T])
        .eq(kept[T - 1] + total(1, b), by=kept.step)
        .eq(kept[T - 1] + B)
        .eq((T - 1) * B + B, by="induction hypothesis")
        .eq(T * B),
    )


@theorem(B * N + B + 2 * kept[T] <= 2 * (B * N + B * T), source="question 2.3")
def space_of_beam_search():
    """The space is O(B N + B T): scores, log-likelihoods of the beams, their words and a copy of these."""
    return (
        calc(B * N + B + 2 * kept[T])
        .eq(B * N + B + 2 * B * T, by=words_kept)
        .le(B * N + B + 2 * B * T + B * (N - 1), by=at_least_one_word)
        .eq(2 * (B * N + B * T))
    )


@theorem(T * (B * N) <= T * N**2, given=[B <= N], source="question 2.3")
def fewer_scores_than_viterbi():
    """A beam no wider than N works out no more scores than Viterbi's algorithm: B N at a step, for N²."""
    return calc(T * (B * N)).le(T * (B * N) + T * N * (N - B), by="hypotheses").eq(T * N**2)


LENGTH, WIDTH = 4, 10


def scores_asked_for(words):
    """How many log-probabilities a beam asks of a model whose words are all equally probable."""
    asked = []

    def model(prefixes):
        asked.append(len(prefixes) * words)
        return np.full((len(prefixes), words), -np.log(words))

    beam_search(model, WIDTH, LENGTH)
    return sum(asked)


@figure("The cost of finding sequences", source="question 2.3")
def cost_by_vocabulary(axes):
    """Operations as the vocabulary grows, for sequences of 4 words and beams of width 10.

    Each round of the selection leaves half of the scores. Crosses are the log-probabilities for which a run
    of beam search asked its model; in its first step it has one beam only.
    """
    sizes = np.logspace(1, 5, 41)
    scores = WIDTH * sizes
    costs = {
        "all sequences": (LENGTH * sizes**LENGTH, "#d55e00", "center"),
        "Viterbi, $T N^2$": (LENGTH * sizes**2, "#e69f00", "center"),
        "beam with sorting": (LENGTH * scores * (1 + np.log2(scores)), "#0072b2", "center"),
        "beam with selection": (LENGTH * 3 * scores, "#56b4e9", "bottom"),
        "scores of the beam, $T B N$": (LENGTH * scores, "0.6", "top"),
    }
    highest = 1e14
    for label, (cost, color, side) in costs.items():
        last = np.flatnonzero(cost <= highest)[-1]
        axes.loglog(sizes[: last + 1], cost[: last + 1], color=color)
        axes.text(1.3 * sizes[last], cost[last], label, color=color, va=side, fontsize=8)
    run = [10, 100, 1000, 10000]
    axes.loglog(run, [scores_asked_for(words) for words in run], "x", color="black")
    axes.set_xlim(7, 2e7)
    axes.set_ylim(1e2, 2 * highest)
    axes.set_xlabel("number of words N")
    axes.set_ylabel("operations")
