from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from inconcert.errors import BadQuestion
from inconcert.shape.networks import network, sign_of

FRIENDLY, HOSTILE = {"CONSULT", "AID"}, {"ACCUSE", "SANCTION", "ASSAULT"}


def test_friendly_and_hostile_acts_stand_apart_by_month(made_up, events, query):
    found = network(query, "ICEWS", span=made_up.SPAN)
    expected = Counter()
    for e in made_up.counted(events, "ICEWS"):
        layer = "+" if e.kind in FRIENDLY else "-" if e.kind in HOSTILE else "0"
        for a, r in e.pairs:
            if a != r:
                expected[layer, a, r, e.day.month] += 1
    for name, layer in (("+", found.positive), ("-", found.negative), ("0", found.unsigned)):
        assert layer.sum() == sum(n for key, n in expected.items() if key[0] == name) > 0
    for (name, a, r, month), n in expected.items():
        layer = {"+": found.positive, "-": found.negative, "0": found.unsigned}[name]
        months = [day.month for day in found.periods.tolist()]
        assert layer[found.actors.index(a), found.actors.index(r), months.index(month)] == n


def test_the_edges_are_the_arrays_in_long_form(made_up, query):
    found = network(query, "ICEWS", span=made_up.SPAN)
    edges = found.edges()
    again = np.zeros_like(found.negative)
    again[edges.actor, edges.recipient, edges.period] = edges.negative
    assert np.array_equal(again, found.negative)
    assert len(edges.positive) == np.count_nonzero(found.positive + found.negative + found.unsigned)


def test_named_actors_keep_their_order_and_others_stay_out(made_up, query):
    found = network(query, "ICEWS", span=made_up.SPAN, actors=["RUS", "CHN", "ZAF"])
    whole = network(query, "ICEWS", span=made_up.SPAN)
    assert found.actors == ("RUS", "CHN", "ZAF")
    there = whole.actors.index("RUS"), whole.actors.index("CHN")
    assert found.positive[0, 1].tolist() == whole.positive[there].tolist()
    assert not found.positive[2].any()


def test_without_names_the_busiest_actors_are_taken(made_up, events, query):
    acts = Counter()
    for e in made_up.counted(events, "ICEWS"):
        for a, r in e.pairs:
            acts[a] += a != r
            acts[r] += a != r
    found = network(query, "ICEWS", span=made_up.SPAN, most=3)
    assert found.actors == tuple(sorted(acts, key=lambda code: (-acts[code], code))[:3])


def test_an_actor_named_twice_is_refused(made_up, query):
    with pytest.raises(BadQuestion, match="twice"):
        network(query, "ICEWS", span=made_up.SPAN, actors=["RUS", "RUS"])


def test_a_sign_is_that_of_the_score_of_type_and_mode():
    assert [sign_of(kind) for kind in ("CONSULT", "RETREAT", "ACCUSE", "REQUEST")] == [1, 1, -1, 0]
