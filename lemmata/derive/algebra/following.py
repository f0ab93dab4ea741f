"""An equation of matrices from others: found among words of letters, written as one step of the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from lemmata.derive.algebra.letters import Letters
from lemmata.derive.algebra.membership import membership
from lemmata.derive.algebra.poly import Cofactor, Poly, Proof, Word, added, scaled
from lemmata.derive.inverses import law_of
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, InverseLaw, Step, Use
from lemmata.kernel.certificate import Proof as Steps
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.errors import TooLarge
from lemmata.kernel.terms import ZERO, Dim, Index, Inverse, Mul, Ref, Term
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, Statement, number
from lemmata.language.lower import COLUMN, ROW, lower, lower_statement


#: The names of the row and the column in the law of an inverse.
LAW_PLACES = ("r%w", "c%w")


@dataclass(frozen=True)
class _Relation:
    """An equation that may be used: the polynomial of its difference, its name as a premise (none where the
    kernel needs none), whether it is transposed, and its shape."""

    poly: Poly
    label: str
    flipped: bool
    shape: tuple[str | int, str | int]


def by_words(
    statement: Statement, claim: Claim, given: Iterable[tuple[str, Statement]], label: str, names: Names
) -> Steps | None:
    """Steps of which the last claims the statement; None where no combination of what is given was found."""
    if statement.relation != "==" or statement.over is not None:
        return None
    try:
        return _Following(Letters(), label, names).steps(statement, claim, given)
    except (LanguageError, TooLarge):
        return None


@dataclass
class _Following:
    letters: Letters
    label: str
    names: Names

    def steps(self, statement: Statement, claim: Claim, given: Iterable[tuple[str, Statement]]) -> Steps | None:
        goal = self.difference(statement)
        relations = [relation for label, said in given for relation in self.relations(label, said)]
        laws, named = self.inverse_laws()
        relations = [*named, *relations]
        if not relations:
            return None
        proof = membership(goal, [relation.poly for relation in relations])
        if proof is None:
            return None
        uses = [self.use(part, relations[part.relation]) for part in proof if relations[part.relation].label]
        used = {use.premise for use in uses}
        last = Step(self.label, claim, Combine(tuple(uses), ZERO, (), ()))
        return (*(step for step in laws if step.id in used), last)

    def difference(self, statement: Statement) -> Poly:
        left, right = self.letters.poly(statement.left), self.letters.poly(statement.right)
        return added(left, scaled(right, -1))

    def relations(self, label: str, said: Statement) -> Iterator[_Relation]:
        """A hypothesis, and its transpose."""
        if said.relation != "==" or said.over is not None:
            return
        poly, shape = self.difference(said), said.left.shape
        yield _Relation(poly, label, False, shape)
        flipped = self.letters.transposed(poly)
        if flipped not in (poly, scaled(poly, -1)):
            yield _Relation(flipped, label, True, shape[::-1])

    def inverse_laws(self) -> tuple[list[Step], list[_Relation]]:
        """The laws of the inverses met, as steps where the normal form does not know them."""
        steps: list[Step] = []
        found: list[_Relation] = []
        for place, law in enumerate(self.letters.laws):
            expr = self.letters.exprs[law.letter]
            name = ""
            if law.side and expr.shape != SCALAR:
                term = lower(expr, Index("a%"), Index("b%"))
                if isinstance(term, Inverse) and not isinstance(term.body, Ref):
                    name = f"{self.label}w{place}"
                    steps.append(Step(name, law_of(term, law.side, self.names, LAW_PLACES), InverseLaw(term, law.side)))
            found.append(_Relation(law.poly, name, False, expr.shape))
        return steps, found

    def use(self, part: Cofactor, relation: _Relation) -> Use:
        """left · (relation) · right at the entry (row, column) of the claim."""
        rows, columns = relation.shape
        row, before, sums = self.side(part.left, rows, ROW, "left")
        column, behind, more = self.side(part.right, columns, COLUMN, "right")
        places = ((row, rows), (column, columns))
        if relation.flipped:
            places = places[::-1]
        at = [index for index, dim in places if dim != 1]
        binders = self.binders(relation)
        factors: list[Term] = [lower(number(part.factor)), *before, *behind]
        factors += [lower(self.scalar(letter) ** number(e)) for letter, e in part.scalars]
        return Use(
            relation.label, tuple(zip(binders, at, strict=True)), (*sums, *more), Mul(tuple(factors))
        )

    def binders(self, relation: _Relation) -> list[str]:
        """The names of the row and the column in the premise."""
        shape = relation.shape[::-1] if relation.flipped else relation.shape
        if relation.label.startswith(f"{self.label}w"):
            return list(LAW_PLACES)
        return [place.name for place, dim in zip((ROW, COLUMN), shape, strict=True) if dim != 1]

    def side(
        self, word: Word, dim: str | int, outer: Index, which: str
    ) -> tuple[Index, list[Term], list[tuple[str, Dim]]]:
        """The index at which the relation stands, the factor before or behind it, and what is summed."""
        if not word:
            return outer, [], []
        inner = Index(self.names.name())
        expr = reduce(lambda a, b: a @ b, (self.letters.exprs[letter] for letter in word))
        places = (outer, inner) if which == "left" else (inner, outer)
        row, column = (None if d == 1 else p for p, d in zip(places, expr.shape, strict=True))
        return inner, [lower(expr, row, column)], [(inner.name, dim)] if dim != 1 else []

    def scalar(self, letter: int) -> Expr:
        return self.letters.exprs[letter]


__all__ = ["Proof", "by_words", "lower_statement"]
