"""What each source says, and what texts say of acting together, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inconcert.show.brief_evidence import linked
from inconcert.show.by_source import P_NOTE, TEST_HEADS, DayView, SourceView
from inconcert.show.markdown import escape, table
from inconcert.show.parts import QuestionView
from inconcert.show.words import SAYINGS_NOTE, short_days


def sources(question: QuestionView) -> list[str]:
    """One heading a source, that of the verdict first; nothing where timing was not looked at."""
    if not question.sources:
        return []
    lines = ["", "### Source by source"]
    for view in question.sources:
        lines += _source(view)
    return lines


def said_of_them(question: QuestionView) -> list[str]:
    """Sentences that say whether the two act together, by text; nothing where there are none."""
    if not question.sayings:
        return []
    lines = ["", "#### What the texts say of their acting together", "", escape(SAYINGS_NOTE)]
    for group in question.sayings_by_text:
        at = group[0].at
        lines += ["", f"{short_days(at.published)}, {escape(at.source.name)}, {linked(at)}:", ""]
        lines += [f"- *{one.says}*: {escape(one.at.sentence)}" for one in group]
    return lines


def _source(view: SourceView) -> Iterator[str]:
    yield from ("", f"#### {escape(view.name)}: {escape(view.head)}", "")
    for part in () if view.is_head else view.parts:
        yield f"- {part.name.capitalize()}: **{escape(part.value)}**. {escape(part.reason)}"
    for fact in view.facts:
        yield f"- {escape(fact)}"
    if view.tests:
        yield ""
        yield from table(TEST_HEADS, [[escape(cell) for cell in row] for row in view.tests])
        yield from ("", escape(P_NOTE))
    yield from _days("Days on which both act against expectation:", view.strongest)
    yield from _days("Days on which both act as third parties let one expect:", view.explained)
    yield from _rows("Joint acts:", view.joint)
    yield from _rows("Consultations of the two, about anything:", view.consultations)
    yield from _rows("Before you quote this source:", view.caveats)
    yield from _rows("What would say more:", view.missing)
    if view.query:
        yield from ("", "Made by:", "", "```text", *view.query.splitlines(), "```")


def _rows(title: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield from ("", title, "")
        yield from (f"- {escape(row)}" for row in rows)


def _days(title: str, days: Sequence[DayView]) -> Iterator[str]:
    if not days:
        return
    yield from ("", title, "")
    for day in days:
        yield f"- {escape(day.title)}: {escape(day.note)}"
        for row in day.rows:
            yield f"  - {escape(row)}"
        for record in day.records:
            said = escape(record.at.sentence)
            yield f"  - {record.event.type}, {escape(record.at.source.name)}: {said}"
