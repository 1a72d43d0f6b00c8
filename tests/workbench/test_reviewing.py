"""A case reviewed by two people: queue, decisions, their effect, and what is carried elsewhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from inconcert import Workbench
from inconcert.core.coding import Coding
from inconcert.core.document import Document
from inconcert.core.event import EventMention, When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import Sentence
from inconcert.core.provenance import Provenance
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.errors import BadInput, BadQuestion, NothingCoded, UnknownActor
from inconcert.store.reviewed_records import Candidate
from inconcert.store.store import FILE, Store
from inconcert.workbench import reviewing_case, reviewing_session
from inconcert.workbench.reviewing import Reviewing
from inconcert.workbench.reviewing_files import FOLDER
from inconcert.workbench.reviewing_queue import (
    Bearing,
    at_random,
    bearing_in,
    bearing_of,
    ordered,
)
from inconcert.workbench.reviewing_session import Session
from inconcert.workbench.reviewing_text import bracketed, item_lines, tell_log, tell_outcome
from inconcert.workbench.reviewing_told import effect, told_of

CODER = Provenance("code", "made up", "1", "for tests")
CODES = {"China": "CHN", "Taliban": "AFGTAL", "Russia": "RUS", "Tajikistan": "TJK",
         "Afghanistan": "AFG", "Beijing": "CHN"}  # fmt: skip
DOCUMENTS = {
    14: ("China met the Taliban in Doha.", "Russia sent tanks to Tajikistan."),
    15: ("China sent food to Afghanistan on Tuesday, officials in Beijing said.",),
    16: ("Russia and China met the Taliban in Kabul.",),
}
EVENTS = {
    "in Doha": ("CONSULT", "met", ("China", "Taliban"), (), 0.84),
    "tanks": ("AID", "sent", ("Russia",), ("Tajikistan",), 0.58),
    "food": ("AID", "sent", ("China",), ("Afghanistan",), 0.69),
    "in Kabul": ("CONSULT", "met", ("Russia", "China", "Taliban"), (), 0.8),
}
"""By words of the sentence: type, predicate, who acts, who is acted upon, confidence."""
QUESTION = '\n[[questions]]\nactors = ["RUS", "CHN"]\ntoward = "AFG+AFGTAL"\n'
HOLD = """
import sys, duckdb
held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""


def coding_of(document: Document) -> Coding:
    """What a coder might find in a text of these tests."""
    text, sentences, mentions, events, statements = document.text, [], [], [], []
    start = 0
    for index, words in enumerate(DOCUMENTS[document.published.first.day]):
        end = start + len(words)
        key = content_id(document.id, index)
        sentences.append(Sentence(key, document.id, index, start, end, index, index, 0))

        def who(name: str, start=start) -> Participant:
            at = text.index(name, start)
            return Participant(CODES[name], (), None, at, at + len(name))

        mentions += [
            ActorMention(index, who(n).start, who(n).end, 0, "name", (who(n),), "by name")
            for n in CODES
            if n in words
        ]
        kind, act, actors, recipients, sure = next(e for k, e in EVENTS.items() if k in words)
        at = text.index(act, start)
        events.append(
            EventMention(
                content_id(key, act), document.id, index, at, at + len(act), kind, None, (), (),
                tuple(map(who, actors)), tuple(map(who, recipients)), (),
                When(document.published), "verb and model", sure,
            )
        )  # fmt: skip
        if "said" in words:
            said = text.index("said")
            statements.append(
                Statement(
                    content_id(key, "said"), document.id, index, said, said + 4, "say",
                    (who("Beijing"),), "officials in Beijing", (), (who("Afghanistan"),),
                    "indirect", 0, 41, (), When(), "clause", 0.9,
                )
            )  # fmt: skip
        start = end + 1
    found = map(tuple, (sentences, mentions, events, statements))
    return Coding(document.id, *found, ())


@pytest.fixture(scope="module")
def coded_once(tmp_path_factory) -> Workbench:
    bench = Workbench.create(tmp_path_factory.mktemp("reviewed") / "case")
    documents = [
        Document.of(" ".join(told), published=TimeSpan.day(date(2021, 9, day)), language="en",
                    place=f"{day}.txt")
        for day, told in DOCUMENTS.items()
    ]  # fmt: skip
    with Store.open(bench.folder, write=True) as store:
        store.add_documents(documents)
        store.add_codings([coding_of(one) for one in documents], CODER)
    return bench


