"""Square matrices whose rows, and whose columns, are numbered by one index or by several at once.

The matrix A ⊗ B has the entry A[i,j]·B[k,l] in the row (i,k) and the column (j,l). A tensor with 2k axes, of
which the last k have the dimensions of the first k, is such a matrix. For k = 1 its determinant and its
inverse are terms; for k > 1 they are the known functions `det` and `inv` of the tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from lemmata.kernel.context import Statement
from lemmata.kernel.errors import Rejected
from lemmata.kernel.substitute import Fresh, Substitution
from lemmata.kernel.terms import Call, Delta, Determinant, Dim, Index, Inverse, Lambda, Mul, Sum, Term

if TYPE_CHECKING:
    from lemmata.kernel.normal import Normalizer

Places = tuple[Index, ...]
Entries = Callable[[Places, Places], Term]
#: Of how many indices the order is looked at.
LARGEST_ORDER = 3


@dataclass(frozen=True)
class Square:
    """A square matrix, by its entries; `dims` are the dimensions of its rows."""

    tensor: Lambda
    dims: tuple[Dim, ...]
    fresh: Fresh

    def entry(self, rows: Places, columns: Places) -> Term:
        names = (name for name, _ in self.tensor.indices)
        put = dict(zip(names, (*rows, *columns), strict=True))
        return Substitution(self.fresh, indices=put).apply(self.tensor.body)

    def inverse(self, rows: Places, columns: Places) -> Term:
        if len(self.dims) > 1:
            return Call("inv", (*rows, *columns), (self.tensor,))
        ((row, dim), (column, _)) = self.tensor.indices
        return Inverse(row, column, dim, self.tensor.body, (rows[0], columns[0]))

    def determinant(self) -> Term:
        if len(self.dims) > 1:
            return Call("det", (), (self.tensor,))
        ((row, dim), (column, _)) = self.tensor.indices
        return Determinant(row, column, dim, self.tensor.body)

    def identity(self, first: Entries, second: Entries) -> Statement:
        """The statement that a product is the identity matrix."""
        i, k, j = ([Index(self.fresh.name()) for _ in self.dims] for _ in range(3))
        product: Term = Mul((first(tuple(i), tuple(k)), second(tuple(k), tuple(j))))
        for place, dim in zip(k, self.dims, strict=True):
            product = Sum(place.name, dim, product)
        binders = tuple((place.name, dim) for place, dim in zip((*i, *j), self.dims * 2, strict=True))
        deltas: tuple[Term, ...] = tuple(map(Delta, i, j))
        return Statement(binders, "=", product, deltas[0] if len(deltas) == 1 else Mul(deltas))


def square(tensor: Lambda, fresh: Fresh) -> Square:
    """The matrix which a tensor is. Raises Rejected where it is none."""
    dims = tuple(dim for _, dim in tensor.indices)
    half = len(dims) // 2
    if not half or dims[:half] != dims[half:]:
        raise Rejected("the rule needs two square matrices of one size")
    return Square(tensor, dims[:half], fresh)


def is_composite(axes: tuple[Dim, ...]) -> bool:
    """Whether a tensor with these axes is a square matrix with several indices for its rows."""
    half = len(axes) // 2
    return half > 1 and axes[:half] == axes[half:]


def determinant(normalizer: Normalizer, term: Call) -> Term:
    """The determinant of a matrix, of which rows and columns are put in one order: that of the indices by
    which both are numbered does not matter."""
    (tensor,) = term.arguments
    half = len(tensor.indices) // 2
    if half > LARGEST_ORDER:
        return normalizer.canonical(term)
    found = []
    for order in permutations(range(half)):
        indices = tuple(tensor.indices[place + k] for place in (0, half) for k in order)
        found.append(normalizer.canonical(Call("det", (), (Lambda(indices, tensor.body),))))
    return min(found, key=normalizer.order)
