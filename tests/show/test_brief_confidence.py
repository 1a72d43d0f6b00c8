"""How far a judgement may be trusted, by the printed rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.show.conftest import deed, said
from tests.show.made_brief import DAY, reading

from inconcert.core.document import Source
from inconcert.core.evidence import EventRecord
from inconcert.core.reading import Dropped
from inconcert.show.brief_confidence import (
    Mark,
    agreement_of_sources,
    agreement_of_timing,
    confidence,
    disputed_mark,
    mix_mark,
    outlets_mark,
)
from inconcert.show.brief_media import Known

GOOD, FAIR, POOR, UNKNOWN = (Mark(value, "x") for value in ("good", "fair", "poor", "unknown"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("marks", "level"),
    [
        ((GOOD, GOOD, GOOD, GOOD), "high"),
        ((GOOD, GOOD, GOOD, FAIR), "moderate"),
        ((GOOD, GOOD, GOOD, POOR), "moderate"),
        ((GOOD, GOOD, UNKNOWN, POOR), "low"),
    ],
)
def test_the_level_follows_from_the_marks(marks: tuple[Mark, ...], level: str) -> None:
    assert confidence(marks).level == level


def test_an_unmeasured_coder_is_never_trusted_far() -> None:
    assert confidence((GOOD, GOOD, GOOD, GOOD), unmeasured=True).level == "low"


def from_outlet(number: int, source: Source, **fields: object) -> EventRecord:
    record = deed(number, "RUS", "AFG", DAY, **fields)
    return EventRecord(record.event, replace(record.at, source=source))


def test_a_copy_is_no_further_outlet() -> None:
    records = [from_outlet(n, Source(f"Paper {n}")) for n in range(3)]
    assert outlets_mark(records).value == "good"
    copies = [EventRecord(each.event, each.at, None, ("d", "Paper 0")) for each in records]
    assert outlets_mark(copies) == Mark("poor", "1 independent outlet")


def test_doubts_of_reviewers_and_of_the_coder_itself_count_as_disputed() -> None:
    sure = [deed(n, "RUS", "AFG", DAY, confidence=0.9) for n in range(4)]
    assert disputed_mark(sure).value == "good"
    known = Known(disputed=frozenset({sure[0].event.id}))
    assert disputed_mark(sure, known) == Mark("fair", "1 of 4 codings disputed")
    unsure = [deed(n, "RUS", "AFG", DAY, confidence=0.4) for n in range(4)]
    assert disputed_mark(unsure).value == "poor"


def test_statements_that_nobody_judged_are_not_called_undisputed() -> None:
    assert disputed_mark([said(0, "RUS", "AFG", DAY)]).value == "unknown"


def test_state_media_and_the_words_of_a_side_weigh_against_the_mix() -> None:
    state = [from_outlet(n, Source("TASS", "RUS")) for n in range(3)]
    free = [from_outlet(n, Source("Reuters", "GBR")) for n in range(3)]
    assert mix_mark(state, ("RUS",)).value == "poor"
    assert mix_mark(free, ("RUS",)).value == "good"
    assert mix_mark([*state, *free], ("RUS",)).value == "fair"
    assert mix_mark([from_outlet(0, Source("Nobody Knows It"))], ()).value == "unknown"


def test_a_finding_that_hangs_on_one_month_is_marked_down() -> None:
    held = reading(dropped=tuple(Dropped(f"m{n}", 0.01, 2.0, is_period=True) for n in range(3)))
    one = replace(held, dropped=(*held.dropped, Dropped("m", 0.4, 1.1, is_period=True)))
    assert agreement_of_timing(held).value == "good"
    assert agreement_of_timing(one).value == "fair"
    assert agreement_of_timing(replace(held, dropped=held.dropped[:0])).value == "unknown"


def test_other_sources_agree_contradict_or_are_missing() -> None:
    found = [agreement_of_sources(*pair).value for pair in ((1, 0), (0, 0), (3, 1))]
    assert found == ["good", "fair", "poor"]
