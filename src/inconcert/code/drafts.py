"""An event in the making, and the rules that settle its type, mode and auxiliary modes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.matching import arguments
from inconcert.code.modality import auxiliary_modes, is_refused, performs_politely
from inconcert.code.outcome import mode_of_request, promised
from inconcert.code.tables import Tables
from inconcert.core.event import FUTURE, NEGATION
from inconcert.core.mention import Participant
from inconcert.ontology.plover import future_form

_PERFORMATIVE = {"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "AGREE", "THREATEN", "CONCEDE"}
_SPEECH_ACTS = {"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "CONCEDE"}
_NEEDS_RECIPIENT = {"AID", "SANCTION"}
_VERBAL = {"AGREE", "CONCEDE", "REQUEST", "CONSULT", "SUPPORT", "ACCUSE", "REJECT"}
_IS_OUTSIDE = {"LEG", "JUD", "REB", "OPP", "CVL", "REF", "SOC"}
"""Sectors of a state that its government may support as something other than itself."""
_SURE, _PER_CONDITION, _MOST = 0.55, 0.08, 0.85


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its spans are settled.

    Attributes:
        predicate: tokens of the words that tell it.
        verb: the verb whose tense, negation and governors hold for it.
        conditions: how much the rule asked for; more means surer.
        is_planned: told as planned by the rule itself ("plans talks").
        is_hosted: the recipient is the host, whose plan it is as long as nobody has come.
    """

    predicate: tuple[int, ...]
    verb: int
    type: str
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    about: tuple[Participant, ...]
    rule: str
    conditions: int
    is_planned: bool = False
    is_hosted: bool = False
    auxiliary: frozenset[str] = frozenset()

    @property
    def confidence(self) -> float:
        """0 to 1, uncalibrated: how demanding the rule was."""
        return min(_SURE + _PER_CONDITION * self.conditions, _MOST)


def settled(clauses: Clauses, tables: Tables, draft: Draft) -> Draft | None:
    """Settle future forms, refusals and quotations; None where the words tell no event."""
    if not is_whole(clauses, draft):
        return None
    if draft.type in _SPEECH_ACTS and performs_politely(clauses, tables, draft.verb):
        return draft
    auxiliary = auxiliary_modes(clauses, tables, draft.verb)
    if draft.is_planned:
        auxiliary |= {FUTURE}
    if auxiliary == {FUTURE}:
        type_, keeps_future = future_form(draft.type)
        mode = draft.mode if type_ == draft.type else None
        auxiliary = frozenset({FUTURE}) if keeps_future else frozenset()
        if draft.is_hosted and draft.recipients and type_ != draft.type:
            draft = replace(draft, actors=draft.recipients, recipients=draft.actors)
        return replace(draft, type=type_, mode=mode, auxiliary=auxiliary)
    if (
        auxiliary == {FUTURE, NEGATION}
        and promised(draft.type) in {"AGREE", "CONCEDE"}
        and is_refused(clauses, tables, draft.verb)
    ):
        mode = mode_of_request(draft.type)  # "will not lift the ban" is a refusal
        return replace(draft, type="REJECT", mode=mode, auxiliary=frozenset())
    return replace(draft, auxiliary=auxiliary)


def is_told(clauses: Clauses, draft: Draft) -> bool:
    """Whether the words are the author's own, or quoted words that are themselves the act."""
    return not clauses.is_quoted(draft.predicate[0]) or _performs(clauses, draft)


def is_whole(clauses: Clauses, draft: Draft) -> bool:
    """Whether an event has its parties and is told, not only quoted."""
    if not is_told(clauses, draft):
        return False
    return is_complete(clauses, draft)


def is_complete(clauses: Clauses, draft: Draft) -> bool:
    """Whether the event has those that its type cannot be without.

    What a speaker says in the first person is full of acts among his own ("I asked my team",
    "we support families"): words are an event there only if they name somebody else.
    """
    codes = {actor.code for actor in draft.actors}
    if not codes:
        return False
    everybody = codes | {actor.code for actor in draft.recipients}
    if draft.type == "COOPERATE":
        return len(everybody) > 1
    if draft.type in _NEEDS_RECIPIENT:
        return bool(draft.recipients) or (draft.type == "SANCTION" and draft.conditions > 0)
    if draft.type == "CONSULT" and len(everybody) < 2:
        return len(draft.actors) < 2 and not is_in_first_person(clauses, draft.verb)
    if draft.type in _VERBAL and is_in_first_person(clauses, draft.verb):
        if len(everybody) > 1:
            return True
        return not draft.recipients and bool(_named_in_sentence(clauses, draft.verb) - codes)
    if draft.type == "SUPPORT" and draft.recipients:
        return len(everybody) > 1 or any(_IS_OUTSIDE & {*one.sectors} for one in draft.recipients)
    return True


def _named_in_sentence(clauses: Clauses, index: int) -> set[str]:
    sentence = clauses.parsed.sentences[clauses.tokens[index].sentence]
    return {
        actor.code
        for place in range(sentence.first, sentence.last)
        if (mention := clauses.mentions.get(place)) is not None
        for actor in mention.participants
    }


def is_in_first_person(clauses: Clauses, index: int) -> bool:
    """Whether the words stand in a speech or in a turn of a transcript."""
    parsed = clauses.parsed
    paragraph = parsed.sentences[clauses.tokens[index].sentence].paragraph
    return parsed.document.speaker is not None or parsed.paragraphs[paragraph].speaker is not None


def _performs(clauses: Clauses, draft: Draft) -> bool:
    """Whether quoted words are themselves the act: "we condemn", "we call on"."""
    if draft.type not in _PERFORMATIVE:
        return False
    subjects = arguments(clauses, draft.predicate[0]).subjects
    return any(clauses.tokens[head].text.lower() in {"i", "we"} for head in subjects)


def without_repeats(drafts: Sequence[Draft]) -> list[Draft]:
    """One event of a type by the same actors a sentence: the surest telling of it.

    What the other tellings are about ("met and discussed the border") goes to the one kept.
    """
    kept: dict[tuple[str, frozenset[str], frozenset[str]], Draft] = {}
    for draft in sorted(drafts, key=lambda draft: (-draft.confidence, draft.predicate)):
        key = (draft.type, frozenset(actor.code for actor in draft.actors), draft.auxiliary)
        first = kept.setdefault(key, draft)
        if first is not draft:
            known = {one.code for one in (*first.actors, *first.recipients)}
            further = (one for one in draft.about if one.code not in known)
            kept[key] = replace(first, about=distinct((*first.about, *further)))
    return sorted(kept.values(), key=lambda draft: draft.predicate)
