"""Declarations say what a name is; a name which is none, or a definition which is none, is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.language.declare import (
    Definition,
    define,
    dims,
    field_,
    function,
    map_,
    matrix,
    random_scalar,
    random_vector,
    recurrence,
    scalar,
    scalars,
    time,
    vector,
)
from lemmata.language.errors import BadName, LanguageError, ShapeError
from tests.language.said import A, a, b, h, j, m, n, t, u, w, xs, γ, σ


def test_properties_are_kept() -> None:
    S = matrix("S", n, n, symmetric=True, invertible=True)
    assert S.data.properties == {"symmetric", "invertible"}
    assert scalar("c", positive=True).data.properties == {"positive"}
    assert random_vector("x", n, moments=4).data.moments == 4
    assert random_scalar("r").data.properties == {"random"}
    assert function("σ", order=2).order == 2


def test_several_names_at_once() -> None:
    assert [str(size) for size in dims("n, m p")] == ["n", "m", "p"]
    assert [c.shape for c in scalars("γ β", nonnegative=True)] == [(1, 1), (1, 1)]


def test_fields_take_arguments_of_their_shapes() -> None:
    loss = field_("ℓ", n, 1, (n, m))
    assert loss.inputs == (("n", 1), (1, 1), ("n", "m"))
    assert map_("f", n, m).output == ("m", 1)
    assert loss(u, γ, 0).args[2].head == "zeros"


def test_a_definition_is_an_expression_and_an_equation() -> None:
    assert w.shape == ("n", 1)
    assert isinstance(w.data.all, Definition)
    assert str(w.data.all) == "w"
    assert str(w.data.all.statement) == "w = γ u/‖u‖"


def test_a_recurrence_has_a_start_and_a_step() -> None:
    assert str(h.start.statement) == "h[0] = b"
    assert str(h.step.statement) == "h[t] = A σ(h[t-1]) + xt[t]"
    assert (str(h.start), str(h.step)) == ("h.start", "h.step")


@pytest.mark.parametrize("key", [t - 1, t + 2 - 3, -1 + t])
def test_times_are_counted_from_a_time(key: object) -> None:
    assert str(h[key]) == "h[t-1]"


@pytest.mark.parametrize("name", ["x", "γ", "W⊥", "μ_y", "λ′", "w*", "x₁", "Σ", "E", "x\u0302", "ℓ"])
def test_names(name: str) -> None:
    assert str(scalar(name)) == name


def test_one_letter_has_one_name() -> None:
    assert scalar("e\u0302") == scalar("ê")


REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: scalar("a#1"), BadName, "'a#1' is no name: '#' cannot stand in one"),
    (lambda: scalar("a·b"), BadName, "'a·b' is no name: '·' cannot stand in one"),
    (lambda: scalar("a%1"), BadName, "'a%1' is no name: '%' cannot stand in one"),
    (lambda: vector("a b", n), BadName, "'a b' is no name: ' ' cannot stand in one"),
    (lambda: dims("1n"), BadName, "'1n' is no name: it needs a letter first, and at most 40 characters"),
    (
        lambda: scalar("x" * 41),
        BadName,
        f"{'x' * 41!r} is no name: it needs a letter first, and at most 40 characters",
    ),
    (lambda: function("exp"), BadName, "'exp' is no name for a declaration: it is a known function"),
    (lambda: function("tanh"), BadName, "'tanh' is no name for a declaration: it is a known function"),
    (lambda: field_("det", n), BadName, "'det' is no name for a declaration: it is a known function"),
    (lambda: matrix("I", n, n), BadName, "'I' is no name for a declaration: it is the identity matrix"),
    (lambda: scalar("x²"), BadName, "'x²' is no name: '²' would be read as an exponent"),
    (lambda: matrix("Aᵀ", n, n), BadName, "'Aᵀ' is no name: 'ᵀ' would be read as an exponent"),
    (lambda: scalar("xⁿ"), BadName, "'xⁿ' is no name: 'ⁿ' would be read as an exponent"),
    (lambda: scalar(""), BadName, "'' is no name: it needs a letter first, and at most 40 characters"),
    (lambda: scalar(1), BadName, "1 is no name: it needs a letter first, and at most 40 characters"),  # type: ignore[arg-type]
    (
        lambda: vector("x", 2.0),
        LanguageError,
        "2.0 is no dimension: it needs one made by dims(...), or a positive integer",
    ),
    (
        lambda: vector("x", 0),
        LanguageError,
        "0 is no dimension: it needs one made by dims(...), or a positive integer",
    ),
    (
        lambda: matrix("A", n, m, symmetric=True),
        LanguageError,
        "A is n x m: only a single square matrix is symmetric",
    ),
    (lambda: dims("n m n"), BadName, "'n m n' names n twice"),
    (lambda: scalars("γ, γ"), BadName, "'γ, γ' names γ twice"),
    (lambda: dims(" "), BadName, "' ' names nothing"),
    (
        lambda: time("t", start=-1),
        LanguageError,
        "the start of the time t is -1; it needs a whole number, 0 or more",
    ),
    (
        lambda: random_vector("x", n, moments=0),
        LanguageError,
        "the number of moments of x is 0; it needs a whole number, 1 or more",
    ),
    (
        lambda: random_scalar("r", moments=2.5),  # type: ignore[arg-type]
        LanguageError,
        "the number of moments of r is 2.5; it needs a whole number, 1 or more",
    ),
    (
        lambda: function("σ", order=-1),
        LanguageError,
        "the order to which σ is differentiable is -1; it needs a whole number, 0 or more",
    ),
    (
        lambda: field_("L", n, order=True),
        LanguageError,
        "the order to which L is differentiable is True; it needs a whole number, 0 or more",
    ),
    (lambda: field_("L"), LanguageError, "L needs at least one input, such as field('L', n)"),
    (lambda: define("y", xs), LanguageError, "xs is a family; name one member, such as xs[j]"),
    (
        lambda: define("y", a[j] * γ),
        LanguageError,
        "y: nothing binds the index j of a[j] γ; sum over it with total(...)",
    ),
    (
        lambda: recurrence("q", n, over=n, step=lambda q, t: u),
        LanguageError,
        "q: a recurrence runs over a time",
    ),
    (
        lambda: recurrence("q", n, over=t, step=lambda q, t: A @ q[t]),
        LanguageError,
        "q[t]: its step may speak of q[t-1] and q[0], not of q[t]",
    ),
    (
        lambda: recurrence("q", n, over=t, step=lambda q, t: q[t - 2]),
        LanguageError,
        "q[t]: its step may speak of q[t-1] and q[0], not of q[t-2]",
    ),
    (
        lambda: recurrence("q", n, over=t, step=lambda q, t: q[t - 1] + define("y", h[t])),
        LanguageError,
        "q[t]: the time t is hidden in y; write it out",
    ),
    (
        lambda: recurrence("q", n, over=t, step=lambda q, t: xs[j]),
        LanguageError,
        "q: nothing binds the index j of xs[j]; sum over it with total(...)",
    ),
    (
        lambda: recurrence("q", n, over=t, step=lambda q, t: γ),
        ShapeError,
        "comparison with ==: the shapes do not fit\n  q[t]  is n x 1\n  γ  is a scalar",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "error", "message"), REFUSED, ids=lambda part: part if isinstance(part, str) else ""
)
def test_what_is_no_declaration_is_refused(
    wrong: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        wrong()
    assert str(raised.value) == message


def test_a_recurrence_may_use_others_at_its_time() -> None:
    q = recurrence("q", n, over=t, start=σ(h[0]), step=lambda q, t: σ(h[t]) + q[t - 1] + q[0] + b)
    assert str(q.step.statement.right) == "σ(h[t]) + q[t-1] + q[0] + b"
