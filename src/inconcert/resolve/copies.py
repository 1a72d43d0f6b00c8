"""Finds documents that are copies of one another: wire copies, cut or edited, and captions.

Texts are compared by their shingles, the runs of five words. Comparing all with all is not
possible, so a fixed share of all shingles, chosen by their hash, serves as an index: documents
that share some of it are candidates, and candidates are compared by all their shingles. The share
is of shingles, not a fixed number of them a document as in MinHash, because a caption or the first
paragraph of a long text is found by containment, which the latter cannot tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.core.copies import Copy
from inconcert.core.document import Document
from inconcert.resolve.prints import WORDS, Hashes, Numbers, Print, Shelf, print_of

VERSION = "1"
"""Raised whenever the same documents would give other copies."""

ALIKE = 0.38
"""Least share of the shorter text's shingles that stand in the longer one."""

LEAST_SHARED = 8
"""Shingles that two texts must share; shorter texts are compared as a whole only."""

STOCK = 8
"""A shingle in more documents than this may be a stock phrase, which makes no copies."""

STOCK_DAYS = 7
"""It is one of a source where that many documents of the source lie more days apart than this."""

BACKGROUND_DAYS = 30
"""It is one of all where that many documents of any source lie more days apart than this."""

_KEPT_ONE_IN = 8
"""One of so many shingles serves as index."""

_SHORT = 64
"""Texts with no more shingles are indexed by all of them."""

_CROWD = 12
"""In a bucket of more documents each is compared with its neighbours and the first only."""

_CHUNK = 4_000
"""Pairs compared at a time."""

_COLLECTION = 2.0
"""A text that is so many times longer than another may hold it among others."""

_PARTS_OF_A_DAY = 3
"""Of one day, more unconnected parts than this make a digest; fewer may be taken from a text."""


def find_copies(documents: Iterable[Document]) -> list[Copy]:
    """Copies among some documents, by order of the original.

    Only hashes are kept of a document, about four bytes a word.
    """
    return copies_among([print_of(document) for document in documents])


def copies_among(prints: Sequence[Print]) -> list[Copy]:
    """Copies among prints; the first published of a cluster is the original.

    Where none of a cluster is dated, the one given first is.
    """
    links = [*_short_links(prints), *_links(prints)]
    return _clusters(prints, links)


@dataclass(frozen=True, slots=True)
class _Link:
    """Two documents, by index, the shingles they share, and those of the shorter and longer."""

    first: int
    second: int
    shared: int
    shorter: int
    longer: int

    @property
    def likeness(self) -> float:
        return self.shared / self.shorter


def _short_links(prints: Sequence[Print]) -> Iterator[_Link]:
    """Texts too short to share enough shingles: alike only when all their words are the same."""
    known: dict[tuple[int, int], int] = {}
    for index, each in enumerate(prints):
        if each.words >= WORDS and len(each.shingles) < LEAST_SHARED:
            first = known.setdefault((each.whole, each.words), index)
            if first != index:
                yield _Link(first, index, each.words, each.words, each.words)


def _links(prints: Sequence[Print]) -> Iterator[_Link]:
    """Pairs that share enough of their shingles, stock phrases not counted."""
    shelf = Shelf.of([each.shingles for each in prints])
    stock = _stock(prints, shelf)
    if len(stock):
        shelf = shelf.without(stock)
    pairs = _candidates(shelf)
    sizes = np.diff(shelf.starts)
    for start in range(0, len(pairs), _CHUNK):
        some = pairs[start : start + _CHUNK]
        shared = shelf.shared(some)
        shorter = np.minimum(sizes[some[:, 0]], sizes[some[:, 1]])
        longer = np.maximum(sizes[some[:, 0]], sizes[some[:, 1]])
        good = (shared >= LEAST_SHARED) & (shared >= ALIKE * shorter)
        for place in np.flatnonzero(good):
            first, second = some[place]
            yield _Link(
                int(first), int(second), int(shared[place]), int(shorter[place]), int(longer[place])
            )


