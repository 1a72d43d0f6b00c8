"""Expressions of time as the words have them: days, how exact they are, what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from inconcert.core.document import Document
from inconcert.core.event import When
from inconcert.core.span import TimeSpan
from inconcert.parse.pipeline import Parser
from inconcert.resolve.dates import DateResolver

PUBLISHED = "2021-09-10"  # a Friday
OPEN_FIRST, OPEN_LAST = date.min, date.max
Told = Callable[..., list[When]]


@pytest.fixture(scope="module")
def told() -> Told:
    parser, resolver = Parser(), DateResolver()

    def telling(text: str, *, published: str | None = PUBLISHED) -> list[When]:
        span = None if published is None else TimeSpan.parse(published)
        (parsed,) = parser.parse([Document.of(text, published=span)])
        return [when for *_, when in resolver.expressions(parsed)]

    return telling


@pytest.mark.parametrize(
    ("words", "span", "granularity"),
    [
        ("this week", "2021-09-06..2021-09-12", "week"),
        ("this year", "2021", "year"),
        ("earlier this month", "2021-09-01..2021-09-10", "vague"),
        ("in September", "2021-09", "month"),
        ("one year ago", "2020", "year"),
        ("nearly 20 years ago", "2001-01-01..2002-12-31", "vague"),
        ("two weeks ago", "2021-08-24..2021-08-30", "week"),
        ("just weeks ago", "2021-07-02..2021-09-03", "vague"),
        ("a few days ago", "2021-09-04..2021-09-08", "vague"),
        ("two decades ago", "1996-09-10..2006-09-10", "decade"),
        ("recently", "2021-07-30..2021-09-10", "vague"),
        ("in recent weeks", "2021-07-16..2021-09-10", "vague"),
        ("over the past year", "2020-09-10..2021-09-10", "year"),
        ("over the past year and a half", "2020-03-10..2021-09-10", "vague"),
        ("in the third quarter of 2020", "2020-07-01..2020-09-30", "quarter"),
        ("in the summer of 2019", "2019-06-01..2019-08-31", "season"),
        ("in the nineteenth century", "1801-01-01..1900-12-31", "vague"),
        ("since March 2020", "2020-03-01..2021-09-10", "month"),
        ("since the 1990s", "1990-01-01..2021-09-10", "decade"),
        ("on Wednesday", "2021-09-08", "day"),
    ],
)
def test_an_expression_has_days_and_a_granularity(
    told: Told, words: str, span: str, granularity: str
) -> None:
    (found,) = told(f"The two ministers met {words}.")
    assert (found.span, found.granularity) == (TimeSpan.parse(span), granularity)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("by 2030", "2021-09-10..2030-12-31"),
        ("by the end of the year", "2021-09-10..2021-12-31"),
        ("no later than 1 May 2022", "2021-09-10..2022-05-01"),
        ("before 2025", "2021-09-10..2024-12-31"),
        ("over the next ten years", "2021-09-10..2031-09-10"),
        ("five years from now", "2026"),
        ("in two weeks", "2021-09-21..2021-09-27"),
    ],
)
def test_what_is_still_to_come_runs_from_the_document_on(told: Told, words: str, span: str) -> None:
    assert told(f"They will meet {words}.")[0].span == TimeSpan.parse(span)


def test_a_length_of_time_counts_only_where_it_reaches_up_to_now(told: Told) -> None:
    assert told("They have met for ten years.")[0].span == TimeSpan.parse("2011-09-10..2021-09-10")
    assert told("They met for ten years.") == []
    assert told("They trained in two weeks.") == []


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("To date, they have met twice.", OPEN_FIRST, date(2021, 9, 10)),
        ("Since taking office, they have met twice.", OPEN_FIRST, date(2021, 9, 10)),
        ("Since that time, they have met twice.", OPEN_FIRST, date(2021, 9, 10)),
        ("They will meet in the future.", date(2021, 9, 10), OPEN_LAST),
    ],
)
def test_an_end_that_is_not_told_stays_open(
    told: Told, words: str, first: date, last: date
) -> None:
    (found,) = told(words)
    assert found.span is not None
    assert (found.span.first, found.span.last, found.granularity) == (first, last, "vague")


def test_an_open_end_gives_an_act_no_days() -> None:
    (parsed,) = Parser().parse(
        [Document.of("So far, they met twice.", published=TimeSpan.parse(PUBLISHED))]
    )
    found = DateResolver().when(parsed, 13, 16, 0)
    assert (found.span, found.text) == (None, "So far")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("They met on the 20th anniversary of 9/11.", "2021-09-11"),
        ("They met on the thirtieth anniversary of the Madrid Conference.",
         "2021-10-30..2021-11-01"),
        ("They met two years after the fall of Kabul.", "2023"),
        ("They met three days before the fall of Kabul.", "2021-08-12"),
        ("Twenty years after 9/11, they met.", "2021-09"),
        ("They met in the Korean War.", "1950-06-25..1953-07-27"),
    ],
)  # fmt: skip
def test_an_event_is_a_day_to_count_from(told: Told, text: str, span: str) -> None:
    (found,) = told(text, published="2021-09" if "Twenty" in text else "2025-01-05")
    assert (found.span, found.basis) == (TimeSpan.parse(span), "anchor event")


def test_an_event_that_is_only_the_matter_is_no_time(told: Told) -> None:
    assert told("The minister praised the Paris Agreement.") == []


def test_what_is_planned_may_be_told_of_before_it_happens(told: Told) -> None:
    (found,) = told("They will meet at COP26.")
    assert found.span is not None
    assert found.span.first == date(2021, 10, 31)


def test_what_goes_on_is_cut_at_the_date_of_the_document(told: Told) -> None:
    (found,) = told("They met during the Korean War.", published="1951-05-05")
    assert found.span == TimeSpan.parse("1950-06-25..1951-05-05")


def test_during_the_meeting_is_the_day_told_before(told: Told) -> None:
    found = told("They met on 3 August 2021. During the meeting, they signed a treaty.")
    assert [one.span for one in found] == [TimeSpan.parse("2021-08-03")] * 2
    assert found[1].basis == "carried from an earlier sentence"
    assert told("During the meeting, they signed a treaty.") == []


def test_a_month_that_was_promised_in_is_the_last_one(told: Told) -> None:
    (found,) = told("As promised in March, we are here.", published="2021-09-24")
    assert found.span == TimeSpan.parse("2021-03")


@pytest.mark.parametrize(
    ("dateline", "published"), [("Aug. 15, 2021", None), ("Aug. 15", "2021-08")]
)
def test_a_dateline_dates_a_document_whose_day_is_not_known(
    told: Told, dateline: str, published: str | None
) -> None:
    text = f"KABUL, {dateline} (Agency) - Guards left their posts on Thursday."
    assert told(text, published=published)[-1].span == TimeSpan.parse("2021-08-12")


def test_a_dateline_does_not_overrule_a_known_day(told: Told) -> None:
    text = "KABUL, Aug. 15, 2021 (Agency) - Guards left their posts today."
    assert told(text, published="2021-08-17")[-1].span == TimeSpan.parse("2021-08-17")


@pytest.mark.parametrize(
    "words",
    ["on 31 February 2021", "on 45 March 2021", "from 2016 to 2014", "on 2021-13-45",
     "from 12 to 3 May 2021"],
)  # fmt: skip
def test_a_date_that_no_calendar_has_tells_no_day_of_its_own(told: Told, words: str) -> None:
    for when in told(f"They met {words}."):
        assert when.granularity != "day"


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "0001", "9999"])
def test_years_at_the_edge_of_the_calendar_break_nothing(told: Told, published: str) -> None:
    text = (
        "They met last month, 30 years ago, in March, this winter and over the past century. "
        "They will meet in ten years, next decade, by Friday and two centuries after 9/11."
    )
    assert told(text, published=published)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They opened it on Earth Day.", "2021-04-22", "2021-04-22"),
        ("We honour them this Hispanic Heritage Month.", "2021-09-15", "2021-10-15"),
        ("They will meet on Christmas Eve.", "2021-12-24", "2021-12-24"),
        ("They met on Christmas Eve.", "2020-12-24", "2020-12-24"),
        ("In two years, we have built ten schools.", "2019-09-24", "2021-09-24"),
        ("In two years, we will build ten schools.", "2023-01-01", "2023-12-31"),
        ("They spoke 20 minutes before I came in.", "2021-09-24", "2021-09-24"),
        ("He worked there in 2015 as a clerk.", "2015-01-01", "2015-12-31"),
        ("The delta will be safe by 2100.", "2021-09-24", "2100-12-31"),
        ("It is the task of the 21<sup>st</sup> century.", "2001-01-01", "2100-12-31"),
        ("And right now, they sit in Kabul.", "2021-09-24", "2021-09-24"),
        ("At the last session of the General Assembly, we voted.", "2020-09-14", "2021-09-13"),
    ],
)
def test_days_of_the_year_and_of_counting(told: Told, text: str, first: str, last: str) -> None:
    (found,) = told(text, published="2021-09-24")
    assert found.span == TimeSpan(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "The last year of the war was hard.",
        "At the end of the day, we need peace.",
        "They left by 2030 GMT.",
        "The new year's harvest was good.",
        "They drove in 2100 lorries.",
    ],
)
def test_words_that_only_look_like_a_time_tell_none(told: Told, text: str) -> None:
    assert told(text, published="2021-09-24") == []


def test_a_later_date_comes_after_the_day_told_before(told: Told) -> None:
    text = "They met at that time of harvest. They met in April. They will meet at a later date."
    found = told(text, published="2021-09-24")[-1]
    assert found.span == TimeSpan(date(2021, 4, 1), date.max)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("We act in the wake of the pandemic.", "2020-03-11", "2021-09-24"),
        ("It began at the outbreak of the pandemic.", "2020-03-11", "2020-03-31"),
        ("They will agree by COP 26.", "2021-09-24", "2021-11-13"),
        ("The ways of the world, pre-COVID, were others.", "2019-03-12", "2020-03-10"),
    ],
)
def test_an_event_dates_what_its_frame_makes_of_it(
    told: Told, text: str, first: str, last: str
) -> None:
    (found,) = told(text, published="2021-09-24")
    assert found.span == TimeSpan(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "It was set up by the COP 26 presidency.",
        "The camp was emptied by the Taliban takeover.",
        "The pre-COVID order is over.",
    ],
)
def test_an_event_that_does_or_describes_dates_nothing(told: Told, text: str) -> None:
    assert told(text, published="2021-09-24") == []
