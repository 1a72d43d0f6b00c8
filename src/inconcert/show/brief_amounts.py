"""Key judgements on actors laid side by side: what they did and said, as coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from inconcert.core.evidence import EventRecord, StatementRecord, one_each, outlets
from inconcert.core.verdict import Answer, Column
from inconcert.judge.amounts import counted, dated, listed, noun, number, percent, told_in
from inconcert.judge.coders import are_measured
from inconcert.judge.parts import toward_or_with
from inconcert.ontology import plover
from inconcert.show.brief_confidence import Confidence, agreement_of_sources, of_records
from inconcert.show.brief_media import Known
from inconcert.show.brief_rows import telling_statements
from inconcert.show.judgements import Judged, Judgement
from inconcert.show.notes import Notes
from inconcert.show.saying import by_speaker

Record = EventRecord | StatementRecord

MOST_NOTES = 3
"""Speakers of whom a statement is cited."""
FEW = 20
"""Acts below which no percentage is made of them."""
MOST_TYPES = 3
"""Types, and speakers, that are named."""


class Amounts:
    """Judgements on actors that are laid side by side: what they did and said, as coded."""

    def __init__(self, answer: Answer, notes: Notes, known: Known) -> None:
        self.answer, self.notes, self.known = answer, notes, known
        self.asked, self.other = answer.question, answer.question.toward_name
        self.sides = (*(c for codes in self.asked.actors for c in codes), *self.asked.toward)

    def judged(self) -> Judged:
        """Everything."""
        found = [one for column in self.answer.columns if (one := self._column(column))]
        silent = [
            f"{column.name}: neither an act toward or with {self.other} nor a statement that "
            "names it was found."
            for column in self.answer.columns
            if not column.statements and not self._met(column)
        ]
        return Judged(self._bottom(), "", tuple(found), tuple(silent))

    def _met(self, column: Column) -> tuple[EventRecord, ...]:
        return toward_or_with(column.deeds, self.asked.toward)

    def _bottom(self) -> str:
        """A sentence an actor: acts, how many of them cooperative, statements."""
        told = []
        for column in self.answer.columns:
            met = one_each(self._met(column))
            said = counted(len(column.statements), "statement")
            told.append(
                f"{column.name}: {self._amount(met)}; "
                f"{said} that {noun(len(column.statements), 'names', 'name')} it."
            )
        return " ".join(told)

    def _amount(self, met: Sequence[EventRecord]) -> str:
        """How many acts, before and after a day where one parts them, and how many cooperative."""
        before, after = self._parted(met)
        if self.asked.split is None or not (before and after):
            warm = f", {_cooperative(met)} cooperative" if met else ""
            return f"{counted(len(met), 'act')} toward or with {self.other}{warm}"
        day = dated(self.asked.split)
        return (
            f"{counted(len(before), 'act')} toward or with {self.other} before {day} "
            f"({_cooperative(before)} cooperative), {number(len(after))} from then on "
            f"({_cooperative(after)} cooperative)"
        )

    def _column(self, column: Column) -> Judgement | None:
        """What one actor did and said; None where it did and said nothing."""
        records = self._met(column)
        if not records and not column.statements:
            return None
        return Judgement(
            f"{column.name}. {self._acts(records)} {self._statements(column)}",
            f"Told in {told_in(len(records), outlets(records))}.{self._pace(records)}"
            if records
            else "",
            self._confidence((*records, *column.statements)),
            self.notes.cite_all(self._cited(column, records)),
        )

    def _cited(self, column: Column, records: Sequence[EventRecord]) -> list[Record]:
        kinds = Counter(each.event.type for each in one_each(records)).most_common(MOST_TYPES)
        clearest = _clearest(records, [kind for kind, _ in kinds])
        return [*clearest, *telling_statements(column, self.asked.toward)[:MOST_NOTES]]

    def _acts(self, records: Sequence[EventRecord]) -> str:
        """Acts by type, before and after the day that parts the answer."""
        met = one_each(records)
        if not met:
            return f"No act toward or with {self.other} was found."
        kinds = Counter(each.event.type for each in met).most_common(MOST_TYPES)
        is_once = all(count == 1 for _, count in kinds)
        types = listed([kind if is_once else f"{kind} ({number(count)})" for kind, count in kinds])
        all_of = "are" if sum(count for _, count in kinds) == len(met) else "are mostly"
        told = f"Its {counted(len(met), 'act')} toward or with {self.other}, as coded, {all_of}"
        if len(met) == 1:
            return f"Its 1 act toward or with {self.other}, as coded, is {met[0].event.type}."
        return f"{told} {types}."

    def _parted(
        self, records: Sequence[EventRecord]
    ) -> tuple[list[EventRecord], list[EventRecord]]:
        day = self.asked.split
        if day is None:
            return [], []
        before = [each for each in records if each.day is not None and each.day < day]
        return before, [each for each in records if each.day is not None and each.day >= day]

    def _pace(self, records: Sequence[EventRecord]) -> str:
        """Acts a week before and after the day that parts the answer: the spans differ in length.

        Only days of the documents count, and acts that are told of those days.
        """
        day, span = self.asked.split, self.asked.span
        first = min((one.first for one in self.answer.corpus.sources if one.first), default=None)
        last = max((one.last for one in self.answer.corpus.sources if one.last), default=None)
        if day is None or first is None or last is None:
            return ""
        if span is not None:
            first, last = max(first, span.first), min(last, span.last)
        if not first < day <= last:
            return ""
        days = (day - first).days, (last - day).days + 1
        told = [one.day for one in one_each(records) if one.day and first <= one.day <= last]
        early = sum(each < day for each in told)
        paces = 7 * early / days[0], 7 * (len(told) - early) / days[1]
        return (
            f" The documents run over {counted(days[0], 'day')} before {dated(day)} and "
            f"{number(days[1])} from then on; in these it acts {paces[0]:.1f} times a week, then "
            f"{paces[1]:.1f} times."
        )

    def _change(self, before: int, after: int) -> str:
        """Statements before and after the day that parts the answer; empty without one."""
        day = self.asked.split
        if day is None:
            return ""
        told = f" Before {dated(day)} there are {number(before)} statements, from then on"
        return f"{told} {number(after)}."

    def _statements(self, column: Column) -> str:
        found, day = column.statements, self.asked.split
        if not found:
            return f"No statement of it that names {self.other} was found."
        speakers = list(by_speaker(column, self.asked.toward).items())
        most = [f"{name} ({number(len(records))})" for name, records in speakers[:MOST_TYPES]]
        by = f", most by {listed(most)}" if len(speakers) > 1 else ""
        days = [each.day for each in found if each.day is not None] if day else []
        before = sum(each < day for each in days) if day else 0
        change = self._change(before, len(days) - before)
        names = noun(len(found), "names", "name")
        return (
            f"It is on record with {counted(len(found), 'statement')} that {names} "
            f"{self.other}{by}.{change}"
        )

    def _confidence(self, records: Sequence[Record]) -> Confidence:
        return of_records(
            records,
            self.sides,
            agreement_of_sources(0, 0),
            known=self.known,
            unmeasured=not are_measured(self.answer.corpus.coders),
        )


def _cooperative(records: Sequence[EventRecord]) -> str:
    """How many of some acts are cooperative, in words that never round to none or all."""
    warm = sum(map(_is_cooperative, records))
    if warm in (0, len(records)):
        return "none" if not warm else "all"
    if len(records) < FEW:
        return f"{warm:,} of {len(records):,}"
    return percent(warm, len(records))


def _is_cooperative(record: EventRecord) -> bool:
    known = plover.event_types().get(record.event.type)
    return known is not None and known.is_cooperation


def _clearest(records: Iterable[EventRecord], kinds: Sequence[str]) -> list[EventRecord]:
    """For each type the record that the coder is surest of."""
    by_kind: dict[str, list[EventRecord]] = {}
    for record in records:
        by_kind.setdefault(record.event.type, []).append(record)
    return [max(by_kind[kind], key=lambda each: each.event.confidence) for kind in kinds]
