"""What each command does. A command returns its exit code."""

from __future__ import annotations

import json
import sys
import tomllib
import traceback
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from lemmata.cli import questions, run, scripts
from lemmata.cli.cache import Cache
from lemmata.cli.errors import BadSettings, CannotWrite
from lemmata.cli.exits import Exit
from lemmata.cli.pictures import comparable, pictures, to_write
from lemmata.report import render, words
from lemmata.report.ledger import ledger as ledger_of
from lemmata.report.ledger import text as ledger_text
from lemmata.report.pages import page_names

PAGES = ("*.md", "latex/*.tex", "html/*.html", "figures/*.svg", "figures/*.pdf")


def check(options: Namespace) -> Exit:
    """Check the theorems of proof scripts."""
    show = run.as_json if options.json else run.aloud
    result = show(wanted(options, options.theorem))
    if options.certificates:
        write(options.certificates, certificates(result))
    return finish(result, options)


def wanted(options: Namespace, names: Sequence[str] = ()) -> run.Wanted:
    """What a command is to check, and the cache unless it is not wanted."""
    return run.Wanted(options.paths, names, Cache() if options.cache else None)


def certificates(result: run.Run) -> dict[str, str]:
    """A file for each certificate: `script.theorem.json`."""
    names = page_names(record["file"] for record in result.records)
    return {
        f"{names[record['file']]}.{record['name']}.json": json.dumps(
            theorem.certificate(), ensure_ascii=False, indent=1, sort_keys=True
        )
        + "\n"
        for theorem, record in result.checked
        if record["certificate"]
    }


def report(options: Namespace) -> Exit:
    """Write the reports, or compare them with those which are there."""
    result = run.as_json(wanted(options)) if options.json else run.aloud(wanted(options))
    code = finish(result, options)
    if result.broken:
        print("no report is written while a proof script is broken", file=sys.stderr)
        return code
    out, shown = Path(options.out), scripts.shown(options.out)
    found = pictures(options.paths, [record["file"] for record in result.records])
    if found.broken:
        return finish(run.Run(broken=found.broken), options)
    asked = questions.assignment(options.paths)
    files: dict[str, str | bytes] = {
        **render(result.records, shown, drawings=found.records, assignment=asked)
    }
    if options.check:
        return max(code, compare(out, {**files, **comparable(out, found)}, found.paths))
    files = {**files, **to_write(out, found)}
    write(options.out, files)
    print(f"wrote {len(files)} files to {scripts.shown(options.out)}", file=sys.stderr)
    return code


def compare(out: Path, files: Mapping[str, str | bytes], others: Sequence[str] = ()) -> Exit:
    """Say which reports are not up to date; `others` are files that belong to them and are not compared."""
    found = differences(out, files, others)
    for line in found:
        print(line, file=sys.stderr)
    return Exit.NOT_PROVED if found else Exit.PROVED


def differences(out: Path, files: Mapping[str, str | bytes], others: Sequence[str] = ()) -> list[str]:
    """One line for each report that is stale, missing or left over."""
    there = {path: (out / path).read_bytes() for path in files if (out / path).is_file()}
    missing = [f"{out / path}: missing; run `lemmata report`" for path in files if path not in there]
    stale = [
        f"{out / path}: stale; run `lemmata report`" for path in there if there[path] != as_bytes(files[path])
    ]
    extra = [
        f"{path}: left over from a script which is gone; delete it"
        for path in left_over(out, [*files, *others])
    ]
    return sorted(missing + stale + extra)


def as_bytes(content: str | bytes) -> bytes:
    """What stands in a file."""
    return content.encode() if isinstance(content, str) else content


def left_over(out: Path, files: Sequence[str]) -> list[Path]:
    """Generated files which none of the scripts gives. A file made by hand is not one."""
    pages = (path for pattern in PAGES for path in out.glob(pattern))
    return [
        path
        for path in pages
        if path.relative_to(out).as_posix() not in files and words.WRITTEN.encode() in path.read_bytes()
    ]


def write(folder: str, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = Path(folder) / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(content))
        except OSError as error:
            raise CannotWrite(f"{path}: {error.strerror}") from error


def ledger(options: Namespace) -> Exit:
    """Print what the theorems rest on."""
    allowed = {*options.allow, *allowed_axioms(Path("pyproject.toml"))}
    result = run.silently(wanted(options))
    found = ledger_of(result.records)
    print(json.dumps(asdict(found), ensure_ascii=False) if options.json else ledger_text(found))
    forbidden = found.forbidden(allowed)
    for axiom in forbidden:
        print(
            f"the axiom {axiom.what} is not allowed; allow it with --allow or in [tool.lemmata]",
            file=sys.stderr,
        )
    return max(finish(result, options), Exit.NOT_PROVED if forbidden else Exit.PROVED)


def allowed_axioms(settings: Path) -> Sequence[str]:
    """The list `axioms` of `[tool.lemmata]`; empty where it is not given."""
    if not settings.is_file():
        return ()
    try:
        tools = tomllib.loads(settings.read_text(encoding="utf-8")).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{settings}: {error}") from error
    axioms = tools.get("lemmata", {}).get("axioms", [])
    if not isinstance(axioms, list) or not all(isinstance(name, str) for name in axioms):
        raise BadSettings(f"{settings}: [tool.lemmata] axioms is {axioms!r}; a list of names is needed")
    return axioms


def finish(result: run.Run, options: Namespace) -> Exit:
    """Say which scripts broke, and return the exit code of a run."""
    for error in result.broken:
        if options.traceback and error.__cause__:
            traceback.print_exception(error.__cause__)
        print(error, file=sys.stderr)
    if result.broken:
        return Exit.UNREADABLE
    return Exit.PROVED if result.all_proved else Exit.NOT_PROVED
