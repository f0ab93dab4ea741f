"""Operations by name: norms, traces, functions, derivatives, means."""

from __future__ import annotations

from dataclasses import replace

from lemmata.language.declare import Field, dim_of
from lemmata.language.depend import none_hidden
from lemmata.language.errors import LanguageError, ShapeError
from lemmata.language.expr import (
    SCALAR,
    Expr,
    Statement,
    compared,
    expression,
    mismatch,
    number,
    one_member,
    shown,
)
from lemmata.language.products import product


def eye(n: object) -> Expr:
    """The identity matrix."""
    dim = dim_of(n)
    return number(1) if dim == 1 else Expr("identity", (), (dim, dim))


def zeros(n: object, m: object = 1) -> Expr:
    """The matrix (or vector) of zeros."""
    return Expr("zeros", (), (dim_of(n), dim_of(m)))


def ones(n: object, m: object = 1) -> Expr:
    """The matrix (or vector) of ones."""
    return Expr("ones", (), (dim_of(n), dim_of(m)))


def _square(what: str, value: object) -> Expr:
    expr = expression(value)
    if expr.shape[0] != expr.shape[1]:
        raise ShapeError(f"{what}({expr}) needs a square matrix; {expr} is {shown(expr.shape)}")
    return expr


def tr(A: object) -> Expr:
    """The trace of a square matrix."""
    return Expr("trace", (_square("tr", A),))


def det(A: object) -> Expr:
    """The determinant of a square matrix."""
    return Expr("det", (_square("det", A),))


def inv(A: object) -> Expr:
    """The inverse of a square matrix; it needs det A != 0."""
    expr = _square("inv", A)
    return Expr("inverse", (expr,), expr.shape)


def norm(x: object) -> Expr:
    """The Euclidean norm of a vector, (Σ x_i²)^(1/2)."""
    expr = expression(x)
    if 1 not in expr.shape:
        raise ShapeError(f"norm({expr}) needs a vector; {expr} is {shown(expr.shape)}; use fro for a matrix")
    return Expr("norm", (expr,), SCALAR, "norm")


def fro(A: object) -> Expr:
    """The Frobenius norm of a matrix, (Σ A_ij²)^(1/2)."""
    return Expr("norm", (expression(A),), SCALAR, "fro")


def had(A: object, B: object) -> Expr:
    """The product entry by entry."""
    left = expression(A)
    right = expression(B, left.shape)
    if left.shape != right.shape:
        raise mismatch("had", left, right)
    return Expr("hadamard", (left, right), left.shape)


def had_div(A: object, B: object) -> Expr:
    """The quotient entry by entry; it needs every entry of B to be != 0."""
    left, right = expression(A), expression(B)
    if left.shape != right.shape:
        raise mismatch("had_div", left, right)
    return Expr("hadamard_quotient", (left, right), left.shape)


def dot(x: object, y: object) -> Expr:
    """The inner product xᵀy of two vectors."""
    left = expression(x)
    right = expression(y, left.shape)
    if left.shape != right.shape or left.shape[1] != 1:
        raise mismatch("dot", left, right)
    return left.T @ right


def kron(A: object, B: object) -> Expr:
    """The Kronecker product: the blocks A_ij B."""
    left, right = expression(A), expression(B)
    rows, columns = (product(left.shape[axis], right.shape[axis]) for axis in (0, 1))
    return Expr("kron", (left, right), (rows, columns))


def vec(A: object) -> Expr:
    """The columns of a matrix, one below the other."""
    expr = expression(A)
    return Expr("vec", (expr,), (product(expr.shape[1], expr.shape[0]), 1))


def diag(v: object) -> Expr:
    """The diagonal matrix with the entries of a vector."""
    expr = expression(v)
    if expr.shape[1] != 1:
        raise ShapeError(f"diag({expr}) needs a vector; {expr} is {shown(expr.shape)}")
    return Expr("diag", (expr,), (expr.shape[0], expr.shape[0]))


def diagonal(A: object) -> Expr:
    """The vector of the diagonal entries of a square matrix."""
    expr = _square("diagonal", A)
    return Expr("diagonal", (expr,), (expr.shape[0], 1))


def total(value: object, j: object) -> Expr:
    """The sum over an index, Σ_j value."""
    return _over_index("total", "index_sum", value, j)


def maximum(value: object, j: object) -> Expr:
    """The largest value over an index, max_j value, entry by entry.

    >>> from lemmata import dims, index, matrix
    >>> n, = dims("n")
    >>> A, i = matrix("A", n, n), index("i", n)
    >>> maximum(A[i, i], i)
    max_i A[i,i]
    """
    return _over_index("maximum", "index_max", value, j)


