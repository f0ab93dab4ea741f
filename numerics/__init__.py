"""NumPy counterparts; imports nothing of lemmata."""
