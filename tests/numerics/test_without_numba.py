"""NumPy alone, in a process that cannot have numba, gives the bits that machine code gives."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Programs which collect their results in `found`.
DENSE = """
from numerics.decoding import viterbi
matrix, emission = rng.normal(size=(450, 450)), rng.normal(0, 3, size=(3, 60, 450))
found = [*viterbi(matrix, matrix[0], 40), *viterbi(matrix, matrix[0], log_emission=emission[0], k=3)]
found += [*viterbi(matrix.astype(np.float32), matrix[0], log_emission=emission)]
found += [*viterbi(matrix[:30, :30], matrix[0, :30], 50)]
"""
SPARSE = """
import scipy.sparse
from numerics.decoding import viterbi
stored = scipy.sparse.random(300, 300, density=0.05, random_state=1) - scipy.sparse.eye(300)
band = scipy.sparse.diags([rng.normal(size=300 - abs(k)) for k in (-2, 0, 1)], (-2, 0, 1))
emission = rng.normal(size=(2, 30, 300))
found = [part for matrix in (stored, band) for e in emission
         for part in viterbi(matrix, np.zeros(300), log_emission=e)]
"""
SELECTION = """
from numerics.decoding import beam_search, select_top
found = [part for dtype in (np.float16, np.float32, np.float64)
         for part in select_top(rng.normal(size=(20, 700)).astype(dtype), 9)]
found += [*beam_search(lambda p: np.sin(np.arange(3000.0) + 7 * p.sum(axis=1, keepdims=True)) - 2, 5, 6)]
"""
NORMALIZATION = """
from numerics import normalization as n
x, dy = rng.normal(size=(2, 4, 6, 9, 5)).astype(np.float32)
found = [*n.moments(x, (0, 2)), n.batch_norm(x), *n.batch_norm_grad(dy, x), n.instance_norm(x)]
found += [*n.instance_norm_grad(dy, x), n.group_norm(x, 3), *n.group_norm_grad(dy, x, 3), n.layer_norm(x)]
found += [*n.layer_norm_grad(dy, x), n.layer_norm(x, -1), n.rms_norm(x), *n.rms_norm_grad(dy, x, (0, 3))]
found += [n.weight_norm(x, np.ones((4, 6)), (2, 3)), *n.weight_norm_grad(dy, x, np.ones((4, 6)), (2, 3))]
"""
OTHERS = """
from numerics.optimizers import adam, sgd
from numerics.recurrent import jacobian, jacobian_bound, states, tanh
found = [rule.trajectory(rng.normal(size=5), np.sin, 4)
         for rule in (sgd(learning_rate=0.1), adam(learning_rate=0.1))]
w = rng.normal(size=(3, 3))
h = states(rng.normal(size=(4, 2, 3)), np.zeros((2, 3)), w, w, w[0], activation=tanh)
found += [h, jacobian(w, h, activation=tanh).log_norm(), jacobian_bound(w, 4, activation=tanh).bound()]
"""
PROGRAM = """
import hashlib, sys
import numpy as np
rng = np.random.default_rng(0)
{body}
digest = hashlib.sha256()
for part in found:
    digest.update(np.asarray(part).tobytes())
print(digest.hexdigest(), sys.modules.get("numba") is None, len(found))
"""
BODIES = {
    "dense": DENSE,
    "sparse": SPARSE,
    "selection": SELECTION,
    "normalization": NORMALIZATION,
    "others": OTHERS,
}


def printed(start: str, body: str) -> list[str]:
    """What a program prints in a process of its own."""
    program = start + PROGRAM.format(body=body)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("name", BODIES)
def test_without_numba_the_bits_are_the_same(name: str) -> None:
    alone = printed("import sys\nsys.modules['numba'] = None\n", BODIES[name])
    compiled = printed("import numba\n", BODIES[name])
    assert (alone[1], compiled[1]) == ("True", "False")
    assert alone[0] == compiled[0]
    assert alone[2] == compiled[2] != "0"
