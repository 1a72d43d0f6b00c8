"""Where something happened: the place that the grammar gives a predicate, never a party to it.

The predicate's own clause goes first (`met in Doha`, `an attack on Kunduz`), then what it shares
with the clauses it hangs together with (`held talks in Doha and signed …`). What stands inside a
reported clause says nothing about the report, nor the other way round. Without a place in the
sentence, a clause that goes on with the subject of the one before may carry its place; the
dateline is the last resort, and says where the report was filed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.place import Where
from inconcert.resolve.gazetteer import Gazetteer, Place, gazetteer
from inconcert.resolve.locatives import Locatives, Site
from inconcert.resolve.scenes import SUBJECTS, VERBAL, Scenes

CLAUSE, SENTENCE = "named in the clause", "named in the sentence"
CARRIED, DATELINE = "carried from the sentence before", "dateline"

_SURE = (0.85, 0.75, 0.65, 0.55)
_CARRIED_SURE, _DATELINE_SURE, _OPEN = 0.45, 0.3, 0.6
_DATELINE_SENTENCES = 3
_SHOWN = 4
_DATELINE = re.compile(
    r"\s*(?P<name>[^\W\d_][^,(\n—–]{1,40}?)\s*(?:,[^—–\n]{1,40}?|\([^)\n]{1,40}\))*\s*[—–-]+\s"
)


class PlaceResolver:
    """Places predicates; keeps what one document names, the last one asked about.

    Args:
        places: the gazetteer, that of the package if none is given.
    """

    def __init__(self, places: Gazetteer | None = None) -> None:
        self._gazetteer = places
        self._parsed: ParsedDocument | None = None
        self._story: _Story | None = None

    def where(
        self,
        parsed: ParsedDocument,
        start: int,
        end: int,
        sentence: int,
        mentions: Sequence[ActorMention],
    ) -> Where | None:
        """Where the predicate at characters `[start, end)` of a sentence happened.

        Args:
            mentions: all mentions of actors in the document.

        Returns:
            The place with the words that tell it; None where the text does not tell.
        """
        story = self._story
        if story is None or parsed is not self._parsed:
            reader = Locatives(self._gazetteer or gazetteer(), parsed, mentions)
            story = self._story = _Story(parsed, Scenes(parsed, reader))
            self._parsed = parsed
        return story.where(_head(parsed, sentence, start, end))


def _head(parsed: ParsedDocument, sentence: int, start: int, end: int) -> int:
    """The token of a stretch that hangs it in the tree."""
    bounds = parsed.sentences[sentence]
    inside = [
        token.index
        for token in parsed.tokens[bounds.first : bounds.last]
        if token.start < end and token.end > start and token.pos != "PUNCT"
    ]
    for index in inside:
        head = parsed.tokens[index].head
        if head == index or head not in inside:
            return index
    return bounds.first


class _Story:
    """One document: what its sentences tell, and what one carries on to the next."""

    def __init__(self, parsed: ParsedDocument, scenes: Scenes) -> None:
        self.parsed, self.tokens, self.scenes = parsed, parsed.tokens, scenes
        self.reader, self.words = scenes.reader, scenes.words
        self._filed: Where | None = None
        self._is_filed_read = False

    def where(self, predicate: int) -> Where | None:
        """The place of a predicate, told, carried or filed."""
        told = self.scenes.told(predicate)
        if told is not None:
            basis = CLAUSE if told.cost < 2 else SENTENCE
            return self._where(told.site, basis, _SURE[min(told.cost, len(_SURE) - 1)])
        carried = self._carried(predicate)
        if carried is not None:
            return self._where(carried, CARRIED, _CARRIED_SURE)
        return self._dateline(self.tokens[predicate].sentence)

    # -- other sentences --------------------------------------------------------------------

    def _carried(self, predicate: int) -> Site | None:
        """The place of the main clause before, if this one goes on with who was there."""
        number = self.tokens[predicate].sentence
        if number == 0 or self.scenes.quote(predicate) is not None:
            return None
        sentences = self.parsed.sentences
        here, before = sentences[number], sentences[number - 1]
        if here.paragraph != before.paragraph or not self._goes_on(predicate):
            return None
        root = next(
            token.index
            for token in self.parsed.tokens_of(before)
            if token.head == token.index or token.dep == "ROOT"
        )
        told = self.scenes.told(root)
        return None if told is None or told.cost > 1 else told.site

    def _goes_on(self, predicate: int) -> bool:
        """Whether a clause is the main one and its subject a word that points back."""
        token = self.tokens[predicate]
        while token.head != token.index:
            if token.dep not in {"conj", "dobj", "attr", "nsubj", "nsubjpass", "pobj", "prep"}:
                return False
            token = self.tokens[token.head]
        if token.pos not in VERBAL or self.parsed.kids(token.index, "neg"):
            return False
        if {kid.text.lower() for kid in self.parsed.kids(token.index, "aux")} & _NOT_THERE:
            return False
        if any(kid.text.lower() == "there" for kid in self.parsed.kids(token.index, "advmod")):
            return True
        return token.tag == "VBD" and any(
            subject.text.lower() in self.words["pronoun"]
            or (subject.lemma.lower() in self.words["pair_noun"] and self._is_counted(subject))
            for subject in self.parsed.kids(token.index, *SUBJECTS)
        )

    def _is_counted(self, noun: Token) -> bool:
        return any(kid.text.lower() in {"two", "both"} for kid in self.parsed.kids(noun.index))

    def _dateline(self, sentence: int) -> Where | None:
        """`KABUL, 4 September (Reuters) –`: where the report was filed, for its first sentences."""
        if sentence >= _DATELINE_SENTENCES:
            return None
        if not self._is_filed_read:
            self._is_filed_read = True
            self._filed = self._read_dateline()
        return self._filed

    def _read_dateline(self) -> Where | None:
        text = self.parsed.document.text
        match = _DATELINE.match(text)
        if match is None:
            return None
        name, agencies = match["name"].strip(), self.words["agency"]
        told = text[match.end("name") : match.end()].lower()
        if not (name.isupper() or any(one in told for one in agencies)):
            return None
        places = self.reader.gazetteer.called(name)
        if not places or places[0].precision not in {"city", "point", "district"}:
            return None
        place = places[0]
        return Where(
            name.title() if name.isupper() else name, place.country, place.latitude,
            place.longitude, place.precision, match.start("name"), match.end("name"), DATELINE,
            place.id, _DATELINE_SURE,
        )  # fmt: skip

    # -- answers ----------------------------------------------------------------------------

    def _where(self, site: Site, basis: str, sure: float) -> Where:
        start, end = self.tokens[site.first].start, self.tokens[site.last - 1].end
        name = self._name(site)
        place, open_to = site.place, site.states if len(site.states) > 1 else ()
        others = self._beside(site)
        if place is None and site.found is not None:
            open_to = tuple(_shown(one) for one in site.found.open()[:_SHOWN])
            sure *= _OPEN
        elif place is not None and others:
            open_to = tuple(_shown(one) for one in (place, *others)[:_SHOWN])
            sure *= _OPEN
        return Where(
            name,
            site.country,
            None if place is None else place.latitude,
            None if place is None else place.longitude,
            site.precision,
            start,
            end,
            basis,
            None if place is None else place.id,
            round(sure, 2),
            open_to,
        )

    def _beside(self, site: Site) -> list[Place]:
        """Other places joined to it (`in Mali, Niger and Chad`)."""
        found: list[Place] = []
        pending = list(range(site.first, site.last))
        while pending:
            for kid in self.parsed.kids(pending.pop(), "conj"):
                other = self.reader.at(kid.index)
                if other is not None and other.place is not None and other.place != site.place:
                    found.append(other.place)
                    pending.append(kid.index)
        return found

    def _name(self, site: Site) -> str:
        named = self.reader.name_of(site)
        if named is None:
            return site.place.name if site.place is not None else ""
        start, end = self.tokens[named[0]].start, self.tokens[named[1] - 1].end
        return " ".join(self.parsed.text_of(start, end).split())


_NOT_THERE = frozenset({"will", "would", "shall", "should", "may", "might", "could", "'ll"})


def _shown(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.within, place.country) if part)
