"""The coder of record on plain sentences, and what it notes of how it came to its events."""

from __future__ import annotations

from functools import cache

import pytest

from inconcert.code.coder import Considered, EventCoder
from inconcert.code.joined import LEAST_CONFIDENCE
from inconcert.core.event import EventMention


@cache
def coder() -> EventCoder:
    return EventCoder()


def events(ready, text: str) -> tuple[EventMention, ...]:
    found = ready(text)
    return coder().events(found.parsed, found.mentions)


PLAIN = {
    "Russia accused Turkey of breaking the truce.": ("ACCUSE", "RUS", "TUR"),
    "Turkey was accused by Russia of breaking the truce.": ("ACCUSE", "RUS", "TUR"),
    "Russian troops attacked Ukrainian villages.": ("ASSAULT", "RUS", "UKR"),
    "Pakistan urged India to withdraw its troops.": ("REQUEST", "PAK", "IND"),
}


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_plain_act_is_coded_with_its_direction(ready, sentence: str) -> None:
    found = events(ready, sentence)
    told = [
        (one.type, " ".join(a.code for a in one.actors), " ".join(r.code for r in one.recipients))
        for one in found
    ]
    assert PLAIN[sentence] in told


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia, China and Iran, with their mountains and rivers.",
        "The weather in Turkey was mild.",
        "Somebody attacked somebody.",
    ],
)
def test_no_act_of_anybody_known_is_no_event(ready, sentence: str) -> None:
    assert events(ready, sentence) == ()


def test_predicate_and_parties_are_characters_of_the_text(ready) -> None:
    text = "It rained.\n\nOn Monday “Russia”  condemned Turkey’s  raid on Syria 🦃."
    (one, *_) = events(ready, text)
    assert text[one.start : one.end] == "condemned"
    assert [text[who.start : who.end] for who in one.actors] == ["Russia"]


def test_events_come_in_order_are_sure_enough_and_never_twice(ready) -> None:
    text = "Russia condemned Turkey, urged Iran to stop and sent troops to Iraq. China met India."
    found = events(ready, text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(LEAST_CONFIDENCE <= one.confidence <= 1 for one in found)
    assert len({one.id for one in found}) == len(found)


def test_the_same_document_gives_the_same_records(ready) -> None:
    text = next(iter(PLAIN))
    assert events(ready, text) == events(ready, text)


def test_notes_hold_each_sentence_that_was_coded_and_change_nothing(ready) -> None:
    found = ready("Russia condemned Turkey. It rained. Iran attacked Iraq.")
    notes: list[Considered] = []
    noted = coder().found(found.parsed, found.mentions, notes=notes)
    assert noted == coder().found(found.parsed, found.mentions)
    assert [one.sentence.index for one in notes] == [0, 2]
    assert [answer.token.text for answer in notes[0].answers] == ["condemned"]
    assert [draft.type for draft in notes[0].drafts] == ["ACCUSE"]
