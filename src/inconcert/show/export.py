"""Events and statements as files for other programs: CSV, JSON lines, Parquet, PLOVER JSON.

CSV has one record a row with the columns of `EVENT_COLUMNS` or `STATEMENT_COLUMNS`; their names
and order are kept from version to version, new ones come last. Where a cell lists several things
they are parted by `;`, in the same order in all columns of one role: the second of `actors` has
the second of `actor_names`. Texts are made harmless to spreadsheets (`export_cells`, which brings
them back). JSON lines and Parquet hold the same records nested.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Generic

from inconcert.core.event import When
from inconcert.core.evidence import EventRecord, Located, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.statement import Stance
from inconcert.errors import BadQuestion
from inconcert.judge.reliability import Graded
from inconcert.show.export_cells import cell, iso
from inconcert.show.export_columns import (
    EVENT_COLUMNS,
    STATEMENT_COLUMNS,
    Column,
    Record,
    graded_column,
)
from inconcert.show.export_file import Exported, is_text, replacing
from inconcert.show.export_parquet import ParquetFile
from inconcert.show.plover_json import plover_json

RECORDS_AT_ONCE = 2_000


def export_events(
    records: Iterable[EventRecord],
    path: Path,
    *,
    plain_only: bool = False,
    graded: Graded | None = None,
) -> Exported:
    """Write events to a file of the kind that its suffix tells: .csv, .jsonl or .parquet.

    The file appears under its name only when it is complete; one that was there is replaced.

    Args:
        records: drawn one after the other; not all are held at a time.
        plain_only: leave out events with an auxiliary mode, which are not counted.
        graded: all that the records are graded among; without it the grades stay empty.

    Returns:
        The numbers of records written and left out. Those that hold characters which stand for
        nothing (halves of surrogate pairs) are left out too.

    Raises:
        BadQuestion: no exporter writes files of this suffix.
        BadInput: the file cannot be written here.
        StorageFull: no room; a file that was there stands as it was.
    """
    wanted = (None if plain_only and record.event.auxiliary else record for record in records)
    columns = (*EVENT_COLUMNS[:-1], graded_column(graded))
    return _export(wanted, path, columns, partial(event_json, graded=graded), "event")


def export_plover(
    records: Iterable[EventRecord],
    path: Path,
    *,
    plain_only: bool = False,
    coder: str | None = None,
) -> Exported:
    """Write events as PLOVER JSON to a .jsonl file, as `export_events` does.

    Args:
        coder: name and version of what coded them.
    """
    if path.suffix.lower() != ".jsonl":
        raise BadQuestion(
            f"PLOVER JSON is not written to files like {path.name!r}",
            where=str(path),
            advice="End the name in .jsonl.",
        )
    wanted = (None if plain_only and record.event.auxiliary else record for record in records)
    as_json = partial(plover_json, coder=coder)
    return _export(wanted, path, EVENT_COLUMNS, as_json, "event")


def export_statements(
    records: Iterable[StatementRecord], path: Path, *, graded: Graded | None = None
) -> Exported:
    """Write statements to a file, as `export_events` does."""
    columns = (*STATEMENT_COLUMNS[:-1], graded_column(graded))
    return _export(records, path, columns, partial(statement_json, graded=graded), "statement")


def event_json(record: EventRecord, *, graded: Graded | None = None) -> dict[str, object]:
    """An event in the manner of PLOVER's JSON, with every span of characters it rests on."""
    event = record.event
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        "actors": _people(event.actors),
        "recipients": _people(event.recipients),
        "about": _people(event.about),
        "event": record.event_id,
        "outlet": record.outlet,
        "copy_of": None if record.copied is None else record.copied[0],
        "day": iso(record.day),
        "when": _when(event.when),
        "where": None if event.where is None else asdict(event.where),
        "predicate": {"start": event.start, "end": event.end},
        "rule": event.rule,
        "confidence": event.confidence,
        "is_quoted": event.is_quoted,
        "sentence": _sentence(record.at, event.sentence),
        "document": _document(record.at),
        "grade": None if graded is None else graded.of(record).code,
    }


def stance_json(stance: Stance) -> dict[str, object]:
    """How a speaker stands toward an actor, with the words that carry it."""
    words = [{"start": start, "end": end} for start, end in stance.words]
    return {"code": stance.code, "sign": stance.sign, "words": words}


