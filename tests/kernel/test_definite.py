"""Definite matrices: which forms are manifestly >= 0 or > 0, and which only look like it."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel import definite as module
from lemmata.kernel.context import Context, Variable
from lemmata.kernel.terms import Term
from tests.kernel.say import (
    add,
    call,
    combine,
    context,
    delta,
    det,
    eq,
    exp,
    inverse,
    matrix,
    mul,
    neg,
    power,
    prod,
    ref,
    says,
    sqrt,
    tensor,
    total,
    trace,
    variable,
    verdict,
)

KNOWN: dict[str, Variable] = {
    "P": variable("P", "n", "n", psd=True),
    "Q": variable("Q", "n", "n", spd=True),
    "d": variable("d", "n", nonnegative=True),
    "c": variable("c", nonnegative=True),
    "r": variable("r", "n", positive=True),
}


def world(*without: str) -> Context:
    """Some of the variables may be declared without their properties."""
    plain = {name: Variable(name, known.shape) for name, known in KNOWN.items()}
    declared = [plain[name] if name in without else known for name, known in KNOWN.items()]
    vectors = (variable("u", "n"), variable("v", "n"), variable("w", "p"), variable("x"))
    matrices = (variable("A", "n", "n"), variable("B", "n", "n"), variable("C", "n", "p"))
    return context(*declared, *vectors, *matrices, dims="n p")


def outcome(relation: str, term: Term, *without: str, **hypotheses: Any) -> str:
    """What comes of 0 R term, of which nothing is used but its sign."""
    given = world(*without)
    for label, statement in hypotheses.items():
        given = given.assume(label, statement)
    return verdict(given, says(0, relation, term), combine(slack=term)).outcome


def form(left: str, entry: Term, right: str) -> Term:
    """Σ left[k]·entry·right[m]."""
    return total("k m", "n", mul(ref(left, "k"), entry, ref(right, "m")))


def pinv_of_C(row: str, column: str) -> Term:
    return call("pinv", matrix("C", "n", "p"), output=(row, column))


def pinv_of_scaled(row: str, column: str, scale: Term) -> Term:
    """An entry of pinv(scale·C)."""
    return call("pinv", tensor(mul(scale, ref("C", "e", "f")), e="n", f="p"), output=(row, column))


P, Q = ref("P", "k", "m"), ref("Q", "k", "m")
inverse_of_Q = inverse(ref("Q", "e", "f"), ("k", "m"), "e f")
NONNEGATIVE: dict[str, tuple[Term, str]] = {
    "uᵀP u": (form("u", P, "u"), "P"),
    "uᵀPᵀu": (form("u", ref("P", "m", "k"), "u"), "P"),
    "c·uᵀP u": (mul(ref("c"), form("u", P, "u")), "c P"),
    "Σ c·u[k]·P[k,m]·u[m]": (total("k m", "n", mul(ref("c"), ref("u", "k"), P, ref("u", "m"))), "c P"),
    "uᵀ(P + Q)u": (form("u", add(P, Q), "u"), "P Q"),
    "uᵀ(c·P)u": (form("u", mul(ref("c"), P), "u"), "c P"),
    "uᵀinv(Q)u": (form("u", inverse_of_Q, "u"), "Q"),
    "uᵀdiag(d)u": (form("u", mul(delta("k", "m"), ref("d", "k")), "u"), "d"),
    "(uᵀA)P(Aᵀu)": (
        total(
            "k m i j",
            "n",
            mul(ref("u", "i"), ref("A", "i", "k"), P, ref("A", "j", "m"), ref("u", "j")),
        ),
        "P",
    ),
    "tr(AᵀP A)": (trace("A' P A"), "P"),
    "the square of a sum": (total("k m", "n", mul(ref("u", "k"), ref("u", "m"))), ""),
    "P[i,i]": (ref("P", 1, 1), "P"),
    "tr(P)": (trace("P"), "P"),
    "det(P)": (det(ref("P", "r", "s")), "P"),
    "det(AᵀP A)": (det(prod("A' P A", "r", "s")), "P"),
    "det(A Aᵀ)": (det(prod("A A'", "r", "s")), ""),
    "det(C Cᵀ)": (det(total("k", "p", mul(ref("C", "r", "k"), ref("C", "s", "k"))), "r s"), ""),
    "det(diag(d))": (det(mul(delta("r", "s"), ref("d", "r"))), "d"),
    "det(pinv(C)ᵀ pinv(C))": (det(total("k", "p", mul(pinv_of_C("k", "r"), pinv_of_C("k", "s")))), ""),
}


@pytest.mark.parametrize("name", NONNEGATIVE)
def test_not_negative(name: str) -> None:
    assert outcome("<=", NONNEGATIVE[name][0]) == "proved"


@pytest.mark.parametrize("name", NONNEGATIVE)
def test_form_that_may_vanish_is_not_positive(name: str) -> None:
    """At u = 0, A = 0, P = 0 or d = 0."""
    assert outcome("<", NONNEGATIVE[name][0]) == "undecided"


@pytest.mark.parametrize(
    ("name", "property_"), [(name, p) for name, (_, used) in NONNEGATIVE.items() for p in used.split()]
)
def test_each_property_is_needed(name: str, property_: str) -> None:
    assert outcome("<=", NONNEGATIVE[name][0], property_) == "undecided"


POSITIVE: dict[str, tuple[Term, str]] = {
    "det(Q)": (det(ref("Q", "r", "s")), "Q"),
    "det(inv(Q))": (det(inverse(ref("Q", "e", "f"), ("r", "s"), "e f")), "Q"),
    "det(P + Q)": (det(add(ref("P", "r", "s"), ref("Q", "r", "s"))), "P Q"),
    "det(I + A Aᵀ)": (det(add(delta("r", "s"), prod("A A'", "r", "s"))), ""),
    "det(c·P + I)": (det(add(mul(ref("c"), ref("P", "r", "s")), delta("r", "s"))), "c P"),
    "det(diag(r))": (det(mul(delta("i", "j"), ref("r", "i")), "i j"), "r"),
    "Q[1,1]": (ref("Q", 1, 1), "Q"),
    "tr(Q)": (trace("Q"), "Q"),
    "1 + uᵀP u": (add(1, form("u", P, "u")), "P"),
    "rᵀQ r": (form("r", Q, "r"), "Q r"),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_positive(name: str) -> None:
    assert outcome("<", POSITIVE[name][0]) == "proved"


@pytest.mark.parametrize(
    ("name", "property_"), [(name, p) for name, (_, used) in POSITIVE.items() for p in used.split()]
)
def test_each_property_of_what_is_positive_is_needed(name: str, property_: str) -> None:
    assert outcome("<", POSITIVE[name][0], property_) == "undecided"


def test_form_of_a_vector_that_is_not_zero() -> None:
    """0 < uᵀQ u needs Σ u[k]² != 0, and Q to be strictly definite."""
    somewhere = says(total("k", "n", power(ref("u", "k"), 2)), "!=", 0)
    elsewhere = says(total("k", "n", power(ref("v", "k"), 2)), "!=", 0)
    assert outcome("<", form("u", Q, "u"), h=somewhere) == "proved"
    assert outcome("<", form("u", Q, "u"), h=elsewhere) == "undecided"
    assert outcome("<", form("u", P, "u"), h=somewhere) == "undecided"
    assert outcome("<", mul(ref("c"), form("u", Q, "u")), h=somewhere) == "undecided"


def test_positive_on_all_of_several_indices_is_not_said() -> None:
    """Σ_p Σ_{k,m} A[k,p]·Q[k,m]·A[m,p] vanishes at A = 0, whatever Q is."""
    assert outcome("<", trace("A' Q A")) == "undecided"


MIDDLE = add(mul(power(ref("v", "r"), 2), delta("k", "m")), mul(power(ref("v", "s"), 2), delta("k", "m")))
NOT_NONNEGATIVE: dict[str, Term] = {
    "uᵀP v": form("u", P, "v"),
    "uᵀA u": form("u", ref("A", "k", "m"), "u"),
    "uᵀ(P - Q)u": form("u", add(P, neg(Q)), "u"),
    "uᵀ(x·P)u": form("u", mul(ref("x"), P), "u"),
    "Σ x·u[k]·P[k,m]·u[m]": total("k m", "n", mul(ref("x"), ref("u", "k"), P, ref("u", "m"))),
    "P[1,j] for one j": total("j", "n", ref("P", 1, "j")),
    "uᵀinv(P)u": form("u", inverse(ref("P", "e", "f"), ("k", "m"), "e f"), "u"),
    "uᵀdiag(v)u": form("u", mul(delta("k", "m"), ref("v", "k")), "u"),
    "Σ_k u[k]·P[k,k]·u[k], times v[k]": total(
        "k", "n", mul(ref("u", "k"), ref("v", "k"), ref("P", "k", "k"))
    ),
    "tr(A P A)": trace("A P A"),
    "tr(A A)": trace("A A"),
    "tr(P Q)": trace("P Q"),
    "a factor that shares an index of one end": total(
        "k m i j", "n", mul(ref("A", "k", "i"), P, ref("A", "m", "j"), ref("v", "i"))
    ),
    "the ends multiplied by a vector": total(
        "k m i", "n", mul(ref("A", "k", "i"), P, ref("A", "m", "i"), ref("v", "i"))
    ),
    "one end transposed": total("k m i", "n", mul(ref("A", "k", "i"), P, ref("A", "i", "m"))),
    "uᵀ(P∘P)u": total("k m", "n", mul(ref("u", "k"), power(P, 2), ref("u", "m"))),
    "uᵀ(P∘P)u, with P twice": total("k m", "n", mul(ref("u", "k"), P, P, ref("u", "m"))),
    "det(P - Q)": det(add(ref("P", "r", "s"), neg(ref("Q", "r", "s")))),
    "det(A)": det(ref("A", "r", "s")),
    "det(A P B)": det(prod("A P B", "r", "s")),
    "det(diag(v))": det(mul(delta("r", "s"), ref("v", "r"))),
    "det(pinv(C) A)": det(total("k", "n", mul(pinv_of_C("r", "k"), ref("C", "k", "s"))), "r s", "p"),
    "det(pinv(C)ᵀ pinv(xC))": det(
        total("k", "p", mul(pinv_of_C("k", "r"), pinv_of_scaled("k", "s", ref("x"))))
    ),
    "det of entries of pinv(v[r]·C) and pinv(v[r]·C)": det(
        total("k", "p", mul(*(pinv_of_scaled("k", end, ref("v", "r")) for end in "rs")))
    ),
    "det of entries of pinv(v[r]·C) and pinv(v[s]·C) elsewhere": det(
        total("k", "p", mul(pinv_of_scaled("k", "r", ref("v", "s")), pinv_of_scaled("k", "s", ref("v", "s"))))
    ),
    "det of a form whose middle speaks of the ends": det(
        total("k m", "n", mul(ref("A", "r", "k"), MIDDLE, ref("A", "s", "m")))
    ),
}


@pytest.mark.parametrize("name", NOT_NONNEGATIVE)
def test_not_said_to_be_nonnegative(name: str) -> None:
    assert outcome("<=", NOT_NONNEGATIVE[name]) == "undecided"


def test_ends_that_differ_in_a_bound_index_are_not_the_same() -> None:
    """Σ_j A[k,j]·B[j,r] is not Σ_j A[m,j]·B[j,j], whatever the indices are named."""
    first = exp(total("i", "n", mul(ref("A", "k", "i"), ref("B", "i", "r"))))
    second = exp(total("j", "n", mul(ref("A", "m", "j"), ref("B", "j", "j"))))
    entry = total("k m", "n", mul(first, P, second))
    plain, square = (det(mul(delta("r", "s"), value)) for value in (entry, sqrt(power(entry, 2))))
    assert verdict(world(), eq(plain, square)).outcome == "undecided"
    assert verdict(world(), eq(square, plain)).outcome == "undecided"


def nested(depth: int) -> Term:
    """Sums over three indices, one inside the other."""
    if not depth:
        return ref("u", 1)
    a, b, c = (f"{letter}{depth}" for letter in "abc")
    return total(f"{a} {b} {c}", "n", mul(ref("A", a, b), ref("A", b, c), add(0, nested(depth - 1))))


def test_work_on_nested_forms_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form inside a form inside a form: what is asked does not grow as a power."""
    asked, known = [0], module.definite

    def counted(*arguments: Any) -> Any:
        asked[0] += 1
        if asked[0] > 50_000:
            raise TimeoutError
        return known(*arguments)

    monkeypatch.setattr(module, "definite", counted)
    assert outcome("<=", nested(10)) == "undecided"


