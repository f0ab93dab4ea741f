"""Records written by hand: one of each outcome, as `Theorem.record()` gives them."""

from __future__ import annotations

from typing import Any

from lemmata.report.record import Counterexample, Formula, Labelled, Line, Record


def both(text: str, latex: str | None = None) -> Formula:
    return {"text": text, "latex": latex if latex is not None else text}


def labelled(label: str, text: str, latex: str) -> Labelled:
    return {"label": label, "text": text, "latex": latex}


def line(relation: str, text: str, latex: str, reason: str = "", **changes: Any) -> Line:
    made: dict[str, Any] = {
        "part": "",
        "relation": relation,
        "text": text,
        "latex": latex,
        "reason": reason,
        "found": "",
        "outcome": "proved" if relation else "",
        "follows": True if relation else None,
        "evidence": "exact" if relation else None,
        "needs": [],
        "residual": None,
        "counterexample": None,
        "message": "",
        "file_line": 43,
    }
    return made | changes  # type: ignore[return-value]


def record(name: str, statement: Formula, lines: list[Line], **changes: Any) -> Record:
    made: dict[str, Any] = {
        "name": name,
        "title": "",
        "description": "",
        "source": "",
        "file": "proofs/normalization.py",
        "line": 41,
        "outcome": "proved",
        "evidence": "exact",
        "reason": "",
        "statement": statement,
        "declarations": [],
        "definitions": [],
        "hypotheses": [],
        "lines": lines,
        "needs": [],
        "conditions": [],
        "axioms": [],
        "rests_on": [],
        "cross_check": None,
        "counterparts": [],
        "counterexample": None,
        "certificate": None,
        "seconds": 0.12,
        "kernel_seconds": 0.01,
    }
    return made | changes  # type: ignore[return-value]


N = both("n ∈ ℕ, n ≥ 1", r"n \in \mathbb{N},\ n \geq 1")
U = both("u ∈ ℝⁿ", r"u \in \mathbb{R}^{n}")
GAMMA = both("γ ∈ ℝ", r"\gamma \in \mathbb{R}")
L = both("L: ℝⁿ → ℝ, differentiable", r"L\colon \mathbb{R}^{n} \to \mathbb{R} \text{ differentiable}")
W = labelled("w", "w = γ u/‖u‖", r"w = \frac{\gamma u}{\left\|u\right\|}")
WPERP = labelled("W⊥", "W⊥ = I − u uᵀ/‖u‖²", r"W^{\perp} = I - \frac{u u^{\mathsf{T}}}{\left\|u\right\|^{2}}")
NONZERO = labelled("u != 0", "u ≠ 0", r"u \neq 0")
CHECKED = {"instances": 24, "dims": "n = 1, 2, 3", "method": "exact rationals", "agrees": True}
AGREES = {
    "function": "numerics.normalization.weight_norm_grad",
    "instances": 12,
    "dims": "n = 1, 2, 3",
    "agrees": True,
    "difference": "",
}
GRADIENT = both(
    "∇_u L(w) = γ/‖u‖ W⊥ ∇L(w)",
    r"\nabla_{u} L(w) = \frac{\gamma}{\left\|u\right\|} W^{\perp} \nabla L(w)",
)
START = line("", "∇_u L(w)", r"\nabla_{u} L(w)", file_line=45)
SPLIT = line(
    "=",
    "γ/‖u‖ ∇L(w) − γ/‖u‖³ u (uᵀ ∇L(w))",
    r"\frac{\gamma}{\left\|u\right\|} \nabla L(w)"
    r" - \frac{\gamma}{\left\|u\right\|^{3}} u \left(u^{\mathsf{T}} \nabla L(w)\right)",
    "derivative",
    found="chain rule",
    file_line=46,
)
FACTORED = line(
    "=",
    "γ/‖u‖ W⊥ ∇L(w)",
    r"\frac{\gamma}{\left\|u\right\|} W^{\perp} \nabla L(w)",
    "the definition of W⊥",
    file_line=47,
)
CONTEXT = {
    "declarations": [N, U, GAMMA, L],
    "definitions": [W, WPERP],
    "hypotheses": [NONZERO],
    "source": "question 4.3",
}

