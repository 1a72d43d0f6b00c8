"""Acts toward many sides in one question: the same as one question each."""

from __future__ import annotations

from collections import Counter

import pytest

from inconcert.errors import BadQuestion
from inconcert.shape.portfolios import portfolios

SIDES = ("AFG", "USA", "IRN", "PAK")


def test_acts_toward_each_side_are_those_of_plain_loops(made_up, events, query):
    asked = ("RUS", "CHN")
    found = portfolios(query, "ICEWS", SIDES, span=made_up.SPAN, asked=asked)
    expected = Counter()
    for e in made_up.counted(events, "ICEWS"):
        for a, r in e.pairs:
            if r in SIDES and a != r:
                who = asked.index(a) if a in asked else 2
                expected[who, r, e.kind, (e.day - made_up.SPAN.first).days // 7] += 1
    assert sum(expected.values()) > 0
    kinds = sorted({kind.kind for kind in found.kinds})
    array = found.array(SIDES, lambda kind: kinds.index(kind.kind), len(kinds))
    assert array.shape == (3, len(SIDES), len(kinds), found.weeks)
    assert array.sum() == sum(expected.values()) == found.totals.sum()
    for (who, side, kind, week), n in expected.items():
        assert array[who, SIDES.index(side), kinds.index(kind), week] == n


def test_kinds_without_a_place_are_left_out_and_unknown_sides_are_zeros(made_up, query):
    found = portfolios(query, "ICEWS", SIDES, span=made_up.SPAN, asked=("RUS", "CHN"))
    none = found.array(("NOBODY",), lambda _: 0, 1)
    assert none.sum() == 0
    some = found.array(SIDES, lambda kind: 0 if kind.kind == "CONSULT" else -1, 1)
    assert 0 < some.sum() < found.totals.sum()


def test_an_actor_cannot_be_one_of_the_sides(made_up, query):
    with pytest.raises(BadQuestion, match="USA"):
        portfolios(query, "ICEWS", SIDES, span=made_up.SPAN, asked=("USA", "CHN"))
