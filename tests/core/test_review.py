from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from inconcert.core.copies import Copy
from inconcert.core.event import Retelling
from inconcert.core.folding import copies_of, events_of
from inconcert.core.review import Review, standing
from inconcert.errors import BadInput

NOON = datetime(2021, 9, 6, 12, tzinfo=UTC)


def decide(decision: str, *subjects: str, minutes: int = 0, kind: str = "event") -> Review:
    at = NOON + timedelta(minutes=minutes)
    return Review.of(decision, kind, subjects, by="analyst", at=at)  # type: ignore[arg-type]


def link(mention: str, same_as: str, likeness: float = 0.7) -> Retelling:
    return Retelling(mention, same_as, likeness, "same day")


def groups(links: list[Retelling], reviews: list[Review]) -> list[tuple[str, ...]]:
    return [event.mentions for event in events_of(links, reviews)]


def test_an_undone_review_does_not_stand_and_an_undone_undo_lets_it_stand_again() -> None:
    first = decide("different", "a", "b")
    undo = first.undone(by="analyst", at=NOON + timedelta(minutes=1))
    again = undo.undone(by="analyst", at=NOON + timedelta(minutes=2))
    assert standing([first]) == (first,)
    assert standing([first, undo]) == ()
    assert standing([first, undo, again]) == (first,)


def test_the_same_moment_in_two_zones_is_the_same_review() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=5)))
    one, other = (Review.of("same", "event", "ab", by="x", at=at) for at in (NOON, there))
    assert one == other
    assert Review.of("same", "event", "ac", by="x", at=NOON).id != one.id


@pytest.mark.parametrize(
    ("decision", "subjects", "undoes"),
    [("same", ("a",), None), ("merge", ("a", "b"), None), ("undo", ("a",), None),
     ("right", ("a",), "review")],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused(decision, subjects, undoes) -> None:
    with pytest.raises(BadInput):
        Review.of(decision, "event", subjects, by="analyst", at=NOON, undoes=undoes)


def test_links_make_groups_named_by_their_least_mention() -> None:
    found = events_of([link("b", "c"), link("c", "a"), link("x", "y")], [])
    assert [(event.id, event.mentions) for event in found] == [
        ("a", ("a", "b", "c")),
        ("x", ("x", "y")),
    ]
    assert [r.mention for r in found[0].retellings] == ["b", "c"]


def test_a_review_takes_a_mention_out_and_its_undoing_puts_it_back() -> None:
    links = [link("b", "a", 0.9), link("c", "a", 0.6)]
    apart = decide("different", "c", "a")
    assert groups(links, []) == [("a", "b", "c")]
    assert groups(links, [apart]) == [("a", "b")]
    back = apart.undone(by="analyst", at=NOON + timedelta(minutes=1))
    assert groups(links, [apart, back]) == [("a", "b", "c")]


def test_what_is_kept_apart_does_not_come_together_by_way_of_a_third() -> None:
    links = [link("b", "a", 0.6), link("c", "b", 0.9)]
    assert groups(links, [decide("different", "a", "c")]) == [("b", "c")]


def test_a_review_joins_what_the_rule_did_not_and_the_later_of_two_reviews_holds() -> None:
    same, apart = decide("same", "a", "b"), decide("different", "b", "a", minutes=1)
    assert groups([], [same]) == [("a", "b")]
    assert groups([], [same, apart]) == []
    assert groups([], [apart, same]) == [("a", "b")]


def test_reviews_of_other_kinds_do_not_touch_events() -> None:
    assert groups([link("b", "a")], [decide("different", "a", "b", kind="actor")]) == [("a", "b")]


def test_a_review_can_say_that_a_document_is_no_copy() -> None:
    copy = Copy("b", "a", 0.9, "edited text")
    apart = decide("different", "a", "b", kind="copy")
    assert copies_of([copy], []) == {"b": copy}
    assert copies_of([copy], [apart]) == {}
    assert copies_of([copy], [decide("different", "a", "b")]) == {"b": copy}
