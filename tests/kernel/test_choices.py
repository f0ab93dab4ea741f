"""Chosen indices and one-hot vectors: what they are, and that nothing is taken for more than it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import EntryOfMaximum, Unit
from lemmata.kernel.context import Statement
from lemmata.kernel.terms import Natural, Term
from tests.kernel.say import (
    HALF,
    add,
    certificate,
    combine,
    context,
    count,
    delta,
    eq,
    index,
    largest,
    lemma_use,
    log,
    mul,
    num,
    power,
    ref,
    says,
    sqrt,
    step,
    tensor,
    total,
    variable,
    verdict,
)

SUM_OF_UNIT = eq(total("l", "n", delta("l", "i")), 1, i="n")


def whole(name: str) -> Term:
    """The sum of the entries of a vector."""
    return total("j", "n", ref(name, "j"))


NO_ONE_HOT = {
    "a number": context(variable("y", onehot=True)),
    "a family of numbers": context(variable("y", Natural(0), onehot=True)),
    "a family of times": context(variable("y", "n", Natural(0), onehot=True), dims="n"),
    "a vector with another property": context(variable("y", "n", onehot=True, positive=True), dims="n"),
    "a random vector": context(variable("y", "n", onehot=True, random=True), dims="n"),
    "a defined vector": context(
        variable("y", "n", onehot=True), dims="n", definitions=(("d", eq(ref("y", "i"), 2, i="n")),)
    ),
}


@pytest.mark.parametrize("name", NO_ONE_HOT)
def test_is_not_one_hot(name: str) -> None:
    assert verdict(NO_ONE_HOT[name], eq(1, 1)).outcome == "invalid"


SUM_OF_ONE_HOT = certificate(
    context(variable("w", "n", onehot=True), dims="n"),
    eq(whole("w"), 1),
    combine(),
    name="lemma",
)


def lemma_about_one_hot(to: str) -> Verdict:
    """Σ w[i] = 1 for one-hot w, used at another vector."""
    premise = step("units", SUM_OF_UNIT, combine())
    by = Unit("w", (), "units", "k", "o", total("l", "n", ref("o", "l")), num(1))
    lemma = replace(SUM_OF_ONE_HOT, proof=(premise, step("goal", SUM_OF_ONE_HOT.statement, by)))
    use = lemma_use("lemma", tensors={"w": tensor(ref(to, "i"), i="n")})
    ctx = context(variable("u", "n"), variable("v", "n", onehot=True), dims="n")
    return verdict(ctx, eq(whole(to), 1), use, lemmas=(lemma,))


def test_lemma_about_a_one_hot_vector_holds_of_one_hot_vectors_only() -> None:
    assert lemma_about_one_hot("v").outcome == "proved"
    answer = lemma_about_one_hot("u")
    assert (answer.outcome, "has not the properties of w" in answer.reason) == ("undecided", True)


# -- chosen indices ----------------------------------------------------------------------------------

CHOICE = (("c", "n"),)
U = variable("u", "n")
POSITIVE_AT_C = ("h", says(0, "<", ref("u", "c")))


def chosen(claim: Statement, *proof: object, **more: object) -> Verdict:
    """u[c] is positive, for a chosen index c."""
    ctx = context(U, variable("v", 3), dims="n d", choices=CHOICE, hypotheses=(POSITIVE_AT_C,))
    return verdict(ctx, claim, *proof, **more)  # type: ignore[arg-type]


def test_hypothesis_on_a_chosen_index_holds_there() -> None:
    assert chosen(says(0, "<=", ref("u", "c")), combine(slack=ref("u", "c"))).outcome == "proved"
    assert chosen(eq(sqrt(power(ref("u", "c"), 2)), ref("u", "c"))).outcome == "proved"


def _nonnegative(term: Term, **binders: str) -> Verdict:
    return chosen(says(0, "<=", term, **binders), combine(slack=term))


ELSEWHERE: dict[str, Callable[[], Verdict]] = {
    "at all indices": lambda: _nonnegative(ref("u", "i"), i="n"),
    "at the first index": lambda: _nonnegative(ref("u", 1)),
    "of the sum": lambda: _nonnegative(total("i", "n", ref("u", "i"))),
    "of the maximum": lambda: _nonnegative(largest("i", "n", ref("u", "i"))),
    "of a root, at all indices": lambda: chosen(eq(sqrt(power(ref("u", "i"), 2)), ref("u", "i"), i="n")),
    "of a maximum of roots": lambda: chosen(
        eq(largest("i", "n", sqrt(power(ref("u", "i"), 2))), largest("i", "n", ref("u", "i")))
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_hypothesis_on_a_chosen_index_holds_nowhere_else(name: str) -> None:
    assert ELSEWHERE[name]().outcome == "undecided"


def test_chosen_index_may_be_any() -> None:
    lemma = certificate(
        context(U, dims="n", choices=CHOICE, hypotheses=(POSITIVE_AT_C,)),
        eq(sqrt(power(ref("u", "c"), 2)), ref("u", "c")),
        combine(),
        name="lemma",
    )
    ctx = context(U, dims="n", choices=(("b", "n"),), hypotheses=(("h", says(0, "<", ref("u", "b"))),))
    claim = eq(sqrt(power(ref("u", "b"), 2)), ref("u", "b"))
    assert verdict(ctx, claim, lemma_use("lemma", naturals={"c": "b"}), lemmas=(lemma,)).outcome == "proved"


LEMMA = certificate(
    context(variable("a", "m"), dims="m", choices=(("b", "m"),)),
    says(ref("a", "b"), "<=", largest("k", "m", ref("a", "k"))),
    EntryOfMaximum(largest("k", "m", ref("a", "k")), index("b")),
    name="lemma",
)
HERE = context(
    *(U, variable("v", 3)),
    dims="n d",
    naturals=(("t", 1),),
    choices=(*CHOICE, ("e", "d"), ("f", 3)),
)


def at_choice(to: str | int, of: str = "u", dim: str | int = "n", entry: str | int = 1) -> Verdict:
    """a[b] <= max a, at a vector and an index of it, to conclude this of an entry."""
    claim = says(ref(of, entry), "<=", largest("k", dim, ref(of, "k")))
    maps = {"dims": {"m": dim}, "naturals": {"b": to}, "tensors": {"a": tensor(ref(of, "i"), i=dim)}}
    return verdict(HERE, claim, lemma_use("lemma", **maps), lemmas=(LEMMA,))


@pytest.mark.parametrize(("to", "of", "dim"), [("c", "u", "n"), (1, "u", "n"), ("f", "v", 3), (3, "v", 3)])
def test_lemma_at_a_choice(to: str | int, of: str, dim: str | int) -> None:
    answer = at_choice(to, of, dim, to)
    assert answer.outcome == "proved", answer.reason


def test_lemma_at_another_choice_than_is_claimed() -> None:
    assert "not an instance of lemma" in at_choice("c").reason


NO_INDEX = {
    "a choice of another dimension": ("e", "u", "n"),
    "a choice of 3 for one of n": ("f", "u", "n"),
    "a time": ("t", "u", "n"),
    "the next index": ("c+1", "u", "n"),
    "the second index of n": (2, "u", "n"),
    "the fourth index of 3": (4, "v", 3),
    "an index bound in the claim": ("k", "u", "n"),
    "itself, which is none here": ("b", "u", "n"),
}


@pytest.mark.parametrize("name", NO_INDEX)
def test_choice_of_a_lemma_goes_to_an_index_of_its_dimension(name: str) -> None:
    answer = at_choice(*NO_INDEX[name])
    assert (answer.outcome, "is no index of the dimension" in answer.reason) == ("undecided", True)


def test_index_bound_in_a_lemma_is_no_choice_of_the_same_name() -> None:
    """0 < log(1/2 + δ(c,1)) says c = 1; log(1/2 + δ(i,1)) < 0 for i > 1."""

    def logarithm(i: str) -> Term:
        return log(add(HALF, delta(i, 1)))

    def absolute(i: str) -> Term:
        return total(i, 3, sqrt(power(logarithm(i), 2)))

    lemma = certificate(context(), eq(absolute("a"), absolute("c")), combine(), name="lemma")
    ctx = context(choices=(("c", 3),), hypotheses=(("h", says(0, "<", logarithm("c"))),))
    claim = eq(absolute("a"), total("a", 3, logarithm("a")))
    assert verdict(ctx, claim, lemma_use("lemma"), lemmas=(lemma,)).outcome == "undecided"


NO_CHOICE = {
    "of a dimension that is none": context(choices=CHOICE),
    "with the name of a dimension": context(dims="n", choices=(("n", "n"),)),
    "with the name of a time": context(dims="n", naturals=(("c", 0),), choices=CHOICE),
    "with the name of a variable": context(variable("c"), dims="n", choices=CHOICE),
    "twice": context(dims="n", choices=(*CHOICE, *CHOICE)),
    "of a time": context(naturals=(("n", 0),), choices=CHOICE),
}


@pytest.mark.parametrize("name", NO_CHOICE)
def test_is_no_choice(name: str) -> None:
    assert verdict(NO_CHOICE[name], eq(1, 1)).outcome == "invalid"


NO_TERMS = {
    "a choice as a number": count("c"),
    "a choice for an index of another dimension": ref("v", "c"),
    "the index after a choice": ref("u", "c+1"),
    "a choice that is bound": largest("c", "n", ref("u", "c")),
    "a maximum over a dimension that is none": largest("i", "m", 1),
    "a maximum over a time": largest("i", "t", 1),
    "a maximum over an index that is bound": largest("i i", "n", ref("u", "i")),
    "the index of a maximum outside": mul(largest("i", "n", ref("u", "i")), ref("u", "i")),
    "a maximum of another dimension": largest("i", "d", ref("u", "i")),
}


@pytest.mark.parametrize("name", NO_TERMS)
def test_ill_formed_term(name: str) -> None:
    assert verdict(HERE, eq(NO_TERMS[name], NO_TERMS[name])).outcome == "invalid"


def test_letters_of_bound_indices_are_no_names_of_the_statement() -> None:
    ctx = context(U, variable("j"), dims="n", choices=(("i", "n"),))
    inside = mul(ref("u", "k"), ref("u", "i"), ref("j"))
    said = says(mul(ref("u", "i"), ref("j")), "<=", largest("k", "n", inside))
    assert verdict(ctx, said).statement == "u[i]·j <= max_k (u[k]·u[i]·j)"


def test_there_are_letters_for_any_number_of_indices() -> None:
    names = [f"v{k}" for k in range(20)]
    said = eq(add(ref("i0"), *(ref("u", name) for name in names)), 0, **dict.fromkeys(names, "n"))
    shown = verdict(context(U, variable("i0"), dims="n"), said).statement
    letters = shown.partition(" for all ")[2].split(", ")
    assert len(set(letters)) == 20
    assert "i0" not in letters
