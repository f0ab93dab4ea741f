"""The arguments of the commands, and what becomes of errors.

Exit codes: 0 all proved; 1 something is not proved (or a report is stale, or an axiom not allowed);
2 wrong usage or an input which cannot be read; 3 the kernel and the refuter disagree, which is a bug.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TextIO

from lemmata.cli import commands
from lemmata.cli.errors import Disagreed, InputError
from lemmata.cli.exits import Exit

CODES = "exit codes: 0 all proved, 1 something not proved, 2 unreadable input, 3 kernel and refuter disagree"
CODES_OF_CLAIMS = (
    "exit codes: 0 every claim was judged, 2 unreadable input, 130 stopped by Ctrl-C, 143 by SIGTERM"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    options = parser().parse_args(arguments)
    # Terms are many and have no cycles: looking for cycles after every 700 of them is a sixth of the time.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        never_fail(stream)
    try:
        return int(options.run(options))
    except InputError as error:
        print(f"lemmata: {error}", file=sys.stderr)
        return Exit.UNREADABLE
    except Disagreed as error:
        print(
            f"lemmata: the kernel and the refuter disagree; this is a bug of lemmata\n{error}",
            file=sys.stderr,
        )
        return Exit.DISAGREEMENT
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.NOT_PROVED


def never_fail(stream: TextIO) -> None:
    """A letter which the encoding of a stream does not have is written as its number."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(
        prog="lemmata", description="Checks derivations line by line, for every dimension.", epilog=CODES
    )
    top.add_argument("--version", action="version", version=f"lemmata {installed()}")
    found = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_check(found.add_parser("check", help="check the theorems of proof scripts", epilog=CODES))
    add_report(found.add_parser("report", help="check, and write the reports", epilog=CODES))
    add_ledger(found.add_parser("ledger", help="show everything the theorems rest on", epilog=CODES))
    add_verify(
        found.add_parser("verify", help="check certificates again with the kernel alone", epilog=CODES)
    )
    add_claims(found.add_parser("claims", help="judge claims, one a line", epilog=CODES_OF_CLAIMS))
    return top


def add_check(command: argparse.ArgumentParser) -> None:
    add_paths(command)
    command.add_argument("--theorem", action="append", default=[], metavar="NAME", help="only this theorem")
    command.add_argument("--certificates", metavar="DIR", help="write the certificates into this folder")
    command.set_defaults(run=commands.check)


def add_report(command: argparse.ArgumentParser) -> None:
    add_paths(command)
    command.add_argument("--out", default="reports", metavar="DIR", help="where to write (default: reports)")
    command.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a report is not up to date"
    )
    command.set_defaults(run=commands.report)


def add_ledger(command: argparse.ArgumentParser) -> None:
    add_paths(command)
    command.add_argument(
        "--allow", action="append", default=[], metavar="AXIOM", help="an axiom to be accepted"
    )
    command.set_defaults(run=commands.ledger)


def add_verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "certificates", nargs="+", metavar="CERT", help="a certificate; - is the standard input"
    )
    command.add_argument("--json", action="store_true", help="print the verdicts as JSON, one a line")
    command.set_defaults(run=verify)


def verify(options: argparse.Namespace) -> Exit:
    """`lemmata verify`, of which the imports are its own."""
    from lemmata.cli import verify as alone

    return alone.verify(options)


def add_claims(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.jsonl", help="claims, one a line; - is the standard input")
    command.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="processes which judge (default: 1)"
    )
    command.add_argument(
        "--timeout", type=float, default=10, metavar="SECONDS", help="for one claim (default: 10)"
    )
    command.add_argument(
        "--memory", type=int, default=2048, metavar="MB", help="for one claim (default: 2048)"
    )
    command.add_argument("--out", metavar="FILE", help="write the results there (default: standard output)")
    command.add_argument(
        "--resume", action="store_true", help="go on with the results in the file of --out, if there are any"
    )
    command.add_argument(
        "--executor",
        default="processes",
        metavar="NAME",
        help="processes (the default), serial (no limit of memory) or dask://HOST:PORT",
    )
    command.set_defaults(run=claims)


def claims(options: argparse.Namespace) -> int:
    """`lemmata claims`, of which the imports are its own."""
    from lemmata.cli import claims as alone

    return alone.claims(options)


def add_paths(command: argparse.ArgumentParser) -> None:
    """What all commands that run proof scripts have."""
    command.add_argument(
        "paths", nargs="*", default=["proofs"], metavar="PATH", help="scripts or folders (default: proofs)"
    )
    command.add_argument("--json", action="store_true", help="print JSON, one theorem a line")
    command.add_argument(
        "--no-cache", dest="cache", action="store_false", help="search for all proofs again, and keep none"
    )
    command.add_argument(
        "--traceback", action="store_true", help="show the whole error of a script that breaks"
    )


def installed() -> str:
    """The version of the installed package."""
    try:
        return version("lemmata")
    except PackageNotFoundError:
        return "(not installed)"
