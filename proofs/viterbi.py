"""Viterbi decoding: the recurrence of the largest probabilities, and why following it back finds a most
likely sequence of a Markov chain (Viterbi, 1967).

A sequence is written (s, i, j): s is one of the S sequences w_{1:t-2}, i is w_{t-1}, and j is w_t.
"""

import numpy as np

from lemmata import (
    always,
    calc,
    choice,
    column,
    counterpart,
    define,
    dims,
    disproof,
    eye,
    index,
    induction,
    matrix,
    maximum,
    recurrence,
    theorem,
    time,
    vector,
    word,
)
from numerics.decoding import viterbi

N, S, R = dims("N S R")
t = time("t")
i, j, s, k, r = index("i", N), index("j", N), index("s", S), index("k", N), index("r", R)
P = matrix("P", N, N, nonnegative=True)  # P_ij = p(w_t = j | w_{t-1} = i)
p = matrix("p", S, N, nonnegative=True)  # p_si = p(w_{1:t-2} = s, w_{t-1} = i)
q = matrix("q", N, R, nonnegative=True)  # q_kr = p(w_{t+1:T} = r | w_t = k), for the R sequences w_{t+1:T}
δ = define("δ", column(maximum(p[s, i], s), i))
BOS = choice("BOS", N)


@theorem(
    maximum(maximum(p[s, i] * P[i, j], i), s) == maximum(P[i, j] * δ[i], i),
    source="question 2.2.a",
)
def largest_probabilities():
    """δ_t(j) = max_i P_ij δ_{t-1}(i), where p(s, i, j) = p(s, i) P_ij by the Markov property.

    The maximum over w_{1:t-1} is one over (s, i); P_ij is not negative, and moves out of that over s.
    """
    return (
        calc(maximum(maximum(p[s, i] * P[i, j], i), s))
        .eq(maximum(maximum(p[s, i] * P[i, j], s), i), by="maximum")
        .eq(maximum(P[i, j] * maximum(p[s, i], s), i), by="maximum")
        .eq(maximum(P[i, j] * δ[i], i), by=δ)
    )


@theorem(P[BOS, j] == maximum(P[i, j] * eye(N)[i, BOS], i), source="question 2.2.a")
def first_probabilities():
    """At t = 1 the recurrence says δ_1(j) = P_{BOS j}, with δ_0(i) = 1 where i = BOS, else 0."""
    return calc(P[BOS, j]).eq(maximum(P[i, j] * eye(N)[i, BOS], i), by="maximum")


best_s, best_j = choice("s*", S), choice("j*", N)


@theorem(δ[j] <= δ[best_j], given=[p[s, j] <= p[best_s, best_j]], source="question 2.2.b")
def last_word():
    """The last word of a most likely sequence (s*, j*) is in argmax_j δ_T(j)."""
    return (
        calc(δ[j])
        .eq(maximum(p[s, j], s), by=δ)
        .le(p[best_s, best_j], by="hypotheses")
        .le(maximum(p[s, best_j], s), by="maximum")
        .eq(δ[best_j], by=δ)
    )


best_i, best_k, best_r = choice("i*", N), choice("k*", N), choice("r*", R)
likeliest = p[s, i] * P[i, k] * q[k, r] <= p[best_s, best_i] * P[best_i, best_k] * q[best_k, best_r]
possible = q[best_k, best_r] > 0


@theorem(
    P[i, best_k] * δ[i] <= P[best_i, best_k] * δ[best_i],
    given=[likeliest, possible],
    source="question 2.2.c",
)
def word_before():
    """In a most likely sequence (s*, i*, k*, r*) the word i* = w*_t is in argmax_i P_{i k*} δ_t(i)."""
    return (
        calc(P[i, best_k] * δ[i])
        .eq(maximum(p[s, i] * P[i, best_k], s), by=["maximum", δ])
        .le(p[best_s, best_i] * P[best_i, best_k], by="hypotheses")
        .le(P[best_i, best_k] * maximum(p[s, best_i], s), by="maximum")
        .eq(P[best_i, best_k] * δ[best_i], by=δ)
    )


other_i = choice("i′", N)


@disproof(
    P[other_i, best_k] * δ[other_i] < P[best_i, best_k] * δ[best_i],
    given=[likeliest, possible, p[best_s, best_i] * P[best_i, best_k] > 0, eye(N)[best_i, other_i] == 0],
    source="question 2.2.c",
)
def word_before_is_not_unique():
    """The printed equality w*_t = a_{t+1}(w*_{t+1}) fails at a tie: another word may be in the argmax too."""


