"""Each command as a person or a program calls it: what it prints, where, and its exit code."""

from __future__ import annotations

import csv
import io
import json
import shlex

import pyarrow.parquet
import pytest

from inconcert.cli.app import app


def test_the_way_from_articles_to_a_brief(run, articles, tmp_path):
    case = tmp_path / "border 2021"
    made = run("init", case, "--title", "The border, 2021")
    assert made.code == 0
    assert f"inconcert read FILES --case {shlex.quote(str(case))}" in made.out
    read = run("read", articles, "--case", case, "--source", "The Paper", "--country", "GBR")
    assert read.code == 0
    assert "Read 2 new documents; 0 known before." in read.out
    assert "left out: 1 (empty)" in read.out
    assert "empty.txt: Nothing in it (0 bytes)." in read.out
    assert f"inconcert code --case {shlex.quote(str(case))}" in read.out
    code = run("code", "--case", case, "--processes", "1")
    assert code.code == 0
    assert code.out.startswith("Coded 2 documents: 5 sentences, ")
    asked = run("ask", "Russia", "China", "--toward", "Afghanistan+Taliban", "--case", case)
    assert asked.code == 0
    assert "Verdict: cannot tell." in asked.out
    assert "China met the Taliban in Doha on Monday." in asked.out
    brief = run("brief", "Russia", "China", "--toward", "Taliban", "--case", case)
    assert brief.code == 0
    assert str(case / "briefs" / "brief.html") in brief.out
    page = (case / "briefs" / "brief.html").read_text(encoding="utf-8")
    assert "The border, 2021" in page
    assert "The Paper" in page
    assert "empty.txt" in page  # what was left out stands in the brief


def test_each_command_answers_json_and_nothing_else(run, coded, articles, tmp_path):
    new = tmp_path / "new"
    where = ("--case", coded)
    key = tmp_path / "key.jsonl"
    record = {"id": "D1", "kind": "document", "file": "2021-09-15 aid.txt", "start": 0, "end": 9}
    key.write_text(json.dumps(record) + "\n", encoding="utf-8")
    commands: list[tuple[tuple[object, ...], set[str]]] = [
        (("init", new), {"case"}),
        (("read", articles, "--case", new), {"new", "known", "left_out", "notes", "not_coded"}),
        (("code", "-p", "1", "--case", new), {"documents", "pending", "events", "failed"}),
        (("code", "--explain", "Russia sent tanks to Tajikistan."), {"events", "actors"}),
        (("ask", "RUS", "CHN", "-t", "Taliban", *where), {"question", "verdict", "corpus"}),
        (("brief", "RUS", "-t", "Taliban", "-o", tmp_path, *where), {"markdown", "html"}),
        (("export", tmp_path / "e.csv", *where), {"file", "written", "left_out"}),
        (("grade", key, "--texts", articles), {"events", "traps", "statements", "misses"}),
        (("doctor", *where), {"python", "language model", "case documents", "problems"}),
    ]
    for words, keys in commands:
        done = run(*words, "--json")
        assert (done.code, done.err) == (0, ""), words
        assert keys <= set(done.json), words
    config = run("config", *where, "--json")
    assert {"key": "title", "value": "The border", "origin": "case.toml:5"} in config.json
    found = run("actors", "find", "Lavrov", "--date", "2021-09-01", "--json")
    assert found.json[0]["code"] == "RUS"


def test_a_program_gets_an_error_as_json_too(run, tmp_path):
    done = run("ask", "RUS", "--toward", "CHN", "--case", tmp_path / "nowhere", "--json")
    assert (done.code, done.err) == (3, "")
    assert set(done.json) == {"error", "what", "where", "advice"}
    assert done.json["error"] == "NoCase"


def _all_commands():
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    return [*([name] for name in names), ["actors", "find"]]


@pytest.mark.parametrize("words", _all_commands(), ids=" ".join)
def test_the_examples_in_the_help_are_good_commands(run, words):
    done = run(*words, "--help")
    assert done.code == 0
    example = done.out.partition("Example")[2]
    assert f"inconcert {' '.join(words)}" in example
    written = shlex.split(example.partition(f"inconcert {' '.join(words)}")[2].split("\n\n")[0])
    options = {word for word in written if word.startswith("--") and word.isascii()}
    listed = done.out.partition("Options")[2]
    assert all(option.rstrip(",.;") in listed for option in options), options


