"""Noun phrases that name a place: `the Afghan city of Herat`, `a hotel near Doha`, `the border`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.place import PRECISIONS, Precision
from inconcert.resolve import tables
from inconcert.resolve.gazetteer import Found, Gazetteer, Place, hint

_DEPTH = 3
_AHEAD = 6
_NAMED_AFTER = 8.0
_MODIFIERS = {"compound", "amod", "nmod", "nummod", "poss", "case", "det", "npadvmod", "punct"}


@dataclass(frozen=True, slots=True)
class Site:
    """A place told by the tokens `[first, last)`.

    Attributes:
        place: which; None where several are about as likely, or it is a border or coast.
        found: the name, with every place so called.
        precision: that of the words, which may be wider than that of the place (`near Kabul`).
        states: of a border or coast.
    """

    first: int
    last: int
    place: Place | None
    found: Found | None
    precision: Precision
    states: tuple[str, ...] = ()

    @property
    def country(self) -> str | None:
        """The state in which it lies, where that is sure."""
        if self.place is not None:
            return self.place.country
        if self.found is None:
            return self.states[0] if len(self.states) == 1 else None
        among = {place.country for place in self.found.open()}
        return among.pop() if len(among) == 1 else None


@cache
def words() -> Mapping[str, frozenset[str]]:
    """Words that tell places, by kind."""
    found: dict[str, set[str]] = {}
    for row in tables.read("places_words"):
        found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(of_kind) for kind, of_kind in found.items()}


class Locatives:
    """Reads the places of one document.

    Args:
        mentions: the actors of the document: no person or body is read as a place.
    """

    def __init__(
        self, gazetteer: Gazetteer, parsed: ParsedDocument, mentions: Iterable[ActorMention]
    ) -> None:
        self.gazetteer, self.parsed, self.tokens = gazetteer, parsed, parsed.tokens
        self.words = words()
        self._by_head: dict[int, ActorMention] = {}
        self._spoken: dict[str, list[ActorMention]] = {}
        self._hints: dict[int, dict[str, float]] = {}
        for mention in mentions:
            self._by_head.setdefault(mention.head, mention)
            for code in self._states(mention):
                self._spoken.setdefault(code, []).append(mention)

    # -- a phrase ---------------------------------------------------------------------------

    def at(self, head: int, *, wide: bool = False, depth: int = 0) -> Site | None:
        """The place that a noun phrase names, narrowest first; None if it names none.

        Args:
            head: token that heads the phrase.
            wide: the phrase stands under `near`, `outside` and the like.
        """
        noun = self.tokens[head].lemma.lower()
        own = self._own(head, noun)
        inner = None
        if depth < _DEPTH and (own is None or own.precision not in {"point", "city"}):
            inner = self._inside(head, noun, depth)
            if own is not None and own.states and inner is not None and inner.place is not None:
                # the coast of a state is no wider than the state
                inner = None if inner.precision in {"country", "region"} else inner
        site = _narrower(own, inner)
        if site is None or not wide or site.precision not in {"point", "city"}:
            return site
        return replace(site, precision="district")

    def _own(self, head: int, noun: str) -> Site | None:
        if noun in self.words["border_noun"]:
            return self._border(head)
        if noun in self.words["coast_noun"] and (coast := self._coast(head)) is not None:
            return coast
        first, sentence = self._left(head), self.parsed.sentences[self.tokens[head].sentence]
        last = min(sentence.last, head + _AHEAD)
        found = self._find(first, last)
        for one in found:
            if one.first <= head < one.last and not self._is_actor(one):
                return self._site(one)
        known = self.words["place_noun"] | self.words["gathering"]
        if noun not in known and self.tokens[head].text.lower() not in known:
            return None
        before = [one for one in found if one.last <= head and not self._is_actor(one)]
        if before:
            return self._with_noun(before[-1], noun, head)
        return self._capital(head, noun)

    def _inside(self, head: int, noun: str, depth: int) -> Site | None:
        """`a hotel in Doha`, `the city of Herat`, `its capital, Kabul`."""
        mention = self._by_head.get(head)
        is_state = mention is not None and bool(self._states(mention)) and not mention.is_person
        best: Site | None = None
        for kid in self.parsed.kids(head, "prep"):
            word = kid.text.lower()
            is_of = word == "of" and noun in self.words["place_noun"]
            if not is_of and (word not in self.words["locative"] or word in {"over", "by"}):
                continue
            for inner in self.parsed.kids(kid.index, "pobj"):
                site = self.at(inner.index, wide=word in self.words["wide"], depth=depth + 1)
                if site is not None and word == "on" and not self._lies_on(inner, site):
                    continue
                if is_of and site is not None and site.found is not None:
                    site = self._with_noun(site.found, noun, head)
                best = _narrower(best, site)
        if not is_state:
            for kid in self.parsed.kids(head, "appos"):
                best = _narrower(best, self.at(kid.index, depth=depth + 1))
        return best

    def name_of(self, site: Site) -> tuple[int, int] | None:
        """Tokens of the name in a site, with the noun after it that makes it wider.

        None where the words have no name in them (`the Afghan capital`).
        """
        if site.found is None:
            return (site.first, site.last) if site.place is None else None
        is_wider = site.precision in {"province", "district"}
        return site.found.first, site.last if is_wider else site.found.last

    def _lies_on(self, noun: Token, site: Site) -> bool:
        """Whether `on` can be a preposition of place: on the border, the coast, an island."""
        kind = site.place.kind if site.place is not None else ""
        return noun.lemma.lower() in self.words["place_noun"] or kind in {"region", "sea", "base"}

    def lies_on(self, head: int, site: Site) -> bool:
        """Whether `on` before a noun can be a preposition of place."""
        return self._lies_on(self.tokens[head], site)

    def _left(self, head: int) -> int:
        """First token of what stands before a noun in its phrase."""
        first, pending = head, [head]
        while pending:
            for kid in self.parsed.kids(pending.pop()):
                if kid.index < head and kid.dep in _MODIFIERS:
                    pending.append(kid.index)
                    first = min(first, kid.index)
        return first

    # -- names ------------------------------------------------------------------------------

    def _find(self, first: int, last: int) -> list[Found]:
        text, tokens = self.parsed.document.text, self.tokens
        hints = self._hints_at(tokens[first].sentence)
        found = self.gazetteer.find(tokens, text, first, last, hints)
        return [
            self._placed_by_what_follows(one, last) if len(one.places) > 1 else one for one in found
        ]

    def _placed_by_what_follows(self, one: Found, last: int) -> Found:
        """`Tripoli, Lebanon`; `Alexandria, Virginia`: what follows a comma decides."""
        tokens = self.tokens
        if one.last + 1 >= min(last + 2, len(tokens)) or tokens[one.last].text != ",":
            return one
        text = self.parsed.document.text
        after = self.gazetteer.find(tokens, text, one.last + 1, min(one.last + 4, len(tokens)))
        if not after or after[0].first != one.last + 1:
            return one
        wider = [place for place in after[0].places if place.precision in {"country", "province"}]
        hints = {place.country: _NAMED_AFTER for place in wider if place.country}
        found = self.gazetteer.find(tokens, text, one.first, one.last, hints)
        within = {place.name for place in wider if place.precision == "province"}
        return found[0].preferring(within) if found else one

    def _site(self, found: Found) -> Site:
        place = found.settled()
        precision = place.precision if place is not None else found.places[0].precision
        return Site(found.first, found.last, place, found, precision)

    def _with_noun(self, found: Found, noun: str, head: int) -> Site:
        """A name with the noun that says what it is: `Kunduz province`, `Kabul airport`."""
        kinds: tuple[tuple[str, Precision], ...] = (
            ("province_noun", "province"),
            ("district_noun", "district"),
        )
        first, last = min(found.first, head), max(found.last, head + 1)
        for kind, precision in kinds:
            if noun in self.words[kind] and found.places[0].precision != "country":
                chosen = found.only(precision)
                if chosen is not None:
                    return Site(first, last, chosen.settled(), chosen, precision)
        site = replace(self._site(found), first=first, last=last)
        if noun in self.words["broad_noun"] and site.precision == "city":
            return replace(site, precision="district")
        return site

    def _capital(self, head: int, noun: str) -> Site | None:
        """`the Afghan capital`."""
        if noun != "capital":
            return None
        for kid in self.parsed.kids(head, "amod", "compound", "poss"):
            mention = self._by_head.get(kid.index)
            for code in self._states(mention) if mention is not None else ():
                place = self.gazetteer.capitals.get(code)
                if place is not None:
                    return Site(kid.index, head + 1, place, None, "city")
        return None

    # -- borders and coasts -----------------------------------------------------------------

    def _border(self, head: int) -> Site | None:
        """`the Tajik-Afghan border`, `the border between A and B`, `A's border with B`."""
        codes: list[str] = []
        last = head + 1
        for kid in self._of_border(head):
            mention = self._by_head.get(kid)
            named = self._states(mention) if mention is not None else ()
            if not named:
                named = self._state_named(kid)
            codes += [code for code in named if code not in codes]
            last = max(last, kid + 1) if named else last
        first = min([head, *(kid.index for kid in self.parsed.kids(head) if kid.index < head)])
        return Site(first, last, None, None, "region", tuple(codes[:2])) if codes else None

    def _of_border(self, head: int) -> Iterator[int]:
        for kid in self.parsed.kids(head):
            if kid.index < head:
                yield from self.parsed.subtree(kid.index)
            elif kid.dep == "prep" and kid.text.lower() in {"between", "with", "of", "to"}:
                for inner in self.parsed.kids(kid.index, "pobj"):
                    yield from (
                        index
                        for index in self.parsed.subtree(inner.index)
                        if index < inner.index + 8
                    )

    def _state_named(self, index: int) -> tuple[str, ...]:
        if self.tokens[index].pos != "PROPN":
            return ()
        found = self._find(index, index + 1)
        place = found[0].settled() if found else None
        return (place.id,) if place is not None and place.precision == "country" else ()

    def _coast(self, head: int) -> Site | None:
        """`off the coast of Somalia`, `the Syrian coast`, `Iranian waters`."""
        for kid in self.parsed.kids(head):
            if kid.index < head or kid.dep == "prep":
                inner = [kid.index] if kid.index < head else self.parsed.subtree(kid.index)
                for index in inner:
                    mention = self._by_head.get(index)
                    codes = self._states(mention) if mention is not None else ()
                    codes = codes or self._state_named(index)
                    if codes:
                        first, last = min(index, head), max(index, head) + 1
                        return Site(first, last, None, None, "region", codes[:1])
        return None

    # -- who is spoken of -------------------------------------------------------------------

    def _states(self, mention: ActorMention | None) -> tuple[str, ...]:
        """Codes of the states that a mention is about."""
        if mention is None:
            return ()
        codes = [one.code[:3] for one in mention.participants]
        if mention.place is not None:
            codes.append(mention.place.code)
        return tuple(dict.fromkeys(code for code in codes if code in self.gazetteer.countries))

    def _hints_at(self, sentence: int) -> dict[str, float]:
        """How much each state is spoken of, seen from a sentence.

        A mention that is itself a place's name says nothing: it would vouch for itself.
        """
        known = self._hints.get(sentence)
        if known is not None:
            return known
        hints: dict[str, float] = {}
        for code, spoken in self._spoken.items():
            others = [one for one in spoken if one.place is None]
            if others:
                here = any(one.sentence == sentence for one in others)
                hint(hints, code, same_sentence=here)
        home = self.parsed.document.source.country
        if home is not None:
            hints.setdefault(home, 0.5)
        self._hints[sentence] = hints
        return hints

    def _is_actor(self, found: Found) -> bool:
        """Whether a person or a body bears the name here: a state or a seat may be a place too."""
        for index in range(found.first, found.last):
            mention = self._by_head.get(index)
            if mention is None or mention.kind == "description":
                continue
            if mention.is_person or (mention.participants and not self._states(mention)):
                return True
        return False


def _narrower(one: Site | None, other: Site | None) -> Site | None:
    """The narrower of two sites; the first of two as narrow."""
    if one is None or other is None:
        return one or other
    narrow = PRECISIONS.index(other.precision) < PRECISIONS.index(one.precision)
    return other if narrow else one