PROVED = record(
    "weight_norm_gradient",
    GRADIENT,
    [START, SPLIT, FACTORED],
    title="The gradient with respect to the direction is projected.",
    description="The part of the gradient along u is taken away; it has no effect on w.",
    conditions=[both("‖u‖ ≠ 0", r"\left\|u\right\| \neq 0") | {"given_by": "u != 0"}],
    cross_check=CHECKED,
    counterparts=[AGREES],
    certificate={
        "digest": "sha256:" + "3f9a7c21b04d8e65" * 4,
        "steps": 5,
        "rules": {"combine": 4, "derive": 1},
    },
    **CONTEXT,
)

COROLLARY = record(
    "weight_norm_never_shrinks",
    both(
        "‖u − η ∇_u L(w)‖² = ‖u‖² + η² ‖∇_u L(w)‖²",
        r"\left\|u - \eta \nabla_{u} L(w)\right\|^{2} = \left\|u\right\|^{2}"
        r" + \eta^{2} \left\|\nabla_{u} L(w)\right\|^{2}",
    ),
    [
        line("", "‖u − η ∇_u L(w)‖²", r"\left\|u - \eta \nabla_{u} L(w)\right\|^{2}"),
        line(
            "=",
            "‖u‖² − η uᵀ ∇_u L(w) − η (∇_u L(w))ᵀ u + η² ‖∇_u L(w)‖²"
            " + 0 · (γ/‖u‖ ∇L(w) − γ/‖u‖³ u (uᵀ ∇L(w)))",
            r"\left\|u\right\|^{2} - \eta u^{\mathsf{T}} \nabla_{u} L(w)"
            r" - \eta \left(\nabla_{u} L(w)\right)^{\mathsf{T}} u"
            r" + \eta^{2} \left\|\nabla_{u} L(w)\right\|^{2} + 0 \cdot \left("
            r"\frac{\gamma}{\left\|u\right\|} \nabla L(w)"
            r" - \frac{\gamma}{\left\|u\right\|^{3}} u \left(u^{\mathsf{T}} \nabla L(w)\right)\right)",
            "",
            found="expanding both sides",
        ),
        line(
            "=",
            "‖u‖² + η² ‖∇_u L(w)‖²",
            r"\left\|u\right\|^{2} + \eta^{2} \left\|\nabla_{u} L(w)\right\|^{2}",
            "weight_norm_gradient",
            evidence="cited",
        ),
    ],
    title="A step along the gradient never shrinks u.",
    line=52,
    evidence="cited",
    conditions=[both("‖u‖ ≠ 0", r"\left\|u\right\| \neq 0") | {"given_by": "u != 0"}],
    axioms=[{"name": "cauchy_schwarz", "source": "Steele (2004), The Cauchy–Schwarz Master Class, eq. 1.1"}],
    rests_on=["weight_norm_gradient"],
    cross_check=CHECKED | {"method": "exact rationals and balls of 128 bits"},
    certificate={"digest": "sha256:" + "05d1ee47aa90bc32" * 4, "steps": 1, "rules": {"combine": 1}},
    **CONTEXT,
)

EXAMPLE: Counterexample = {
    "dims": {"n": 1},
    "values": [
        {"name": "u", "text": "[2]", "latex": "(2)"},
        {"name": "γ", "text": "1", "latex": "1"},
        {"name": "∇L(w)", "text": "[1]", "latex": "(1)"},
    ],
    "left": "0",
    "right": "-1/2",
    "note": "any other γ tried fails too",
}

FALSE = record(
    "weight_norm_gradient",
    both("∇_u L(w) = γ/‖u‖ (I − u uᵀ/‖u‖) ∇L(w)"),
    [
        START,
        SPLIT,
        line(
            "=",
            "γ/‖u‖ (I − u uᵀ/‖u‖) ∇L(w)",
            r"\frac{\gamma}{\left\|u\right\|} "
            r"\left(I - \frac{u u^{\mathsf{T}}}{\left\|u\right\|}\right) \nabla L(w)",
            "factoring",
            outcome="refuted",
            follows=False,
            evidence=None,
            residual=both(
                "γ (1/‖u‖² − 1/‖u‖³) u (uᵀ ∇L(w))",
                r"\gamma \left(\frac{1}{\left\|u\right\|^{2}} - \frac{1}{\left\|u\right\|^{3}}\right)"
                r" u \left(u^{\mathsf{T}} \nabla L(w)\right)",
            ),
            counterexample=EXAMPLE,
            file_line=47,
        ),
        line(
            "=",
            "γ/‖u‖ W⊥ ∇L(w)",
            r"\frac{\gamma}{\left\|u\right\|} W^{\perp} \nabla L(w)",
            "W⊥",
            file_line=48,
            follows=False,
        ),
    ],
    outcome="refuted",
    evidence=None,
    counterexample=EXAMPLE,
    **CONTEXT,
)

