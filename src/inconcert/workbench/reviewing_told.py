"""What reviewing tells: a record to look at, what became of a decision, what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.core.evidence import EventRecord, StatementRecord, one_each
from inconcert.core.review import Review
from inconcert.core.verdict import Answer
from inconcert.show.record import event_record, statement_record
from inconcert.store.reviewed import Stand
from inconcert.store.reviewed_records import Candidate

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Item:
    """A record to look at: as it was coded, with what the reviewer has corrected so far.

    Attributes:
        why: what makes it worth a look.
        own: what the reviewer has decided on it so far.
        reports: how many mentions tell of the event.
    """

    record: EventRecord | StatementRecord
    candidate: Candidate
    why: tuple[str, ...] = ()
    own: Stand | None = None
    reports: int = 1

    def as_record(self) -> Record:
        """For `--json` and for showing."""
        record = self.record
        told = event_record(record) if isinstance(record, EventRecord) else statement_record(record)
        own = self.own
        return {
            "kind": self.candidate.kind,
            **told,
            "why": list(self.why),
            "reports": self.reports,
            "decided": None if own is None else own.judgement,
            "corrected": [] if own is None else sorted(own.changes),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision.

    Attributes:
        reviews: the rows that were made.
        busy: who uses the case; the decision is kept beside it until the next one. None: stored.
        meanwhile: what others decided on the record since it was shown; the last one counts.
    """

    reviews: tuple[Review, ...]
    busy: str | None = None
    meanwhile: tuple[Review, ...] = ()

    def as_record(self) -> Record:
        """For `--json`."""
        return {
            "reviews": [row_of(one) for one in self.reviews],
            "stored": self.busy is None,
            "busy": self.busy,
            "meanwhile": [row_of(one) for one in self.meanwhile],
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of imported reviews.

    Attributes:
        older: records that only an earlier coder has.
        unknown: ids that the case has no record of; reviews of them are kept all the same.
    """

    new: int
    known: int
    older: tuple[str, ...]
    unknown: tuple[str, ...]

    def as_record(self) -> Record:
        """For `--json`."""
        return {"new": self.new, "known": self.known, "older": list(self.older),
                "unknown": list(self.unknown)}  # fmt: skip


def effect(before: Sequence[Answer], after: Sequence[Answer]) -> list[Record]:
    """What decisions changed in the answers to the same questions: verdict, parts and counts."""
    found: list[Record] = []
    for old, new in zip(before, after, strict=True):
        was, now = _told(old), _told(new)
        names = f"{' and '.join(old.question.names)} toward {old.question.toward_name}"
        found.append({
            "question": old.question.title or names,
            "before": was,
            "after": now,
            "changed": sorted(key for key in {**was, **now} if was.get(key) != now.get(key)),
        })  # fmt: skip
    return found


def _told(answer: Answer) -> Record:
    """What of an answer a decision can change, in few words."""
    verdict = answer.verdict
    parts = {} if verdict is None else {part.name: part.value for part in verdict.parts}
    counts = {
        name: number
        for column in answer.columns
        for name, number in (
            (f"deeds of {column.name}", len(one_each(column.deeds))),
            (f"statements of {column.name}", len(column.statements)),
        )
    }
    return {
        "verdict": None if verdict is None else verdict.head,
        **parts,
        "joint acts": len(one_each(answer.joint)),
        "consultations": len(one_each(answer.consultations)),
        **counts,
    }


def row_of(review: Review) -> Record:
    """A review as a record."""
    return {
        "id": review.id, "at": review.at.isoformat(timespec="seconds"), "by": review.by,
        "kind": review.kind, "decision": review.decision, "subjects": list(review.subjects),
        "field": review.field, "old": review.old, "new": review.new, "note": review.note,
        "undoes": review.undoes,
    }  # fmt: skip
