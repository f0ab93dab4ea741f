"""An equation of matrices from others: found among words of letters, written as one step of the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from typing import Protocol

from lemmata.derive.algebra.derivation import Derivation, Found
from lemmata.derive.algebra.determinants import Determinants
from lemmata.derive.algebra.exponentials import intertwined
from lemmata.derive.algebra.letters import Letters
from lemmata.derive.algebra.membership import Completion, GaveUp, Order, membership
from lemmata.derive.algebra.poly import UNIT, Cofactor, Poly, Scalars, Word, added, scaled
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
from lemmata.language.expr import SCALAR, Expr, Shape, Statement, number, same, subexpressions
from lemmata.language.lower import COLUMN, ROW, Lowering, lower, lower_statement

#: How many overlaps are looked at for the value of a number.
LARGEST_LOOK = 100
#: The names of the row and the column in the law of an inverse.
LAW_PLACES = ("r%w", "c%w")


@dataclass(frozen=True)
class Given:
    """A statement that may be used: its name as a premise, and the names of its rows and columns there."""

    label: str
    said: Statement
    binders: tuple[str, ...] | None = None


class Prover(Protocol):
    """Finds steps of which the last claims that a difference is 0."""

    def __call__(self, difference: Expr, claim: Claim, label: str) -> Steps | None: ...


def values_by_words(exprs: list[Expr], given: list[Given], names: Names) -> list[Fraction]:
    """The numbers that scalars are seen to be; 0 for those of which that is not seen."""
    following = _Following(Letters(), "", names, ())
    try:
        polys = [following.letters.poly(expr) for expr in exprs]
        relations = [relation for known in given for relation in following.relations_of(known)]
        relations += following.inverse_laws()[1]
        order = Order(following.heavy(given)[0], _units(relation.poly for relation in relations))
        completion = Completion([relation.poly for relation in relations], order)
        completion.go_on(LARGEST_LOOK)
        rests = [completion.reduced(poly)[0] for poly in polys]
    except (LanguageError, TooLarge, GaveUp):
        return [Fraction(0)] * len(exprs)
    return [rest[UNIT] if rest.keys() == {UNIT} else Fraction(0) for rest in rests]


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


def symmetric_by_words(
    product: Expr,
    label: str,
    names: Names,
    *,
    given: Iterable[Given],
    facts: tuple[str, ...],
    beside: tuple[Expr, ...] = (),
) -> tuple[Expr, Steps] | None:
    """What a product is that is seen to be symmetric, and steps of which the last claims this."""
    following = _Following(Letters(), label, names, facts)
    try:
        for expr in beside:
            following.letters.poly(expr)
        return following.symmetric(product, list(given))
    except (LanguageError, TooLarge, GaveUp):
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
    #: The relations and the steps for them, once they are prepared.
    relations: list[Relation] = field(default_factory=list)
    laws: list[Step] = field(default_factory=list)
    powers: list[Steps] = field(default_factory=list)

    @cached_property
    def determinants(self) -> Determinants:
        return Determinants(self.letters, self.label, self.names)

    def steps(self, difference: Expr, claim: Claim, given: list[Given]) -> Steps | None:
        goal = self.letters.poly(difference)
        orders = self.prepare(goal, difference.shape, given)
        polys = [relation.poly for relation in self.relations]
        found = (membership(goal, polys, order) for order in orders) if polys else ()
        derivation = next(filter(None, found), None)
        return None if derivation is None else self.written(derivation, claim)

    def symmetric(self, product: Expr, given: list[Given]) -> tuple[Expr, Steps] | None:
        """What a product that is seen to be symmetric is, and steps of which the last claims this."""
        goal = self.letters.poly(product)
        gap = added(goal, scaled(self.letters.transposed(goal), -1))
        for order in self.prepare(gap, product.shape, given):
            completion = Completion([relation.poly for relation in self.relations], order)
            rest, derivation = completion.shortened(goal, gap)
            if derivation is not None:
                value = self.expression(rest, product.shape)
                return value, self.written(derivation, lower_statement(product == value))
        return None

    def prepare(self, goal: Poly, shape: Shape, given: list[Given]) -> list[Order]:
        """Find the relations; the orders in which they may be used."""
        relations = [relation for known in given for relation in self.relations_of(known)]
        self.determinants.find([(known.label, known.said) for known in given])
        for relation in list(relations):
            relations += self.turned(relation)
        self.laws, named = self.inverse_laws()
        relations = [*named, *relations]
        self.powers = self.exponentials(given, relations)
        units = _units([goal, *(relation.poly for relation in relations)]) | self.letters.units
        orders = [Order(heavy, units) for heavy in self.heavy(given)]
        if shape == SCALAR:
            relations += of_traces(self.letters, relations, orders[-1]) if self.letters.traces else []
            relations += self.determinants.relations
        numbers = [relation.poly for relation in relations if relation.shape == SCALAR]
        relations += of_numbers(self.letters, [*numbers, *([goal] if shape == SCALAR else [])])
        self.relations = relations
        return orders

    def written(self, derivation: Derivation, claim: Claim) -> Steps:
        """The steps of what was found, the last for the claim."""
        known = dict(enumerate(self.relations))
        lemmas = [self.lemma(number, lemma, known) for number, lemma in derivation.lemmas.items()]
        uses = tuple(use for part in derivation.proof for use in self.uses(part, known, (ROW, COLUMN)))
        lemmas.append(Step(self.label, claim, Combine(uses, ZERO, (), ())))
        used = {use.premise for step in lemmas if isinstance(step.by, Combine) for use in step.by.using}
        laws = (*self.laws, *self.determinants.steps.values(), *self.sided.values())
        before = [step for step in laws if step.id in used]
        before += [step for steps in self.powers if steps[-1].id in used for step in steps]
        facts = (*self.known, *self.facts)
        return (*self.facts.values(), *(with_facts(step, facts) for step in (*before, *lemmas)))

    def lemma(self, number: int, lemma: Found, known: dict[int, Relation]) -> Step:
        """A step that says what was found on the way, which becomes known."""
        (first, second), shape = LAW_PLACES, self.shape(lemma, known)
        places = (Index(first), Index(second))
        binders = tuple((p.name, dim) for p, dim in zip(places, shape, strict=True) if dim != 1)
        row, column = (None if dim == 1 else p for p, dim in zip(places, shape, strict=True))
        uses = tuple(use for part in lemma.proof for use in self.uses(part, known, places))
        label = f"{self.label}d{number}"
        known[number] = Relation(lemma.poly, label, tuple(name for name, _ in binders), False, shape)
        claim = Claim(binders, "=", lower(self.expression(lemma.poly, shape), row, column), ZERO)
        return Step(label, claim, Combine(uses, ZERO, (), ()))

    def shape(self, lemma: Found, known: Mapping[int, Relation]) -> Shape:
        """The shape of what was found: that of a word in it, or of what it follows from."""
        words = [word for _, word in lemma.poly if word]
        words += [p.left + p.right for p in lemma.proof if is_number(known[p.relation]) and p.left + p.right]
        if words:
            return self.letters.shape(words[0][0])[0], self.letters.shape(words[0][-1])[1]
        first = next((p for p in lemma.proof if not is_number(known[p.relation])), None)
        if first is None:
            return SCALAR
        rows, columns = known[first.relation].shape
        rows = self.letters.shape(first.left[0])[0] if first.left else rows
        return rows, self.letters.shape(first.right[-1])[1] if first.right else columns

    def expression(self, poly: Poly, shape: Shape) -> Expr:
        """What a polynomial says, of this shape."""
        one = number(1) if shape == SCALAR else Expr("identity", (), shape)
        total: Expr | None = None
        for (scalars, word), value in poly.items():
            part = reduce(lambda a, b: a @ b, map(self.expr, word)) if word else one
            for letter, exponent in scalars:
                power = self.expr(letter) if exponent == 1 else self.expr(letter) ** number(exponent)
                part = power * part
            part = part if value == 1 else number(value) * part
            total = part if total is None else total + part
        return number(0) if total is None else total

    def difference(self, statement: Statement) -> Poly:
        left, right = self.letters.poly(statement.left), self.letters.poly(statement.right)
        return added(left, scaled(right, -1))

    def heavy(self, given: list[Given]) -> list[frozenset[int]]:
        """Letters to be replaced by others: the variables which hypotheses give by others; or the vectors by
        which several of these are given, as what is made for them has laws that are shorter."""
        defined: dict[Expr, Expr] = {}
        for said in (known.said for known in given):
            for side, other in ((said.left, said.right), (said.right, said.left)):
                known = said.relation == "==" and side.head == "variable" and other.head != "variable"
                if known and not mentions(other, side):
                    defined.setdefault(side, other)
                    break
        used = [dict.fromkeys(subexpressions(other)) for other in defined.values()]
        often = {part for parts in used for part in parts if sum(part in other for other in used) > 1}
        inputs = [v for v in often if v.head == "variable" and 1 in v.shape != SCALAR and v not in defined]
        return [*([self.with_transposes(inputs)] if inputs else []), self.with_transposes(defined)]

    def with_transposes(self, variables: Iterable[Expr]) -> frozenset[int]:
        letters = [self.letters.letter(variable) for variable in variables]
        return frozenset((*letters, *map(self.letters.flip, letters)))

    def relations_of(self, known: Given) -> Iterator[Relation]:
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

    def uses(
        self, part: Cofactor, relations: Mapping[int, Relation], ends: tuple[Index, Index]
    ) -> Iterator[Use]:
        """factor · scalars · left · (relation) · right, as uses of the premises behind the relation."""
        relation = relations[part.relation]
        factors = [lower(number(part.factor)), *self.scalars(part.scalars)]
        if relation.traced:
            for inner in relation.traced:
                place = Index(self.names.name())
                yield from self.use(inner, relations[inner.relation], (place, place), factors)
        elif relation.label:
            yield self.use_of(part, relation, ends, self.scalars(part.scalars))

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
        if is_number(relation) and part.left + part.right:
            whole = reduce(lambda a, b: a @ b, map(self.expr, part.left + part.right))
            row, column = (None if d == 1 else end for end, d in zip(ends, whole.shape, strict=True))
            times = Mul((lower(number(part.factor)), *factors, lower(whole, row, column)))
            return Use(relation.label, (), (), times)
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


def is_number(relation: Relation) -> bool:
    """Whether a relation is one of scalars, which may stand anywhere."""
    return all(not word for _, word in relation.poly)


def mentions(expr: Expr, variable: Expr) -> bool:
    return any(same(part, variable) for part in subexpressions(expr))


def _units(polys: Iterable[Poly]) -> frozenset[int]:
    """The scalars by which something is divided."""
    return frozenset(letter for poly in polys for scalars, _ in poly for letter, e in scalars if e < 0)
