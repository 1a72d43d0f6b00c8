"""The commands on actors, as a person types them."""

from __future__ import annotations

import shlex

import pytest

from inconcert.cli.actors import actors_app

COMMANDS = [command.name or command.callback.__name__ for command in actors_app.registered_commands]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_in_the_help_is_a_good_command(run, name):
    done = run("actors", name, "--help")
    assert done.code == 0
    example = done.out.partition("Example")[2].replace("│", " ")
    assert f"inconcert actors {name}" in example
    words = shlex.split(
        example.partition(f"inconcert actors {name}")[2].split("`")[0].split("\n\n")[0]
    )
    listed = done.out.partition("Options")[2]
    assert all(word in listed for word in words if word.startswith("--"))


def test_an_actor_is_added_merged_and_undone(run, case):
    where = ("--case", case)
    council = ("TJKRCO", "--name", "River Council", "--kind", "group", "--code", "TJKRCO")
    done = run("actors", "add", *council, "--alias", "Council of the River", *where)
    assert done.code == 0
    assert "River Council (TJKRCO), group; basis: actors.toml" in done.out
    merged = run("actors", "merge", "TJKRCO", "TJKUTO", "--note", "one", *where)
    assert "TJKUTO answers as TJKRCO; the code that counts is TJKRCO's" in merged.out
    found = run("actors", "find", "United Tajik Opposition", "--date", "1995", "--json", *where)
    assert found.json[0]["id"] == "TJKRCO"
    assert run("actors", "undo", *where).code == 0
    assert [one["decision"] for one in run("actors", "log", "--json", *where).json] == [
        "merge", "undo"
    ]  # fmt: skip
    assert run("actors", "split", "TJKRCO", "TJKUTO", *where).code == 0


def test_no_date_is_told_beside_the_answer(run):
    done = run("actors", "find", "Taliban")
    assert "Taliban (AFGTAL): AFG GOV" in done.out
    assert "no --date was given" in done.err
    assert "no --date" not in run("actors", "find", "Taliban", "--date", "2021").err


def test_nobody_is_an_empty_list_and_no_error(run):
    done = run("actors", "find", "a big red table", "--json")
    assert (done.code, done.json) == (0, [])


def test_unknown_names_come_from_the_case(run, coded):
    done = run("actors", "--unknown", "--case", coded, "--json")
    assert done.code == 0
    assert all(one["is_guess"] for one in done.json)


def test_without_a_command_the_commands_are_listed(run):
    done = run("actors")
    assert done.code == 0
    assert all(f" {name} " in done.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("show", "nobody-at-all"), "is the name of nobody"),
        (("find", "Lavrov", "--date", "yesterday"), "is no date"),
        (("list", "--kind", "ghost"), "no kind of actor"),
    ],
)
def test_what_cannot_be_answered_is_told(run, words, what):
    done = run("actors", *words)
    assert done.code == 2
    assert what in done.err


def test_a_bad_log_is_named_with_its_line_and_the_case_stays_usable(run, case):
    (case / "actors.log.jsonl").write_text("{\n", encoding="utf-8")
    done = run("actors", "log", "--case", case)
    assert done.code == 2
    assert "actors.log.jsonl:1" in done.err
    assert run("config", "--case", case).code == 0
    (case / "actors.log.jsonl").unlink()
    assert run("actors", "log", "--case", case).code == 0
