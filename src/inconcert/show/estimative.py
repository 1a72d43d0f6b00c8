"""Words of estimative probability: a term is used only where its band holds the whole interval."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from inconcert.errors import BadInput
from inconcert.judge.amounts import NO_BREAK
from inconcert.ontology.tables import read_table

LEAST, MOST = 0.01, 0.99
"""No statement about the world is given less or more than this: 0 and 100 % are never printed."""


@dataclass(frozen=True, slots=True)
class Band:
    """A term and the chances it stands for.

    Attributes:
        term: `likely` …
        low: least chance, 0–1.
        high: greatest chance.
        phrase: what stands before “that” in a sentence.
    """

    term: str
    low: float
    high: float
    phrase: str

    def holds(self, low: float, high: float) -> bool:
        """Whether a whole interval lies in the band."""
        return self.low <= low and high <= self.high


@cache
def bands() -> tuple[Band, ...]:
    """Every band, from the least chance to the greatest."""
    return tuple(
        Band(row["term"], float(row["low"]), float(row["high"]), row["phrase"])
        for row in read_table("inconcert.show", "data/estimative.tsv")
    )


def band_of(term: str) -> Band:
    """The band of a term.

    Raises:
        BadInput: no such term.

    Example:
        >>> band_of("likely").low, band_of("likely").high
        (0.55, 0.8)
    """
    for band in bands():
        if band.term == term:
            return band
    known = ", ".join(band.term for band in bands())
    raise BadInput(f"no estimative term {term!r}", where="estimative", advice=f"Terms: {known}.")


def terms_of(low: float, high: float) -> tuple[Band, ...]:
    """The term whose band holds an interval; where none does, the terms of both its ends.

    Args:
        low: lower bound of the chance, 0–1; what lies beyond 1 and 99 % is taken as these.
        high: upper bound, no less than `low`.

    Returns:
        One band, or two of which the first holds `low` and the second `high`.

    Raises:
        BadInput: the bounds are no chances, or the wrong way round.

    Example:
        >>> [band.term for band in terms_of(0.82, 0.93)]
        ['very likely']
        >>> [band.term for band in terms_of(0.7, 0.9)]
        ['likely', 'very likely']
    """
    if not 0 <= low <= high <= 1:
        raise BadInput(
            f"no interval of chances: {low} to {high}",
            where="estimative",
            advice="Give two numbers from 0 to 1, the smaller first.",
        )
    least, most = min(max(low, LEAST), MOST), min(max(high, LEAST), MOST)
    for band in bands():
        if band.holds(least, most):
            return (band,)
    first = next(band for band in reversed(bands()) if band.low <= least)
    last = next(band for band in bands() if most <= band.high)
    return (first, last)


def likelihood(low: float, high: float) -> str:
    """An interval of chances as the opening of a sentence, with its numbers.

    Args:
        low: lower bound, 0–1.
        high: upper bound.

    Example:
        >>> likelihood(0.82, 0.93).replace(NO_BREAK, " ")
        'It is very likely (82 to 93 %)'
        >>> likelihood(0.7, 0.9).replace(NO_BREAK, " ")
        'It is likely to very likely (70 to 90 %)'
    """
    found = terms_of(low, high)
    told = found[0].phrase
    if len(found) == 2:
        told = f"it is {found[0].term} to {found[1].term}"
        if any("chance" in band.term for band in found):
            told = f"the chance lies between “{found[0].term}” and “{found[1].term}”"
    return f"{told[:1].upper()}{told[1:]} ({chances(low, high)})"


def chances(low: float, high: float) -> str:
    """Two chances in percent; never 0 or 100 %.

    Example:
        >>> chances(0.0, 1.0).replace(NO_BREAK, " ")
        'under 1 to over 99 %'
    """
    least, most = _percent(low), _percent(high)
    return f"{least}{NO_BREAK}%" if least == most else f"{least} to {most}{NO_BREAK}%"


def _percent(chance: float) -> str:
    if chance < LEAST:
        return "under 1"
    return "over 99" if chance > MOST else f"{100 * chance:.0f}"


_CONFIDENCE = re.compile(r"\b(?:un)?confiden(?:t|tly|ce)\b", re.IGNORECASE)


@cache
def _likelihood_words() -> re.Pattern[str]:
    terms = "|".join(re.escape(band.term) for band in reversed(bands()))
    more = (
        r"(?:un)?likel(?:y|ihood)|(?:im)?probabl[ey]|(?:im)?probabilit\w+|almost certainly|remote"
    )
    return re.compile(rf"\b(?:{terms}|{more}|chances?)\b", re.IGNORECASE)


def speaks_of_likelihood(sentence: str) -> bool:
    """Whether a sentence holds a word of likelihood.

    Example:
        >>> speaks_of_likelihood("It is very likely that it rains.")
        True
    """
    return _likelihood_words().search(sentence) is not None


def speaks_of_confidence(sentence: str) -> bool:
    """Whether a sentence holds a word of confidence.

    Example:
        >>> speaks_of_confidence("Our confidence is low.")
        True
    """
    return _CONFIDENCE.search(sentence) is not None


def sentences_of(text: str) -> list[str]:
    """A text of our own in sentences: parted after a full stop that a capital or a digit follows.

    Example:
        >>> sentences_of("It is likely (71 %). Confidence is low.")
        ['It is likely (71 %).', 'Confidence is low.']
    """
    return [part for part in re.split(r"(?<=[.!?])\s+(?=[A-Z0-9“])", text.strip()) if part]
