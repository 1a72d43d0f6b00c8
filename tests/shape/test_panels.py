from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape import panels
from inconcert.shape.panels import panel

ACTORS, RECIPIENTS = ("DEU+FRA", "RUS"), ("AFG+AFGTAL", "CHN", "RUS")


def _period(day: date, unit: str) -> date:
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


@pytest.mark.parametrize("source", ["ICEWS", "POLECAT"])
@pytest.mark.parametrize(
    ("unit", "actors", "recipients"),
    [("day", ACTORS, RECIPIENTS), ("week", ACTORS, ACTORS), ("month", None, RECIPIENTS)],
)
def test_counts_are_those_of_plain_loops(made_up, events, query, source, unit, actors, recipients):
    found = panel(query, source, actors, recipients, span=made_up.SPAN, unit=unit)
    acting = {code: label for label in actors or () for code in label.split("+")}
    acted_upon = {code: label for label in recipients for code in label.split("+")}
    expected = Counter()
    for e in made_up.counted(events, source):
        pairs = {(acting.get(a) if actors else a, acted_upon.get(r)) for a, r in e.pairs}
        for a, r in pairs:
            if a is not None and r is not None:
                expected[a, r, e.cell, _period(e.day, unit)] += 1
    assert found.counts.sum() == sum(expected.values()) > 0
    assert found.recipients == recipients
    for (a, r, cell, period), n in expected.items():
        place = (
            found.actors.index(a), found.recipients.index(r), found.types.index(cell),
            found.periods.tolist().index(period),
        )  # fmt: skip
        assert found.counts[place] == n


def test_weeks_are_iso_weeks_and_a_week_cut_by_the_span_is_covered_only_in_part(made_up, query):
    found = panel(query, "ICEWS", ["RUS"], ["CHN"], span=made_up.SPAN)
    assert all(day.weekday() == 0 for day in found.periods.tolist())
    # the span begins on a Wednesday
    assert found.covered[0] == pytest.approx(5 / 7)
    assert found.covered[1] == 1


def test_days_without_any_event_lower_the_share_that_is_covered(made_up, query):
    quiet = [day for day in made_up.QUIET if day.month == 1]
    found = panel(query, "ICEWS", ["RUS"], ["CHN"], span=made_up.SPAN, unit="month")
    assert found.covered[0] == pytest.approx((26 - len(quiet)) / 31)


def test_deeds_only_leaves_words_out(made_up, events, query):
    found = panel(query, "ICEWS", None, None, span=made_up.SPAN, unit="month", deeds_only=True)
    acts = made_up.counted(events, "ICEWS", deeds_only=True)
    assert found.counts.sum() == sum(len(e.pairs) for e in acts)


def test_periods_without_any_act_still_stand_in_the_panel(query):
    span = TimeSpan(date(2021, 1, 6), date(2021, 12, 31))
    assert len(panel(query, "ICEWS", ["RUS"], ["CHN"], span=span, unit="month").periods) == 12


def test_a_panel_that_would_not_fit_into_memory_is_refused(made_up, query, monkeypatch):
    monkeypatch.setattr(panels, "MOST_CELLS", 1000)
    with pytest.raises(BadQuestion, match="too large"):
        panel(query, "ICEWS", None, None, span=made_up.SPAN)
