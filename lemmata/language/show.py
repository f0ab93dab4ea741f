"""Printing expressions and statements as they were written: one line of text, or LaTeX."""

from __future__ import annotations

from lemmata.language.expr import SCALAR, Expr, Statement
from lemmata.language.notation import LATEX, TEXT, Notation

SUM, PRODUCT, POWER, ATOM = range(4)


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
        written, own = getattr(self, f"_{expr.head}", self._named)(expr)
        return self.n.brackets(written) if own < level else written

    def _named(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator(e.head), [self.show(x) for x in e.args]), ATOM

    def _number(self, e: Expr) -> tuple[str, int]:
        value = e.data
        if value.denominator == 1:
            return str(value), ATOM if value >= 0 else SUM
        return self.n.fraction(str(value.numerator), str(value.denominator)), PRODUCT if value >= 0 else SUM

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
        left, right = e.args
        if right.head == "neg" or (right.head == "number" and right.data < 0):
            return f"{self.show(left)} + {self.n.brackets(self.show(right))}", SUM
        return f"{self.show(left)} + {self.show(right)}", SUM

    def _sub(self, e: Expr) -> tuple[str, int]:
        return f"{self.show(e.args[0])} {self.n.minus} {self.show(e.args[1], PRODUCT)}", SUM

    def _neg(self, e: Expr) -> tuple[str, int]:
        return f"{self.n.minus}{self.show(e.args[0], PRODUCT)}", SUM

    def _mul(self, e: Expr) -> tuple[str, int]:
        return self.juxtaposed(*e.args), PRODUCT

    def _matmul(self, e: Expr) -> tuple[str, int]:
        return self.juxtaposed(*e.args), PRODUCT

    def juxtaposed(self, left: Expr, right: Expr) -> str:
        """Two factors side by side; a dot keeps numbers apart."""
        inner = left.head == "matmul" and left.shape == SCALAR != right.shape
        first = self.show(left, POWER if inner else PRODUCT)
        # A product on the right was typed in brackets; they matter to the eye unless a scalar is in front.
        bracketed = (
            right.head == "matmul" and (left.shape != SCALAR or right.shape == SCALAR)
        ) or right.head in ("mul", "div")
        second = self.show(right, POWER if bracketed else PRODUCT)
        dot = second[0].isdigit() or (right.head == "number")
        return f"{first} {self.n.dot} {second}" if dot else f"{first} {second}"

    def _div(self, e: Expr) -> tuple[str, int]:
        top, bottom = e.args
        if self.n.stacked and top.shape == SCALAR:
            return self.n.fraction(self.show(top), self.show(bottom)), POWER
        if self.n.stacked:
            inverse = self.n.fraction("1", self.show(bottom))
            return f"{inverse} {self.show(top, PRODUCT)}", PRODUCT
        return f"{self.show(top, PRODUCT)}/{self.show(bottom, POWER)}", PRODUCT

    def _hadamard(self, e: Expr) -> tuple[str, int]:
        left, right = (self.show(x, POWER) for x in e.args)
        return f"{left} {self.n.hadamard} {right}", PRODUCT

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
        return (self.n.subscript(inside, "F") if e.data == "fro" else inside), ATOM

    def _apply(self, e: Expr) -> tuple[str, int]:
        name = self.n.operator(e.data) if isinstance(e.data, str) else self.n.name(e.data.name, e.data.latex)
        return self.n.called(name, [self.show(e.args[0])]), ATOM

    def _call(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.name(e.data.name, e.data.latex), [self.show(x) for x in e.args]), ATOM

    def _gradient(self, e: Expr) -> tuple[str, int]:
        body, by = e.args
        plain = body.head == "call" and len(body.args) == 1 and body.args[0].head in ("variable", "member")
        if (
            plain
            and by.head == body.args[0].head
            and by.data == body.args[0].data
            and by.args == body.args[0].args
        ):
            shown = self.n.name(body.data.name, body.data.latex)
        else:
            shown = self.show(body, POWER)
        return f"{self.n.nabla(self.show(by, ATOM))} {shown}", POWER

    def _gradient_at(self, e: Expr) -> tuple[str, int]:
        name = self.n.called(self.n.name(e.data.name, e.data.latex), [self.show(e.args[0])])
        return f"{self.n.nabla('')}{name}", POWER

    def _diff(self, e: Expr) -> tuple[str, int]:
        return self.n.partial(self.show(e.args[0], POWER), self.show(e.args[1], ATOM)), POWER

    _jacobian = _diff

    def _hessian(self, e: Expr) -> tuple[str, int]:
        return (
            f"{self.n.power(self.n.nabla(self.show(e.args[1], ATOM)), '2')} {self.show(e.args[0], POWER)}",
            POWER,
        )

    def _expectation(self, e: Expr) -> tuple[str, int]:
        return self.n.mean(self.show(e.args[0])), ATOM

    def _covariance(self, e: Expr) -> tuple[str, int]:
        left, right = (self.show(x) for x in e.args)
        if left == right:
            return self.n.called(self.n.operator("Var"), [left]), ATOM
        return self.n.called(self.n.operator("Cov"), [left, right]), ATOM

    def _index_sum(self, e: Expr) -> tuple[str, int]:
        return (
            f"{self.n.sum(self.n.name(e.data[0]), self.n.dim(e.data[1]))} {self.show(e.args[0], PRODUCT)}",
            PRODUCT,
        )
