"""The command line: `lemmata check | report | ledger | verify`."""

from __future__ import annotations

from lemmata.cli.main import main as main
