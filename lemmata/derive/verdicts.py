"""What the kernel says of certificates, asked once for each."""

from __future__ import annotations

from functools import lru_cache

from lemmata.kernel import check
from lemmata.kernel.certificate import Certificate, Proof
from lemmata.kernel.check import Verdict
from lemmata.kernel.context import Context, Statement

#: How many verdicts are remembered: a search asks again for what it asked for a little before.
LARGEST_MEMORY = 16


def verdict_on(context: Context, claim: Statement, steps: Proof, lemmas: tuple[Certificate, ...]) -> Verdict:
    """The verdict of the kernel on some steps: of an equal certificate, if it was asked for before."""
    return _verdict(Certificate("claim", context, claim, steps, lemmas))


@lru_cache(LARGEST_MEMORY)
def _verdict(certificate: Certificate) -> Verdict:
    return check(certificate)
