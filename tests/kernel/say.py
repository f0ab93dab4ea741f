"""Short words for terms, statements and certificates, so that a test reads as mathematics."""

from __future__ import annotations

import itertools
from fractions import Fraction

from lemmata.kernel import Verdict, check, to_document, verify_text
from lemmata.kernel import certificate as c
from lemmata.kernel import terms as t
from lemmata.kernel.context import Context, Function, Statement, Variable

Said = "t.Term | int | Fraction"


def num(value: object) -> t.Term:
    """A number, or the term itself."""
    return t.Num(Fraction(value)) if isinstance(value, int | Fraction) else value  # type: ignore[return-value]


HALF = num(Fraction(1, 2))


def index(value: str | int | t.Index) -> t.Index:
    """`i`, `t-1`, `t+2` or the number of an entry."""
    if isinstance(value, t.Index):
        return value
    if isinstance(value, int):
        return t.Index("", value)
    for sign in "+-":
        name, found, offset = value.partition(sign)
        if found:
            return t.Index(name, int(sign + offset))
    return t.Index(value)


def at(*indices: str | int | t.Index) -> tuple[t.Index, ...]:
    return tuple(map(index, indices))


def ref(name: str, *indices: str | int | t.Index) -> t.Term:
    """An entry of a variable."""
    return t.Ref(name, at(*indices))


def count(of: str | int | t.Index) -> t.Term:
    return t.Count(index(of))


def delta(left: str | int, right: str | int) -> t.Term:
    return t.Delta(index(left), index(right))


def add(*parts: object) -> t.Term:
    return t.Add(tuple(map(num, parts)))


def mul(*parts: object) -> t.Term:
    return t.Mul(tuple(map(num, parts)))


def neg(term: object) -> t.Term:
    return mul(-1, term)


def sub(left: object, right: object) -> t.Term:
    return add(left, neg(right))


def power(base: object, exponent: object) -> t.Term:
    return t.Pow(num(base), num(exponent))


def sqrt(term: object) -> t.Term:
    return power(term, HALF)


def div(top: object, bottom: object) -> t.Term:
    return mul(top, power(bottom, -1))


def total(names: str, dim: t.Dim, body: object) -> t.Term:
    """Σ over each of the indices, all of one dimension."""
    term = num(body)
    for name in reversed(names.split()):
        term = t.Sum(name, dim, term)
    return term


def largest(names: str, dim: t.Dim, body: object) -> t.Term:
    """The maximum over each of the indices, all of one dimension."""
    term = num(body)
    for name in reversed(names.split()):
        term = t.Maximum(name, dim, term)
    return term


def apply(function: str, argument: object, order: int = 0) -> t.Term:
    return t.Apply(function, order, num(argument))


def exp(term: object) -> t.Term:
    return apply("exp", term)


def log(term: object) -> t.Term:
    return apply("log", term)


def mean(term: object) -> t.Term:
    return t.Expectation(num(term))


def inverse(
    entry: object, at_: tuple[str | int, str | int], rows: str = "r s", dim: t.Dim = "n"
) -> t.Inverse:
    """An entry of the inverse of the matrix with the given entry at the given row and column."""
    row, column = rows.split()
    return t.Inverse(row, column, dim, num(entry), (index(at_[0]), index(at_[1])))


def det(entry: object, rows: str = "r s", dim: t.Dim = "n") -> t.Term:
    row, column = rows.split()
    return t.Determinant(row, column, dim, num(entry))


def tensor(entry: object, **dims: t.Dim) -> t.Lambda:
    """A tensor by its entries: `tensor(ref("u", "i"), i="n")`."""
    return t.Lambda(tuple(dims.items()), num(entry))


def matrix(name: str, rows: t.Dim = "n", columns: t.Dim = "n") -> t.Lambda:
    """A matrix which is declared, as a tensor."""
    return tensor(ref(name, "row", "column"), row=rows, column=columns)


def column(name: str, dim: t.Dim = "n") -> t.Lambda:
    """A vector which is declared, as a tensor."""
    return tensor(ref(name, "row"), row=dim)


def call(
    function: str,
    *arguments: t.Lambda,
    output: tuple[str | int, ...] = (),
    by: tuple[tuple[int, tuple[str | int, ...]], ...] = (),
) -> t.Term:
    """An entry of an unknown function of tensors, or of its partial derivatives."""
    return t.Call(function, at(*output), arguments, tuple((slot, at(*entry)) for slot, entry in by))


def diff(variable: str, body: object, wrt: tuple[str | int, ...], point: t.Lambda) -> t.Term:
    return t.Derivative(variable, num(body), at(*wrt), point)


def diff_scalar(body: object, point: object, variable: str = "v") -> t.Term:
    """The derivative of a function of one number."""
    return diff(variable, body, (), t.Lambda((), num(point)))


def limit(body: object, at_: object = None, side: str = "-", variable: str = "z") -> t.Limit:
    """The limit as z tends to a number, or without one to ∞ (from below) or -∞ (from above)."""
    return t.Limit(variable, num(body), () if at_ is None else (num(at_),), side)


