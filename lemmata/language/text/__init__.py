"""Formulas as text: `scan` bounds their size, `tree` knows their grammar, `reading` what they mean."""