@pytest.fixture
def coded(coded_once, tmp_path) -> Workbench:
    return copied(coded_once, tmp_path / "case")


def copied(bench: Workbench, folder: Path, more: str = "") -> Workbench:
    """The case in another place; its register is read once for all."""
    shutil.copytree(bench.folder, folder)
    with (folder / "case.toml").open("a", encoding="utf-8") as file:
        file.write(more)
    copy = Workbench.open(folder)
    copy.__dict__["register"] = bench.register
    return copy


@pytest.fixture
def asking(coded_once, tmp_path) -> Workbench:
    """The case with a question of its own."""
    return copied(coded_once, tmp_path / "case", QUESTION)


def by(bench, name="Anna", **more) -> Reviewing:
    return Reviewing(bench, name, **more)


def only(bench, words: str) -> EventMention:
    """The event of the sentence with these words, as it is returned."""
    (found,) = [r.event for r in bench.events() if words in r.at.sentence]
    return found


def ids(bench) -> set[str]:
    return {r.event.id for r in bench.events(with_auxiliary=True)}


def test_the_queue_has_every_record_and_leaves_out_what_was_decided(coded):
    anna = by(coded)
    waiting = [one.candidate.id for one in anna.queue()]
    assert set(waiting) == ids(coded) | {r.statement.id for r in coded.statements()}
    anna.decide(waiting[0], "right")
    assert [one.candidate.id for one in anna.queue()] == waiting[1:]
    assert len(by(coded, "Ben").queue()) == len(waiting)  # judges by himself
    assert len(anna.queue(with_decided=True)) == len(waiting)
    assert {one.candidate.kind for one in anna.queue(kind="statement")} == {"statement"}


def test_doubtful_records_and_such_that_carry_a_verdict_come_first():
    def candidate(id, confidence, rule="verb meet and model"):
        return Candidate("event", id, "d", "s", "CONSULT", rule, confidence)

    found = ordered(
        [
            candidate("sure", 0.95),
            candidate("doubt", 0.52),
            candidate("differs", 0.7, "model, against verb meet"),
            candidate("carries", 0.9),
            candidate("alone", 0.95, "model"),
        ],
        {"carries": Bearing(1.0, "counts as an act of both")},
        sample="unsure",
        seed=0,
    )
    assert [one.candidate.id for one in found] == ["carries", "differs", "doubt", "alone", "sure"]
    assert found[0].why == ("confidence 0.90", "counts as an act of both")
    assert found[1].why == ("confidence 0.70", "rule and model differ")
    with pytest.raises(BadQuestion, match="no order"):
        ordered([], {}, sample="odd", seed=0)


def test_a_random_order_goes_by_the_seed_alone_and_stays_when_records_are_added():
    some = [f"id{n}" for n in range(50)]
    order = at_random(some, 0)
    assert order != some
    assert order == at_random(reversed(some), 0) != at_random(some, 1)
    more = at_random([*some, "new"], 0)
    assert [one for one in more if one != "new"] == order


def test_what_a_decision_does_to_the_answers_is_told_at_once_or_when_asked(asking, monkeypatch):
    anna = by(asking)
    queue = anna.queue()
    session = Session(anna, queue)
    item = session.current
    assert "counts as an act of both: Russia and China" in item.why[1]
    step = session.decide(item, "wrong")
    (one,) = step.effect
    assert (one["before"]["contact"], one["after"]["contact"]) == ("consulted", "none found")
    assert "contact consulted → none found" in tell_outcome(step.outcome, step.effect)
    assert session.place == 1
    undone = session.undo()
    assert undone.effect[0]["after"]["contact"] == "consulted"
    assert session.place == 0
    monkeypatch.setattr(reviewing_session, "AT_ONCE", 1)
    late = Session(anna, queue)
    assert late.decide(late.current, "wrong").effect == ()
    assert late.is_due
    (one,) = late.changed()
    assert one["after"]["contact"] == "none found"
    assert not late.is_due


