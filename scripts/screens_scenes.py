"""What a reader does over several steps: brush, go back, reload, two tabs, odd addresses.

Each scene is a function of a tab and the address where a case is served; it tells what went wrong.
A scene that needs what the case has not (no dated act, no text) tells nothing.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

from browser import Browser, BrowserFault, Tab
from screens_checks import Fault

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Begin the cells that a spreadsheet takes for a formula."""
_COUNT = "document.querySelector('#acts .count')?.textContent.trim()"
_DAYS = "['first', 'last'].map(name => document.querySelector(`#days [name=${name}]`)?.value ?? '')"
_BOX = """(() => { const one = document.querySelector('.draw svg')?.getBoundingClientRect();
  return one && one.width ? [one.x, one.y, one.width, one.height] : null; })()"""
_WITHOUT_DAYS = """[...document.querySelectorAll('a[data-days]')]
  .filter(one => !one.href.includes('first=DAY')).map(one => one.textContent)"""
_BRUSHED = """[...document.querySelectorAll('.brush_brush path')]
  .some(one => one.getBoundingClientRect().width > 2)"""
_ITEM = "document.getElementById('review')?.dataset.id ?? null"
_KEYS = """for (const key of %s) (document.activeElement ?? document.body).dispatchEvent(
  new KeyboardEvent('keydown',
    { key, code: `Key${key.toUpperCase()}`, bubbles: true, cancelable: true })); 0"""
_WRITER = """
import sys
from pathlib import Path
from inconcert.store.store import Store
with Store.open(Path(sys.argv[1]), write=True, is_long=True):
    print("writing", flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A case that is being served.

    Attributes:
        base: address of the server, without a slash at the end.
        question: the first question of the case, as the part of an address behind `?`.
        is_hostile: whether its texts are made to do harm.
    """

    name: str
    folder: Path
    base: str
    question: str
    is_hostile: bool = False

    def json(self, path: str) -> Any:
        """What an address gives to programs."""
        with urlopen(f"{self.base}{path}", timeout=60) as reply:
            return json.load(reply)


Scene = Callable[[Browser, Served], Iterator[str]]


def brushed(browser: Browser, case: Served) -> Iterator[str]:
    """Drawing over some days shows their acts alone, and these days stay: reload, links, back."""
    with browser.tab() as tab:
        tab.go(f"{case.base}/timeline?{case.question}")
        if tab.js(_BOX) is None:
            return
        before = tab.js(_COUNT)
        if not brush(tab):
            yield "the days drawn over do not stand in the address"
            return
        first, last = tab.js(_DAYS)
        asked = parse_qs(urlsplit(tab.js("location.href")).query)
        if (first, last) != (asked.get("first", [""])[0], asked.get("last", [""])[0]):
            yield f"the form says {first} to {last}, the address {asked}"
        chosen = asked.get("in", [])
        query = urlencode({"first": first, "last": last, **({"in": chosen[0]} if chosen else {})})
        held = case.json(f"/timeline/acts.json?{case.question}&{query}")
        days = [str(one["day"]) for one in held["items"] if one.get("day")]
        if any(not first <= day <= last for day in days):
            yield f"acts outside {first} to {last}: {min(days)}, {max(days)}"
        after = tab.js(_COUNT)
        if not after or f"{held['count']:,}" not in after:
            yield f"the list says {after!r}, its JSON {held['count']}"
        if after == before:
            yield f"brushing changes nothing: {after!r}"
        yield from _stays(tab, after, (first, last))
        yield from tab.look().faults


def brush(tab: Tab) -> bool:
    """Draw over the middle of a timeline; whether the page takes it."""
    x, y, width, _ = tab.js(_BOX)
    tab.drag(x + width * 0.45, y + 60, x + width * 0.7)
    taken = tab.until("new URL(location).searchParams.has('first')")
    tab.until(f"!document.querySelector('#acts[aria-busy]') && {_COUNT}")
    return taken


def _stays(tab: Tab, count: str, days: tuple[str, str]) -> Iterator[str]:
    """The days drawn over, after a reload, after going on and back."""
    tab.reload()
    if tab.js(_COUNT) != count or tuple(tab.js(_DAYS)) != days:
        yield f"a reload forgets the days: {tab.js(_COUNT)!r}, not {count!r}"
    if not tab.js(_BRUSHED):
        yield "after a reload the drawing does not show the days"
    for word in tab.js(_WITHOUT_DAYS.replace("DAY", days[0])):
        yield f"the days are not carried to {word}"
    if not tab.js("Boolean(document.querySelector('#acts a[href]'))"):
        return
    with tab.loading():
        tab.js("document.querySelector('#acts a[href]').click()")
    tab.back()
    if not tab.until(f"{_COUNT} === {json.dumps(count)}", seconds=5):
        yield f"going back forgets the days: {tab.js(_COUNT)!r}, not {count!r}"


