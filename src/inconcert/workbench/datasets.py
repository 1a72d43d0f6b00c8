"""Datasets of events in a case: taken in, told about, cared for."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.core.display import displayed
from inconcert.core.provenance import LeftOut
from inconcert.judge.amounts import counted
from inconcert.read.events import Plan, built_in_layouts, open_events, propose_mapping
from inconcert.read.sorting import is_dataset
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register
from inconcert.store.lake import Lake
from inconcert.store.lake_files import WORK
from inconcert.store.lake_nouns import BatchEntry
from inconcert.store.lake_reports import IngestReport

Progress = Callable[[int, int, float], None]
"""Called with files begun, all files, and the share of their bytes that is done."""

_MOST_SHOWN = 5


@displayed
@dataclass(frozen=True, slots=True)
class SourceRead:
    """What one source brought in one run: rows before, events after."""

    source: str
    kind: str
    lines: int
    rows: int
    counted: int
    repeats: int
    folded: int
    statements: int
    quarantined: int

    @classmethod
    def of(cls, batches: Sequence[BatchEntry]) -> SourceRead:
        """The sum of the batches of one source and kind."""
        first = batches[0]
        return cls(
            first.source,
            first.kind,
            sum(each.lines for each in batches),
            sum(each.rows for each in batches),
            sum(each.counted for each in batches),
            sum(each.repeats for each in batches),
            sum(each.folded for each in batches),
            sum(each.statements for each in batches),
            sum(each.quarantined for each in batches),
        )

    def as_text(self) -> str:
        """For people."""
        if self.kind != "events":
            return f"{self.source}: {self.rows:,} rows of {self.kind}"
        parts = [f"{self.repeats:,} repeats", f"{self.folded:,} mirrored rows folded"]
        parts += [f"{self.statements:,} of them statements"]
        told = f"{self.source}: {self.rows:,} rows, {self.counted:,} events"
        return f"{told} ({', '.join(parts)})"


@displayed
@dataclass(frozen=True, slots=True)
class DatasetsRead:
    """What `read` took in from datasets of events.

    Attributes:
        sources: by source and kind.
        files: that gave rows.
        known: files whose content was there before, and as what.
        left_out: files that gave no rows, and why.
        reasons: why lines went to quarantine, and how many.
        notes: what was put right in a file as a whole.
        asked: distinct actors and months that were looked up.
        unresolved: of these, actors who are nobody in the register.
    """

    sources: tuple[SourceRead, ...]
    files: int
    known: tuple[tuple[str, str], ...]
    left_out: tuple[LeftOut, ...]
    reasons: tuple[tuple[str, int], ...]
    notes: tuple[LeftOut, ...]
    asked: int
    unresolved: int
    seconds: float

    @classmethod
    def of(cls, report: IngestReport, left_out: Sequence[LeftOut]) -> DatasetsRead:
        """From what the store says and the files that never came to it."""
        kinds = dict.fromkeys((each.source, each.kind) for each in report.batches)
        return cls(
            tuple(
                SourceRead.of([one for one in report.batches if (one.source, one.kind) == key])
                for key in kinds
            ),
            len(report.files),
            tuple((each.name, each.same_as) for each in report.known),
            tuple(left_out),
            report.reasons,
            report.notes,
            report.asked,
            report.unresolved,
            report.seconds,
        )

    @property
    def is_empty(self) -> bool:
        """Whether no row is there for all that was named."""
        return not self.sources and not self.known

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "sources": [
                {name: getattr(each, name) for name in SourceRead.__slots__}
                for each in self.sources
            ],
            "files": self.files,
            "known": [{"file": file, "same_as": same} for file, same in self.known],
            "left_out": [_record(item) for item in self.left_out],
            "quarantined": dict(self.reasons),
            "notes": [_record(item) for item in self.notes],
            "actors_asked": self.asked,
            "actors_unresolved": self.unresolved,
            "seconds": round(self.seconds, 2),
        }

    def as_text(self) -> str:
        """For people."""
        head = f"Read {counted(self.files, 'file')} of event data in {self.seconds:.1f} s."
        lines = [head, *(f"  {each.as_text()}" for each in self.sources)]
        if self.asked:
            share = 1 - self.unresolved / self.asked
            lines.append(
                f"  {counted(self.asked, 'distinct actor and month', 'distinct actors and months')}"
                f" looked up; {share:.1%} are in the register"
            )
        for reason, count in self.reasons:
            lines.append(f"  in quarantine: {count:,} ({reason})")
        lines += [f"  not taken twice: {file}, same as {same}" for file, same in self.known]
        for word, items in (("left out", self.left_out), ("note", self.notes)):
            for reason, count in Counter(item.reason for item in items).most_common():
                cases = [item for item in items if item.reason == reason]
                lines.append(f"  {word}: {count} ({reason})")
                lines += [f"    {item.place}: {item.detail}" for item in cases[:_MOST_SHOWN]]
                if count > _MOST_SHOWN:
                    lines.append(f"    … and {count - _MOST_SHOWN} more")
        return "\n".join(lines)


def read_datasets(
    folder: Path,
    register: Register,
    files: Sequence[str | Path],
    *,
    layout: str | None = None,
    progress: Progress,
) -> DatasetsRead:
    """Take datasets of events into the event store of a case.

    Args:
        folder: of the case.
        register: in which actors are looked up.
        layout: name of a layout or path of a mapping file; None: the content decides.
        progress: called when a file is begun and when a batch is done.

    Raises:
        UnreadableDocument: a place does not exist.
        BadSetting: there is no such layout, or the mapping file breaks its form.
        CaseBusy: another process writes to the event store.
        StorageFull: no room; complete batches stand.
    """
    left_out: list[LeftOut] = []
    with Lake.open(folder, write=True) as lake:
        plans = open_events(files, layout, work=lake.folder / WORK, left_out=left_out.append)
        watched = _Watched(len(files), _size(files), progress)
        report = lake.ingest(
            watched.seen(plans), resolve=CodedActors(register), progress=watched.done
        )
    return DatasetsRead.of(report, left_out)


def sniffed(file: str | Path) -> str:
    """What a file is, and a mapping for it as TOML, to be looked over and corrected.

    Raises:
        UnreadableDocument: it cannot be read, or is no table.
    """
    known = is_dataset(str(file), list(built_in_layouts().values()))
    proposed = propose_mapping(file)
    if known:
        return proposed
    return (
        "# No dataset that is known. Look this over, save it as mapping.toml, and read the file\n"
        f"# with: inconcert read {shlex.quote(str(file))} --layout mapping.toml\n{proposed}"
    )


class _Watched:
    """Tells how far a run has come, by files and bytes."""

    def __init__(self, files: int, size: int, progress: Progress) -> None:
        self._files, self._size, self._progress = files, size, progress
        self._begun = self._bytes = 0
        self._lines = self._lines_done = 0

    def seen(self, plans: Iterator[Plan]) -> Iterator[Plan]:
        """The plans, each told of before it is taken."""
        for plan in plans:
            self._begun += len({part.origin for part in plan.files})
            self._lines, self._lines_done = plan.lines, 0
            self._tell(0.0)
            yield plan
            self._bytes += sum(path.stat().st_size for path in {p.origin for p in plan.files})
            self._tell(0.0)

    def done(self, entry: BatchEntry) -> None:
        """A batch counts now."""
        self._lines_done += entry.lines
        self._tell(min(1.0, self._lines_done / max(1, self._lines)))

    def _tell(self, share: float) -> None:
        whole = self._bytes / self._size if self._size else 0.0
        rest = (1 - whole) * share if self._files == self._begun else 0.0
        self._progress(min(self._begun, self._files), self._files, min(1.0, whole + rest))


def _size(files: Sequence[str | Path]) -> int:
    paths = [Path(file) for file in files]
    return sum(path.stat().st_size for path in paths if path.is_file())


def _record(item: LeftOut) -> dict[str, str]:
    return {"place": item.place, "reason": item.reason, "detail": item.detail}
