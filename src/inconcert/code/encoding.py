"""How a sentence is put before the model: word pieces, with markers round the words asked about.

Training and coding use this one function, so that the model sees at work what it saw in training.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from inconcert.ontology import plover

NONE = "NONE"
"""The answer for a word that tells no event."""
TYPES: tuple[str, ...] = (
    NONE, "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE",
    "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
"""Order of the model's answers; fixed with the weights."""
ROLES = ("actor", "recipient", "about")
PREDICATE, ACTOR, RECIPIENT = "predicate", "actor", "recipient"
_MARKERS = {PREDICATE: (1, 2), ACTOR: (3, 4), RECIPIENT: (5, 6)}
"""Word pieces never used in the encoder's own training: opening and closing mark."""
_START, _END = 101, 102
MAX_PIECES = 60
"""Longer sentences are cut to a window round what is asked about."""
_PLAIN = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u202f": " ",
    "\u2013": "-", "\u2014": "-", "\n": " ", "\r": " ", "\t": " ",
    # Half a character, as odd terminals hand over; no tokenizer takes it.
    **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),
})  # fmt: skip


class WordPieces(Protocol):
    """What is needed of a tokenizer."""

    def encode(self, sequence: str, *, add_special_tokens: bool = True) -> Pieces:
        """Cut a text into pieces."""
        ...


class Pieces(Protocol):
    """A text cut into word pieces."""

    @property
    def ids(self) -> list[int]:
        """Numbers of the pieces."""
        ...

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Characters of each piece."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `[start, end)` of the sentence with what they are marked as."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as the model reads it.

    Attributes:
        ids: word pieces and markers, with the start and end piece.
        offsets: characters of the sentence for each piece; (0, 0) for pieces of our own.
        marks: positions of the marked pieces, their opening markers included.
    """

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    marks: tuple[int, ...]


def plain(sentence: str) -> str:
    """The sentence with plain quotes, dashes and spaces; every character keeps its place."""
    return sentence.translate(_PLAIN)


def mode_names() -> tuple[str, ...]:
    """All modes as `TYPE.mode`, in the order of the model's answers."""
    return tuple(f"{kind}.{mode}" for kind in TYPES[1:] for mode in sorted(plover.modes(kind)))


def context_names() -> tuple[str, ...]:
    """All contexts in the order of the model's answers."""
    return tuple(sorted(plover.contexts()))


def encode(pieces: Pieces, marks: Sequence[Mark]) -> Encoded:
    """Pieces of a sentence with markers set.

    Args:
        pieces: the whole sentence cut by the tokenizer, without special pieces.
        marks: what is asked about; a mark whose characters hold no piece is dropped.
    """
    numbers, places = pieces.ids, pieces.offsets  # each look makes a new list
    held = [(mark, span) for mark in marks if (span := _held(places, mark)) is not None]
    kept = _window(len(numbers), [place for _, span in held for place in span])
    before, after = _markers(held, kept)
    ids, offsets, marked, depth = [_START], [(0, 0)], list[int](), 0
    for place in kept:
        for marker in before.get(place, ()):
            depth += 1
            marked.append(len(ids))
            ids.append(marker)
            offsets.append((0, 0))
        if depth:
            marked.append(len(ids))
        ids.append(numbers[place])
        offsets.append(places[place])
        for marker in after.get(place, ()):
            depth -= 1
            ids.append(marker)
            offsets.append((0, 0))
    return Encoded((*ids, _END), (*offsets, (0, 0)), tuple(marked))


def _held(places: Sequence[tuple[int, int]], mark: Mark) -> tuple[int, int] | None:
    """The first and the last piece of what is marked; None where it holds none."""
    held = [
        place for place, (start, end) in enumerate(places) if start < mark.end and end > mark.start
    ]
    return (held[0], held[-1]) if held else None


def _markers(
    held: Sequence[tuple[Mark, tuple[int, int]]], kept: Sequence[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Markers that stand before and after a piece; every one that opens is closed.

    Of what is marked the kept pieces count; where none of them is kept the mark is dropped.
    """
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for mark, (first, last) in sorted(held, key=lambda one: (one[0].start, -one[0].end)):
        low, high = bisect_left(kept, first), bisect_right(kept, last)
        if low < high:
            opening, closing = _MARKERS[mark.kind]
            before.setdefault(kept[low], []).append(opening)
            after.setdefault(kept[high - 1], []).insert(0, closing)
    return before, after


def _window(count: int, inside: Sequence[int]) -> Sequence[int]:
    """The pieces to keep when there are too many: as many on either side of what is marked.

    Where what is marked lies too far apart for one window, the pieces nearest to any of it.
    """
    room = MAX_PIECES - 10
    if count <= room:
        return range(count)
    low, high = (min(inside), max(inside)) if inside else (0, 0)
    if high - low < room:
        first = max(0, min((low + high) // 2 - room // 2, count - room))
        return range(first, first + room)
    marked = sorted(set(inside))
    return sorted(sorted(range(count), key=lambda place: _distance(marked, place))[:room])


def _distance(marked: Sequence[int], place: int) -> int:
    """Pieces from a place to the nearest of what is marked."""
    at = bisect_left(marked, place)
    return min(abs(place - near) for near in marked[max(0, at - 1) : at + 1])
