"""The guard of the lowering: what is said and what the kernel was given must have the same values."""

from __future__ import annotations

from collections.abc import Iterable

from lemmata.derive.errors import Disagreement
from lemmata.derive.lines import LineResult
from lemmata.kernel.context import Context
from lemmata.language.expr import Statement
from lemmata.language.lower import lower_statement
from lemmata.refute import Budget
from lemmata.refute.direct import check_lowering
from lemmata.refute.errors import LoweringMismatch

STATEMENTS = Budget(instances=4, work=40_000)
LINES = Budget(instances=2, work=10_000)


def guard(context: Context, statements: Iterable[Statement], lines: Iterable[LineResult]) -> None:
    """Evaluate each statement and each line as matrices and as terms. Raises Disagreement."""
    try:
        for statement in statements:
            check_lowering(statement, lower_statement(statement), context, STATEMENTS)
        for line in lines:
            check_lowering(line.task.statement, line.claim, line.context, LINES)
    except LoweringMismatch as error:
        raise Disagreement(f"{error}: this is a bug of lemmata") from error
