"""Contexts and statements that mean nothing are invalid, and so are definitions that say something new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lemmata.kernel.context import Context, Function, Statement, Variable
from lemmata.kernel.terms import Apply, Lambda, Natural, Term
from tests.kernel.say import (
    add,
    apply,
    call,
    combine,
    context,
    count,
    delta,
    det,
    diff,
    div,
    eq,
    function,
    inverse,
    mean,
    mul,
    ref,
    says,
    step,
    sub,
    tensor,
    total,
    use,
    variable,
    verdict,
)

WORLD = context(
    variable("x"),
    variable("u", "n"),
    variable("A", "n", "n"),
    variable("R", "n", "d"),
    variable("v", 3),
    variable("h", Natural(0)),
    dims="n d",
    naturals=(("t", 0), ("s", 2)),
    functions=(function("σ", 3), function("f", 3, (("n",),)), Function("F", (("n",),), ("d",), 3)),
)
x = ref("x")
ZERO_VECTOR = tensor(0, o="n")

TERMS: dict[str, Term] = {
    "an unknown variable": ref("y"),
    "an unbound index": ref("u", "i"),
    "too few indices": ref("A", 1),
    "too many indices": ref("u", 1, 1),
    "an index on a number": ref("x", 1),
    "an index of another dimension": total("i", "d", ref("u", "i")),
    "rows for columns": total("i", "n", ref("R", "i", "i")),
    "entry 0": ref("u", 0),
    "entry 2 of n": ref("u", 2),
    "entry 4 of 3": ref("v", 4),
    "entry n of n": ref("u", "n"),
    "entry i+1": total("i", "n", ref("u", "i+1")),
    "a time as an entry": ref("u", "t"),
    "an entry as a time": total("i", "n", ref("h", "i")),
    "a time before 0": ref("h", -1),
    "a time which may be -1": ref("h", "t-1"),
    "a time which may be -1 still": ref("h", "s-3"),
    "an index as a number": total("i", "n", count("i")),
    "an unknown dimension": total("i", "m", 1),
    "an unknown number": count("m"),
    "a delta of two sorts": total("i", "n", total("j", "d", delta("i", "j"))),
    "a delta of times": delta("t", "s"),
    "a delta of numbers": delta(1, 1),
    "a delta of an entry out of range": total("i", "n", delta("i", 2)),
    "an index bound twice": total("i i", "n", ref("u", "i")),
    "a dimension as an index": total("n", "n", 1),
    "a time as an index": total("t", "n", 1),
    "an unknown function": apply("φ", x),
    "a function of vectors applied to a number": apply("f", x),
    "a derivative of exp": Apply("exp", 1, x),
    "one name for row and column": det(ref("A", "r", "r"), "r r"),
    "an entry of an inverse out of range": inverse(ref("A", "r", "s_"), (1, 2), "r s_"),
    "an inverse whose row is used outside": inverse(ref("A", "r", "s_"), ("r", 1), "r s_"),
    "a call without its argument": call("f"),
    "a call of a number": call("f", Lambda((), x)),
    "a call of another dimension": call("f", tensor(0, o="d")),
    "a call without its output": call("F", ZERO_VECTOR),
    "a call with an output too many": call("f", ZERO_VECTOR, output=(1,)),
    "a partial derivative by no argument": call("f", ZERO_VECTOR, by=((1, (1,)),)),
    "a partial derivative by no entry": call("f", ZERO_VECTOR, by=((0, ()),)),
    "a derivative by a variable in use": diff("x", x, (), Lambda((), x)),
    "a derivative by no entry": diff("z", ref("z", 1), (), ZERO_VECTOR),
    "a derivative whose variable is used outside": add(
        diff("z", ref("z", 1), (1,), ZERO_VECTOR), ref("z", 1)
    ),
    "a derivative whose variable is its point": diff("z", ref("z"), (), Lambda((), ref("z"))),
    "a mean of nonsense": mean(ref("y")),
}


@pytest.mark.parametrize("name", TERMS)
def test_ill_formed_term(name: str) -> None:
    answer = verdict(WORLD, eq(TERMS[name], TERMS[name]))
    assert answer.outcome == "invalid"
    assert answer.reason


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("place", ["step", "slack", "factor"])
def test_ill_formed_term_in_a_proof(name: str, place: str) -> None:
    term, goal = TERMS[name], eq(x, x)
    proofs = {
        "step": (step("a", eq(term, term), combine()), combine()),
        "slack": (combine(slack=mul(0, term)),),
        "factor": (step("a", goal, combine()), combine(use("a", times=term))),
    }
    assert verdict(WORLD, goal, *proofs[place]).outcome == "invalid"


STATEMENTS: dict[str, Statement] = {
    "an unknown relation": says(x, ">", x),
    "an unknown sort": eq(x, x, i="m"),
    "a binder with the name of a dimension": eq(x, x, n="n"),
    "a binder with the name of a time": eq(x, x, t=Natural(0)),
    "a binder twice": Statement((("i", "n"), ("i", "n")), "=", x, x),
    "a time below its minimum": eq(ref("h", "r-1"), 0, r=Natural(0)),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_ill_formed_statement(name: str) -> None:
    assert verdict(WORLD, STATEMENTS[name]).outcome == "invalid"


def test_time_at_its_minimum_is_well_formed() -> None:
    assert verdict(WORLD, eq(ref("h", "r-1"), ref("h", "r-1"), r=Natural(1))).outcome == "proved"
    assert verdict(WORLD, eq(ref("h", "s-2"), ref("h", "s-2"))).outcome == "proved"


CONTEXTS: dict[str, Context] = {
    "two variables with one name": context(variable("x"), variable("x", "n"), dims="n"),
    "a dimension twice": context(variable("x"), dims="n n"),
    "a variable named as a dimension": context(variable("x"), variable("n"), dims="n"),
    "a time named as a dimension": context(variable("x"), dims="n", naturals=(("n", 0),)),
    "a function named as a variable": context(variable("x"), functions=(function("x"),)),
    "a function named exp": context(variable("x"), functions=(function("exp"),)),
    "a variable named sin": context(variable("x"), variable("sin")),
    "a vector of an unknown dimension": context(variable("x"), variable("u", "n")),
    "a function of an unknown dimension": context(variable("x"), functions=(function("f", 0, (("n",),)),)),
    "an unknown property": context(variable("x"), variable("y", prime=True)),
    "a symmetric vector": context(variable("x"), variable("u", "n", symmetric=True), dims="n"),
    "a symmetric oblong": context(variable("x"), variable("R", "n", "d", symmetric=True), dims="n d"),
    "an invertible number": context(variable("x"), variable("y", invertible=True)),
    "an invertible family": context(variable("x"), variable("y", Natural(0), Natural(0), invertible=True)),
    "two hypotheses with one label": context(variable("x"), hypotheses=(("h", eq(x, 0)), ("h", eq(x, 1)))),
    "a hypothesis with the label of a definition": context(
        variable("x"), variable("y"), definitions=(("h", eq(ref("y"), x)),), hypotheses=(("h", eq(x, 1)),)
    ),
    "an ill-formed hypothesis": context(variable("x"), hypotheses=(("h", eq(ref("y"), 0)),)),
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_ill_formed_context(name: str) -> None:
    assert verdict(CONTEXTS[name], eq(x, x)).outcome == "invalid"


# -- definitions -------------------------------------------------------------------------------------

Y, Z = ref("y"), ref("z")
N0, N1 = Natural(0), Natural(1)


def family(name: str, *index: str | int) -> Term:
    return ref(name, *index)


def at_0(name: str, value: object) -> Statement:
    return eq(ref(name, 0), value)


def from_1(name: str, value: object) -> Statement:
    return eq(ref(name, "k"), value, k=N1)


def defining(*definitions: Statement, variables: tuple[Variable, ...] = ()) -> Context:
    """x, y, z numbers, u a vector, a, b, c families; the definitions in order."""
    labels = tuple((f"d{number}", statement) for number, statement in enumerate(definitions))
    own = (*map(variable, "xyz"), variable("u", "n"), *(variable(name, N0) for name in "abc"))
    kept = tuple(v for v in own if v.name not in {w.name for w in variables})
    return context(*kept, *variables, dims="n", definitions=labels)


SOUND: dict[str, Context] = {
    "a number": defining(eq(Y, mul(x, x))),
    "one after the other": defining(eq(Y, x), eq(Z, add(Y, x))),
    "a vector": defining(eq(ref("u", "i"), x, i="n")),
    "a family": defining(eq(ref("a", "k"), count("k"), k=N0)),
    "a recurrence": defining(at_0("a", x), from_1("a", mul(2, ref("a", "k-1")))),
    "a recurrence without a start": defining(from_1("a", ref("a", "k-1"))),
    "a recurrence that uses its start": defining(at_0("a", x), from_1("a", ref("a", 0))),
    "recurrences that use each other": defining(
        at_0("a", x),
        at_0("b", ref("a", 0)),
        from_1("a", ref("b", "k-1")),
        from_1("b", add(ref("a", "k"), ref("a", "k-1"))),
    ),
    "a family of a recurrence": defining(
        from_1("a", ref("a", "k-1")), eq(ref("b", "k"), ref("a", "k+1"), k=N0)
    ),
}

UNSOUND: dict[str, Context] = {
    "of itself": defining(eq(Y, add(Y, 1))),
    "of itself, cancelled": defining(eq(Y, sub(Y, Y))),
    "of each other": defining(eq(Y, Z), eq(Z, add(Y, 1))),
    "of what is defined after it": defining(eq(Y, Z), eq(Z, x)),
    "twice": defining(eq(Y, x), eq(Y, add(x, 1))),
    "of a term": defining(eq(add(Y, 1), x)),
    "of a number": defining(eq(1, 0)),
    "by an inequality": defining(says(Y, "<=", x)),
    "of one entry": defining(eq(ref("u", 1), x)),
    "of a diagonal": replace(
        defining(eq(ref("M", "i", "i"), x, i="n"), variables=(variable("M", "n", "n"),))
    ),
    "with a binder too many": defining(eq(ref("u", "i"), x, i="n", j="n")),
    "with binders out of order": defining(
        eq(ref("M", "j", "i"), x, i="n", j="n"), variables=(variable("M", "n", "n"),)
    ),
    "of a positive variable": defining(eq(Y, x), variables=(variable("y", positive=True),)),
    "of a random variable": defining(eq(Y, x), variables=(variable("y", random=True),)),
    "of a symmetric matrix": defining(
        eq(ref("M", "i", "j"), x, i="n", j="n"), variables=(variable("M", "n", "n", symmetric=True),)
    ),
    "a recurrence of the same time": defining(from_1("a", add(ref("a", "k"), 1))),
    "a recurrence of a later time": defining(from_1("a", ref("a", "k+1"))),
    "a recurrence of a fixed time": defining(from_1("a", ref("a", 1))),
    "a start of itself": defining(at_0("a", add(ref("a", 0), 1))),
    "a start of a later time": defining(at_0("a", ref("a", 1)), from_1("a", ref("a", "k-1"))),
    "two starts": defining(at_0("a", 0), at_0("a", 1)),
    "a start beside a whole": defining(eq(ref("a", "k"), 0, k=N0), at_0("a", 1)),
    "a whole beside a step": defining(from_1("a", 0), eq(ref("a", "k"), 1, k=N0)),
    "starts of each other": defining(at_0("a", ref("b", 0)), at_0("b", add(ref("a", 0), 1))),
    "steps of the same time of each other": defining(
        from_1("a", ref("b", "k")), from_1("b", add(ref("a", "k"), 1))
    ),
    "a whole of itself at another time": defining(eq(ref("a", "k"), add(ref("a", "k+1"), 1), k=N0)),
    "a step of a family that needs it": defining(
        at_0("a", 0), eq(ref("b", "k"), ref("a", "k+1"), k=N0), from_1("a", ref("b", "k-1"))
    ),
    "a recurrence from another minimum": defining(eq(ref("a", "k"), 0, k=Natural(2))),
}


@pytest.mark.parametrize("name", SOUND)
def test_definition_is_conservative(name: str) -> None:
    answer = verdict(SOUND[name], eq(x, x))
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", UNSOUND)
def test_definition_says_something_new(name: str) -> None:
    assert verdict(UNSOUND[name], eq(x, x)).outcome == "invalid"


def test_definitions_are_unfolded_the_latest_first() -> None:
    world = defining(eq(Y, x), eq(Z, add(Y, x)))
    assert verdict(world, eq(Z, mul(2, x)), combine(unfold=("d0", "d1"))).outcome == "proved"
    assert verdict(world, eq(Z, mul(2, x)), combine(unfold=("d1",))).outcome == "undecided"


@pytest.mark.parametrize("label", ["d0", "d1"])
def test_recurrence_is_used_as_a_premise_and_not_unfolded(label: str) -> None:
    world = defining(at_0("a", x), from_1("a", mul(2, ref("a", "k-1"))))
    answer = verdict(world, eq(ref("a", 1), mul(2, x)), combine(unfold=(label,)))
    assert answer.outcome == "undecided"
    assert "use it as a premise" in answer.reason
    proof = combine(use("d1", k=1), use("d0", times=2))
    assert verdict(world, eq(ref("a", 1), mul(2, x)), proof).outcome == "proved"


def test_unfolding_needs_what_the_definition_needs() -> None:
    answer = verdict(defining(eq(Y, div(1, x))), eq(mul(0, Y), 0), combine(unfold=("d0",)))
    assert (answer.outcome, answer.needs) == ("gap", ("x != 0",))
