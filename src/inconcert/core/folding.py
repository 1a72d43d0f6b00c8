"""Puts mentions together to events, and copies to originals, as rules and reviews decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from inconcert.core.copies import Copy
from inconcert.core.event import Event, Retelling
from inconcert.core.review import COPY, EVENT, Review, standing

BY_REVIEW = "joined by a review"


def events_of(retellings: Iterable[Retelling], reviews: Iterable[Review]) -> tuple[Event, ...]:
    """Events of two or more mentions, by id.

    Reviews that join come first, then the findings of the rule, the likest first. One that would
    bring two mentions together which a review keeps apart is passed over; of two reviews the later
    one holds.

    Args:
        retellings: the rule's findings.
        reviews: all of them, in order; those that were undone do not count.
    """
    joined, parted = _decided(reviews, EVENT)
    groups = _Groups(parted)
    given = sorted(retellings, key=lambda each: (-each.likeness, each.mention, each.same_as))
    for each in (*joined, *given):
        groups.join(each)
    return tuple(sorted(groups.events(), key=lambda event: event.id))


def copies_of(copies: Iterable[Copy], reviews: Iterable[Review]) -> dict[str, Copy]:
    """Copies by document, without those that a review says are none."""
    _, parted = _decided(reviews, COPY)
    return {
        each.document: each
        for each in copies
        if each.document != each.original
        and frozenset((each.document, each.original)) not in parted
    }


def _decided(reviews: Iterable[Review], kind: str) -> tuple[list[Retelling], set[frozenset[str]]]:
    """Pairs that are joined by reviews of a kind, and pairs that are kept apart."""
    last: dict[frozenset[str], Review] = {}
    for review in standing(reviews):
        if review.kind == kind and review.decision in ("same", "different"):
            for pair in combinations(review.subjects, 2):
                last[frozenset(pair)] = review
    joined = [
        Retelling(max(pair), min(pair), 1.0, f"{BY_REVIEW} of {review.by}")
        for pair, review in last.items()
        if review.decision == "same"
    ]
    return joined, {pair for pair, review in last.items() if review.decision == "different"}


class _Groups:
    """Mentions put together pair by pair, some pairs kept apart."""

    def __init__(self, parted: set[frozenset[str]]) -> None:
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in map(sorted, parted):
            self._apart[one].add(other)
            self._apart[other].add(one)
        self._group: dict[str, list[str]] = {}
        self._joins: dict[str, list[Retelling]] = defaultdict(list)

    def join(self, link: Retelling) -> None:
        """Put the groups of two mentions together, unless something keeps them apart."""
        one = self._group.setdefault(link.mention, [link.mention])
        other = self._group.setdefault(link.same_as, [link.same_as])
        if one is other:
            return
        if self._apart and self._is_kept_apart(one, other):
            return
        one, other = (one, other) if len(one) >= len(other) else (other, one)
        one += other
        for mention in other:
            self._group[mention] = one
        self._joins[link.mention].append(link)

    def events(self) -> Iterable[Event]:
        """Groups of two or more, each once."""
        seen: set[int] = set()
        for group in self._group.values():
            if len(group) > 1 and id(group) not in seen:
                seen.add(id(group))
                mentions = tuple(sorted(group))
                joins = tuple(link for mention in mentions for link in self._joins[mention])
                yield Event(mentions[0], mentions, joins)

    def _is_kept_apart(self, one: Sequence[str], other: Sequence[str]) -> bool:
        return any(not self._apart[mention].isdisjoint(other) for mention in one)
