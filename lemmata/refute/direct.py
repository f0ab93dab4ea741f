"""Guarding the lowering: a line as matrices and its kernel terms must have the same values."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from lemmata.kernel.context import Context
from lemmata.kernel.context import Statement as KernelStatement
from lemmata.kernel.terms import Delta, Term
from lemmata.language.expr import SCALAR, Expr, Statement
from lemmata.language.lower import COLUMN, ROW
from lemmata.language.products import axes, factors
from lemmata.refute.build import build
from lemmata.refute.choices import Choices
from lemmata.refute.errors import CannotTell, LoweringMismatch, NotAnInstance, OutOfWork, Undefined
from lemmata.refute.evaluate import Evaluator, Meter
from lemmata.refute.instances import Instance
from lemmata.refute.judge import last_time
from lemmata.refute.linear import Rows
from lemmata.refute.matrices import Here, Matrices
from lemmata.refute.problem import Problem
from lemmata.refute.satisfy import places
from lemmata.refute.schedule import Budget, schedule
from lemmata.refute.structure import contains
from lemmata.refute.values import PRECISIONS, ZERO, Value, compare, precision, show

#: Small instances are enough: a wrong index shows with two rows and three columns.
LOWERING = Budget(instances=6, work=100_000)
#: A value which cannot be told, and one which does not exist.
_OPEN, _UNDEFINED = "not certain", "undefined"

_SWAPPED = (">=", ">")
_RELATIONS = {"==": "=", "!=": "!=", "<=": "<=", "<": "<", ">=": "<=", ">": "<", "->": "->"}


def check_lowering(
    statement: Statement, kernel_statement: KernelStatement, context: Context, budget: Budget = LOWERING
) -> int:
    """Compare both readings of a statement at instances; returns at how many they were compared.

    Raises LoweringMismatch, with the instance and both values, where they certainly differ.
    """
    problem = Problem(context, kernel_statement)
    if kernel_statement.relation != _RELATIONS[statement.relation]:
        raise LoweringMismatch(f"{statement} was lowered to a statement with {kernel_statement.relation}")
    meter, done = Meter(budget.work), 0
    with precision(PRECISIONS[0]):
        for draw in schedule(problem, budget):
            if done >= budget.instances:
                break
            choices = Choices(random=Random(draw.number), rung=draw.rung)
            try:
                instance = build(problem, draw.dims, draw.naturals, choices, meter)
                _compare(problem, statement, instance, meter)
            except NotAnInstance:
                continue
            except OutOfWork:
                break
            done += 1
    return done


def _compare(problem: Problem, statement: Statement, instance: Instance, meter: Meter) -> None:
    kernel = problem.statement
    evaluator = Evaluator(instance, meter, problem.notes)
    matrices = Matrices(Evaluator(instance, meter, problem.notes))
    undefined = _Wholes()
    for at, outcome in places(problem, kernel, instance, last_time(kernel)):
        here = Here({**instance.naturals, **_named(statement, kernel, at)}, outcome=outcome)
        free = list(at.values())[: -1 if statement.over else None]
        direct = _direct(matrices, statement, free, here)
        terms = (kernel.left, kernel.right)
        for side, (read, term) in enumerate(zip(direct, terms, strict=True)):
            lowered = _lowered(evaluator, term, at, outcome)
            where = ", ".join(f"{name} = {value}" for name, value in {**instance.dims, **at}.items())
            difference = (
                f"{statement}: its {('left', 'right')[side]} side in the kernel is {_text(lowered)}, "
                f"as matrices it is {_text(read)}, at {where}"
            )
            consistent = _consistent(read, lowered, term)
            if read == _UNDEFINED:
                undefined.entry((side, outcome, *_outer(at)), difference, consistent=consistent)
            elif not consistent:
                raise LoweringMismatch(difference)
    undefined.check()


class _Wholes:
    """Matrices which are undefined as wholes, as some of their entries are: one such entry must be found."""

    def __init__(self) -> None:
        self._differences: dict[object, str] = {}
        self._explained: set[object] = set()

    def entry(self, whole: object, difference: str, *, consistent: bool) -> None:
        """An entry of an undefined matrix, and whether it is undefined itself."""
        if consistent:
            self._explained.add(whole)
        else:
            self._differences.setdefault(whole, difference)

    def check(self) -> None:
        """Raises LoweringMismatch for a matrix all of whose entries are defined."""
        for whole, difference in self._differences.items():
            if whole not in self._explained:
                raise LoweringMismatch(difference)


def _outer(at: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Where a matrix stands, without the place of its entry."""
    return tuple((name, place) for name, place in at.items() if name not in (ROW.name, COLUMN.name))


def _named(statement: Statement, kernel: KernelStatement, at: dict[str, int]) -> dict[str, int]:
    """The values by the author's names: a time that is bound has another name in the kernel."""
    return at if statement.over is None else {**at, statement.over[0]: at[kernel.binders[-1][0]]}


def _consistent(read: Value, lowered: Value, term: Term) -> bool:
    if _OPEN in (read, lowered):
        return True
    if _UNDEFINED in (read, lowered):
        # A Kronecker 0 times what is undefined: the two readings may differ there.
        return bool(read == lowered) or (read == _UNDEFINED and contains(term, Delta))
    # Balls which overlap may be too wide to tell anything; only those that do not are a difference.
    return compare("=", read, lowered) is not False


def _text(value: Value) -> str:
    return value if isinstance(value, str) else show(value)


def _lowered(evaluator: Evaluator, term: Term, at: dict[str, int], outcome: int | None) -> Value:
    try:
        return evaluator.at(term, at, outcome)
    except Undefined:
        return _UNDEFINED
    except CannotTell:
        return _OPEN


def _direct(matrices: Matrices, statement: Statement, binders: list[int], here: Here) -> tuple[Value, Value]:
    """Both sides as matrices, at the entry of which the kernel's binders speak (its last ones)."""
    left, right = _rows(matrices, statement.left, here), _rows(matrices, statement.right, here)
    if statement.relation == "!=" and statement.left.shape != SCALAR:
        return _gap(left, right), ZERO
    parts = iter(binders[len(binders) - len(axes(statement.left.shape)) :])
    row, column = (_position(matrices, dim, parts) for dim in statement.left.shape)
    picked = tuple(rows if isinstance(rows, str) else rows[row][column] for rows in (left, right))
    return (picked[1], picked[0]) if statement.relation in _SWAPPED else (picked[0], picked[1])


def _position(matrices: Matrices, dim: str | int, parts: Iterator[int]) -> int:
    """A row or a column, counted from 0, from its indices in the factors of a dimension."""
    found = 0
    for factor in factors(dim):
        found = found * matrices.instance.size(factor) + next(parts) - 1
    return found


def _rows(matrices: Matrices, expr: Expr, here: Here) -> Rows | str:
    try:
        return matrices.value(expr, here)
    except Undefined:
        return _UNDEFINED
    except CannotTell:
        return _OPEN


def _gap(left: Rows | str, right: Rows | str) -> Value:
    """‖left − right‖²."""
    if isinstance(left, str) or isinstance(right, str):
        return _OPEN
    return sum((step * step for step in _steps(left, right)), ZERO)


def _steps(left: Rows, right: Rows) -> Iterator[Value]:
    for one, other in zip(left, right, strict=True):
        for a, b in zip(one, other, strict=True):
            yield a - b
