"""Exponentials of matrices: what passes through them, their derivatives, and flows."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict
from lemmata.kernel.certificate import Flow, Frechet, Intertwine, Justification
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.substitute import Fresh, Substitution
from lemmata.kernel.terms import Derivative, Dim, Lambda, Sum, Term
from tests.kernel.say import (
    add,
    apply,
    call,
    combine,
    context,
    delta,
    diff_scalar,
    div,
    eq,
    exp,
    index,
    matrix,
    mul,
    num,
    power,
    ref,
    says,
    sqrt,
    step,
    tensor,
    use,
    variable,
    verdict,
)

WORLD = context(
    variable("A", "n", "n"),
    variable("B", "m", "m"),
    variable("C", "n", "n"),
    variable("M", "n", "m"),
    variable("u", "n"),
    variable("x"),
    dims="n m",
)
A, B, C, M = matrix("A"), matrix("B", "m", "m"), matrix("C"), matrix("M", "n", "m")
IDENTITY = tensor(delta("a", "b"), a="n", b="n")
Entry = Callable[[str, str], Term]


def of(name: str) -> Entry:
    return lambda i, j: ref(name, i, j)


def exponential(of_: Lambda) -> Entry:
    return lambda i, j: call("expm", of_, output=(i, j))


def product(first: Entry, dim: Dim, second: Entry) -> Entry:
    return lambda i, j: Sum("k", dim, mul(first(i, "k"), second("k", j)))


def equal(first: Entry, second: Entry, rows: Dim = "n", columns: Dim = "n", relation: str = "=") -> Statement:
    return says(first("i", "j"), relation, second("i", "j"), i=rows, j=columns)


AM, MB = product(of("A"), "n", of("M")), product(of("M"), "m", of("B"))
THROUGH = equal(AM, MB, "n", "m")
PASSED = equal(product(exponential(A), "n", of("M")), product(of("M"), "m", exponential(B)), "n", "m")
COMMUTE = equal(product(of("A"), "n", of("C")), product(of("C"), "n", of("A")))
INTERTWINE = Intertwine("h", A, B, M)


def given(*statements: Statement, world: Context = WORLD) -> Context:
    for number, statement in enumerate(statements):
        world = world.assume("h" if not number else f"h{number}", statement)
    return world


# -- what passes through -----------------------------------------------------------------------------


def test_what_passes_matrices_through_passes_their_exponentials_through() -> None:
    assert verdict(given(THROUGH), PASSED, INTERTWINE).outcome == "proved"


def test_exponential_commutes_with_its_matrix() -> None:
    own = equal(product(of("A"), "n", of("A")), product(of("A"), "n", of("A")))
    claim = equal(product(exponential(A), "n", of("A")), product(of("A"), "n", exponential(A)))
    assert verdict(WORLD, claim, step("h", own, combine()), Intertwine("h", A, A, A)).outcome == "proved"


@pytest.mark.parametrize("size", [1, 2])
def test_eigenvector_of_a_matrix_of_numeric_size(size: int) -> None:
    world = context(variable("A", size, size), variable("M", size, 1), variable("x"))
    number, column = tensor(ref("x"), a=1, b=1), matrix("M", size, 1)
    left = product(of("A"), size, of("M"))
    through = equal(left, product(of("M"), 1, lambda i, j: ref("x")), size, 1)
    square = matrix("A", size, size)
    passed = equal(
        product(exponential(square), size, of("M")), product(of("M"), 1, exponential(number)), size, 1
    )
    assert (
        verdict(given(through, world=world), passed, Intertwine("h", square, number, column)).outcome
        == "proved"
    )


TURNED = tensor(ref("A", "b", "a"), a="n", b="n")
NOT_PASSED: dict[str, tuple[Statement, Statement, Intertwine]] = {
    "the other way round": (
        equal(product(of("M"), "m", of("B")), product(of("A"), "n", of("M")), "n", "m"),
        PASSED,
        INTERTWINE,
    ),
    "from A M = A M": (equal(AM, AM, "n", "m"), PASSED, INTERTWINE),
    "from A M <= M B": (equal(AM, MB, "n", "m", "<="), PASSED, INTERTWINE),
    "from one entry": (says(AM("i", "j"), "=", MB("i", "j"), i="n", j="n"), PASSED, INTERTWINE),
    "an inequality": (THROUGH, says(PASSED.left, "<=", PASSED.right, i="n", j="m"), INTERTWINE),
    "exp(A) = exp(B)": (
        COMMUTE,
        equal(exponential(A), exponential(C)),
        Intertwine("h", A, A, C),
    ),
    "exp(A) C = C exp(Aᵀ)": (
        COMMUTE,
        equal(product(exponential(A), "n", of("C")), product(of("C"), "n", exponential(TURNED))),
        Intertwine("h", A, TURNED, C),
    ),
    "exp(A) exp(C) = exp(C) exp(A), at once": (
        COMMUTE,
        equal(product(exponential(A), "n", exponential(C)), product(exponential(C), "n", exponential(A))),
        Intertwine("h", A, A, C),
    ),
}


@pytest.mark.parametrize("name", NOT_PASSED)
def test_not_passed(name: str) -> None:
    premise, claim, by = NOT_PASSED[name]
    assert verdict(given(premise), claim, by).outcome in ("undecided", "invalid")


SHAPES = {
    "left not square": Intertwine("h", M, B, M),
    "right not square": Intertwine("h", A, M, M),
    "between turned": Intertwine("h", A, B, tensor(ref("M", "j", "i"), i="m", j="n")),
    "a vector": Intertwine("h", A, B, tensor(ref("u", "i"), i="n")),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    assert verdict(given(THROUGH), PASSED, SHAPES[name]).outcome == "undecided"


def test_matrices_are_those_of_the_context() -> None:
    open_ = tensor(mul(ref("A", "i", "j"), ref("u", "p")), i="n", j="n")
    assert verdict(given(THROUGH), PASSED, Intertwine("h", open_, B, M)).outcome == "invalid"


# -- derivatives -------------------------------------------------------------------------------------


def slope(along: Entry, *, inner: bool, of_: Lambda = A) -> Entry:
    def entry(i: str, j: str) -> Term:
        output, at = ((i, j), ("p", "q")) if inner else (("p", "q"), (i, j))
        factor = along("p", "q") if inner else along("q", "p")
        return Sum("p", "n", Sum("q", "n", mul(call("expm", of_, output=output, by=((0, at),)), factor)))

    return entry


AC = product(exponential(A), "n", of("C"))


def turned(entry: Entry) -> Entry:
    return lambda i, j: entry(j, i)


INNER, OUTER = equal(slope(of("C"), inner=True), AC), equal(slope(of("C"), inner=False), turned(AC))


@pytest.mark.parametrize(("claim", "side"), [(INNER, "inner"), (OUTER, "outer")])
def test_derivative_along_what_commutes(claim: Statement, side: str) -> None:
    assert verdict(given(COMMUTE), claim, Frechet("h", side, A, C)).outcome == "proved"
    assert "does not say" in verdict(given(THROUGH), claim, Frechet("h", side, A, C)).reason


TRACE = equal(
    lambda i, j: Sum("k", "n", call("expm", A, output=("k", "k"), by=((0, (i, j)),))),
    turned(exponential(A)),
)
WITH_IDENTITY = equal(product(of("A"), "n", delta), product(delta, "n", of("A")))


def test_gradient_of_the_trace() -> None:
    law = step("h", WITH_IDENTITY, combine())
    assert verdict(WORLD, TRACE, law, Frechet("h", "outer", A, IDENTITY)).outcome == "proved"


def test_derivative_by_a_number() -> None:
    """d exp(xA)/dx = exp(xA) A."""
    scaled = tensor(mul(ref("x"), ref("A", "a", "b")), a="n", b="n")
    moved = tensor(mul(ref("v"), ref("A", "a", "b")), a="n", b="n")
    own = equal(product(of("A"), "n", of("A")), product(of("A"), "n", of("A")))
    premise = equal(
        product(lambda i, j: mul(ref("x"), ref("A", i, j)), "n", of("A")),
        product(of("A"), "n", lambda i, j: mul(ref("x"), ref("A", i, j))),
    )
    law = equal(slope(of("A"), inner=True, of_=scaled), product(exponential(scaled), "n", of("A")))
    claim = equal(
        lambda i, j: diff_scalar(call("expm", moved, output=(i, j)), ref("x")),
        product(exponential(scaled), "n", of("A")),
    )
    steps = (
        step("own", own, combine()),
        step("h", premise, combine()),
        step("law", law, Frechet("h", "inner", scaled, A)),
    )
    assert verdict(WORLD, claim, *steps, combine(use("law", i="i", j="j"))).outcome == "proved"


NO_DERIVATIVES: dict[str, tuple[Statement, Frechet]] = {
    "the transpose of the inner law": (
        equal(slope(of("C"), inner=True), turned(AC)),
        Frechet("h", "inner", A, C),
    ),
    "the transpose of the outer law": (equal(slope(of("C"), inner=False), AC), Frechet("h", "outer", A, C)),
    "the direction transposed": (
        equal(slope(turned(of("C")), inner=True), AC),
        Frechet("h", "inner", A, C),
    ),
    "without the direction": (equal(slope(of("C"), inner=True), exponential(A)), Frechet("h", "inner", A, C)),
    "of another matrix": (INNER, Frechet("h", "inner", C, A)),
    "with the sides exchanged": (INNER, Frechet("h", "outer", A, C)),
    "on no side": (INNER, Frechet("h", "left", A, C)),
    "of two sizes": (INNER, Frechet("h", "inner", A, B)),
    "of no square matrix": (INNER, Frechet("h", "inner", M, M)),
}


@pytest.mark.parametrize("name", NO_DERIVATIVES)
def test_no_derivative(name: str) -> None:
    claim, by = NO_DERIVATIVES[name]
    assert verdict(given(COMMUTE), claim, by).outcome == "undecided"


PARTIALS = {
    "of a second argument": call("expm", A, output=("i", "j"), by=((1, ("i", "j")),)),
    "at one index": call("expm", A, output=("i", "j"), by=((0, ("i",)),)),
    "at an index of another dimension": call("expm", A, output=("i", "j"), by=((0, ("i", "l")),)),
    "of a pseudo-inverse": call("pinv", A, output=("i", "j"), by=((0, ("i", "j")),)),
}


@pytest.mark.parametrize("name", PARTIALS)
def test_ill_formed_partial_derivative(name: str) -> None:
    term = PARTIALS[name]
    assert verdict(WORLD, eq(term, term, i="n", j="n", l="m")).outcome == "invalid"


def test_order_of_two_derivatives_does_not_matter() -> None:
    one = call("expm", A, output=("i", "j"), by=((0, (1, 1)), (0, ("i", "j"))))
    other = call("expm", A, output=("i", "j"), by=((0, ("i", "j")), (0, (1, 1))))
    assert verdict(WORLD, eq(one, other, i="n", j="n")).outcome == "proved"


# -- flows -------------------------------------------------------------------------------------------

τ = ref("τ")


def flow_law(matrix_: Lambda, entry: Callable[[Term, str, str], Term], columns: Dim = "n") -> Statement:
    """F(1) = exp(A)·F(0)."""
    start = product(exponential(matrix_), "n", lambda i, j: entry(num(0), i, j))
    return equal(lambda i, j: entry(num(1), i, j), start, "n", columns)


def flow(
    matrix_: Lambda,
    entry: Callable[[Term, str, str], Term],
    *proof: Justification,
    world: Context = WORLD,
    claim: Statement | None = None,
    columns: Dim = "n",
) -> Verdict:
    """What is said of a flow, where F' = A·F is proved by algebra or as is said."""
    rows, names = matrix_.indices[0][1], [name for name, _ in matrix_.indices]

    def at(i: str, j: str) -> Term:
        places = dict(zip(names, map(index, (i, j)), strict=True))
        return Substitution(Fresh(), indices=places).apply(matrix_.body)

    slope_ = Derivative("υ", entry(ref("υ"), "i", "j"), (), Lambda((), τ))
    inner = Statement(
        (("i", rows), ("j", columns)), "=", slope_, product(at, rows, lambda i, j: entry(τ, i, j))("i", "j")
    )
    steps = tuple(step("inside", inner, by) for by in proof or (combine(),))
    body = tensor(entry(τ, "i", "j"), i=rows, j=columns)
    return verdict(world, claim or flow_law(matrix_, entry), Flow("τ", matrix_, body, steps))


