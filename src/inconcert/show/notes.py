"""Endnotes of a brief: outlet, title, date, address and the quoted sentence; each source once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inconcert.core.evidence import EventRecord, Located, StatementRecord
from inconcert.core.reading import Row
from inconcert.judge.media import STATE, UNKNOWN, country_of, media, owner_of
from inconcert.judge.reliability import Graded
from inconcert.show.brief_blocks import Line, Piece, plain
from inconcert.show.brief_media import NOTHING_KNOWN, Known, translation_mark
from inconcert.show.marks import visible
from inconcert.show.words import safe_url, short_day, short_days

Names = Callable[[str], str]
Cited = EventRecord | StatementRecord | Located | Row

LONGEST = 600
"""Characters of a sentence quoted in a note; the whole stands in the evidence."""


@dataclass(frozen=True, slots=True)
class Note:
    """One endnote.

    Attributes:
        number: from 1, in the order in which they are first pointed at.
        line: the note itself.
        at: the sentence behind it; None for a row of a dataset.
        row: the row; None for a text.
        source: name of the dataset; empty for a text.
    """

    number: int
    line: Line
    at: Located | None = None
    row: Row | None = None
    source: str = ""


class Notes:
    """Gathers the endnotes of one brief; what is cited twice keeps its number."""

    def __init__(
        self, names: Names, known: Known = NOTHING_KNOWN, graded: Graded | None = None
    ) -> None:
        self._names, self._known = names, known
        self.graded = graded or Graded(grades=known.grades, disputed=known.disputed)
        self._numbers: dict[tuple[str, str, int], int] = {}
        self.notes: list[Note] = []

    def cite(self, what: Cited, *, source: str = "") -> int:
        """The number of the note for a record, a sentence, or a row of a dataset.

        Args:
            what: the thing cited.
            source: name of the dataset that a row is of.
        """
        if isinstance(what, Row):
            key = (source, what.id, -1)
            return self._numbers.get(key) or self._add(
                key, (*row_note(what, source, self._names), self._grade(what)),
                row=what, source=source,
            )  # fmt: skip
        at = what if isinstance(what, Located) else what.at
        key = ("", at.document, at.start)
        line = (*text_note(at, self._known), self._grade(what))
        return self._numbers.get(key) or self._add(key, line, at=at)

    def _grade(self, what: Cited) -> Piece:
        return Piece(f" [{self.graded.of(what).code}]")

    def cite_all(self, found: Iterable[Cited], *, source: str = "") -> tuple[int, ...]:
        """Numbers of the notes for several."""
        return tuple(self.cite(one, source=source) for one in found)

    def _add(
        self,
        key: tuple[str, str, int],
        line: Line,
        *,
        at: Located | None = None,
        row: Row | None = None,
        source: str = "",
    ) -> int:
        number = len(self.notes) + 1
        self._numbers[key] = number
        self.notes.append(Note(number, line, at, row, source))
        return number


def text_note(at: Located, known: Known = NOTHING_KNOWN) -> Line:
    """A sentence of a text: outlet with its owner, title, date, address, the words."""
    pieces = [Piece(_outlet(at))]
    title, url = at.title or at.place, safe_url(at.url)
    pieces.append(Piece(f", “{title}”, {short_days(at.published)}"))
    if url:
        pieces += [Piece(", "), Piece(url, url=url)]
    elif at.title:
        pieces.append(Piece(f", {at.place}"))
    mark = translation_mark(at, known)
    pieces.append(Piece(f" [{mark}]: " if mark else ": "))
    pieces.append(Piece(f"“{cut(at.sentence)}”", "quote"))
    return tuple(pieces)


def _outlet(at: Located) -> str:
    """Name of a source, its country's code, and its owner where that is known."""
    country = country_of(at.source)
    told = [country] if country and country != at.source.name else []
    owner = owner_of(at.source, speaks=at.speaker_code)
    told += [] if owner == UNKNOWN else [owner]
    return at.source.name + (f" ({', '.join(told)})" if told else "")


def row_note(row: Row, source: str, names: Names) -> Line:
    """A row of a dataset: dataset, day, parties, code, id, and the outlet where it names one."""
    acting = " + ".join(names(code) for code in row.actors)
    others = () if row.recipients == row.actors else row.recipients
    acted = " + ".join(names(code) for code in others)
    what = " ".join(part for part in (row.code, row.text) if part) or row.kind
    who = f"{acting} → {acted}" if acted else acting
    line = [Piece(f"{source}, {short_day(row.day)}: {who}, {what}; row {row.id}")]
    if row.copies > 1:
        line.append(Piece(f", one of {row.copies:,} equal ones"))
    if row.outlet:
        known = media().get(row.outlet.casefold())
        flag = f" ({STATE})" if known and known.affiliation == "state" else ""
        line.append(Piece(f"; {row.outlet}{flag}"))
    url = safe_url(row.url)
    if url:
        line += [Piece("; "), Piece(url, url=url)]
    return (*line, *plain("."))


def cut(sentence: str) -> str:
    """A sentence on one line, odd characters made visible, cut where it is very long."""
    words = " ".join(visible(sentence).split())
    if len(words) <= LONGEST:
        return words
    kept = words[:LONGEST].rsplit(" ", 1)[0]
    return f"{kept} …"
