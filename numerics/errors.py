"""What can be wrong with the input of a numeric function: one class a cause, each a ValueError."""


class NumericsError(ValueError):
    """Something about the input of a numeric function; the message says what, where, and what is needed."""


class ArgumentError(NumericsError):
    """A number or an option outside its range."""


class ShapeError(NumericsError):
    """An array of the wrong shape."""


class ElementTypeError(NumericsError):
    """An array whose elements are neither float16, float32, float64, integers nor booleans."""


class NotFiniteError(NumericsError):
    """NaN or an infinity where it has no meaning; `position` is the index of the first one."""

    def __init__(self, message: str, position: tuple[int, ...]) -> None:
        super().__init__(message)
        self.position = position


class NoPathError(NumericsError):
    """Every sequence has probability zero; `step` counts from 1, the first at which no state is possible."""

    def __init__(self, message: str, step: int) -> None:
        super().__init__(message)
        self.step = step


class DegenerateError(NumericsError):
    """A norm or a variance of zero that is divided by; `position` is the index of the first one."""

    def __init__(self, message: str, position: tuple[int, ...]) -> None:
        super().__init__(message)
        self.position = position