def column(value: object, j: object) -> Expr:
    """The vector whose entry j is a scalar, (value)_j.

    >>> from lemmata import dims, index, matrix
    >>> n, = dims("n")
    >>> A, i, j = matrix("A", n, n), index("i", n), index("j", n)
    >>> column(maximum(A[i, j], i), j)
    (max_i A[i,j])[j]
    """
    found = _over_index("column", "column", value, j)
    if found.shape != SCALAR:
        raise ShapeError(f"column({found.args[0]}, {j}) needs a scalar; it is {shown(found.shape)}")
    return Expr("column", found.args, (found.data[1], 1), found.data)


def _over_index(what: str, head: str, value: object, j: object) -> Expr:
    if not isinstance(j, Expr) or j.head != "index":
        raise LanguageError(f"{what}(..., {j}): it runs over an index, such as index('j', m)")
    expr = expression(value)
    return Expr(head, (expr,), expr.shape, j.data)


def opnorm(A: object) -> Expr:
    """The operator norm of a matrix, max ‖A x‖ over ‖x‖ = 1."""
    expr = expression(A)
    if 1 in expr.shape:
        raise ShapeError(f"opnorm({expr}) needs a matrix; {expr} is {shown(expr.shape)}; use norm")
    return Expr("opnorm", (expr,))


def rank(A: object) -> Expr:
    """The rank of a matrix."""
    return Expr("rank", (expression(A),))


def pinv(A: object) -> Expr:
    """The pseudo-inverse of a matrix (Penrose 1955)."""
    expr = expression(A)
    return Expr("pinv", (expr,), expr.shape[::-1])


def wide_pinv(A: Expr) -> Expr | None:
    """The pseudo-inverse of a column or a row by that of a square matrix: Aᵀ(A Aᵀ)⁺ or (AᵀA)⁺Aᵀ."""
    rows, columns = A.shape
    if columns == 1 != rows:
        return A.T @ pinv(A @ A.T)
    return pinv(A.T @ A) @ A.T if rows == 1 != columns else None


def expm(A: object) -> Expr:
    """The exponential of a square matrix, Σ A^k/k!."""
    expr = _square("expm", A)
    return exp(expr) if expr.shape == SCALAR else Expr("expm", (expr,), expr.shape)


def largest_eigenvalue(A: object) -> Expr:
    """λ₁(A) of a symmetric matrix; of any square one that of its symmetric part, max xᵀA x over ‖x‖ = 1."""
    expr = _square("largest_eigenvalue", A)
    if expr.shape == SCALAR:
        raise ShapeError(f"largest_eigenvalue({expr}) needs a matrix; {expr} is a scalar")
    return Expr("eigmax", (expr,))


def tends(value: object, to: object, *, over: object) -> Statement:
    """value → to, as a time grows.

    >>> from lemmata import scalar, time
    >>> q, t = scalar("q"), time("t")
    >>> tends(q**t, 0, over=t)
    q^t → 0 as t → ∞
    """
    return _over_time("tends", compared(expression(value), "->", to), over)


def always(statement: Statement, *, over: object) -> Statement:
    """A statement for all values of a time.

    >>> from lemmata import scalar, time
    >>> t = time("t")
    >>> a = scalar("a", over=t)
    >>> always(a[t] <= 1, over=t)
    a[t] ≤ 1 for all t
    """
    if not isinstance(statement, Statement):
        raise LanguageError(f"always({statement}, ...): it is said of a statement such as `a[t] <= 1`")
    if statement.over is not None:
        raise LanguageError(f"always({statement}, ...): this says already for which times it holds")
    return _over_time("always", statement, over)


def _over_time(what: str, statement: Statement, over: object) -> Statement:
    if not isinstance(over, Expr) or over.head != "time":
        raise LanguageError(f"{what}(..., over={over}): it is over a time")
    none_hidden(f"{what}({statement}, ...)", over.data[0], statement.left, statement.right)
    return replace(statement, over=over.data)


def _applied(name: str, value: object) -> Expr:
    expr = expression(value)
    return Expr("apply", (expr,), expr.shape, name)


def exp(x: object) -> Expr:
    """The exponential, entry by entry."""
    return _applied("exp", x)


def log(x: object) -> Expr:
    """The natural logarithm, entry by entry; it needs x > 0."""
    return _applied("log", x)


def sin(x: object) -> Expr:
    """The sine, entry by entry."""
    return _applied("sin", x)


def cos(x: object) -> Expr:
    """The cosine, entry by entry."""
    return _applied("cos", x)


def sqrt(x: object) -> Expr:
    """The square root, entry by entry; it needs x >= 0."""
    return _applied("sqrt", x)


def abs_(x: object) -> Expr:
    """The absolute value, entry by entry."""
    return _applied("abs", x)


