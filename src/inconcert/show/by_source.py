"""What each source says, laid out as plain words: the same for terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inconcert.core.evidence import EventRecord
from inconcert.core.question import Question
from inconcert.core.reading import Coincidence, Coverage, Dropped, Finding, Reading, Row
from inconcert.core.verdict import Answer, Part, SourceVerdict
from inconcert.judge.amounts import NO_BREAK, counted, days_between, listed, number
from inconcert.judge.claims import direction_words, ordinal, p_words, partners_words
from inconcert.judge.sources import source_name
from inconcert.ontology import cameo
from inconcert.show.words import short_day

Names = Callable[[str], str]

MOST_ROWS = 5
"""Rows of a dataset listed for a day, or under joint acts and consultations."""

TEST_HEADS = ("Together", "Found", "Expected", "Lift", "Share joined", "p", "p (Holm)", "Rank")
P_NOTE = (
    "Expected: what third parties' acts toward the same side let one expect. Brackets: "
    f"90{NO_BREAK}% intervals, too narrow where a bloc shares shocks. p: how often chance alone "
    "would bring about as much; it is not the chance of an agreement. Rank: among the placebo "
    "pairs of the two with third parties."
)


@dataclass(frozen=True, slots=True)
class DayView:
    """A day on which both act.

    Attributes:
        title: the day, and that of the other where it differs.
        note: types both used, and how likely it was.
        rows: what the dataset has of it, a line a row.
        records: what the texts have of it.
    """

    title: str
    note: str
    rows: tuple[str, ...]
    records: tuple[EventRecord, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """What one source says.

    Attributes:
        name: of the source, as a heading.
        head: of its own verdict.
        parts: contact, timing and stance.
        is_head: whether the head of the answer is read from it, so that its parts stand there.
        facts: amounts behind it, each a sentence.
        tests: cells of one row a direction, under `TEST_HEADS`.
        strongest: days on which both act against expectation.
        explained: days on which both act as expected.
        joint: rows that name both as acting together, a line a row.
        consultations: rows of talks between the two, a line a row.
        caveats: what a reader must know, where it does not stand at the head of the answer.
        missing: likewise.
        query: what made the numbers; empty for texts.
    """

    name: str
    head: str
    parts: tuple[Part, ...]
    facts: tuple[str, ...]
    tests: tuple[tuple[str, ...], ...]
    strongest: tuple[DayView, ...]
    explained: tuple[DayView, ...]
    joint: tuple[str, ...]
    consultations: tuple[str, ...]
    caveats: tuple[str, ...]
    missing: tuple[str, ...]
    query: str
    is_head: bool


def sources_of(answer: Answer, names: Names = str) -> tuple[SourceView, ...]:
    """The sources of an answer, that of the head first; none where timing was not looked at."""
    return tuple(
        _view(answer.question, one, names, is_head=place == 0)
        for place, one in enumerate(answer.by_source)
    )


def _view(question: Question, one: SourceVerdict, names: Names, *, is_head: bool) -> SourceView:
    reading, found = one.reading, one.reading.documented
    name = source_name(reading)
    return SourceView(
        name=name[:1].upper() + name[1:],
        head=one.verdict.head,
        parts=one.verdict.parts,
        facts=facts(question, reading, names),
        tests=tuple(finding_row(test, question, reading) for test in reading.tests),
        strongest=tuple(_day(day, question, names) for day in reading.strongest),
        explained=tuple(_day(day, question, names) for day in reading.explained),
        joint=_rows(found.joint, found.joint_count, names),
        consultations=_rows(found.consultations, found.consultation_count, names),
        caveats=() if is_head else one.verdict.caveats,
        missing=() if is_head else one.verdict.missing,
        query=reading.query,
        is_head=is_head,
    )


def facts(question: Question, reading: Reading, names: Names) -> tuple[str, ...]:
    """Amounts behind a reading: days, acts, third parties, controls, sensitivity."""
    found = [] if reading.coverage is None else _amounts(question, reading.coverage)
    if reading.tests and reading.power is not None:
        found.append(
            f"Power: had one joined 35{NO_BREAK}% of the other's acts, a test at 5{NO_BREAK}% "
            f"would find it with a chance of {reading.power:.2f}."
        )
    leading = reading.leading
    if leading is not None and leading.partners:
        found.append(partners_words(leading, names).strip())
    if leading is not None and leading.bloc:
        others = listed([names(code) for code in leading.bloc])
        found.append(f"Third parties that act together with both alike: {others}.")
    elif reading.tests:
        found.append("No third party acts together with both alike.")
    if reading.consulted not in ("not testable", "too few"):
        found.append(
            f"Acts after talks of the two about {question.toward_name}: {reading.consulted}."
        )
    return (*found, *dropped_words(reading.dropped))


def _amounts(question: Question, cover: Coverage) -> list[str]:
    first, second = question.names[0], question.names[1]
    outlets = (
        "; the source names no outlets"
        if cover.outlets is None
        else f"; {counted(cover.outlets, 'independent outlet')}"
    )
    return [
        (
            f"Days: {days_between(cover.span.first, cover.span.last)}, "
            f"{number(cover.covered)} of {number(cover.days)} with any event of the source."
        ),
        (
            f"Acts toward {question.toward_name}: {first} {number(cover.acts[0])} on "
            f"{counted(cover.act_days[0], 'day')}, {second} {number(cover.acts[1])} on "
            f"{counted(cover.act_days[1], 'day')}; from {counted(cover.rows, 'report')} before "
            f"folding and duplicates, {number(cover.counted)} after{outlets}."
        ),
        (
            f"Control: {counted(cover.third_acts, 'act')} of "
            f"{counted(cover.third_parties, 'third party', 'third parties')}; "
            f"{counted(cover.placebos, 'placebo pair')}."
        ),
    ]


def dropped_words(dropped: Sequence[Dropped]) -> tuple[str, ...]:
    """How much the leading test hangs on any one part of the data, each a sentence.

    Args:
        dropped: the test with something left out: parts by name, and periods.
    """
    parts = [one for one in dropped if not one.is_period]
    return (*map(_without, parts), *_periods([one for one in dropped if one.is_period]))


def _without(one: Dropped) -> str:
    if one.p is None or one.lift is None:
        return f"Leading test without {one.what}: too little left."
    return f"Leading test without {one.what}: lift {one.lift:.2f}, {p_words(one.p)}."


def _periods(dropped: Sequence[Dropped]) -> Iterator[str]:
    known = [(one.p, one.what) for one in dropped if one.p is not None]
    if not known:
        return
    least, most = min(known), max(known)
    gone = [one.what for one in dropped if one.p is None]
    yield (
        f"Leading test, one period left out at a time: {p_words(least[0])} without {least[1]} to "
        f"{p_words(most[0])} without {most[1]}"
        f"{f'; too little left without {listed(gone)}' if gone else ''}."
    )


def finding_row(test: Finding, question: Question, reading: Reading) -> tuple[str, ...]:
    """One direction as cells under `TEST_HEADS`."""
    pair = (question.names[0], question.names[1])
    place, of = test.rank
    low, high = test.lift_interval
    least, most = test.share_interval
    return (
        direction_words(test.direction, pair, reading.cell_days),
        f"{test.observed:.0f}",
        f"{test.expected:.1f}" if test.bears_claim else f"{test.expected:.1f} (too few)",
        f"{test.lift:.2f} [{low:.2f}, {high:.2f}]",
        f"{_plain(test.share)} [{_plain(least)}, {_plain(most)}]",
        bare(test.p),
        bare(test.corrected),
        f"{ordinal(place)} of {number(of)}",
    )


def bare(p: float) -> str:
    """A p-value without its letter."""
    return p_words(p).removeprefix("p ").removeprefix("= ")


def row_words(row: Row, names: Names) -> str:
    """A row of a dataset in a line."""
    acting = " + ".join(names(code) for code in row.actors)
    others = () if row.recipients == row.actors else row.recipients
    acted = " + ".join(names(code) for code in others)
    what = " ".join(part for part in (row.code, row.text) if part)
    more = f", {counted(row.copies, 'row')}" if row.copies > 1 else ""
    where = f"; {row.outlet}" if row.outlet else ""
    link = f"; {row.url}" if row.url else ""
    told = f": {what}" if what else ""
    return (
        f"{short_day(row.day)}, {row.kind}, {acting}{f' → {acted}' if acted else ''}{told}"
        f" ({row.id}{more}{where}{link})"
    )


def _day(one: Coincidence, question: Question, names: Names) -> DayView:
    title = short_day(one.day)
    if one.partner_days != (one.day,):
        others = listed([short_day(day) for day in one.partner_days])
        title = f"{question.names[0]} {title}, {question.names[1]} {others}"
    types = f"both {listed([cell_words(cell) for cell in one.types])}; " if one.types else ""
    return DayView(
        title,
        f"{types}chance of both, given third parties, {_chance(one.chance)}",
        _rows(one.rows, len(one.rows), names),
        one.records,
    )


def _rows(rows: Sequence[Row], count: int, names: Names) -> tuple[str, ...]:
    told = [row_words(row, names) for row in rows[:MOST_ROWS]]
    left = count - len(told)
    return (*told, f"… and {number(left)} more") if left > 0 else tuple(told)


def cell_words(cell: str) -> str:
    """A type as shown: a CAMEO root with its meaning, a PLOVER type as it is.

    Example:
        >>> cell_words("04"), cell_words("AID")
        ('04 (consult)', 'AID')
    """
    known = cameo.codes().get(cell) or cameo.statement_codes().get(cell)
    if known is None:
        return cell
    return f"{cell} ({known.meaning.split(',')[0].lower()})"


def _chance(chance: float) -> str:
    if chance > 0.99:
        return f"over 99{NO_BREAK}%"
    return f"under 1{NO_BREAK}%" if chance < 0.01 else f"{100 * chance:.0f}{NO_BREAK}%"


def _plain(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
