"""Sentences cut where a span begins or ends, and odd characters made visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant

Record = EventRecord | StatementRecord
"""Anything a brief can point at."""

Span = tuple[int, int, str]
"""First character, one past the last, and the part it plays."""

PREDICATE, ACTOR, RECIPIENT, ABOUT, QUOTE = "predicate", "actor", "recipient", "about", "quote"

ORDERING_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that reorder the text around them: shown by number, so that nothing is disguised."""

WHITE = "\t\n\v\f\r\u0085\u2028\u2029"
"""Breaks and tabs: shown as a space."""

_VISIBLE = {
    **{code: f"[U+{code:04X}]" for code in (*range(32), *range(0x7F, 0xA0), 0xFEFF)},
    **{ord(mark): f"[U+{ord(mark):04X}]" for mark in ORDERING_MARKS},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{ord(mark): " " for mark in WHITE},
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence in which the same spans hold.

    Attributes:
        text: original characters, odd ones made visible.
        parts: what the spans over it are (`actor`, `quote` …), in a fixed order.
    """

    text: str
    parts: tuple[str, ...]


def visible(text: str) -> str:
    r"""The text with control and ordering characters shown by number.

    Example:
        >>> visible("a\u202eb")
        'a[U+202E]b'
    """
    return text.translate(_VISIBLE)


def participants_of(record: Record) -> tuple[Participant, ...]:
    """All who stand in a record, whatever their part."""
    if isinstance(record, EventRecord):
        return (*record.event.actors, *record.event.recipients, *record.event.about)
    said = record.statement
    return (*said.speakers, *said.addressees, *said.about)


def spans_of(record: Record) -> tuple[Span, ...]:
    """The spans behind a record, counted from the first character of its sentence."""
    if isinstance(record, EventRecord):
        event = record.event
        found = [(event.start, event.end, PREDICATE)]
        found += [(who.start, who.end, ACTOR) for who in event.actors]
        found += [(who.start, who.end, RECIPIENT) for who in event.recipients]
        found += [(who.start, who.end, ABOUT) for who in event.about]
    else:
        said = record.statement
        # A sentence of the speaker's own text has no word of saying: its cue is all that is said.
        is_own_text = (said.start, said.end) == (said.content_start, said.content_end)
        found = [] if is_own_text else [(said.start, said.end, PREDICATE)]
        found += [(who.start, who.end, ACTOR) for who in said.speakers]
        found += [(who.start, who.end, RECIPIENT) for who in said.addressees]
        found += [(who.start, who.end, ABOUT) for who in said.about]
        found += [(start, end, QUOTE) for start, end in said.quotes]
    return tuple(
        (start - record.at.start, end - record.at.start, part) for start, end, part in found
    )


def segments(sentence: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """Cut a sentence at every border of a span; spans may overlap or reach beyond it.

    Example:
        >>> [(s.text, s.parts) for s in segments("Lavrov met Wang.", [(0, 6, ACTOR)])]
        [('Lavrov', ('actor',)), (' met Wang.', ())]
    """
    size = len(sentence)
    clipped = [
        (max(start, 0), min(end, size), part)
        for start, end, part in spans
        if start < size and end > 0 and start < end
    ]
    borders = sorted({0, size, *(s for s, _, _ in clipped), *(e for _, e, _ in clipped)})
    order = (QUOTE, PREDICATE, ACTOR, RECIPIENT, ABOUT)
    return tuple(
        Segment(
            visible(sentence[first:last]),
            tuple(
                part
                for part in order
                if any(s <= first and last <= e for s, e, kind in clipped if kind == part)
            ),
        )
        for first, last in pairwise(borders)
    )


def snippet(record: Record, *, characters: int) -> str:
    """The words around the predicate or cue, on one line, about so many characters long.

    In the speaker's own text, where no word of saying stands, around the one it is about.
    """
    sentence = record.at.sentence
    starts = {part: start for start, _, part in reversed(spans_of(record))}
    middle = starts.get(PREDICATE, starts.get(ABOUT, 0))
    middle = min(max(middle, 0), len(sentence))
    first = max(0, min(middle - characters // 2, len(sentence) - characters))
    last = min(len(sentence), first + characters)
    if first:
        first = sentence.find(" ", first, middle) + 1 or first
    if last < len(sentence):
        space = sentence.rfind(" ", middle, last)
        last = space if space > middle else last
    before, after = "… " if first else "", " …" if last < len(sentence) else ""
    return f"{before}{' '.join(visible(sentence[first:last]).split())}{after}"
