"""Dimensions which are products of others, as those of Kronecker products: an index of one is a tuple of
indices, the first of which moves slowest."""

from __future__ import annotations

from lemmata.language.expr import Shape

#: What stands between the factors of a product of dimensions, and in no name.
TIMES = "·"


def factors(dim: str | int) -> tuple[str | int, ...]:
    """The dimensions of which one is the product; those that are 1 are left out.

    >>> factors("n·2·m")
    ('n', 2, 'm')
    """
    parts = dim.split(TIMES) if isinstance(dim, str) else [dim]
    known = (int(part) if isinstance(part, str) and part.isdigit() else part for part in parts)
    return tuple(part for part in known if part != 1)


def product(*dims: str | int) -> str | int:
    """The product of dimensions.

    >>> product("n", 1, 2)
    'n·2'
    """
    parts = [part for dim in dims for part in factors(dim)]
    if len(parts) <= 1:
        return parts[0] if parts else 1
    return TIMES.join(map(str, parts))


def is_product(dim: str | int) -> bool:
    return isinstance(dim, str) and TIMES in dim


def axes(shape: Shape) -> tuple[str | int, ...]:
    """The dimensions over which an entry of this shape has indices."""
    return tuple(part for dim in shape for part in factors(dim))
