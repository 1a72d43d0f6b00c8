"""Catches what foreign work raises, where a run goes on without one item."""

from __future__ import annotations

from traceback import format_exception
from types import TracebackType


class Caught:
    """Keeps an error raised inside a `with` block; Ctrl-C and exit pass.

    Example:
        >>> with Caught() as caught:
        ...     raise ValueError("no verb")
        >>> caught.error
        ValueError('no verb')
    """

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> Caught:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None

    @staticmethod
    def told(error: BaseException | None) -> str:
        """An error with the lines of code that led to it."""
        return "" if error is None else "".join(format_exception(error))
