"""What reviewing tells: a record to look at, what became of a decision, what it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.core.evidence import EventRecord, StatementRecord, one_each
from inconcert.core.review import Review
from inconcert.core.verdict import Answer
from inconcert.show.record import event_record, statement_record
from inconcert.store.reviewed import Stand
from inconcert.store.reviewed_records import Candidate

Record = dict[str, object]
Told = tuple[str, Mapping[str, object]]
"""A question in words, and what its answer says: verdict, parts and counts, by name."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record to look at: as it was coded, with what the reviewer has corrected so far.

    Attributes:
        why: what makes it worth a look.
        own: what the reviewer has decided on it so far.
        reports: ids of the mentions that tell of the event, this one among them.
        seen: ids of all reviews of the record.
    """

    record: EventRecord | StatementRecord
    candidate: Candidate
    why: tuple[str, ...] = ()
    own: Stand | None = None
    reports: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    def as_record(self) -> Record:
        """For `--json` and for showing."""
        record = self.record
        told = event_record(record) if isinstance(record, EventRecord) else statement_record(record)
        own = self.own
        return {
            "kind": self.candidate.kind,
            **told,
            "why": list(self.why),
            "reports": max(1, len(self.reports)),
            "decided": None if own is None else own.judgement,
            "corrected": [] if own is None else sorted(own.changes),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision.

    Attributes:
        reviews: the rows that were made.
        busy: who uses the case; the decision is kept beside it until the next one. None: stored.
        meanwhile: what else was decided on the record since it was shown, by others or by the same
            reviewer in another window; the last one counts.
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
    return compared([_told(one) for one in before], [_told(one) for one in after])


def compared(before: Sequence[Told], after: Sequence[Told]) -> list[Record]:
    """The same questions before and after, each with the names of what is other than it was."""
    return [
        {
            "question": title,
            "before": dict(was),
            "after": dict(now),
            "changed": sorted(key for key in {**was, **now} if was.get(key) != now.get(key)),
        }
        for (title, was), (_, now) in zip(before, after, strict=True)
    ]


def told_of(record: Mapping[str, Any]) -> Told:
    """What of an answer a decision can change, from its record."""
    verdict, question, counts = record["verdict"], record["question"], record["counts"]
    names = f"{' and '.join(question['names'])} toward {question['toward_name']}"
    parts = {
        name: part["value"] for name, part in (verdict or {}).items() if isinstance(part, Mapping)
    }
    told: Record = {
        "verdict": None if verdict is None else verdict["head"],
        **parts,
        "joint acts": counts["joint_acts"]["events"],
        "consultations": counts["consultations"]["events"],
    }
    for actor in record["actors"]:
        told[f"deeds of {actor['name']}"] = actor["counts"]["events"]
        told[f"statements of {actor['name']}"] = len(actor["statements"])
    return question["title"] or names, told


def _told(answer: Answer) -> Told:
    """The same of an answer itself."""
    verdict = answer.verdict
    names = f"{' and '.join(answer.question.names)} toward {answer.question.toward_name}"
    parts = {} if verdict is None else {part.name: part.value for part in verdict.parts}
    counts = {
        name: number
        for column in answer.columns
        for name, number in (
            (f"deeds of {column.name}", len(one_each(column.deeds))),
            (f"statements of {column.name}", len(column.statements)),
        )
    }
    return answer.question.title or names, {
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
