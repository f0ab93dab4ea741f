"""What can be wrong with a derivation as it is written. One class a cause."""


class DerivationError(Exception):
    """A derivation that cannot be read."""


class UnknownReason(DerivationError):
    """What follows `by=` is nothing that a line may follow from."""


class Disagreement(Exception):
    """The kernel accepted a statement which the refuter broke: a bug of lemmata."""
