"""Published examples and the tree of question 2.4, as data. The figures are those of the tests named."""

from __future__ import annotations

import numpy as np

IMPOSSIBLE = -np.inf

#: hmmlearn (BSD-3-Clause), src/hmmlearn/tests/test_base.py, test_do_viterbi_pass: the umbrella world of
#: Russell and Norvig. Transitions, initial, emissions; the states, and the log-probability to four digits.
HMMLEARN = (
    np.log([[0.7, 0.3], [0.3, 0.7]]),
    np.log([0.5, 0.5]),
    np.log([[0.9, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.2], [0.9, 0.2]]),
    [0, 0, 1, 0, 0],
    -4.4590,
)

#: librosa (ISC), tests/test_sequence.py, test_viterbi_example: healthy or fever; normal, cold, dizzy.
LIBROSA = (
    np.log([[0.7, 0.3], [0.4, 0.6]]),
    np.log([0.6, 0.4]),
    np.log([[0.5, 0.1], [0.4, 0.3], [0.1, 0.6]]),
    [0, 0, 1],
    np.log(0.01512),
)


def _potentials(n, **entries):
    """A matrix of zeros with some entries: `a4_3=-10` is row 4, column 3."""
    found = np.zeros((n, n))
    for place, value in entries.items():
        row, column = place[1:].split("_")
        found[int(row), int(column)] = value
    return found


_NOT_THE_SAME = np.zeros((5, 5))
np.fill_diagonal(_NOT_THE_SAME, IMPOSSIBLE)

#: AllenNLP (Apache-2.0), tests/nn/util_test.py, test_viterbi_decode: pairwise potentials, unary ones, and the
#: best path. (Observed tags, which `viterbi` has no word for, are emissions here: all others impossible.)
ALLENNLP_VITERBI = {
    "the same tag does not come twice": (
        _NOT_THE_SAME,
        [[0, 0, 0, 3, 5]] + [[0, 0, 0, 3, 4]] * 5,
        [4, 3, 4, 3, 4, 3],
    ),
    "pairwise potentials break ties": (
        _potentials(5, a4_4=-10, a4_3=-10, a3_4=-10),
        [[0, 0, 0, 4, 4]] * 6,
        [3, 3, 3, 3, 3, 3],
    ),
    "a pairwise potential outweighs a unary one": (
        _potentials(4, a0_0=1, a2_1=5),
        [[1, 0, 0, 4], [1, 0, 6, 2], [0, 3, 0, 4]],
        [3, 2, 1],
    ),
    "observed tags": (
        _potentials(5, a4_4=-10, a4_3=-2, a3_4=-2),
        [
            [IMPOSSIBLE, IMPOSSIBLE, 0, IMPOSSIBLE, IMPOSSIBLE],
            [0, 0, 0, 7, 7],
            [0, 0, 0, 7, 7],
            [0, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE],
            [IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, 7],
            [0, 0, 0, 7, 7],
        ],
        [2, 3, 3, 0, 4, 3],
    ),
}

with np.errstate(divide="ignore"):
    #: AllenNLP, tests/nn/beam_search_test.py: token 0 starts, token 5 ends. Its search stops at token 5 and
    #: fills up with it, so here token 5 is followed by itself.
    ALLENNLP_TRANSITION = np.log(
        [
            [0.0, 0.4, 0.3, 0.2, 0.1, 0.0],
            [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        ]
    )
    ALLENNLP_SHORT_TRANSITION = np.log(
        [
            [0.0, 0.1, 0.0, 0.0, 0.0, 0.9],
            [0.0, 0.0, 0.1, 0.0, 0.0, 0.9],
            [0.0, 0.0, 0.0, 0.1, 0.0, 0.9],
            [0.0, 0.0, 0.0, 0.0, 0.1, 0.9],
            [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        ]
    )

#: test_search, test_greedy_search, test_single_step, test_early_stopping, test_take_short_sequence_step:
#: transitions, width, steps, the sequences and their probabilities.
ALLENNLP_BEAM = {
    "search": (
        ALLENNLP_TRANSITION,
        3,
        5,
        [[1, 2, 3, 4, 5], [2, 3, 4, 5, 5], [3, 4, 5, 5, 5]],
        [0.4, 0.3, 0.2],
    ),
    "greedy": (ALLENNLP_TRANSITION, 1, 5, [[1, 2, 3, 4, 5]], [0.4]),
    "one step": (ALLENNLP_TRANSITION, 3, 1, [[1], [2], [3]], [0.4, 0.3, 0.2]),
    "three steps": (ALLENNLP_TRANSITION, 3, 3, [[1, 2, 3], [2, 3, 4], [3, 4, 5]], [0.4, 0.3, 0.2]),
    "short sequences": (
        ALLENNLP_SHORT_TRANSITION,
        5,
        5,
        [[5, 5, 5, 5, 5], [1, 5, 5, 5, 5], [1, 2, 5, 5, 5], [1, 2, 3, 5, 5], [1, 2, 3, 4, 5]],
        [0.9, 0.09, 0.009, 0.0009, 0.0001],
    ),
}

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
