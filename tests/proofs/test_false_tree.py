"""False variants of the answers to question 2.4: what other ways to read the tree would give."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from lemmata import calc, counterpart, exp, log, scalar
from lemmata import theorem as stated
from lemmata.language.expr import Statement
from numerics import decoding
from proofs.tree import (
    admissible,
    both_after_a,
    first_words_add_up,
    greatest,
    least,
    most_likely,
    named,
    s,
    score,
    the,
    words_after_a_add_up,
    x,
)
from proofs.tree_search import by_beam, by_greedy
from tests.proofs.claims import claim
from tests.proofs.judged import judged

u = scalar("u")

WRONG_INTERVALS = [
    pytest.param(x <= greatest, [], id="any x at the root"),
    pytest.param(least <= -4, [], id="x = -4 is admissible"),
    pytest.param(exp(the) + exp(Fraction("-0.2")) <= 1, [], id="x = -0.2 is admissible"),
    pytest.param(x <= least, admissible, id="the least x is the greatest"),
    pytest.param(x <= log(1 - exp(the)) - 1, [first_words_add_up], id="a smaller bound"),
    pytest.param(least + 2 <= x, [words_after_a_add_up], id="a greater bound"),
    pytest.param(exp(x) <= both_after_a, admissible, id="the words after a leave nothing"),
    pytest.param(x <= the, admissible, id="the is the likelier first word"),
    pytest.param(the <= x, admissible, id="a is the likelier first word"),
    pytest.param(x < the, [x <= the], id="there are no ties at the root"),
]

WRONG_MOST_LIKELY = [
    pytest.param(score("the green rectangle") == Fraction("-9.1"), [], id="-9.1"),
    pytest.param(score("the green rectangle") == Fraction("-9.3"), [], id="-9.3"),
    pytest.param(score("the green rectangle") == Fraction("-6.7"), [], id="the first edge is left out"),
    pytest.param(score("the green rectangle") < score("the red rectangle"), [], id="the red rectangle"),
    pytest.param(score("the green rectangle") < score("a blue square"), [], id="a blue square"),
    pytest.param(score("a blue square") == x + Fraction("-9.3"), [], id="x counts twice"),
    pytest.param(
        score("a blue ellipse") - u < score("the green rectangle"), [], id="what is not drawn is free"
    ),
    pytest.param(
        score("the green rectangle") - s < score("the red rectangle"),
        [],
        id="what is not drawn is improbable",
    ),
]

WRONG_GREEDY = [
    pytest.param(score("the red rectangle") == Fraction("-8.2"), [], id="-8.2"),
    pytest.param(score("the red rectangle") == Fraction("-9.3"), [], id="-9.3"),
    pytest.param(named["the red"] < named["the green"], [], id="green is chosen after the"),
    pytest.param(named["a blue"] < named["a red"], [], id="red is chosen after a"),
    pytest.param(
        score("the red rectangle") == score("the green rectangle"), [x <= the], id="the most likely"
    ),
    pytest.param(score("a blue square") == score("the red rectangle"), admissible, id="x does not matter"),
]

WRONG_BEAM = [
    pytest.param(score("a blue square") == Fraction("-9.1"), [], id="the first is -9.1"),
    pytest.param(score("a blue square") == Fraction("-8.2"), [], id="the first is -8.2"),
    pytest.param(score("a red circle") == Fraction("-9.6"), [], id="the second is -9.6"),
    pytest.param(score("a red circle") < score("a red square"), [], id="a red square is the second"),
    pytest.param(score("a red circle") < score("a blue ellipse"), [], id="both go on from a blue"),
    pytest.param(score("a red") < score("the red"), admissible, id="the red is kept"),
    pytest.param(score("a blue") < score("the green"), admissible, id="the green is kept"),
    pytest.param(named["a red"] < named["the red"], admissible, id="single edges are compared"),
    pytest.param(score("the red rectangle") <= score("a blue square"), [], id="a beam beats greedy decoding"),
    pytest.param(score("the green rectangle") <= score("the red rectangle"), [], id="width 3 is enough"),
]


@pytest.mark.parametrize(
    ("statement", "given"), [*WRONG_INTERVALS, *WRONG_MOST_LIKELY, *WRONG_GREEDY, *WRONG_BEAM]
)
def test_wrong_answer_is_refuted(statement: Statement, given: list[Statement]) -> None:
    record = judged(claim(statement, given))
    assert record["outcome"] == "refuted"
    assert record["counterexample"]["left"] != ""


Search = Callable[[Any], Any]
GREEN, RED, SQUARE, CIRCLE = (
    score(words) == log_likelihood
    for words, log_likelihood in (
        ("the green rectangle", Fraction("-8.2")),
        ("the red rectangle", Fraction("-9.1")),
        ("a blue square", Fraction("-9.3")),
        ("a red circle", Fraction("-9.4")),
    )
)

#: an answer that is the right sum, the search that is said to find it, and where
WRONG_SEARCHES = [
    pytest.param(RED, most_likely, [], id="the red rectangle is the most likely"),
    pytest.param(SQUARE, most_likely, [], id="a blue square is the most likely"),
    pytest.param(RED, by_greedy, [], id="greedy decoding finds it without a condition on x"),
    pytest.param(RED, by_greedy, [x > the], id="greedy decoding finds it where a is likelier"),
    pytest.param(SQUARE, by_greedy, [x <= the], id="greedy decoding begins with a"),
    pytest.param(GREEN, by_greedy, [x <= the], id="greedy decoding finds the most likely"),
    pytest.param(RED, lambda at: by_beam(at, 2), [], id="a beam of width 2 finds what greedy decoding does"),
    pytest.param(GREEN, lambda at: by_beam(at, 2), [], id="a beam of width 2 finds the most likely"),
    pytest.param(SQUARE, lambda at: by_beam(at, 2, rank=2), [], id="the second is found first"),
    pytest.param(CIRCLE, lambda at: by_beam(at, 2), [], id="the first is found second"),
    pytest.param(RED, lambda at: by_beam(at, 2, rank=2), [], id="the second is that of greedy decoding"),
    pytest.param(SQUARE, lambda at: by_beam(at, 3), [], id="width 3 finds no more than width 2"),
    pytest.param(GREEN, lambda at: by_beam(at, 3), [], id="width 3 finds the most likely"),
    pytest.param(RED, lambda at: by_beam(at, 4), [], id="width 4 finds no more than width 3"),
]


@pytest.mark.parametrize(("answer", "search", "given"), WRONG_SEARCHES)
def test_search_does_not_find_what_it_is_said_to(
    answer: Statement, search: Search, given: list[Statement]
) -> None:
    @stated(answer, computed_by=counterpart(decoding.beam_search, search, given=[*admissible, *given]))
    def said() -> Any:
        """What a search is said to find."""
        return calc(answer.left).eq(answer.right, by="definitions")

    (compared,) = judged(said)["counterparts"]
    assert compared["instances"] > 0
    assert not compared["agrees"]
    assert compared["difference"].startswith("the left side is -")
