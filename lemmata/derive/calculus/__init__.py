"""Limits and integrals of functions of a real number."""
