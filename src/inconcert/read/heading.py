"""Title and day that a text without metadata states in its first lines."""

from __future__ import annotations

import re

from inconcert.read.dates import read_date

LONGEST_TITLE = 200
_LOOKED_AT = 10
_LONGEST_DATE = 40
_MOST_WORDS = 5
_CLOSED = re.compile(r"[.!?:;,…\"”’)]$")
_LABEL = re.compile(r"^(?:date|published|updated|issued)\s*:\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def title_in(text: str, stated: str | None = None) -> str | None:
    r"""The title that the metadata state, if the text shows it; else a first line set apart.

    Programs fill the title of a file with its template or its first name; a title that nobody
    sees in the text is none.

    Example:
        >>> title_in("Talks in Doha\n\nThe envoys met.", "Microsoft Word - draft7.doc")
        'Talks in Doha'
    """
    if stated and _even(stated) and _even(stated) in _even(text[: 20 * LONGEST_TITLE]):
        return " ".join(stated.split())
    first, _, rest = text.strip().partition("\n\n")
    title = " ".join(first.split())
    if not rest or not title or len(title) > LONGEST_TITLE or _CLOSED.search(title):
        return None
    return None if read_date(title) else title


def date_in_head(text: str) -> str | None:
    """The first line near the top that is a day or month and nothing else."""
    lines = [line.strip() for line in text[: 20 * LONGEST_TITLE].split("\n") if line.strip()]
    for line in lines[:_LOOKED_AT]:
        words = _LABEL.sub("", line)
        if len(words) <= _LONGEST_DATE and len(words.split()) <= _MOST_WORDS and read_date(words):
            return words
    return None


def _even(words: str) -> str:
    return _SPACE.sub(" ", words).strip().casefold()
