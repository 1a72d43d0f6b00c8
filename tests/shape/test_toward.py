from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.toward import toward

SIDE = ("AFG", "AFGTAL")


def _by_loops(made_up, events, source, side, groups, *, deeds_only=False):
    """Acts by (actor, cell, day), events toward the side by day, and habits, event by event."""
    label_of = {code: label for label in groups for code in label.split("+")}
    acts, upon, habits = Counter(), Counter(), Counter()
    for e in made_up.counted(events, source):
        upon[e.day] += any(r in side for _, r in e.pairs)
    for e in made_up.counted(events, source, deeds_only=deeds_only):
        for a, r in e.pairs:
            habits[label_of.get(a, a), e.cell] += a != r
        acting = {label_of.get(a, a) for a, r in e.pairs if r in side and a not in side}
        for label in acting:
            partners = {label_of.get(r) for a, r in _across(e) if label_of.get(a) == label}
            if label in groups and partners & ({*groups} - {label}):
                continue
            acts[label, e.cell, e.day] += 1
    return acts, upon, habits


def _across(e):
    """Actor and named recipient, in both orders where there is no direction."""
    across = {(a, r) for a in e.actors for r in e.recipients}
    if e.directed and not e.folded:
        return across
    return across | {(r, a) for a, r in across}


@pytest.mark.parametrize("source", ["ICEWS", "POLECAT"])
@pytest.mark.parametrize("deeds_only", [False, True])
@pytest.mark.parametrize(
    ("side", "asked"),
    [(("AFG",), ("RUS", "CHN")), (SIDE, ()), (SIDE, ("RUS", "CHN")), (SIDE, ("DEU+FRA", "RUS"))],
)
def test_counts_are_those_of_plain_loops(made_up, events, query, source, side, asked, deeds_only):
    found = toward(query, source, side, span=made_up.SPAN, asked=asked, deeds_only=deeds_only)
    acts, upon, habits = _by_loops(made_up, events, source, side, asked, deeds_only=deeds_only)
    total = Counter()
    for (label, _, _), n in acts.items():
        total[label] += n
    assert found.actors == (*asked, *sorted(set(total) - set(asked)))
    for i, actor in enumerate(found.actors):
        for j, cell in enumerate(found.types):
            assert found.habits[i, j] == habits[actor, cell]
            for d, day in enumerate(found.days.tolist()):
                assert found.counts[i, j, d] == acts[actor, cell, day]
    assert found.counts.sum() == sum(acts.values()) > 0
    every = Counter(e.day for e in made_up.counted(events, source))
    assert found.volume.tolist() == [every[day] - upon[day] for day in found.days.tolist()]
    assert found.covered.tolist() == [every[day] > 0 for day in found.days.tolist()]


def test_a_joint_act_toward_both_codes_of_a_side_counts_once(made_up):
    both = made_up.Made(
        "e1", "POLECAT", made_up.FIRST, "", "plover", "AID", None, (), None,
        ("DEU", "FRA"), ("AFG", "AFGTAL"), directed=True, folded=False, kept_as=None,
    )  # fmt: skip
    base = made_up.lake([both])
    found = toward(
        lambda sql, given: base.sql(sql, params=given), "POLECAT", SIDE, span=made_up.SPAN,
        asked=("DEU+FRA",),
    )  # fmt: skip
    assert found.counts.sum() == 1
    assert found.volume[0] == 0


def test_days_without_any_event_are_not_covered(made_up, query):
    found = toward(query, "ICEWS", SIDE, span=made_up.SPAN)
    bare = {day for day, held in zip(found.days.tolist(), found.covered, strict=True) if not held}
    assert bare == made_up.QUIET


def test_actors_asked_about_stand_first_even_without_an_act(made_up, query):
    found = toward(query, "ICEWS", SIDE, span=made_up.SPAN, asked=("ZAF", "RUS"))
    assert found.actors[:2] == ("ZAF", "RUS")
    assert not found.counts[0].any()


