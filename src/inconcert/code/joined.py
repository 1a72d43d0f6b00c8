"""Rules and model over one sentence: which events it tells, and how sure that is.

The model reads every word that passes the gate; the rules look at the same words through grammar
and tables. Where both find an event at a word they are joined; what only one of them finds is kept
when it is sure enough. How sure comes from a calibration on labelled text (`data/weights.tsv`), so
that of a hundred events with confidence .7 about seventy are right.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from inconcert.code.asking import Answer
from inconcert.code.clauses import Clauses
from inconcert.code.drafts import Draft, is_complete, is_told
from inconcert.code.encoding import TYPES
from inconcert.code.matching import arguments, best_pattern
from inconcert.code.modality import auxiliary_modes
from inconcert.code.roles import Roles
from inconcert.code.spans import people
from inconcert.code.tables import Tables
from inconcert.core.event import (
    AUXILIARY_MODES,
    FUTURE,
    HISTORICAL,
    HYPOTHETICAL,
    NEGATION,
)
from inconcert.core.mention import Participant
from inconcert.core.parsed import Sentence
from inconcert.ontology.plover import event_type, future_form
from inconcert.ontology.tables import read_table

LEAST_CHANCE = 0.15
"""Below this chance of an event the model's answer is silence."""
LEAST_CONFIDENCE = 0.3
"""Events less sure than this are not coded."""
LIKELY, DENIED = 0.5, 0.08
"""Chances from which an auxiliary mode holds, and below which what the grammar says does not."""
MODE_CHANCE, CONTEXT_CHANCE = 0.35, 0.4
RULE_BONUS = 0.8
"""What a rule's type adds to its chance by the model when the two are weighed."""
_TENSED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """An event with what speaks for it.

    Attributes:
        draft: the event; its `rule` names what decided.
        contexts: contexts as the model sees them.
        features: what the confidence was computed from.
        confidence: calibrated chance that type and actors are right.
    """

    draft: Draft
    contexts: tuple[str, ...]
    features: Features
    confidence: float


SILENT = "the model sees no event"
NOBODY = "nobody known acts"
INCOMPLETE = "somebody else's words, or a party is missing"
REPETITION = "repetition of another event"


@dataclass(frozen=True, slots=True)
class Aside:
    """Something considered and left out.

    Attributes:
        token: index of the word.
        reason: `SILENT`, `NOBODY`, `INCOMPLETE` or `REPETITION`.
        found: the event; None where it did not come to one.
        other: the event that it repeats.
    """

    token: int
    reason: str
    found: Found | None = None
    other: Found | None = None


def join(
    clauses: Clauses,
    tables: Tables,
    sentence: Sentence,
    drafts: Sequence[Draft],
    answers: Sequence[Answer],
    aside: list[Aside] | None = None,
) -> list[Found]:
    """All events of a sentence, sure or not, best first; one of a type by the same actors.

    Args:
        aside: where to put what is left out, with the reason; None to forget it.
    """
    left = list(answers)
    found: list[Found] = []
    for draft in drafts:
        mine = [answer for answer in left if _is_of(draft, answer)]
        answer = max(mine, key=lambda one: 1 - one.reading.silence, default=None)
        left = [one for one in left if one not in mine]
        found.append(_joined(clauses, tables, sentence, draft, answer))
    for answer in left:
        if 1 - answer.reading.silence >= LEAST_CHANCE:
            alone = _alone(clauses, tables, sentence, answer)
            if alone is not None:
                found.append(alone)
                continue
        if aside is not None:
            aside.append(Aside(answer.token.index, _why_not(clauses, tables, sentence, answer)))
    kept = _without_repeats(clauses, found)
    if aside is not None:
        aside += [_repetition(clauses, one, kept) for one in found if one not in kept]
    return kept


def _is_of(draft: Draft, answer: Answer) -> bool:
    """Whether the model was asked about the rule's word, or about its object and says the same."""
    words = {*draft.predicate, draft.verb}
    if answer.token.index in words:
        return True
    is_object = answer.token.head in words and answer.token.dep in {"dobj", "nsubjpass"}
    return is_object and answer.reading.type == draft.type


def _why_not(clauses: Clauses, tables: Tables, sentence: Sentence, answer: Answer) -> str:
    if 1 - answer.reading.silence < LEAST_CHANCE:
        return SILENT
    return NOBODY if _of_model(clauses, tables, sentence, answer) is None else INCOMPLETE


def _repetition(clauses: Clauses, one: Found, kept: Sequence[Found]) -> Aside:
    alike = (other for other in kept if _repeats(clauses, one.draft, other.draft))
    first = next(alike, None)
    return Aside(one.draft.predicate[0], REPETITION, one, first)


