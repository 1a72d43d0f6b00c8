"""The commands on sources, as a person types them."""

from __future__ import annotations

import pytest

from inconcert.cli.sources import sources_app
from inconcert.workbench.reliability import LOG

COMMANDS = ["list", "grade", "undo", "log"]


def test_every_command_shows_an_example_of_itself(run):
    assert len(sources_app.registered_commands) == len(COMMANDS)
    for name in COMMANDS:
        done = run("sources", name, "--help")
        assert done.code == 0
        assert f"inconcert sources {name}" in done.out.partition("Example")[2]


def test_an_outlet_is_graded_listed_and_taken_back(run, case):
    where = ("--case", case)
    assert run("sources", "list", "--json", *where).json == []
    given = ("The Herald", "c", "--why", "two of nine were wrong", "--by", "M. K.")
    done = run("sources", "grade", *given, *where)
    assert done.code == 0
    assert "The Herald: C, fairly reliable; no text of the case has this name" in done.out
    run("sources", "grade", "The Herald", "B", "--why", "checked again", *where)
    [row] = run("sources", "list", "--json", *where).json
    assert (row["grade"], row["grade_basis"], row["documents"]) == ("B", "checked again", 0)
    undone = run("sources", "undo", "--json", *where).json
    assert (undone["source"], undone["grade"]) == ("The Herald", None)
    assert "C  The Herald" in run("sources", "list", *where).out  # what stood before counts again
    log = run("sources", "log", "--json", *where).json
    assert [(one["grade"], one["holds"]) for one in log[:2]] == [("C", True), ("B", False)]
    assert len((case / LOG).read_text(encoding="utf-8").splitlines()) == 3


def test_the_sources_of_the_texts_are_listed_with_their_grade(run, coded):
    done = run("sources", "list", "--json", "--case", coded)
    assert done.code == 0
    assert [one["documents"] for one in done.json] == [2]
    assert done.json[0]["grade"] == "F"


def test_what_an_event_tells_is_graded_and_the_answer_has_it(run, coded):
    def aid():
        asked = ("ask", "CHN", "--toward", "AFG+AFGTAL", "--json", "--case", coded)
        [found] = [one for one in run(*asked).json["actors"][0]["deeds"] if one["type"] == "AID"]
        return found

    told, given = aid(), ("--by", "M. K.", "--case", coded)
    try:
        done = run("sources", "grade", "--item", told["id"][:8], "4", "--why", "denied", *given)
        assert f"event {told['id']}: 4, doubtful" in done.out
        after = aid()
        assert (told["grade"], after["grade"]) == ("F3", "F4")
        assert after["grade_because"] == "denied (graded by M. K.)"
        whole = ("--item", told["document"], "2", "--why", "seen", "--json")
        assert run("sources", "grade", *whole, *given).json["kind"] == "document"
    finally:
        (coded / LOG).unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("grade", "The Herald", "C"), "rests on nothing"),
        (("grade", "The Herald", "G", "--why", "x"), "no grade can be made of 'G'"),
        (("grade", "The", "Herald", "C", "--why", "x"), "2 outlets were named"),
        (("grade", "C", "--why", "x"), "no outlets were named"),
        (("grade", "--item", "nothing", "3", "--why", "x"), "no items have the id"),
        (("grade", "--item", "nothing", "The Herald", "3", "--why", "x"), "beside an item"),
        (("undo",), "no grade stands"),
        (("undo", "zzz"), "no grades that stand have the id"),
    ],
)
def test_what_is_no_grade_is_told_and_nothing_is_written(run, case, words, what):
    done = run("sources", *words, "--case", case)
    assert done.code == 2
    assert what in done.err
    assert not (case / LOG).exists()
