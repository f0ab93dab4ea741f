"""Why a certificate is not accepted. One class a cause; `check` turns each into a verdict."""


class KernelError(Exception):
    """The kernel does not accept what it was given."""


class IllFormed(KernelError):
    """The certificate, a statement or a term is not well-formed: bad JSON, shapes, unknown names."""


class Rejected(KernelError):
    """A step does not follow by the rule which it names."""


class TooLarge(KernelError):
    """A limit of size or of work was reached before an answer."""
