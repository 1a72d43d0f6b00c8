"""One document as the resolver reads it: names found, clauses walked, quotations marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.lexicon import Entry, split_words
from inconcert.resolve.register import Register

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "nummod"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of the lexicon in the text, tokens `[first, last)`, headed by one of them."""

    first: int
    last: int
    head: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The likeliest reading."""
        return self.entries[0]


class Text:
    """Words, names and tree of one document.

    Attributes:
        hits: names by each token they cover.
        agents: agent nouns by token.
        seen: ids of persons named in full so far, and of those who have a turn to speak.
        span: days of publication; None if unknown.
        president: of that state on that day, if it has one.
        home: state whose document it is: of the speaker, else of the publisher.
        is_own_paper: published by the state that speaks in it.
        is_speech: somebody speaks in the first person, often about many things.
        dateline: state of the city that a dispatch begins with (`MANILA, November 19 –`).
    """

    def __init__(self, register: Register, parsed: ParsedDocument) -> None:
        self.register, self.parsed = register, parsed
        self.tokens, self.children = parsed.tokens, parsed.children
        self.words = [token.text for token in self.tokens]
        self.lowered = [word.lower() for word in self.words]
        self.span: TimeSpan | None = parsed.document.published
        self.home = parsed.document.speaker or parsed.document.source.country
        self.president = (
            None if self.home is None else register.holder(self.home, "President", self.span)
        )
        self.cues = tables.cues()
        self.seen: set[str] = set()
        source = parsed.document.source.country
        self.is_own_paper = source is not None and source == parsed.document.speaker
        self.is_speech = parsed.document.speaker is not None or any(
            paragraph.speaker for paragraph in parsed.paragraphs
        )
        self.agents = self._find_agents()
        self.hits = self._find_names()
        self.dateline = self._find_dateline()
        self._quote_starts = [quote.start for quote in parsed.quotes]

    # -- words ------------------------------------------------------------------------------

    def _find_agents(self) -> dict[int, tables.Agent]:
        known, nouns = tables.agents(), frozenset({"NOUN", "PROPN"})
        tokens = self.tokens
        found: dict[int, tables.Agent] = {}
        for place, word in enumerate(self.lowered):
            if tokens[place].pos not in nouns:
                continue
            agent = known.get(f"{self.lowered[place - 1]} {word}") if place else None
            agent = agent or known.get(word)
            if agent is not None:
                if agent.noun == "general":
                    # a Secretary General and an Attorney General are no soldiers
                    before = self.lowered[max(0, place - 2) : place]
                    civil = (one for one in before if one in self.cues["civil_general"])
                    agent = known.get(next(civil, ""), agent)
                found[place] = agent
        return found

    def _find_names(self) -> dict[int, Hit]:
        lexicon, words, lowered = self.register.lexicon, self.words, self.lowered
        found: dict[int, Hit] = {}
        skip_to = 0
        for place, word in enumerate(lowered):
            if place < skip_to or word not in lexicon:
                continue
            entries = lexicon.at(words, lowered, place)
            if not entries:
                continue
            last = place + len(entries[0].words)
            if entries[0].kind == "stop":
                skip_to = last
                continue
            entries = tuple(entry for entry in entries if self._counts(entry, place, last))
            if not entries or self._is_descent(entries[0], last):
                continue
            skip_to = last
            if entries[0].kind == "person":
                self.seen.update(entries[0].actors)
            hit = Hit(place, last, self._head_of(place, last), entries)
            for covered in range(place, last):
                found[covered] = hit
        return found

    def _find_dateline(self) -> str | None:
        """The state of the city before the first token: the parser leaves a dateline out."""
        document = self.parsed.document
        words = split_words(document.text[: self.tokens[0].start]) if self.tokens else ()
        lowered = tuple(word.lower() for word in words)
        entries = self.register.lexicon.at(words, lowered, 0) if words else ()
        if not entries or entries[0].kind not in {"capital", "city"}:
            return None
        return self.register.country_of(entries[0].actors[0])

    def _is_descent(self, entry: Entry, last: int) -> bool:
        """Whether an adjective tells where the people of another nation came from.

        `Afghan Americans` are Americans.
        """
        if entry.kind not in {"adjective", "people"}:
            return False
        after = [word for word in self.lowered[last : last + 2] if word not in {"-", "–"}]
        return bool(after) and after[0] in self.cues["emigrant_nation"]

    def _head_of(self, first: int, last: int) -> int:
        """The token of a stretch whose head lies outside it; the last one if there are more."""
        best = last - 1
        for place in range(last - 1, first - 1, -1):
            head = self.tokens[place].head
            if (head < first or head >= last or head == place) and self._is_word(place):
                best = place
                break
        return best

    def _is_word(self, place: int) -> bool:
        return self.tokens[place].dep not in {"punct", "case", "det"}

    def _counts(self, entry: Entry, first: int, last: int) -> bool:
        """Whether a form counts here: not part of another name, not of another country."""
        if entry.only_from is not None and entry.only_from != self.home:
            return False
        if entry.not_from is not None and entry.not_from == self.home:
            text = self.parsed.document.text
            if not any(word in text for word in entry.unless):
                return False
        if entry.kind == "surname":
            return self._stands_as_surname(entry, first, last)
        return not (entry.is_given_name and self._is_foreign_name(first - 1, first))

    def _stands_as_surname(self, entry: Entry, first: int, last: int) -> bool:
        if self.tokens[first].pos not in {"PROPN", "NOUN", "ADJ", "X"}:
            return False
        if self._is_foreign_name(first - 1, first):
            return False
        after = last < len(self.tokens) and self.tokens[last]
        if (
            after
            and after.pos == "PROPN"
            and after.text[0].isupper()
            and self.tokens[last - 1].head == after.index
            and after.index not in self.agents
            and self.tokens[last - 1].dep == "compound"
        ):
            return False
        if not entry.needs_title:
            return True
        return self.has_title(first) or not self.seen.isdisjoint(entry.actors)

    def has_title(self, first: int) -> bool:
        """Whether a title or form of address stands right before a name."""
        if first == 0:
            return False
        before = self.lowered[first - 1]
        agent = self.agents.get(first - 1)
        return before in self.cues["honorific"] or (agent is not None and agent.is_person)

    def _is_foreign_name(self, before: int, first: int) -> bool:
        """Whether the word before is a capitalised part of the same name and no title."""
        if before < 0:
            return False
        token = self.tokens[before]
        if token.pos != "PROPN" or not token.text[0].isupper() or token.dep != "compound":
            return False
        if token.head < first or token.sentence != self.tokens[first].sentence:
            return False
        return not (
            before in self.agents
            or self.lowered[before] in self.cues["honorific"]
            or self.lowered[before] in self.register.lexicon
        )

    # -- tree -------------------------------------------------------------------------------

    def kids(self, place: int) -> list[Token]:
        """Dependents of a token."""
        return [self.tokens[child] for child in self.children[place]]

    def has_kid(self, place: int, *words: str) -> bool:
        """Whether one of the dependents is one of the words (lower case)."""
        return any(self.lowered[child] in words for child in self.children[place])

    def top_conjunct(self, place: int) -> int:
        """First conjunct of the coordination that a token stands in; itself if in none."""
        token = self.tokens[place]
        while token.dep == "conj" and token.head != token.index:
            above = self.tokens[token.head]
            if above.pos in {"VERB", "AUX"} and token.pos in {"NOUN", "PROPN"}:
                # `it is the Danes – and the Swedes –`: the parser joins the noun to the verb
                attribute = [kid for kid in self.kids(above.index) if kid.dep == "attr"]
                return attribute[0].index if attribute else token.index
            token = above
        return token.index

    def subject_of(self, verb: int) -> int | None:
        """Head of the subject of a verb, shared with the verb it is joined to; None if none.

        A verb joined to a passive whose agent has a clause of its own goes on with that agent:
        `They were replaced by fighters, who promised … and said …`.
        """
        for _ in range(4):
            for child in self.children[verb]:
                if self.tokens[child].dep in SUBJECTS:
                    return child
            token = self.tokens[verb]
            if token.dep not in {"conj", "xcomp"} or token.head == verb:
                return None
            if token.dep == "conj" and token.tag == "VBD":
                agent = self._acting_agent(token.head)
                if agent is not None:
                    return agent
            verb = token.head
        return None

    def controller_of(self, verb: int) -> int | None:
        """Object of the verb above that does an infinitive: `forced the crew to eject`."""
        for _ in range(3):
            token = self.tokens[verb]
            if token.dep == "xcomp":
                for kid in self.kids(token.head):
                    if kid.dep == "dobj" and kid.index < verb:
                        return kid.index
                return None
            if token.dep != "conj":
                return None
            verb = token.head
        return None

    def _acting_agent(self, verb: int) -> int | None:
        for kid in self.kids(verb):
            if kid.dep == "agent":
                for noun in self.kids(kid.index):
                    if noun.dep == "pobj" and any(
                        below.dep == "relcl" for below in self.kids(noun.index)
                    ):
                        return noun.index
        return None

    def is_secretary_general(self, place: int) -> bool:
        """`Secretary-General`, `Secretary- General`, `Secretary General`, at its last word."""
        if self.lowered[place] != "general" or place == 0:
            return False
        before = place - 2 if self.lowered[place - 1] == "-" else place - 1
        return before >= 0 and self.lowered[before] in {"secretary", "secretary-"}

    # -- quotations -------------------------------------------------------------------------

    def quote_at(self, offset: int) -> int | None:
        """Index of the quotation that holds a character; None outside, scare quotes not counted."""
        number = bisect_right(self._quote_starts, offset) - 1
        if number < 0:
            return None
        quote = self.parsed.quotes[number]
        return number if offset < quote.end and not quote.is_scare else None
