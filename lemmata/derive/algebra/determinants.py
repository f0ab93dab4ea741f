"""What is known of the determinants in a claim: of products, of I + A·B, and of both sides of an equation."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from lemmata.derive.algebra.letters import Letters
from lemmata.derive.algebra.poly import Monomial, Poly, Scalars, Word, added, over, product, scaled
from lemmata.derive.algebra.relation import Relation
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Congruence, DeterminantLaw, Step
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.terms import Determinant, Index, Lambda, Ref
from lemmata.language.around import ALONE
from lemmata.language.expr import Expr, Statement, number
from lemmata.language.lower import Lowering, lower

#: How many determinants of sums are looked at.
LARGEST = 12


@dataclass
class Determinants:
    """Finds relations between the letters of determinants, with a step of the kernel for each."""

    letters: Letters
    label: str
    names: Names
    steps: dict[str, Step] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def find(self, given: list[tuple[str, Statement]]) -> None:
        """All relations; where no determinant occurs there are none."""
        if not self.letters.compounds and not self.letters.singles:
            return
        for label, said in given:
            self.of_equation(label, said)
        for letter, poly in list(self.letters.compounds.items())[:LARGEST]:
            self.of_sum(letter, poly)
        for letter in list(self.letters.singles)[:LARGEST]:
            for compound in list(self.letters.compounds)[:LARGEST]:
                self.of_product(letter, compound)

    def of_equation(self, label: str, said: Statement) -> None:
        """l = r gives det l = det r."""
        n, m = said.left.shape
        if said.relation != "==" or said.over is not None or n != m or n == 1:
            return
        left, right = Expr("det", (said.left,)), Expr("det", (said.right,))
        if said.right.head == "zeros":
            return
        hole = "h%"
        i, j = Index(self.names.name()), Index(self.names.name())
        template = Determinant(i.name, j.name, n, Ref(hole, (i, j)))
        by = Congruence(label, (), hole, template, ())
        self.add(left, right, by)

    def of_sum(self, letter: int, poly: Poly) -> None:
        """det(c·B + u v) = c^n·det(B)·det(I + inv(B) u v / c) = c^n·det(B)·det(I + v inv(B) u / c)."""
        n = self.letters.exprs[letter].args[0].shape[0]
        for first in list(poly):
            rest = [monomial for monomial in poly if monomial != first]
            if len(rest) != 1 or len(first[1]) > 1 or len(rest[0][1]) < 2:
                continue
            for cut in range(1, len(rest[0][1])):
                self.exchanged((first, poly[first]), n, (rest[0], poly[rest[0]]), cut)

    def exchanged(
        self, base: tuple[Monomial, Fraction], n: str | int, term: tuple[Monomial, Fraction], cut: int
    ) -> None:
        ((under, matrix_word), divisor), ((scalars, word), factor) = base, term
        u, v = self.word(word[:cut]), self.word(word[cut:])
        scale = self.scaled(over(scalars, under), factor / divisor)
        left = u if scale.head == "number" and scale.data == 1 else scale * u
        matrix = self.word(matrix_word) if matrix_word else None
        if matrix is not None:
            left = Expr("inverse", (matrix,), matrix.shape) @ left
        identity = Expr("identity", (), (n, n))
        inner = identity + left @ v
        m = v.shape[0]
        other = number(1) + v @ left if m == 1 else Expr("det", (Expr("identity", (), (m, m)) + v @ left,))
        self.add(Expr("det", (inner,)), other, DeterminantLaw("exchange", *map(self.tensor, (left, v))))
        if matrix is not None or under or divisor != 1:
            front = self.scaled(under, divisor)
            outer = identity if matrix is None else matrix
            outer = outer if front.head == "number" and front.data == 1 else front * outer
            law = DeterminantLaw("product", *map(self.tensor, (outer, inner)))
            self.add(Expr("det", (outer @ inner,)), Expr("det", (outer,)) * Expr("det", (inner,)), law)

    def scaled(self, scalars: Scalars, factor: Fraction) -> Expr:
        """A product of powers of scalars and a number."""
        scale = number(factor)
        for letter, exponent in scalars:
            power = self.letters.exprs[letter] ** number(exponent)
            scale = power if scale.head == "number" and scale.data == 1 else scale * power
        return scale

    def of_product(self, single: int, compound: int) -> None:
        """det(A)·det(P) = det(A·P), if det(A·P) occurs."""
        matrix = self.letters.exprs[self.letters.singles[single]]
        other = self.letters.exprs[compound].args[0]
        if matrix.shape != other.shape:
            return
        for first, second in ((matrix, other), (other, matrix)):
            poly = self.expanded(product(self.letters.poly(first), self.letters.poly(second)))
            key = frozenset(poly.items())
            if key in self.letters.determinants:
                law = DeterminantLaw("product", *map(self.tensor, (first, second)))
                value = self.letters.central(self.letters.determinants[key])
                self.note(
                    Expr("det", (first @ second,)), Expr("det", (first,)) * Expr("det", (second,)), law, value
                )

    def expanded(self, poly: Poly) -> Poly:
        """The polynomial after A·inv(A) = I for single letters."""
        pairs: dict[Word, Word] = {}
        for key, inverse in self.letters.inverses.items():
            if len(key) == 1:
                ((_, word), _) = next(iter(key))
                if len(word) == 1:
                    pairs |= {(word[0], inverse): (), (inverse, word[0]): ()}
        found: Poly = {}
        for (scalars, word), value in poly.items():
            place = 0
            while place + 1 < len(word):
                if word[place : place + 2] in pairs:
                    word, place = word[:place] + word[place + 2 :], max(0, place - 1)
                else:
                    place += 1
            found = added(found, {(scalars, word): value})
        return found

    def add(self, left: Expr, right: Expr, by: DeterminantLaw | Congruence) -> None:
        """det(M) = ..., where M is expanded."""
        (matrix,) = left.args
        value = self.letters.determinant_of(self.expanded(self.letters.poly(matrix)), matrix)
        self.note(left, right, by, value)

    def note(self, left: Expr, right: Expr, by: DeterminantLaw | Congruence, value: Poly) -> None:
        """A step that claims left = right, and its relation."""
        name = f"{self.label}d{len(self.steps)}"
        self.steps[name] = Step(name, Claim((), "=", lower(left), lower(right)), by)
        poly = added(value, scaled(self.letters.poly(right), -1))
        if poly:
            self.relations.append(Relation(poly, name))

    def word(self, word: Word) -> Expr:
        return reduce(lambda a, b: a @ b, (self.letters.exprs[letter] for letter in word))

    def tensor(self, expr: Expr) -> Lambda:
        return Lowering().tensor(expr, ALONE)
