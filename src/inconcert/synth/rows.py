"""Made-up rows as files: GDELT 2.0 with its 61 columns, ICEWS with its 20.

A line is put together from a few parts, each taken from a small table by number, in blocks that fit
the nearest memory; what a part falls short of its widest is cut out afterwards.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from inconcert.ontology import cameo, plover
from inconcert.synth.events import OUTLETS, QUARTERS, EventWorld, Rows, Truth, draw
from inconcert.synth.rows_cast import FORMS, Form, Player, event_kinds, players

Table = npt.NDArray[np.bytes_]
Part = tuple[Table, npt.NDArray[np.integer[Any] | np.bool_]]

ICEWS_HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
)
_BLOCK = 2_000
_NUMBERS = 4_096
_FIRST_ID = 1_000_000_000
_LOW = 100_000
_QUADS = {
    "verbal cooperation": "1",
    "material cooperation": "2",
    "verbal conflict": "3",
    "material conflict": "4",
}


def write_gdelt(rows: Rows, out: BinaryIO) -> None:
    """Write rows as lines of GDELT 2.0 events, without a head line.

    Raises:
        OSError: the file cannot be written.
    """
    world = rows.world
    forms = _table([*(_gdelt_actor(form) for form in _forms()), "\t" * 10])
    places = _table([*(cells for player in players() for cells in _gdelt_places(player)), "\t" * 8])
    a, b = _form_of(rows.a, rows.a_form), _form_of(rows.b, rows.b_form)
    place_a, place_b = rows.a * 2 + (rows.extra & 1), _sided(rows.b, rows.extra >> 1 & 1)
    here = np.where((rows.extra >> 2 & 1).astype(bool) & (rows.b >= 0), place_b, place_a)
    days = _days(world)
    parts: list[Part] = [
        *_number(rows.number),
        (_table([_gdelt_day(day) for day in days]), rows.day),
        (forms, a),
        (forms, b),
        (_table([_gdelt_kind(number) for number in range(len(event_kinds()))]), rows.kind),
        (_counts(), rows.extra >> 3 & (_NUMBERS - 1)),
        (places, place_a),
        (places, place_b),
        (places, here),
        (_table([f"{day:%Y%m%d}" for day in days]), rows.day),
        (_table([_clock(quarter) for quarter in range(QUARTERS)]), (rows.extra >> 15) % QUARTERS),
        (_table([f"\thttps://www.{name}.example/world/" for name in _outlets()]), _outlet(rows)),
        *_number(rows.address),
        (np.array([b"\n", b"\tx\n"]), rows.is_damaged),
    ]
    _write(out, parts, len(rows))


def write_icews(rows: Rows, out: BinaryIO) -> None:
    """Write rows as lines of ICEWS; the head line (`ICEWS_HEAD`) comes from the caller.

    Raises:
        OSError: the file cannot be written.
    """
    forms = _table([*(_icews_actor(form) for form in _forms()), "\t" * 3])
    kinds = [f"{kind.text}\t{kind.code}\t{kind.weight}\t" for kind in event_kinds()]
    here = rows.a * 2 + (rows.extra & 1)
    parts: list[Part] = [
        *_number(rows.number),
        (_table([f"\t{day.isoformat()}\t" for day in _days(rows.world)]), rows.day),
        (forms, _form_of(rows.a, rows.a_form)),
        (_table(kinds), rows.kind),
        (forms, _form_of(rows.b, rows.b_form)),
        *_number(rows.address),
        (_table([f"\t{sentence}\t" for sentence in range(1, 7)]), (rows.address >> 1) % 6),
        (_table([f"{name.title()} Daily\t" for name in _outlets()]), _outlet(rows)),
        (_table([cells for player in players() for cells in _icews_places(player)]), here),
        (np.array([b"\n", b"\tx\n"]), rows.is_damaged),
    ]
    _write(out, parts, len(rows))


FORMATS: dict[str, tuple[str, str, Callable[[Rows, BinaryIO], None]]] = {
    "gdelt": ("export.CSV", "", write_gdelt),
    "icews": ("events.tab", ICEWS_HEAD, write_icews),
}
"""Ending of the name, head line and writer by name of the form."""


def write_world(
    world: EventWorld, folder: Path, form: str, *, pieces: Iterable[int] | None = None
) -> tuple[list[Path], Truth]:
    """Write a world as files, one a piece, and say what they hold.

    Args:
        form: `gdelt` or `icews`.
        pieces: these alone; all if not given.

    Raises:
        OSError: the folder cannot be written.
    """
    suffix, head, write = FORMATS[form]
    truth, paths = Truth(world), []
    for piece in range(len(world.pieces)) if pieces is None else pieces:
        rows = draw(world, piece)
        path = folder / f"{piece:05}.{suffix}"
        with path.open("wb") as out:
            out.write(head.encode())
            write(rows, out)
        truth.add(rows)
        paths.append(path)
    return paths, truth


# -- lines


def _write(out: BinaryIO, parts: Sequence[Part], many: int) -> None:
    form = np.dtype([(f"c{number}", table.dtype) for number, (table, _) in enumerate(parts)])
    block = np.empty(_BLOCK, dtype=form)
    for start in range(0, many, _BLOCK):
        stop = min(start + _BLOCK, many)
        lines = block[: stop - start]
        for number, (table, index) in enumerate(parts):
            lines[f"c{number}"] = table[index[start:stop].astype(np.int64)]
        out.write(lines.tobytes().translate(None, b"\0"))


def _table(cells: Sequence[str]) -> Table:
    return np.array([cell.encode() for cell in cells])


def _number(values: npt.NDArray[np.int64]) -> list[Part]:
    """A whole number of ten digits or more in two parts."""
    high, low = np.divmod(values + _FIRST_ID, _LOW)
    first = int(high.min()) if len(high) else 0
    last = int(high.max()) if len(high) else 0
    return [
        (_table([str(each) for each in range(first, last + 1)]), high - first),
        (_table([f"{each:05}" for each in range(_LOW)]), low),
    ]


def _form_of(actor: npt.NDArray[np.int16], form: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Place of an actor's form among all forms; behind the last where nobody is named."""
    many = len(players()) * FORMS
    return np.where(actor < 0, many, actor.astype(np.int64) * FORMS + form)


