"""Terms and statements as text, in index notation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain, count

from lemmata.kernel.conditions import Condition
from lemmata.kernel.context import Statement
from lemmata.kernel.substitute import free_indices, subterms
from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    End,
    Expectation,
    Index,
    Integral,
    Inverse,
    Lambda,
    Limit,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

LETTERS = "ijklpqrsabcdefgh"


def show_statement(statement: Statement) -> str:
    """The statement, with readable names for its binders."""
    taken = _names_said(statement)
    names = dict(zip((name for name, _ in statement.binders), _letters(taken), strict=False))
    left, right = (_Shown(names, taken).term(side, 0) for side in (statement.left, statement.right))
    said = list(names.values())
    grows = f" as {said.pop()} grows" if statement.relation == "->" else ""
    quantified = grows + (f" for all {', '.join(said)}" if said else "")
    return f"{left} {statement.relation} {right}{quantified}"


def show_condition(condition: Condition) -> str:
    """A condition as text."""
    if condition.exists is not None:
        return f"{_Shown({}, _names_in(condition.exists)).term(condition.exists, 2)} exists"
    if condition.statement is None:
        return condition.words
    used = free_indices(condition.statement.left) | free_indices(condition.statement.right)
    binders = tuple(pair for pair in condition.statement.binders if pair[0] in used)
    text = show_statement(
        Statement(binders, condition.statement.relation, condition.statement.left, condition.statement.right)
    )
    return f"{text}, at every outcome" if condition.in_mean else text


def _letters(taken: frozenset[str]) -> Iterator[str]:
    """Letters for bound indices, without end, but for those that are taken."""
    return (letter for letter in chain(LETTERS, (f"i{k}" for k in count())) if letter not in taken)


def _names_said(statement: Statement) -> frozenset[str]:
    """The names that are written as they are: of variables, functions, dimensions, and indices which are free
    in the statement."""
    bound = {name for name, _ in statement.binders}
    said: set[str] = set()
    for side in (statement.left, statement.right):
        said |= free_indices(side) - bound | _names_in(side)
    return frozenset(said)


def _names_in(term: Term) -> frozenset[str]:
    said: set[str] = set()
    for part in subterms(term):
        match part:
            case Ref(name) | Apply(name) | Call(name) | Derivative(name) | Limit(name) | Integral(name):
                said.add(name)
    return frozenset(said)


class _Shown:
    """Writes a term; inner binders get letters which are not in use; `taken` are those of the statement."""

    def __init__(self, names: Mapping[str, str], taken: frozenset[str]) -> None:
        self.names = dict(names)
        self.taken = taken

    def index(self, index: Index) -> str:
        return str(Index(self.names.get(index.name, index.name), index.offset))

    def entry(self, indices: tuple[Index, ...]) -> str:
        return f"[{','.join(map(self.index, indices))}]" if indices else ""

    def bind(self, *names: str) -> _Shown:
        free = _letters(self.taken.union(self.names.values()))
        return _Shown({**self.names, **dict(zip(names, free, strict=False))}, self.taken)

    def below(self, variable: str) -> _Shown:
        """Below a real variable, which gets a letter where its name is one of the kernel."""
        return self.bind(variable) if variable.startswith("#") else self

    def real(self, name: str) -> str:
        return self.names.get(name, name) if name.startswith("#") else name

    def term(self, term: Term, level: int) -> str:
        """The text; in brackets where it binds less than the level asks (1 product, 2 power)."""
        text, own = self._term(term)
        return f"({text})" if own < level else text

    def _term(self, term: Term) -> tuple[str, int]:
        match term:
            case Num(value):
                return str(value), 3 if value >= 0 and value.denominator == 1 else 0
            case Count(index):
                return self.index(index), 3 if not index.offset or not index.name else 0
            case Ref(name, indices):
                return f"{self.real(name)}{self.entry(indices)}", 3
            case Delta(left, right):
                return f"δ{self.entry((left, right))}", 3
            case Add(parts):
                return " + ".join(self.term(part, 1) for part in parts) or "0", 0
            case Mul(factors):
                return "·".join(self.term(factor, 2) for factor in factors) or "1", 1
            case Pow(base, Num(value)) if value == Fraction(1, 2):
                return f"√({self.term(base, 0)})", 3
            case Pow(base, exponent):
                return f"{self.term(base, 3)}^{self.term(exponent, 3)}", 2
            case Maximum(index, _, body):
                inner = self.bind(index)
                return f"max_{inner.names[index]} {inner.term(body, 2)}", 1
            case Sum(index, _, body):
                inner = self.bind(index)
                return f"Σ_{inner.names[index]} {inner.term(body, 2)}", 1
            case Limit(variable, body, at, side):
                place = self._end(at, "-" if side == "+" else "") + (side if at else "")
                inner = self.below(variable)
                return f"lim_{inner.real(variable)}->{place} {inner.term(body, 2)}", 1
            case Integral(variable, body, lower, upper):
                ends = f"{self._end(lower, '-')}..{self._end(upper, '')}"
                inner = self.below(variable)
                return f"∫_{inner.real(variable)}={ends} {inner.term(body, 2)}", 1
        return self._function(term), 3

    def _end(self, end: End, sign: str) -> str:
        return self.term(end[0], 3) if end else f"{sign}∞"

    def _function(self, term: Term) -> str:
        match term:
            case Apply(function, order, argument):
                times = "'" * order if order < 4 else f"^({order})"
                return f"{function}{times}({self.term(argument, 0)})"
            case Inverse(row, column, _, body, at):
                return f"inv({self.bind(row, column).term(body, 0)}){self.entry(at)}"
            case Determinant(row, column, _, body):
                return f"det({self.bind(row, column).term(body, 0)})"
            case Expectation(body):
                return f"E[{self.term(body, 0)}]"
            case Call(function, output, arguments, partials):
                marks = "".join(f"∂{slot + 1}{self.entry(entry)}" for slot, entry in partials)
                return f"{marks}{function}{self.entry(output)}({', '.join(map(self._tensor, arguments))})"
            case Derivative(variable, body, wrt, at):
                return f"∂/∂{variable}{self.entry(wrt)} [{self.term(body, 0)}] at {self._tensor(at)}"
        return repr(term)

    def _tensor(self, tensor: Lambda) -> str:
        return self.bind(*(name for name, _ in tensor.indices)).term(tensor.body, 0)
