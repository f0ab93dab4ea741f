"""Searches where there is little to find: ties, dead ends, no words, and arguments that are refused."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from numerics.decoding import (
    beam_search,
    exhaustive,
    greedy,
    markov_model,
    sequence_log_prob,
    tree_model,
)
from numerics.errors import ArgumentError, ElementTypeError, NoPathError, NotFiniteError, ShapeError
from tests.numerics.fixtures import TREE

exhaustive_module = importlib.import_module("numerics.decoding.exhaustive")  # the name is the function's


def uniform(prefixes):
    return np.zeros((len(prefixes), 3))


def test_equal_sequences_are_in_the_order_of_beams_and_words():
    assert beam_search(uniform, 4, 2).states.tolist() == [[0, 0], [0, 1], [0, 2], [1, 0]]


def test_equal_sequences_of_an_exhaustive_search_are_in_the_order_of_the_last_word_first():
    assert exhaustive(uniform, 2, k=4).states.tolist() == [[0, 0], [1, 0], [2, 0], [0, 1]]


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
