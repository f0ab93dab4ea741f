"""The tree of question 2.4 by every way of decoding, for many x in the interval that the theorems give."""

from __future__ import annotations

from math import exp, log, nextafter

import numpy as np
import pytest

from numerics.decoding import TreeModel, beam_search, exhaustive, greedy, tree_model
from numerics.errors import ArgumentError
from proofs.tree import edges

LEAST, GREATEST = log(exp(-4.3) + exp(-4.5)), log(1 - exp(-1.5))
INSIDE = np.linspace(LEAST, GREATEST, 25)[1:-1].tolist()
BELOW = [x for x in INSIDE if x < -1.5]
ABOVE = [x for x in INSIDE if x > -1.5]

#: the best sequence of a beam by its width, where "the" is the likelier first word
BEST = {
    1: ("the red rectangle", -9.1),
    2: ("a blue square", -9.3),
    3: ("the red rectangle", -9.1),
    4: ("the green rectangle", -8.2),
    5: ("the green rectangle", -8.2),
}


def tree(x: float) -> TreeModel:
    return tree_model({words: float(value) for words, value in edges(x).items()})


def said(x: float, states: np.ndarray, log_prob: float) -> tuple[str, float]:
    return tree(x).text(states), round(float(log_prob), 9)


def beams(x: float, width: int, length: int = 3) -> list[str]:
    return [tree(x).text(states) for states in beam_search(tree(x), width, length).states]


def test_interval_reaches_beyond_both_sides_of_the_first_edge() -> None:
    assert LEAST < -3.7 < -1.5 < -0.26 < GREATEST
    assert BELOW
    assert ABOVE


@pytest.mark.parametrize("x", [LEAST - 1e-6, GREATEST + 1e-6])
def test_there_is_no_tree_outside_the_interval(x: float) -> None:
    with pytest.raises(ArgumentError, match=r"add up to 1.*; at most 1$"):
        tree(x)


@pytest.mark.parametrize("x", INSIDE)
def test_most_likely_sequence_is_the_same_for_every_x(x: float) -> None:
    assert said(x, *exhaustive(tree(x), 3)) == ("the green rectangle", -8.2)


@pytest.mark.parametrize("x", INSIDE)
def test_beam_of_width_two_keeps_the_same_for_every_x(x: float) -> None:
    assert sorted(beams(x, 2, 1)) == ["a", "the"]
    assert beams(x, 2, 2) == ["a blue", "a red"]
    found = beam_search(tree(x), 2, 3)
    assert [said(x, *pair) for pair in zip(*found, strict=True)] == [
        ("a blue square", -9.3),
        ("a red circle", -9.4),
    ]


@pytest.mark.parametrize("x", BELOW)
def test_greedy_decoding_finds_the_red_rectangle_where_the_is_likelier(x: float) -> None:
    assert said(x, *greedy(tree(x), 3)) == BEST[1]


def test_first_of_two_equally_likely_words_is_taken() -> None:
    assert said(-1.5, *greedy(tree(-1.5), 3)) == BEST[1]
    turned = {words: float(value) for words, value in reversed(edges(-1.5).items())}
    turned = dict(sorted(turned.items(), key=lambda pair: pair[0].count(" ")))
    model = tree_model(turned)
    assert model.text(greedy(model, 3).states) == "a blue square"


@pytest.mark.parametrize("x", [nextafter(-1.5, 0), *ABOVE])
def test_greedy_decoding_finds_a_blue_square_where_a_is_likelier(x: float) -> None:
    assert said(x, *greedy(tree(x), 3)) == BEST[2]


@pytest.mark.parametrize("x", BELOW)
@pytest.mark.parametrize("width", BEST)
def test_best_score_by_width(x: float, width: int) -> None:
    found = beam_search(tree(x), width, 3)
    assert said(x, found.states[0], found.log_prob[0]) == BEST[width]


@pytest.mark.parametrize("x", ABOVE)
@pytest.mark.parametrize("width", [2, 3, 4, 5])
def test_wider_beams_find_the_same_where_a_is_likelier(x: float, width: int) -> None:
    found = beam_search(tree(x), width, 3)
    assert said(x, found.states[0], found.log_prob[0]) == BEST[width]
