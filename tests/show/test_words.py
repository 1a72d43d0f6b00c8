"""Words that every form of a brief shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.event import When
from inconcert.core.evidence import EventRecord
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.show.words import days_of, safe_url, short_days, who_words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "file:///etc/passwd",
        "https://",
        "http://[broken",
        "https://example.org/a b",
        "https://example.org/\u202ex",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


def test_a_web_address_is_kept_as_it_is() -> None:
    assert safe_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"


def test_a_person_is_named_after_the_state_and_once() -> None:
    lavrov = Participant("RUS", ("GOV",), "Sergey Lavrov", 0, 6)
    names = {"RUS": "Russia"}.__getitem__
    assert who_words([lavrov, lavrov], names) == "Russia (GOV), Sergey Lavrov"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2021, 8, 15), date(2021, 8, 15), "15 Aug 2021"),
        (date(2021, 9, 21), date(2021, 9, 27), "21–27 Sep 2021"),
        (date(2021, 9, 28), date(2021, 10, 2), "28 Sep – 2 Oct 2021"),
        (date(2020, 12, 30), date(2021, 1, 2), "30 Dec 2020 – 2 Jan 2021"),
    ],
)
def test_days_are_shown_with_what_both_ends_share_said_once(
    first: date, last: date, shown: str
) -> None:
    assert short_days(TimeSpan(first, last)) == shown


WEEK = TimeSpan(date(2021, 7, 26), date(2021, 8, 1))
YEAR = TimeSpan(date(2021, 1, 1), date(2021, 12, 31))
OLD = TimeSpan(date(2001, 1, 1), date(2001, 12, 31))
PUBLISHED = TimeSpan(date(2021, 9, 21), date(2021, 9, 27))


@pytest.mark.parametrize(
    ("own", "placed"), [(None, PUBLISHED), (WEEK, WEEK), (YEAR, PUBLISHED), (OLD, OLD)]
)
def test_the_days_shown_are_those_that_place_the_record(
    own: TimeSpan | None, placed: TimeSpan, make_deed: Callable[..., EventRecord]
) -> None:
    made = make_deed(1, "RUS", "AFG", date(2021, 8, 1), when=When(own))
    record = EventRecord(made.event, replace(made.at, published=PUBLISHED))
    assert record.day == placed.first
    assert days_of(record) == placed


def test_a_record_without_a_day_has_no_days_to_show(
    make_deed: Callable[..., EventRecord],
) -> None:
    assert days_of(make_deed(1, "RUS", "AFG", None)) is None
