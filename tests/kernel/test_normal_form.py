"""The normal form: which equations it decides, and which false ones it does not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lemmata.kernel.context import Statement
from tests.kernel.say import (
    HALF,
    add,
    apply,
    call,
    context,
    count,
    delta,
    det,
    diff,
    diff_scalar,
    div,
    dot,
    eq,
    exp,
    function,
    inverse,
    log,
    mean,
    mul,
    neg,
    norm,
    power,
    prod,
    ref,
    says,
    sqrt,
    sub,
    tensor,
    total,
    trace,
    variable,
    verdict,
)

WORLD = context(
    *(variable(name) for name in "abc"),
    variable("p", positive=True),
    variable("q", positive=True),
    variable("m", nonnegative=True),
    *(variable(name, "n") for name in "uvw"),
    *(variable(name, "n", "n") for name in "ABCD"),
    variable("S", "n", "n", symmetric=True),
    variable("K", "n", "n", invertible=True),
    variable("M", "n", "n", invertible=True),
    variable("T", "n", "n", invertible=True, symmetric=True),
    variable("X", "n", moments=2, random=True),
    variable("Y", moments=2, random=True),
    dims="n d",
    naturals=(("t", 0),),
    functions=(function("σ", 2), function("f", 2, (("n",),)), function("g", 1, (("n",), ()))),
    hypotheses=(
        ("a", says(ref("a"), "!=", 0)),
        ("u", says(dot("u", "u"), "!=", 0)),
        ("v", says(0, "<", ref("v", "i"), i="n")),
    ),
)
a, b, c, p, q, m = map(ref, "abcpqm")
t, n = count("t"), count("n")


def u(*i: str | int) -> object:
    return ref("u", *i)


def inv(name: str, i: str | int, j: str | int) -> object:
    return inverse(ref(name, "r", "s"), (i, j))


def grad(body: object, at: str, wrt: str | int) -> object:
    """The derivative of a function of the vector z by one entry, at a vector."""
    return diff("z", body, (wrt,), tensor(ref(at, "o"), o="n"))


def fixed(*indices: str) -> dict[str, str]:
    return dict.fromkeys(indices, "n")


ij, i = fixed("i", "j"), fixed("i")
z2 = total("l", "n", power(ref("z", "l"), 2))
at_u = tensor(u("o"), o="n")
at_K = tensor(ref("K", "o", "l"), o="n", l="n")
Z = ref("Z", "r", "s")

TRUE: dict[str, Statement] = {
    "(A B)ᵀ = Bᵀ Aᵀ": eq(prod("A B", "j", "i"), prod("B' A'", "i", "j"), **ij),
    "A(B C) = (A B)C": eq(
        total("k", "n", mul(ref("A", "i", "k"), prod("B C", "k", "j"))),
        total("k", "n", mul(prod("A B", "i", "k"), ref("C", "k", "j"))),
        **ij,
    ),
    "A(B + C) = A B + A C": eq(
        total("k", "n", mul(ref("A", "i", "k"), add(ref("B", "k", "j"), ref("C", "k", "j")))),
        add(prod("A B", "i", "j"), prod("A C", "i", "j")),
        **ij,
    ),
    "tr(A B C) = tr(B C A)": eq(trace("A B C"), trace("B C A")),
    "tr(A B C) = tr(Cᵀ Bᵀ Aᵀ)": eq(trace("A B C"), trace("C' B' A'")),
    "tr(A B)² = tr(B A)·tr(A B)": eq(power(trace("A B"), 2), mul(trace("B A"), trace("A B"))),
    "uᵀA w = wᵀAᵀu": eq(
        total("k l", "n", mul(u("k"), ref("A", "k", "l"), ref("w", "l"))),
        total("k l", "n", mul(ref("w", "k"), ref("A", "l", "k"), u("l"))),
    ),
    "A∘B = B∘A": eq(
        mul(ref("A", "i", "j"), ref("B", "i", "j")), mul(ref("B", "i", "j"), ref("A", "i", "j")), **ij
    ),
    "1ᵀ(A∘B)1 = tr(A Bᵀ)": eq(total("k l", "n", mul(ref("A", "k", "l"), ref("B", "k", "l"))), trace("A B'")),
    "I A = A": eq(total("k", "n", mul(delta("i", "k"), ref("A", "k", "j"))), ref("A", "i", "j"), **ij),
    "tr I = n": eq(total("k", "n", delta("k", "k")), n),
    "δ² = δ": eq(power(delta("i", "j"), 2), delta("i", "j"), **ij),
    "δ(1,i) δ(2,i) = 0": eq(mul(delta(1, "i"), delta(2, "i"), ref("a")), 0, i=3),
    "δ(2,i) δ(2,i) = δ(2,i)": eq(mul(delta(2, "i"), delta(2, "i")), delta(2, "i"), i=3),
    "δ u_i = δ u_j": eq(mul(delta("i", "j"), u("i")), mul(delta("i", "j"), u("j")), **ij),
    "1ᵀ1 = n": eq(total("k", "n", 1), n),
    "1 1ᵀ1 1ᵀ = n 1 1ᵀ": eq(total("k l", "n", 1), power(n, 2)),
    "Σ over two dimensions": eq(total("i", "n", total("j", "d", 1)), mul(count("d"), n)),
    "inv(A B) = inv(B) inv(A)": eq(
        inverse(total("l", "n", mul(ref("K", "r", "l"), ref("M", "l", "s"))), ("i", "j")),
        total("l", "n", mul(inv("M", "i", "l"), inv("K", "l", "j"))),
        **ij,
    ),
    "K inv(K) = I": eq(total("l", "n", mul(ref("K", "i", "l"), inv("K", "l", "j"))), delta("i", "j"), **ij),
    "inv(K) K = I": eq(total("l", "n", mul(inv("K", "i", "l"), ref("K", "l", "j"))), delta("i", "j"), **ij),
    "tr(K inv(K)) = n": eq(total("o l", "n", mul(ref("K", "o", "l"), inv("K", "l", "o"))), n),
    "inv(Kᵀ) = inv(K)ᵀ": eq(inverse(ref("K", "s", "r"), ("i", "j")), inv("K", "j", "i"), **ij),
    "inv(inv(K)) = K": eq(inverse(inv("K", "y", "z"), ("i", "j"), "y z"), ref("K", "i", "j"), **ij),
    "inv(2 K) = ½ inv(K)": eq(
        inverse(mul(2, ref("K", "r", "s")), ("i", "j")), mul(HALF, inv("K", "i", "j")), **ij
    ),
    "inv(T) symmetric": eq(inv("T", "i", "j"), inv("T", "j", "i"), **ij),
    "inv(I) = I": eq(inverse(delta("r", "s"), ("i", "j")), delta("i", "j"), **ij),
    "det I = 1": eq(det(delta("r", "s")), 1),
    "det(A B) = det A det B": eq(
        det(total("l", "n", mul(ref("A", "r", "l"), ref("B", "l", "s")))),
        mul(det(ref("A", "r", "s")), det(ref("B", "r", "s"))),
    ),
    "det Aᵀ = det A": eq(det(ref("A", "s", "r")), det(ref("A", "r", "s"))),
    "det(c A) = cⁿ det A": eq(det(mul(c, ref("A", "r", "s"))), mul(power(c, n), det(ref("A", "r", "s")))),
    "det inv(K) = 1/det K": eq(det(inv("K", "y", "z"), "y z"), power(det(ref("K", "r", "s")), -1)),
    "S = Sᵀ": eq(ref("S", "i", "j"), ref("S", "j", "i"), **ij),
    "uᵀS w = wᵀS u": eq(
        total("k l", "n", mul(u("k"), ref("S", "k", "l"), ref("w", "l"))),
        total("k l", "n", mul(ref("w", "k"), ref("S", "k", "l"), u("l"))),
    ),
    "(b+c)² = b² + 2bc + c²": eq(power(add(b, c), 2), add(power(b, 2), mul(2, b, c), power(c, 2))),
    "a⁻¹ a = 1": eq(mul(power(a, -1), a), 1),
    "b^t b = b^(t+1)": eq(mul(power(b, t), b), power(b, count("t+1"))),
    "(b c)^t = b^t c^t": eq(power(mul(b, c), t), mul(power(b, t), power(c, t))),
    "√p √p = p": eq(mul(sqrt(p), sqrt(p)), p),
    "√(p q) = √p √q": eq(sqrt(mul(p, q)), mul(sqrt(p), sqrt(q))),
    "√(p²) = p": eq(sqrt(power(p, 2)), p),
    "√(m²) = m": eq(sqrt(power(m, 2)), m),
    "√(b⁴) = b²": eq(sqrt(power(b, 4)), power(b, 2)),
    "√12 = 2√3": eq(sqrt(12), mul(2, sqrt(3))),
    "‖u‖² = uᵀu": eq(power(norm("u"), 2), dot("u", "u")),
    "‖2u‖ = 2‖u‖": eq(sqrt(total("k", "n", power(mul(2, u("k")), 2))), mul(2, norm("u"))),
    "uᵀu/‖u‖³ = 1/‖u‖": eq(mul(dot("u", "u"), power(norm("u"), -3)), power(norm("u"), -1)),
    "exp(b+c) = exp(b)exp(c)": eq(exp(add(b, c)), mul(exp(b), exp(c))),
    "exp(2b) = exp(b)²": eq(exp(mul(2, b)), power(exp(b), 2)),
    "exp(0) = 1": eq(exp(sub(b, b)), 1),
    "log exp b = b": eq(log(exp(b)), b),
    "exp log p = p": eq(exp(log(p)), p),
    "log(p q) = log p + log q": eq(log(mul(p, q)), add(log(p), log(q))),
    "log(v_i²) = 2 log v_i": eq(log(power(ref("v", "i"), 2)), mul(2, log(ref("v", "i"))), **i),
    "log(8) = 3 log 2": eq(log(8), mul(3, log(2))),
    "softmax sums to 1": eq(
        total("k", "n", div(exp(u("k")), total("l", "n", exp(u("l"))))),
        1,
    ),
    "Σ_k Σ_l = Σ_l Σ_k": eq(
        total("k l", "n", apply("σ", mul(u("k"), ref("w", "l")))),
        total("k l", "n", apply("σ", mul(u("l"), ref("w", "k")))),
    ),
    "(Σu)² = ΣΣ u u": eq(power(total("k", "n", u("k")), 2), total("k l", "n", mul(u("k"), u("l")))),
    "∂b³ = 3b²": eq(diff_scalar(power(ref("v_"), 3), b, "v_"), mul(3, power(b, 2))),
    "∂ uᵀz = u": eq(grad(total("l", "n", mul(u("l"), ref("z", "l"))), "w", "i"), u("i"), **i),
    "∂ zᵀA z = (A + Aᵀ)z": eq(
        grad(total("k l", "n", mul(ref("z", "k"), ref("A", "k", "l"), ref("z", "l"))), "w", "i"),
        total("l", "n", mul(add(ref("A", "i", "l"), ref("A", "l", "i")), ref("w", "l"))),
        **i,
    ),
    "∂‖z‖ = z/‖z‖": eq(grad(sqrt(z2), "u", "i"), div(u("i"), norm("u")), **i),
    "∂‖z‖² = 2z": eq(grad(z2, "w", "i"), mul(2, ref("w", "i")), **i),
    "∂ inv(Z) = -inv ∂ inv": eq(
        diff("Z", inverse(Z, (1, 1)), ("i", "j"), at_K), neg(mul(inv("K", 1, "i"), inv("K", "j", 1))), **ij
    ),
    "∂ log det Z = inv(Z)ᵀ": eq(
        diff("Z", mul(HALF, log(power(det(Z), 2))), ("i", "j"), at_K), inv("K", "j", "i"), **ij
    ),
    "∂ det Z = det Z inv(Z)ᵀ": eq(
        diff("Z", det(Z), ("i", "j"), at_K), mul(det(ref("K", "r", "s")), inv("K", "j", "i")), **ij
    ),
    "∂ tr(Z Zᵀ) = 2Z": eq(
        diff("Z", total("r s", "n", power(Z, 2)), ("i", "j"), at_K), mul(2, ref("K", "i", "j")), **ij
    ),
    "∂σ(uᵀz) = σ'(uᵀz) u": eq(
        grad(apply("σ", total("l", "n", mul(u("l"), ref("z", "l")))), "w", "i"),
        mul(apply("σ", dot("u", "w"), 1), u("i")),
        **i,
    ),
    "∂² σ = σ''": eq(
        diff_scalar(diff_scalar(apply("σ", ref("y_")), ref("v_"), "y_"), b, "v_"), apply("σ", b, 2)
    ),
    "∂f(2z) = 2 ∂f": eq(
        grad(call("f", tensor(mul(2, ref("z", "l")), l="n")), "w", "i"),
        mul(2, call("f", tensor(mul(2, ref("w", "l")), l="n"), by=((0, ("i",)),))),
        **i,
    ),
    "∂_i∂_j f = ∂_j∂_i f": eq(
        call("f", at_u, by=((0, ("i",)), (0, ("j",)))), call("f", at_u, by=((0, ("j",)), (0, ("i",)))), **ij
    ),
    "∂ g(z, zᵀz)": eq(
        grad(call("g", tensor(ref("z", "l"), l="n"), tensor(z2)), "u", "i"),
        add(
            call("g", at_u, tensor(dot("u", "u")), by=((0, ("i",)),)),
            mul(2, u("i"), call("g", at_u, tensor(dot("u", "u")), by=((1, ()),))),
        ),
        **i,
    ),
    "E[uᵀX] = uᵀE[X]": eq(
        mean(total("k", "n", mul(u("k"), ref("X", "k")))), total("k", "n", mul(u("k"), mean(ref("X", "k"))))
    ),
    "E[1] = 1": eq(mean(1), 1),
    "E[E[Y]Y] = E[Y]²": eq(mean(mul(mean(ref("Y")), ref("Y"))), power(mean(ref("Y")), 2)),
    "E[(Y-E[Y])²] = E[Y²]-E[Y]²": eq(
        mean(power(sub(ref("Y"), mean(ref("Y"))), 2)),
        sub(mean(power(ref("Y"), 2)), power(mean(ref("Y")), 2)),
    ),
    "∂E[(zᵀX)²]": eq(
        grad(mean(power(total("l", "n", mul(ref("z", "l"), ref("X", "l"))), 2)), "u", "i"),
        mul(2, total("l", "n", mul(u("l"), mean(mul(ref("X", "l"), ref("X", "i")))))),
        **i,
    ),
}

FALSE: dict[str, Statement] = {
    "√(b²) = b": eq(sqrt(power(b, 2)), b),
    "√(b c) = √b √c": eq(sqrt(mul(b, c)), mul(sqrt(b), sqrt(c))),
    "(b²)^½ (c²)^½ = b c": eq(mul(sqrt(power(b, 2)), sqrt(power(c, 2))), mul(b, c)),
    "inv(K) = inv(K)ᵀ": eq(inv("K", "i", "j"), inv("K", "j", "i"), **ij),
    "inv(K+M) = inv(K)+inv(M)": eq(
        inverse(add(ref("K", "r", "s"), ref("M", "r", "s")), ("i", "j")),
        add(inv("K", "i", "j"), inv("M", "i", "j")),
        **ij,
    ),
    "inv(K M) = inv(K) inv(M)": eq(
        inverse(total("l", "n", mul(ref("K", "r", "l"), ref("M", "l", "s"))), ("i", "j")),
        total("l", "n", mul(inv("K", "i", "l"), inv("M", "l", "j"))),
        **ij,
    ),
    "K∘inv(K) = I": eq(mul(ref("K", "i", "j"), inv("K", "i", "j")), delta("i", "j"), **ij),
    "tr(K inv(Kᵀ)) = n": eq(total("o l", "n", mul(ref("K", "o", "l"), inv("K", "o", "l"))), n),
    "tr(A B C) = tr(A C B)": eq(trace("A B C"), trace("A C B")),
    "A B = B A": eq(prod("A B", "i", "j"), prod("B A", "i", "j"), **ij),
    "(A B)ᵀ = Aᵀ Bᵀ": eq(prod("A B", "j", "i"), prod("A' B'", "i", "j"), **ij),
    "tr(A)² = tr(A²)": eq(power(trace("A"), 2), trace("A A")),
    "tr I = 1": eq(total("k", "n", delta("k", "k")), 1),
    "n = d": eq(n, count("d")),
    "A = Aᵀ": eq(ref("A", "i", "j"), ref("A", "j", "i"), **ij),
    "A S = S A": eq(prod("A S", "i", "j"), prod("S A", "i", "j"), **ij),
    "det(A+B) = det A + det B": eq(
        det(add(ref("A", "r", "s"), ref("B", "r", "s"))),
        add(det(ref("A", "r", "s")), det(ref("B", "r", "s"))),
    ),
    "det(c A) = c det A": eq(det(mul(c, ref("A", "r", "s"))), mul(c, det(ref("A", "r", "s")))),
    "det(-A) = -det A": eq(det(neg(ref("A", "r", "s"))), neg(det(ref("A", "r", "s")))),
    "σ(b+c) = σ(b)+σ(c)": eq(apply("σ", add(b, c)), add(apply("σ", b), apply("σ", c))),
    "σ(2b) = 2σ(b)": eq(apply("σ", mul(2, b)), mul(2, apply("σ", b))),
    "σ' = σ": eq(apply("σ", b, 1), apply("σ", b)),
    "sin = cos": eq(apply("sin", b), apply("cos", b)),
    "exp(b c) = exp(b)exp(c)": eq(exp(mul(b, c)), mul(exp(b), exp(c))),
    "log(p+q) = log p + log q": eq(log(add(p, q)), add(log(p), log(q))),
    "log(b²) = 2 log b where b < 0": eq(log(power(a, 2)), mul(2, log(a))),
    "E[Y²] = E[Y]²": eq(mean(power(ref("Y"), 2)), power(mean(ref("Y")), 2)),
    "E[X_i Y] = E[X_i]E[Y]": eq(
        mean(mul(ref("X", "i"), ref("Y"))), mul(mean(ref("X", "i")), mean(ref("Y"))), **i
    ),
    "E[Y] = Y": eq(mean(ref("Y")), ref("Y")),
    "E[Y σ(Y)] = E[Y]σ(Y)": eq(
        mean(mul(ref("Y"), apply("σ", ref("Y")))), mul(mean(ref("Y")), apply("σ", ref("Y")))
    ),
    "b^t = 1": eq(power(b, t), 1),
    "0^t = 0": eq(power(0, t), 0),
    "δ(1,i) δ(2,j) = 0": eq(mul(delta(1, "i"), delta(2, "j")), 0, i=3, j=3),
    "δ(2,i) δ(2,i) = 0": eq(mul(delta(2, "i"), delta(2, "i")), 0, i=3),
    "δ_ij = δ_il": eq(delta("i", "j"), delta("i", "l"), **fixed("i", "j", "l")),
    "u_i = u_j": eq(u("i"), u("j"), **ij),
    "u_i = u_1": eq(u("i"), u(1), **i),
    "Σu² = (Σu)²": eq(total("k", "n", power(u("k"), 2)), power(total("k", "n", u("k")), 2)),
    "‖u+w‖ = ‖u‖+‖w‖": eq(
        sqrt(total("k", "n", power(add(u("k"), ref("w", "k")), 2))), add(norm("u"), norm("w"))
    ),
    "∂‖z‖ = z": eq(grad(sqrt(z2), "u", "i"), u("i"), **i),
    "∂ zᵀA z = 2A z": eq(
        grad(total("k l", "n", mul(ref("z", "k"), ref("A", "k", "l"), ref("z", "l"))), "w", "i"),
        mul(2, total("l", "n", mul(ref("A", "i", "l"), ref("w", "l")))),
        **i,
    ),
    "∂ log det Z = inv(Z)": eq(
        diff("Z", mul(HALF, log(power(det(Z), 2))), ("i", "j"), at_K), inv("K", "i", "j"), **ij
    ),
    "∂_i f = ∂_j f": eq(call("f", at_u, by=((0, ("i",)),)), call("f", at_u, by=((0, ("j",)),)), **ij),
    "f(u) = f(w)": eq(call("f", at_u), call("f", tensor(ref("w", "o"), o="n"))),
    "∂f(2z) = ∂f": eq(
        grad(call("f", tensor(mul(2, ref("z", "l")), l="n")), "w", "i"),
        call("f", tensor(mul(2, ref("w", "l")), l="n"), by=((0, ("i",)),)),
        **i,
    ),
    "1/3 = 0.3": eq(Fraction(1, 3), Fraction(3, 10)),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_identity_is_decided(name: str) -> None:
    answer = verdict(WORLD, TRUE[name])
    assert answer.outcome == "proved", answer.reason


@pytest.mark.parametrize("name", FALSE)
def test_false_identity_is_not_equal(name: str) -> None:
    answer = verdict(WORLD, FALSE[name])
    assert answer.outcome == "undecided"
    assert "the two sides do not differ by what the premises give" in answer.reason