ZEROS = tensor(0, a="n", b="n")
MULTIPLE = tensor(mul(ref("x"), delta("a", "b")), a="n", b="n")


def test_exponential_of_zero_is_the_identity() -> None:
    assert (
        flow(ZEROS, lambda s, i, j: delta(i, j), claim=equal(delta, exponential(ZEROS))).outcome == "proved"
    )


def test_exponential_of_a_multiple_of_the_identity() -> None:
    claim = equal(lambda i, j: mul(exp(ref("x")), delta(i, j)), exponential(MULTIPLE))
    answer = flow(MULTIPLE, lambda s, i, j: mul(exp(mul(s, ref("x"))), delta(i, j)), claim=claim)
    assert answer.outcome == "proved"


NILPOTENT = equal(product(of("A"), "n", of("A")), lambda i, j: num(0))


def linear(s: Term, i: str, j: str) -> Term:
    return add(delta(i, j), mul(s, ref("A", i, j)))


def test_exponential_of_a_matrix_with_square_zero() -> None:
    by = combine(use("h", mul(-1, τ), i="i", j="j"))
    claim = equal(lambda i, j: linear(num(1), i, j), exponential(A))
    assert flow(A, linear, by, world=given(NILPOTENT), claim=claim).outcome == "proved"
    assert flow(A, linear, world=given(NILPOTENT), claim=claim).outcome == "undecided"


