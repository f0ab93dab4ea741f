"""Maxima, columns, words, choices, norms of matrices, and statements over time: what may be said of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.context import Context
from lemmata.kernel.terms import Index, Natural
from lemmata.language import build as say
from lemmata.language.context import context_of
from lemmata.language.declare import choice, define, index, matrix, scalar, vector, word
from lemmata.language.errors import BadName, LanguageError, NameClash, ShapeError
from lemmata.language.expr import Statement
from lemmata.language.lower import lower_statement
from lemmata.language.sympy_border import to_sympy
from tests.language.said import A, B, a, h, j, m, n, t, u, xs, y, γ

i, k = index("i", n), choice("k*", n)
hidden = define("y", γ**t)
w, one_word = word("w", n, over=t), word("v", m)
RUNS = "it runs over an index, such as index('j', m)"

REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: say.maximum(u, u), LanguageError, f"maximum(..., u): {RUNS}"),
    (lambda: say.maximum(a[j], n), LanguageError, f"maximum(..., n): {RUNS}"),
    (lambda: say.maximum(u[k], k), LanguageError, f"maximum(..., k*): {RUNS}"),
    (lambda: say.total(u[k], k), LanguageError, f"total(..., k*): {RUNS}"),
    (lambda: say.column(u[i], 1), LanguageError, f"column(..., 1): {RUNS}"),
    (lambda: say.column(u, i), ShapeError, "column(u, i) needs a scalar; it is n x 1"),
    (lambda: say.opnorm(u), ShapeError, "opnorm(u) needs a matrix; u is n x 1; use norm"),
    (lambda: say.opnorm(γ), ShapeError, "opnorm(γ) needs a matrix; γ is a scalar; use norm"),
    (
        lambda: say.largest_eigenvalue(B),
        ShapeError,
        "largest_eigenvalue(B) needs a square matrix; B is n x m",
    ),
    (
        lambda: say.largest_eigenvalue(γ),
        ShapeError,
        "largest_eigenvalue(γ) needs a matrix; γ is a scalar",
    ),
    (lambda: say.tends(γ, 0, over=n), LanguageError, "tends(..., over=n): it is over a time"),
    (
        lambda: say.tends(u, γ, over=t),
        ShapeError,
        "comparison with ->: the shapes do not fit\n  u  is n x 1\n  γ  is a scalar",
    ),
    (lambda: say.always(γ <= 1, over=j), LanguageError, "always(..., over=j): it is over a time"),
    (
        lambda: say.always(say.always(h[t] == 0, over=t), over=t),
        LanguageError,
        "always(h[t] = 0 for all t, ...): this says already for which times it holds",
    ),
    (
        lambda: say.always(γ, over=t),  # type: ignore[arg-type]
        LanguageError,
        "always(γ, ...): it is said of a statement such as `a[t] <= 1`",
    ),
    (
        lambda: say.always(hidden <= 1, over=t),
        LanguageError,
        "always(y ≤ 1, ...): the time t is hidden in y; write it out",
    ),
    (
        lambda: say.tends(hidden, 0, over=t),
        LanguageError,
        "tends(y → 0, ...): the time t is hidden in y; write it out",
    ),
    (lambda: A[one_word, 1], LanguageError, "A[v, 1]: v is no index over n"),
    (lambda: u[w], LanguageError, "u[w]: w is no index over n"),
    (lambda: y[k], LanguageError, "y[k*]: k* is no index over m"),
    (lambda: u[k + 1], LanguageError, "u[k* + 1]: k* + 1 is no index over n"),
    (lambda: xs[w[t]], LanguageError, "xs[w[t]]: a family needs an index over m in the brackets"),
    (
        lambda: choice("k", 0),
        LanguageError,
        "0 is no dimension: it needs one made by dims(...), or a positive integer",
    ),
    (
        lambda: word("v", γ),
        LanguageError,
        "γ is no dimension: it needs one made by dims(...), or a positive integer",
    ),
    (lambda: choice("max", n), BadName, "'max' is no name for a declaration: it is the largest value"),
    (lambda: to_sympy(say.maximum(a[j], j)), LanguageError, "max_j a[j]: SymPy has no word for index_max"),
    (lambda: to_sympy(say.opnorm(A)), LanguageError, "‖A‖: SymPy has no word for opnorm"),
    (lambda: to_sympy(say.largest_eigenvalue(A)), LanguageError, "λ₁(A): SymPy has no word for eigmax"),
    (lambda: to_sympy(A[w[t], 1]), LanguageError, "A[w[t],1]: SymPy has no word for at_words"),
    (lambda: to_sympy(u[k]), LanguageError, "u[k*]: SymPy has no word for entry"),
]


@pytest.mark.parametrize(
    ("wrong", "error", "message"), REFUSED, ids=lambda part: part if isinstance(part, str) else ""
)
def test_what_has_no_meaning_is_refused(
    wrong: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        wrong()
    assert str(raised.value) == message


def context(*statements: Statement) -> Context:
    return context_of(statements, [(str(number), said) for number, said in enumerate(statements)])


def test_a_choice_is_part_of_the_context_and_no_binder() -> None:
    said = u[i] <= u[k]
    assert context(said).choices == (("k*", "n"),)
    assert lower_statement(said).binders == (("i", "n"),)
    assert lower_statement(said).right.indices == (Index("k*"),)  # type: ignore[attr-defined]


def test_a_choice_in_a_hypothesis_is_the_one_of_the_statement() -> None:
    assert context(u[i] <= u[k], A[k, i] == 1).choices == (("k*", "n"),)


def test_an_index_which_a_maximum_binds_is_free_nowhere() -> None:
    assert lower_statement(say.maximum(B[i, j], i) == y[j]).binders == (("j", "m"),)


OTHERS = [index("k*", n), scalar("k*"), choice("k*", m), vector("k*", n)]


@pytest.mark.parametrize(
    "said",
    [u[OTHERS[0]] == 1, OTHERS[1] == 1, y[OTHERS[2]] == 1, OTHERS[3] == 0],
    ids=["an index", "a scalar", "a choice of another size", "a vector"],
)
def test_the_name_of_a_choice_stands_for_nothing_else(said: Statement) -> None:
    with pytest.raises(NameClash, match=r"k\* stands for two things"):
        context(u[k] == 1, said)


def test_words_are_one_hot_columns_of_the_context() -> None:
    (variable,) = (v for v in context(w[t].T @ u == u[w[t]]).variables if v.name == "w")
    assert (variable.shape, variable.properties) == ((Natural(0), "n"), {"onehot"})


def test_vectors_and_matrices_may_be_nonnegative() -> None:
    assert vector("p", n, nonnegative=True).data.properties == {"nonnegative"}
    assert matrix("P", n, m, nonnegative=True).data.properties == {"nonnegative"}


def test_the_time_of_a_limit_and_of_all_times_is_bound() -> None:
    limit, every = say.tends(say.norm(h[t]), 0, over=t), say.always(say.norm(h[t]) <= 1, over=t)
    for said in (limit, every):
        assert context(said).naturals == ()
        assert [sort for _, sort in lower_statement(said).binders] == [Natural(0)]


def test_a_time_bound_in_a_hypothesis_is_free_in_the_statement() -> None:
    given = [("all", say.always(say.norm(h[t]) <= 1, over=t))]
    assert context_of((say.norm(h[t]) <= 2,), given).naturals == (("t", 0),)
