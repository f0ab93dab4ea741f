"""Claims and results as lines, and the command which reads and writes them."""

from __future__ import annotations

import io
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lemmata.claims.lines import lines
from lemmata.claims.result import Result
from lemmata.claims.stream import LONGEST_LINE, claim_on, claims_in, line_of
from lemmata.cli import tally
from lemmata.cli.tally import Tally
from lemmata.cli.terminal import Progress
from tests.claims.judges import TRIVIAL
from tests.claims.running import (
    PATIENCE,
    ROOT,
    is_running,
    lines_of,
    records,
    started,
    written,
)

Run = Callable[..., tuple[int, str, str]]

#: a line, and what is said of it
NO_CLAIMS = [
    (b'{"id": 1', "line 7: is not JSON: Expecting ',' delimiter at character 9"),
    (b"{'id': 1}", "line 7: is not JSON: Expecting property name enclosed in double quotes at character 2"),
    (b'{"id": 1} {"id": 2}', "line 7: is not JSON: Extra data at character 11"),
    (b'{"id": "\xff"}', "line 7: byte 9 is not UTF-8"),
    (b'{"id": NaN}', "line 7: NaN is no number of JSON"),
    (b'{"id": -Infinity}', "line 7: -Infinity is no number of JSON"),
    (b'{"id": 1e999}', "line 7: the number 1e999 is too large"),
    (b'{"id": -' + b"9" * 5000 + b"}", "line 7: a number has 5000 digits, which are too many"),
    (b'{"id": 1, "claim": "a", "id": 2}', 'line 7: the key "id" stands twice in an object'),
    (b'{"vars": {"\xce\xb3": 1, "\xce\xb3": 1}}', 'line 7: the key "γ" stands twice in an object'),
    (
        b"[" * 33 + b"]" * 33,
        "line 7: objects and lists stand in each other more than 32 deep, which is the most that is read",
    ),
    (
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "line 7: objects and lists stand in each other more than 32 deep, which is the most that is read",
    ),
    (
        b'"' + b"x" * LONGEST_LINE + b'"',
        "line 7: has more than 1000000 bytes, which is the most that is read",
    ),
]


@pytest.mark.parametrize(("line", "said"), NO_CLAIMS, ids=range(len(NO_CLAIMS)))
def test_line_which_is_no_claim_is_invalid(line: bytes, said: str) -> None:
    assert claim_on(line, 7) == Result(None, "invalid", reason=said)


CLAIMS = [
    (b'{"id": "\xce\xb3"}', {"id": "γ"}),
    (b'\xef\xbb\xbf{"id": 1}\r', {"id": 1}),
    (b"[" * 32 + b"]" * 32, None),
    (b'{"id": 1.5, "given": []}', {"id": 1.5, "given": []}),
    (b'"' + b"x" * (LONGEST_LINE - 2) + b'"', None),
]


