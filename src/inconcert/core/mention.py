"""A span of text that names somebody, with who it is taken to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["name", "description", "pronoun", "speaker"]


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in an event or statement, as of the date, with the characters that name it.

    Attributes:
        code: code under which the acts count (`RUS`, `AFGTAL`, `IGOSCO`, `WST`).
        sectors: PLOVER sectors, main one first, on the day of the act for groups whose day is told,
            otherwise on the day of the document; empty when the text does not tell.
        name: name of the person or body where one is meant (`Sergey Lavrov`), else None.
        start: first character of the mention in the document.
        end: one past its last character.
    """

    code: str
    sectors: tuple[str, ...]
    name: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span that names or points to one or more actors.

    Attributes:
        head: index of the token that heads the phrase in the parsed document.
        kind: `name` (Moscow, Lavrov, Taliban fighters), `description` (the two leaders, its air
            defence units), `pronoun` (they), `speaker` (first person in a speech).
        participants: who it is; empty when nobody in the register fits. More than one for
            "American and British diplomats" or "the pair".
        how: rule that resolved it, in words a reader understands.
        confidence: 0 to 1, uncalibrated in this version.
        place: the state a city or seat lies in where the words name a place and nobody acts
            (`arrived in Kabul`); its code is that of the state, without a sector.
    """

    sentence: int
    start: int
    end: int
    head: int
    kind: MentionKind
    participants: tuple[Participant, ...]
    how: str
    confidence: float = 1.0
    is_person: bool = False
    is_plural: bool = False
    place: Participant | None = None
