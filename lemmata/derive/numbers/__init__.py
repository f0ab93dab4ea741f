"""Claims about numbers: each way says how one follows from simpler ones."""
