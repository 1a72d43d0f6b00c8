"""Drives every page of the workbench in a browser, end to end, and makes the pictures of the docs.

    python scripts/screens.py --case demo --work build/screens --axe AXE.JS [--pictures docs/images]

`make screens` runs it. Two cases are served: the one named, and one that is made: rows of a dataset
drawn by lot, and texts that are made to do harm. It needs a Chromium (on the PATH, or named by
CHROME) and nothing else. The exit code is 1 where a page breaks a rule, 2 where there is no
browser. The case named is copied: nothing is written to it.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from browser import Browser, BrowserFault, Tab, browsing, found_chrome
from screens_checks import Fault, Visit, by_keyboard, kind_of, links, look_at, skips
from screens_pictures import take
from screens_scenes import Served, play

from inconcert import Workbench
from inconcert.synth.events import EventWorld
from inconcert.synth.rows import write_world
from inconcert.web.app import application

ROWS = 20_000
FIRST = ("/", "/review?reviewer=Anna", "/search?q=food", "/search?q=qwertz")
OF_QUESTIONS = ("ask", "timeline", "labour", "words")
"""Pages that are looked at in any case, and those of the first and the last question; of all others
one of each kind."""
MOST_PAGES = 60
FILES = (".json", ".csv")
NOT_PAGES = (
    "/static/",
    "/favicon",
    "/timeline/acts",
    "/openapi",
    "/review/token",
    "/review/reviews",
)
"""Begin the addresses that a page loads, or that are made for programs."""
MADE = """title = "A made case"

[sides]
"the other side" = ["AFG", "AFGTAL"]

[[questions]]
title = "In concert, or <b>merely</b> in parallel?"
actors = ["RUS", "CHN"]
toward = "the other side"

[[questions]]
title = "=1+1: Britain and India toward Russia"
actors = ["GBR", "IND"]
toward = "RUS"
"""
BIDI = "\u202egnitseb\u202c"
TEXTS = {
    "2021-08-14 talks": "China and Russia met the Taliban in Doha on Saturday. Russia sent food to "
    "Afghanistan. “Afghanistan needs peace,” Russian President Vladimir Putin said on Friday.",
    "2021-08-15 aid": "China sent food to Afghanistan on Friday, officials in Beijing said.",
    "2021-08-21 hostile": "Russia sent tanks to Afghanistan <script>harmed = 1</script> "
    f"{BIDI} & <img src=x onerror=harmed=2> on Saturday.\n\n=cmd|' /C calc'!A0 is no formula.",
    "2021-08-22 long": f"Russia sent food to Afghanistan {'and' * 100_000} on Sunday.",
}


def made_case(folder: Path) -> Path:
    """A case of rows drawn by lot and hostile texts; one made before is taken again."""
    if (folder / "done").exists():
        return folder / "case"
    shutil.rmtree(folder, ignore_errors=True)
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for name, text in TEXTS.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    paths, _ = write_world(EventWorld(ROWS), folder, "icews")
    bench = Workbench.create(folder / "case", settings=MADE)
    bench.read([articles, *paths])
    bench.code(processes=1)
    (folder / "done").touch()
    return bench.folder


@contextmanager
def served(name: str, folder: Path, *, is_hostile: bool = False) -> Iterator[Served]:
    """The workbench of a case, as `inconcert serve` opens it."""
    words = [str(Path(sys.executable).with_name("inconcert")), "serve", "--case", str(folder)]
    with subprocess.Popen(
        [*words, "--port", "0", "--no-browser"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            told = process.stdout.readline()
            found = re.search(r"http://[\w.:]+", told)
            if found is None:
                raise BrowserFault(f"`inconcert serve` does not begin: {told}")
            case = Served(name, folder, found.group(), "", is_hostile)
            questions = case.json("/index.json")["questions"]
            query = urlsplit(questions[0]["address"]).query
            yield Served(name, folder, found.group(), query, is_hostile)
        finally:
            process.terminate()
            process.wait(20)


def settled(case: Served, *, seconds: float = 180.0) -> None:
    """Wait until the questions of the case are answered and its documents can be searched."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        asked = case.json("/index.json")["questions"]
        if all(one["answered"] for one in asked) and case.json("/search.json?q=a")["is_ready"]:
            return
        time.sleep(0.5)


