"""Joins reports of the same act after coding: copies of one text first, then mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from inconcert.core.copies import Copy
from inconcert.core.evidence import EventRecord
from inconcert.core.folding import copies_of
from inconcert.core.provenance import Provenance
from inconcert.core.review import COPY
from inconcert.resolve import copies as copying
from inconcert.resolve import happenings
from inconcert.resolve.copies import copies_among
from inconcert.resolve.happenings import retellings
from inconcert.resolve.prints import Print, print_of
from inconcert.store.store import Store

NO_LONGER = "no longer alike enough, stock phrases not counted"

_PRINTED = 0.5
"""Share of the work that goes into comparing the documents."""
_EVERY = 200


@dataclass(frozen=True, slots=True)
class Joining:
    """What a case holds after its reports were joined.

    Attributes:
        reports: event mentions.
        events: what they tell of; the same act told several times is one.
        copies: documents that repeat another one.
    """

    reports: int
    events: int
    copies: int


NOTHING = Joining(0, 0, 0)


def rule_of(coder: Provenance) -> Provenance:
    """The rules by which the records of a coder are joined, in this version."""
    return Provenance("merge", "reports", f"{copying.VERSION}.{happenings.VERSION}", coder.id)


def join_reports(
    store: Store, coder: Provenance, *, progress: Callable[[int, int, float], None]
) -> None:
    """Compare the documents that were coded since the last time with all of the case.

    It may be stopped at any moment: what is found is kept as a whole or not at all, and the next
    call does it again. Nothing is done where nothing is new.

    Args:
        store: open for writing.
        coder: whose records are joined.
        progress: called with documents done, all documents, and the share of the work done.
    """
    rule = rule_of(coder)
    waiting, every = store.to_join(coder, rule), store.coded(coder)
    if not waiting:
        return
    is_first = len(waiting) == len(every)
    prints = list(_prints(store, every, progress))
    found = copies_among(prints)
    progress(len(every), len(every), _PRINTED)
    stood = [] if is_first else store.copies(coder)
    pairs = retellings(
        _with_copies(
            store.events(provenance=coder, as_coded=True), prints, _reviewed(store, found)
        ),
        known=() if is_first else store.retellings(coder),
        fresh=None if is_first else frozenset(waiting),
    )
    changed = _changed(found, stood)
    store.add_joined(changed, pairs, waiting, coder=coder, rule=rule)
    progress(len(every), len(every), 1.0)


def joining_of(store: Store, coder: Provenance) -> Joining:
    """How many events stand behind the reports of a case."""
    book, reports = store.joined(coder), store.mentions(coder)
    events = {event.id: event for event in book.events.values()}
    more = sum(len(event.mentions) - 1 for event in events.values())
    return Joining(reports, reports - more, len(book.copies))


def _prints(
    store: Store, ids: Sequence[str], progress: Callable[[int, int, float], None]
) -> Iterable[Print]:
    for number, document in enumerate(store.documents(ids)):
        if number % _EVERY == 0:
            progress(number, len(ids), _PRINTED * number / len(ids))
        yield print_of(document)


def _reviewed(store: Store, found: Sequence[Copy]) -> dict[str, Copy]:
    return copies_of(found, store.reviews(kind=COPY))


def _with_copies(
    records: Sequence[EventRecord], prints: Sequence[Print], copies: dict[str, Copy]
) -> list[EventRecord]:
    """The records, each with what its document is a copy of, as found just now."""
    sources = {each.document: each.source for each in prints}
    told = []
    for record in records:
        copy = copies.get(record.at.document)
        copied = None if copy is None else (copy.original, sources[copy.original])
        told.append(replace(record, copied=copied))
    return told


def _changed(found: Sequence[Copy], stood: Sequence[Copy]) -> list[Copy]:
    """What is to be added so that the last row of each document says what was found."""
    before = {copy.document: copy for copy in stood}
    now = {copy.document for copy in found}
    fresh = [copy for copy in found if before.get(copy.document) != copy]
    gone = [Copy(document, document, 1.0, NO_LONGER) for document in before if document not in now]
    return [*fresh, *gone]
