"""The two notations: Unicode text and LaTeX. Each says how the parts of a formula are put together."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Protocol

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon"},
    **{"ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa", "λ": "lambda"},
    **{"μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma"},
    **{"τ": "tau", "υ": "upsilon", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega"},
    **{"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma"},
    **{"Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "ℓ": "ell"},
}
#: Greek letters which LaTeX writes as Latin ones.
LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo")
#: Marks after a letter, and marks at the end of a name.
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar"}
RAISED = {"⊥": r"\perp", "*": "*", "′": r"\prime", "'": r"\prime"}
RAISED |= {raised: digit for digit, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}
LOWERED = {lowered: digit for digit, lowered in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}


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
    def absolute(self, inside: str) -> str: ...
    def root(self, inside: str) -> str: ...
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

    def absolute(self, inside: str) -> str:
        return f"|{inside}|"

    def root(self, inside: str) -> str:
        return f"√{inside}"

    def nabla(self, by: str) -> str:
        return f"∇_{{{by}}}" if "[" in by else f"∇_{by}" if by else "∇"

    def partial(self, body: str, by: str) -> str:
        return f"∂{body}/∂{by}"

    def mean(self, inside: str) -> str:
        return f"E[{inside}]"

    def sum(self, index: str, dim: str) -> str:
        return f"Σ_{{{index}=1..{dim}}}"

    def identity(self, dim: str | int) -> str:
        return "I"

    def constant(self, value: str) -> str:
        return "𝟏" if value == "1" else value

    def relation(self, relation: str) -> str:
        return {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}.get(relation, relation)


class _Latex:
    minus, dot, hadamard, stacked = "-", r"\cdot", r"\odot", True

    def name(self, name: str, latex: str = "") -> str:
        if latex:
            return latex
        base, _, below = name.partition("_")
        letters = base.rstrip("".join((*RAISED, *LOWERED)))
        raised = "".join(RAISED[mark] for mark in base[len(letters) :] if mark in RAISED)
        lowered = "".join(LOWERED[mark] for mark in base[len(letters) :] if mark in LOWERED)
        lower = ",".join(part for part in (lowered, self.name(below) if below else "") if part)
        written = self.letters(letters) + (f"_{{{lower}}}" if lower else "")
        return written + (f"^{{{raised}}}" if raised else "")

    def letters(self, letters: str) -> str:
        """A word in upright type, else letter by letter, with their accents."""
        if len(letters) > 2 and letters.isascii() and letters.isalpha():
            return rf"\mathrm{{{letters}}}"
        written: list[str] = []
        for letter in unicodedata.normalize("NFD", letters.translate(LATIN)):
            if letter in ACCENTS and written:
                written.append(rf"\{ACCENTS[letter]}{{{written.pop().strip()}}}")
            else:
                written.append(rf"\{GREEK[letter]} " if letter in GREEK else letter)
        return "".join(written).strip()

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
        # LaTeX refuses a second subscript on the same letter.
        return f"{{{base}}}_{{{place}}}" if "_" in base or "^" in base else f"{base}_{{{place}}}"

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

    def absolute(self, inside: str) -> str:
        return rf"\left\lvert {inside} \right\rvert"

    def root(self, inside: str) -> str:
        return rf"\sqrt{{{inside}}}"

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
