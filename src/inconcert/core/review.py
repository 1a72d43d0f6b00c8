"""A decision about records, by a person or a rule; kept for ever, and undone by another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from inconcert.core.ids import content_id
from inconcert.errors import BadInput

Decision = Literal["same", "different", "right", "wrong", "unsure", "changed", "undo"]

EVENT, COPY, ACTOR = "event", "copy", "actor"
"""What reviews of this version may be about: mentions of one event, copies of one text, actors."""


@dataclass(frozen=True, slots=True)
class Review:
    """A decision about records. Nothing is changed by it but what the store returns.

    Attributes:
        id: hash of the other fields.
        at: when it was made, with its zone.
        by: who decided, a person or the name of a rule.
        kind: what the subjects are: `event` for event mentions, `copy` for documents, `actor`.
        decision: `same` and `different` join and part subjects; `right`, `wrong` and `unsure`
            judge a record; `changed` puts `new` in the place of `old`; `undo` takes back a review.
        subjects: ids of the records.
        field: the field that was judged or changed, if one was.
        old: what stood there.
        new: what is to stand there.
        note: why, in words.
        undoes: id of the review that this one takes back; of an `undo` only.
    """

    id: str
    at: datetime
    by: str
    kind: str
    decision: Decision
    subjects: tuple[str, ...]
    field: str | None = None
    old: str | None = None
    new: str | None = None
    note: str | None = None
    undoes: str | None = None

    @classmethod
    def of(
        cls,
        decision: Decision,
        kind: str,
        subjects: Iterable[str],
        *,
        by: str,
        at: datetime,
        field: str | None = None,
        old: str | None = None,
        new: str | None = None,
        note: str | None = None,
        undoes: str | None = None,
    ) -> Review:
        """Make a review with its id.

        Raises:
            BadInput: the decision is unknown, or lacks the subjects or the review that it needs.
        """
        named = tuple(dict.fromkeys(subjects))
        moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        _check(decision, named, undoes)
        identity = content_id(
            moment.isoformat(),
            by,
            kind,
            decision,
            "\x1e".join(named),
            field,
            old,
            new,
            note,
            undoes,
        )
        return cls(identity, moment, by, kind, decision, named, field, old, new, note, undoes)

    def undone(self, *, by: str, at: datetime, note: str | None = None) -> Review:
        """The review that takes this one back."""
        return Review.of("undo", self.kind, self.subjects, by=by, at=at, note=note, undoes=self.id)


def _check(decision: str, subjects: tuple[str, ...], undoes: str | None) -> None:
    known = get_args(Decision)
    if decision not in known:
        raise BadInput(
            f"{decision!r} is no decision", where="review", advice=f"Choose {', '.join(known)}."
        )
    if (decision == "undo") != (undoes is not None):
        raise BadInput(
            "an undo names the review it takes back, and nothing else does",
            where="review",
            advice="Give its id.",
        )
    if decision in ("same", "different") and len(subjects) < 2:
        raise BadInput(
            f"{decision!r} needs two records",
            where="review",
            advice="Name both by their ids.",
        )


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The reviews that hold: those that no standing undo takes back, without the undoes.

    An undo can itself be undone; then what it took back holds again. The order is kept.
    """
    given = list(reviews)
    taken_back: set[str] = set()
    for review in reversed(given):
        if review.undoes is not None and review.id not in taken_back:
            taken_back.add(review.undoes)
    return tuple(
        review for review in given if review.undoes is None and review.id not in taken_back
    )
