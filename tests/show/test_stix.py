from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.show.made_acts import (
    LONE,
    MEETING,
    NAMES,
    RETOLD,
    THREAT,
    UNDATED,
    acts,
    acts_of_rows,
    located,
    row,
)

from inconcert.errors import BadQuestion
from inconcert.show.stix import EVENT_TYPE, write_stix

COMMON = {"type", "spec_version", "id", "created", "modified"}
REQUIRED = {
    "identity": {"name"},
    "relationship": {"relationship_type", "source_ref", "target_ref"},
    "report": {"name", "published", "object_refs"},
    "extension-definition": {"created_by_ref", "name", "schema", "version", "extension_types"},
    EVENT_TYPE: {"extensions", "name"},
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def written(tmp_path, given, name="case.json"):
    path = tmp_path / name
    done = write_stix(given, path, names=NAMES)
    return done, json.loads(path.read_text(encoding="utf-8"))


def of(kind, bundle):
    return [each for each in bundle["objects"] if each["type"] == kind]


def test_every_object_has_what_the_standard_asks_for(tmp_path):
    done, bundle = written(tmp_path, [*acts(), *acts_of_rows()])
    assert done == (8, 0)
    assert set(bundle) == {"type", "id", "objects"}
    assert bundle["id"].startswith("bundle--")
    ids = [each["id"] for each in bundle["objects"]]
    assert len(set(ids)) == len(ids)
    for each in bundle["objects"]:
        assert COMMON | REQUIRED[each["type"]] <= set(each), each
        kind, _, uuid = each["id"].partition("--")
        assert (kind, UUID(uuid).version) == (each["type"], 5)
        assert all(MOMENT.fullmatch(value) for name, value in each.items() if name in TIMES)
        assert None not in each.values()
        assert [] not in each.values()
        if "confidence" in each:
            assert each["confidence"] in range(101)
        if "stop_time" in each:
            assert each["stop_time"] > each["start_time"]
        for name, value in each.items():
            refs = [value] if name.endswith("_ref") else value if name.endswith("_refs") else []
            assert set(refs) <= set(ids), (name, each)


TIMES = {"created", "modified", "published", "start_time", "stop_time"}


def test_an_event_of_ours_names_its_extension_and_who_acts_upon_whom(tmp_path):
    _, bundle = written(tmp_path, acts(THREAT))
    (event,) = of(EVENT_TYPE, bundle)
    (extension,) = of("extension-definition", bundle)
    assert event["extensions"] == {extension["id"]: {"extension_type": "new-sdo"}}
    called = {each["id"]: each["name"] for each in of("identity", bundle)}
    assert [called[ref] for ref in event["actor_refs"]] == ["Russia", "China"]
    assert [called[ref] for ref in event["recipient_refs"]] == ["Taliban"]
    assert (event["event_kind"], event["contexts"], event["confidence"]) == (
        "THREATEN",
        ["military"],
        70,
    )
    ties = of("relationship", bundle)
    assert [(called[tie["source_ref"]], called[tie["target_ref"]]) for tie in ties] == [
        ("Russia", "Taliban"),
        ("China", "Taliban"),
    ]
    assert {tie["relationship_type"] for tie in ties} == {"threaten"}
    assert (ties[0]["start_time"][:10], ties[0]["stop_time"][:10]) == ("2021-07-09", "2021-07-10")


def test_a_meeting_told_twice_is_one_relationship_in_the_reports_of_both_texts(tmp_path):
    done, bundle = written(tmp_path, acts(MEETING, RETOLD))
    assert done == (1, 0)
    (tie,) = of("relationship", bundle)
    assert tie["confidence"] == 90
    assert [each["source_name"] for each in tie["external_references"]] == [
        "inconcert",
        "Vale Courier",
        "Port Gazette",
    ]
    reports = of("report", bundle)
    assert [each["name"] for each in reports] == ["Talks of d1", "Talks of d2"]
    assert all(tie["id"] in each["object_refs"] for each in reports)
    assert {each["published"][:10] for each in reports} == {"2021-07-06"}


def test_a_dataset_is_one_report_and_gives_no_confidence_that_it_has_not(tmp_path):
    _, bundle = written(tmp_path, acts_of_rows(row(), row(id="2", day=date(2021, 8, 1))))
    (report,) = of("report", bundle)
    assert report["name"] == "Dataset MADE"
    assert len([ref for ref in report["object_refs"] if ref.startswith(EVENT_TYPE)]) == 2
    assert all("confidence" not in each for each in bundle["objects"])


def test_an_act_without_day_or_second_party_is_an_event_without_times_or_relationship(tmp_path):
    _, bundle = written(tmp_path, acts(UNDATED, LONE))
    assert of(EVENT_TYPE, bundle)[0]["named"] == ["Wang Yu"]
    undated, lone = of(EVENT_TYPE, bundle)
    assert "start_time" not in undated
    assert lone["name"] == "PROTEST of 2021-07-06"
    assert len(of("relationship", bundle)) == 1


def test_the_same_acts_make_the_same_bundle_and_others_another_id(tmp_path):
    _, one = written(tmp_path, acts(), "one.json")
    _, two = written(tmp_path, acts(), "two.json")
    _, other = written(tmp_path, acts(THREAT), "other.json")
    assert one == two
    assert one["id"] != other["id"]


def test_the_last_day_of_time_what_is_no_text_and_another_ending(tmp_path):
    broken = replace(MEETING, at=located(sentence="half \ud83d"))
    done, bundle = written(tmp_path, [*acts(broken), *acts_of_rows(row(day=date.max))])
    assert done == (1, 1)
    assert "stop_time" not in of(EVENT_TYPE, bundle)[0]
    with pytest.raises(BadQuestion, match="json"):
        write_stix([], tmp_path / "case.stix")
