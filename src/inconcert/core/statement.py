"""Somebody is reported to have said something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inconcert.core.event import When
from inconcert.core.mention import Participant

Form = Literal["direct", "mixed", "indirect"]


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
        form: `direct` (all in quotation marks), `mixed` (partly), `indirect` (none).
        content_start: first character of what is said.
        content_end: one past its last character.
        quotes: character spans inside quotation marks that are the speaker's words.
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
