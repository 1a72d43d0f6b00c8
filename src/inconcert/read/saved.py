"""What the readers of saved newspaper searches share: an article, its labels, its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.ontology.tables import read_table

LONGEST_DATE_LINE = 80
LONGEST_NAME = 120
"""A line longer than this names no publisher and no author."""

_LABEL = re.compile(r"^(?P<label>[^\W\d_][\w /&.-]{1,40}?) ?:(?:[ \t]+(?P<value>.*))?$")
_FIGURES = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)"
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_FILLERS = frozenset({"de", "del", "di", "of", "the", "st", "nd", "rd", "th"})
_SENTENCE_END = (".", "!", "?")
_TWO_WORDS = re.compile(r"\w\W+\w")
_BY = re.compile(r"^(?:by|von|par|por|de|di|da)\s+", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"^(?:copyright\b|\(c\)|©)(?=.{0,80}\b(?:19|20)\d\d\b)|^all rights reserved\W*$"
    r"|^alle rechte vorbehalten\W*$|^tous droits réservés\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a saved search; `text` is empty where only its head was saved."""

    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    record: str | None = None
    is_cut: bool = False


@cache
def labels(vendor: str, part: str) -> Mapping[str, str]:
    """Label in lower case (codes of Factiva: capitals) → field of a document, or empty."""
    rows = read_table("inconcert.read", "data/export_labels.tsv")
    return {
        row["label"]: row["field"]
        for row in rows
        if row["vendor"] == vendor and row["part"] == part
    }


def labelled(line: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """Label and value of a line `LABEL: value`; None where the label is not among the known."""
    match = _LABEL.match(line.strip())
    if match is None or match["label"].lower() not in known:
        return None
    return match["label"].lower(), (match["value"] or "").strip()


def date_in(line: str) -> str | None:
    """The day or month that a line states, in English or figures; None where it states none.

    Example:
        >>> date_in("Dienstag 7. Juli 2020"), date_in("January 11, 2010 Monday Edition 1;")
        ('7 jul 2020', '11 jan 2010')
        >>> date_in("The 2020 talks in Doha") is None
        True
    """
    if len(line) > LONGEST_DATE_LINE:
        return None
    if match := _FIGURES.search(line):
        return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    tokens = [word.lower() for word in _TOKEN.findall(line)]
    tokens = [word for word in tokens if word not in _FILLERS]
    for at, word in enumerate(tokens):
        month = _months().get(word)
        if month is None:
            continue
        before, after = tokens[at - 1] if at else "", tokens[at + 1 : at + 3]
        if _is_day(before) and after and _is_year(after[0]):
            return f"{before} {month} {after[0]}"
        if len(after) == 2 and _is_day(after[0]) and _is_year(after[1]):
            return f"{after[0]} {month} {after[1]}"
        if after and _is_year(after[0]) and len(tokens) <= 4:
            return f"{month} {after[0]}"
    return None


def is_bare(lines: Iterable[str]) -> bool:
    """Whether no sentence ends in some lines: between labels there is none, in a text there is."""
    return not any(
        line.rstrip(" \t\r\n\"”’')").endswith(_SENTENCE_END) and _TWO_WORDS.search(line)
        for line in lines
    )


def byline_of(words: str | None) -> str | None:
    """Names without the `By` in front of them."""
    bare = _BY.sub("", " ".join(words.split())) if words else ""
    return bare[: 2 * LONGEST_NAME] or None


def language_code(words: str | None) -> str | None:
    """Code of a language by its name, in one of the languages of the databases.

    Example:
        >>> language_code("GERMAN; DEUTSCH")
        'de'
    """
    first = re.split(r"[;,/]", words)[0] if words else ""
    return _languages().get(first.strip(" .").lower())


def is_copyright(line: str) -> bool:
    """Whether a line says who owns the article."""
    return bool(_COPYRIGHT.match(line.strip()))


def joined(lines: Iterable[str]) -> str:
    """Lines as running text: no blank ones at either end, never two blank ones in a row."""
    kept: list[str] = []
    for line in (line.strip() for line in lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def _is_day(word: str) -> bool:
    return word.isdecimal() and 1 <= int(word) <= 31


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) == 4 and word[:2] in ("19", "20")


@cache
def _months() -> Mapping[str, str]:
    """English short name of a month by its name in some language."""
    english = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    rows = read_table("inconcert.read", "data/month_names.tsv")
    return {row["name"]: english[int(row["month"]) - 1] for row in rows}


@cache
def _languages() -> Mapping[str, str]:
    rows = read_table("inconcert.read", "data/language_names.tsv")
    return {row["name"]: row["code"] for row in rows}
