"""Declarations: dimensions, times, variables, functions, definitions and recurrences."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from lemmata.kernel.derivative import KNOWN_FUNCTIONS, KNOWN_NORMS
from lemmata.language import functions
from lemmata.language.depend import free_indices, none_hidden
from lemmata.language.errors import BadName, LanguageError, ShapeError
from lemmata.language.expr import (
    SCALAR,
    Expr,
    Shape,
    Statement,
    compared,
    expression,
    one_member,
    shown,
    subexpressions,
)

#: Words that mean something in a formula.
TAKEN = {
    **dict.fromkeys([*KNOWN_FUNCTIONS, *functions.NAMES], "a known function"),
    **dict.fromkeys(["tr", "det", "diag", "diagonal", "norm", "fro", "Var", "Cov"], "a known function"),
    "max": "the largest value",
    **dict.fromkeys(sorted(KNOWN_NORMS), "a known function"),
    "I": "the identity matrix",
}
MARKS = "_⊥'′̂̃̄"


@dataclass(frozen=True)
class Variable:
    """A scalar, a vector or a matrix, or (with `over`) a family of them over times or over 1..over."""

    name: str
    shape: Shape
    over: str | int | None = None
    properties: frozenset[str] = frozenset()
    moments: int = 0
    latex: str = ""
    #: For a defined variable: what defines it. Not compared, so that a recurrence can speak of itself.
    all: Definition | None = field(default=None, compare=False)
    start: Definition | None = field(default=None, compare=False)
    step: Definition | None = field(default=None, compare=False)
    #: The recurrences which were declared together, and may refer to each other.
    together: tuple[Variable, ...] = field(default=(), compare=False)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return tuple(part for part in (self.all, self.start, self.step) if part is not None)


@dataclass(frozen=True)
class Definition:
    """An equation that defines its left side; it may follow `by=`."""

    label: str
    statement: Statement

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Function:
    """An unknown function of a real number, applied entry by entry, `order` times differentiable.

    >>> σ = function("σ")
    >>> x = vector("x", dims("n")[0])
    >>> σ(x)
    σ(x)
    """

    name: str
    order: int = 0
    latex: str = ""
    #: How many times it is differentiated here.
    times: int = 0

    def __call__(self, argument: object) -> Expr:
        value = expression(argument)
        return Expr("apply", (value,), value.shape, self)

    @property
    def base(self) -> Function:
        """The function itself, not differentiated."""
        return replace(self, times=0)

    @property
    def derivative(self) -> Function:
        """Its derivative, entry by entry.

        >>> σ = function("σ", order=1)
        >>> σ.derivative(scalar("a"))
        σ′(a)
        """
        return replace(self, times=self.times + 1)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Field:
    """An unknown function of scalars, vectors and matrices, `order` times differentiable."""

    name: str
    inputs: tuple[Shape, ...]
    output: Shape = SCALAR
    order: int = 0
    latex: str = ""

    def __call__(self, *arguments: object) -> Expr:
        if len(arguments) != len(self.inputs):
            raise LanguageError(f"{self.name} takes {len(self.inputs)} arguments, not {len(arguments)}")
        values = tuple(expression(v, shape) for v, shape in zip(arguments, self.inputs, strict=True))
        for number, (value, shape) in enumerate(zip(values, self.inputs, strict=True)):
            if value.shape != shape:
                place = f"argument {number + 1} of {self.name}"
                raise ShapeError(f"{place} is {shown(shape)}; {value} is {shown(value.shape)}")
        return Expr("call", values, self.output, self)

    def __str__(self) -> str:
        return self.name


def checked(name: object) -> str:
    """The name, if it is one: letters, digits and marks, beginning with a letter.

    A raised letter is none of a name (x² is a power, Aᵀ a transpose), and the words in which formulas are
    printed are taken.
    """
    if not isinstance(name, str) or not name or not name[0].isalpha() or len(name) > 40:
        raise BadName(f"{name!r} is no name: it needs a letter first, and at most 40 characters")
    wrong = [letter for letter in name.rstrip("*") if not (letter.isalnum() or letter in MARKS)]
    if wrong:
        raise BadName(f"{name!r} is no name: {wrong[0]!r} cannot stand in one")
    raised = [letter for letter in name if unicodedata.decomposition(letter).startswith("<super>")]
    if raised:
        raise BadName(f"{name!r} is no name: {raised[0]!r} would be read as an exponent")
    if name in TAKEN:
        raise BadName(f"{name!r} is no name for a declaration: it is {TAKEN[name]}")
    return unicodedata.normalize("NFC", name)


def dim_of(value: object) -> str | int:
    """A dimension: what `dims` gives, or a positive integer."""
    if isinstance(value, Expr) and value.head == "size":
        return str(value.data)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    raise LanguageError(f"{value!r} is no dimension: it needs one made by dims(...), or a positive integer")


def dims(names: str) -> tuple[Expr, ...]:
    """Symbolic dimensions, each of which stands for every positive integer; usable as numbers.

    >>> n, m = dims("n m")
    """
    return tuple(Expr("size", (), SCALAR, checked(name)) for name in several(names))


def several(names: str) -> list[str]:
    """The names in a text, each but once."""
    found = names.replace(",", " ").split()
    twice = [name for place, name in enumerate(found) if name in found[:place]]
    if twice or not found:
        raise BadName(f"{names!r} names {f'{twice[0]} twice' if twice else 'nothing'}")
    return found


def _natural(what: str, value: object, least: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise LanguageError(f"{what} is {value!r}; it needs a whole number, {least} or more")
    return value


def time(name: str, start: int = 0) -> Expr:
    """A natural number from `start` on, on which recurrences run and inductions go."""
    return Expr("time", (), SCALAR, (checked(name), _natural(f"the start of the time {name}", start)))


def index(name: str, dim: object) -> Expr:
    """An index that runs over 1..dim."""
    return Expr("index", (), SCALAR, (checked(name), dim_of(dim)))


def choice(name: str, dim: object) -> Expr:
    """An index out of 1..dim which is the same throughout: a word w* that was chosen."""
    return Expr("choice", (), SCALAR, (checked(name), dim_of(dim)))


def _variable(name: str, shape: Shape, over: object, latex: str, *properties: str, moments: int = 0) -> Expr:
    family = (
        None if over is None else "time" if isinstance(over, Expr) and over.head == "time" else dim_of(over)
    )
    found = Variable(checked(name), shape, family, frozenset(properties), moments, latex)
    return Expr("variable", (), shape, found)


def scalar(
    name: str, *, positive: bool = False, nonnegative: bool = False, over: object = None, latex: str = ""
) -> Expr:
    """A real number.

    >>> γ = scalar("γ", positive=True)
    """
    known = [said for said, is_so in (("positive", positive), ("nonnegative", nonnegative)) if is_so]
    return _variable(name, SCALAR, over, latex, *known)


def scalars(names: str, **known: Any) -> tuple[Expr, ...]:
    """Several real numbers."""
    return tuple(scalar(name, **known) for name in several(names))


def vector(name: str, n: object, *, nonnegative: bool = False, over: object = None, latex: str = "") -> Expr:
    """A column of n real numbers; with `over`, a family of columns over a time or an index set."""
    known = ["nonnegative"] if nonnegative else []
    return _variable(name, (dim_of(n), 1), over, latex, *known)


def word(name: str, n: object, *, over: object = None, latex: str = "") -> Expr:
    """A word out of a vocabulary of n; with `over`, a sequence of words.

    It stands where an index does: `P[w[t - 1], w[t]]`. By itself it is a one-hot column.
    """
    return _variable(name, (dim_of(n), 1), over, latex, "onehot")


def matrix(
    name: str,
    n: object,
    m: object,
    *,
    symmetric: bool = False,
    invertible: bool = False,
    nonnegative: bool = False,
    over: object = None,
    latex: str = "",
) -> Expr:
    """An n x m matrix of real numbers; nonnegative: each of them is."""
    shape = (dim_of(n), dim_of(m))
    known = [said for said, is_so in (("symmetric", symmetric), ("invertible", invertible)) if is_so]
    if known and (shape[0] != shape[1] or over is not None):
        raise LanguageError(f"{name} is {shown(shape)}: only a single square matrix is {known[0]}")
    return _variable(name, shape, over, latex, *known, *(["nonnegative"] if nonnegative else []))


def random_vector(name: str, n: object, *, moments: int = 2, latex: str = "") -> Expr:
    """A random column of n entries of which nothing is known but that its moments up to an order exist."""
    known = _natural(f"the number of moments of {name}", moments, 1)
    return _variable(name, (dim_of(n), 1), None, latex, "random", moments=known)


def random_scalar(name: str, *, moments: int = 2, latex: str = "") -> Expr:
    """A random number of which nothing is known but that its moments up to an order exist."""
    known = _natural(f"the number of moments of {name}", moments, 1)
    return _variable(name, SCALAR, None, latex, "random", moments=known)


def function(name: str, *, order: int = 0, latex: str = "") -> Function:
    """An unknown function of a real number, applied entry by entry; `order` times differentiable."""
    return Function(checked(name), _order(name, order), latex)


def _order(name: str, order: object) -> int:
    return _natural(f"the order to which {name} is differentiable", order)


def shape_of(value: object) -> Shape:
    if isinstance(value, tuple) and len(value) == 2:
        return (dim_of(value[0]), dim_of(value[1]))
    return (dim_of(value), 1)


def field_(name: str, *inputs: object, order: int = 0, latex: str = "") -> Field:
    """An unknown function to the real numbers. Each input is a dimension (a vector; 1 for a scalar) or a
    pair of dimensions; `order` says how many times it is differentiable.

    >>> n, = dims("n")
    >>> L = field_("L", n, order=1)
    """
    if not inputs:
        raise LanguageError(f"{name} needs at least one input, such as field({name!r}, n)")
    return Field(checked(name), tuple(map(shape_of, inputs)), SCALAR, _order(name, order), latex)


def map_(name: str, n: object, m: object, *, order: int = 0, latex: str = "") -> Field:
    """An unknown function from vectors of n entries to vectors of m entries."""
    return Field(checked(name), (shape_of(n),), shape_of(m), _order(name, order), latex)


def define(name: str, value: object, *, over: object = None, latex: str = "") -> Expr:
    """A name for an expression; it is used as an expression, and may follow `by=`. With an index `over`, a
    family: the member of each number is the value at that number.

    >>> n, m = dims("n m")
    >>> x, j = vector("x", n, over=m), index("j", m)
    >>> define("y", 2 * x[j], over=j)[1]
    y[1]
    """
    if over is not None and getattr(over, "head", None) != "index":
        raise LanguageError(f"{name}: a definition is for each value of an index, not over {over!r}")
    bound = over.data if isinstance(over, Expr) else None
    body = closed(name, expression(value), bound)
    found = Variable(checked(name), body.shape, bound and bound[1], latex=latex)
    result = Expr("variable", (), body.shape, found)
    left = result if bound is None else result[over]
    object.__setattr__(found, "all", Definition(name, compared(left, "==", body)))
    return result


def recurrence(
    name: str,
    n: object = 1,
    *,
    over: object,
    step: Callable[[Expr, Expr], Expr],
    start: object = None,
    latex: str = "",
) -> Expr:
    """A family over time in which each value follows from those before.

    `step(h, t)` gives h[t] for t >= 1 in terms of h[t - 1] and what else is known; `start` is h[0], any
    value if it is not given. `h.start` and `h.step` may follow `by=`.
    """
    shape = shape_of(n)
    found = Variable(checked(name), shape, "time", latex=latex)
    result = Expr("variable", (), shape, found)
    if not isinstance(over, Expr) or over.head != "time":
        raise LanguageError(f"{name}: a recurrence runs over a time")
    later = Expr("time", (), SCALAR, (over.data[0], 1))
    body = compared(result[later], "==", step(result, later))
    closed(name, body.right)
    _check_step(body)
    object.__setattr__(found, "step", Definition(f"{name}.step", body))
    if start is not None:
        object.__setattr__(found, "start", Definition(f"{name}.start", compared(result[0], "==", start)))
        closed(name, expression(start, shape))
    return result


def closed(name: str, body: Expr, bound: tuple[str, str | int] | None = None) -> Expr:
    """The body of a definition, in which every index is bound."""
    one_member(body)
    free = sorted(index for index, _ in free_indices(body) - {bound})
    if free:
        raise LanguageError(
            f"{name}: nothing binds the index {free[0]} of {body}; sum over it with total(...)"
        )
    return body


def _check_step(step: Statement) -> None:
    """A value may speak of itself one step earlier, and at the start; of its time, only openly."""
    family, now = step.left.args[0].data, step.left.data[0]
    for part in subexpressions(step.right):
        earlier = part.head != "member" or part.data[0] in ((now[0], -1), ("", 0))
        if not earlier and part.args[0].data.name == family.name:
            allowed = f"{family.name}[{now[0]}-1] and {family.name}[0]"
            raise LanguageError(f"{step.left}: its step may speak of {allowed}, not of {part}")
    none_hidden(str(step.left), now[0], step.right)
