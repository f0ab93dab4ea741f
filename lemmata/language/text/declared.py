"""What the names of a text stand for, from their shapes and properties."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lemmata.language.build import diag, diagonal, eye
from lemmata.language.declare import Function, Variable, choice, dims, time
from lemmata.language.errors import LanguageError, Unreadable
from lemmata.language.expr import SCALAR, Expr, Shape, Statement

SCALARS = ("real", "positive", "nonnegative", "integer", "natural", "complex")
#: What only real numbers are.
REAL = frozenset(SCALARS) - {"complex"}
MATRICES = (
    *("symmetric", "skew", "diagonal", "orthogonal", "idempotent", "invertible", "psd", "spd", "fullrank"),
)
FUNCTIONS = ("function", "differentiable")
OTHERS = ("random",)
#: All properties that a name may have.
PROPERTIES = (*SCALARS, *MATRICES, *FUNCTIONS, *OTHERS)
#: The largest dimension that is a number.
LARGEST_DIMENSION = 64
#: How many moments a random vector has of which some are given.
MOMENTS = 8
#: How often a function is differentiable of which this is said.
ORDER = 1

#: What the kernel knows by the word alone.
_KNOWN = frozenset(
    {"positive", "nonnegative", "symmetric", "invertible", "random", "integer", "psd", "spd", "fullrank"}
)


@dataclass
class Names:
    """The names of a claim: dimensions, variables and functions, and what their properties say."""

    meanings: dict[str, Expr | Function] = field(default_factory=dict)
    #: What the properties of a name say.
    laws: dict[str, list[Statement]] = field(default_factory=dict)
    #: The scalars which are complex.
    complexes: set[str] = field(default_factory=set)

    def dimension(self, name: str) -> None:
        found = self.meanings.get(name)
        if found is None:
            self.meanings[name] = dims(name)[0]
        elif not isinstance(found, Expr) or found.head != "size":
            raise Unreadable(f"{name} is a dimension, and something else is declared by that name")

    def begin_at(self, least: Mapping[str, int]) -> None:
        """Natural numbers which are at least so large."""
        for name, value in least.items():
            known = self.meanings.get(name)
            if isinstance(known, Expr) and known.head == "time":
                self.meanings[name] = time(name, max(value, known.data[1]))

    def use_as_indices(self, found: Mapping[str, str | int]) -> None:
        """Names that are indices, each over its dimension."""
        for name, dim in found.items():
            size = self.meanings.get(dim) if isinstance(dim, str) else dim
            if isinstance(size, int) or (isinstance(size, Expr) and size.head == "size"):
                self.meanings[name] = choice(name, size)


def plain(name: str) -> str:
    """A name as Python's grammar reads it: in the normal form NFKC."""
    return unicodedata.normalize("NFKC", name)


Said = tuple[Sequence[str | int], Sequence[str]]


def declare(declared: Mapping[str, Said], taken: Iterable[str]) -> Names:
    """The names declared by shapes and properties. Raises Unreadable where one cannot be."""
    names, reserved = Names(), frozenset(taken)
    for shape, _ in declared.values():
        for dim in shape:
            if isinstance(dim, str):
                names.dimension(_checked(dim, reserved))
            elif dim > LARGEST_DIMENSION:
                raise Unreadable(f"the dimension {dim} is larger than {LARGEST_DIMENSION}")
    for name, said in declared.items():
        _declare(names, _checked(name, reserved), *said)
    return names


def _checked(name: str, reserved: frozenset[str]) -> str:
    found = plain(name)
    if not found.isidentifier() or len(found) > 40:
        raise Unreadable(f"{name!r} is no name: letters, digits and _ make one, at most 40")
    if found in reserved:
        raise Unreadable(f"{name!r} has a meaning of its own and cannot be declared")
    return found


