from __future__ import annotations

import csv
import errno
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from pyarrow import parquet

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.errors import BadInput, BadQuestion, StorageFull
from inconcert.show.export import export_events, export_statements
from inconcert.show.export_columns import EVENT_COLUMNS, STATEMENT_COLUMNS

SENTENCE = "Morland’s envoy and Ostra’s minister met in Port Vale on Monday."
AT = Located(
    "d1", Source("Vale Courier", "VAL"), "Talks, \"again\"", TimeSpan.day(date(2021, 7, 6)),
    "https://vale.example/1", "articles/1.txt", SENTENCE, 100,
)  # fmt: skip
MORLAND = Participant("MOR", ("GOV",), "the envoy", 100, 115)
OSTRA = Participant("OST", ("GOV", "LEG"), None, 120, 136)
EVENT = EventRecord(
    EventMention(
        "e1", "d1", 4, 137, 140, "CONSULT", "visit", ("diplomatic", "military"), (),
        (MORLAND, OSTRA), (), (Participant("VAL", (), None, 144, 153),),
        When(TimeSpan.day(date(2021, 7, 5)), "on Monday", "relative to document date"),
        "meet", 0.7,
    ),
    AT,
)  # fmt: skip
FUTURE = replace(EVENT, event=replace(EVENT.event, id="e2", auxiliary=("future",), when=When()))
STATEMENT = StatementRecord(
    Statement(
        "s1", "d1", 4, 150, 154, "say", (MORLAND,), "the envoy", (), (OSTRA,), "mixed", 100, 149,
        ((101, 110), (120, 130)), When(), "plain", 0.8,
    ),
    AT,
)  # fmt: skip


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_csv_file_has_the_stated_columns_and_one_record_a_row(tmp_path):
    path = tmp_path / "events.csv"
    assert export_events([EVENT, FUTURE], path) == (2, 0)
    first, second = rows(path)
    assert list(first) == [column.name for column in EVENT_COLUMNS]
    assert (first["actors"], first["actor_sectors"]) == ("MOR;OST", "GOV;GOV+LEG")
    assert (first["actor_names"], first["about"]) == ("the envoy;", "VAL")
    assert (first["day"], first["when_first"], first["title"]) == ("2021-07-05",) * 2 + (AT.title,)
    assert (second["day"], second["when_first"]) == ("2021-07-06", "")
    assert (second["auxiliary"], second["is_quoted"]) == ("future", "false")
    assert first["sentence"] == SENTENCE


def test_columns_keep_their_names_and_order():
    names = [column.name for column in EVENT_COLUMNS]
    assert names[:6] == ["id", "day", "type", "mode", "contexts", "auxiliary"]
    assert names[6:15:3] == ["actors", "recipients", "about"]
    assert names[-6:] == ["url", "place", "event", "outlet", "copy_of", "grade"]
    assert len(set(names)) == len(names)
    assert all(column.what for column in (*EVENT_COLUMNS, *STATEMENT_COLUMNS))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_can_be_taken_for_a_formula(tmp_path, start):
    evil = f'{start}HYPERLINK("http://evil.example")'
    at = replace(AT, sentence=evil, title=evil, source=Source(evil, None), url=evil)
    event = replace(EVENT.event, rule=evil, actors=(replace(MORLAND, name=evil),))
    said = replace(STATEMENT.statement, speaker_text=evil)
    export_events([EventRecord(event, at)], tmp_path / "events.csv")
    export_statements([StatementRecord(said, at)], tmp_path / "statements.csv")
    for name in ("events.csv", "statements.csv"):
        (row,) = rows(tmp_path / name)
        assert row["title"] == row["sentence"] == f"'{evil}"
        assert not any(cell.startswith(start) for cell in row.values())


def test_json_lines_hold_every_participant_with_its_span(tmp_path):
    path = tmp_path / "events.jsonl"
    assert export_events([EVENT, FUTURE], path) == (2, 0)
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert first["actors"][1] == {
        "code": "OST", "sectors": ["GOV", "LEG"], "name": None, "start": 120, "end": 136
    }  # fmt: skip
    assert first["predicate"] == {"start": 137, "end": 140}
    sentence = first["sentence"]
    assert (sentence["start"], sentence["end"]) == (100, 100 + len(SENTENCE))
    assert sentence["text"][137 - 100 : 140 - 100] == "met"
    assert (first["document"]["source"], first["document"]["speaker"]) == ("Vale Courier", None)
    assert second["when"] == {
        "first": None,
        "last": None,
        "text": "",
        "basis": "none",
        "granularity": "",
    }
    assert "’" in path.read_text(encoding="utf-8")


def test_parquet_holds_the_same_records_with_days_as_dates(tmp_path):
    events, statements = tmp_path / "e.parquet", tmp_path / "s.parquet"
    assert export_events([EVENT, FUTURE], events) == (2, 0)
    assert export_statements([STATEMENT], statements) == (1, 0)
    first, second = parquet.read_table(events).to_pylist()
    assert [who["code"] for who in first["actors"]] == ["MOR", "OST"]
    assert first["day"] == date(2021, 7, 5)
    assert first["document"]["published_last"] == date(2021, 7, 6)
    assert second["when"]["first"] is None
    (said,) = parquet.read_table(statements).to_pylist()
    assert said["quotes"] == [{"start": 101, "end": 110}, {"start": 120, "end": 130}]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_no_records_make_a_file_without_records(tmp_path, suffix):
    path = tmp_path / f"events{suffix}"
    assert export_events([], path) == (0, 0)
    if suffix == ".parquet":
        assert parquet.read_table(path).num_rows == 0
    else:
        assert len(path.read_text(encoding="utf-8").splitlines()) == (suffix == ".csv")


def test_statements_have_their_own_columns(tmp_path):
    path = tmp_path / "statements.CSV"
    assert export_statements([STATEMENT], path) == (1, 0)
    (row,) = rows(path)
    assert list(row) == [column.name for column in STATEMENT_COLUMNS]
    assert (row["speakers"], row["quotes"]) == ("MOR", "101-110;120-130")


def test_events_that_are_not_counted_can_be_left_out_and_are_counted(tmp_path):
    assert export_events([EVENT, FUTURE, FUTURE], tmp_path / "e.jsonl", plain_only=True) == (1, 2)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_record_that_is_no_text_is_left_out_and_counted(tmp_path, suffix):
    broken = replace(EVENT, at=replace(AT, sentence="half a pair \ud83d"))
    paired = replace(EVENT, at=replace(AT, sentence="a pair 😀 and \\ud83d spelt out"))
    path = tmp_path / f"e{suffix}"
    assert export_events([broken, paired], path) == (1, 1)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_break_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path, suffix):
    path = tmp_path / f"events{suffix}"
    path.write_bytes(b"old")

    def breaking() -> Iterator[EventRecord]:
        yield EVENT
        raise RuntimeError("somewhere else")

    with pytest.raises(RuntimeError):
        export_events(breaking(), path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_full_disk_is_told_plainly(tmp_path, suffix):
    def filling() -> Iterator[EventRecord]:
        yield EVENT
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull, match="Make room"):
        export_events(filling(), tmp_path / f"e{suffix}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_folder_that_is_not_there_is_told(tmp_path, suffix):
    with pytest.raises(BadInput, match="cannot be written"):
        export_events([EVENT], tmp_path / "nowhere" / f"e{suffix}")


def test_a_kind_of_file_that_nobody_writes_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(BadQuestion, match=r"\.csv, \.jsonl, \.parquet"):
        export_events([EVENT], tmp_path / "events.xlsx")
