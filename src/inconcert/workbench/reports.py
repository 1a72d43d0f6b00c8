"""What a step did, in numbers and in words; the words are for people, never parsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.core.display import displayed
from inconcert.core.provenance import LeftOut
from inconcert.judge.amounts import counted
from inconcert.workbench.datasets import DatasetsRead
from inconcert.workbench.joining import NOTHING, Joining

_CASES = 3
"""So many cases of one reason are named; `--json` and the case hold all."""

Counts = tuple[tuple[str, int], ...]


@displayed
@dataclass(frozen=True, slots=True)
class ReadReport:
    """What `read` took in.

    Attributes:
        new: documents that were not in the case before.
        known: documents that were.
        left_out: what did not become a document, with the reason.
        notes: what was odd about documents that were taken in all the same.
        not_coded: documents kept but not to be coded (another language), by reason.
        datasets: what came of datasets of events; None where there were none.
    """

    new: int
    known: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[LeftOut, ...]
    not_coded: Counts
    datasets: DatasetsRead | None = None

    @property
    def is_empty(self) -> bool:
        """Whether not one document and no row came of all that was named."""
        return not self.new and not self.known and (self.datasets is None or self.datasets.is_empty)

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "new": self.new,
            "known": self.known,
            "not_coded": dict(self.not_coded),
            "left_out": _records(self.left_out),
            "notes": _records(self.notes),
            "datasets": None if self.datasets is None else self.datasets.as_record(),
        }

    def as_text(self) -> str:
        """For people."""
        lines = []
        if self.datasets is not None:
            lines.append(self.datasets.as_text())
        if self.datasets is None or self.new or self.known or self.left_out:
            lines.append(f"Read {counted(self.new, 'new document')}; {self.known} known before.")
        lines += [f"  kept, not coded: {n} ({why})" for why, n in self.not_coded]
        lines += _reasons("left out", self.left_out)
        lines += _reasons("note", self.notes)
        if self.is_empty and not self.left_out:
            lines.append("  Nothing to read was found there.")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that the coder could not code.

    Attributes:
        document: its id.
        place: where it was read.
        reason: what happened, in one line.
        detail: where in the program, for a report of the fault.
    """

    document: str
    place: str
    reason: str
    detail: str = ""

    @property
    def mark(self) -> str:
        """The reason under which the case counts it."""
        return f"coder failed: {self.reason}"


@displayed
@dataclass(frozen=True, slots=True)
class CodeReport:
    """What `code` did.

    Attributes:
        documents: documents coded by this run.
        pending: documents that were waiting when it began.
        failed: documents that the coder could not code; it will not try them again.
        coded: documents of the case that this coder has coded, now and before.
        not_coded: documents of the case that it leaves out, by reason.
        joined: how many events stand behind all reports of the case. `events` above are event
            mentions of this run, each of which is a report.
    """

    documents: int
    pending: int
    sentences: int
    events: int
    statements: int
    failed: tuple[Failed, ...] = ()
    coded: int = 0
    not_coded: Counts = ()
    joined: Joining = NOTHING

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "documents": self.documents,
            "pending": self.pending,
            "sentences": self.sentences,
            "events": self.events,
            "statements": self.statements,
            "failed": [
                {
                    "document": item.document,
                    "place": item.place,
                    "reason": item.reason,
                    "detail": item.detail,
                }
                for item in self.failed
            ],
            "coded": self.coded,
            "not_coded": dict(self.not_coded),
            "case": {
                "reports": self.joined.reports,
                "events": self.joined.events,
                "copies": self.joined.copies,
            },
        }

    def as_text(self) -> str:
        """For people."""
        if self.pending:
            first = (
                f"Coded {counted(self.documents, 'document')}: "
                f"{counted(self.sentences, 'sentence')}, {counted(self.events, 'event')}, "
                f"{counted(self.statements, 'statement')}."
            )
        elif self.coded or self.not_coded:
            first = f"Nothing to code; {counted(self.coded, 'document')} coded before."
        else:
            first = "Nothing to code: the case holds no documents. Read some first."
        told = [LeftOut(item.place, item.mark, item.document) for item in self.failed]
        now = {item.reason for item in told}
        before = [(why, count) for why, count in self.not_coded if why not in now]
        lines = [first, *_joined(self.joined), *_reasons("kept, not coded", told)]
        lines += [f"  kept, not coded: {count} ({why})" for why, count in before]
        return "\n".join(lines)


@displayed
@dataclass(frozen=True, slots=True)
class ExportReport:
    """What `export` wrote.

    Attributes:
        reasons: how many records of the case are not in the file, and why.
        beside: codebook and JSON Schema, if asked for.
    """

    file: Path
    what: str
    written: int
    reasons: tuple[tuple[int, str], ...] = ()
    beside: tuple[Path, ...] = ()

    @property
    def left_out(self) -> int:
        """Records of the case that are not in the file."""
        return sum(count for count, _ in self.reasons)

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "file": str(self.file),
            "written": self.written,
            "left_out": self.left_out,
            "reasons": {why: count for count, why in self.reasons},
            "beside": [str(path) for path in self.beside],
        }

    def as_text(self) -> str:
        """For people."""
        kind = self.what.removesuffix("s")
        told = f"Wrote {counted(self.written, kind)} to {self.file}."
        for count, why in self.reasons:
            told += f" Left out {counted(count, kind)} {why}."
        if self.beside:
            told += f" Beside it: {', '.join(path.name for path in self.beside)}."
        return told


@displayed
@dataclass(frozen=True, slots=True)
class BriefFiles:
    """Where a brief was written."""

    markdown: Path
    html: Path
    others: tuple[Path, ...] = ()

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        more = {path.suffix[1:]: str(path) for path in self.others}
        return {"markdown": str(self.markdown), "html": str(self.html), **more}


def _joined(found: Joining) -> list[str]:
    """Events behind the reports of the case; nothing where no act is told twice."""
    lines = []
    if found.events < found.reports:
        lines.append(
            f"  the case: {counted(found.events, 'event')} in {counted(found.reports, 'report')}"
        )
    if found.copies:
        repeat = "repeats" if found.copies == 1 else "repeat"
        lines.append(f"  copies: {counted(found.copies, 'document')} {repeat} another")
    return lines


def _records(items: Iterable[LeftOut]) -> list[dict[str, str]]:
    return [{"place": item.place, "reason": item.reason, "detail": item.detail} for item in items]


def _reasons(head: str, items: Sequence[LeftOut]) -> list[str]:
    """Items by reason, most first, each reason with its first cases."""
    lines = []
    for reason, count in Counter(item.reason for item in items).most_common():
        lines.append(f"  {head}: {count} ({reason})")
        cases = [item for item in items if item.reason == reason]
        lines += [f"    {item.place}: {item.detail}" for item in cases[:_CASES]]
        if count > _CASES:
            lines.append(f"    … and {count - _CASES} more")
    return lines
