"""Where claims are judged: in this process, in others, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace

from lemmata.claims.crew import Crew
from lemmata.claims.errors import BadLimit, NoSuchExecutor, NotInstalled
from lemmata.claims.judging import JUDGE, Judge, answer, broken, identity, loaded
from lemmata.claims.limits import Limits
from lemmata.claims.result import Result, undecided
from lemmata.claims.sources import settled

#: Gives the results of claims, in their order.
Executor = Callable[[Iterable[object]], Generator[Result, None, None]]

NAMES = ("serial", "processes", "dask://HOST:PORT")
DASK = "dask://"


@dataclass(frozen=True)
class Settings:
    """How claims are judged: by how many processes, within which limits, by which judge (its dotted name).

    Raises BadLimit.
    """

    jobs: int
    limits: Limits
    judge: str = JUDGE

    def __post_init__(self) -> None:
        if self.jobs < 1:
            raise BadLimit(f"the number of processes is {self.jobs}; at least 1 is needed")


def executor(name: str, settings: Settings) -> Executor:
    """The executor of a name.

    Raises NoSuchExecutor, and NotInstalled for one whose package is not installed.

    >>> executor("threads", Settings(1, Limits()))
    Traceback (most recent call last):
    ...
    lemmata.claims.errors.NoSuchExecutor: threads: there are serial, processes, dask://HOST:PORT
    """
    if name == "serial":
        return lambda claims: serially(claims, settings)
    if name == "processes":
        return lambda claims: in_processes(claims, settings)
    if name.startswith(DASK) and name != DASK:
        return on_cluster(name.removeprefix(DASK), settings)
    raise NoSuchExecutor(f"{name}: there are {', '.join(NAMES)}")


def serially(claims: Iterable[object], settings: Settings) -> Generator[Result, None, None]:
    """The results of claims, judged in this process: nothing stops a claim but the judge itself."""
    judge = loaded(settings.judge)
    for claim in settled(claims):
        yield claim if isinstance(claim, Result) else here(judge, claim, settings.limits.seconds)


def here(judge: Judge, claim: object, seconds: float) -> Result:
    """The result of a claim, judged in this process."""
    id = identity(claim)
    try:
        return replace(answer(judge, claim, seconds), id=id)
    except MemoryError:
        return undecided(id, "there was no memory left in this process")
    except Exception as error:
        return undecided(id, broken(error))


def in_processes(claims: Iterable[object], settings: Settings) -> Generator[Result, None, None]:
    """The results of claims, judged in processes of their own."""
    crew = Crew(settings.jobs, settings.limits, settings.judge)
    try:
        yield from crew.results(claims)
    finally:
        crew.close()


def on_cluster(address: str, settings: Settings) -> Executor:
    """Claims are judged by the workers of a Dask cluster."""
    try:
        from lemmata.claims import cluster
    except ModuleNotFoundError as error:
        raise NotInstalled(f"{DASK}{address}: needs {error.name}: pip install 'lemmata[cluster]'") from error
    return lambda claims: cluster.results(claims, f"tcp://{address}", settings.limits, settings.judge)
