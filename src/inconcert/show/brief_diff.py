"""What is new since an earlier brief, and two briefs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, dated, listed, noun, number
from inconcert.judge.naming import records_of
from inconcert.show.brief_blocks import (
    Block,
    Heading,
    Items,
    Line,
    Paragraph,
    Piece,
    Table,
    bullets,
    plain,
    strong,
)
from inconcert.show.brief_held import Held, HeldQuestion, held_of, record_id
from inconcert.show.markdown import blocks, escape
from inconcert.show.marks import snippet
from inconcert.show.words import days_of, short_days

Record = EventRecord | StatementRecord

MOST_NEW = 8
"""New records that are listed; the rest are counted."""
LONG = 140


def news(before: Held, answers: Sequence[Answer]) -> tuple[Block, ...]:
    """What is new since an earlier brief, as the opening of the next.

    Args:
        before: what the earlier brief held.
        answers: of the brief that is being made.

    Returns:
        One part: for each question what became of the verdict, then new and vanished records.
    """
    found: list[Block] = [Heading(f"New since the brief of {_clock(before.made)}", 2, "news")]
    for place, answer in enumerate(answers, 1):
        now = held_of(answer)
        earlier = before.question(now.asked)
        found.append(Heading(f"{place}. {now.title}", 3))
        if earlier is None:
            found.append(Paragraph(plain("This question was not asked then.")))
        else:
            found += _of_question(earlier, now, answer)
    asked = {held_of(answer).asked for answer in answers}
    dropped = [each.title for each in before.questions if each.asked not in asked]
    if dropped:
        found.append(Paragraph(plain(f"Asked then, not now: {listed(dropped)}.")))
    return tuple(found)


def _of_question(before: HeldQuestion, now: HeldQuestion, answer: Answer) -> Iterator[Block]:
    changes = list(_changes(before, now))
    known = set(before.records)
    fresh = [record for record in records_of(answer) if record_id(record) not in known]
    fresh = list({record_id(record): record for record in fresh}.values())
    gone = known - set(now.records)
    rows = list(_rows(before, now))
    if not (changes or fresh or gone or rows):
        yield Paragraph(plain("Nothing is new: same verdict, same records."))
        return
    if changes:
        yield Items(tuple((change,) for change in changes))
    elif now.head:
        yield Paragraph(plain("The verdict and its parts are as they were."))
    told = [*rows]
    if gone:
        told.append(
            f"{counted(len(gone), 'record')} of then {noun(len(gone), 'is', 'are')} not counted "
            "any more: corrected by a reviewer, coded anew, or outside of what is asked now."
        )
    if told:
        yield bullets(told)
    if fresh:
        yield Paragraph(plain(f"{counted(len(fresh), 'new record')}, latest first:"))
        latest = _latest(fresh)
        yield Items(tuple((_record(each),) for each in latest[:MOST_NEW]))
        left = len(latest) - MOST_NEW
        if left > 0:
            yield Paragraph(
                plain(f"… and {counted(left, 'more sentence')} among the records."), "note"
            )


def _latest(records: Sequence[Record]) -> list[Record]:
    """One record a sentence, acts before statements, latest first."""
    acts_first = sorted(records, key=lambda each: isinstance(each, StatementRecord))
    each_once = {(each.at.document, each.at.start): each for each in reversed(acts_first)}
    return sorted(each_once.values(), key=lambda each: str(each.day or ""), reverse=True)


def _changes(before: HeldQuestion, now: HeldQuestion) -> Iterator[Line]:
    """Verdict, its parts, and what each source says by itself, where they have changed."""
    pairs = [("Verdict", before.head, now.head)]
    names = dict.fromkeys((*before.parts, *now.parts))
    pairs += [(name.capitalize(), before.parts.get(name, ""), now.parts.get(name, ""))
              for name in names]  # fmt: skip
    sources = dict.fromkeys((*before.sources, *now.sources))
    pairs += [
        (
            f"Source {name}",
            before.sources.get(name, "not there"),
            now.sources.get(name, "not there"),
        )
        for name in sources
    ]
    for name, then, today in pairs:
        if then != today:
            yield strong(f"{name}:", f"“{then or 'none'}” then, “{today or 'none'}” now.")


def _rows(before: HeldQuestion, now: HeldQuestion) -> Iterator[str]:
    """Acts in datasets, where their number has changed."""
    for name, count in now.counts.items():
        then = before.counts.get(name)
        if then is not None and then != count and " in " in name and "texts" not in name:
            yield f"{name[:1].upper()}{name[1:]}: {number(then)} then, {number(count)} now."


def _record(record: Record) -> Line:
    kind = record.event.type if isinstance(record, EventRecord) else "Statement"
    head = f"{short_days(days_of(record))}, {record.at.source.name}, {kind}: "
    return (Piece(head), Piece(f"“{snippet(record, characters=LONG)}”", "quote"))


def side_by_side(left: Held, right: Held) -> tuple[Block, ...]:
    """Two briefs next to each other: two dates of one case, or two cases.

    Questions asked of both stand in one table; where the two ask the same number of questions and
    none of them is the same, they are laid side by side in their order.

    Args:
        left: what one brief held.
        right: what the other held.
    """
    found: list[Block] = [Heading("Two briefs side by side", 2, "diff")]
    names = _names(left, right)
    pairs = [
        (each, other)
        for each in left.questions
        if (other := right.question(each.asked)) is not None
    ]
    if not pairs and len(left.questions) == len(right.questions):
        pairs = list(zip(left.questions, right.questions, strict=True))
    for one, other in pairs:
        found.append(Heading(_title(one, other), 3))
        found.append(Table(("", *names), tuple(_compared(one, other))))
    alone = [
        f"Only in {name}: {each.title}."
        for name, held, index in ((names[0], left, 0), (names[1], right, 1))
        for each in held.questions
        if all(each is not pair[index] for pair in pairs)
    ]
    if alone:
        found.append(bullets(alone))
    return tuple(found)


def diff_markdown(left: Held, right: Held) -> str:
    """The same as Markdown."""
    head = [f"# {escape(left.title)}" if left.title == right.title else "# Two cases"]
    return "\n".join([*head, *blocks(side_by_side(left, right))]) + "\n"


def _names(left: Held, right: Held) -> tuple[str, str]:
    """Heads of the columns: dates for one case, titles and dates for two."""
    times = (_clock(left.made), _clock(right.made))
    if left.title == right.title:
        return times if times[0] != times[1] else (f"{times[0]}, first", f"{times[1]}, second")
    return (f"{left.title}, {times[0]}", f"{right.title}, {times[1]}")


def _title(one: HeldQuestion, other: HeldQuestion) -> str:
    return one.title if one.title == other.title else f"{one.title} | {other.title}"


def _compared(one: HeldQuestion, other: HeldQuestion) -> Iterator[tuple[Line, Line, Line]]:
    if one.head or other.head:
        yield _cells("Verdict", one.head or "none", other.head or "none")
    for name in dict.fromkeys((*one.parts, *other.parts)):
        yield _cells(name.capitalize(), one.parts.get(name, "–"), other.parts.get(name, "–"))
    for name in dict.fromkeys((*one.sources, *other.sources)):
        yield _cells(f"Source {name}", one.sources.get(name, "–"), other.sources.get(name, "–"))
    for name in dict.fromkeys((*one.counts, *other.counts)):
        values = [each.counts.get(name) for each in (one, other)]
        if any(values):
            shown = ["–" if value is None else number(value) for value in values]
            yield _cells(name[:1].upper() + name[1:], *shown)
    shared = len(set(one.records) & set(other.records))
    alone = [len(set(each.records)) - shared for each in (one, other)]
    yield _cells("Records found in both", number(shared), number(shared))
    yield _cells("Records found in this one alone", *map(number, alone))


def _cells(name: str, left: str, right: str) -> tuple[Line, Line, Line]:
    is_same = left == right
    cells = [(Piece(text, "plain" if is_same else "strong"),) for text in (left, right)]
    return plain(name), cells[0], cells[1]


def _clock(made: datetime) -> str:
    return f"{dated(made.date())} {made.strftime('%H:%M %Z')}".strip()
