from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.axes import (
    days_of,
    deed_roots,
    groups,
    period_lengths,
    period_of,
    types_of,
)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_week_begins_on_the_monday_of_its_iso_week(day):
    monday = period_of(np.array([day], dtype="datetime64[D]"), "week")[0].item()
    assert monday.weekday() == 0
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_month_is_as_long_as_in_the_calendar(day):
    first = period_of(np.array([day], dtype="datetime64[D]"), "month")
    assert first[0].item() == day.replace(day=1)
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    assert period_lengths(first, "month")[0] == (after - day.replace(day=1)).days


def test_both_ends_of_a_span_are_days_of_it():
    days = days_of(TimeSpan(date(2021, 2, 27), date(2021, 3, 1)))
    assert days.tolist() == [date(2021, 2, 27), date(2021, 2, 28), date(2021, 3, 1)]


def test_roots_of_material_acts_are_those_of_cameo():
    assert {"06", "07", "15", "16", "17", "18", "19", "20"} <= set(deed_roots())
    assert not {"01", "02", "03", "04", "05", "10", "12", "13"} & set(deed_roots())


def test_cells_that_no_list_knows_come_last_on_the_axis():
    assert types_of(["01", "UNCODED"])[-2:] == ("20", "UNCODED")
    assert "AID" in types_of([])


def test_a_group_without_a_code_is_refused():
    with pytest.raises(BadQuestion, match="names no actor"):
        groups(["RUS", "DEU+"])