def _joined(
    clauses: Clauses, tables: Tables, sentence: Sentence, rule: Draft, answer: Answer | None
) -> Found:
    """A rule's event in the light of the model's answer about the same word."""
    if answer is None:
        return _found(rule, (), _features(clauses, rule, None, None))
    model = _of_model(clauses, tables, sentence, answer)
    reading = answer.reading
    told = 1 - reading.silence
    if model is None or model.type == rule.type:
        draft = _merged(rule, model)
    elif reading.chance(rule.type) + RULE_BONUS * told >= reading.chance(model.type):
        draft = rule
    else:
        draft = replace(model, rule=f"model, against {rule.rule}")
    if answer is not None:
        kept = _auxiliary(answer, rule.auxiliary | draft.auxiliary)
        kept |= rule.auxiliary & {FUTURE, HISTORICAL, NEGATION}
        draft = replace(draft, auxiliary=kept)
    return _found(draft, _contexts(answer), _features(clauses, draft, rule, answer, model))


def _merged(rule: Draft, model: Draft | None) -> Draft:
    """Both say the same type: who takes part as the model points, else as the rule found.

    Where the rule has all whom the model names, its order holds: grammar knows who does it to whom.
    """
    if model is None:
        return rule
    actors, recipients = model.actors, model.recipients or rule.recipients
    named = {one.code for one in (*model.actors, *model.recipients)}
    if named <= _codes(rule) | {one.code for one in rule.recipients}:
        actors, recipients = rule.actors, rule.recipients
    acting = {one.code for one in actors}
    return replace(
        rule,
        mode=model.mode or rule.mode,
        actors=actors,
        recipients=tuple(one for one in recipients if one.sectors or one.code not in acting),
        about=model.about or rule.about,
        auxiliary=rule.auxiliary | model.auxiliary,
        rule=f"{rule.rule} and model",
    )


def _alone(clauses: Clauses, tables: Tables, sentence: Sentence, answer: Answer) -> Found | None:
    """An event that only the model sees."""
    model = _of_model(clauses, tables, sentence, answer)
    if model is None or not is_told(clauses, model) or not (model.recipients or _may_lack(model)):
        return None
    features = dict(_features(clauses, model, None, answer, model))
    features["rule says none"] = float(_is_vetoed(clauses, tables, answer.token.index))
    return _found(model, _contexts(answer), features)


def _of_model(clauses: Clauses, tables: Tables, sentence: Sentence, answer: Answer) -> Draft | None:
    """The model's answer with its words resolved; None where nobody known acts."""
    actors = people(clauses, sentence, answer.spans("actors"))
    if not actors:
        return None
    everybody = (*actors, *people(clauses, sentence, answer.spans("recipients")))
    agents = _agents(clauses, answer.token.index)
    if agents and not agents & {one.code for one in actors}:
        actors = tuple(one for one in everybody if one.code in agents) or actors
    known = {(one.code, one.sectors) for one in actors}
    acting = {one.code for one in actors}
    recipients = tuple(
        one
        for one in everybody
        if (one.code, one.sectors) not in known and (one.sectors or one.code not in acting)
    )
    if answer.reading.type == "CONSULT" and len(actors) > 1:
        recipients = tuple(one for one in recipients if not _is_a_place(clauses, one))
    taken = {one.code for one in (*actors, *recipients)}
    about = tuple(
        one for one in people(clauses, sentence, answer.spans("about")) if one.code not in taken
    )
    if not about:
        by_grammar = arguments(clauses, answer.token.index)
        about = Roles(clauses, tables).about(answer.token.index, by_grammar, actors, recipients)
    reading, kind = answer.reading, answer.reading.type
    grammar = auxiliary_modes(clauses, tables, answer.token.index)
    auxiliary = _auxiliary(answer, grammar & {NEGATION, HYPOTHETICAL} if kind != "REJECT" else ())
    if FUTURE in grammar and kind in _TENSED:
        kind, _ = future_form(kind)
    modes = [one for one in reading.modes if one[1] >= MODE_CHANCE]
    mode = max(modes, key=lambda one: one[1])[0] if modes and kind == reading.type else None
    return Draft(
        predicate=(answer.token.index,),
        verb=answer.token.index,
        type=kind,
        mode=mode,
        actors=actors,
        recipients=recipients,
        about=about,
        rule="model",
        conditions=1,
        auxiliary=auxiliary,
    )


def _is_a_place(clauses: Clauses, one: Participant) -> bool:
    """Whether it is only where they met."""
    return any(
        mention.place is not None
        and (mention.place.start, mention.place.end) == (one.start, one.end)
        for mention in clauses.mentions.values()
    )


