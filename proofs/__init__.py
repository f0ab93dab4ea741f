"""The theorems: one file a topic."""
