"""Faults of our own: told in a sentence; their kind and place go to the log, their words nowhere.

The words of an error may hold what stands in the case.
"""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

from inconcert.errors import InConcertError


class BrokenOff(InConcertError):
    """An answer that was being worked out elsewhere will not come; one may ask again."""


class Stopped(BrokenOff):
    """It will not come because the server was stopped."""


def fault(where: str) -> InConcertError:
    """What a reader is told of a fault of ours.

    Args:
        where: address or part, and the kind of the fault.
    """
    return InConcertError(
        "a fault of InConcert, not of yours",
        where=where,
        advice="Reload the page. If it happens again, report it with this address.",
    )


def place_of(error: Exception) -> str:
    """The line of our own where an error came up, as `web/app.py:12`."""
    ours = [
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno}"
        for frame in extract_tb(error.__traceback__)
        if "inconcert" in Path(frame.filename).parts
    ]
    return next(reversed(ours), "no line of ours")
