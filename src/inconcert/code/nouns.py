"""Events told by nouns alone: "the American withdrawal from", "fighting between"."""

from __future__ import annotations

from collections.abc import Set

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.drafts import Draft
from inconcert.code.modality import auxiliary_modes, frame_of
from inconcert.code.roles import People, Roles
from inconcert.code.tables import Pattern, Tables
from inconcert.core.parsed import Token

_TRANSPARENT = {"begin", "report", "announce", "cause"}
_MODIFIER = {"amod", "compound", "nmod"}
_EXTENT = {"from", "against", "into", "on", "in", "across"}


class NounRules:
    """Codes the event nouns of one sentence that no verb has claimed.

    Args:
        used: tokens that already told an event or must not tell one.
        told: events that earlier sentences told: a noun only reminds of them.
    """

    def __init__(
        self,
        clauses: Clauses,
        tables: Tables,
        used: set[int],
        told: Set[tuple[str, frozenset[str]]],
    ) -> None:
        self.clauses, self.tables, self.used, self.told = clauses, tables, used, told
        self.parsed, self.roles = clauses.parsed, Roles(clauses, tables)

    def drafts(self, noun: Token) -> list[Draft]:
        """The event that a noun tells, if it names its actor and more than a reminder."""
        row = self.roles.row_of(noun, None)
        if row is None or not row.is_nominal:
            return []
        actors = self._actors(noun, row)
        codes = {actor.code for actor in actors}
        recipients = tuple(
            one for one in self.roles.noun_recipients(noun.index, row, None)
            if one.code not in codes
        )  # fmt: skip
        type_, mode, is_mutual = row.type, row.mode, row.shape == "mutual"
        if type_ == "MOBILIZE" and (self.roles.is_joint(noun.index) or len(codes) > 1):
            type_, mode, is_mutual = "COOPERATE", None, True
        if is_mutual and recipients:
            actors, recipients = distinct((*actors, *recipients)), ()
        if not actors or not (recipients or self._has_extent(noun, is_mutual, actors)):
            return []
        if (type_, frozenset(actor.code for actor in actors)) in self.told:
            return []
        if not self._is_asserted(noun):
            return []
        self.used.add(noun.index)
        return [
            Draft(
                predicate=(noun.index,),
                verb=self._verb_above(noun, through_from=False),
                type=type_,
                mode=mode,
                actors=actors,
                recipients=recipients,
                about=(),
                rule=row.rule,
                conditions=0,
            )
        ]

    def _actors(self, noun: Token, row: Pattern) -> People:
        named = (
            self.clauses.possessors(noun.index)
            or self.roles.under(noun.index, ("by", "between"))
            or self.clauses.modifiers(noun.index)
        )
        if not named and row.actor_slot:
            named = self.roles.under(noun.index, (row.actor_slot,))
        if not named and row.shape == "mutual":
            verb = self._verb_above(noun)  # troops seek respite from fighting with rebels
            if verb != noun.index and not self.clauses.is_passive(verb):
                named = self.roles.acting(self.clauses.subjects(verb))
        return named

    def _has_extent(self, noun: Token, is_mutual: bool, actors: People) -> bool:
        """Whether the noun phrase tells more than a bare reminder ("Biden's withdrawal")."""
        if is_mutual:
            return len(actors) >= 2
        return any(kid.text.lower() in _EXTENT for kid in self.parsed.kids(noun.index, "prep"))

    def _is_asserted(self, noun: Token) -> bool:
        """Whether no word above turns the noun into something asked, refused, feared or denied."""
        current = noun
        for _ in range(8):
            if current.head == current.index:
                return True
            if current.dep in _MODIFIER:
                return False
            current = self.clauses.tokens[current.head]
            if current.lemma == "from":  # what is fled from is there
                return True
            if current.index in self.used and current.pos in {"VERB", "AUX"}:
                return False
            if (current.lemma.lower(), "ahead") in self.tables.modality:
                return False  # "ahead of the meeting", "before the talks"
            frame = frame_of(self.clauses, self.tables, current)
            if frame is not None and frame.force not in _TRANSPARENT:
                return False
            if current.pos in {"VERB", "AUX"}:
                return not auxiliary_modes(self.clauses, self.tables, current.index)
        return True

    def _verb_above(self, noun: Token, *, through_from: bool = True) -> int:
        """The verb whose mood holds for the noun; the noun itself where "from" makes it a fact."""
        current = noun
        while current.head != current.index:
            current = self.clauses.tokens[current.head]
            if current.lemma == "from" and not through_from:
                return noun.index
            if current.pos in {"VERB", "AUX"}:
                return current.index
        return noun.index
