"""Greedy decoding, beam search, and the search through all sequences."""

from __future__ import annotations

import importlib
import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.decoding import (
    beam_search,
    exhaustive,
    greedy,
    markov_model,
    sequence_log_prob,
    viterbi,
)
from numerics.errors import NoPathError

exhaustive_module = importlib.import_module("numerics.decoding.exhaustive")  # the name is the function's

#: Sums of these are exact in float64, so that ties are ties.
scores = st.one_of(st.just(-np.inf), st.integers(-6, 0).map(lambda i: i / 4))


def table_model(n, length, seed, kinds=6, impossible=0.2):
    """A model that depends on the whole prefix, with many ties."""
    rng = np.random.default_rng(seed)
    table = {}
    for t in range(length):
        for prefix in itertools.product(range(n), repeat=t):
            row = -rng.integers(0, kinds, n) / 4
            table[prefix] = np.where(rng.random(n) < impossible, -np.inf, row)

    def model(prefixes):
        return np.array([table[tuple(prefix)] for prefix in prefixes.tolist()])

    return model


def all_sequences(model, n, length):
    """Every sequence with its log-probability as a rational number, those of probability zero left out."""
    found = {}
    for path in itertools.product(range(n), repeat=length):
        terms = [
            float(model(np.array([path[:t]], dtype=int).reshape(1, t))[0, path[t]]) for t in range(length)
        ]
        if -np.inf not in terms:
            found[path] = sum(map(Fraction, terms), Fraction(0))
    return found


def in_order(found):
    return sorted(found, key=lambda path: (-found[path], path[::-1]))


models = st.tuples(st.integers(1, 3), st.integers(0, 4), st.integers(0, 10**6))


@settings(max_examples=150, deadline=None)
@given(models, st.integers(1, 9))
def test_exhaustive_search_finds_the_best_in_exact_rationals(drawn, k):
    n, length, seed = drawn
    model = table_model(n, length, seed)
    every = all_sequences(model, n, length)
    if not every:
        with pytest.raises(NoPathError):
            exhaustive(model, length, k=k)
        return
    found = exhaustive(model, length, k=k)
    expected = in_order(every)[:k]
    assert [tuple(path) for path in np.atleast_2d(found.states).tolist()] == expected
    assert np.atleast_1d(found.log_prob).tolist() == [float(every[path]) for path in expected]


@settings(max_examples=150, deadline=None)
@given(models)
def test_a_beam_as_wide_as_the_tree_finds_all_sequences(drawn):
    n, length, seed = drawn
    model = table_model(n, length, seed)
    every = all_sequences(model, n, length)
    if not every:
        with pytest.raises(NoPathError):
            beam_search(model, n**length, length)
        return
    found = beam_search(model, n**length, length)
    assert {tuple(path) for path in found.states.tolist()} == set(every)
    assert len(found.states) == len(every)
    assert found.log_prob.tolist() == sorted((float(p) for p in every.values()), reverse=True)


def algorithm_1(model, n, width, length):
    """Algorithm 1 with one beam at the start, in rationals: what the beams are after the last step."""
    beams = [((), Fraction(0))]
    for _ in range(length):
        longer = []
        for place, (path, score) in enumerate(beams):
            following = model(np.array([path], dtype=int).reshape(1, len(path)))[0]
            longer += [
                (-(score + Fraction(float(p))), place, word, path)
                for word, p in enumerate(following)
                if p > -np.inf
            ]
        beams = [((*path, word), -loss) for loss, place, word, path in sorted(longer)[:width]]
    return beams


@settings(max_examples=150, deadline=None)
@given(models, st.integers(1, 6))
def test_beam_search_is_algorithm_1_in_exact_rationals(drawn, width):
    n, length, seed = drawn
    model = table_model(n, length, seed)
    expected = algorithm_1(model, n, width, length)
    if not expected:
        with pytest.raises(NoPathError):
            beam_search(model, width, length)
        return
    found = beam_search(model, width, length)
    assert [tuple(path) for path in found.states.tolist()] == [path for path, _ in expected]
    assert found.log_prob.tolist() == [float(score) for _, score in expected]


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 4), st.integers(0, 5), st.integers(0, 10**6), st.integers(1, 5))
def test_viterbi_is_the_exhaustive_search_of_a_markov_model(n, length, seed, k):
    rng = np.random.default_rng(seed)
    transition = np.where(rng.random((n, n)) < 0.2, -np.inf, -rng.integers(0, 5, (n, n)) / 4)
    initial = np.where(rng.random(n) < 0.2, -np.inf, -rng.integers(0, 5, n) / 4)
    model = markov_model(transition, initial)
    try:
        expected = exhaustive(model, length, k=k)
    except NoPathError as error:
        with pytest.raises(NoPathError) as found:
            viterbi(transition, initial, length, k=k)
        assert found.value.step == error.step
        return
    decoded = viterbi(transition, initial, length, k=k)
    assert np.array_equal(decoded.states, expected.states)
    assert np.array_equal(decoded.log_prob, expected.log_prob)


@settings(max_examples=50, deadline=None)
@given(models)
def test_greedy_decoding_is_an_argmax_after_another(drawn):
    n, length, seed = drawn
    model = table_model(n, length, seed, impossible=0.0)
    path = []
    for t in range(length):
        path.append(int(np.argmax(model(np.array([path], dtype=int).reshape(1, t))[0])))
    found = greedy(model, length)
    assert found.states.tolist() == path
    assert found.log_prob == sequence_log_prob(model, found.states)


def test_equal_beams_at_the_start_collapse_to_the_greedy_one():
    """As the algorithm is printed, with B equal beams, the B best are B times the same sequence."""
    model = table_model(3, 4, seed=5, impossible=0.0, kinds=10**6)
    paths, scores_of = [()] * 3, [0.0] * 3
    for _ in range(4):
        rows = [model(np.array([path], dtype=int).reshape(1, len(path)))[0] for path in paths]
        ranked = sorted(
            ((scores_of[b] + rows[b][j], b, j) for b in range(3) for j in range(3)), key=lambda s: -s[0]
        )
        paths, scores_of = [(*paths[b], j) for _, b, j in ranked[:3]], [s for s, _, _ in ranked[:3]]
    assert set(paths) == {tuple(greedy(model, 4).states.tolist())}
    assert len({tuple(path) for path in beam_search(model, 3, 4).states.tolist()}) == 3