def tanh(x: object) -> Expr:
    """The hyperbolic tangent, entry by entry."""
    return _applied("tanh", x)


def sigmoid(x: object) -> Expr:
    """1/(1 + exp(-x)), entry by entry."""
    return _applied("sigmoid", x)


def relu(x: object) -> Expr:
    """max(x, 0), entry by entry."""
    return _applied("relu", x)


def softplus(x: object) -> Expr:
    """log(1 + exp(x)), entry by entry."""
    return _applied("softplus", x)


def cosh(x: object) -> Expr:
    """The hyperbolic cosine, entry by entry."""
    return _applied("cosh", x)


def sinh(x: object) -> Expr:
    """The hyperbolic sine, entry by entry."""
    return _applied("sinh", x)


def _of(value: object, x: Expr) -> Expr:
    """f(x) for an unknown f of one argument, else the expression itself."""
    return value(x) if isinstance(value, Field) else expression(value)


def _by(x: object) -> Expr:
    """What may be differentiated by: a variable, a defined name, a member of a family."""
    expr = expression(x)
    if expr.head not in ("variable", "member"):
        raise LanguageError(f"a derivative is taken with respect to a variable, not {expr}")
    return one_member(expr)


def grad(f: object, x: object) -> Expr:
    """∇_x f, with the shape of x. For an unknown function L, grad(L, w) is its gradient at w."""
    if isinstance(f, Field) and not (isinstance(x, Expr) and x.head in ("variable", "member")):
        return _gradient_at(f, expression(x))
    by = _by(x)
    value = _of(f, by)
    if value.shape != SCALAR:
        raise ShapeError(f"grad needs a scalar; {value} is {shown(value.shape)}; use jac")
    return Expr("gradient", (value, by), by.shape)


def _gradient_at(f: Field, point: Expr) -> Expr:
    if len(f.inputs) != 1 or f.inputs[0] != point.shape or f.output != SCALAR:
        raise ShapeError(
            f"grad({f}, {point}): {f} needs one argument of the shape of {point}, and a scalar value"
        )
    return Expr("gradient_at", (point,), point.shape, f)


def jac(f: object, x: object) -> Expr:
    """The Jacobian: rows for the entries of f, columns for those of x."""
    by = _by(x)
    value = _of(f, by)
    if value.shape[1] != 1 or by.shape[1] != 1:
        raise ShapeError(f"jac needs vectors; {value} is {shown(value.shape)}, {by} is {shown(by.shape)}")
    return Expr("jacobian", (value, by), (value.shape[0], by.shape[0]))


def directional(f: object, X: object, H: object) -> Expr:
    """The derivative of each entry of f at X in the direction H, d/dt f(X + t H) at t = 0."""
    by = _by(X)
    value, direction = _of(f, by), expression(H, by.shape)
    if direction.shape != by.shape:
        raise mismatch("dir", by, direction, "a direction has the shape of what it is a direction of")
    return Expr("directional", (value, by, direction), value.shape)


def hess(f: object, x: object) -> Expr:
    """The Hessian of a scalar with respect to a vector."""
    by = _by(x)
    value = _of(f, by)
    if value.shape != SCALAR or by.shape[1] != 1:
        raise ShapeError(
            f"hess needs a scalar and a vector; {value} is {shown(value.shape)}, {by} is {shown(by.shape)}"
        )
    return Expr("hessian", (value, by), (by.shape[0], by.shape[0]))


def diff(f: object, x: object) -> Expr:
    """The derivative of each entry of f with respect to a scalar."""
    by = _by(x)
    value = _of(f, by)
    if by.shape != SCALAR:
        raise ShapeError(
            f"diff needs a scalar to differentiate by; {by} is {shown(by.shape)}; use grad or jac"
        )
    return Expr("diff", (value, by), value.shape)


def E(x: object) -> Expr:
    """The mean, entry by entry."""
    expr = expression(x)
    return Expr("expectation", (expr,), expr.shape)


def Var(x: object) -> Expr:
    """The variance of a scalar, the covariance matrix of a vector: E[x xᵀ] - E[x] E[x]ᵀ."""
    expr = expression(x)
    if expr.shape[1] != 1:
        raise ShapeError(f"Var({expr}) needs a scalar or a vector; {expr} is {shown(expr.shape)}")
    return Cov(expr, expr)


def Cov(x: object, y: object) -> Expr:
    """The covariance E[x yᵀ] - E[x] E[y]ᵀ."""
    left, right = expression(x), expression(y)
    if left.shape[1] != 1 or right.shape[1] != 1:
        raise mismatch("Cov", left, right, "the covariance of two vectors, or of two scalars")
    return Expr("covariance", (left, right), (left.shape[0], right.shape[0]))
