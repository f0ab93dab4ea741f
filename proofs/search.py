"""The cost of the most likely sequence: looking at all sequences, and Viterbi's algorithm.

N is the number of words and T the length, without the word at the start. Each count is a recurrence read off
the algorithm: what one more word adds.
"""

import numpy as np

from lemmata import (
    calc,
    counterpart,
    dims,
    eye,
    fro,
    index,
    induction,
    ones,
    recurrence,
    theorem,
    time,
    total,
)
from numerics.decoding import exhaustive

(N,) = dims("N")
T = time("T")
T1, T2 = time("T", 1), time("T", 2)  # T where it is at least 1, and at least 2
i, j = index("i", N), index("j", N)

sequences = recurrence("c", over=T, start=1, step=lambda c, T: total(c[T - 1], j))


def number_found(at):
    """How many sequences of equally probable words there are, when more are asked for than there can be."""
    words, length = at(N), at(T)
    uniform = np.full(words, -np.log(words))
    found = exhaustive(lambda prefixes: np.tile(uniform, (len(prefixes), 1)), length, k=words**length + 1)
    return len(found.log_prob)


@theorem(sequences[T] == N**T, source="question 2.1", computed_by=counterpart(exhaustive, number_found))
def number_of_sequences():
    """There are N^T sequences: one of T words is one of T - 1 words and one of N words after it."""
    return induction(
        on=T,
        base=calc(sequences[0]).eq(1, by=sequences.start).eq(N**0),
        step=calc(sequences[T])
        .eq(total(sequences[T - 1], j), by=sequences.step)
        .eq(N * sequences[T - 1])
        .eq(N * N ** (T - 1), by="induction hypothesis")
        .eq(N**T),
    )


products = recurrence("m", over=T, start=0, step=lambda m, T: m[T - 1] + total(total(1, i), j))
comparisons = recurrence("q", over=T, start=0, step=lambda q, T: q[T - 1] + total(N - 1, j))
pointers = recurrence("a", over=T, start=0, step=lambda a, T: a[T - 1] + total(1, j))


@theorem(products[T] == T * N**2, source="question 2.2.e")
def products_of_viterbi():
    """P_ij δ_{t-1}(i) is worked out for every i and j at each step: T N² products."""
    return induction(
        on=T,
        base=calc(products[0]).eq(0, by=products.start),
        step=calc(products[T])
        .eq(products[T - 1] + total(total(1, i), j), by=products.step)
        .eq(products[T - 1] + N**2)
        .eq((T - 1) * N**2 + N**2, by="induction hypothesis")
        .eq(T * N**2),
    )


@theorem(comparisons[T] == T * N * (N - 1), source="question 2.2.e")
def comparisons_of_viterbi():
    """The greatest of N products is found by N - 1 comparisons, for every j at each step."""
    return induction(
        on=T,
        base=calc(comparisons[0]).eq(0, by=comparisons.start),
        step=calc(comparisons[T])
        .eq(comparisons[T - 1] + total(N - 1, j), by=comparisons.step)
        .eq(comparisons[T - 1] + N * (N - 1))
        .eq((T - 1) * N * (N - 1) + N * (N - 1), by="induction hypothesis")
        .eq(T * N * (N - 1)),
    )


@theorem(pointers[T] == T * N, source="question 2.2.e")
def pointers_of_viterbi():
    """Of each step the word before is kept for every j: T N pointers."""
    return induction(
        on=T,
        base=calc(pointers[0]).eq(0, by=pointers.start),
        step=calc(pointers[T])
        .eq(pointers[T - 1] + total(1, j), by=pointers.step)
        .eq(pointers[T - 1] + N)
        .eq((T - 1) * N + N, by="induction hypothesis")
        .eq(T * N),
    )


@theorem(N <= N**2)
def pairs_with_equal_words():
    """N of the N² pairs of words are a word with itself; the others are counted by a sum of squares."""
    return calc(N).le(N + fro(ones(N, N) - eye(N)) ** 2).eq(N**2)


@theorem(N - 1 >= 0)
def at_least_one_word():
    """There is at least one word."""
    return calc(N - 1).eq(1 / N * (N**2 - N)).ge(0, by=pairs_with_equal_words)


operations = products[T1] + comparisons[T1] + (N - 1) + T1


@theorem(operations <= 2 * T1 * N**2, source="question 2.2.e")
def time_of_viterbi():
    """The time is O(T N²): products, comparisons, and N - 1 more and T pointers to follow on the way back."""
    counted = T1 * N**2 + T1 * N * (N - 1) + (N - 1) + T1
    return (
        calc(operations)
        .eq(counted, by=[products_of_viterbi, comparisons_of_viterbi])
        .le(counted + (T1 - 1) * (N - 1), by=at_least_one_word)
        .eq(2 * T1 * N**2)
    )


@theorem(operations >= T1 * N**2, source="question 2.2.e")
def least_time_of_viterbi():
    """It is no less, so T and N² are the right powers."""
    return (
        calc(operations)
        .eq(T1 * N**2 + (T1 * N + 1) * (N - 1) + T1, by=[products_of_viterbi, comparisons_of_viterbi])
        .ge(T1 * N**2, by=at_least_one_word)
    )


@theorem(pointers[T1] + 2 * N <= 3 * T1 * N, source="question 2.2.e")
def space_of_viterbi():
    """The space is O(T N): the pointers, and δ of two steps."""
    return (
        calc(pointers[T1] + 2 * N)
        .eq(T1 * N + 2 * N, by=pointers_of_viterbi)
        .le(T1 * N + 2 * N + 2 * N * (T1 - 1))
        .eq(3 * T1 * N)
    )


@theorem(T2 * sequences[T2] == N ** (T2 - 2) * products[T2], source="question 2.2.e")
def cost_of_all_sequences():
    """To work out all sequences word by word takes N^(T-2) times the products of Viterbi's algorithm."""
    return (
        calc(T2 * sequences[T2])
        .eq(T2 * N**T2, by=number_of_sequences)
        .eq(N ** (T2 - 2) * (T2 * N**2))
        .eq(N ** (T2 - 2) * products[T2], by=products_of_viterbi)
    )
