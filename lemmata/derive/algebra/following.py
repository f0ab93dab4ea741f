"""An equation of matrices from others: found among words of letters, written as one step of the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from lemmata.derive.algebra.determinants import Determinants
from lemmata.derive.algebra.exponentials import intertwined
from lemmata.derive.algebra.letters import Letters
from lemmata.derive.algebra.membership import Completion, Order, membership
from lemmata.derive.algebra.poly import Cofactor, Poly, Scalars, Word, added, scaled
from lemmata.derive.algebra.relation import Relation
from lemmata.derive.algebra.traces import of_numbers, of_traces
from lemmata.derive.algebra.uniqueness import sides
from lemmata.derive.inverses import law_of, with_facts
from lemmata.derive.names import Names
from lemmata.kernel.certificate import Combine, InverseLaw, OneSided, Penrose, Step, Use
from lemmata.kernel.certificate import Proof as Steps
from lemmata.kernel.context import Statement as Claim
from lemmata.kernel.errors import TooLarge
from lemmata.kernel.terms import ZERO, Dim, Index, Inverse, Mul, Ref, Term
from lemmata.language.around import ALONE
from lemmata.language.build import pinv
from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr, Statement, number, same, subexpressions
from lemmata.language.lower import COLUMN, ROW, Lowering, lower, lower_statement

#: The names of the row and the column in the law of an inverse.
LAW_PLACES = ("r%w", "c%w")


@dataclass(frozen=True)
class Given:
    """A statement that may be used: its name as a premise, and the names of its rows and columns there."""

    label: str
    said: Statement
    binders: tuple[str, ...] | None = None


def by_words(
    difference: Expr,
    claim: Claim,
    label: str,
    names: Names,
    *,
    given: Iterable[Given],
    facts: tuple[str, ...],
    exponentials: bool = True,
    beside: tuple[Expr, ...] = (),
) -> Steps | None:
    """Steps of which the last claims the equation whose sides differ by an expression; None where no
    combination of what is given was found. `facts` are the premises which may give conditions;
    `exponentials` says whether it is looked for what these pass through; the laws of inverses are used of
    those which occur, and of those `beside`."""
    following = _Following(Letters(), label, names, facts, exponentials)
    try:
        for expr in beside:
            following.letters.poly(expr)
        return following.steps(difference, claim, list(given))
    except (LanguageError, TooLarge):
        return None


@dataclass
class _Following:
    letters: Letters
    label: str
    names: Names
    known: tuple[str, ...]
    passes: bool = True
    #: Steps by which one-sided inverses are inverses, and by which determinants are not 0.
    sided: dict[str, Step] = field(default_factory=dict)
    facts: dict[str, Step] = field(default_factory=dict)

    def steps(self, difference: Expr, claim: Claim, given: list[Given]) -> Steps | None:
        goal = self.letters.poly(difference)
        relations = [relation for known in given for relation in self.relations(known)]
        determinants = Determinants(self.letters, self.label, self.names)
        determinants.find([(known.label, known.said) for known in given])
        for relation in list(relations):
            relations += self.turned(relation)
        laws, named = self.inverse_laws()
        relations = [*named, *relations]
        powers = self.exponentials(given, relations)
        order = Order(self.defined(given), _units([goal, *(relation.poly for relation in relations)]))
        if difference.shape == SCALAR:
            relations += of_traces(self.letters, relations, order) if self.letters.traces else []
            relations += determinants.relations
        numbers = [relation.poly for relation in relations if relation.shape == SCALAR]
        relations += of_numbers(self.letters, [*numbers, *([goal] if difference.shape == SCALAR else [])])
        if not relations:
            return None
        proof = membership(goal, [relation.poly for relation in relations], order)
        if proof is None:
            return None
        uses = [use for part in proof for use in self.uses(part, relations)]
        used = {use.premise for use in uses}
        before = [
            step for step in (*laws, *determinants.steps.values(), *self.sided.values()) if step.id in used
        ]
        before += [step for steps in powers if steps[-1].id in used for step in steps]
        facts = (*self.known, *self.facts)
        before = [with_facts(step, facts) for step in before]
        return (*self.facts.values(), *before, Step(self.label, claim, Combine(tuple(uses), ZERO, (), facts)))

    def difference(self, statement: Statement) -> Poly:
        left, right = self.letters.poly(statement.left), self.letters.poly(statement.right)
        return added(left, scaled(right, -1))

    def defined(self, given: list[Given]) -> frozenset[int]:
        """The letters of variables which hypotheses give by others, and of their transposes."""
        found: set[int] = set()
        for said in (known.said for known in given):
            for side, other in ((said.left, said.right), (said.right, said.left)):
                known = said.relation == "==" and side.head == "variable" and other.head != "variable"
                if known and not mentions(other, side):
                    found |= {(letter := self.letters.letter(side)), self.letters.flip(letter)}
                    break
        return frozenset(found)

    def relations(self, known: Given) -> Iterator[Relation]:
        """A hypothesis, and its transpose."""
        label, said = known.label, known.said
        if said.relation != "==" or said.over is not None:
            return
        poly, shape = self.difference(said), said.left.shape
        binders = tuple(p.name for p, dim in zip((ROW, COLUMN), shape, strict=True) if dim != 1)
        binders = binders if known.binders is None else known.binders
        yield Relation(poly, label, binders, False, shape)
        flipped = self.letters.transposed(poly)
        if flipped not in (poly, scaled(poly, -1)):
            yield Relation(flipped, label, binders, True, shape[::-1])

    def turned(self, relation: Relation) -> Iterator[Relation]:
        """B·A = I, where A·B = I is given for square A and B."""
        identity = ((), ())
        words = [monomial for monomial in relation.poly if monomial != identity]
        rows, columns = relation.shape
        if relation.flipped or rows != columns or len(words) != 1 or len(relation.poly) != 2:
            return
        (scalars, word), factor = words[0], relation.poly[words[0]]
        if scalars or relation.poly[identity] != -factor:
            return
        for cut in range(1, len(word)):
            if self.letters.shape(word[cut])[0] == rows:
                yield from self.turned_at(relation, word[:cut], word[cut:], cut)

    def turned_at(self, relation: Relation, first: Word, second: Word, cut: int) -> Iterator[Relation]:
        n = relation.shape[0]
        left, right = (reduce(lambda a, b: a @ b, map(self.expr, word)) for word in (first, second))
        name = f"{self.label}o{len(self.sided)}"
        claim = lower_statement(right @ left == Expr("identity", (), (n, n)))
        by = OneSided(relation.label, *(Lowering().tensor(part, ALONE) for part in (left, right)))
        self.sided[name] = Step(name, claim, by)
        if len(first) == 1 and self.letters.has_inverse(first[0]):
            said = Claim((), "!=", lower(Expr("det", (left,))), ZERO)
            self.facts[f"{name}n"] = Step(f"{name}n", said, by)
        poly: Poly = {((), second + first): Fraction(1), ((), ()): Fraction(-1)}
        yield Relation(poly, name, relation.binders, False, relation.shape)
        yield Relation(self.letters.transposed(poly), name, relation.binders, True, relation.shape)

    def expr(self, letter: int) -> Expr:
        return self.letters.exprs[letter]

    def inverse_laws(self) -> tuple[list[Step], list[Relation]]:
        """The laws of the inverses met, as steps where the normal form does not know them."""
        steps: list[Step] = []
        found: list[Relation] = []
        for place, law in enumerate(self.letters.laws):
            expr = self.letters.exprs[law.letter]
            name = ""
            if expr.head == "pinv":
                name = f"{self.label}w{place}"
                steps.append(self.penrose(name, law.side, expr.args[0]))
                sizes = {"first": expr.shape[::-1], "second": expr.shape}
                rows = expr.shape[1 if law.side == "third" else 0]
                shape = sizes.get(law.side, (rows, rows))
                found.append(Relation(law.poly, name, LAW_PLACES, False, shape))
                found.append(Relation(self.letters.transposed(law.poly), name, LAW_PLACES, True, shape[::-1]))
                continue
            if law.side and expr.shape != SCALAR:
                term = lower(expr, Index("a%"), Index("b%"))
                if isinstance(term, Inverse) and not isinstance(term.body, Ref):
                    name = f"{self.label}w{place}"
                    claim = law_of(term, law.side, self.names, LAW_PLACES)
                    steps.append(Step(name, claim, InverseLaw(term, law.side)))
            found.append(Relation(law.poly, name, LAW_PLACES, False, expr.shape))
        return steps, found

    def exponentials(self, given: list[Given], relations: list[Relation]) -> list[Steps]:
        """What passes exponentials through, as steps; as relations, it is added to those there are."""
        if not self.passes or not any(expr.head == "expm" for expr in self.letters.exprs):
            return []
        completion = Completion([relation.poly for relation in relations], Order())
        found: list[Steps] = []

        def vanishes(poly: Poly) -> bool:
            return not completion.reduced(poly)[0]

        def prove(gap: Expr, claim: Claim, label: str) -> Steps | None:
            by_form = (Step(label, claim, Combine((), ZERO, (), self.known)),)
            if not self.letters.poly(gap):
                return by_form
            return by_words(gap, claim, label, self.names, given=given, facts=self.known, exponentials=False)

        for steps, said in intertwined(self.letters, self.label, LAW_PLACES, vanishes, prove):
            poly, name = self.letters.poly(said), steps[-1].id
            relations.append(Relation(poly, name, LAW_PLACES, False, said.shape))
            relations.append(
                Relation(self.letters.transposed(poly), name, LAW_PLACES, True, said.shape[::-1])
            )
            found.append(steps)
        return found

    def penrose(self, name: str, law: str, matrix: Expr) -> Step:
        """A step that claims one law of the pseudo-inverse of a matrix."""
        first, second = sides(matrix, pinv(matrix))[law]
        left, right = (lower(side, *map(Index, LAW_PLACES)) for side in (first, second))
        binders = tuple(zip(LAW_PLACES, first.shape, strict=True))
        by = Penrose(law, Lowering().tensor(matrix, ALONE))
        return Step(name, Claim(binders, "=", left, right), by)

    def uses(self, part: Cofactor, relations: list[Relation]) -> Iterator[Use]:
        """factor · scalars · left · (relation) · right, as uses of the premises behind the relation."""
        relation = relations[part.relation]
        factors = [lower(number(part.factor)), *self.scalars(part.scalars)]
        if relation.traced:
            for inner in relation.traced:
                place = Index(self.names.name())
                yield from self.use(inner, relations[inner.relation], (place, place), factors)
        elif relation.label:
            yield self.use_of(part, relation, (ROW, COLUMN), self.scalars(part.scalars))

    def use(
        self, part: Cofactor, relation: Relation, ends: tuple[Index, Index], factors: list[Term]
    ) -> Iterator[Use]:
        """A use in a trace: both ends are one index, over which is summed."""
        if not relation.label:
            return
        found = self.use_of(part, relation, ends, [*factors, *self.scalars(part.scalars)])
        first = part.left[0] if part.left else None
        dim = self.letters.shape(first)[0] if first is not None else relation.shape[0]
        yield Use(found.premise, found.at, ((ends[0].name, dim), *found.sums), found.times)

    def use_of(
        self, part: Cofactor, relation: Relation, ends: tuple[Index, Index], factors: list[Term]
    ) -> Use:
        rows, columns = relation.shape
        row, before, sums = self.side(part.left, rows, ends[0], "left")
        column, behind, more = self.side(part.right, columns, ends[1], "right")
        places = ((row, rows), (column, columns))
        at = [index for index, dim in (places[::-1] if relation.flipped else places) if dim != 1]
        times = Mul((lower(number(part.factor)), *factors, *before, *behind))
        return Use(relation.label, tuple(zip(relation.binders, at, strict=False)), (*sums, *more), times)

    def scalars(self, scalars: Scalars) -> list[Term]:
        return [lower(self.letters.exprs[letter] ** number(e)) for letter, e in scalars]

    def side(
        self, word: Word, dim: str | int, outer: Index, which: str
    ) -> tuple[Index, list[Term], list[tuple[str, Dim]]]:
        """The index at which the relation stands, the factor before or behind it, and what is summed."""
        if not word:
            return outer, [], []
        inner = Index(self.names.name())
        expr: Expr = reduce(lambda a, b: a @ b, (self.letters.exprs[letter] for letter in word))
        places = (outer, inner) if which == "left" else (inner, outer)
        row, column = (None if d == 1 else p for p, d in zip(places, expr.shape, strict=True))
        return inner, [lower(expr, row, column)], [(inner.name, dim)] if dim != 1 else []


def mentions(expr: Expr, variable: Expr) -> bool:
    return any(same(part, variable) for part in subexpressions(expr))


def _units(polys: Iterable[Poly]) -> frozenset[int]:
    """The scalars by which something is divided."""
    return frozenset(letter for poly in polys for scalars, _ in poly for letter, e in scalars if e < 0)