def statement_json(record: StatementRecord, *, graded: Graded | None = None) -> dict[str, object]:
    """A statement with every span of characters it rests on."""
    said = record.statement
    return {
        "id": said.id,
        "speakers": _people(said.speakers),
        "speaker_text": said.speaker_text,
        "addressees": _people(said.addressees),
        "about": _people(said.about),
        "form": said.form,
        "day": iso(record.day),
        "when": _when(said.when),
        "cue": {"lemma": said.cue, "start": said.start, "end": said.end},
        "content": {"start": said.content_start, "end": said.content_end},
        "quotes": [{"start": start, "end": end} for start, end in said.quotes],
        "stance": [stance_json(one) for one in said.stance],
        "commitment": said.commitment,
        "is_anonymous": said.is_anonymous,
        "source_country": said.source_country,
        "source_sectors": list(said.source_sectors),
        "within": said.within,
        "rule": said.rule,
        "confidence": said.confidence,
        "sentence": _sentence(record.at, said.sentence),
        "document": _document(record.at),
        "grade": None if graded is None else graded.of(record).code,
    }


# -- writing


def _export(
    records: Iterable[Record | None],
    path: Path,
    columns: tuple[Column[Record], ...],
    as_json: Callable[[Record], dict[str, object]],
    kind: str,
) -> Exported:
    writers: dict[str, Callable[[Path, Iterator[Record]], None]] = {
        ".csv": partial(_write_csv, columns=columns),
        ".jsonl": partial(_write_jsonl, as_json=as_json),
        ".parquet": partial(_write_parquet, as_json=as_json, kind=kind),
    }
    if path.suffix.lower() not in writers:
        raise BadQuestion(
            f"no exporter writes files like {path.name!r}",
            where=str(path),
            advice=f"End the name in {', '.join(writers)}.",
        )
    counted = _Counted(records, as_json)
    with replacing(path) as fresh:
        writers[path.suffix.lower()](fresh, iter(counted))
    return Exported(counted.written, counted.left_out)


class _Counted(Generic[Record]):
    """Passes on the records that can be written, and counts them and the others."""

    def __init__(
        self,
        records: Iterable[Record | None],
        as_json: Callable[[Record], dict[str, object]],
    ) -> None:
        self._records, self._as_json = records, as_json
        self.written = self.left_out = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            if record is None or not is_text(self._as_json(record)):
                self.left_out += 1
            else:
                self.written += 1
                yield record


def _write_csv(
    path: Path, records: Iterator[Record], *, columns: tuple[Column[Record], ...]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow([column.name for column in columns])
        rows.writerows([cell(column.value(record)) for column in columns] for record in records)


def _write_jsonl(
    path: Path, records: Iterator[Record], *, as_json: Callable[[Record], dict[str, object]]
) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(json.dumps(as_json(record), ensure_ascii=False) + "\n")


def _write_parquet(
    path: Path,
    records: Iterator[Record],
    *,
    as_json: Callable[[Record], dict[str, object]],
    kind: str,
) -> None:
    with ParquetFile(path, kind) as out:
        while batch := [as_json(record) for record in islice(records, RECORDS_AT_ONCE)]:
            out.write(batch)


# -- values


def _people(cast: tuple[Participant, ...]) -> list[dict[str, object]]:
    return [
        {
            "code": who.code,
            "sectors": list(who.sectors),
            "name": who.name,
            "start": who.start,
            "end": who.end,
        }
        for who in cast
    ]


def _when(when: When) -> dict[str, object]:
    span = when.span
    return {
        "first": None if span is None else iso(span.first),
        "last": None if span is None else iso(span.last),
        "text": when.text,
        "basis": when.basis,
        "granularity": when.granularity,
    }


def _sentence(at: Located, index: int) -> dict[str, object]:
    return {
        "index": index,
        "start": at.start,
        "end": at.start + len(at.sentence),
        "text": at.sentence,
    }


def _document(at: Located) -> dict[str, object]:
    return {
        "id": at.document,
        "title": at.title,
        "source": at.source.name,
        "country": at.source.country,
        "affiliation": at.source.affiliation,
        "published_first": None if at.published is None else iso(at.published.first),
        "published_last": None if at.published is None else iso(at.published.last),
        "url": at.url,
        "place": at.place,
        "speaker": at.speaker_code,
    }
