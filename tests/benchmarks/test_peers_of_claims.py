"""What other programs are asked about claims is the claim, and what they answer is counted as it is."""

from __future__ import annotations

import re
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
import sympy

from benchmarks.claims import Group, kind, table_of_peers
from benchmarks.peers_of_claims import by_math_verify, by_sympy, by_tensorgrad
from benchmarks.peers_of_claims.asking import Answer, NotSaid, Peer, asked, sides
from benchmarks.peers_of_claims.tally import Tally, of_lemmata, of_peer
from lemmata.claims.result import Result
from tests.benchmarks.numeric_tensors import TENSORS

SHAPES = {
    **dict.fromkeys("abxyz", ("n",)),
    **dict.fromkeys("ABX", ("n", "n")),
    **{"s": (), "t": (), "M": ("n", "m"), "H": ("n", "m")},
}


def claim(text: str, **properties: list[str]) -> dict[str, Any]:
    declared = {name: {"shape": list(SHAPES[name])} for name in SHAPES if re.search(rf"\b{name}\b", text)}
    for name, said in properties.items():
        declared.setdefault(name, {"shape": []})["is"] = said
    return {"id": text, "vars": declared, "claim": text}


# -- asking ------------------------------------------------------------------------------------------------


def answer(equal: Any, text: str = "s == s", seconds: float = 5) -> Answer:
    return asked(Peer("a peer", "math", equal), claim(text), seconds)


def fails(*_: object) -> bool:
    raise ValueError("no idea")


def has_no_word(*_: object) -> bool:
    raise NotSaid("a word")


def takes_long_and_catches_what_it_can(*_: object) -> bool:
    try:
        sleep(5)
    except Exception:
        return True
    return True


def test_the_answer_is_what_the_peer_says() -> None:
    assert answer(lambda module, left, right: True).said == "yes"
    assert answer(lambda module, left, right: False).said == "no"
    assert answer(has_no_word)[::2] == ("not said", "a word")
    assert answer(fails)[::2] == ("error", "ValueError: no idea")


def test_a_limit_of_time_holds_whatever_the_peer_catches() -> None:
    found = answer(takes_long_and_catches_what_it_can, seconds=0.05)
    assert found.said == "out of time" and found.seconds < 4


@pytest.mark.parametrize("text", ["s <= s", "s == t and t == s", "s == t implies t == s"])
def test_only_an_equation_is_asked_for(text: str) -> None:
    assert answer(lambda *_: True, text).said == "not said"


# -- SymPy -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "A@B - A@B == zeros(n, n)",
        "grad(x.T@A@x, x) == A@x + A.T@x",
        "grad(tr(A@X), X) == A.T",
        "diff(sin(s*t), s) == t*cos(s*t)",
        "diff(asinh(s), s) == 1/sqrt(1 + s**2)",
        "integral(u**2, u, 0, 1) == 1/3",
        "limit(sin(u)/u, u, 0) == 1",
        "sum(1/2**k, k, 1, oo) == 1",
        "cbrt(-8) == -2",
    ],
)
def test_sympy_is_asked_in_its_words(text: str) -> None:
    assert by_sympy.equal(sympy, *sides(claim(text)))


def test_sympy_does_not_find_what_is_false() -> None:
    assert not by_sympy.equal(sympy, *sides(claim("A@B == B@A")))
    assert not by_sympy.equal(sympy, *sides(claim("diff(s**2, s) == s")))


def test_sympy_is_not_asked_for_a_jacobian() -> None:
    assert asked(by_sympy.SYMPY, claim("jac(A@x, x) == A"), 5).said == "not said"


# -- tensorgrad, by numbers instead of its tensors -----------------------------------------------------------

