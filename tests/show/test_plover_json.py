from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.ontology import plover
from inconcert.show.export import export_plover
from inconcert.show.plover_json import plover_json

SENTENCE = "Morland’s army and Ostra’s envoy met the rebels in Port Vale on Monday."
AT = Located(
    "d1", Source("Vale Courier", "VAL"), "Talks", TimeSpan.day(date(2021, 7, 6)),
    "https://vale.example/1", "articles/1.txt", SENTENCE, 100,
)  # fmt: skip
ARMY = Participant("MORMIL", ("MIL", "GOV"), None, 100, 114)
ENVOY = Participant("OST", ("GOV",), "Ida Berg", 119, 132)
REBELS = Participant("VALREB", ("REB",), None, 137, 147)
EVENT = EventRecord(
    EventMention(
        "e1", "d1", 4, 133, 136, "CONSULT", "visit", ("diplomatic", "military"), (),
        (ARMY, ENVOY), (REBELS,), (Participant("WST", (), None, 900, 908),),
        When(TimeSpan.day(date(2021, 7, 5)), "on Monday", "relative to document date"),
        "meet", 0.7,
    ),
    AT,
)  # fmt: skip


def event(**changes: object) -> EventRecord:
    return replace(EVENT, event=replace(EVENT.event, **changes))  # type: ignore[arg-type]


def test_the_fields_have_the_names_and_forms_of_the_manual() -> None:
    found = plover_json(EVENT)
    assert (found["id"], found["date"], found["enddate"]) == ("e1", "2021-07-05", None)
    assert (found["event"], found["mode"]) == (["CONSULT"], ["visit"])
    assert found["context"] == ["diplomatic", "military"]
    assert (found["quad_code"], found["event_scale"]) == (1, 4.0)
    assert (found["text"], found["event_text"]) == (SENTENCE, ["met"])
    assert found["text_info"] == {"sequence": 4, "start": 100, "end": 100 + len(SENTENCE)}
    assert found["cite_info"] == {
        "citation": "d1",
        "url": "https://vale.example/1",
        "title": "Talks",
        "publication": "Vale Courier",
        "coder": None,
        "codebook": "PLOVER Manual, draft 2.0",
    }


def test_a_joint_act_is_one_object_with_all_who_act_in_the_actor_list() -> None:
    found = plover_json(EVENT)
    assert found["actor"] == [
        {
            "code": "MOR",
            "sector": "MIL",
            "other_sector_codes": ["GOV"],
            "entity_text": "Morland’s army",
            "identifier_text": None,
            "inconcert": {"code": "MORMIL", "start": 100, "end": 114},
        },
        {
            "code": "OST",
            "sector": "GOV",
            "other_sector_codes": None,
            "entity_text": "Ostra’s envoy",
            "identifier_text": "Ida Berg",
            "inconcert": {"code": "OST", "start": 119, "end": 132},
        },
    ]
    assert [who["code"] for who in found["recipient"]] == ["VAL"]  # type: ignore[attr-defined]


def test_an_event_without_recipient_has_an_empty_list_and_without_mode_a_null() -> None:
    found = plover_json(event(recipients=(), mode=None, contexts=()))
    assert (found["recipient"], found["mode"], found["context"]) == ([], None, None)


def test_auxiliary_modes_stand_in_the_context_as_the_manual_asks() -> None:
    assert plover_json(event(auxiliary=("negation",)))["context"] == [
        "diplomatic",
        "military",
        "negation",
    ]


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("AFGTAL", "AFG"),
        ("IGOUNSC", "UNO"),
        ("IGOUNO", "UNO"),
        ("IGOEU", "EUR"),
        ("IGOEAEU", "IGO"),
        ("NGOMSF", "NGO"),
        ("WST", None),
    ],
)
def test_an_entity_has_the_country_code_that_plover_gives_it(code: str, country: str) -> None:
    (actor,) = plover_json(event(actors=(replace(ARMY, code=code),)))["actor"]  # type: ignore[misc]
    assert actor["code"] == country
    assert actor["inconcert"]["code"] == code


def test_words_outside_the_sentence_are_not_shown_and_their_offsets_are() -> None:
    found = plover_json(event(actors=(replace(ARMY, start=10, end=17),)))
    (actor,) = found["actor"]  # type: ignore[misc]
    assert actor["entity_text"] is None
    assert actor["inconcert"] == {"code": "MORMIL", "start": 10, "end": 17}


def test_every_type_and_mode_has_its_score_and_quad_and_accuse_is_conflict() -> None:
    scores = {}
    for kind in plover.event_types():
        for mode in [None, *plover.modes(kind)]:
            found = plover_json(event(type=kind, mode=mode))
            scores[kind, mode] = found["event_scale"]
            assert found["quad_code"] in (1, 2, 3, 4)
    assert len(scores) == 16 + 67
    assert scores == {(kind, mode): plover.intensity(kind, mode) for kind, mode in scores}
    assert scores["ACCUSE", None] == -3.0
    assert plover_json(event(type="SANCTION", mode=None))["quad_code"] == 4


def test_a_type_of_a_users_own_is_written_without_score_and_quad() -> None:
    found = plover_json(event(type="BORDER", mode="closure"))
    assert (found["event"], found["mode"]) == (["BORDER"], ["closure"])
    assert (found["quad_code"], found["event_scale"]) == (None, None)


def test_an_act_that_lasts_has_its_last_day_and_an_undated_one_a_null() -> None:
    week = When(TimeSpan(date(2021, 7, 1), date(2021, 7, 4)), "last week", "absolute")
    found = plover_json(event(when=week))
    assert (found["date"], found["enddate"]) == ("2021-07-01", "2021-07-04")
    undated = replace(event(when=When()), at=replace(AT, published=None))
    assert plover_json(undated)["date"] is None


def test_a_file_has_one_event_a_line_and_counts_what_was_left_out(tmp_path) -> None:
    path = tmp_path / "plover.jsonl"
    future = event(id="e2", auxiliary=("future",))
    assert export_plover([EVENT, future], path, plain_only=True, coder="x 1") == (1, 1)
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["cite_info"]["coder"] == "x 1"
    assert "’" in line


def test_plover_json_is_only_written_to_json_lines(tmp_path) -> None:
    with pytest.raises(BadQuestion, match=r"\.jsonl"):
        export_plover([EVENT], tmp_path / "plover.csv")
