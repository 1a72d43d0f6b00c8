from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.mention import Participant
from inconcert.core.provenance import LeftOut
from inconcert.core.span import TimeSpan
from inconcert.errors import UnreadableDocument
from inconcert.ontology import plover
from inconcert.read.plover_json import events_of, read_plover_json
from inconcert.show.export import export_plover

SENTENCE = "Ostra’s envoy, “tired”, will not meet the rebels, said Morland’s army."
AT = Located(
    "d1", Source("Vale Courier", "VAL", "state"), "Talks", TimeSpan.day(date(2021, 7, 6)),
    "https://vale.example/1", "articles/1.txt", SENTENCE, 100, "MOR",
)  # fmt: skip
EVENT = EventRecord(
    EventMention(
        "e1", "d1", 4, 133, 137, "REJECT", "meet", ("diplomatic", "military"), ("future",),
        (Participant("OST", ("GOV", "LEG"), "Ida Berg", 100, 113),),
        (Participant("VALREB", ("REB",), None, 138, 148),),
        (Participant("WST", (), None, 900, 908),),
        When(TimeSpan(date(2021, 7, 5), date(2021, 7, 9)), "this week", "absolute"),
        "meet", 0.725, True,
    ),
    AT,
)  # fmt: skip
BARE = EventRecord(
    EventMention("e2", "d2", 0, 0, 3, "PROTEST", None, (), (), (), (), (), When(), "r", 0.0),
    Located("d2", Source("X"), None, None, None, "a.txt:3", "Sat in.", 0),
)
SIMPLE = {
    "id": "PHOX-0042",
    "date": "2016-07-24",
    "actor": [{"code": "USA"}],
    "recipient": [{"code": "CAN"}],
    "event": ["CONSULT"],
}


def only(record: dict[str, object]) -> EventRecord:
    (event,), notes = events_of(record, where="f.jsonl:1")
    assert notes == ()
    return event


def notes_of(record: dict[str, object]) -> list[str]:
    return [note.detail for note in events_of(record, where="f.jsonl:1")[1]]


def file_of(tmp_path: Path, *lines: str, name: str = "events.jsonl") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_what_was_written_comes_back_whole(tmp_path) -> None:
    path = tmp_path / "events.jsonl"
    own = replace(EVENT, event=replace(EVENT.event, id="e3", type="BORDER", mode="closure"))
    export_plover([EVENT, BARE, own], path)
    assert list(read_plover_json(path)) == [EVENT, BARE, own]


@pytest.mark.parametrize("kind", sorted(plover.event_types()))
def test_every_type_mode_and_auxiliary_mode_comes_back(tmp_path, kind: str) -> None:
    events = [
        replace(EVENT, event=replace(EVENT.event, type=kind, mode=mode, auxiliary=(aside,)))
        for mode in [None, *plover.modes(kind)]
        for aside in plover.auxiliary_modes()
    ]
    export_plover(events, tmp_path / "e.jsonl")
    assert list(read_plover_json(tmp_path / "e.jsonl")) == events


def test_the_manuals_simplest_record_is_read_with_all_else_unknown() -> None:
    record = only(SIMPLE)
    event = record.event
    assert (event.id, event.type, event.mode, event.contexts) == ("PHOX-0042", "CONSULT", None, ())
    assert [who.code for who in (*event.actors, *event.recipients)] == ["USA", "CAN"]
    assert (record.day, event.when.text) == (date(2016, 7, 24), "")
    assert (event.start, event.end, event.confidence) == (0, 0, 1.0)
    assert (record.at.sentence, record.at.title, record.at.source.name) == (
        "",
        None,
        "unnamed source",
    )


def test_the_fields_of_the_manuals_other_entity_block_are_read() -> None:
    entity = {
        "raw_text": "Berg",
        "entity_name": "Ida Berg",
        "country_name": "OST",
        "sector_code": "GOV",
        "other_sector_codes": "PTY;OPP",
    }
    (who,) = only({**SIMPLE, "actor": entity, "text": "Yesterday Berg met."}).event.actors
    assert who == Participant("OST", ("GOV", "PTY", "OPP"), "Ida Berg", 10, 14)


def test_six_letters_of_sector_are_two_sectors() -> None:
    (who,) = only({**SIMPLE, "actor": [{"code": "OST", "sector": "GOVMIL"}]}).event.actors
    assert who.sectors == ("GOV", "MIL")


def test_the_words_of_an_event_are_found_in_its_text_at_the_offset_of_the_text() -> None:
    found = only({**SIMPLE, "text": "They met.", "text_info": {"start": 50}, "event_text": ["met"]})
    assert (found.event.start, found.event.end) == (55, 58)


