"""In which language a source was read, and what is a translation: said of every quoted text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from inconcert.core.evidence import Located
from inconcert.judge.media import country_of
from inconcert.judge.reliability import SHIPPED, Grades
from inconcert.ontology.tables import read_table

_TITLE = re.compile(
    r"\b(?:translat(?:ed|ion) (?:from|of|by)|(?:un)?official translation|courtesy translation|"
    r"machine translation|translated text|in translation|google translat)\w*",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[(](?:[\w ]{0,24}\b)?translat(?:ion|ed)(?: (?:from|by) [\w .]{2,40})?[.:]?[\])]|"
    r"[\[(](?:(?:spoke|speaking|delivered|original) in|interpretation from|original:) [A-Z]\w+|"
    r"^\W*(?:(?:un)?official|courtesy|machine) translation\b|"
    r"^\W*translat(?:ed|ion) (?:from|by)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A note of the translator: in brackets, or at the beginning of a line."""
HEAD, TAIL = 600, 300
"""Characters at both ends of a text in which a note of the translator is looked for."""


@cache
def _languages() -> dict[str, str]:
    rows = read_table("inconcert.show", "data/languages.tsv")
    return {row["code"]: row["name"] for row in rows}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the material of a brief beside its records; nothing has to be.

    Attributes:
        languages: ISO-639-1 code of a document, by its id.
        translated: ids of documents that are known to be translations.
        disputed: ids of events and statements that a reviewer called wrong or unsure.
        coded: languages that were coded; texts of others were kept and not coded.
        seed: with which random draws of the tests were started; None where none was.
        case: folder of the case, as it is to be written in a command; empty for the present one.
        grades: how reliable outlets are; those of the case go before the table.
        drawn: acts over time, by question, as `charts.timeline_spec` takes them.
    """

    languages: Mapping[str, str] = field(default_factory=dict)
    translated: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    coded: tuple[str, ...] = ("en",)
    seed: int | None = None
    case: str = ""
    grades: Grades = SHIPPED
    drawn: tuple[Mapping[str, Any] | None, ...] = ()


NOTHING_KNOWN = Known()


@cache
def _english() -> frozenset[str]:
    return frozenset(row["code"] for row in read_table("inconcert.show", "data/brief_english.tsv"))


def language_words(code: str) -> str:
    """A language by name, its code where the name is not at hand.

    Example:
        >>> language_words("ru"), language_words("xx")
        ('Russian', 'xx')
    """
    return _languages().get(code, code)


def says_translated(text: str) -> bool:
    """Whether a note at the head or the end of a text says that it is a translation.

    Example:
        >>> says_translated("[Translation] The two sides met."), says_translated("They met.")
        (True, False)
    """
    return bool(_NOTE.search(text[:HEAD]) or _NOTE.search(text[HEAD:][-TAIL:]))


def is_translated(at: Located, known: Known = NOTHING_KNOWN) -> bool:
    """Whether a text is known to be a translation: the case says so, or its own title does."""
    title = at.title or ""
    return at.document in known.translated or bool(_TITLE.search(title) or _NOTE.search(title))


def may_be_translated(country: str | None) -> bool:
    """Whether an English text from this country may be a translation."""
    return country is not None and country not in _english()


def translation_mark(at: Located, known: Known = NOTHING_KNOWN) -> str:
    """What is said of the language of a quoted text; empty for a text in its own English."""
    if is_translated(at, known):
        return "translated text"
    language = known.languages.get(at.document)
    if language not in (None, "en"):
        return f"text in {language_words(language or '')}"
    home = at.speaker_code or country_of(at.source)
    if home is not None and len(home) >= 3 and may_be_translated(home[:3]):
        return "English text from abroad, may be translated"
    return ""
