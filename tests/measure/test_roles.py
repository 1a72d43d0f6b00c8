"""A role is named only where the interval says so."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.roles import Part, roles
from inconcert.ontology.domains import Act, act_of_code, role_parts, roles_of

SPEAKS, GIVES = Part("speaks", is_more=True, least=1.2), Part("gives", is_more=False, least=1.2)


def acts(share, n, days=210, seed=0):
    generator = np.random.default_rng(seed)
    everything = generator.multinomial(n, np.full(days, 1 / days))
    return generator.binomial(everything, share), everything


def asked(own_share, other_share, part, n=200):
    own, own_all = acts(own_share, n, seed=1)
    others, others_all = acts(other_share, 800, seed=2)
    (found,) = roles((part,), own[None], own_all, others[None], others_all)
    return found


def test_who_speaks_twice_as_much_as_others_is_the_front_man():
    found = asked(0.5, 0.2, SPEAKS)
    assert found.is_played
    assert found.bounds[0] > 1
    assert 1.8 < found.quotient < 3.2


def test_who_speaks_a_little_more_is_not_even_if_the_evidence_is_plain():
    assert asked(0.52, 0.47, SPEAKS, n=9000).bounds[0] > 1
    assert not asked(0.52, 0.47, SPEAKS, n=9000).is_played


def test_few_acts_make_no_role():
    found = asked(0.28, 0.2, SPEAKS, n=24)
    assert not found.is_played
    assert found.bounds[0] < 1 < found.bounds[1]


def test_who_leaves_deeds_to_others_rides_free():
    assert asked(0.05, 0.3, GIVES).is_played
    assert not asked(0.3, 0.3, GIVES).is_played


def test_a_part_that_others_hardly_play_is_refused_with_its_reason():
    found = asked(0.3, 0.002, SPEAKS)
    assert not found.is_played
    assert "third parties have" in found.refused


def test_the_more_is_asked_the_wider_the_bounds():
    own, own_all = acts(0.4, 200, seed=1)
    others, others_all = acts(0.2, 800, seed=2)
    one = roles((SPEAKS,), own[None], own_all, others[None], others_all)[0]
    many = roles((SPEAKS,) * 5, np.array([own] * 5), own_all, np.array([others] * 5), others_all)
    assert many[0].bounds[0] < one.bounds[0]
    assert many[0].bounds[1] > one.bounds[1]


def test_twenty_acts_and_fitting_shapes_are_needed():
    with pytest.raises(TooFewEvents):
        roles((SPEAKS,), np.ones((1, 9)), np.ones(9), np.ones((1, 9)), np.ones(9))
    with pytest.raises(BadInput):
        roles((SPEAKS,), np.ones((2, 9)), np.ones(9), np.ones((2, 9)), np.ones(9))


def test_the_table_of_roles_says_which_acts_count_for_which():
    names = [part[0] for part in role_parts()]
    assert names == ["front man", "security provider", "paymaster", "broker", "free rider"]
    assert roles_of(Act("STATEMENT")) == ("front man",)
    assert roles_of(act_of_code("072")) == ("security provider", "free rider")
    assert roles_of(act_of_code("071")) == ("paymaster", "free rider")
    assert roles_of(act_of_code("045")) == ("broker",)
    assert roles_of(act_of_code("190")) == ()
    assert roles_of(act_of_code("0311")) == ()
