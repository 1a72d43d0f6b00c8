"""Promises beside the deeds that came after them."""

from __future__ import annotations

from datetime import date, timedelta

from inconcert.workbench.pages_deeds import followed

DAY = date(2021, 8, 1)
END = DAY + timedelta(days=100)


def on(*days):
    return [{"day": DAY + timedelta(days=each)} for each in days]


def test_the_first_deed_from_the_day_after_on_is_shown_beside_a_promise():
    (found,) = followed(on(10), on(2, 10, 14, 20), end=END)
    assert (found["deed"], found["days"]) == (on(14)[0], 4)


def test_a_deed_after_the_window_keeps_no_promise():
    kept, late = (followed(on(0), on(day), end=END)[0] for day in (30, 31))
    assert kept["days"] == 30
    assert (late["deed"], late["is_open"]) == (None, False)


def test_a_promise_whose_window_runs_beyond_the_source_is_too_young_to_be_judged():
    young, old = followed(on(71, 70), [], end=END)
    assert (young["is_open"], old["is_open"]) == (True, False)
