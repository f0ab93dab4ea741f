"""What is looked at beside the words of a claim: inverses that it does not speak of, but that exist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from lemmata.derive.algebra.following import Given, by_words, symmetric_by_words
from lemmata.derive.algebra.letters import is_symmetric
from lemmata.derive.algebra.uniqueness import by_uniqueness
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Proof
from lemmata.language.build import inv, pinv
from lemmata.language.expr import SCALAR, Expr, Statement, number, subexpressions
from lemmata.language.lower import lower_statement


def inverses_beside(said: Iterable[Statement]) -> tuple[Expr, ...]:
    """The inverses of the matrices of which it is said that their determinants are not 0."""
    known = (statement for statement in said if statement.relation in ("!=", ">", "<"))
    sides = (side for statement in known for side in (statement.left, statement.right) if side.head == "det")
    return tuple(inv(side.args[0]) for side in sides if side.args[0].shape != SCALAR)


def pseudo_inverses_beside(said: Statement) -> tuple[Expr, ...]:
    """The pseudo-inverses of the matrices in a product that has one; of vectors, one over their squares."""
    vectors = [part.args[0] for part in _pseudo_inverses(said) if 1 in part.shape != SCALAR]
    columns = [vector if vector.shape[1] == 1 else vector.T for vector in vectors]
    products = [part.args[0] for part in _pseudo_inverses(said) if part.args[0].head != "variable"]
    parts = dict.fromkeys(part for product in products for part in subexpressions(product))
    wide = (part for part in parts if part.head == "variable" and all(dim != 1 for dim in part.shape))
    return (*map(pinv, wide), *(number(1) / (column.T @ column) for column in columns))


def symmetric_pseudo_inverses(said: Statement, label: str, names: Names) -> list[tuple[Given, Proof]]:
    """That the pseudo-inverses of products that are symmetric are symmetric, with the steps."""
    found: list[tuple[Given, Proof]] = []
    prove = partial(by_words, names=names, given=(), facts=())
    symmetric = partial(symmetric_by_words, names=names, given=(), facts=())
    for expr in _pseudo_inverses(said):
        (matrix,) = expr.args
        if matrix.head != "variable" and is_symmetric(matrix):
            name, turned = f"{label}y{len(found)}", Statement(expr, "==", expr.T)
            claim = lower_statement(turned)
            steps = by_uniqueness(matrix, expr.T, claim, name, names=names, prove=prove, symmetric=symmetric)
            found += [] if steps is None else [(Given(name, turned), steps)]
    return found


def _pseudo_inverses(said: Statement) -> tuple[Expr, ...]:
    parts = (part for side in (said.left, said.right) for part in subexpressions(side))
    return tuple(dict.fromkeys(part for part in parts if part.head == "pinv"))
