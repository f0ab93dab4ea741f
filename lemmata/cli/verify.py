"""`lemmata verify`: certificates are checked again by the kernel alone. Imports neither SymPy nor NumPy."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from lemmata.cli.errors import UnreadableCertificate
from lemmata.cli.exits import Exit
from lemmata.kernel import Verdict, verify_text


def verify(options: Namespace) -> Exit:
    """Print the verdict of the kernel on each certificate."""
    codes = [verified(name, options.json) for name in options.certificates]
    return max(codes, default=Exit.PROVED)


def verified(name: str, as_json: bool) -> Exit:
    """The verdict on one certificate, printed."""
    try:
        verdict = verify_text(certificate(name))
    except UnreadableCertificate as error:
        print(error, file=sys.stderr)
        return Exit.UNREADABLE
    print(json.dumps(values(name, verdict), ensure_ascii=False) if as_json else lines(name, verdict))
    return Exit.PROVED if verdict.outcome == "proved" else Exit.NOT_PROVED


def certificate(name: str) -> str:
    """The text of a certificate; `-` is the standard input."""
    try:
        if name == "-":
            return sys.stdin.read()
        return Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableCertificate(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableCertificate(f"{name}: this is no text in UTF-8") from error


def values(name: str, verdict: Verdict) -> dict[str, object]:
    """A verdict as plain JSON values."""
    return {
        "file": name,
        "outcome": verdict.outcome,
        "statement": verdict.statement,
        "given": list(verdict.given),
        "needs": list(verdict.needs),
        "axioms": list(verdict.axioms),
        "rests_on": list(verdict.rests_on),
        "steps": verdict.steps,
        "digest": verdict.digest,
        "reason": verdict.reason,
    }


def lines(name: str, verdict: Verdict) -> str:
    """A verdict for a reader: the outcome, then what it is about, one thing a line."""
    head = f"{verdict.outcome.upper() if verdict.outcome != 'proved' else 'proved':<8} {name}"
    facts = (
        ("", verdict.statement),
        *(("given: ", said) for said in verdict.given),
        ("reason: ", verdict.reason),
        ("needs: ", ", ".join(verdict.needs)),
        ("rests on: ", ", ".join(verdict.rests_on)),
        ("axioms: ", ", ".join(map(str, verdict.axioms))),
        (f"{verdict.steps} steps, ", verdict.digest),
    )
    return "\n".join([head, *(f"         {title}{said}" for title, said in facts if said)])
