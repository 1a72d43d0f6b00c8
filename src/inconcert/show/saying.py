"""Statements by who speaks, and sentences that name both sides: in which order, what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from inconcert.core.evidence import Located, StatementRecord
from inconcert.core.verdict import Answer, Column
from inconcert.judge.amounts import listed
from inconcert.show.parts import Naming, Passage
from inconcert.show.words import speaker_words

MOST_OPEN = 10
"""Sentences naming both sides that stand open, at least; whole documents are kept together."""

SHORT_WORD = 5
"""Letters of the longest word that may open a sentence and still be a mere pointer (`Their`)."""


def by_speaker(column: Column, toward: Sequence[str]) -> dict[str, list[StatementRecord]]:
    """An actor's statements by who speaks, most talkative first.

    Those of each speaker that name the other side outright come first, those that only point at
    it (they, the country) after them; latest first in both.
    """
    found: dict[str, list[StatementRecord]] = defaultdict(list)
    for record in column.statements:
        found[speaker_words(record, column)].append(record)
    ranked = sorted(found, key=lambda name: (-len(found[name]), name))
    return {name: _in_order(found[name], toward) for name in ranked}


def naming(answer: Answer, key: str) -> Naming | None:
    """The sentences that name both sides, by document; None where the question has none to show."""
    if len(answer.columns) != 2:
        return None
    passages = [
        Passage(sentences[0], sentences)
        for _, group in groupby(answer.named, key=lambda at: at.document)
        if (sentences := tuple(group))
    ]
    shown, count = 0, 0
    while shown < len(passages) and count < MOST_OPEN:
        count += len(passages[shown].sentences)
        shown += 1
    asked = answer.question
    return Naming(
        key=key,
        title=(f"Sentences that name {asked.toward_name} with {listed(asked.names, joint='or')}"),
        count=len(answer.named),
        passed_over=tuple(reason for reason, _ in answer.corpus.skipped),
        first=tuple(passages[:shown]),
        more=tuple(passages[shown:]),
    )


def _in_order(records: Iterable[StatementRecord], toward: Sequence[str]) -> list[StatementRecord]:
    def place(record: StatementRecord) -> tuple[bool, int, str, int]:
        age = -(record.day or date.min).toordinal()
        return not _is_outright(record, toward), age, record.at.document, record.statement.start

    return sorted(records, key=place)


def _is_outright(record: StatementRecord, toward: Sequence[str]) -> bool:
    """Whether a name, not a pronoun or description alone, stands for the other side."""
    said = record.statement
    return any(
        _has_name(record.at, who.start - record.at.start, who.end - record.at.start)
        for who in (*said.about, *said.addressees)
        if who.code in toward
    )


def _has_name(at: Located, start: int, end: int) -> bool:
    """Whether one of the words has a capital that is not owed to the opening of the sentence."""
    if start < 0 or end > len(at.sentence):
        return False
    opens = not any(letter.isalnum() for letter in at.sentence[:start])
    first, *others = at.sentence[start:end].split() or [""]
    return any(word[:1].isupper() for word in others) or (
        first[:1].isupper() and (not opens or len(first) > SHORT_WORD)
    )
