"""Labelling: which of its places each bound index of a tree gets, whatever names the indices have.

Colours are refined until they are stable (each index by where it occurs, seen with the colours of its
neighbours); where several indices still share a colour, one of them is singled out, and branches which an
automorphism found earlier maps onto each other are visited once (McKay 1981, "Practical graph
isomorphism").
"""

from __future__ import annotations

from dataclasses import dataclass

from lemmata.kernel.errors import TooLarge
from lemmata.kernel.fingerprint import number
from lemmata.kernel.substitute import Fresh

Colours = dict[str, int]
Permutation = dict[str, str]


@dataclass(slots=True)
class Node:
    """A node of the tree: a tag, children in order (or in any order), and the indices it touches."""

    tag: int
    children: list[Node]
    unordered: bool = False
    indices: tuple[tuple[str, int], ...] = ()
    exchangeable: bool = False
    up: int = 0


class Search:
    """Finds the labelling with the smallest key, over the tree of individualisations."""

    def __init__(self, root: Node, colours: Colours, size: int, fresh: Fresh) -> None:
        self.root = root
        self.fresh = fresh
        self.names = sorted(colours)
        self.start = colours
        self.free: dict[str, int] = {}
        # A look at a node is cheap beside a step of algebra.
        self.work = 1 + size // 16

    def ranks(self) -> dict[str, int]:
        """For each bound index its place."""
        colours = self.refine(self.start)
        if len(set(colours.values())) == len(self.names):
            return self.placed(colours)
        _, ranks, _ = self.best(colours)
        return ranks

    def placed(self, colours: Colours) -> dict[str, int]:
        """The places of indices whose colours all differ."""
        order = sorted(self.names, key=colours.__getitem__)
        return {name: place for place, name in enumerate(order)}

    def refine(self, colours: Colours) -> Colours:
        count = len(set(colours.values()))
        while count < len(colours):
            colours = self.round(colours)
            finer = len(set(colours.values()))
            if finer == count:
                break
            count = finer
        return colours

    def round(self, colours: Colours) -> Colours:
        self.fresh.spend(self.work)
        self.up(self.root, colours)
        seen: dict[str, list[int]] = {name: [] for name in colours}
        self.down(self.root, 0, seen)
        return {name: hash((colours[name], *sorted(places))) for name, places in seen.items()}

    def up(self, node: Node, colours: Colours) -> int:
        below = [self.up(child, colours) for child in node.children]
        if node.unordered:
            below.sort()
        touched = [hash((self.colour(name, colours), offset)) for name, offset in node.indices]
        if node.exchangeable:
            touched.sort()
        node.up = hash((node.tag, *below, -1, *touched))
        return node.up

    def colour(self, name: str, colours: Colours) -> int:
        if name in colours:
            return colours[name]
        if name not in self.free:
            self.free[name] = number("free", name)
        return self.free[name]

    def down(self, node: Node, above: int, seen: dict[str, list[int]]) -> None:
        here = hash((above, node.up))
        for place, (name, offset) in enumerate(node.indices):
            if name in seen:
                seen[name].append(hash((here, 0 if node.exchangeable else place, offset)))
        for place, child in enumerate(node.children):
            self.down(child, hash((here, 0 if node.unordered else place)), seen)

    def best(self, colours: Colours) -> tuple[int, dict[str, int], list[Permutation]]:
        """The smallest key below this node, its ranks, and the automorphisms found on the way."""
        cell = self.cell(colours)
        if cell is None:
            return (*self.leaf(colours), [])
        if self.are_twins(cell):
            return self.best(self.refine(self.all_singled_out(colours, cell)))
        found: list[Permutation] = []
        tried: dict[int, dict[str, int]] = {}
        visited: list[str] = []
        winner: tuple[int, dict[str, int]] | None = None
        for vertex in cell:
            if _orbit(vertex, found) & set(visited):
                continue
            visited.append(vertex)
            single = self.single_out(colours, vertex)
            key, ranks = self.first_leaf(single)
            if key in tried:
                found.append(_permutation(tried[key], ranks))
                continue
            tried[key] = ranks
            low, ranks, automorphisms = self.best(single)
            found += automorphisms
            if winner is None or low < winner[0]:
                winner = (low, ranks)
        if winner is None:
            raise TooLarge("no labelling was found")
        return (*winner, found)

    def are_twins(self, cell: list[str]) -> bool:
        """Whether any two indices of the cell may be exchanged while all others stay."""
        places = {name: place for place, name in enumerate(self.names)}
        self.fresh.spend(self.work)
        key, first = self.up(self.root, places), cell[0]
        for other in cell[1:]:
            self.fresh.spend(self.work)
            exchanged = {**places, first: places[other], other: places[first]}
            if self.up(self.root, exchanged) != key:
                return False
        return True

    def all_singled_out(self, colours: Colours, cell: list[str]) -> Colours:
        return {**colours, **{name: hash((colours[name], place)) for place, name in enumerate(cell)}}

    def cell(self, colours: Colours) -> list[str] | None:
        """The smallest set of indices that share a colour, if any do."""
        cells: dict[int, list[str]] = {}
        for name in self.names:
            cells.setdefault(colours[name], []).append(name)
        shared = [(len(names), colour) for colour, names in cells.items() if len(names) > 1]
        return cells[min(shared)[1]] if shared else None

    def single_out(self, colours: Colours, vertex: str) -> Colours:
        return self.refine({**colours, vertex: hash((colours[vertex], 1))})

    def first_leaf(self, colours: Colours) -> tuple[int, dict[str, int]]:
        while (cell := self.cell(colours)) is not None:
            colours = self.single_out(colours, cell[0])
        return self.leaf(colours)

    def leaf(self, colours: Colours) -> tuple[int, dict[str, int]]:
        self.fresh.spend(self.work)
        ranks = self.placed(colours)
        return self.up(self.root, {name: place + 1 for name, place in ranks.items()}), ranks


def _permutation(first: dict[str, int], second: dict[str, int]) -> Permutation:
    at = {rank: name for name, rank in second.items()}
    return {name: at[rank] for name, rank in first.items()}


def _orbit(vertex: str, permutations: list[Permutation]) -> set[str]:
    orbit, new = {vertex}, [vertex]
    while new:
        name = new.pop()
        for permutation in permutations:
            backwards = next(old for old, image in permutation.items() if image == name)
            for image in (permutation[name], backwards):
                if image not in orbit:
                    orbit.add(image)
                    new.append(image)
    return orbit
