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
    tree_model,
    viterbi,
)
from numerics.errors import ArgumentError, ElementTypeError, NoPathError, NotFiniteError, ShapeError

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


#: Question 2.4: the printed sums fix every edge but the split of "a", of which -1.8 is one.
TREE = {
    "the": -1.5,
    "a": -1.8,
    "the green": -3.4,
    "the red": -3.1,
    "a blue": -2.5,
    "a red": -2.7,
    "the green rectangle": -3.3,
    "the red rectangle": -4.5,
    "a blue ellipse": -5.4,
    "a blue square": -5.0,
    "a red circle": -4.9,
    "a red square": -5.1,
}


def said(tree, found):
    return [
        (tree.text(states), round(float(log_prob), 6))
        for states, log_prob in zip(np.atleast_2d(found.states), np.atleast_1d(found.log_prob), strict=True)
    ]


def test_the_tree_of_question_2_4_by_all_ways_of_decoding():
    tree = tree_model(TREE)
    assert said(tree, exhaustive(tree, 3)) == [("the green rectangle", -8.2)]
    assert said(tree, greedy(tree, 3)) == [("the red rectangle", -9.1)]
    assert said(tree, beam_search(tree, 2, 3)) == [("a blue square", -9.3), ("a red circle", -9.4)]


def test_a_wider_beam_finds_the_best_sequence_of_the_tree():
    tree = tree_model(TREE)
    best = [said(tree, beam_search(tree, width, 3))[0][1] for width in (1, 2, 3, 4, 5)]
    assert best == [-9.1, -9.3, -9.1, -8.2, -8.2]


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


def uniform(prefixes):
    return np.zeros((len(prefixes), 3))


def test_equal_sequences_are_in_the_order_of_beams_and_words():
    assert beam_search(uniform, 4, 2).states.tolist() == [[0, 0], [0, 1], [0, 2], [1, 0]]


def test_equal_sequences_of_an_exhaustive_search_are_in_the_order_of_the_last_word_first():
    assert exhaustive(uniform, 2, k=4).states.tolist() == [[0, 0], [1, 0], [2, 0], [0, 1]]


def test_fewer_sequences_than_the_width_where_fewer_exist():
    tree = tree_model(TREE)
    assert len(beam_search(tree, 100, 3).states) == 6


def test_no_words_are_a_sequence():
    assert beam_search(uniform, 3, 0).states.shape == (1, 0)
    for found in (greedy(uniform, 0), exhaustive(uniform, 0)):
        assert (found.states.shape, float(found.log_prob)) == ((0,), 0.0)
    assert sequence_log_prob(uniform, []) == 0.0


@pytest.mark.parametrize("search", [greedy, exhaustive, lambda model, length: beam_search(model, 2, length)])
def test_a_tree_without_leaves_so_deep_has_no_path_and_the_step_is_named(search):
    with pytest.raises(NoPathError, match="no path: at step 4 every word after") as found:
        search(tree_model(TREE), 4)
    assert found.value.step == 4


def test_a_dead_end_of_the_beam_is_none_of_a_wider_one():
    tree = tree_model({"a": -0.1, "b": -3.0, "b c": -0.1})
    with pytest.raises(NoPathError, match="at step 2"):
        greedy(tree, 2)
    assert tree.text(beam_search(tree, 2, 2).states[0]) == "b c"


def test_a_million_nats_do_not_hide_a_small_difference():
    """Sums near -10⁶ have steps of 10⁻¹⁰; what decides here is smaller."""

    def model(prefixes):
        last = prefixes.shape[1] == 1000
        return np.tile([-1000.0, -1000.0] if not last else [-2e-12, -1e-12], (len(prefixes), 1))

    assert greedy(model, 1001).states[-1] == 1
    assert beam_search(model, 2, 1001).states[:, -1].tolist() == [1, 1]


def test_log_prob_is_the_sum_rounded_once():
    def model(prefixes):
        return np.full((len(prefixes), 1), [-1e16, -1.0, -1.0][prefixes.shape[1]])

    for found in (greedy(model, 3), exhaustive(model, 3)):
        assert found.log_prob == -1e16 - 2
    assert sequence_log_prob(model, [0, 0, 0]) == -1e16 - 2


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_log_prob_has_the_dtype_of_the_model(dtype):
    def model(prefixes):
        return np.array([[-1.0, -0.1]] * len(prefixes), dtype=dtype)

    assert greedy(model, 3).log_prob.dtype == dtype
    assert beam_search(model, 2, 3).log_prob.dtype == dtype
    assert exhaustive(model, 3).log_prob.dtype == dtype
    assert sequence_log_prob(model, [0, 1]).dtype == dtype


def test_a_model_is_asked_with_arrays_of_its_own_and_keeps_its_results():
    kept = []

    def model(prefixes):
        found = np.zeros((len(prefixes), 2))
        found.flags.writeable = False
        kept.append(found)
        prefixes[:] = 99  # a careless model
        return found

    assert beam_search(model, 2, 3).states.tolist() == [[0, 0, 0], [0, 0, 1]]
    assert exhaustive(model, 2).states.tolist() == [0, 0]


