"""Powers of a matrix for every natural exponent, and their derivatives."""