def test_pages_know_of_an_answer_what_the_walk_knows(asking):
    answers = by(asking).answers()
    records = [asking.show(one, form="record") for one in answers]
    assert bearing_in(records) == bearing_of(answers) != {}
    (same,) = effect(answers, answers)
    assert told_of(records[0]) == (same["question"], same["before"])
    assert same["changed"] == []


def test_a_walk_goes_back_and_forth_and_says_what_was_said(coded):
    anna = by(coded)
    queue = anna.queue(kind="event")
    session = Session(anna, queue)
    session.back()
    assert session.place == 0
    session.decide(session.current, "changed", ["date=2021-09-01"])
    session.back()
    item = session.current
    assert (item.own.judgement, item.as_record()["corrected"]) == ("changed", ["date"])
    assert item.record.event.when.span.first.isoformat() == "2021-09-01"
    shown = bracketed(item_lines(item, 1, len(queue)))
    assert "[P:" in shown
    assert "you said: changed (date)" in shown
    for _ in range(len(queue) + 2):
        session.next()
    assert session.current is None


def test_a_correction_reaches_what_is_returned_and_the_exports(coded, tmp_path):
    food = only(coded, "sent food")
    given = ["type=coerce", "recipients=Tajikistan", "actors=Beijing+RUS", "mode=none"]
    by(coded).decide(food.id, "changed", given)
    now = only(coded, "sent food")
    assert (now.id, now.type, now.mode) == (food.id, "COERCE", None)
    assert [who.code for who in now.recipients] == ["TJK"]
    assert [(who.code, who.start) for who in now.actors] == [("CHN", 0), ("RUS", food.start)]
    coded.export(tmp_path / "events.jsonl")
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    (line,) = [one for one in map(json.loads, lines) if one["id"] == food.id]
    assert line["type"] == "COERCE"
    assert "corrected by Anna" in line["rule"]


NO_DECISIONS = [
    ("changed", (), BadQuestion),
    ("right", ("type=AID",), BadQuestion),
    ("same", (), BadQuestion),
    ("changed", ("type=AIDE",), BadQuestion),
    ("changed", ("mode=visit",), BadQuestion),
    ("changed", ("actors=none",), BadQuestion),
    ("changed", ("date=tomorrow",), BadQuestion),
    ("changed", ("speakers=RUS",), BadQuestion),
    ("changed", ("type",), BadQuestion),
    ("changed", ("type=AID",), BadQuestion),
    ("changed", ("recipients=Nobody At All",), UnknownActor),
    ("changed", ("auxiliary=maybe",), BadQuestion),
]


def test_what_is_no_decision_is_refused_and_nothing_is_kept(coded):
    food = only(coded, "sent food")
    assert food.type == "AID"
    anna = by(coded)
    for decision, given, error in NO_DECISIONS:
        with pytest.raises(error):
            anna.decide(food.id, decision, given)
    assert anna.log() == []


def test_ids_may_be_short_and_what_is_nobodys_is_refused(coded):
    food = only(coded, "sent food")
    assert by(coded).item(food.id[:10].upper()).candidate.id == food.id
    for wrong in ("", "ffffffffffffffff", " "):
        with pytest.raises(BadQuestion, match="have the id"):
            by(coded).item(wrong)
    with pytest.raises(BadQuestion, match="has a name"):
        by(coded, "  ")


def test_statements_are_judged_and_corrected(coded):
    said = coded.statements()[0].statement
    by(coded).decide(said.id, "changed", ["speaker=AFG", "stance=CHN:-1", "commitment=denial"])
    now = coded.statements()[0].statement
    assert [who.code for who in now.speakers] == ["AFG"]
    assert [(one.code, one.sign) for one in now.stance] == [("CHN", -1)]
    assert now.commitment == "denial"
    by(coded, "Ben").decide(said.id, "wrong")
    assert coded.statements() == []


