"""Printing expressions and statements as they were written: one line of text, or LaTeX."""

from __future__ import annotations

from typing import Any

from lemmata.language.expr import SCALAR, Expr, Statement, number, same
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
        sides = f"{printer.show(what.left)} {notation.relation(what.relation)} {printer.show(what.right)}"
        if what.over is None:
            return sides
        time = notation.name(what.over[0])
        return sides + (notation.growing(time) if what.relation == "->" else notation.always(time))
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

    def _pi(self, e: Expr) -> tuple[str, int]:
        return self.n.name("π"), ATOM

    def _time(self, e: Expr) -> tuple[str, int]:
        return self.n.name(e.data[0]), ATOM

    _index = _time

    def _variable(self, e: Expr) -> tuple[str, int]:
        return self.n.name(e.data.name, e.data.latex), ATOM

    def _member(self, e: Expr) -> tuple[str, int]:
        return self.n.member(self.show(e.args[0], ATOM), self.place(e.data[0])), ATOM

    def _entry(self, e: Expr) -> tuple[str, int]:
        places = ",".join(self.place(place) for place, _ in e.data)
        return self.n.entry(self.show(e.args[0], ATOM), places), ATOM

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
        written, level = self.bound(e.args[0], OPEN)
        return f"{self.n.minus}{written}", SIGNED if level >= PRODUCT else SUM

    def _mul(self, e: Expr) -> tuple[str, int]:
        """Two factors side by side; a dot keeps numbers apart."""
        left, right = e.args
        first, opening = self.bound(left, PRODUCT, first=True)
        if self.stands_apart(left, right):
            first = self.set_apart(first, opening)
        second, closing = self.bound(right, POWER if _is_bracketed(left, right) else OPEN)
        numbers = second[0] in "0123456789" or right.head == "number"
        written = f"{first} {self.n.dot} {second}" if numbers else self.n.beside(first, second)
        signed, opened = opening == SIGNED, closing == OPEN
        level = {(True, True): SUM, (True, False): SIGNED, (False, True): OPEN}.get((signed, opened), PRODUCT)
        return written, level

    def set_apart(self, written: str, level: int) -> str:
        """In brackets, with the minus before them."""
        minus = self.n.minus if level == SIGNED else ""
        return minus + self.n.brackets(written.removeprefix(minus))

    def stands_apart(self, left: Expr, right: Expr) -> bool:
        """Whether the first factor needs brackets to be seen as one: (uᵀ v) w, and on a line (a/b) c."""
        if left.head == "neg":
            return self.stands_apart(left.args[0], right)
        if right.shape != SCALAR:
            over = left.args[0] if left.head == "div" and not self.n.stacked else left
            return over.head == "matmul" and over.shape == SCALAR
        return not self.n.stacked and _ends_in_quotient(left) and right.head != "index_sum"

    _matmul = _mul

    def _div(self, e: Expr) -> tuple[str, int]:
        top, bottom = e.args
        if not self.n.stacked:
            first, level = self.bound(top, PRODUCT, first=True)
            return self.n.fraction(first, self.show(bottom, POWER)), min(level, PRODUCT)
        first, level = self.bound(top, SUM)
        if level == SIGNED:
            over = first.removeprefix(self.n.minus)
            return f"{self.n.minus}{self.n.fraction(over, self.show(bottom))}", SIGNED
        return self.n.fraction(first, self.show(bottom)), POWER

    def _hadamard(self, e: Expr) -> tuple[str, int]:
        left, right = e.args
        first = self.show(left, OPEN if left.head == "hadamard" else POWER)
        return f"{first} {self.n.hadamard} {self.show(right, POWER)}", OPEN

    def _hadamard_quotient(self, e: Expr) -> tuple[str, int]:
        left, right = (self.show(part, POWER) for part in e.args)
        return f"{left} {self.n.hadamard_quotient} {right}", OPEN

    def _array(self, e: Expr) -> tuple[str, int]:
        rows = [[str(value) for value in row] for row in e.data]
        if self.n.stacked:
            rows = [[self._number(number(value))[0] for value in row] for row in e.data]
        return self.n.array(rows), ATOM

    def _chosen(self, e: Expr) -> tuple[str, int]:
        members = self.n.listed([self.show(member) for member in e.args])
        return self.n.entry(members, self.place(e.data[0])), ATOM

    def _power(self, e: Expr) -> tuple[str, int]:
        exponent, level = _Printer(self.n.raised()).bound(e.args[1], SUM)
        return self.n.power(self.show(e.args[0], ATOM), exponent, closed=level == ATOM), POWER

    _matrix_power = _matrix_power_of = _natural_power = _power

    def _slot(self, e: Expr) -> tuple[str, int]:
        return self.n.power(self.show(e.args[0], ATOM), "rs"[e.data], closed=True), POWER

    def _convolution(self, e: Expr) -> tuple[str, int]:
        body, pairs, *_ = e.args
        name, offset = pairs.data[0]
        ends = f"r + s = {self.place((name, offset - 1))}"
        return self.n.called(self.n.operator("sum"), [self.show(body), ends]), ATOM

    def _transpose(self, e: Expr) -> tuple[str, int]:
        return self.n.transpose(self.show(e.args[0], ATOM)), POWER

    def _inverse(self, e: Expr) -> tuple[str, int]:
        return self.n.inverse(self.show(e.args[0], ATOM)), POWER

    def _trace(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator("tr"), [self.show(e.args[0])]), ATOM

    def _norm(self, e: Expr) -> tuple[str, int]:
        return self.n.norm(self.show(e.args[0]), e.data), ATOM

    def _apply(self, e: Expr) -> tuple[str, int]:
        if e.data == "abs":
            return self.n.absolute(self.show(e.args[0])), ATOM
        if e.data == "sqrt":
            return self.n.root(self.show(e.args[0], SUM if self.n.stacked else ATOM)), POWER
        return self.n.called(self.function(e.data), [self.show(e.args[0])]), ATOM

    def function(self, function: Any) -> str:
        """The name of a function applied entry by entry, with a prime for each derivative."""
        if isinstance(function, str):
            return self.n.operator(function)
        name = self.n.name(function.name, function.latex)
        return name + self.n.prime * int(function.times)

    def _call(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.name(e.data.name, e.data.latex), [self.show(x) for x in e.args]), ATOM

    def _gradient(self, e: Expr) -> tuple[str, int]:
        body, by = e.args
        return f"{self.n.nabla(self.show(by, ATOM))} {self.operand(body, by)}", OPEN

    def _hessian(self, e: Expr) -> tuple[str, int]:
        body, by = e.args
        return f"{self.n.nabla(self.show(by, ATOM), 2)} {self.operand(body, by)}", OPEN

    def operand(self, body: Expr, by: Expr) -> str:
        """What ∇_w is applied to: L for L(w)."""
        if body.head == "call" and len(body.args) == 1 and same(body.args[0], by):
            return self.n.name(body.data.name, body.data.latex)
        return self.show(body, OPEN if body.head == "index_sum" else POWER)

    def _gradient_at(self, e: Expr) -> tuple[str, int]:
        name = self.n.called(self.n.name(e.data.name, e.data.latex), [self.show(e.args[0])])
        return f"{self.n.nabla('')}{name}", POWER

    def _diff(self, e: Expr) -> tuple[str, int]:
        written = self.n.partial(self.show(e.args[0], POWER), self.show(e.args[1], ATOM))
        return written, POWER if self.n.stacked else OPEN

    _jacobian = _diff

    def _directional(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator("dir"), [self.show(part) for part in e.args]), ATOM

    def _kron(self, e: Expr) -> tuple[str, int]:
        left, right = e.args
        first = self.show(left, OPEN if left.head == "kron" else POWER)
        return f"{first} {self.n.kronecker} {self.show(right, POWER)}", OPEN

    def _vec(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator("vec"), [self.show(e.args[0])]), ATOM

    def _expectation(self, e: Expr) -> tuple[str, int]:
        return self.n.mean(self.show(e.args[0])), ATOM

    def _covariance(self, e: Expr) -> tuple[str, int]:
        left, right = map(self.show, e.args)
        if same(*e.args):
            return self.n.called(self.n.operator("Var"), [left]), ATOM
        return self.n.called(self.n.operator("Cov"), [left, right]), ATOM

    def _choice(self, e: Expr) -> tuple[str, int]:
        return self.n.name(e.data[0]), ATOM

    def _index_max(self, e: Expr) -> tuple[str, int]:
        return f"{self.n.maximum(self.n.name(e.data[0]))} {self.show(e.args[0], OPEN)}", OPEN

    def _column(self, e: Expr) -> tuple[str, int]:
        return self.n.entry(self.n.brackets(self.show(e.args[0])), self.n.name(e.data[0])), ATOM

    def _opnorm(self, e: Expr) -> tuple[str, int]:
        return self.n.norm(self.show(e.args[0]), "norm"), ATOM

    def _eigmax(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.eigenvalue, [self.show(e.args[0])]), ATOM

    def _integral(self, e: Expr) -> tuple[str, int]:
        return self.formal("integral", e, str(e.data))

    def _limit(self, e: Expr) -> tuple[str, int]:
        return self.formal("limit", e, str(e.data[0]))

    def _series(self, e: Expr) -> tuple[str, int]:
        return self.formal("sum" if e.data[0] == "index_sum" else "prod", e, str(e.data[1]))

    def _argmax(self, e: Expr) -> tuple[str, int]:
        return self.formal("argmax", e, str(e.data[0]))

    def formal(self, name: str, e: Expr, bound: str) -> tuple[str, int]:
        """What is said with a bound name, as it is typed."""
        body, *others = map(self.show, e.args)
        return self.n.called(self.n.operator(name), [body, self.n.name(bound), *others]), ATOM

    def _infinity(self, e: Expr) -> tuple[str, int]:
        return self.n.name("∞"), ATOM

    def _index_product(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator("prod"), [self.show(e.args[0]), self.n.name(e.data[0])]), ATOM

    def _rank(self, e: Expr) -> tuple[str, int]:
        return self.n.called(self.n.operator(e.head), [self.show(e.args[0])]), ATOM

    _expm = _rank

    def _pinv(self, e: Expr) -> tuple[str, int]:
        return self.n.pseudoinverse(self.show(e.args[0], ATOM)), POWER

    def _at_words(self, e: Expr) -> tuple[str, int]:
        base, *words = e.args
        shown = iter(self.show(word) for word in words)
        places = ",".join(next(shown) if place is None else self.place(place[0]) for place in e.data)
        return self.n.entry(self.show(base, ATOM), places), ATOM

    def _index_sum(self, e: Expr) -> tuple[str, int]:
        index, dim = self.n.name(e.data[0]), self.n.dim(e.data[1])
        return f"{self.n.sum(index, dim)} {self.show(e.args[0], OPEN)}", OPEN


def _is_bracketed(left: Expr, right: Expr) -> bool:
    """Whether a product on the right was typed in brackets; they matter to the eye, but not between a
    scalar and a product of matrices."""
    scaled = left.shape == SCALAR != right.shape
    known = ("mul", "div", "hadamard", "hadamard_quotient", "diff", "jacobian")
    return right.head in known or (right.head == "matmul" and not scaled)


def _ends_in_quotient(expr: Expr) -> bool:
    if expr.head == "number":
        return bool(expr.data.denominator != 1)
    return expr.head == "div" or (expr.head == "mul" and _ends_in_quotient(expr.args[1]))
