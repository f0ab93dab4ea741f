"""What relations between matrices say of traces, and of numbers that are products of vectors and matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from lemmata.derive.algebra.letters import Letters
from lemmata.derive.algebra.membership import Completion, Order
from lemmata.derive.algebra.poly import Poly, Word, added, scaled
from lemmata.derive.algebra.relation import Relation
from lemmata.language.expr import SCALAR


def of_traces(letters: Letters, relations: Sequence[Relation], order: Order) -> list[Relation]:
    """tr(w) = Σ c tr(w'), where a word with the trace of w is reduced to Σ c w'; also of what results."""
    matrices = [relation.poly for relation in relations]
    completion = Completion(matrices, order)
    completion.go_on(20)
    found: list[Relation] = []
    done: set[int] = set()
    while todo := [letter for letter in letters.traces if letter not in done]:
        for letter in todo:
            done.add(letter)
            found += _of_trace(letters, letter, completion)
            if len(found) > 40:
                return found
    return found


def _of_trace(letters: Letters, letter: int, completion: Completion) -> Iterator[Relation]:
    dim = letters.shape(letters.traces[letter][0])[0]
    for word in dict.fromkeys(letters.turns(letters.traces[letter])):
        start: Poly = {((), word): Fraction(1)}
        rest, proof = completion.reduced(start)
        if proof:
            traced = added(*(letters.trace_of(m, value, dim) for m, value in rest.items()))
            yield Relation(added(letters.central(letter), scaled(traced, -1)), "", traced=proof)


def of_numbers(letters: Letters, polys: Sequence[Poly]) -> Iterator[Relation]:
    """xᵀA y = yᵀAᵀx: a number is its own transpose."""
    words = {word for poly in polys for _, word in poly if word and _is_number(letters, word)}
    for word in sorted(words):
        flipped = tuple(map(letters.flip, reversed(word)))
        if flipped != word:
            yield Relation(added({((), word): Fraction(1)}, {((), flipped): Fraction(-1)}))


def _is_number(letters: Letters, word: Word) -> bool:
    return (letters.shape(word[0])[0], letters.shape(word[-1])[1]) == SCALAR
