"""The parts of a brief as plain data, the same for every form it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from inconcert.core.evidence import Corpus
from inconcert.core.verdict import Part
from inconcert.show.ledger import Entry, Group, Number
from inconcert.show.periods import Period


@dataclass(frozen=True, slots=True)
class Split:
    """A number, and where a day parts the answer, the same before it and from it on.

    Attributes:
        undated: those whose day is unknown; None where there are none or nothing is parted.
    """

    total: Number
    before: Number | None = None
    after: Number | None = None
    undated: Number | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What one actor did and said, in numbers."""

    name: str
    acts: Split
    statements: Split
    types: tuple[tuple[str, Number], ...]
    set_aside: Number


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One event type: its quad class and meaning, and a number for each actor."""

    type: str
    quad: str
    meaning: str
    cells: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One of those who make up the other side: a number of acts for each actor."""

    name: str
    cells: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One actor's acts by period and type; periods without any are left out."""

    name: str
    types: tuple[str, ...]
    rows: tuple[tuple[Period | None, tuple[Number, ...]], ...]


@dataclass(frozen=True, slots=True)
class Track:
    """One actor's acts and statements in each period of the timeline."""

    name: str
    acts: tuple[Number, ...]
    statements: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened when: every period without gaps, one track an actor."""

    periods: tuple[Period, ...]
    tracks: tuple[Track, ...]
    split: date | None
    undated: Number


@dataclass(frozen=True, slots=True)
class Listing:
    """A number with the records it counts, shown in place."""

    title: str
    number: Number
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Speakers:
    """Statements of one actor, by the person or body that speaks."""

    name: str
    number: Number
    speakers: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Bottom:
    """The answer in words.

    Attributes:
        head: one sentence; None where no question of concert was asked.
        parts: contact, timing and stance.
    """

    head: str | None
    parts: tuple[Part, ...]
    caveats: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with all its parts, in the order in which they are read."""

    number: int
    title: str
    asked: str
    material: str
    bottom: Bottom
    summaries: tuple[Summary, ...]
    corpus: Corpus
    same_corpus_as: int | None
    timeline: Timeline
    types: tuple[TypeRow, ...]
    recipients: tuple[RecipientRow, ...]
    matrices: tuple[Matrix, ...]
    joint: Listing
    consultations: Listing
    bearing: Listing
    speakers: tuple[Speakers, ...]
    set_aside: tuple[Listing, ...]
    set_aside_number: Number
    split: date | None
    command: str

    @property
    def key(self) -> str:
        """Anchor of the question."""
        return f"q{self.number}"

    @property
    def quads(self) -> tuple[tuple[str, tuple[TypeRow, ...]], ...]:
        """The types by quad class, in their order."""
        grouped = groupby(self.types, key=lambda row: row.quad)
        return tuple((quad, tuple(rows)) for quad, rows in grouped)

    @property
    def has_undated_acts(self) -> bool:
        """Whether acts of unknown day stand in the totals of a split table alone."""
        return any(summary.acts.undated is not None for summary in self.summaries)

    @property
    def unit(self) -> str:
        """`week`, `month` or `year`: what the timeline counts by."""
        return self.timeline.periods[0].unit if self.timeline.periods else "week"


@dataclass(frozen=True, slots=True)
class BriefView:
    """A whole brief."""

    title: str
    made: datetime
    version: str
    questions: tuple[QuestionView, ...]
    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]
    coders: tuple[str, ...]
    measured: bool
