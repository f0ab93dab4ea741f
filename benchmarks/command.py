"""`python -m benchmarks`: measures the tables that are asked for, prints them and writes them down."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.c_loop import FLAGS, compiler
from benchmarks.options import Options
from benchmarks.table import Table

#: the name of a table, and the module whose `table` measures it
TABLES = {
    "dense": "viterbi_dense",
    "alone": "viterbi_alone",
    "peaked": "viterbi_peaked",
    "sparse": "viterbi_sparse",
    "batch": "viterbi_batch",
    "selection": "selection",
    "normalizers": "normalizers",
    "optimizers": "optimizers",
    "recurrent": "recurrent",
    "growth": "growth",
}
RESULTS = Path(__file__).with_name("results.json")

_VERSIONS = ("numpy", "numba", "scipy", "hmmlearn", "librosa", "dynamax", "jax", "torch")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the numerics.")
    parser.add_argument(
        "tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}; all unless named"
    )
    parser.add_argument("--rounds", type=int, default=Options().rounds, help="of which the minimum counts")
    parser.add_argument("--quick", action="store_true", help="tiny inputs: the figures mean nothing")
    parser.add_argument(
        "--json", type=Path, default=RESULTS, metavar="PATH", help="where to write the figures"
    )
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.tables) - set(TABLES))
    if unknown:
        parser.error(f"there is no table {', '.join(unknown)}; there are {', '.join(TABLES)}")
    if asked.rounds < 1:
        parser.error(f"--rounds is {asked.rounds}; needed is at least 1")
    if not asked.json.parent.is_dir():
        parser.error(f"--json is {asked.json}; there is no folder {asked.json.parent}")
    where = machine()
    print(*(f"{name}: {value}" for name, value in where.items()), sep="\n", flush=True)
    found: dict[str, Table] = {}
    for name in asked.tables or TABLES:
        found[name] = measured(name, Options(asked.rounds, asked.quick))
        print(f"\n{found[name].markdown()}", flush=True)
    text = {"machine": where, "tables": {name: table.as_json() for name, table in found.items()}}
    asked.json.write_text(json.dumps(text, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(name: str, options: Options) -> Table:
    table: Table = import_module(f"benchmarks.{TABLES[name]}").table(options)
    return table


def machine() -> dict[str, str]:
    """What the figures depend on."""
    command = compiler()
    described = "none" if command is None else _first_line([command, "--version"])
    packages = (f"{name} {version(name)}" for name in _VERSIONS if find_spec(name) is not None)
    return {
        "processor": _processor(),
        "Python": platform.python_version(),
        "packages": ", ".join(packages),
        "C compiler": f"{described}, {' '.join(FLAGS[:2])}",
        "figures": "minimum of CPU times, one thread",
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")  # of Linux; elsewhere Python knows
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _first_line(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0]