def test_several_types_become_an_event_each_with_the_mode_that_is_its_own() -> None:
    record = {**SIMPLE, "event": ["COERCE", "SANCTION"], "mode": ["convict", "arrest"]}
    events, notes = events_of(record, where="f:1")
    assert [(one.event.id, one.event.type, one.event.mode) for one in events] == [
        ("PHOX-0042", "COERCE", "arrest"),
        ("PHOX-0042#2", "SANCTION", "convict"),
    ]
    assert notes == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mode": ["ease"]}, "'ease'"),
        ({"event": ["ASSAULT"], "mode": ["beat", "primitive"]}, "'primitive' left out"),
        ({"event": ["CONSULT", "DEMAND"]}, "'DEMAND'"),
        ({"context": ["humanitarian"]}, "'humanitarian'"),
        ({"actor": [{"code": "OST", "sector": "XYZ"}]}, "'XYZ'"),
        ({"actor": [{"country_name": "Germany", "raw_text": "Berlin"}]}, "'Berlin' left out"),
    ],
)
def test_a_name_that_plover_lacks_is_noted_and_not_carried_through(change, words) -> None:
    record = {**SIMPLE, **change}
    (event, *_), (note,) = events_of(record, where="f.jsonl:7")
    assert words in note.detail
    assert note.place == "f.jsonl:7"
    assert event.event.mode in (None, "beat")
    assert event.event.contexts == ()


def test_contexts_are_read_however_they_are_spelt_and_auxiliary_modes_apart() -> None:
    event = only({**SIMPLE, "context": ["Human-Rights", "negation"]}).event
    assert (event.contexts, event.auxiliary) == (("human_rights",), ("negation",))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": None}, "no `id`"),
        ({"actor": None}, "no `actor`"),
        ({"event": ["DEMAND"]}, "no event type of PLOVER"),
        ({"event": {"a": 1}}, "`event` is not a list of texts"),
        ({"actor": ["USA"]}, "`actor` is not a list of objects"),
        ({"date": "24 July 2016"}, "is no day"),
        ({"enddate": "2016-07-01"}, "lies before"),
        ({"inconcert": {"confidence": 7}}, "confidence"),
    ],
)
def test_a_record_that_breaks_the_form_is_refused_with_its_line(change, words) -> None:
    with pytest.raises(UnreadableDocument, match=words) as caught:
        events_of({**SIMPLE, **change}, where="f.jsonl:7")
    assert caught.value.where == "f.jsonl:7"


def test_a_bad_line_is_named_and_does_not_stop_the_others(tmp_path) -> None:
    good = json.dumps(SIMPLE)
    bare_day = '{"id": "1", "date": 2016-07-24}'
    path = file_of(tmp_path, good, "{broken", "", "[1]", bare_day, '{"id": 3}', good)
    found = list(read_plover_json(path))
    left = [item for item in found if isinstance(item, LeftOut)]
    assert [item.place for item in left] == [f"{path}:{number}" for number in (2, 4, 5, 6)]
    assert [item.reason for item in left] == ["not JSON", "not a record", "not JSON", "no `actor`"]
    assert "quotation marks" in left[2].detail
    assert sum(isinstance(item, EventRecord) for item in found) == 2


def test_a_json_file_holds_an_array_or_one_object_over_many_lines(tmp_path) -> None:
    many = json.dumps([SIMPLE, {**SIMPLE, "id": None}], indent=1)
    second = many[: many.index("{", many.index("CONSULT"))].count("\n") + 1
    path = file_of(tmp_path, many, name="events.json")
    event, left = read_plover_json(path)
    assert isinstance(event, EventRecord)
    assert isinstance(left, LeftOut)
    assert left.place == f"{path}:{second}"
    one = file_of(tmp_path, json.dumps(SIMPLE, indent=1), name="one.json")
    assert len(list(read_plover_json(one))) == 1


@pytest.mark.parametrize("text", ["[" + json.dumps(SIMPLE), '[{"id": ', "{}{", "not json"])
def test_a_json_file_that_breaks_off_is_refused_with_its_line(tmp_path, text: str) -> None:
    path = file_of(tmp_path, text, name="events.json")
    with pytest.raises(UnreadableDocument, match="not JSON") as caught:
        list(read_plover_json(path))
    assert caught.value.where == f"{path}:1"


def test_a_packed_file_is_read_and_a_damaged_one_is_told(tmp_path) -> None:
    packed = gzip.compress(json.dumps(SIMPLE).encode())
    (tmp_path / "e.jsonl.gz").write_bytes(packed)
    assert len(list(read_plover_json(tmp_path / "e.jsonl.gz"))) == 1
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:-12])
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        list(read_plover_json(tmp_path / "cut.jsonl.gz"))


def test_a_file_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        list(read_plover_json(tmp_path / "none.jsonl"))
