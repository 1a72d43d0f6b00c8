"""The parts of a brief as plain data, the same for every form it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from inconcert.core.evidence import Corpus, Located
from inconcert.core.reading import Saying
from inconcert.core.verdict import Part
from inconcert.show.by_source import SourceView
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
class TypeRow:
    """One event type: its quad class and meaning, and a number for each actor."""

    type: str
    quad: str
    meaning: str
    cells: tuple[Split, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted, and a number for each actor.

    Attributes:
        is_part: counts some of what the row above it counts.
    """

    name: str
    cells: tuple[Split, ...]
    is_part: bool = False


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

    @property
    def busy(self) -> tuple[int, ...]:
        """Periods, by index, in which something stands."""
        rows = [row for track in self.tracks for row in (track.acts, track.statements)]
        return tuple(i for i in range(len(self.periods)) if any(row[i].count for row in rows))

    @property
    def reaches_beyond(self) -> bool:
        """Whether something lies before or after the days that the documents cover."""
        return any(period.beyond for period in self.periods)

    @property
    def single(self) -> str | None:
        """What is said in place of a drawing where everything falls into one period."""
        if len(self.busy) != 1:
            return None
        period = self.periods[self.busy[0]]
        if period.beyond:
            return f"All of it is {period}."
        return f"All of it falls into {'the ' if period.unit == 'week' else ''}{period}."


@dataclass(frozen=True, slots=True)
class Listing:
    """A number with the records it counts, shown in place."""

    title: str
    number: Number
    entries: tuple[Entry, ...]

    @property
    def heads(self) -> tuple[Entry, ...]:
        """The first entry of each event, and every statement; the others stand behind them."""
        here = {entry.number for entry in self.entries}
        return tuple(
            entry
            for entry in self.entries
            if not any(other in here and other < entry.number for other in entry.same)
        )


@dataclass(frozen=True, slots=True)
class Speakers:
    """Statements of one actor, by the person or body that speaks.

    Attributes:
        speakers: those who say most.
        others: the rest, where there are many.
    """

    name: str
    number: Number
    speakers: tuple[Listing, ...]
    others: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one document."""

    at: Located
    sentences: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Sentences that name both sides and hold no record, by document.

    Attributes:
        key: their anchor.
        title: who is named in them.
        passed_over: why sentences of the case were not coded; such sentences are among them.
        first: those that stand open.
        more: the others.
    """

    key: str
    title: str
    count: int
    passed_over: tuple[str, ...]
    first: tuple[Passage, ...]
    more: tuple[Passage, ...]

    @property
    def note(self) -> str:
        """What these sentences are and are not."""
        among = (
            f" Sentences that were passed over ({', '.join(self.passed_over)}) are among them."
            if self.passed_over
            else ""
        )
        return (
            f"Nothing that counts above was found in them: read them.{among} "
            "A word such as “they” may stand for a name."
        )

    @property
    def number_of_more(self) -> int:
        """Sentences that do not stand open."""
        return sum(len(passage.sentences) for passage in self.more)


@dataclass(frozen=True, slots=True)
class Bottom:
    """The answer in words.

    Attributes:
        head: one sentence; None where no question of concert was asked.
        why: why it is this head and no other, in one sentence.
        parts: contact, timing and stance.
    """

    head: str | None
    why: str | None
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
    names: tuple[str, ...]
    other: str
    totals: tuple[Row, ...]
    told: str
    heard: str
    corpus: Corpus
    same_corpus_as: int | None
    timeline: Timeline
    types: tuple[TypeRow, ...]
    sums: tuple[Row, ...]
    acts: tuple[Listing, ...]
    matrices: tuple[Matrix, ...]
    joint: Listing
    consultations: Listing
    bearing: Listing
    named: Naming | None
    speakers: tuple[Speakers, ...]
    set_aside: tuple[Listing, ...]
    set_aside_number: Number
    split: date | None
    command: str
    sources: tuple[SourceView, ...] = ()
    sayings: tuple[Saying, ...] = ()

    @property
    def sayings_by_text(self) -> tuple[tuple[Saying, ...], ...]:
        """What texts say of the two acting together, one group a text."""
        grouped = groupby(self.sayings, key=lambda one: one.at.document)
        return tuple(tuple(group) for _, group in grouped)

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
        return any(cell.undated is not None for row in self.sums for cell in row.cells)

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
    sectors: tuple[tuple[str, str], ...]

    @property
    def legend(self) -> str:
        """What the sectors that occur stand for; empty where none does."""
        told = "; ".join(f"{sector} {meaning}" for sector, meaning in self.sectors)
        return f"Sectors: {told}." if told else ""
