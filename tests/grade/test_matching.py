from __future__ import annotations

from itertools import combinations
from unittest.mock import sentinel

from hypothesis import given
from hypothesis import strategies as st

from inconcert.core.event import EventMention, When
from inconcert.core.mention import Participant
from inconcert.grade.key import KeyEvent, Place
from inconcert.grade.matching import always, match, overlap

TYPES = ("AID", "CONSULT", "SUPPORT")
ACTORS = ("ARM", "GEO", "IRN")


@st.composite
def items(draw: st.DrawFn) -> KeyEvent:
    start = draw(st.integers(0, 3))
    kinds = draw(st.sets(st.sampled_from(TYPES), min_size=1, max_size=2))
    return KeyEvent(
        id="",
        at=Place("", "", "", (0, 10), None, (start, start + 3)),
        type=min(kinds),
        accepted=frozenset(kinds),
        may_be_left=False,
        actors=tuple(draw(st.sets(st.sampled_from(ACTORS), min_size=1, max_size=2))),
        recipients=(),
        when=None,
        is_core=True,
    )


@st.composite
def events(draw: st.DrawFn) -> EventMention:
    start = draw(st.integers(0, 8))
    actors = draw(st.sets(st.sampled_from(ACTORS), min_size=1, max_size=2))
    people = tuple(Participant(code, (), None, 0, 1) for code in sorted(actors))
    kind = draw(st.sampled_from(TYPES))
    return EventMention(
        "", "", 0, start, start + 1, kind, None, (), (), people, (), (), When(), "", 1.0
    )


def best_by_trying_all(keys: list[KeyEvent], coded: list[EventMention]) -> tuple[int, int, int]:
    """Found, used and overlapping of the best way, trying all."""
    options: list[list[tuple[int, ...]]] = []
    for event in coded:
        actors = {actor.code for actor in event.actors}
        near = [i for i, item in enumerate(keys) if event.type in item.accepted]
        single = [(i,) for i in near if set(keys[i].actors) == actors]
        parts = [i for i in near if set(keys[i].actors) < actors]
        unions = []
        for anchor in {keys[i].at.anchor for i in parts}:
            group = tuple(i for i in parts if keys[i].at.anchor == anchor)
            if set().union(*(keys[i].actors for i in group)) == actors:
                unions.append(group)
        options.append([(), *single, *unions])
    best = (0, 0, 0)

    def walk(place: int, taken: frozenset[int], value: tuple[int, int, int]) -> None:
        nonlocal best
        if place == len(coded):
            best = max(best, value)
            return
        event = coded[place]
        for group in options[place]:
            if taken & set(group):
                continue
            here = sum(overlap(keys[i].at.anchor, (event.start, event.end)) for i in group)
            if len(group) > 1:
                here = 0
            found, used, overlaps = value
            walk(
                place + 1,
                taken | set(group),
                (found + len(group), used + bool(group), overlaps + here),
            )

    walk(0, frozenset(), best)
    return best


@given(st.lists(items(), max_size=4), st.lists(events(), max_size=4))
def test_no_other_way_to_match_finds_more(keys: list[KeyEvent], coded: list[EventMention]) -> None:
    found = match(keys, coded, always)
    used = set(found.values())
    shared = {a for a, b in combinations(sorted(found), 2) if found[a] == found[b]}
    shared |= {b for a, b in combinations(sorted(found), 2) if found[a] == found[b]}
    overlaps = sum(
        overlap(keys[i].at.anchor, (coded[e].start, coded[e].end))
        for i, e in found.items()
        if i not in shared
    )
    assert (len(found), len(used), overlaps) == best_by_trying_all(keys, coded)


@given(st.lists(items(), max_size=4), st.lists(events(), max_size=4), st.randoms())
def test_the_order_of_items_changes_nothing_that_is_counted(
    keys: list[KeyEvent], coded: list[EventMention], random: object
) -> None:
    forward = match(keys, coded, always)
    backward = match(keys[::-1], coded[::-1], always)
    assert (len(forward), len(set(forward.values()))) == (
        len(backward),
        len(set(backward.values())),
    )


def test_what_does_not_fit_is_not_matched() -> None:
    assert match([], [], sentinel.fits) == {}
