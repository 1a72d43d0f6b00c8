from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.show.made_acts import (
    MEETING,
    NAMES,
    NOBODY,
    RETOLD,
    THREAT,
    acts,
    acts_of_rows,
    located,
    row,
)

from inconcert.errors import BadQuestion
from inconcert.show.ftm import write_ftm

THING = {"name", "country", "summary", "notes", "keywords", "publisher", "sourceUrl", "proof"}
LEGAL = THING
PROPERTIES = {
    "Event": THING
    | {"startDate", "endDate", "date", "recordId", "location", "involved", "organizer"},
    "Article": THING | {"title", "author", "publishedAt"},
    "Mention": {"document", "resolved", "name", "detectedSchema", "contextCountry"},
    "PublicBody": LEGAL,
    "Organization": LEGAL,
    "Person": LEGAL,
    "LegalEntity": LEGAL,
}
"""Properties of the schemata of FollowTheMoney, of those that we use."""
REQUIRED = {"Mention": {"document", "name"}}
ENTITIES = {"involved": "LegalEntity", "proof": "Article", "document": "Article",
            "resolved": "LegalEntity"}  # fmt: skip
LEGAL_ENTITIES = {"LegalEntity", "PublicBody", "Organization", "Person"}


def written(tmp_path, given, names=NAMES):
    path = tmp_path / "case.ftm.jsonl"
    done = write_ftm(given, path, names=names)
    lines = path.read_text(encoding="utf-8").splitlines()
    return done, [json.loads(line) for line in lines]


def of(schema, entities):
    return [each for each in entities if each["schema"] == schema]


def test_every_entity_has_the_form_and_the_properties_of_its_schema(tmp_path):
    done, entities = written(tmp_path, [*acts(), *acts_of_rows()])
    assert done == (8, 0)
    ids = {each["id"]: each["schema"] for each in entities}
    assert len(ids) == len(entities)
    for number, each in enumerate(entities):
        assert set(each) == {"id", "schema", "properties"}
        found = each["properties"]
        assert set(found) <= PROPERTIES[each["schema"]], each
        assert REQUIRED.get(each["schema"], {"name"}) <= set(found), each
        for name, values in found.items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in ENTITIES:
                told = {earlier["id"] for earlier in entities[:number]}
                assert set(values) <= told, "an entity stands before those that refer to it"
                schemas = {ids[value] for value in values}
                wanted = LEGAL_ENTITIES if ENTITIES[name] == "LegalEntity" else {ENTITIES[name]}
                assert schemas <= wanted


def test_an_act_told_twice_is_one_event_with_both_articles_for_proof(tmp_path):
    done, entities = written(tmp_path, acts(MEETING, RETOLD))
    assert done == (1, 0)
    (event,) = of("Event", entities)
    articles = of("Article", entities)
    told = event["properties"]
    assert told["proof"] == [each["id"] for each in articles]
    assert told["publisher"] == ["Port Gazette", "Vale Courier"]
    assert (told["startDate"], told["endDate"]) == (["2021-07-05"], ["2021-07-05"])
    assert (told["location"], told["country"]) == (["Kabul"], ["af"])
    assert told["notes"] == ["actors: Wang Yu, Taliban"]
    assert [each["properties"]["publishedAt"] for each in articles] == [["2021-07-06"]] * 2


def test_states_are_public_bodies_groups_organizations_and_persons_persons(tmp_path):
    _, entities = written(tmp_path, acts(MEETING, THREAT))
    found = {
        each["properties"]["name"][0]: each for each in entities if each["schema"] in LEGAL_ENTITIES
    }
    assert found["China"]["schema"] == "PublicBody"
    assert found["China"]["properties"]["country"] == ["cn"]
    assert found["Taliban"]["properties"]["country"] == ["af"]
    assert [found[name]["schema"] for name in ("Taliban", "Wang Yu")] == ["Organization", "Person"]
    mention = next(
        each for each in of("Mention", entities) if each["properties"]["name"] == ["China’s envoy"]
    )
    assert mention["properties"]["resolved"] == [found["Wang Yu"]["id"]]
    assert mention["properties"]["detectedSchema"] == ["Person"]


def test_without_a_register_states_are_still_told_and_the_rest_stays_open(tmp_path):
    _, entities = written(tmp_path, acts(MEETING), names=None)
    found = {
        each["properties"]["name"][0]: each["schema"]
        for each in entities
        if each["schema"] in LEGAL_ENTITIES
    }
    assert (found["CHN"], found["AFGTAL"], found["Wang Yu"]) == (
        "PublicBody",
        "LegalEntity",
        "LegalEntity",
    )


def test_ids_are_the_same_each_time_and_differ_between_datasets(tmp_path):
    _, once = written(tmp_path, acts())
    _, again = written(tmp_path, list(reversed(acts())))
    assert {each["id"] for each in once} == {each["id"] for each in again}
    _, rows = written(tmp_path, acts_of_rows(row(), row(source="OTHER")))
    assert len(of("Event", rows)) == 2


def test_a_row_without_a_page_has_no_article_and_somebody_unknown_is_named(tmp_path):
    _, entities = written(tmp_path, acts_of_rows({**NOBODY, "url": None}))
    assert of("Article", entities) == of("Mention", entities) == []
    assert of("LegalEntity", entities)[0]["properties"]["name"] == ["Some Band"]


def test_what_is_no_text_is_left_out_and_another_ending_refused(tmp_path):
    broken = replace(MEETING, at=located(sentence="half \ud83d"))
    done, entities = written(tmp_path, acts(broken, THREAT))
    assert done == (1, 1)
    assert len(of("Event", entities)) == 1
    with pytest.raises(BadQuestion, match="jsonl"):
        write_ftm([], tmp_path / "case.ftm")
