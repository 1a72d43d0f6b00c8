"""Which statement stands in the words of which: `Blinken said Moscow had told him that …`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inconcert.core.statement import Statement


def nested(statements: Sequence[Statement]) -> list[Statement]:
    """Each statement with the innermost other in whose words its own word of saying stands."""
    found = []
    for one in statements:
        outer = [
            other
            for other in statements
            if other.id != one.id
            and other.content_start <= one.start
            and one.end <= other.content_end
            and (other.start, other.end) != (one.start, one.end)
            and not (one.content_start <= other.start and other.end <= one.content_end)
        ]
        inmost = min(outer, key=lambda each: each.content_end - each.content_start, default=None)
        found.append(one if inmost is None else replace(one, within=inmost.id))
    return found
