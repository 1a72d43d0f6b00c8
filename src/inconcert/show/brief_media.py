"""Who owns a source and in which language it was read: said of every source of a brief."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from inconcert.core.document import Source
from inconcert.core.evidence import Located
from inconcert.ontology.tables import read_table

STATE = "state media"
OFFICIAL = "official texts"
UNKNOWN = "not known"
_OWNERS = {
    "state": STATE,
    "public": "public broadcaster or agency",
    "private": "private",
    "affiliated": "of a party, force or movement",
    "party": "of a party, force or movement",
    "independent": "independent",
}
_TRANSLATED = re.compile(
    r"\b(?:translat(?:ed|ion) (?:from|of|by)|unofficial translation|courtesy translation|"
    r"translated text|in translation|google translat)\w*",
    re.IGNORECASE,
)


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
    """

    languages: Mapping[str, str] = field(default_factory=dict)
    translated: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    coded: tuple[str, ...] = ("en",)
    seed: int | None = None
    case: str = ""


NOTHING_KNOWN = Known()


def owner_of(source: Source, *, speaks: str | None = None) -> str:
    """Who owns a source, in words: as the case says, else as the table of media has it.

    Args:
        source: who publishes.
        speaks: code of the actor whose voice its texts are in, if any.

    Example:
        >>> owner_of(Source("TASS", "RUS")), owner_of(Source("The Herald of Nowhere"))
        ('state media', 'not known')
    """
    if source.affiliation in _OWNERS:
        return _OWNERS[source.affiliation]
    known = media().get(source.name.casefold())
    if known is not None:
        return _OWNERS.get(known[1], UNKNOWN)
    return OFFICIAL if speaks else UNKNOWN


def is_state(source: Source) -> bool:
    """Whether a source is state media.

    Example:
        >>> is_state(Source("Xinhua", "CHN"))
        True
    """
    return owner_of(source) == STATE


def country_of(source: Source) -> str | None:
    """Country of a source: as the case says, else as the table of media has it."""
    known = media().get(source.name.casefold())
    return source.country or (known[0] if known else None)


@cache
def media() -> Mapping[str, tuple[str, str]]:
    """Country and affiliation of every outlet of the table, by each of its names in lower case."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_table("inconcert.resolve", "data/media.tsv"):
        for name in (row["name"], *row["other_names"].split("|")):
            if name:
                found.setdefault(name.casefold(), (row["country"], row["affiliation"]))
    return found


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


def is_translated(at: Located, known: Known = NOTHING_KNOWN) -> bool:
    """Whether a text is known to be a translation: the case says so, or its own title does."""
    return at.document in known.translated or bool(at.title and _TRANSLATED.search(at.title))


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
