"""The border with SymPy: our expressions as SymPy's, unevaluated, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from lemmata.language import build
from lemmata.language.declare import Function, Variable, checked
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, Shape, Statement, mismatch, number, same, zeros_like
from lemmata.language.literal import array
from lemmata.language.sympy_calculus import CALCULUS, Read


def symbol(expr: Expr) -> Any:
    """The SymPy symbol of a declared variable, dimension or time."""
    if expr.head == "size":
        return sympy.Symbol(expr.data, integer=True, positive=True)
    if expr.head in ("time", "index"):
        return sympy.Symbol(expr.data[0], integer=True, nonnegative=True)
    if expr.head != "variable":
        raise LanguageError(f"{expr} is no symbol")
    variable: Variable = expr.data
    if expr.shape == SCALAR:
        known = {name: True for name in ("positive", "nonnegative") if name in variable.properties}
        return sympy.Symbol(variable.name, real=True, **known)
    return sympy.MatrixSymbol(variable.name, *map(_dim, expr.shape))


def _dim(dim: str | int) -> Any:
    return sympy.Symbol(dim, integer=True, positive=True) if isinstance(dim, str) else sympy.Integer(dim)


def to_sympy(expr: Expr, words: Mapping[str, Callable[..., Any]] | None = None) -> Any:
    """The expression as SymPy writes it, not evaluated; `words` are used instead of WORDS. Raises
    LanguageError where there is no word."""
    if expr.head in ("size", "time", "variable"):
        return symbol(expr)
    if expr.head == "number":
        return _rational(expr.data)
    meaning = (WORDS if words is None else words).get(expr.head)
    if meaning is None:
        raise LanguageError(f"{expr}: SymPy has no word for {expr.head}")
    return meaning(expr, *(to_sympy(part, words) for part in expr.args))


def _rational(value: Fraction) -> Any:
    return sympy.Rational(value.numerator, value.denominator)


def _add(expr: Expr, left: Any, right: Any) -> Any:
    kind = sympy.Add if expr.shape == SCALAR else sympy.MatAdd
    return kind(left, right, evaluate=False)


def _minus(expr: Expr, value: Any) -> Any:
    kind = sympy.Mul if expr.shape == SCALAR else sympy.MatMul
    return kind(sympy.Integer(-1), value, evaluate=False)


def _mul(expr: Expr, left: Any, right: Any) -> Any:
    kind = sympy.Mul if expr.shape == SCALAR else sympy.MatMul
    return kind(left, right, evaluate=False)


def _matmul(expr: Expr, left: Any, right: Any) -> Any:
    """A product; SymPy keeps a 1 x 1 product apart from its entry."""
    if SCALAR in (expr.args[0].shape, expr.args[1].shape):
        return _mul(expr, left, right)
    product = sympy.MatMul(left, right, evaluate=False)
    return MatrixElement(product, 0, 0) if expr.shape == SCALAR else product


def _sub(expr: Expr, left: Any, right: Any) -> Any:
    return _add(expr, left, _minus(expr.args[1], right))


def _div(expr: Expr, top: Any, bottom: Any) -> Any:
    return _mul(expr, top, sympy.Pow(bottom, -1, evaluate=False))


def _norm(expr: Expr, value: Any) -> Any:
    if expr.args[0].shape == SCALAR:
        return sympy.Abs(value, evaluate=False)
    return sympy.sqrt(
        sympy.Trace(sympy.MatMul(sympy.Transpose(value), value, evaluate=False)), evaluate=False
    )


def _apply(expr: Expr, value: Any) -> Any:
    function = _FUNCTIONS.get(expr.data) if isinstance(expr.data, str) else sympy.Function(expr.data.name)
    if function is None:
        raise LanguageError(f"{expr}: SymPy has no word for {expr.data}")
    if expr.shape != SCALAR:
        return value.applyfunc(function)
    return function(value) if expr.data == "sqrt" else function(value, evaluate=False)


_FUNCTIONS = {
    **{"exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "sqrt": sympy.sqrt},
    **{"abs": sympy.Abs, "tanh": sympy.tanh, "cosh": sympy.cosh, "sinh": sympy.sinh},
}

#: What SymPy calls each head: made of the expression, and of its arguments in SymPy's words.
WORDS: dict[str, Callable[..., Any]] = {
    "add": _add,
    "sub": _sub,
    "neg": _minus,
    "mul": _mul,
    "div": _div,
    "matmul": _matmul,
    "hadamard": lambda e, a, b: sympy.HadamardProduct(a, b, evaluate=False),
    "hadamard_quotient": lambda e, a, b: sympy.HadamardProduct(a, sympy.HadamardPower(b, -1), evaluate=False),
    "array": lambda e: sympy.ImmutableMatrix([[_rational(value) for value in row] for row in e.data]),
    "power": lambda e, a, b: sympy.Pow(a, b, evaluate=False),
    "matrix_power": lambda e, a, b: sympy.MatPow(a, b, evaluate=False),
    "transpose": lambda e, a: a if e.shape == SCALAR else sympy.Transpose(a),
    "inverse": lambda e, a: sympy.Pow(a, -1, evaluate=False) if e.shape == SCALAR else sympy.Inverse(a),
    "trace": lambda e, a: a if e.args[0].shape == SCALAR else sympy.Trace(a),
    "det": lambda e, a: a if e.args[0].shape == SCALAR else sympy.Determinant(a),
    "identity": lambda e: sympy.Identity(_dim(e.shape[0])),
    "zeros": lambda e: sympy.ZeroMatrix(*map(_dim, e.shape)),
    "ones": lambda e: sympy.OneMatrix(*map(_dim, e.shape)),
    "norm": _norm,
    "apply": _apply,
}


def from_sympy(value: Any, names: Mapping[Any, Expr] | None = None) -> Expr:
    """A SymPy expression as ours, as it stands; `names` says what some symbols are.

    A symbol which is the size of a matrix, or a positive integer, is a dimension; any other is a scalar, and
    a MatrixSymbol is a matrix. Raises LanguageError for what we have no word for.

    >>> import sympy
    >>> from_sympy(sympy.Symbol("a") + 1)
    1 + a
    """
    if isinstance(value, sympy.MatrixBase):
        value = sympy.ImmutableMatrix(value)
    sized = value.atoms(sympy.MatrixSymbol, sympy.Identity, sympy.ZeroMatrix, sympy.OneMatrix)
    sizes = {dim for matrix in sized for dim in matrix.shape if isinstance(dim, sympy.Symbol)}
    known = {dim: Expr("size", (), SCALAR, checked(dim.name)) for dim in sizes}
    return _read(value, {**known, **(names or {})})


_RELATIONS = {
    sympy.Equality: "==",
    sympy.Unequality: "!=",
    sympy.LessThan: "<=",
    sympy.StrictLessThan: "<",
    sympy.GreaterThan: ">=",
    sympy.StrictGreaterThan: ">",
}


def statement_from_sympy(value: Any) -> Statement:
    """A relation of SymPy as a statement. Raises LanguageError for what is none, and for one that SymPy has
    decided already.

    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> statement_from_sympy(sympy.Ge(x**2 + 1, 2 * x, evaluate=False))
    1 + x² ≥ 2 x
    """
    if value in (sympy.true, sympy.false):
        raise LanguageError(f"SymPy has made {value} of this; write Eq(..., evaluate=False)")
    relation = _RELATIONS.get(type(value))
    if relation is None:
        raise LanguageError(f"{value}: a relation such as Eq(a, b, evaluate=False) is needed")
    left, right = from_sympy(value.lhs), from_sympy(value.rhs)
    right = zeros_like(left.shape) if right.head == "number" and right.data == 0 else right
    if left.shape != right.shape:
        raise mismatch(f"comparison with {relation}", left, right)
    return Statement(left, relation, right)


def _read(value: Any, known: Mapping[Any, Expr]) -> Expr:
    if value in known:
        return known[value]
    if isinstance(value, AppliedUndef) and len(value.args) == 1:
        return Function(checked(value.func.__name__))(_read(value.args[0], known))
    kind = type(value).__name__
    if kind in _FROM:
        parts = [] if kind in _SIZED else [_read(part, known) for part in value.args]
        return _FROM[kind](value, parts)
    if isinstance(value, sympy.Rational):
        return number(Fraction(int(value.p), int(value.q)))
    meaning = next((read for kind, read in _LEAVES.items() if isinstance(value, kind)), None)
    if meaning is None:
        hint = "; write Rational(1, 2) for an exact number" if isinstance(value, sympy.Float) else ""
        raise LanguageError(f"{value}: there is no word here for SymPy's {type(value).__name__}{hint}")
    return meaning(value, known)


def _scalar(value: Any, known: Mapping[Any, Expr]) -> Expr:
    name = checked(value.name)
    if value.is_integer and value.is_nonnegative:
        return Expr("size", (), SCALAR, name) if value.is_positive else Expr("time", (), SCALAR, (name, 0))
    words = [word for word in ("positive", "nonnegative") if getattr(value, f"is_{word}")]
    return Expr("variable", (), SCALAR, Variable(name, SCALAR, None, frozenset(words[:1])))


def _matrix(value: Any, known: Mapping[Any, Expr]) -> Expr:
    shape = _shape(value)
    return Expr("variable", (), shape, Variable(checked(value.name), shape))


def _entry_of(value: Any, known: Mapping[Any, Expr]) -> Expr:
    """An entry; SymPy counts from 0."""
    parent, *places = value.args
    matrix = _read(parent, known)
    if not all(place.is_Integer for place in places):
        raise LanguageError(f"{value}: an entry needs numbers as places")
    wide = [int(place) + 1 for place, dim in zip(places, matrix.shape, strict=True) if dim != 1]
    return matrix[tuple(wide)] if wide else matrix


def _written(value: Any, known: Mapping[Any, Expr]) -> Expr:
    """A matrix whose entries are numbers written out."""
    rows = value.tolist()
    for entry in (entry for row in rows for entry in row):
        if not isinstance(entry, sympy.Rational):
            raise LanguageError(f"{value}: {entry} is an entry of a written matrix; exact numbers are needed")
    found: Expr = array([[Fraction(int(entry.p), int(entry.q)) for entry in row] for row in rows])
    return found


def _each(value: Any, known: Mapping[Any, Expr]) -> Expr:
    """A function applied entry by entry."""
    body = value.function.expr
    return _read(body, {**known, body.args[0]: _read(value.expr, known)})


def _calculus(
    said: Callable[[Any, Mapping[Any, Expr], Read], Expr],
) -> Callable[[Any, Mapping[Any, Expr]], Expr]:
    return lambda value, known: said(value, known, _read)


_LEAVES: dict[type, Callable[[Any, Mapping[Any, Expr]], Expr]] = {
    sympy.MatrixBase: _written,
    sympy.MatrixSymbol: _matrix,
    sympy.Symbol: _scalar,
    MatrixElement: _entry_of,
    ElementwiseApplyFunction: _each,
    **{kind: _calculus(said) for kind, said in CALCULUS.items()},
}
_SIZED = ("Identity", "ZeroMatrix", "OneMatrix")


def _shape(value: Any) -> Shape:
    rows, columns = map(_size, value.shape)
    return rows, columns


def _size(dim: Any) -> str | int:
    if isinstance(dim, sympy.Symbol):
        return checked(dim.name)
    if isinstance(dim, sympy.Integer) and dim >= 1:
        return int(dim)
    raise LanguageError(f"{dim} is no dimension: it needs a symbol, or a positive integer")


def _constant(head: str) -> Callable[[Any, list[Expr]], Expr]:
    return lambda value, parts: Expr(head, (), _shape(value))


def _folded(combine: Callable[[Expr, Expr], Expr]) -> Callable[[Any, list[Expr]], Expr]:
    return lambda value, parts: reduce(combine, parts)


def _plus(left: Expr, right: Expr) -> Expr:
    """SymPy has no minus: it adds the product with -1."""
    positive = _without_minus(right)
    return left + right if positive is None else left - positive


def _without_minus(expr: Expr) -> Expr | None:
    """What a minus stands before, as the first thing of an expression."""
    if expr.head == "neg":
        return expr.args[0]
    if expr.head == "number" and expr.data < 0:
        return number(-expr.data)
    first = _without_minus(expr.args[0]) if expr.head in ("mul", "div") else None
    return None if first is None else replace(expr, args=(first, *expr.args[1:]))


def _times(left: Expr, right: Expr) -> Expr:
    """SymPy has no division: it multiplies with the power -1."""
    if right.head == "div" and same(right.args[0], number(1)):
        return left / right.args[1]
    return left * right if SCALAR in (left.shape, right.shape) else left @ right


def _product(value: Any, parts: list[Expr]) -> Expr:
    """A product; -1 in front becomes a minus before the whole."""
    minus = len(parts) > 1 and same(parts[0], number(-1))
    return -reduce(_times, parts[1:]) if minus else reduce(_times, parts)


def _hadamard(left: Expr, right: Expr) -> Expr:
    """SymPy has no quotient entry by entry: it multiplies with the power -1."""
    inverted = right.head == "hadamard_quotient" and right.args[0].head == "ones"
    return build.had_div(left, right.args[1]) if inverted else build.had(left, right)


def _hadamard_power(value: Any, parts: list[Expr]) -> Expr:
    base, exponent = parts
    if not same(exponent, number(-1)):
        raise LanguageError(f"{value}: a power entry by entry has a word here only for the exponent -1")
    return build.had_div(Expr("ones", (), base.shape), base)


def _power(value: Any, parts: list[Expr]) -> Expr:
    base, exponent = parts
    if same(exponent, number(-1)):
        return number(1) / base if base.shape == SCALAR else build.inv(base)
    return build.sqrt(base) if same(exponent, number(Fraction(1, 2))) else base**exponent


def _named(function: Callable[[Any], Expr]) -> Callable[[Any, list[Expr]], Expr]:
    return lambda value, parts: function(parts[0])


#: Functions entry by entry, by SymPy's names and by ours.
_ELEMENTWISE = {
    **{name: name for name in ("tan", "asin", "acos", "atan", "asinh", "acosh", "atanh")},
    **{name: name for name in ("erf", "gamma", "floor", "sign")},
    "ceiling": "ceil",
    "loggamma": "lgamma",
}


def _applied(name: str) -> Callable[[Any, list[Expr]], Expr]:
    return lambda value, parts: Expr("apply", (parts[0],), parts[0].shape, name)


_FROM: dict[str, Callable[[Any, list[Expr]], Expr]] = {
    "Add": _folded(_plus),
    "MatAdd": _folded(_plus),
    "Mul": _product,
    "MatMul": _product,
    "HadamardProduct": _folded(_hadamard),
    "HadamardPower": _hadamard_power,
    "Pow": _power,
    "MatPow": _power,
    "Transpose": _named(lambda a: a.T),
    "Inverse": _named(build.inv),
    "Trace": _named(build.tr),
    "Determinant": _named(build.det),
    "Identity": _constant("identity"),
    "ZeroMatrix": _constant("zeros"),
    "OneMatrix": _constant("ones"),
    "Exp1": lambda value, parts: build.exp(1),
    "exp": _named(build.exp),
    "log": _named(build.log),
    "sin": _named(build.sin),
    "cos": _named(build.cos),
    "tanh": _named(build.tanh),
    "sinh": _named(build.sinh),
    "cosh": _named(build.cosh),
    "Abs": _named(build.abs_),
    "Pi": lambda value, parts: Expr("pi"),
    **{theirs: _applied(ours) for theirs, ours in _ELEMENTWISE.items()},
}
