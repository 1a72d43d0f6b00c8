"""Texts as sets of shingles, the runs of five words, by which copies are found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from inconcert.core.document import Document

WORDS = 5
"""Words in a shingle."""

_AT_ONCE = 1_000_000
"""Hashes looked up at a time, for memory."""

_WORD = re.compile(rb"[0-9a-z\x80-\xff]+")
_MARKS = tuple(mark.encode() for mark in "‘’“”«»–—…•·\u00a0\u202f\u200b")
"""Marks beyond ASCII that part words; in bytes they would be taken for letters."""

_FACTORS = np.array([0x9E3779B97F4A7C15 * (2 * n + 1) % 2**64 for n in range(WORDS)], np.uint64)

Hashes = NDArray[np.uint32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a document to compare it by.

    Attributes:
        document: its id.
        source: name of its source.
        day: first day of publication, if known.
        shingles: hashes of its runs of words, each once, in order.
        whole: hash of all its words; texts too short for shingles are told apart by it.
        words: number of its words.
    """

    document: str
    source: str
    day: date | None
    shingles: Hashes
    whole: int
    words: int


def print_of(document: Document) -> Print:
    """What is kept of one document."""
    published = document.published
    words = words_of(document.text)
    return Print(
        document.id,
        document.source.name,
        None if published is None else published.first,
        shingles_of(words),
        crc32(b" ".join(words)),
        len(words),
    )


def words_of(text: str) -> list[bytes]:
    """The words of a text without case and punctuation, in UTF-8."""
    bare = text.casefold().encode("utf-8", "replace")
    if not text.isascii():
        for mark in _MARKS:
            bare = bare.replace(mark, b" ")
    return _WORD.findall(bare)


def shingles_of(words: Sequence[bytes]) -> Hashes:
    """Hashes of all runs of five words, each once, in order."""
    count = len(words) - WORDS + 1
    if count <= 0:
        return np.empty(0, np.uint32)
    codes = np.fromiter(map(crc32, words), np.uint64, len(words))
    mixed = codes[:count] * _FACTORS[0]
    for place in range(1, WORDS):
        mixed ^= codes[place : place + count] * _FACTORS[place]
        mixed *= _FACTORS[1]
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The shingles of all documents in one row; those of number n at [starts[n], starts[n+1])."""

    hashes: Hashes
    starts: Numbers

    @classmethod
    def of(cls, sets: Sequence[Hashes]) -> Shelf:
        """The shingles of some documents, in their order."""
        starts = np.zeros(len(sets) + 1, np.int64)
        np.cumsum([len(each) for each in sets], out=starts[1:])
        return cls(np.concatenate([np.empty(0, np.uint32), *sets]), starts)

    def owners(self) -> NDArray[np.uint32]:
        """For each hash the number of its document."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.uint32), np.diff(self.starts))

    def without(self, stock: Hashes) -> Shelf:
        """The same without some hashes."""
        kept = np.empty(len(self.hashes), bool)
        for start in range(0, len(kept), _AT_ONCE):
            some = self.hashes[start : start + _AT_ONCE]
            places = np.minimum(np.searchsorted(stock, some), len(stock) - 1)
            kept[start : start + _AT_ONCE] = stock[places] != some
        before = np.zeros(len(kept) + 1, np.uint32)
        np.cumsum(kept, out=before[1:])
        return Shelf(self.hashes[kept], before[self.starts].astype(np.int64))

    def shared(self, pairs: Numbers) -> Numbers:
        """How many hashes the two documents of each pair share."""
        sizes = np.diff(self.starts)
        turned = sizes[pairs[:, 0]] > sizes[pairs[:, 1]]
        fewer = self._keyed(np.where(turned, pairs[:, 1], pairs[:, 0]))
        more = self._keyed(np.where(turned, pairs[:, 0], pairs[:, 1]))
        if not len(more):
            return np.zeros(len(pairs), np.int64)
        places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
        found = fewer[more[places] == fewer] >> np.uint64(32)
        return np.bincount(found.astype(np.int64), minlength=len(pairs))

    def _keyed(self, numbers: Numbers) -> NDArray[np.uint64]:
        """The hashes of some documents, each with the place of its document before it."""
        lengths = self.starts[numbers + 1] - self.starts[numbers]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            self.starts[numbers] - (ends - lengths), lengths
        )
        keys = np.repeat(np.arange(len(numbers), dtype=np.uint64), lengths) << np.uint64(32)
        keys |= self.hashes[places].astype(np.uint64)
        return keys
