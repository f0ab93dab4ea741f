"""A judge whose module takes the process which loads it down."""

import os
import sys

if "lemmata.claims.worker" in " ".join(sys.orig_argv):
    os._exit(7)


def judge(claim: object, seconds: float) -> None:
    """Is never reached."""
