"""Sums and products over an index, with and without an end."""
