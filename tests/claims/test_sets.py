"""The sets of claims: the Matrix Cookbook, gradients of machine learning, and scalar analysis with its traps.

All of them are judged by `benchmarks/claims.py`; here are all traps, all wrong answers of SymPy, those that
take little, and a part of the rest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from lemmata.claims.claim import claim_from
from lemmata.claims.judge import judge, question_of

TESTS = Path(__file__).resolve().parents[1]
SETS = ("cookbook", "gradients", "scalar")
FILES = sorted(path for name in SETS for path in (TESTS / name).glob("*.jsonl"))
#: What is false: of each of these claims a counterexample is known.
FALSE_FILES = ("traps", "sympy_wrong")
#: One claim in so many of the others is judged here.
PART = 12

#: Sets of which every claim is proved.
WHOLLY_PROVED = ("attention", "recurrent", "regression", "spectral")


def claims_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def are_true(path: Path) -> bool:
    return path.stem not in FALSE_FILES and not path.stem.endswith("_false")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_claim_can_be_read(path: Path) -> None:
    for claim in claims_of(path):
        assert question_of(claim_from(claim)).statements, claim["id"]


def test_there_are_enough_traps() -> None:
    counts = {path.stem: len(claims_of(path)) for path in FILES}
    assert counts["traps"] >= 100
    assert counts["sympy_wrong"] >= 60


def test_every_claim_has_a_name_of_its_own() -> None:
    ids = [claim["id"] for path in FILES for claim in claims_of(path)]
    assert len(ids) == len(set(ids)) > 1500


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_false_is_proved_and_nothing_true_refuted(path: Path) -> None:
    every = path.stem in FALSE_FILES
    part = [claim for claim in claims_of(path) if every or crc32(claim["id"].encode()) % PART == 0]
    wrong = "refuted" if are_true(path) else "proved"
    assert [claim["id"] for claim in part if judge(claim, seconds=3).outcome == wrong] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in WHOLLY_PROVED], ids=name)
def test_every_gradient_of_these_is_proved(path: Path) -> None:
    assert [claim["id"] for claim in claims_of(path) if judge(claim).outcome != "proved"] == []


def test_every_derivative_of_the_cookbook_is_proved() -> None:
    claims = claims_of(TESTS / "cookbook" / "derivatives.jsonl")
    assert [claim["id"] for claim in claims if judge(claim).outcome != "proved"] == []