GAP = record(
    "projection_kills_direction",
    both("W⊥ u = 0", r"W^{\perp} u = 0"),
    [
        line("", "W⊥ u", r"W^{\perp} u"),
        line(
            "=",
            "u − u (uᵀ u)/‖u‖²",
            r"u - \frac{u \left(u^{\mathsf{T}} u\right)}{\left\|u\right\|^{2}}",
            "W⊥",
        ),
        line(
            "=",
            "0",
            "0",
            "the definition of the norm",
            outcome="gap",
            evidence=None,
            follows=None,
            needs=[both("‖u‖ ≠ 0", r"\left\|u\right\| \neq 0")],
            file_line=63,
        ),
    ],
    line=60,
    outcome="gap",
    evidence=None,
    needs=[both("‖u‖ ≠ 0", r"\left\|u\right\| \neq 0")],
    declarations=[N, U],
    definitions=[WPERP],
)

UNDECIDED = record(
    "trace_inequality",
    both("tr(A B) <= tr(A) tr(B)", r"\operatorname{tr}(A B) \leq \operatorname{tr}(A) \operatorname{tr}(B)"),
    [
        line("", "tr(A B)", r"\operatorname{tr}(A B)"),
        line(
            "<=",
            "tr(A) tr(B)",
            r"\operatorname{tr}(A) \operatorname{tr}(B)",
            outcome="undecided",
            evidence=None,
            follows=None,
            residual=both(
                "tr(A B) − tr(A) tr(B)", r"\operatorname{tr}(A B) - \operatorname{tr}(A) \operatorname{tr}(B)"
            ),
            message="tried: expanding, the hypotheses, squares; 200 points agree",
            file_line=12,
        ),
    ],
    file="proofs/traces.py",
    line=9,
    outcome="undecided",
    evidence=None,
    reason="no rule closed the goal and no counterexample was found",
)

INVALID = record(
    "shapes_clash",
    both("A x = x", "A x = x"),
    [
        line("", "A x", "A x"),
        line(
            "=",
            "x + 1",
            "x + 1",
            outcome="invalid",
            evidence=None,
            follows=None,
            file_line=22,
            message="x + 1: x has the shape (n, 1) and 1 is a scalar\n"
            "write x + ones(n) to add 1 to every entry",
        ),
    ],
    file="proofs/traces.py",
    line=18,
    outcome="invalid",
    evidence=None,
)

HT = both("h_t = W σ(h_{t−1}) + U x_t + b", r"h_{t} = W \sigma(h_{t-1}) + U x_{t} + b")
INDUCTION = record(
    "activation_placement",
    both("g_t = σ(h_t)", r"g_{t} = \sigma(h_{t})"),
    [
        line("", "g_0", "g_{0}", part="base"),
        line("=", "σ(h_0)", r"\sigma(h_{0})", "the start of g", part="base"),
        line("", "g_t", "g_{t}", part="step"),
        line(
            "=", "σ(W g_{t−1} + U x_t + b)", r"\sigma(W g_{t-1} + U x_{t} + b)", "the step of g", part="step"
        ),
        line(
            "=",
            "σ(W σ(h_{t−1}) + U x_t + b)",
            r"\sigma(W \sigma(h_{t-1}) + U x_{t} + b)",
            "induction hypothesis",
            part="step",
        ),
        line("=", "σ(h_t)", r"\sigma(h_{t})", "the step of h", part="step"),
    ],
    title="The two recurrent units carry the same state.",
    source="question 1.1",
    file="proofs/recurrence.py",
    line=14,
    declarations=[
        both("n, m ∈ ℕ", r"n, m \in \mathbb{N}"),
        both("σ: ℝ → ℝ", r"\sigma\colon \mathbb{R} \to \mathbb{R}"),
    ],
    definitions=[HT | {"label": "the step of h"}],
    cross_check={
        "instances": 9,
        "dims": "n, m = 1, 2; t = 0, 1, 2",
        "method": "exact rationals",
        "agrees": True,
    },
    certificate={
        "digest": "sha256:" + "77b2c9e4d6f01a38" * 4,
        "steps": 6,
        "rules": {"induction": 1, "unfold": 4},
    },
)

