"""Layouts: how the files of a dataset look and what their columns become. They are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from inconcert.errors import BadSetting
from inconcert.read.events.expressions import faults_of, with_quoted_names
from inconcert.read.events.rows import KINDS, SCHEMES

_FOLDER = "data/layouts"
_KEYS = frozenset(
    {
        "name", "title", "source", "kind", "scheme", "reference", "seen", "delimiter", "quote",
        "header", "encoding", "skip", "null", "columns", "names", "signature", "lookup", "select",
        "checks",
    }
)  # fmt: skip
_SIGNATURE_KEYS = frozenset({"widths", "needs", "tests"})
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A column that comes from a small table of the package by the value of another.

    Attributes:
        column: the column whose value is looked up.
        table: name of the table in `read/data`.
        key: its column that is compared; several forms in a cell are parted by `|`.
        value: its column that is given.
    """

    column: str
    table: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a dataset's files look and how their columns become rows.

    Attributes:
        name: short name (`gdelt2-events`).
        source: name under which its rows stand in the store (`GDELT`).
        kind: `events`, `mentions` or `context`.
        scheme: code system of its events (`cameo`, `plover`, `acled`, `ucdp`).
        reference: the codebook.
        seen: what it was checked against: a real file, or descriptions alone.
        delimiter, quote, skip, encoding: of a text file; an empty quote: none is known.
        null: words that stand for nothing beside the empty cell.
        columns: names in the order of the file; SQL in `select` and `checks` uses them.
        names: other names of a column in a head line.
        widths: numbers of columns that a file without head line may have.
        needs: columns that a file must have to be taken for this layout.
        tests: column and pattern that its cells match in full; they tell a file without head line.
        lookups: further columns, by name.
        select: SQL by column of the row (`rows.KINDS`).
        checks: reason and SQL; where it is true, the row goes to quarantine.
        where: the file it was read from.
    """

    name: str
    title: str
    source: str
    kind: str
    scheme: str | None
    reference: str
    seen: str
    delimiter: str
    quote: str
    encoding: str
    skip: int
    null: tuple[str, ...]
    columns: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]] = field(hash=False)
    widths: tuple[int, ...]
    needs: tuple[str, ...]
    tests: tuple[tuple[str, str], ...]
    lookups: Mapping[str, Lookup] = field(hash=False)
    select: Mapping[str, str] = field(hash=False)
    checks: tuple[tuple[str, str], ...]
    where: str

    @property
    def row_columns(self) -> Mapping[str, str]:
        """Columns of the rows that it makes, with their types."""
        return KINDS[self.kind]


@cache
def built_in_layouts() -> Mapping[str, Layout]:
    """The layouts of the package by name, in the order in which they are tried."""
    folder = files("inconcert.read").joinpath(*_FOLDER.split("/"))
    found = [
        parse_layout(entry.read_text(encoding="utf-8"), where=f"{_FOLDER}/{entry.name}")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]
    return {layout.name: layout for layout in found}


def read_layout(name: str | Path) -> Layout:
    """A layout by its name, or from an analyst's file.

    Raises:
        BadSetting: no such layout; or the file cannot be read or breaks the form.
    """
    known = built_in_layouts()
    if str(name) in known:
        return known[str(name)]
    path = Path(name)
    if path.suffix != ".toml" and not path.is_file():
        near = get_close_matches(str(name), known, n=3, cutoff=0.3)
        raise BadSetting(
            f"no layout is called {str(name)!r}",
            where="name of a layout",
            advice=f"Nearest: {', '.join(near)}. " if near else f"Known: {', '.join(known)}.",
        )
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"the mapping cannot be read: {error}",
            where=str(path),
            advice="Name a file in UTF-8 that is there.",
        ) from error
    return parse_layout(text, where=str(path))


def parse_layout(text: str, *, where: str) -> Layout:
    """A layout given as TOML.

    Raises:
        BadSetting: it is no TOML, a key is unknown or missing, or an expression may not stand here.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"not TOML: {error}", where=where, advice="Correct the line.") from error
    _require_known(given, _KEYS, where)
    signature = _table(given, "signature", where)
    _require_known(signature, _SIGNATURE_KEYS, f"{where}, signature")
    kind = _text(given, "kind", where, "events")
    if kind not in KINDS:
        raise _bad(f"kind {kind!r} is none", where, f"One of {', '.join(KINDS)}.")
    layout = Layout(
        name=_text(given, "name", where),
        title=_text(given, "title", where, ""),
        source=_text(given, "source", where),
        kind=kind,
        scheme=_text(given, "scheme", where, "") or None,
        reference=_text(given, "reference", where, ""),
        seen=_text(given, "seen", where, ""),
        delimiter=_text(given, "delimiter", where, "\t"),
        quote=_text(given, "quote", where, ""),
        encoding=_text(given, "encoding", where, ""),
        skip=_whole(given, "skip", where),
        null=_texts(given.get("null", []), "null", where),
        columns=_columns(given.get("columns"), where),
        names={
            column: _texts(others, f"names.{column}", where)
            for column, others in _table(given, "names", where).items()
        },
        widths=_wholes(signature.get("widths", []), where),
        needs=_texts(signature.get("needs", []), "signature.needs", where),
        tests=_pairs(signature.get("tests", []), "signature.tests", where),
        lookups=_lookups(given, where),
        select={
            column: _expression(each, f"select.{column}", where)
            for column, each in _table(given, "select", where).items()
        },
        checks=_pairs(given.get("checks", []), "checks", where),
        where=where,
    )
    _check(layout)
    names = frozenset((*layout.columns, *layout.lookups))
    return replace(
        layout,
        select={row: with_quoted_names(each, names) for row, each in layout.select.items()},
        checks=tuple((why, with_quoted_names(each, names)) for why, each in layout.checks),
    )


