from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from tests.show.made_acts import MEETING, RUSSIA, THREAT, located

from inconcert.core.event import When
from inconcert.core.evidence import StatementRecord
from inconcert.core.statement import Stance, Statement
from inconcert.errors import BadQuestion
from inconcert.ontology import plover
from inconcert.show.codebook import (
    FORMS,
    KINDS,
    codebook,
    fields_of,
    kind_of,
    schema,
    write_codebook,
)
from inconcert.show.export import event_json, statement_json
from inconcert.show.export_columns import EVENT_COLUMNS
from inconcert.show.export_parquet import _schema as parquet_schema

SAID = StatementRecord(
    Statement(
        "s1", "d1", 0, 114, 117, "say", (RUSSIA,), "Russia", (), (), "mixed", 120, 140,
        ((121, 130),), When(), "plain", 0.8, (Stance("CHN", 1, ((121, 125),)),), "promise",
        within="s0",
    ),
    located(),
)  # fmt: skip
TYPES = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list,
    "object": dict, "null": type(None),
}  # fmt: skip


def faults(value: Any, rules: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Where a value breaks a schema, of the words of JSON Schema that we use."""
    allowed = rules["type"] if isinstance(rules["type"], list) else [rules["type"]]
    if not any(isinstance(value, TYPES[name]) for name in allowed):
        yield f"{place} is {value!r}, not {allowed}"
    if isinstance(value, dict):
        yield from (f"{place}.{name} missing" for name in rules["required"] if name not in value)
        for name, each in value.items():
            if name not in rules["properties"]:
                yield f"{place}.{name} unknown"
            else:
                yield from faults(each, rules["properties"][name], f"{place}.{name}")
    if isinstance(value, list):
        for each in value:
            yield from faults(each, rules["items"], f"{place}[]")
    if rules.get("format") == "date" and isinstance(value, str):
        date.fromisoformat(value)
    if rules.get("format") == "date-time" and isinstance(value, str):
        datetime.fromisoformat(value)


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("events", event_json(MEETING)),
        ("events", event_json(THREAT)),
        ("statements", statement_json(SAID)),
    ],
)
def test_records_hold_what_the_schema_says_and_nothing_else(kind, record):
    record, rules = json.loads(json.dumps(record)), schema(kind, nested=True)
    assert list(faults(record, rules)) == []
    assert list(faults({**record, "id": 3}, rules)) == ["$.id is 3, not ['string']"]
    del record["rule"]
    assert list(faults(record, rules)) == ["$.rule missing"]


@pytest.mark.parametrize("kind", ["event", "statement"])
def test_the_fields_are_those_of_the_parquet_file(kind):
    def paths(field: Any, before: str) -> Iterator[str]:
        name, of = before + field.name, field.type
        if str(of).startswith("list"):
            name, of = f"{name}[]", of.value_type
        if str(of).startswith("struct"):
            for inner in of:
                yield from paths(inner, f"{name}.")
        else:
            yield name

    told = [path for field in parquet_schema(kind) for path in paths(field, "")]
    assert sorted(told) == sorted(field.name for field in fields_of(f"{kind}s", nested=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nested", [False, True])
def test_every_column_has_a_form_a_meaning_and_its_own_name(kind, nested):
    fields = fields_of(kind, nested=nested)
    assert len({field.name for field in fields}) == len(fields)
    assert all(field.form in FORMS and field.what for field in fields)
    rows = list(csv.DictReader(io.StringIO(codebook(kind, nested=nested), newline="")))
    assert [row["column"] for row in rows] == [field.name for field in fields]
    assert json.dumps(schema(kind, nested=nested))


def test_the_codebook_of_events_tells_the_columns_of_the_csv_file_and_plover_s_words():
    fields = {field.name: field for field in fields_of("events")}
    assert list(fields) == [column.name for column in EVENT_COLUMNS]
    assert fields["type"].values == tuple(plover.event_types())
    assert fields["auxiliary"].values == ("historical", "future", "hypothetical", "negation")
    assert (fields["latitude"].form, fields["when_first"].form) == ("number", "day")
    assert (fields["is_quoted"].form, fields["actors"].form) == ("yes-no", "list")
    assert fields["sentence"].values == ()


def test_forms_of_csv_columns_fit_their_values():
    fits = {"whole": int, "number": float, "yes-no": bool, "day": str, "list": str, "text": str}
    for column in EVENT_COLUMNS:
        value = column.value(MEETING)
        assert value is None or isinstance(value, fits[column.form]), column.name
        if column.form == "day" and value is not None:
            date.fromisoformat(str(value))


def test_both_files_stand_beside_the_exported_one_under_its_whole_name(tmp_path):
    book, rules = write_codebook(tmp_path / "events.csv", "events")
    assert (book.name, rules.name) == ("events.csv.codebook.csv", "events.csv.schema.json")
    assert json.loads(rules.read_text())["properties"]["actors"]["type"] == ["string", "null"]
    _, nested = write_codebook(tmp_path / "events.parquet", "events")
    assert json.loads(nested.read_text())["properties"]["actors"]["type"] == "array"
    assert len(list(tmp_path.iterdir())) == 4


def test_what_has_no_columns_of_ours_is_refused():
    assert kind_of("table", "statements") == "statements"
    assert kind_of("table", is_dataset=True) == "dataset"
    assert kind_of("gdelt") == "gdelt"
    with pytest.raises(BadQuestion, match="stix"):
        kind_of("stix")
    with pytest.raises(BadQuestion, match="poems"):
        fields_of("poems")
