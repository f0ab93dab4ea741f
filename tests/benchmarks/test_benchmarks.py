"""The benchmarks measure what they say: not how long it took here, but how the figures come about."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks import c_loop, growth, viterbi_dense
from benchmarks.chains import Chain, dirichlet, emissions, level_chain, zipf_bigrams
from benchmarks.command import TABLES, main
from benchmarks.options import Options, must_agree, must_be_near
from benchmarks.peers import Peer, missing_peers, peer_runs
from benchmarks.table import Figure, Table, compared
from benchmarks.timing import fastest, use_one_thread
from numerics.decoding import viterbi

ROOT = Path(__file__).resolve().parent.parent.parent
QUICK = Options(rounds=1, quick=True)


class Clock:
    """Time that passes only when a run says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def run(self, *seconds: float) -> Callable[[], None]:
        """Takes so long the first time, so long the second, …"""
        left = iter(seconds)

        def run() -> None:
            self.now += next(left)

        return run


# -- figures -----------------------------------------------------------------------------------------------


def test_the_figure_is_the_minimum_and_the_first_run_does_not_count() -> None:
    clock = Clock()
    runs = {"ours": clock.run(0.125, 1, 0.5, 0.75), "C loop": clock.run(9, 0.25, 2, 0.25)}
    assert fastest(runs, 3, lambda results: None, clock) == {"ours": 0.5, "C loop": 0.25}


def test_short_runs_are_repeated_and_their_time_is_divided() -> None:
    clock = Clock()
    run = clock.run(1, 0.01, *[0.006, 0.002])
    assert fastest({"ours": run}, 2, lambda results: None, clock)["ours"] == pytest.approx(0.004)


def test_a_slow_one_is_not_waited_for_again() -> None:
    clock = Clock()
    seconds = fastest({"slow": clock.run(20, 20), "ours": clock.run(1, 2, 1)}, 2, lambda results: None, clock)
    assert seconds == {"slow": 20, "ours": 1}


def test_ratios_are_to_the_base() -> None:
    case = compared({"ours": 3e-6, "C loop": 2e-6}, "C loop", unit="ns", work=1000)
    assert case["ours"] == Figure(pytest.approx(3), "ns", pytest.approx(1.5))
    assert str(case["ours"]) == "3 ns (1.50×)"


def test_there_are_no_ratios_without_the_base() -> None:
    assert compared({"ours": 3e-6}, "C loop", unit="µs") == {"ours": Figure(pytest.approx(3), "µs")}


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(0.1234, "ns", 1), "0.123 ns (1.00×)"),
        (Figure(2.5e-7, ""), "2.5e-07"),
        (Figure(4.98, "%"), "4.98 %"),
        (Figure(12345.6, "µs"), "12,346 µs"),
        (Figure(0.0, ""), "0"),
    ],
)
def test_at_least_three_digits_of_a_figure_are_shown(figure: Figure, text: str) -> None:
    assert str(figure) == text


def test_the_longer_side_of_a_table_goes_down() -> None:
    figure = Figure(1, "s")
    wide = Table("Title", "Note.", {"a": {"x": figure}, "b": {"x": figure, "y": figure}})
    assert wide.markdown() == (
        "### Title\n\nNote.\n\n|  | a | b |\n|---|---|---|\n| x | 1 s | 1 s |\n| y | – | 1 s |"
    )
    long = Table("Title", "Note.", {"a": {"x": figure}, "b": {"x": figure}}, ("torch", "jax"))
    assert long.markdown() == (
        "### Title\n\nNote.\n\n|  | x |\n|---|---|\n| a | 1 s |\n| b | 1 s |\n\n"
        "Left out, since not installed: torch, jax."
    )


def test_a_table_is_the_same_after_json() -> None:
    table = Table("Title", "Note.", {"a": {"x": Figure(1.5, "s", 2.0), "y": Figure(1, "")}}, ("torch",))
    assert Table.from_json(json.loads(json.dumps(table.as_json()))) == table


# -- what is compared --------------------------------------------------------------------------------------


def test_different_results_are_not_compared() -> None:
    must_agree({"a": np.array([0, 1]), "b": np.array([0, 1]), "c": None})
    with pytest.raises(ValueError, match=r"^b and a do not give the same result$"):
        must_agree({"a": np.array([0, 1]), "b": np.array([0, 2])})


def test_distant_results_are_not_compared() -> None:
    must_be_near({"a": np.ones(2), "b": np.ones(2) + 1e-6}, 1e-5)
    for wrong in (1.5, np.nan):
        with pytest.raises(ValueError, match=r"^b and a differ by (0.5|nan), more than 1e-05$"):
            must_be_near({"a": np.ones(2), "b": np.full(2, wrong)}, 1e-5)


def test_a_missing_peer_is_named_and_left_out() -> None:
    def not_called(module: Any, chain: Chain) -> Any:
        raise AssertionError

    peers = (Peer("Nobody", "no_such_peer.decoders", not_called), Peer("Sum", "math", lambda *_: lambda: 1))
    assert missing_peers(peers) == ("no_such_peer",)
    assert list(peer_runs(level_chain(2, 2), peers)) == ["Sum"]


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    c_loop.library.cache_clear()
    monkeypatch.setattr(c_loop, "compiler", lambda: None)
    monkeypatch.setattr(viterbi_dense, "PEERS", ())
    yield
    c_loop.library.cache_clear()


