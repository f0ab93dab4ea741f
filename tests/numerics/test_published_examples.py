"""Examples which other projects publish have the results they publish."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.decoding import beam_search, greedy, markov_model, viterbi
from tests.numerics import fixtures


@pytest.mark.parametrize("example", [fixtures.HMMLEARN, fixtures.LIBROSA], ids=["hmmlearn", "librosa"])
def test_hidden_markov_models_have_the_published_path(example):
    transition, initial, emission, states, log_prob = example
    decoded = viterbi(transition, initial, log_emission=emission)
    assert decoded.states.tolist() == states
    assert round(float(decoded.log_prob), 4) == round(log_prob, 4)


@pytest.mark.parametrize("name", fixtures.ALLENNLP_VITERBI)
def test_potentials_have_the_published_path(name):
    potentials, emission, states = fixtures.ALLENNLP_VITERBI[name]
    decoded = viterbi(potentials, np.zeros(len(potentials)), log_emission=emission)
    assert decoded.states.tolist() == states


def test_a_path_of_potentials_has_the_published_value():
    potentials, emission, _ = fixtures.ALLENNLP_VITERBI["a pairwise potential outweighs a unary one"]
    assert viterbi(potentials, np.zeros(4), log_emission=emission).log_prob == 18


def test_without_pairwise_potentials_each_step_is_an_argmax():
    emission = np.random.default_rng(0).random((5, 9))
    decoded = viterbi(np.zeros((9, 9)), np.zeros(9), log_emission=emission)
    assert decoded.states.tolist() == emission.argmax(axis=1).tolist()


@pytest.mark.parametrize("name", fixtures.ALLENNLP_BEAM)
def test_beams_have_the_published_sequences(name):
    transition, width, steps, states, probabilities = fixtures.ALLENNLP_BEAM[name]
    found = beam_search(markov_model(transition, transition[0]), width, steps)
    assert found.states.tolist() == states
    assert np.allclose(found.log_prob, np.log(probabilities), rtol=1e-12)


def test_greedy_decoding_finds_the_published_sequence():
    transition = fixtures.ALLENNLP_TRANSITION
    assert greedy(markov_model(transition, transition[0]), 5).states.tolist() == [1, 2, 3, 4, 5]
