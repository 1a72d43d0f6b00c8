from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from inconcert.errors import BadQuestion
from inconcert.shape import blocks as module
from inconcert.shape.blocks import blocks
from inconcert.shape.toward import toward


@pytest.mark.parametrize(
    ("source", "deeds_only", "at_once"),
    [("ICEWS", False, 2), ("ICEWS", True, 100), ("POLECAT", False, 100)],
)
def test_a_block_is_what_its_target_alone_gives(
    made_up, query, monkeypatch, source, deeds_only, at_once
):
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    given = {"span": made_up.SPAN, "deeds_only": deeds_only}
    found = list(blocks(query, source, sides=["AFG+AFGTAL"], act_days=1, **given))
    assert len(found) == 7
    for block in found:
        alone = toward(query, source, block.toward, **given)
        assert block.actors == alone.actors
        assert block.types == alone.types
        assert np.array_equal(block.counts, alone.counts)
        assert block.volume.tolist() == alone.volume.tolist()
        assert np.array_equal(block.habits, alone.habits)


def test_the_targets_acted_upon_most_come_first(made_up, events, query):
    acted_upon = Counter()
    for e in made_up.counted(events, "ICEWS"):
        for a, r in e.pairs:
            label = "AFG+AFGTAL" if r.startswith("AFG") else r
            acted_upon[label] += a not in label.split("+")
    ranked = sorted(acted_upon, key=lambda label: (-acted_upon[label], label))
    found = blocks(query, "ICEWS", span=made_up.SPAN, sides=["AFG+AFGTAL"], most=4)
    assert ["+".join(block.toward) for block in found] == ranked[:4]


def test_actors_need_the_least_number_of_act_days_and_not_of_acts(made_up, query):
    given = {"span": made_up.SPAN, "targets": ["USA"]}
    loose = next(blocks(query, "ICEWS", act_days=1, **given))
    days = (loose.counts.sum(axis=1) > 0).sum(axis=1)
    strict = next(blocks(query, "ICEWS", act_days=days.max(), **given))
    assert strict.actors == tuple(
        a for a, n in zip(loose.actors, days, strict=True) if n == max(days)
    )
    assert 0 < len(strict.actors) < len(loose.actors)


def test_only_actors_that_may_stand_in_a_block_do(made_up, query):
    found = blocks(query, "ICEWS", span=made_up.SPAN, act_days=1, actors={"RUS", "CHN"})
    assert {actor for block in found for actor in block.actors} == {"RUS", "CHN"}


def test_a_code_in_two_sides_is_refused(made_up, query):
    with pytest.raises(BadQuestion, match="AFG stands twice"):
        next(blocks(query, "ICEWS", span=made_up.SPAN, sides=["AFG+AFGTAL", "AFG+PAK"]))
