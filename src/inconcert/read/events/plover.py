"""Events in PLOVER JSON as lines for the database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.events.preparing import CELL, FAULT
from inconcert.read.events.unpacking import Limits, Source
from inconcert.read.plover_fields import OURS

MOST_WHOLE = 500_000_000
"""Most bytes of a file that is one JSON array, which is held at once."""

_START = re.compile(rb'\s*\[?\s*\{\s*"')
_SHOWN = 500
_NAMES = ("identifier_text", "entity_name", "name", "entity_text", "raw_text", "actor_text")


def is_plover(head: bytes) -> bool:
    """Whether the bytes begin JSON with objects; every such file is taken for PLOVER."""
    return _START.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def write_plover(source: Source, copy: Path, columns: Sequence[str], limits: Limits) -> int:
    """Write one line for each type of each event, and one for each object that is none.

    Returns:
        The number of lines.

    Raises:
        OSError: it cannot be read or written.
        UnreadableDocument: the file is one broken array, or larger than the limits.
    """
    lines = 0
    with source.opened(limits) as stream, copy.open("wb") as out:
        start = stream.read(1 << 16)
        whole = _is_whole(start)
        if whole:
            data = start + stream.read(MOST_WHOLE)
            if len(data) > MOST_WHOLE:
                raise UnreadableDocument(
                    "one JSON array too large to be held",
                    where=source.name,
                    advice="Write one object a line.",
                )
            objects = _array(data, source.name)
        else:
            objects = _objects(_split(start, stream))
        for number, found in objects:
            for row in _rows(found, columns):
                out.write(row + CELL + b"%d\n" % number)
                lines += 1
    return lines


def _is_whole(start: bytes) -> bool:
    """Whether the file is one JSON value over many lines."""
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].strip()
    if first.startswith(b"["):
        return True
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return first in (b"{", b"") or not first.endswith(b"}")
    return False


def _split(start: bytes, stream: Any) -> Iterator[bytes]:
    rest = start
    while rest:
        *whole, last = rest.split(b"\n")
        yield from whole
        more = stream.read(1 << 20)
        if not more:
            yield last
            return
        rest = last + more


def _objects(lines: Iterator[bytes]) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        text = line.decode("utf-8", errors="replace").lstrip("\ufeff")
        try:
            yield number, json.loads(text)
        except (ValueError, RecursionError) as error:
            yield number, LeftOut(text[:_SHOWN], f"not JSON: {error}", "")


def _array(data: bytes, name: str) -> Iterator[tuple[int, Any]]:
    """Objects one after the other or in an array; each with the line where it begins."""
    text = data.decode("utf-8", errors="replace").lstrip("\ufeff")
    decoder, place, line, counted = json.JSONDecoder(), 0, 1, 0
    while True:
        while place < len(text) and text[place] in " \t\r\n,[]":
            place += 1
        if place >= len(text):
            return
        line, counted = line + text.count("\n", counted, place), place
        try:
            found, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocument(
                f"not JSON: {error}", where=f"{name}:{line}", advice="Get the file again."
            ) from error
        yield line, found


def _rows(found: Any, columns: Sequence[str]) -> Iterator[bytes]:
    if isinstance(found, LeftOut):
        yield _fault(found.reason, found.place)
        return
    if not isinstance(found, dict) or not found.get("event"):
        yield _fault("an object without `event`", json.dumps(found)[:_SHOWN])
        return
    kinds = found["event"] if isinstance(found["event"], list) else [found["event"]]
    for number, kind in enumerate(kinds, start=1):
        cells = _cells(found, kind, number)
        yield CELL.join(_clean(cells.get(name)) for name in columns)


def _fault(reason: str, text: str) -> bytes:
    return FAULT + _clean(reason) + CELL + _clean(text)


def _cells(found: Mapping[str, Any], kind: Any, number: int) -> dict[str, Any]:
    """The cells of one type of an event; what has another form than expected is left empty."""
    if isinstance(kind, Mapping):
        modes, contexts = kind.get("mode"), kind.get("context", found.get("context"))
        kind = kind.get("type") or kind.get("event_type") or kind.get("event")
    else:
        modes, contexts = found.get("mode"), found.get("context")
    cited = found.get("cite_info") if isinstance(found.get("cite_info"), Mapping) else {}
    place = _first(found.get("location"))
    actors, recipients = _people(found.get("actor")), _people(found.get("recipient"))
    identity = str(found.get("id") or "")
    return {
        "id": identity if number == 1 else f"{identity}#{number}",
        "date": found.get("date"),
        "enddate": found.get("enddate"),
        "event": kind,
        "mode": _joined(modes),
        "context": _joined(contexts),
        "text": found.get("text"),
        **_side("a", actors),
        **_side("b", recipients),
        "intensity": found.get("event_scale", found.get("intensity")),
        "place": place.get("name") or place.get("geoname"),
        "country": place.get("country"),
        "latitude": place.get("lat", place.get("latitude")),
        "longitude": place.get("lon", place.get("longitude")),
        "url": (cited or {}).get("url"),
        "outlet": (cited or {}).get("publication"),
    }


def _side(side: str, people: list[dict[str, str]]) -> dict[str, str]:
    head = people[0] if people else {}
    return {
        f"{side}_name": head.get("name", ""),
        f"{side}_code": head.get("code", ""),
        f"{side}_sectors": head.get("sectors", ""),
        f"more_{side}": ";".join(one.get("code") or one.get("name", "") for one in people[1:]),
    }


def _people(value: Any) -> list[dict[str, str]]:
    """Actors given as codes, or as objects with code, sector and name."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one:
            found.append({"code": one})
        elif isinstance(one, Mapping):
            own = one.get(OURS)
            code = own.get("code") if isinstance(own, Mapping) else None
            code = code or one.get("code") or one.get("country_code") or one.get("country_name")
            name = next((one[key] for key in _NAMES if one.get(key)), "")
            sectors = [one.get("sector") or one.get("sector_code"), *_listed(one)]
            found.append({"code": _plain(code), "name": _plain(name), "sectors": _joined(sectors)})
    return found


def _listed(one: Mapping[str, Any]) -> list[Any]:
    others = one.get("other_sector_codes")
    return others if isinstance(others, list) else [others]


def _first(value: Any) -> Mapping[str, Any]:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, Mapping) else {}


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(_plain(one) for one in value if one)
    return _plain(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _clean(value: Any) -> bytes:
    if value is None or isinstance(value, list | dict):
        return b""
    text = "".join(" " if ord(one) < 32 else one for one in str(value))
    return text.encode("utf-8", errors="replace")
