"""Signs: what is known of a term without search, from its form, the declarations and the facts.

The facts are the hypotheses (and the premises which a step cites) of the form `t != 0`, `0 <= t` or
`0 < t`, found again by their normal form: see `facts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lemmata.kernel.context import Context
from lemmata.kernel.definite import declared, definite, quadratic
from lemmata.kernel.odd import ODD
from lemmata.kernel.sign import NONNEGATIVE as NONNEGATIVE
from lemmata.kernel.sign import NONZERO as NONZERO
from lemmata.kernel.sign import POSITIVE as POSITIVE
from lemmata.kernel.sign import UNKNOWN as UNKNOWN
from lemmata.kernel.sign import Sign as Sign
from lemmata.kernel.substitute import Fresh, outcome_depends
from lemmata.kernel.terms import (
    Add,
    Apply,
    Call,
    Count,
    Delta,
    Determinant,
    Expectation,
    Index,
    Lambda,
    Maximum,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)


class Facts:
    """No facts. A subclass looks a term up among what is assumed."""

    def of(self, term: Term) -> Sign:
        return UNKNOWN

    def without(self, names: frozenset[str]) -> Facts:
        """Those that mention none of the variables."""
        return self


@dataclass(frozen=True)
class Signs:
    """What is known in one context; `naturals` are the time variables in scope with their minimum."""

    variables: Mapping[str, frozenset[str]]
    dims: frozenset[str]
    naturals: Mapping[str, int]
    random: frozenset[str]
    facts: Facts
    #: The meter of the work, for what is looked for in sums.
    meter: Fresh = field(default_factory=Fresh, compare=False)
    _known: dict[Term, Sign] = field(default_factory=dict, init=False, compare=False)

    @property
    def symmetric(self) -> frozenset[str]:
        return frozenset(name for name, known in self.variables.items() if "symmetric" in known)

    def without_random(self) -> Signs:
        """The same without the facts on random variables: those hold at one outcome only."""
        return replace(self, facts=self.facts.without(self.random))

    def of(self, term: Term) -> Sign:
        """The sign of a term for all values of its free indices."""
        known = self._form(term)
        return known if known.positive else known | self.facts.of(term)

    def _part(self, term: Term) -> Sign:
        """The same for a part; for a product or a power, the facts on its own parts are enough, but where a
        negative number is a factor."""
        turned = isinstance(term, Mul) and any(isinstance(f, Num) and f.value < 0 for f in term.factors)
        return self.of(term) if turned or not isinstance(term, Mul | Pow) else self._form(term)

    def natural(self, term: Term) -> bool:
        """Whether the term is manifestly a natural number."""
        match term:
            case Num(value):
                return value >= 0 and value.denominator == 1
            case Count():
                return self._form(term).nonnegative
            case Mul(parts):
                return all(map(self.natural, parts))
            case Add(parts):
                least = self._least_sum(parts)
                return all(map(self.natural, parts)) or (least is not None and least >= 0)
        return False

    def integer(self, term: Term) -> bool:
        """Whether the term is manifestly an integer."""
        match term:
            case Num(value):
                return value.denominator == 1
            case Count() | Delta() | Apply("floor" | "sign", 0, _):
                return True
            case Ref(name):
                return "integer" in self.variables.get(name, ())
            case Add(parts) | Mul(parts):
                return all(map(self.integer, parts))
            case Pow(base, exponent):
                return self.natural(exponent) and self.integer(base)
        return False

    def _least_sum(self, parts: tuple[Term, ...]) -> int | None:
        """The least value of a sum of integers, if it is known."""
        total = 0
        for part in parts:
            match part:
                case Num(value) if value.denominator == 1:
                    total += int(value)
                case Count(index) if (least := self._least(index)) is not None:
                    total += least
                case _:
                    return None
        return total

    def _least(self, index: Index) -> int | None:
        """The least value of an index used as a number, if it is known."""
        if not index.name:
            return index.offset
        least = 1 if index.name in self.dims else self.naturals.get(index.name)
        return None if least is None else least + index.offset

    def _form(self, term: Term) -> Sign:
        """The sign by the form of a term, worked out once."""
        if term not in self._known:
            self._known[term] = self._by_form(term)
        return self._known[term]

    def _by_form(self, term: Term) -> Sign:
        match term:
            case Num(value):
                return Sign(value >= 0, value != 0)
            case Count(index):
                least = self._least(index)
                return UNKNOWN if least is None or least < 0 else Sign(True, least > 0)
            case Ref(name, (row, column)) if row == column:
                return self._declared(name) | declared(self.variables.get(name, frozenset()))
            case Ref(name):
                return self._declared(name)
            case Delta():
                return NONNEGATIVE
            case Add(parts):
                signs = [self._part(part) for part in parts]
                nonnegative = all(sign.nonnegative for sign in signs)
                return Sign(nonnegative, nonnegative and any(sign.nonzero for sign in signs))
            case Mul(factors):
                return self._product(factors)
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Sum(_, _, body) | Maximum(_, _, body):
                inside = self._part(body)
                if inside.nonnegative or isinstance(term, Maximum):
                    return Sign(inside.nonnegative, inside.positive)
                return quadratic(self, term)
            case Apply(function, 0, argument):
                return self._applied(function, argument)
            case Call("opnorm" | "rank"):
                return NONNEGATIVE
            case Call("eigmax", (), (Lambda(((row, _), (column, _)), body),), ()):
                return definite(self, body, row, column)
            case Expectation(body):
                return Sign(self.without_random().of(body).nonnegative)
            case Determinant(row, column, _, body):
                return self._determinant(row, column, body)
        return UNKNOWN

    def _applied(self, function: str, argument: Term) -> Sign:
        """The sign of a known function: that of its argument for odd functions that increase."""
        match function:
            case "exp":
                return POSITIVE
            case "acosh":
                return NONNEGATIVE
            case "floor":
                return Sign(self.of(argument).nonnegative)
            case "gamma":
                return POSITIVE if self.of(argument).positive else UNKNOWN
        return self.of(argument) if function in ODD else UNKNOWN

    def _determinant(self, row: str, column: str, body: Term) -> Sign:
        known = definite(self, body, row, column)
        match body:
            case Ref(name, (Index(i, 0), Index(j, 0))) if {i, j} == {row, column}:
                return known | Sign(False, "invertible" in self.variables.get(name, ()))
        return known

    def _declared(self, name: str) -> Sign:
        known = self.variables.get(name, frozenset())
        return POSITIVE if "positive" in known else Sign(not known.isdisjoint(("nonnegative", "onehot")))

    def _product(self, factors: tuple[Term, ...]) -> Sign:
        self.meter.spend(len(factors))
        signs = {factor: (self._part(factor), times) for factor, times in Counter(factors).items()}
        return Sign(
            all(sign.nonnegative for sign, times in signs.values() if times % 2),
            all(sign.nonzero for sign, _ in signs.values()),
        )

    def _power(self, base: Term, exponent: Term) -> Sign:
        known = self._part(base)
        match exponent:
            case Num(value) if value == 0:
                return POSITIVE
            case Num(value) if value % 2 == 0 or value.denominator > 1:
                return Sign(True, known.nonzero or value < 0)
            case Num(value):
                return Sign(known.nonnegative, known.nonzero or value < 0)
        return Sign(known.nonnegative, known.nonzero)


def signs_in(
    context: Context, naturals: Mapping[str, int], facts: Facts, meter: Fresh | None = None
) -> Signs:
    """What is known in a context, with the natural binders of a statement and some facts."""
    return Signs(
        {variable.name: variable.properties for variable in context.variables},
        frozenset(context.dims),
        {**dict(context.naturals), **naturals},
        random_names(context),
        facts,
        Fresh() if meter is None else meter,
    )


def random_names(context: Context) -> frozenset[str]:
    """The random variables, and those whose definitions mention one."""
    names = {variable.name for variable in context.variables if "random" in variable.properties}
    growing = True
    while growing:
        growing = False
        for _, definition in context.definitions:
            name = defined_name(definition.left)
            if name not in names and outcome_depends(definition.right, frozenset(names)):
                names.add(name)
                growing = True
    return frozenset(names)


def defined_name(left: Term) -> str:
    """The variable which a definition defines."""
    return left.name if isinstance(left, Ref) else ""
