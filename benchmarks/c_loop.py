"""The loops of `reference.c`, compiled for this machine where a C compiler is found."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.chains import Chain

SOURCE = Path(__file__).with_name("reference.c")
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")
MISSING = "a C compiler"


def compiler() -> str | None:
    """The command named by $CC, or the first that is found of the usual ones."""
    names = (os.environ.get("CC"), "cc", "gcc", "clang")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@cache
def library() -> ctypes.CDLL | None:
    """The compiled loops, or None without a compiler. Raises CalledProcessError where they do not compile."""
    command = compiler()
    if command is None:
        return None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "reference.so"
        subprocess.run([command, *FLAGS, str(SOURCE), "-o", str(made)], check=True)
        return ctypes.CDLL(str(made))


def decode(loops: ctypes.CDLL, chain: Chain, *, shared: bool = False) -> NDArray[np.int64]:
    """The best states (T,), or (S, T) for a batch, which is decoded one by one or `shared`."""
    emission = chain.log_emission
    count = len(emission) if emission.ndim == 3 else 1
    states = np.empty(emission.shape[:-1], dtype=np.int64)
    loops.viterbi(
        *map(_at, (chain.log_transition, chain.log_initial, emission, np.empty(emission.shape), states)),
        *map(ctypes.c_ssize_t, (chain.n, emission.shape[-2], count)),
        ctypes.c_int(shared),
    )
    return states


def select(loops: ctypes.CDLL, scores: NDArray[Any], b: int) -> NDArray[np.int64]:
    """Places of the b best, counted over all rows."""
    where, best = np.empty(b, dtype=np.int64), np.empty(b, dtype=scores.dtype)
    loop = loops.select_float32 if scores.dtype == np.float32 else loops.select_float64
    loop(_at(scores), ctypes.c_ssize_t(scores.size), ctypes.c_ssize_t(b), _at(best), _at(where))
    return where


def _at(array: NDArray[Any]) -> ctypes.c_void_p:
    if not array.flags.c_contiguous:
        raise ValueError("a C loop reads arrays in C order")
    return array.ctypes.data_as(ctypes.c_void_p)