def test_undo_takes_back_the_last_decision_whole_and_another_by_its_id(coded):
    food, tanks = only(coded, "sent food"), only(coded, "sent tanks")
    anna = by(coded)
    first = anna.decide(tanks.id, "wrong").reviews[0]
    anna.decide(food.id, "changed", ["type=COERCE", "recipients=TJK"])
    by(coded, "Ben").decide(food.id, "unsure")
    assert len(anna.undo().reviews) == 2
    assert only(coded, "sent food") == food
    undo = anna.undo(first.id[:8]).reviews[0]
    assert tanks.id in ids(coded)
    with pytest.raises(BadQuestion, match="taken back already"):
        anna.undo(first.id)
    with pytest.raises(BadQuestion, match="no decision to undo"):
        anna.undo()
    anna.undo(undo.id)
    assert tanks.id not in ids(coded)
    assert "(does not hold)" in tell_log(anna.log())


def test_export_and_import_lose_nothing_and_twice_changes_nothing(coded, coded_once, tmp_path):
    food, tanks = only(coded, "sent food"), only(coded, "sent tanks")
    anna = by(coded)
    anna.decide(food.id, "changed", ["type=COERCE"], note="an order, “really”\u2028so")
    anna.decide(tanks.id, "wrong")
    anna.undo()
    file, again = tmp_path / "reviews.jsonl", tmp_path / "again.jsonl"
    assert anna.export(file) == 3
    ben = by(copied(coded_once, tmp_path / "other"), "Ben")
    report = ben.import_(file)
    assert (report.new, report.known, report.unknown) == (3, 0, ())
    report = ben.import_(file)
    assert (report.new, report.known) == (0, 3)
    ben.export(again)
    assert again.read_bytes() == file.read_bytes()
    assert [r.event for r in ben.bench.events()] == [r.event for r in coded.events()]


