"""Random matrix identities: 300 true ones are proved, and of 300 false ones none is.

What is true or false is decided by exact arithmetic which knows nothing of lemmata.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from benchmarks.identities import (
    VARIABLES,
    Identity,
    Values,
    differ,
    false_identity,
    is_proved,
    statement,
    true_identity,
)

COUNT = 300
#: points at which no generator of an identity has looked
POINTS = [Values(Random(seed)) for seed in range(1001, 1007)]
TRUE = [true_identity(seed) for seed in range(COUNT)]
FALSE = [false_identity(seed) for seed in range(COUNT)]
SEEDS = [range(start, start + 25) for start in range(0, COUNT, 25)]


def differs(identity: Identity) -> bool:
    return differ(POINTS, identity.left, identity.right)


def names(seeds: range) -> str:
    return f"{seeds.start} to {seeds.stop - 1}"


def test_true_identities_hold_at_points_and_false_ones_fail() -> None:
    assert [str(statement(one)) for one in TRUE if differs(one)] == []
    assert sum(map(differs, FALSE)) == COUNT


@pytest.mark.parametrize("seeds", SEEDS, ids=names)
def test_every_true_identity_is_proved(seeds: range) -> None:
    assert [str(statement(TRUE[seed])) for seed in seeds if not is_proved(TRUE[seed])] == []


@pytest.mark.parametrize("seeds", SEEDS, ids=names)
def test_no_false_identity_is_proved(seeds: range) -> None:
    assert [str(statement(FALSE[seed])) for seed in seeds if is_proved(FALSE[seed])] == []


def test_identities_are_the_same_in_every_run() -> None:
    assert TRUE[:20] == [true_identity(seed) for seed in range(20)]
    assert FALSE[:20] == [false_identity(seed) for seed in range(20)]


def test_identities_are_many_and_of_many_kinds() -> None:
    assert len({(one.left, one.right) for one in TRUE}) > COUNT * 0.95
    assert len({(one.left, one.right) for one in FALSE}) > COUNT * 0.95
    laws = Counter(law for one in TRUE for law in one.made_by)
    for law in (
        "associativity",
        "distributivity",
        "transpose of a product",
        "trace of a product",
        "inverse of a product",
        "commutativity of the Hadamard product",
        "determinant of a product",
    ):
        assert laws[law] >= 5, law
    mistakes = Counter(one.made_by[-1] for one in FALSE)
    assert len([mistake for mistake, times in mistakes.items() if times >= 5]) >= 6


def test_matrices_are_as_they_are_declared() -> None:
    for values in POINTS:
        symmetric = ("var", next(name for name, (_, word) in VARIABLES.items() if word == "symmetric"))
        assert values.agree(symmetric, ("T", symmetric))
        for name, (_, word) in VARIABLES.items():
            if word == "invertible":
                assert values.agree(("mul", ("var", name), ("inv", ("var", name))), ("eye", "n"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("mul", ("var", "A"), ("var", "B")), ("mul", ("var", "B"), ("var", "A"))),
        (("tr", ("mul", ("var", "A"), ("var", "B"))), ("times", ("tr", ("var", "A")), ("tr", ("var", "B")))),
        (
            ("det", ("add", ("var", "A"), ("var", "B"))),
            ("plus", ("det", ("var", "A")), ("det", ("var", "B"))),
        ),
    ],
    ids=["AB = BA", "tr AB = tr A tr B", "det(A + B) = det A + det B"],
)
def test_arithmetic_sees_a_well_known_mistake(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert differ(POINTS, left, right)
