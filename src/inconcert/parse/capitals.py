"""Text all in capitals, as in headlines and old wires: what the parser is given to read instead.

A parser that learnt from running text takes every word in capitals for a name and finds no verb. In
small letters it finds verbs and names alike; what is stored stays as it was written.
"""

from __future__ import annotations

import re

_FEWEST_WORDS = 3
"""A shorter line is a name or a heading, and stays as it is."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORT = re.compile(r"(?:[^\W\d_]\.)+")
"""U.S., U.N.: in small letters the parser cuts them to pieces."""


def calm(text: str) -> str:
    """The text in small letters where all of it is in capitals; every character keeps its place.

    Example:
        >>> calm("U.S. IMPOSES SANCTIONS ON IRAN"), calm("NATO met."), calm("THE SUN")
        ('U.S. imposes sanctions on iran', 'NATO met.', 'THE SUN')
    """
    if not text.isupper() or len(_WORD.findall(text)) < _FEWEST_WORDS:
        return text
    kept = {place for match in _SHORT.finditer(text) for place in range(*match.span())}
    return "".join(
        letter if place in kept or len(small := letter.lower()) != 1 else small
        for place, letter in enumerate(text)
    )
