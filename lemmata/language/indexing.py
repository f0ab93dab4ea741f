"""What may stand in square brackets: times, indices of a sum, and the numbers of entries."""

from __future__ import annotations

from lemmata.language.errors import LanguageError
from lemmata.language.expr import SCALAR, Expr

#: A place: a name (or "") and an offset, as the kernel's Index.
Place = tuple[str, int]


def time_of(key: object) -> Place | None:
    """`t`, `t - 1`, `t + 2` or a number as a place in time."""
    if isinstance(key, int) and not isinstance(key, bool):
        return ("", key)
    if not isinstance(key, Expr):
        return None
    if key.head == "number" and key.data.denominator == 1:
        return ("", int(key.data))
    if key.head == "time":
        return (str(key.data[0]), 0)
    if key.head in ("add", "sub"):
        left, right = map(time_of, key.args)
        if left is None or right is None or (right[0] and (left[0] or key.head == "sub")):
            return None
        return (left[0] or right[0], left[1] + (right[1] if key.head == "add" else -right[1]))
    return None


def index_of(key: object) -> Place | None:
    """An index or the number of an entry, from 1 on."""
    if isinstance(key, Expr) and key.head in ("index", "choice"):
        return (key.data[0], 0)
    place = time_of(key)
    return place if place is not None and not place[0] else None


def item(expr: Expr, key: object) -> Expr:
    """`x[t]` of a family, or the entry `x[i]`, `A[i, j]`."""
    over = getattr(expr.data, "over", None) if expr.head == "variable" else None
    if over is None:
        return _entry(expr, key if isinstance(key, tuple) else (key,))
    place = time_of(key) if over == "time" else index_of(key)
    if place is None:
        needed = "a time such as t - 1" if over == "time" else f"an index over {over}"
        raise LanguageError(f"{expr}[{key}]: a family needs {needed} in the brackets")
    if over == "time" and not place[0] and place[1] < 0:
        raise LanguageError(f"{expr}[{key}]: times are counted from 0")
    if over != "time":
        _check_place(place, over, f"{expr}[{key}]", "members")
    return Expr("member", (expr,), expr.shape, (place, sort_of(key)))


def sort_of(key: object) -> object:
    """The key itself where it carries a declaration (a time or an index)."""
    if isinstance(key, Expr) and key.head in ("time", "index"):
        return key.data
    if isinstance(key, Expr) and key.head == "choice":
        return (*key.data, "choice")
    if isinstance(key, Expr) and key.args:
        return next((sort for sort in map(sort_of, key.args) if sort is not None), None)
    return None


def _entry(expr: Expr, keys: tuple[object, ...]) -> Expr:
    places = [dim for dim in expr.shape if dim != 1]
    written = f"{expr}[{', '.join(map(str, keys))}]"
    if not places:
        raise LanguageError(f"{written}: {expr} is a scalar, which has no entries")
    if len(keys) != len(places):
        raise LanguageError(f"{written}: {expr} has {len(places)} indices, not {len(keys)}")
    found: list[tuple[Place, object] | None] = []
    words = []
    for key, dim in zip(keys, places, strict=True):
        if isinstance(key, Expr) and is_word(key) and key.shape == (dim, 1):
            words.append(key)
            found.append(None)
            continue
        place = index_of(key)
        indexed = isinstance(key, Expr) and key.head in ("index", "choice")
        if place is None or (isinstance(key, Expr) and indexed and key.data[1] != dim):
            raise LanguageError(f"{written}: {key} is no index over {dim}")
        _check_place(place, dim, written, "entries")
        found.append((place, sort_of(key)))
    return Expr("at_words" if words else "entry", (expr, *words), SCALAR, tuple(found))


def is_word(key: Expr) -> bool:
    """Whether an expression is a word, or one of a sequence of words."""
    named = key.args[0] if key.head == "member" else key
    whole = key.head == "member" or getattr(named.data, "over", None) is None
    return whole and named.head == "variable" and "onehot" in named.data.properties


def _check_place(place: Place, dim: str | int, written: str, what: str) -> None:
    """A number as a place must be one that is there, whatever the dimension."""
    largest = dim if isinstance(dim, int) else 1
    if not place[0] and not 1 <= place[1] <= largest:
        known = f"{dim} is known to be at least {largest}" if isinstance(dim, str) else f"there are {dim}"
        raise LanguageError(f"{written}: {what} are counted from 1; {known}")
