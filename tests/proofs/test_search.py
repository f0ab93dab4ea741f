"""What the theorems on the cost of a search say, counted in runs."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from math import ceil, log2, prod

import numpy as np
import pytest

from lemmata import to_sympy
from lemmata.derive import Theorem
from numerics import decoding
from proofs import beam, search
from tests.proofs.counted import (
    BeamCount,
    Choice,
    Count,
    Found,
    Selection,
    beam_search,
    by_scanning,
    by_sorting,
    drawn_chain,
    merge_sorted,
    viterbi,
)

SIZES = [(words, length) for words in (1, 2, 3, 5) for length in (1, 2, 3, 4)]
BEAMS = [(words, length, width) for words in (4, 6, 9) for length in (1, 3, 4) for width in (1, 2, 3)]


def said(theorem: Theorem, **values: int | Fraction) -> Fraction:
    """The right side of what a theorem says, at some sizes."""
    symbolic = to_sympy(theorem.statement.right)
    number = symbolic.subs({symbol: values[symbol.name] for symbol in symbolic.free_symbols}).doit()
    return Fraction(int(number.p), int(number.q))


def probability(transition: list[list[Fraction]], states: list[int]) -> Fraction:
    """That of a sequence after the word 0."""
    return prod((transition[i][j] for i, j in zip([0, *states], states, strict=False)), start=Fraction(1))


def model_of(transition: list[list[Fraction]]) -> decoding.MarkovModel:
    logs = np.log([[float(entry) for entry in row] for row in transition])
    return decoding.markov_model(logs, logs[0])


# -- question 2.1 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "length"), SIZES)
def test_as_many_sequences_are_enumerated_as_the_theorem_counts(words: int, length: int) -> None:
    enumerated = {(0, *states) for states in product(range(words), repeat=length)}
    assert len(enumerated) == said(search.number_of_sequences, N=words, T=length)


# -- question 2.2.e ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "length"), SIZES)
def test_viterbi_does_what_the_theorems_count(words: int, length: int) -> None:
    count = Count()
    viterbi(drawn_chain(words, seed=length), 0, length, count)
    assert count.products == said(search.products_of_viterbi, N=words, T=length)
    assert count.comparisons - (words - 1) == said(search.comparisons_of_viterbi, N=words, T=length)
    assert count.pointers == said(search.pointers_of_viterbi, N=words, T=length)
    assert count.followed == length
    operations = count.products + count.comparisons + count.followed
    assert operations <= said(search.time_of_viterbi, N=words, T=length)
    assert operations >= said(search.least_time_of_viterbi, N=words, T=length)
    assert count.pointers + 2 * words <= said(search.space_of_viterbi, N=words, T=length)


@pytest.mark.parametrize(("words", "length"), SIZES)
def test_viterbi_finds_the_most_probable_of_all_sequences(words: int, length: int) -> None:
    transition = drawn_chain(words, seed=length)
    found = viterbi(transition, 0, length, Count())
    greatest = max(probability(transition, list(s)) for s in product(range(words), repeat=length))
    assert found.probability == probability(transition, found.states) == greatest
    model = model_of(transition)
    ours = decoding.viterbi(model.log_transition, model.log_initial, length)
    assert ours.states.tolist() == found.states
    assert float(ours.log_prob) == pytest.approx(float(np.log(float(greatest))))


# -- question 2.3 ------------------------------------------------------------------------------------------

CHOICES = [
    pytest.param(by_sorting, id="sorting"),
    pytest.param(Selection(0), id="selection"),
    pytest.param(by_scanning, id="scanning"),
]


@pytest.mark.parametrize("choose", CHOICES)
@pytest.mark.parametrize(("words", "length", "width"), BEAMS)
def test_beam_search_does_what_the_theorems_count(
    words: int, length: int, width: int, choose: Choice
) -> None:
    count = BeamCount()
    beam_search(drawn_chain(words, seed=length), 0, width, length, choose, count)
    assert count.scores == said(beam.time_of_beam_search, N=words, T=length, B=width, a=0)
    assert count.words_kept == said(beam.words_kept, T=length, B=width)


@pytest.mark.parametrize("choose", CHOICES)
@pytest.mark.parametrize(("words", "length", "width"), BEAMS)
def test_beam_search_finds_what_numerics_finds(words: int, length: int, width: int, choose: Choice) -> None:
    transition = drawn_chain(words, seed=length)
    found = beam_search(transition, 0, width, length, choose, BeamCount())
    ours = decoding.beam_search(model_of(transition), width, length)
    assert found == [Found(states, probability(transition, states)) for states in ours.states.tolist()]
    expected = np.log([float(beam.probability) for beam in found])
    assert ours.log_prob.tolist() == pytest.approx(expected.tolist())


@pytest.mark.parametrize(("words", "length", "width"), BEAMS)
def test_numerics_asks_for_no_more_scores_than_the_algorithm(words: int, length: int, width: int) -> None:
    asked: list[int] = []

    def model(prefixes: np.ndarray) -> np.ndarray:
        asked.append(len(prefixes) * words)
        return np.full((len(prefixes), words), -np.log(words))

    decoding.beam_search(model, width, length)
    assert asked == [min(width, words**step) * words for step in range(length)]
    assert sum(asked) <= said(beam.time_of_beam_search, N=words, T=length, B=width, a=0)


@pytest.mark.parametrize(("words", "length", "width"), BEAMS)
def test_sorting_takes_no_more_than_the_theorem_allows(words: int, length: int, width: int) -> None:
    count = BeamCount()
    beam_search(drawn_chain(words, seed=length), 0, width, length, by_sorting, count)
    rounds = ceil(log2(width * words))
    allowed = said(beam.time_with_sorting, N=words, T=length, B=width, k=rounds)
    assert count.scores + count.comparisons <= allowed


@pytest.mark.parametrize(("words", "length", "width"), BEAMS)
def test_scanning_takes_no_more_than_the_theorem_allows(words: int, length: int, width: int) -> None:
    count = BeamCount()
    beam_search(drawn_chain(words, seed=length), 0, width, length, by_scanning, count)
    assert count.scores + count.comparisons <= said(beam.time_with_scanning, N=words, T=length, B=width)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100, 1000])
def test_merge_sort_takes_at_most_its_rounds_times_the_numbers(size: int) -> None:
    count = Count()
    scores = [Fraction(value) for value in np.random.default_rng(size).permutation(size).tolist()]
    found = merge_sorted(scores, list(range(size)), count)
    assert [scores[place] for place in found] == sorted(scores, reverse=True)
    assert count.comparisons <= said(beam.comparisons_of_merge_sort, k=ceil(log2(size)), M=size)


def interleaved(values: list[int]) -> list[int]:
    """The order in which merge sort takes the most comparisons: each merge alternates to its end."""
    if len(values) < 2:
        return values
    return interleaved(values[::2]) + interleaved(values[1::2])


@pytest.mark.parametrize("rounds", range(8))
def test_merge_sort_of_a_power_of_two_takes_what_the_theorem_says_at_worst(rounds: int) -> None:
    count = Count()
    scores = [Fraction(value) for value in interleaved(list(range(2**rounds)))]
    merge_sorted(scores, list(range(2**rounds)), count)
    assert count.comparisons == said(beam.comparisons_of_merge_sort_of_a_power_of_two, k=rounds)


@pytest.mark.parametrize("seed", range(20))
def test_selection_looks_at_no_more_than_the_theorem_allows(seed: int) -> None:
    size, count, selection = 500, Count(), Selection(seed)
    scores = [Fraction(value) for value in np.random.default_rng(seed).permutation(size).tolist()]
    found = selection(scores, 10, count)
    assert [scores[place] for place in found] == [Fraction(size - 1 - rank) for rank in range(10)]
    rounds = selection.rounds
    left = max(Fraction(after, before) for before, after in pairwise(rounds))
    assert count.comparisons <= sum(rounds) <= said(beam.selection_is_linear, M=size, ρ=left)


@pytest.mark.parametrize("size", [2**7, 2**10, 2**13])
def test_selection_takes_a_few_comparisons_for_each_number_however_many_there_are(size: int) -> None:
    count, runs = Count(), 20
    scores = [Fraction(value) for value in np.random.default_rng(size).permutation(size).tolist()]
    for seed in range(runs):
        Selection(seed)(scores, 10, count)
    assert count.comparisons <= 4 * runs * size


def test_sorting_takes_one_comparison_more_for_each_number_when_there_are_twice_as_many() -> None:
    taken = {}
    for size in (2**7, 2**10, 2**13):
        count = Count()
        scores = [Fraction(value) for value in np.random.default_rng(size).permutation(size).tolist()]
        merge_sorted(scores, list(range(size)), count)
        taken[size] = count.comparisons / size
    assert taken[2**10] - taken[2**7] == pytest.approx(3, abs=0.1)
    assert taken[2**13] - taken[2**10] == pytest.approx(3, abs=0.1)
