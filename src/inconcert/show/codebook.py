"""Codebooks of exported files, for people (CSV) and for programs (JSON Schema, draft 2020-12)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from inconcert.core.event import AUXILIARY_MODES
from inconcert.core.place import PRECISIONS
from inconcert.errors import BadQuestion
from inconcert.ontology import plover
from inconcert.ontology.tables import read_table
from inconcert.show.export_cells import harmless
from inconcert.show.export_columns import EVENT_COLUMNS, STATEMENT_COLUMNS
from inconcert.show.export_dataset import dataset_columns
from inconcert.show.export_file import replacing
from inconcert.show.tie_list import TIE_COLUMNS

FORMS: Mapping[str, Mapping[str, str]] = {
    "text": {"type": "string"},
    "list": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "yes-no": {"type": "boolean"},
}
"""Forms of a value, and their JSON Schema. A list stands in one cell, parted by `;`."""

KINDS = ("events", "statements", "dataset", "ties", "gdelt")
"""Kinds of rows that a codebook can be asked for."""

_NEVER_EMPTY = frozenset({"id", "type", "actor", "recipient", "sign", "mutual", "n", "code"})


class Field(NamedTuple):
    """One column or field: name or path, form, meaning, and its values where they are few."""

    name: str
    form: str
    what: str
    values: tuple[str, ...]


def kind_of(form: str, what: str = "events", *, is_dataset: bool = False) -> str:
    """The kind of rows that a form of file has.

    Args:
        form: as `export_forms.form_of` gives it.
        what: `events` or `statements`, of tables.
        is_dataset: the rows are those of a coded dataset.

    Raises:
        BadQuestion: the form has no columns; its own standard says what stands where.
    """
    if form in ("ties", "gdelt"):
        return form
    if form != "table":
        raise BadQuestion(
            f"{form} has no columns of ours to tell of",
            where="--codebook",
            advice="Its standard tells what stands where; a codebook goes with .csv, .jsonl, "
            ".parquet, ties and gdelt.",
        )
    return "dataset" if is_dataset else what


def fields_of(kind: str, *, nested: bool = False) -> tuple[Field, ...]:
    """The columns of a file, in order.

    Args:
        kind: one of `KINDS`.
        nested: as in JSON lines and Parquet; events and statements differ from CSV there.

    Raises:
        BadQuestion: no such kind.
    """
    if kind not in KINDS:
        raise BadQuestion(f"no codebook of {kind!r}", where="kind", advice=f"One of {KINDS}.")
    if nested and kind in ("events", "statements"):
        rows = read_table("inconcert.show", "data/record_fields.tsv")
        wanted = ("both", kind.removesuffix("s"))
        found = [(row["path"], row["form"], row["what"]) for row in rows if row["of"] in wanted]
    else:
        found = _flat(kind)
    return tuple(Field(name, form, what, _values(kind, name)) for name, form, what in found)


def _flat(kind: str) -> list[tuple[str, str, str]]:
    if kind == "events":
        return [(column.name, column.form, column.what) for column in EVENT_COLUMNS]
    if kind == "statements":
        return [(column.name, column.form, column.what) for column in STATEMENT_COLUMNS]
    if kind == "gdelt":
        rows = read_table("inconcert.show", "data/gdelt_columns.tsv")
        known = {"-": "not known; always empty"}
        return [(row["column"], row["form"], known.get(row["what"], row["what"])) for row in rows]
    return list(dataset_columns() if kind == "dataset" else TIE_COLUMNS)


def codebook(kind: str, *, nested: bool = False) -> str:
    """A codebook as CSV: column, form, meaning, values parted by `;`."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["column", "form", "what", "values"])
    for field in fields_of(kind, nested=nested):
        rows.writerow([harmless(str(each)) for each in (*field[:3], ";".join(field.values))])
    return out.getvalue()


