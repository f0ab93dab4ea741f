"""Laws of norms, ranks, eigenvalues, determinants and pseudo-inverses, as steps of proofs."""
