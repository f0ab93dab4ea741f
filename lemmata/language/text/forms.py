"""The names of the grammar, and what each makes of its arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction

from lemmata.language import build
from lemmata.language.argmax import arguments as members
from lemmata.language.argmax import choice_over
from lemmata.language.declare import Variable, index
from lemmata.language.errors import LanguageError, NotLowered
from lemmata.language.expr import SCALAR, Expr, number, shown
from lemmata.language.indexing import time_of
from lemmata.language.text.complexes import is_real
from lemmata.language.text.reading import Form, Reader

Arguments = list[ast.expr]

#: How many terms a sum between numbers may have, as it is written out.
LARGEST_SUM = 200
#: What may run up to a natural number.
KINDS = {"index_sum": "sum", "index_product": "product"}
#: How often something is differentiated at most.
LARGEST_ORDER = 20


def _of(make: Callable[..., Expr]) -> Callable[[Reader, Arguments], Expr]:
    """A form whose arguments are expressions."""
    return lambda reader, arguments: make(*map(reader.expression, arguments))


def _simple(name: str, usage: str, make: Callable[..., Expr]) -> tuple[str, Form]:
    count = usage.count(",") + 1
    return name, Form(f"{name}({usage})", count, count, _of(make))


def _eye(reader: Reader, arguments: Arguments) -> Expr:
    return build.eye(reader.dimension(arguments[0]))


def _filled(make: Callable[..., Expr], value: int) -> Callable[[Reader, Arguments], Expr]:
    def made(reader: Reader, arguments: Arguments) -> Expr:
        found = make(*map(reader.dimension, arguments))
        return number(value) if found.shape == SCALAR else found

    return made


def _softmax(x: Expr) -> Expr:
    """exp(x) over the sum of its entries."""
    _needs_vector("softmax", x)
    return build.exp(x) / _sum_of(build.exp(x))


def _logsumexp(x: Expr) -> Expr:
    _needs_vector("logsumexp", x)
    return build.log(_sum_of(build.exp(x)))


def _sum_of(x: Expr) -> Expr:
    return x if x.shape == SCALAR else Expr("ones", (), x.shape).T @ x


def _needs_vector(name: str, x: Expr) -> None:
    if x.shape[1] != 1:
        raise LanguageError(f"{name}({x}) needs a vector; {x} is {shown(x.shape)}")


def _power_of_third(x: Expr) -> Expr:
    return Expr("apply", (x,), x.shape, "cbrt")


def _applied(name: str) -> Callable[[Expr], Expr]:
    return lambda x: Expr("apply", (x,), x.shape, name)


def _diff(reader: Reader, arguments: Arguments) -> Expr:
    f, x = map(reader.expression, arguments[:2])
    times = reader.natural(arguments[2], "how often", LARGEST_ORDER) if len(arguments) > 2 else 1
    for _ in range(times):
        f = build.diff(f, x)
    return f


def _sum(reader: Reader, arguments: Arguments) -> Expr:
    return _over(reader, arguments, "index_sum", lambda left, right: left + right, number(0))


def _over(
    reader: Reader,
    arguments: Arguments,
    head: str,
    join: Callable[[Expr, Expr], Expr],
    empty: Expr | None,
) -> Expr:
    """Something over an index: from 1 to a dimension, or between numbers, written out."""
    name, first, last = reader.name_of(arguments[1]), *map(reader.expression, arguments[2:])
    if last.head == "size" and first.head == "number" and first.data == 1:
        bound = index(name, last) if name not in reader.names.meanings else index(f"{name}_", last)
        body = reader.binding(name, bound).expression(arguments[0])
        if head == "index_product":
            return _product_of_entries(body, bound)
        return Expr(head, (body,), body.shape, bound.data)
    if first.head == "number" and last.head == "number" and last.data - first.data < LARGEST_SUM:
        return _written_out(reader, arguments, name, (first, last), join, empty)
    try:
        return _running(reader, arguments, name, head, (first, last))
    except NotLowered:
        found = _opaque(reader, arguments, head, (first, last))
        _note_endless(reader, arguments, found)
        return found


def _note_endless(reader: Reader, arguments: Arguments, series: Expr) -> None:
    """Σ or Π from an integer without end is noted with its partial sums or products."""
    (_, first, last), (head, _) = series.args, series.data
    if head in KINDS and last.head == "infinity" and first.head == "number" and first.data.denominator == 1:
        name = reader.name_of(arguments[1])
        body = lambda i: reader.binding(name, i).expression(arguments[0])  # noqa: E731
        reader.running.endless[series] = reader.running.family(KINDS[head], body, int(first.data))


def _product_of_entries(body: Expr, bound: Expr) -> Expr:
    """Π_i f(i) over a dimension, which is the determinant of the diagonal matrix with the entries f(i)."""
    _needs_scalars("prod", body)
    return build.det(build.diag(Expr("column", (body,), (bound.data[1], 1), bound.data)))


def _running(reader: Reader, arguments: Arguments, name: str, head: str, ends: tuple[Expr, Expr]) -> Expr:
    """A sum or a product from a number to a natural number. Raises NotLowered where it is none."""
    first, last = ends
    kind, place = KINDS.get(head), time_of(last)
    if not kind or first.head != "number" or first.data.denominator > 1 or place is None or not place[0]:
        raise NotLowered(f"{first} to {last}: no range that is known")
    body = lambda i: reader.binding(name, i).expression(arguments[0])  # noqa: E731
    return reader.running.over(kind, body, int(first.data), last)


def _opaque(reader: Reader, arguments: Arguments, head: str, ends: tuple[Expr, Expr]) -> Expr:
    """Something over a range of which no rule is known."""
    bound, inside = _bound_index(reader, arguments[1], ends)
    body = inside.expression(arguments[0])
    return Expr("series", (body, *ends), body.shape, (head, bound))


def _written_out(
    reader: Reader,
    arguments: Arguments,
    name: str,
    ends: tuple[Expr, Expr],
    join: Callable[[Expr, Expr], Expr],
    empty: Expr | None,
) -> Expr:
    first, last = (end.data for end in ends)
    if first.denominator > 1 or last.denominator > 1 or last - first >= LARGEST_SUM:
        raise LanguageError(f"{first} to {last}: the ends are integers, and at most {LARGEST_SUM} apart")
    found: Expr | None = None
    for value in range(int(first), int(last) + 1):
        part = reader.binding(name, number(value)).expression(arguments[0])
        found = part if found is None else join(found, part)
    if found is None and empty is None:
        raise LanguageError(f"{first} to {last}: there is no index, so no largest value")
    return found if found is not None else empty  # type: ignore[return-value]


def _larger(left: Expr, right: Expr) -> Expr:
    """max(a, b) = (a + b + |a - b|)/2."""
    _needs_scalars("max", left, right)
    return number(Fraction(1, 2)) * (left + right + build.abs_(left - right))


def _smaller(left: Expr, right: Expr) -> Expr:
    _needs_scalars("min", left, right)
    return number(Fraction(1, 2)) * (left + right - build.abs_(left - right))


def _needs_scalars(name: str, *values: Expr) -> None:
    for value in values:
        if value.shape != SCALAR:
            raise LanguageError(f"{name}(...) needs scalars; {value} is {shown(value.shape)}")


def _max(reader: Reader, arguments: Arguments) -> Expr:
    return _extreme(reader, arguments, _larger, lambda e: e)


def _min(reader: Reader, arguments: Arguments) -> Expr:
    return _extreme(reader, arguments, _smaller, lambda e: -e)


def _extreme(
    reader: Reader,
    arguments: Arguments,
    join: Callable[[Expr, Expr], Expr],
    sign: Callable[[Expr], Expr],
) -> Expr:
    """max(a, b, ...) of some numbers, or max(e, i, 1, n) over an index; min e = -max(-e)."""

    def join_real(left: Expr, right: Expr) -> Expr:
        for value in (left, right):
            _needs_real(reader, value)
        return join(left, right)

    if _binds(reader, arguments):
        found = _over(reader, arguments, "index_max", join_real, None)
        if found.head == "index_max":
            return sign(Expr("index_max", (sign(found.args[0]),), found.shape, found.data))
        return found
    values = list(map(reader.expression, arguments))
    found = values[0]
    for value in values[1:]:
        found = join_real(found, value)
    return found


def _needs_real(reader: Reader, value: Expr) -> None:
    if reader.names.complexes and not is_real(value, reader.names.complexes):
        raise LanguageError(f"max and min compare real numbers, and {value} is complex; abs(z) is real")


def _binds(reader: Reader, arguments: Arguments) -> bool:
    """Whether the second of four arguments is a name of which nothing else is known."""
    if len(arguments) != 4 or not isinstance(arguments[1], ast.Name):
        return False
    name = arguments[1].id
    known = name in reader.names.meanings or name in reader.bound
    used = any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(arguments[0]))
    return not known or used


def _prod(reader: Reader, arguments: Arguments) -> Expr:
    return _over(reader, arguments, "index_product", lambda left, right: left * right, number(1))


def _bound_scalar(reader: Reader, node: ast.expr) -> tuple[str, Reader]:
    """A name that is a number inside, whatever it is outside: a real one, if it is not declared complex."""
    name = reader.name_of(node)
    taken = name in reader.names.meanings and name not in reader.names.complexes
    inner = f"{name}′" if taken else name
    return inner, reader.binding(name, Expr("variable", (), SCALAR, Variable(inner, SCALAR)))


def _bound_index(reader: Reader, node: ast.expr, ends: tuple[Expr, Expr]) -> tuple[str, Reader]:
    """A name that is an index inside, where the range is one of places in a dimension."""
    first, last = ends
    counted = first.head == "number" and first.data.denominator == 1 and first.data >= 1
    if (counted or first.head == "index") and last.head in ("size", "index"):
        name = reader.name_of(node)
        dim = last.data[1] if last.head == "index" else last.data
        return name, reader.binding(name, Expr("index", (), SCALAR, (name, dim)))
    return _bound_scalar(reader, node)


def _integral(reader: Reader, arguments: Arguments) -> Expr:
    name, inside = _bound_scalar(reader, arguments[1])
    body, first, last = inside.expression(arguments[0]), *map(reader.expression, arguments[2:])
    _needs_scalars("integral", body, first, last)
    return Expr("integral", (body, first, last), SCALAR, name)


def _limit(reader: Reader, arguments: Arguments) -> Expr:
    name, inside = _bound_scalar(reader, arguments[1])
    side = reader.side(arguments[3]) if len(arguments) > 3 else ""
    body, point = inside.expression(arguments[0]), reader.expression(arguments[2])
    _needs_scalars("limit", body, point)
    return Expr("limit", (body, point), SCALAR, (name, side))


def _argmax(reader: Reader, arguments: Arguments) -> Expr:
    first, last = map(reader.expression, arguments[2:])
    dim = _dimension(first, last)
    if dim is None:
        name, inside = _bound_index(reader, arguments[1], (first, last))
        return Expr("argmax", (inside.expression(arguments[0]), first, last), SCALAR, (name, None))
    name = reader.name_of(arguments[1])
    own = f"{name}_" if name in reader.names.meanings else name
    bound = Expr("index", (), SCALAR, (own, dim))
    body, chosen = (
        reader.binding(name, place).expression(arguments[0]) for place in (bound, choice_over(dim))
    )
    return Expr("argmax", (body, first, last), SCALAR, (name, members(name, chosen, body, bound)))


def _dimension(first: Expr, last: Expr) -> str | int | None:
    """The dimension over which a range from 1 on is one."""
    if first.head != "number" or first.data != 1:
        return None
    if last.head == "number":
        return int(last.data) if last.data.denominator == 1 and 1 <= last.data <= LARGEST_SUM else None
    return str(last.data) if last.head == "size" else None


def _constant(make: Callable[[], Expr]) -> Callable[[Reader, Arguments], Expr]:
    return lambda reader, arguments: make()


_FUNCTIONS = (
    *(
        [
            "exp",
            "log",
            "sqrt",
            "cbrt",
            "abs",
            "sign",
            "floor",
            "ceil",
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "cosh",
            "tanh",
            "asinh",
            "acosh",
            "atanh",
        ]
    ),
    *(["sigmoid", "relu", "softplus", "gamma", "lgamma", "erf"]),
)

FORMS: dict[str, Form] = dict(
    (
        ("eye", Form("eye(n)", 1, 1, _eye)),
        ("zeros", Form("zeros(n, m)", 1, 2, _filled(build.zeros, 0))),
        ("ones", Form("ones(n, m)", 1, 2, _filled(build.ones, 1))),
        _simple("inv", "A", build.inv),
        _simple("tr", "A", build.tr),
        _simple("det", "A", build.det),
        _simple("had", "A, B", build.had),
        _simple("kron", "A, B", build.kron),
        _simple("vec", "A", build.vec),
        _simple("diag", "v", build.diag),
        _simple("diagonal", "A", build.diagonal),
        _simple("rank", "A", build.rank),
        _simple("pinv", "A", build.pinv),
        _simple("expm", "A", build.expm),
        _simple("opnorm", "A", build.opnorm),
        _simple("eigmax", "S", build.largest_eigenvalue),
        _simple("fro", "A", build.fro),
        _simple("norm", "x", build.norm),
        _simple("dot", "x, y", build.dot),
        _simple("softmax", "x", _softmax),
        _simple("logsumexp", "x", _logsumexp),
        _simple("grad", "f, X", build.grad),
        _simple("jac", "f, x", build.jac),
        _simple("hess", "f, x", build.hess),
        _simple("dir", "f, X, H", build.directional),
        ("diff", Form("diff(f, x) or diff(f, x, k)", 2, 3, _diff)),
        ("sum", Form("sum(e, i, a, b)", 4, 4, _sum)),
        ("prod", Form("prod(e, i, a, b)", 4, 4, _prod)),
        ("max", Form("max(e, i, a, b) or max(a, b, ...)", 1, 50, _max)),
        ("min", Form("min(e, i, a, b) or min(a, b, ...)", 1, 50, _min)),
        _simple("E", "x", build.E),
        _simple("Var", "x", build.Var),
        _simple("Cov", "x, y", build.Cov),
        ("e", Form("e", 0, 0, _constant(lambda: build.exp(number(1))))),
        ("integral", Form("integral(f, x, a, b)", 4, 4, _integral)),
        ("limit", Form('limit(f, x, a) or limit(f, x, a, "+")', 3, 4, _limit)),
        ("argmax", Form("argmax(e, i, a, b)", 4, 4, _argmax)),
        ("oo", Form("oo", 0, 0, _constant(lambda: Expr("infinity")))),
        ("pi", Form("pi", 0, 0, _constant(lambda: Expr("pi")))),
        *(_simple(name, "x", _applied(name)) for name in _FUNCTIONS),
    )
)
