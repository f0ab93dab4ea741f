"""A run which was cut off goes on, and its results are those of one which was not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lemmata.claims.errors import NotResumable, WouldOverwrite
from lemmata.claims.result import Result, invalid
from lemmata.claims.resume import begun
from lemmata.claims.stream import line_of
from tests.claims.judges import TRIVIAL
from tests.claims.running import eventually, records, started, written

Run = Callable[..., tuple[int, str, str]]

ORDERS = ["answer a", "answer ‖u‖ ≠ 0", "fail", "answer b"]


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """Claims, of which some are none."""
    path = written(tmp_path / "claims.jsonl", ORDERS)
    path.write_bytes(
        path.read_bytes() + b'\nnonsense\n[1]\n{"id": {"a": ["\\ud800", 1.5]}, "claim": "answer"}'
    )
    return path


def test_run_which_was_cut_off_anywhere_goes_on_to_the_same_file(
    claims: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    resumed = (claims, "--executor", "serial", "--out", out, "--resume")
    assert run(*resumed)[:2] == (0, "")
    whole = out.read_bytes()
    assert len(records(whole)) == 7
    at_the_ends = {
        end + more for end in range(len(whole)) if whole[end : end + 1] == b"\n" for more in (0, 1, 2)
    }
    for end in sorted({*range(0, len(whole), 20), *at_the_ends} - {len(whole) + 1}):
        out.write_bytes(whole[:end])
        code, _, err = run(*resumed)
        assert (code, records(out.read_bytes())) == (0, records(whole))
        done = whole[:end].count(b"\n")
        assert err.startswith(f"{7 - done} claim") and (f"after the {done} done before" in err) == (done > 0)


def test_run_which_was_killed_goes_on_to_the_same_file(run: Run, tmp_path: Path) -> None:
    orders = [*["answer a"] * 20, "exit 1", *["sleep 0.01"] * 100]
    claims, out, whole = written(tmp_path / "claims", orders), tmp_path / "out", tmp_path / "whole"
    with started(claims, "--out", out, "--jobs", 2) as process:
        assert eventually(lambda: out.exists() and out.read_bytes().count(b"\n") > 30)
        process.kill()
        process.communicate()
    assert out.read_bytes().count(b"\n") < len(orders)
    assert run(claims, "--out", out, "--resume", "--jobs", 2)[0] == 0
    assert run(claims, "--out", whole, "--jobs", 2)[0] == 0
    assert records(out.read_bytes()) == records(whole.read_bytes())


def test_results_which_are_there_are_not_written_over(claims: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("precious\n")
    said = f"lemmata: {out}: is there and not empty; --resume goes on with it, or remove it first\n"
    assert run(claims, "--out", out) == (2, "", said)
    assert out.read_text() == "precious\n"


@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_empty_file_is_written_to(resume: list[str], claims: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.touch()
    assert run(claims, "--out", out, *resume, judge=TRIVIAL)[0] == 0
    assert len(records(out.read_bytes())) == 7


DONE = b"".join(line_of(Result(id, "proved")) for id in (1, "two", None))
GIVEN: list[object] = [{"id": 1}, {"id": "two"}, invalid(None, "line 3: is not JSON"), {"id": 4}]

#: a file of results, the claims given with it, and what is said
OTHERS = [
    (
        DONE,
        [{"id": 1}, {"id": 2}],
        'out:2: is the result of the claim "two", and the claim given',
    ),
    (DONE, [{"id": True}], "out:1: is the result of the claim 1, and the claim given there is true;"),
    (DONE, [{"id": 1}, {"id": "two"}], "out:3: there are more results here than claims are given"),
    (b'{"id": 1, "claim": "a == a"}\n', GIVEN, "out:1: is not a result"),
    (DONE.replace(b"proved", b"shown"), GIVEN, "out:1: is not a result"),
    (DONE + b"\x00\xff\n", GIVEN, "out:4: is not a result"),
    (b"[1]\n", GIVEN, "out:1: is not a result"),
    (b"[" * 100_000 + b"\n", GIVEN, "out:1: is not a result"),
]


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("out")


@pytest.mark.parametrize(("text", "given", "said"), OTHERS, ids=range(len(OTHERS)))
def test_results_of_other_claims_are_not_gone_on_with(
    text: bytes, given: list[object], said: str, out: Path
) -> None:
    out.write_bytes(text)
    with pytest.raises(NotResumable) as found:
        begun("out", True, iter(given))
    assert str(found.value).startswith(said)
    assert out.read_bytes() == text


ENDINGS = [b"", b"{", line_of(Result(4, "proved"))[:-1], b"\x00" * 100]


@pytest.mark.parametrize("ending", ENDINGS, ids=range(len(ENDINGS)))
def test_line_which_was_cut_off_is_taken_away_and_its_claim_is_left(ending: bytes, out: Path) -> None:
    out.write_bytes(DONE + ending)
    given: Iterator[object] = iter(GIVEN)
    assert begun("out", True, given) == 3
    assert list(given) == [{"id": 4}]
    assert out.read_bytes() == DONE


def test_nothing_is_begun_where_there_is_no_file(out: Path) -> None:
    assert begun("out", False, iter(GIVEN)) == 0
    out.write_bytes(DONE)
    with pytest.raises(WouldOverwrite, match="out: is there and not empty"):
        begun("out", False, iter(GIVEN))


def test_ids_of_the_judge_do_not_matter(claims: Path, run: Run) -> None:
    """The fake judges give no ids: they are those of the claims."""
    _, text, _ = run(claims, "--executor", "serial")
    assert [json.loads(line)["id"] for line in text.splitlines()[:4]] == [0, 1, 2, 3]
