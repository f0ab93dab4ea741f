"""Text and letters for LaTeX: what to write for `_`, `α` or `‖` where only ASCII is safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

GREEK = (
    "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma "
    "sigma tau upsilon varphi chi psi omega"
)
#: Greek capitals which look like Latin ones have no macro.
CAPITALS = "A B Γ Δ E Z H Θ I K Λ M N Ξ O Π P Σ T Υ Φ X Ψ Ω"
CAPITAL_NAMES = {"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma"}
CAPITAL_NAMES |= {"Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"}

SYMBOLS = {
    "ϵ": r"\epsilon", "ϑ": r"\vartheta", "ϕ": r"\phi", "ϱ": r"\varrho", "ϖ": r"\varpi",
    "∇": r"\nabla", "∂": r"\partial", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\surd",
    "∞": r"\infty", "−": "-", "·": r"\cdot",
    "⋅": r"\cdot", "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp",
    "∘": r"\circ", "⊙": r"\odot", "⊗": r"\otimes", "⊕": r"\oplus", "∗": "*", "⊤": r"\top", "⊥": r"\perp",
    "∥": r"\Vert", "‖": r"\Vert", "∣": r"\vert", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx",
    "≡": r"\equiv", "∼": r"\sim", "∝": r"\propto", "≪": r"\ll", "≫": r"\gg", "≺": r"\prec", "≻": r"\succ",
    "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap",
    "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\wedge", "∨": r"\vee",
    "→": r"\to", "←": r"\leftarrow", "↔": r"\leftrightarrow", "↦": r"\mapsto", "⇒": r"\Rightarrow",
    "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "⊢": r"\vdash", "⟨": r"\langle", "⟩": r"\rangle",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "…": r"\dots", "⋯": r"\cdots",
    "ℓ": r"\ell", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}",
    "𝔼": r"\mathbb{E}", "ℙ": r"\mathbb{P}", "𝟙": r"\mathbf{1}", "′": "'", "°": r"{}^{\circ}",
    "½": r"\tfrac{1}{2}", "⅓": r"\tfrac{1}{3}", "¼": r"\tfrac{1}{4}", "µ": r"\mu", "∎": r"\blacksquare",
}  # fmt: skip

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵗᵏᵐᵈ", "0123456789+-=()niTtkmd", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢⱼₖₘₜₓₐₚₛᵤᵥ", "0123456789+-=()nijkmtxapsuv", strict=True))
ACCENTS = {
    "\u0300": r"\grave",
    "\u0301": r"\acute",
    "\u0302": r"\hat",
    "\u0303": r"\tilde",
    "\u0304": r"\bar",
}
ACCENTS |= {"\u0307": r"\dot", "\u0308": r"\ddot", "\u030c": r"\check"}
SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
SPECIAL |= {letter: f"\\{letter}" for letter in "&%$#_{}"} | {"<": r"\textless{}", ">": r"\textgreater{}"}
TEXT = {"–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "\u00a0": "~", "|": r"\textbar{}"}


def greek() -> dict[str, str]:
    """The macro or the Latin letter for each Greek letter."""
    small = (chr(ord("α") + k) for k in range(25))
    capital = (chr(ord("Α") + k) for k in range(25) if k != 17)  # U+03A2 is not assigned
    found = {letter: f"\\{name}" for letter, name in zip(small, GREEK.split(), strict=True)} | {"ο": "o"}
    names = (CAPITAL_NAMES.get(letter) for letter in CAPITALS.split())
    plain = CAPITALS.split()
    return found | {
        letter: f"\\{name}" if name else latin
        for letter, name, latin in zip(capital, names, plain, strict=True)
    }


MATH = SYMBOLS | greek()


#: A run of raised letters (one exponent), a run of lowered ones (one index), or any one letter.
PIECE = re.compile(f"[{''.join(RAISED)}]+|[{''.join(LOWERED)}]+|.", re.DOTALL)


def macro(piece: str) -> str | None:
    """The LaTeX of a piece of a formula; None if there is none."""
    if piece[0] in RAISED:
        return f"^{{{''.join(RAISED[letter] for letter in piece)}}}"
    if piece[0] in LOWERED:
        return f"_{{{''.join(LOWERED[letter] for letter in piece)}}}"
    return MATH.get(piece) or accented(piece)


def accented(letter: str) -> str | None:
    """A letter with an accent that formulas have: `ŵ` is `\\hat{w}`."""
    base, *accents = [*unicodedata.normalize("NFD", letter)]
    if not base.isascii() or len(accents) != 1 or accents[0] not in ACCENTS:
        return None
    return f"{ACCENTS[accents[0]]}{{{base}}}"


#: Words in a formula, which may have braces one deep.
WORDS = re.compile(r"(\\text\{(?:[^{}]|\{[^{}]*\})*\})")


def formula(latex: str) -> str:
    """A formula in ASCII; raised or lowered letters become an exponent or an index."""
    return "".join(
        said(part, words_in_formula, r"\ensuremath{{{}}}")
        if WORDS.fullmatch(part)
        else said(part, in_formula, "{}")
        for part in WORDS.split(latex)
    )


def said(words: str, say: Callable[[str], str], accented: str) -> str:
    """Each piece as `say` has it; a letter that an accent follows is put into `accented`."""
    written: list[str] = []
    for piece in PIECE.findall(unicodedata.normalize("NFC", words)):
        if piece in ACCENTS and written:
            written[-1] = accented.format(f"{ACCENTS[piece]}{{{written[-1].strip()}}}")
        else:
            written.append(say(piece))
    return "".join(written)


def words_in_formula(piece: str) -> str:
    """A piece of the words in a formula, where what is ASCII is LaTeX already."""
    return piece if piece.isascii() else in_text(piece)


def in_formula(piece: str) -> str:
    """A piece of a formula; what follows a macro must not become part of its name."""
    if piece.isascii():
        return piece
    found = macro(piece)
    if found is None:
        return rf"\text{{{named(piece)}}}"
    if not found.startswith("\\"):
        return found
    return f"{{{found}}}" if found.endswith("}") else f"{found} "


def text(words: str) -> str:
    """Words in ASCII and accented Latin letters, with the letters of mathematics as formulas."""
    return said(" ".join(words.split()), in_text, r"\ensuremath{{{}}}")


def in_text(piece: str) -> str:
    """A piece of a text."""
    if piece in SPECIAL or piece in TEXT:
        return (SPECIAL | TEXT)[piece]
    if piece.isascii() or "\u00c0" <= piece <= "\u017f":
        return piece
    found = macro(piece)
    return f"\\ensuremath{{{found}}}" if found else named(piece)


def named(letter: str) -> str:
    """What is left of a letter that has no macro: its letters in ASCII, else its number."""
    plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return "".join(SPECIAL.get(found, found) for found in plain) or f"[U+{ord(letter):04X}]"
