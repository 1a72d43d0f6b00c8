"""What decisions say of the records that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from inconcert.core.review import Review
from inconcert.grade.reviews import Judged
from inconcert.store.reviewed import Stand, counting
from inconcert.store.reviewed_records import ReviewedStore
from inconcert.store.reviewed_values import people
from inconcert.workbench.reviewing_told import Record

Facts = Mapping[str, tuple[str, str]]
"""Type and source by record, as coded."""


def judged_of(
    key: str,
    kind: str,
    stand: Stand,
    facts: Facts,
    *,
    is_random: bool = False,
) -> Judged:
    """What a reviewer left of a record, with what it was coded as."""
    type_, source = facts.get(key, ("unknown", "unknown"))
    changes = {}
    if stand.judgement == "changed":
        changes = {name: _told(name, one.new) for name, one in stand.changes.items()}
    return Judged(key, kind, type_, source, stand.by, stand.judgement, changes, is_random)


def _told(field: str, value: str | None) -> str | None:
    """A value to compare: of participants their codes, in order of the alphabet."""
    if field not in ("actors", "recipients", "speakers", "addressees"):
        return value
    return "+".join(sorted({who.code for who in people(value)})) or None


def overall(by: Mapping[str, Stand]) -> Stand:
    """What counts of a record; where nobody decided, who was unsure last."""
    return counting(by) or max(by.values(), key=lambda one: one.last.at)


def facts_of(store: ReviewedStore, log: Sequence[Review]) -> dict[str, tuple[str, str]]:
    """Type and source by record, also of records of earlier coders."""
    held = store.held({key for one in log for key in one.subjects})
    facts = {key: (one.type, one.source) for key, one in held.items()}
    return facts | {one.id: (one.type, one.source) for one in store.candidates() if one.id in facts}


def state_of(key: str, present: set[str], held: Iterable[str]) -> Record:
    """Whether the present coder has a record, only an earlier one, or none of this case."""
    state = "present" if key in present else "older coder" if key in held else "unknown"
    return {"id": key, "state": state}


def in_force(log: Sequence[Review]) -> set[str]:
    """Ids of reviews that no standing undo takes back, undoes among them."""
    taken_back: set[str] = set()
    for review in reversed(log):
        if review.undoes is not None and review.id not in taken_back:
            taken_back.add(review.undoes)
    return {review.id for review in log} - taken_back
