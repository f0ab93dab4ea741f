"""Inequalities by what is left over: sums of squares, of centred ones, and tangents."""
