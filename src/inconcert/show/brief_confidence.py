"""How far a judgement may be trusted, by a rule that is printed: four marks, never a likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.reading import Reading
from inconcert.judge.amounts import counted, percent
from inconcert.judge.media import STATE, owner_of
from inconcert.show.brief_media import NOTHING_KNOWN, Known

Record = EventRecord | StatementRecord
Level = Literal["high", "moderate", "low"]
Value = Literal["good", "fair", "poor", "unknown"]

MANY_OUTLETS, SOME_OUTLETS = 3, 2
FEW_DISPUTED, SOME_DISPUTED = 0.10, 0.30
DOUBTFUL = 0.5
"""Calibrated confidence of the coder below which a coding is counted as disputed."""
HOLDS = 0.05
"""p that the leading test must keep whatever is left out."""
FEW_PARTIAL, SOME_PARTIAL = 1 / 3, 2 / 3

RULE = (
    "Confidence rests on four marks, each good, fair, poor or unknown. High: all four are good. "
    "Low: two or more are poor or unknown, or the coder has not been measured. Moderate: anything "
    "else."
)
MARKS = (
    (
        "Independent outlets, copies of one text counted as one: three or more are good, two fair, "
        "one poor; a dataset that names none is unknown."
    ),
    (
        "Disputed codings, those that a reviewer called wrong or unsure and those that the coder "
        "itself gives less than .5: up to a tenth is good, up to three tenths fair, more poor; of "
        "rows coded by others, and of statements that nobody has judged, it is unknown."
    ),
    (
        "Agreement of methods: for timing, whether the finding stays at p < .05 whatever part of "
        "the data is left out (always good, in more than half of the cases fair, else poor); for "
        "anything else, whether another source tells the same (good), none is there (fair), or "
        "one tells otherwise (poor)."
    ),
    (
        "Mix of sources: the share of reports from state media or from texts of a side asked "
        "about: up to a third is good, up to two thirds fair, more poor; where the owner of most "
        "is not known, unknown."
    ),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the four marks, with its reason in a few words."""

    value: Value
    reason: str


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far a judgement may be trusted.

    Attributes:
        level: by the rule.
        marks: outlets, codings, methods, mix.
        unmeasured: whether the coder behind it has not been measured.
    """

    level: Level
    marks: tuple[Mark, ...]
    unmeasured: bool = False

    @property
    def sentence(self) -> str:
        """The level with its marks; it holds no word of likelihood."""
        marks = "; ".join(f"{mark.reason} ({mark.value})" for mark in self.marks)
        coder = "; the coder has not been measured on news" if self.unmeasured else ""
        return f"Confidence: {self.level}. It rests on {marks}{coder}."


def confidence(marks: Sequence[Mark], *, unmeasured: bool = False) -> Confidence:
    """The level that the rule gives to four marks."""
    bad = sum(mark.value in ("poor", "unknown") for mark in marks)
    if unmeasured or bad >= 2:
        return Confidence("low", tuple(marks), unmeasured)
    is_high = all(mark.value == "good" for mark in marks)
    return Confidence("high" if is_high else "moderate", tuple(marks), unmeasured)


def of_records(
    records: Sequence[Record],
    sides: Sequence[str],
    agreement: Mark,
    *,
    known: Known = NOTHING_KNOWN,
    unmeasured: bool,
) -> Confidence:
    """Confidence in what coded texts tell.

    Args:
        records: those behind the judgement.
        sides: codes of everybody asked about.
        agreement: the mark for methods.
        known: what is known beside the records.
        unmeasured: whether the coder has not been measured.
    """
    marks = (outlets_mark(records), disputed_mark(records, known), agreement)
    return confidence((*marks, mix_mark(records, sides)), unmeasured=unmeasured)


def of_reading(reading: Reading, agreement: Mark, *, unmeasured: bool = False) -> Confidence:
    """Confidence in what the tests on one source tell.

    Args:
        reading: of the source.
        agreement: the mark for methods.
        unmeasured: whether the coder of its records has not been measured.
    """
    number = None if reading.coverage is None else reading.coverage.outlets
    return confidence(
        (
            _outlets(number),
            Mark("unknown", "an unknown share of wrong codings"),
            agreement,
            Mark("unknown", "a mix of sources that the rows do not tell"),
        ),
        unmeasured=unmeasured,
    )


def outlets_mark(records: Sequence[Record]) -> Mark:
    """How many tell of it without copying one another."""
    names = {
        record.outlet if isinstance(record, EventRecord) else record.at.source.name
        for record in records
    }
    return _outlets(len(names))


def _outlets(number: int | None) -> Mark:
    if number is None:
        return Mark("unknown", "outlets that the source does not name")
    told = counted(number, "independent outlet")
    if number >= MANY_OUTLETS:
        return Mark("good", told)
    return Mark("fair" if number >= SOME_OUTLETS else "poor", told)


def disputed_mark(records: Sequence[Record], known: Known = NOTHING_KNOWN) -> Mark:
    """Share of codings that somebody, or the coder itself, doubts."""
    judged = [
        record
        for record in records
        if isinstance(record, EventRecord) or record.statement.id in known.disputed
    ]
    if not judged:
        return Mark("unknown", "statements whose coding nobody has judged")
    disputed = sum(_is_disputed(record, known) for record in judged)
    share = disputed / len(judged)
    told = f"{disputed:,} of {counted(len(judged), 'coding')} disputed"
    if share <= FEW_DISPUTED:
        return Mark("good", told)
    return Mark("fair" if share <= SOME_DISPUTED else "poor", told)


def _is_disputed(record: Record, known: Known) -> bool:
    if isinstance(record, EventRecord):
        return record.event.id in known.disputed or record.event.confidence < DOUBTFUL
    return record.statement.id in known.disputed


def mix_mark(records: Sequence[Record], sides: Sequence[str]) -> Mark:
    """Share of reports that come from state media, or are words of a side asked about."""
    if not records:
        return Mark("unknown", "no report")
    owners = [owner_of(each.at.source, speaks=each.at.speaker_code) for each in records]
    unknown = sum(owner == "not known" for owner in owners)
    if 2 * unknown > len(records):
        part = percent(unknown, len(records))
        return Mark("unknown", f"outlets whose owner is not known for {part} of reports")
    partial = sum(
        owner == STATE or (each.at.speaker_code or "-") in sides
        for owner, each in zip(owners, records, strict=True)
    )
    share = partial / len(records)
    told = f"{partial:,} of {_told(records)} from state media or a side asked about"
    if share <= FEW_PARTIAL:
        return Mark("good", told)
    return Mark("fair" if share <= SOME_PARTIAL else "poor", told)


def _told(records: Sequence[Record]) -> str:
    """How many records, by what they are: reports of acts, statements, or both together."""
    acts = sum(isinstance(record, EventRecord) for record in records)
    if acts == len(records):
        return counted(acts, "report")
    if not acts:
        return counted(len(records), "statement")
    return f"{len(records):,} reports and statements"


def agreement_of_timing(reading: Reading) -> Mark:
    """Whether the leading test holds with each part of the data left out in turn."""
    known = [one for one in reading.dropped if one.p is not None]
    if not known:
        return Mark("unknown", "a test that was not made again with parts left out")
    held = sum(one.p is not None and one.p < HOLDS for one in known)
    told = (
        f"a leading test that stays at p < .05 in {held:,} of "
        f"{counted(len(known), 'repetition')} with a part left out"
    )
    if held == len(known):
        return Mark("good", told)
    return Mark("fair" if 2 * held > len(known) else "poor", told)


def agreement_of_sources(same: int, other: int) -> Mark:
    """Whether further sources tell the same.

    Args:
        same: further sources that do.
        other: further sources that tell otherwise.
    """
    if other:
        return Mark("poor", f"{counted(other, 'other source')} that {_tells(other)} otherwise")
    if same:
        return Mark("good", f"{counted(same, 'other source')} that {_tells(same)} the same")
    return Mark("fair", "one method on one source")


def _tells(number: int) -> str:
    return "tells" if number == 1 else "tell"