def _sided(actor: npt.NDArray[np.int16], which: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.where(actor < 0, len(players()) * 2, actor.astype(np.int64) * 2 + which)


def _forms() -> list[Form]:
    return [form for player in players() for form in player.forms]


def _days(world: EventWorld) -> list[date]:
    return [world.first + timedelta(number) for number in range(world.days)]


def _outlets() -> list[str]:
    return [f"paper{number}" for number in range(OUTLETS)]


def _outlet(rows: Rows) -> npt.NDArray[np.int64]:
    return (rows.address * 7919 >> 3) % OUTLETS


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}{quarter % 4 * 15:02}00"


# -- parts of a line of GDELT; each ends with the tab behind it, and the first begins with one


def _gdelt_day(day: date) -> str:
    share = day.timetuple().tm_yday / 365
    return f"\t{day:%Y%m%d}\t{day:%Y%m}\t{day:%Y}\t{day.year + share * 0.9999:.4f}\t"


def _gdelt_actor(form: Form) -> str:
    """Code, name, country, group, ethnic group, two religions, three types."""
    group = "TAL" if form.letters.endswith("TAL") else ""
    cells = [form.letters, form.gdelt, form.country, group, "", "", "", form.part, "", ""]
    return "".join(f"{cell}\t" for cell in cells)


def _gdelt_kind(number: int) -> str:
    """Root event, code, base code, root code, class of four, Goldstein's weight."""
    kind = event_kinds()[number]
    translation = cameo.codes().get(kind.code)
    quad = _QUADS[plover.event_types()[translation.type].quad] if translation else "1"
    return f"1\t{kind.code}\t{kind.code[:3]}\t{kind.code[:2]}\t{quad}\t{kind.weight}\t"


def _counts() -> Table:
    """Mentions, sources, articles, tone: most acts are told ten times, few in hundreds."""
    rng = np.random.default_rng(0)
    articles = np.minimum(rng.pareto(1.3, _NUMBERS) * 3 + 1, 900).astype(int)
    mentions = articles + rng.poisson(articles * 0.1)
    outlets = np.maximum(articles // 6, 1)
    tone = rng.normal(-2, 3, _NUMBERS)
    rows = zip(mentions, outlets, articles, tone, strict=True)
    return _table([f"{m}\t{o}\t{a}\t{t:.6f}\t" for m, o, a, t in rows])


def _gdelt_places(player: Player) -> list[str]:
    """The country, and its capital: kind, name, country, two districts, position, number."""
    at = f"{player.latitude}\t{player.longitude}"
    nation, fips = player.nation, player.fips
    town = f"{player.capital}, {player.capital}, {nation}"
    return [
        f"1\t{nation}\t{fips}\t{fips}\t\t{at}\t{fips}\t",
        f"4\t{town}\t{fips}\t{fips}01\t1001\t{at}\t-{_figure_of(town)}\t",
    ]


def _figure_of(text: str) -> int:
    """A number of seven figures or fewer, the same in every process."""
    return zlib.crc32(text.encode()) % 10_000_000


# -- parts of a line of ICEWS


def _icews_actor(form: Form) -> str:
    return f"{form.icews}\t{form.sectors}\t{form.nation}\t"


def _icews_places(player: Player) -> list[str]:
    """Town, district, province, country, position: of the capital, and of the country alone."""
    at = f"{player.latitude}\t{player.longitude}"
    place = f"\t\t\t{player.nation}\t{at}"
    return [place, player.capital + place]
