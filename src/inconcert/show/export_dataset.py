"""Rows of coded datasets as files for other programs: CSV, JSON lines, Parquet, PLOVER JSON.

Rows come as the view `events` of the event store gives them, as dicts, and are written one batch
after the other; a million of them are never held. The columns stand in `data/dataset_columns.tsv`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from inconcert.judge.reliability import SHIPPED, Graded, Grades
from inconcert.ontology import plover
from inconcert.ontology.tables import read_table
from inconcert.show.export_acts import Act, Party, act_of_row
from inconcert.show.export_cells import cell, listed
from inconcert.show.export_file import Exported, is_text, replacing, require_suffix
from inconcert.show.plover_json import CODEBOOK, quad_of, scale_of

ROWS_AT_ONCE = 5_000
Row = Mapping[str, Any]


@cache
def dataset_columns() -> tuple[tuple[str, str, str], ...]:
    """Columns of a row: name, form and meaning, in order."""
    rows = read_table("inconcert.show", "data/dataset_columns.tsv")
    return tuple((row["column"], row["form"], row["what"]) for row in rows)


def export_rows(
    rows: Iterable[Row], path: Path, *, counted_only: bool = False, grades: Grades = SHIPPED
) -> Exported:
    """Write rows of a dataset to a file of the kind that its suffix tells.

    Args:
        rows: drawn one after the other; a column that is missing is written as empty.
        path: .csv, .jsonl or .parquet; a file that was there is replaced when all is written.
        counted_only: leave out rows that repeat another one.
        grades: how reliable the outlets are that rows name.

    Returns:
        The numbers of rows written and left out.

    Raises:
        BadQuestion: no exporter writes files of this suffix.
        BadInput, StorageFull: the file cannot be written.
    """
    writers: dict[str, Callable[[Path, Iterator[Row]], None]] = {
        ".csv": _write_csv,
        ".jsonl": _write_jsonl,
        ".parquet": _write_parquet,
    }
    require_suffix(path, tuple(writers), "a dataset")
    drawn = _Drawn(rows, counted_only, grades)
    with replacing(path) as fresh:
        writers[path.suffix.lower()](fresh, iter(drawn))
    return Exported(drawn.written, drawn.left_out)


def export_rows_as_plover(rows: Iterable[Row], path: Path) -> Exported:
    """Write counted rows of a dataset as PLOVER JSON to a .jsonl file.

    Statements, appeals, codes that stand for no PLOVER type, and rows that repeat another one are
    left out. What only texts tell (sentence, offsets) is null.

    Raises:
        BadQuestion: not a .jsonl file.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".jsonl",), "PLOVER JSON")
    written = left_out = 0
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            act = act_of_row(row)
            found = None if act is None else _as_plover(act)
            if found is None or not is_text(found):
                left_out += 1
                continue
            out.write(json.dumps(found, ensure_ascii=False) + "\n")
            written += 1
    return Exported(written, left_out)


class _Drawn:
    """Passes rows on that are to be written, and counts them and the others."""

    def __init__(self, rows: Iterable[Row], counted_only: bool, grades: Grades) -> None:
        self._rows, self._counted_only = rows, counted_only
        self._graded, self._codes = Graded(grades=grades), dict[str, str]()
        self.written = self.left_out = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            if self._counted_only and row.get("kept_as") is not None:
                self.left_out += 1
            else:
                self.written += 1
                yield {**row, "grade": self._grade(str(row.get("outlet") or ""))}

    def _grade(self, outlet: str) -> str:
        if outlet not in self._codes:
            self._codes[outlet] = self._graded.of_row(outlet).code
        return self._codes[outlet]


def _write_csv(path: Path, rows: Iterator[Row]) -> None:
    columns = dataset_columns()
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow([name for name, _, _ in columns])
        table.writerows([cell(_flat(row.get(name))) for name, _, _ in columns] for row in rows)


def _write_jsonl(path: Path, rows: Iterator[Row]) -> None:
    names = [name for name, _, _ in dataset_columns()]
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            record = {name: _plain(row.get(name)) for name in names}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_parquet(path: Path, rows: Iterator[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {
        "text": pa.string(),
        "list": pa.list_(pa.string()),
        "day": pa.date32(),
        "moment": pa.timestamp("us"),
        "whole": pa.int64(),
        "number": pa.float64(),
        "yes-no": pa.bool_(),
    }
    schema = pa.schema([(name, kinds[form]) for name, form, _ in dataset_columns()])
    names = schema.names
    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            columns = [
                pa.array([row.get(name) for row in batch], schema.field(name).type)
                for name in names
            ]
            batch.clear()
            out.write_table(pa.Table.from_arrays(columns, schema=schema))


def _flat(value: object) -> object:
    """A value in one cell."""
    if isinstance(value, (list, tuple)):
        return listed(str(item) for item in value)
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: object) -> object:
    """A value of JSON."""
    return value.isoformat() if isinstance(value, date) else value


def _as_plover(act: Act) -> dict[str, object] | None:
    """The fields of chapter 6 of the manual; None for what is no event of PLOVER."""
    if act.kind not in plover.event_types():
        return None
    return {
        "id": act.id,
        "date": None if act.day is None else act.day.isoformat(),
        "enddate": None if act.last in (None, act.day) else str(act.last),
        "actor": [_entity(who) for who in act.actors],
        "recipient": [_entity(who) for who in act.recipients],
        "event": [act.kind],
        "event_text": [act.text] if act.text else None,
        "quad_code": quad_of(act.kind),
        "event_scale": scale_of(act.kind, act.mode),
        "mode": [act.mode] if act.mode else None,
        "context": [*act.contexts, *act.auxiliary] or None,
        "text": None,
        "text_info": None,
        "cite_info": {
            "citation": act.id,
            "url": act.url,
            "title": None,
            "publication": act.outlet,
            "coder": act.source,
            "codebook": CODEBOOK,
        },
        "inconcert": {"scheme": act.scheme, "code": act.code, "mentions": act.mentions},
    }


def _entity(who: Party) -> dict[str, object]:
    return {
        "code": who.code,
        "sector": who.sectors[0] if who.sectors else None,
        "other_sector_codes": list(who.sectors[1:]) or None,
        "entity_text": who.words,
        "identifier_text": who.name,
    }
