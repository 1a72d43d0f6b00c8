"""The evidence table of a question: what is seen, on which day, for or against, and its endnote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from inconcert.core.evidence import EventRecord, Located, StatementRecord, one_each
from inconcert.core.reading import Coincidence, Reading, Row
from inconcert.core.verdict import Answer, Column
from inconcert.judge.amounts import counted, listed
from inconcert.judge.answer import consultations_about
from inconcert.judge.media import STATE, is_state
from inconcert.judge.parts import toward_or_with
from inconcert.judge.sayings import NOT_TOGETHER, OPEN, TOGETHER
from inconcert.show.brief_blocks import Line, Piece, Table, noted, plain
from inconcert.show.by_source import cell_words
from inconcert.show.marks import snippet
from inconcert.show.notes import Cited, Notes, cut
from inconcert.show.saying import by_speaker
from inconcert.show.words import days_of, short_day, short_days

Cells = tuple[Line, ...]

HEADS = ("Evidence", "Day", "Source", "Bears", "Grade")
FOR, AGAINST, OPEN_TO = "for", "against", "either way"
MOST_JOINT, MOST_TALKS, MOST_DAYS, MOST_EXPLAINED, MOST_SAID = 4, 3, 3, 2, 2
MOST_ACTS, MOST_STATEMENTS = 4, 2
MOST_KINDS = 3
COMMITMENTS = ("promise", "demand", "denial", "condition", "none")
"""From what commits a speaker most to what does not."""
LONG = 110
"""Characters of a sentence in the table; the whole stands in its endnote."""


def evidence_table(answer: Answer, notes: Notes) -> Table | None:
    """The weightiest evidence of an answer; None where there is none.

    Args:
        answer: to one question.
        notes: of the brief; every row is cited there.
    """
    rows = tuple(_of_pair(answer, notes) if answer.verdict else _of_columns(answer, notes))
    heads = HEADS if answer.verdict else (*HEADS[:3], "Whose", HEADS[4])
    return Table(heads, rows) if rows else None


def _of_pair(answer: Answer, notes: Notes) -> Iterator[Cells]:
    for record in one_each(answer.joint)[:MOST_JOINT]:
        yield _record("Joint act", record, FOR, notes)
    talks = consultations_about(answer.question, answer.consultations)
    for record in one_each(talks)[:MOST_TALKS]:
        yield _record("Talks that name the other side", record, FOR, notes)
    for place, one in enumerate(answer.by_source):
        reading = one.reading
        for row in reading.documented.joint[:MOST_JOINT]:
            number = notes.cite(row, source=reading.source)
            what = noted(plain(f"Joint act, {row.code} {row.text}".strip()), (number,))
            yield (
                what,
                plain(short_day(row.day)),
                plain(reading.source),
                plain(FOR),
                _grades([row], notes),
            )
        talks_of = reading.documented
        if talks_of.consultation_count:
            last = talks_of.consultations[-1:]
            cited = notes.cite_all(last, source=reading.source)
            told = (
                f"{counted(talks_of.consultation_count, 'consultation')} of the two on "
                f"{counted(talks_of.consultation_days, 'day')}, about what is not told"
            )
            yield (
                noted(plain(told), cited), plain("–"), plain(reading.source), plain(OPEN_TO),
                _grades(last, notes),
            )  # fmt: skip
        if place == 0:
            yield from _days(answer, reading, notes)
    yield from _said(answer, notes)


def _days(answer: Answer, reading: Reading, notes: Notes) -> Iterator[Cells]:
    """Days of the tests: against expectation, and as everybody acts."""
    names, leading = answer.question.names, reading.leading
    is_typed = leading is not None and leading.is_typed
    what = "Both do the same, others hardly" if is_typed else "Both act, others hardly"
    shown = reading.strongest[:MOST_DAYS]
    for day in shown:
        yield _day(what, day, reading, FOR, notes, names)
    days = {day.day for day in shown}
    as_others = [day for day in reading.explained if day.day not in days]
    for day in as_others[:MOST_EXPLAINED]:
        yield _day("Both act, as others do", day, reading, AGAINST, notes, names)


def _day(
    what: str,
    day: Coincidence,
    reading: Reading,
    bears: str,
    notes: Notes,
    names: Sequence[str],
) -> Cells:
    kinds = [cell_words(cell) for cell in day.types[:MOST_KINDS]]
    left = len(day.types) - len(kinds)
    kinds += [f"{left} more"] if left else []
    types = f": both {listed(kinds)}" if kinds else ""
    when = short_day(day.day)
    if day.partner_days != (day.day,):
        others = listed([short_day(other) for other in day.partner_days])
        when = f"{names[0]} {when}, {names[1]} {others}"
    rows, records = of_each(day), day.records[:2]
    numbers = (*notes.cite_all(rows, source=reading.source), *notes.cite_all(records))
    source = "texts" if reading.kind == "texts" else reading.source
    return (
        noted(plain(f"{what}{types}"), numbers), plain(when), plain(source), plain(bears),
        _grades((*rows, *records), notes),
    )  # fmt: skip


def of_each(day: Coincidence) -> list[Row]:
    """One row of each actor, so that both are cited."""
    found: dict[tuple[str, ...], Row] = {}
    for row in day.rows:
        found.setdefault(row.actors, row)
    return list(found.values())[:2]


def _said(answer: Answer, notes: Notes) -> Iterator[Cells]:
    for says, bears in ((TOGETHER, FOR), (NOT_TOGETHER, AGAINST), (OPEN, OPEN_TO)):
        for one in [each for each in answer.sayings if each.says == says][:MOST_SAID]:
            words = (Piece("Said in a text: "), Piece(f"“{_short(one.at.sentence)}”", "quote"))
            yield (
                noted(words, (notes.cite(one.at),)),
                plain(short_days(one.at.published)),
                plain(_source(one.at)),
                plain(bears),
                _grades([one.at], notes),
            )


def _of_columns(answer: Answer, notes: Notes) -> Iterator[Cells]:
    """For each actor its clearest acts, of different types, and its last statements."""
    for column in answer.columns:
        acts: dict[str, EventRecord] = {}
        met = toward_or_with(column.deeds, answer.question.toward)
        for record in sorted(met, key=lambda each: -each.event.confidence):
            acts.setdefault(record.event.type, record)
        for record in list(acts.values())[:MOST_ACTS]:
            yield _record(record.event.type, record, column.name, notes)
        for said in telling_statements(column, answer.question.toward)[:MOST_STATEMENTS]:
            yield _record("Statement", said, column.name, notes)


def telling_statements(column: Column, toward: Sequence[str]) -> list[StatementRecord]:
    """One statement a speaker, the most talkative first, of each the one that commits it most.

    Args:
        column: the actor's.
        toward: codes of the other side.
    """
    found, seen = [], set()
    for records in by_speaker(column, toward).values():
        # a promise or a demand tells more of what somebody is up to than an "if"
        first = min(records, key=_weight)
        place = (first.at.document, first.at.start)
        if place not in seen:
            seen.add(place)
            found.append(first)
    more = [
        each
        for each in column.statements
        if each.statement.commitment != "none" and (each.at.document, each.at.start) not in seen
    ]
    return [*found, *more]


def _weight(said: StatementRecord) -> int:
    return COMMITMENTS.index(said.statement.commitment)


def _record(what: str, record: EventRecord | StatementRecord, bears: str, notes: Notes) -> Cells:
    words = (Piece(f"{what}: "), Piece(f"“{snippet(record, characters=LONG)}”", "quote"))
    return (
        noted(words, (notes.cite(record),)),
        plain(short_days(days_of(record))),
        plain(_source(record.at)),
        plain(bears),
        _grades([record], notes),
    )


def _source(at: Located) -> str:
    """Name of a source, flagged where it is state media."""
    return f"{at.source.name}, {STATE}" if is_state(at.source) else at.source.name


def _grades(items: Iterable[Cited], notes: Notes) -> Line:
    """Grades of what is cited, each once: outlet and item."""
    return plain(", ".join(dict.fromkeys(notes.graded.of(one).code for one in items)) or "–")


def _short(sentence: str) -> str:
    words = cut(sentence)
    return words if len(words) <= LONG else f"{words[:LONG].rsplit(' ', 1)[0]} …"
