"""Actors merged and split by an analyst: a log that is only added to, and what it makes."""

from __future__ import annotations

import json

import pytest

from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.errors import BadSetting
from inconcert.resolve.decisions import holding, read_log
from inconcert.resolve.register import Register


def _line(number, decision, *subjects, undoes=None):
    return json.dumps(
        {
            "id": f"d{number}", "at": f"2026-01-0{number}T00:00:00+00:00", "by": "analyst",
            "decision": decision, "subjects": list(subjects), "note": None, "undoes": undoes,
        }
    )  # fmt: skip


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "actors.log.jsonl"

    def write(*lines):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


def test_merged_groups_answer_as_the_first_under_its_code(log):
    register = Register.load(log=log(_line(1, "same", "PAKBLA", "PAKBLF")))
    best = register.find("Balochistan Liberation Front", TimeSpan.parse("2021"))[0]
    assert (best.actor.id, best.code) == ("PAKBLA", "PAKBLA")
    assert register.codes_for("PAKBLF") == ("PAKBLA",)
    assert register.name_of("PAKBLF") == "Balochistan Liberation Army"


def test_records_of_merged_groups_get_the_code_that_counts(log):
    merged = Register.load(log=log(_line(1, "same", "PAKBLA", "PAKBLF"))).merged
    kept = merged.participant(Participant("PAKBLF", ("REB",), None, 0, 3))
    assert kept.code == "PAKBLA"
    assert set(merged.spread(["PAKBLA"])) == {"PAKBLA", "PAKBLF"}
    assert merged.spread(["RUS"]) == ("RUS",)


def test_merged_persons_have_the_names_and_roles_of_both(log):
    register = Register.load(log=log(_line(1, "same", "dalai-lama", "tenzin-gyatso")))
    assert register.find("Tenzin Gyatso", None)[0].actor.id == "dalai-lama"
    assert "tenzin-gyatso" not in register.actors
    assert register.actor("tenzin-gyatso") == register.actors["dalai-lama"]


def test_an_undo_brings_back_what_was(log):
    first = _line(1, "same", "PAKBLA", "PAKBLF")
    register = Register.load(log=log(first, _line(2, "undo", "PAKBLA", "PAKBLF", undoes="d1")))
    assert register.codes_for("PAKBLF") == ("PAKBLF",)
    again = log(
        first,
        _line(2, "undo", "PAKBLA", "PAKBLF", undoes="d1"),
        _line(3, "undo", "PAKBLA", "PAKBLF", undoes="d2"),
    )
    assert Register.load(log=again).codes_for("PAKBLF") == ("PAKBLA",)


def test_a_split_takes_back_the_merge_before_it_only(log):
    path = log(
        _line(1, "same", "PAKBLA", "PAKBLF"),
        _line(2, "different", "PAKBLA", "PAKBLF"),
    )
    assert [one.review.decision for one in holding(read_log(path))] == ["different"]
    later = log(*path.read_text().splitlines(), _line(3, "same", "PAKBLA", "PAKBLF"))
    assert Register.load(log=later).codes_for("PAKBLF") == ("PAKBLA",)


@pytest.mark.parametrize(
    ("lines", "number", "what"),
    [
        ([_line(1, "same", "PAKBLA", "XYZNOBODY")], 1, "nobody has the id 'XYZNOBODY'"),
        (
            [_line(1, "same", "PAKBLA", "PAKBLF"), _line(2, "same", "PAKBLF", "PAKBLA")],
            2,
            "answer as one already",
        ),
        (
            [
                _line(1, "same", "PAKBLA", "PAKBLF"),
                _line(2, "same", "PAKBLF", "PAKBRA"),
                _line(3, "same", "PAKBRA", "PAKBLA"),
            ],
            3,
            "answer as one already",
        ),
        ([_line(1, "same", "RUS", "CHN")], 1, "a state"),
        ([_line(1, "same", "PAKBLA", "sergey-lavrov")], 1, "they cannot answer as one"),
        ([_line(1, "undo", "PAKBLA", undoes="d9")], 1, "no decision before this one"),
        (["{"], 1, "no JSON"),
        (['{"id": "x"}'], 1, "no decision"),
        ([_line(1, "united", "PAKBLA", "PAKBLF")], 1, "no decision"),
        ([_line(1, "same", "PAKBLA")], 1, "no decision"),
    ],
)
def test_a_bad_log_is_refused_with_file_and_line(log, lines, number, what):
    path = log(*lines)
    with pytest.raises(BadSetting) as error:
        Register.load(log=path)
    assert what in error.value.what
    assert error.value.where == f"{path}:{number}"


def test_actors_still_joined_through_a_third_cannot_be_split(log):
    path = log(
        _line(1, "same", "PAKBLA", "PAKBLF"),
        _line(2, "same", "PAKBLA", "PAKBRA"),
        _line(3, "different", "PAKBLF", "PAKBRA"),
    )
    with pytest.raises(BadSetting, match="still one, through PAKBLA"):
        Register.load(log=path)
