"""Numbers that are not negative, made larger step by step.

    f(k) <= Σ_i f(i)      f(k) <= max_i f(i)      (Σ_i f(i))² <= n·Σ_i f(i)²      Σ_i f(i)² <= (Σ_i |f(i)|)²

Each holds below sums, and for factors of products of what is not negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lemmata.derive.matrices.matrices import TWO, Matrix, declared, form, largest, length
from lemmata.derive.matrices.ranks import squares_below_rank
from lemmata.derive.matrices.stretched import below_frobenius, transposed_below
from lemmata.derive.names import Names
from lemmata.derive.premises import in_every_order
from lemmata.derive.slacks.squares import root
from lemmata.kernel.certificate import Combine, EntryOfMaximum, Justification, Monotone, Step, Stretch, Use
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import as_term
from lemmata.kernel.spectral import NORMS
from lemmata.kernel.substitute import Substitution, free_indices, freshened, mentions, subterms
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Dim,
    Index,
    Maximum,
    Mul,
    Natural,
    Num,
    Pow,
    Sort,
    Sum,
    Term,
)
from lemmata.refute import Budget, attack

#: How hard it is looked for an instance at which a term is too large.
GLANCE = Budget(instances=4, work=5_000, shrink_work=0, descent_work=0)
Binders = tuple[tuple[str, Sort], ...]


@dataclass(frozen=True)
class Move:
    """A larger term, and the premises which show that it is larger: larger - smaller = Σ uses."""

    larger: Term
    uses: tuple[Use, ...]
    steps: tuple[Step, ...]

    def below(self, larger: Term, factor: Term = ONE, sums: tuple[tuple[str, Dim], ...] = ()) -> Move:
        """The same below a sum, or times a factor."""
        uses = (replace(u, sums=(*sums, *u.sums), times=Mul((factor, u.times))) for u in self.uses)
        return replace(self, larger=larger, uses=tuple(uses))


@dataclass
class Larger:
    """The ways in which a term becomes larger, towards what stands on the other side."""

    context: Context
    normalizer: Normalizer
    names: Names
    claim: Statement
    label: str
    count: int = 0

    def moves(self, term: Term, binders: Binders) -> Iterator[Move]:
        """All larger terms, one move away, for all values of the binders."""
        if self.is_nonnegative(term):
            yield from self.entries(term, binders)
            yield from self.columns(term, binders)
            yield from self.sums(term, binders)
        yield from self.images(term, binders)
        match term:
            case Sum():
                for name, dim, body in in_every_order(term):
                    yield from self.gathered(Sum(name, dim, body), binders)
                    for move in self.moves(body, (*binders, (name, dim))):
                        yield move.below(Sum(name, dim, move.larger), sums=((name, dim),))
            case Mul(factors):
                for place, factor in enumerate(factors):
                    others = (*factors[:place], *factors[place + 1 :])
                    if self.is_nonnegative(Mul(others)):
                        for move in self.moves(factor, binders):
                            yield move.below(Mul((*others, move.larger)), Mul(others))
            case Pow(Call("opnorm", (), (tensor,)), exponent) if exponent == TWO and not free_indices(term):
                step = below_frobenius(Matrix(tensor, self.names), self.next_label())
                yield Move(step.claim.right, (Use(step.id, (), (), ONE),), (step,))
            case Pow(base, exponent) if exponent == TWO and self.is_nonnegative(base):
                if isinstance(base, Sum):
                    yield self.spread(base, binders)
                for move in self.moves(base, binders):
                    yield move.below(Pow(move.larger, TWO), Add((base, move.larger)))

    def is_too_large(self, term: Term) -> bool:
        """Whether a term is larger than the right side at a simple instance: then no chain leads there."""
        reached = replace(self.claim, left=freshened(self.names, term))
        return attack(self.context, reached, GLANCE).counterexample is not None

    def is_nonnegative(self, term: Term) -> bool:
        return self.normalizer.signs.of(term).nonnegative

    # -- one move ----------------------------------------------------------------------------------

    def sums(self, term: Term, binders: Binders) -> Iterator[Move]:
        """f(k) <= Σ_i f(i), as Σ_i f(i)·(1 - δ(i, k))² is what it lacks."""
        for name, dim in (*self.claim.binders, *binders):
            if name not in free_indices(term) or isinstance(dim, Natural):
                continue
            i = Index(self.names.name())
            there = Substitution(self.names, indices={name: i}).apply(term)
            apart = Pow(Add((ONE, Mul((MINUS_ONE, Delta(i, Index(name)))))), TWO)
            slack = Sum(i.name, dim, Mul((there, apart)))
            yield self.by_slack(term, Sum(i.name, dim, there), slack, binders)

    def gathered(self, total: Sum, binders: Binders) -> Iterator[Move]:
        """Σ_i f(i)² <= (Σ_i |f(i)|)²."""
        inside = self.normalizer.poly(total.body)
        found = [root(self.normalizer, monomial) for monomial in inside]
        if len(found) != 1 or found[0] is None or set(inside.values()) != {Fraction(1)}:
            return
        f = Pow(Pow(as_term(found[0], Fraction(1)), TWO), Num(Fraction(1, 2)))
        i, k = Index(self.names.name()), Index(self.names.name())
        at_i, at_k = (Substitution(self.names, indices={total.index: x}).apply(f) for x in (i, k))
        apart = Pow(Add((ONE, Mul((MINUS_ONE, Delta(i, k))))), TWO)
        slack = Sum(i.name, total.dim, Sum(k.name, total.dim, Mul((at_i, at_k, apart))))
        yield self.by_slack(total, Pow(Sum(total.index, total.dim, f), TWO), slack, binders)

    def spread(self, total: Sum, binders: Binders) -> Move:
        """(Σ_i f(i))² <= n·Σ_i f(i)², as n·Σ_i (f(i) - Σ_k f(k)/n)² is what it lacks."""
        dim = total.dim
        size = Count(Index(dim)) if isinstance(dim, str) else Num(Fraction(dim))
        i = Index(self.names.name())
        here = Substitution(self.names, indices={total.index: i}).apply(total.body)
        mean = Mul((MINUS_ONE, Pow(size, MINUS_ONE), total))
        slack = Mul((size, Sum(i.name, dim, Pow(Add((here, mean)), TWO))))
        larger = Mul((size, Sum(i.name, dim, Pow(here, TWO))))
        return self.by_slack(Pow(total, TWO), larger, slack, binders)

    def by_slack(self, smaller: Term, larger: Term, slack: Term, binders: Binders) -> Move:
        return self.stated(smaller, larger, binders, Combine((), slack, (), ()))

    # -- maxima ------------------------------------------------------------------------------------

    def entries(self, term: Term, binders: Binders) -> Iterator[Move]:
        """f(k) <= max_i f(i); with it f(k)² <= (max_i f(i))², and exp f(k) <= exp max_i f(i)."""
        for maximum in dict.fromkeys(p for p in subterms(self.claim.right) if isinstance(p, Maximum)):
            if free_indices(maximum) & {name for name, _ in self.claim.binders}:
                continue
            for entry, move in self.reached(maximum, binders):
                if self.same(entry, term):
                    yield move
                elif self.same(Pow(entry, TWO), term) and self.is_nonnegative(entry):
                    yield move.below(Pow(maximum, TWO), Add((entry, maximum)))
                elif isinstance(term, Apply) and self.same(Apply("exp", 0, entry), term):
                    yield self.exponential(entry, maximum, move, binders)

    def reached(self, maximum: Maximum, binders: Binders) -> Iterator[tuple[Term, Move]]:
        """The entries of a maximum, or of a maximum of maxima, at the indices there are."""
        for name, sort in (*self.claim.binders, *binders):
            if sort != maximum.dim:
                continue
            entry = Substitution(self.names, indices={maximum.index: Index(name)}).apply(maximum.body)
            move = self.stated(entry, maximum, binders, EntryOfMaximum(maximum, Index(name)))
            yield entry, move
            if isinstance(entry, Maximum):
                for inner, more in self.reached(entry, binders):
                    yield inner, Move(maximum, (*move.uses, *more.uses), (*move.steps, *more.steps))

    def exponential(self, entry: Term, maximum: Term, move: Move, binders: Binders) -> Move:
        below = self.stated(entry, maximum, binders, Combine(move.uses, ZERO, (), ()))
        by = Monotone("exp", Fraction(1), below.steps[0].id, ())
        found = self.stated(Apply("exp", 0, entry), Apply("exp", 0, maximum), binders, by)
        return replace(found, steps=(*move.steps, *below.steps, *found.steps))

    def next_label(self) -> str:
        self.count += 1
        return f"{self.label}m{self.count}"

    def same(self, first: Term, second: Term) -> bool:
        return not self.normalizer.poly(difference(first, second))

    # -- norms of matrices -------------------------------------------------------------------------

    def columns(self, term: Term, binders: Binders) -> Iterator[Move]:
        """Σ_i A_ik² <= opnorm(A)², and the same of the rows."""
        for norm in dict.fromkeys(p for p in subterms(self.claim.right) if isinstance(p, Call)):
            if norm.function != "opnorm" or free_indices(norm):
                continue
            matrix = Matrix(norm.arguments[0], self.names)
            if self.same(matrix.all_squares(), term):
                steps = squares_below_rank(matrix, self.next_label())
                yield Move(steps[-1].claim.right, (Use(steps[-1].id, (), (), ONE),), steps)
            turned = matrix.transposed()
            for name, sort in (*self.claim.binders, *binders):
                if sort == matrix.columns and self.same(matrix.column(Index(name)), term):
                    yield self.stretched(term, matrix, Index(name), binders)
                if sort == turned.columns and self.same(turned.column(Index(name)), term):
                    step = transposed_below(matrix, self.next_label())
                    move = self.stretched(term, turned, Index(name), binders)
                    uses = (*move.uses, Use(step.id, (), (), ONE))
                    yield Move(matrix.square(), uses, (*move.steps, step))

    def images(self, term: Term, binders: Binders) -> Iterator[Move]:
        """‖A x‖² <= opnorm(A)²·‖x‖² and xᵀS x <= eigmax(S)·‖x‖², for the vectors which are declared."""
        for norm in dict.fromkeys(p for p in subterms(self.claim.right) if isinstance(p, Call)):
            if norm.function not in NORMS or free_indices(norm):
                continue
            matrix = Matrix(norm.arguments[0], self.names)
            vectors = [v for v in self.context.variables if v.shape == (matrix.columns,)]
            for x in (declared(v, self.names) for v in vectors if mentions(term, v.name)):
                if self.same(form(norm.function, matrix, x), term):
                    larger = Mul((largest(norm), length(x)))
                    yield self.stated(term, larger, binders, Stretch(norm.function, matrix.tensor, x))

    def stretched(self, term: Term, matrix: Matrix, column: Index, binders: Binders) -> Move:
        by = Stretch("opnorm", matrix.tensor, matrix.unit(column))
        return self.stated(term, matrix.square(), binders, by)

    # -- steps -------------------------------------------------------------------------------------

    def stated(self, smaller: Term, larger: Term, binders: Binders, by: Justification) -> Move:
        """A step for one inequality, and its use at each value of the binders."""
        every = (*self.claim.binders, *binders)
        sides = (freshened(self.names, side) for side in (smaller, larger))
        step = Step(self.next_label(), Statement(every, "<=", *sides), by)
        at = tuple((name, Index(name)) for name, _ in every)
        return Move(larger, (Use(step.id, at, (), ONE),), (step,))
