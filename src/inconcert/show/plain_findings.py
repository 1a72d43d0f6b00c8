"""Who does which part, as text for a terminal: a page a source."""

from __future__ import annotations

from collections.abc import Iterator

from inconcert.core.verdict import Answer
from inconcert.show.findings import FAMILY_NOTE, TITLE, FindingsView, GroupView, findings_of
from inconcert.show.plain_sources import wrapped

ROWS = 1
"""Rows shown under a finding that a test bears out; the brief has more, `--json` the ids of all."""
LABOUR = "division of labour"
"""Begins the headings whose sentences tell something even where no test shows anything."""


def findings(answer: Answer) -> list[str]:
    """One block a source; nothing where findings were not asked for."""
    lines: list[str] = []
    views = findings_of(answer)
    for view in views:
        lines += _source(view)
    if any(view.groups for view in views):
        lines += ["", *wrapped(FAMILY_NOTE, 4)]
    return lines


def _source(view: FindingsView) -> Iterator[str]:
    yield ""
    if view.silent:
        yield from wrapped(f"{TITLE}: {view.name}: cannot tell. In short:", 2)
        for reason in view.silent:
            yield from wrapped(f"– {reason}", 4)
        return
    yield from wrapped(f"{TITLE}: {view.name}, {view.head}.", 2)
    for group in view.groups:
        yield from _group(group)
    for note in view.notes:
        yield from wrapped(note, 4)


def _group(group: GroupView) -> Iterator[str]:
    yield f"    {group.title.capitalize()}:"
    is_labour = group.title.startswith(LABOUR)
    kept = [one for one in group.found if not one.is_aside]
    silent = [one for one in kept if one.strength == "not shown" and not is_labour]
    for one in kept:
        if one in silent:
            continue
        told = f" ({one.figures})" if one.figures else ""
        yield from wrapped(f"– {one.text.rstrip('.')}{told}.", 6)
        for row in one.rows[:ROWS] if one.strength in ("shown", "suggestive") else ():
            yield from wrapped(row, 10)
    if silent:
        listed = "; ".join(f"{one.title} ({one.figures})" for one in silent)
        yield from wrapped(f"– Not shown: {listed}.", 6)
    for reason in group.refused:
        yield from wrapped(f"– Cannot tell: {reason}", 6)
