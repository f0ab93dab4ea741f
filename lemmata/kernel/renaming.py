"""Whether one term is another with some of its free indices renamed. Nothing is substituted, so that no name
can be captured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace

from lemmata.kernel.substitute import free_indices
from lemmata.kernel.terms import Call, Derivative, Determinant, Index, Inverse, Lambda, Maximum, Sum, Term


def is_renamed(first: Term, second: Term, renaming: Mapping[str, str]) -> bool:
    """Whether the second term is the first with its free indices renamed. Those which sums and maxima bind
    may have any names; what binds otherwise must be the same, and speak of no index that is renamed; but
    an entry may be renamed at which a function of tensors stands."""
    return _Renaming(renaming).same(first, second)


@dataclass(frozen=True)
class _Renaming:
    """The names of free indices, and those that are bound on the way, of the first term and of the second."""

    free: Mapping[str, str]
    bound: Mapping[str, str] = field(default_factory=dict)

    def same(self, first: object, second: object) -> bool:
        if type(first) is not type(second):
            return False
        if isinstance(first, Term) and first == second and not self.speaks(free_indices(first)):
            return True
        if isinstance(first, Index) and isinstance(second, Index):
            return self.index(first, second)
        if isinstance(first, tuple) and isinstance(second, tuple):
            return len(first) == len(second) and all(map(self.same, first, second))
        if isinstance(first, Sum | Maximum) and isinstance(second, Sum | Maximum):
            if first.index in self.bound or second.index in self.bound.values():
                return False
            inside = _Renaming(self.free, {**self.bound, first.index: second.index})
            return first.dim == second.dim and inside.same(first.body, second.body)
        if isinstance(first, Call) and isinstance(second, Call):
            whole, other = replace(first, output=()), replace(second, output=())
            apart = whole == other and not self.speaks(free_indices(whole))
            return apart and self.same(first.output, second.output)
        if isinstance(first, Inverse | Determinant | Derivative | Lambda):
            return False
        if not is_dataclass(first):
            return first == second
        return all(self.same(getattr(first, f.name), getattr(second, f.name)) for f in fields(first))

    def index(self, first: Index, second: Index) -> bool:
        if first.offset != second.offset:
            return False
        if first.name in self.bound:
            return self.bound[first.name] == second.name
        return second.name not in self.bound.values() and self.free.get(first.name, first.name) == second.name

    def speaks(self, names: frozenset[str]) -> bool:
        """Whether one of some free indices is renamed, or bound."""
        return not names.isdisjoint({*self.free, *self.bound, *self.bound.values()})