#: A broken induction: the base case is false, the step holds.
WRONG_BASE = INDUCTION | {
    "outcome": "refuted",
    "evidence": None,
    "certificate": None,
    "lines": [
        INDUCTION["lines"][0],
        line(
            "=",
            "h_0",
            "h_{0}",
            "the start of g",
            part="base",
            outcome="refuted",
            follows=False,
            evidence=None,
            residual=both("σ(h_0) − h_0", r"\sigma(h_{0}) - h_{0}"),
            file_line=19,
            counterexample={
                "dims": {"n": 1},
                "values": [
                    {"name": "h_0", "text": "[1]", "latex": "(1)"},
                    {"name": "σ(x)", "text": "x²", "latex": "x^2"},
                ],
                "left": "0",
                "right": "1",
                "note": "",
            },
        ),
        *INDUCTION["lines"][2:],
    ],
}

#: True line by line, but one reason is not the one that carries it.
DOES_NOT_FOLLOW = PROVED | {
    "outcome": "undecided",
    "evidence": None,
    "certificate": None,
    "reason": "line 3 does not follow from line 2 by W⊥",
    "lines": [START, SPLIT, FACTORED | {"follows": False}],
}

ALL: list[Any] = [
    PROVED,
    COROLLARY,
    FALSE | {"name": "wrong_projection"},
    GAP,
    UNDECIDED,
    INVALID,
    INDUCTION,
]

#: A proved theorem, and a function that computes something else.
DIFFERS = PROVED | {
    "counterparts": [
        AGREES
        | {
            "agrees": False,
            "difference": "at n = 1: the left side is [0.], the function gives [2.]",
        }
    ],
}

#: A statement without a derivation, which the refuter breaks.
NO_LINES = FALSE | {"lines": [], "reason": "the statement is false"}

LONG_SUM = " + ".join(rf"\eta^{{{k}}} \left\|\nabla_{{u}} L(w)\right\|^{{2}}" for k in range(20))
LONG_TEXT = " + ".join(f"η^{k} ‖∇_u L(w)‖²" for k in range(20))
LONG_REASON = (
    "the definition of w, then the chain rule, then collecting the terms of each power of η; that takes long"
)

#: Lines which fit on no line: a sum, a sum in parentheses, and one long factor; and long reasons.
LONG = PROVED | {
    "name": "long_lines",
    "lines": [
        START,
        line("=", LONG_TEXT, LONG_SUM, LONG_REASON),
        line("=", f"({LONG_TEXT})", rf"\left({LONG_SUM}\right)", "factoring"),
        line("=", f"({LONG_TEXT}) / 2", rf"\frac{{\left({LONG_SUM}\right)}}{{2}}", LONG_REASON * 2),
    ],
}
LONG_FALSE = FALSE | {
    "lines": [
        START,
        line(
            "=",
            LONG_TEXT,
            LONG_SUM,
            LONG_REASON,
            outcome="refuted",
            follows=False,
            evidence=None,
            counterexample=EXAMPLE,
        ),
    ],
}

#: Letters and signs which mean something to LaTeX, Markdown or HTML.
AWKWARD = PROVED | {
    "name": "ünï_ο_αβγ",
    "title": "∇ of ‖x‖² is ≤ 100% of #1 & $2 ~ x^2 {a} \\ <b> *é* ŵ x̂ ⟪y⟫ | [z](q) `code`",
    "source": "A & B <2020>, eq. (1)|_x_",
    "statement": both("|x̂| < y <= z", "|ŵ| < α₁ x̂ᵀ"),
    "hypotheses": [labelled("x < 1", "|x| < 1", r"\left|x\right| < 1")],
    "conditions": [both("|x| > 0", "|x| > 0") | {"given_by": "abs(x) > 0 | x < 1"}],
}
