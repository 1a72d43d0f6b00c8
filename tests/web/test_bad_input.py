"""Hostile texts, odd addresses and a case that changes: text or a clear message, no trace."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HERE, PAIR, PORT

from inconcert import Workbench
from inconcert.errors import CaseBusy, NoCase
from inconcert.store.store import Store
from inconcert.web.app import application
from inconcert.web.asking import address
from inconcert.web.bodies import as_csv
from inconcert.web.guard import own_hosts
from inconcert.web.render import render
from inconcert.workbench.pages import Asked, Pages
from inconcert.workbench.pages_words import marked

ODD = (
    "/ask?a=Rusia&toward=AFG",
    "/ask?a=RUS",
    "/ask?a=RUS&b=RUS&toward=AFG",
    "/ask?a=RUS&toward=RUS",
    "/ask?a=RUS&b=CHN&toward=AFG&from=yesterday",
    "/ask?a=RUS&b=CHN&toward=AFG&from=2022&to=2021",
    "/ask?a=RUS&b=CHN&toward=AFG&source=nobody",
    f"/ask?a={'x' * 301}&toward=AFG",
    "/ask?a=%00&toward=%ff%fe",
    "/ask?a=<script>alert(1)</script>&toward=AFG",
    f"/evidence?{PAIR}&of=nothing",
    f"/evidence?{PAIR}&page=-1",
    f"/evidence?{PAIR}&page=%D9%A1",
    f"/evidence?{PAIR}&actor=9",
    f"/evidence?{PAIR}&actor=3",
    f"/statements?{PAIR}&actor=3",
    f"/evidence?{PAIR}&of=rows&in=nobody&domain=military",
    "/evidence?a=RUS&toward=AFG&of=talks&in=ICEWS",
    f"/evidence?{PAIR}&of=strongest&in=nobody",
    f"/evidence?{PAIR}&first=2021-02-30",
    f"/network?{PAIR}&in=nobody",
    "/document/nothing",
    "/row/ICEWS/nothing",
    "/row/nobody/1",
    "/search?q=%21",
    "/nothing",
    "/" + "x" * 5000,
)


@pytest.mark.parametrize("path", ODD)
def test_an_odd_address_gets_a_clear_message(client, path):
    reply = client.get(path)
    assert 400 <= reply.status_code < 500, reply.status_code
    assert "Traceback" not in reply.text
    assert "<script>alert" not in reply.text
    head, _, query = path.partition("?")
    record = client.get(f"{head}.json?{query}").json()
    assert set(record) == {"error", "what", "where", "advice"}
    assert record["what"]


def test_an_unknown_actor_is_told_with_the_nearest_names(client):
    reply = client.get("/ask?a=Rusia&toward=AFG")
    assert reply.status_code == 404
    assert "Rusia" in reply.text
    assert "Nearest: Russia" in reply.text


def test_hostile_text_is_shown_as_text(client, get):
    found = json.loads(get("/search.json?q=tanks"))
    (hit,) = found["hits"]
    pages = [
        get(f"/document/{hit['id']}"),
        get("/search?q=tanks"),
        get(f"/evidence?{PAIR}&of=deeds&actor=1"),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[0]
    assert "[U+202E]gnitseb" in pages[0]


def test_no_cell_of_a_table_is_a_formula():
    rows = [{"a": cell} for cell in ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain")]
    cells = as_csv(["a"], rows).decode().split("\r\n")[1:-1]
    assert [cell.lstrip('"')[0] for cell in cells] == ["'"] * 6 + ["p"]


def test_json_in_a_page_cannot_end_its_element():
    page = render(
        "timeline.html", title="t", spec={"x": "</script><script>alert(1)</script>\u2028"},
        found={"question": _question(), "unit": "day", "days": [], "anchors": [], "series": [],
               "changes": []},
        acts={"count": 0, "reports": 0, "items": [], "page": 1, "pages": 1}, known=["texts"],
        chosen="texts", first="", last="", asked=Asked(("A",), "T"), this=lambda **_: "/",
        name_of=str, data={}, case="c",
    )  # fmt: skip
    assert "<script>alert" not in page
    assert "\\u003c/script\\u003e" in page


def _question():
    return {"title": None, "names": ["A"], "toward_name": "T", "toward": ["T"], "from": None,
            "to": None, "sources": [], "actors": [["A"]]}  # fmt: skip


def test_a_sentence_of_a_megabyte_is_cut_where_its_marks_are():
    sentence = "x " * 400_000 + "Russia sent tanks " + "y " * 100_000
    start = sentence.index("Russia")
    record = {
        "sentence": sentence, "sentence_start": 50, "type": "AID", "start": start + 57,
        "end": start + 61, "actors": [{"start": start + 50, "end": start + 56}],
    }  # fmt: skip
    found = marked(record)
    assert found.is_cut_before
    assert found.is_cut_after
    assert sum(len(one.text) for one in found.segments) < 2_000
    assert [one.text for one in found.segments if "actor" in one.parts] == ["Russia"]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An empty case of its own, and a browser that looks at it."""
    bench = Workbench.create(tmp_path_factory.mktemp("fresh") / "case")
    app = application(bench.folder, hosts=own_hosts(PORT))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield bench, client