@pytest.mark.usefixtures("no_compiler")
def test_without_a_compiler_the_c_loop_is_left_out_and_there_are_no_ratios() -> None:
    table = viterbi_dense.table(QUICK)
    assert "a C compiler" in table.missing
    for case in table.cases.values():
        assert "C loop" not in case
        assert all(figure.ratio is None for figure in case.values())


def c_loops() -> Any:
    found = c_loop.library()
    return found if found is not None else pytest.skip("there is no C compiler")


def whole_numbers(*shape: int, seed: int) -> NDArray[np.float64]:
    """Few values, so that most maxima are ties."""
    return -np.random.default_rng(seed).integers(0, 3, shape).astype(float)


@pytest.mark.parametrize("n", [1, 7, 8, 33, 600])
@pytest.mark.parametrize("shared", [False, True])
def test_the_c_loop_finds_the_path_of_viterbi_also_where_paths_tie(n: int, shared: bool) -> None:
    chain = Chain(whole_numbers(n, n, seed=0), whole_numbers(n, seed=1), whole_numbers(3, 9, n, seed=2))
    states = c_loop.decode(c_loops(), chain, shared=shared)
    expected = viterbi(chain.log_transition, chain.log_initial, log_emission=chain.log_emission).states
    np.testing.assert_array_equal(states, expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("b", [1, 5, 3000])
def test_the_c_loop_selects_as_a_stable_sort_does(dtype: type, b: int) -> None:
    scores = np.random.default_rng(b).integers(-900, 900, (3, 1000)).astype(dtype)
    expected = np.argsort(-scores.reshape(-1), kind="stable")[:b]
    np.testing.assert_array_equal(c_loop.select(c_loops(), scores, b), expected)


def test_a_c_loop_is_given_no_array_in_another_order() -> None:
    with pytest.raises(ValueError, match=r"^a C loop reads arrays in C order$"):
        c_loop.select(c_loops(), np.zeros((3, 4)).T, 2)


def test_the_chains_have_probabilities() -> None:
    for rows in (dirichlet(5), zipf_bigrams(50), level_chain(7, 2).log_transition):
        np.testing.assert_allclose(np.exp(rows).sum(axis=1), 1)
    assert emissions(3, 4, spread=2.0).max() == 0


def test_transitions_are_counted_for_all_sequences() -> None:
    chain = Chain(dirichlet(5), dirichlet(5)[0], np.zeros((3, 5)))
    assert chain.transitions == 2 * 25
    assert chain._replace(log_emission=np.zeros((4, 3, 5))).transitions == 4 * 2 * 25


# -- growth ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("power", [0.0, 1.0, 2.5])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    assert growth.exponent({size: 3 * size**power for size in (10, 20, 80)}) == pytest.approx(power)


def test_memory_that_grows_with_the_size_has_the_exponent_1() -> None:
    kept = growth.Growth((10**4, 10**5, 10**6), lambda size: lambda: np.ones(size), time=1, memory=1)
    assert growth.exponent(growth.memories(kept)) == pytest.approx(1, abs=0.05)


def test_exponents_are_beside_those_of_the_theorems() -> None:
    table = growth.table(QUICK)
    assert all(np.isfinite(figure.value) for case in table.cases.values() for figure in case.values())
    times = {name: case["time, theorem"].value for name, case in table.cases.items()}
    assert (times["viterbi, T"], times["viterbi, N"], times["beam_search, N"]) == (1, 2, 1)


# -- the command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"dense", "alone", "growth"}))
def test_the_table_can_be_made(name: str) -> None:
    table = import_module(f"benchmarks.{TABLES[name]}").table(QUICK)
    assert table.cases
    assert all(figure.value >= 0 for case in table.cases.values() for figure in case.values())


@pytest.mark.parametrize("name", ["dense", "alone"])
def test_the_command_prints_a_table_and_writes_it(name: str, tmp_path: Path) -> None:
    written = tmp_path / "results.json"
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks", name, "--quick", "--rounds", "1", "--json", str(written)],
        check=True,
        capture_output=True,
        cwd=ROOT,
        text=True,
    ).stdout
    found = json.loads(written.read_text(encoding="utf-8"))
    assert found["machine"]["packages"].startswith(f"numpy {np.__version__}")
    table = Table.from_json(found["tables"][name])
    assert said.endswith(f"\n{table.markdown()}\n")
    alone = "numerics.decoding.viterbi, NumPy alone"
    assert all((alone in case) == (name == "alone") for case in table.cases.values())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["desne"], "there is no table desne; there are dense, alone,"),
        (["--rounds", "0"], "--rounds is 0; needed is at least 1"),
        (["--json", "nowhere/found.json"], "--json is nowhere/found.json; there is no folder nowhere"),
    ],
)
def test_what_cannot_be_measured_is_said(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert message in capsys.readouterr().err


def test_threads_are_bounded_before_numpy_is_there_or_not_at_all() -> None:
    with pytest.raises(RuntimeError, match=r"^NumPy has already been imported"):
        use_one_thread()
