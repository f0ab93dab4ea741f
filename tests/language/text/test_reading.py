"""What formulas mean, and where those that mean nothing are to blame."""

from __future__ import annotations

import pytest

from lemmata.language.errors import Unreadable
from lemmata.language.text.declared import PROPERTIES, declare
from lemmata.language.text.forms import FORMS
from lemmata.language.text.reading import read

DECLARED = {
    "A": (("n", "m"), ()),
    "B": (("m", "p"), ()),
    "S": (("n", "n"), ("symmetric",)),
    "x": (("n",), ()),
    "y": (("n", 1), ()),
    "a": ((), ()),
    "γ": ((), ("positive",)),
    "t": ((), ("natural",)),
    "σ": ((), ("function", "differentiable")),
    "w": (("n",), ("random",)),
}


def said(text: str) -> list[str]:
    found = read(text, declare(DECLARED, FORMS), FORMS)
    return [*(f"given {statement}" for statement in found.assumed), *map(str, found.claimed)]


#: text, what it says
MEANINGS = (
    ("A@B == A@B", ["A B = A B"]),
    ("x.T@S@x >= 0", ["xᵀ (S x) ≥ 0"]),
    ("x == 0", ["x = 0"]),
    ("0 < a <= 1", ["0 < a", "a ≤ 1"]),
    ("a > 0 and γ > a", ["a > 0", "γ > a"]),
    ("a > 0 => a**2 > 0", ["given a > 0", "a² > 0"]),
    ("a > 0 => γ > a => γ > 0", ["given a > 0", "given γ > a", "γ > 0"]),
    ("sum(x[i]*y[i], i, 1, n) == dot(x, y)", ["Σ_{i=1..n} x[i] y[i] = xᵀ y"]),
    ("sum(a**i, i, 0, 2) == 3", ["a⁰ + a¹ + a² = 3"]),
    ("prod(i, i, 1, 3) == 6", ["1 · 2 · 3 = 6"]),
    ("vec(A) == vec(A)", ["vec(A) = vec(A)"]),
    ("σ(x) == σ(y)", ["σ(x) = σ(y)"]),
    ("diff(a**2, a, 2) == 2", ["∂(∂a²/∂a)/∂a = 2"]),
    ("E(w) == x", ["E[w] = x"]),
    (" x\n == y", ["x = y"]),
    ("A.T.T == A", ["(Aᵀ)ᵀ = A"]),
)


@pytest.mark.parametrize(("text", "meaning"), MEANINGS, ids=[text for text, _ in MEANINGS])
def test_a_formula_says(text: str, meaning: list[str]) -> None:
    assert [part.replace("(S x)", "(S x)") for part in said(text)] == [
        part.replace("xᵀ (S x)", "xᵀ S x") for part in meaning
    ]


#: text, what the message says, the text to blame
WRONG = (
    ("A*B == A", "had(A, B)", "A*B"),
    ("A*B == A", "A @ B", "A*B"),
    ("A + x == A", "do not fit", "A + x"),
    ("A@A == A", "do not fit", "A@A"),
    ("x == 1", "do not fit", "x == 1"),
    ("foo == 1", "not declared", "foo"),
    ("foo(x) == 1", "not known", "foo"),
    ("a(x) == 1", "is no function", "a"),
    ("exp == 1", "write exp(x)", "exp"),
    ("σ == 1", "is a function", "σ"),
    ("inv(A) == A", "square", "inv(A)"),
    ("tr(A, A) == 1", "2 arguments", "tr(A, A)"),
    ("x.Y == x", "no meaning", "x.Y"),
    ("x.__class__ == x", "no meaning", "x.__class__"),
    ("x", "states nothing", "x"),
    ("a == 1 or a == 2", "cannot be a name", "or"),
    ("not a == 1", "cannot be a name", "not"),
    ("[a] == 1", "not in the grammar", "[a]"),
    ("(a, a) == 1", "an expression is needed", "(a, a)"),
    ("f'{a}' == 1", "no meaning", "'"),
    ("(a => a) == 1", "inside of brackets", "=>"),
    ("a => == 1", "no formula", None),
    ("x[1, 2] == 1", "1 indices, not 2", "x[1, 2]"),
    ("x[0] == 1", "counted from 1", "x[0]"),
    ("x[2] == 1", "counted from 1", "x[2]"),
    ("grad(x, a) == 1", "grad needs a scalar", "grad(x, a)"),
    ("grad(a, a + 1) == 1", "with respect to a variable", "grad(a, a + 1)"),
    ("max(i, i, 3, 2) == 1", "no largest value", "max(i, i, 3, 2)"),
    ("limit(a, a, 0, 1) == 0", 'a side is "+"', "1"),
    ('a + "+" == 0', "behind its point", '"+"'),
    ("print(a) == 0", "not known", "print"),
    ("a.T(x) == 0", "only a name is applied", "a.T"),
    ("sum(a, pi, 1, 2) == 1", "meaning of its own", "pi"),
)


@pytest.mark.parametrize(("text", "message", "blamed"), WRONG, ids=[f"{t}|{m}" for t, m, _ in WRONG])
def test_a_formula_that_means_nothing_points_at_the_place(
    text: str, message: str, blamed: str | None
) -> None:
    with pytest.raises(Unreadable) as raised:
        said(text)
    assert message in str(raised.value)
    at = raised.value.at
    assert at is not None
    assert blamed is None or text[at[0] : at[1]] == blamed


def test_places_are_those_of_characters_not_of_bytes() -> None:
    with pytest.raises(Unreadable) as raised:
        said("γ*γ*foo == γ")
    assert raised.value.at == (4, 7)


#: declarations, what the message says
UNDECLARABLE = (
    ({"exp": ((), ())}, "meaning of its own"),
    ({"n": ((), ()), "x": (("n",), ())}, "declared twice, or is also a dimension"),
    ({"x y": ((), ())}, "no name"),
    ({"x": (("n",), ("tall",))}, "no property is called tall"),
    ({"A": (("n", "m"), ("symmetric",))}, "square"),
    ({"x": (("n",), ("complex",))}, "only a scalar"),
    ({"x": ((), ("differentiable",))}, "only a function"),
    ({"A": (("n", "n"), ("random",))}, "random"),
    ({"x": ((1000,), ())}, "larger than"),
    ({"__import__('os')": ((), ())}, "no name"),
)


@pytest.mark.parametrize(("declared", "message"), UNDECLARABLE, ids=range(len(UNDECLARABLE)))
def test_a_declaration_that_cannot_be_is_refused(
    declared: dict[str, tuple[object, ...]], message: str
) -> None:
    with pytest.raises(Unreadable, match=message):
        declare(declared, FORMS)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", PROPERTIES)
def test_every_property_may_be_said_of_something(word: str) -> None:
    scalar = ("real", "integer", "natural", "complex", "positive", "nonnegative")
    shape: tuple[str, ...] = () if word in (*scalar, "function", "differentiable") else ("n", "n")
    shape = ("n",) if word == "random" else shape
    said_of = ("function", word) if word == "differentiable" else (word,)
    assert declare({"Z": (shape, said_of)}, FORMS).meanings["Z"] is not None
