"""Determinants of every dimension: what is found, under which hypotheses, and that false variants are not."""

from __future__ import annotations

from re import findall
from typing import Any

import pytest

import lemmata
from lemmata.claims.result import Result

DECLARED: dict[str, dict[str, Any]] = {
    **{name: {"shape": ["n", "n"]} for name in "ABCDGKW"},
    **{name: {"shape": ["n"]} for name in ("x", "u", "w", "s")},
    "S": {"shape": ["n", "n"], "is": ["skew"]},
    "P": {"shape": ["n", "n"], "is": ["invertible"]},
    "Q": {"shape": ["m", "m"], "is": ["invertible"]},
    "F": {"shape": ["n", "m"]},
    "H": {"shape": ["m", "n"]},
    "X": {"shape": ["n", "n"]},
    "Y": {"shape": ["n", "n"], "is": ["invertible"]},
    "d": {"shape": ["n"], "is": ["positive"]},
    "b": {"shape": []},
    "λ": {"shape": []},
    "T": {"shape": [3, 3], "is": ["skew"]},
    "k": {"shape": [], "is": ["natural"]},
    "i": {"shape": [], "is": ["natural"]},
    "M": {"shape": [2, 2]},
    "y": {"shape": [2]},
    "z": {"shape": [2]},
}
SYMMETRIC = "W + W.T - had(W, eye(n))"
REGULAR = "det(kron(B.T, A) + kron(D.T, C)) != 0"
Case = tuple[str, tuple[str, ...]]
PROVED: dict[str, Case] = {
    "planar flow": ("det(jac(x + u*tanh(w.T@x + b), x)) == 1 + (1 - tanh(w.T@x + b)**2)*w.T@u", ()),
    "diagonal and a product of vectors": (
        "det(diag(d) + u@w.T) == det(diag(d))*(1 + sum(u[i]*w[i]/d[i], i, 1, n))",
        (),
    ),
    "diagonal flow": ("log(abs(det(jac(had(exp(s), x), x)))) == ones(n, 1).T@s", ()),
    "power of a matrix": ("det(A**k) == det(A)**k", ("k >= 1",)),
    "diagonal of a skew matrix": ("S[i, i] == 0", ("1 <= i", "i <= n")),
    "exchange with a factor": ("det(λ*eye(n) - A@B) == det(λ*eye(n) - B@A)", ()),
    "exchange of two sizes": ("λ**m*det(λ*eye(n) - F@H) == λ**n*det(λ*eye(m) - H@F)", ()),
    "skew of odd size": ("det(S) == 0", ("(-1)**n == -1",)),
    "skew of size 3": ("det(T) == 0", ()),
    "Cramer's rule": ("y[1] == (z[1]*M[2, 2] - M[1, 2]*z[2])/det(M)", ("det(M) != 0", "M@y == z")),
    "determinant of a symmetric matrix": (
        f"grad(det({SYMMETRIC}), W) == det(Y)*(2*inv(Y) - had(inv(Y), eye(n)))",
        (f"Y == {SYMMETRIC}",),
    ),
    "inverse of a symmetric matrix": (
        f"inv({SYMMETRIC}) == inv({SYMMETRIC}).T",
        (f"det({SYMMETRIC}) != 0",),
    ),
    "inverse of a Kronecker product": ("inv(kron(P, Q)) == kron(inv(P), inv(Q))", ()),
    "determinant of a Kronecker product": ("det(kron(A, F@H)) == det(A)**n*det(F@H)**n", ()),
    "order in a Kronecker product": ("det(kron(A, Q)) == det(kron(Q, A))", ()),
    "equation of Sylvester's kind": (
        "vec(X) == inv(kron(B.T, A) + kron(D.T, C))@vec(K)",
        (REGULAR, "A@X@B + C@X@D == K"),
    ),
}
NOT_PROVED: dict[str, Case] = {
    "planar flow without the slope": ("det(jac(x + u*tanh(w.T@x + b), x)) == 1 + tanh(w.T@x + b)*w.T@u", ()),
    "exchange of two sizes without the powers": ("det(λ*eye(n) - F@H) == det(λ*eye(m) - H@F)", ()),
    "exchange with another factor": ("λ**n*det(λ*eye(n) - F@H) == λ**m*det(λ*eye(m) - H@F)", ()),
    "power of a matrix": ("det(A**k) == det(A)**(k + 1)", ("k >= 1",)),
    "power of another matrix": ("det((A + B)**k) == det(A)**k + det(B)**k", ("k >= 1",)),
    "first column of a skew matrix": ("S[i, 1] == 0", ("1 <= i", "i <= n")),
    "skew of any size": ("det(S) == 0", ()),
    "skew of even size": ("det(S) == 0", ("(-1)**n == 1",)),
    "Cramer's rule without det M != 0": ("y[1] == (z[1]*M[2, 2] - M[1, 2]*z[2])/det(M)", ("M@y == z",)),
    "Cramer's rule, transposed": (
        "y[1] == (z[1]*M[2, 2] - M[2, 1]*z[2])/det(M)",
        ("det(M) != 0", "M@y == z"),
    ),
    "inverse of any Kronecker product": ("inv(kron(A, Q)) == kron(inv(A), inv(Q))", ()),
    "inverse in the other order": ("inv(kron(P, Y)) == kron(inv(Y), inv(P))", ()),
    "determinant of a Kronecker product": ("det(kron(A, Q)) == det(A)*det(Q)", ()),
    "powers exchanged": ("det(kron(A, Q)) == det(A)**n*det(Q)**m", ()),
    "equation without an invertible matrix": (
        "vec(X) == inv(kron(B.T, A) + kron(D.T, C))@vec(K)",
        ("A@X@B + C@X@D == K",),
    ),
    "equation transposed": ("vec(X) == inv(kron(B, A) + kron(D, C))@vec(K)", (REGULAR, "A@X@B + C@X@D == K")),
}


def judged(case: Case) -> Result:
    claim, given = case
    text = set(findall(r"\w+", " ".join((claim, *given))))
    return lemmata.check(claim, given=given, vars={k: v for k, v in DECLARED.items() if k in text})


@pytest.mark.parametrize("name", PROVED)
def test_proved(name: str) -> None:
    found = judged(PROVED[name])
    assert (found.outcome, found.evidence) == ("proved", "exact")


@pytest.mark.parametrize("name", NOT_PROVED)
def test_not_proved(name: str) -> None:
    assert judged(NOT_PROVED[name]).outcome in ("refuted", "gap", "undecided")
