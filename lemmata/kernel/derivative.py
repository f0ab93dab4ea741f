"""The derivative of a term, by the rules of calculus, one for each kind of node.

    ∂(f·g) = ∂f·g + f·∂g                   ∂ b^e = e·b^(e-1)·∂b + b^e·log(b)·∂e
    ∂ σ(a) = σ'(a)·∂a                      ∂ f(A) = Σ_e ∂f/∂A[e] · ∂A[e]
    ∂ inv(M) = -inv(M)·∂M·inv(M)           ∂ det M = det M · tr(inv(M)·∂M)
    ∂ pinv(M): see `pseudo_inverses`       (M has full rank)
    ∂ E[f] = E[∂f]                         (f is a polynomial in the random variables: see `conditions`)
    ∂ ∫_a^b f(t) dt = f(b)·∂b - f(a)·∂a    (f is without the variable, and has a derivative at the ends)

Nothing is simplified or dropped: a part whose derivative is 0 stays, with the factor 0. So the conditions of
the result (with those of the body) are enough for the body to be differentiable: each of them (`b != 0`,
`0 < b`, `det M != 0`) holds in a neighbourhood if it holds at the point. A broken power is differentiated as
e·b^e·b^(-1)·∂b, which asks for `0 < b`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.kernel.errors import Rejected
from lemmata.kernel.pseudo_inverses import slope_of_pseudo_inverse
from lemmata.kernel.special import SPECIAL, slope
from lemmata.kernel.substitute import (
    Fresh,
    Substitution,
    entry_of,
    freshened,
    mentions,
    outcome_depends,
    subterms,
)
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Delta,
    Derivative,
    Determinant,
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


def differentiate(term: Derivative, fresh: Fresh, random: frozenset[str]) -> Term:
    """The derivative without `Derivative` nodes, at its point. Raises Rejected where the point depends on an
    outcome, and would get under a mean, which is over all outcomes."""
    body = freshened(fresh, term.body)
    result = _Differentiation(term.variable, term.wrt, fresh, random).of(body)
    if outcome_depends(term.at.body, random) and any(
        _in_mean(part, term.variable) for part in (body, result)
    ):
        raise Rejected("the point of a derivative is random, and the variable is below a mean")
    return Substitution(fresh, tensors={term.variable: term.at}).apply(result)


@dataclass(frozen=True)
class _Differentiation:
    """∂/∂variable[wrt]; all binders of the term have fresh names."""

    variable: str
    wrt: tuple[Index, ...]
    fresh: Fresh
    random: frozenset[str]

    def of(self, term: Term) -> Term:
        self.fresh.spend()
        if not mentions(term, self.variable):
            return ZERO
        match term:
            case Ref(_, indices):
                return Mul(tuple(Delta(i, j) for i, j in zip(indices, self.wrt, strict=True)))
            case Add(parts):
                return Add(tuple(map(self.of, parts)))
            case Mul(factors):
                return Add(tuple(self._one_factor(factors, place) for place in range(len(factors))))
            case Pow(base, exponent):
                return self._power(term, base, exponent)
            case Sum(index, dim, body):
                return Sum(index, dim, self.of(body))
            case Expectation(body):
                return Expectation(self.of(body))
            case Maximum():
                raise Rejected("a maximum has no derivative here")
            case Apply(function, order, argument):
                return Mul((outer_derivative(function, order, argument), self.of(argument)))
            case Inverse():
                return self._inverse(term)
            case Determinant():
                return self._determinant(term)
            case Call("pinv", _, (matrix,)):
                return slope_of_pseudo_inverse(term, Lambda(matrix.indices, self.of(matrix.body)), self.fresh)
            case Call(function) if not has_derivatives(function, len(term.partials) + 1):
                raise Rejected(f"{function} has no derivative here")
            case Call():
                return Add(tuple(self._argument(term, slot) for slot in range(len(term.arguments))))
            case Derivative():
                return self._derivative(term)
            case Limit():
                raise Rejected("a limit has no derivative here")
            case Integral():
                return self._integral(term)
        return ZERO

    def _integral(self, term: Integral) -> Term:
        """The integrand at each end that moves, where it must be differentiable: so it is continuous near the
        end."""
        if mentions(term.body, self.variable):
            raise Rejected("an integral over what depends on the variable has no derivative here")
        parts: list[Term] = []
        for ends, sign in ((term.upper, ONE), (term.lower, MINUS_ONE)):
            for end in ends if any(mentions(end, self.variable) for end in ends) else ():
                at, smooth = Lambda((), end), Derivative(term.variable, term.body, (), Lambda((), end))
                there = Substitution(self.fresh, tensors={term.variable: at}).apply(term.body)
                slope = Mul((ZERO, differentiate(smooth, self.fresh, self.random)))
                parts += [Mul((sign, there, self.of(end))), slope]
        return Add(tuple(parts))

    def _derivative(self, term: Derivative) -> Term:
        """The derivative of the inner one; what that one drops must be differentiable all the same."""
        inner = freshened(self.fresh, differentiate(term, self.fresh, self.random))
        body = freshened(
            self.fresh, Substitution(self.fresh, tensors={term.variable: term.at}).apply(term.body)
        )
        point: Term = Mul((ZERO, self.of(term.at.body)))
        for name, dim in term.at.indices:
            point = Sum(name, dim, point)
        return Add((self.of(inner), Mul((ZERO, self.of(body))), point))

    def _one_factor(self, factors: tuple[Term, ...], place: int) -> Term:
        if not mentions(factors[place], self.variable):
            return ZERO
        return Mul((*factors[:place], self.of(factors[place]), *factors[place + 1 :]))

    def _power(self, term: Pow, base: Term, exponent: Term) -> Term:
        if isinstance(exponent, Num) and exponent.value.denominator == 1:
            if exponent.value == 0:
                return Mul((ZERO, self.of(base)))
            return Mul((exponent, Pow(base, Num(exponent.value - 1)), self.of(base)))
        parts: list[Term] = []
        if mentions(base, self.variable):
            parts.append(Mul((exponent, term, Pow(base, MINUS_ONE), self.of(base))))
        if mentions(exponent, self.variable):
            parts.append(Mul((term, Apply("log", 0, base), self.of(exponent))))
        return Add(tuple(parts))

    def _inverse(self, term: Inverse) -> Term:
        (r, s), (p, q) = (self.fresh.name(), self.fresh.name()), term.at
        left = Inverse(term.row, term.column, term.dim, term.body, (p, Index(r)))
        right = Inverse(term.row, term.column, term.dim, term.body, (Index(s), q))
        inner = Mul((MINUS_ONE, left, self._entry(term, r, s), right))
        return Sum(r, term.dim, Sum(s, term.dim, inner))

    def _determinant(self, term: Determinant) -> Term:
        r, s = self.fresh.name(), self.fresh.name()
        inverse = Inverse(term.row, term.column, term.dim, term.body, (Index(s), Index(r)))
        return Mul((term, Sum(r, term.dim, Sum(s, term.dim, Mul((inverse, self._entry(term, r, s)))))))

    def _entry(self, matrix: Inverse | Determinant, row: str, column: str) -> Term:
        put = {matrix.row: Index(row), matrix.column: Index(column)}
        return Substitution(self.fresh, indices=put).apply(self.of(matrix.body))

    def _argument(self, term: Call, slot: int) -> Term:
        """Σ over the entries of one argument: the partial derivative times that of the entry."""
        argument = term.arguments[slot]
        names = [self.fresh.name() for _ in argument.indices]
        entry = tuple(map(Index, names))
        partial = Call(term.function, term.output, term.arguments, (*term.partials, (slot, entry)))
        inner = self.of(argument.body)
        changed = entry_of(Lambda(argument.indices, inner), entry, self.fresh)
        product: Term = Mul((partial, changed))
        for name, (_, dim) in zip(names, argument.indices, strict=True):
            product = Sum(name, dim, product)
        return product


def _in_mean(term: Term, variable: str) -> bool:
    """Whether the variable occurs below a mean."""
    means = (part for part in subterms(term) if isinstance(part, Expectation))
    return any(mentions(mean, variable) for mean in means)


def outer_derivative(function: str, order: int, argument: Term) -> Term:
    """σ'(argument); exp, log, sin and cos are known."""
    match function:
        case "exp":
            return Apply("exp", 0, argument)
        case "log":
            return Pow(argument, MINUS_ONE)
        case "sin":
            return Apply("cos", 0, argument)
        case "cos":
            return Mul((MINUS_ONE, Apply("sin", 0, argument)))
    return slope(function, argument) if function in SPECIAL else Apply(function, order + 1, argument)


KNOWN_FUNCTIONS = frozenset({"exp", "log", "sin", "cos"}) | SPECIAL
#: Functions of a matrix of any size: the operator norm max ‖A x‖ over ‖x‖ = 1, the largest eigenvalue of the
#: symmetric part, max xᵀA x over ‖x‖ = 1, the rank, the pseudo-inverse of Moore and Penrose, the exponential;
#: the determinant and the inverse of a matrix with several indices for its rows; the power with a natural
#: exponent.
KNOWN_NORMS = frozenset({"opnorm", "eigmax", "rank", "pinv", "expm", "det", "inv", "matrix_power"})
#: Those which have all derivatives everywhere: power series that converge, and polynomials.
SMOOTH = frozenset({"expm", "matrix_power"})
#: That which has a first derivative at some matrices (see `simple`).
ONCE = "eigmax"


def has_derivatives(function: str, order: int) -> bool:
    """Whether the language has the derivatives of this order of a function of tensors."""
    return function not in KNOWN_NORMS or function in SMOOTH or order <= (function == ONCE)