@pytest.mark.parametrize(("line", "claim"), CLAIMS, ids=range(len(CLAIMS)))
def test_line_which_is_a_claim_is_read(line: bytes, claim: object) -> None:
    found = claim_on(line, 1)
    assert not isinstance(found, Result)
    assert claim is None or found == claim


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    "text", [b"", b"\n", b"a", b"a\n", b"a\nbb\n\n\nccc", b"123456\n1234567\n", b"123456789" * 5 + b"\nab\n"]
)
def test_lines_are_found_whatever_pieces_they_come_in(
    text: bytes, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lemmata.claims.lines._CHUNK", size)
    (tmp_path / "text").write_bytes(text)
    with open(tmp_path / "text", "rb") as file:
        found = list(lines(file.fileno(), longest=6))
    assert found == [line[:7] for line in text.removesuffix(b"\n").split(b"\n")] if text else not found


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    (tmp_path / "claims").write_bytes(b'\n  \r\n{"id": 1}\n\n{"id": 2\n{"id": 3}')
    with open(tmp_path / "claims", "rb") as file:
        one, two, three = claims_in(file.fileno())
    assert (one, three) == ({"id": 1}, {"id": 3})
    assert isinstance(two, Result) and two.reason.startswith("line 5: ")


def test_result_is_written_in_the_order_of_its_keys_and_in_utf_8() -> None:
    result = Result("γ", "gap", needs=("‖u‖ ≠ 0",), at=(1, 2), seconds=0.5)
    assert line_of(result).decode() == (
        '{"id": "γ", "outcome": "gap", "evidence": null, "needs": ["‖u‖ ≠ 0"], "counterexample": null, '
        '"residual": null, "rests_on": [], "reason": "", "at": [1, 2], "seconds": 0.5}\n'
    )


def test_half_of_a_letter_is_written_as_it_was_read() -> None:
    id = json.loads('"\\ud800"')
    assert json.loads(line_of(Result(id, "proved"))) == {**Result(id, "proved").to_json(), **EMPTY}


EMPTY: dict[str, object] = {"needs": [], "rests_on": []}


@pytest.mark.parametrize("jobs", [1, 2])
def test_command_writes_a_result_for_each_line_and_says_how_many(jobs: int, run: Run, tmp_path: Path) -> None:
    claims = written(tmp_path / "claims.jsonl", ["answer a", "sleep 0.1", "exit 1", "answer b"])
    claims.write_bytes(claims.read_bytes() + b"\nnonsense\n")
    code, out, err = run(claims, "--jobs", jobs)
    found = records(out.encode())
    assert code == 0
    assert [record["id"] for record in found] == [0, 1, 2, 3, None]
    assert [record["reason"] for record in found][3:] == [
        "b",
        "line 6: is not JSON: Expecting value at character 1",
    ]
    assert err.startswith("5 claims in ") and err.endswith("): 3 proved, 1 undecided, 1 invalid\n")
    assert "\x1b" not in err and err.count("\n") == 1


def test_limits_are_those_asked_for(run: Run, tmp_path: Path) -> None:
    claims = written(tmp_path / "claims.jsonl", ["hang", "allocate 300"])
    _, out, _ = run(claims, "--timeout", 0.5, "--memory", 200)
    assert [record["reason"] for record in records(out.encode())] == [
        "the time limit of 0.5 s was reached",
        "the memory limit of 200 MB was reached",
    ]


UNREADABLE = [
    (["nowhere.jsonl"], "lemmata: nowhere.jsonl: No such file or directory\n"),
    (["."], "lemmata: .: Is a directory\n"),
    (
        ["empty", "--executor", "threads"],
        "lemmata: threads: there are serial, processes, dask://HOST:PORT\n",
    ),
    (["empty", "--jobs", "0"], "lemmata: the number of processes is 0; at least 1 is needed\n"),
    (["empty", "--out", "no/folder"], "lemmata: no/folder: No such file or directory\n"),
    (
        ["empty", "--resume"],
        "lemmata: --resume needs --out FILE: it goes on with the results which are in this file\n",
    ),
]


@pytest.mark.parametrize(("arguments", "said"), UNREADABLE)
def test_what_cannot_be_done_is_told_with_exit_code_2(
    arguments: list[str], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").touch()
    assert run(*arguments) == (2, "", said)


def test_judge_which_cannot_be_loaded_is_told_with_exit_code_2(run: Run, tmp_path: Path) -> None:
    code, _, err = run(written(tmp_path / "claims.jsonl", ["answer a"]), judge="no_such_module:judge")
    assert code == 2
    assert "lemmata: the judge no_such_module:judge cannot be loaded" in err


def test_file_without_claims_has_no_results(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    code, out, err = run(tmp_path / "empty")
    assert (code, out) == (0, "")
    assert err.startswith("0 claims in ")


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_result_is_there_before_the_next_claim_is_sent(executor: str) -> None:
    with started("-", "--executor", executor, stdin=subprocess.PIPE) as process:
        for number in range(3):
            process.stdin.write(lines_of([f"answer {number}"]))
            process.stdin.flush()
            there, _, _ = select.select([process.stdout], [], [], PATIENCE)
            assert there
            assert records(process.stdout.readline())[0]["reason"] == str(number)
        _, err = process.communicate()
    assert process.returncode == 0
    assert err.startswith(b"3 claims in ")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_run_leaves_complete_lines_and_no_processes(number: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C is for all processes of a terminal: only the command itself says something."""
    claims = written(tmp_path / "claims.jsonl", ["pid", *["answer a"] * 50, "hang", *["answer a"] * 50])
    with started(claims, "--timeout", 20, "--jobs", 2, start_new_session=True) as process:
        found = [records(process.stdout.readline())[0] for _ in range(51)]
        os.killpg(process.pid, number)
        rest, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number
    assert rest == b""
    summary, why = err.decode().splitlines()
    assert " claims in " in summary
    assert why == f"lemmata: stopped by {number.name}"
    assert not is_running(int(found[0]["reason"]))


def test_signal_which_was_ignored_stays_ignored(tmp_path: Path) -> None:
    """As with `nohup`, or a command in the background of a script."""
    claims = written(tmp_path / "claims.jsonl", ["answer a", "sleep 0.3"])
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = started(claims)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_reader_who_has_seen_enough_ends_the_run_quietly() -> None:
    endless = subprocess.Popen(
        [sys.executable, "-c", f"while True: print({json.dumps({'id': 1, 'claim': 'answer a'})!r})"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with endless, started("-", stdin=endless.stdout) as process:
        endless.stdout.close()  # type: ignore[union-attr]
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        assert process.wait(PATIENCE) == 1
    assert b"Traceback" not in err


def test_long_line_is_read_in_bounded_memory() -> None:
    """A line of 100 MB, by a process which may have 50 MB."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_DATA, (50 * 2**20, 50 * 2**20)); "
    code = (
        f"{limited}from lemmata.claims.sources import settled; from lemmata.claims.stream import claims_in; "
        "print([claim if isinstance(claim, dict) else claim.reason for claim in settled(claims_in(0))])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        for _ in range(100):
            process.stdin.write(b"x" * 2**20)  # type: ignore[union-attr]
        out, _ = process.communicate(b'\n{"id": 1}\n')
    assert out.decode().strip() == (
        "['line 1: has more than 1000000 bytes, which is the most that is read', {'id': 1}]"
    )


def test_command_itself_loads_neither_sympy_nor_numpy(tmp_path: Path) -> None:
    claims = written(tmp_path / "claims.jsonl", ["answer a"])
    code = (
        f"import sys; from lemmata.cli import claims, main; claims.JUDGE = {TRIVIAL!r}; "
        f"main(['claims', {str(claims)!r}]); "
        "print(sorted({'sympy', 'numpy', 'flint', 'distributed', 'lemmata.language'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


class Terminal(io.StringIO):
    """A stream which says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def tallied(total: int, monkeypatch: pytest.MonkeyPatch, columns: int = 80) -> str:
    """What a terminal is shown while claims are judged."""
    monkeypatch.setattr(tally, "REDRAW", -1)
    monkeypatch.setattr(tally, "monotonic", lambda: 10.0)
    monkeypatch.setenv("COLUMNS", str(columns))
    screen = Terminal()
    shown = Tally(Progress(screen, total), shown=True, before=1, begun=0.0)
    for outcome in ("proved", "refuted", "proved"):
        shown.add(outcome)
    return screen.getvalue().rpartition("\r")[2]


def test_terminal_is_shown_how_much_is_done_how_fast_and_what_came_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert tallied(8, monkeypatch) == "[############............] 4/8 0.3/s  2 proved, 1 refuted\x1b[K"
    assert tallied(0, monkeypatch) == "4 0.3/s  2 proved, 1 refuted\x1b[K"
    assert tallied(8, monkeypatch, columns=50) == "[############............] 4/8 0.3/s\x1b[K"


def test_outcomes_have_colours_unless_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[32m2 proved\x1b[0m, \x1b[1;31m1 refuted\x1b[0m" in tallied(8, monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "2 proved, 1 refuted" in tallied(8, monkeypatch)