@pytest.mark.parametrize("size", [1, 2])
def test_flow_in_numeric_dimensions(size: int) -> None:
    zeros = tensor(0, a=size, b=size)
    claim = equal(delta, exponential(zeros), size, size)
    body = tensor(delta("i", "j"), i=size, j=size)
    inner = equal(lambda i, j: num(0), lambda i, j: num(0), size, size)
    assert (
        verdict(WORLD, claim, Flow("τ", zeros, body, (step("inside", inner, combine()),))).outcome == "proved"
    )


def grows(s: Term, i: str, j: str) -> Term:
    return mul(exp(mul(s, ref("x"))), delta(i, j))


NO_FLOWS: dict[str, tuple[Callable[[], Verdict], str]] = {
    "another rate": (
        lambda: flow(MULTIPLE, lambda s, i, j: mul(exp(mul(2, s, ref("x"))), delta(i, j))),
        "undecided",
    ),
    "a constant": (lambda: flow(MULTIPLE, lambda s, i, j: delta(i, j)), "undecided"),
    "where it starts on the other side": (
        lambda: flow(
            A,
            linear,
            combine(use("h", mul(-1, τ), i="i", j="j")),
            world=given(NILPOTENT),
            claim=equal(
                lambda i, j: delta(i, j), product(exponential(A), "n", lambda i, j: linear(num(1), i, j))
            ),
        ),
        "undecided",
    ),
    "twice the end": (
        lambda: flow(
            MULTIPLE, grows, claim=equal(lambda i, j: mul(2, grows(num(1), i, j)), exponential(MULTIPLE))
        ),
        "undecided",
    ),
    "an inequality": (
        lambda: flow(
            MULTIPLE,
            grows,
            claim=equal(lambda i, j: grows(num(1), i, j), exponential(MULTIPLE), relation="<="),
        ),
        "undecided",
    ),
    "a matrix that depends on the time": (
        lambda: flow(
            tensor(mul(τ, delta("a", "b")), a="n", b="n"),
            lambda s, i, j: mul(exp(mul(Fraction(1, 2), s, s)), delta(i, j)),
        ),
        "invalid",
    ),
    "not defined at one time": (
        lambda: flow(
            ZEROS, lambda s, i, j: mul(div(add(s, Fraction(-1, 2)), add(s, Fraction(-1, 2))), delta(i, j))
        ),
        "gap",
    ),
    "not differentiable at one time": (
        lambda: flow(
            ZEROS,
            lambda s, i, j: mul(
                div(sqrt(power(add(s, Fraction(-1, 2)), 2)), add(s, Fraction(-1, 2))), delta(i, j)
            ),
        ),
        "gap",
    ),
    "a jump": (
        lambda: flow(ZEROS, lambda s, i, j: mul(apply("sign", add(s, Fraction(-1, 2))), delta(i, j))),
        "undecided",
    ),
    "of no square matrix": (
        lambda: verdict(
            WORLD, equal(of("M"), of("M"), "n", "m"), Flow("τ", M, M, (step("a", WITH_IDENTITY, combine()),))
        ),
        "undecided",
    ),
    "without a proof": (
        lambda: verdict(WORLD, equal(delta, exponential(ZEROS)), Flow("τ", ZEROS, IDENTITY, ())),
        "undecided",
    ),
}


