"""A claim which takes too much, or takes its process down, costs nothing but its own result."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lemmata.claims.check import check_many
from lemmata.claims.errors import WorkerNotStarted
from tests.claims import judges
from tests.claims.running import eventually, is_running, lines_of, obeyed, ordered, reasons, records, started

OUT_OF_MEMORY = "the memory limit of 300 MB was reached"
OUT_OF_TIME = "the time limit of 0.5 s was reached"
DEPTH = "the limit of Python on the depth of calls was reached (RecursionError)"

BUG = "this is a bug of lemmata"

#: what the judge is told to do, and what is said of the claim
FATAL = [
    ("segfault", "the process which judged it died (signal 11)"),
    ("kill 9", "the process which judged it died (signal 9)"),
    ("kill 14", "the time limit of 20 s was reached"),  # a worker sets an alarm, should nobody stop it
    ("exit 3", "the process which judged it died (exit status 3)"),
    ("exit 0", "the process which judged it died (exit status 0)"),
    ("allocate 500", OUT_OF_MEMORY),
    ("hoard", OUT_OF_MEMORY),
    ("recurse", DEPTH),
    ("fail it is odd", f"{BUG}: ValueError: it is odd (in tests.claims.judges, line {judges.FAILING})"),
    ("leave", f"{BUG}: SystemExit: 3 (in tests.claims.judges, line {judges.LEAVING})"),
]


@pytest.mark.parametrize(("order", "reason"), FATAL)
@pytest.mark.parametrize("before", [[], ["answer first"]], ids=["fresh", "warm"])
def test_claim_which_breaks_its_process_is_undecided_and_costs_no_other(
    before: list[str], order: str, reason: str
) -> None:
    results = obeyed(*before, order, "answer last", timeout=20)
    *others, broken, last = results
    assert (broken.id, broken.outcome, broken.reason) == (len(before), "undecided", reason)
    assert reasons([*others, last]) == [*(text.removeprefix("answer ") for text in before), "last"]


@pytest.mark.parametrize("order", ["hang", "hang_in_c"])
def test_claim_which_hangs_is_undecided_and_costs_no_other(order: str) -> None:
    results = obeyed("answer first", order, "answer last", timeout=0.5)
    assert reasons(results) == ["first", OUT_OF_TIME, "last"]
    assert results[1].outcome == "undecided"
    assert results[1].seconds >= 0.5


def test_claim_which_hangs_does_not_hold_up_the_others() -> None:
    """With the second process the rest are judged while the first hangs: all of them, in the end."""
    results = obeyed("hang", *["sleep 0.05"] * 8, timeout=0.5, jobs=2)
    assert reasons(results) == [OUT_OF_TIME, *["sleep"] * 8]


def test_memory_which_earlier_claims_hold_is_not_blamed_on_a_later_one() -> None:
    assert reasons(obeyed("keep 100", "kept", "allocate 230")) == ["keep", "1", "allocate"]


def test_claim_is_judged_again_where_its_process_had_judged_others(tmp_path: Path) -> None:
    assert reasons(obeyed("answer first", f"once {tmp_path / 'a'}")) == ["first", "survived"]
    (dead,) = obeyed(f"once {tmp_path / 'b'}")
    assert dead.reason == "the process which judged it died (signal 9)"


def test_worker_judges_many_claims() -> None:
    assert len(set(reasons(obeyed(*["pid"] * 50)))) == 1


@pytest.mark.parametrize("order", ["keep 200", "fail", "recurse"])
def test_worker_is_replaced_when_it_has_grown_or_was_interrupted(order: str) -> None:
    before, _, after = reasons(obeyed("pid", order, "pid"))
    assert before != after


def test_worker_of_a_large_process_is_replaced_when_it_has_grown() -> None:
    large = bytearray(400 * judges.MEGABYTE)
    before, _, after = reasons(obeyed("pid", "keep 200", "pid"))
    assert before != after
    assert len(large) > 0


@pytest.mark.parametrize("last", [[], ["answer last"]])
def test_worker_which_dies_when_it_has_answered_costs_no_claim(last: list[str]) -> None:
    """All of that while nobody listens."""
    found = []
    for result in check_many(ordered([*["answer a"] * 5, "exit_later 0.05", *last]), judge=judges.OBEY):
        found.append(result.reason)
        time.sleep(0.1)
    assert found == [*["a"] * 5, "exit_later", *["last"] * len(last)]


def test_workers_order_sets_alike() -> None:
    first, _, second = reasons(obeyed("order", "exit 1", "order"))
    assert first == second


def test_worker_which_dies_leaves_no_image_of_its_memory() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        assert reasons(obeyed("core")) == ["0"]
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def test_file_of_the_working_directory_does_not_stand_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if folder])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pickle.py").write_text("raise SystemExit('this is another pickle')")
    assert reasons(obeyed("answer a")) == ["a"]


def test_what_a_judge_prints_is_no_result(capfd: pytest.CaptureFixture[str]) -> None:
    assert reasons(obeyed("say hello", "answer last")) == ["say", "last"]
    assert capfd.readouterr() == ("", "hello\nhello")


@pytest.mark.parametrize(
    ("judge", "said"),
    [
        ("tests.claims.judges:missing", "AttributeError"),
        ("no_such_module:judge", "ModuleNotFoundError"),
        ("tests.claims.stillborn:judge", "3 worker processes died .* the last by exit status 7"),
    ],
)
def test_judge_which_cannot_be_loaded_is_an_error(judge: str, said: str) -> None:
    with pytest.raises(WorkerNotStarted, match=said):
        obeyed("answer 1", judge=judge)


def test_process_which_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(WorkerNotStarted, match="No such file or directory: '/no/such/python'"):
        obeyed("answer a")


def test_workers_end_when_the_results_are_wanted_no_more() -> None:
    results = check_many(ordered(["pid", "pid", "hang"]), jobs=2, judge=judges.OBEY)
    pids = {int(next(results).reason), int(next(results).reason)}
    assert all(map(is_running, pids))
    results.close()
    assert not any(map(is_running, pids))


@pytest.mark.parametrize("orders", [["pid", "hang_in_c"], ["pid"]], ids=["busy", "idle"])
def test_workers_end_when_the_process_which_started_them_is_killed(orders: list[str]) -> None:
    with started("-", "--timeout", "0.5", stdin=subprocess.PIPE) as process:
        process.stdin.write(lines_of(orders))  # and more may come
        process.stdin.flush()
        (found,) = records(process.stdout.readline())
        process.kill()
        process.communicate()
    assert eventually(lambda: not is_running(int(found["reason"])))
