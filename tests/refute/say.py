"""Short ways to write kernel terms in the tests: `x(i)`, `mul(a, b)`, `total("k", "n", ...)`."""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.context import Context, Function, Statement, Variable
from lemmata.kernel.terms import (
    MINUS_ONE,
    Add,
    Apply,
    Dim,
    Expectation,
    Index,
    Inverse,
    Mul,
    Num,
    Pow,
    Ref,
    Sort,
    Sum,
    Term,
)

Binders = tuple[tuple[str, Sort], ...]
VECTOR: Binders = (("i", "n"),)
MATRIX: Binders = (("i", "n"), ("j", "n"))
NO_ONE: Binders = ()


def number(value: Fraction | int | str) -> Num:
    return Num(Fraction(value))


def at(*names: str | int) -> tuple[Index, ...]:
    """The indices: `at("i", 0)`; `t-1` is `Index("t", -1)`, written "t-1"."""
    return tuple(_index(name) for name in names)


def _index(name: str | int) -> Index:
    if isinstance(name, int):
        return Index("", name)
    head, minus, offset = name.partition("-")
    return Index(head, -int(offset)) if minus else Index(name)


def ref(name: str, *names: str | int) -> Ref:
    return Ref(name, at(*names))


def add(*terms: Term) -> Add:
    return Add(terms)


def mul(*factors: Term) -> Mul:
    return Mul(factors)


def minus(left: Term, right: Term) -> Add:
    return Add((left, Mul((MINUS_ONE, right))))


def power(base: Term, exponent: Fraction | int | str) -> Pow:
    return Pow(base, number(exponent))


def apply(name: str, argument: Term, order: int = 0) -> Apply:
    return Apply(name, order, argument)


def total(name: str, body: Term, dim: Dim = "n") -> Sum:
    return Sum(name, dim, body)


def squares(name: str) -> Sum:
    """‖x‖²."""
    return total("k", power(ref(name, "k"), 2))


def norm(name: str) -> Pow:
    return power(squares(name), "1/2")


def dot(left: str, right: str) -> Sum:
    return total("k", mul(ref(left, "k"), ref(right, "k")))


def matmul(left: str, right: str) -> Sum:
    return total("k", mul(ref(left, "i", "k"), ref(right, "k", "j")))


def inverse(name: str, row: str = "i", column: str = "j") -> Inverse:
    first, second = at(row, column)
    return Inverse("p", "q", "n", ref(name, "p", "q"), (first, second))


def mean(body: Term) -> Expectation:
    return Expectation(body)


def covariance(left: Term, right: Term) -> Term:
    return minus(mean(mul(left, right)), mul(mean(left), mean(right)))


def says(left: Term, relation: str, right: Term, binders: Binders = NO_ONE) -> Statement:
    return Statement(binders, relation, left, right)


def context(
    *variables: Variable,
    functions: tuple[Function, ...] = (),
    definitions: tuple[tuple[str, Statement], ...] = (),
    given: tuple[tuple[str, Statement], ...] = (),
    dims: tuple[str, ...] = ("n",),
    naturals: tuple[tuple[str, int], ...] = (),
) -> Context:
    return Context(dims, naturals, variables, functions, definitions, given)


def scalar(name: str, *properties: str) -> Variable:
    return Variable(name, (), frozenset(properties))


def vector(name: str, *properties: str) -> Variable:
    return Variable(name, ("n",), frozenset(properties), 2 if "random" in properties else 0)


def matrix(name: str, *properties: str) -> Variable:
    return Variable(name, ("n", "n"), frozenset(properties))