def two_tabs(browser: Browser, case: Served) -> Iterator[str]:
    """What one tab shows, another does not change."""
    with browser.tab() as one, browser.tab() as other:
        one.go(f"{case.base}/ask?{case.question}")
        before = one.js("document.querySelector('main').innerText")
        other.go(f"{case.base}/ask?{case.question}&show=statements")
        other.go(f"{case.base}/evidence?{case.question}&of=statements")
        one.reload()
        if one.js("document.querySelector('main').innerText") != before:
            yield "a reload shows another page after a second tab was used"
        with one.loading():
            one.js("document.querySelector('.top nav a[href^=\"/timeline\"]').click()")
        one.back()
        if not one.until("document.querySelector('.top nav a[aria-current]')"
                         "?.getAttribute('href').startsWith('/ask')", seconds=5):  # fmt: skip
            yield "going back does not lead to the question"
        if one.js("document.querySelector('main').innerText") != before:
            yield "going back shows another page than before"


def odd_addresses(browser: Browser, case: Served) -> Iterator[str]:
    """Addresses that nobody should write are answered in a sentence."""
    odd = (
        "/ask?a=Nobodyistan&b=CHN&toward=AFG", "/ask?a=RUS", "/ask?a=RUS&b=CHN&toward=RUS",
        "/ask?a=RUS&b=CHN&toward=AFG&from=yesterday", f"/timeline?{case.question}&first=2021-99",
        f"/evidence?{case.question}&of=nothing", f"/evidence?{case.question}&page=-1",
        "/document/none", "/row/none/none", "/nowhere", f"/search?q={'%22' * 40}",
        "/ask?a=%3Cscript%3Ealert(1)%3C/script%3E&b=CHN&toward=AFG",
    )  # fmt: skip
    with browser.tab() as tab:
        for path in odd:
            tab.look()
            tab.go(case.base + path)
            seen = tab.look()
            status = seen.replies.get(case.base + path, 0)
            words = tab.js("document.querySelector('main')?.innerText ?? ''")
            if status >= 500 or not words.strip() or "Traceback" in words:
                yield f"{path}: status {status}, {words[:80]!r}"
            if not path.startswith("/search") and not 400 <= status < 500:
                yield f"{path}: status {status}, where it makes no sense"
            others = [one for one in seen.faults if "the server responded with" not in one]
            yield from (f"{path}: {one}" for one in others)


def harmless(browser: Browser, case: Served) -> Iterator[str]:
    """Texts made to do harm are shown as text."""
    if not case.is_hostile:
        return
    hits = case.json("/search.json?q=script")["hits"]
    if not hits:
        yield "the hostile text is not found"
        return
    with browser.tab() as tab:
        for page in (f"/document/{hits[0]['id']}", "/search?q=script",
                     f"/evidence?{case.question}&of=deeds"):  # fmt: skip
            tab.go(case.base + page)
            tab.look()
            if tab.js("Boolean(window.harmed)"):
                yield f"{page}: a script of a text was run"
            if tab.js("document.querySelectorAll('main script:not([type]), main img').length"):
                yield f"{page}: an element of a text became one of the page"
            if tab.js(r"/[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText)"):
                yield f"{page}: marks that reorder letters are let through"
    for path in ("/index.csv?", "/search.csv?q=formula", f"/evidence.csv?{case.question}&of=deeds"):
        with urlopen(f"{case.base}{path}", timeout=60) as reply:
            cells = [one for row in csv.reader(reply.read().decode().splitlines()) for one in row]
        if any(one.startswith(FORMULA) and not _is_number(one) for one in cells):
            yield f"{path}: a cell that a spreadsheet would reckon out"


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()


def while_written(browser: Browser, case: Served) -> Iterator[str]:
    """While another process writes, pages say so and go on."""
    with _writing(case.folder), browser.tab() as tab:
        time.sleep(2.0)  # how long a look at who writes is good
        for path in ("/", f"/ask?{case.question}", f"/timeline?{case.question}", "/sources"):
            tab.look()
            tab.go(case.base + path)
            status = tab.look().replies.get(case.base + path, 0)
            told = tab.js("document.body.innerText")
            if status not in (200, 503) or "Traceback" in told:
                yield f"{path}: status {status}"
            elif "writ" not in told:
                yield f"{path}: does not tell that the case is being written"


