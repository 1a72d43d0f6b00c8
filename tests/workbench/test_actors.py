"""The actors of a case: looked up, added, merged, split, and the files that keep it."""

from __future__ import annotations

import json

import pytest

from inconcert.errors import BadQuestion, BadSetting, CaseBusy, NoCase, UnknownActor
from inconcert.workbench.actors import CaseActors, NewActor
from inconcert.workbench.actors_text import tell_list, tell_log, tell_shown, tell_unknown

COUNCIL = NewActor("TJKRCO", "River Council", "TJKRCO", ("OPP",), kind="group")
OTHER = NewActor("TJKRVC", "Riverside Council", "TJKRVC", ("SOC",), kind="group")


@pytest.fixture
def folder(tmp_path):
    """A folder that counts as a case; no database is needed for its actors."""
    (tmp_path / "case.toml").write_text('title = "x"\n', encoding="utf-8")
    return tmp_path


def test_without_a_date_the_answer_is_of_today_and_says_so():
    actors = CaseActors()
    now, then = actors.find("Taliban")[0], actors.find("Taliban", on="2021-08-14")[0]
    assert (now["is_date_given"], then["is_date_given"]) == (False, True)
    assert then["as_of"] == "2021-08-14"
    assert (now["sectors"], then["sectors"]) == (["GOV"], ["REB"])


def test_nothing_to_look_up_is_told():
    with pytest.raises(BadQuestion, match="no words"):
        CaseActors().find("  ")


def test_an_actor_is_shown_with_names_roles_and_basis():
    shown = CaseActors().show("Sergey Lavrov")
    assert shown["id"] == "sergey-lavrov"
    assert {"title": "Foreign Minister", "since": "2004-03-09"}.items() <= shown["roles"][0].items()
    assert shown["is_recalled"] is True
    assert "no document opened" in tell_shown(shown)


def test_a_state_is_shown_with_its_memberships_and_days():
    found = {one["code"]: one for one in CaseActors().show("Uzbekistan")["member_of"]}
    assert found["IGOSCO"]["since"] is not None
    assert found["IGOSCO"]["is_recalled"] is True


def test_a_name_of_several_is_answered_with_their_ids():
    with pytest.raises(UnknownActor) as error:
        CaseActors().show("Bush")
    assert "george-w-bush" in error.value.advice


def test_actors_of_a_kind_and_country_are_listed():
    found = CaseActors().listed(kind="group", country="Tajikistan")
    assert {one["kind"] for one in found} == {"group"}
    assert all(one["code"].startswith("TJK") for one in found)
    assert f"{len(found)} in all" in tell_list(found)
    with pytest.raises(BadQuestion, match="no kind"):
        CaseActors().listed(kind="ghost")


def test_adding_leaves_what_is_there_to_the_letter(folder):
    path = folder / "actors.toml"
    before = '# mine\n[[actor]]\nname = "Jane Example"\n[[actor.role]]\ncode = "GBR" # kept\n'
    path.write_text(before.rstrip("\n"), encoding="utf-8")
    new = NewActor(
        "ed", 'Ed "Q" Example', "GBR", ("LEG",), "Member", "2021-03", "2022", ("E. Example",)
    )
    added = CaseActors(folder).add(new)
    assert path.read_text(encoding="utf-8").startswith(before)
    assert added["roles"][0]["since"] == "2021-03-01"
    assert added["roles"][0]["until"] == "2022-12-31"
    assert CaseActors(folder).find("E. Example", on="2021-09")[0]["id"] == "ed"


def test_what_would_break_the_file_is_refused_and_nothing_written(folder):
    CaseActors(folder).add(COUNCIL)
    case = CaseActors(folder)
    path = folder / "actors.toml"
    before = path.read_bytes()
    for bad in (
        NewActor("q", "Q", "QQQ"),
        NewActor("q", "Q", "GBR", ("GOVT",)),
        NewActor("q", "Q", "GBR", (), "", "2022", "2021"),
        NewActor("TJKRCO", None, "TJKRCO", ("REB",)),
    ):
        with pytest.raises(BadSetting) as error:
            case.add(bad)
        assert str(path) in error.value.where
    with pytest.raises(BadQuestion, match="has no name"):
        case.add(NewActor("nobody-yet", None, "GBR"))
    assert path.read_bytes() == before
    assert CaseActors(folder).show("TJKRCO")["basis"] == "actors.toml"


