"""The workbench in the browser: start-up, first page, filters, bytes, memory, many readers.

    python bench/web.py --case FOLDER [--ask A B T] [--readers 50 --seconds 60] [--filters 60]
                        [--make ROWS] [--brief]

Prints one JSON object a figure. The case is made beforehand (`inconcert demo --out FOLDER`), or
with `--make 5600000`, which draws about five million events of ten years by lot and reads them,
once: the folder is taken again. Nothing else is written to it. Without `--ask` its first question
is asked. Everything goes over the loopback as a browser would ask for it, packed where the server
packs. On a busy machine seconds on the clock say little: CPU-seconds of the server and of what it
has begun, and how many programs wanted the processors, stand beside them. Memory is what is
resident: of the server, of the process that answers questions, and the most that all of them held
at one moment, looked at ten times a second; pages that they share count in each. `make screens`
counts requests to the outside in a real browser.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil

from figures import tell
from inconcert import Workbench
from inconcert.synth.events import EventWorld
from inconcert.synth.rows import write_world

MEGABYTE = 1_000_000
SETTLED_WITHIN = 120.0
PATIENCE = 600.0
LOOKS = 0.1
MADE_SPAN = date(2014, 1, 1), date(2023, 12, 31)
MADE = """title = "Events drawn by lot"

[[questions]]
title = "Russia and China toward Afghanistan"
actors = ["RUS", "CHN"]
toward = "AFG"
"""
PAGES = ("ask", "timeline", "network", "labour", "words", "map", "statements", "evidence")
_LINK = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_LOADED = re.compile(r'<(?:script|img|iframe|link)\b[^>]*(?:src|href)="(?!/|data:)([^"]+)"')


class Reader:
    """One browser: keeps its connection, and what it has been told to keep."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._kept: set[str] = set()
        self.bytes = 0
        self.outside = 0

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and content of a page; its bytes on the wire are counted."""
        self._connection.request("GET", path, headers={"accept-encoding": "gzip"})
        reply = self._connection.getresponse()
        content = reply.read()
        self.bytes += len(content) + sum(len(k) + len(v) + 4 for k, v in reply.getheaders())
        if reply.getheader("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return reply.status, content

    def load(self, path: str) -> None:
        """A page with all that it loads."""
        status, content = self.get(path)
        if status != 200:
            raise SystemExit(f"{path}: {status}\n{content.decode()[:500]}")
        self.outside += len(_LOADED.findall(content.decode()))
        for link in dict.fromkeys(_LINK.findall(content.decode())):
            if link not in self._kept:
                self._kept.add(link)
                self.get(link)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Watch(threading.Thread):
    """Looks at the memory of a process and of those that it has begun, again and again.

    Attributes:
        answering: the most MB that the process which answers questions held.
        together: the most MB that all held at one moment.
    """

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.answering = self.together = 0.0

    def run(self) -> None:
        """Look until the process is gone."""
        with suppress(psutil.Error):
            while True:
                self._look()
                time.sleep(LOOKS)

    def _look(self) -> None:
        whole = float(self._process.memory_info().rss)
        for child in self._process.children(recursive=True):
            with suppress(psutil.Error):
                held = float(child.memory_info().rss)
                whole += held
                if any("answering" in word for word in child.cmdline()):
                    self.answering = max(self.answering, held / MEGABYTE)
        self.together = max(self.together, whole / MEGABYTE)


class Server:
    """The process that serves a case, and what it has cost.

    Args:
        process: of `inconcert serve`.
        port: where it listens.
        seconds: until it listened.
    """

    def __init__(self, process: psutil.Process, port: int, seconds: float) -> None:
        self.process, self.port, self.seconds = process, port, seconds
        self.watch = Watch(process)
        self.watch.start()

    @property
    def cpu(self) -> float:
        """CPU-seconds so far, those of all that it has begun included."""
        spent = self.process.cpu_times()
        told = float(spent.user + spent.system + spent.children_user + spent.children_system)
        for child in self.process.children():
            with suppress(psutil.Error):
                told += float(sum(child.cpu_times()[:4]))
        return told

    @property
    def resident(self) -> float:
        """MB of memory that it holds now."""
        return float(self.process.memory_info().rss) / MEGABYTE

    @property
    def peak(self) -> float | None:
        """The most MB that it ever held, where the system tells."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        return int(found.group(1)) * 1024 / MEGABYTE if found else None

    def tell(self, name: str, what: Callable[[], object]) -> None:
        """Print the seconds that something takes, with CPU-seconds of the server beside it."""
        cpu = self.cpu
        seconds = timed(what)
        tell(name, seconds, "s", note=f"{self.cpu - cpu:.2f} CPU-seconds; {waiting()}")


