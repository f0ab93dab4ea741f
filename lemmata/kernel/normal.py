"""The normal form: a sum of monomials with rational coefficients; two terms are equal where both are
defined when the difference of their normal forms is zero.

A monomial is a product of powers of *bases*. A base is an atom (an entry of a variable, a function of
a normal form, ...), a connected network `Σ_k A[i,k]·x[k]` in canonical labelling, or a sum that no
power law resolves. The laws used here hold wherever both sides of the equation to be decided are
defined; that they are is not decided here but by `conditions`.

    Σ_i δ(i,j) f(i) = f(j)            Σ_i 1 = n                 b^p·b^q = b^(p+q)
    (a·b)^p = a^p·b^p  and  (b^p)^q = b^(p·q)   for integer q, or where the parts are known to be >= 0
    exp(a + b) = exp(a)·exp(b)        log(a·b) = log a + log b  where the parts are known to be > 0
    E[a·X + Y] = a·E[X] + E[Y]        for a without random variables
    inv(A·B) = inv(B)·inv(A)    inv(Aᵀ) = inv(A)ᵀ    det(A·B) = det A·det B    det Aᵀ = det A
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import floor

from lemmata.kernel import linear
from lemmata.kernel.canonical import canonical, fingerprint, is_labelled, require_unlabelled
from lemmata.kernel.derivative import differentiate
from lemmata.kernel.errors import TooLarge
from lemmata.kernel.signs import Signs
from lemmata.kernel.substitute import Fresh, Substitution, free_indices, freshened, outcome_depends
from lemmata.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Derivative,
    Determinant,
    Dim,
    Expectation,
    Index,
    Inverse,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

#: Bases with their exponents, in the order of their fingerprints.
Monomial = tuple[tuple[Term, Term], ...]
#: Monomials with their coefficients, none of them zero.
Poly = dict[Monomial, Fraction]
Bound = list[tuple[str, Dim]]
#: Derivatives worked out, by the term and the names of the random variables.
Derivatives = dict[tuple[Derivative, frozenset[str]], Term]

UNIT: Monomial = ()
#: The coefficient 1 is nearly always this object, by which work is spared.
_ONE = Fraction(1)
#: A power of a sum is multiplied out up to this exponent.
LARGEST_EXPANSION = 64
#: A power of a number is worked out up to this number of bits.
LARGEST_POWER = 4096
#: No coefficient is longer than this number of bits.
LARGEST_COEFFICIENT = 8192
#: What finding the small factors of a number counts for.
FACTORING = 60


class Normalizer:
    """Normal forms in one context. `signs` answers which bases are known to be >= 0 or != 0."""

    def __init__(self, signs: Signs, fresh: Fresh, derivatives: Derivatives | None = None) -> None:
        self.signs = signs
        self.fresh = fresh
        self._derivatives = {} if derivatives is None else derivatives
        self.symmetric = signs.symmetric
        self._known: dict[Term, Poly] = {}
        self._free: dict[Term, frozenset[str]] = {}
        self._order: dict[Term, int] = {}

    # -- from terms to polynomials and back ------------------------------------------------------

    def poly(self, term: Term) -> Poly:
        """The normal form of a term. The labels of a term that is canonical already are made new first, or
        those given to its parts would be confused with its own."""
        if term not in self._known:
            self.fresh.spend()
            whole = freshened(self.fresh, term) if is_labelled(term) else term
            require_unlabelled(whole)
            self._known[term] = self._poly(whole)
        return self._known[term]

    def is_zero(self, term: Term) -> bool:
        """Whether the normal form is 0, after multiplying out all denominators."""
        return not self.cleared(self.poly(term))

    def term(self, poly: Poly) -> Term:
        """A polynomial as a canonical term."""
        if not poly:
            return ZERO
        parts = [as_term(monomial, coefficient) for monomial, coefficient in poly.items()]
        return self.canonical(parts[0] if len(parts) == 1 else Add(tuple(parts)))

    def canonical(self, term: Term) -> Term:
        if isinstance(term, Num | Count):
            return term
        fresh_binders = freshened(self.fresh, term)
        return canonical(fresh_binders, self.fresh, self.symmetric)

    def normal(self, term: Term) -> Term:
        """The normal form as a canonical term."""
        return self.term(self.poly(term))

    def _poly(self, term: Term) -> Poly:
        match term:
            case Num(value):
                return _constant(value)
            case Count(index):
                return self._count(index)
            case Ref(name, indices):
                return self.atom(Ref(name, tuple(sorted(indices))) if name in self.symmetric else term)
            case Delta(left, right):
                return self._delta(left, right)
            case Add(parts):
                return self.add(map(self.poly, parts))
            case Mul(parts):
                return self.product(map(self.poly, parts))
            case Pow(base, exponent):
                return self.power(self.poly(base), self.poly(exponent))
            case Sum():
                bound, body = _sums(term)
                return self.add(
                    self.scale(self.sum_over(bound, monomial), coefficient)
                    for monomial, coefficient in self.poly(body).items()
                )
            case Apply(function, order, argument):
                return self._apply(function, order, argument)
            case Expectation(body):
                return self._mean(body)
            case Inverse():
                return linear.inverse(self, term)
            case Determinant():
                return linear.determinant(self, term)
            case Call(function, output, arguments, partials):
                values = tuple(Lambda(a.indices, self.normal(a.body)) for a in arguments)
                return self.atom(self.canonical(Call(function, output, values, partials)))
            case Derivative():
                return self.poly(self.derivative(term))

    def derivative(self, term: Derivative) -> Term:
        """The derivative worked out, once."""
        place = (term, self.signs.random)
        if place not in self._derivatives:
            self._derivatives[place] = differentiate(term, self.fresh, self.signs.random)
        return self._derivatives[place]

    def with_signs(self, signs: Signs) -> Normalizer:
        """Normal forms where something else is known of signs."""
        return Normalizer(signs, self.fresh, self._derivatives)

    def _count(self, index: Index) -> Poly:
        offset = _constant(Fraction(index.offset))
        return self.add([self.atom(Count(Index(index.name))), offset]) if index.name else offset

    def _delta(self, left: Index, right: Index) -> Poly:
        if left.name == right.name:
            return _constant(Fraction(left.offset == right.offset))
        return self.atom(Delta(*sorted((left, right))))

    # -- arithmetic --------------------------------------------------------------------------------

    def atom(self, base: Term) -> Poly:
        return {((base, ONE),): _ONE}

    def add(self, polys: Iterable[Poly]) -> Poly:
        total: Poly = {}
        for poly in polys:
            self.fresh.spend(len(poly))
            for monomial, coefficient in poly.items():
                known = total.get(monomial)
                total[monomial] = coefficient if known is None else _bounded(known + coefficient)
        return {monomial: value for monomial, value in total.items() if value}

    def scale(self, poly: Poly, factor: Fraction) -> Poly:
        if factor is _ONE:
            return poly
        return {monomial: _times(value, factor) for monomial, value in poly.items()} if factor else {}

    def product(self, polys: Iterable[Poly]) -> Poly:
        result = _constant(_ONE)
        for poly in polys:
            result = self.add(
                self.scale(self.times(first, second), _times(a, b))
                for first, a in result.items()
                for second, b in poly.items()
            )
        return result

    def times(self, first: Monomial, second: Monomial) -> Poly:
        """The product of two monomials: exponents of equal bases are added."""
        if not first or not second:
            return {first or second: _ONE}
        exponents: dict[Term, list[Term]] = {}
        for base, exponent in (*first, *second):
            exponents.setdefault(base, []).append(exponent)
        self.fresh.spend(len(exponents))
        return self.collect((base, self._total(parts)) for base, parts in exponents.items())

    def _total(self, exponents: list[Term]) -> Term:
        if len(exponents) == 1:
            return exponents[0]
        numbers = [exponent.value for exponent in exponents if isinstance(exponent, Num)]
        if len(numbers) == len(exponents):
            return Num(sum(numbers, Fraction(0)))
        return self.normal(Add(tuple(exponents)))

    def collect(self, powers: Iterable[tuple[Term, Term]]) -> Poly:
        """The product of powers of different bases; those which a law resolves are resolved."""
        kept: list[tuple[Term, Term]] = []
        resolved: list[Poly] = []
        for base, exponent in powers:
            simpler = self._resolve(base, exponent)
            if simpler is None:
                kept.append((base, exponent))
            else:
                resolved.append(simpler)
        deltas = [base for base, exponent in kept if isinstance(base, Delta) and exponent == ONE]
        for delta in deltas:
            if any(delta.right.name in self.touched(power) for power in kept if power[0] != delta):
                return self.product([self._equate(delta, kept), *resolved])
        monomial = {tuple(sorted(kept, key=lambda power: self.order(power[0]))): _ONE}
        return self.product([monomial, *resolved]) if resolved else monomial

    def _resolve(self, base: Term, exponent: Term) -> Poly | None:
        """base^exponent in a simpler form, where there is one."""
        if not isinstance(exponent, Num):
            return self._split(base, exponent)
        value = exponent.value
        if value == 0:
            return _constant(_ONE)
        match base:
            case Delta() if value > 0 and value != 1:
                return self.atom(base)
            case Num(number) if number == 0:
                return {} if value > 0 else None
            case Num(number) if (value >= 1 or value < 0) and _is_modest(number, floor(value)):
                return self.scale(_leftover(base, value), number ** floor(value))
            case Add() if 1 <= value <= LARGEST_EXPANSION:
                return self.product([*[self.poly(base)] * floor(value), _leftover(base, value)])
            case Pow(inner, Num(power)) if value % 1 == 0:
                return self.power(self.poly(inner), _constant(power * value))
        return None

    def _split(self, base: Term, exponent: Term) -> Poly | None:
        """c^(e + k) = c^k·c^e for a number c != 0 and an integer k."""
        if not isinstance(base, Num) or base.value == 0:
            return None
        poly = self.poly(exponent)
        whole = floor(poly.get(UNIT, Fraction(0)))
        if whole == 0 or not _is_modest(base.value, whole):
            return None
        rest = self.term(self.add([poly, _constant(Fraction(-whole))]))
        return self.scale(self.collect([(base, rest)]), base.value**whole)

    def _equate(self, delta: Delta, powers: list[tuple[Term, Term]]) -> Poly:
        """δ(i,j)·f(j) = δ(i,j)·f(i)."""
        put = Substitution(self.fresh, indices={delta.right.name: delta.left})
        others = [self.poly(put.apply(Pow(base, e))) for base, e in powers if base != delta]
        return self.product([self.atom(delta), *others])

    # -- powers ------------------------------------------------------------------------------------

    def power(self, base: Poly, exponent: Poly) -> Poly:
        """base^exponent by the laws at the head of this file."""
        value = _value(exponent)
        if value == 0:
            return _constant(_ONE)
        if not base:
            return {} if value is not None and value > 0 else self._opaque(base, exponent)
        if value == 1:
            return base
        if len(base) == 1:
            ((monomial, coefficient),) = base.items()
            return self._power_of_monomial(monomial, coefficient, exponent)
        if value is not None and value % 1 == 0 and 0 < value <= LARGEST_EXPANSION:
            return self.product([base] * int(value))
        return self._power_of_sum(base, exponent)

    def _opaque(self, base: Poly, exponent: Poly) -> Poly:
        return {((self.term(base), self.term(exponent)),): _ONE}

    def distributes(self, exponent: Poly) -> bool:
        """Whether (a·b)^e = a^e·b^e for all reals: e is an integer, or a natural number."""
        value = _value(exponent)
        return value % 1 == 0 if value is not None else self.signs.natural(self.term(exponent))

    def _power_of_monomial(self, monomial: Monomial, coefficient: Fraction, exponent: Poly) -> Poly:
        whole = self.distributes(exponent)
        parts: list[Poly] = []
        rest: list[tuple[Term, Term]] = []
        for base, power in monomial:
            if whole or self.signs.of(base).nonnegative:
                parts.append(self._raised(base, power, exponent))
            elif _is_even(power) and self.signs.of(Mul((MINUS_ONE, base))).nonnegative:
                raised = self.product([self.poly(power), exponent])
                parts.append(self.power(self.scale(self.atom(base), Fraction(-1)), raised))
            elif _is_even(power):
                half = Num(power.value / 2) if isinstance(power, Num) else power
                parts.append(self._raised(Pow(base, Num(Fraction(2))), half, exponent))
            else:
                rest.append((base, power))
        sign = Fraction(1)
        if not whole and coefficient < 0:
            sign, coefficient = Fraction(-1), -coefficient
        parts.append(self._power_of_number(coefficient, exponent))
        if rest or sign < 0:
            if sign > 0 and len(rest) == 1 and rest[0][1] == ONE:
                parts.append(self._raised(rest[0][0], ONE, exponent))
            else:
                parts.append(self._opaque({tuple(rest): sign}, exponent))
        return self.product(parts)

    def _raised(self, base: Term, power: Term, exponent: Poly) -> Poly:
        value = _value(exponent)
        if isinstance(power, Num) and value is not None:
            return self.collect([(base, Num(power.value * value))])
        return self.collect([(base, self.normal(Mul((power, self.term(exponent)))))])

    def _power_of_number(self, number: Fraction, exponent: Poly) -> Poly:
        value = _value(exponent)
        if number == 1:
            return _constant(number)
        if value is None:
            return self.collect([(Num(number), self.term(exponent))])
        if value % 1 == 0:
            power = int(value)
            small = _is_modest(number, power)
            return _constant(number**power) if small else self._opaque(_constant(number), exponent)
        powers = [
            *_factors(number.numerator),
            *((prime, -times) for prime, times in _factors(number.denominator)),
        ]
        return self.product(self.collect([(Num(Fraction(p)), Num(value * times))]) for p, times in powers)

    def _power_of_sum(self, base: Poly, exponent: Poly) -> Poly:
        """Takes the common factors out of the sum, then keeps what remains as a base of its own."""
        whole = self.distributes(exponent)
        leading = min(base, key=self.monomial_order)
        content = abs(base[leading])
        if whole and base[leading] < 0:
            content = -content
        common = self._common(base, whole)
        inverse = tuple((b, self.normal(Mul((Num(Fraction(-1)), e)))) for b, e in common)
        primitive = self.scale(self.product([base, {inverse: _ONE}]), 1 / content)
        outside = self._power_of_monomial(common, content, exponent)
        if len(primitive) < 2:
            return self.product([outside, self.power(primitive, exponent)])
        return self.product([outside, self.collect([(self.term(primitive), self.term(exponent))])])

    def _common(self, base: Poly, whole: bool) -> Monomial:
        first, *others = base
        shared = []
        for factor, power in first:
            powers = [dict(monomial).get(factor) for monomial in others]
            if any(p != power for p in powers) and not all(isinstance(p, Num) for p in (power, *powers)):
                continue
            least = min((power, *powers), key=lambda p: p.value if isinstance(p, Num) else Fraction(0))
            if whole or self.signs.of(factor).nonnegative:
                shared.append((factor, least))
        return tuple((factor, power) for factor, power in shared if power is not None)

    def cleared(self, poly: Poly) -> Poly:
        """The polynomial times powers of its denominators that are sums, so that none remains."""
        while True:
            base, power = self._denominator(poly)
            if base is None:
                return poly
            poly = self.add(self.scale(self._raise(m, base, power), value) for m, value in poly.items())

    def _raise(self, monomial: Monomial, base: Term, power: int) -> Poly:
        """The monomial times a power of one base."""
        exponents = dict(monomial)
        exponents[base] = self.normal(Add((exponents.get(base, ZERO), Num(Fraction(power)))))
        return self.collect(exponents.items())

    def _denominator(self, poly: Poly) -> tuple[Term | None, int]:
        for monomial in poly:
            for base, exponent in monomial:
                if isinstance(base, Add) and isinstance(exponent, Num) and exponent.value < 0:
                    return base, -floor(exponent.value)
        return None, 0

    # -- sums over an index ------------------------------------------------------------------------

    def sum_over(self, bound: Bound, monomial: Monomial) -> Poly:
        """Σ of a monomial over some indices."""
        names = frozenset(name for name, _ in bound)
        outside = tuple(power for power in monomial if names.isdisjoint(self.touched(power)))
        inside = [power for power in monomial if not names.isdisjoint(self.touched(power))]
        opened, factors = self.opened(inside)
        return self.product([{outside: _ONE}, self.contract([*bound, *opened], factors)])

    def _size(self, dim: Dim) -> Poly:
        return self._count(Index(dim) if isinstance(dim, str) else Index("", dim))

    def opened(self, powers: list[tuple[Term, Term]]) -> tuple[Bound, Poly]:
        """The product of powers, its networks opened: the indices which they bind, and the factors."""
        bound: Bound = []
        factors: list[Poly] = []
        for base, exponent in powers:
            copies = _copies(base, exponent)
            if not copies:
                factors.append({((base, exponent),): _ONE})
            for _ in range(copies):
                network = freshened(self.fresh, base)
                while isinstance(network, Sum):
                    bound.append((network.index, network.dim))
                    network = network.body
                factors.append(self.product(map(self.poly_of_power, _powers(network))))
        return bound, self.product(factors)

    def poly_of_power(self, power: tuple[Term, Term]) -> Poly:
        return {(power,): _ONE}

    def contract(self, bound: Bound, factors: Poly) -> Poly:
        """Σ over the bound indices of a polynomial without open networks."""
        return self.add(
            self.scale(self._contract_monomial(bound, monomial), coefficient)
            for monomial, coefficient in factors.items()
        )

    def _contract_monomial(self, bound: Bound, monomial: Monomial) -> Poly:
        self.fresh.spend(len(monomial) + len(bound))
        if any(isinstance(base, Sum) and _copies(base, exponent) for base, exponent in monomial):
            more, factors = self.opened(list(monomial))
            return self.contract([*bound, *more], factors)
        names = {name for name, _ in bound}
        step = self._eliminated(names, monomial) or linear.cancelled(self, names, monomial)
        if step is not None:
            name, poly = step
            return self.contract([pair for pair in bound if pair[0] != name], poly)
        return self.product(map(self._component, *zip(*self._components(bound, monomial), strict=True)))

    def _eliminated(self, names: set[str], monomial: Monomial) -> tuple[str, Poly] | None:
        """Σ_i δ(i,j) f(i) = f(j), for one such i."""
        for delta, exponent in monomial:
            if isinstance(delta, Delta) and exponent == ONE:
                for old, new in ((delta.left, delta.right), (delta.right, delta.left)):
                    if old.name in names:
                        put = Substitution(self.fresh, indices={old.name: new})
                        rest = (put.apply(Pow(base, e)) for base, e in monomial if base != delta)
                        return old.name, self.product(map(self.poly, rest))
        return None

    def _components(self, bound: Bound, monomial: Monomial) -> list[tuple[Bound, list[tuple[Term, Term]]]]:
        """The monomial taken apart into factors that share no bound index."""
        components: list[tuple[Bound, list[tuple[Term, Term]]]] = [([pair], []) for pair in bound]
        for power in monomial:
            touched = [c for c in components if any(name in self.touched(power) for name, _ in c[0])]
            joined: tuple[Bound, list[tuple[Term, Term]]] = ([], [power])
            for component in touched:
                joined[0].extend(component[0])
                joined[1].extend(component[1])
            components = [c for c in components if c not in touched] + [joined]
        return components or [([], [])]

    def _component(self, bound: Bound, powers: list[tuple[Term, Term]]) -> Poly:
        if not bound:
            return self.collect(powers)
        if not powers:
            return self.product(self._size(dim) for _, dim in bound)
        body = as_term(tuple(powers), Fraction(1))
        for name, dim in bound:
            body = Sum(name, dim, body)
        return self.atom(self.canonical(body))

    # -- functions and means -----------------------------------------------------------------------

    def _apply(self, function: str, order: int, argument: Term) -> Poly:
        poly = self.poly(argument)
        laws: dict[str, Callable[[Poly], Poly | None]] = {
            "exp": self._exp,
            "log": self._log,
            "sin": self._at_zero(0),
            "cos": self._at_zero(1),
        }
        known = laws[function](poly) if function in laws else None
        return self.atom(Apply(function, order, self.term(poly))) if known is None else known

    def _at_zero(self, value: int) -> Callable[[Poly], Poly | None]:
        return lambda poly: None if poly else _constant(Fraction(value))

    def _exp(self, poly: Poly) -> Poly:
        """exp(Σ c·m) = Π exp(m)^c."""
        return self.product(self._exp_of(monomial, value) for monomial, value in poly.items())

    def _exp_of(self, monomial: Monomial, value: Fraction) -> Poly:
        match monomial:
            case ((Apply("log", _, argument), exponent),) if exponent == ONE:
                return self.power(self.poly(argument), _constant(value))
        return self.collect([(Apply("exp", 0, self.term({monomial: _ONE})), Num(value))])

    def _log(self, poly: Poly) -> Poly | None:
        """log(c·Π b^e) = log c + Σ e·log b, where every b is known to be positive."""
        if len(poly) != 1:
            return None
        ((monomial, value),) = poly.items()
        if value <= 0 or not all(self.signs.of(base).positive for base, _ in monomial):
            return None
        self.fresh.spend(FACTORING)
        numbers = [*_factors(value.numerator), *((p, -k) for p, k in _factors(value.denominator))]
        logs = [self.scale(self.atom(Apply("log", 0, Num(Fraction(p)))), Fraction(k)) for p, k in numbers]
        return self.add([*logs, *(self.product([self.poly(e), self._log_of(b)]) for b, e in monomial)])

    def _log_of(self, base: Term) -> Poly:
        if isinstance(base, Apply) and base.function == "exp":
            return self.poly(base.argument)
        return self.atom(Apply("log", 0, base))

    def _mean(self, body: Term) -> Poly:
        """E is linear; what is not random goes in front of it. Nothing that is assumed of a random
        variable at one outcome may be used under the mean."""
        inner = self.with_signs(self.signs.without_random())
        return self.add(
            self.scale(self._mean_of(monomial), coefficient)
            for monomial, coefficient in inner.poly(body).items()
        )

    def is_random(self, power: tuple[Term, Term]) -> bool:
        return any(outcome_depends(part, self.signs.random) for part in power)

    def _mean_of(self, monomial: Monomial) -> Poly:
        random = [power for power in monomial if self.is_random(power)]
        fixed = tuple(power for power in monomial if power not in random)
        bound, factors = self.opened(random)
        return self.product(
            [{fixed: _ONE}, self.contract(bound, self.add(map(self._pulled, factors.items())))]
        )

    def _pulled(self, item: tuple[Monomial, Fraction]) -> Poly:
        monomial, coefficient = item
        random = tuple(power for power in monomial if self.is_random(power))
        fixed = tuple(power for power in monomial if not self.is_random(power))
        mean = (
            self.atom(self.canonical(Expectation(as_term(random, Fraction(1)))))
            if random
            else _constant(_ONE)
        )
        return self.scale(self.product([{fixed: _ONE}, mean]), coefficient)

    # -- orders ------------------------------------------------------------------------------------

    def touched(self, power: tuple[Term, Term]) -> frozenset[str]:
        """The free indices of a power, in its base and in its exponent."""
        base, exponent = power
        return self.free(base) if isinstance(exponent, Num) else self.free(base) | self.free(exponent)

    def free(self, base: Term) -> frozenset[str]:
        if base not in self._free:
            self._free[base] = free_indices(base)
        return self._free[base]

    def order(self, base: Term) -> int:
        if base not in self._order:
            self._order[base] = fingerprint(base)
        return self._order[base]

    def monomial_order(self, monomial: Monomial) -> tuple[int, int]:
        """First without the names of free indices, so that renaming them changes nothing."""
        term = as_term(monomial, Fraction(1))
        return fingerprint(term, anonymous=True), fingerprint(term)


def _times(first: Fraction, second: Fraction) -> Fraction:
    return second if first is _ONE else first if second is _ONE else _bounded(first * second)


def _bounded(value: Fraction) -> Fraction:
    """A coefficient, if it is not too long to be worked with."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LARGEST_COEFFICIENT:
        raise TooLarge("a coefficient is longer than the kernel works with")
    return value