w = word("w", N, over=t)
start = vector("π", N, nonnegative=True)
Δ = recurrence("Δ", N, over=t, start=start, step=lambda Δ, t: column(maximum(P[i, j] * Δ[t - 1][i], i), j))
path = recurrence("ρ", over=t, start=start[w[0]], step=lambda ρ, t: ρ[t - 1] * P[w[t - 1], w[t]])


def most_likely(at):
    """The probability of the sequence w, and of the one which Viterbi decoding finds."""
    with np.errstate(divide="ignore"):
        log_transition, log_initial = np.log(at(P)), np.log(at(start))
    return at(path[t]), np.exp(viterbi(log_transition, log_initial, at(t) + 1).log_prob)


@theorem(path[t] <= Δ[t][w[t]], source="question 2.2.d")
def invariant():
    """No sequence w that ends in w_t is more likely than δ_t(w_t)."""
    return induction(
        on=t,
        base=calc(path[0]).eq(start[w[0]], by=path.start).eq(Δ[0][w[0]], by=Δ.start),
        step=calc(path[t])
        .eq(path[t - 1] * P[w[t - 1], w[t]], by=path.step)
        .le(Δ[t - 1][w[t - 1]] * P[w[t - 1], w[t]], by="induction hypothesis")
        .le(maximum(P[i, w[t]] * Δ[t - 1][i], i), by="maximum")
        .eq(Δ[t][w[t]], by=Δ.step),
    )


v = word("w*", N, over=t)
found = recurrence("ρ*", over=t, start=start[v[0]], step=lambda ρ, t: ρ[t - 1] * P[v[t - 1], v[t]])
later = time("t", 1)
followed = always(
    P[i, v[later]] * Δ[later - 1][i] <= P[v[later - 1], v[later]] * Δ[later - 1][v[later - 1]], over=later
)


@theorem(found[t] == Δ[t][v[t]], given=[followed], source="question 2.2.d")
def back_pointers():
    """A sequence that follows the back-pointers has the probability δ_t(w*_t).

    Each w*_{t-1} is in argmax_i P_{i w*_t} δ_{t-1}(i).
    """
    return induction(
        on=t,
        base=calc(found[0]).eq(start[v[0]], by=found.start).eq(Δ[0][v[0]], by=Δ.start),
        step=calc(found[t])
        .eq(found[t - 1] * P[v[t - 1], v[t]], by=found.step)
        .eq(Δ[t - 1][v[t - 1]] * P[v[t - 1], v[t]], by="induction hypothesis")
        .eq(maximum(P[i, v[t]] * Δ[t - 1][i], i), by=["maximum", "hypotheses"])
        .eq(Δ[t][v[t]], by=Δ.step),
    )


@theorem(
    path[t] <= found[t],
    given=[followed, Δ[t][j] <= Δ[t][v[t]]],
    source="question 2.2.d",
)
def viterbi_finds_a_maximiser():
    """The sequence w* which begins at a largest δ_T and follows the back-pointers is a most likely one."""
    return (
        calc(path[t])
        .le(Δ[t][w[t]], by=invariant)
        .le(Δ[t][v[t]], by="hypotheses")
        .eq(found[t], by=back_pointers)
    )


@theorem(
    path[t] <= maximum(Δ[t][j], j),
    source="question 2.2.d",
    computed_by=counterpart(viterbi, most_likely, given=[path[t] > 0]),
)
def largest_of_all():
    """No sequence is more likely than the largest δ_T(j)."""
    return calc(path[t]).le(Δ[t][w[t]], by=invariant).le(maximum(Δ[t][j], j), by="maximum")


c = matrix("c", S, N, nonnegative=True)  # p(w_t = j | s, i), for one j


@disproof(
    p[s, i] * c[s, i] <= p[best_s, i] * c[best_s, i], given=[p[s, i] <= p[best_s, i]], source="question 2.2.f"
)
def a_model_that_is_not_markov():
    """Where the next word depends on all words before, the recurrence fails.

    The likeliest sequence need not extend the likeliest prefix with the same last word, as in a recurrent
    network; of bigrams it does, by the theorem for question 2.2.a.
    """
