"""Sentences that say of two actors that they act together, or that they do not: both are kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import cast, get_args

from inconcert.core.evidence import Located
from inconcert.core.reading import Saying, Says
from inconcert.judge.amounts import counted, listed, noun
from inconcert.ontology.tables import read_table

TOGETHER, NOT_TOGETHER, OPEN = get_args(Says)


def sayings(sentences: Iterable[Located], documents: Iterable[str]) -> tuple[Saying, ...]:
    """Those of some sentences that say whether two actors act together, in order of day.

    What is said is somebody's word, often the author's own, and no act: nothing is counted
    toward a verdict.

    Args:
        sentences: those that name both actors.
        documents: ids of documents that deal with the other side; others are left out.

    Blind to: irony; words that the table lacks; who holds the view.
    """
    about = set(documents)
    found = [
        Saying(at, said[0], said[1])
        for at in sentences
        if at.document in about and (said := what_is_said(at.sentence)) is not None
    ]
    return tuple(
        sorted(found, key=lambda one: (one.at.day or date.max, one.at.document, one.at.start))
    )


def what_is_said(sentence: str) -> tuple[Says, str] | None:
    """What a sentence says of acting together, and the words; None where it says nothing of it.

    Example:
        >>> what_is_said("Paris and Rome are hardly suited to working together.")
        ('not together', 'hardly suited to working together')
        >>> what_is_said("Both met the press.") is None
        True
    """
    plain = " ".join(sentence.split())
    for says, pattern in _words():
        found = pattern.search(plain)
        if found is not None:
            return says, found[0]
    return None


def disagreement(found: Sequence[Saying]) -> str | None:
    """Says so where texts contradict each other on the question itself; None where they do not."""
    by_kind = Counter(one.says for one in found)
    if not by_kind[TOGETHER] or not by_kind[NOT_TOGETHER]:
        return None
    texts = len({one.at.document for one in found})
    return (
        f"The texts do not agree on the question itself: {counted(texts, 'text')} "
        f"{noun(texts, 'holds', 'hold')} {told_by_kind(by_kind)}. "
        "All are kept, each with its date; none counts toward the verdict."
    )


def told_by_kind(by_kind: Mapping[Says, int]) -> str:
    """How many sentences say which, as a list in a sentence; kinds without one are left out."""
    return listed(
        [
            f"{counted(by_kind[says], 'sentence')} {words}"
            for says, words in (
                (TOGETHER, "that they act together"),
                (NOT_TOGETHER, "that they do not"),
                (OPEN, "that leave it open"),
            )
            if by_kind[says]
        ]
    )


@cache
def _words() -> tuple[tuple[Says, re.Pattern[str]], ...]:
    rows = read_table("inconcert.judge", "data/concert_words.tsv")
    return tuple(
        (cast("Says", row["says"]), re.compile(row["words"], re.IGNORECASE)) for row in rows
    )
