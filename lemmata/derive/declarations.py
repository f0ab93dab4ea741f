"""What is declared, said as a reader would write it under a theorem."""

from __future__ import annotations

from lemmata.derive.words import Formula, domain, formula
from lemmata.kernel.context import Context
from lemmata.language.declare import Field, Function, Variable
from lemmata.language.expr import Expr
from lemmata.language.notation import LATEX, TEXT

LIKE = {
    "positive": "positive",
    "nonnegative": "nonnegative",
    "symmetric": "symmetric",
    "invertible": "invertible",
}


def declarations(
    context: Context, variables: dict[str, Expr], functions: dict[str, Function | Field]
) -> list[Formula]:
    """Dimensions, times, variables and functions, in the order of the context."""
    found = (
        [_joined([(name, name) for name in context.dims], "ℕ, ≥ 1", r"\mathbb{N}_{\geq 1}")]
        if context.dims
        else []
    )
    found += [_time(name, least) for name, least in context.naturals]
    found += [_choice(name, dim) for name, dim in context.choices]
    found += [
        _variable(variables[v.name])
        for v in context.variables
        if v.name in variables and not _defined(variables[v.name])
    ]
    found += [_function(functions[f.name]) for f in context.functions if f.name in functions]
    return found


def _defined(expr: Expr) -> bool:
    return bool(expr.data.definitions)


def _joined(names: list[tuple[str, str]], text: str, latex: str) -> Formula:
    shown = [LATEX.name(name) for name, _ in names]
    return {
        "text": f"{', '.join(name for name, _ in names)} ∈ {text}",
        "latex": rf"{', '.join(shown)} \in {latex}",
    }


def _time(name: str, least: int) -> Formula:
    return {
        "text": f"{name} ∈ ℕ, {name} ≥ {least}",
        "latex": rf"{LATEX.name(name)} \in \mathbb{{N}},\ {LATEX.name(name)} \geq {least}",
    }


def _choice(name: str, dim: str | int) -> Formula:
    place = _range(dim)
    return {"text": f"{name} ∈ {place['text']}", "latex": rf"{LATEX.name(name)} \in {place['latex']}"}


def _range(dim: str | int) -> Formula:
    return {"text": f"{{1, ..., {dim}}}", "latex": rf"\{{1, \dots, {LATEX.dim(dim)}\}}"}


def _variable(expr: Expr) -> Formula:
    variable: Variable = expr.data
    is_word = "onehot" in variable.properties
    place = _range(variable.shape[0]) if is_word else domain(variable.shape)
    words = ["a word"] if is_word else [LIKE[word] for word in sorted(variable.properties) if word in LIKE]
    if "random" in variable.properties:
        words.append(f"random, with moments up to order {variable.moments}")
    if variable.over is not None:
        words.append("for each time" if variable.over == "time" else f"for each of 1, ..., {variable.over}")
    said = f", {', '.join(words)}" if words else ""
    name = formula(expr)
    latex = rf"{name['latex']} \in {place['latex']}" + (rf"\text{{{said}}}" if said else "")
    return {"text": f"{name['text']} ∈ {place['text']}{said}", "latex": latex}


def _function(function: Function | Field) -> Formula:
    times = {0: "", 1: "differentiable"}.get(function.order, f"{function.order} times differentiable")
    if isinstance(function, Function):
        source, target = domain((1, 1)), domain((1, 1))
        times = f"applied entry by entry{', ' if times else ''}{times}"
    else:
        inputs = [domain(shape) for shape in function.inputs]
        source = {
            "text": " × ".join(i["text"] for i in inputs),
            "latex": r" \times ".join(i["latex"] for i in inputs),
        }
        target = domain(function.output)
    said = f", {times}" if times else ""
    text = f"{TEXT.name(function.name)}: {source['text']} → {target['text']}{said}"
    latex = rf"{LATEX.name(function.name, function.latex)}\colon {source['latex']} \to {target['latex']}"
    return {"text": text, "latex": latex + (rf"\text{{{said}}}" if said else "")}
