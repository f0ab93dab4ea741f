"""lemmata checks the mathematics behind machine learning, line by line, for every dimension.

The names below are loaded when they are first used, so that the kernel can be used without the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_DECLARE = (
    "dims time index choice scalar scalars vector word matrix random_vector random_scalar function define "
    "recurrence"
)
_BUILD = (
    "eye zeros ones tr det inv norm fro opnorm largest_eigenvalue had had_div dot diag diagonal total "
    "maximum column tends always exp log sin cos sqrt tanh sigmoid relu softplus cosh sinh grad jac hess "
    "diff E Var Cov"
)
_DERIVE = (
    "theorem disproof axiom figure counterpart calc induction cases squeeze derive_gradient solve_for collect"
)

_PLACES = {
    **{name: ("lemmata.language.declare", name) for name in _DECLARE.split()},
    **{name: ("lemmata.language.build", name) for name in _BUILD.split()},
    **{name: ("lemmata.derive", name) for name in _DERIVE.split()},
    "array": ("lemmata.language.literal", "array"),
    "family": ("lemmata.language.literal", "family"),
    "check": ("lemmata.claims.ask", "check"),
    "check_many": ("lemmata.claims.check", "check_many"),
    "recurrences": ("lemmata.language.recurrences", "recurrences"),
    "field": ("lemmata.language.declare", "field_"),
    "map": ("lemmata.language.declare", "map_"),
    "abs": ("lemmata.language.build", "abs_"),
    "to_sympy": ("lemmata.language.sympy_border", "to_sympy"),
    "from_sympy": ("lemmata.language.sympy_border", "from_sympy"),
}

__all__ = list(_PLACES)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'lemmata' has no attribute {name!r}")
    module, attribute = _PLACES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