TENSOR_CLAIMS = [
    "x.T@A@y == y.T@A.T@x",
    "tr(A@B.T) == sum(sum(A[i, j]*B[i, j], j, 1, n), i, 1, n)",
    "tr(x@y.T) == dot(y, x)",
    "had(A, B)@ones(n, 1) == diagonal(A@B.T)",
    "diag(x)@y == had(x, y)",
    "A@inv(A)@x == x",
    "inv(A.T)@B == (B.T@inv(A)).T",
    "norm(x)**2 + fro(M)**2 == x.T@x + tr(M@M.T)",
    "A**3@eye(n) == A@A@A + zeros(n, n)",
    "n*s/2*x == s*dot(ones(n, 1), ones(n, 1))/2*x",
    "softplus(x) - log(exp(x)) == log(ones(n, 1) + exp(-x))",
    "sum(A[i, i]*x[i], i, 1, n) == tr(diag(x)@A)",
    "sum(s, i, 1, n)*x == n*s*x",
    "norm(x)**(-1/2) == 1/sqrt(norm(x))",
    "grad(x.T@A@x, x) == (A + A.T)@x",
    "grad(det(X), X) == det(X)*inv(X).T",
    "grad(tr(inv(X)@A), X) == -(inv(X)@A@inv(X)).T",
    "grad(fro(M)**2, M) == 2*M",
    "jac(tanh(A@x), x) == diag(ones(n, 1) - had(tanh(A@x), tanh(A@x)))@A",
    "hess(x.T@A@x, x) == A + A.T",
    "dir(X@A@X, X, B) == B@A@X + X@A@B",
    "dir(M@M.T, M, H) == H@M.T + M@H.T",
    "diff(s**2*x, s) == 2*s*x",
]


@pytest.mark.parametrize("text", TENSOR_CLAIMS)
def test_a_claim_in_tensors_says_the_same(text: str) -> None:
    assert by_tensorgrad.equal(TENSORS, *sides(claim(text)))


@pytest.mark.parametrize(
    "text",
    [
        "A@B == B@A",
        "A.T == A",
        "inv(A) == inv(A).T",
        "x@y.T == y@x.T",
        "jac(A@x, x) == A.T",
        "grad(x.T@A@x, x) == 2*A@x",
        "A[i, j] == A[j, i]",
        "dir(X@A, X, B) == A@B",
    ],
)
def test_a_false_claim_in_tensors_stays_false(text: str) -> None:
    indices = {name: ["natural"] for name in "ij" if f"[{name}" in text or f" {name}]" in text}
    said = claim(text, **indices)
    said["given"] = [bound for name in indices for bound in (f"1 <= {name}", f"{name} <= n")]
    assert not by_tensorgrad.equal(TENSORS, *sides(said))


def test_a_symmetric_variable_is_symmetric_in_tensors() -> None:
    assert by_tensorgrad.equal(TENSORS, *sides(claim("A.T@x == A@x", A=["symmetric"])))


@pytest.mark.parametrize("text", ["rank(A) == n", "sin(s) == s", "kron(A, B) == kron(A, B)", "s**t == s**t"])
def test_there_is_no_tensor_for_some_words(text: str) -> None:
    with pytest.raises(NotSaid, match="tensorgrad"):
        by_tensorgrad.equal(TENSORS, *sides(claim(text)))


# -- Math-Verify -------------------------------------------------------------------------------------------


def test_the_latex_has_plain_letters() -> None:
    said = claim("atan(e_1*i) == integral(log(pi*t), t, 0, e_1)", e_1=[], i=[])
    assert by_math_verify.latex(*sides(said)) == (
        r"\arctan{\left(x y \right)}",
        r"\int_{0}^{x} \ln{\left(\pi z \right)}\, dz",
    )


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("-1*2*s", "- 2 x"),
        ("1/s", r"\frac{1}{x}"),
        ("-s**2/2", r"- \frac{x^{2}}{2}"),
        ("0/s", r"\frac{0}{x}"),
        ("s/s", r"\frac{x}{x}"),
    ],
)
def test_the_latex_has_one_number_in_front_of_a_product(text: str, formula: str) -> None:
    assert by_math_verify.latex(*sides(claim(f"{text} == s")))[0] == formula


