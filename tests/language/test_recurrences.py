"""Recurrences declared together refer to each other: to earlier times, and to what is declared before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.definitions import check_definitions
from lemmata.language.context import context_of
from lemmata.language.declare import define
from lemmata.language.errors import LanguageError, ShapeError
from lemmata.language.recurrences import recurrences
from tests.language.said import A, b, n, t, u, γ

p, q = recurrences(
    "p q", n, over=t, start=(b, None), step=lambda p, q, t: (p[t - 1] + q[t - 1], A @ q[t - 1] + p[t] - p[0])
)


def test_each_has_its_step_and_perhaps_a_start() -> None:
    assert str(p.start.statement) == "p[0] = b"
    assert str(q.step.statement) == "q[t] = A q[t-1] + p[t] - p[0]"
    with pytest.raises(AttributeError, match="q has no start"):
        q.start  # noqa: B018


@pytest.mark.parametrize("first", [p, q], ids=str)
def test_their_definitions_stand_together_in_the_order_of_the_names(first: object) -> None:
    context = context_of([first[t] == u])  # type: ignore[index]
    assert [label for label, _ in context.definitions] == ["p.start", "p.step", "q.step"]
    check_definitions(context)


REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: recurrences("p q", n, over=t, step=lambda p, q, t: (q[t], p[t])),
        LanguageError,
        "p[t]: its step may speak of p, q at t-1 and at 0; not of q[t]",
    ),
    (
        lambda: recurrences("p q", n, over=t, step=lambda p, q, t: (q[t - 1], q[t] + p[t])),
        LanguageError,
        "q[t]: its step may speak of p, q at t-1 and at 0, and at t of p; not of q[t]",
    ),
    (
        lambda: recurrences("p q", n, over=t, step=lambda p, q, t: (q[t - 1], p[t - 2])),
        LanguageError,
        "q[t]: its step may speak of p, q at t-1 and at 0, and at t of p; not of p[t-2]",
    ),
    (
        lambda: recurrences("p q", n, over=t, step=lambda p, q, t: (q[t - 1] + define("y", p[t]), u)),
        LanguageError,
        "p[t]: the time t is hidden in y; write it out",
    ),
    (
        lambda: recurrences("p q", n, over=t, step=lambda p, q, t: (q[t - 1],)),
        LanguageError,
        "p q: there are 1 steps; 2 are needed",
    ),
    (
        lambda: recurrences("p q", n, over=t, start=[u], step=lambda p, q, t: (u, u)),
        LanguageError,
        "p q: there are 1 starts; 2 are needed",
    ),
    (
        lambda: recurrences("p q", n, over=t, step=lambda p, q, t: (u, γ)),
        ShapeError,
        "comparison with ==: the shapes do not fit\n  q[t]  is n x 1\n  γ  is a scalar",
    ),
    (
        lambda: recurrences("p q", n, over=n, step=lambda p, q, t: (u, u)),
        LanguageError,
        "p q: recurrences run over a time",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "error", "message"), REFUSED, ids=lambda part: part if isinstance(part, str) else ""
)
def test_what_is_no_recurrence_is_refused(
    wrong: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        wrong()
    assert str(raised.value) == message
