"""The workbench in the browser: start-up, first page, filters, bytes, memory, many readers.

    python bench/web.py --case FOLDER [--ask A B T] [--readers 50 --seconds 60] [--filters 60]

Prints one JSON object a figure. The case is made beforehand (`inconcert demo --out FOLDER`, or one
with a dataset of events); nothing is written to it. Without `--ask` its first question is asked.
Everything goes over the loopback as a browser would ask for it, packed where the server packs.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil

from figures import tell

MEGABYTE = 1_000_000
SETTLED_WITHIN = 120.0
_LINK = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class Reader:
    """One browser: keeps its connection, and what it has been told to keep."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._kept: set[str] = set()
        self.bytes = 0

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
        for link in dict.fromkeys(_LINK.findall(content.decode())):
            if link not in self._kept:
                self._kept.add(link)
                self.get(link)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def served(case: Path) -> Iterator[tuple[int, float, psutil.Process]]:
    """The server of a case: its port, the seconds it took to begin, and its process."""
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
            yield port, seconds, psutil.Process(process.pid)
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
    return urlsplit(questions[0]["address"]).query


def days_of(reader: Reader, query: str, count: int) -> list[str]:
    """Addresses of acts of so many stretches of days, drawn by lot."""
    _, content = reader.get(f"/timeline.json?{query}")
    found = json.loads(content)
    if not found["series"]:
        return []
    first, last = (date.fromisoformat(found[end]) for end in ("from", "to"))
    wide, rng = max(1, (last - first).days), random.Random(0)
    paths = []
    for _ in range(count):
        begin = first + timedelta(days=rng.randrange(wide))
        end = begin + timedelta(days=rng.randrange(1, max(2, wide // 3)))
        paths.append(f"/timeline/acts?{query}&first={begin}&last={end}")
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
    with served(case) as (port, began, process):
        tell("web: start-up", began, "s")
        reader = Reader(port)
        tell("web: first page with all it loads", timed(lambda: reader.load("/")), "s")
        query = asked(reader, words)
        tell(
            "web: question, asked for the first time",
            timed(lambda: reader.load(f"/ask?{query}")),
            "s",
        )
        chart = Reader(port)
        tell(
            "web: timeline with Vega, first time",
            timed(lambda: chart.load(f"/timeline?{query}")),
            "s",
        )
        tell("web: bytes of the heaviest page", chart.bytes / MEGABYTE, "MB")
        paths = days_of(reader, query, filters)
        if paths:
            took = [timed(lambda path=path: reader.get(path)) for path in paths]  # type: ignore[misc]
            tell("web: a filter, 95th percentile", at(took, 0.95), "s", note=f"{len(took)} filters")
        settled(reader)
        pages = [
            f"/{page}?{query}" for page in ("ask", "timeline", "network", "statements", "evidence")
        ]
        pages += ["/", "/sources", "/search?q=talks", *paths[:20]]
        for path in pages:
            reader.get(path)
        tell("web: memory", process.memory_info().rss / MEGABYTE, "MB", note="resident")
        if readers:
            took, errors = crowd(port, pages, readers, seconds)
            note = f"{readers} readers, {seconds:.0f} s, {len(took)} replies"
            tell("web: many readers, 95th percentile", at(took, 0.95), "s", note=note)
            tell("web: many readers, errors", errors, note=note)
            tell("web: memory after them", process.memory_info().rss / MEGABYTE, "MB")
        reader.close()
        chart.close()


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", type=Path, required=True, help="folder of a case")
    parser.add_argument("--ask", nargs=3, metavar=("A", "B", "T"), help="the question")
    parser.add_argument("--filters", type=int, default=60)
    parser.add_argument("--readers", type=int, default=0, help="at the same time; 0 for none")
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    measure(given.case, given.ask, given.filters, given.readers, given.seconds)


if __name__ == "__main__":
    main()
