"""What reviewing tells, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inconcert.core.evidence import EventRecord
from inconcert.judge.amounts import counted
from inconcert.show.explain import BRACKETS, Line, marked
from inconcert.workbench.reviewing_told import Imported, Item, Outcome

Row = Mapping[str, Any]
_SAID = {"right": "Accepted", "wrong": "Rejected", "unsure": "Left unsure",
         "changed": "Corrected", "undo": "Taken back"}  # fmt: skip


def item_lines(item: Item, number: int, total: int) -> list[Line]:
    """A record to look at: what was coded, its sentence with the spans marked, why it is shown."""
    told = item.as_record()
    at = item.record.at
    where = ", ".join(
        filter(None, (at.title or at.place, at.source.name, str(at.day) if at.day else ""))
    )
    lines: list[Line] = [
        [(f"{number} of {total}  {told['id']}  {_what(item, told)}", "head")],
        [(_plain(f"  {where}"), "aside")],
        [("  ", ""), *marked(at.sentence, at.start, _spans(item, told))],
        [(_plain(f"  {'; '.join(item.why)}; decided by {told['rule']}"), "aside")],
    ]
    if len(item.reports) > 1:
        lines.append([(f"  one of {len(item.reports)} reports of this event", "aside")])
    if item.own is not None:
        fields = f" ({', '.join(item.own.changes)})" if item.own.changes else ""
        lines.append([(f"  you said: {item.own.judgement}{fields}", "aside")])
    return lines


def bracketed(lines: Iterable[Line]) -> str:
    """Lines of pieces with brackets where there are no colours."""
    return "\n".join(
        "".join(
            f"[{BRACKETS[kind]}:{words}]" if kind in BRACKETS else words for words, kind in line
        )
        for line in lines
    )


def tell_outcome(outcome: Outcome, effect: Sequence[Row] = ()) -> str:
    """What became of a decision, and what it changed in the answers."""
    first = outcome.reviews[0]
    fields = ", ".join(f"{one.field} {value_words(one.old)} → {value_words(one.new)}"
                       for one in outcome.reviews if one.field)  # fmt: skip
    lines = [f"{first.subjects[0]}: {first.decision}{f' ({fields})' if fields else ''}"]
    lines += [f"  {one}" for one in _meanwhile(outcome)]
    if outcome.busy is not None:
        lines.append(
            f"  {outcome.busy}: the decision is kept beside it and taken in with the next one; "
            "answers count it from then on"
        )
    return "\n".join([*lines, *map(_effect, effect)])


def say_outcome(outcome: Outcome) -> str:
    """What became of a decision, in sentences for a page."""
    first = outcome.reviews[0]
    fields = "; ".join(f"{one.field} {value_words(one.old)} → {value_words(one.new)}"
                       for one in outcome.reviews if one.field)  # fmt: skip
    told = [f"{_SAID[first.decision]}{f': {fields}' if fields else ''}."]
    told += [f"{one[:1].upper()}{one[1:]}." for one in _meanwhile(outcome)]
    if outcome.busy is not None:
        told.append(
            f"{outcome.busy[:1].upper()}{outcome.busy[1:]}: the decision is kept beside it and "
            "taken in as soon as it is free; answers count it from then on."
        )
    return " ".join(told)


def _meanwhile(outcome: Outcome) -> list[str]:
    """What else was decided on the record, before this or, where this came late, since."""
    made, told = outcome.reviews[0], []
    for one in outcome.meanwhile:
        by, is_before = _plain(one.by), (one.at, one.id) < (made.at, made.id)
        said = f"meanwhile {by} decided" if is_before else f"since then {by} has decided"
        told.append(f"{said} {one.decision}; both are kept, the last one counts")
    return told


def tell_changed(effect: Sequence[Row]) -> str:
    """What decisions have changed in the answers of the case."""
    return "\n".join(map(_effect, effect)) or "  No answer of the case has changed."


def tell_log(found: Sequence[Row]) -> str:
    """All decisions, one a line."""
    return "\n".join(map(_logged, found)) or "No decisions on records in this case."


def tell_imported(report: Imported) -> str:
    """What became of imported reviews."""
    lines = [f"{counted(report.new, 'review')} taken in, {report.known} there already"]
    for ids, what in (
        (report.older, "of an earlier coder only; kept, they change nothing now"),
        (report.unknown, "not in this case; their reviews are kept, they change nothing now"),
    ):
        if ids:
            lines.append(f"  {counted(len(ids), 'record')} {what}: {', '.join(ids[:10])}"
                         f"{' …' if len(ids) > 10 else ''}")  # fmt: skip
    return "\n".join(lines)


def _what(item: Item, told: Row) -> str:
    if isinstance(item.record, EventRecord):
        mode = f"-{told['mode']}" if told["mode"] else ""
        auxiliary = f" [{', '.join(told['auxiliary'])}]" if told["auxiliary"] else ""
        head = f"{told['type']}{mode}{auxiliary}"
        sides = (told["actors"], told["recipients"])
    else:
        head, sides = f"statement, {told['form']}", (told["speakers"], told["addressees"])
    one, other = (", ".join(who["code"] for who in side) or "nobody" for side in sides)
    when = item.record.day
    return _plain(f"{head}: {one} → {other}; {when or 'no date'}")


def _spans(item: Item, told: Row) -> Row:
    if isinstance(item.record, EventRecord):
        return told
    return {**told, "actors": told["speakers"], "recipients": told["addressees"]}


def _effect(one: Row) -> str:
    changes = "; ".join(
        f"{name} {_number(one['before'].get(name))} → {_number(one['after'].get(name))}"
        for name in one["changed"]
    )
    kept = "" if "verdict" in one["changed"] else f"; verdict stays: {one['after']['verdict']}"
    return _plain(f"  {one['question']}: {changes}{kept}")


def _number(value: object) -> str:
    return "none" if value is None else str(value)


def _logged(one: Row) -> str:
    state = "" if one["holds"] or one["decision"] == "undo" else " (does not hold)"
    undoes = f" of {one['undoes']}" if one["undoes"] else ""
    field = (
        f" {one['field']} {value_words(one['old'])} → {value_words(one['new'])}"
        if one["field"]
        else ""
    )
    gone = [f"{each['state']}" for each in one["about"] if each["state"] != "present"]
    about = f" [{gone[0]}]" if gone else ""
    note = f": {one['note']}" if one["note"] else ""
    subjects = ", ".join(one["subjects"])
    return _plain(
        f"{one['id']} {one['at']} {one['by']}: {one['decision']}{undoes} {subjects}{field}"
        f"{about}{note}{state}"
    )


def value_words(text: str | None) -> str:
    """A value of a field for reading: codes instead of whole participants."""
    try:
        found = json.loads(text or "null")
    except ValueError:
        return _plain(text or "none")
    if isinstance(found, list):
        codes = [str(each["code"] if isinstance(each, dict) else each) for each in found]
        return _plain(", ".join(codes) or "none")
    if isinstance(found, dict):
        return _plain(", ".join(f"{code}:{sign}" for code, sign in found.items()) or "none")
    return _plain(text or "none")


def _plain(text: str) -> str:
    """Text without characters that would move the cursor or turn the direction of writing."""
    return "".join(one if one.isprintable() else " " for one in text)
