"""The most probable sequences of states of a Markov chain, with or without emissions."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from numerics.arrays import Floats, as_count, as_floats, require_log_probabilities
from numerics.compiling import use_numba
from numerics.decoding.chain import Chain, Decoded
from numerics.decoding.dense import Dense
from numerics.decoding.pruning import pruned
from numerics.decoding.sparse import from_scipy
from numerics.decoding.transitions import Transitions, for_kernels
from numerics.errors import ArgumentError, ShapeError


def viterbi(
    log_transition: ArrayLike | Any,
    log_initial: ArrayLike,
    length: int | None = None,
    log_emission: ArrayLike | None = None,
    *,
    k: int = 1,
) -> Decoded:
    """The sequence w_1 … w_T of the greatest log p(w_1) + Σ_t log p(w_t | w_{t-1}) (+ Σ_t log p(x_t | w_t)).

    With δ_1 = initial and δ_t(j) = max_i P_ij δ_{t-1}(i), in logarithms, w_T is the argmax of δ_T and
    w_t that of P_{i w_{t+1}} δ_t(i) over i. The lowest state wins a tie, at the end and at each step back.

    Parameters
    ----------
    log_transition: (N, N); entry i, j is log p(w_t = j | w_{t-1} = i), in nats, -inf for zero. Rows need not
        be normalised. Or a SciPy sparse matrix, whose entries that are not stored are -inf; it is never
        made dense, and a band is recognised.
    log_initial: (N,), log p(w_1 = j). For a language model which starts at <BOS>, that is the row of <BOS>.
    length: T, for a homogeneous chain without emissions; otherwise left out.
    log_emission: (T, N), log p(x_t | w_t = j), or (S, T, N) for a batch of S sequences.
    k: how many sequences, best first; equally probable ones in the order of their last state, then of the one
        before, and so on.

    Returns
    -------
    Decoded(states, log_prob). k = 1: states (T,) and a scalar. k > 1: states (K, T) and (K,), where K <= k is
    the number of sequences whose probability is not zero. A batch has S in front; where one of its sequences
    has fewer than k, the rest is -1 and -inf. `log_prob` has the dtype of the input (float64 for integers);
    it is the sum along the path, rounded once.

    Raises
    ------
    NoPathError, with its `step` counted from 1: every sequence has probability zero.
    NotFiniteError: NaN or +inf, with its position. ShapeError, ElementTypeError, ArgumentError.

    Notes
    -----
    Scores are added in float64. A step takes time N², or that of the stored entries. Among many states those
    transitions are left out which cannot matter, where that can be known; the result is the same.

    >>> import numpy as np
    >>> log_transition = np.log([[0.7, 0.3], [0.4, 0.6]])
    >>> log_emission = np.log([[0.5, 0.1], [0.4, 0.3], [0.1, 0.6]])
    >>> decoded = viterbi(log_transition, np.log([0.6, 0.4]), log_emission=log_emission)
    >>> decoded.states, round(float(np.exp(decoded.log_prob)), 5)
    (array([0, 0, 1]), 0.01512)

    Source: Viterbi (1967), "Error bounds for convolutional codes and an asymptotically optimum decoding
    algorithm"; in this form Rabiner (1989), "A tutorial on hidden Markov models", eq. 32-35.
    """
    k = as_count("k", k, least=1)
    initial = as_floats("log_initial", log_initial, shape=(None,))
    require_log_probabilities("log_initial", initial)
    emission = None if log_emission is None else _emission(log_emission, len(initial))
    if (length is None) == (emission is None):
        given = "neither is given" if emission is None else "both are given"
        raise ArgumentError(f"length and log_emission: {given}; needed is one of them")
    if emission is None:
        steps, batch = as_count("length", length), 1
    else:
        steps, batch = emission.shape[-2], len(emission) if emission.ndim == 3 else 1
    transitions, dtype = _transitions(log_transition, len(initial), steps * batch)
    dtype = np.result_type(dtype, initial, *([] if emission is None else [emission]))
    chain = Chain(transitions, initial, steps, k, dtype)
    if emission is None or emission.ndim == 2:
        return chain.decode(emission)
    return chain.decode_batch(emission)


def _transitions(given: Any, n: int, steps: int) -> tuple[Transitions, np.dtype[Any]]:
    """The transitions in the form in which they are stored, and their dtype."""
    name = "log_transition"
    if n == 0:
        raise ShapeError("log_initial: its shape is (0,); needed is at least one state")
    if hasattr(given, "tocsc"):
        stored = from_scipy(name, given, n, steps)
        return stored, stored.dtype
    matrix = as_floats(name, given, shape=(n, n))
    highest = np.maximum.reduce(matrix, axis=0)
    if not np.all(highest < np.inf):  # NaN passes through the maximum
        require_log_probabilities(name, matrix)
    dense = Dense(np.ascontiguousarray(for_kernels(matrix)), use_numba(n * n * steps))
    return pruned(dense, highest, steps), matrix.dtype


def _emission(given: ArrayLike, n: int) -> Floats:
    emission = as_floats("log_emission", given)
    if emission.ndim not in (2, 3) or emission.shape[-1] != n:
        raise ShapeError(
            f"log_emission: its shape is {emission.shape}; needed is (T, {n}), or (S, T, {n}) for a batch"
        )
    require_log_probabilities("log_emission", emission)
    return emission
