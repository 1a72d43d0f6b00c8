"""Answers laid out as the parts of a brief; every number is counted here and nowhere else."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from inconcert.core.evidence import Corpus, EventRecord, StatementRecord
from inconcert.core.question import Question
from inconcert.core.verdict import Answer, Column
from inconcert.judge.amounts import counted, dated, days_between, listed, percent
from inconcert.judge.caveats import caveats, missing
from inconcert.judge.coders import are_measured
from inconcert.judge.rules import (
    ALIKE,
    AT_ODDS,
    CANNOT_TELL,
    IN_CONCERT,
    IN_PARALLEL,
    INDEPENDENT,
)
from inconcert.ontology import plover
from inconcert.show.ledger import Ledger, Number
from inconcert.show.marks import Record
from inconcert.show.parts import (
    Bottom,
    BriefView,
    Listing,
    Matrix,
    QuestionView,
    RecipientRow,
    Speakers,
    Split,
    Summary,
    Timeline,
    Track,
    TypeRow,
)
from inconcert.show.periods import Period, Unit, periods_over, unit_for

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

MOST_COUNTRIES = 5
"""Countries named in the line on the material; the rest are put together."""


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
    )


def material(corpus: Corpus, names: Names) -> str:
    """What was read, in one sentence: how much, and whose words."""
    size = f"{counted(corpus.sentences, 'sentence')} of {counted(corpus.documents, 'document')}"
    total = sum(count for _, count in corpus.sentences_by_country)
    if not total:
        return f"Read: {size}."
    ranked = sorted(corpus.sentences_by_country, key=lambda pair: -pair[1])
    shares = [
        f"{'unknown' if code is None else names(code)} {percent(count, total)}"
        for code, count in ranked[:MOST_COUNTRIES]
    ]
    rest = ranked[MOST_COUNTRIES:]
    if rest:
        others = counted(len(rest), "other")
        shares.append(f"{others} {percent(sum(count for _, count in rest), total)}")
    return f"Read: {size}. Sentences by the speaker’s country: {', '.join(shares)}."


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
        self.unit: Unit = unit_for(self.days)

    def question(self, first_with_corpus: int, sources: Sequence[str]) -> QuestionView:
        """All parts of the question."""
        asked, answer = self.asked, self.answer
        aside = [record for column in answer.columns for record in column.set_aside]
        return QuestionView(
            number=self.serial,
            title=_title(asked),
            asked=_asked(asked),
            material=material(answer.corpus, self.names),
            bottom=self._bottom(),
            summaries=tuple(self._summary(column) for column in answer.columns),
            corpus=answer.corpus,
            same_corpus_as=first_with_corpus if first_with_corpus != self.serial else None,
            timeline=self._timeline(),
            types=self._types(),
            recipients=self._recipients(),
            matrices=tuple(self._matrix(column) for column in answer.columns),
            joint=self._listing("joint acts", answer.joint),
            consultations=self._listing("consultations", answer.consultations),
            bearing=self._listing("other sentences that bear on the question", answer.bearing),
            speakers=tuple(self._speakers(column) for column in answer.columns),
            set_aside=self._set_aside(aside),
            set_aside_number=self._count("set aside", aside),
            split=asked.split,
            command=_command(asked, sources),
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
            return Bottom(None, (), warned, needed)
        head = HEADS[verdict.head].format(pair=listed(asked.names), other=asked.toward_name)
        return Bottom(head, verdict.parts, verdict.caveats, verdict.missing)

    def _summary(self, column: Column) -> Summary:
        counts = Counter(deed.event.type for deed in column.deeds)
        ranked = sorted(counts, key=lambda kind: (-counts[kind], kind))
        return Summary(
            name=column.name,
            acts=self._split(f"acts of {column.name}", column.deeds),
            statements=self._split(f"statements of {column.name}", column.statements),
            types=tuple(
                (
                    kind,
                    self._count(f"acts of {column.name}, {kind}", _of_type(column.deeds, kind)),
                )
                for kind in ranked[:4]
            ),
            set_aside=self._count(f"acts of {column.name} set aside", column.set_aside),
        )

    def _timeline(self) -> Timeline:
        days = [*self.days, self.asked.split] if self.days and self.asked.split else self.days
        periods = periods_over(days, self.unit)
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
                    self._by_period(f"acts of {column.name}", column.deeds, periods),
                    self._by_period(f"statements of {column.name}", column.statements, periods),
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
            parted[None if day is None else Period.of(day, self.unit)].append(record)
        return dict(parted)

    def _types(self) -> tuple[TypeRow, ...]:
        found = {deed.event.type for column in self.answer.columns for deed in column.deeds}
        return tuple(
            TypeRow(
                kind,
                _quad(kind),
                _meaning(kind),
                tuple(
                    self._split(f"acts of {column.name}, {kind}", _of_type(column.deeds, kind))
                    for column in self.answer.columns
                ),
            )
            for kind in sorted(found, key=_warm_to_cold)
        )

    def _recipients(self) -> tuple[RecipientRow, ...]:
        """Acts by those of the other side they are done to or with, or that are only about it."""
        columns = self.answer.columns
        everybody = set(self.asked.toward)
        rows = [
            self._recipient(
                f"toward {self.names(code)}",
                [[deed for deed in column.deeds if code in _met(deed)] for column in columns],
            )
            for code in self.asked.toward
        ]
        about = [
            [deed for deed in column.deeds if not everybody & _met(deed)] for column in columns
        ]
        rows.append(self._recipient(f"only about {self.asked.toward_name}", about))
        return tuple(row for row in rows if any(cell.total.count for cell in row.cells))

    def _recipient(self, name: str, deeds: Sequence[Sequence[EventRecord]]) -> RecipientRow:
        cells = (
            self._split(f"acts of {column.name} {name}", found)
            for column, found in zip(self.answer.columns, deeds, strict=True)
        )
        return RecipientRow(name, tuple(cells))

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
        return self._count(f"acts of {column.name}, {kind}, {when}", _of_type(records, kind))

    def _speakers(self, column: Column) -> Speakers:
        """Statements by who speaks, most talkative first; latest statement first in each."""
        by_name: dict[str, list[StatementRecord]] = defaultdict(list)
        for record in column.statements:
            by_name[_speaker(record, column)].append(record)
        ranked = sorted(by_name, key=lambda name: (-len(by_name[name]), name))
        listings = []
        for name in ranked:
            number = self._count(f"statements of {column.name}, {name}", by_name[name])
            entries = self.ledger.entries_of(by_name[name])
            listings.append(Listing(name, number, tuple(reversed(entries))))
        total = self._count(f"statements of {column.name}", column.statements)
        return Speakers(column.name, total, tuple(listings))

    def _set_aside(self, records: Sequence[EventRecord]) -> tuple[Listing, ...]:
        """Events that carry an auxiliary mode, by modes."""
        by_modes: dict[str, list[EventRecord]] = defaultdict(list)
        for record in records:
            by_modes[" and ".join(record.event.auxiliary)].append(record)
        return tuple(self._listing(modes, by_modes[modes]) for modes in sorted(by_modes))


def _counted(column: Column) -> tuple[Record, ...]:
    return (*column.deeds, *column.statements)


def _met(deed: EventRecord) -> set[str]:
    """Codes of those an act is done to or with."""
    return {who.code for who in (*deed.event.recipients, *deed.event.actors)}


def _of_type(records: Iterable[Record], kind: str) -> list[Record]:
    return [
        record
        for record in records
        if isinstance(record, EventRecord) and record.event.type == kind
    ]


def _speaker(record: StatementRecord, column: Column) -> str:
    """Who speaks: the person or body named, else the words of the text, else the actor."""
    own = [who for who in record.statement.speakers if who.code in column.codes]
    named = next((who.name for who in own if who.name), None)
    return named or " ".join(record.statement.speaker_text.split()) or column.name


def _title(question: Question) -> str:
    if question.title:
        return question.title
    names, other = listed(question.names), question.toward_name
    if len(question.actors) == 2:
        return f"{names} toward {other}: in concert, or in parallel?"
    return f"{names}: done and said toward {other}"


def _asked(question: Question) -> str:
    """The question spelt out: who, toward whom, when."""
    asked = f"Asked: {listed(question.names)} toward {question.toward_name}"
    if question.span is not None:
        asked += f", {days_between(question.span.first, question.span.last)}"
    if question.split is not None:
        asked += f", before {dated(question.split)} and from that day on"
    return f"{asked}."


def _command(question: Question, sources: Sequence[str]) -> str:
    """The command that asks the question again."""
    words = ["inconcert", "ask", *("+".join(codes) for codes in question.actors)]
    words += ["--toward", "+".join(question.toward)]
    if question.span is not None:
        words += ["--from", str(question.span.first), "--to", str(question.span.last)]
    if question.split is not None:
        words += ["--split", str(question.split)]
    for source in sources:
        words += ["--source", source]
    return shlex.join(words)


def _quad(kind: str) -> str:
    known = plover.event_types().get(kind)
    return known.quad if known else "other"


def _meaning(kind: str) -> str:
    known = plover.event_types().get(kind)
    return known.meaning if known else ""


def _warm_to_cold(kind: str) -> tuple[int, str]:
    quad = _quad(kind)
    return (QUADS.index(quad) if quad in QUADS else len(QUADS)), kind
