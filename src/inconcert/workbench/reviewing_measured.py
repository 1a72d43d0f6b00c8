"""What reviews measure: how far reviewers agree, and how often the coder is right."""

from __future__ import annotations

from collections import Counter

from inconcert.grade.reviews import Pair, ReviewGrade, agreement, grade_reviews
from inconcert.store.reviewed import KINDS, stands
from inconcert.workbench.reviewing_case import ReviewedCase
from inconcert.workbench.reviewing_facts import facts_of, judged_of, overall
from inconcert.workbench.reviewing_queue import at_random

ALL = "all"


def agreement_of(case: ReviewedCase) -> tuple[Pair, ...]:
    """How far each two reviewers agree on what both decided."""
    with case.reading() as store:
        log = case.log(store)
        known = facts_of(store, log)
    return agreement(
        judged_of(key, kind, stand, known)
        for kind in KINDS
        for key, by in stands(log, kind).items()
        for stand in by.values()
    )


def grade_of(case: ReviewedCase, *, sample: str = ALL, seed: int = 0) -> ReviewGrade:
    """Measured precision of the present coder, from the decisions that count.

    The random sample are the records at the front of the random order, up to the first one on
    which nobody decided, however the others came to be reviewed.

    Args:
        sample: `all`, or `random` for the random sample only.
        seed: that of the random order.
    """
    with case.reading() as store:
        log = case.log(store)
        candidates = store.candidates()
    facts = {one.id: (one.type, one.source) for one in candidates}
    by_kind = {kind: stands(log, kind) for kind in KINDS}
    drawn: set[str] = set()
    following: dict[str, str] = {}
    for kind, decided in by_kind.items():
        order = at_random([one.id for one in candidates if one.kind == kind], seed)
        first = next((n for n, key in enumerate(order) if key not in decided), len(order))
        drawn.update(order[:first])
        following |= {kind: order[first]} if first < len(order) else {}
    judged = [
        judged_of(key, kind, overall(by), facts, is_random=key in drawn)
        for kind, decided in by_kind.items()
        for key, by in decided.items()
        if key in facts
    ]
    gone = sum(key not in facts for decided in by_kind.values() for key in decided)
    held = Counter(one.kind for one in candidates)
    return grade_reviews(judged, held, gone=gone, sample=sample, following=following)
