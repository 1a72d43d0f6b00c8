"""Who fills the roles of an event: actors, recipients, and the third parties it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.matching import Arguments, fill
from inconcert.code.tables import Pattern, Tables
from inconcert.core.mention import Participant
from inconcert.core.parsed import Token

People = tuple[Participant, ...]
_ABOUT = {"about", "on", "over", "regarding", "concerning", "for", "to", "toward", "towards"}
_ABOUT_OBJECT = _ABOUT | {"of", "against"}
_WHITHER = {"to", "in", "into", "from", "at"}
_REACHES = {"CONSULT", "AID", "MOBILIZE", "RETREAT", "SANCTION", "COOPERATE"}
"""Types that reach a state by reaching a place of it; attacks in a city may be its own people's."""


class Roles:
    """Fills roles from the grammar of one document and the slots of the tables."""

    def __init__(self, clauses: Clauses, tables: Tables) -> None:
        self.clauses, self.tables, self.parsed = clauses, tables, clauses.parsed

    def acting(self, heads: Iterable[int]) -> People:
        """Actors named by the subjects; a weapon or a deed lends its nation ("a Syrian strike")."""
        found: list[Participant] = []
        for head in heads:
            named = self.clauses.actors_at(head)
            if not named and self._lends_its_owner(head):
                named = self.clauses.possessors(head) or self.clauses.modifiers(head)
            found += named
        return distinct(found)

    def _lends_its_owner(self, head: int) -> bool:
        lemma = self.clauses.tokens[head].lemma.lower()
        return lemma in self.tables.events or lemma in self.tables.classes["weapons"]

    def recipients(self, verb: int, found: Arguments, pattern: Pattern) -> People:
        """Actors in the recipient slots of a verb, less those who act."""
        acting = self.acting(found.subjects)
        named = fill(self.clauses, verb, found, pattern.slots)
        if not named and pattern.type in _REACHES:
            named = self._of_places(verb, found, pattern, {actor.code for actor in acting})
        known = {(actor.code, actor.sectors) for actor in acting}
        return tuple(actor for actor in named if (actor.code, actor.sectors) not in known)

    def _of_places(self, verb: int, found: Arguments, pattern: Pattern, acting: set[str]) -> People:
        """The states whose places stand in the slots: who flies to Kabul comes to the Afghans."""
        for slot in pattern.slots:
            if slot == "obj":
                heads = list(found.objects)
            elif slot in _WHITHER:
                heads = self.clauses.prepositional(verb, slot)
                for head in found.objects:
                    heads += self.clauses.prepositional(head, slot)
            else:
                continue
            places = [self.clauses.place_at(head) for head in heads]
            named = [place for place in places if place is not None and place.code not in acting]
            if named:
                return distinct(named)
        return ()

    def row_of(self, noun: Token, verb: int | None) -> Pattern | None:
        """The row of an event noun: one whose recipient is named wins, then the table's order.

        A compound goes before its last word ("hunger strike" is no strike); `NONE` is a veto.
        """
        rows = self._rows(noun)
        named = (row for row in rows if self.noun_recipients(noun.index, row, verb))
        row = next(named, rows[0] if rows else None)
        return None if row is None or row.type == "NONE" else row

    def _rows(self, noun: Token) -> tuple[Pattern, ...]:
        lemma = noun.lemma.lower()
        for kid in self.parsed.kids(noun.index, "compound", "amod"):
            rows = self.tables.events.get(f"{kid.lemma.lower()} {lemma}")
            if rows:
                return rows
        return self.tables.events.get(lemma, ())

    def noun_recipients(self, noun: int, pattern: Pattern, verb: int | None) -> People:
        """Actors in the recipient slots of an event noun, or of the light verb it stands under."""
        for slot in pattern.slots:
            if slot == "poss":
                named = self.clauses.possessors(noun)
            else:
                named = self.under(noun, (slot,))
                if not named and verb is not None:
                    named = self.under(verb, (slot,))
            if named:
                return named
        return ()

    def under(self, index: int, prepositions: Sequence[str]) -> People:
        """Actors named under prepositions of a verb or noun."""
        return distinct(
            actor
            for preposition in prepositions
            for head in self.clauses.prepositional(index, preposition)
            for actor in self.clauses.actors_at(head)
        )

    def is_joint(self, noun: int) -> bool:
        """Whether an adjective says that several take part ("joint drills")."""
        known = self.tables.modality
        return any((kid.lemma.lower(), "joint") in known for kid in self.parsed.kids(noun, "amod"))

    def about(self, index: int, found: Arguments, *taken: People) -> People:
        """Third parties in phrases like "about Afghanistan", "on the Afghan question"."""
        events = self.tables.events
        topics = [o for o in found.objects if self.clauses.tokens[o].lemma.lower() not in events]
        # "discussed the situation in Georgia" is about it, "held talks in Georgia" is not
        phrases = [
            inner.index
            for head in (index, *found.objects)
            for kid in self.parsed.kids(head, "prep", "dative")
            if kid.text.lower() in (_ABOUT if head == index else _ABOUT_OBJECT)
            or (kid.text.lower() == "in" and (head in topics or (head == index and topics)))
            for inner in self.parsed.kids(kid.index, "pobj", "pcomp")
        ]
        return self.named_within(phrases, *taken)

    def named_within(self, roots: Sequence[int], *taken: People) -> People:
        """Actors named anywhere inside phrases, less those who act or are acted upon."""
        known = {actor.code for people in taken for actor in people}
        return distinct(
            actor
            for root in roots
            for index in self.parsed.subtree(root)
            if (mention := self.clauses.mentions.get(index)) is not None
            for actor in mention.participants
            if actor.code not in known
        )
