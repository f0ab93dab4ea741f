"""Expressions: what people write, kept as they wrote it.

An `Expr` is a node of a tree: a head (what it is), its arguments, its shape, and what the head needs
besides (a name, a symbol, a number). Nothing is simplified on the way in: `x/x` stays `x/x`. The tables
of `shapes`, `latex`, `text` and `lower` say for each head what it means; a new operator is one entry
in each.

Every shape is a pair (rows, columns); a scalar is (1, 1) and a column vector (n, 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: rows, columns: each a name of a dimension, or a positive integer.
Shape = tuple[str | int, str | int]
SCALAR: Shape = (1, 1)
