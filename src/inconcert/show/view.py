"""Answers laid out as the parts of a brief; every number is counted here and nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from inconcert.core.evidence import EventRecord, one_each, outlets
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer, Column
from inconcert.judge.amounts import counted, dated, listed, told_in
from inconcert.judge.caveats import caveats, missing
from inconcert.judge.coders import are_measured
from inconcert.judge.parts import only_about, toward_or_with
from inconcert.judge.rules import (
    ALIKE,
    AT_ODDS,
    CANNOT_TELL,
    IN_CONCERT,
    IN_PARALLEL,
    INDEPENDENT,
)
from inconcert.ontology import plover
from inconcert.show.asked import command, heard, material, spelt_out, title
from inconcert.show.by_source import sources_of
from inconcert.show.ledger import Entry, Ledger, Number
from inconcert.show.marks import Record, participants_of
from inconcert.show.parts import (
    Bottom,
    BriefView,
    Listing,
    Matrix,
    QuestionView,
    Row,
    Speakers,
    Split,
    Timeline,
    Track,
    TypeRow,
)
from inconcert.show.periods import Frame, Period
from inconcert.show.saying import by_speaker, naming

Names = Callable[[str], str]

HEADS = {
    IN_CONCERT: "{pair} act in concert toward {other}.",
    ALIKE: "{pair} act alike toward {other}; contact between them is not shown.",
    IN_PARALLEL: "{pair} act in parallel toward {other}: from a common cause, not together.",
    INDEPENDENT: "{pair} act independently of each other toward {other}.",
    AT_ODDS: "{pair} are at odds over {other}.",
    CANNOT_TELL: "Cannot tell whether {pair} act in concert toward {other}.",
}
"""The head of a verdict as a sentence."""

QUADS = ("material cooperation", "verbal cooperation", "verbal conflict", "material conflict")
"""Order in which types are listed: from warm to cold."""

MOST_SPEAKERS = 10
"""Speakers of one actor with a heading of their own; the rest are put together."""


def view(
    answers: Sequence[Answer], *, title: str, names: Names, made: datetime, version: str
) -> BriefView:
    """Lay out a brief.

    Args:
        answers: one a question, in the order they are shown.
        title: of the brief.
        names: name of a code as shown.
        made: when the brief was made.
        version: of the program.
    """
    ledger = Ledger(answers)
    questions = tuple(
        _Layout(answer, ledger, number, names).question(
            _first_with(answers, answer), _only_sources(answers, answer)
        )
        for number, answer in enumerate(answers, 1)
    )
    coders = tuple(dict.fromkeys(coder for answer in answers for coder in answer.corpus.coders))
    return BriefView(
        title=title,
        made=made,
        version=version,
        questions=questions,
        groups=ledger.groups,
        entries=ledger.entries,
        coders=coders,
        measured=are_measured(coders),
        sectors=_sectors(ledger.entries),
    )


def _sectors(entries: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    """Sectors of the participants of some records, with their meaning."""
    found = {
        sector
        for entry in entries
        for who in participants_of(entry.record)
        for sector in who.sectors
    }
    known = plover.sectors()
    return tuple((sector, known[sector]) for sector in sorted(found) if sector in known)


def _first_with(answers: Sequence[Answer], answer: Answer) -> int:
    """Number of the first question with the same corpus."""
    return next(n for n, other in enumerate(answers, 1) if other.corpus == answer.corpus)


def _only_sources(answers: Sequence[Answer], answer: Answer) -> tuple[str, ...]:
    """Sources an answer is limited to, where another answer of the brief draws on more."""
    own = tuple(summary.source.name for summary in answer.corpus.sources)
    every = {summary.source.name for other in answers for summary in other.corpus.sources}
    return own if every - set(own) else ()


class _Layout:
    """Lays out one question, counting into the ledger."""

    def __init__(self, answer: Answer, ledger: Ledger, number: int, names: Names) -> None:
        self.answer, self.ledger, self.serial, self.names = answer, ledger, number, names
        self.asked = answer.question
        days = [record.day for column in answer.columns for record in _counted(column)]
        self.days = [day for day in days if day is not None]
        self.frame = Frame.over(self.days, _covered(answer), answer.question.split)

    def question(self, first_with_corpus: int, sources: Sequence[str]) -> QuestionView:
        """All parts of the question."""
        asked, answer = self.asked, self.answer
        aside = [record for column in answer.columns for record in column.set_aside]
        return QuestionView(
            number=self.serial,
            title=title(asked),
            asked=spelt_out(asked, self.names),
            material=material(answer.corpus, self.names),
            bottom=self._bottom(),
            names=tuple(column.name for column in answer.columns),
            other=asked.toward_name,
            totals=self._totals(),
            told=self._told(),
            heard=heard(asked, answer.corpus),
            corpus=answer.corpus,
            same_corpus_as=first_with_corpus if first_with_corpus != self.serial else None,
            timeline=self._timeline(),
            types=self._types(),
            sums=self._sums(),
            acts=tuple(
                self._listing(f"{column.name}, all acts", column.deeds)
                for column in answer.columns
                if column.deeds
            ),
            matrices=tuple(self._matrix(column) for column in answer.columns),
            joint=self._listing(f"joint acts toward or with {asked.toward_name}", answer.joint),
            consultations=self._listing(
                "consultations between them, about anything", answer.consultations
            ),
            bearing=self._listing(_bearing_title(len(asked.actors)), answer.bearing),
            named=naming(answer, f"q{self.serial}-named"),
            speakers=tuple(self._speakers(column) for column in answer.columns),
            set_aside=self._set_aside(aside),
            set_aside_number=self._count("set aside", aside),
            split=asked.split,
            command=command(asked, asked.sources or sources),
            sources=sources_of(answer, self.names),
            sayings=answer.sayings,
        )

    def _count(self, title: str, records: Iterable[Record]) -> Number:
        return self.ledger.number(f"Question {self.serial}: {title}", records)

    def _listing(self, title: str, records: Sequence[Record]) -> Listing:
        return Listing(title, self._count(title, records), self.ledger.entries_of(records))

    def _split(self, title: str, records: Sequence[Record]) -> Split:
        """Count all, and where the question has a split, before it and from it on."""
        day = self.asked.split
        total = self._count(title, records)
        if day is None:
            return Split(total)
        before = [record for record in records if record.day is not None and record.day < day]
        after = [record for record in records if record.day is not None and record.day >= day]
        undated = [record for record in records if record.day is None]
        return Split(
            total,
            self._count(f"{title}, before {dated(day)}", before),
            self._count(f"{title}, from {dated(day)} on", after),
            self._count(f"{title}, day unknown", undated) if undated else None,
        )

    def _bottom(self) -> Bottom:
        asked, answer, verdict = self.asked, self.answer, self.answer.verdict
        if verdict is None:
            warned = caveats(asked, answer.columns, answer.corpus, names=self.names)
            needed = missing(asked, answer.columns, answer.corpus)
            return Bottom(None, None, (), warned, needed)
        head = HEADS[verdict.head].format(pair=listed(asked.names), other=asked.toward_name)
        return Bottom(head, verdict.caveats[0], verdict.parts, verdict.caveats[1:], verdict.missing)

    def _told(self) -> str:
        """How often the acts are told, and by how many who do not copy one another."""
        told = [
            f"{column.name} {counted(len(one_each(column.deeds)), 'act')} in "
            f"{told_in(len(column.deeds), outlets(column.deeds))}"
            for column in self.answer.columns
            if column.deeds
        ]
        return f"An act told several times counts once: {'; '.join(told)}." if told else ""

    def _totals(self) -> tuple[Row, ...]:
        """What each actor did and said: four numbers, the first by quad class."""
        columns, other = self.answer.columns, self.asked.toward_name
        met = [toward_or_with(column.deeds, self.asked.toward) for column in columns]
        about = [only_about(column.deeds, self.asked.toward) for column in columns]
        acts = f"acts toward or with {other}"
        return (
            self._row(acts, met),
            *self._parts(acts, {quad: [_of_quad(deeds, quad) for deeds in met] for quad in QUADS}),
            self._row(f"acts only about {other}", about),
            self._row(f"statements that name {other}", [column.statements for column in columns]),
            self._row(
                "acts set aside as planned, denied, supposed or long past",
                [column.set_aside for column in columns],
            ),
        )

    def _row(
        self, name: str, records: Sequence[Sequence[Record]], *, part_of: str | None = None
    ) -> Row:
        title = name if part_of is None else f"{part_of}: {name}"
        cells = (
            self._split(f"{column.name}, {title}", found)
            for column, found in zip(self.answer.columns, records, strict=True)
        )
        return Row(name, tuple(cells), part_of is not None)

    def _parts(
        self, whole: str, parts: Mapping[str, Sequence[Sequence[Record]]]
    ) -> tuple[Row, ...]:
        """Rows that count some of what the row above them counts; those of nothing left out."""
        return tuple(
            self._row(name, records, part_of=whole)
            for name, records in parts.items()
            if any(records)
        )

    def _timeline(self) -> Timeline:
        periods = self.frame.periods(self.days)
        undated = [
            record
            for column in self.answer.columns
            for record in _counted(column)
            if record.day is None
        ]
        return Timeline(
            periods=periods,
            tracks=tuple(
                Track(
                    column.name,
                    self._by_period(f"{column.name}, acts", column.deeds, periods),
                    self._by_period(f"{column.name}, statements", column.statements, periods),
                )
                for column in self.answer.columns
            ),
            split=self.asked.split,
            undated=self._count("acts and statements whose day is unknown", undated),
        )

    def _by_period(
        self, title: str, records: Sequence[Record], periods: Sequence[Period]
    ) -> tuple[Number, ...]:
        parted = self._parted(records)
        return tuple(
            self._count(f"{title}, {period}", parted.get(period, ())) for period in periods
        )

    def _parted(self, records: Iterable[Record]) -> dict[Period | None, list[Record]]:
        """Records by the period of their day; None for those without one."""
        parted: dict[Period | None, list[Record]] = defaultdict(list)
        for record in records:
            day = record.day
            parted[None if day is None else self.frame.of(day)].append(record)
        return dict(parted)

    def _types(self) -> tuple[TypeRow, ...]:
        found = {deed.event.type for column in self.answer.columns for deed in column.deeds}
        return tuple(
            TypeRow(
                kind,
                _quad(kind),
                _meaning(kind),
                tuple(
                    self._split(f"{column.name}, {kind}", _of_type(column.deeds, kind))
                    for column in self.answer.columns
                ),
            )
            for kind in sorted(found, key=_warm_to_cold)
        )

    def _sums(self) -> tuple[Row, ...]:
        """All acts; those toward or with the other side, by its members; those only about it."""
        columns, other, members = self.answer.columns, self.asked.toward_name, self.asked.toward
        met = [toward_or_with(column.deeds, members) for column in columns]
        about = [only_about(column.deeds, members) for column in columns]
        acts = f"acts toward or with {other}"
        by_member = {
            self.names(code): [toward_or_with(deeds, (code,)) for deeds in met] for code in members
        }
        return (
            self._row("all acts", [column.deeds for column in columns]),
            self._row(acts, met),
            *(self._parts(acts, by_member) if len(members) > 1 else ()),
            self._row(f"acts only about {other}", about),
        )

    def _matrix(self, column: Column) -> Matrix:
        types = tuple(sorted({deed.event.type for deed in column.deeds}, key=_warm_to_cold))
        parted = self._parted(column.deeds)
        ordered = sorted(parted, key=lambda period: period.first if period else date.max)
        rows = tuple(
            (period, tuple(self._cell(column, period, kind, parted[period]) for kind in types))
            for period in ordered
        )
        return Matrix(column.name, types, rows)

    def _cell(
        self, column: Column, period: Period | None, kind: str, records: Sequence[Record]
    ) -> Number:
        when = "day unknown" if period is None else str(period)
        return self._count(f"{column.name}, {kind}, {when}", _of_type(records, kind))

    def _speakers(self, column: Column) -> Speakers:
        """Statements by who speaks."""
        listings = tuple(
            Listing(
                name,
                self._count(f"{column.name}, statements of {name}", records),
                self.ledger.in_order(records),
            )
            for name, records in by_speaker(column, self.asked.toward).items()
        )
        said = f"{column.name}, statements that name {self.asked.toward_name}"
        total = self._count(said, column.statements)
        return Speakers(column.name, total, listings[:MOST_SPEAKERS], listings[MOST_SPEAKERS:])

    def _set_aside(self, records: Sequence[EventRecord]) -> tuple[Listing, ...]:
        """Events that carry an auxiliary mode, by modes."""
        by_modes: dict[str, list[EventRecord]] = defaultdict(list)
        for record in records:
            by_modes[" and ".join(record.event.auxiliary)].append(record)
        return tuple(self._listing(modes, by_modes[modes]) for modes in sorted(by_modes))


def _bearing_title(actors: int) -> str:
    if actors < 2:
        return "other acts told in sentences that name both sides"
    return "other acts told in sentences that name two of them, or one and the other side"


def _covered(answer: Answer) -> TimeSpan | None:
    """Days that the documents cover, as far as they were asked about; None where none is known."""
    sources = answer.corpus.sources
    firsts = [each.first for each in sources if each.first is not None]
    lasts = [each.last for each in sources if each.last is not None]
    if not firsts or not lasts:
        return None
    first, last, asked = min(firsts), max(lasts), answer.question.span
    if asked is not None:
        first, last = max(first, asked.first), min(last, asked.last)
    return TimeSpan(first, last) if first <= last else None


def _counted(column: Column) -> tuple[Record, ...]:
    return (*column.deeds, *column.statements)


def _of_quad(deeds: Iterable[EventRecord], quad: str) -> list[EventRecord]:
    return [deed for deed in deeds if _quad(deed.event.type) == quad]


def _of_type(records: Iterable[Record], kind: str) -> list[Record]:
    return [
        record
        for record in records
        if isinstance(record, EventRecord) and record.event.type == kind
    ]


def _quad(kind: str) -> str:
    known = plover.event_types().get(kind)
    return known.quad if known else "other"


def _meaning(kind: str) -> str:
    known = plover.event_types().get(kind)
    return known.meaning if known else ""


def _warm_to_cold(kind: str) -> tuple[int, str]:
    quad = _quad(kind)
    return (QUADS.index(quad) if quad in QUADS else len(QUADS)), kind