def test_others_need_the_least_number_of_acts_and_the_asked_do_not(made_up, query):
    every = toward(query, "ICEWS", SIDE, span=made_up.SPAN)
    totals = dict(zip(every.actors, every.counts.sum(axis=(1, 2)).tolist(), strict=True))
    least = sorted(totals.values())[2]
    some = toward(query, "ICEWS", SIDE, span=made_up.SPAN, asked=("ZAF",), least_acts=least)
    assert some.actors == ("ZAF", *sorted(a for a, n in totals.items() if n >= least))
    assert some.volume.tolist() == every.volume.tolist()


def test_the_axis_of_types_holds_all_roots_of_cameo_or_all_types_of_plover(made_up, query):
    icews = toward(query, "ICEWS", SIDE, span=made_up.SPAN)
    assert icews.types == tuple(f"{root:02d}" for root in range(1, 21))
    polecat = toward(query, "POLECAT", SIDE, span=made_up.SPAN)
    assert len(polecat.types) == 18
    assert polecat.types[-2:] == ("STATEMENT", "APPEAL")
    deeds = toward(query, "POLECAT", SIDE, span=made_up.SPAN, deeds_only=True)
    assert set(deeds.types) == set(polecat.types) & {
        "AID", "ASSAULT", "COERCE", "COOPERATE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION",
    }  # fmt: skip


def test_a_side_that_nobody_acts_toward_gives_an_empty_array_of_the_right_days(made_up, query):
    found = toward(query, "ICEWS", ("ZAF",), span=made_up.SPAN)
    assert found.actors == ()
    assert found.counts.shape[2] == made_up.SPAN.days
    assert found.volume.sum() > 0


def test_a_span_outside_the_source_is_not_covered_at_all(query):
    found = toward(query, "ICEWS", SIDE, span=TimeSpan(date(2030, 1, 1), date(2030, 1, 9)))
    assert not found.covered.any()
    assert len(found.days) == 9


def test_the_query_that_made_it_is_told_with_what_was_put_in(made_up, query):
    told = toward(query, "ICEWS", SIDE, span=made_up.SPAN).query
    assert "-- $source = 'ICEWS'" in told
    assert "['AFG', 'AFGTAL']" in told
    assert "from daily" in told


def test_unknown_sources_and_actors_on_both_sides_are_refused(made_up, query):
    with pytest.raises(BadQuestion, match=r"no source 'GDELT'.*ICEWS, POLECAT"):
        toward(query, "GDELT", SIDE, span=made_up.SPAN)
    with pytest.raises(BadQuestion, match="AFG stands twice"):
        toward(query, "ICEWS", SIDE, span=made_up.SPAN, asked=("AFG+RUS",))
    with pytest.raises(BadQuestion, match="RUS stands twice"):
        toward(query, "ICEWS", SIDE, span=made_up.SPAN, asked=("RUS", "CHN+RUS"))
    with pytest.raises(BadQuestion, match="no other side"):
        toward(query, "ICEWS", (), span=made_up.SPAN)


def test_days_are_consecutive_and_as_many_as_asked(made_up, query):
    found = toward(query, "ICEWS", SIDE, span=made_up.SPAN)
    assert (np.diff(found.days).astype(int) == 1).all()
    assert found.days[0].item() == made_up.FIRST
    assert found.days[-1].item() == made_up.FIRST + timedelta(days=59)


def test_an_act_whose_code_means_nothing_to_us_has_a_cell_of_its_own():
    base = duckdb.connect(config={"threads": 1})
    base.execute(
        "create table daily as select 'UCDP' as source, 'RUS' as actor, 'AFG' as recipient, "
        "null::varchar as kind, null::varchar as root, date '2021-01-06' as day, "
        "2 as parties, 3 as n"
    )
    base.execute("create table coverage as select source, day, n from daily")
    span = TimeSpan.day(date(2021, 1, 6))
    found = toward(lambda sql, given: base.sql(sql, params=given), "UCDP", ["AFG"], span=span)
    assert found.types[-1] == "UNCODED"
    assert found.counts[0, -1].tolist() == [3]
    assert found.habits[0, -1] == 3
