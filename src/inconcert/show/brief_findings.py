"""Who does which part, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inconcert.judge.amounts import counted
from inconcert.show.findings import FAMILY_NOTE, TITLE, FindingsView, FindingView, GroupView
from inconcert.show.markdown import escape
from inconcert.show.words import short_days


def findings(views: Sequence[FindingsView]) -> list[str]:
    """A heading a source; nothing where findings were not asked for."""
    if not views:
        return []
    lines = ["", f"### {TITLE}"]
    for view in views:
        lines += _source(view)
    if any(view.groups for view in views):
        lines += ["", escape(FAMILY_NOTE)]
    return lines


def _source(view: FindingsView) -> Iterator[str]:
    if view.silent:
        yield from ("", f"#### {escape(view.name.capitalize())}: cannot tell", "")
        yield from (f"- {escape(reason)}" for reason in view.silent)
        return
    yield from ("", f"#### {escape(view.name[:1].upper() + view.name[1:])}", "", escape(view.head))
    for group in view.groups:
        yield from _group(group)
    if view.notes:
        yield ""
        yield from (f"- {escape(note)}" for note in view.notes)


def _group(group: GroupView) -> Iterator[str]:
    yield from ("", f"**{escape(group.title.capitalize())}**", "")
    for one in group.found:
        yield from _finding(one)
    yield from (f"- Cannot tell: {escape(reason)}" for reason in group.refused)
    if group.minds:
        yield from ("", f"What it does not mean: {' '.join(map(escape, group.minds))}")


def _finding(one: FindingView) -> Iterator[str]:
    told = f" ({escape(one.figures)})" if one.figures else ""
    yield f"- {escape(one.title)}: **{escape(one.value)}**. {escape(one.text)}{told}"
    if one.null:
        yield f"  - Null: {escape(one.null)}"
    yield from (f"  - {escape(row)}" for row in one.rows)
    for record in one.records:
        at = record.at
        yield f"  - {record.event.type}, {escape(at.source.name)}: {escape(at.sentence)}"
    for said in one.statements:
        at = said.at
        when = short_days(at.published)
        yield f"  - {when}, {escape(at.source.name)}: {escape(at.sentence)}"
    if one.more:
        yield f"  - … and {counted(one.more, 'more row or report', 'more rows or reports')}"
