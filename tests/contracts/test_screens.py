"""`make screens` says what it lacks, and sees what is wrong with a page."""

from __future__ import annotations

import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
BAD = """<!doctype html><title>A page</title><h1>One</h1><h1>Two</h1>
<a class="skip" href="#main">Skip</a>
<style>#b:focus { outline: none } #c { order: -1 } main { display: flex }</style>
<main id="main"><p id="b" tabindex="0">b</p><p id="b">twice</p>
<p style="width: 900px">wide</p></main>
<svg width="99" height="30"><text y="20" fill="#bbbbbb">pale on paper</text></svg>
<nav>a way</nav>
<img src="http://outside.invalid/x.png" alt="">
<script>console.error("amiss"); missing()</script>"""


@pytest.fixture(scope="module")
def scripts():
    """The modules of the scripts by name."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        import browser
        import screens_checks

        yield {"browser": browser, "checks": screens_checks}
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.fixture
def server():
    """The address of a page with many faults."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/bad" else 404)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(BAD.encode() if self.path == "/bad" else b"")

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_without_a_browser_it_says_how_to_get_one(scripts, monkeypatch, tmp_path):
    browser = scripts["browser"]
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "MAC", str(tmp_path / "none"))
    with pytest.raises(browser.BrowserFault, match=r"apt install chromium.*\n.*CHROME=/path"):
        browser.found_chrome()
    with pytest.raises(browser.BrowserFault, match="no Chromium at '/nowhere'"):
        browser.found_chrome("/nowhere")


def test_what_it_takes_from_the_index_is_pinned_by_its_hash():
    lines = SCRIPTS.joinpath("screens-requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted
    assert all(re.fullmatch(r"\S+==\S+ --hash=sha256:[0-9a-f]{64}", line) for line in wanted)


def test_pages_that_differ_by_their_ids_alone_are_of_one_kind(scripts):
    kind_of = scripts["checks"].kind_of
    assert kind_of("/document/ab12?at=0") == kind_of("/document/cd34") != kind_of("/ask?a=RUS")
    assert kind_of("/evidence?of=deeds") != kind_of("/evidence?of=statements")


def test_a_browser_sees_what_is_wrong_with_a_page(scripts, server):
    browser, checks = scripts["browser"], scripts["checks"]
    try:
        chrome = browser.found_chrome()
    except browser.BrowserFault:
        pytest.skip("needs a Chromium")
    with browser.browsing(chrome) as window, window.tab() as tab:
        faults = [str(one) for one in checks.look_at(tab, server, "/bad", "").faults]
        faults += map(str, checks.by_keyboard(tab, server, "/bad"))
    told = "\n".join(faults)
    for words in (
        "asks outside: http://outside.invalid/x.png", "console error: amiss",
        "missing is not defined", "2 headlines", "its language is not told", "ids that stand twice",
        "px wide, 390 fit", "on paper stands nav",
        "pale text on white paper: #bbbbbb", "one does not see the focus on <p>",
    ):  # fmt: skip
        assert words in told, (words, told)
