"""From places to plans: files found, told apart, made ready, and put together by build."""

from __future__ import annotations

import errno
import glob
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from inconcert.core.provenance import LeftOut
from inconcert.errors import StorageFull, UnreadableDocument
from inconcert.read.events.layout import Layout, built_in_layouts, read_layout
from inconcert.read.events.plan import Part, Plan
from inconcert.read.events.plover import is_plover, write_plover
from inconcert.read.events.preparing import CELL, Dialect, head_lines, prepare
from inconcert.read.events.sniffing import Match, match_names, match_text, table_of
from inconcert.read.events.unpacking import DAMAGED, Limits, Source, is_parquet, sources_of
from inconcert.read.places import failed, files_at, require_places

MOST_FILES = 500
"""Most files of one plan."""

MOST_COPIED = 2_000_000_000
"""Most bytes of copies that lie in the working folder for one plan."""

_WILD = frozenset("*?[")


def open_events(
    paths: Sequence[str | Path],
    layout: Layout | str | Path | None = None,
    *,
    work: Path | None = None,
    today: date | None = None,
    limits: Limits | None = None,
    left_out: Callable[[LeftOut], None] | None = None,
) -> Iterator[Plan]:
    """Plans for all files at some places, as many files in a plan as are alike and follow.

    The copies of a plan are removed when the next plan is asked for, or the iteration ends.

    Args:
        paths: files, folders, or names with `*`, `?` and `[…]`.
        layout: name of a layout or path of a mapping file, where the content is not to decide.
        work: folder for copies of what is packed or no clean UTF-8; one of the system if not given.
        left_out: told of each file that gives no rows at all, and why. Without it the first such
            file ends the reading.

    Raises:
        BadSetting: there is no such layout, or the mapping file breaks its form.
        UnreadableDocument: a place does not exist; or, without `left_out`, a file gives no rows.
        OSError: the working folder cannot be written.
    """
    chosen = None if layout is None else _layout(layout)
    found = [each for path in paths for each in _expanded(path)]
    require_places(found)
    settings = _Settings(
        chosen,
        today or datetime.now(tz=UTC).date(),
        limits or Limits(),
        left_out or _refuse,
    )
    return _plans(found, settings, work)


@dataclass(frozen=True, slots=True)
class _Settings:
    layout: Layout | None
    today: date
    limits: Limits
    left_out: Callable[[LeftOut], None]

    @property
    def layouts(self) -> Sequence[Layout]:
        """Layouts that a file may have."""
        return list(built_in_layouts().values()) if self.layout is None else [self.layout]


@dataclass(slots=True)
class _Gathered:
    """Files of the next plan."""

    key: object = None
    plan: Plan | None = None
    parts: list[Part] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)

    @property
    def copied(self) -> int:
        return sum(part.path.stat().st_size for part in self.parts if part.is_copy)

    def taken(self) -> Plan | None:
        """The plan, and its files forgotten here."""
        if self.plan is None:
            return None
        plan = Plan(
            layout=self.plan.layout,
            files=tuple(self.parts),
            cells=self.plan.cells,
            width=self.plan.width,
            delimiter=self.plan.delimiter,
            skip=self.plan.skip,
            is_numbered=self.plan.is_numbered,
            today=self.plan.today,
            parquet_names=self.plan.parquet_names,
            notes=tuple(self.notes),
        )
        self.key, self.plan, self.parts, self.notes = None, None, [], []
        return plan


def _layout(given: Layout | str | Path) -> Layout:
    return given if isinstance(given, Layout) else read_layout(given)


def _refuse(item: LeftOut) -> None:
    raise UnreadableDocument(item.reason, where=item.place, advice=item.detail)


def _expanded(path: str | Path) -> list[str]:
    """The path; or, where it has wild cards and no such file is there, all that fit."""
    text = str(path)
    if _WILD.isdisjoint(text) or Path(text).exists():
        return [text]
    found = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 — the name may be absolute
    if not found:
        raise UnreadableDocument(
            "no file fits the name", where=text, advice="Check the folder and the wild cards."
        )
    return found


def _plans(places: Sequence[str], settings: _Settings, work: Path | None) -> Iterator[Plan]:
    with tempfile.TemporaryDirectory(prefix="events-", dir=work) as folder:
        gathered = _Gathered()
        for number, source in enumerate(_sources(places, settings)):
            single = _single(source, Path(folder) / f"{number}", settings)
            if single is None:
                continue
            key = _key(single)
            full = len(gathered.parts) >= MOST_FILES or gathered.copied > MOST_COPIED
            if gathered.plan is not None and (full or key != gathered.key):
                yield from _given(gathered)
            gathered.key, gathered.plan = key, single
            gathered.parts += single.files
            gathered.notes += single.notes
        yield from _given(gathered)


def _given(gathered: _Gathered) -> Iterator[Plan]:
    plan = gathered.taken()
    if plan is None:
        return
    yield plan
    for part in plan.files:
        if part.is_copy:
            part.path.unlink(missing_ok=True)


def _key(plan: Plan) -> object:
    """What files must share to stand in one plan."""
    return (
        plan.layout.name,
        tuple(plan.cells.items()),
        plan.width,
        plan.delimiter,
        plan.skip,
        plan.is_numbered,
        plan.parquet_names,
    )


