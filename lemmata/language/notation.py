"""The two notations: Unicode text and LaTeX. Each says how the parts of a formula are put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
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
#: Accents, and marks at the end of a name.
ACCENTS = {"\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar"}
ACCENTS |= {"\u0307": "dot", "\u0308": "ddot", "\u030a": "mathring", "\u030c": "check"}
RAISED = {"⊥": r"\perp", "*": "*", "′": r"\prime", "'": r"\prime"}
#: What is higher than a line of text.
TALL = re.compile(r"\\(frac|sum)(?![a-z])")
#: A word in upright type at the end, or at the beginning.
WORD_LAST, WORD_FIRST = re.compile(r"\\mathrm\{\w+\}([_^]\{[^{}]*\})*$"), re.compile(r"\\mathrm\{")


class Notation(Protocol):
    """How formulas are put together."""

    prime: str
    minus: str
    dot: str
    hadamard: str
    kronecker: str
    hadamard_quotient: str
    eigenvalue: str
    stacked: bool

    def name(self, name: str, latex: str = "") -> str: ...
    def dim(self, dim: str | int) -> str: ...
    def operator(self, name: str) -> str: ...
    def brackets(self, inside: str) -> str: ...
    def beside(self, left: str, right: str) -> str: ...
    def called(self, name: str, arguments: Sequence[str]) -> str: ...
    def member(self, name: str, place: str) -> str: ...
    def entry(self, base: str, places: str) -> str: ...
    def power(self, base: str, exponent: str, *, closed: bool) -> str: ...
    def raised(self) -> Notation: ...
    def fraction(self, top: str, bottom: str) -> str: ...
    def transpose(self, base: str) -> str: ...
    def inverse(self, base: str) -> str: ...
    def pseudoinverse(self, base: str) -> str: ...
    def norm(self, inside: str, kind: str) -> str: ...
    def absolute(self, inside: str) -> str: ...
    def root(self, inside: str) -> str: ...
    def nabla(self, by: str, order: int = 1) -> str: ...
    def partial(self, body: str, by: str) -> str: ...
    def mean(self, inside: str) -> str: ...
    def sum(self, index: str, dim: str) -> str: ...
    def maximum(self, index: str) -> str: ...
    def growing(self, time: str) -> str: ...
    def always(self, time: str) -> str: ...
    def identity(self, dim: str | int) -> str: ...
    def constant(self, value: str) -> str: ...
    def array(self, rows: Sequence[Sequence[str]]) -> str: ...
    def listed(self, members: Sequence[str]) -> str: ...
    def relation(self, relation: str) -> str: ...


class _Text:
    prime = "′"
    minus, dot, hadamard, hadamard_quotient, stacked = "-", "·", "⊙", "⊘", False
    kronecker = "⊗"
    eigenvalue = "λ₁"

    def name(self, name: str, latex: str = "") -> str:
        return name

    def dim(self, dim: str | int) -> str:
        return str(dim)

    def operator(self, name: str) -> str:
        return name

    def brackets(self, inside: str) -> str:
        return f"({inside})"

    def beside(self, left: str, right: str) -> str:
        return f"{left} {right}"

    def called(self, name: str, arguments: Sequence[str]) -> str:
        return f"{name}({', '.join(arguments)})"

    def member(self, name: str, place: str) -> str:
        return f"{name}[{place}]"

    def entry(self, base: str, places: str) -> str:
        return f"{base}[{places}]"

    def raised(self) -> Notation:
        return self

    def power(self, base: str, exponent: str, *, closed: bool) -> str:
        """x², x^n, x^(n+1); `closed` says that the exponent is one thing."""
        if exponent.lstrip("-").isdecimal():
            return f"{base}{exponent.translate(SUPERSCRIPTS)}"
        tight = exponent.replace(" + ", "+").replace(" - ", "-")
        return f"{base}^{exponent}" if closed else f"{base}^({tight})"

    def fraction(self, top: str, bottom: str) -> str:
        return f"{top}/{bottom}"

    def transpose(self, base: str) -> str:
        return f"{base}ᵀ"

    def inverse(self, base: str) -> str:
        return f"{base}⁻¹"

    def pseudoinverse(self, base: str) -> str:
        return f"{base}⁺"

    def norm(self, inside: str, kind: str) -> str:
        """Bars; within bars they could be read in two ways, so there it is a word."""
        if "‖" in inside:
            return f"{kind}({inside})"
        return f"‖{inside}‖_F" if kind == "fro" else f"‖{inside}‖"

    def absolute(self, inside: str) -> str:
        return f"abs({inside})" if "|" in inside else f"|{inside}|"

    def root(self, inside: str) -> str:
        return f"√{inside}"

    def nabla(self, by: str, order: int = 1) -> str:
        sign = "∇" if order == 1 else f"∇{str(order).translate(SUPERSCRIPTS)}"
        if not by:
            return sign
        return f"{sign}_{{{by}}}" if "[" in by or "_" in by else f"{sign}_{by}"

    def partial(self, body: str, by: str) -> str:
        return f"∂{body}/∂{by}"

    def mean(self, inside: str) -> str:
        return f"E[{inside}]"

    def sum(self, index: str, dim: str) -> str:
        return f"Σ_{{{index}=1..{dim}}}"

    def maximum(self, index: str) -> str:
        return f"max_{index}"

    def growing(self, time: str) -> str:
        return f" as {time} → ∞"

    def always(self, time: str) -> str:
        return f" for all {time}"

    def identity(self, dim: str | int) -> str:
        return "I"

    def constant(self, value: str) -> str:
        return "𝟏" if value == "1" else value

    def array(self, rows: Sequence[Sequence[str]]) -> str:
        """As it is typed: a column has one pair of brackets, everything else two."""
        if all(len(row) == 1 for row in rows):
            return self.listed([entry for (entry,) in rows])
        return self.listed([self.listed(row) for row in rows])

    def listed(self, members: Sequence[str]) -> str:
        return f"[{', '.join(members)}]"

    def relation(self, relation: str) -> str:
        return {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "->": "→"}.get(relation, relation)


class _Latex:
    prime = "'"
    minus, dot, hadamard, hadamard_quotient, stacked = "-", r"\cdot", r"\odot", r"\oslash", True
    kronecker = r"\otimes"
    eigenvalue = r"\lambda_{1}"

    def name(self, name: str, latex: str = "") -> str:
        """`μ_y` is μ with the index y, `x1` is x with the index 1, `W⊥` is W with ⊥ above."""
        if latex:
            return latex
        base, _, below = name.partition("_")
        letters, marks = _without_marks(base)
        raised = "".join(RAISED[mark] for mark in marks if mark in RAISED)
        lowered = "".join(unicodedata.normalize("NFKC", mark) for mark in marks if mark not in RAISED)
        lower = ",".join(map(self.name, filter(None, (lowered, below))))
        written = self.letters(letters) + (f"_{{{lower}}}" if lower else "")
        return written + (f"^{{{raised}}}" if raised else "")

    def letters(self, letters: str) -> str:
        """A word in upright type, else letter by letter, with their accents."""
        if letters in GREEK.values():
            return f"\\{letters}"
        if len(letters) > 1 and letters.isascii() and letters.isalpha():
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
        return rf"\left({inside}\right)" if TALL.search(inside) else f"({inside})"

    def beside(self, left: str, right: str) -> str:
        """Words need a space between them, which LaTeX does not give."""
        space = r" \, " if WORD_LAST.search(left) or WORD_FIRST.match(right) else " "
        return f"{left}{space}{right}"

    def called(self, name: str, arguments: Sequence[str]) -> str:
        inside = self.brackets(", ".join(arguments))
        return f"{name}{_closer(inside)}{inside}"

    def member(self, name: str, place: str) -> str:
        """LaTeX refuses two indices side by side."""
        if "_" not in _last_marks(name):
            return f"{name}_{{{place}}}"
        return f"{name[:-1]},{place}}}" if "^" not in _last_marks(name) else self.entry(name, place)

    def entry(self, base: str, places: str) -> str:
        return f"{self.brackets(base) if '_' in _last_marks(base) else base}_{{{places}}}"

    def power(self, base: str, exponent: str, *, closed: bool) -> str:
        return f"{self.brackets(base) if '^' in _last_marks(base) else base}^{{{exponent}}}"

    def raised(self) -> Notation:
        return RAISED_LATEX

    def fraction(self, top: str, bottom: str) -> str:
        return rf"\frac{{{top}}}{{{bottom}}}" if self.stacked else f"{top}/{bottom}"

    def transpose(self, base: str) -> str:
        return f"{{{base}}}^{{\\top}}" if "^" in _last_marks(base) else f"{base}^{{\\top}}"

    def inverse(self, base: str) -> str:
        return self.power(base, "-1", closed=True)

    def pseudoinverse(self, base: str) -> str:
        return self.power(base, "+", closed=True)

    def norm(self, inside: str, kind: str) -> str:
        bars = self.bars(inside, "Vert")
        return f"{bars}_{{F}}" if kind == "fro" else bars

    def absolute(self, inside: str) -> str:
        return self.bars(inside, "vert")

    def bars(self, inside: str, bar: str) -> str:
        """Bars around what they fit; bars within bars are smaller."""
        left, right = ("", "")
        if TALL.search(inside):
            left, right = r"\left", r"\right"
        elif rf"\l{bar}" in inside:
            left, right = r"\bigl", r"\bigr"
        return rf"{left}\l{bar} {inside} {right}\r{bar}"

    def root(self, inside: str) -> str:
        return rf"\sqrt{{{inside}}}"

    def nabla(self, by: str, order: int = 1) -> str:
        above = f"^{{{order}}}" if order > 1 else ""
        return rf"\nabla_{{{by}}}{above}" if by else r"\nabla "

    def partial(self, body: str, by: str) -> str:
        over = self.brackets(body) if body.startswith(r"\frac") else body
        return rf"\frac{{\partial {over}}}{{\partial {by}}}"

    def mean(self, inside: str) -> str:
        return rf"\mathbb{{E}}\!\left[{inside}\right]" if TALL.search(inside) else rf"\mathbb{{E}}[{inside}]"

    def sum(self, index: str, dim: str) -> str:
        return rf"\sum_{{{index}=1}}^{{{dim}}}"

    def maximum(self, index: str) -> str:
        return rf"\max_{{{index}}}"

    def growing(self, time: str) -> str:
        return rf" \quad ({time} \to \infty)"

    def always(self, time: str) -> str:
        return rf"\ \text{{for all }} {time}"

    def identity(self, dim: str | int) -> str:
        return "I"

    def constant(self, value: str) -> str:
        return rf"\mathbf{{{value}}}" if value == "1" else value

    def array(self, rows: Sequence[Sequence[str]]) -> str:
        lines = r" \\ ".join(" & ".join(row) for row in rows)
        return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"

    def listed(self, members: Sequence[str]) -> str:
        return rf"\left[{', '.join(members)}\right]"

    def relation(self, relation: str) -> str:
        known = {"==": "=", "!=": r"\neq", "<=": r"\leq", ">=": r"\geq", "->": r"\to"}
        return known.get(relation, relation)


class _RaisedLatex(_Latex):
    """In an exponent, where fractions have a slash."""

    stacked = False


def _without_marks(base: str) -> tuple[str, str]:
    """A name without an index, as its letters and the digits and marks after them."""
    if base.isdecimal():
        return base, ""
    end = len(base)
    while end > 1 and _is_mark(base[end - 1]):
        end -= 1
    return base[:end], base[end:]


def _is_mark(letter: str) -> bool:
    return letter in RAISED or letter.isdecimal() or unicodedata.decomposition(letter).startswith("<sub>")


def _last_marks(formula: str) -> set[str]:
    """Whether a formula ends with an exponent, an index, or both: LaTeX refuses a second one there."""
    found: set[str] = set()
    while len(formula) > 1:
        start = _last_group(formula)
        if formula[start - 1] not in "^_":
            break
        found.add(formula[start - 1])
        formula = formula[: start - 1]
    return found | ({"^"} if formula.endswith("'") else set())


def _last_group(formula: str) -> int:
    """Where the last group in braces begins, or the last letter if there is none."""
    depth = 0
    for place in range(len(formula) - 1, 0, -1):
        depth += {"}": 1, "{": -1}.get(formula[place], 0)
        if depth == 0:
            return place
    return len(formula) - 1


def _closer(bracketed: str) -> str:
    r"""`\left(` keeps a distance from the function before it."""
    return r"\!" if bracketed.startswith(r"\left") else ""


TEXT: Notation = _Text()
LATEX: Notation = _Latex()
RAISED_LATEX: Notation = _RaisedLatex()
