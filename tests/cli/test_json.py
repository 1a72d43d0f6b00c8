"""With `--json` every command prints one JSON value on standard output, and nothing else."""

from __future__ import annotations

import json
import math

import pytest

from inconcert.cli.app import app
from inconcert.core.plain import json_text

AT_CASE = {
    # Commands at a coded case that nothing is written to, and what stands in their JSON.
    "store info": "texts",
    "store check": "faults",
    "store coverage": "error",
    "store quarantine": "error",
    "store unfold nothing": "error",
    "store compact": "error",
    "store export nothing.tar": "error",
    "store import nothing.tar": "error",
    "scan --toward AFG": "error",
    "ontology show": None,
    "ontology learn nothing.txt --name BORDER": "error",
    "actors --unknown": None,
    "actors list --kind bloc": None,
    "actors show RUS": "id",
    "actors split nothing nobody": "error",
    "review import nothing.jsonl": "error",
    "sources list": None,
    "sources log": None,
    "sources grade nothing --why nothing": "error",
    "sources undo nothing": "error",
}
ELSEWHERE = {
    "ask", "brief", "code", "config", "doctor", "export", "grade", "init", "read", "review",
    "review agreement", "review decide", "review log", "review undo", "actors find", "actors log",
    "actors merge", "actors undo", "actors add", "demo", "serve", "mcp", "review export",
}  # fmt: skip
"""Tried below, or in the tests of these commands."""


def all_commands():
    names = [one.name or one.callback.__name__ for one in app.registered_commands]
    for group in app.registered_groups:
        inner = group.typer_instance.registered_commands
        names += [f"{group.name} {one.name or one.callback.__name__}" for one in inner]
    return {name.replace("_", "-") for name in names}


def test_every_command_is_tried_here():
    tried = {*AT_CASE, *ELSEWHERE}
    missing = {
        name
        for name in all_commands()
        if not any(f"{one} ".startswith(f"{name} ") for one in tried)
    }
    assert not missing


def one_value(done, words, key):
    assert done.err == "", words
    assert key is None or key in done.json, words
    assert done.code == 0 or "error" in done.json or "faults" in done.json, words


@pytest.mark.parametrize(("words", "key"), AT_CASE.items(), ids=str)
def test_a_command_at_a_case_prints_one_value(run, coded, words, key):
    one_value(run(*words.split(), "--case", coded, "--json"), words, key)


def test_commands_that_write_and_those_without_a_case_print_one_value(run, coded, case, tmp_path):
    (tmp_path / "file").write_text("in use")
    table = tmp_path / "table.csv"
    table.write_text("date,who,whom,what\n2021-08-15,RUS,AFG,040\n" * 3)
    brief = tmp_path / "brief"
    tried = {
        ("read", "--sniff", table): str(table),
        ("brief", "RUS", "-t", "Taliban", "--case", coded, "--out", brief): "markdown",
        ("brief", "diff", brief, brief): "markdown",
        ("brief", "diff", brief): "error",
        ("review", "export", tmp_path / "reviews.jsonl", "--case", coded): "reviews",
        ("actors", "add", "jane-example", "--name", "Jane Example", "--code", "GBR", "--case",
         case): "id",
        ("actors",): "error",
        ("demo", "--out", tmp_path / "file"): "error",
        ("serve", "--openapi"): "openapi",
        ("serve", "--case", tmp_path / "nowhere"): "error",
        ("mcp", "--case", tmp_path / "nowhere"): "error",
    }  # fmt: skip
    for words, key in tried.items():
        one_value(run(*words, "--json"), words, key)


def test_what_is_no_number_is_null_and_never_a_word_that_json_lacks():
    found = json_text({"p": math.nan, "all": [math.inf, (1.5, -math.inf)]}, indent=2)
    assert json.loads(found) == {"p": None, "all": [None, [1.5, None]]}
