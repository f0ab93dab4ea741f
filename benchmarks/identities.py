"""Random matrix identities: how many true ones are proved, and whether a false one is.

    python benchmarks/identities.py [COUNT]

A true identity is an expression and what is left of it after some rewritings, each of which holds for all
matrices of fitting shapes. A false one is a true one with one side changed in one place, where exact
arithmetic at one point shows that the sides differ. Nothing here but `statement` knows lemmata: the
expressions are plain tuples, and they are evaluated by `Values` in exact fractions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from time import perf_counter
from typing import Any

#: ("var", name), ("mul", x, y), ("add", x, y), ("scale", number, x), ("T", x), ("inv", x), ("had", x, y),
#: ("eye", dim) for matrices; ("tr", x), ("det", x), ("times", s, t), ("over", s), ("plus", s, t) for numbers.
Node = tuple[Any, ...]
Matrix = list[list[Fraction]]
Shape = tuple[str, str]

#: name: shape, what is known
VARIABLES: dict[str, tuple[Shape, str]] = {
    "A": (("n", "n"), ""),
    "B": (("n", "n"), ""),
    "M": (("n", "n"), "invertible"),
    "N": (("n", "n"), "invertible"),
    "S": (("n", "n"), "symmetric"),
    "X": (("n", "m"), ""),
    "Y": (("n", "m"), ""),
    "Z": (("m", "n"), ""),
    "P": (("m", "m"), ""),
    "Q": (("m", "m"), ""),
}
SIZES = {"n": 2, "m": 3}
#: How often a place is offered for a law that makes the expression longer.
LENGTHENED = 0.1


@dataclass(frozen=True)
class Identity:
    """Two sides, and how the second came from the first."""

    left: Node
    right: Node
    made_by: tuple[str, ...]


def shape(node: Node) -> Shape:
    """Rows and columns of a matrix."""
    match node:
        case ("var", name):
            return VARIABLES[name][0]
        case ("eye", dim):
            return (dim, dim)
        case ("mul", x, y):
            return (shape(x)[0], shape(y)[1])
        case ("T", x):
            return shape(x)[::-1]
        case ("scale", _, x) | ("add", x, _) | ("had", x, _) | ("inv", x):
            return shape(x)
    raise ValueError(f"{node} is no matrix")


def is_number(node: Node) -> bool:
    return node[0] in ("tr", "det", "times", "over", "plus")


class Values:
    """Matrices of small integers for the variables; expressions are evaluated exactly."""

    def __init__(self, random: Random) -> None:
        self.of = {name: self.drawn(random, *known) for name, known in VARIABLES.items()}

    def drawn(self, random: Random, shape: Shape, known: str) -> Matrix:
        rows, columns = (SIZES[dim] for dim in shape)
        while True:
            found = [[Fraction(random.randint(-9, 9)) for _ in range(columns)] for _ in range(rows)]
            if known == "symmetric":
                found = [[found[min(i, j)][max(i, j)] for j in range(columns)] for i in range(rows)]
            if known != "invertible" or determinant(found):
                return found

    def matrix(self, node: Node) -> Matrix:
        match node:
            case ("var", name):
                return self.of[name]
            case ("eye", dim):
                size = range(SIZES[dim])
                return [[Fraction(i == j) for j in size] for i in size]
            case ("mul", x, y):
                return product(self.matrix(x), self.matrix(y))
            case ("add", x, y):
                return entrywise(lambda a, b: a + b, self.matrix(x), self.matrix(y))
            case ("had", x, y):
                return entrywise(lambda a, b: a * b, self.matrix(x), self.matrix(y))
            case ("scale", factor, x):
                times = self.number(factor) if isinstance(factor, tuple) else Fraction(factor)
                return [[times * entry for entry in row] for row in self.matrix(x)]
            case ("T", x):
                return [list(column) for column in zip(*self.matrix(x), strict=True)]
            case ("inv", x):
                return inverse(self.matrix(x))
        raise ValueError(f"{node} is no matrix")

    def number(self, node: Node) -> Fraction:
        match node:
            case ("tr", x):
                return sum((row[i] for i, row in enumerate(self.matrix(x))), Fraction(0))
            case ("det", x):
                return determinant(self.matrix(x))
            case ("times", s, t):
                return self.number(s) * self.number(t)
            case ("plus", s, t):
                return self.number(s) + self.number(t)
            case ("over", s):
                return 1 / self.number(s)
        raise ValueError(f"{node} is no number")

    def agree(self, left: Node, right: Node) -> bool:
        """Whether two sides have the same value at this point."""
        if is_number(left):
            return self.number(left) == self.number(right)
        return self.matrix(left) == self.matrix(right)


def product(x: Matrix, y: Matrix) -> Matrix:
    columns = list(zip(*y, strict=True))
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in x]


def entrywise(f: Callable[[Fraction, Fraction], Fraction], x: Matrix, y: Matrix) -> Matrix:
    return [[f(a, b) for a, b in zip(r, s, strict=True)] for r, s in zip(x, y, strict=True)]


def minor(x: Matrix, i: int, j: int) -> Matrix:
    return [[entry for k, entry in enumerate(row) if k != j] for n, row in enumerate(x) if n != i]


def determinant(x: Matrix) -> Fraction:
    if not x:
        return Fraction(1)
    return sum(((-1) ** j * x[0][j] * determinant(minor(x, 0, j)) for j in range(len(x))), Fraction(0))


def inverse(x: Matrix) -> Matrix:
    scale, size = 1 / determinant(x), range(len(x))
    return [[scale * (-1) ** (i + j) * determinant(minor(x, j, i)) for j in size] for i in size]


# -- true ones: rewriting ----------------------------------------------------------------------------------


def rewritings(node: Node) -> Iterator[tuple[str, Node]]:
    """What an expression equals, by one law at its root."""
    match node:
        case ("mul", ("mul", x, y), z):
            yield "associativity", ("mul", x, ("mul", y, z))
        case ("mul", x, ("mul", y, z)):
            yield "associativity", ("mul", ("mul", x, y), z)
    match node:
        case ("mul", x, ("add", y, z)):
            yield "distributivity", ("add", ("mul", x, y), ("mul", x, z))
        case ("mul", ("add", x, y), z):
            yield "distributivity", ("add", ("mul", x, z), ("mul", y, z))
        case ("mul", ("scale", c, x), y):
            yield "a number moves", ("mul", x, ("scale", c, y))
        case ("mul", x, ("scale", c, y)):
            yield "a number moves", ("scale", c, ("mul", x, y))
        case ("add", ("mul", x, y), ("mul", z, w)) if x == z:
            yield "factoring", ("mul", x, ("add", y, w))
        case ("add", x, y):
            yield "commutativity of +", ("add", y, x)
        case ("had", x, ("add", y, z)):
            yield "distributivity of the Hadamard product", ("add", ("had", x, y), ("had", x, z))
        case ("had", x, y):
            yield "commutativity of the Hadamard product", ("had", y, x)
        case ("scale", c, ("add", x, y)):
            yield "a number distributes", ("add", ("scale", c, x), ("scale", c, y))
        case ("scale", 2, x):
            yield "twice", ("add", x, x)
    yield from of_transposes(node)
    yield from of_inverses(node)
    yield from of_numbers(node)


def of_transposes(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case ("T", ("mul", x, y)):
            yield "transpose of a product", ("mul", ("T", y), ("T", x))
        case ("T", ("add" | "had" as operation, x, y)):
            yield "transpose of a sum or Hadamard product", (operation, ("T", x), ("T", y))
        case ("T", ("scale", c, x)):
            yield "transpose of a multiple", ("scale", c, ("T", x))
        case ("T", ("T", x)):
            yield "transpose twice", x
        case ("T", ("inv", x)):
            yield "transpose of an inverse", ("inv", ("T", x))
        case ("mul", ("T", x), ("T", y)):
            yield "product of transposes", ("T", ("mul", y, x))
        case ("var", "S"):
            yield "symmetry", ("T", node)


def of_inverses(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case ("inv", ("mul", x, y)):
            yield "inverse of a product", ("mul", ("inv", y), ("inv", x))
        case ("inv", ("inv", x)):
            yield "inverse twice", x
        case ("inv", ("T", x)):
            yield "inverse of a transpose", ("T", ("inv", x))
        case ("mul", ("inv", x), ("inv", y)):
            yield "product of inverses", ("inv", ("mul", y, x))


def of_numbers(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case ("tr", ("mul", x, y)):
            yield "trace of a product", ("tr", ("mul", y, x))
        case ("tr", ("add", x, y)):
            yield "trace of a sum", ("plus", ("tr", x), ("tr", y))
        case ("tr", ("had", x, y)):
            yield "trace of a Hadamard product", ("tr", ("had", ("T", x), y))
        case ("det", ("mul", x, y)):
            yield "determinant of a product", ("times", ("det", x), ("det", y))
        case ("det", ("T", x)):
            yield "determinant of a transpose", ("det", x)
        case ("det", ("inv", x)):
            yield "determinant of an inverse", ("over", ("det", x))
        case ("times" | "plus" as operation, s, t):
            yield "commutativity of numbers", (operation, t, s)
    if node[0] == "tr":
        yield "trace of a transpose", ("tr", ("T", node[1]))


def lengthened(node: Node, random: Random) -> Iterator[tuple[str, Node]]:
    """What a matrix equals, by laws that make it longer."""
    rows, columns = shape(node)
    yield "transpose twice", ("T", ("T", node))
    yield "identity", ("mul", ("eye", rows), node)
    other = leaf(random, (rows, columns))
    yield "added and subtracted", ("add", ("add", node, other), ("scale", -1, other))
    if rows == "n":
        yield "inverse", ("mul", ("inv", ("var", "M")), ("mul", ("var", "M"), node))
    if columns == "n":
        yield "inverse", ("mul", node, ("mul", ("var", "N"), ("inv", ("var", "N"))))


def leaf(random: Random, wanted: Shape) -> Node:
    """A variable of a shape, or its transpose."""
    plain: list[Node] = [("var", name) for name, (found, _) in VARIABLES.items() if found == wanted]
    turned: list[Node] = [("T", ("var", n)) for n, (found, _) in VARIABLES.items() if found[::-1] == wanted]
    return random.choice(plain + turned)


def invertible(random: Random, depth: int) -> Node:
    """A product of invertible matrices, their transposes and inverses."""
    if depth == 0:
        return ("var", random.choice("MN"))
    kind = random.choice(["mul", "mul", "T", "inv"])
    if kind == "mul":
        return ("mul", invertible(random, depth - 1), invertible(random, depth - 1))
    return (kind, invertible(random, depth - 1))


def matrix(random: Random, wanted: Shape, depth: int) -> Node:
    """A small expression of a shape."""
    if depth == 0:
        return leaf(random, wanted)
    rows, columns = wanted
    kinds = ["mul", "mul", "mul", "add", "add", "scale", "T", "had"]
    kind = random.choice([*kinds, "inv", "number"] if wanted == ("n", "n") else kinds)
    match kind:
        case "mul":
            middle = random.choice("nm")
            return (
                "mul",
                matrix(random, (rows, middle), depth - 1),
                matrix(random, (middle, columns), depth - 1),
            )
        case "add" | "had":
            return (kind, matrix(random, wanted, depth - 1), matrix(random, wanted, depth - 1))
        case "scale":
            return ("scale", random.choice([2, 3, -1, -2]), matrix(random, wanted, depth - 1))
        case "T":
            return ("T", matrix(random, (columns, rows), depth - 1))
        case "inv":
            return ("inv", invertible(random, depth))
        case _:
            return ("scale", number(random, depth - 1), leaf(random, wanted))


def number(random: Random, depth: int) -> Node:
    """A small number: a trace or a determinant."""
    if random.random() < 0.3:
        return ("det", invertible(random, depth))
    dim = random.choice("nm")
    return ("tr", matrix(random, (dim, dim), depth))


def places(node: Node) -> Iterator[tuple[int, ...]]:
    """The paths to all parts of an expression, from its root."""
    yield ()
    for place, part in enumerate(node):
        if isinstance(part, tuple):
            yield from ((place, *path) for path in places(part))


def at(node: Node, path: tuple[int, ...]) -> Node:
    for place in path:
        node = node[place]
    return node


def put(node: Node, path: tuple[int, ...], part: Any) -> Node:
    """The expression with another part at a path."""
    if not path:
        return part  # type: ignore[no-any-return]
    place, *rest = path
    return (*node[:place], put(node[place], tuple(rest), part), *node[place + 1 :])


def rewritten(node: Node, random: Random, times: int) -> tuple[Node, tuple[str, ...]]:
    """The expression after some rewritings at random places; each law that applies is as likely."""
    laws = []
    for _ in range(times):
        found: dict[str, list[Node]] = {}
        for path in places(node):
            part = at(node, path)
            longer = random.random() < LENGTHENED and not is_number(part)
            for law, other in (*rewritings(part), *(lengthened(part, random) if longer else ())):
                found.setdefault(law, []).append(put(node, path, other))
        if found:
            law = random.choice(sorted(found))
            node = random.choice(found[law])
            laws.append(law)
    return node, tuple(laws)


def true_identity(seed: int) -> Identity:
    """An expression and the same after rewriting; the two are different as trees."""
    random = Random(seed)
    while True:
        start = number(random, 2) if random.random() < 0.3 else matrix(random, ("n", random.choice("nm")), 2)
        left, first = rewritten(start, random, random.randint(1, 4))
        right, then = rewritten(start, random, random.randint(1, 4))
        if left != right:
            return Identity(left, right, (*first, *then))


# -- false ones: mutation ----------------------------------------------------------------------------------


def mutations(node: Node, random: Random) -> Iterator[tuple[str, Node]]:
    """Expressions of the same shape which are easily taken for the given one."""
    match node:
        case ("mul" | "had", x, y) if shape(x) == shape(y) == shape(x)[::-1]:
            yield "a product the other way round", (node[0], y, x)
            yield "another product", ("had" if node[0] == "mul" else "mul", x, y)
        case ("add", x, y):
            yield "minus for plus", ("add", x, ("scale", -1, y))
            yield "a term is lost", x
        case ("scale", _, x):
            yield "a factor is lost", x
        case ("T" | "inv", x) if shape(x) == shape(node):
            yield "a transpose or inverse is lost", x
        case ("var", _):
            yield "another variable", leaf(random, shape(node))
        case ("times", s, t):
            yield "sum for product", ("plus", s, t)
        case ("plus", s, t):
            yield "product for sum", ("times", s, t)
        case ("over", s):
            yield "a reciprocal is lost", s
        case ("tr", x):
            yield "determinant for trace", ("det", x)
    if is_number(node):
        yield "twice", ("plus", node, node)
    else:
        yield "twice", ("add", node, node)
        if shape(node)[0] == shape(node)[1]:
            yield "a transpose too many", ("T", node)


def false_identity(seed: int) -> Identity:
    """A true identity with its right side changed in one place, so that the two sides differ somewhere."""
    random = Random(seed)
    points = [Values(Random(number)) for number in range(3)]
    while True:
        true = true_identity(random.randrange(10**9))
        found: dict[str, list[Node]] = {}
        for path in places(true.right):
            for mistake, part in mutations(at(true.right, path), random):
                found.setdefault(mistake, []).append(put(true.right, path, part))
        mistake = random.choice(sorted(found))
        right = random.choice(found[mistake])
        if differ(points, true.left, right):
            return Identity(true.left, right, (*true.made_by, mistake))


def differ(points: list[Values], left: Node, right: Node) -> bool:
    """Whether two sides have different values at one of the points, at which both are defined."""
    for values in points:
        try:
            if not values.agree(left, right):
                return True
        except ZeroDivisionError:
            continue
    return False


# -- lemmata -----------------------------------------------------------------------------------------------


def statement(identity: Identity) -> Any:
    """The identity in lemmata, for symbolic n and m."""
    import lemmata

    dims = dict(zip("nm", lemmata.dims("n m"), strict=True))
    known = {"": {}, "invertible": {"invertible": True}, "symmetric": {"symmetric": True}}
    variables = {
        name: lemmata.matrix(name, *(dims[dim] for dim in found), **known[word])
        for name, (found, word) in VARIABLES.items()
    }

    def said(node: Any) -> Any:
        match node:
            case ("var", name):
                return variables[name]
            case ("eye", dim):
                return lemmata.eye(dims[dim])
            case ("mul", x, y):
                return said(x) @ said(y)
            case ("add", x, y) | ("plus", x, y):
                return said(x) + said(y)
            case ("scale", factor, x) | ("times", factor, x):
                return said(factor) * said(x)
            case ("had", x, y):
                return lemmata.had(said(x), said(y))
            case ("T", x):
                return said(x).T
            case ("inv", x):
                return lemmata.inv(said(x))
            case ("tr", x):
                return lemmata.tr(said(x))
            case ("det", x):
                return lemmata.det(said(x))
            case ("over", s):
                return 1 / said(s)
        return node

    return said(identity.left) == said(identity.right)


def is_proved(identity: Identity) -> bool:
    """Whether the kernel accepts the identity; the attack, which could only take that back, is left out."""
    from lemmata import calc, theorem

    claimed = statement(identity)

    def identity_() -> Any:
        """A random identity."""
        return calc(claimed.left).eq(claimed.right)

    verdict = theorem(claimed)(identity_).compiled.verdict
    return verdict is not None and verdict.outcome == "proved"


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else 300
    for word, make in (("true", true_identity), ("false", false_identity)):
        identities = [make(seed) for seed in range(count)]
        begun = perf_counter()
        proved = [identity for identity in identities if is_proved(identity)]
        seconds = perf_counter() - begun
        print(f"{word:<6} {len(proved):>4} of {count} proved   {seconds:6.1f} s")
        wrong = proved if word == "false" else [one for one in identities if one not in proved]
        for identity in wrong:
            print(f"   {statement(identity)}   ({', '.join(identity.made_by)})")


if __name__ == "__main__":
    main(sys.argv[1:])
