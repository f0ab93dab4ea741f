"""A matrix with the four laws of a pseudo-inverse is the pseudo-inverse (Penrose 1955).

To show pinv(M) = X, the laws of X are shown. Then M·X = M·P and X·M = P·M, by combinations of the laws of
both, always the same ones, which are found once; and so X = X·M·X = X·M·P = P·M·P = P.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from typing import Protocol

from lemmata.derive.algebra.membership import Order, membership
from lemmata.derive.algebra.poly import Cofactor, Poly, Proof, Word
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, Penrose, Step, Use
from lemmata.kernel.certificate import Proof as Steps
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.terms import MINUS_ONE, ONE, ZERO, Dim, Index, Mul, Term
from lemmata.language.around import ALONE
from lemmata.language.build import pinv
from lemmata.language.expr import Expr, number, subexpressions, zeros_like
from lemmata.language.lower import COLUMN, ROW, Lowering, lower

#: The letters of M, P and X, each before its transpose.
M, P, X = 0, 2, 4
LAWS = ("first", "second", "third", "fourth")
#: The equations M·X = M·P and X·M = P·M, after the laws of P and of X, each before its transpose.
COLUMNS, ROWS = 16, 17
#: P - X, of P·M·P = P, X·M·X = X and these.
THE_SAME: Proof = (
    Cofactor(Fraction(-1), (), (), 2, ()),
    Cofactor(Fraction(1), (), (), 10, ()),
    Cofactor(Fraction(-1), (), (P,), COLUMNS, ()),
    Cofactor(Fraction(-1), (), (), ROWS, (X,)),
)


class Prover(Protocol):
    """Finds steps of which the last claims that a difference is 0, by laws of what is `beside` it, too."""

    def __call__(
        self, difference: Expr, claim: Claim, label: str, beside: tuple[Expr, ...] = ()
    ) -> Steps | None: ...


def sides(matrix: Expr, inverse: Expr) -> dict[str, tuple[Expr, Expr]]:
    """The four laws."""
    return {
        "first": (matrix @ inverse @ matrix, matrix),
        "second": (inverse @ matrix @ inverse, inverse),
        "third": (matrix @ inverse, (matrix @ inverse).T),
        "fourth": (inverse @ matrix, (inverse @ matrix).T),
    }


class Symmetric(Protocol):
    """Finds what a product that is symmetric is, and steps of which the last claims this."""

    def __call__(
        self, product: Expr, label: str, beside: tuple[Expr, ...] = ()
    ) -> tuple[Expr, Steps] | None: ...


def by_uniqueness(
    matrix: Expr,
    other: Expr,
    claim: Claim,
    label: str,
    sign: int = 1,
    *,
    names: Names,
    prove: Prover,
    symmetric: Symmetric,
) -> Steps | None:
    """Steps of which the last claims pinv(matrix) = other (with sign -1, other = pinv(matrix))."""
    inverse = pinv(matrix)
    found = _Laws(matrix, other, f"{label}x", names, prove, symmetric).steps()
    if found is None:
        return None
    steps: list[Step] = []
    for law, (left, right) in sides(matrix, inverse).items():
        by = Penrose(law, Lowering().tensor(matrix, ALONE))
        steps.append(Step(f"{label}p{law}", _equation(left, right), by))
    exprs = {M: matrix, P: inverse, X: other}

    def combined(name: str, said: Claim, proof: Proof, sign: int = 1) -> Step:
        uses = tuple(_use(part, exprs, sign, label, names) for part in proof)
        return Step(name, said, Combine(uses, ZERO, (), ()))

    columns = combined(
        f"{label}columns", _equation(matrix @ other, matrix @ inverse), derivation((M, X), (M, P))
    )
    rows = combined(f"{label}rows", _equation(other @ matrix, inverse @ matrix), derivation((X, M), (P, M)))
    return (*steps, *found, columns, rows, combined(label, claim, THE_SAME, sign))


@dataclass(frozen=True)
class _Laws:
    """The four laws of a pseudo-inverse, for a matrix M and another X; their labels begin alike."""

    matrix: Expr
    other: Expr
    label: str
    names: Names
    prove: Prover
    symmetric: Symmetric

    def steps(self) -> Steps | None:
        """The laws from what M·X and X·M are, where that is seen; the shorter one shows the first two."""
        products = {"third": self.matrix @ self.other, "fourth": self.other @ self.matrix}
        steps: list[Step] = []
        values: dict[str, Expr] = {}
        for law, product in products.items():
            found = self.symmetric(product, f"{self.label}{law}m") or self.symmetric(
                product, f"{self.label}{law}m", beside=(pinv(self.matrix),)
            )
            if found is None:
                return None
            values[law], before = found
            rest = self.rest(values[law] - values[law].T, f"{self.label}{law}v")
            if rest is None:
                return None
            steps += (*before, *rest, self.turned(law))
        short = min(values, key=lambda law: len(list(subexpressions(values[law]))))
        for law, factor in (("first", self.matrix), ("second", self.other)):
            behind = (law == "first") == (short == "third")
            again = values[short] @ factor if behind else factor @ values[short]
            rest = self.rest(again - factor, f"{self.label}{law}v")
            if rest is None:
                return None
            steps += (*rest, self.again(law, short, factor, behind=behind))
        return tuple(steps)

    def rest(self, gap: Expr, label: str) -> Steps | None:
        what = gap, _equation(gap, zeros_like(gap.shape)), label
        return self.prove(*what) or self.prove(*what, beside=(pinv(self.matrix),))

    def turned(self, law: str) -> Step:
        """M·X - (M·X)ᵀ is V - Vᵀ, where M·X = V."""
        uses = self.use(f"{law}m"), self.use(f"{law}m", COLUMN, ROW, MINUS_ONE), self.use(f"{law}v")
        return self.step(law, *uses)

    def again(self, law: str, product: str, factor: Expr, *, behind: bool) -> Step:
        """M·X·M - M is V·M - M, where M·X = V; or M·V - M, where X·M = V."""
        k = Index(self.names.name())
        places, times = (
            ((ROW, k), lower(factor, k, COLUMN)) if behind else ((k, COLUMN), lower(factor, ROW, k))
        )
        dim = factor.shape[0 if behind else 1]
        return self.step(law, self.use(f"{product}m", *places, times, (k.name, dim)), self.use(f"{law}v"))

    def step(self, law: str, *uses: Use) -> Step:
        claim = _equation(*sides(self.matrix, self.other)[law])
        return Step(f"{self.label}{law}", claim, Combine(uses, ZERO, (), ()))

    def use(
        self, name: str, i: Index = ROW, j: Index = COLUMN, times: Term = ONE, *sums: tuple[str, Dim]
    ) -> Use:
        return Use(f"{self.label}{name}", ((ROW.name, i), (COLUMN.name, j)), sums, times)


def _equation(left: Expr, right: Expr) -> Claim:
    binders = tuple((place.name, dim) for place, dim in zip((ROW, COLUMN), left.shape, strict=True))
    return Claim(binders, "=", lower(left, ROW, COLUMN), lower(right, ROW, COLUMN))


@cache
def derivation(left: Word, right: Word) -> Proof:
    """That two words are the same, as a combination of the laws of P and of X, and of their transposes."""
    goal: Poly = {((), left): Fraction(1), ((), right): Fraction(-1)}
    found = membership(goal, [poly for letter in (P, X) for poly in _laws(letter)], Order())
    if found is None or found.lemmas:
        raise NotImplementedError("the laws of Penrose have no combination which shows uniqueness")
    return found.proof


def _laws(letter: int) -> list[Poly]:
    """The laws of one letter, each before its transpose where that says more."""
    m, p = (M,), (letter,)
    pairs = [(m + p + m, m), (p + m + p, p), (m + p, _turned(m + p)), (p + m, _turned(p + m))]
    found: list[Poly] = []
    for left, right in pairs:
        for first, second in ((left, right), (_turned(left), _turned(right))):
            found.append({((), first): Fraction(1), ((), second): Fraction(-1)})
    return found


def _turned(word: Word) -> Word:
    """The transpose of a word: letters come in pairs."""
    return tuple(letter ^ 1 for letter in reversed(word))


def _use(part: Cofactor, exprs: dict[int, Expr], sign: int, label: str, names: Names) -> Use:
    """One law, multiplied from both sides, at the entry of the claim."""
    number_of_law, flipped = divmod(part.relation, 2)
    whose, law = divmod(number_of_law, len(LAWS))
    if part.relation in (COLUMNS, ROWS):
        name, dim = (
            ("columns", exprs[M].shape[0]) if part.relation == COLUMNS else ("rows", exprs[M].shape[1])
        )
        name, shape, flipped = f"{label}{name}", (dim, dim), 0
    else:
        name = f"{label}{'px'[whose]}{LAWS[law]}"
        shape = sides(exprs[M], exprs[(P, X)[whose]])[LAWS[law]][0].shape
        shape = shape[::-1] if flipped else shape
    row, before, sums = _side(part.left, shape[0], ROW, exprs, names, at_left=True)
    column, behind, more = _side(part.right, shape[1], COLUMN, exprs, names, at_left=False)
    places = (column, row) if flipped else (row, column)
    at = tuple(zip((ROW.name, COLUMN.name), places, strict=True))
    times = Mul((lower(number(sign * part.factor)), *before, *behind))
    return Use(name, at, (*sums, *more), times)


def _side(
    word: Word, dim: str | int, outer: Index, exprs: dict[int, Expr], names: Names, *, at_left: bool
) -> tuple[Index, list[Term], list[tuple[str, Dim]]]:
    """The index at which the law stands, the factor before or behind it, and what is summed."""
    if not word:
        return outer, [], []
    inner = Index(names.name())
    parts = (exprs[letter & ~1].T if letter & 1 else exprs[letter] for letter in word)
    expr: Expr = reduce(lambda a, b: a @ b, parts)
    places = (outer, inner) if at_left else (inner, outer)
    return inner, [lower(expr, *places)], [(inner.name, dim)]
