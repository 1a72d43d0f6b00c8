"""Talks about the target, and the acts after them."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.measure.consultation import consultation, fisher_p
from inconcert.synth.worlds import simulate


def world(seed: int, **more):
    return simulate(np.random.default_rng(seed), **{"null": "N3", **more})


def talks(days: int, rng: np.random.Generator, count: int = 12) -> np.ndarray:
    marks = np.zeros(days, dtype=int)
    marks[rng.choice(days - 10, count, replace=False)] = 1
    return marks


def prompted(seed: int):
    """A world in which both act on most of the three days after a talk."""
    made, rng = world(seed), np.random.default_rng(seed)
    daily, marks = made.daily.copy(), talks(365, rng)
    for day in np.flatnonzero(marks):
        daily[:2, day + 1 : day + 4] += rng.poisson(0.8, (2, 3))
    return daily, made.volume, marks


def test_acts_after_talks_are_found():
    found = [consultation(*prompted(seed)) for seed in range(5)]
    assert [one.value for one in found].count("consulted") >= 4
    assert all(one.result.statistic > one.result.expected for one in found)


def test_talks_at_random_are_rarely_taken_for_consultation():
    values = []
    for seed in range(40):
        made = world(seed)
        marks = talks(365, np.random.default_rng(seed))
        values.append(consultation(made.daily, made.volume, marks).value)
    assert values.count("consulted") <= 5


def test_one_who_acts_alone_after_talks_does_not_make_both_consulted():
    daily, volume, marks = prompted(3)
    daily[1] = world(77).daily[1]
    daily[1, np.convolve(marks, np.ones(8), "full")[:365] > 0] = 0
    assert consultation(daily, volume, marks).value == "not shown"


def test_a_source_without_text_is_not_testable_and_few_or_constant_talks_are_refused():
    made = world(1)
    few, always = np.zeros(365), np.zeros(365)
    few[[20, 90, 200, 300]] = 1
    always[::6] = 1
    values = [consultation(made.daily, made.volume, marks) for marks in (None, few, always)]
    assert [one.value for one in values] == ["not testable", "too few", "always on"]
    assert all(one.result is None for one in values)


def test_days_that_do_not_fit_are_refused():
    made = world(1)
    with pytest.raises(BadInput):
        consultation(made.daily, made.volume, np.zeros(100))


def test_two_p_values_are_joined_by_fishers_rule():
    drawn = np.random.default_rng(0).random((20000, 2))
    joined = np.array([fisher_p((a, b)) for a, b in drawn])
    assert (joined <= 0.05).mean() == pytest.approx(0.05, abs=0.005)
    assert fisher_p((1.0, 1.0)) == 1.0
