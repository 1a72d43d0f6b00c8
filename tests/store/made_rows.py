"""Made-up rows of GDELT and ICEWS, and a register of a few names; also run as a writer to kill."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from inconcert.read.events import open_events
from inconcert.store.lake import Lake
from inconcert.store.lake_reports import IngestReport

TODAY = date(2026, 11, 22)
ICEWS_HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
STATES = {"Russia": "RUS", "China": "CHN", "Afghanistan": "AFG", "Pakistan": "PAK", "Iran": "IRN"}


class Who(NamedTuple):
    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    names: tuple[str, ...]


class Register:
    """Knows a few states by name or code; counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __call__(self, name, code, country, sectors, month, *, scheme=None) -> Who:
        self.asked.append((name, code, country, sectors, month, scheme))
        told = STATES.get(country or "", (code or country or "")[:3])
        if told not in STATES.values():
            told = STATES.get((name or "").rpartition("(")[2].rstrip(")"), "")
        return Who((told,) if told else (), ("GOV",) if sectors else (), (name,) if name else ())


def icews(number: int, a: str, code: str, b: str, day="2021-03-18", story=7, intensity="1.0"):
    """One row of ICEWS between bodies of two states."""
    cells = [str(number), day, f"Envoy ({a})", "Government", a, "text", code, intensity]
    cells += [f"Envoy ({b})", "Government", b, str(story), "1", "Wire", "Moscow", "", "", a]
    return "\t".join([*cells, "55.7", "37.6"])


def gdelt(number: int, a: str, code: str, b: str, day="20210318", url="https://x.org/1", n=4):
    """One row of GDELT, 61 cells."""
    cells = [""] * 61
    cells[0:5] = [str(number), day, day[:6], day[:4], f"{day[:4]}.2"]
    cells[5:8], cells[15:18] = [f"{a}GOV", a.lower(), a], [f"{b}GOV", b.lower(), b]
    cells[12], cells[22] = "GOV", "GOV"
    cells[25:31] = ["1", code, code[:3], code[:2], "1", "1.0"]
    cells[31:35] = [str(n), "1", str(n), "-2.5"]
    cells[59:61] = [f"{day}120000", url]
    return "\t".join(cells)


def write_icews(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((ICEWS_HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def write_gdelt(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def take(case: Path, *paths: Path, resolve=None, **options) -> IngestReport:
    """Take files into the event store of a case."""
    with Lake.open(case, write=True) as lake:
        return lake.ingest(
            open_events(paths, today=TODAY), resolve=resolve or Register(), **options
        )


def ask(case: Path, sql: str, **parameters: object) -> list[tuple]:
    """The answer of the event store of a case, as tuples."""
    with Lake.open(case) as lake:
        return [tuple(row.values()) for row in lake.query(sql, parameters).to_pylist()]


if __name__ == "__main__":
    say = partial(print, flush=True)
    say("ready")
    take(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        batch_rows=int(sys.argv[3]),
        progress=lambda entry: say(entry.number),
    )
    say("done")
