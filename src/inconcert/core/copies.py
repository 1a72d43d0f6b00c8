"""Documents that are one text printed twice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that repeats another one, whole or in part.

    Attributes:
        document: id of the copy.
        original: id of the document it repeats: the first published of all that share the text.
        likeness: share of the shorter text's runs of words that stand in the longer, 0 to 1.
        reason: what was compared and found, in words.
    """

    document: str
    original: str
    likeness: float
    reason: str
