"""Whatever goes wrong: a message that says what, where and what to do, and an exit code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import duckdb
import pytest

from inconcert.store.store import FILE, Store

QUESTION = ("RUS", "CHN", "--toward", "Taliban")


def told(done, code, *words):
    """The error has all its parts and says these words."""
    assert done.code == code, done
    assert re.match(r"(Coding: .*\n)?Error: ", done.err)  # what takes long tells how far it is
    assert "\n  to do: " in done.err
    assert "Traceback" not in done.err + done.out
    for word in words:
        assert word in done.err
    return done


@pytest.mark.parametrize(
    "words",
    [("read", "x.txt"), ("code",), ("ask", *QUESTION), ("brief", *QUESTION), ("export", "e.csv")],
    ids=lambda words: words[0],
)
def test_every_command_tells_that_there_is_no_case(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    told(run(*words), 3, "no case here", "where: ", "inconcert init")


@pytest.mark.parametrize("words", [("ask", *QUESTION), ("brief", *QUESTION), ("export", "e.csv")])
def test_steps_in_the_wrong_order_are_told_apart(run, case, articles, words):
    told(run(*words, "--case", case), 3, "holds no documents", "inconcert read")
    run("read", articles, "--case", case)
    told(run(*words, "--case", case), 3, "2 documents waiting", "inconcert code")


def test_coding_an_empty_case_says_so(run, case):
    done = run("code", "--case", case)
    assert (done.code, done.out.strip()) == (
        0,
        "Nothing to code: the case holds no documents. Read some first.",
    )


@pytest.mark.parametrize(
    ("words", "complaints"),
    [
        (("ask", "Rusia", "-t", "CHN"), ("'Rusia'", "Russia")),
        (("ask", "RUS", "-t", "RUS"), ("both sides",)),
        (("ask", "RUS", "Russia", "-t", "CHN"), ("asked about twice",)),
        (("ask", "RUS", "-t", "CHN", "--from", "2021-09", "--to", "2021-08"), ("before it",)),
        (("ask", "RUS", "-t", "CHN", "--from", "last week"), ("no date", "--from", "2021-08-15")),
        (("ask", "RUS", "-t", "CHN", "--split", "15/8"), ("no date", "--split")),
        (("ask", "RUS", "-t", "CHN", "--source", "Nobody"), ("no source 'Nobody'",)),
        (("brief",), ("asks no question", "case.toml")),
        (("brief", "--toward", "CHN"), ("at least one actor",)),
        (("brief", "RUS"), ("--toward",)),
        (("export", "events.xlsx"), (".csv", ".parquet")),
        (("export", "events.csv", "--what", "evnts"), ("'evnts'", "events or statements")),
        (("export", "no/such/folder/e.csv"), ("cannot be written", "no/such/folder")),
        (("read", "missing.txt"), ("no such file", "missing.txt")),
        (("read",), ("nothing to read", "case.toml")),
        (("read", "x.txt", "--column", "text"), ("FIELD=COLUMN", "text=body")),
        (("read", "x.txt", "--column", "txet=body"), ("no field `txet`", "`text`")),
        (("read", "x.txt", "--country", "Britain"), ("`GBR`", "command line")),
        (("read", "x.txt", "--date", "in August"), ("no date", "--date")),
        (("code", "--date", "2021-09-01"), ("--explain",)),
        (("code", "--explain", " "), ("no text",)),
        (("code", "--processes", "-2"), ("code.processes", "0 for one")),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_a_wish_that_cannot_be_met_is_answered_with_what_to_do(
    run, coded, tmp_path, monkeypatch, words, complaints
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("Russia sent aid.", encoding="utf-8")
    where = () if "--explain" in words else ("--case", coded)
    told(run(*words, *where), 2, *complaints)


@pytest.mark.parametrize(
    ("settings", "complaints"),
    [
        ('[raed]\nplaces = ["x"]\n', ("`raed`", "case.toml:1", "nearest")),
        ('[read]\nplacs = ["x"]\n', ("`read.placs`", "case.toml:2", "`read.places`")),
        ('title = "x\n', ("not TOML", "case.toml:1")),
        ('[[questions]]\nactors = ["RUS"]\n', ("no `toward`", "case.toml:2")),
        ('[code]\nprocesses = "two"\n', ("code.processes", "case.toml:2")),
        ('[code]\nlanguages = ["English"]\n', ("code.languages", "`en`")),
    ],
)
def test_a_typo_in_case_toml_is_named_with_its_line(run, case, settings, complaints):
    (case / "case.toml").write_text(settings, encoding="utf-8")
    told(run("code", "--case", case), 2, *complaints)


def test_settings_that_are_not_utf_8_are_told(run, case):
    (case / "case.toml").write_bytes('title = "Grenzüberschreitung"\n'.encode("cp1252"))
    told(run("config", "--case", case), 2, "not UTF-8", "case.toml")


@pytest.mark.parametrize(
    ("content", "complaints"),
    [
        (b"[[actor]]\nname = \nkind = 1\n", ("not TOML", "actors.toml:2")),
        (b'[[actor]]\nname = "Jane Roe"\n', ("Jane Roe has no role", "actors.toml:1")),
        (b'[[actor]]\nnme = "Jane Roe"\n', ("'nme'", "'name'")),
        (b"\xff\xfe", ("not UTF-8",)),
    ],
)
def test_a_bad_actors_file_is_named_with_its_line(run, case, content, complaints):
    (case / "actors.toml").write_bytes(content)
    for words in (("code", "--case", case), ("actors", "find", "Roe", "--case", case)):
        told(run(*words), 2, *complaints)


def test_a_missing_model_has_an_exit_code_of_its_own(run, case):
    (case / "case.toml").write_text('[code]\nmodel = "no_such_model"\n', encoding="utf-8")
    told(run("code", "--case", case), 5, "no_such_model", "pip install")


def test_a_second_init_changes_nothing(run, case):
    before = (case / "case.toml").read_bytes()
    told(run("init", case), 3, "already is a case")
    assert (case / "case.toml").read_bytes() == before


def test_a_case_of_a_newer_version_is_left_alone(run, case):
    with duckdb.connect(case / FILE) as connection:
        connection.execute("update meta set value = '99' where key = 'schema_version'")
    for words in (("code",), ("ask", *QUESTION), ("read", "-")):
        told(run(*words, "--case", case, stdin="x"), 3, "schema 99", "newest InConcert")


@pytest.mark.parametrize("damage", ["emptied", "cut", "overwritten", "another file"])
def test_a_damaged_database_is_told_and_not_touched(run, case, damage):
    file = case / FILE
    sound = file.read_bytes()
    damaged = {
        "emptied": b"",
        "cut": sound[: len(sound) // 3],
        "overwritten": sound[:4096] + bytes(200_000) + sound[204_096:],
        "another file": b"not a database\n" * 1000,
    }[damage]
    file.write_bytes(damaged)
    for words in (("ask", *QUESTION), ("code",)):
        told(run(*words, "--case", case), 3, "cannot be read", FILE)
    assert file.read_bytes() == damaged


def test_a_lost_database_is_told_with_the_way_back(run, case):
    (case / FILE).unlink()
    told(run("code", "--case", case), 3, "database of the case is missing", "inconcert init")
    assert run("init", case).code == 0


HOLD = """
import sys
from pathlib import Path
from inconcert.store.store import Store
with Store.open(Path(sys.argv[1]), write=True):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_busy_case_names_who_holds_it(run, case):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(case)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for words in (("code",), ("ask", *QUESTION)):
            told(run(*words, "--case", case), 3, "in use by")
        holder.communicate("")
    assert run("code", "--case", case).code == 0


