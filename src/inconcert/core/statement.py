"""Somebody is reported to have said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inconcert.core.event import When
from inconcert.core.mention import Participant

Form = Literal["direct", "mixed", "indirect", "performative"]
Commitment = Literal["promise", "demand", "denial", "condition", "none"]


@dataclass(frozen=True, slots=True)
class Stance:
    """How a speaker stands, in one statement, toward one actor named in it.

    Attributes:
        code: the actor.
        sign: 1 for, -1 against, 0 where the words tell neither.
        words: character spans of the words that carry the sign, negation included; empty for 0.
    """

    code: str
    sign: int
    words: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody is reported to have said something, with where the words stand.

    Attributes:
        id: hash of document, cue span and speaker.
        sentence: index of the sentence that holds the cue.
        start: first character of the cue (the verb or noun of saying; the quote where none).
        end: one past its last character.
        cue: lemma of the cue (`say`, `according to`, `speech` for the speaker of a speech).
        speakers: who speaks; empty when unnamed or not in the register.
        speaker_text: the words that name the speaker, as written.
        addressees: to whom, where told.
        about: actors named in what is said.
        form: `direct` (all in quotation marks), `mixed` (partly), `indirect` (none),
            `performative` (the verb does what it says, in the speaker's own speech: `I thank`).
        content_start: first character of what is said.
        content_end: one past its last character.
        quotes: character spans inside quotation marks that are the speaker's words.
        stance: one entry for each actor named in what is said or spoken to.
        commitment: `promise` (threats too), `demand`, `denial` (refusals too), `condition` (any of
            them that hangs on an if), or `none`.
        is_anonymous: the source is not named (`a senior official`, `it was reported that`).
        source_country: code of the country of an unnamed source, where the text tells.
        source_sectors: PLOVER sectors of an unnamed source, where the word for it tells.
        within: id of the statement in whose words this one stands: a nested report, or a
            performative in a sentence of a speech.
    """

    id: str
    document: str
    sentence: int
    start: int
    end: int
    cue: str
    speakers: tuple[Participant, ...]
    speaker_text: str
    addressees: tuple[Participant, ...]
    about: tuple[Participant, ...]
    form: Form
    content_start: int
    content_end: int
    quotes: tuple[tuple[int, int], ...]
    when: When
    rule: str
    confidence: float
    stance: tuple[Stance, ...] = ()
    commitment: Commitment = "none"
    is_anonymous: bool = False
    source_country: str | None = None
    source_sectors: tuple[str, ...] = ()
    within: str | None = None
