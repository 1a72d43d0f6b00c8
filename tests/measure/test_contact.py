"""Joint acts are counted as stories, not as rows."""

from __future__ import annotations

import datetime as dt

import pytest

from inconcert.measure.contact import JointAct, joint_acts

DAY = dt.date(2021, 8, 15)


def act(day: int, story: str, *outlets: str) -> JointAct:
    return JointAct(DAY + dt.timedelta(days=day), story, outlets)


def test_two_stories_on_two_days_are_documented():
    found = joint_acts([act(0, "a", "Wire"), act(3, "b", "Daily")])
    assert (found.acts, found.stories, found.days, found.outlets) == (2, 2, 2, 2)
    assert found.is_documented


@pytest.mark.parametrize(
    "acts", [[act(0, "a"), act(0, "b")], [act(0, "a"), act(2, "a")], [act(0, "a")], []]
)
def test_one_day_or_one_story_is_one_story(acts):
    assert not joint_acts(acts).is_documented


def test_the_same_outlet_in_other_letters_is_one_voice():
    found = joint_acts([act(0, "a", "Wire", "WIRE"), act(1, "b", "wire", "Daily")])
    assert (found.outlets, found.lone) == (2, 1)
