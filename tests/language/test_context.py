"""The context of a statement is what it speaks of, also through definitions; one name means one thing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from lemmata.kernel.check import check_context, check_statement
from lemmata.kernel.context import Context, Function, Variable
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.definitions import check_definitions
from lemmata.kernel.terms import ONE, Add, Count, Delta, Index, Mul, Natural, Num, Pow, Ref, Sum
from lemmata.language import build as say
from lemmata.language.context import context_of
from lemmata.language.declare import (
    define,
    dims,
    field_,
    function,
    index,
    matrix,
    random_vector,
    recurrence,
    scalar,
    time,
    vector,
)
from lemmata.language.errors import NameClash, NotLowered
from lemmata.language.expr import Expr, Statement
from lemmata.language.lower import lower, lower_statement
from tests.language.said import A, L, a, b, h, j, m, n, t, u, w, xs, y, γ

ROW, COLUMN, BOUND = Index("i%"), Index("j%"), Index("k%1")


def test_a_context_has_what_a_statement_speaks_of() -> None:
    S = matrix("S", n, n, symmetric=True)
    x = random_vector("x", m, moments=3)
    σ = function("σ", order=1)
    context = context_of([S @ σ(u) == 0], [("x", say.E(x) == 0)], [field_("ℓ", n, 1)(u, γ)])
    assert context.dims == ("n", "m")
    assert context.variables == (
        Variable("S", ("n", "n"), frozenset({"symmetric"})),
        Variable("u", ("n",)),
        Variable("x", ("m",), frozenset({"random"}), 3),
        Variable("γ"),
    )
    assert context.functions == (Function("σ", ((),), (), 1), Function("ℓ", (("n",), ()), ()))
    assert [label for label, _ in context.hypotheses] == ["x"]


def test_definitions_come_after_what_they_speak_of() -> None:
    z = define("z", w + u)
    assert [label for label, _ in context_of([z == 0]).definitions] == ["w", "z"]


def test_a_recurrence_binds_its_own_time() -> None:
    context = context_of([h[t] == 0])
    assert context.naturals == (("t", 0),)
    (start, first), (step, later) = context.definitions
    assert (start, first.binders, first.left) == ("h.start", (("i%", "n"),), Ref("h", (Index("", 0), ROW)))
    assert (step, later.binders) == ("h.step", (("t%", Natural(1)), ("i%", "n")))
    assert later.left == Ref("h", (Index("t%"), ROW))
    assert context_of([h[0] == b]).naturals == ()


def test_a_time_which_a_definition_speaks_of_is_in_the_context() -> None:
    y = define("y", h[t].T @ h[t])
    assert context_of([y == 1]).naturals == (("t", 0),)


def test_a_time_starts_where_the_statement_says() -> None:
    later = time("t", start=1)
    context = context_of([h[later - 1] == 0])
    assert context.naturals == (("t", 1),)
    check_statement(context, lower_statement(h[later - 1] == 0))


WELL_FORMED = [
    h[t] == A @ h[t],
    w != 0,
    say.grad(L(w), u) == 0,
    xs[j] == u,
    say.total(xs[j], j) == m * u,
    define("y", say.norm(h[t])) >= 0,
]


@pytest.mark.parametrize("statement", WELL_FORMED, ids=str)
def test_contexts_are_well_formed(statement: Statement) -> None:
    context = context_of([statement], [("it", statement)])
    check_context(context)
    check_definitions(context)
    check_statement(context, lower_statement(statement))


def _one(*expressions: Expr) -> Callable[[], Context]:
    return lambda: context_of(expressions=expressions)


(p,) = dims("p")
CLASHES = [
    (
        _one(u, vector("u", m)),
        "u stands for two things: a variable of shape n x 1 and a variable of shape m x 1",
    ),
    (
        _one(A, matrix("A", n, n, symmetric=True)),
        "A stands for two things: a variable of shape n x n and a variable of shape n x n, symmetric",
    ),
    (
        _one(u, vector("u", n, latex="U")),
        "u stands for two things: a variable of shape n x 1 and a variable of shape n x 1, in LaTeX U",
    ),
    (_one(u, scalar("n")), "n stands for two things: a dimension and a variable of shape 1 x 1"),
    (_one(n + time("n")), "n stands for two things: a dimension and a time"),
    (_one(w, define("w", 2 * u)), "w is defined in two ways"),
    (_one(w, vector("w", n)), "w is defined in two ways"),
    (
        _one(L(u), function("L")(γ)),
        "L stands for two things: a function, 2 times differentiable and a function, 0 times differentiable",
    ),
    (_one(xs[index("n", m)], n * u), "n stands for two things: a dimension and an index over 1..m"),
    (_one(xs[j], u[index("j", n)]), "j stands for two things: an index over 1..m and an index over 1..n"),
    (
        _one(say.total(a[j], j), scalar("j")),
        "j stands for two things: an index over 1..m and a variable of shape 1 x 1",
    ),
]


@pytest.mark.parametrize(("clash", "message"), CLASHES, ids=[message for _, message in CLASHES])
def test_one_name_means_one_thing(clash: Callable[[], Context], message: str) -> None:
    with pytest.raises(NameClash) as raised:
        clash()
    assert str(raised.value) == message


def test_the_same_declaration_may_be_made_twice() -> None:
    again = define("w", γ * vector("u", n) / say.norm(u))
    assert context_of(expressions=[w, again]) == context_of(expressions=[w])


U, ZERO, TWO = Ref("u", (ROW,)), Num(Fraction(0)), Num(Fraction(2))
VECTOR = (("i%", "n"),)
MATRIX = (("i%", "n"), ("j%", "n"))
PRODUCT = Sum("k%1", "n", Mul((Ref("A", (ROW, BOUND)), Ref("u", (BOUND,)))))
STATEMENTS = [
    (A @ u == y[1] * u, KernelStatement(VECTOR, "=", PRODUCT, Mul((Ref("y", (Index("", 1),)), U)))),
    (say.eye(n) == A.T, KernelStatement(MATRIX, "=", Delta(ROW, COLUMN), Ref("A", (COLUMN, ROW)))),
    (γ >= 1 / n, KernelStatement((), "<=", Mul((ONE, Pow(Count(Index("n")), Num(Fraction(-1))))), Ref("γ"))),
    (u != 0, KernelStatement((), "!=", Sum("k%1", "n", Pow(Ref("u", (BOUND,)), TWO)), ZERO)),
    (a[j] > 0, KernelStatement((("j", "m"),), "<", ZERO, Ref("a", (Index("j"),)))),
    (u + 0 <= u, KernelStatement(VECTOR, "<=", Add((U, ZERO)), U)),
]


@pytest.mark.parametrize(("typed", "lowered"), STATEMENTS, ids=[str(typed) for typed, _ in STATEMENTS])
def test_statements_hold_for_all_their_indices(typed: Statement, lowered: KernelStatement) -> None:
    assert lower_statement(typed) == lowered


def test_lowering_is_deterministic() -> None:
    first = lower_statement(say.grad(L(w), u) == 0)
    assert first == lower_statement(say.grad(L(w), u) == 0)


i = index("i", m)
everything = define("s", say.total(xs[j].T @ xs[j], j))
final = define("ℓ", say.norm(h[t]) ** 2)
NOT_LOWERED = [
    (say.grad(say.norm(h[t]) ** 2, A), "h[t] depends on A through its recurrence: unfold it first"),
    (say.grad(final, A), "h[t] depends on A through its recurrence: unfold it first"),
    (
        say.grad(xs[1].T @ xs[j], xs[j]),
        "xs[1]ᵀ xs[j] has other members of xs than xs[j]: hold them apart by other names",
    ),
    (say.grad(everything, xs[i]), "s has other members of xs than xs[i]: hold them apart by other names"),
    (
        say.grad(say.total(xs[j].T @ u, j), xs[j]),
        "Σ_{j=1..m} xs[j]ᵀ u has an index j of its own: give one of them another name",
    ),
    (a, "a is a family; name one member, such as a[t]"),
    (j * 2, "j is an index, not a number"),
]


@pytest.mark.parametrize(("expr", "message"), NOT_LOWERED, ids=[message for _, message in NOT_LOWERED])
def test_what_the_kernel_has_no_term_for(expr: Expr, message: str) -> None:
    with pytest.raises(NotLowered) as raised:
        lower(expr, ROW)
    assert str(raised.value) == message


def test_a_gradient_by_a_defined_name_holds_the_name() -> None:
    context = context_of(expressions=[say.grad(L(w), w)])
    assert {variable.name for variable in context.variables} == {"w", "γ", "u"}


def test_a_recurrence_over_another_name_of_time() -> None:
    s = time("s")
    g = recurrence("g", n, over=s, step=lambda g, s: g[s - 1] + h[s])
    context = context_of([g[t] == h[t]])
    check_context(context)
    check_definitions(context)
    assert context.naturals == (("t", 0),)


def test_a_derivative_does_not_look_into_a_family_that_is_defined() -> None:
    """The member of the definition and the one held may be the same or not."""
    y = define("y", xs[j].T @ xs[j], over=j)
    with pytest.raises(NotLowered, match=r"y\[j\] depends on xs through its definition: unfold it first"):
        lower_statement(say.grad(y[j], xs[j]) == 0)
