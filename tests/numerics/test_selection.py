"""The b best scores are those of a full stable sort."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from numerics.compiling import has_numba
from numerics.decoding import select_top, selection
from numerics.errors import ArgumentError, ElementTypeError, NotFiniteError, ShapeError

BLOCK = selection._BLOCK
DTYPES = [np.float16, np.float32, np.float64]


def by_sorting(scores, b):
    """Rows, columns and values of the b greatest that are not -inf; `sorted` keeps the order of equals."""
    places = [(r, c) for r in range(scores.shape[0]) for c in range(scores.shape[1])]
    able = [place for place in places if scores[place] > -np.inf]
    best = sorted(able, key=lambda place: -float(scores[place]))[:b]
    return [r for r, _ in best], [c for _, c in best], [float(scores[place]) for place in best]


def assert_sorted(scores, b):
    found = select_top(scores, b)
    assert (found.rows.tolist(), found.columns.tolist(), found.values.tolist()) == by_sorting(scores, b)
    assert found.values.dtype == scores.dtype


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(0, 12), st.sampled_from(DTYPES))
def test_few_different_scores_are_selected_in_the_order_of_a_stable_sort(data, b, dtype):
    shape = data.draw(array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=7))
    elements = st.sampled_from([-np.inf, -2.0, -1.0, -0.5, 0.0])
    assert_sorted(data.draw(arrays(dtype, shape, elements=elements)), b)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "shape", [(1, BLOCK - 1), (1, BLOCK), (1, BLOCK + 1), (3, 1700), (7, 1000), (40, 197)]
)
@pytest.mark.parametrize("kinds", [1, 2, 30, 10**6])
@pytest.mark.parametrize("b", [1, 3, 17])
def test_more_than_one_block_of_scores_with_more_or_fewer_ties(shape, dtype, kinds, b):
    rng = np.random.default_rng(kinds + b)
    scores = (-rng.integers(0, kinds, shape) / kinds).astype(dtype)
    scores[rng.random(shape) < 0.2] = -np.inf
    assert_sorted(scores, b)


@pytest.mark.parametrize("dtype", DTYPES)
def test_ascending_and_descending_scores(dtype):
    ascending = np.linspace(-1, 0, 3000).astype(dtype).reshape(2, 1500)
    assert_sorted(ascending, 20)
    assert_sorted(ascending[::-1, ::-1], 20)


@pytest.mark.parametrize("b", [1, 5, 6, 7, 100, 5000])
@pytest.mark.parametrize("kinds", [1, 3, 10**6])
def test_more_blocks_than_are_wanted_and_most_of_the_best_in_one_row(b, kinds):
    rng = np.random.default_rng(b + kinds)
    scores = -rng.integers(0, kinds, (6, 3 * BLOCK - 5)) / kinds
    assert_sorted(scores, b)
    scores[3] += 1.0
    assert_sorted(scores, b)
    scores[:3] = -np.inf
    assert_sorted(scores, b)


def test_one_possible_score_in_many_blocks():
    scores = np.full((5, 2 * BLOCK), -np.inf)
    scores[2, 5] = -7.0
    for b in (1, 2, 100):
        assert_sorted(scores, b)


def test_an_equal_score_in_an_earlier_block_with_a_lower_maximum_comes_first():
    scores = np.full((1, 3 * BLOCK), -2.0)
    scores[0, [5, BLOCK + 1, BLOCK + 2]] = -1.0, -0.5, -1.0
    assert select_top(scores, 2).columns.tolist() == [BLOCK + 1, 5]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("highest", [0.0, np.nan])
def test_the_maximum_is_found_wherever_in_its_block_it_is(dtype, highest, monkeypatch):
    blocks = np.full((BLOCK, BLOCK), -1.0, dtype=dtype)
    np.fill_diagonal(blocks, highest)
    for numba in (True, False):
        monkeypatch.setattr(selection, "use_numba", lambda work, numba=numba: numba)
        assert np.array_equal(
            selection._block_maxima(blocks.ravel()), np.full(BLOCK, highest, dtype), equal_nan=True
        )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_machine_code_and_numpy_have_the_same_maxima(dtype, monkeypatch):
    assert has_numba()
    rng = np.random.default_rng(0)
    flat = rng.normal(size=4 * BLOCK + 7).astype(dtype)
    flat[BLOCK + 200] = np.nan
    flat[2 * BLOCK : 3 * BLOCK] = -np.inf
    flat[-1] = np.nan
    monkeypatch.setattr(selection, "use_numba", lambda work: True)
    ours = selection._block_maxima(flat)
    monkeypatch.setattr(selection, "use_numba", lambda work: False)
    assert np.array_equal(ours, selection._block_maxima(flat), equal_nan=True)
    assert np.isnan(ours).tolist() == [False, True, False, False, True]
    assert ours[2] == -np.inf


def test_more_are_wanted_than_there_are():
    assert select_top([[-1.0, -np.inf], [-np.inf, -2.0]], 10).values.tolist() == [-1.0, -2.0]


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0)])
def test_nothing_is_selected_from_nothing(shape):
    found = select_top(np.zeros(shape), 3)
    assert [len(part) for part in found] == [0, 0, 0]


def test_nothing_is_selected_where_all_is_impossible():
    assert select_top(np.full((4, 600), -np.inf), 3).values.tolist() == []


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("position", [(0, 0), (1, 1299), (2, 3), (2, 1299)])
def test_what_is_no_score_is_named_with_its_position(bad, position):
    scores = np.zeros((3, 1300))
    scores[position] = bad
    with pytest.raises(NotFiniteError, match=rf"scores\[{position[0]}, {position[1]}\] is {bad}") as found:
        select_top(scores, 2)
    assert found.value.position == position


def test_scores_are_left_as_they_are_whatever_their_memory():
    scores = np.random.default_rng(1).normal(size=(40, 60))
    views = [scores, scores[::2, ::-3], np.asfortranarray(scores), scores.T]
    for view in views:
        before = view.copy()
        view.flags.writeable = False
        assert_sorted(view, 5)
        assert np.array_equal(view, before)


def test_whole_numbers_become_float64():
    assert select_top([[3, 1], [2, 3]], 3).values.tolist() == [3.0, 3.0, 2.0]


def test_arguments_are_checked():
    with pytest.raises(ArgumentError, match="b is -1; needed is a whole number of at least 0"):
        select_top([[0.0]], -1)
    with pytest.raises(ShapeError, match=r"scores: its shape is \(1,\); needed is \(any, any\)"):
        select_top([0.0], 1)
    with pytest.raises(ElementTypeError):
        select_top([["a"]], 1)


def test_numba_is_loaded_for_many_scores_only():
    assert "numba" in sys.modules or not selection.use_numba(1000)