def test_reviews_of_records_that_the_case_has_not_are_kept_and_told(coded, tmp_path):
    anna = by(coded)
    anna.decide(only(coded, "sent food").id, "wrong")
    file = tmp_path / "reviews.jsonl"
    anna.export(file)
    empty = Workbench.create(tmp_path / "empty")
    report = by(empty).import_(file)
    assert (report.new, len(report.unknown)) == (1, 1)
    assert by(empty).log()[0]["about"] == [{"id": report.unknown[0], "state": "unknown"}]
    with pytest.raises(NothingCoded):
        by(empty).queue()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda line: "{", "no JSON"),
        (lambda line: "[1]", "no review"),
        (lambda line: json.dumps({**json.loads(line), "extra": 1}), "no review"),
        (lambda line: json.dumps({**json.loads(line), "by": "Ben"}), "altered"),
        (lambda line: json.dumps({**json.loads(line), "subjects": "abc"}), "no review"),
        (lambda line: json.dumps({**json.loads(line), "at": "noon"}), "no review"),
        (lambda line: json.dumps({**json.loads(line), "decision": "maybe"}), "no review"),
        (lambda line: line.replace("abcdef0123456789", "\\ud800"), "no review"),
    ],
)
def test_a_line_that_is_no_review_is_refused_with_its_place(tmp_path, change, what):
    from datetime import UTC, datetime

    from inconcert.core.review import EVENT, Review
    from inconcert.workbench.reviewing_files import line_of, reviews_in

    at = datetime(2021, 9, 1, tzinfo=UTC)
    good = line_of(Review.of("wrong", EVENT, ["abcdef0123456789"], by="Anna", at=at))
    file = tmp_path / "reviews.jsonl"
    file.write_text(f"{good}\n{change(good)}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=what) as error:
        reviews_in(file.read_text(encoding="utf-8"), str(file))
    assert error.value.where == f"{file}:2"


def test_an_undo_of_what_is_not_there_is_refused_whole(coded, tmp_path):
    anna = by(coded)
    anna.decide(only(coded, "sent food").id, "wrong")
    anna.undo()
    file = tmp_path / "reviews.jsonl"
    anna.export(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{lines[1]}\n", encoding="utf-8")
    other = Workbench.create(tmp_path / "other")
    with pytest.raises(BadInput, match="takes back"):
        by(other).import_(file)
    assert by(other).log() == []


def test_two_windows_that_write_at_once_lose_nothing(coded):
    waiting = [one.candidate.id for one in by(coded).queue()][:4]

    def judge(name: str) -> None:
        mine = by(coded, name, patience=60)
        for id in waiting:
            mine.decide(id, "right")

    threads = [Thread(target=judge, args=(name,)) for name in ("Anna", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = sorted((one["by"], one["subjects"][0]) for one in by(coded).log())
    assert made == sorted((name, id) for name in ("Anna", "Ben") for id in waiting)


def test_what_another_decided_meanwhile_is_told_and_the_last_one_counts(coded):
    anna, ben = by(coded), by(coded, "Ben")
    food = only(coded, "sent food")
    anna.item(food.id)
    ben.decide(food.id, "wrong")
    outcome = anna.decide(food.id, "right")
    assert [one.by for one in outcome.meanwhile] == ["Ben"]
    assert "meanwhile Ben decided wrong" in tell_outcome(outcome)
    assert anna.decide(food.id, "right").meanwhile == ()
    assert food.id in ids(coded)
    other = by(coded)  # of the same reviewer, who has not seen that
    seen = [one.id for one in outcome.meanwhile]
    assert [one.by for one in other.decide(food.id, "unsure", seen=seen).meanwhile] == ["Anna"] * 2


def test_a_decision_made_while_another_process_writes_is_kept_and_taken_in_later(
    coded, monkeypatch
):
    food, tanks = only(coded, "sent food"), only(coded, "sent tanks")
    monkeypatch.setattr(reviewing_case, "_PAUSE", 0.01)
    anna = by(coded, patience=0.02)
    anna.item(food.id)  # was shown before the other began
    command = [sys.executable, "-c", HOLD, str(coded.folder / FILE)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        outcome = anna.decide(food.id, "wrong")
        assert str(other.pid) in outcome.busy
        assert "kept beside it" in tell_outcome(outcome)
        assert len(list((coded.folder / FOLDER).iterdir())) == 1
        other.communicate("go\n")
    assert anna.log()[0]["decision"] == "wrong"  # seen by reviewers at once
    assert food.id in ids(coded)  # by answers with the next decision
    anna.decide(tanks.id, "right")
    assert food.id not in ids(coded)
    assert not (coded.folder / FOLDER).exists()


def test_precision_is_measured_from_what_counts_and_random_only_from_the_front(coded):
    anna = by(coded)
    order = [one.candidate.id for one in anna.queue(kind="event", sample="random")]
    anna.decide(order[0], "right")
    anna.decide(order[1], "wrong")
    anna.decide(order[3], "right")
    grade = anna.grade()
    assert (len(grade.judged), grade.held["event"]) == (3, len(order))
    assert grade.measures("event")["type right"].right == 2
    drawn = anna.grade(sample="random")
    assert {one.id for one in drawn.judged} == set(order[:2])
    assert drawn.following["event"] == order[2]
    anna.decide(order[2], "unsure")
    assert len(anna.grade(sample="random").judged) == 3
    by(coded, "Ben").decide(order[0], "wrong")
    assert anna.grade().measures("event")["type right"].right == 1


def test_agreement_counts_the_same_parties_as_the_same_in_any_order(coded):
    both = only(coded, "met the Taliban in Kabul")
    food = only(coded, "sent food")
    for name, value in (("Anna", "RUS+CHN"), ("Ben", "CHN+RUS")):
        by(coded, name).decide(both.id, "changed", [f"actors={value}"])
        by(coded, name).decide(food.id, "right" if name == "Anna" else "wrong")
    (pair,) = by(coded).agreement()
    assert (pair.share.right, pair.share.of) == (1, 2)
    assert [a.id for a, _ in pair.differing] == [food.id]


def test_reviews_of_records_the_present_coder_has_not_are_kept_and_told(coded):
    anna, food = by(coded), only(coded, "sent food")
    anna.decide(food.id, "wrong")
    with Store.open(coded.folder, write=True) as store:
        coder = store.provenances()[0]
        documents = list(store.documents())
        newer = replace(coder, version="99")
        store.add_codings([Coding(d.id, (), (), (), (), ()) for d in documents], newer)
    assert anna.log()[0]["about"] == [{"id": food.id, "state": "older coder"}]
    grade = anna.grade()
    assert (grade.judged, grade.gone) == ((), 1)
    assert "1 decided on that the present coder does not have" in grade.as_text()
    with pytest.raises(BadQuestion, match="present coder") as error:
        anna.item(food.id)
    assert "earlier coder" in error.value.advice