def test_an_empty_case_says_what_to_do_and_what_is_read_then_is_shown(fresh, tmp_path):
    bench, client = fresh
    assert client.get("/").status_code == 200
    assert client.get("/sources").status_code == 200
    assert client.get("/timeline", follow_redirects=False).headers["location"] == "/"
    reply = client.get(f"/ask?{PAIR}")
    assert reply.status_code == 404
    assert "inconcert read" in reply.text
    assert client.get("/search.json?q=words").json()["count"] == 0
    (tmp_path / "long.txt").write_text("A line of words, no more.\n" * 20_000, encoding="utf-8")
    bench.read(tmp_path / "long.txt")
    deadline = time.monotonic() + 60  # the index is made meanwhile
    while not (found := client.get("/search.json?q=words").json())["is_ready"]:
        assert time.monotonic() < deadline
    (hit,) = found["hits"]
    first = client.get(f"/document/{hit['id']}.json").json()
    assert len(client.get(f"/document/{hit['id']}").content) < 200_000
    second = client.get(f"/document/{hit['id']}.json?at={first['after']}").json()
    assert (first["from"], first["before"], second["from"]) == (0, None, first["to"])
    (bench.folder / "case.toml").write_text('title = "Another name"\n', encoding="utf-8")
    assert "Another name" in client.get("/").text


def test_a_case_being_written_is_shown_as_it_was_and_says_so(fresh, monkeypatch):
    bench, client = fresh
    writer = (
        "import sys, time; from pathlib import Path; from inconcert.store.store import Store\n"
        "with Store.open(Path(sys.argv[1]), write=True, is_long=True):\n"
        "    print('writing', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(bench.folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        told = client.get("/").text
        other.communicate()
    assert "Another process is writing; this is the case as of" in told
    assert "Another process is writing" not in client.get("/").text


def test_a_case_that_is_busy_says_come_again(fresh, monkeypatch):
    _, client = fresh

    def busy(*_args, **_more):
        raise CaseBusy("another process writes", where="case", advice="Wait a moment.")

    monkeypatch.setattr(Store, "open", busy)
    reply = client.get("/document/some")
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
    assert "Wait a moment." in reply.text


def test_no_folder_no_workbench(tmp_path):
    with pytest.raises(NoCase):
        application(tmp_path, hosts=own_hosts(PORT))


def test_a_fault_of_ours_is_told_without_a_trace_and_logged_without_its_words(
    client, monkeypatch, caplog
):
    def broken(*_args, **_more):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Pages, "source_names", broken)
    reply = client.get("/search?q=nothing+like+it")
    assert reply.status_code == 500
    assert "secret detail" not in reply.text
    assert "RuntimeError" in reply.text
    assert "Traceback" not in reply.text
    (line,) = (one.getMessage() for one in caplog.records if one.name == "inconcert.web")
    assert line.startswith("RuntimeError at '/search', web/views.py:")


def test_many_readers_at_once_are_all_answered(client):
    paths = [
        f"/ask.json?{PAIR}", "/", f"/evidence?{PAIR}&page=1", "/sources.csv", "/ask.json?a=nobody",
        "/ask.json?a=USA&b=CHN&toward=AFG",
    ]  # fmt: skip
    with ThreadPoolExecutor(20) as readers:
        found = list(readers.map(client.get, paths * 8))
    assert {reply.status_code for reply in found[4 :: len(paths)]} == {400}
    good = [reply for at, reply in enumerate(found) if at % len(paths) != 4]
    assert {reply.status_code for reply in good} == {200}
    by_path = {}
    for reply in good:
        by_path.setdefault(str(reply.url), set()).add(reply.content)
    assert all(len(contents) == 1 for contents in by_path.values())


def test_who_waits_for_an_answer_does_not_hold_up_the_others(client, monkeypatch):
    began, go = threading.Event(), threading.Event()
    answer = Pages._answer

    def slow(*given):
        began.set()
        assert go.wait(20)
        return answer(*given)

    monkeypatch.setattr(Pages, "_answer", slow)
    asked = [f"/ask.json?a=FRA&toward=AFG&from=2021-0{month}" for month in range(5, 10)]
    with ThreadPoolExecutor(len(asked)) as readers:
        waiting = [readers.submit(client.get, path) for path in asked]
        try:
            assert began.wait(20)
            assert client.get(f"/sources.json?{len(asked)}").status_code == 200
            assert not any(one.done() for one in waiting)
        finally:
            go.set()
        assert {one.result().status_code for one in waiting} == {200}


def test_an_address_holds_the_whole_question():
    asked = Asked(("A+B", "C"), "D & E", "2021-01", "2021-08", "", ("x", "y"))
    found = address("/ask", asked, of="deeds", page=2)
    with_plus = "/ask?a=A%2BB&b=C&toward=D%20%26%20E&from=2021-01&to=2021-08&source=x&source=y"
    assert found == f"{with_plus}&of=deeds&page=2"
