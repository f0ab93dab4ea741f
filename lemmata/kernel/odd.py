"""Functions with f(-x) = -f(x) and the sign of x."""

from __future__ import annotations

ODD = frozenset(["atan", "asin", "asinh", "erf", "sign", "cbrt"])
