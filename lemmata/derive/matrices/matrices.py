"""Matrices and vectors given by their entries, and the terms which are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lemmata.derive.names import Names
from lemmata.kernel.context import Variable
from lemmata.kernel.substitute import Substitution
from lemmata.kernel.terms import (
    MINUS_ONE,
    Add,
    Call,
    Delta,
    Dim,
    Index,
    Inverse,
    Lambda,
    Mul,
    Num,
    Pow,
    Ref,
    Sum,
    Term,
)

TWO = Num(Fraction(2))


@dataclass(frozen=True)
class Matrix:
    """A matrix given by its entries."""

    tensor: Lambda
    names: Names

    def entry(self, row: Index, column: Index) -> Term:
        (i, _), (k, _) = self.tensor.indices
        return Substitution(self.names, indices={i: row, k: column}).apply(self.tensor.body)

    def transposed(self) -> Matrix:
        return Matrix(Lambda(self.tensor.indices[::-1], self.tensor.body), self.names)

    @property
    def rows(self) -> Dim:
        return self.tensor.indices[0][1]

    @property
    def columns(self) -> Dim:
        return self.tensor.indices[1][1]

    def norm(self) -> Call:
        return Call("opnorm", (), (self.tensor,))

    def square(self) -> Term:
        """opnorm(A)²."""
        return Pow(self.norm(), TWO)

    def column(self, k: Index) -> Term:
        """Σ_i A_ik²."""
        i = Index(self.names.name())
        return Sum(i.name, self.rows, Pow(self.entry(i, k), TWO))

    def times(self, vector: Lambda) -> Lambda:
        """The vector A x."""
        i, k = Index(self.names.name()), Index(self.names.name())
        ((name, dim),) = vector.indices
        at_k = Substitution(self.names, indices={name: k}).apply(vector.body)
        return Lambda(((i.name, self.rows),), Sum(k.name, dim, Mul((self.entry(i, k), at_k))))

    def all_squares(self) -> Term:
        """Σ_i Σ_k A_ik²."""
        k = Index(self.names.name())
        return Sum(k.name, self.columns, self.column(k))

    def unit(self, column: Index) -> Lambda:
        """The vector e_k."""
        place = Index(self.names.name())
        return Lambda(((place.name, self.columns),), Delta(place, column))


def declared(variable: Variable, names: Names) -> Lambda:
    """A vector or a matrix which is declared, as a tensor."""
    indices = tuple((names.name(), sort) for sort in variable.shape)
    body = Ref(variable.name, tuple(Index(name) for name, _ in indices))
    return Lambda(indices, body)  # type: ignore[arg-type]


def length(vector: Lambda) -> Term:
    """‖x‖²."""
    ((name, dim),) = vector.indices
    return Sum(name, dim, Pow(vector.body, TWO))


def largest(norm: Call) -> Term:
    """opnorm(A)², or eigmax(S)."""
    return Pow(norm, TWO) if norm.function == "opnorm" else norm


def form(norm: str, matrix: Matrix, vector: Lambda) -> Term:
    """‖A x‖², or xᵀS x."""
    image = matrix.times(vector)
    if norm == "opnorm":
        return length(image)
    ((row, dim),), ((name, _),) = image.indices, vector.indices
    here = Substitution(matrix.names, indices={name: Index(row)}).apply(vector.body)
    return Sum(row, dim, Mul((here, image.body)))


def entry(vector: Lambda, index: Index, names: Names) -> Term:
    ((name, _),) = vector.indices
    return Substitution(names, indices={name: index}).apply(vector.body)


def inner(first: Lambda, second: Lambda, names: Names) -> Term:
    """The inner product of two vectors."""
    k = Index(names.name())
    return Sum(k.name, first.indices[0][1], Mul((entry(first, k, names), entry(second, k, names))))


def inverse(matrix: Matrix) -> Matrix:
    """The inverse of a square matrix."""
    (row, dim), (column, _) = matrix.tensor.indices
    i, k = Index(matrix.names.name()), Index(matrix.names.name())
    body = Inverse(row, column, dim, matrix.tensor.body, (i, k))
    return Matrix(Lambda(((i.name, dim), (k.name, dim)), body), matrix.names)


def product(first: Matrix, second: Matrix) -> Matrix:
    """The matrix A·B."""
    names = first.names
    i, j, k = (Index(names.name()) for _ in range(3))
    body = Sum(j.name, first.columns, Mul((first.entry(i, j), second.entry(j, k))))
    return Matrix(Lambda(((i.name, first.rows), (k.name, second.columns)), body), names)


def complement(matrix: Matrix, inverse: Matrix) -> Matrix:
    """I - A·B."""
    whole = product(matrix, inverse)
    i, k = Index(matrix.names.name()), Index(matrix.names.name())
    body = Add((Delta(i, k), Mul((MINUS_ONE, whole.entry(i, k)))))
    return Matrix(Lambda(((i.name, whole.rows), (k.name, whole.columns)), body), matrix.names)


def trace(matrix: Matrix) -> Term:
    i = Index(matrix.names.name())
    return Sum(i.name, matrix.rows, matrix.entry(i, i))
