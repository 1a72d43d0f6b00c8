from __future__ import annotations

from datetime import date

import pytest

from inconcert.read.dates import date_in_name, is_plausible, read_date


@pytest.mark.parametrize(
    "words",
    [
        "2021-08-15",
        "2021/8/15",
        "20210815",
        "20210815T103000Z",
        "2021-08-15T23:30:00+04:30",
        "2021-08-15 09:46:28-04:00",
        "Sun, 15 Aug 2021 10:00:00 GMT",
        "15 August 2021",
        "15th August, 2021",
        "15-Aug-2021",
        "August 15, 2021",
        "Aug. 15, 2021 at 5 pm",
        "15.8.2021",
        "8/15/2021",
        "15/8/2021",
        "1628985600",
        "1628985600000",
    ],
)
def test_a_day_is_read_however_it_is_written(words):
    assert str(read_date(words)) == "2021-08-15"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2021-08", "2021-08-01..2021-08-31"),
        ("August 2021", "2021-08-01..2021-08-31"),
        ("2021-09-21..2021-09-27", "2021-09-21..2021-09-27"),
        ("3/4/2021", "2021-03-04..2021-04-03"),
    ],
)
def test_a_vague_date_is_a_wide_span(words, days):
    assert str(read_date(words)) == days


@pytest.mark.parametrize("words", ["yesterday", "2021-02-30", "15/15/2021", "", "n/a", "2021-13"])
def test_what_is_no_date_is_unknown(words):
    assert read_date(words) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2021-08-15.txt", "2021-08-15"),
        ("tass_20210815.html", "2021-08-15"),
        ("tass_20210815120000.html", "2021-08-15"),
        ("lavrov 15-Aug-2021 press.md", "2021-08-15"),
        ("August_15_2021.txt", "2021-08-15"),
        ("digest-2021-08.txt", "2021-08-01..2021-08-31"),
    ],
)
def test_a_file_name_may_hold_the_date(name, day):
    assert str(date_in_name(name)) == day


@pytest.mark.parametrize(
    "name", ["document-12345678.txt", "20210701_20210731.txt", "a.txt", "0002021081500.txt"]
)
def test_a_number_or_two_dates_in_a_file_name_are_no_date(name):
    assert date_in_name(name) is None


def test_only_days_from_1900_to_the_day_after_tomorrow_are_plausible():
    today = date(2021, 8, 15)
    told = [
        is_plausible(span, today=today)
        for words in ("1899-12-31", "1900-01-01", "2021-08-17", "2021-08-18")
        if (span := read_date(words))
    ]
    assert told == [False, True, True, False]


def test_an_implausible_date_is_passed_over_for_the_file_name(read, write):
    place = write("2021-08-15.md", "---\ndate: 2121-08-15\n---\nThe envoys met again.")
    reading = read(place, today=date(2021, 9, 1))
    assert str(reading.only.published) == "2021-08-15"
    assert reading.reasons == ["implausible date (document kept)"]


def test_a_document_without_any_date_stays_undated(read, write):
    assert read(write("talks.txt", "The envoys met yesterday.")).only.published is None


def test_a_date_not_understood_is_told(read, write):
    reading = read(write("a.jsonl", '{"text": "The envoys met.", "date": "last week"}'))
    assert reading.only.published is None
    assert reading.reasons == ["date not understood (document kept)"]


def test_the_file_name_of_a_dump_does_not_date_its_records(read, write):
    assert read(write("2021-08-15.jsonl", '{"text": "The envoys met."}')).only.published is None