def test_without_a_command_the_commands_are_listed(run):
    done = run()
    listed = done.out + done.err
    assert all(f" {name} " in listed for name in ("init", "read", "code", "ask", "brief", "demo"))


def test_version_is_that_of_the_package(run):
    import inconcert

    assert run("--version").out.strip() == inconcert.__version__


def test_reading_and_coding_again_changes_nothing(run, articles, case):
    run("read", articles, "--case", case)
    run("code", "-p", "1", "--case", case)
    before = run("ask", "RUS", "CHN", "-t", "Taliban", "--case", case, "--json").json
    assert run("read", articles, "--case", case, "--json").json["new"] == 0
    again = run("code", "-p", "1", "--case", case)
    assert again.out.startswith("Nothing to code; 2 documents coded before.")
    assert run("ask", "RUS", "CHN", "-t", "Taliban", "--case", case, "--json").json == before


def test_standard_input_is_read(run, case):
    piped = '{"text": "Iran hosted the Taliban in Tehran.", "date": "2021-07-08"}\n'
    done = run("read", "-", "--case", case, "--source", "A pipe", stdin=piped)
    assert done.out.startswith("Read 1 new document;")
    run("code", "-p", "1", "--case", case)
    answer = run("ask", "Iran", "-t", "Taliban", "--case", case, "--json").json
    assert answer["corpus"]["sources"][0]["name"] == "A pipe"
    assert "2021-07-08" in json.dumps(answer)


def test_columns_of_a_table_are_named_on_the_command_line(run, case, tmp_path):
    table = tmp_path / "items.csv"
    table.write_text('n,Meldung,Tag\n1,"China met the Taliban in Doha.",2021-09-14\n', "utf-8")
    refused = run("read", table, "--case", case)
    assert refused.code == 2
    assert "--column text=NAME" in refused.out
    done = run(
        "read", table, "--case", case, "--column", "text=Meldung", "--column", "date=Tag", "--json"
    )
    assert done.json["new"] == 1


def test_events_and_statements_are_exported_in_three_formats(run, coded, tmp_path):
    for kind in ("events", "statements"):
        for suffix in ("csv", "jsonl", "parquet"):
            done = run("export", tmp_path / f"x.{suffix}", "--what", kind, "--case", coded)
            assert done.code == 0
            assert done.out.startswith("Wrote ")
        rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"))))
        lines = (tmp_path / "x.jsonl").read_text("utf-8").splitlines()
        table = pyarrow.parquet.read_table(tmp_path / "x.parquet")
        assert len(rows) == len(lines) == table.num_rows > 0
        assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in lines]


def test_an_export_tells_what_it_left_out(run, coded, tmp_path):
    done = run("export", tmp_path / "e.csv", "--case", coded)
    assert "--all writes them too" in done.out
    everything = run("export", tmp_path / "e.csv", "--all", "--case", coded, "--json").json
    assert everything["left_out"] == 0


def test_a_text_is_explained_without_a_case(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("code", "--explain", "Russia held joint drills with Tajikistan.")
    assert done.code == 0
    assert "RUS" in done.out
    assert "'held'" in done.out or "drills" in done.out
    assert list(tmp_path.iterdir()) == []


def test_config_tells_where_each_value_comes_from(run, coded):
    lines = run("config", "--case", coded).out.splitlines()
    assert any(line.startswith("title ") and "(case.toml:5)" in line for line in lines)
    assert any(line.startswith("read.source ") and "(default)" in line for line in lines)


def test_doctor_ends_with_an_error_where_something_is_wrong(run, coded, tmp_path):
    well = run("doctor", "--case", coded)
    assert (well.code, well.err) == (0, "")
    assert "All is well." in well.out
    ill = run("doctor", "--case", tmp_path)
    assert ill.code == 3
    assert "no case here" in ill.err
    assert "language model" in ill.out