def _declare(names: Names, name: str, shape: Sequence[str | int], properties: Sequence[str]) -> None:
    if name in names.meanings:
        raise Unreadable(f"{name} is declared twice, or is also a dimension")
    said = frozenset(properties)
    full: Shape = SCALAR if not shape else (shape[0], 1) if len(shape) == 1 else (shape[0], shape[1])
    _check_properties(name, full, said)
    if "function" in said:
        names.meanings[name] = Function(name, ORDER if "differentiable" in said else 0)
    elif said & {"natural", "integer"} and said & {"natural", "positive"}:
        names.meanings[name] = time(name, int("positive" in said))
    else:
        names.meanings[name] = _variable(names, name, full, said)


def _check_properties(name: str, shape: Shape, said: frozenset[str]) -> None:
    unknown = sorted(said - set(PROPERTIES))
    if unknown:
        raise Unreadable(f"{name}: no property is called {unknown[0]}; there are {', '.join(PROPERTIES)}")
    square = shape[0] == shape[1] and shape != SCALAR
    if said & (set(MATRICES) - {"fullrank"}) and not square and shape != SCALAR:
        raise Unreadable(f"{name}: only a square matrix is {sorted(said & set(MATRICES))[0]}")
    if shape != SCALAR and said & {"integer", "natural", "complex", "function"}:
        raise Unreadable(f"{name}: only a scalar is {sorted(said & set(SCALARS + FUNCTIONS))[0]}")
    if "differentiable" in said and "function" not in said:
        raise Unreadable(f"{name}: only a function is differentiable")
    if said & {"function", "random"} and said - {"function", "random", "differentiable", "real"}:
        raise Unreadable(
            f"{name}: nothing else can be said of what is {sorted(said & {'function', 'random'})[0]}"
        )
    if "random" in said and shape[1] != 1:
        raise Unreadable(f"{name}: only a vector or a scalar is random")


def _variable(names: Names, name: str, shape: Shape, said: frozenset[str]) -> Expr:
    known = said & _KNOWN
    if shape == SCALAR:
        return _scalar(names, name, said)
    if "spd" in said:
        known |= {"symmetric", "invertible"}
    if "psd" in said or "orthogonal" in said:
        known |= {"symmetric"} if "psd" in said else {"invertible"}
    found = Expr("variable", (), shape, Variable(name, shape, None, known, MOMENTS * ("random" in said)))
    names.laws[name] = _laws(found, said)
    return found


def _scalar(names: Names, name: str, said: frozenset[str]) -> Expr:
    """A scalar; the words for matrices hold for the 1 x 1 matrix that it is."""
    known = said & {"positive", "nonnegative", "integer", "random"}
    known |= {"positive"} if "spd" in said else {"nonnegative"} if "psd" in said else set()
    if "complex" in said and not said & REAL:
        known |= {"complex"}  # which the kernel refuses: it knows the parts only
        names.complexes.add(name)
    found = Expr("variable", (), SCALAR, Variable(name, SCALAR, None, known, MOMENTS * ("random" in said)))
    laws = [found != 0] if said & {"invertible", "fullrank"} else []
    laws += [found == 0] if "skew" in said else []
    laws += [found**2 == 1] if "orthogonal" in said else []
    laws += [found**2 == found] if "idempotent" in said else []
    names.laws[name] = laws
    return found


def _laws(matrix: Expr, said: frozenset[str]) -> list[Statement]:
    """What a property of a matrix says, as equations."""
    n = matrix.shape[0]
    found: list[Statement] = []
    if "skew" in said:
        found.append(-matrix == matrix.T)
    if "orthogonal" in said:
        identity = eye(n) if isinstance(n, int) else Expr("identity", (), (n, n))
        found += [matrix.T @ matrix == identity, matrix @ matrix.T == identity]
    if "idempotent" in said:
        found.append(matrix @ matrix == matrix)
    if "diagonal" in said:
        found.append(matrix == diag(diagonal(matrix)))
    return found


__all__ = ["LanguageError", "Names", "declare", "plain"]
