"""Limits of functions of a real number: by continuity, by L'Hôpital's rule, and by what exp outgrows.

A limit becomes one as h > 0 tends to 0. The body is taken as it stands, or in normal form; what has no limit
by continuity is a quotient 0/0 or ∞/∞, a power whose logarithm has a limit, or a power times an exponential.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from lemmata.derive.names import written
from lemmata.derive.search import Searcher
from lemmata.kernel.certificate import BothSides, LimitOfQuotient, LimitValue, Proof, Step
from lemmata.kernel.context import Statement
from lemmata.kernel.environment import Environment
from lemmata.kernel.errors import KernelError
from lemmata.kernel.germs import FINITE, INFINITE, Germ, Germs
from lemmata.kernel.poly import Monomial, as_term
from lemmata.kernel.real_limits import near, slope
from lemmata.kernel.substitute import at_number, children, mentions, subterms
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Add, Apply, Limit, Mul, Num, Pow, Ref, Term

#: How often L'Hôpital's rule is used in a row, how large a quotient may become, how many limits are looked at
#: in all, and with how much work.
LARGEST_DEPTH, LARGEST_SIZE, LARGEST_COUNT, LARGEST_WORK = 8, 250, 40, 16_000


def limit_steps(searcher: Searcher, limit: Limit, label: str) -> tuple[Term, Proof] | None:
    """What a limit is, and steps of which the last says so; None where none were found."""
    if limit.side:
        return _one_sided(searcher, limit, label)
    below = _one_sided(searcher, replace(limit, side="-"), f"{label}-")
    above = _one_sided(searcher, replace(limit, side="+"), f"{label}+") if below else None
    if below is None or above is None:
        return None
    both = BothSides(below[1][-1].id, above[1][-1].id)
    return below[0], (*below[1], *above[1], Step(label, Statement((), "=", limit, below[0]), both))


def _one_sided(searcher: Searcher, limit: Limit, label: str) -> tuple[Term, Proof] | None:
    names = searcher.names
    spare = names.left - LARGEST_WORK
    names.allow(-spare)
    try:
        return _looked_for(searcher, limit, label)
    except KernelError:
        return None
    finally:
        names.allow(spare)


def _looked_for(searcher: Searcher, limit: Limit, label: str) -> tuple[Term, Proof] | None:
    h = searcher.names.name()
    env = searcher.environment()
    body, germs, inner = near(env, Statement((), "=", limit, ZERO), h, (), ())
    work = _Limits(inner, germs, h, label)
    found = work.of(written(body, searcher.names), LARGEST_DEPTH)
    if found is None:
        return None
    value, known, form = found
    last = Step(label, Statement((), "=", limit, value), LimitValue(h, form, known, ()))
    return value, (*work.steps, last)


#: A value, the steps which it rests on, and the form of the term in which it is seen.
Found = tuple[Term, tuple[str, ...], Term]


@dataclass
class _Limits:
    """The limits found so far as h > 0 tends to 0, each with the step which says so."""

    env: Environment
    germs: Germs
    h: str
    label: str
    steps: list[Step] = field(default_factory=list)
    known: list[tuple[Term, Term]] = field(default_factory=list)
    tried: dict[Term, None] = field(default_factory=dict)

    def of(self, term: Term, depth: int) -> Found | None:
        """The limit of a term, if it is found."""
        if depth < 0 or term in self.tried or len(self.tried) > LARGEST_COUNT:
            return None
        self.tried[term] = None
        for form in dict.fromkeys((term, self.normal(term))):
            found = self.seen(form)
            if found is not None:
                return found
        form = self.normal(term)
        found = self.fractional(form) or self.dominated(form)
        if found is not None or len(list(subterms(form))) > LARGEST_SIZE:
            return found
        found = self.inside(term, depth) or (self.inside(form, depth) if form != term else None)
        return found or self.quotient(form, depth)

    def normal(self, term: Term) -> Term:
        return written(self.germs.normalizer.normal(term), self.env.fresh)

    def seen(self, form: Term) -> Found | None:
        """The limit of a term by continuity, and by what is known."""
        germs = Germs(self.germs.normalizer, self.h, tuple(self.known))
        limit = germs.of(form)
        if limit.kind != FINITE:
            return None
        value = written(germs.normalizer.normal(limit.value), self.env.fresh)
        return value, tuple(step.id for step in self.steps), form

    def germ(self, term: Term) -> Germ:
        return Germs(self.germs.normalizer, self.h, tuple(self.known)).of(term)

    def noted(self, term: Term, found: Found | None) -> bool:
        """Whether a limit was found; then a step says what it is."""
        if found is None:
            return False
        value, known, form = found
        self.conclude(term, value, LimitValue(self.h, form, known, ()))
        return True

    def conclude(self, term: Term, value: Term, by: LimitValue | LimitOfQuotient) -> str:
        name, label = self.env.fresh.name(), f"{self.label}l{len(self.steps) + 1}"
        body = at_number(term, self.h, Ref(name), self.env.fresh)
        claim = Statement((), "=", Limit(name, body, (ZERO,), "+"), value)
        self.steps.append(Step(label, claim, by))
        self.known.append((term, value))
        return label

    def inside(self, form: Term, depth: int) -> Found | None:
        """The limit of a term after those of its exponents, or of its terms and factors."""
        parts = [part for part in map(_exponent, subterms(form)) if part is not None]
        if isinstance(form, Add) and not any(self.germ(part).kind == INFINITE for part in form.terms):
            parts += form.terms
        some = False
        for part in dict.fromkeys(parts):
            if mentions(part, self.h) and self.germ(part).kind not in (FINITE, INFINITE):
                some |= self.noted(part, self.of(part, depth - 1))
        return self.seen(form) if some else None

    def fractional(self, form: Term) -> Found | None:
        """The limit with u - (u - ⌊u⌋) for ⌊u⌋."""
        parts: list[Term] = []
        for monomial, value in self.germs.normalizer.poly(form).items():
            floors = [b for b, e in monomial if isinstance(b, Apply) and b.function == "floor" and e == ONE]
            if len(floors) != 1:
                parts.append(as_term(monomial, value))
                continue
            u = floors[0].argument
            rest = as_term(tuple(power for power in monomial if power[0] != floors[0]), value)
            part = Mul((MINUS_ONE, rest, Add((u, Mul((MINUS_ONE, floors[0]))))))
            parts += [self.normal(Mul((rest, u))), part]
        return self.seen(written(Add(tuple(parts)), self.env.fresh)) if len(parts) > 1 else None

    def dominated(self, form: Term) -> Found | None:
        """r·h^(-k)·exp(-u), where u·h^m has a limit, as u^(k/m)·exp(-u) times (u·h^m)^(-k/m)·r."""
        poly = self.germs.normalizer.poly(form)
        parts = [self._dominated(monomial, value) for monomial, value in poly.items()]
        if any(part is None for part in parts):
            return None
        return self.seen(Add(tuple(part for part in parts if part is not None)))

    def _dominated(self, monomial: Monomial, value: Fraction) -> Term | None:
        whole = written(as_term(monomial, value), self.env.fresh)
        if self.germ(whole).kind == FINITE:
            return whole
        decays = [(base, e) for base, e in monomial if isinstance(base, Apply) and base.function == "exp"]
        w = Add(tuple(Mul((MINUS_ONE, e, *children(base))) for base, e in decays))
        order = dict(monomial).get(Ref(self.h), ZERO)
        rest = [Pow(base, e) for base, e in monomial if (base, e) not in decays and base != Ref(self.h)]
        if not decays:
            return self._slow(monomial, order, value)
        for m in (1, 2, 3, 4):
            scaled = self.normal(Mul((w, Pow(Ref(self.h), Num(Fraction(m))))))
            u = Mul((scaled, Pow(Ref(self.h), Num(Fraction(-m)))))
            if self.germ(scaled).kind == FINITE and self.germ(u) == Germ(INFINITE, sign=1):
                power = self.normal(Mul((Num(Fraction(-1, m)), order)))
                decay = Mul((Pow(u, power), Apply("exp", 0, Mul((MINUS_ONE, u)))))
                factor = Pow(scaled, self.normal(Mul((MINUS_ONE, power))))
                return Mul((decay, factor, Num(value), *(written(r, self.env.fresh) for r in rest)))
        return None

    def _slow(self, monomial: Monomial, order: Term, value: Fraction) -> Term | None:
        """h^c·(-log h)^p·r for c > 0, as u^p·exp(-u)·c^(-p)·r with u = -c·log h."""
        slow = self.normal(Mul((MINUS_ONE, Apply("log", 0, Ref(self.h)))))
        power = dict(monomial).get(slow)
        if power is None or self.germs.sign(order) <= 0 or mentions(order, self.h):
            return None
        u = Mul((order, slow))
        decay = Mul((Pow(u, power), Apply("exp", 0, Mul((MINUS_ONE, u)))))
        rest = [Pow(base, e) for base, e in monomial if base not in (Ref(self.h), slow)]
        return Mul((decay, Pow(order, Mul((MINUS_ONE, power))), Num(value), *rest))

    def quotient(self, form: Term, depth: int) -> Found | None:
        """L'Hôpital's rule, for the quotients as which the term can be written."""
        for top, bottom in self.quotients(form):
            ends = self.germ(top), self.germ(bottom)
            vanish = all(e.kind == FINITE and self.germs.normalizer.is_zero(e.value) for e in ends)
            if not vanish and ends[1].kind != INFINITE:
                continue
            slopes = [slope(self.env, self.h, part) for part in (top, bottom)]
            below = self.normal(slopes[1])
            if not self.germs.sign(below):
                continue
            ratio = self.normal(Mul((slopes[0], Pow(slopes[1], MINUS_ONE))))
            found = self.of(ratio, depth - 1)
            if found is not None:
                self.noted(ratio, found)
                value = found[0]
                self.conclude(form, value, LimitOfQuotient(self.h, top, bottom, self.steps[-1].id, ()))
                return self.seen(form)
        return None

    def quotients(self, form: Term) -> list[tuple[Term, Term]]:
        """A term over powers of h, or over what is infinite, or with its infinite factors above."""
        normalizer, h = self.germs.normalizer, Ref(self.h)
        poly = normalizer.poly(form)
        orders = [dict(monomial).get(h, ZERO) for monomial in poly]
        least = min((e.value for e in orders if isinstance(e, Num)), default=Fraction(0))
        found: list[tuple[Term, Term]] = []
        if least < 0:
            bottom = Pow(h, Num(-least)) if least != -1 else h
            found.append((self.normal(Mul((form, bottom))), bottom))
        common = [power for power in next(iter(poly), ()) if all(power in monomial for monomial in poly)]
        if common and len(poly) > 1:
            inverse = self.normal(Pow(as_term(tuple(common), Fraction(1)), MINUS_ONE))
            found.append((self.normal(Mul((form, inverse))), inverse))
        if len(poly) == 1:
            ((monomial, value),) = poly.items()
            factors = [Pow(base, e) if e != ONE else base for base, e in monomial]
            large = [f for f in factors if self.germ(f).kind == INFINITE]
            small = [f for f in factors if f not in large]
            if large and small:
                top, under = Mul((Num(value), *large)), self.normal(Pow(Mul(tuple(small)), MINUS_ONE))
                found.append((written(top, self.env.fresh), under))
        return found


def _exponent(term: Term) -> Term | None:
    """The w in exp(w), or e·log b of b^e."""
    match term:
        case Apply("exp", 0, argument):
            return argument
        case Pow(base, exponent) if not isinstance(exponent, Num):
            return Mul((exponent, Apply("log", 0, base)))
    return None
