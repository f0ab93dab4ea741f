"""Decoding: the most probable sequences of a Markov chain or of a language model.

viterbi(log_transition, log_initial, length)       # the best sequence, exactly
viterbi(log_transition, log_initial, log_emission=log_emission, k=3)

model = markov_model(log_transition, log_initial)  # or tree_model(edges), or any function of prefixes
greedy(model, length)
beam_search(model, width, length)                  # of any model, but not exactly
exhaustive(model, length)                          # exactly, for small sizes
"""

from numerics.decoding.beam import beam_search, greedy
from numerics.decoding.chain import Decoded
from numerics.decoding.exhaustive import exhaustive, sequence_log_prob
from numerics.decoding.models import MarkovModel, Model, TreeModel, markov_model, tree_model
from numerics.decoding.selection import Selected, select_top
from numerics.decoding.viterbi import viterbi

__all__ = [
    "Decoded",
    "MarkovModel",
    "Model",
    "Selected",
    "TreeModel",
    "beam_search",
    "exhaustive",
    "greedy",
    "markov_model",
    "select_top",
    "sequence_log_prob",
    "tree_model",
    "viterbi",
]