def _sums(term: Term) -> tuple[Bound, Term]:
    """The indices of nested sums, which are summed over at once, and what is summed."""
    bound: Bound = []
    while isinstance(term, Sum) and term.index not in dict(bound):
        bound.append((term.index, term.dim))
        term = term.body
    return bound, term


def _constant(value: Fraction) -> Poly:
    return {UNIT: value} if value else {}


def _value(poly: Poly) -> Fraction | None:
    """The number which the polynomial is, if it is one."""
    if not poly:
        return Fraction(0)
    return poly[UNIT] if len(poly) == 1 and UNIT in poly else None


def as_term(monomial: Monomial, coefficient: Fraction) -> Term:
    factors = [base if exponent == ONE else Pow(base, exponent) for base, exponent in monomial]
    if coefficient != 1 or not factors:
        factors.insert(0, Num(coefficient))
    return factors[0] if len(factors) == 1 else Mul(tuple(factors))


def _powers(term: Term) -> list[tuple[Term, Term]]:
    factors = term.factors if isinstance(term, Mul) else (term,)
    return [(f.base, f.exponent) if isinstance(f, Pow) else (f, ONE) for f in factors]


def _copies(base: Term, exponent: Term) -> int:
    """How many copies of a network a power multiplies; 0 where it must stay as it is."""
    natural = isinstance(base, Sum) and isinstance(exponent, Num) and exponent.value % 1 == 0
    return int(exponent.value) if natural and 0 < exponent.value <= LARGEST_EXPANSION else 0  # type: ignore[union-attr]


def _is_even(power: Term) -> bool:
    """Whether b^power is (b²)^k, or ((-b)²)^k."""
    return isinstance(power, Num) and power.value % 2 == 0


def _factors(number: int) -> list[tuple[int, int]]:
    """Powers of primes up to 1000, and what remains."""
    found = []
    for prime in range(2, 1000):
        times = 0
        while number % prime == 0:
            number, times = number // prime, times + 1
        if times:
            found.append((prime, times))
    return [*found, (number, 1)] if number > 1 else found


def _leftover(base: Term, power: Fraction) -> Poly:
    """The power without its whole part."""
    return {((base, Num(power % 1)),): _ONE} if power % 1 else _constant(_ONE)


def _is_modest(number: Fraction, exponent: int) -> bool:
    """Whether a power of a number is small enough to be written out."""
    return (
        abs(exponent) * max(number.numerator.bit_length(), number.denominator.bit_length()) <= LARGEST_POWER
    )
