"""A condition on a number which is the same as one of which it is given."""

import lemmata

SCALARS = {name: {"shape": []} for name in "abcs"}
FORM = {"X": {"shape": ["n", "m"]}, "A": {"shape": ["m", "m"]}, "v": {"shape": ["n"]}, "s": {"shape": []}}
INVERTED = ["det(X.T@X) != 0", "A == inv(X.T@X)", "s == v.T@v - v.T@X@A@X.T@v"]


def outcome(claim: str, variables: dict[str, dict[str, object]], given: list[str]) -> str:
    return lemmata.check(claim, vars=variables, given=given).outcome


def test_a_number_with_another_name_is_not_zero_where_that_is_given() -> None:
    claim = "c*s/(a - b) == c"
    for known in ("s != 0", "s > 0", "0 > s"):
        assert outcome(claim, SCALARS, ["s == a - b", known]) == "proved"


def test_nothing_follows_from_a_number_that_is_another_one() -> None:
    claim = "c*(a - b)/(a - b) == c"
    assert outcome(claim, SCALARS, ["s == a - b"]) == "gap"
    assert outcome(claim, SCALARS, ["s == a + b", "s != 0"]) == "gap"
    assert outcome(claim, SCALARS, ["s == a - b", "s >= 0"]) == "gap"


def test_a_schur_complement_is_not_zero_under_its_name() -> None:
    claim = "v.T@X@(A + A@X.T@v@v.T@X@A.T/s) - v.T@v*v.T@X@A.T/s == zeros(1, m)"
    assert outcome(claim, FORM, [*INVERTED, "s != 0"]) == "proved"
