"""Matrices as noncommuting letters: which equations follow from others, with their cofactors."""
