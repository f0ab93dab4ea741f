"""Viterbi decoding finds the best sequences of exact rationals, however the transitions are stored."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.compiling import has_numba
from numerics.decoding import viterbi
from numerics.decoding.batch import batch_lattices
from numerics.decoding.dense import Dense
from numerics.decoding.lattice import Lattice
from numerics.decoding.paths import best_path
from numerics.decoding.sparse import Banded, from_scipy
from numerics.errors import ArgumentError, NoPathError, NotFiniteError, ShapeError

IMPOSSIBLE = -np.inf
scores = st.one_of(st.just(IMPOSSIBLE), st.integers(-4, 1).map(lambda i: i / 4))


def arrays(*shape):
    size = int(np.prod(shape))
    return st.lists(scores, min_size=size, max_size=size).map(lambda v: np.array(v).reshape(shape))


@st.composite
def chains(draw):
    n, length = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    return draw(arrays(n, n)), draw(arrays(n)), length, draw(st.none() | arrays(length, n))


def exhaustive(transition, initial, length, emission, k):
    """The k best sequences and their scores in exact rationals, ties by the last state, then those before."""
    found = []
    for path in itertools.product(range(len(initial)), repeat=length):
        terms = [initial[path[0]], *(transition[a, b] for a, b in itertools.pairwise(path))]
        if emission is not None:
            terms += [emission[t, state] for t, state in enumerate(path)]
        if IMPOSSIBLE not in terms:
            found.append((-sum(map(Fraction, terms)), path[::-1]))
    return [(path[::-1], float(-loss)) for loss, path in sorted(found)[:k]]


def stored_entries(matrix):
    rows, columns = np.nonzero(matrix > IMPOSSIBLE)
    return scipy.sparse.coo_matrix((matrix[rows, columns], (rows, columns)), shape=matrix.shape)


@settings(max_examples=300, deadline=None)
@given(chains(), st.integers(1, 5), st.sampled_from([np.asarray, stored_entries]))
def test_the_best_sequences_are_those_of_an_exhaustive_search(chain, k, form):
    transition, initial, length, emission = chain
    best = exhaustive(transition, initial, length, emission, k)
    given_length = length if emission is None else None
    if not best:
        with pytest.raises(NoPathError):
            viterbi(form(transition), initial, given_length, emission, k=k)
        return
    decoded = viterbi(form(transition), initial, given_length, emission, k=k)
    assert [tuple(path) for path in np.atleast_2d(decoded.states)] == [path for path, _ in best]
    assert np.atleast_1d(decoded.log_prob).tolist() == [score for _, score in best]


def chain_of(n, seed=0):
    rng = np.random.default_rng(seed)
    return np.log(rng.dirichlet(np.ones(n), size=n)), np.log(rng.dirichlet(np.ones(n)))


@pytest.mark.parametrize("batch", [False, True])
def test_a_score_below_all_floats_is_impossible_and_no_warning(batch):
    emission = np.array([[0.0, 0.0], [0.0, 0.0], [-1e308, -1e308]])
    transition = np.full((2, 2), -1e308)
    given = emission[None] if batch else emission
    with pytest.raises(NoPathError, match="at step 3"):
        viterbi(transition, [0.0, -np.inf], log_emission=given)


@pytest.mark.parametrize("n", [1, 2, 7, 8, 9, 300])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_machine_code_and_numpy_agree_to_the_bit(n, dtype):
    assert has_numba()
    transition, initial = chain_of(n)
    transition = transition.astype(dtype)
    emission = np.random.default_rng(1).normal(size=(3, 12, n))
    for given_emission in (None, emission[0]):
        one, other = (
            Lattice(Dense(transition, numba), initial, given_emission, 12) for numba in (True, False)
        )
        assert np.array_equal(one.final, other.final)
        assert np.array_equal(
            best_path(Dense(transition, True), one), best_path(Dense(transition, False), other)
        )
    for one, other in zip(
        batch_lattices(Dense(transition, True), initial, emission),
        batch_lattices(Dense(transition, False), initial, emission),
        strict=True,
    ):
        assert np.array_equal(one.rows, other.rows)


def test_a_long_chain_in_little_room_has_the_same_path():
    transition, initial = chain_of(5)
    emission = np.random.default_rng(1).normal(size=(200, 5))
    dense = Dense(transition, False)
    little = Lattice(dense, initial, emission, 200, room=8 * 5 * 14)
    assert len(list(little.parts())) > 10
    expected = best_path(dense, Lattice(dense, initial, emission, 200))
    assert best_path(dense, little).tolist() == expected.tolist()


def test_a_million_steps_do_not_drift():
    transition = np.log(np.array([[0.1, 0.9], [0.9, 0.1]]))
    decoded = viterbi(transition, np.array([0.0, IMPOSSIBLE]), 10**6)
    assert decoded.states[:4].tolist() == [0, 1, 0, 1]
    assert decoded.log_prob == float((10**6 - 1) * Fraction(float(np.log(0.9))))


def test_a_band_is_recognised_and_decoded_as_if_dense():
    n = 40
    transition, initial = chain_of(n)
    distance = np.subtract.outer(np.arange(n), np.arange(n))
    transition[(distance < -1) | (distance > 3)] = IMPOSSIBLE
    banded = from_scipy("log_transition", stored_entries(transition), n, 1)
    assert isinstance(banded, Banded)
    emission = np.random.default_rng(1).normal(size=(30, n))
    dense = viterbi(transition, initial, log_emission=emission)
    assert (
        viterbi(stored_entries(transition), initial, log_emission=emission).states.tolist()
        == dense.states.tolist()
    )


def test_a_batch_is_each_sequence_by_itself():
    transition, initial = chain_of(4)
    emission = np.random.default_rng(1).normal(size=(3, 6, 4))
    for k in (1, 3):
        together = viterbi(transition, initial, log_emission=emission, k=k)
        for sequence in range(3):
            alone = viterbi(transition, initial, log_emission=emission[sequence], k=k)
            assert together.states[sequence].tolist() == alone.states.tolist()
            assert np.array_equal(together.log_prob[sequence], alone.log_prob)


def test_the_empty_sequence_has_probability_one():
    decoded = viterbi(np.zeros((2, 2)), np.zeros(2), 0)
    assert decoded.states.shape == (0,)
    assert decoded.log_prob == 0


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_log_probability_has_the_dtype_of_the_input_which_is_left_alone(dtype):
    transition = np.array([[-1, -2], [-3, -0.5]], dtype=dtype)[:, ::-1]
    transition.setflags(write=False)
    decoded = viterbi(transition, np.array([-1, -1], dtype=dtype), 3)
    assert decoded.log_prob.dtype == dtype


def test_a_log_probability_beyond_its_dtype_is_an_error_and_not_minus_infinity():
    transition = np.full((2, 2), -100, dtype=np.float16)
    with pytest.raises(ArgumentError, match="the log-probability -499900 of a sequence exceeds float16"):
        viterbi(transition, np.zeros(2, dtype=np.float16), 5000)
    with pytest.raises(ArgumentError, match="exceeds float64"):
        viterbi([[-1e308]], [-1e308], 3)


def test_the_error_names_the_first_step_without_a_possible_state():
    with pytest.raises(NoPathError, match="no path: at step 3 every state has probability zero") as raised:
        viterbi(np.array([[IMPOSSIBLE, 0], [IMPOSSIBLE, IMPOSSIBLE]]), np.array([0, IMPOSSIBLE]), 5)
    assert raised.value.step == 3
    with pytest.raises(NoPathError, match="at step 2 of sequence 1"):
        viterbi([[0.0]], [0.0], log_emission=[[[0.0], [0.0]], [[0.0], [IMPOSSIBLE]]])


def test_nan_and_plus_infinity_are_refused_with_their_position():
    with pytest.raises(
        NotFiniteError, match=r"log_transition\[0, 1\] is nan; needed is a finite number or -inf"
    ):
        viterbi([[0, np.nan], [0, 0]], [0, 0], 2)
    with pytest.raises(NotFiniteError, match=r"log_initial\[1\] is inf"):
        viterbi([[0, 0], [0, 0]], [0, np.inf], 2)
    with pytest.raises(NotFiniteError, match=r"log_emission\[1, 0\] is nan"):
        viterbi([[0]], [0], log_emission=[[0], [np.nan]])
    with pytest.raises(NotFiniteError, match=r"log_transition\[1, 0\] is inf"):
        viterbi(scipy.sparse.coo_matrix(([np.inf], ([1], [0])), shape=(2, 2)), [0, 0], 2)


def test_what_is_asked_must_make_sense():
    with pytest.raises(
        ArgumentError, match="length and log_emission: neither is given; needed is one of them"
    ):
        viterbi([[0]], [0])
    with pytest.raises(ArgumentError, match="k is 0; needed is a whole number of at least 1"):
        viterbi([[0]], [0], 1, k=0)
    with pytest.raises(ShapeError, match=r"log_transition: its shape is \(1, 1\); needed is \(2, 2\)"):
        viterbi([[0]], [0, 0], 1)
