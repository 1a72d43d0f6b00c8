from __future__ import annotations

import csv
from datetime import date

import pytest
from tests.show.made_acts import (
    LONE,
    MEETING,
    NAMES,
    RETOLD,
    THREAT,
    UNDATED,
    acts,
    acts_of_rows,
    row,
)

from inconcert.errors import BadQuestion
from inconcert.show.tie_list import TIE_COLUMNS, ties_of, write_ties


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_retold_meeting_is_one_act_with_two_mentions_each_way(tmp_path):
    path = tmp_path / "ties.csv"
    assert write_ties(acts(MEETING, RETOLD, LONE), path, names=NAMES) == (1, 1)
    first, second = rows_of(path)
    assert list(first) == [name for name, _, _ in TIE_COLUMNS]
    assert (first["actor"], first["recipient"]) == (second["recipient"], second["actor"])
    assert (first["type"], first["sign"], first["mutual"]) == ("CONSULT", "1", "true")
    assert (first["n"], first["mentions"], first["days"]) == ("1", "2", "1")
    assert (first["first"], first["last"]) == ("2021-07-05", "2021-07-05")
    assert first["actor_name"] == "Taliban"


def test_two_who_threaten_a_third_are_two_ties_and_none_between_them():
    network = ties_of(acts(THREAT))
    assert [(tie.actor, tie.recipient, tie.sign) for tie in network.ties] == [
        ("CHN", "AFGTAL", -1),
        ("RUS", "AFGTAL", -1),
    ]
    assert network.given() == {"CHN": 1, "RUS": 1}
    assert network.received() == {"AFGTAL": 2}
    assert network.acts == 1


def test_what_has_no_day_counts_and_lies_in_no_period(tmp_path):
    path = tmp_path / "ties.csv"
    write_ties(acts(MEETING, UNDATED), path, period="month")
    found = [row for row in rows_of(path) if row["actor"] == "CHN"]
    assert [(each["first"], each["last"], each["n"], each["undated"]) for each in found] == [
        ("2021-07-01", "2021-07-31", "1", "0"),
        ("", "", "1", "1"),
    ]


@pytest.mark.parametrize(
    ("period", "bounds"),
    [
        ("day", ["2020-12-31/2020-12-31", "2021-01-01/2021-01-01", "2021-01-04/2021-01-04"]),
        ("week", ["2020-12-28/2021-01-03", "2021-01-04/2021-01-10"]),
        ("month", ["2020-12-01/2020-12-31", "2021-01-01/2021-01-31"]),
        ("year", ["2020-01-01/2020-12-31", "2021-01-01/2021-12-31"]),
    ],
)
def test_periods_are_whole_ones_and_their_counts_add_up(tmp_path, period, bounds):
    path = tmp_path / "ties.csv"
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 1, 4)]
    write_ties(acts_of_rows(*(row(id=str(day), day=day) for day in days)), path, period=period)
    found = rows_of(path)
    assert [f"{each['first']}/{each['last']}" for each in found] == bounds
    assert sum(int(each["n"]) for each in found) == 3
    assert sum(int(each["mentions"]) for each in found) == 12


def test_days_that_follow_with_as_many_acts_are_one_spell():
    days = [
        date(2021, 7, 1),
        date(2021, 7, 2),
        date(2021, 7, 2),
        date(2021, 7, 3),
        date(2021, 7, 4),
    ]
    (tie,) = ties_of(acts_of_rows(*(row(id=str(n), day=day) for n, day in enumerate(days)))).ties
    assert list(tie.spells()) == [
        (date(2021, 7, 1), date(2021, 7, 1), 1),
        (date(2021, 7, 2), date(2021, 7, 2), 2),
        (date(2021, 7, 3), date(2021, 7, 4), 1),
    ]
    assert sum(n * ((last - first).days + 1) for first, last, n in tie.spells()) == tie.n == 5


def test_an_unknown_period_or_ending_is_refused(tmp_path):
    with pytest.raises(BadQuestion, match="fortnight"):
        write_ties([], tmp_path / "ties.csv", period="fortnight")
    with pytest.raises(BadQuestion, match=r"\.csv"):
        write_ties([], tmp_path / "ties.gexf")
