"""Records made by hand, as the store would return them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import (
    Corpus,
    EventRecord,
    Located,
    SourceSummary,
    StatementRecord,
)
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement

FIRST = date(2021, 8, 2)


def people(codes: str) -> tuple[Participant, ...]:
    """`RUS CHN` → two participants."""
    return tuple(Participant(code, ("GOV",), None, 0, 1) for code in codes.split())


def located(document: str, day: date | None, source: str) -> Located:
    return Located(
        document=document,
        source=Source(source, "GBR"),
        title="Kabul talks resume",
        published=None if day is None else TimeSpan.day(day),
        url=None,
        place=f"{document}.txt",
        sentence="The envoys met in Kabul on Monday.",
        start=0,
    )


@pytest.fixture
def event() -> Callable[..., EventRecord]:
    """Makes event records: `event("RUS CHN", "AFG", kind="AID", day=3)`."""
    numbers = count()

    def make(
        actors: str,
        recipients: str = "",
        about: str = "",
        *,
        kind: str = "COOPERATE",
        mode: str | None = None,
        auxiliary: tuple[str, ...] = (),
        day: int | None = 0,
        document: str | None = None,
        sentence: int | None = None,
        source: str = "Daily Courier",
    ) -> EventRecord:
        number = next(numbers)
        document = document or f"d{number}"
        when = None if day is None else FIRST + timedelta(days=day)
        mention = EventMention(
            id=f"e{number}",
            document=document,
            sentence=number if sentence is None else sentence,
            start=11,
            end=14,
            type=kind,
            mode=mode,
            contexts=(),
            auxiliary=auxiliary,
            actors=people(actors),
            recipients=people(recipients),
            about=people(about),
            when=When(),
            rule="meet-with",
            confidence=0.7,
        )
        return EventRecord(mention, located(document, when, source))

    return make


@pytest.fixture
def statement() -> Callable[..., StatementRecord]:
    """Makes statement records: `statement("TJK", about="AFG")`."""
    numbers = count()

    def make(
        speakers: str, about: str = "", addressees: str = "", *, day: int | None = 0
    ) -> StatementRecord:
        number = next(numbers)
        when = None if day is None else FIRST + timedelta(days=day)
        said = Statement(
            id=f"s{number}",
            document=f"t{number}",
            sentence=0,
            start=0,
            end=3,
            cue="say",
            speakers=people(speakers),
            speaker_text="the minister",
            addressees=people(addressees),
            about=people(about),
            form="indirect",
            content_start=4,
            content_end=30,
            quotes=(),
            when=When(),
            rule="say-that",
            confidence=0.8,
        )
        return StatementRecord(said, located(f"t{number}", when, "Daily Courier"))

    return make


@pytest.fixture
def question() -> Question:
    """Russia and China toward the Afghan side."""
    return Question(
        actors=(("RUS",), ("CHN",)),
        toward=("AFG", "AFGTAL"),
        names=("Russia", "China"),
        toward_name="the Afghan side",
    )


@pytest.fixture
def corpus() -> Corpus:
    """Mostly American sentences, one source."""
    return Corpus(
        sources=(
            SourceSummary(
                Source("Daily Courier", "GBR"), 40, 1000, date(2021, 1, 4), date(2021, 12, 20)
            ),
        ),
        undated=0,
        not_coded=(),
        left_out=(),
        sentences_by_country=(("USA", 930), ("PAK", 50), ("RUS", 20)),
        skipped=(),
        coders=("patterns 1",),
    )
