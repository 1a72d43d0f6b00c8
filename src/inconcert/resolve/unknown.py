"""Names in texts that nobody in the register fits, by frequency, each with a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inconcert.core.actor import ActorKind
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.gazetteer import gazetteer
from inconcert.resolve.lexicon import split_words
from inconcert.resolve.loose import Phrase, words_of

if TYPE_CHECKING:
    from inconcert.resolve.register import Candidate, Register

_SENTENCE = re.compile(r"(?<=[.!?…”\"])\s+(?=[“\"‘A-ZÀ-Þ])|\n+")
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "von", "van", "der", "de", "da", "ul", "-"})
_WORD = re.compile(r"[^\W\d_]")
_SPOKEN = re.compile(r"[A-Z]|\w+'\w+")
_EDGE = '“”‘’"()[]:;.!?…—–-'
_AROUND = 6
_LONGEST, _HEADLINE = 6, 0.6
_LABEL = 3
_TITLE_WORDS = frozenset({"the", "a", "an", "-", "new", "senior", "top", "acting", "then"})
_OFTEN = 2
_PERSON_SURE, _BODY_SURE = 0.4, 0.3


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the register does not have.

    Attributes:
        times: how often it stands in the texts.
        documents: in how many of them.
        sentence: one in which it stands, as an example.
        document: id of that text.
        guess: who it may be, told by the words beside it; None where they tell nothing.
    """

    name: str
    times: int
    documents: int
    sentence: str
    document: str
    guess: Candidate | None

    def as_record(self) -> dict[str, object]:
        """As a flat record; kind, country and sectors are guesses and marked so."""
        guess = self.guess
        return {
            "name": self.name,
            "times": self.times,
            "documents": self.documents,
            "kind": None if guess is None else guess.actor.kind,
            "country": None if guess is None else guess.country,
            "sectors": [] if guess is None else list(guess.sectors),
            "is_guess": True,
            "confidence": 0.0 if guess is None else guess.confidence,
            "why": "nothing beside it tells" if guess is None else guess.why,
            "sentence": self.sentence,
            "document": self.document,
        }


