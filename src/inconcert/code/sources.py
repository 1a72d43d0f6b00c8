"""Sources that a text does not name, and what it tells of them all the same.

`A senior US official`, `diplomats familiar with the talks`, `it was reported that`. An office told
with the definite article (`the defence minister`) is a known holder, not an unnamed source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.code.speakers import Speakers
from inconcert.core.mention import Participant
from inconcert.core.parsed import Token
from inconcert.ontology.tables import read_table

_DEFINITE = {"the", "this", "that", "these", "those", "his", "her", "its", "their"}
_AMOUNTS = {"two", "three", "four", "five", "six", "several", "many", "some", "few"}
_EMPTY = frozenset({"-", ""})


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of an unnamed source; `country` and `sectors` stay empty where nothing is."""

    country: str | None
    sectors: tuple[str, ...]


@cache
def _words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in read_table("inconcert.code", "data/sources.tsv"):
        sectors = () if row["sectors"] in _EMPTY else tuple(row["sectors"].split())
        found.setdefault(row["kind"], {})[row["noun"]] = sectors
    return found


class Sources:
    """Tells unnamed sources of one document from named ones."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers, self.parsed, self.tokens = speakers, speakers.parsed, speakers.tokens
        self._unnamed: dict[str, Source] = {}

    def of(self, head: int | None, people: Iterable[Participant]) -> Source | None:
        """What is known of a source that is not named; None for a named one.

        Sources are to be asked for in order of the text: `the official` is unnamed where an
        unnamed official came before.
        """
        if head is None:
            return Source(None, ())
        people = tuple(people)
        words = _words()
        token = self.tokens[head]
        lemma = token.lemma.lower()
        if token.pos == "PROPN" or lemma not in words["person"] or self._is_named(head):
            return None
        if any(one.name for one in people):
            return None
        if self._is_definite(head):
            return self._unnamed.get(lemma)
        source = Source(_country(people), self._sectors(head, lemma, people))
        self._unnamed[lemma] = source
        return source

    def _is_named(self, head: int) -> bool:
        """Whether a name stands beside: `an analyst, Yun Sun`; `the envoy John Kerry`."""
        for kid in self.parsed.kids(head, "appos", "prep"):
            if kid.pos == "PROPN" or kid.text.lower() == "including":
                return True
        above = self.tokens[self.tokens[head].head]
        return self.tokens[head].dep == "appos" and above.pos == "PROPN"

    def _is_definite(self, head: int) -> bool:
        if any(kid.lemma.lower() in _words()["closeness"] for kid in self._near(head)):
            return False
        for kid in self.parsed.kids(head, "det", "poss", "nummod", "amod"):
            if kid.text.lower() in _AMOUNTS:
                return False
            if kid.dep == "poss":
                # `Russia's diplomats`: a plural after an owner names nobody
                return self.tokens[head].tag != "NNS"
            if kid.text.lower() in _DEFINITE:
                return True
        return False

    def _near(self, head: int) -> list[Token]:
        return [self.tokens[index] for index in self.parsed.subtree(head)]

    def _sectors(self, head: int, lemma: str, people: tuple[Participant, ...]) -> tuple[str, ...]:
        words = _words()
        for kid in self.parsed.kids(head, "compound", "amod", "nmod"):
            if kid.lemma.lower() in words["modifier"]:
                return words["modifier"][kid.lemma.lower()]
        for one in people:
            if one.sectors:
                return one.sectors
        return words["person"][lemma]


def _country(people: tuple[Participant, ...]) -> str | None:
    codes = {one.code for one in people}
    return codes.pop() if len(codes) == 1 else None
