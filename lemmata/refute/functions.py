"""Concrete functions to put for unknown ones: simple element-wise functions, and small polynomials.

All their derivatives are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from lemmata.refute.duals import Dual, elementary, primal, refuse_corner
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.values import ONE, ZERO, Value, exact, sign

Entry = tuple[int, ...]
#: The entries of a tensor, counted from 1 (those of a family from 0).
Entries = Mapping[Entry, Value]
#: An entry of an argument: its number, and the entry.
Slot = tuple[int, Entry]
#: A product of entries, with repetitions, in order.
Monomial = tuple[Slot, ...]

_SUBSCRIPTS = str.maketrans("0123456789-", "₀₁₂₃₄₅₆₇₈₉₋")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Concrete(Protocol):
    """A known function, put for an unknown one."""

    @property
    def text(self) -> str:
        """As a reader writes it, with `{name}` for its name."""

    def slope(self, output: Entry, arguments: Sequence[Entries], partials: Sequence[Slot]) -> Value:
        """The entry `output` of the partial derivative with respect to these entries."""


@dataclass(frozen=True)
class Univariate:
    """A function of one number: `derivative(k, z)` is its k-th derivative."""

    text: str
    derivative: Callable[[int, Value], Value]
    is_smooth: bool = True

    def slope(self, output: Entry, arguments: Sequence[Entries], partials: Sequence[Slot]) -> Value:
        return self.derivative(len(partials), arguments[0][()])


def polynomial(*coefficients: int) -> Callable[[int, Value], Value]:
    """The derivatives of c0 + c1·z + c2·z² + ..."""

    def derivative(order: int, z: Value) -> Value:
        found: Value = ZERO
        for degree in range(len(coefficients) - 1, order - 1, -1):
            factor = coefficients[degree]
            for step in range(order):
                factor *= degree - step
            found = found * z + factor
        return found

    return derivative


def _exp(order: int, z: Value) -> Value:
    return elementary("exp", order, z)


def _abs(order: int, z: Value) -> Value:
    found = sign(primal(z))
    if found is None:
        raise CannotTell("the sign of a ball")
    if found == 0 and order:
        raise Undefined("the derivative of |z| at z = 0")
    if found == 0 and isinstance(z, Dual):
        refuse_corner(z, "the derivative of |z| at z = 0")
    if order:
        return exact(found) if order == 1 else ZERO
    return z if found >= 0 else -z


#: What is tried for an unknown σ: ℝ → ℝ, the simplest first.
UNIVARIATE: tuple[Univariate, ...] = (
    Univariate("{name}(z) = z", polynomial(0, 1)),
    Univariate("{name}(z) = z + 1", polynomial(1, 1)),
    Univariate("{name}(z) = z²", polynomial(0, 0, 1)),
    Univariate("{name}(z) = 1 − z", polynomial(1, -1)),
    Univariate("{name}(z) = z³ − z", polynomial(0, -1, 0, 1)),
    Univariate("{name}(z) = |z|", _abs, is_smooth=False),
    Univariate("{name}(z) = exp(z)", _exp),
)


@dataclass(frozen=True)
class PolynomialMap:
    """A tensor of polynomials in the entries of the arguments."""

    inputs: tuple[int, ...]
    outputs: tuple[tuple[Entry, tuple[tuple[Monomial, Value], ...]], ...]

    def slope(self, output: Entry, arguments: Sequence[Entries], partials: Sequence[Slot]) -> Value:
        terms = dict(self.outputs)[output]
        for slot in partials:
            terms = _differentiated(terms, slot)
        return sum((factor * _product(monomial, arguments) for monomial, factor in terms), ZERO)

    @property
    def text(self) -> str:
        names = argument_names(len(self.inputs))
        shown = [_polynomial_text(terms, names) for _, terms in self.outputs]
        scalar = len(self.outputs) == 1 and self.outputs[0][0] == ()
        return f"{{name}}({', '.join(names)}) = {shown[0] if scalar else '[' + ', '.join(shown) + ']'}"


def _differentiated(
    terms: Sequence[tuple[Monomial, Value]], slot: Slot
) -> tuple[tuple[Monomial, Value], ...]:
    found = []
    for monomial, factor in terms:
        if slot in monomial:
            place = monomial.index(slot)
            rest = (*monomial[:place], *monomial[place + 1 :])
            found.append((rest, factor * monomial.count(slot)))
    return tuple(found)


def _product(monomial: Monomial, arguments: Sequence[Entries]) -> Value:
    found: Value = ONE
    for argument, entry in monomial:
        found = found * arguments[argument][entry]
    return found


def monomials(slots: Sequence[Slot]) -> list[Monomial]:
    """1, the entries, their squares, their products in pairs, and their cubes."""
    squares = [(slot, slot) for slot in slots]
    mixed = [(left, right) for place, left in enumerate(slots) for right in slots[place + 1 :]]
    return [(), *((slot,) for slot in slots), *squares, *mixed, *((slot,) * 3 for slot in slots)]


def argument_names(count: int) -> tuple[str, ...]:
    """z; z, y, x; or z₁, z₂, ..."""
    return tuple("zyx"[:count]) if count <= 3 else tuple(f"z{subscript(k + 1)}" for k in range(count))


def subscript(number: int) -> str:
    return str(number).translate(_SUBSCRIPTS)


def _polynomial_text(terms: Sequence[tuple[Monomial, Value]], names: Sequence[str]) -> str:
    shown = ""
    for monomial, factor in terms:
        if factor == 0:
            continue
        minus = factor < 0
        joint = (" − " if minus else " + ") if shown else ("−" if minus else "")
        shown += joint + _term_text(monomial, abs(Fraction(str(factor))), names)
    return shown or "0"


def _term_text(monomial: Monomial, factor: Fraction, names: Sequence[str]) -> str:
    powers = {slot: monomial.count(slot) for slot in monomial}
    factors = [_slot_text(slot, names) + _power_text(count) for slot, count in powers.items()]
    if factor != 1 or not factors:
        factors.insert(0, str(factor))
    return " ".join(factors)


def _slot_text(slot: Slot, names: Sequence[str]) -> str:
    argument, entry = slot
    return names[argument] + ",".join(map(subscript, entry))


def _power_text(count: int) -> str:
    return "" if count == 1 else str(count).translate(_SUPERSCRIPTS)
