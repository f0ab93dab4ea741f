"""The algorithms of question 2 in plain Python and exact arithmetic, with a count of what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import NamedTuple

Rows = Sequence[Sequence[Fraction]]


@dataclass
class Count:
    """What has been done so far."""

    products: int = 0
    comparisons: int = 0
    pointers: int = 0
    followed: int = 0


class Found(NamedTuple):
    """A sequence and its probability."""

    states: list[int]
    probability: Fraction


def viterbi(transition: Rows, start: int, length: int, count: Count) -> Found:
    """The most probable sequence after the word `start`; the lowest of equally probable words is taken."""
    words = range(len(transition))
    delta = [Fraction(word == start) for word in words]
    before: list[list[int]] = []
    for _ in range(length):
        found = [best([transition[i][j] * delta[i] for i in words], count) for j in words]
        count.products += len(transition) ** 2
        count.pointers += len(transition)
        before.append([place for place, _ in found])
        delta = [value for _, value in found]
    last, probability = best(delta, count)
    states = [last]
    for pointers in reversed(before):
        states.append(pointers[states[-1]])
        count.followed += 1
    return Found(states[-2::-1], probability)


def best(values: Sequence[Fraction], count: Count) -> tuple[int, Fraction]:
    """The place of the greatest value, the first of several."""
    place = 0
    for other in range(1, len(values)):
        count.comparisons += 1
        if values[other] > values[place]:
            place = other
    return place, values[place]


#: From scores, and how many are wanted, to their places, the greatest first.
Choice = Callable[[Sequence[Fraction], int, Count], list[int]]


def by_sorting(scores: Sequence[Fraction], wanted: int, count: Count) -> list[int]:
    """All places sorted by merging, the greatest first."""
    return merge_sorted(scores, list(range(len(scores))), count)[:wanted]


def merge_sorted(scores: Sequence[Fraction], places: list[int], count: Count) -> list[int]:
    if len(places) < 2:
        return places
    middle = len(places) // 2
    left, right = (merge_sorted(scores, part, count) for part in (places[:middle], places[middle:]))
    merged: list[int] = []
    while left and right:
        count.comparisons += 1
        merged.append((right if scores[right[0]] > scores[left[0]] else left).pop(0))
    return merged + left + right


class Selection:
    """Choice by selection with random pivots; `rounds` are the numbers of scores which each looked at."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.rounds: list[int] = []

    def __call__(self, scores: Sequence[Fraction], wanted: int, count: Count) -> list[int]:
        """The places of the greatest, of which only these few are then sorted."""
        chosen: list[int] = []
        rest = list(range(len(scores)))
        while len(chosen) < wanted:
            self.rounds.append(len(rest))
            pivot = rest.pop(self.random.randrange(len(rest)))
            above = [place for place in rest if scores[place] > scores[pivot]]
            count.comparisons += len(rest)
            if len(chosen) + len(above) >= wanted:
                rest = above
            else:
                chosen += [*above, pivot]
                kept = set(above)
                rest = [place for place in rest if place not in kept]
        return merge_sorted(scores, chosen, Count())


def by_scanning(scores: Sequence[Fraction], wanted: int, count: Count) -> list[int]:
    """The greatest of all, then the greatest of the others, and so on."""
    rest = list(range(len(scores)))
    chosen: list[int] = []
    for _ in range(wanted):
        place, _ = best([scores[place] for place in rest], count)
        chosen.append(rest.pop(place))
    return chosen


@dataclass
class BeamCount(Count):
    """The same for beam search."""

    scores: int = 0
    words_kept: int = 0


def beam_search(
    transition: Rows, start: int, width: int, length: int, choose: Choice, count: BeamCount
) -> list[Found]:
    """Algorithm 1 on probabilities. Of the B equal beams at the start all but one have probability 0: else
    the B best would be B times the same sequence."""
    beams = [Found([], Fraction(number == 0)) for number in range(width)]
    for _ in range(length):
        scores: list[Fraction] = []
        for beam in beams:
            last = beam.states[-1] if beam.states else start
            scores += [beam.probability * chance for chance in transition[last]]
        count.scores += len(scores)
        places = choose(scores, width, count)
        count.words_kept += len(places)
        words = len(transition)
        beams = [Found([*beams[p // words].states, p % words], scores[p]) for p in places]
    return beams


def drawn_chain(words: int, seed: int) -> list[list[Fraction]]:
    """Rows of probabilities, no two of them alike."""
    random = Random(seed)
    rows = [[Fraction(random.randint(1, 10**6)) for _ in range(words)] for _ in range(words)]
    return [[entry / sum(row) for entry in row] for row in rows]