def every_page(tab: Tab, case: Served, axe: str, only: str | None) -> Iterator[Visit]:
    """Visit pages from the first on, as the links lead, one of each kind."""
    asked = [urlsplit(one["address"]).query for one in case.json("/index.json")["questions"]]
    wanted = [f"/{name}?{one}" for one in (asked[0], asked[-1]) for name in OF_QUESTIONS]
    waiting, seen = list(dict.fromkeys((*FIRST, *wanted))), Counter[str]()
    known = set(waiting)
    while waiting and sum(seen.values()) < MOST_PAGES:
        page = waiting.pop(0)
        if only is not None and not page.startswith(only) and page != "/":
            continue
        if seen[kind_of(page)] and page not in (*FIRST, *wanted):
            continue
        seen[kind_of(page)] += 1
        try:
            visit = look_at(tab, case.base, page, axe)
        except BrowserFault as fault:
            yield Visit(page, kind_of(page), faults=[Fault(page, "load", str(fault))])
            continue
        for link in links(tab, case.base):
            is_file = "." in urlsplit(link).path.rpartition("/")[2]  # it is kept, not looked at
            if link not in known and not is_file:
                known.add(link)
                waiting.append(link)
        visit.faults += _files(tab, visit)
        yield visit


def _files(tab: Tab, visit: Visit) -> Iterator[Fault]:
    """The same page for programs: there, and of the kind that its name says."""
    found = tab.js(
        "[...document.querySelectorAll('footer a')].map(one => one.getAttribute('href'))"
    )
    for address in found:
        path = urlsplit(address).path
        if not path.endswith(FILES):
            continue
        told = tab.js(
            f"fetch({address!r}).then(async one => "
            "[one.status, one.headers.get('content-type'), (await one.text()).length])"
        )
        visit.asked.add(path)
        wanted = "application/json" if path.endswith(".json") else "text/csv"
        if told[0] != 200 or not told[1].startswith(wanted) or not told[2]:
            yield Fault(visit.page, "files", f"{address}: {told}")


def left_out(case: Path, asked: Collection[str]) -> Iterator[Fault]:
    """Addresses of the server that no page of any case led to."""
    app = application(case, hosts=()).app
    for route in app.routes:  # type: ignore[attr-defined]
        if "GET" not in route.methods or route.path.startswith(NOT_PAGES):
            continue
        if not any(route.path_regex.match(path) for path in asked):
            yield Fault(route.path, "links", "no page leads there")


def driven(
    browser: Browser, case: Served, axe: str, only: str | None
) -> tuple[list[Fault], set[str]]:
    """All pages and scenes of a case: faults, and paths asked for; prints what was seen."""
    begun, visits, faults = time.monotonic(), list[Visit](), list[Fault]()
    with browser.tab() as tab:
        for visit in every_page(tab, case, axe, only):
            visits.append(visit)
            faults += visit.faults
            print(f"  {visit.page}", *visit.faults, sep="\n    - ", flush=True)
        for name in ("ask", "timeline"):
            faults += skips(tab, case.base, f"/{name}?{case.question}")
        for visit in visits:
            faults += by_keyboard(tab, case.base, visit.page)
    for fault in play(browser, case, only):
        print(f"    - {fault}", flush=True)
        faults.append(fault)
    print(
        f"{case.name}: {len(visits)} pages, heaviest {max(one.bytes for one in visits):,} bytes, "
        f"{len(faults)} faults, {time.monotonic() - begun:.0f} s"
    )
    return faults, {path for visit in visits for path in visit.asked}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--find", action="store_true", help="only look for a browser")
    parser.add_argument("--case", type=Path, default=Path("demo"), help="the example case")
    parser.add_argument("--work", type=Path, default=Path("build/screens"), help="a folder of ours")
    parser.add_argument("--axe", type=Path, help="axe.min.js; its rules are left out without it")
    parser.add_argument("--pictures", type=Path, help="where the pictures of the docs belong")
    parser.add_argument("--only", help="pages that begin so, as /timeline, or one scene")
    return parser.parse_args()


def main() -> int:
    """Drive both cases and print the faults."""
    given = _options()
    try:
        chrome = found_chrome(os.environ.get("CHROME"))
    except BrowserFault as error:
        print(f"screens: {error}", file=sys.stderr)
        return 2
    if given.find:
        return 0
    if not (given.case / "case.toml").is_file():
        print(f"screens: no case in {given.case}; `make demo` makes the example", file=sys.stderr)
        return 2
    axe = given.axe.read_text(encoding="utf-8") if given.axe else ""
    example = given.work / "example"
    shutil.rmtree(example, ignore_errors=True)
    shutil.copytree(given.case, example)
    cases = (("example", example, False), ("made", made_case(given.work / "made"), True))
    faults, asked = list[Fault](), set[str]()
    for name, folder, is_hostile in cases:
        with served(name, folder, is_hostile=is_hostile) as case, browsing(chrome) as browser:
            settled(case)
            if given.pictures and not is_hostile:
                take(browser, case, given.pictures)
            found, paths = driven(browser, case, axe, given.only)
            faults += [Fault(f"{name} {one.page}", one.look, one.what) for one in found]
            asked |= paths
    if given.only is None:
        faults += left_out(example, asked)
    for fault in faults:
        print(f"- {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
