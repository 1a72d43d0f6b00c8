"""Grade against sets of labelled sentences in the form of `corpus/GUIDELINES.md`.

One measure serves three sets: events found in running text (every sentence labelled), silence where
nothing is told (sentences without events), and direction (pairs of sentences that differ in voice).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inconcert.core.event import EventMention
from inconcert.grade.codes import Codes, comparable_set
from inconcert.labels.corpus import Named, Record

DRAWS = 1000
UNKNOWN = "?"
ABOUT_TYPES = frozenset({"CONSULT", "AGREE", "SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN"})
"""Meetings, agreements, and what is said of somebody: types of which `about` is asked."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A labelled sentence with what the coder made of it."""

    record: Record
    events: tuple[EventMention, ...]

    @property
    def words(self) -> int:
        """Words of the sentence."""
        return len(self.record.sentence.split())


@dataclass(frozen=True, slots=True)
class Counts:
    """What one sentence adds to the figures.

    Attributes:
        found: labelled events that were coded with type and actors right.
        missed: labelled events that were not.
        false: plain coded events that are no labelled event.
        detected: labelled events of which some event of the type was coded, whoever acts.
        swapped: labelled events coded with actor and recipient exchanged.
        directed: labelled events coded in either direction.
        full: whether a plain event with two parties was coded where none is told.
        doubles: exact repetitions among the coded events.
    """

    found: int = 0
    missed: int = 0
    false: int = 0
    detected: int = 0
    swapped: int = 0
    directed: int = 0
    full: int = 0
    doubles: int = 0
    about_asked: int = 0
    about_right: int = 0


def counts(coded: Coded) -> Counts:
    """Compare one sentence.

    A labelled event counts when it is plain (no auxiliary mode) and an actor of it has a code: who
    is only described can be found by nobody. Events of the coder that match one with unknown actors
    by type, when it was not found otherwise, cost nothing. Actors must be the same by country.
    """
    plain = [event for event in coded.events if not event.auxiliary]
    keys = [(e.type, e.start, comparable_set(a.code for a in e.actors),
             comparable_set(a.code for a in e.recipients)) for e in coded.events]  # fmt: skip
    told = [event for event in coded.record.events if not event.auxiliary]
    wanted = [event for event in told if codes(event.actors)]
    matched_by_type = [event for event in told if not codes(event.actors)]
    left = list(plain)
    found = swapped = directed = detected = asked = right = 0
    for event in wanted:
        actors, others = codes(event.actors), codes(event.recipients)
        same = [one for one in left if one.type == event.type]
        detected += bool(same)
        match = next((one for one in same if acting(one) == actors), None)
        turned = next(
            (one for one in plain if one.type == event.type and others and others == acting(one)
             and acting(one) != actors), None,
        )  # fmt: skip
        swapped += match is None and turned is not None
        directed += match is not None or turned is not None
        if match is not None:
            found += 1
            left.remove(match)
        elif UNKNOWN in {named.code for named in event.actors}:
            matched_by_type.append(event)
        topics = codes(event.about)
        if topics and event.type in ABOUT_TYPES and match is not None:
            asked += 1
            right += bool(topics & comparable_set(one.code for one in match.about))
    for event in matched_by_type:
        if (match := next((one for one in left if one.type == event.type), None)) is not None:
            left.remove(match)
    full = not coded.record.events and any(one.actors and parties(one) > 1 for one in plain)
    return Counts(found, len(wanted) - found, len(left), detected, swapped, directed, int(full),
                  len(keys) - len(set(keys)), asked, right)  # fmt: skip


def acting(event: EventMention) -> Codes:
    """Who acts, as comparable codes."""
    return comparable_set(one.code for one in event.actors)


def parties(event: EventMention) -> int:
    """How many different actors and recipients an event has."""
    return len(comparable_set(one.code for one in (*event.actors, *event.recipients)))


def codes(named: Iterable[Named]) -> Codes:
    """Comparable codes of labelled parties, unknown ones left out."""
    return comparable_set(one.code for one in named if one.code not in ("", UNKNOWN))


@dataclass(frozen=True, slots=True)
class LabelledGrade:
    """Figures of a whole set."""

    coded: tuple[Coded, ...]

    def as_json(self) -> dict[str, object]:
        """Figures as plain data."""
        each = [(one, counts(one)) for one in self.coded]
        all_ = [count for _, count in each]
        silent = [count for one, count in each if not one.record.events]
        low, high = self._interval(each)
        words = sum(one.words for one in self.coded)
        return {
            "sentences": len(self.coded),
            "events": sum(count.found + count.missed for count in all_),
            "found": sum(count.found for count in all_),
            "detected": sum(count.detected for count in all_),
            "false": sum(count.false for count in all_),
            "precision": _ratio(sum(c.found for c in all_), sum(c.found + c.false for c in all_)),
            "recall": _ratio(sum(c.found for c in all_), sum(c.found + c.missed for c in all_)),
            "f1": round(f1(all_), 4),
            "f1_interval": [round(low, 4), round(high, 4)],
            "false_per_1000_words": round(1000 * sum(c.false for c in all_) / max(1, words), 2),
            "neutral_sentences": len(silent),
            "full_events_on_neutral": _ratio(sum(c.full for c in silent), len(silent)),
            "swapped": _ratio(sum(c.swapped for c in all_), sum(c.directed for c in all_)),
            "duplicates": sum(count.doubles for count in all_),
            "about": _ratio(sum(c.about_right for c in all_), sum(c.about_asked for c in all_)),
            "about_asked": sum(count.about_asked for count in all_),
        }

    def _interval(self, each: Sequence[tuple[Coded, Counts]]) -> tuple[float, float]:
        """Middle 95 % of the F1 when documents are drawn with replacement."""
        groups: dict[str, list[Counts]] = {}
        for one, count in each:
            groups.setdefault(one.record.document or one.record.cell, []).append(count)
        piles, rng = list(groups.values()), random.Random(0)
        drawn = sorted(
            f1([count for pile in rng.choices(piles, k=len(piles)) for count in pile])
            for _ in range(DRAWS)
        )
        return drawn[DRAWS // 40], drawn[-1 - DRAWS // 40]

    def as_text(self) -> str:
        """Figures for people."""
        data = self.as_json()
        return "\n".join([
            f"{data['sentences']} sentences, {data['events']} plain events with known actors",
            (f"events with type and actors right: F1 {data['f1']} {data['f1_interval']}, precision "
            f"{data['precision']}, recall {data['recall']}"),
            f"false events: {data['false']} ({data['false_per_1000_words']} a thousand words)",
            (f"sentences without events: {data['neutral_sentences']}, with a full event coded "
            f"{data['full_events_on_neutral']}"),
            f"direction swapped: {data['swapped']}; repeated events: {data['duplicates']}",
            f"about, right country: {data['about']} of {data['about_asked']}",
        ])  # fmt: skip


def f1(all_: Sequence[Counts]) -> float:
    """Harmonic mean of precision and recall."""
    found = sum(count.found for count in all_)
    sizes = sum(2 * count.found + count.missed + count.false for count in all_)
    return 2 * found / sizes if sizes else 0.0


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
