"""The tree of question 2.4, by all ways of decoding."""

from __future__ import annotations

import numpy as np

from numerics.decoding import beam_search, exhaustive, greedy, tree_model
from tests.numerics.fixtures import TREE


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


def test_fewer_sequences_than_the_width_where_fewer_exist():
    tree = tree_model(TREE)
    assert len(beam_search(tree, 100, 3).states) == 6
