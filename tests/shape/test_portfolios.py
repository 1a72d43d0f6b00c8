from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest

from inconcert.shape.portfolios import ActKind, portfolio
from inconcert.shape.toward import toward

SIDE = ("AFG", "AFGTAL")


def _kind(e) -> ActKind:
    return ActKind(e.kind, e.cell, e.mode or "", ";".join(sorted(e.contexts)))


@pytest.mark.parametrize("source", ["ICEWS", "POLECAT"])
@pytest.mark.parametrize("deeds_only", [False, True])
def test_acts_by_kind_and_week_are_those_of_plain_loops(made_up, events, query, source, deeds_only):
    found = portfolio(query, source, SIDE, span=made_up.SPAN, deeds_only=deeds_only)
    here, elsewhere, world = Counter(), Counter(), Counter()
    for e in made_up.counted(events, source, deeds_only=deeds_only):
        week = e.day - timedelta(days=e.day.weekday())
        for actor in {a for a, r in e.pairs if r in SIDE and a not in SIDE}:
            here[actor, _kind(e), week] += 1
        for a, r in e.pairs:
            if r not in SIDE and a != r:
                elsewhere[a, _kind(e)] += 1
                world[_kind(e)] += 1
    assert found.counts.sum() == sum(here.values()) > 0
    for (actor, kind, week), n in here.items():
        place = found.actors.index(actor), found.kinds.index(kind)
        assert found.counts[*place, found.periods.tolist().index(week)] == n
    for j, kind in enumerate(found.kinds):
        assert found.world[j] == world[kind]
        for i, actor in enumerate(found.actors):
            assert found.elsewhere[i, j] == elsewhere[actor, kind]


def test_a_portfolio_adds_up_to_the_acts_toward_the_side(made_up, query):
    asked = ("DEU+FRA", "RUS")
    whole = portfolio(query, "ICEWS", SIDE, span=made_up.SPAN, asked=asked, unit="day")
    acts = toward(query, "ICEWS", SIDE, span=made_up.SPAN, asked=asked)
    assert whole.actors == acts.actors
    assert np.array_equal(whole.counts.sum(axis=1), acts.counts.sum(axis=1))


def test_modes_and_contexts_are_kept_apart(made_up, query):
    found = portfolio(query, "ICEWS", SIDE, span=made_up.SPAN)
    assert ActKind("CONSULT", "03", "meet", "") in found.kinds
    assert ActKind("CONSULT", "04", "visit", "diplomatic") in found.kinds
    assert ActKind("SANCTION", "16", "", "economic;legal") in found.kinds