def _sources(places: Sequence[str], settings: _Settings) -> Iterator[Source]:
    for place in places:
        for file in files_at(place, recursive=True, left_out=settings.left_out):
            try:
                yield from sources_of(Path(file), settings.limits)
            except UnreadableDocument as error:
                settings.left_out(LeftOut(error.where, error.what, error.advice))
            except (OSError, *DAMAGED) as error:
                settings.left_out(_damaged(file, error))


def _single(source: Source, copy: Path, settings: _Settings) -> Plan | None:
    """The plan of one file; None, with the reason told, where it gives none."""
    try:
        head = source.head(settings.limits)
        if not head.strip():
            raise UnreadableDocument("empty", where=source.name, advice="Nothing in it.")
        if is_parquet(head):
            return _of_parquet(source, copy, settings)
        if settings.layout is None and is_plover(head):
            return _of_plover(source, copy, settings)
        return _of_text(source, head, copy, settings)
    except UnreadableDocument as error:
        problem = LeftOut(error.where, error.what, error.advice)
    except (OSError, *DAMAGED) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise _full(copy) from error
        problem = _damaged(source.name, error)
    except LookupError as error:
        problem = LeftOut(source.name, "encoding unknown", f"{error}. Correct `encoding`.")
    copy.unlink(missing_ok=True)
    settings.left_out(problem)
    return None


def _full(copy: Path) -> StorageFull:
    return StorageFull(
        "the disk holds no more",
        where=str(copy.parent),
        advice="Packed files are unpacked here one plan at a time; free some space or name "
        "another folder for it.",
    )


def _damaged(name: str, error: Exception) -> LeftOut:
    if isinstance(error, DAMAGED):
        detail = f"The packed file breaks off or is damaged ({error}); nothing of it was taken."
        return LeftOut(name, "damaged", f"{detail} Get it again.")
    return failed(name, error if isinstance(error, OSError) else OSError(str(error)), items=0)


def _of_text(source: Source, head: bytes, copy: Path, settings: _Settings) -> Plan:
    lines = head_lines(head, settings.layout.encoding if settings.layout else "")
    match = match_text(lines, settings.layouts)
    if match is None:
        raise _unknown(source, lines, settings)
    dialect = Dialect(match.delimiter, match.quote, match.skip, match.layout.encoding, match.width)
    ready = prepare(source, dialect, copy, settings.limits)
    notes = []
    if ready.recoded:
        notes.append(
            LeftOut(
                source.name,
                "another encoding (rows kept)",
                f"{ready.recoded:,} lines were not UTF-8 and were read as Windows-1252.",
            )
        )
    return Plan(
        layout=match.layout,
        files=(Part(source.name, ready.path, ready.lines, source.path, ready.is_copy),),
        cells=dict(match.cells),
        width=match.width,
        delimiter=CELL.decode() if ready.is_copy else match.delimiter,
        skip=0 if ready.is_copy else match.skip,
        is_numbered=ready.is_copy,
        today=settings.today,
        notes=tuple(notes),
    )


def _of_parquet(source: Source, copy: Path, settings: _Settings) -> Plan:
    import pyarrow.parquet as pq

    path = source.path
    if source.packing != "plain":
        path = copy
        with source.opened(settings.limits) as stream, copy.open("wb") as out:
            while data := stream.read(1 << 20):
                out.write(data)
    try:
        file = pq.ParquetFile(path)
        names, rows = tuple(file.schema_arrow.names), file.metadata.num_rows
        file.close()
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise UnreadableDocument(
            f"no whole Parquet file: {error}", where=source.name, advice="Get it again."
        ) from error
    match = match_names(names, settings.layouts)
    if match is None:
        raise _unknown(source, [", ".join(names)], settings)
    part = Part(source.name, path, rows, source.path, source.packing != "plain")
    return _like(match, part, settings, parquet_names=names)


def _like(
    match: Match, part: Part, settings: _Settings, *, parquet_names: tuple[str, ...] = ()
) -> Plan:
    return Plan(
        layout=match.layout,
        files=(part,),
        cells=dict(match.cells),
        width=match.width,
        delimiter=CELL.decode(),
        skip=0,
        is_numbered=not parquet_names,
        today=settings.today,
        parquet_names=parquet_names,
    )


def _of_plover(source: Source, copy: Path, settings: _Settings) -> Plan:
    layout = built_in_layouts()["plover-json"]
    lines = write_plover(source, copy, layout.columns, settings.limits)
    cells = tuple((name, place) for place, name in enumerate(layout.columns, start=1))
    match = Match(layout, CELL.decode(), "", cells, len(cells), 0, 1.0)
    return _like(match, Part(source.name, copy, lines, source.path, is_copy=True), settings)


def _unknown(source: Source, lines: Sequence[str], settings: _Settings) -> UnreadableDocument:
    shown = lines[0][:200] if lines else ""
    if settings.layout is not None:
        needs = settings.layout.needs or settings.layout.columns
        return UnreadableDocument(
            f"the columns are not those of {settings.layout.name}",
            where=source.name,
            advice=f"It needs {', '.join(needs)}; the file begins: {shown}",
        )
    width = max((len(row) for mark in "\t,;|" for row in table_of(lines[:1], mark, "")), default=0)
    return UnreadableDocument(
        "no dataset that is known",
        where=source.name,
        advice=f"{width} columns; it begins: {shown}. "
        "`inconcert read --sniff FILE` proposes a mapping for it.",
    )
