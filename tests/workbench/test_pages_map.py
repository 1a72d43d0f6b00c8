from __future__ import annotations

from datetime import date

import duckdb
import pytest

from inconcert.workbench.rows import sql_of

DAY = date(2021, 8, 1)
EVENTS = (
    # actors, recipients, directed, folded_from
    (["RUS"], ["AFG"], True, None),
    (["AFG"], ["RUS"], True, None),  # aimed at the one asked about
    (["AFG"], ["RUS"], False, None),
    (["AFG"], ["RUS"], True, ["7"]),  # two rows that mirror each other, kept as one
    (["IRN"], ["AFG"], False, None),
    (["AFG"], ["IRN"], False, None),
    (None, ["AFG"], True, None),
    (["AFG"], None, True, None),
)


@pytest.mark.parametrize("only", [False, True])
def test_a_number_of_the_map_is_that_of_the_list_it_opens(only):
    con = duckdb.connect()
    con.execute(
        """create table events (
            id varchar, source varchar, day date, type varchar, statement_kind varchar,
            mode varchar, contexts varchar[], actors varchar[], actor_names varchar[],
            recipients varchar[], recipient_names varchar[], code varchar, event_text varchar,
            note varchar, score double, mentions bigint, outlet varchar, url varchar, place varchar,
            place_country varchar, latitude double, longitude double, place_precision varchar,
            copies bigint, kept_as varchar, directed boolean, folded_from varchar[]
        )"""
    )
    for at, (actors, recipients, directed, folded) in enumerate(EVENTS):
        con.execute(
            """insert into events
               (id, source, day, actors, recipients, place, directed, folded_from)
               values (?, 'ACLED', ?, ?, ?, 'Kabul', ?, ?)""",
            [str(at), DAY, actors, recipients, directed, folded],
        )
    given = {"source": "ACLED", "first": DAY, "last": DAY, "actors": ["RUS"], "side": ["AFG"]}
    places = con.execute(sql_of("page_places"), {**given, "only": only}).fetchall()
    more = {"type": "", "place": "Kabul", "sorts": None, "either": False, "anybody": not only,
            "most": 50, "skip": 0}  # fmt: skip
    rows = con.execute(sql_of("page_acts"), {**given, **more}).fetchall()
    assert {bool(place[5]) for place in places} == ({True} if only else {True, False})
    assert sum(place[6] for place in places) == len(rows) == (3 if only else 5)
