"""What the commands print, write and return."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lemmata.cli import main
from lemmata.cli.terminal import Progress, painter
from lemmata.report.text import coloured, plain

Script = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]

CODES = [
    (["PROVED"], 0),
    (["PROVED", "COROLLARY", "INDUCTION"], 0),
    (["PROVED", "FALSE"], 1),
    (["GAP"], 1),
    (["UNDECIDED"], 1),
    (["INVALID"], 1),
    (["DIFFERS"], 1),
    (["BREAK"], 2),
    (["FALSE", "BREAK"], 2),
    (["DISAGREE"], 3),
    (["BREAK", "DISAGREE"], 3),
]


@pytest.mark.parametrize(("theorems", "code"), CODES)
def test_exit_code_is_that_of_the_worst_theorem(
    theorems: list[str], code: int, script: Script, run: Run
) -> None:
    script("proofs/a.py", *theorems)
    assert run("check")[0] == code


def test_check_prints_a_line_a_theorem_then_the_block_of_the_false_one(script: Script, run: Run) -> None:
    script("proofs/a.py", "PROVED", "FALSE")
    _, out, err = run("check")
    assert out.splitlines()[0].startswith("proved     weight_norm_gradient")
    assert "   > = γ/‖u‖ (I − u uᵀ/‖u‖) ∇L(w)" in out
    assert out.endswith("2 theorems: 1 proved, 1 FALSE\n")
    assert err == ""
    assert "\x1b" not in out


def test_folder_is_searched_in_order_and_hidden_files_are_left_out(script: Script, run: Run) -> None:
    for path in ("my/b.py", "my/a.py", "my/sub/c.py", "my/.hidden/d.py", "my/__init__.py"):
        script(path, "INDUCTION")
    _, out, _ = run("check", "my", "--json")
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["my/a.py", "my/b.py", "my/sub/c.py"]


def test_script_outside_the_working_directory_has_no_absolute_path(
    script: Script, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("paper/appendix.py", "PROVED")
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")
    _, out, _ = run("check", str(folder / "paper" / "appendix.py"), "--json")
    assert json.loads(out)["file"] == "../paper/appendix.py"


BROKEN = [
    ("x = 1\ny = 1 / 0\n", "proofs/a.py:2: ZeroDivisionError: division by zero\n"),
    ("x = (1,\n", "proofs/a.py:1: SyntaxError: '(' was never closed\n"),
    ("def f():\n    raise KeyError\n\nf()\n", "proofs/a.py:2: KeyError\n"),
    ("import no_such_module\n", "proofs/a.py:1: ModuleNotFoundError: No module named 'no_such_module'\n"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_broken_script_is_told_with_its_line_and_no_traceback(
    text: str, said: str, script: Script, run: Run
) -> None:
    script("proofs/a.py", text=text)
    script("proofs/b.py", "PROVED")
    code, out, err = run("check")
    assert (code, err) == (2, said)
    assert "proved     weight_norm_gradient" in out


def test_traceback_is_shown_when_asked_for(script: Script, run: Run) -> None:
    script("proofs/a.py", text="1 / 0\n")
    assert "Traceback (most recent call last)" in run("check", "--traceback")[2]


UNREADABLE = [
    (["check", "nowhere"], "lemmata: nowhere: there is no such file or folder\n"),
    (["check", "empty"], "lemmata: empty: there is no proof script (*.py) in this folder\n"),
    (["check", "none.py"], "lemmata: none.py: no theorem is stated there\n"),
    (
        ["check", "one.py", "--theorem", "two"],
        "lemmata: two: no theorem has this name; there are: weight_norm_gradient\n",
    ),
]


@pytest.mark.parametrize(("arguments", "said"), UNREADABLE)
def test_input_which_cannot_be_read_is_named(
    arguments: list[str], said: str, script: Script, run: Run, folder: Path
) -> None:
    (folder / "empty").mkdir()
    script("none.py")
    script("one.py", "PROVED")
    assert run(*arguments) == (2, "", said)


@pytest.mark.parametrize("arguments", [[], ["prove"], ["verify"], ["report", "--docx"]])
def test_wrong_usage_exits_with_2(arguments: list[str], run: Run) -> None:
    with pytest.raises(SystemExit) as found:
        run(*arguments)
    assert found.value.code == 2


def test_disagreement_shows_both_sides(script: Script, run: Run) -> None:
    script("proofs/a.py", "DISAGREE")
    assert "accepted: 1 = 2\nrefuted: left 1, right 2" in run("check")[2]


def test_only_the_theorem_asked_for_is_checked(script: Script, run: Run) -> None:
    script("proofs/a.py", "PROVED", "DISAGREE")
    assert run("check", "--theorem", "weight_norm_gradient")[0] == 0


def test_certificates_of_proved_theorems_are_written(script: Script, run: Run, folder: Path) -> None:
    script("proofs/a.py", "PROVED", "GAP")
    run("check", "--certificates", "out")
    written = {path.name: json.loads(path.read_text()) for path in (folder / "out").iterdir()}
    assert written == {"a.weight_norm_gradient.json": {"version": 1, "statement": "weight_norm_gradient"}}


def test_report_writes_pages_which_check_then_accepts(script: Script, run: Run, folder: Path) -> None:
    script("proofs/a.py", "PROVED")
    assert run("report")[0] == 0
    assert (folder / "reports" / "a.md").exists()
    assert (folder / "reports" / "latex" / "a.tex").exists()
    assert run("report", "--check")[0] == 0


def test_stale_missing_and_left_over_reports_are_named(script: Script, run: Run, folder: Path) -> None:
    script("proofs/a.py", "PROVED")
    script("proofs/b.py", "INDUCTION")
    run("report")
    (folder / "reports" / "by_hand.md").write_text("Mine.\n")
    (folder / "reports" / "ledger.md").write_text("changed\n")
    (folder / "reports" / "html" / "a.html").unlink()
    (folder / "proofs" / "b.py").unlink()
    code, _, err = run("report", "--check")
    assert code == 1
    for path in ("b.md", "latex/b.tex", "html/b.html"):
        assert f"reports/{path}: left over from a script which is gone; delete it" in err
    assert "reports/ledger.md: stale; run `lemmata report`" in err
    assert "reports/html/a.html: missing; run `lemmata report`" in err
    assert "by_hand" not in err


def test_check_of_reports_writes_nothing(script: Script, run: Run, folder: Path) -> None:
    script("proofs/a.py", "PROVED")
    assert run("report", "--check")[0] == 1
    assert not (folder / "reports").exists()


def test_no_report_is_written_while_a_script_is_broken(script: Script, run: Run, folder: Path) -> None:
    script("proofs/a.py", "PROVED", "BREAK")
    assert run("report")[0] == 2
    assert not (folder / "reports").exists()


def test_ledger_fails_on_an_axiom_which_is_not_allowed(script: Script, run: Run) -> None:
    script("proofs/a.py", "COROLLARY")
    code, out, err = run("ledger")
    assert code == 1
    assert "cauchy_schwarz" in out
    assert "the axiom cauchy_schwarz is not allowed" in err


def test_ledger_accepts_axioms_allowed_by_argument_or_settings(
    script: Script, run: Run, folder: Path
) -> None:
    script("proofs/a.py", "COROLLARY")
    assert run("ledger", "--allow", "cauchy_schwarz")[0] == 0
    (folder / "pyproject.toml").write_text('[tool.lemmata]\naxioms = ["cauchy_schwarz"]\n')
    assert run("ledger")[0] == 0


@pytest.mark.parametrize("settings", ["[tool.lemmata]\naxioms = 3\n", "[tool"])
def test_settings_which_cannot_be_read_are_an_error(
    settings: str, script: Script, run: Run, folder: Path
) -> None:
    script("proofs/a.py", "PROVED")
    (folder / "pyproject.toml").write_text(settings)
    assert run("ledger")[0] == 2


def test_ledger_as_json(script: Script, run: Run) -> None:
    script("proofs/a.py", "PROVED")
    book = json.loads(run("ledger", "--json")[1])
    assert book["conditions"] == [
        {"what": "‖u‖ ≠ 0", "origin": "u != 0", "used_by": ["weight_norm_gradient"]}
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "settings", "paint"),
    [
        (io.StringIO(), {}, plain),
        (Terminal(), {"TERM": "xterm"}, coloured),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, coloured),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, plain),
        (Terminal(), {"TERM": "dumb"}, plain),
    ],
)
def test_colours_only_on_a_terminal_without_no_color(
    stream: io.StringIO, settings: dict[str, str], paint: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert painter(stream) is paint


def test_progress_is_drawn_on_a_terminal_and_not_in_a_pipe() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        Progress(stream, 4).show(2, "weight_norm")
    assert terminal.getvalue() == "\r[############............] 2/4 weight_norm\x1b[K"
    assert pipe.getvalue() == ""


def test_folder_which_cannot_be_written_is_named(script: Script, run: Run, folder: Path) -> None:
    script("proofs/a.py", "PROVED")
    (folder / "reports").write_text("a file, not a folder")
    code, _, err = run("report")
    assert (code, err) == (2, "lemmata: reports/index.md: File exists\n")


def test_letters_which_an_encoding_lacks_are_written_as_numbers(
    script: Script, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("proofs/a.py", "FALSE")
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", stream)
    assert main(["check"]) == 1
    stream.seek(0)
    assert "\\u2016u\\u2016" in stream.read()
