"""Where the largest eigenvalue of a matrix is differentiable: where it is simple.

`eigmax(S)` is the largest eigenvalue λ of M = ½(S + Sᵀ). Where λ is simple, it is an analytic function of all
entries of S, by the implicit function theorem for the characteristic polynomial. Where it has a derivative G,
λ is simple: for each unit eigenvector u, eigmax(T) - uᵀT u is never negative, and 0 at T = S, so that
G = u·uᵀ, and no two of these u are orthogonal. That λ is simple is said as

    rank(M - λ I) = n - 1
"""

from __future__ import annotations

from fractions import Fraction

from lemmata.kernel.linear import size
from lemmata.kernel.substitute import Fresh, entry_of, relabelled
from lemmata.kernel.terms import MINUS_ONE, Add, Call, Delta, Index, Lambda, Mul, Num, Term

_HALF = Num(Fraction(1, 2))


def simple(matrix: Lambda, fresh: Fresh) -> tuple[Term, Term]:
    """rank(½(S + Sᵀ) - eigmax(S)·I) and n - 1, for an n x n matrix S."""
    dim = matrix.indices[0][1]
    i, j = Index(fresh.name()), Index(fresh.name())
    part = Mul((_HALF, Add((entry_of(matrix, (i, j), fresh), entry_of(matrix, (j, i), fresh)))))
    shift = Mul((MINUS_ONE, Call("eigmax", (), (matrix,)), Delta(i, j)))
    shifted = Lambda(((i.name, dim), (j.name, dim)), Add((part, shift)))
    return relabelled(Call("rank", (), (shifted,))), Add((size(dim), MINUS_ONE))
