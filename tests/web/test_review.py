"""The review in the browser: what is shown, what is kept, and what is never lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HERE, PORT
from tests.web.test_guard import contents

from inconcert.store.store import FILE, Store
from inconcert.web.app import application
from inconcert.web.guard import TOKEN_HEADER, own_hosts
from inconcert.workbench import reviewing_desk
from inconcert.workbench.bench import Workbench
from inconcert.workbench.reviewing import Reviewing
from inconcert.workbench.reviewing_files import FOLDER
from inconcert.workbench.reviewing_shown import ShownRecords

WRITER = """
import sys
from pathlib import Path
from inconcert.store.store import Store
with Store.open(Path(sys.argv[1]), write=True):
    print("open", flush=True)
    sys.stdin.readline()
"""
PAGES = ("/review", "/review/log", "/review/agreement")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_moments = count()


def moment() -> str:
    """A moment as a browser writes it, another one each time."""
    at = FIRST + timedelta(seconds=next(_moments))
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Another program that writes to the case meanwhile."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout.readline()
        yield
        program.communicate(b"\n")


@pytest.fixture(scope="module")
def served(case, token, tmp_path_factory):
    """A copy of the case that may be written to, and a browser at it."""
    folder = tmp_path_factory.mktemp("review") / "case"
    shutil.copytree(case, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviewing_desk, "PATIENCE", 0.05)
        app = application(folder, hosts=own_hosts(PORT), token=token)
        with Store.open(folder, write=False) as store:
            ids = {one.at.sentence: one.event.id for one in store.events()}
        with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
            yield SimpleNamespace(client=client, folder=folder, ids=ids)


@pytest.fixture
def desk(served, case, token):
    """The review of the case as it was coded, nothing decided."""
    shutil.copyfile(case / FILE, served.folder / FILE)
    shutil.rmtree(served.folder / FOLDER, ignore_errors=True)
    good = {"origin": HERE, TOKEN_HEADER: token}

    def get(path, **params):
        return served.client.get(path, params=params or None)

    def look(reviewer="Anna", **params):
        reply = get("/review.json", reviewer=reviewer, **params)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def post(path, body, headers=good):
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return served.client.post(path, content=content, headers=headers)

    def judged(item, decision, reviewer="Anna", **more):
        body = {"reviewer": reviewer, "id": item["id"], "kind": item["kind"], "at": moment(),
                "decision": decision, "seen": item["seen"], **more}  # fmt: skip
        return post("/review/decide.json", body)

    def one(words):
        return look(id=next(id for told, id in served.ids.items() if words in told))["item"]

    def log():
        return get("/review/log.json").json()["decisions"]

    return SimpleNamespace(folder=served.folder, get=get, look=look, post=post, judged=judged,
                           one=one, log=log)  # fmt: skip


def test_the_first_record_is_the_most_doubtful_one_in_its_context(desk):
    rows = [line.split(",") for line in desk.get("/review.csv").text.splitlines()]
    place, priority = rows[0].index("priority"), [float(row[8]) for row in rows[1:]]
    assert rows[0][place] == "priority"
    assert priority == sorted(priority, reverse=True)
    found = desk.look()
    assert (found["place"], found["decided"], found["held"]) == (1, 0, len(priority))
    assert found["item"]["id"] == rows[1][1]
    food = desk.one("Russia sent food")
    assert food["before"].endswith("in Doha on Saturday. ")
    page = desk.get("/review", reviewer="Anna", id=food["id"]).text
    assert '<mark class="pr">sent</mark>' in page
    assert 'aria-live="polite"' in page
    assert "Say who you are" not in page
    assert "Say who you are" in desk.get("/review", id=food["id"]).text


def test_a_decision_leads_to_the_next_record_and_stands_after_a_reload(desk):
    found = desk.look()
    reply = desk.judged(found["item"], "right").json()
    assert (reply["stored"], reply["words"]) == (True, "Accepted.")
    after = desk.look()
    assert (after["decided"], after["item"]["id"]) == (1, found["next"])
    assert desk.look(id=found["item"]["id"])["item"]["decided"] == "right"
    assert desk.look("Ben")["decided"] == 0  # judges by himself
    assert after["back"] == found["item"]["id"]


def test_the_queue_comes_to_its_end_and_turns_to_what_was_passed_over(desk):
    kind = {"kind": "statement"}
    left = desk.look(**kind)["held"]
    passed = desk.look(**kind)["item"]["id"]
    item = desk.look(**kind, id=desk.look(**kind)["next"])["item"]
    for _ in range(left - 1):
        desk.judged(item, "unsure")
        found = desk.look(**kind, id=item["id"])
        item = desk.look(**kind, id=found["next"])["item"]
    assert item["id"] == passed
    desk.judged(item, "unsure")
    assert desk.look(**kind)["item"] is None
    page = desk.get("/review", reviewer="Anna", **kind).text
    assert "Nothing waits to be reviewed" in page


def test_a_decision_that_is_sent_twice_is_kept_once(desk):
    item, at = desk.one("Russia sent food"), moment()
    for decision, more in (("wrong", {}), ("changed", {"corrections": ["type=COERCE"]})):
        at = moment()
        first = desk.judged(item, decision, at=at, **more).json()
        again = desk.judged(item, decision, at=at, **more).json()
        assert [one["id"] for one in first["reviews"]] == [one["id"] for one in again["reviews"]]
    undo = {"reviewer": "Anna", "at": moment()}
    assert desk.post("/review/undo.json", undo).json()["words"] == "Taken back."
    assert desk.post("/review/undo.json", undo).status_code == 200
    assert [one["decision"] for one in desk.log()] == ["undo", "changed", "wrong"]
    assert [one["holds"] for one in desk.log()] == [False, False, True]


def test_only_our_own_page_decides_and_looking_writes_nothing(desk, token):
    item = desk.look()["item"]
    before = contents(desk.folder)
    for headers in (
        {},
        {TOKEN_HEADER: token},
        {"origin": HERE},
        {"origin": "http://evil.example", TOKEN_HEADER: token},
        {"origin": HERE, TOKEN_HEADER: "guessed"},
    ):
        for path in ("/review/decide.json", "/review/undo.json", "/review/import.json"):
            assert desk.post(path, {"id": item["id"]}, headers).status_code == 403
    for path in ("/review/decide.json", "/review/undo.json", "/review/import.json"):
        assert desk.get(path, id=item["id"], decision="wrong").status_code == 405
    for path in PAGES:
        for end in ("", ".json", ".csv"):
            assert desk.get(f"{path}{end}", reviewer="Anna").status_code == 200
    assert desk.get("/review/reviews.jsonl").text == ""
    assert contents(desk.folder) == before
    assert desk.get("/review/token.json").json() == {"token": token}
    assert "no-store" in desk.get("/review/token.json").headers["cache-control"]


def test_what_was_decided_elsewhere_meanwhile_is_told(desk):
    item = desk.one("Russia sent food")
    assert desk.judged(item, "wrong", "Ben").json()["meanwhile"] == []
    told = desk.judged(item, "right").json()
    assert "Meanwhile Ben decided wrong; both are kept" in told["words"]
    other = desk.judged(item, "unsure").json()  # a second window, which saw none of it
    assert "Meanwhile Anna decided right; both are kept" in other["words"]
    late = desk.judged(item, "wrong", "Cleo", at="2025-12-31T00:00:00Z").json()  # sent days later
    assert "Since then Anna has decided unsure; both are kept" in late["words"]
    fresh = desk.look(id=item["id"])["item"]
    assert desk.judged(fresh, "right").json()["meanwhile"] == []


def test_a_correction_reaches_the_pages_and_undo_takes_it_back(desk):
    item = desk.one("Russia sent food")
    fields = {one["name"]: one for one in item["fields"]}
    assert (fields["type"]["value"], fields["actors"]["value"]) == ("AID", "RUS")
    assert set(item["modes"]["AID"]) == set(fields["mode"]["choices"])
    given = ["type=COERCE", "mode=none", "recipients=Tajikistan", "date=2021-08-13"]
    told = desk.judged(item, "changed", corrections=given, note="orders").json()
    assert told["words"].startswith("Corrected: type AID → COERCE")
    now = desk.look(id=item["id"])["item"]
    assert (now["type"], now["mode"], now["decided"]) == ("COERCE", None, "changed")
    document = desk.get(f"/document/{item['document']}.json").json()
    (shown,) = [one for one in document["events"] if one["id"] == item["id"]]
    assert [who["code"] for who in shown["recipients"]] == ["TJK"]
    page = desk.get("/review/log").text
    assert "recipients AFG → TJK" in page
    assert "orders" in page
    desk.post("/review/undo.json", {"reviewer": "Anna", "at": moment()})
    document = desk.get(f"/document/{item['document']}.json").json()
    assert "AID" in {one["type"] for one in document["events"] if one["id"] == item["id"]}


BAD = [
    ("{", 400, "no JSON"),
    ("[]", 400, "no object"),
    ({"reviewer": " "}, 400, "reviewer is missing"),
    ({"at": "noon"}, 400, "no moment"),
    ({"at": "0001-01-01T00:00:00+14:00"}, 400, "no moment"),
    ({"at": "2999-01-01T00:00:00Z"}, 400, "in the future"),
    ({"decision": "maybe"}, 400, "is no decision"),
    ({"decision": "changed"}, 400, "without corrections"),
    ({"decision": "changed", "corrections": ["type=AIDE"]}, 400, "is no type"),
    ({"decision": "changed", "corrections": ["recipients=Nobody At All"]}, 404, "nobody"),
    ({"decision": "changed", "corrections": "type=AID"}, 400, "lists of texts"),
    ({"id": "ffffffffffffffff"}, 400, "have the id"),
    ({"kind": "actor"}, 400, "is no kind"),
    ({"note": "x" * 200_000}, 400, "larger than"),
]


def test_what_is_no_decision_is_refused_and_nothing_is_kept(desk):
    item = desk.one("Russia sent food")
    good = {"reviewer": "Anna", "id": item["id"], "kind": "event", "decision": "right",
            "at": moment(), "seen": []}  # fmt: skip
    for given, status, what in BAD:
        body = given if isinstance(given, str) else {**good, **given}
        reply = desk.post("/review/decide.json", body)
        assert (reply.status_code, what in reply.text) == (status, True), (given, reply.text)
    assert desk.post("/review/undo.json", {"reviewer": "Anna", "at": moment()}).status_code == 400
    assert desk.post("/review/import.json", b"\xff").status_code == 400
    assert "the file:1" in desk.post("/review/import.json", "{").text
    early = {"id": "x", "at": "0001-01-01T00:00:00+14:00", "by": "Anna", "kind": "event",
             "decision": "right", "subjects": [item["id"]]}  # fmt: skip
    assert "the file:1" in desk.post("/review/import.json", early).text
    assert desk.log() == []
    for odd in ({"kind": "odd"}, {"sample": "odd"}, {"seed": "x"}, {"id": "zz"}, {"id": "e" * 999}):
        assert desk.get("/review", **odd).status_code == 400, odd


def test_a_decision_made_while_the_case_is_in_use_is_not_lost(desk):
    item, at = desk.one("Russia sent food"), moment()
    more = {"decision": "changed", "corrections": ["type=COERCE"]}
    with Store.open(desk.folder, write=False):  # as one who reads long: nobody can write
        kept = desk.judged(item, "wrong", at=at).json()
        assert (kept["stored"], "taken in as soon as" in kept["words"]) == (False, True)
        assert len(list((desk.folder / FOLDER).iterdir())) == 1
        assert desk.look(id=item["id"])["item"]["decided"] == "wrong"
    again = desk.judged(item, "wrong", at=at).json()  # the browser sends it again
    assert again["stored"]
    assert not (desk.folder / FOLDER).exists()
    with writing(desk.folder):  # another program: nobody can read
        refused = desk.judged(item, **more)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert desk.get("/review", reviewer="Anna").status_code == 503
    assert desk.judged(item, **more).json()["stored"]
    assert [one["decision"] for one in desk.log()] == ["changed", "wrong"]


def test_a_record_that_is_gone_when_it_is_looked_at_is_looked_for_again(desk, monkeypatch):
    held, looks = ShownRecords._records, []

    def coded_anew(*given):
        looks.append(given)
        return held(*given) if len(looks) > 1 else {}

    monkeypatch.setattr(ShownRecords, "_records", coded_anew)
    assert desk.look()["item"]["id"]
    assert len(looks) == 2
    monkeypatch.setattr(ShownRecords, "_records", lambda *_: {})
    reply = desk.get("/review.json", reviewer="Anna")
    assert (reply.status_code, reply.json()["error"]) == (503, "CaseBusy")
    assert "being made anew" in reply.json()["what"]


def test_one_decision_from_two_windows_in_the_same_moment_is_kept_once(desk):
    item, at, begun = desk.one("Russia sent food"), datetime.now(UTC), Barrier(4)

    def decide(_):
        begun.wait(10)
        mine = Reviewing(Workbench.open(desk.folder), "Anna")
        return mine.judge(item["kind"], item["id"], "right", at=at, seen=()).busy

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(decide, range(4))) == [None] * 4
    assert [one["decision"] for one in desk.log()] == ["right"]


def test_agreement_and_precision_are_told_by_type_and_source(desk):
    food, met = desk.one("Russia sent food"), desk.one("met the Taliban")
    for name, said in (("Anna", "right"), ("Ben", "wrong")):
        desk.judged(food, said, name)
        desk.judged(met, "right", name)
    found = desk.get("/review/agreement.json").json()
    (pair,) = found["agreement"]
    assert (pair["reviewers"], pair["n"], pair["agree"]) == (["Anna", "Ben"], 2, 1)
    assert (pair["kappa"], pair["by_type"]["event AID"]["agree"]) == (0, 0)
    assert pair["by_source"] == {food["source"]: {key: pair[key] for key in (
        "n", "agree", "share", "low", "high", "kappa")}}  # fmt: skip
    assert [one["id"] for one in pair["differing"]] == [food["id"]]
    assert found["precision"]["events"]["overall"]["type and parties right"]["right"] == 1
    page = desk.get("/review/agreement").text
    assert "Anna and Ben" in page
    assert "no random sample" in page
    rows = desk.get("/review/agreement.csv").text.splitlines()
    assert rows[0].startswith("reviewers,by,name,n,agree")
    assert any(row.startswith("Anna;Ben,source,") for row in rows)


def test_reviews_are_carried_out_and_in_without_loss(desk, case):
    food, met = desk.one("Russia sent food"), desk.one("met the Taliban")
    desk.judged(food, "changed", corrections=["type=COERCE"], note="an order, “really”\u2028so")
    desk.judged(met, "wrong", "Ben")
    desk.post("/review/undo.json", {"reviewer": "Ben", "at": moment()})
    file = desk.get("/review/reviews.jsonl")
    assert 'filename="reviews.jsonl"' in file.headers["content-disposition"]
    again = desk.post("/review/import.json", file.content).json()
    assert (again["new"], again["known"]) == (0, 3)
    before = desk.log()
    shutil.copyfile(case / FILE, desk.folder / FILE)
    assert desk.log() == []
    assert desk.post("/review/import.json", file.content).json()["words"].startswith("3 reviews")
    assert desk.log() == before
    assert desk.get("/review/reviews.jsonl").content == file.content


def test_hostile_words_of_an_article_and_of_a_reviewer_are_shown_as_text(desk):
    item, name = desk.one("Russia sent tanks"), "<b onload=x>Eve\u202e"
    desk.judged(item, "changed", name, corrections=["date=2021-08-20"], note="<script>x</script>")
    for page in (
        desk.get("/review", reviewer=name, id=item["id"]).text,
        desk.get("/review/log", reviewer=name).text,
    ):
        for evil in ("<script>alert", "<img src=x", "<b onload", "<script>x", "\u202e"):
            assert evil not in page
        assert "&lt;b onload=x&gt;Eve[U+202E]" in page


def test_what_decisions_change_in_the_answers_is_told(desk):
    assert desk.get("/ask.json").json()["counts"]["consultations"]["events"] == 1
    item = desk.one("met the Taliban")
    assert "counts as an act of both: Russia and China" in item["why"][-1]
    assert desk.get("/review/changed.json").json()["questions"][0]["changed"] == []
    desk.judged(item, "wrong")
    assert 'data-wait="/review/changed.json"' in desk.get("/review/changed").text
    (told,) = desk.get("/review/changed.json").json()["questions"]
    assert (told["before"]["consultations"], told["after"]["consultations"]) == (1, 0)
    assert "consultations" in told["changed"]
    page = desk.get("/review/changed").text
    assert '<th scope="row">Consultations</th><td>1</td><td>0</td>' in page
