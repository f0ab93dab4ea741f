"""Other decoders, each as it is meant to be used; those that are not installed are left out by name.

hmmlearn, librosa and dynamax take probabilities, and take their logarithms in each call. What is needed to
call them, such as copies on the device, is made before and not timed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from benchmarks.chains import Chain
from benchmarks.timing import Run


class Peer(NamedTuple):
    """What is compared, the module it needs, and what makes a run of it for a chain."""

    name: str
    module: str
    prepare: Callable[[Any, Chain], Run]


def installed(module: str) -> bool:
    """Whether the package of the module is."""
    return find_spec(module.split(".")[0]) is not None


def peer_runs(chain: Chain, peers: tuple[Peer, ...]) -> dict[str, Run]:
    """Those that are installed."""
    return {
        peer.name: peer.prepare(import_module(peer.module), chain) for peer in peers if installed(peer.module)
    }


def missing_peers(peers: tuple[Peer, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(peer.module.split(".")[0] for peer in peers if not installed(peer.module)))


def _hmmlearn(hmmc: Any, chain: Chain) -> Run:
    start, transition = np.exp(chain.log_initial), np.exp(chain.log_transition)
    return lambda: hmmc.viterbi(start, transition, chain.log_emission)[1]


def _librosa(sequence: Any, chain: Chain) -> Run:
    start, transition = np.exp(chain.log_initial), np.exp(chain.log_transition)
    seen = np.ascontiguousarray(np.exp(chain.log_emission).T)
    return lambda: sequence.viterbi(seen, transition, p_init=start)


def _dynamax(models: Any, chain: Chain) -> Run:
    jax = import_module("jax")
    jax.config.update("jax_enable_x64", True)
    start, transition = np.exp(chain.log_initial), np.exp(chain.log_transition)
    given = [jax.device_put(array) for array in (start, transition, chain.log_emission)]
    return lambda: np.asarray(models.hmm_posterior_mode(*given))


def _jax_scan(jax: Any, chain: Chain) -> Run:
    """The maximum only, with the argmax recomputed along the path."""
    jax.config.update("jax_enable_x64", True)
    jnp, scan = jax.numpy, jax.lax.scan

    def decode(transition: Any, initial: Any, emission: Any) -> Any:
        def step(delta: Any, seen: Any) -> tuple[Any, Any]:
            return jnp.max(delta[:, None] + transition, axis=0) + seen, delta

        def back(state: Any, delta: Any) -> tuple[Any, Any]:
            source = jnp.argmax(delta + transition[:, state])
            return source, source

        final, before = scan(step, initial + emission[0], emission[1:])
        last = jnp.argmax(final)
        return jnp.append(scan(back, last, before, reverse=True)[1], last)

    compiled, given = jax.jit(decode), [jax.device_put(array) for array in chain]
    return lambda: np.asarray(compiled(*given))


def _torch(torch: Any, chain: Chain) -> Run:
    """Row by row of the transposed matrix, into memory that is allocated once."""
    scores = torch.empty((chain.n, chain.n), dtype=torch.float64)

    def step(incoming: Any, delta: Any, seen: Any, out: Any) -> None:
        torch.add(incoming, delta, out=scores)
        torch.amax(scores, 1, out=out)
        out += seen

    return _torch_run(torch, chain, step)


def _torch_compiled(torch: Any, chain: Chain) -> Run:
    def best(incoming: Any, delta: Any, seen: Any) -> Any:
        return (incoming + delta).amax(1) + seen

    compiled = torch.compile(best, dynamic=False)
    return _torch_run(
        torch, chain, lambda incoming, delta, seen, out: out.copy_(compiled(incoming, delta, seen))
    )


def _torch_run(torch: Any, chain: Chain, step: Callable[[Any, Any, Any, Any], Any]) -> Run:
    torch.set_num_threads(1)
    incoming = torch.from_numpy(np.ascontiguousarray(chain.log_transition.T))
    initial, emission = torch.from_numpy(chain.log_initial), torch.from_numpy(chain.log_emission)

    def run() -> Any:
        rows = torch.empty_like(emission)
        rows[0] = initial + emission[0]
        for t in range(1, len(rows)):
            step(incoming, rows[t - 1], emission[t], rows[t])
        state = int(rows[-1].argmax())
        states = [state]
        for t in range(len(rows) - 2, -1, -1):
            state = int((rows[t] + incoming[state]).argmax())
            states.append(state)
        return np.array(states[::-1])

    return run


_COMPILED = (Peer("torch.compile, max only", "torch", _torch_compiled),) if shutil.which("g++") else ()

PEERS: tuple[Peer, ...] = (
    Peer("hmmlearn", "hmmlearn._hmmc", _hmmlearn),
    Peer("librosa", "librosa.sequence", _librosa),
    Peer("dynamax", "dynamax.hidden_markov_model", _dynamax),
    Peer("JAX, scan, max only", "jax", _jax_scan),
    Peer("torch, max only", "torch", _torch),
    *_COMPILED,
)
