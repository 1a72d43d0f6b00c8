"""Acts that A and B did as one: direct evidence, counted, which needs no test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_STORIES = 2


@dataclass(frozen=True, slots=True)
class JointAct:
    """One event that has both A and B among its actors.

    Attributes:
        day: day of the event.
        story: what tells stories apart: the id of the event that its copies were folded into.
        outlets: who reported it, by name; empty where the source does not say.
    """

    day: dt.date
    story: str
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JointActs:
    """Direct joint acts of a pair.

    Attributes:
        acts: events.
        stories: separate stories: different ids on different days.
        days: days with one.
        outlets: independent reports, counted by outlet; 0 where the source names none.
        lone: acts that a single outlet reports; they rest on one voice.
    """

    acts: int
    stories: int
    days: int
    outlets: int
    lone: int

    @property
    def is_documented(self) -> bool:
        """Whether joint acts stand in two separate stories or more."""
        return self.stories >= LEAST_STORIES


def joint_acts(acts: Iterable[JointAct]) -> JointActs:
    """Count the acts that A and B did as one.

    Args:
        acts: events with both among the actors, one for each record.

    Returns:
        Acts, stories and independent reports. Two ids on one day count as one story: that day's
        news is told in many words. So does one id on two days.

    Null: none; a count of what is documented.

    Blind to: joint acts that nobody reported as such; journalism that puts into one sentence what
        two actors did apart.

    References:
        [goldstein1991]: the triad as the unit, with joint acts of two toward the third.
    """
    listed = list(acts)
    named = [{outlet.casefold() for outlet in act.outlets} for act in listed]
    days, stories = {act.day for act in listed}, {act.story for act in listed}
    return JointActs(
        acts=len(listed),
        stories=min(len(days), len(stories)),
        days=len(days),
        outlets=len(set().union(*named)) if named else 0,
        lone=sum(len(who) == 1 for who in named),
    )