@pytest.mark.parametrize("text", ["A == A", "dot(x, y) == dot(y, x)"])
def test_math_verify_is_asked_about_numbers_only(text: str) -> None:
    with pytest.raises(NotSaid, match=r"^Math-Verify has no word for"):
        by_math_verify.latex(*sides(claim(text)))


def math_verify(read: Any) -> Any:
    """One that takes for equal what it has read as the same."""
    return SimpleNamespace(
        LatexExtractionConfig=object,
        parse=lambda text, extraction_config, parsing_timeout: read(text),
        verify=lambda gold, found, timeout_seconds: gold == found,
    )


def test_math_verify_compares_what_it_reads() -> None:
    read = math_verify(lambda text: [sympy.Symbol(text.strip("$")), text])
    assert by_math_verify.equal(read, *sides(claim("s == s")))
    assert not by_math_verify.equal(read, *sides(claim("s == t")))


@pytest.mark.parametrize("found", [[], ["x"], [sympy.Symbol("d") ** 2]])
def test_what_math_verify_does_not_read_is_not_said(found: list[Any]) -> None:
    with pytest.raises(NotSaid, match="does not read"):
        by_math_verify.equal(math_verify(lambda text: found), *sides(claim("s == s")))


# -- counting ----------------------------------------------------------------------------------------------

ANSWERS = [Answer(said, 0.001 * ms) for said, ms in (("yes", 1), ("yes", 2), ("no", 3), ("not said", 99))]


def results(*outcomes: str) -> list[Result]:
    return [Result(id=number, outcome=outcome, seconds=0.5) for number, outcome in enumerate(outcomes)]


def test_a_yes_is_right_for_a_true_claim_and_wrong_for_a_false_one() -> None:
    known = results("gap", "refuted", "refuted", "refuted")
    true, false = (of_peer(ANSWERS, kind, known) for kind in (True, False))
    assert (true.right, true.wrong, true.lenient, true.undecided, true.not_said) == (2, 0, 0, 1, 1)
    assert (false.right, false.wrong, false.lenient, false.undecided, false.not_said) == (0, 1, 1, 1, 1)


def test_the_times_are_those_of_what_could_be_said() -> None:
    assert of_peer(ANSWERS, True, results(*["proved"] * 4)).line("One") == (
        "    One: 2 right, 0 wrong, 1 not decided, 1 not said, 0 out of time, 0 errors, 2 ms (95 %: 3 ms)"
    )


def test_our_own_results_are_counted_the_same_way_and_those_refuted_too() -> None:
    known = results("proved", "refuted", "gap", "undecided")
    true, false = (of_lemmata(known, kind) for kind in (True, False))
    assert (true.right, true.refuted, true.wrong, true.undecided) == (1, 0, 1, 2)
    assert (false.right, false.refuted, false.wrong, false.undecided) == (0, 2, 1, 1)
    assert (true + false).cell() == "1 + 2 refuted, 2 wrong, 500 ms"


def test_the_table_has_a_row_for_each_kind_and_a_dash_where_nothing_was_said() -> None:
    one, none = Tally(right=1, wrong=2, lenient=3, seconds=(0.001,)), Tally(not_said=4)
    assert table_of_peers({"scalar": {"lemmata": one + none, "One": none}}) == (
        "| claims | lemmata | One |\n| --- | --- | --- |\n| scalar | 1, 2 wrong + 3 lenient, 1 ms | – |"
    )


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("cookbook/derivatives_false", "cookbook/derivatives"),
        ("cookbook/basics", "cookbook, others"),
        ("gradients/losses_false", "gradients"),
        ("scalar/traps", "scalar/traps"),
    ],
)
def test_claims_of_one_kind_are_one_row(name: str, row: str) -> None:
    assert kind(Group(name, True, ())) == row


def test_a_peer_that_is_not_installed_is_known_to_be() -> None:
    assert not Peer("Nobody", "no_such_peer", fails).installed
    assert by_sympy.SYMPY.installed
