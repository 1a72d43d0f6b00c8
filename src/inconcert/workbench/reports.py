"""What a step did, in numbers; printed by the doors, never parsed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inconcert.core.provenance import LeftOut


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What `read` took in.

    Attributes:
        new: documents that were not in the case before.
        known: documents that were.
        left_out: what did not become a document, with the reason.
        not_coded: documents kept but not to be coded (another language), by reason.
    """

    new: int
    known: int
    left_out: tuple[LeftOut, ...]
    not_coded: tuple[tuple[str, int], ...]

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "new": self.new,
            "known": self.known,
            "not_coded": dict(self.not_coded),
            "left_out": [
                {"place": item.place, "reason": item.reason, "detail": item.detail}
                for item in self.left_out
            ],
        }


@dataclass(frozen=True, slots=True)
class CodeReport:
    """What `code` did.

    Attributes:
        documents: documents coded by this run.
        pending: documents that were waiting when it began.
        failed: batches that could not be coded: documents and the reason.
    """

    documents: int
    pending: int
    sentences: int
    events: int
    statements: int
    failed: tuple[tuple[str, str], ...] = ()

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "documents": self.documents,
            "pending": self.pending,
            "sentences": self.sentences,
            "events": self.events,
            "statements": self.statements,
            "failed": [{"documents": which, "reason": why} for which, why in self.failed],
        }


@dataclass(frozen=True, slots=True)
class BriefFiles:
    """Where a brief was written."""

    markdown: Path
    html: Path

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {"markdown": str(self.markdown), "html": str(self.html)}


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence coded by itself, for a reader who wants to see why."""

    sentence: str
    events: tuple[dict[str, object], ...]
    statements: tuple[dict[str, object], ...]
    actors: tuple[dict[str, object], ...]
