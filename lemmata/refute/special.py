"""Values of further known functions: exact where they are rational and that is seen, else rigorous balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

from flint import arb

from lemmata.refute.duals import Dual, elementary, powered, primal, refuse_corner
from lemmata.refute.errors import CannotTell, Undefined
from lemmata.refute.values import ONE, ZERO, Value, exact, finite, is_exact, sign

Function = Callable[[Value], Value]


def _along(value: Value, at: Function, slope: Function) -> Value:
    """A function by the chain rule; the slope may be asked for at duals of lower levels."""
    if not isinstance(value, Dual):
        return at(value)
    return Dual(value.level, _along(value.value, at, slope), slope(value.value) * value.slope)


def _no_slope(name: str) -> Function:
    def slope(value: Value) -> Value:
        raise CannotTell(f"the derivative of {name}")

    return slope


def _ball(value: Value) -> arb:
    return arb(value)


def _in_domain(found: int | None, name: str) -> None:
    if found is None:
        raise CannotTell(f"whether {name} is defined")
    if found < 0:
        raise Undefined(name)


def atan(value: Value) -> Value:
    return _along(
        value, lambda x: ZERO if x == 0 else _ball(x).atan(), lambda x: powered(x * x + 1, Fraction(-1))
    )


def _asin(x: Value) -> Value:
    _in_domain(sign(ONE - x * x), "asin outside of [-1, 1]")
    return ZERO if x == 0 else finite(_ball(x).asin())


def asin(value: Value) -> Value:
    return _along(value, _asin, lambda x: powered(ONE - x * x, Fraction(-1, 2)))


def acos(value: Value) -> Value:
    return pi() * exact(Fraction(1, 2)) - asin(value)


def asinh(value: Value) -> Value:
    return _along(
        value, lambda x: ZERO if x == 0 else _ball(x).asinh(), lambda x: powered(x * x + 1, Fraction(-1, 2))
    )


def _acosh(x: Value) -> Value:
    _in_domain(sign(x - 1), "acosh below 1")
    return ZERO if x == 1 else finite(_ball(x).acosh())


def acosh(value: Value) -> Value:
    return _along(value, _acosh, lambda x: powered(x * x - 1, Fraction(-1, 2)))


def erf(value: Value) -> Value:
    def slope(x: Value) -> Value:
        return 2 * powered(pi(), Fraction(-1, 2)) * elementary("exp", 0, -(x * x))

    return _along(value, lambda x: ZERO if x == 0 else _ball(x).erf(), slope)


def _gamma(x: Value) -> Value:
    if is_exact(x) and x.q == 1:
        if x <= 0:
            raise Undefined(f"gamma({x})")
        if x < 500:
            return exact(Fraction(factorial(int(x.p) - 1)))
    return finite(_ball(x).gamma())


def gamma(value: Value) -> Value:
    return _along(value, _gamma, _no_slope("gamma"))


def _lgamma(x: Value) -> Value:
    _in_domain(1 if sign(x) == 1 else None if sign(x) is None else -1, "lgamma of what is not positive")
    return ZERO if x in (1, 2) else finite(_ball(x).lgamma())


def lgamma(value: Value) -> Value:
    return _along(value, _lgamma, _no_slope("lgamma"))


def _floor(x: Value) -> Value:
    if is_exact(x):
        return exact(int(x.p) // int(x.q))
    found = _ball(x).floor().unique_fmpz()
    if found is None:
        raise CannotTell("the integer below a ball")
    return exact(int(found))


def floor(value: Value) -> Value:
    if isinstance(value, Dual) and primal(value) == _floor(primal(value)):
        refuse_corner(value, "the derivative of floor at an integer")
    return _along(value, _floor, lambda x: ZERO)


def _sign(x: Value) -> Value:
    found = sign(x)
    if found is None:
        raise CannotTell("the sign of a ball")
    return exact(found)


def sign_of(value: Value) -> Value:
    if isinstance(value, Dual) and sign(primal(value)) == 0:
        refuse_corner(value, "the derivative of sign at 0")
    return _along(value, _sign, lambda x: ZERO)


def _cbrt(x: Value) -> Value:
    found = sign(x)
    if found is None:
        raise CannotTell("the sign of a ball")
    root = powered(x if found >= 0 else -x, Fraction(1, 3))
    return root if found >= 0 else -root


def cbrt(value: Value) -> Value:
    if isinstance(value, Dual) and sign(primal(value)) == 0:
        refuse_corner(value, "the derivative of cbrt at 0")
    return _along(value, _cbrt, lambda x: exact(Fraction(1, 3)) * powered(cbrt(x), Fraction(-2)))


def pi() -> Value:
    return arb.pi()


SPECIAL: dict[str, Function] = {
    "atan": atan,
    "asin": asin,
    "asinh": asinh,
    "acosh": acosh,
    "erf": erf,
    "gamma": gamma,
    "lgamma": lgamma,
    "floor": floor,
    "sign": sign_of,
    "cbrt": cbrt,
}
