"""Steps which leave transitions out give the scores of dense steps, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from numerics.decoding import pruning, viterbi
from numerics.decoding.dense import Dense
from numerics.decoding.pruning import Pruned, pruned
from numerics.decoding.shortlists import SHARE, empty_lists, shortlists
from numerics.errors import NoPathError

N = 160


def gaussian(rng, n):
    return rng.normal(0, 2, (n, n))


def zipf(rng, n):
    ranks = np.log(1 / np.arange(1, n + 1))
    return np.stack([rng.permutation(ranks) for _ in range(n)])


def full_of_ties(rng, n):
    return rng.integers(-3, 1, (n, n)).astype(float)


def mostly_impossible(rng, n):
    return np.where(rng.random((n, n)) < 0.03, rng.normal(0, 1, (n, n)), -np.inf)


def to_neighbours(rng, n):
    return -0.1 * np.abs(np.arange(n)[:, None] - np.arange(n)) + rng.normal(0, 0.01, (n, n))


def hardly_possible(rng, n):
    return np.log(rng.dirichlet(np.full(n, 0.1), size=n) + 1e-300)


def extreme(rng, n):
    return rng.choice([-1e308, -1e30, -1e-300, 0.0, -np.inf], size=(n, n))


KINDS = [gaussian, zipf, full_of_ties, mostly_impossible, to_neighbours, hardly_possible, extreme]


def both_ways(matrix, emission, first, numba):
    """The rows of scores by dense steps and by pruned ones, with how many each could fill."""
    dense = Dense(matrix, numba)
    chain = Pruned(dense, matrix.max(axis=0), len(emission) + 100)
    rows = np.zeros((2, *emission.shape))
    with np.errstate(over="ignore"):
        filled = dense.run(first, emission, rows[0]), chain.run(first, emission, rows[1])
    return rows, filled, chain


@settings(max_examples=60, deadline=None)
@example(extreme, 0.0, 5022, False, np.float64)
@given(
    st.sampled_from(KINDS),
    st.sampled_from([0.0, 0.1, 1.0, 5.0]),
    st.integers(0, 2**32),
    st.booleans(),
    st.sampled_from([np.float32, np.float64]),
)
def test_pruned_steps_have_the_scores_of_dense_steps(kind, spread, seed, numba, dtype):
    rng = np.random.default_rng(seed)
    with np.errstate(over="ignore"):
        matrix = kind(rng, N).astype(dtype)
    emission = rng.normal(0, spread, (30, N))
    emission[rng.random(emission.shape) < 0.01] = -np.inf
    first = np.where(rng.random(N) < rng.random(), 0.0, -np.inf)
    first[0] = 0.0
    rows, (dense, pruned), _ = both_ways(matrix, emission, first, numba)
    assert pruned == dense
    assert rows[1, :dense].tobytes() == rows[0, :dense].tobytes()


@pytest.mark.parametrize("numba", [True, False])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_entry_outside_a_list_exceeds_the_ceiling_of_its_target(kind, numba, dtype):
    rng = np.random.default_rng(1)
    with np.errstate(over="ignore"):
        matrix = kind(rng, N).astype(dtype)
    highest = matrix.max(axis=0)
    lists = shortlists(matrix, highest, (matrix + rng.normal(0, 1, (N, 1))).max(axis=0), numba)
    assert len(lists.entries) <= 2 * SHARE * matrix.size
    for j in range(N):
        at = slice(lists.starts[j], lists.starts[j + 1])
        assert np.array_equal(matrix[lists.sources[at], j], lists.entries[at])
        assert np.all(np.delete(matrix[:, j], lists.sources[at]) <= lists.ceiling[j])


@pytest.mark.parametrize("kind", KINDS)
def test_the_lists_of_numpy_are_those_of_machine_code(kind):
    matrix = kind(np.random.default_rng(2), N)
    usual = matrix.max(axis=0)
    for ours, theirs in zip(
        shortlists(matrix, usual, usual, numba=False),
        shortlists(matrix, usual, usual, numba=True),
        strict=True,
    ):
        assert np.array_equal(ours, theirs)


def test_a_sample_that_misleads_gives_no_lists():
    matrix = np.zeros((N, N))
    sampled = np.linspace(0, N - 1, 16).astype(int)
    matrix[sampled] = -100.0
    matrix[sampled[:4]] = -50.0
    usual = np.zeros(N)
    assert len(shortlists(matrix, usual, usual, numba=False).entries) == 0


class Counted(Dense):
    """Counts the dense steps."""

    steps = 0

    def run(self, before, emission, rows):
        type(self).steps += len(rows)
        return super().run(before, emission, rows)


def dense_steps(matrix, emission, numba):
    class Here(Counted):
        pass

    dense = Here(matrix, numba)
    Pruned(dense, matrix.max(axis=0), len(emission)).run(np.zeros(N), emission, np.empty(emission.shape))
    return Here.steps


@pytest.mark.parametrize("numba", [True, False])
def test_peaked_scores_need_no_dense_step(numba):
    rng = np.random.default_rng(3)
    assert dense_steps(gaussian(rng, N) / 4, rng.normal(0, 5, (200, N)), numba) < 20


@pytest.mark.parametrize("numba", [True, False])
def test_peaked_transitions_need_dense_steps_at_the_start_only(numba):
    rng = np.random.default_rng(4)
    assert dense_steps(zipf(rng, N), np.zeros((200, N)), numba) < 20


def test_where_nothing_can_be_left_out_attempts_become_rare(monkeypatch):
    attempts = []
    attempt = Pruned._prune
    monkeypatch.setattr(Pruned, "_prune", lambda self, *given: attempts.append(1) or attempt(self, *given))
    rng = np.random.default_rng(5)
    level = rng.normal(0, 5, N)
    matrix, emission = level[:, None] + rng.normal(0, 1, (N, N)), rng.normal(0, 1, (400, N)) - level
    assert dense_steps(matrix, emission, True) > 380
    assert len(attempts) < 20


def test_a_step_without_a_possible_state_is_found_by_pruned_and_by_dense_steps():
    rng = np.random.default_rng(6)
    for spread in (0.01, 5.0):
        emission = rng.normal(0, spread, (30, N))
        emission[17] = -np.inf
        for numba in (True, False):
            _, filled, _ = both_ways(gaussian(rng, N), emission, np.zeros(N), numba)
            assert filled == (17, 17)


def test_few_states_are_not_worth_it():
    dense = Dense(np.zeros((300, 300)), numba=True)
    assert pruned(dense, np.zeros(300), 10) is dense


@pytest.mark.parametrize("emissions", [True, False])
@pytest.mark.parametrize("k", [1, 3])
def test_viterbi_decodes_with_and_without_pruning_alike(monkeypatch, emissions, k):
    rng = np.random.default_rng(7)
    matrix, initial = zipf(rng, 420), rng.normal(0, 1, 420)
    emission = rng.integers(-4, 1, (80, 420)).astype(float) if emissions else None
    length = None if emissions else 80
    with_pruning = viterbi(matrix, initial, length, emission, k=k)
    monkeypatch.setattr(pruning, "_LEAST", 10**9)
    without = viterbi(matrix, initial, length, emission, k=k)
    assert np.array_equal(with_pruning.states, without.states)
    assert np.array_equal(with_pruning.log_prob, without.log_prob)


def test_the_lowest_state_wins_a_tie_among_many_states():
    decoded = viterbi(np.zeros((420, 420)), np.zeros(420), 50)
    assert np.all(decoded.states == 0)


def test_a_dead_end_among_many_states_is_named():
    emission = np.zeros((20, 420))
    emission[12] = -np.inf
    with pytest.raises(NoPathError, match="at step 13"):
        viterbi(np.zeros((420, 420)), np.zeros(420), log_emission=emission)


def test_empty_lists_have_the_highest_entries_as_ceilings():
    matrix = gaussian(np.random.default_rng(8), N)
    lists = empty_lists(matrix, matrix.max(axis=0))
    assert np.array_equal(lists.ceiling, matrix.max(axis=0))
    assert not lists.starts.any()
