"""The commands to review, as a person types them."""

from __future__ import annotations

import shlex
import shutil

import pytest

from inconcert.cli.review import review_app
from inconcert.errors import CaseBusy
from inconcert.workbench.reviewing import Reviewing

COMMANDS = [command.name or command.callback.__name__ for command in review_app.registered_commands]


@pytest.fixture
def own(coded, tmp_path):
    """The coded case, to write to."""
    shutil.copytree(coded, tmp_path / "own")
    return tmp_path / "own"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_in_the_help_is_a_good_command(run, name):
    done = run("review", name, "--help")
    assert done.code == 0
    example = done.out.partition("Example")[2].replace("│", " ")
    assert f"inconcert review {name}" in example
    words = shlex.split(
        example.partition(f"inconcert review {name}")[2].split("`")[0].split("\n\n")[0]
    )
    listed = done.out.partition("Options")[2]
    assert all(word in listed for word in words if word.startswith("--"))


def test_the_queue_is_listed_as_json(run, own):
    done = run("review", "--json", "--limit", "2", "--reviewer", "Anna", "--case", own)
    assert done.code == 0
    told = done.json
    assert (told["reviewer"], len(told["items"])) == ("Anna", 2)
    assert told["waiting"] > 2
    first = told["items"][0]
    assert first["why"][0].startswith("confidence")
    assert first["sentence"]
    assert first["decided"] is None


def test_a_walk_by_keys_shows_marked_sentences_and_keeps_every_decision(run, own):
    keys = "a\nn\nb\ne\nnonsense\ne\ndate=2021-09-02\nu\nr\nx\nz\nq\n"
    where = ("--case", own, "--reviewer", "Anna", "--kind", "event")
    done = run("review", *where, stdin=keys)
    assert done.code == 0
    assert "[P:met]" in done.out
    assert "is no correction of an event" in done.err
    assert "a accept, r reject" in done.err
    assert "Every decision so far is kept." in done.err
    log = run("review", "log", "--json", "--case", own).json
    assert [one["decision"] for one in log] == ["right", "changed", "unsure", "wrong", "undo"]
    assert {one["by"] for one in log} == {"Anna"}


def test_a_walk_ends_where_the_keys_do_and_where_nothing_is_left(run, own):
    done = run("review", "--case", own, "--reviewer", "Anna", stdin="a\n" * 50)
    assert done.code == 0
    assert "Nothing is left in the queue." in done.err
    again = run("review", "--case", own, "--reviewer", "Anna", stdin="")
    assert "Nothing waits to be reviewed." in again.err


def test_a_case_in_use_is_told_and_the_walk_goes_on(run, own, monkeypatch):
    real, calls = Reviewing.items, []

    def busy_once(self, waiting):
        calls.append(1)
        if len(calls) == 1:
            raise CaseBusy("the case is in use by process 7", where="case")
        return real(self, waiting)

    monkeypatch.setattr(Reviewing, "items", busy_once)
    done = run("review", "--case", own, "--reviewer", "Anna", stdin="x\na\nq\n")
    assert "in use by process 7" in done.err
    assert len(run("review", "log", "--json", "--case", own).json) == 1


def test_a_decision_by_its_id_is_seen_in_the_export_and_undone(run, own, tmp_path):
    where = ("--case", own, "--reviewer", "Anna")
    items = run("review", "--json", "--kind", "event", *where).json["items"]
    id = next(one["id"] for one in items if "tanks" in one["sentence"])
    done = run("review", "decide", id, "changed", "--set", "type=COERCE", "--note", "why", *where)
    assert "type AID → COERCE" in done.out
    run("export", tmp_path / "events.csv", "--case", own)
    assert "type corrected by Anna" in (tmp_path / "events.csv").read_text(encoding="utf-8")
    assert "AID → COERCE: why" in run("review", "log", "--case", own).out
    assert run("review", "undo", *where).out.endswith("undo\n")
    assert run("review", "decide", id, "wrong", "--json", *where).json["stored"] is True


def test_reviews_are_carried_and_agreement_is_told(run, own, coded, tmp_path):
    item = run("review", "--json", "--case", own).json["items"][0]
    for name, said in (("Anna", "right"), ("Ben", "wrong")):
        run("review", "decide", item["id"], said, "--reviewer", name, "--case", own)
    file = tmp_path / "reviews.jsonl"
    assert run("review", "export", file, "--case", own).out.startswith("2 reviews in")
    shutil.copytree(coded, tmp_path / "other")
    other = ("--case", tmp_path / "other")
    assert "2 reviews taken in, 0 there already" in run("review", "import", file, *other).out
    assert "0 reviews taken in, 2 there already" in run("review", "import", file, *other).out
    told = run("review", "agreement", *other).out
    assert "Anna and Ben: 0.000 [0.000, 0.793]  0 of 1 alike; kappa 0.00" in told
    assert f"{item['id']}" in told
    assert f"  from {item['source']}" in told
    assert run("review", "agreement", "--json", *other).json[0]["agree"] == 0


def test_precision_by_reviews_is_graded_and_says_how_they_were_chosen(run, own):
    where = ("--case", own, "--reviewer", "Anna", "--kind", "event")
    order = run("review", "--json", "--sample", "random", *where).json["items"]
    grade = ("grade", "--against-reviews", "--case", own)
    run("review", "decide", order[1]["id"], "right", *where[:4])
    done = run(*grade)
    assert done.code == 0
    assert "type and parties right       1.000 [0.207, 1.000]  1 of 1" in done.out
    assert "no random sample" in done.out
    assert "A random sample" not in done.out
    run("review", "decide", order[0]["id"], "wrong", *where[:4])
    done = run(*grade, "--sample", "random")
    assert "A random sample" in done.out
    assert "no random sample" not in done.out
    assert "type and parties right       0.500" in done.out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("decide", "0000", "right"), "no records of the present coder have the id"),
        (("--sample", "odd"), "no order of the queue"),
        (("--kind", "odd"), "cannot be reviewed"),
        (("undo",), "no decision to undo"),
        (("import", "no-such-file.jsonl"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told(run, coded, words, what):
    done = run("review", *words, "--case", coded)
    assert done.code == 2
    assert what in done.err
