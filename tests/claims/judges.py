"""Judges which do what the text of a claim says: they hang, die, raise errors, or answer.

They are loaded by worker processes, by their dotted names.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import threading
import time
from typing import Any

from lemmata.claims.result import Result

THIS = "tests.claims.judges"
OBEY = f"{THIS}:obey"
TRIVIAL = f"{THIS}:trivial"
WORK = f"{THIS}:work"

MEGABYTE = 2**20


def trivial(claim: Any, seconds: float) -> Result:
    """No work at all."""
    return Result(None, "proved", "exact", reason="trivial")


def no_result(claim: Any, seconds: float) -> Any:
    """Something else than a result."""


def not_json(claim: Any, seconds: float) -> Result:
    """A result which cannot be written as JSON."""
    return Result(None, "refuted", counterexample={"lhs": float("nan")})


def work(claim: Any, seconds: float) -> Result:
    """Ten milliseconds of work."""
    end = time.process_time() + 0.01
    while time.process_time() < end:
        pass
    return trivial(claim, seconds)


def obey(claim: Any, seconds: float) -> Result:
    """Do what the text of the claim says."""
    name, _, argument = claim["claim"].partition(" ")
    said = ORDERS[name](argument)
    return Result(None, "proved", "exact", reason=said or name)


def hang(_: str) -> None:
    while True:
        pass


def hang_in_c(_: str) -> None:
    """One operation, in which Python looks at no signal and no clock."""
    pow(7, 10**10)


def sleep(seconds: str) -> None:
    time.sleep(float(seconds))


def wait_for(path: str) -> None:
    """Until a file is there."""
    while not os.path.exists(path):
        time.sleep(0.01)


def allocate(megabytes: str) -> None:
    bytearray(int(megabytes) * MEGABYTE)


def hoard(_: str) -> None:
    """Fill the memory with small things."""
    kept: list[object] = []
    while True:
        kept.append([len(kept)])


KEPT: list[bytearray] = []


def keep(megabytes: str) -> None:
    """Fill the memory for good, as a cache does."""
    KEPT.append(bytearray(int(megabytes) * MEGABYTE))


def segfault(_: str) -> None:
    ctypes.string_at(0)


def exit_at_once(status: str) -> None:
    os._exit(int(status))


def kill(number: str) -> None:
    os.kill(os.getpid(), int(number))


def exit_later(seconds: str) -> None:
    """Answer, and end the process afterwards."""
    threading.Timer(float(seconds), os._exit, [0]).start()


def leave(_: str) -> None:
    raise SystemExit(3)


def fail(text: str) -> None:
    raise ValueError(text or object())


def recurse(_: str) -> None:
    recurse(_)


def say(text: str) -> None:
    """Write where a careless protocol would be."""
    print(text, flush=True)
    os.write(1, text.encode())


def pid(_: str) -> str:
    return str(os.getpid())


def kept(_: str) -> str:
    return str(len(KEPT))


def core(_: str) -> str:
    """How large an image of the memory a process that dies may leave behind."""
    return str(resource.getrlimit(resource.RLIMIT_CORE)[0])


def order(_: str) -> str:
    """The order of a set, which differs from process to process unless it is fixed."""
    return " ".join({"alpha", "beta", "gamma", "delta", "epsilon"})


def answer(text: str) -> str:
    return text


def once(path: str) -> str:
    """Die, but not when a process has died of it before."""
    if os.path.exists(path):
        return "survived"
    with open(path, "w"):
        os.kill(os.getpid(), signal.SIGKILL)
    return "not reached"


#: The lines on which those raise.
FAILING = fail.__code__.co_firstlineno + 1
LEAVING = leave.__code__.co_firstlineno + 1

ORDERS: dict[str, Any] = {
    "hang": hang,
    "hang_in_c": hang_in_c,
    "sleep": sleep,
    "wait_for": wait_for,
    "allocate": allocate,
    "hoard": hoard,
    "keep": keep,
    "segfault": segfault,
    "exit": exit_at_once,
    "exit_later": exit_later,
    "kill": kill,
    "leave": leave,
    "fail": fail,
    "recurse": recurse,
    "say": say,
    "pid": pid,
    "kept": kept,
    "core": core,
    "order": order,
    "answer": answer,
    "once": once,
}