def waiting() -> str:
    """How many programs want the processors, in words."""
    return f"{os.getloadavg()[0]:.1f} programs on {os.cpu_count()} processors"


def make_case(folder: Path, rows: int) -> None:
    """A case of so many rows of ten years, drawn by lot; one that is there is left as it is."""
    if (folder / "case.toml").exists():
        return
    with tempfile.TemporaryDirectory(prefix="inconcert-web-") as room:
        paths, truth = write_world(EventWorld(rows, *MADE_SPAN), Path(room), "icews")
        begun, cpu = time.perf_counter(), time.process_time()
        report = Workbench.create(folder, settings=MADE).read(paths).datasets
    spent, cpu = time.perf_counter() - begun, time.process_time() - cpu
    counted = sum(one.counted for one in report.sources) if report else 0
    note = f"{truth.rows:,} rows in {spent:.0f} s, {cpu:.0f} CPU-seconds; {waiting()}"
    tell("web: events of the large case", counted, note=note)


@contextmanager
def served(case: Path) -> Iterator[Server]:
    """The server of a case, once it listens."""
    words = (
        "import sys; from pathlib import Path; from inconcert.web.serving import serve; "
        "serve(Path(sys.argv[1]), port=0, open_browser=False, "
        "ready=lambda address: print(address, flush=True))"
    )
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", words, str(case)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            seconds = time.perf_counter() - begun
            port = urlsplit(address).port
            if port is None:
                raise SystemExit("the server did not begin")
            yield Server(psutil.Process(process.pid), port, seconds)
        finally:
            process.terminate()
            process.wait(20)


