"""What can be wrong with what is said. One class a cause."""


class LanguageError(Exception):
    """What was written has no meaning."""


class ShapeError(LanguageError, TypeError):
    """Two shapes do not fit."""


class NameClash(LanguageError):
    """One name stands for two things."""


class BadName(LanguageError, ValueError):
    """A name which cannot be declared."""


class NotANumber(LanguageError, TypeError):
    """A value which is no exact number and no expression."""


class NotLowered(LanguageError):
    """An expression which the kernel has no term for."""


class Unreadable(LanguageError):
    """A text which is no formula; `at` are the first character to blame and the one behind the last."""

    def __init__(self, message: str, at: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.at = at
