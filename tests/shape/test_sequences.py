from __future__ import annotations

from collections import Counter

import pytest

from inconcert.errors import BadQuestion
from inconcert.shape.sequences import records, sequence


def test_acts_stand_in_order_of_day_with_mode_and_contexts(made_up, events, query):
    found = sequence(query, "ICEWS", ["RUS", "CHN"], ["AFG", "AFGTAL"], span=made_up.SPAN)
    expected = Counter()
    for e in made_up.counted(events, "ICEWS"):
        for a, r in e.pairs:
            if a in ("RUS", "CHN") and r in ("AFG", "AFGTAL"):
                contexts = ";".join(sorted(e.contexts))
                expected[e.day, a, r, e.kind, e.cell, e.mode or "", contexts] += 1
    rows = {
        (
            found.day[i].item(), found.codes[found.actor[i]], found.codes[found.recipient[i]],
            found.kinds[found.kind[i]], found.cells[found.cell[i]], found.modes[found.mode[i]],
            found.context_sets[found.contexts[i]],
        ): int(found.n[i])
        for i in range(len(found))
    }  # fmt: skip
    assert rows == dict(expected)
    assert len(found) == len(rows)
    assert (found.day[1:] >= found.day[:-1]).all()


def test_only_the_kinds_asked_for_are_given(made_up, query):
    found = sequence(query, "POLECAT", None, None, span=made_up.SPAN, kinds=["AID"])
    assert found.kinds == ("AID",)
    assert len(found.codes) == 8


def test_the_days_that_are_not_covered_are_told_beside_the_acts(made_up, query):
    found = sequence(query, "ICEWS", ["RUS"], ["CHN"], span=made_up.SPAN)
    bare = {day for day, held in zip(found.days.tolist(), found.covered, strict=True) if not held}
    assert bare == made_up.QUIET


def test_an_unknown_source_is_refused(made_up, query):
    with pytest.raises(BadQuestion, match="no source"):
        sequence(query, "GDELT", ["RUS"], ["CHN"], span=made_up.SPAN)


def test_records_behind_some_days_are_those_that_are_counted_there(made_up, events, query):
    aimed = [
        e
        for e in made_up.counted(events, "ICEWS")
        if any(a in ("RUS", "CHN") and r == "AFG" for a, r in e.pairs)
    ]
    days = sorted({e.day for e in aimed})[:5]
    found = records(query, "ICEWS", ["RUS", "CHN"], ["AFG"], days)
    assert {row["id"] for row in found} == {e.id for e in aimed if e.day in days}
    assert records(query, "ICEWS", ["RUS"], ["AFG"], []) == []


def test_of_one_day_no_more_records_than_wished_are_given(made_up, events, query):
    days = {e.day for e in made_up.counted(events, "ICEWS")}
    found = records(query, "ICEWS", made_up.CODES, made_up.CODES, days, most_a_day=1)
    assert len(found) == len(days)
