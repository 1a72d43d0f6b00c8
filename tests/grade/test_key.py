from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadKey
from inconcert.grade.key import Key, read_key

EVENT = {
    "id": "E1",
    "kind": "event",
    "file": "a.txt",
    "sentence": "A1",
    "start": 0,
    "end": 20,
    "anchor_start": 4,
    "anchor_end": 9,
    "event": "AID",
    "actors": [{"code": "JPN"}],
    "recipients": [{"code": "LKA", "sector": "GOV"}],
    "core": True,
}


def read(folder: Path, *lines: str | dict[str, Any]) -> Key:
    path = folder / "key.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return read_key(path)


def test_an_event_is_read_with_all_that_is_graded(tmp_path: Path) -> None:
    fields = {"accept_also": ["COOPERATE", "none"], "when": {"from": "2022-03", "to": "2022-04-02"}}
    (event,) = read(tmp_path, EVENT | fields).events
    assert event.accepted == {"AID", "COOPERATE"}
    assert event.may_be_left
    assert event.when == TimeSpan.parse("2022-03-01..2022-04-02")
    assert (event.actors, event.recipients) == (("JPN",), ("LKA",))
    assert event.at.anchor == (4, 9)


def test_the_document_line_dates_its_text(tmp_path: Path) -> None:
    document = {"id": "D", "kind": "document", "file": "a.txt", "start": 0, "end": 20}
    dated = document | {"doc_date": {"from": "2022-04-01", "to": "2022-04-05"}}
    assert read(tmp_path, dated).published == {"a.txt": TimeSpan.parse("2022-04-01..2022-04-05")}
    assert read(tmp_path, dated).doc_date("a.txt") == (date(2022, 4, 1), date(2022, 4, 5))
    assert read(tmp_path, document | {"doc_date": None}).doc_date("a.txt") is None


def test_the_document_line_of_a_speech_names_its_speaker(tmp_path: Path) -> None:
    document = {"id": "D", "kind": "document", "file": "a.txt", "start": 0, "end": 20}
    assert read(tmp_path, document | {"speaker": "TJK"}).speakers == {"a.txt": "TJK"}
    assert read(tmp_path, document).speakers == {}


def test_a_span_further_on_is_a_sentence_unless_it_lies_inside_one(tmp_path: Path) -> None:
    also = [{"start": 5, "end": 9}, {"start": 30, "end": 40}]
    assert read(tmp_path, EVENT | {"also": also}).sentences("a.txt") == ((0, 20), (30, 40))


def test_an_event_without_anchor_is_anchored_in_its_whole_sentence(tmp_path: Path) -> None:
    bare = {name: value for name, value in EVENT.items() if not name.startswith("anchor")}
    assert read(tmp_path, bare).events[0].at.anchor == (0, 20)


def test_an_event_that_says_nothing_of_core_is_a_trap_when_it_retells_another(
    tmp_path: Path,
) -> None:
    silent = {name: value for name, value in EVENT.items() if name != "core"}
    assert read(tmp_path, silent).events[0].is_core
    assert not read(tmp_path, silent | {"coref": "E0"}).events[0].is_core


def test_a_span_open_to_one_side_has_no_end_there(tmp_path: Path) -> None:
    (event,) = read(tmp_path, EVENT | {"when": {"to": "2021-08-15"}}).events
    assert event.when is not None
    assert event.when.overlaps(TimeSpan.parse("1990"))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("{not json", "not JSON"),
        ("[1, 2]", "no JSON object"),
        (EVENT | {"kind": "evnet"}, "Did you mean 'event'"),
        (EVENT | {"id": ""}, "id is missing"),
        (EVENT | {"file": None}, "file is missing"),
        (EVENT | {"end": None}, "start/end gives no span"),
        (EVENT | {"start": 20, "end": 20}, "start/end gives no span"),
        (EVENT | {"start": True}, "start/end gives no span"),
        (EVENT | {"anchor_end": "9"}, "anchor gives no span"),
        (EVENT | {"event": "COOPERAT"}, "Did you mean COOPERATE"),
        (EVENT | {"actors": "JPN"}, "actors is no list"),
        (EVENT | {"actors": [{"name": "Japan"}]}, "without a code"),
        (EVENT | {"core": "yes"}, "core is neither"),
        (EVENT | {"when": {"from": "2022-13-01"}}, "make no span"),
        (EVENT | {"when": {"from": "2022-02-01", "to": "2022-01-01"}}, "make no span"),
        (EVENT | {"also": [[3, 4]]}, "also holds an entry"),
    ],
)
def test_a_broken_line_is_named_with_what_is_wrong(
    tmp_path: Path, broken: str | dict[str, Any], says: str
) -> None:
    good = EVENT | {"id": "E0"}
    with pytest.raises(BadKey, match=says) as caught:
        read(tmp_path, good, "", broken)
    assert caught.value.where == "key.jsonl:3"


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match=r"key\.jsonl:1 too"):
        read(tmp_path, EVENT, EVENT)


def test_a_missing_an_empty_and_a_binary_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="cannot be read"):
        read_key(tmp_path / "none.jsonl")
    with pytest.raises(BadKey, match="empty"):
        read(tmp_path, "", "")
    path = tmp_path / "picture.jsonl"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(BadKey, match="not UTF-8"):
        read_key(path)


def test_a_key_for_a_longer_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="ends behind the 12 characters"):
        read(tmp_path, EVENT).check("a.txt", "Too short is")
