"""One sentence telling of one event, in PLOVER's terms, and what makes two of them one event."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.core.mention import Participant
from inconcert.core.place import Where
from inconcert.core.span import TimeSpan

HISTORICAL, FUTURE, HYPOTHETICAL, NEGATION = "historical", "future", "hypothetical", "negation"
AUXILIARY_MODES = (HISTORICAL, FUTURE, HYPOTHETICAL, NEGATION)
"""PLOVER's four auxiliary modes. Only mentions without one are counted as plain events."""


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as far as the text tells.

    Attributes:
        span: days; None where the text does not tell or the document has no date.
        text: the words, empty when none.
        basis: `absolute`, `relative to document date`, `relative, document undated`,
            `anchor event`, `carried from an earlier sentence`, or `none`.
        granularity: how exact the words are: `day`, `week`, `month`, `season`, `quarter`, `year`,
            `decade` or `vague`; empty where nothing is told, or by whom it is not said.
    """

    span: TimeSpan | None = None
    text: str = ""
    basis: str = "none"
    granularity: str = ""


@dataclass(frozen=True, slots=True)
class EventMention:
    """One sentence telling of one event: who, what, to whom, when, about what.

    Attributes:
        id: hash of document, predicate span, type, participants and auxiliary modes.
        document: id of the document.
        sentence: index of the sentence in the document.
        start: first character of the predicate (verb with its particle, or event noun).
        end: one past its last character.
        type: PLOVER event type (`CONSULT`).
        mode: PLOVER mode of that type, or None.
        contexts: PLOVER contexts found in the sentence.
        auxiliary: PLOVER's auxiliary modes that hold; counted as a plain event only when empty.
        actors: all who act; a joint act has several, it is never split.
        recipients: all who are acted upon.
        about: third parties a meeting, agreement or statement concerns.
        when: days of the act, or unknown.
        rule: which rule decided, as named in the verb tables.
        confidence: chance, 0 to 1, that type and actors are right, calibrated on real text.
        is_quoted: the predicate stands inside quotation marks: somebody's words.
        where: the place of the act, where the text tells one; never a party to it.
    """

    id: str
    document: str
    sentence: int
    start: int
    end: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    about: tuple[Participant, ...]
    when: When
    rule: str
    confidence: float
    is_quoted: bool = False
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Retelling:
    """Two mentions that a rule takes for reports of the same act, with its evidence.

    Attributes:
        mention: id of the mention that repeats the other.
        same_as: id of the other.
        likeness: how much they have in common, 0 to 1; the strongest are joined first.
        reason: what they have in common, in words (`same day, same actors, 7 shared words`).
    """

    mention: str
    same_as: str
    likeness: float
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as told by two or more mentions; a mention of which none tells again is one.

    Attributes:
        id: the least of the ids of its mentions.
        mentions: their ids, in order.
        retellings: what joins them.
    """

    id: str
    mentions: tuple[str, ...]
    retellings: tuple[Retelling, ...] = ()
