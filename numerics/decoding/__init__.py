"""Decoders: the most probable sequences of a Markov chain."""

from numerics.decoding.chain import Decoded as Decoded
from numerics.decoding.viterbi import viterbi as viterbi
