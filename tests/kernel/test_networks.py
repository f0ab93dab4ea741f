"""Equality of networks with many bound indices: decided by labelling, with little counted work."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel import terms as t
from lemmata.kernel.normal import Normalizer
from lemmata.kernel.signs import Facts, signs_in
from lemmata.kernel.substitute import Fresh
from tests.kernel.say import add, context, eq, mul, ref, sub, variable, verdict

Edge = tuple[int, int]
WORLD = context(
    variable("A", "n", "n"), variable("S", "n", "n", symmetric=True), variable("u", "n"), dims="n"
)


def cycle(size: int) -> list[Edge]:
    return [(k, (k + 1) % size) for k in range(size)]


def cycles(*sizes: int) -> list[Edge]:
    """Disjoint cycles, but for one more edge that joins each with the first."""
    edges, start = list[Edge](), 0
    for size in sizes:
        edges += [(start + a, start + b) for a, b in cycle(size)]
        edges += [(0, start)] if start else []
        start += size
    return edges


def hypercube(dimension: int) -> list[Edge]:
    return [(v, v ^ 1 << b) for v in range(2**dimension) for b in range(dimension) if v < v ^ 1 << b]


def grid(rows: int, columns: int) -> list[Edge]:
    """A grid on a torus."""
    places = [(r, c) for r in range(rows) for c in range(columns)]
    number = {place: k for k, place in enumerate(places)}
    right = [(number[r, c], number[r, (c + 1) % columns]) for r, c in places]
    return right + [(number[r, c], number[(r + 1) % rows, c]) for r, c in places]


def petersen(size: int, step: int) -> list[Edge]:
    """A generalised Petersen graph: an outer cycle, an inner star, and spokes."""
    outer = cycle(size)
    inner = [(size + k, size + (k + step) % size) for k in range(size)]
    return outer + inner + [(k, size + k) for k in range(size)]


def complete(left: int, right: int) -> list[Edge]:
    return [(a, left + b) for a in range(left) for b in range(right)]


GRAPHS: dict[str, list[Edge]] = {
    "a cycle of 40": cycle(40),
    "a hypercube of 32": hypercube(5),
    "a torus of 36": grid(6, 6),
    "a torus of 40": grid(4, 10),
    "Petersen's graph of 40": petersen(20, 3),
    "the dodecahedron": petersen(10, 2),
    "a complete bipartite graph of 12": complete(6, 6),
    "a star of 16": [(0, k) for k in range(1, 16)],
    "four cycles of 10": cycles(10, 10, 10, 10),
}


def network(edges: Iterable[Edge], matrix: str, seed: int) -> t.Term:
    """Σ over all nodes of the product of M[a,b] over the edges, with names and factors in some order."""
    source = random.Random(seed)
    edges = list(edges)
    nodes = sorted({node for edge in edges for node in edge})
    names = dict(zip(nodes, source.sample([f"x{k}" for k in range(len(nodes))], len(nodes)), strict=True))
    source.shuffle(edges)
    term = mul(*(ref(matrix, names[a], names[b]) for a, b in edges))
    for name in source.sample(list(names.values()), len(names)):
        term = t.Sum(name, "n", term)
    return term


def equal(first: t.Term, second: t.Term, budget: int = 250_000) -> bool:
    """Whether the kernel finds them equal, within a budget of counted work (about a second)."""
    return Normalizer(signs_in(WORLD, {}, Facts()), Fresh(budget)).is_zero(sub(first, second))


@pytest.mark.parametrize("matrix", ["A", "S"])
@pytest.mark.parametrize("graph", GRAPHS)
def test_order_and_names_do_not_matter(graph: str, matrix: str) -> None:
    assert equal(network(GRAPHS[graph], matrix, 1), network(GRAPHS[graph], matrix, 2))


DIFFERENT: dict[str, tuple[list[Edge], list[Edge]]] = {
    "one edge turned": (cycle(40), [(1, 0), *cycle(40)[1:]]),
    "one edge moved": (grid(6, 6), [(0, 2), *grid(6, 6)[1:]]),
    "cycles of other lengths": (cycles(20, 20), cycles(19, 21)),
    "another Petersen graph": (petersen(20, 3), petersen(20, 7)),
    "two tori": (grid(6, 6), grid(4, 9)),
}


@pytest.mark.parametrize("pair", DIFFERENT)
def test_other_networks_are_different(pair: str) -> None:
    first, second = DIFFERENT[pair]
    assert not equal(network(first, "A", 1), network(second, "A", 2))


def test_turned_edge_of_a_symmetric_matrix_is_the_same() -> None:
    turned = [(1, 0), *cycle(40)[1:]]
    assert equal(network(cycle(40), "S", 1), network(turned, "S", 2))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=12),
    st.sampled_from("AS"),
    st.randoms(use_true_random=False),
)
def test_any_network_is_equal_to_itself_written_otherwise(
    edges: list[Edge], matrix: str, source: random.Random
) -> None:
    first, second = (network(edges, matrix, source.randrange(10**6)) for _ in range(2))
    assert equal(first, second)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=8),
    st.permutations(range(6)),
)
def test_renaming_the_nodes_of_a_network_changes_nothing(edges: list[Edge], other: list[int]) -> None:
    renamed = [(other[a], other[b]) for a, b in edges]
    assert equal(network(edges, "A", 1), network(renamed, "A", 2))


SYMMETRIC = {
    "a cycle of 40": cycle(40),
    "a hypercube of 32": hypercube(5),
    "a torus of 40": grid(5, 8),
    "a star of 40": [(0, leaf) for leaf in range(1, 41)],
    "a generalised Petersen graph of 40": petersen(20, 3),
}


@pytest.mark.parametrize("matrix", ["A", "S"])
@pytest.mark.parametrize("edges", SYMMETRIC.values(), ids=SYMMETRIC)
def test_kernel_decides_symmetric_networks_within_its_own_limit(edges: list[Edge], matrix: str) -> None:
    claim = eq(network(edges, matrix, 1), network(edges, matrix, 2))
    assert verdict(WORLD, claim).outcome == "proved"


def _largest_row(a: str, b: str, c: str) -> t.Term:
    """max_a Σ_b max_c (A[a,b] + A[c,b])."""
    inner = t.Maximum(c, "n", add(ref("A", a, b), ref("A", c, b)))
    return t.Maximum(a, "n", t.Sum(b, "n", inner))


@pytest.mark.parametrize("start", range(12))
def test_binders_of_one_kind_are_told_apart_by_where_they_stand(start: int) -> None:
    """The normal form does not depend on which names happen to be the next fresh ones."""
    fresh = Fresh()
    for _ in range(start):
        fresh.name()
    normalizer = Normalizer(signs_in(WORLD, {}, Facts()), fresh)
    forms = {normalizer.normal(_largest_row(*names)) for names in itertools.permutations("abc")}
    assert len(forms) == 1


def test_maxima_whose_indices_change_places_differ() -> None:
    """max_a min_b A[a,b] is not min_b max_a A[a,b] transposed: the outer index is the row."""

    def largest_smallest(row: str, column: str) -> t.Term:
        return t.Maximum("a", "n", mul(-1, t.Maximum("b", "n", mul(-1, ref("A", row, column)))))

    assert verdict(WORLD, eq(largest_smallest("a", "b"), largest_smallest("a", "b"))).outcome == "proved"
    assert verdict(WORLD, eq(largest_smallest("a", "b"), largest_smallest("b", "a"))).outcome == "undecided"