BAD_MODELS = [
    (
        lambda p: np.zeros(3),
        ShapeError,
        r"model at step 1: its shape is \(3,\); needed is \(1, N with N at least 1\)",
    ),
    (
        lambda p: np.zeros((2, 3)),
        ShapeError,
        r"model at step 1: its shape is \(2, 3\); needed is \(1, N with N at least 1\)",
    ),
    (
        lambda p: np.zeros((len(p), 0)),
        ShapeError,
        r"its shape is \(1, 0\); needed is \(1, N with N at least 1\)",
    ),
    (lambda p: 0.0, ShapeError, r"model at step 1: its shape is \(\)"),
    (
        lambda p: np.zeros((len(p), 2 + p.shape[1])),
        ShapeError,
        r"model at step 2: its shape is \((1|2), 3\); needed is \((1|2), 2\)",
    ),
    (lambda p: [[0.0, np.nan]], NotFiniteError, r"model at step 1\[0, 1\] is nan"),
    (lambda p: [[np.inf, 0.0]], NotFiniteError, r"model at step 1\[0, 0\] is inf"),
    (lambda p: [["a"]], ElementTypeError, "model at step 1: elements are"),
]


@pytest.mark.parametrize(("model", "error", "message"), BAD_MODELS)
@pytest.mark.parametrize("search", [greedy, exhaustive])
def test_what_a_model_may_not_say_is_named_with_the_step(model, error, message, search):
    with pytest.raises(error, match=message):
        search(model, 2)


def test_arguments_are_checked():
    with pytest.raises(ArgumentError, match="width is 0; needed is a whole number of at least 1"):
        beam_search(uniform, 0, 2)
    with pytest.raises(ArgumentError, match="length is -1"):
        greedy(uniform, -1)
    with pytest.raises(ArgumentError, match="k is 0"):
        exhaustive(uniform, 1, k=0)
    with pytest.raises(ArgumentError, match=r"sequence\[1\] is 3; needed is a word from 0 to 2"):
        sequence_log_prob(uniform, [0, 3])
    with pytest.raises(ShapeError, match=r"sequence: its shape is \(1, 2\)"):
        sequence_log_prob(uniform, [[0, 1]])
    with pytest.raises(ElementTypeError, match="sequence: elements are float64"):
        sequence_log_prob(uniform, [0.5])


def test_an_impossible_sequence_has_minus_infinity():
    tree = tree_model(TREE)
    assert sequence_log_prob(tree, [0, 4, 5]) == -np.inf


def test_many_prefixes_are_asked_for_in_parts():
    counts = []

    def model(prefixes):
        counts.append(len(prefixes))
        return np.tile(-np.arange(2.0), (len(prefixes), 1))

    assert exhaustive(model, 16).states.tolist() == [0] * 16
    assert max(counts) <= 2**14


def test_equally_probable_sequences_are_not_all_kept(monkeypatch):
    kept = []
    contenders = exhaustive_module._Prefixes.contenders

    def counted(self, k):
        kept.append(len(self.states))
        return contenders(self, k)

    monkeypatch.setattr(exhaustive_module, "_AT_ONCE", 64)
    monkeypatch.setattr(exhaustive_module._Prefixes, "contenders", counted)
    found = exhaustive(uniform, 7, k=4)
    assert found.states.tolist() == [[*first, 0, 0, 0, 0, 0] for first in ([0, 0], [1, 0], [2, 0], [0, 1])]
    assert max(kept) < 3**7 / 8


@pytest.mark.parametrize("shape", [((2, 2), (3,)), ((2, 3), (2,)), ((0, 0), (0,))])
def test_a_markov_model_has_a_square_matrix(shape):
    with pytest.raises(ShapeError):
        markov_model(np.zeros(shape[0]), np.zeros(shape[1]))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_markov_model_has_no_such_log_probability(bad):
    with pytest.raises(NotFiniteError, match=r"log_transition\[0, 1\]"):
        markov_model([[0.0, bad], [0.0, 0.0]], [0.0, 0.0])
    with pytest.raises(NotFiniteError, match=r"log_initial\[1\]"):
        markov_model([[0.0, 0.0], [0.0, 0.0]], [0.0, bad])


BAD_TREES = [
    ({}, "there are none"),
    ({"": -1.0}, "an edge without a word"),
    ({"a": -1.0, "a b": -1.0, "a  b ": -2.0}, "'a b' is given twice, as -1.0 and -2.0"),
    ({"a": 0.5}, "'a' has 0.5; needed is a finite log-probability, at most 0"),
    ({"a": np.nan}, "'a' has nan"),
    ({"a": -np.inf}, "'a' has -inf"),
    ({"a b": -1.0}, "'a b' hangs at 'a', to which no edge leads"),
    ({"a": -0.1, "b": -0.1}, "the probabilities after 'the root' add up to 1.80967; at most 1"),
    ({"a": -1.0, "a b": -0.1, "a c": -0.2}, "after 'a' add up to 1.72357"),
]


@pytest.mark.parametrize(("edges", "message"), BAD_TREES)
def test_what_is_no_tree_is_refused(edges, message):
    with pytest.raises(ArgumentError, match=message):
        tree_model(edges)


def test_edges_may_come_in_any_order():
    tree = tree_model({"a b": -1.0, "a": -1.0})
    assert tree.text(greedy(tree, 2).states) == "a b"