def schema(kind: str, *, nested: bool = False, lists: bool | None = None) -> dict[str, Any]:
    """JSON Schema of one row or record.

    Of CSV it tells what the cells hold once empty ones are taken for null, numbers for numbers and
    `true` and `false` for themselves.

    Args:
        kind: one of `KINDS`.
        nested: as in JSON lines and Parquet.
        lists: columns of lists are arrays; as `nested` if not given.
    """
    as_arrays = nested if lists is None else lists
    top: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    for field in fields_of(kind, nested=nested):
        _put(top, field.name.split("."), field, as_arrays)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"InConcert {kind}",
        **top,
    }


def _put(parent: dict[str, Any], path: list[str], field: Field, as_arrays: bool) -> None:
    """Put the schema of a field at its place among the properties of an object."""
    name, is_list = path[0].removesuffix("[]"), path[0].endswith("[]")
    properties = parent["properties"]
    if name not in properties:
        parent["required"].append(name)
    if len(path) == 1:
        leaf = _leaf(field, as_arrays)
        if is_list:
            leaf = {"type": "array", "items": {"type": "string"}, "description": field.what}
        properties[name] = leaf
        return
    if name not in properties:
        inner: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
        if not is_list and name == "where":
            inner["type"] = ["object", "null"]
        properties[name] = {"type": "array", "items": inner} if is_list else inner
    inside = properties[name]["items"] if is_list else properties[name]
    _put(inside, path[1:], field, as_arrays)


def _leaf(field: Field, as_arrays: bool) -> dict[str, Any]:
    made: dict[str, Any] = dict(FORMS[field.form])
    if field.form == "list" and as_arrays:
        made = {"type": ["array", "null"], "items": {"type": "string"}}
    elif field.name not in _NEVER_EMPTY:
        made["type"] = [made["type"], "null"]
    made["description"] = field.what
    if field.values and field.form == "text":
        made["examples"] = list(field.values)
    return made


def write_codebook(path: Path, kind: str) -> tuple[Path, Path]:
    """Write codebook and JSON Schema beside an exported file, under its name.

    `events.csv` gets `events.csv.codebook.csv` and `events.csv.schema.json`.

    Args:
        path: the exported file; its suffix says which form it has.
        kind: one of `KINDS`.

    Returns:
        The two files.

    Raises:
        BadQuestion: no such kind.
        BadInput, StorageFull: a file cannot be written.
    """
    nested = path.suffix.lower() in (".jsonl", ".parquet")
    book, rules = (path.with_name(path.name + end) for end in (".codebook.csv", ".schema.json"))
    with replacing(book) as fresh:
        fresh.write_text(codebook(kind, nested=nested), encoding="utf-8", newline="")
    with replacing(rules) as fresh:
        text = json.dumps(schema(kind, nested=nested), ensure_ascii=False, indent=1)
        fresh.write_text(text + "\n", encoding="utf-8", newline="\n")
    return book, rules


# -- values


def _values(kind: str, name: str) -> tuple[str, ...]:
    """Values of a column where they come from a closed list, or nearly: a case has its own."""
    given = _lists().get(name.rpartition(".")[2].removesuffix("[]"))
    if kind == "gdelt" or given is None or (name == "form" and kind != "statements"):
        return ()
    return given()


@cache
def _lists() -> Mapping[str, Callable[[], tuple[str, ...]]]:
    sectors = ("actor_sectors", "recipient_sectors", "about_sectors", "speaker_sectors", "sectors")
    return {
        "type": lambda: tuple(plover.event_types()),
        "mode": lambda: tuple(
            dict.fromkeys(m for t in plover.event_types() for m in plover.modes(t))
        ),
        "contexts": lambda: tuple(plover.contexts()),
        "auxiliary": lambda: AUXILIARY_MODES,
        "precision": lambda: PRECISIONS,
        "commitment": lambda: ("promise", "demand", "denial", "condition", "none"),
        "form": lambda: ("direct", "mixed", "indirect", "performative"),
        "affiliation": lambda: ("state", "party", "independent", "unknown"),
        "statement_kind": lambda: ("statement", "appeal"),
        **dict.fromkeys(sectors, lambda: tuple(plover.sectors())),
    }
