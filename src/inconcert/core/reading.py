"""What one source lets one read about the timing of two actors' acts toward a third."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from inconcert.core.display import displayed
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.span import TimeSpan

SourceKind = Literal["texts", "dataset"]
Says = Literal["together", "not together", "open"]
Interval = tuple[float, float]

AND_TYPE = " and type"
"""Ends the name of a direction in which only acts of one type count as coming together."""

TEXTS = "texts"
"""Name of the source that the coded texts of a case are together."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an event dataset, as far as it is evidence.

    Attributes:
        id: of the event in the store.
        actors: codes of those who act.
        recipients: codes of those acted upon.
        kind: PLOVER type, STATEMENT or APPEAL.
        code: as the dataset gives it (a CAMEO code), empty where it gives none.
        text: what the dataset says of the code, or its note; empty where it says nothing.
        copies: rows of the dataset that are this one, itself included.
    """

    id: str
    day: date
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    kind: str
    code: str
    text: str
    outlet: str
    url: str
    copies: int


@displayed
@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a source stands behind a reading.

    Attributes:
        span: days that were tested: those asked about, as far as the source has any.
        covered: days of the span on which the source has any event.
        source_span: first and last day of the source.
        rows: rows, or reports in texts, that tell of the two actors' acts toward the other side.
        counted: the acts that these are after folding and without duplicates.
        acts: counted acts of A and of B.
        act_days: days with an act of A and of B.
        third_parties: other actors with an act toward the same side.
        third_acts: their acts.
        placebos: placebo pairs that a score could be had for.
        outlets: independent outlets that tell of the two actors' acts; None where the source
            names none.
    """

    span: TimeSpan
    covered: int
    source_span: TimeSpan
    rows: int
    counted: int
    acts: tuple[int, int]
    act_days: tuple[int, int]
    third_parties: int
    third_acts: int
    placebos: int
    outlets: int | None

    @property
    def days(self) -> int:
        """Days tested."""
        return self.span.days

    @property
    def rarer(self) -> int:
        """Act-days of the actor that has fewer."""
        return min(self.act_days)


