"""Printing expressions and statements as they were written: one line of text, or LaTeX."""

from __future__ import annotations

from lemmata.language.expr import SCALAR, Expr, Statement, same
from lemmata.language.notation import LATEX, TEXT, Notation

#: How tightly a formula binds. SIGNED begins with a minus: -2 x. OPEN has no end of its own: Σ_j x[j].
SUM, SIGNED, OPEN, PRODUCT, POWER, ATOM = range(6)


def text(what: Expr | Statement) -> str:
    """One line of Unicode text."""
    return _shown(what, TEXT)


def latex(what: Expr | Statement) -> str:
    """LaTeX for mathematics mode."""
    return _shown(what, LATEX)


def _shown(what: Expr | Statement, notation: Notation) -> str:
    printer = _Printer(notation)
    if isinstance(what, Statement):
        return f"{printer.show(what.left)} {notation.relation(what.relation)} {printer.show(what.right)}"
    return printer.show(what)


class _Printer:
    """Writes an expression with as few brackets as its reading needs."""

    def __init__(self, notation: Notation) -> None:
        self.n = notation

    def show(self, expr: Expr, level: int = SUM) -> str:
        """The expression, in brackets where it binds less than the place asks."""
        return self.bound(expr, level)[0]

    def bound(self, expr: Expr, level: int, *, first: bool = False) -> tuple[str, int]:
        """The same, and how tightly what is written binds. The minus of a number needs no brackets where
        it is the first thing in a product."""
        written, own = getattr(self, f"_{expr.head}", self._named)(expr)
        fits = own >= level or (first and own == SIGNED)
        return (written, own) if fits else (self.n.brackets(written), ATOM)

    def _named(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator(e.head), [self.show(x) for x in e.args]), ATOM

    def _number(self, e: Expr) -> tuple[str, int]:
        value = e.data
        if value.denominator == 1:
            return str(value), ATOM if value >= 0 else SIGNED
        written = self.n.fraction(str(abs(value.numerator)), str(value.denominator))
        return (written, PRODUCT) if value >= 0 else (f"{self.n.minus}{written}", SIGNED)

    def _size(self, e: Expr) -> tuple[str, int]:
        return self.n.name(e.data), ATOM

    def _time(self, e: Expr) -> tuple[str, int]:
        return self.n.name(e.data[0]), ATOM

    _index = _time

    def _variable(self, e: Expr) -> tuple[str, int]:
        return self.n.name(e.data.name, e.data.latex), ATOM

    def _member(self, e: Expr) -> tuple[str, int]:
        return self.n.subscript(self.show(e.args[0], ATOM), self.place(e.data[0])), ATOM

    def _entry(self, e: Expr) -> tuple[str, int]:
        inside = self.n.subscript(
            self.show(e.args[0], ATOM), ",".join(self.place(place) for place, _ in e.data)
        )
        return inside, ATOM

    def place(self, place: tuple[str, int]) -> str:
        name, offset = place
        if not name:
            return str(offset)
        return self.n.name(name) + (f"{offset:+d}".replace("-", self.n.minus) if offset else "")

    def _identity(self, e: Expr) -> tuple[str, int]:
        return self.n.identity(e.shape[0]), ATOM

    def _zeros(self, e: Expr) -> tuple[str, int]:
        return self.n.constant("0"), ATOM

    def _ones(self, e: Expr) -> tuple[str, int]:
        return self.n.constant("1"), ATOM

    def _add(self, e: Expr) -> tuple[str, int]:
        left, right = map(self.show, e.args)
        if right.startswith(self.n.minus):
            right = self.n.brackets(right)
        return f"{left} + {right}", SUM

    def _sub(self, e: Expr) -> tuple[str, int]:
        return f"{self.show(e.args[0])} {self.n.minus} {self.show(e.args[1], OPEN)}", SUM

    def _neg(self, e: Expr) -> tuple[str, int]:
        return f"{self.n.minus}{self.show(e.args[0], OPEN)}", SUM

    def _mul(self, e: Expr) -> tuple[str, int]:
        """Two factors side by side; a dot keeps numbers apart."""
        left, right = e.args
        inner = left.head == "matmul" and left.shape == SCALAR != right.shape
        first, opening = self.bound(left, POWER if inner else PRODUCT, first=True)
        second, closing = self.bound(right, POWER if _is_bracketed(left, right) else OPEN)
        dot = f" {self.n.dot} " if second[0].isdigit() or right.head == "number" else " "
        signed, opened = opening == SIGNED, closing == OPEN
        level = {(True, True): SUM, (True, False): SIGNED, (False, True): OPEN}.get((signed, opened), PRODUCT)
        return f"{first}{dot}{second}", level

    _matmul = _mul

    def _div(self, e: Expr) -> tuple[str, int]:
        top, bottom = e.args
        if self.n.stacked and top.shape == SCALAR:
            return self.n.fraction(self.show(top), self.show(bottom)), POWER
        if self.n.stacked:
            first, level = self.bound(top, OPEN)
            return f"{self.n.fraction('1', self.show(bottom))} {first}", min(level, PRODUCT)
        first, level = self.bound(top, PRODUCT, first=True)
        return f"{first}/{self.show(bottom, POWER)}", min(level, PRODUCT)

    def _hadamard(self, e: Expr) -> tuple[str, int]:
        left, right = (self.show(x, POWER) for x in e.args)
        return f"{left} {self.n.hadamard} {right}", OPEN

    def _power(self, e: Expr) -> tuple[str, int]:
        return self.n.power(self.show(e.args[0], ATOM), self.show(e.args[1])), POWER

    _matrix_power = _power

    def _transpose(self, e: Expr) -> tuple[str, int]:
        return self.n.transpose(self.show(e.args[0], ATOM)), POWER

    def _inverse(self, e: Expr) -> tuple[str, int]:
        return self.n.inverse(self.show(e.args[0], ATOM)), POWER

    def _trace(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator("tr"), [self.show(e.args[0])]), ATOM

    def _norm(self, e: Expr) -> tuple[str, int]:
        inside = self.n.norm(self.show(e.args[0]))
        return (f"{inside}_F" if e.data == "fro" else inside), ATOM

    def _apply(self, e: Expr) -> tuple[str, int]:
        if e.data == "abs":
            return self.n.absolute(self.show(e.args[0])), ATOM
        if e.data == "sqrt":
            return self.n.root(self.show(e.args[0], SUM if self.n.stacked else ATOM)), POWER
        name = self.n.operator(e.data) if isinstance(e.data, str) else self.n.name(e.data.name, e.data.latex)
        return self.n.called(name, [self.show(e.args[0])]), ATOM

    def _call(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.name(e.data.name, e.data.latex), [self.show(x) for x in e.args]), ATOM

    def _gradient(self, e: Expr) -> tuple[str, int]:
        body, by = e.args
        if body.head == "call" and len(body.args) == 1 and same(body.args[0], by):
            shown = self.n.name(body.data.name, body.data.latex)
        else:
            shown = self.show(body, POWER)
        return f"{self.n.nabla(self.show(by, ATOM))} {shown}", POWER

    def _gradient_at(self, e: Expr) -> tuple[str, int]:
        name = self.n.called(self.n.name(e.data.name, e.data.latex), [self.show(e.args[0])])
        return f"{self.n.nabla('')}{name}", POWER

    def _diff(self, e: Expr) -> tuple[str, int]:
        written = self.n.partial(self.show(e.args[0], POWER), self.show(e.args[1], ATOM))
        return written, POWER if self.n.stacked else PRODUCT

    _jacobian = _diff

    def _hessian(self, e: Expr) -> tuple[str, int]:
        return (
            f"{self.n.power(self.n.nabla(self.show(e.args[1], ATOM)), '2')} {self.show(e.args[0], POWER)}",
            POWER,
        )

    def _expectation(self, e: Expr) -> tuple[str, int]:
        return self.n.mean(self.show(e.args[0])), ATOM

    def _covariance(self, e: Expr) -> tuple[str, int]:
        left, right = map(self.show, e.args)
        if same(*e.args):
            return self.n.called(self.n.operator("Var"), [left]), ATOM
        return self.n.called(self.n.operator("Cov"), [left, right]), ATOM

    def _index_sum(self, e: Expr) -> tuple[str, int]:
        index, dim = self.n.name(e.data[0]), self.n.dim(e.data[1])
        return f"{self.n.sum(index, dim)} {self.show(e.args[0], OPEN)}", OPEN


def _is_bracketed(left: Expr, right: Expr) -> bool:
    """Whether a product on the right was typed in brackets; they matter to the eye, but not between a
    scalar and a product of matrices."""
    scaled = left.shape == SCALAR != right.shape
    return right.head in ("mul", "div", "hadamard") or (right.head == "matmul" and not scaled)
