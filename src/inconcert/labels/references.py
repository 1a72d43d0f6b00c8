"""Running text with who is meant, who says what and when, as people write it down.

The format is told in `corpus/REFERENCES.md`: a `D` line opens a document, `#` names a sentence, `S`
holds it; below stand `R` (a word that points to somebody), `Q` (a statement), `T` (an expression of
time) and `M` (a name or description of an actor), each a line of fields parted by `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput

NOBODY, OPEN, UNNAMED = "-", "?", "anonymous"
FORMS = frozenset({"direct", "mixed", "indirect", "performative"})
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as labelled: codes, and names of persons where persons are meant.

    Attributes:
        codes: countries, organisations, groups; empty for nobody and where it is open.
        names: names of the persons among them.
        kind: `actor`, `nobody` (things, empty `it`), `open` (cannot be told), `unnamed` (a source).
    """

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    kind: str = "actor"


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words that point to or name somebody; characters `[start, end)` of the sentence."""

    start: int
    end: int
    who: Who
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: whose, and the characters `[start, end)` of what is said."""

    start: int
    end: int
    who: Who
    form: str
    addressee: Who
    stance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """An expression of time; a missing day is open."""

    start: int
    end: int
    first: date | None
    last: date | None
    granularity: str
    basis: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One sentence with its labels."""

    id: str
    sentence: str
    where: str
    references: tuple[Pointed, ...] = ()
    statements: tuple[Said, ...] = ()
    times: tuple[Timed, ...] = ()
    mentions: tuple[Pointed, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A run of sentences of one document."""

    id: str
    speaker: str | None
    title: str
    published: TimeSpan | None
    sentences: tuple[Marked, ...]


def read_references(path: Path) -> list[MarkedText]:
    """All runs of a file.

    Raises:
        BadInput: a line breaks the format; names file and line.
    """
    found: list[MarkedText] = []
    head: tuple[str, str | None, str, TimeSpan | None] = ("", None, "", None)
    for opening, blocks in _documents(path):
        head = _head(opening, path) if opening else head
        found.append(MarkedText(*head, tuple(_marked(block, path) for block in blocks)))
    return found


_Line = tuple[int, str]


def _documents(path: Path) -> Iterator[tuple[_Line | None, list[list[_Line]]]]:
    opening: _Line | None = None
    blocks: list[list[_Line]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("D "):
            if blocks:
                yield opening, blocks
            opening, blocks = (number, line), []
        elif line.startswith("# "):
            blocks.append([(number, line)])
        elif line.strip() and blocks:
            blocks[-1].append((number, line))
    if blocks:
        yield opening, blocks


def _head(line: _Line, path: Path) -> tuple[str, str | None, str, TimeSpan | None]:
    parts = [part.strip() for part in line[1][2:].split("|")]
    if len(parts) != 4:
        raise _fault(path, line, "a D line has document, speaker, title and date")
    name, speaker, title, day = parts
    try:
        published = TimeSpan.parse(day) if day != NOBODY else None
    except ValueError as error:
        raise _fault(path, line, f"bad date: {error}") from error
    return name, None if speaker in {NOBODY, ""} else speaker, title, published


def _marked(block: Sequence[_Line], path: Path) -> Marked:
    name = block[0][1][2:].strip()
    texts = [line for line in block[1:] if line[1].startswith("S ")]
    if len(texts) != 1:
        raise _fault(path, block[0], "needs one S line")
    sentence = texts[0][1][2:]
    labels: dict[str, list[object]] = {"R": [], "Q": [], "T": [], "M": []}
    for line in block[1:]:
        kind, fields = line[1][:1], [part.strip() for part in line[1][2:].split("|")]
        if kind == "S":
            continue
        if kind not in labels:
            raise _fault(path, line, f"no kind of label {kind!r}")
        try:
            labels[kind].append(_READERS[kind](sentence, fields))
        except (ValueError, IndexError) as error:
            raise _fault(path, line, str(error)) from error
    return Marked(
        name, sentence, f"{path.name}:{block[0][0]}",
        *(tuple(labels[kind]) for kind in "RQTM"),  # type: ignore[arg-type]
    )  # fmt: skip


def _pointed(sentence: str, fields: Sequence[str]) -> Pointed:
    sectors = fields[2].split() if len(fields) > 2 and fields[2] != NOBODY else []
    return Pointed(*place_of(sentence, fields[0]), who_of(fields[1]), tuple(sectors))


def _said(sentence: str, fields: Sequence[str]) -> Said:
    _, who, form, words, *more = fields
    if form not in FORMS:
        raise ValueError(f"no form {form!r}")
    addressee = who_of(more[0]) if more else Who(kind="nobody")
    stance = tuple(more[1].split()) if len(more) > 1 and more[1] != NOBODY else ()
    return Said(*place_of(sentence, words), who_of(who), form, addressee, stance)


def _timed(sentence: str, fields: Sequence[str]) -> Timed:
    words, first, last, granularity, basis = fields
    days = [None if day == OPEN else date.fromisoformat(day) for day in (first, last)]
    if days[0] and days[1] and days[1] < days[0]:
        raise ValueError(f"ends ({last}) before it begins ({first})")
    return Timed(*place_of(sentence, words), days[0], days[1], granularity, basis)


_READERS = {"R": _pointed, "M": _pointed, "Q": _said, "T": _timed}


def who_of(text: str) -> Who:
    """Read `USA; RUS:Sergey Lavrov`, `-`, `?` or `anonymous`.

    Raises:
        ValueError: a part does not begin with a code.
    """
    if text in {NOBODY, ""}:
        return Who(kind="nobody")
    if text == OPEN:
        return Who(kind="open")
    if text == UNNAMED:
        return Who(kind="unnamed")
    codes, names = [], []
    for part in text.split(";"):
        code, _, name = part.strip().partition(":")
        if not _CODE.fullmatch(code):
            raise ValueError(f"no code: {part.strip()!r}")
        codes.append(code)
        if name.strip():
            names.append(name.strip().replace("-", " "))
    return Who(tuple(dict.fromkeys(codes)), tuple(names))


def place_of(sentence: str, words: str) -> tuple[int, int]:
    """Where words stand in a sentence; `@2` behind them means their second occurrence.

    Raises:
        ValueError: they do not stand there as often.
    """
    which = 1
    if found := re.fullmatch(r"(.+)@(\d)", words):
        words, which = found[1], int(found[2])
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    places = [place.span() for place in re.finditer(pattern, sentence)]
    if len(places) < which:
        raise ValueError(f"stands there {len(places)} times as written: {words!r}")
    return places[which - 1]


def _fault(path: Path, line: _Line, what: str) -> BadInput:
    return BadInput(
        what, where=f"{path}:{line[0]}", advice="corpus/REFERENCES.md tells the format."
    )