def integral(body: object, lower: object = None, upper: object = None, variable: str = "z") -> t.Integral:
    """The integral over z; an end without a number is infinite."""
    ends = (() if end is None else (num(end),) for end in (lower, upper))
    return t.Integral(variable, num(body), *ends)


_letters = itertools.cycle(f"z{k}" for k in range(1000))


def dot(left: str, right: str, dim: t.Dim = "n") -> t.Term:
    """The inner product of two vectors."""
    k = next(_letters)
    return t.Sum(k, dim, mul(ref(left, k), ref(right, k)))


def norm(name: str, dim: t.Dim = "n") -> t.Term:
    return sqrt(dot(name, name, dim))


def prod(names: str, i: str, j: str, dim: t.Dim = "n") -> t.Term:
    """The entry (i, j) of a product of square matrices; a name with ' is transposed."""
    first, *rest = names.split()
    if not rest:
        return ref(first[:-1], j, i) if first.endswith("'") else ref(first, i, j)
    k = next(_letters)
    return t.Sum(k, dim, mul(prod(first, i, k, dim), prod(" ".join(rest), k, j, dim)))


def trace(names: str, dim: t.Dim = "n") -> t.Term:
    """The trace of a product of square matrices."""
    i = next(_letters)
    return t.Sum(i, dim, prod(names, i, i, dim))


# -- statements and contexts -----------------------------------------------------------------------


def says(left: object, relation: str, right: object, **binders: t.Sort) -> Statement:
    """`left relation right` for all values of the binders."""
    return Statement(tuple(binders.items()), relation, num(left), num(right))


def eq(left: object, right: object, **binders: t.Sort) -> Statement:
    return says(left, "=", right, **binders)


def tends(left: object, right: object, least: int = 0) -> Statement:
    """left tends to right as s >= least grows."""
    return says(left, "->", right, s=t.Natural(least))


def variable(name: str, *shape: t.Sort, moments: int = 0, **properties: bool) -> Variable:
    return Variable(name, shape, frozenset(properties), moments)


def function(name: str, order: int = 0, inputs: tuple[tuple[t.Dim, ...], ...] = ((),)) -> Function:
    return Function(name, inputs, (), order)


def context(*variables: Variable, dims: str = "", **rest: object) -> Context:
    """Scalars, vectors and matrices; the other parts of a context by name."""
    return Context(tuple(dims.split()), variables=variables, **rest)  # type: ignore[arg-type]


# -- certificates ----------------------------------------------------------------------------------

ALGEBRA = c.Combine((), t.ZERO, (), ())


def use(premise: str, times: object = 1, sums: tuple[tuple[str, t.Dim], ...] = (), **at_: object) -> c.Use:
    """A premise at some values, times a factor, summed."""
    values = tuple((name, index(value)) for name, value in at_.items())  # type: ignore[arg-type]
    return c.Use(premise, values, sums, num(times))


def combine(
    *using: c.Use, slack: object = 0, unfold: tuple[str, ...] = (), facts: tuple[str, ...] = ()
) -> c.Combine:
    return c.Combine(using, num(slack), unfold, facts)


def lemma_use(lemma: str, **maps: object) -> c.LemmaUse:
    """A lemma; each of the maps is a dictionary."""

    def pairs(key: str) -> tuple[tuple[str, object], ...]:
        return tuple(dict(maps.get(key, {})).items())  # type: ignore[call-overload]

    naturals = tuple((name, index(value)) for name, value in pairs("naturals"))  # type: ignore[arg-type]
    return c.LemmaUse(
        lemma,
        pairs("dims"),
        naturals,
        pairs("tensors"),
        pairs("functions"),
        pairs("premises"),  # type: ignore[arg-type]
    )


def step(id_: str, claim: Statement, by: c.Justification) -> c.Step:
    return c.Step(id_, claim, by)


def axiom(
    ctx: Context, goal: Statement, source: str = "Author (1900), Book, p. 1", name: str = "axiom"
) -> c.Certificate:
    """What is taken without proof, with its source."""
    return c.Certificate(name, ctx, goal, (), (), source)


def certificate(
    ctx: Context,
    goal: Statement,
    *proof: c.Step | c.Justification,
    lemmas: tuple[c.Certificate, ...] = (),
    name: str = "theorem",
) -> c.Certificate:
    """A certificate; a bare justification at the end is the one of the goal."""
    steps = tuple(p if isinstance(p, c.Step) else c.Step("goal", goal, p) for p in proof)
    return c.Certificate(name, ctx, goal, steps, lemmas)


def verdict(ctx: Context, goal: Statement, *proof: c.Step | c.Justification, **rest: object) -> Verdict:
    """What the kernel says, after the certificate went through its text."""
    return judged(certificate(ctx, goal, *(proof or (ALGEBRA,)), **rest))  # type: ignore[arg-type]


def judged(cert: c.Certificate) -> Verdict:
    """What the kernel says of a certificate, as an object and as text: both must agree."""
    import json

    document = to_document(cert)
    spoken = verify_text(json.dumps(document))
    direct = check(cert, document["digest"])
    if spoken != direct:
        raise AssertionError(f"{spoken} is not {direct}")
    return spoken
