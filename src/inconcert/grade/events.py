"""Grading of events: found, missed, false, traps, strictness, interval; rules (a) to (g)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from inconcert.core.event import EventMention
from inconcert.grade.codes import comparable_set
from inconcert.grade.key import Key, KeyEvent, Span
from inconcert.grade.matching import actors_of, always, match, overlap
from inconcert.grade.result import CodedEvent, EventScore, FailedTrap, GradedText

Row = tuple[int, int, int, int, int]
"""Counts of one sentence: found, key, coded, strictly found, strictly coded."""
AROUND = 80
"""Characters shown on each side of a predicate that stands in no sentence of the key."""


@dataclass(frozen=True, slots=True)
class GradedEvents:
    """The events of one text, graded; one row a sentence."""

    rows: tuple[Row, ...]
    failed: tuple[FailedTrap, ...]
    misses: tuple[KeyEvent, ...]
    false: tuple[CodedEvent, ...]


def grade_events(key: Key, text: GradedText) -> GradedEvents:
    """Grade the events coded in one text."""
    items = [item for item in key.events if item.at.file == text.file]
    core = [item for item in items if item.is_core]
    # Sorted, so that no figure depends on the order in which a coder gives its events.
    plain = sorted(
        (event for event in text.events if not event.auxiliary),
        key=lambda event: (event.start, event.end, event.type, event.id),
    )
    found = match(core, plain, always)
    left = [event for place, event in enumerate(plain) if place not in found.values()]
    counted = [
        place
        for place, item in enumerate(core)
        if place in found or not item.may_be_left or any(_touches(item, event) for event in left)
    ]
    sentences = key.sentences(text.file)
    return GradedEvents(
        rows=_rows(sentences, core, plain, found, counted),
        failed=tuple(_failed(items, left, text, sentences)),
        misses=tuple(core[place] for place in counted if place not in found),
        false=tuple(_shown(event, text, sentences) for event in left),
    )


def score(rows: Sequence[Row], rng: np.random.Generator, draws: int) -> EventScore:
    """The figures of all rows.

    Args:
        rows: one a sentence, of all texts.
        rng: source of all randomness of the interval.
        draws: bootstrap samples of sentences.
    """
    counts = np.array(rows, dtype=np.int64).reshape(-1, 5)
    found, key, coded, strictly_found, strictly_coded = (int(n) for n in counts.sum(axis=0))
    drawn = []
    for _ in range(draws if key + coded else 0):
        sample = counts[rng.integers(len(counts), size=len(counts)), :3].sum(axis=0)
        value = _f1(*(int(n) for n in sample))
        if value is not None:
            drawn.append(value)
    low_high = np.quantile(drawn, [0.025, 0.975]) if drawn else None
    return EventScore(
        precision=found / coded if coded else None,
        recall=found / key if key else None,
        f1=_f1(found, key, coded),
        f1_interval=None if low_high is None else (float(low_high[0]), float(low_high[1])),
        found=found,
        key=key,
        coded=coded,
        strict_f1=_f1(strictly_found, key, strictly_coded),
    )


def _f1(found: int, key: int, coded: int) -> float | None:
    # 2PR/(P+R) with P = found/coded and R = found/key.
    return 2 * found / (key + coded) if key + coded else None


def _agrees_strictly(item: KeyEvent, event: EventMention) -> bool:
    """Rule (f): the same recipients, and a time that overlaps where the key has one."""
    recipients = comparable_set(each.code for each in event.recipients)
    if recipients != comparable_set(item.recipients):
        return False
    if item.when is None:
        return True
    return event.when.span is not None and event.when.span.overlaps(item.when)


def _touches(item: KeyEvent, event: EventMention) -> bool:
    return overlap(item.at.anchor, (event.start, event.end))


def _failed(
    items: Iterable[KeyEvent],
    left: Sequence[EventMention],
    text: GradedText,
    sentences: Sequence[Span],
) -> Iterable[FailedTrap]:
    for item in items:
        if item.is_core:
            continue
        actors = comparable_set(item.actors)
        caught = [event for event in left if _touches(item, event) and actors_of(event) & actors]
        if caught:
            yield FailedTrap(item, _shown(caught[0], text, sentences))


def _rows(
    sentences: Sequence[Span],
    core: Sequence[KeyEvent],
    plain: Sequence[EventMention],
    found: dict[int, int],
    counted: Sequence[int],
) -> tuple[Row, ...]:
    """Counts by sentence; events outside the key's sentences make rows of their own.

    What was found counts in the sentence of its item, what was left over in its own.
    """
    strict = match(core, plain, _agrees_strictly)
    table: dict[object, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for span in sentences:
        table[_home(sentences, span[0])] = [0, 0, 0, 0, 0]
    for place in counted:
        row = table[_home(sentences, core[place].at.sentence[0])]
        row[0] += place in found
        row[1] += 1
        row[2] += place in found
        row[3] += place in strict
        row[4] += place in strict
    for place, event in enumerate(plain):
        row = table[_home(sentences, event.start) or ("outside", event.sentence)]
        row[2] += place not in found.values()
        row[4] += place not in strict.values()
    return tuple((row[0], row[1], row[2], row[3], row[4]) for row in table.values())


def _home(sentences: Sequence[Span], start: int) -> Span | None:
    """The key sentence that holds a character; the last to begin where keys give two."""
    holding = [span for span in sentences if span[0] <= start < span[1]]
    return max(holding) if holding else None


def _shown(event: EventMention, text: GradedText, sentences: Sequence[Span]) -> CodedEvent:
    home = _home(sentences, event.start)
    start, end = home or (max(0, event.start - AROUND), event.end + AROUND)
    return CodedEvent(
        file=text.file,
        sentence=" ".join(text.text[start:end].split()),
        type=event.type,
        actors=tuple(actor.code for actor in event.actors),
        recipients=tuple(each.code for each in event.recipients),
        predicate=text.text[event.start : event.end],
        rule=event.rule,
    )