class Search:
    """Gathers names from texts.

    Args:
        register: whose actors are left out.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self._small: set[str] = set()
        self._times: Counter[str] = Counter()
        self._first: Counter[str] = Counter()
        self._documents: dict[str, set[str]] = {}
        self._seen: dict[str, list[tuple[str, str, TimeSpan | None]]] = {}

    def add(self, document: str, text: str, span: TimeSpan | None) -> None:
        """Take in one text with its days."""
        for sentence in _SENTENCE.split(text):
            words = split_words(sentence.replace("’", "'"))
            cut = tuple(word.strip(_EDGE) for word in words if word.strip(_EDGE) or word == "-")
            letters = [word for word in cut if _WORD.match(word)]
            capitals = sum(word[0].isupper() for word in letters)
            self._small.update(word for word in letters if word.islower())
            if len(letters) > _LONGEST and capitals > _HEADLINE * len(letters):
                continue  # a headline tells nothing by its capitals
            for begin, last in self._runs(cut):
                is_label = begin == 0 and last > 1 and cut[0].isupper() and len(cut[0]) > _LABEL
                first = begin + is_label  # who speaks: `PSAKI: …`
                name = " ".join(cut[first:last]).replace(" - ", "-")
                self._times[name] += 1
                self._first[name] += first == 0
                self._documents.setdefault(name, set()).add(document)
                kept = self._seen.setdefault(name, [])
                if len(kept) < _AROUND:
                    kept.append((document, " ".join(sentence.split()), span))

    def found(self, *, limit: int | None = None) -> list[Unknown]:
        """The names, most frequent first.

        Args:
            limit: how many at most; None for all.
        """
        times = self._folded()
        ranked = sorted(times, key=lambda name: (-times[name], name))
        return [self._told(name, times[name]) for name in ranked[:limit]]

    def _runs(self, words: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Runs of capitalised words outside every name that the register or the map has."""
        lowered = tuple(word.lower() for word in words)
        known = self._known(words, lowered)
        place = 0
        while place < len(words):
            last = place
            while last < len(words) and last not in known and self._is_part(words, last, place):
                last += 1
            while last > place and lowered[last - 1] in _PARTICLES:
                last -= 1
            if last > place and not (last < len(words) and last in known and words[last] == "-"):
                yield place, last
            place = max(last, place + 1)

    def _known(self, words: Sequence[str], lowered: Sequence[str]) -> set[int]:
        known: set[int] = set()
        place = 0
        while place < len(words):
            entries = self.register.lexicon.at(words, lowered, place)
            length = len(entries[0].words) if entries else 0
            if entries and (entries[0].kind != "surname" or not self._goes_on(words, place)):
                known.update(range(place, place + length))
            place += max(1, length)
        return known

    def _goes_on(self, words: Sequence[str], place: int) -> bool:
        """Whether a surname of the register is part of another name here: `Yue Xiaoqing`."""
        for near in (place - 1, place + 1):
            if not 0 <= near < len(words) or not words[near][:1].isupper():
                continue
            word = words[near].lower()
            is_title = word in tables.agents() or word in words_of("title")
            if not is_title and word not in tables.cues()["honorific"] and word not in self._small:
                return True
        return False

    def _is_part(self, words: Sequence[str], place: int, first: int) -> bool:
        word = words[place]
        lowered = word.lower()
        if place > first and lowered in _PARTICLES:
            return True
        if not word[:1].isupper() or not _WORD.match(word) or _SPOKEN.fullmatch(word):
            return False
        if lowered in tables.cues()["honorific"] or lowered in words_of("title"):
            return False
        return place > first or lowered not in tables.agents()

    def _folded(self) -> Counter[str]:
        """Counts without words that begin sentences, places, and surnames of names in full."""
        full: dict[str, set[str]] = {}
        kept: Counter[str] = Counter()
        for name, count in self._plain().items():
            words = name.split()
            if name.lower() in _calendar() or name in words_of("people"):
                continue
            if len(words) == 1 and (count < _OFTEN or self._first[name] == count):
                continue
            if gazetteer().called(name):
                continue
            kept[name] = count
            if len(words) > 1:
                full.setdefault(words[-1], set()).add(name)
        for name in [one for one in kept if len(one.split()) == 1]:
            longer = full.get(name, set())
            if len(longer) == 1:
                whole = next(iter(longer))
                kept[whole] += kept.pop(name)
                self._documents[whole] |= self._documents[name]
        return kept

    def _plain(self) -> Counter[str]:
        """Counts of the names without words before them that are small elsewhere: `But Nord`."""
        found: Counter[str] = Counter()
        for name, count in self._times.items():
            words = name.split()
            is_opening = self._first[name] == count
            while is_opening and words and words[0].lower() in self._small:
                del words[0]
            plain = " ".join(words)
            if not plain:
                continue
            found[plain] += count
            if plain != name:
                self._documents.setdefault(plain, set()).update(self._documents[name])
                self._seen.setdefault(plain, []).extend(self._seen[name])
        return found

    def _told(self, name: str, times: int) -> Unknown:
        best: Candidate | None = None
        document, sentence, _ = self._seen[name][0]
        for one_document, one_sentence, one_span in self._seen[name]:
            guess = self._guess(name, one_sentence, one_span)
            if guess is not None and (best is None or guess.confidence > best.confidence):
                best, document, sentence = guess, one_document, one_sentence
        return Unknown(name, times, len(self._documents[name]), sentence, document, best)

    def _guess(self, name: str, sentence: str, span: TimeSpan | None) -> Candidate | None:
        """Who it may be by the words right before it, or after a comma behind it."""
        from inconcert.resolve.lookup import Finder, guess

        before, found, after = sentence.replace("’", "'").partition(name)
        if not found:
            return None
        titles = self._titles(_bare(before)[-_AROUND:])
        phrase = Phrase(self.register, titles)
        if phrase.head is None and not phrase.marks and after.startswith(","):
            titles = self._titles(_bare(after[1:].partition(",")[0])[:_AROUND], after=True)
            phrase = Phrase(self.register, titles)
        head, last = phrase.head, name.rsplit(maxsplit=1)[-1].lower()
        body = Phrase(self.register, split_words(name)).head
        if head is None and body is None and not phrase.marks:
            return None
        finder = Finder(self.register, phrase, span)
        owners = [one for one in finder.owners() if one.actors]
        code = None
        if owners:
            role = self.register.role_on(self.register.actors[owners[0].actors[0]], span)[0]
            code = owners[0].actors[0] if role is None else role.code
        is_body = body is not None and last in {body.noun, *words_of("generic")}
        told = head or (body if is_body else None)
        if told is None:
            return None
        sectors = finder.sectors(told, (), None) if told is head else told.sectors
        kind: ActorKind = "group" if is_body else "person" if told.is_person else "unknown"
        why = f"told by: {' '.join(titles) or told.noun}"
        sure = _PERSON_SURE if code else _BODY_SURE
        return guess(self.register, name, code, sectors, why, sure, kind=kind)

    def _titles(self, words: Sequence[str], *, after: bool = False) -> tuple[str, ...]:
        """The nouns and nations next to a name, as far as they go on without another word."""
        phrase = Phrase(self.register, tuple(words))
        inside = {place for one in phrase.heads for place in range(one.first, one.last)}
        inside |= {place for one in phrase.marks for place in range(one.first, one.last)}
        small = _TITLE_WORDS | words_of("former") | words_of("modifier")
        places = range(len(words)) if after else range(len(words) - 1, -1, -1)
        kept: list[int] = []
        for place in places:
            if place not in inside and words[place].lower() not in small:
                break
            kept.append(place)
        if not after and kept and kept[0] not in inside:
            return ()
        return tuple(words[place] for place in sorted(kept))


def _bare(text: str) -> tuple[str, ...]:
    """The words of a stretch of text without marks around them."""
    words = (word.strip(_EDGE) for word in split_words(text))
    return tuple(word for word in words if word)


def _calendar() -> frozenset[str]:
    return frozenset(
        row["word"].lower() for row in tables.read("times") if row["kind"] in {"month", "weekday"}
    )
