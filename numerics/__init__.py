"""The NumPy counterparts of the theorems; imports nothing of lemmata.

numerics.decoding       # viterbi, beam_search, greedy, exhaustive, select_top
numerics.normalization  # batch_norm, layer_norm, ..., weight_norm, and their gradients
numerics.optimizers     # sgd, adam
numerics.recurrent      # states, jacobian, jacobian_bound
"""