def test_a_known_actor_gets_a_further_role(folder):
    added = CaseActors(folder).add(NewActor("sergey-lavrov", None, "RUS", ("EDU",), "Professor"))
    assert added["roles"][0]["title"] == "Professor"
    assert len(added["roles"]) > 1


def test_a_merge_is_kept_undone_and_logged(folder):
    case = CaseActors(folder)
    case.add(COUNCIL)
    case.add(OTHER)
    told = CaseActors(folder).merge(["TJKRCO", "TJKRVC"], note="one council")
    assert told["answer_as"] == {"TJKRCO": "TJKRCO", "TJKRVC": "TJKRCO"}
    found = CaseActors(folder).find("Riverside Council", on="2021")[0]
    assert (found["id"], found["code"], found["merged"]) == ("TJKRCO", "TJKRCO", ["TJKRVC"])
    CaseActors(folder).undo()
    assert CaseActors(folder).find("Riverside Council", on="2021")[0]["id"] == "TJKRVC"
    log = CaseActors(folder).log()
    assert [(one["decision"], one["holds"]) for one in log] == [("merge", False), ("undo", True)]
    assert "one council (does not hold)" in tell_log(log)
    lines = (folder / "actors.log.jsonl").read_text(encoding="utf-8").splitlines()
    assert set(json.loads(lines[0])) == {
        "id", "at", "by", "decision", "subjects", "note", "undoes"
    }  # fmt: skip


def test_a_split_parts_what_was_merged(folder):
    CaseActors(folder).merge(["PAKBLA", "PAKBLF"])
    CaseActors(folder).split(["PAKBLA", "PAKBLF"])
    assert CaseActors(folder).show("PAKBLF")["id"] == "PAKBLF"


def test_refused_decisions_leave_the_log_as_it_was(folder):
    case = CaseActors(folder)
    case.merge(["PAKBLA", "PAKBLF"])
    path = folder / "actors.log.jsonl"
    before = path.read_bytes()
    for ids in (["PAKBLF", "PAKBLA"], ["RUS", "CHN"], ["PAKBLA"], ["PAKBLA", "sergey-lavrov"]):
        with pytest.raises(BadQuestion):
            case.merge(ids)
    with pytest.raises(UnknownActor):
        case.merge(["PAKBLA", "nobody-at-all"])
    with pytest.raises(BadQuestion):
        case.undo("ffff")
    assert path.read_bytes() == before


def test_two_cannot_decide_at_once(folder):
    (folder / ".actors.log.jsonl.lock").touch()
    with pytest.raises(CaseBusy):
        CaseActors(folder).merge(["PAKBLA", "PAKBLF"])


def test_decisions_and_unknown_names_want_a_case(tmp_path):
    with pytest.raises(NoCase):
        CaseActors(tmp_path)
    with pytest.raises(BadQuestion, match="no case was named"):
        CaseActors().merge(["PAKBLA", "PAKBLF"])


def test_unknown_names_of_the_texts_are_listed_with_a_guess(bench):
    (bench.folder / "more").mkdir()
    (bench.folder / "more" / "2021-09-16 c.txt").write_text(
        "Chinese envoy Yue Xiaoqing spoke. Yue Xiaoqing left.", encoding="utf-8"
    )
    bench.read([bench.folder / "more"])
    found = CaseActors(bench.folder).unknown()
    assert [(one["name"], one["times"], one["country"]) for one in found] == [
        ("Yue Xiaoqing", 2, "CHN")
    ]
    assert "guess: person CHN GOV" in tell_unknown(found)
    assert "No name" in tell_unknown([])


def test_two_of_three_who_were_merged_at_once_are_not_parted_in_silence(folder):
    case = CaseActors(folder)
    case.merge(["PAKBLA", "PAKBLF", "PAKTTP"])
    with pytest.raises(BadQuestion, match="together with PAKTTP"):
        case.split(["PAKBLA", "PAKBLF"])
    assert len(case.log()) == 1


def test_what_an_undone_undo_brought_back_can_be_undone_again(folder):
    case = CaseActors(folder)
    case.merge(["PAKBLA", "PAKBLF"])
    taken_back = case.undo()
    case.undo(str(taken_back["id"]))
    assert [one["holds"] for one in case.log() if one["decision"] == "merge"] == [True]
    case.undo()
    assert [one["holds"] for one in case.log() if one["decision"] == "merge"] == [False]
