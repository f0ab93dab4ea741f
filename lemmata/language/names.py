"""Names for bound indices that no author's name can be."""

from __future__ import annotations

from lemmata.kernel.substitute import Fresh


class Plain(Fresh):
    """Names that a certificate may contain: `k%1`, `k%2`, ..."""

    def __init__(self, budget: int = 3_000_000) -> None:
        super().__init__(budget)

    def name(self) -> str:
        return f"k%{super().name()[1:]}"
