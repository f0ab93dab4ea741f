"""Sets of arguments: argmax(f(i), i, 1, n) is the set of all i in 1..n with f(i) = max_j f(j)."""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.language.errors import LanguageError, NotLowered
from lemmata.language.expr import SCALAR, Expr, Statement, compared, shown, subexpressions

#: The index of which it is asked whether it is in a set: a name that no text can give.
CHOSEN = "chosen%"


@dataclass(frozen=True)
class Arguments:
    """The set of all indices over a dimension at which a number is largest: `chosen` is the number at the
    index asked about, `largest` its largest value, and `name` what the claim calls its index."""

    name: str
    dim: str | int
    chosen: Expr
    largest: Expr

    def holds(self) -> Statement:
        """That the index is in the set."""
        return compared(self.chosen, "==", self.largest)


def arguments(name: str, chosen: Expr, body: Expr, bound: Expr) -> Arguments:
    """The set, from its number at the index asked about and at one which is bound. Raises LanguageError."""
    if body.shape != SCALAR:
        raise LanguageError(f"argmax(...) needs scalars; {body} is {shown(body.shape)}")
    return Arguments(name, bound.data[1], chosen, Expr("index_max", (body,), SCALAR, bound.data))


def choice_over(dim: str | int) -> Expr:
    """The index asked about."""
    return Expr("choice", (), SCALAR, (CHOSEN, dim))


def check_sets(statement: Statement) -> Statement:
    """The statement, if a set is compared with nothing but a set, and nothing is done with it. Raises
    LanguageError."""
    sides = (statement.left, statement.right)
    for part in (part for side in sides for inner in side.args for part in subexpressions(inner)):
        if part.head == "argmax":
            raise LanguageError(f"{part} is a set of indices; all that is said of one is that it is another")
    sets = [side for side in sides if side.head == "argmax"]
    if len(sets) == 1:
        raise LanguageError(
            f"{sets[0]} is a set of indices, and the other side is none; "
            "x[k] == max(x[i], i, 1, n) says that k is in a set"
        )
    if sets and statement.relation not in ("==", "!="):
        raise LanguageError(f"sets of indices are compared by == only, not by {statement.relation}")
    return statement


def speaks_of_sets(statement: Statement) -> bool:
    """Whether a statement compares sets."""
    return statement.left.head == "argmax"


def both_sets(statement: Statement) -> tuple[Arguments, Arguments]:
    """The sets which are claimed to be equal. Raises NotLowered where they are not over one dimension."""
    if statement.relation != "==":
        raise NotLowered(f"{statement}; sets are only shown to be equal, or refuted to be")
    left, right = (side.data[1] for side in (statement.left, statement.right))
    if left is None or right is None:
        raise NotLowered(f"{statement}; an argmax is taken over 1..n, for a dimension n")
    if left.dim != right.dim:
        raise NotLowered(f"{statement}; one is taken over 1..{left.dim}, the other over 1..{right.dim}")
    return left, right
