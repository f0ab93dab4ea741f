"""Claims on complex numbers."""

import pytest

import lemmata
from lemmata.claims.result import Result

VARIABLES = {
    **{name: {"shape": [], "is": ["complex"]} for name in "zw"},
    "x": {"shape": []},
    "A": {"shape": ["n", "n"]},
    "v": {"shape": ["n"]},
}


def judged(claim: str, *given: str) -> Result:
    return lemmata.check(claim, vars=VARIABLES, given=list(given))


@pytest.mark.parametrize(
    "claim",
    [
        ("z**2 - 1 == (z - 1)*(z + 1)",),
        ("abs(z*w) == abs(z)*abs(w)",),
        ("abs(z + w) <= abs(z) + abs(w)",),
        ("abs(abs(z) - abs(w)) <= abs(z - w)",),
        ("abs(z + w)**2 + abs(z - w)**2 == 2*abs(z)**2 + 2*abs(w)**2",),
        ("exp(z + w) == exp(z)*exp(w)",),
        ("exp(z) != 0",),
        ("sin(z)**2 + cos(z)**2 == 1",),
        ("cosh(z)**2 - sinh(z)**2 == 1",),
        ("sin(2*z) == 2*sin(z)*cos(z)",),
        ("tan(z) == sin(z)/cos(z)", "cos(z) != 0"),
        ("sum(z**i, i, 0, 4)*(1 - z) == 1 - z**5",),
        ("1/(1 - z) - z/(1 - z) == 1", "z != 1"),
        ("z**-2 == 1/z**2", "z != 0"),
        ("z/w*w == z", "w != 0"),
        ("z**2 == w**2", "z == -w"),
        ("abs(z) == 0 => z == 0",),
        ("tr(z*A + w*A) == (z + w)*tr(A)",),
        ("(z*A)@(w*v) == z*w*(A@v)",),
    ],
)
def test_what_holds_of_all_complex_numbers_is_proved(claim: tuple[str, ...]) -> None:
    result = judged(*claim)
    assert result.outcome == "proved", result.reason


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("abs(z)**2 == z**2", {"z": "i"}),
        ("z**2 + 1 != 0", {"z": "i"}),
        ("abs(exp(z)) == exp(abs(z))", {"z": "i"}),
        ("abs(z + w) < abs(z) + abs(w)", {"z": "0", "w": "0"}),
        ("abs(z + w) >= abs(z) + abs(w)", {"z": "i", "w": "-i"}),
    ],
)
def test_a_false_claim_is_answered_by_complex_numbers(claim: str, values: dict[str, str]) -> None:
    result = judged(claim)
    assert result.outcome == "refuted", result.reason
    assert result.counterexample is not None
    assert result.counterexample["values"] == values


def test_the_part_that_differs_is_named() -> None:
    result = judged("z*abs(z) == z**2")
    assert result.outcome == "refuted"
    assert result.counterexample is not None
    assert "part)" in result.counterexample["lhs"]
    assert "z = zʳ + zⁱ i" in result.reason


def test_what_may_be_divided_by_zero_is_a_gap() -> None:
    result = judged("z/w*w == z")
    assert result.outcome == "gap"
    assert result.needs == ("wⁱ² + wʳ² ≠ 0",)
    assert result.reason.endswith("here w = wʳ + wⁱ i")


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("(1/z)**0 == 1", "z != 0"),
        ("(log(x) + z)**0 == 1", "x > 0"),
        ("log(x) + z*x == log(x) + z*abs(x)", "x > 0"),
        ("log(x) == log(x) + z*(x - abs(x))", "x > 0"),
    ],
)
def test_both_parts_are_defined_where_the_number_is(claim: str, given: str) -> None:
    assert judged(claim).outcome == "gap"
    assert judged(claim, given).outcome == "proved"


@pytest.mark.parametrize("claim", ["max(z, w) == max(w, z)", "min(z*x, 1) <= 1", "max(z**i, i, 1, 3) == z"])
def test_the_largest_is_one_of_real_numbers(claim: str) -> None:
    result = judged(claim)
    assert result.outcome == "invalid"
    assert "abs(z) is real" in result.reason


def test_the_largest_absolute_value_is_known() -> None:
    assert judged("max(abs(z), abs(w)) >= abs(w)").outcome == "proved"


@pytest.mark.parametrize("claim", ["z < w", "exp(z) > 0", "1 <= z"])
def test_complex_numbers_have_no_order(claim: str) -> None:
    result = judged(claim)
    assert result.outcome == "invalid"
    assert "abs(z) is real" in result.reason


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("sqrt(z**2) == abs(z)", "sqrt is not known of complex numbers"),
        ("log(exp(z)) == z", "log is not known of complex numbers"),
        ("diff(z**2, z) == 2*z", "is made of a complex number"),
        ("limit(exp(-1/z**2), z, 0) == 0", "is made of a complex number"),
        ("integral(z, z, 0, 1) == 1/2", "is made of a complex number"),
        ("z**x == exp(x*z)", "is a power of a complex number"),
        ("z**100 == z**99*z", "known for integers up to 16"),
        ("det(z*A) == z**2*det(A)", "is made of a complex number"),
    ],
)
def test_what_is_not_known_of_complex_numbers_is_undecided(claim: str, reason: str) -> None:
    result = judged(claim)
    assert result.outcome == "undecided"
    assert reason in result.reason


def test_a_number_that_is_said_to_be_real_is_real() -> None:
    variables = {"z": {"shape": [], "is": ["complex", "positive"]}}
    assert lemmata.check("abs(z) == z", vars=variables).outcome == "proved"
