"""The two notations: Unicode text and LaTeX. Each says how the parts of a formula are put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩℓ",
        ["alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell"],
        strict=True,
    )
)


class Notation(Protocol):
    """How formulas are put together."""

    minus: str
    dot: str
    hadamard: str
    stacked: bool

    def name(self, name: str, latex: str = "") -> str: ...
    def dim(self, dim: str | int) -> str: ...
    def operator(self, name: str) -> str: ...
    def brackets(self, inside: str) -> str: ...
    def called(self, name: str, arguments: Sequence[str]) -> str: ...
    def subscript(self, base: str, place: str) -> str: ...
    def power(self, base: str, exponent: str) -> str: ...
    def fraction(self, top: str, bottom: str) -> str: ...
    def transpose(self, base: str) -> str: ...
    def inverse(self, base: str) -> str: ...
    def norm(self, inside: str) -> str: ...
    def nabla(self, by: str) -> str: ...
    def partial(self, body: str, by: str) -> str: ...
    def mean(self, inside: str) -> str: ...
    def sum(self, index: str, dim: str) -> str: ...
    def identity(self, dim: str | int) -> str: ...
    def constant(self, value: str) -> str: ...
    def relation(self, relation: str) -> str: ...


class _Text:
    minus, dot, hadamard, stacked = "-", "·", "⊙", False

    def name(self, name: str, latex: str = "") -> str:
        return name

    def dim(self, dim: str | int) -> str:
        return str(dim)

    def operator(self, name: str) -> str:
        return name

    def brackets(self, inside: str) -> str:
        return f"({inside})"

    def called(self, name: str, arguments: Sequence[str]) -> str:
        return f"{name}({', '.join(arguments)})"

    def subscript(self, base: str, place: str) -> str:
        return f"{base}{place.translate(SUBSCRIPTS)}" if place.isdigit() else f"{base}[{place}]"

    def power(self, base: str, exponent: str) -> str:
        if exponent.lstrip("-").isdigit():
            return f"{base}{exponent.translate(SUPERSCRIPTS)}"
        return f"{base}^{exponent}" if exponent.isalnum() else f"{base}^({exponent})"

    def fraction(self, top: str, bottom: str) -> str:
        return f"{top}/{bottom}"

    def transpose(self, base: str) -> str:
        return f"{base}ᵀ"

    def inverse(self, base: str) -> str:
        return f"{base}⁻¹"

    def norm(self, inside: str) -> str:
        return f"‖{inside}‖"

    def nabla(self, by: str) -> str:
        return f"∇_{by}" if by else "∇"

    def partial(self, body: str, by: str) -> str:
        return f"∂{body}/∂{by}"

    def mean(self, inside: str) -> str:
        return f"E[{inside}]"

    def sum(self, index: str, dim: str) -> str:
        return f"Σ_{{{index}=1..{dim}}}"

    def identity(self, dim: str | int) -> str:
        return "I"

    def constant(self, value: str) -> str:
        return value

    def relation(self, relation: str) -> str:
        return {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}.get(relation, relation)


class _Latex:
    minus, dot, hadamard, stacked = "-", r"\cdot", r"\odot", True

    def name(self, name: str, latex: str = "") -> str:
        if latex:
            return latex
        base, _, below = name.partition("_")
        base = (
            "".join(self.letter(letter) for letter in base)
            if len(base) < 3 or not base.isascii()
            else rf"\mathrm{{{base}}}"
        )
        return f"{base.strip()}_{{{self.name(below)}}}" if below else base.strip()

    def letter(self, letter: str) -> str:
        return rf"\{GREEK[letter]} " if letter in GREEK else {"⊥": r"^{\perp}", "′": "'"}.get(letter, letter)

    def dim(self, dim: str | int) -> str:
        return self.name(dim) if isinstance(dim, str) else str(dim)

    def operator(self, name: str) -> str:
        known = ("exp", "log", "sin", "cos", "tanh", "cosh", "sinh", "det")
        return rf"\{name}" if name in known else rf"\operatorname{{{name}}}"

    def brackets(self, inside: str) -> str:
        return rf"\left({inside}\right)"

    def called(self, name: str, arguments: Sequence[str]) -> str:
        return rf"{name}\left({', '.join(arguments)}\right)"

    def subscript(self, base: str, place: str) -> str:
        return f"{base}_{{{place}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{{{base}}}^{{{exponent}}}"

    def fraction(self, top: str, bottom: str) -> str:
        return rf"\frac{{{top}}}{{{bottom}}}"

    def transpose(self, base: str) -> str:
        return rf"{{{base}}}^{{\top}}"

    def inverse(self, base: str) -> str:
        return f"{{{base}}}^{{-1}}"

    def norm(self, inside: str) -> str:
        return rf"\lVert {inside} \rVert"

    def nabla(self, by: str) -> str:
        return rf"\nabla_{{{by}}}" if by else r"\nabla "

    def partial(self, body: str, by: str) -> str:
        return rf"\frac{{\partial {body}}}{{\partial {by}}}"

    def mean(self, inside: str) -> str:
        return rf"\mathbb{{E}}\left[{inside}\right]"

    def sum(self, index: str, dim: str) -> str:
        return rf"\sum_{{{index}=1}}^{{{dim}}}"

    def identity(self, dim: str | int) -> str:
        return "I"

    def constant(self, value: str) -> str:
        return rf"\mathbf{{{value}}}" if value == "1" else value

    def relation(self, relation: str) -> str:
        return {"==": "=", "!=": r"\neq", "<=": r"\leq", ">=": r"\geq"}.get(relation, relation)


TEXT: Notation = _Text()
LATEX: Notation = _Latex()
