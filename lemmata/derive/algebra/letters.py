"""From expressions to polynomials in letters: what is not built from others by + - * @ and inv is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from lemmata.derive.algebra.poly import (
    UNIT,
    Monomial,
    Poly,
    Scalars,
    Word,
    added,
    constant,
    product,
    scalars_times,
    scaled,
)
from lemmata.language.build import wide_pinv
from lemmata.language.depend import free_indices
from lemmata.language.expr import SCALAR, Expr, number

#: Powers are written out up to this exponent.
LARGEST_POWER = 8


@dataclass(frozen=True)
class Law:
    """An equation poly = 0 that holds of a letter by its meaning: `side` says which law of its inverse."""

    poly: Poly
    letter: int
    side: str


@dataclass
class Letters:
    """The letters met so far, those of their transposes, and the laws of the inverses among them."""

    exprs: list[Expr] = field(default_factory=list)
    numbers: dict[Expr, int] = field(default_factory=dict)
    flips: dict[int, int] = field(default_factory=dict)
    inverses: dict[frozenset[tuple[Monomial, Fraction]], int] = field(default_factory=dict)
    pseudo: dict[frozenset[tuple[Monomial, Fraction]], int] = field(default_factory=dict)
    laws: list[Law] = field(default_factory=list)
    #: The letters of determinants and of traces, and of what they are.
    determinants: dict[frozenset[tuple[Monomial, Fraction]], int] = field(default_factory=dict)
    compounds: dict[int, Poly] = field(default_factory=dict)
    singles: dict[int, int] = field(default_factory=dict)
    traces: dict[int, Word] = field(default_factory=dict)
    #: Scalars by which something is divided.
    units: set[int] = field(default_factory=set)

    # -- letters -----------------------------------------------------------------------------------

    def letter(self, expr: Expr) -> int:
        """The number of a letter."""
        if expr not in self.numbers:
            self.numbers[expr] = len(self.exprs)
            self.exprs.append(expr)
            if self.is_symmetric(expr):
                self.flips[self.numbers[expr]] = self.numbers[expr]
        return self.numbers[expr]

    def is_symmetric(self, expr: Expr) -> bool:
        known = expr.data.properties if expr.head == "variable" else ()
        return "symmetric" in known or expr.shape == SCALAR or expr.head == "diag"

    def flip(self, letter: int) -> int:
        """The letter of the transpose."""
        if letter not in self.flips:
            self.couple(letter, self.letter(self.exprs[letter].T))
        return self.flips[letter]

    def couple(self, letter: int, other: int) -> None:
        self.flips[letter], self.flips[other] = other, letter

    def shape(self, letter: int) -> tuple[str | int, str | int]:
        return self.exprs[letter].shape

    # -- polynomials -------------------------------------------------------------------------------

    def poly(self, expr: Expr) -> Poly:
        """The polynomial of an expression."""
        if expr.head in ("det", "trace", "inverse", "pinv", "power", "matrix_power", "index_sum"):
            return self.function(expr)
        match expr.head:
            case "number":
                return constant(expr.data)
            case "identity":
                return constant(1)
            case "zeros":
                return {}
            case "add":
                return added(*map(self.poly, expr.args))
            case "sub":
                left, right = map(self.poly, expr.args)
                return added(left, scaled(right, -1))
            case "neg":
                return scaled(self.poly(expr.args[0]), -1)
            case "matmul":
                return product(*map(self.poly, expr.args))
            case "mul":
                return self.scalar_times(*expr.args)
            case "div":
                return self.scalar_times(expr.args[0], self.reciprocal(expr.args[1]))
            case "transpose":
                return self.transposed(self.poly(expr.args[0]))
        return self.opaque(expr)

    def function(self, expr: Expr) -> Poly:
        """The polynomial of what is not a sum or a product itself."""
        first = expr.args[0]
        match expr.head:
            case "det" | "trace" if first.shape == SCALAR:
                return self.poly(first)
            case "det":
                return self.determinant(first)
            case "trace":
                return self.trace(first)
            case "inverse":
                return self.inverse(expr)
            case "pinv":
                return self.pseudo_inverse(expr)
            case "power":
                return self.power(expr)
            case "matrix_power" if expr.args[1].data <= LARGEST_POWER:
                return self.natural_power(self.poly(first), int(expr.args[1].data))
            case "index_sum" if _is_total(expr):
                (vector,) = first.args
                return self.poly(Expr("ones", (), vector.shape).T @ vector)
        return self.opaque(expr)

    def opaque(self, expr: Expr) -> Poly:
        """An expression of which nothing is known but its name."""
        letter = self.letter(expr)
        if expr.shape == SCALAR:
            return {(((letter, Fraction(1)),), ()): Fraction(1)}
        return {((), (letter,)): Fraction(1)}

    def transposed(self, poly: Poly) -> Poly:
        return {(s, tuple(map(self.flip, reversed(w)))): a for (s, w), a in poly.items()}

    def natural_power(self, base: Poly, exponent: int) -> Poly:
        found = constant(1)
        for _ in range(exponent):
            found = product(found, base)
        return found

    # -- scalars -----------------------------------------------------------------------------------

    def scalar_times(self, left: Expr, right: Expr) -> Poly:
        """A product with `*`: the scalar is put where the other factor is one column wide, if it is."""
        scalar, other = (left, right) if left.shape == SCALAR else (right, left)
        first, second = self.poly(scalar), self.poly(other)
        if all(not word for _, word in first):
            return product(first, second)
        found: list[Poly] = []
        for (scalars, word), value in second.items():
            place = self.narrow(word, other)
            inside = first if place is not None else self.opaque(scalar)
            cut = place or 0
            for (more, loop), factor in inside.items():
                whole = (scalars_times(scalars, more), word[:cut] + loop + word[cut:])
                found.append({whole: value * factor})
        return added(*found)

    def narrow(self, word: Word, expr: Expr) -> int | None:
        """The first place in a word which is one column wide."""
        if expr.shape[0] == 1:
            return 0
        return next((k + 1 for k, letter in enumerate(word) if self.shape(letter)[1] == 1), None)

    def reciprocal(self, scalar: Expr) -> Expr:
        return number(1 / scalar.data) if scalar.head == "number" and scalar.data else scalar ** number(-1)

    def power(self, expr: Expr) -> Poly:
        """A power of a scalar."""
        base, exponent = expr.args
        if exponent.head == "neg" and exponent.args[0].head == "number":
            exponent = number(-exponent.args[0].data)
        if exponent.head != "number":
            known = self.poly(base)
            plain = not known.keys() - {UNIT} and UNIT in known
            return self.opaque(number(known[UNIT]) ** exponent if plain else expr)
        value = exponent.data
        if (value / 2).denominator == 1 and base.head == "norm" and base.data == "norm":
            (x,) = base.args
            column = x if x.shape[1] == 1 else x.T
            return self.poly((column.T @ column) ** number(value / 2))
        if (value / 2).denominator == 1 and base.head == "apply" and base.data == "abs":
            return self.poly(base.args[0] ** expr.args[1])
        poly = self.poly(base)
        if len(poly) == 1:
            ((scalars, word), factor) = next(iter(poly.items()))
            if not word and (value.denominator == 1 or factor == 1):
                raised = tuple((letter, e * value) for letter, e in scalars)
                return {(raised, ()): factor ** int(value) if value.denominator == 1 else factor}
            if word and value.denominator == 1 and factor == 1 and not scalars:
                letter = self.number(base, poly)
                self.units |= {letter} if value < 0 else set()
                return self.central(letter, int(value))
        if value.denominator > 1 or abs(value) > LARGEST_POWER or not poly:
            return self.opaque(expr)
        if value < 0:
            return self.natural_power(self.one_over(base, poly), -int(value))
        return self.natural_power(poly, int(value))

    def number(self, base: Expr, poly: Poly) -> int:
        """The letter of a scalar that is a product of vectors and matrices."""
        letter = self.letter(base)
        law = Law(added(poly, scaled(self.central(letter), -1)), letter, "")
        self.laws += [] if law in self.laws else [law]
        return letter

    def one_over(self, base: Expr, poly: Poly) -> Poly:
        """1/s for a scalar s that is more than a product: a letter of its own, with s · (1/s) = 1."""
        known = frozenset(poly.items())
        if known not in self.inverses:
            letter = self.inverses[known] = self.letter(number(1) / base)
            self.laws.append(Law(added(product(poly, self.central(letter)), constant(-1)), letter, ""))
        return self.central(self.inverses[known])

    # -- determinants and traces ---------------------------------------------------------------------

    def determinant(self, matrix: Expr) -> Poly:
        """det(A·B) = det A · det B for square letters; else a letter."""
        return self.determinant_of(self.poly(matrix), matrix)

    def determinant_of(self, poly: Poly, matrix: Expr) -> Poly:
        if len(poly) == 1:
            ((scalars, word), factor) = next(iter(poly.items()))
            square = all(self.shape(letter)[0] == self.shape(letter)[1] for letter in word)
            if square:
                found = self.scale(scalars, factor, matrix.shape[0])
                for letter in word:
                    found = product(found, self.determinant_of_letter(letter))
                return found
        known = {frozenset(poly.items()), frozenset(self.transposed(poly).items())}
        for other in known & set(self.determinants):
            return self.central(self.determinants[other])
        letter = self.letter(Expr("det", (matrix,)))
        self.determinants[frozenset(poly.items())] = letter
        self.compounds[letter] = poly
        return self.central(letter)

    def scale(self, scalars: Scalars, factor: Fraction, dim: str | int) -> Poly:
        """c^n for a factor c of an n x n matrix."""
        size = number(dim) if isinstance(dim, int) else Expr("size", (), SCALAR, dim)
        found = self.power(number(factor) ** size) if factor != 1 else constant(1)
        for letter, exponent in scalars:
            (((raised, _), _),) = self.power(self.exprs[letter] ** size).items()
            found = product(found, {(tuple((name, e * exponent) for name, e in raised), ()): Fraction(1)})
        return found

    def determinant_of_letter(self, letter: int) -> Poly:
        for poly, inverse in self.inverses.items():
            inner = _single(poly)
            if inverse == letter and inner is not None:
                return self.central(self.single_determinant(inner), -1)
        return self.central(self.single_determinant(letter))

    def single_determinant(self, letter: int) -> int:
        """The letter of det A, which is that of det Aᵀ."""
        least = min(letter, self.flip(letter))
        found = self.letter(Expr("det", (self.exprs[least],)))
        self.singles[found] = least
        return found

    def central(self, letter: int, exponent: int = 1) -> Poly:
        return {(((letter, Fraction(exponent)),), ()): Fraction(1)}

    def trace(self, matrix: Expr) -> Poly:
        return added(*(self.trace_of(m, value, matrix.shape[0]) for m, value in self.poly(matrix).items()))

    def trace_of(self, monomial: Monomial, value: Fraction, dim: str | int) -> Poly:
        """The trace of a word: where it is one column wide at a place, the number which begins there."""
        scalars, word = monomial
        if not word:
            size = number(dim) if isinstance(dim, int) else Expr("size", (), SCALAR, dim)
            return {(scalars, ()): value} if dim == 1 else product({(scalars, ()): value}, self.poly(size))
        if len(word) == 1 and self.exprs[word[0]].head == "diag":
            (vector,) = self.exprs[word[0]].args
            return product({(scalars, ()): value}, self.poly(Expr("ones", (), vector.shape).T @ vector))
        for place, letter in enumerate(word):
            if self.shape(letter)[0] == 1:
                return {(scalars, word[place:] + word[:place]): value}
        letter = self.traced(word)
        return {(scalars_times(scalars, ((letter, Fraction(1)),)), ()): value}

    def traced(self, word: Word) -> int:
        """The letter of the trace of a word, which is that of its rotations and of their transposes."""
        least = min(self.turns(word))
        expr = self.exprs[least[0]]
        for letter in least[1:]:
            expr = expr @ self.exprs[letter]
        found = self.letter(Expr("trace", (expr,)))
        self.traces[found] = least
        return found

    def turns(self, word: Word) -> list[Word]:
        """The words with the same trace."""
        flipped = tuple(map(self.flip, reversed(word)))
        return [w[k:] + w[:k] for w in (word, flipped) for k in range(len(word))]

    # -- inverses ----------------------------------------------------------------------------------

    def inverse(self, expr: Expr) -> Poly:
        """inv(c·A·B) = inv(B)·inv(A)/c for square letters; else a letter with the laws of an inverse."""
        (matrix,) = expr.args
        if matrix.shape == SCALAR:
            return self.power(matrix ** number(-1))
        poly = self.poly(matrix)
        if len(poly) == 1:
            ((scalars, word), factor) = next(iter(poly.items()))
            if all(self.shape(letter)[0] == self.shape(letter)[1] for letter in word):
                return self.inverse_of_product(scalars, word, factor)
        return {((), (self.inverse_letter(matrix, poly),)): Fraction(1)}

    def inverse_of_product(self, scalars: Scalars, word: Word, factor: Fraction) -> Poly:
        letters = []
        for letter in reversed(word):
            letters.append(self.inverse_letter(self.exprs[letter], {((), (letter,)): Fraction(1)}))
        return {(tuple((s, -e) for s, e in scalars), tuple(letters)): 1 / factor}

    def inverse_letter(self, matrix: Expr, poly: Poly) -> int:
        known = frozenset(poly.items())
        if known in self.inverses:
            return self.inverses[known]
        twice = self.inverse_of_inverse(poly)
        if twice is not None:
            return twice
        letter = self.letter(Expr("inverse", (matrix,), matrix.shape))
        self.inverses[known] = letter
        self.law(poly, letter)
        flipped = self.transposed(poly)
        if flipped == poly:
            self.flips[letter] = letter
        else:
            other = self.letter(Expr("inverse", (matrix.T,), matrix.shape))
            self.inverses[frozenset(flipped.items())] = other
            self.couple(letter, other)
            self.law(flipped, other)
        return letter

    def inverse_of_inverse(self, poly: Poly) -> int | None:
        """The letter M, where poly is the letter inv(M)."""
        letter = _single(poly.items())
        for inner, inverse in self.inverses.items():
            if inverse == letter:
                return _single(inner)
        return None

    def pseudo_inverse(self, expr: Expr) -> Poly:
        """A letter with the laws of a pseudo-inverse, and one for that of the transpose."""
        (matrix,) = expr.args
        wide = wide_pinv(matrix)
        if wide is not None:
            return self.poly(wide)
        poly = self.poly(matrix)
        known = frozenset(poly.items())
        if known not in self.pseudo:
            letter, flipped = self.letter(expr), self.transposed(poly)
            self.pseudo[known] = letter
            self.penrose(poly, letter)
            other = letter if flipped == poly else self.letter(Expr("pinv", (matrix.T,), expr.shape[::-1]))
            if flipped != poly:
                self.pseudo[frozenset(flipped.items())] = other
                self.penrose(flipped, other)
        return {((), (self.pseudo[known],)): Fraction(1)}

    def penrose(self, poly: Poly, letter: int) -> None:
        one: Poly = {((), (letter,)): Fraction(1)}
        left, right = product(poly, one), product(one, poly)
        laws = {
            "first": added(product(left, poly), scaled(poly, -1)),
            "second": added(product(right, one), scaled(one, -1)),
            "third": added(left, scaled(self.transposed(left), -1)),
            "fourth": added(right, scaled(self.transposed(right), -1)),
        }
        self.laws += [Law(law, letter, side) for side, law in laws.items()]

    def has_inverse(self, letter: int) -> bool:
        return any(_single(poly) == letter for poly in self.inverses)

    def law(self, poly: Poly, letter: int) -> None:
        one: Poly = {((), (letter,)): Fraction(1)}
        self.laws.append(Law(added(product(poly, one), constant(-1)), letter, "right"))
        self.laws.append(Law(added(product(one, poly), constant(-1)), letter, "left"))


def is_symmetric(matrix: Expr) -> bool:
    """Whether a matrix is seen to be its own transpose."""
    letters = Letters()
    poly = letters.poly(matrix)
    return letters.transposed(poly) == poly


def _is_total(expr: Expr) -> bool:
    """Whether this is the sum of the entries of a vector."""
    (body,) = expr.args
    if body.head != "entry" or body.args[0].shape[1] != 1 or expr.shape != SCALAR:
        return False
    (place,) = body.data
    free = {name for name, _ in free_indices(body.args[0])}
    return bool(place[0] == (expr.data[0], 0)) and expr.data[0] not in free


def _single(terms: Iterable[tuple[Monomial, Fraction]]) -> int | None:
    """The letter, if a polynomial is just one."""
    found = list(terms)
    if len(found) != 1:
        return None
    ((scalars, word), factor) = found[0]
    return word[0] if len(word) == 1 and not scalars and factor == 1 else None
