"""JSON lines, and JSON files that hold an array of objects or a single one."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import find_encoding, guess_note
from inconcert.read.fields import absent_columns, item_from
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.lines import Lines
from inconcert.read.settings import ReadSettings

PATIENCE = 100
"""Bad lines in a row, before any good one, after which a file is not JSON lines at all."""

_CHUNK = 65_536


def read_json_lines(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """One object a line; a bad line is left out, the others are read.

    Raises:
        UnreadableDocument: the file begins with many lines that are not JSON.
    """
    lines = Lines(material, most=settings.max_record_bytes, newline="\n")
    yield from lines.notes()
    is_any_good, bad = False, 0
    absent = dict.fromkeys(settings.mapping.values())
    for line in lines:
        if not line.text.strip():
            continue
        where = f"{material.place}:{line.number}"
        record = line.fault or _parsed(line.text, where)
        if isinstance(record, LeftOut):
            bad += 1
            yield record
            if bad >= PATIENCE and not is_any_good:
                raise UnreadableDocument(
                    "not JSON lines",
                    where=material.place,
                    advice=f"None of the first {bad} lines is a JSON object; the rest was not "
                    "looked at. Rename the file if it is plain text.",
                )
            continue
        is_any_good = True
        yield from _items(record, where, settings)
        absent = dict.fromkeys(absent_columns(record, {name: name for name in absent}))
    if is_any_good:
        yield from _absent_notes(absent, material.place)


def read_json(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """An array of objects, or objects one after the other over many lines.

    Only one object is in memory at a time. Places are `file.json:N`, the N-th object.

    Raises:
        UnreadableDocument: what stands there is not JSON, or an object is too large.
    """
    encoding = find_encoding(material.head, place=material.place)
    if encoding.is_guess:
        yield guess_note(material.place, encoding)
    # Bytes that do not fit come as lone surrogates and are reported with their record.
    stream = io.TextIOWrapper(material.stream, encoding.codec, "surrogateescape", newline="")
    objects = _objects(stream, place=material.place, most=settings.max_record_bytes)
    absent = dict.fromkeys(settings.mapping.values())
    is_any_good = False
    for number, record in enumerate(objects, start=1):
        where = f"{material.place}:{number}"
        if isinstance(record, dict):
            is_any_good = True
            yield from _items(record, where, settings)
            absent = dict.fromkeys(absent_columns(record, {name: name for name in absent}))
        else:
            yield LeftOut(where, "not a record", f"Item {number} is no JSON object; passed over.")
    if is_any_good:
        yield from _absent_notes(absent, material.place)


def _absent_notes(absent: Iterable[str], place: str) -> Iterator[LeftOut]:
    """Keys that the settings name and that no record of a file has."""
    for name in absent:
        yield LeftOut(
            place,
            f"no such key {KEPT}",
            f"No record has `{name}`. Correct --column, or [read.mapping] in case.toml.",
        )


def _items(record: dict[str, Any], where: str, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    item, notes = item_from(record, settings=settings.mapping, place=where)
    yield from notes
    if item is not None:
        yield item


def _parsed(line: str, where: str) -> dict[str, Any] | LeftOut:
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        # A JSON error at the very end of a line means that something is missing there.
        is_cut = error.pos >= len(line.rstrip()) or error.msg.startswith("Unterminated")
        why = "The line breaks off" if is_cut else "The line is not JSON"
        return LeftOut(
            where,
            "not JSON",
            f"{why}: {error.msg} at character {error.pos + 1}. Repair the line or get it again.",
        )
    except (ValueError, RecursionError) as error:  # numbers without end, brackets without end
        return LeftOut(where, "not JSON", f"The line cannot be read: {error}.")
    if not isinstance(record, dict):
        return LeftOut(where, "not a record", "The line is JSON but no object with fields.")
    return record


def _objects(stream: TextIO, *, place: str, most: int) -> Iterator[Any]:
    """Values of an array, or values one after the other, decoded one at a time."""
    decoder = json.JSONDecoder()
    buffer = stream.read(_CHUNK).lstrip("\ufeff").lstrip()
    is_array = buffer.startswith("[")
    buffer = buffer[1:] if is_array else buffer
    number = 0
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if not buffer:
            buffer = stream.read(_CHUNK)
            if not buffer and is_array:
                raise _broken(place, number, "the closing bracket is missing")
            if not buffer:
                return
            continue
        if is_array and buffer.startswith("]"):
            return
        try:
            record, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError) as error:
            # Asking for as much again keeps the number of attempts small for a large object.
            more = stream.read(max(_CHUNK, len(buffer))) if len(buffer) <= most else ""
            if not more:
                why = str(error) if len(buffer) <= most else f"more than {most:,} characters"
                raise _broken(place, number, why) from error
            buffer += more
            continue
        number += 1
        buffer = buffer[end:]
        yield record


def _broken(place: str, number: int, why: str) -> UnreadableDocument:
    return UnreadableDocument(
        "not JSON",
        where=f"{place}:{number + 1}",
        advice=f"Object {number + 1} cannot be read ({why}); {number} before it were.",
    )