def _indexed(shelf: Shelf) -> NDArray[np.uint64]:
    """Hash and document in one number, in order, of the shingles that serve as index."""
    short = np.repeat(np.diff(shelf.starts) <= _SHORT, np.diff(shelf.starts))
    kept = short | (shelf.hashes < np.uint32(2**32 // _KEPT_ONE_IN))
    whole = shelf.hashes[kept].astype(np.uint64) << np.uint64(32)
    whole |= shelf.owners()[kept].astype(np.uint64)
    whole.sort()
    return whole


def _stock(prints: Sequence[Print], shelf: Shelf) -> Hashes:
    """Shingles that are printed again and again, over more days than copies take."""
    names = {name: number for number, name in enumerate(dict.fromkeys(p.source for p in prints))}
    sources = np.array([names[each.source] for each in prints], np.int64)
    days = np.array([0 if p.day is None else p.day.toordinal() for p in prints], np.int64)
    found: list[int] = []
    owners = shelf.owners()
    edges = [2**32 * eighth // 8 for eighth in range(9)]
    for low, high in pairwise(edges):  # an eighth at a time, for memory
        inside = (shelf.hashes >= low) & (shelf.hashes < high)
        keys = np.sort((shelf.hashes[inside].astype(np.uint64) << np.uint64(32)) | owners[inside])
        hashes, whose = keys >> np.uint64(32), (keys & np.uint64(2**32 - 1)).astype(np.int64)
        starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(keys) else keys[:0]
        sizes = np.diff(np.r_[starts, len(keys)])
        for start, size in zip(starts[sizes > STOCK], sizes[sizes > STOCK], strict=True):
            group = whose[int(start) : int(start + size)]
            if _is_stock(days[group], sources[group]):
                found.append(int(hashes[int(start)]))
    return np.array(found, np.uint32)


def _is_stock(days: Numbers, sources: Numbers) -> bool:
    """Whether documents of these days and sources share a phrase that is no sign of a copy."""
    known = days[days > 0]
    if len(known) > STOCK and known.max() - known.min() > BACKGROUND_DAYS:
        return True
    source, count = _most_frequent(sources)
    if count <= STOCK:
        return False
    when = days[sources == source]
    return bool(when.min() == 0 or when.max() - when.min() > STOCK_DAYS)


def _most_frequent(numbers: Numbers) -> tuple[int, int]:
    counts = np.bincount(numbers)
    return int(counts.argmax()), int(counts.max())


def _candidates(shelf: Shelf) -> Numbers:
    """Pairs of documents that share shingles of the index, the smaller number first."""
    index = _indexed(shelf)
    hashes, owners = index >> np.uint64(32), (index & np.uint64(2**32 - 1)).astype(np.int64)
    found = [np.empty((0, 2), np.int64)]
    if not len(index):
        return found[0]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.diff(np.r_[starts, len(hashes)])
    group = np.repeat(np.arange(len(starts)), sizes)
    for step in range(1, _CROWD):
        near = np.flatnonzero(group[step:] == group[:-step])
        if step > 2:  # in a crowd only the next two, and the first
            near = near[sizes[group[near]] <= _CROWD]
        found.append(np.stack([owners[near], owners[near + step]], axis=1))
    crowded = np.flatnonzero((sizes[group] > _CROWD) & (np.arange(len(group)) > starts[group]))
    found.append(np.stack([owners[starts[group[crowded]]], owners[crowded]], axis=1))
    return _worth_comparing(np.concatenate(found), len(shelf.starts) - 1, shelf)


def _worth_comparing(pairs: Numbers, count: int, shelf: Shelf) -> Numbers:
    """Each pair once, without those that share too little of the index to be alike."""
    keys, times = np.unique(pairs[:, 0] * count + pairs[:, 1], return_counts=True)
    first, second = keys // count, keys % count
    sizes = np.diff(shelf.starts)
    shorter = np.minimum(sizes[first], sizes[second])
    # Both long: half of the shorter one's share of the index would be expected; a fifth of it is
    # asked for. Counts in crowds are too low, so that two shared ones always are enough there.
    expected = ALIKE * shorter / _KEPT_ONE_IN
    good = times >= np.minimum(np.maximum(1, 0.4 * expected), 3)
    return np.stack([first[good], second[good]], axis=1)


def _clusters(prints: Sequence[Print], links: Sequence[_Link]) -> list[Copy]:
    """Documents put together by their links, each copy with the link to its likest relative."""
    kept = _without_collections(prints, links)
    groups = _Groups()
    best: dict[int, _Link] = {}
    for link in kept:
        groups.join(link.first, link.second)
        for number in (link.first, link.second):
            if number not in best or link.likeness > best[number].likeness:
                best[number] = link
    found = []
    for group in groups.all():
        first = min(group, key=lambda n: (prints[n].day or date.max, n))
        found += [(first, number) for number in group if number != first]
    direct = {(link.first, link.second): link for link in kept}
    return [
        _copy(prints, first, number, direct.get((min(first, number), max(first, number))), best)
        for first, number in sorted(found)
    ]


class _Groups:
    """Numbers put together pair by pair."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def root(self, number: int) -> int:
        """The number that stands for the group of this one."""
        parents = self._parents
        while parents.setdefault(number, number) != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Put the groups of two numbers together."""
        self._parents[self.root(one)] = self.root(other)

    def all(self) -> list[list[int]]:
        """Every group, its numbers in order."""
        members: dict[int, list[int]] = defaultdict(list)
        for number in sorted(self._parents):
            members[self.root(number)].append(number)
        return list(members.values())


def _without_collections(prints: Sequence[Print], links: Sequence[_Link]) -> list[_Link]:
    """The links without those of digests to what they are made of.

    A digest holds several texts that have nothing to do with each other but the digest. A text of
    which others took different parts looks the same, but stands before them.
    """
    sizes = [len(each.shingles) for each in prints]
    parts: dict[int, list[int]] = defaultdict(list)
    groups = _Groups()
    for link in links:
        shorter, longer = sorted((link.first, link.second), key=lambda n: sizes[n])
        if link.longer >= _COLLECTION * link.shorter:
            parts[longer].append(shorter)
        else:
            groups.join(link.first, link.second)
    wholes = sorted(parts, key=lambda n: (prints[n].day or date.max, n))
    digests = set()
    for whole in wholes:
        if _is_digest(prints, whole, parts[whole], groups):
            digests.add(whole)
        else:
            for part in parts[whole]:
                groups.join(whole, part)
    return [link for link in links if not _is_to_part(link, digests, sizes)]


def _is_digest(prints: Sequence[Print], whole: int, parts: Sequence[int], groups: _Groups) -> bool:
    """Whether texts published before it that are not of one group stand in a text."""
    day = prints[whole].day
    earlier, same = set(), set()
    for part in parts:
        known = prints[part].day
        if day is not None and known is not None and known < day:
            earlier.add(groups.root(part))
        elif day is None or known is None or known == day:
            same.add(groups.root(part))
    return len(earlier) > 1 or len(earlier | same) > _PARTS_OF_A_DAY


def _is_to_part(link: _Link, digests: set[int], sizes: Sequence[int]) -> bool:
    longer = max((link.first, link.second), key=lambda n: sizes[n])
    return longer in digests and link.longer >= _COLLECTION * link.shorter


def _copy(
    prints: Sequence[Print], first: int, number: int, link: _Link | None, best: dict[int, Any]
) -> Copy:
    """A copy with its evidence: against the original, or against the likest of the cluster."""
    told = link or best[number]
    kind = _kind(told)
    against = "" if link is not None else ", compared with another copy"
    reason = (
        f"{kind}: {told.shared} of {told.shorter} runs of {WORDS} words of the shorter text stand "
        f"in the longer, which has {told.longer}{against}"
    )
    return Copy(
        prints[number].document, prints[first].document, round(min(1.0, told.likeness), 3), reason
    )


def _kind(link: _Link) -> str:
    if link.shared >= 0.97 * link.longer:
        return "same text"
    if link.shared >= 0.9 * link.shorter:
        return "part of the text"
    return "edited text"