def timed(what: Callable[[], object]) -> float:
    """Seconds that something takes."""
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def at(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def asked(reader: Reader, words: Sequence[str] | None) -> str:
    """The question as the part of an address behind `?`."""
    if words:
        a, b, toward = (quote(word, safe="") for word in words)
        return f"a={a}&b={b}&toward={toward}"
    _, content = reader.get("/index.json")
    questions = json.loads(content)["questions"]
    if not questions:
        raise SystemExit("the case asks no question: name one with --ask A B T")
    return str(urlsplit(questions[0]["address"]).query)


def filters_of(reader: Reader, query: str, count: int) -> dict[str, list[str]]:
    """Addresses of so many stretches of days, drawn by lot, by the list that they filter."""
    _, content = reader.get(f"/timeline.json?{query}")
    found = json.loads(content)
    if not found["series"]:
        return {}
    first, last = (date.fromisoformat(found[end]) for end in ("from", "to"))
    wide, rng = max(1, (last - first).days), random.Random(0)
    lists = {"acts": "/timeline/acts?", "evidence": "/evidence?of=deeds&",
             "statements": "/statements?", "network": "/network?"}  # fmt: skip
    shown = found["acts"]["items"]
    if shown and shown[0]["kind"] == "row":
        lists["evidence"] = f"/evidence?of=rows&in={quote(shown[0]['source'])}&"
    paths: dict[str, list[str]] = {name: [] for name in lists}
    for name, path in lists.items():
        for _ in range(count):
            begin = first + timedelta(days=rng.randrange(wide))
            end = begin + timedelta(days=rng.randrange(1, max(2, wide // 3)))
            paths[name].append(f"{path}{query}&first={begin}&last={end}")
    return paths


def settled(reader: Reader) -> None:
    """Wait until the questions of the case have been answered."""
    until = time.perf_counter() + SETTLED_WITHIN
    while time.perf_counter() < until:
        _, content = reader.get("/index.json")
        if all(one["answered"] for one in json.loads(content)["questions"]):
            return
        time.sleep(0.5)


def crowd(port: int, paths: Sequence[str], readers: int, seconds: float) -> tuple[list[float], int]:
    """Seconds of every reply to many readers at once, and how many replies were errors."""
    taken: list[list[float]] = [[] for _ in range(readers)]
    errors = [0] * readers
    until = time.perf_counter() + seconds

    def read(place: int) -> None:
        rng, reader = random.Random(place), Reader(port)
        while time.perf_counter() < until:
            begun = time.perf_counter()
            try:
                status, _ = reader.get(rng.choice(paths))
                errors[place] += status != 200
            except (OSError, http.client.HTTPException):
                errors[place] += 1
                reader = Reader(port)
            taken[place].append(time.perf_counter() - begun)
            time.sleep(rng.random() * 0.4)  # a reader who clicks fast
        reader.close()

    threads = [threading.Thread(target=read, args=(place,)) for place in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for own in taken for one in own], sum(errors)


def measure(
    case: Path, words: Sequence[str] | None, filters: int, readers: int, seconds: float
) -> None:
    """Print all figures of one case."""
    with served(case) as server:
        note = f"{server.cpu:.2f} CPU-seconds; {waiting()}"
        tell("web: start-up", server.seconds, "s", note=note)
        reader, chart = Reader(server.port), Reader(server.port)
        server.tell("web: first page with all it loads", lambda: reader.load("/"))
        query = asked(reader, words)
        server.tell("web: question, first time", lambda: reader.load(f"/ask?{query}"))
        tell("web: largest memory", server.peak, "MB", note="once a question was worked out")
        tell("web: largest memory of what answers", server.watch.answering, "MB")
        tell("web: largest memory of both", server.watch.together, "MB", note="at one moment")
        server.tell("web: timeline with Vega, first time", lambda: chart.load(f"/timeline?{query}"))
        tell("web: bytes of the heaviest page", chart.bytes / MEGABYTE, "MB")
        pages = _filtered(server, reader, query, filters)
        settled(reader)
        pages += [f"/{page}?{query}" for page in PAGES if reader.get(f"/{page}")[0] != 404]
        pages += ["/", "/sources", "/search?q=talks"]
        for path in pages:
            reader.load(path)
        tell("web: files that pages load from outside", reader.outside + chart.outside)
        tell("web: memory", server.resident, "MB", note="resident, all pages read once")
        if readers:
            _crowded(server, pages, readers, seconds)
        tell("web: largest memory at the end", server.peak, "MB")
        tell("web: largest memory of all at the end", server.watch.together, "MB")
        reader.close()
        chart.close()


def _filtered(server: Server, reader: Reader, query: str, count: int) -> list[str]:
    """Print how long filters take, list by list; gives some of their addresses."""
    some = []
    for name, paths in filters_of(reader, query, count).items():
        cpu = server.cpu
        took = [timed(lambda path=path: reader.get(path)) for path in paths]  # type: ignore[misc]
        spent = (server.cpu - cpu) / max(1, len(paths))
        note = f"{len(took)} filters, {spent:.3f} CPU-seconds each on average; {waiting()}"
        tell(f"web: a filter of {name}, 95th percentile", at(took, 0.95), "s", note=note)
        some += paths[:5]
    return some


def _crowded(server: Server, pages: Sequence[str], readers: int, seconds: float) -> None:
    """Print what many readers at once meet."""
    cpu = server.cpu
    took, errors = crowd(server.port, pages, readers, seconds)
    spent = (server.cpu - cpu) / max(1, len(took))
    note = (
        f"{readers} readers, {seconds:.0f} s, {len(took)} replies, {spent * 1000:.1f} CPU-ms each; "
        f"{waiting()}"
    )
    tell("web: many readers, 95th percentile", at(took, 0.95), "s", note=note)
    tell("web: many readers, errors", errors, note=note)
    tell("web: memory after them", server.resident, "MB")


def brief(case: Path) -> None:
    """Print how long the brief of a case takes, from the command line."""
    command = [str(Path(sys.executable).with_name("inconcert")), "brief", "--case", str(case)]
    with tempfile.TemporaryDirectory(prefix="inconcert-web-") as room:
        before, begun = os.times(), time.perf_counter()
        subprocess.run([*command, "--out", room], check=True, stdout=subprocess.DEVNULL)
        spent, after = time.perf_counter() - begun, os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    tell("web: brief of the case", spent, "s", note=f"{cpu:.2f} CPU-seconds; {waiting()}")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", type=Path, required=True, help="folder of a case")
    parser.add_argument("--ask", nargs=3, metavar=("A", "B", "T"), help="the question")
    parser.add_argument("--filters", type=int, default=60)
    parser.add_argument("--readers", type=int, default=0, help="at the same time; 0 for none")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--make", type=int, metavar="ROWS", help="make the case first, of so many")
    parser.add_argument("--brief", action="store_true", help="also how long its brief takes")
    given = parser.parse_args()
    if given.make:
        make_case(given.case, given.make)
    if given.brief:
        brief(given.case)
    measure(given.case, given.ask, given.filters, given.readers, given.seconds)


if __name__ == "__main__":
    main()