@pytest.fixture
def closed(tmp_path):
    """Take rights from files and folders, and give them back; not for those who may all."""
    (tmp_path / "lock").touch(mode=0o000)
    if os.access(tmp_path / "lock", os.R_OK):
        pytest.skip("nothing is closed to this user")
    taken = []

    def close(path, mode):
        taken.append((path, path.stat().st_mode))
        path.chmod(mode)

    yield close
    for path, mode in reversed(taken):
        path.chmod(mode)


def test_a_case_that_may_only_be_read_still_answers(run, coded, tmp_path, closed):
    case = tmp_path / "copy"
    shutil.copytree(coded, case)
    closed(case / FILE, 0o400)
    closed(case, 0o500)
    assert run("ask", *QUESTION, "--case", case).code == 0
    told(run("code", "--case", case), 3, "cannot be written")
    told(run("brief", *QUESTION, "--case", case), 3, "cannot be written", "briefs")
    assert run("brief", *QUESTION, "--case", case, "--out", tmp_path / "out").code == 0


def test_no_case_can_be_made_in_a_closed_folder(run, tmp_path, closed):
    closed(tmp_path, 0o500)
    told(run("init", tmp_path / "case"), 3, "cannot be written")
    told(run("demo", "--out", tmp_path / "demo"), 3, "cannot be written")


def test_a_file_in_the_place_of_a_folder_is_told(run, coded, tmp_path):
    (tmp_path / "taken").touch()
    told(run("init", tmp_path / "taken"), 3, "a folder is wanted")
    told(run("brief", *QUESTION, "-o", tmp_path / "taken", "--case", coded), 3, "folder is wanted")
    told(run("demo", "--out", tmp_path / "taken"), 3, "a folder is wanted")


def test_a_key_that_is_no_key_is_told_with_its_line(run, articles, tmp_path):
    key = tmp_path / "key.jsonl"
    key.write_text('{"kind": "evnt"}\n', encoding="utf-8")
    told(run("grade", key, "--texts", articles), 2, "'evnt'", "key.jsonl:1", "'event'")
    told(run("grade", tmp_path / "none.jsonl", "--texts", articles), 2, "cannot be read")


def test_a_run_in_which_nothing_could_be_coded_ends_with_an_error(run, case, articles, monkeypatch):
    def refuse(documents, **_settings):
        raise KeyError("tables")

    monkeypatch.setattr("inconcert.workbench.coding_run.code_documents", refuse)
    run("read", articles, "--case", case)
    told(run("code", "-p", "1", "--case", case), 1, "not one of 2 documents", "KeyError", "doctor")


def test_ctrl_c_keeps_what_was_finished(run, case, articles, monkeypatch):
    def interrupt(documents, **_settings):
        raise KeyboardInterrupt

    monkeypatch.setattr("inconcert.workbench.coding_run.code_documents", interrupt)
    run("read", articles, "--case", case)
    done = run("code", "-p", "1", "--case", case)
    assert (done.code, done.out) == (130, "")
    assert "the same command goes on from there" in done.err
    with Store.open(case, write=False) as store:
        assert store.info()["documents"] == 2
