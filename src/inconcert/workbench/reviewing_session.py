"""A walk through the queue: where the reviewer stands, and what decisions change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from inconcert.core.verdict import Answer
from inconcert.errors import CaseBusy
from inconcert.workbench.reviewing import Reviewing
from inconcert.workbench.reviewing_queue import Waiting
from inconcert.workbench.reviewing_told import Item, Outcome, Record, effect

AT_ONCE = 500
"""Records in a queue up to which answers are made anew after each decision that may matter."""


@dataclass(frozen=True, slots=True)
class Step:
    """A decision made on the walk.

    Attributes:
        effect: what it changed in the answers of the case; empty where nothing.
    """

    outcome: Outcome
    effect: tuple[Record, ...] = ()


class Session:
    """A walk through a queue as it stood at the start.

    Args:
        waiting: what is to be looked at, the first first.
        with_verdict: answer the questions of case.toml again after decisions that may matter; in
            longer queues, where that takes time, only when asked what has changed.
    """

    def __init__(
        self, reviewing: Reviewing, waiting: Sequence[Waiting], *, with_verdict: bool = True
    ) -> None:
        self.reviewing, self.waiting, self.place = reviewing, waiting, 0
        self._at_once = with_verdict and len(waiting) <= AT_ONCE
        self._with_verdict = with_verdict
        self._answers: list[Answer] | None = reviewing.first_answers
        self._is_due = False

    @property
    def current(self) -> Item | None:
        """The record to look at now, past those that are gone; None behind the last one."""
        while self.place < len(self.waiting):
            items = self.reviewing.items([self.waiting[self.place]])
            if items:
                return items[0]
            self.next()
        return None

    def next(self) -> None:
        """Go on without a decision."""
        self.place = min(self.place + 1, len(self.waiting))

    def back(self) -> None:
        """Go back to the record before."""
        self.place = max(self.place - 1, 0)

    def decide(self, item: Item, decision: str, corrections: Iterable[str] = ()) -> Step:
        """Decide on the record that is looked at, and go on where that could be kept.

        Raises:
            InConcertError: as `Reviewing.decide`; the walk stays where it is.
        """
        key = item.candidate.id
        may_matter = decision in ("wrong", "changed") or (
            item.own is not None and item.own.judgement in ("wrong", "changed")
        )
        step = self._done(
            lambda: self.reviewing.decide(key, decision, corrections), may_matter=may_matter
        )
        self.next()
        return step

    def undo(self) -> Step:
        """Take back this reviewer's last decision that holds.

        Raises:
            InConcertError: as `Reviewing.undo`.
        """
        step = self._done(self.reviewing.undo, may_matter=True)
        ids = [one.candidate.id for one in self.waiting]
        subject = step.outcome.reviews[0].subjects[0]
        if subject in ids:
            self.place = ids.index(subject)
        return step

    @property
    def is_due(self) -> bool:
        """Whether decisions were made that may have changed answers, and nobody has looked."""
        return self._with_verdict and self._is_due and self._answers != []

    def changed(self) -> tuple[Record, ...]:
        """What decisions have changed in the answers of the case since that was last told.

        Raises:
            CaseBusy: another process uses the case.
        """
        before, after = self._answers, self.reviewing.answers()
        self._answers, self._is_due = after, False
        return () if before is None else effect_of(before, after)

    def _done(self, act: Callable[[], Outcome], *, may_matter: bool) -> Step:
        if not (self._at_once and may_matter):
            outcome = act()
            self._is_due = self._is_due or may_matter
            return Step(outcome)
        step, self._answers = with_effect(self.reviewing, act, self._answers)
        return step


def with_effect(
    reviewing: Reviewing, act: Callable[[], Outcome], before: list[Answer] | None = None
) -> tuple[Step, list[Answer] | None]:
    """Do something and see what it changes in the answers of the case.

    Where the case is in use, what is done is done all the same, and no effect is told.

    Args:
        before: the answers as they stand, if they are at hand.

    Returns:
        What was done, and the answers after it; None where they could not be had.
    """
    with suppress(CaseBusy):
        before = reviewing.answers() if before is None else before
    outcome = act()
    if outcome.busy is not None:
        return Step(outcome), before
    after: list[Answer] | None = None
    with suppress(CaseBusy):
        after = reviewing.answers() if before != [] else []
    if before is None or after is None:
        return Step(outcome), after
    return Step(outcome, effect_of(before, after)), after


def effect_of(before: Sequence[Answer], after: Sequence[Answer]) -> tuple[Record, ...]:
    """The answers that are other than they were, with what changed in them."""
    return tuple(one for one in effect(before, after) if one["changed"])