def reviewed(browser: Browser, case: Served) -> Iterator[str]:
    """The review by keys: decided, undone, reloaded, two reviewers, while another writes."""
    page = f"{case.base}/review?reviewer=Anna&kind=event"
    with browser.tab() as tab:
        tab.go(page)
        if tab.js(_ITEM) is None:
            return
        before = _kept(case)
        tab.press("?", shift=True)
        if not tab.until("document.querySelector('dialog').open", seconds=3):
            yield "no help at `?`"
        tab.press("Escape")
        tab.until("!document.querySelector('dialog').open", seconds=3)
        yield from _pressed(tab, "a")
        yield from _logged(case, before + 1, "after `a`")
        yield from _pressed(tab, "r")
        tab.reload()
        yield from _logged(case, before + 2, "after `r` and a reload")
        yield from _pressed(tab, "z")
        yield from _logged(case, before + 1, "after `z`")
        tab.press("e")
        if not tab.until("document.querySelector('#edit').contains(document.activeElement)"):
            yield "`e` does not lead into the form"
        tab.press("Escape")
        if not tab.until("document.querySelector('#edit').hidden", seconds=3):
            yield "Escape does not leave the form"
        yield from _beside(browser, case, tab, before + 1)
        with _writing(case.folder):
            tab.press("u")
            time.sleep(3.0)
        yield from _logged(case, before + 4, "after `u`, while another process wrote")
        yield from (one for one in tab.look().faults if "status of 503" not in one)


def pressed_fast(browser: Browser, case: Served) -> Iterator[str]:
    """No key is lost that is pressed while the page is busy, and none falls on another record."""
    page = "/review{}?reviewer=Cara&kind=event"
    with browser.tab() as tab:
        tab.go(case.base + page.format(""))
        first, before = tab.js(_ITEM), _kept(case)
        if first is None:
            return
        tab.press("?", shift=True)
        tab.until("document.querySelector('dialog').open", seconds=3)
        # in one go: the browser has not drawn again, a field of the dialog may have the focus still
        tab.js(f"document.querySelector('dialog').close(); {_KEYS % ['a']}")
        if not tab.until(f"({_ITEM}) !== {json.dumps(first)}"):
            yield "a key that was pressed right after the help was closed is lost"
        second = tab.js(_ITEM)
        way = [second]
        while way[-1] and len(way) < 3:
            way.append(case.json(f"{page.format('.json')}&id={way[-1]}")["next"])
        if not way[-1]:
            return
        tab.js(_KEYS % ["a", "r", "r", "n"])  # before the first of them is answered
        if not tab.until(f"({_ITEM}) === {json.dumps(way[-1])}"):
            yield f"keys pressed in a row lead to {tab.js(_ITEM)}, not along {way}"
        tab.js(_KEYS % ["u"])
        tab.reload()  # at once: what was pressed is held in the browser
        yield from _logged(case, before + 4, "after keys in a row")
        log = reversed(case.json("/review/log.json")["decisions"])  # the last one stands first
        found = [(one["decision"], *one["subjects"]) for one in log if one["by"] == "Cara"]
        wanted = [("right", first), ("right", second), ("wrong", second), ("unsure", way[-1])]
        if found != wanted:
            yield f"keys pressed in a row are taken as {found}, not {wanted}"
        yield from tab.look().faults


def _beside(browser: Browser, case: Served, one: Tab, before: int) -> Iterator[str]:
    """Two reviewers decide on the same record, each in a tab."""
    id = one.js(_ITEM)
    with browser.tab() as other:
        other.go(f"{case.base}/review?reviewer=Ben&kind=event&id={id}")
        yield from _pressed(other, "a")
    yield from _pressed(one, "r")
    yield from _logged(case, before + 2, "after two reviewers decided on one record")
    log = case.json("/review/log.json")["decisions"]
    if {row["by"] for row in log if id in row["subjects"]} < {"Anna", "Ben"}:
        yield "of two reviewers' decisions on one record, one is lost"


def _pressed(tab: Tab, key: str) -> Iterator[str]:
    """Press a key that leads to another record."""
    before = tab.js(_ITEM)
    tab.press(key)
    if not tab.until(f"({_ITEM}) !== {json.dumps(before)}"):
        told = tab.js("document.getElementById('told').textContent")
        yield f"`{key}` does not lead on: {told!r}"


def _kept(case: Served) -> int:
    """Decisions that hold."""
    return sum(one["holds"] for one in case.json("/review/log.json")["decisions"])


def _logged(case: Served, count: int, when: str) -> Iterator[str]:
    """Whether so many decisions hold before long."""
    until = time.monotonic() + 30
    while (found := _kept(case)) != count and time.monotonic() < until:
        time.sleep(0.3)
    if found != count:
        yield f"{found} decisions hold, not {count}, {when}"


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        if not any(line.strip().endswith("writing") for line in process.stdout):
            raise BrowserFault("the case cannot be written to")
        try:
            yield
        finally:
            process.communicate()


SCENES: Mapping[str, Scene] = {
    "brushing the timeline": brushed,
    "two tabs": two_tabs,
    "odd addresses": odd_addresses,
    "hostile texts": harmless,
    "reviewing": reviewed,
    "keys in a row": pressed_fast,
    "a case being written": while_written,
}


def play(browser: Browser, case: Served, only: str | None) -> Iterator[Fault]:
    """All scenes of a case, or the one named, with what went wrong in them."""
    for name, scene in SCENES.items():
        if only not in (None, name):
            continue
        try:
            for words in scene(browser, case):
                yield Fault("", name, words)
        except BrowserFault as fault:
            yield Fault("", name, str(fault))
