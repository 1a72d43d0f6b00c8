"""The words of a sentence by which two reports of an act are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from inconcert.core.evidence import EventRecord
from inconcert.ontology.tables import read_table

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|from|around|through|via|into)\s+(?:the\s+)?"
    r"((?:[A-Z][\w’'-]*)(?:\s+[A-Z][\w’'-]*)*)"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_BEFORE = 6
"""Words before the word for the act in which one that makes it another act is looked for."""


@dataclass(frozen=True, slots=True)
class Words:
    """What of a sentence is compared.

    Attributes:
        told: its words without endings, but for those that say little and those that name the
            participants.
        all: the same with the names.
        predicate: the word for the act, without its ending.
        act: what the word for the act is commonly exchanged with (`talk` and `meet`).
        written: the word for the act with the word before it, as written.
        is_back: the word before it points back to an act told before.
        is_anew: a word before it makes it another act than one told before.
        places: names that stand after `in`, `at`, `near`, `through`.
        all_names: all words with a capital.
    """

    told: frozenset[str]
    all: frozenset[str]
    predicate: str
    act: str
    written: str
    is_back: bool
    is_anew: bool
    places: frozenset[str]
    all_names: frozenset[str]


def words_of(record: EventRecord) -> Words:
    """The words of a mention's sentence."""
    event, at = record.event, record.at
    text = at.sentence
    start, end = event.start - at.start, event.end - at.start
    names: set[str] = set()
    for who in (*event.actors, *event.recipients, *event.about):
        names |= set(_stems(text[max(0, who.start - at.start) : max(0, who.end - at.start)]))
        names |= set(_stems(who.name or ""))
    every = frozenset(_stems(text)) - _listed("stop")
    before = [word.casefold() for word in _WORD.findall(text[: max(0, start)])]
    written = " ".join([*before[-1:], text[start:end]])
    predicate = next(iter(_stems(text[start:end])), "")
    capitals = frozenset(w.casefold() for w in _WORD.findall(text) if w[:1].isupper())
    return Words(
        told=every - names - {predicate},
        all=every,
        predicate=predicate,
        act=_acts().get(predicate, predicate),
        written=written,
        is_back=bool(before) and before[-1] in _listed("back"),
        is_anew=not _listed("anew").isdisjoint(before[-_BEFORE:]),
        places=_places(text, names),
        all_names=capitals,
    )


def _places(text: str, names: set[str]) -> frozenset[str]:
    """Words that name where something happened; days, months and participants are none."""
    found = set()
    for phrase in _PLACE.findall(text):
        words = [_POSSESSIVE.sub("", word.casefold()) for word in phrase.split()]
        if not names.isdisjoint(map(stem, words)) or not _listed("stop").isdisjoint(words):
            continue
        found |= set(words)
    return frozenset(found)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.casefold())]


@cache
def stem(word: str) -> str:
    """A word without its ending, irregular forms brought back to the plain one.

    Example:
        >>> stem("met"), stem("meetings"), stem("attacked"), stem("agreed") == stem("agree")
        ('meet', 'meet', 'attack', True)
    """
    known = _table_of("form")
    word = _POSSESSIVE.sub("", word)
    if word in known:
        return _bare(known[word])
    for ending, least in (("ings", 4), ("ing", 4), ("ed", 4), ("es", 4), ("s", 3)):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= least and not (ending == "s" and bare[-1] in "su"):
            return _bare(known.get(bare, bare))
    return _bare(word)


def _bare(word: str) -> str:
    """Without the e that falls out before an ending, so that `agree` and `agreed` are one."""
    return word if len(word) < 4 else word.rstrip("e")


@cache
def _listed(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _table() if row["role"] == role)


@cache
def _acts() -> dict[str, str]:
    """By the stem of a word for an act the stem of the word it is exchanged with."""
    return {stem(word): stem(base) for word, base in _table_of("same").items()}


@cache
def _table_of(role: str) -> dict[str, str]:
    return {row["word"]: row["of"] for row in _table() if row["role"] == role}


@cache
def _table() -> list[dict[str, str]]:
    return read_table("inconcert.resolve", "data/happening_words.tsv")
