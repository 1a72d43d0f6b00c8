from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest

from inconcert.shape import dyads as module
from inconcert.shape.dyads import dyads


def _rows(found) -> Counter:
    columns = (found.actor, found.recipient, found.type, found.period)
    return Counter(
        {
            (found.codes[a], found.codes[r], found.types[k], found.periods[p].item()): int(n)
            for a, r, k, p, n in zip(*columns, found.n, strict=True)
        }
    )


def _period(day, unit):
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("at_once", [2, 1000])
def test_the_long_table_holds_the_counts_of_plain_loops(
    made_up, events, query, monkeypatch, unit, at_once
):
    monkeypatch.setitem(module.PERIODS_AT_ONCE, unit, at_once)
    found = dyads(query, "POLECAT", span=made_up.SPAN, unit=unit)
    expected = Counter()
    for e in made_up.counted(events, "POLECAT"):
        for a, r in e.pairs:
            if a != r:
                expected[a, r, e.cell, _period(e.day, unit)] += 1
    assert _rows(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_periods_before_1970_begin_as_those_after(made_up, unit):
    from dataclasses import replace

    from inconcert.core.span import TimeSpan

    back = timedelta(days=-18_650)  # around new year 1970
    old = [replace(e, day=e.day + back) for e in made_up.make()]
    span = TimeSpan(made_up.SPAN.first + back, made_up.SPAN.last + back)
    assert span.first.year < 1970 <= span.last.year
    with made_up.lake(old) as base:
        found = dyads(
            lambda sql, given: base.sql(sql, params=given), "POLECAT", span=span, unit=unit
        )
    expected = Counter()
    for e in made_up.counted(old, "POLECAT", span=span):
        for a, r in e.pairs:
            if a != r:
                expected[a, r, e.cell, _period(e.day, unit)] += 1
    assert _rows(found) == expected


def test_rows_stand_in_order_of_period_actor_recipient_type(made_up, query, monkeypatch):
    monkeypatch.setitem(module.PERIODS_AT_ONCE, "week", 3)
    found = dyads(query, "ICEWS", span=made_up.SPAN)
    rows = list(zip(found.period, found.actor, found.recipient, found.type, strict=True))
    assert rows == sorted(set(rows))
    assert list(found.codes) == sorted(found.codes)


def test_without_types_all_acts_of_a_pair_stand_together(made_up, query):
    whole = dyads(query, "ICEWS", span=made_up.SPAN)
    pairs = dyads(query, "ICEWS", span=made_up.SPAN, with_types=False)
    assert pairs.types == ("ALL",)
    assert pairs.n.sum() == whole.n.sum()
    assert len(pairs) < len(whole)


def test_deeds_only_leaves_words_out(made_up, events, query):
    found = dyads(query, "POLECAT", span=made_up.SPAN, deeds_only=True)
    used = {found.types[place] for place in np.unique(found.type)}
    assert used == {"AID", "SANCTION", "ASSAULT"}


def test_a_source_without_acts_in_the_span_gives_an_empty_table(query):
    from datetime import date

    from inconcert.core.span import TimeSpan

    found = dyads(query, "ICEWS", span=TimeSpan(date(2030, 1, 1), date(2030, 2, 1)))
    assert len(found) == 0
    assert not found.covered.any()
