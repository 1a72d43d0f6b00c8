"""Who joins whom: more than their numbers say, and not because they are busy."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.communities_joint import joint_network
from inconcert.synth.changes import joint_acts


def test_a_pair_that_joins_often_leads_the_list():
    acts = joint_acts(np.random.default_rng(0))
    acts[:, 3, 9] += 1
    acts[:, 9, 3] += 1
    first = joint_network(acts)[0]
    assert first.actors == (3, 9)
    assert first.q < 0.01
    assert first.result.interval[0] > 1
    assert first.lift == pytest.approx(first.result.statistic / first.result.expected)


@pytest.mark.parametrize("clusters", [1.0, 3.0])
def test_busy_actors_do_not_join_more_than_chance(clusters):
    false = sum(
        joint_network(joint_acts(np.random.default_rng(seed), clusters=clusters))[0].q <= 0.1
        for seed in range(8)
    )
    assert false <= 3


def test_expected_acts_add_up_to_the_acts_found():
    pairs = joint_network(joint_acts(np.random.default_rng(1), actors=6, weeks=200))
    assert sum(one.result.expected for one in pairs) == pytest.approx(pairs[0].result.n, rel=0.02)


def test_few_acts_and_one_sided_networks_are_refused():
    with pytest.raises(TooFewEvents):
        joint_network(np.zeros((5, 4, 4)))
    with pytest.raises(BadInput):
        joint_network(np.triu(np.ones((5, 4, 4))))
