"""False statements, each with the certificate of somebody who wants it proved. None may be."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel import Verdict, check
from lemmata.kernel.certificate import Cases, Certificate, Congruence, Monotone
from lemmata.kernel.context import Function, Statement
from lemmata.kernel.terms import Lambda, Natural
from tests.kernel.say import (
    add,
    apply,
    certificate,
    combine,
    context,
    count,
    delta,
    det,
    diff_scalar,
    div,
    eq,
    inverse,
    lemma_use,
    mean,
    mul,
    num,
    power,
    prod,
    ref,
    says,
    sqrt,
    step,
    sub,
    total,
    use,
    variable,
    verdict,
)

x, X = variable("x", "n"), variable("X", moments=2, random=True)
v, A = variable("v", "n"), variable("A", "n", "n", invertible=True)


def delta_to_the_zero() -> Verdict:
    """δ(i,j)^t is 1 at t = 0."""
    left = mul(power(delta("i", "j"), count("t")), ref("x", "j"))
    ctx = context(x, dims="n", naturals=(("t", 0),))
    return verdict(ctx, eq(left, mul(delta("i", "j"), ref("x", "i")), i="n", j="n"))


def _two_to(sign: int, index: str) -> object:
    return power(2, mul(sign, ref("v", index)))


def sum_of_powers() -> Verdict:
    """Σ 2^v[i] · Σ 2^-v[i] = n²: the index is in the exponent."""
    left = mul(total("i", "n", _two_to(1, "i")), total("i", "n", _two_to(-1, "i")))
    return verdict(context(v, dims="n"), eq(left, mul(count("n"), count("n"))))


def cancelled_beside_a_power() -> Verdict:
    """Σ_k A[i,k]·inv(A)[k,j]·2^v[k] is not δ(i,j)·2^v[k]."""

    def weighted(sign: int) -> object:
        entry = inverse(ref("A", "r", "s"), ("k", "j"))
        return total("k", "n", mul(ref("A", "i", "k"), entry, _two_to(sign, "k")))

    claim = eq(mul(weighted(1), weighted(-1)), delta("i", "j"), i="n", j="n")
    return verdict(context(v, A, dims="n"), claim)


def power_of_another_time() -> Verdict:
    """(s-3)² <= (s-2)² for s >= 0, where the premise has its times in another order."""
    premise = Statement((("t", Natural(0)), ("s", Natural(5))), "<=", count("t-3"), count("t-2"))
    sides = (power(count("s-3"), 2), power(count("s-2"), 2))
    goal = Statement((("s", Natural(0)), ("t", Natural(5))), "<=", *sides)
    return verdict(
        context(), goal, step("a", premise, combine(slack=1)), Monotone("power", Fraction(2), "a", ())
    )


def unfolded_before_its_time() -> Verdict:
    """h[t] = t/t says nothing of h[0]; a binder t >= 5 of the claim does not change that."""
    definition = eq(ref("h", "t"), div(count("t"), count("t")), t=Natural(0))
    ctx = context(variable("h", Natural(0)), definitions=(("d", definition),))
    goal = eq(add(ref("h", 0), count("t")), count("t"), t=Natural(5))
    return verdict(ctx, goal, combine(unfold=("d",)))


def determinant_of_one_column() -> Verdict:
    """The matrix with every column inv(A)[·,1] has not the determinant of inv(A)."""
    column = inverse(ref("A", "r", "s"), ("p", 1))
    return verdict(context(A, dims="n"), eq(det(column, "p q"), power(det(ref("A", "r", "s")), -1)))


def inverse_symmetric() -> Verdict:
    """inv(M) = inv(M)ᵀ for M = A·B + C·D; names were tried until the labels fell well."""
    a, b, c, d = (f"M1426{letter}" for letter in "abcd")
    matrix = add(prod(f"{a} {b}", "r", "s"), prod(f"{c} {d}", "r", "s"))
    ctx = context(
        *(variable(name, "n", "n") for name in (a, b, c, d)),
        dims="n",
        hypotheses=(("invertible", says(det(matrix), "!=", 0)),),
    )
    return verdict(ctx, eq(inverse(matrix, ("i", "j")), inverse(matrix, ("j", "i")), i="n", j="n"))


def _unless_mean_is(value: object, centre: object, first: tuple[object, ...]) -> Verdict:
    """0 < (X - c)² + (1 - f)², from a proof of f = 0 where X = c."""
    k = variable("k")
    squares = add(power(sub(ref("X"), centre), 2), power(sub(1, value), 2))
    claim = says(0, "<", squares)
    ctx = context(X, k, variable("z", moments=1, random=True))
    by_mean = combine(use("case", times=sub(centre, ref("X"))), use("m", times=sub(2, value)), slack=1)
    second = step("goal", claim, combine(slack=squares))
    by = Cases("case", eq(ref("X"), centre), (*first, step("goal", claim, by_mean)), (second,))  # type: ignore[arg-type]
    return verdict(ctx, claim, by, lemmas=(_mean_of_defined(),))


def _mean_of_defined() -> Certificate:
    """y = z - z ⊢ E[y] = 0."""
    y, z = variable("X", moments=1), variable("z", moments=1, random=True)
    definition = eq(ref("X"), sub(ref("z"), ref("z")))
    ctx = context(y, z, definitions=(("definition", definition),))
    return certificate(ctx, eq(mean(ref("X")), 0), combine(unfold=("definition",)), name="lemma")


def mean_from_one_outcome() -> Verdict:
    """X = 0 at one outcome does not say E[X] = 0, whatever a lemma has by definition."""
    by = lemma_use("lemma", premises={"definition": "case"})
    return _unless_mean_is(mean(ref("X")), 0, (step("m", eq(mean(ref("X")), 0), by),))


def mean_of_a_constant_from_one_outcome() -> Verdict:
    """k = Z at one outcome does not say k = E[Z]."""
    y, z = variable("y", moments=1), variable("z", moments=1, random=True)
    ctx = context(y, z, definitions=(("definition", eq(ref("y"), ref("z"))),))
    lemma = certificate(
        ctx, eq(mean(ref("y")), mean(ref("z"))), combine(unfold=("definition",)), name="lemma"
    )
    by = lemma_use("lemma", tensors={"y": Lambda((), ref("k"))}, premises={"definition": "h"})
    here = context(variable("k"), z, hypotheses=(("h", eq(ref("k"), ref("z"))),))
    return verdict(here, eq(ref("k"), mean(ref("z"))), by, lemmas=(lemma,))


def derivative_of_a_mean_at_an_outcome() -> Verdict:
    """∂E[v²]/∂v at v = X is 2X, not 2·E[X]: the point is outside of the mean."""

    def slope(point: object) -> object:
        return diff_scalar(mean(power(ref("v"), 2)), point)

    steps = (
        step("a", eq(slope(ref("k")), slope(ref("X"))), Congruence("flipped", (), "o", slope(ref("o")), ())),  # type: ignore[arg-type]
        step("m", eq(mul(2, sub(mean(ref("X")), ref("k"))), 0), combine(use("a", times=-1))),
    )
    first = (step("flipped", eq(ref("k"), ref("X")), combine(use("case", times=-1))), *steps)
    return _unless_mean_is(mul(2, sub(mean(ref("X")), ref("k"))), ref("k"), first)


def mean_of_an_exponential() -> Verdict:
    """E[2^X] = 2^X is false where the mean exists, so it is no gap either."""
    return verdict(context(X), eq(mean(power(2, ref("X"))), power(2, ref("X"))))


def inverse_of_different_inverses() -> Verdict:
    """M[i,j] = inv(A + v[i]·E)[i,j] takes each row from another inverse, so inv(M) is not A off E."""
    inner = add(ref("A", "p", "q"), mul(ref("v", "r"), delta("p", 1), delta("q", 1)))
    matrix = inverse(inner, ("r", "s"), "p q", 2)
    hypotheses = (
        ("outer", says(det(matrix, "r s", 2), "!=", 0)),
        ("inner", says(det(inner, "p q", 2), "!=", 0, r=2)),
    )
    ctx = context(variable("A", 2, 2), variable("v", 2), hypotheses=hypotheses)
    return verdict(ctx, eq(inverse(matrix, (2, 1), "r s", 2), ref("A", 2, 1)))


def derivative_learnt_from_a_lemma() -> Verdict:
    """∂E[v²]/∂v at v = X is 2·E[X] in a lemma where X is no random variable, and not where it is."""
    slope = diff_scalar(mean(power(ref("v"), 2)), ref("X"))
    lemma = certificate(context(variable("X")), eq(slope, slope), combine(), name="lemma")
    return verdict(context(X), eq(slope, mul(2, mean(ref("X")))), combine(), lemmas=(lemma,))


def derivative_of_a_zeroth_power() -> Verdict:
    """v ↦ (√v)^0 is not defined for v < 0, so it has no derivative at 0."""
    return verdict(context(), eq(diff_scalar(power(sqrt(ref("v")), 0), 0), 0))


def derivative_of_a_constant_derivative() -> Verdict:
    """∂/∂w 3w is 3 at w = √v, but only where √v is defined: not around v = 0."""
    inner = diff_scalar(mul(3, ref("w")), sqrt(ref("v")), "w")
    return verdict(context(), eq(diff_scalar(inner, 0), 0))


def derivative_of_what_a_derivative_drops() -> Verdict:
    """∂/∂w (w + √v) is 1, but only where √v is defined: not around v = 0."""
    inner = diff_scalar(add(ref("w"), sqrt(ref("v"))), 1, "w")
    return verdict(context(), eq(diff_scalar(inner, 0), 0))


def derivative_beside_an_unknown_function() -> Verdict:
    """f(k) != 0 at one point says nothing of the points around it, where f is not continuous."""
    f = Function("f")
    known = says(apply("f", ref("k")), "!=", 0)
    ctx = context(variable("k"), functions=(f,), hypotheses=(("h", known),))
    return verdict(ctx, eq(diff_scalar(power(power(apply("f", ref("v")), -1), 0), ref("k")), 0))


FALSE: list[Callable[[], Verdict]] = [
    delta_to_the_zero,
    sum_of_powers,
    cancelled_beside_a_power,
    power_of_another_time,
    unfolded_before_its_time,
    determinant_of_one_column,
    inverse_symmetric,
    mean_of_an_exponential,
    inverse_of_different_inverses,
    derivative_learnt_from_a_lemma,
    derivative_of_a_zeroth_power,
    derivative_of_a_constant_derivative,
    derivative_of_what_a_derivative_drops,
    derivative_beside_an_unknown_function,
]


#: These once went through; now what they build on, a defined variable with moments, is refused itself.
REFUSED = [
    mean_from_one_outcome,
    mean_of_a_constant_from_one_outcome,
    derivative_of_a_mean_at_an_outcome,
]


@pytest.mark.parametrize("attempt", FALSE, ids=lambda attempt: attempt.__name__)
def test_false_statement_is_not_proved(attempt: Callable[[], Verdict]) -> None:
    assert attempt().outcome in ("undecided", "gap")


@pytest.mark.parametrize("attempt", REFUSED, ids=lambda attempt: attempt.__name__)
def test_defined_variable_has_no_moments_of_its_own(attempt: Callable[[], Verdict]) -> None:
    assert "no moments of its own" in attempt().reason


def test_false_statement_is_no_gap_that_the_existence_of_a_mean_would_fill() -> None:
    assert mean_of_an_exponential().outcome == "undecided"


def test_objects_are_believed_no_more_than_their_text() -> None:
    """The kernel makes new names with `#`: an index of that name, in an object, would be captured."""
    entry, diagonal = (total("j", "n", mul(ref("A", row, "j"), ref("x", "j"))) for row in ("#1", "j"))
    ctx = context(variable("A", "n", "n"), x, dims="n")
    goal = Statement((("#1", "n"),), "=", sub(entry, diagonal), num(0))
    assert check(certificate(ctx, goal, combine())).outcome == "invalid"


LONG = mul(*[num(10**95)] * 50)
#: Claims whose normal form would have numbers of thousands of digits.
LONG_NUMBERS = {
    "in a determinant": eq(det(add(ref("A", "r", "s"), mul(LONG, ref("A", "s", "r")))), 0),
    "in a product": eq(mul(*[power(2, 2047)] * 400), 0),
    "in a sum": eq(add(*[num(Fraction(1, 10**90 + k)) for k in range(1, 400)]), 0),
}


@pytest.mark.parametrize("goal", LONG_NUMBERS.values(), ids=LONG_NUMBERS)
def test_long_numbers_are_given_up(goal: Statement) -> None:
    answer = verdict(context(A, dims="n"), goal)
    assert (answer.outcome, "longer than the kernel works with" in answer.reason) == ("undecided", True)
