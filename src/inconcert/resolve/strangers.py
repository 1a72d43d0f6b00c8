"""Persons whom the register does not know, told by a title, an apposition or what they do."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.resolve.names import Names
from inconcert.resolve.nations import Nations
from inconcert.resolve.plan import Found, Plan
from inconcert.resolve.tables import Agent
from inconcert.resolve.text import Text

_IN_OFFICE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP"})
_COMMON = frozenset({"CVL", "REF"})
"""A citizen or refugee is no title before a name (`Refugee Assistance`)."""


class Strangers:
    """Finds names of unknown persons and the country that their title tells."""

    def __init__(self, text: Text, plan: Plan, names: Names, nations: Nations) -> None:
        self.text, self.plan, self.names, self.nations = text, plan, names, nations
        self.known: dict[str, tuple[tuple[Participant, ...], frozenset[str]]] = {}
        self.embassies: dict[int, str] = {}

    def note_embassy(self, place: int, code: str) -> None:
        """Remember whose embassy or diplomats a paragraph speaks of."""
        text = self.text
        parent = text.tokens[place].head
        near = [parent, *text.children[parent]]
        if any(one in text.agents and text.agents[one].group == "diplomat" for one in near):
            self.embassies[self._paragraph(place)] = code

    def read(self, place: int) -> Found | None:
        """The unknown person whom a capitalised token heads, if it does."""
        text = self.text
        token = text.tokens[place]
        if token.dep == "compound" or not token.text[0].isupper() or not token.text[0].isalpha():
            return None
        known = self.known.get(text.lowered[place])
        first = self._first(place)
        if known is not None and first == place:
            return self._found(place, place, known[0], known[1], "named before", 0.7)
        if text.lowered[place] in text.cues["organisation_word"] | text.cues["no_name"]:
            return None
        titles = self._titles(place)
        if not titles and not self._is_addressed(first) and not self._speaks(place, first):
            return None
        participants, how, sure = self._nation(place, titles)
        words = frozenset(text.lowered[title] for title in titles)
        self.known[text.lowered[place]] = (participants, words)
        self.known.setdefault(text.lowered[first], (participants, words))
        start = min([first, *(self.plan.collect(title).first for title in titles)])
        for title in titles:
            self.plan.consumed.update(self.plan.collect(title).covered)
        return self._found(min(start, place), place, participants, words, how, sure)

    def _found(
        self,
        first: int,
        place: int,
        participants: tuple[Participant, ...],
        titles: frozenset[str],
        how: str,
        sure: float,
    ) -> Found:
        tokens = self.text.tokens
        name = self._name(place)
        here = tuple(
            Participant(
                one.code, one.sectors, one.name or name, tokens[first].start, tokens[place].end
            )
            for one in participants
        )
        return Found(first, place, here, "name", how, sure, "person", is_person=True, titles=titles)

    def _name(self, place: int) -> str:
        """The name as written, spaces made plain."""
        tokens, text = self.text.tokens, self.text.parsed.document.text
        return " ".join(text[tokens[self._first(place)].start : tokens[place].end].split())

    def _first(self, place: int) -> int:
        """First token of the run of capitalised words that makes the name."""
        text, first = self.text, place
        while first > 0:
            before = text.tokens[first - 1]
            if before.tag == "HYPH" and text.tokens[first - 2].pos == "PROPN":
                first -= 2  # `Kanno-Youngs`
                continue
            if (
                before.pos != "PROPN"
                or before.dep != "compound"
                or before.index in text.agents
                or before.index in text.hits
                or text.lowered[before.index] in text.cues["honorific"]
            ):
                break
            first -= 1
        return first

    def _titles(self, place: int) -> list[int]:
        """Agent nouns for one human being before, beside or above a name."""
        text = self.text
        found = [title for title in self.plan.titles.get(place, []) if self._is_title(title)]
        found += [
            kid.index
            for kid in text.kids(place)
            if kid.dep == "appos" and self._is_title(kid.index)
        ]
        token = text.tokens[place]
        if token.dep == "appos" and self._is_title(token.head):
            found.append(token.head)
        return found

    def _is_title(self, place: int) -> bool:
        agent = self.text.agents.get(place)
        if agent is None or not agent.is_person or agent.is_plural:
            return False
        return _COMMON.isdisjoint(agent.sectors)

    def _is_addressed(self, first: int) -> bool:
        return first > 0 and self.text.lowered[first - 1] in self.text.cues["honorific"]

    def _speaks(self, place: int, first: int) -> bool:
        """Two capitalised words or more as subject of a verb of saying."""
        text = self.text
        token = text.tokens[place]
        if first == place or token.dep != "nsubj":
            return False
        verb = text.tokens[token.head]
        return verb.pos == "VERB" and verb.lemma.lower() in text.cues["speech"]

    def _nation(self, place: int, titles: list[int]) -> tuple[tuple[Participant, ...], str, float]:
        text = self.text
        name = self._name(place)
        start, end = text.tokens[self._first(place)].start, text.tokens[place].end
        for title in titles:
            parts = self.plan.collect(title)
            agent = text.agents[title]
            codes = [key for hit in parts.nations for key in hit.entry.actors]
            codes = codes or self._of_nation(title) or self._of_nation(place)
            for code in codes[:1]:
                one, sure = self.names.acting(code, agent.sectors, parts.words, start, end)
                person = Participant(one.code, one.sectors, name, start, end)
                return (person,), "nation told by the title", min(sure, 0.75)
        bracketed = self._in_brackets(place)
        if bracketed is not None:
            office = next((text.agents[title].sectors for title in titles), ("GOV",))
            return (Participant(bracketed, office, name, start, end),), "state in brackets", 0.7
        for title in titles:
            agent = text.agents[title]
            nation = self.embassies.get(self._paragraph(place))
            if agent.group == "diplomat" and nation is not None:
                person = Participant(nation, agent.sectors, name, start, end)
                return (person,), "nation told by the embassy spoken of", 0.5
            if "LEG" in agent.sectors and text.home is not None:
                person = Participant(text.home, agent.sectors, name, start, end)
                return (person,), "lawmaker in a document of this country", 0.6
            beside = text.tokens[title].dep == "appos" or text.tokens[place].dep == "appos"
            if _IN_OFFICE.isdisjoint(agent.sectors) or (beside and self._first(place) == place):
                continue
            home, how = self._untold(title, agent)
            if home is not None:
                one, _ = self.names.acting(home, agent.sectors, set(), start, end)
                return (Participant(one.code, one.sectors, name, start, end),), how, 0.5
        return (), "person not in the register", 0.5

    def _in_brackets(self, place: int) -> str | None:
        """`Mr. Salovaara (Finland)`: as the minutes of a meeting name a delegate."""
        text = self.text
        if text.lowered[place + 1 : place + 2] != ["("]:
            return None
        hit = text.hits.get(place + 2)
        if (
            hit is None
            or hit.entry.kind != "state"
            or text.lowered[hit.last : hit.last + 1] != [")"]
        ):
            return None
        return text.register.country_of(hit.entry.actors[0])

    def _of_nation(self, title: int) -> list[str]:
        """The nation that an office is of: `Chief Advisor to the President of Turkey`."""
        text = self.text
        for kid in text.kids(title):
            if kid.dep == "prep" and text.lowered[kid.index] in {"of", "to", "for"}:
                for below in text.parsed.subtree(kid.index):
                    hit = text.hits.get(below)
                    if hit is not None and hit.entry.kind in {"state", "capital", "adjective"}:
                        return [hit.entry.actors[0]]
        return []

    def _untold(self, title: int, agent: Agent) -> tuple[str | None, str]:
        """The nation of an official whose title names none.

        At home it is one's own, except for titles that it does not have (no minister in America).
        Elsewhere it is the state that the sentence before speaks of, or that of the dateline, or
        the one that the text is about.
        """
        text = self.text
        words = {agent.noun, *agent.noun.split(), *self.plan.collect(title).words}
        is_foreign = not words.isdisjoint(text.cues["foreign_title"])
        if text.is_own_paper and not is_foreign:
            return text.home, "official in a document of this country"
        if text.home is not None and not is_foreign:
            return None, ""
        return self.nations.speaks_before(title), "official of the country spoken of"

    def _paragraph(self, place: int) -> int:
        return self.text.parsed.sentences[self.text.tokens[place].sentence].paragraph
