"""Acts over time for the drawings of a brief."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.show.made_brief import of_texts

from inconcert.core.evidence import EventRecord, Told
from inconcert.workbench.drawn import drawn_of


def test_an_act_told_twice_is_drawn_once_for_each_actor_who_takes_part(tmp_path: Path) -> None:
    found = of_texts(0.7, 0.7, 0.7)
    told = [replace(one, told=Told("one act", date(2021, 3, 20))) for one in found.columns[0].deeds]
    columns = tuple(replace(column, deeds=(*told[:2],)) for column in found.columns)
    drawn = drawn_of(replace(found, columns=columns), tmp_path)
    assert drawn is not None
    assert [(one["actor"], one["n"]) for one in drawn["series"]] == [("Russia", 1), ("China", 1)]
    assert (drawn["unit"], drawn["left"], drawn["anchors"]) == ("day", 0, [])


def test_acts_of_long_before_the_documents_are_counted_and_not_drawn(tmp_path: Path) -> None:
    found = of_texts(0.7, 0.7)

    def moved(record: EventRecord, day: date) -> EventRecord:
        return replace(record, told=Told(record.event.id, day))

    first, second = found.columns[0].deeds
    deeds = (moved(first, date(1999, 3, 1)), moved(second, date(2021, 3, 2)))
    column = replace(found.columns[0], deeds=deeds)
    drawn = drawn_of(replace(found, columns=(column, found.columns[1])), tmp_path)
    assert drawn is None or drawn["from"] > date(2021, 1, 1)
    assert drawn is not None
    assert drawn["left"] >= 1


def test_where_no_act_has_a_day_nothing_is_drawn(tmp_path: Path) -> None:
    found = of_texts(0.7)
    empty = tuple(replace(column, deeds=()) for column in found.columns)
    assert drawn_of(replace(found, columns=empty), tmp_path) is None