def test_sign_of_what_is_under_a_sum_and_a_function() -> None:
    """√(uᵀP u) is defined, and √(uᵀA u) asks for it."""
    root = sqrt(form("u", P, "u"))
    assert verdict(world(), eq(root, root)).outcome == "proved"
    root = sqrt(form("u", ref("A", "k", "m"), "u"))
    assert verdict(world(), eq(root, root)).outcome == "gap"


@pytest.mark.parametrize("property_", ["psd", "spd"])
def test_only_square_matrices_are_definite(property_: str) -> None:
    for shape in ((), ("n",), ("n", "p"), ("n", "n", "n")):
        given = context(variable("M", *shape, **{property_: True}), dims="n p")
        assert verdict(given, eq(1, 1)).outcome == "invalid"


def test_sign_of_a_largest_eigenvalue() -> None:
    """That of the form, for what is definite; of other matrices nothing is said."""
    of = {name: call("eigmax", matrix(name)) for name in "PQA"}
    assert [outcome("<=", of["P"]), outcome("<", of["Q"])] == ["proved", "proved"]
    assert [outcome("<", of["P"]), outcome("<=", of["A"])] == ["undecided", "undecided"]
    assert [outcome("<=", of["P"], "P"), outcome("<", of["Q"], "Q")] == ["undecided", "undecided"]


def test_definite_is_not_symmetric() -> None:
    assert verdict(world(), eq(ref("Q", "i", "j"), ref("Q", "j", "i"), i="n", j="n")).outcome == "undecided"
