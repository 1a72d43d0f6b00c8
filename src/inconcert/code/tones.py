"""Stance and commitment of a statement, read from its words."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.code.commitments import Asked, Commitments
from inconcert.code.cues import Cue
from inconcert.code.speakers import Speakers, codes_of
from inconcert.code.stances import Said, Stances
from inconcert.core.mention import Participant
from inconcert.core.parsed import ParsedDocument
from inconcert.core.statement import Commitment, Form, Stance


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement before its tone is read.

    Attributes:
        at: token of its cue.
        said: tokens of its words.
    """

    at: int | None
    cue: Cue | None
    form: Form
    said: tuple[int, ...]
    speakers: tuple[Participant, ...]
    addressees: tuple[Participant, ...]
    about: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Tone:
    """How the speaker stands to others, and what is promised or asked."""

    stance: tuple[Stance, ...]
    commitment: Commitment


class Tones:
    """Reads the tone of the statements of one document."""

    def __init__(self, parsed: ParsedDocument, speakers: Speakers) -> None:
        self.tokens = parsed.tokens
        self.stances = Stances(parsed, speakers.mentions)
        self.commitments = Commitments(parsed, speakers.mentions)

    def of(self, spoken: Spoken) -> Tone:
        """The tone of one statement."""
        own = frozenset(codes_of(spoken.speakers))
        is_denial = spoken.cue is not None and spoken.cue.force == "deny"
        at = spoken.at if spoken.form != "direct" else None
        said = Said(at, spoken.said, own, spoken.addressees, is_denial)
        is_clause = any(self.tokens[index].pos in {"VERB", "AUX"} for index in spoken.said)
        asked = Asked(
            spoken.at,
            spoken.cue,
            spoken.form in {"direct", "performative"},
            spoken.said,
            own,
            not is_clause,
        )
        return Tone(
            self.stances.of(said, (*spoken.about, *spoken.addressees)), self.commitments.of(asked)
        )