def plain_name(name: str) -> str:
    """A column's name as it is compared: small letters and figures alone.

    Example:
        >>> plain_name("Event ID") == plain_name("event_id")
        True
    """
    return re.sub(r"[\W_]+", "", name.casefold())


# -- checks


def _check(layout: Layout) -> None:
    where = layout.where
    if not _NAME.fullmatch(layout.name):
        raise _bad(f"name {layout.name!r}", where, "Use small letters, figures and `-`.")
    if layout.scheme is not None and layout.scheme not in SCHEMES:
        raise _bad(f"scheme {layout.scheme!r} is none", where, f"One of {sorted(SCHEMES)}.")
    if len(layout.delimiter) != 1 or len(layout.quote) > 1:
        raise _bad("delimiter and quote are one character each", where, "Write one character.")
    for column in (*layout.names, *layout.needs, *(name for name, _ in layout.tests)):
        if column not in layout.columns:
            raise _bad(f"no column {column!r}", where, f"Known: {', '.join(layout.columns)}.")
    for lookup in layout.lookups.values():
        if lookup.column not in layout.columns:
            raise _bad(f"no column {lookup.column!r}", where, "A lookup needs a column.")
    for column in layout.select:
        if column not in layout.row_columns:
            near = get_close_matches(column, layout.row_columns, n=1)
            hint = f"Nearest: {near[0]}." if near else f"Known: {', '.join(layout.row_columns)}."
            raise _bad(f"rows have no column {column!r}", f"{where}, select", hint)
    needed = {"events": ("day", "code"), "mentions": ("source_row",), "context": ("day",)}
    for column in needed[layout.kind]:
        if column not in layout.select:
            raise _bad(f"select has no `{column}`", where, "A row cannot do without it.")
    known = frozenset((*layout.columns, *layout.lookups))
    for what, each in (*layout.select.items(), *layout.checks):
        fault = faults_of(each, known)
        if fault is not None:
            raise _bad(f"{what}: {fault}", where, f"The expression is: {each}")
    for _, pattern in layout.tests:
        try:
            re.compile(pattern)
        except re.error as error:
            raise _bad(f"pattern {pattern!r}: {error}", where, "Correct the pattern.") from error


def _bad(what: str, where: str, advice: str) -> BadSetting:
    return BadSetting(what, where=where, advice=advice)


def _require_known(given: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for key in given:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Nearest: {near[0]}." if near else f"Known: {', '.join(sorted(known))}."
            raise _bad(f"unknown key {key!r}", where, hint)


# -- values


def _text(given: Mapping[str, Any], key: str, where: str, otherwise: str | None = None) -> str:
    value = given.get(key, otherwise)
    if isinstance(value, str) and (value or otherwise is not None):
        return value
    raise _bad(f"`{key}` is missing or no text", where, f'Write {key} = "…".')


def _whole(given: Mapping[str, Any], key: str, where: str) -> int:
    value = given.get(key, 0)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _bad(f"`{key}` is no whole number", where, f"Write {key} = 1.")


def _wholes(value: Any, where: str) -> tuple[int, ...]:
    if isinstance(value, list) and all(isinstance(each, int) and each > 0 for each in value):
        return tuple(value)
    raise _bad("`signature.widths` is no list of numbers", where, "Write widths = [61].")


def _texts(value: Any, key: str, where: str) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise _bad(f"`{key}` is no list of texts", where, 'Write ["…", "…"].')


def _table(given: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    value = given.get(key, {})
    if isinstance(value, dict):
        return value
    raise _bad(f"`{key}` is no table", where, f"Write [{key}] and keys below it.")


def _pairs(value: Any, key: str, where: str) -> tuple[tuple[str, str], ...]:
    if isinstance(value, list) and all(
        isinstance(each, list) and len(each) == 2 and all(isinstance(one, str) for one in each)
        for each in value
    ):
        return tuple((each[0], each[1]) for each in value)
    raise _bad(f"`{key}` is no list of pairs of texts", where, 'Write [["…", "…"], …].')


def _columns(value: Any, where: str) -> tuple[str, ...]:
    """Names of the columns; a pair of name and type is allowed, the type is for the reader."""
    names = [each[0] if isinstance(each, list) and each else each for each in value or []]
    plain = [plain_name(each) for each in names if isinstance(each, str)]
    if not names or len(plain) < len(names) or len(set(plain)) < len(plain):
        raise _bad("`columns` is no list of different names", where, 'Write [["day", "date"], …].')
    for name in names:
        if not _COLUMN.fullmatch(name):
            raise _bad(f"column {name!r}", where, "Use letters, figures and `_`; see `names`.")
    return tuple(names)


def _expression(value: Any, key: str, where: str) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _bad(f"`{key}` is no SQL expression", where, "Write it as text.")


def _lookups(given: Mapping[str, Any], where: str) -> Mapping[str, Lookup]:
    found = {}
    for name, each in _table(given, "lookup", where).items():
        if not _COLUMN.fullmatch(name) or not isinstance(each, dict):
            raise _bad(f"lookup {name!r}", where, "Write [lookup.name] and keys below it.")
        cells = [_text(each, key, f"{where}, lookup.{name}") for key in Lookup.__slots__]
        found[name] = Lookup(*cells)
    return found