def _agents(clauses: Clauses, token: int) -> set[str]:
    """Who stands behind "by" of a passive: nobody else can act."""
    if not clauses.is_passive(token):
        return set()
    return {one.code for head in clauses.agents(token) for one in clauses.actors_at(head)}


def _auxiliary(answer: Answer, grammar: Collection[str]) -> frozenset[str]:
    """Auxiliary modes that the model is sure of, and those of the grammar that it does not deny.

    A negation in the grammar is a fact; a supposition may be politeness ("I would like to thank").
    """
    least = {name: 0.0 if name == NEGATION else DENIED for name in grammar}
    chances = dict(answer.reading.auxiliary)
    return frozenset(
        name
        for name in AUXILIARY_MODES
        if chances.get(name, 0.0) >= min(LIKELY, least.get(name, LIKELY))
    )


def _may_lack(draft: Draft) -> bool:
    """Whether an event of the type may do without a recipient."""
    return len(_codes(draft)) > 1 or not event_type(draft.type).needs_recipient


def _contexts(answer: Answer) -> tuple[str, ...]:
    return tuple(name for name, chance in answer.reading.contexts if chance >= CONTEXT_CHANCE)


def _features(
    clauses: Clauses,
    draft: Draft,
    rule: Draft | None,
    answer: Answer | None,
    model: Draft | None = None,
) -> Features:
    """What the confidence rests on; all finite, most between 0 and 1."""
    rule = rule if answer is not None else draft
    kinds = answer.reading.types if answer is not None else ()
    told = 1 - kinds[0] if answer is not None else 0.0
    mine = kinds[TYPES.index(draft.type)] if answer is not None else 0.0
    same = rule is not None and model is not None and _codes(rule) == _codes(model)
    spans = answer.reading.actors if answer is not None else ()
    return MappingProxyType({
        "bias": 1.0,
        "no answer": float(answer is None),
        "event, log odds": _log_odds(told) if answer is not None else 0.0,
        "type, log odds": _log_odds(mine / told if told else 0.0) if answer is not None else 0.0,
        "rule too": float(rule is not None and answer is not None),
        "rule of another type": float(rule is not None and rule.type != draft.type),
        "rule's strictness": rule.conditions / 3 if rule is not None else 0.0,
        "same actors": float(same),
        "other actors": float(rule is not None and model is not None and not same),
        "actor's words": max((one.chance for one in spans), default=0.0),
        "recipient": float(bool(draft.recipients)),
        "one party": float(len({*_codes(draft), *(one.code for one in draft.recipients)}) < 2),
        "rule says none": 0.0,
        "incomplete": float(not is_complete(clauses, draft)),
        "quoted": float(clauses.is_quoted(draft.predicate[0])),
        "noun": float(clauses.tokens[draft.predicate[-1]].pos in {"NOUN", "PROPN"}),
    })  # fmt: skip


def _codes(draft: Draft) -> set[str]:
    return {one.code for one in draft.actors}


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 0.002), 0.998)
    return math.log(chance / (1 - chance))


def _found(draft: Draft, contexts: tuple[str, ...], features: Features) -> Found:
    total = sum(weights().get(name, 0.0) * value for name, value in features.items())
    return Found(draft, contexts, features, round(1 / (1 + math.exp(-total)), 3))


@cache
def weights() -> Mapping[str, float]:
    """Weights of the confidence, fitted on labelled real text."""
    rows = read_table("inconcert.code", "data/weights.tsv")
    return MappingProxyType({row["feature"]: float(row["weight"]) for row in rows})


def _without_repeats(clauses: Clauses, found: Sequence[Found]) -> list[Found]:
    """One event of a type by the same actors; a verb and the noun it governs tell one event."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-one.confidence, one.draft.predicate)):
        if not any(_repeats(clauses, one.draft, first.draft) for first in kept):
            kept.append(one)
    return kept


def _repeats(clauses: Clauses, one: Draft, first: Draft) -> bool:
    if one.type == first.type and _codes(one) == _codes(first):
        return one.auxiliary == first.auxiliary or bool(_codes(one))
    near = {*one.predicate} & {*first.predicate} or any(
        clauses.tokens[a].head == b or clauses.tokens[b].head == a
        for a in one.predicate
        for b in first.predicate
        if {clauses.tokens[a].dep, clauses.tokens[b].dep} & {"dobj", "nsubjpass"}
    )
    return bool(near) and one.type == first.type


def _is_vetoed(clauses: Clauses, tables: Tables, token: int) -> bool:
    """Whether a row of the verb table says that in this frame the verb tells no event."""
    pattern = best_pattern(clauses, tables, token)
    return pattern is not None and pattern.type == "NONE"
