"""Many claims: their order, what is taken and kept of them, and what cannot be asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count, islice
from typing import Any

import pytest

from lemmata.claims import window
from lemmata.claims.check import check_many
from lemmata.claims.errors import BadLimit, NoSuchExecutor, NotInstalled, RunError
from lemmata.claims.result import Result, invalid
from tests.claims.judges import OBEY, THIS, TRIVIAL
from tests.claims.running import obeyed, ordered, reasons, timeless

#: quick and slow ones, such as end a process and such as raise an error
MIXED = [
    *("answer a", "sleep 0.1", "exit 3", "answer b", "fail", "sleep 0.02", "answer c", "answer d"),
    *("sleep 0.05", "recurse", *[f"answer {number}" for number in range(100)], "kill 9", "answer end"),
]


@pytest.mark.parametrize("jobs", [2, 3])
def test_results_do_not_depend_on_the_number_of_processes(jobs: int) -> None:
    alone = timeless(obeyed(*MIXED))
    assert [result.id for result in alone] == list(range(len(MIXED)))
    assert timeless(obeyed(*MIXED, jobs=jobs)) == alone


def test_results_are_those_of_one_process_without_limits() -> None:
    harmless = [order for order in MIXED if order.split()[0] not in {"exit", "kill"}]
    assert timeless(obeyed(*harmless, executor="serial")) == timeless(obeyed(*harmless))


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_claims_are_taken_as_results_are_wanted_and_need_not_end(executor: str) -> None:
    endless = ({"id": number, "claim": ""} for number in count())
    results = check_many(endless, executor=executor, judge=TRIVIAL)
    assert [result.id for result in islice(results, 100)] == list(range(100))
    assert next(endless)["id"] < 200
    results.close()


def counted(orders: Iterator[str], taken: list[int]) -> Iterator[object]:
    """Claims, of which is kept how many were taken."""
    for claim in ordered(orders):
        taken.append(1)
        yield claim


@pytest.mark.parametrize(("name", "limit", "most"), [("MOST_CLAIMS", 20, 20), ("MOST_BYTES", 10_000, 11)])
def test_slow_claim_holds_back_a_bounded_number_of_others(
    name: str, limit: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, name, limit)
    taken: list[int] = []
    orders = ["sleep 1", *[f"answer {'x' * 1000}"] * 100]
    results = check_many(counted(iter(orders), taken), jobs=2, judge=OBEY)
    assert next(results).reason == "sleep"
    assert len(taken) <= most
    assert len(list(results)) == 100
    assert len(taken) == 101


def test_result_among_the_claims_is_passed_on_in_its_place() -> None:
    unreadable = invalid(None, "line 2: is not JSON")
    claims = [{"id": 1, "claim": "answer a"}, unreadable, {"id": 3, "claim": "answer b"}]
    for executor in ("serial", "processes"):
        results = list(check_many(claims, executor=executor, judge=OBEY))
        assert results[1] is unreadable
        assert reasons(results) == ["a", "line 2: is not JSON", "b"]


def test_only_results_need_no_process() -> None:
    given = [invalid(number, "no claim") for number in range(5)]
    assert list(check_many(given, judge="no_such_module:judge")) == given


def test_claim_which_cannot_be_sent_is_invalid() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for claim in ({"id": 7, "claim": lambda: None}, {"id": 7, "claim": deep}):
        (result,) = check_many([claim], judge=TRIVIAL)
        assert (result.id, result.outcome) == (7, "invalid")
        assert result.reason.startswith("a claim is made of JSON values; this one is not: ")


@pytest.mark.parametrize("executor", ["serial", "processes"])
@pytest.mark.parametrize("judge", ["no_result", "not_json"])
def test_answer_which_is_no_result_is_a_bug_of_lemmata(judge: str, executor: str) -> None:
    (result,) = check_many([{"id": "γ"}], judge=f"{THIS}:{judge}", executor=executor)
    assert (result.id, result.outcome) == ("γ", "undecided")
    assert result.reason.startswith("this is a bug of lemmata: ")


def test_large_claims_pass_also_behind_one_which_hangs() -> None:
    """None of them fits into what the system holds for a process which does not read."""
    large = "x" * 900_000
    results = obeyed(*["answer a"] * 5, "hang", *[f"answer {large}"] * 5, timeout=0.5)
    assert [len(reason) for reason in reasons(results)[6:]] == [900_000] * 5


BAD: list[tuple[dict[str, Any], type[RunError], str]] = [
    ({"jobs": 0}, BadLimit, "the number of processes is 0; at least 1 is needed"),
    ({"timeout": 0}, BadLimit, "the time limit is 0 s; more than 0 and at most 1000000 is needed"),
    ({"timeout": float("nan")}, BadLimit, "the time limit is nan s"),
    ({"memory": -1}, BadLimit, "the memory limit is -1 MB"),
    ({"executor": "threads"}, NoSuchExecutor, "threads: there are serial, processes, dask://HOST:PORT"),
    ({"executor": "dask://"}, NoSuchExecutor, "dask://: there are serial"),
]


@pytest.mark.parametrize(("settings", "error", "said"), BAD)
def test_what_cannot_be_asked_for_is_told_before_anything_is_judged(
    settings: dict[str, Any], error: type[RunError], said: str
) -> None:
    with pytest.raises(error, match=said):
        check_many([], **settings)


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "lemmata.claims.cluster", raising=False)
    with pytest.raises(NotInstalled, match=r"needs distributed: pip install 'lemmata\[cluster\]'"):
        check_many([], executor="dask://localhost:8786")


def test_time_is_said_of_each_result() -> None:
    quick, slow = obeyed("answer a", "sleep 0.2")
    assert quick.seconds > 0
    assert slow.seconds >= 0.2
    assert isinstance(slow, Result)
