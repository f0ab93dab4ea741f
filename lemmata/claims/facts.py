"""Facts of the literature which claims may rest on: norms, ranks, eigenvalues and exponentials of matrices.

Each is an axiom of the kernel with its source, so that what rests on it is `cited`. It is used where what it
speaks of occurs in a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from lemmata.derive.axiom import Axiom, axiom
from lemmata.derive.lemmas import TheoremUse
from lemmata.language.build import (
    abs_,
    det,
    dot,
    exp,
    expm,
    eye,
    fro,
    largest_eigenvalue,
    norm,
    opnorm,
    rank,
    sqrt,
    tr,
    zeros,
)
from lemmata.language.declare import dims, matrix, scalar, vector
from lemmata.language.expr import SCALAR, Expr, Statement, number, same, subexpressions

#: How many instances of facts are used for one claim.
LARGEST_USE = 16

n, m, p = dims("n% m% p%".replace("%", "ₓ"))
A, B = matrix("Aₓ", n, m), matrix("Bₓ", n, m)
C, S = matrix("Cₓ", m, p), matrix("Sₓ", n, n)
T, H = matrix("Tₓ", n, n), matrix("Hₓ", n, n, symmetric=True)
x, y, z = vector("xₓ", n), vector("yₓ", n), vector("zₓ", m)
c = scalar("cₓ")


@dataclass(frozen=True)
class Fact:
    """An axiom, and the expressions at which it is used where they occur."""

    axiom: Axiom
    triggers: tuple[Expr, ...]


def _fact(name: str, said: Statement, source: str, *triggers: Expr, given: Iterable[Statement] = ()) -> Fact:
    def words() -> None:
        """A fact of the literature."""

    words.__name__ = name
    return Fact(axiom(said, source=source, given=given)(words), triggers or (said.left,))


@cache
def facts() -> tuple[Fact, ...]:
    """The facts, which are attacked when they are first used."""
    hj = "Horn and Johnson (2013), Matrix Analysis,"
    return (
        _fact("opnorm_of_product", opnorm(A @ C) <= opnorm(A) * opnorm(C), f"{hj} 5.6"),
        _fact("opnorm_of_sum", opnorm(A + B) <= opnorm(A) + opnorm(B), f"{hj} 5.6"),
        _fact("opnorm_of_multiple", opnorm(c * A) == abs_(c) * opnorm(A), f"{hj} 5.6"),
        _fact("opnorm_of_transpose", opnorm(A.T) == opnorm(A), f"{hj} 5.6.P2"),
        _fact("opnorm_of_identity", opnorm(eye(n)) == 1, f"{hj} 5.6"),
        _fact("opnorm_of_vector", norm(A @ z) <= opnorm(A) * norm(z), f"{hj} 5.6", norm(A @ z)),
        _fact("opnorm_below_frobenius", opnorm(A) <= fro(A), f"{hj} 5.6.P23", opnorm(A)),
        _fact("opnorm_is_spectral", opnorm(A) == sqrt(largest_eigenvalue(A.T @ A)), f"{hj} 5.6.6"),
        _fact("frobenius_of_sum", fro(A + B) <= fro(A) + fro(B), f"{hj} 5.6"),
        _fact("frobenius_of_product", fro(A @ C) <= fro(A) * fro(C), f"{hj} 5.6"),
        _fact("norm_of_sum", norm(x + y) <= norm(x) + norm(y), f"{hj} 5.2"),
        _fact("cauchy_schwarz", dot(x, y) <= norm(x) * norm(y), f"{hj} 5.1.4"),
        _fact("rayleigh", x.T @ H @ x <= largest_eigenvalue(H) * (x.T @ x), f"{hj} 4.2.2", x.T @ H @ x),
        _fact("rank_of_transpose", rank(A.T) == rank(A), f"{hj} 0.4.6"),
        _fact("rank_of_gram", rank(A.T @ A) == rank(A), f"{hj} 0.4.6"),
        _fact("rank_of_outer_gram", rank(A @ A.T) == rank(A), f"{hj} 0.4.6"),
        _fact("rank_of_product_left", rank(A @ C) <= rank(A), f"{hj} 0.4.5"),
        _fact("rank_of_product_right", rank(A @ C) <= rank(C), f"{hj} 0.4.5"),
        _fact("rank_of_sum", rank(A + B) <= rank(A) + rank(B), f"{hj} 0.4.5"),
        _fact("rank_below_rows", rank(A) <= n, f"{hj} 0.4.5", rank(A)),
        _fact("rank_below_columns", rank(A) <= m, f"{hj} 0.4.5", rank(A)),
        _fact(
            "rank_inequality", rank(A) + rank(C) <= rank(A @ C) + m, f"{hj} 0.4.5 (Sylvester)", rank(A @ C)
        ),
        _fact("rank_of_identity", rank(eye(n)) == n, f"{hj} 0.4"),
        _fact("rank_of_idempotent", rank(S) == tr(S), f"{hj} 3.3.P3", given=[S @ S == S]),
        _fact("rank_of_invertible", rank(S) == n, f"{hj} 0.5", given=[det(S) != 0]),
        _fact("full_rank_is_invertible", det(S) != 0, f"{hj} 0.5", rank(S), given=[rank(S) == n]),
        _fact("full_column_rank", det(A.T @ A) != 0, f"{hj} 0.4.6", rank(A), given=[rank(A) == m]),
        _fact("full_row_rank", det(A @ A.T) != 0, f"{hj} 0.4.6", rank(A), given=[rank(A) == n]),
        _fact("exponential_of_zero", expm(zeros(n, n)) == eye(n), f"{hj} 5.6.P15"),
        _fact("exponential_of_transpose", expm(S.T) == expm(S).T, f"{hj} 5.6.P15"),
        _fact("determinant_of_exponential", det(expm(S)) == exp(tr(S)), f"{hj} 5.6.P43"),
        _fact("exponential_inverts", expm(S) @ expm(-S) == eye(n), f"{hj} 5.6.P15", expm(S)),
        _fact("exponential_commutes", expm(S) @ S == S @ expm(S), f"{hj} 5.6", expm(S)),
        _fact(
            "exponential_of_sum",
            expm(S + T) == expm(S) @ expm(T),
            f"{hj} 5.6.P15",
            given=[S @ T == T @ S],
        ),
        _fact(
            "exponential_of_sum_turned",
            expm(S + T) == expm(T) @ expm(S),
            f"{hj} 5.6.P15",
            given=[S @ T == T @ S],
        ),
    )


def instances(statements: Iterable[Statement]) -> list[TheoremUse]:
    """The facts at the places where what they speak of occurs."""
    exprs = [part for s in statements for side in (s.left, s.right) for part in subexpressions(side)]
    found: dict[str, TheoremUse] = {}
    for part in exprs:
        for use in _uses_at(part):
            found.setdefault(f"{use} {use.sizes}", use)
            if len(found) >= LARGEST_USE:
                return list(found.values())
    return list(found.values())


def _uses_at(part: Expr) -> Iterator[TheoremUse]:
    for fact in facts():
        for trigger in fact.triggers:
            values: dict[str, Expr] = {}
            if trigger.head == part.head and matches(trigger, part, values, {}):
                sizes: dict[str, str | int] = {}
                matches(trigger, part, {}, sizes)
                use = fact.axiom.at(**values)
                said = instantiated(fact.axiom.statement, values, sizes)
                given = tuple(instantiated(known, values, sizes) for known in fact.axiom.given)
                yield replace(use, said=said, sizes=tuple(sizes.items()), given=given)


def instantiated(said: Statement, values: dict[str, Expr], sizes: dict[str, str | int]) -> Statement | None:
    """A fact with values for its variables and dimensions; None where one is not known."""

    def at(expr: Expr) -> Expr:
        if expr.head == "variable":
            return values[expr.data.name]
        if expr.head == "size":
            known = sizes[expr.data]
            return number(known) if isinstance(known, int) else Expr("size", (), SCALAR, known)
        rows, columns = (sizes[dim] if isinstance(dim, str) else dim for dim in expr.shape)
        return Expr(expr.head, tuple(map(at, expr.args)), (rows, columns), expr.data)

    try:
        return Statement(at(said.left), said.relation, at(said.right))
    except KeyError:
        return None


def matches(pattern: Expr, expr: Expr, values: dict[str, Expr], sizes: dict[str, str | int]) -> bool:
    """Whether an expression is a pattern with values for its variables, which are noted."""
    for old, new in zip(pattern.shape, expr.shape, strict=True):
        if isinstance(old, str):
            if sizes.setdefault(old, new) != new or new == 1:
                return False
        elif old != new:
            return False
    if pattern.head == "variable":
        known = values.setdefault(pattern.data.name, expr)
        symmetric = "symmetric" not in pattern.data.properties or is_symmetric(expr)
        return same(known, expr) and symmetric
    if pattern.head != expr.head or len(pattern.args) != len(expr.args):
        return False
    if not pattern.args:
        return pattern.head in ("identity", "zeros") or bool(pattern.data == expr.data)
    return all(matches(*pair, values, sizes) for pair in zip(pattern.args, expr.args, strict=True))


def is_symmetric(expr: Expr) -> bool:
    """Whether a matrix is declared to be symmetric."""
    return expr.head == "variable" and "symmetric" in expr.data.properties
