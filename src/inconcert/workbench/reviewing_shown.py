"""Records as they are shown to a reviewer, and what was known of each when it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.review import EVENT, Review
from inconcert.resolve.decisions import FILE as ACTORS_LOG
from inconcert.store.reviewed import (
    KINDS,
    Stand,
    corrected_event,
    corrected_statement,
    stands,
)
from inconcert.store.reviewed_records import Candidate, ReviewedStore
from inconcert.workbench.bench import Workbench
from inconcert.workbench.decided import with_merged
from inconcert.workbench.reviewing_case import ReviewedCase
from inconcert.workbench.reviewing_queue import Waiting
from inconcert.workbench.reviewing_told import Item


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it was when it was shown: as coded, and which reviews of it there were."""

    candidate: Candidate
    record: EventRecord | StatementRecord
    own: Stand | None
    about: tuple[Review, ...]
    seen: frozenset[str]


class ShownRecords:
    """The records that one reviewer was shown.

    Attributes:
        by_id: each as it was when it was last shown.
    """

    def __init__(self, bench: Workbench, case: ReviewedCase, reviewer: str) -> None:
        self.bench, self.case, self.reviewer = bench, case, reviewer
        self.by_id: dict[str, Shown] = {}

    def items_in(self, store: ReviewedStore, waiting: Sequence[Waiting]) -> list[Item]:
        """Records of a part of the queue, in its order, without those that are gone."""
        ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for one in waiting:
            ids[one.candidate.kind].append(one.candidate.id)
        log, book = self.case.log(store), store.joined()
        found = self._records(store, ids)
        own = {kind: stands(log, kind) for kind in KINDS}
        about: dict[str, dict[str, Review]] = defaultdict(dict)
        for review in log:
            for subject in review.subjects:
                about[subject][review.id] = review
        made = []
        for one in waiting:
            candidate, key = one.candidate, one.candidate.id
            if key not in found:  # the case was coded anew since the queue was made
                continue
            stand = own[candidate.kind].get(key, {}).get(self.reviewer)
            known = about[key]
            self.by_id[key] = Shown(
                candidate, found[key], stand, tuple(known.values()), frozenset(known)
            )
            event = book.events.get(key)
            reports = (key,) if event is None else event.mentions
            record = self._named(_with_own(found[key], stand))
            made.append(Item(record, candidate, one.why, stand, reports, tuple(known)))
        return made

    def _records(
        self, store: ReviewedStore, ids: dict[str, list[str]]
    ) -> dict[str, EventRecord | StatementRecord]:
        found: dict[str, EventRecord | StatementRecord] = {}
        if ids.get(EVENT):
            found |= {one.event.id: one for one in store.coded_events(ids[EVENT])}
        rest = [key for kind, keys in ids.items() if kind != EVENT for key in keys]
        if rest:
            found |= {one.statement.id: one for one in store.coded_statements(rest)}
        return found

    def _named(self, record: EventRecord | StatementRecord) -> EventRecord | StatementRecord:
        """A record with the actors as the case's decisions on actors have them."""
        if not (self.bench.folder / ACTORS_LOG).is_file():  # then the register need not be loaded
            return record
        merged = self.bench.register.merged
        if isinstance(record, EventRecord):
            return with_merged([record], merged)[0]
        return with_merged([record], merged)[0]


def _with_own(
    record: EventRecord | StatementRecord, stand: Stand | None
) -> EventRecord | StatementRecord:
    """A record as this reviewer corrected it."""
    if stand is None or not stand.changes:
        return record
    if isinstance(record, EventRecord):
        return replace(record, event=corrected_event(record.event, stand))
    return replace(record, statement=corrected_statement(record.statement, stand))
