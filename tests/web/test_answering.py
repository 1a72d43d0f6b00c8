"""Questions are answered in a process of its own, whose end is told and never loses the server."""

from __future__ import annotations

import json
import os
import pickle
import signal
import threading
import time

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import HERE, PORT

from inconcert.errors import InConcertError, TooFewEvents, UnknownActor
from inconcert.web import answering, app
from inconcert.web.answering import Answering, _told_of
from inconcert.web.faults import Stopped
from inconcert.web.guard import own_hosts
from inconcert.web.replies import status_of
from inconcert.workbench.pages import Asked, Pages

ASKED = Asked(("RUS",), "AFG+AFGTAL")
ADDRESS = "a=RUS&toward=AFG%2BAFGTAL"
ENDS_AT_ONCE = "import sys; sys.stdin.buffer.read(1); sys.exit(3)"
NEVER_ANSWERS = "import time; time.sleep(60)"


@pytest.fixture(scope="module")
def here(case):
    """The pages of the case, answered in this process."""
    pages = Pages(case)
    pages.answer(ASKED)
    return pages


@pytest.fixture
def begin(monkeypatch, tmp_path):
    """A process of some words in the place of the one that answers."""
    begun = []

    def with_words(words, **given):
        monkeypatch.setattr(answering, "_WORDS", words)
        begun.append(Answering(tmp_path, **given))
        return begun[-1]

    yield with_words
    for one in begun:
        one.close()


def is_gone(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_another_process_gives_the_answer_names_and_errors_that_this_one_would(case, here):
    elsewhere = Answering(case)
    try:
        pages = Pages(case, elsewhere)
        assert pages.answer(ASKED) == here.answer(ASKED)
        number = elsewhere.process
        assert number not in (None, os.getpid())
        assert pages.names == here.names
        with pytest.raises(UnknownActor, match="Nobodyistan") as told:
            pages.answer(Asked(("Nobodyistan",), "AFG"))
        assert told.value.advice
        assert elsewhere.process == number
    finally:
        elsewhere.close()
    assert is_gone(number)


def test_a_process_that_ended_while_nobody_asked_is_begun_anew_unnoticed(case, here):
    elsewhere = Answering(case)
    try:
        elsewhere.begin()
        before = elsewhere.process
        os.kill(before, signal.SIGSTOP)  # it takes what is asked and never answers
        threading.Timer(0.2, os.kill, (before, signal.SIGKILL)).start()
        assert elsewhere.answer(ASKED) == here.answer(ASKED)
        assert elsewhere.process not in (None, before)
    finally:
        elsewhere.close()


def test_a_process_that_breaks_off_is_told_and_another_one_is_begun(begin):
    found = begin(ENDS_AT_ONCE)
    for _ in range(2):
        with pytest.raises(InConcertError, match=r"broke off \(3\).*Reload the page") as told:
            found.answer(ASKED)
        assert told.value.where == "question"
        assert status_of(told.value) == 503  # to be asked again, and no fault of a page
        assert found.process is None


def test_it_ends_when_nobody_has_asked_for_a_while(begin):
    found = begin(NEVER_ANSWERS, idle=0.05)
    found.begin()
    assert found.process is not None
    until = time.monotonic() + 20
    while found.process is not None and time.monotonic() < until:
        time.sleep(0.02)
    assert found.process is None


def test_who_waits_is_told_when_the_server_stops(begin):
    found, told = begin(NEVER_ANSWERS), []
    found.begin()

    def ask():
        with pytest.raises(InConcertError, match="the server was stopped") as error:
            found.answer(ASKED)
        told.append(error.value)

    waiting = threading.Thread(target=ask)
    waiting.start()
    found.close()
    waiting.join(20)
    assert len(told) == 1
    with pytest.raises(InConcertError, match="the server was stopped"):
        found.answer(ASKED)


def test_a_process_begun_in_the_moment_of_closing_is_ended(begin, monkeypatch):
    found = begin(NEVER_ANSWERS)
    made = answering.subprocess.Popen

    def closed_meanwhile(*given, **more):
        found._is_closed = True
        return made(*given, **more)

    monkeypatch.setattr(answering.subprocess, "Popen", closed_meanwhile)
    with pytest.raises(Stopped):
        found.answer(ASKED)
    assert found.process is None


def test_every_error_comes_whole_from_another_process():
    error = TooFewEvents("timing", 3, 10)
    told = pickle.loads(pickle.dumps(_told_of(error))).error
    assert (type(told), str(told)) == (TooFewEvents, str(error))
    assert told.as_record() == error.as_record()
    assert (told.got, told.need) == (3, 10)


def test_a_fault_of_ours_tells_its_kind_and_none_of_its_words():
    told = _told_of(ValueError("a sentence of an article"))
    assert (told.kind, told.error) == ("ValueError", None)
    assert "sentence" not in repr(told)


class Slow:
    """Answers in the place of another process, when it is let."""

    def __init__(self, pages):
        self._pages, self.may = pages, threading.Event()

    def begin(self):
        """Nothing is to be begun."""

    def answer(self, asked):
        assert self.may.wait(20)
        return self._pages.answer(asked)

    def names(self):
        return self._pages.names

    def close(self):
        self.may.set()


def test_a_browser_is_told_that_a_question_is_worked_out_and_a_program_waits(
    case, here, monkeypatch
):
    slow = Slow(here)
    monkeypatch.setattr(app, "PATIENCE", 0.05)
    going = {"sec-fetch-mode": "navigate"}
    served = app.application(case, hosts=own_hosts(PORT), elsewhere=slow)
    with TestClient(served, base_url=HERE) as browser:
        first = browser.get(f"/ask?{ADDRESS}", headers=going)
        assert (first.status_code, first.headers["refresh"]) == (202, "1")
        assert "being worked out" in first.text
        assert first.headers["cache-control"] == "no-store"
        assert browser.get("/sources", headers=going).status_code == 200
        threading.Timer(0.1, slow.may.set).start()
        assert json.loads(browser.get(f"/ask.json?{ADDRESS}").text)["actors"]
        last = browser.get(f"/ask?{ADDRESS}", headers=going)
        assert (last.status_code, "refresh" in last.headers) == (200, False)