@displayed
@dataclass(frozen=True, slots=True)
class Finding:
    """What the test of one direction found.

    Attributes:
        direction: `same day`, `A before B`, `B before A`, `within two days`; with ` and type` where
            only acts of one type count (`same day and type`).
        observed: coincidences, in cells where types are told apart, else in days.
        expected: coincidences that third parties' behaviour lets one expect.
        lift: observed over expected, with its 90 % interval.
        share: share of A's acts that B joins beyond chance, with its 90 % interval.
        p: one-sided, of this direction alone.
        corrected: p after Holm over the directions of the question.
        rank: place among the placebo pairs of the target and their number, both with the pair.
        bloc: third parties that act together with A and with B alike.
        partners: those of them that stand far apart from all others, as in a concert of three.
        bears_claim: whether enough coincidences are expected for a claim to rest on it.
    """

    direction: str
    observed: float
    expected: float
    lift: float
    lift_interval: Interval
    share: float
    share_interval: Interval
    p: float
    corrected: float
    rank: tuple[int, int]
    bloc: tuple[str, ...]
    bears_claim: bool = True
    partners: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether only acts of the same type count as coming together."""
        return self.direction.endswith(AND_TYPE)


@dataclass(frozen=True, slots=True)
class Dropped:
    """The leading test once more, with something left out.

    Attributes:
        what: what was left out (`March 2021`, a source, `sentences that name both`).
        p: of the leading direction alone; None where too little is left.
        lift: as of the test; None likewise.
        is_period: whether days were left out.
    """

    what: str
    p: float | None
    lift: float | None
    is_period: bool = False


@dataclass(frozen=True, slots=True)
class Coincidence:
    """A day on which both act, and how likely that was.

    Attributes:
        day: of A's act.
        partner_days: days of B's act that count as together with it; the day itself on same-day
            tests.
        types: types that both used on the day; empty where there is none.
        chance: chance that both act, given third parties.
        rows: of a dataset.
        records: of texts.
    """

    day: date
    partner_days: tuple[date, ...]
    types: tuple[str, ...]
    chance: float
    rows: tuple[Row, ...] = ()
    records: tuple[EventRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceRead:
    """How alike two actors treat the other side, by shares of cooperative acts.

    Attributes:
        value: `aligned`, `apart`, `opposed`, `undetermined`, `too few`.
        acts: acts of A and of B that have a sign.
        shares: their cooperative shares; None with too few acts.
        gap: share of A less share of B, with its 95 % interval, which keeps weeks whole.
        others: cooperative share of third parties.
    """

    value: str
    acts: tuple[int, int]
    shares: tuple[float, float] | None = None
    gap: float | None = None
    interval: Interval | None = None
    others: float | None = None


@dataclass(frozen=True, slots=True)
class FalseCalls:
    """How many of a hundred claims like this one are false, by calibration.

    Attributes:
        count: false ones of a hundred.
        base_rate: share of pairs taken to be truly coupled before anything is seen.
        act_days: act-days at which the calibration was made.
    """

    count: float
    base_rate: float
    act_days: int


@dataclass(frozen=True, slots=True)
class Documented:
    """Contact of the two that a source tells of.

    Attributes:
        joint: acts of both together toward or with the other side.
        consultations: meetings and talks between the two, whatever about.
        consultation_days: days with such a meeting.
        about_is_known: whether the source tells what was talked about.
    """

    joint: tuple[Row, ...] = ()
    consultations: tuple[Row, ...] = ()
    joint_count: int = 0
    consultation_count: int = 0
    consultation_days: int = 0
    about_is_known: bool = False


@displayed
@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one source says to the question of timing, stance and contact.

    Attributes:
        source: name of the dataset, or `texts`.
        query: what made the arrays, to show.
        cell_days: days to a cell of the tests; more than one where acts are rare.
        tests: one a direction; empty where there is too little to test.
        refused: why no test was made or may be relied on, each a sentence; empty where one was.
        power: chance to find an actor that joins 35 % of the other's acts, at 5 %; None unknown.
        correlation: plain correlation of the two series and its p, to tell parallel from
            independent; None where it could not be had.
        leads: `A leads`, `B leads` or `not shown`.
        stance: of the source.
        documented: contact, of a dataset; that of texts stands in the answer.
        strongest: days on which both act against expectation, most telling first.
        explained: days on which both act as third parties' behaviour lets one expect, busiest
            first.
        dropped: the leading test with something left out.
        erasing_shock: strength of an unseen shock, in multiples of what third parties do, that
            would take the finding away; None where nothing was found or it is not known.
        false_calls: of a hundred such claims; None without a claim.
        consulted: value of the test whether acts follow talks about the other side.
        notes: what else a reader must know, each a sentence.
    """

    source: str
    kind: SourceKind
    query: str
    coverage: Coverage | None
    cell_days: int = 1
    tests: tuple[Finding, ...] = ()
    refused: tuple[str, ...] = ()
    power: float | None = None
    correlation: tuple[float, float] | None = None
    leads: str = "not shown"
    stance: StanceRead = StanceRead("too few", (0, 0))
    documented: Documented = Documented()
    strongest: tuple[Coincidence, ...] = ()
    explained: tuple[Coincidence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    erasing_shock: float | None = None
    false_calls: FalseCalls | None = None
    consulted: str = "not testable"
    notes: tuple[str, ...] = ()

    @property
    def leading(self) -> Finding | None:
        """The direction with the smallest p, of those that bear a claim if there are any."""
        able = [test for test in self.tests if test.bears_claim] or self.tests
        return min(able, key=lambda test: test.p, default=None)


@displayed
@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that says of two actors that they act together, or that they do not.

    Attributes:
        at: the sentence and where it stands.
        says: `together`, `not together`, or `open`: it raises the question without an answer.
        words: those that say it.
    """

    at: Located
    says: Says
    words: str
