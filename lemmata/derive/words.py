"""Kernel terms, conditions and statements in the author's notation, as text and LaTeX."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from lemmata.derive.raising import Names, NotRaised, Raiser
from lemmata.derive.search import Known, Searcher
from lemmata.kernel.conditions import Condition, holds
from lemmata.kernel.context import Context, Statement
from lemmata.kernel.environment import difference
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.poly import Monomial, Poly
from lemmata.kernel.show import show_condition, show_statement
from lemmata.kernel.terms import ZERO, Num, Term
from lemmata.language.errors import LanguageError
from lemmata.language.expr import Expr, number
from lemmata.language.expr import Statement as Said
from lemmata.language.lower import COLUMN, ROW
from lemmata.language.show import latex, text

Formula = dict[str, str]


def formula(what: Expr | Said) -> Formula:
    """An expression or a statement as text and LaTeX."""
    return {"text": text(what), "latex": latex(what)}


def plain(words: str) -> Formula:
    """Words that have no formula."""
    escaped = "".join(
        {"_": r"\_", "^": r"\^{}", "∂": r"$\partial$", "#": r"\#", "%": r"\%", "&": r"\&"}.get(c, c)
        for c in words
    )
    return {"text": words, "latex": rf"\text{{{escaped}}}"}


class Words:
    """Says the terms of one context in the author's names."""

    def __init__(self, context: Context, names: Names) -> None:
        self.context = context
        self.names = names

    @cached_property
    def normalizer(self) -> Normalizer:
        """The normal forms of the context; worked out once there is something to say."""
        return _normalizer(self.context)

    @cached_property
    def declared(self) -> Normalizer:
        """The normal forms where no hypothesis is known."""
        return _normalizer(replace(self.context, hypotheses=()))

    def condition(self, condition: Condition) -> Formula:
        """A condition; `√(Σ u_i²) != 0` is said as u ≠ 0."""
        statement = condition.statement
        if statement is None:
            return plain(show_condition(condition))
        said = self.statement(statement)
        if said is None:
            return plain(show_condition(condition))
        found = formula(said)
        if condition.in_mean:
            return {
                "text": f"{found['text']} at every outcome",
                "latex": rf"{found['latex']}\text{{ at every outcome}}",
            }
        return found

    def is_plain(self, condition: Condition) -> bool:
        """Whether a condition holds by what is declared alone, such as n != 0 and exp(a) > 0."""
        return holds(condition, self.declared)

    def statement(self, statement: Statement) -> Said | None:
        """A condition `t != 0`, `0 <= t`, `0 < t` or `t = s` in matrices, if it has that form."""
        if statement.relation == "=":
            return self.equation(statement)
        raiser = self.raiser(statement)
        term = statement.left if statement.relation == "!=" else statement.right
        poly = raiser.normalizer.poly(difference(term, ZERO))
        if len(poly) == 1 and statement.relation == "!=":
            poly = {_without_powers(next(iter(poly))): next(iter(poly.values()))}
        try:
            expr = self.shaped(raiser, poly, statement)
        except (NotRaised, LanguageError):
            return None
        vector = _norm_of(expr) if statement.relation == "!=" else None
        if vector is not None:
            return vector != 0
        return (
            expr != 0 if statement.relation == "!=" else expr >= 0 if statement.relation == "<=" else expr > 0
        )

    def equation(self, statement: Statement) -> Said | None:
        raiser, sides = self.raiser(statement), (statement.left, statement.right)
        try:
            left, right = (self.shaped(raiser, raiser.normalizer.poly(side), statement) for side in sides)
        except (NotRaised, LanguageError):
            return None
        return left == right

    def raiser(self, statement: Statement) -> Raiser:
        sorts = {name: sort for name, sort in statement.binders if isinstance(sort, str | int)}
        return Raiser(self.names, self.normalizer, sorts, dict(self.context.choices))

    def shaped(self, raiser: Raiser, poly: Poly, statement: Statement) -> Expr:
        names = [name for name, sort in statement.binders if isinstance(sort, str | int)]
        used = [name for name in names if any(name in raiser.normalizer.free(b) for m in poly for b, _ in m)]
        if len(used) > 2:
            raise NotRaised("more than two indices")
        return raiser.poly(poly, *used, *[None] * (2 - len(used)))

    def expression(self, claim: Statement, residual: Term) -> Expr | None:
        """What two sides differ by, with the rows and columns of the claim; None if it has no such form."""
        raiser = self.raiser(claim)
        names = dict.fromkeys(name for name, _ in claim.binders)
        places = [place.name if place.name in names else None for place in (ROW, COLUMN)]
        if set(names) - set(places):
            return None
        try:
            return raiser.poly(raiser.normalizer.poly(residual), *places)
        except (NotRaised, LanguageError):
            return None

    def residual(self, claim: Statement, residual: Term) -> Formula | None:
        """What two sides differ by."""
        raiser = self.raiser(claim)
        poly = raiser.normalizer.poly(residual)
        try:
            expr = self.shaped(raiser, poly, claim)
        except (NotRaised, LanguageError):
            shown_term = show_statement(Statement(claim.binders, "=", residual, ZERO))
            return plain(shown_term.partition(" = ")[0])
        return formula(expr)


def _normalizer(context: Context) -> Normalizer:
    return Searcher(context).workspace(Statement((), "=", ZERO, ZERO), Known()).normalizer


def _norm_of(expr: Expr) -> Expr | None:
    """The vector of which an expression is a power of the norm."""
    base = expr.args[0] if expr.head == "power" else expr
    return base.args[0] if base.head == "norm" else None


def _without_powers(monomial: Monomial) -> Monomial:
    """The bases whose being 0 matters: powers do not."""
    return tuple((base, Num(abs(e.value) and number(1).data)) for base, e in monomial if isinstance(e, Num))


def domain(shape: tuple[str | int, str | int]) -> Formula:
    """ℝ, ℝⁿ or ℝⁿˣᵐ."""
    if shape == (1, 1):
        return {"text": "ℝ", "latex": r"\mathbb{R}"}
    rows, columns = map(str, shape)
    above = rows if shape[1] == 1 else f"{rows}×{columns}"
    below = rows if shape[1] == 1 else rf"{rows} \times {columns}"
    return {"text": f"ℝ^{above}" if shape[1] == 1 else f"ℝ^({above})", "latex": rf"\mathbb{{R}}^{{{below}}}"}
