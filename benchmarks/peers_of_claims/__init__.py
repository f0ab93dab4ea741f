"""Other programs which can be asked whether a claim holds, beside `python -m benchmarks.claims`."""

from benchmarks.peers_of_claims.by_math_verify import MATH_VERIFY
from benchmarks.peers_of_claims.by_sympy import SYMPY
from benchmarks.peers_of_claims.by_tensorgrad import TENSORGRAD

#: In the order of the tables.
PEERS = (SYMPY, TENSORGRAD, MATH_VERIFY)