@pytest.mark.parametrize("name", NO_FLOWS)
def test_no_flow(name: str) -> None:
    told, outcome = NO_FLOWS[name]
    assert told().outcome == outcome


IDENTITY_CLAIM = equal(delta, exponential(ZEROS))


def at_time(name: str) -> Flow:
    inner = equal(lambda i, j: num(0), lambda i, j: num(0))
    return Flow(name, ZEROS, IDENTITY, (step("inside", inner, combine()),))


def test_time_has_a_name_of_its_own() -> None:
    assert verdict(WORLD, IDENTITY_CLAIM, at_time("τ")).outcome == "proved"
    for name in ("x", "A", "n"):
        assert verdict(WORLD, IDENTITY_CLAIM, at_time(name)).outcome == "invalid"


def test_nothing_is_known_of_the_time() -> None:
    bound = eq(diff_scalar(ref("τ"), ref("x"), "τ"), 1)
    assert "speaks of τ" in verdict(given(bound), IDENTITY_CLAIM, at_time("τ")).reason
    assert "speaks of τ" in verdict(WORLD, IDENTITY_CLAIM, step("a", bound, combine()), at_time("τ")).reason


def test_what_is_proved_inside_is_not_seen_outside() -> None:
    answer = verdict(
        WORLD, eq(1, 1), step("a", IDENTITY_CLAIM, at_time("τ")), combine(use("inside", i=1, j=1))
    )
    assert "the premise inside is no earlier step" in answer.reason


def test_false_flow_from_a_false_step_inside() -> None:
    """exp(0) = 2 I has no proof."""
    twice = equal(lambda i, j: mul(2, delta(i, j)), exponential(ZEROS))
    body = tensor(mul(2, delta("i", "j")), i="n", j="n")
    inner = equal(lambda i, j: num(0), lambda i, j: num(0))
    assert (
        verdict(WORLD, twice, Flow("τ", ZEROS, body, (step("a", inner, combine()),))).outcome == "undecided"
    )
