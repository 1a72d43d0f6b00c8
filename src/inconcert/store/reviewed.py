"""Decisions of people on single records, laid over them when they are returned.

What is held stays as the coder left it. A record that was judged wrong is not returned, one that
was corrected is returned as corrected, under its own id. Of several reviewers of a record the one
who decided on it last counts, with all that this reviewer left of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, TypeVar, cast

from inconcert.core.event import Event, EventMention, When
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.folding import BY_REVIEW
from inconcert.core.review import EVENT, Review, standing
from inconcert.core.statement import Commitment, Statement
from inconcert.ontology.plover import event_types, modes
from inconcert.store.joining import Joined
from inconcert.store.reviewed_values import days, names, people, signs

STATEMENT = "statement"
"""Kind of the reviews of statements; those of event mentions are of kind `EVENT`."""

KINDS = (EVENT, STATEMENT)
Judgement = Literal["right", "wrong", "changed", "unsure"]
JUDGEMENTS: tuple[Judgement, ...] = ("right", "wrong", "changed", "unsure")
BASIS = "review"
"""`When.basis` of days that a reviewer gave."""

R = TypeVar("R", EventMention, Statement)


@dataclass(frozen=True, slots=True)
class Stand:
    """What one reviewer left of one record.

    Attributes:
        by: the reviewer.
        judgement: `changed` where something of it is corrected, even if accepted afterwards;
            `unsure` takes back what the same reviewer had said before.
        changes: the last correction of each field; none that says what the coder says.
        last: the last of the reviewer's decisions on it.
    """

    by: str
    judgement: Judgement
    changes: Mapping[str, Review]
    last: Review

    @property
    def is_definite(self) -> bool:
        """Whether something was decided."""
        return self.judgement != "unsure"


def stands(log: Iterable[Review], kind: str) -> dict[str, dict[str, Stand]]:
    """What each reviewer left of each record of a kind: by record, then by reviewer.

    The order in which reviews came in does not matter, only when they were made: reviews of two
    people mean the same, whoever's were imported first.
    """
    given: dict[str, dict[str, list[Review]]] = defaultdict(lambda: defaultdict(list))
    for review in standing(log):
        if review.kind == kind and review.decision in JUDGEMENTS:
            for subject in review.subjects:
                given[subject][review.by].append(review)
    return {
        subject: {by: _stand(by, reviews) for by, reviews in one.items()}
        for subject, one in given.items()
    }


def counting(by_reviewer: Mapping[str, Stand]) -> Stand | None:
    """The stand that counts: the last definite one; None where nobody decided."""
    definite = [one for one in by_reviewer.values() if one.is_definite]
    return max(definite, key=lambda one: _moment(one.last), default=None)


def _stand(by: str, reviews: list[Review]) -> Stand:
    ordered = sorted(reviews, key=_moment)
    last = ordered[-1]
    changes = {
        review.field: review
        for review in ordered
        if review.decision == "changed" and review.field is not None
    }
    changes = {name: review for name, review in changes.items() if review.new != review.old}
    judgement = cast("Judgement", last.decision)
    if judgement in ("right", "changed"):
        judgement = "changed" if changes else "right"
    return Stand(by, judgement, changes, last)


def _moment(review: Review) -> tuple[Any, ...]:
    return review.at, review.id


@dataclass(frozen=True, slots=True)
class Laid:
    """The stands that count, by record, ready to be laid over records of one kind."""

    stands: Mapping[str, Stand] = field(default_factory=dict)

    @classmethod
    def of(cls, log: Iterable[Review], kind: str) -> Laid:
        """What counts among all reviews."""
        found = {subject: counting(one) for subject, one in stands(log, kind).items()}
        return cls({subject: stand for subject, stand in found.items() if stand is not None})

    @property
    def left_out(self) -> frozenset[str]:
        """Ids of records that are not returned."""
        return frozenset(key for key, one in self.stands.items() if one.judgement == "wrong")

    @property
    def changed(self) -> frozenset[str]:
        """Ids of records that are returned otherwise than they were coded."""
        return frozenset(key for key, one in self.stands.items() if one.judgement == "changed")

    def event(self, event: EventMention) -> EventMention | None:
        """An event mention as decided; None where it is left out."""
        stand = self.stands.get(event.id)
        if stand is None or stand.judgement == "right":
            return event
        return None if stand.judgement == "wrong" else corrected_event(event, stand)

    def statement(self, said: Statement) -> Statement | None:
        """A statement as decided; None where it is left out."""
        stand = self.stands.get(said.id)
        if stand is None or stand.judgement == "right":
            return said
        return None if stand.judgement == "wrong" else corrected_statement(said, stand)

    def events(self, found: Iterable[EventRecord]) -> list[EventRecord]:
        """Records of events as decided."""
        decided = ((one, self.event(one.event)) for one in found)
        return [replace(one, event=event) for one, event in decided if event is not None]

    def statements(self, found: Iterable[StatementRecord]) -> list[StatementRecord]:
        """Records of statements as decided."""
        decided = ((one, self.statement(one.statement)) for one in found)
        return [replace(one, statement=said) for one, said in decided if said is not None]


NOTHING = Laid()


def corrected_event(event: EventMention, stand: Stand) -> EventMention:
    """An event mention with the corrections of a reviewer; its `rule` tells of them.

    A mode that the new type has not goes with the old type.
    """
    new = {name: review.new for name, review in stand.changes.items()}
    kind = new.get("type") or event.type
    mode = event.mode if kind == event.type or _has_mode(kind, event.mode) else None
    made = replace(event, type=kind, mode=new.get("mode", mode))
    if "auxiliary" in new:
        made = replace(made, auxiliary=names(new["auxiliary"]))
    if "actors" in new:
        made = replace(made, actors=people(new["actors"]))
    if "recipients" in new:
        made = replace(made, recipients=people(new["recipients"]))
    return _signed(_dated(made, new), stand)


def corrected_statement(said: Statement, stand: Stand) -> Statement:
    """A statement with the corrections of a reviewer; its `rule` tells of them."""
    new = {name: review.new for name, review in stand.changes.items()}
    made = said
    if "speakers" in new:
        speakers = people(new["speakers"])
        made = replace(made, speakers=speakers, is_anonymous=said.is_anonymous and not speakers)
    if "addressees" in new:
        made = replace(made, addressees=people(new["addressees"]))
    if "stance" in new:
        made = replace(made, stance=signs(new["stance"], said.stance))
    if "commitment" in new:
        made = replace(made, commitment=cast("Commitment", new["commitment"] or "none"))
    return _signed(_dated(made, new), stand)


def _dated(record: R, new: Mapping[str, str | None]) -> R:
    if "date" not in new:
        return record
    span = days(new["date"])
    grain = "" if span is None else "day" if span.days == 1 else "vague"
    return replace(record, when=When(span, record.when.text, BASIS, grain))


def _signed(record: R, stand: Stand) -> R:
    fields = " and ".join(sorted(stand.changes))
    return replace(record, rule=f"{record.rule}; {fields} corrected by {stand.by}")


def _has_mode(kind: str, mode: str | None) -> bool:
    return mode is None or (kind in event_types() and mode in modes(kind))


# -- events of several mentions ------------------------------------------------------------------


def parted(book: Joined, found: Sequence[EventRecord], corrected: frozenset[str]) -> Joined:
    """Events without the mentions that a correction makes tell of another act.

    A rule joins only mentions of one type, with the same auxiliary modes and parties. One that is
    corrected in them stays with those it still agrees with; where it agrees with none it goes by
    itself, or with others that were corrected likewise. What a review joined stays joined.

    Args:
        found: records as decided.
        corrected: ids of the mentions that were corrected.
    """
    groups: dict[str, list[EventMention]] = defaultdict(list)
    for record in found:
        event = book.events.get(record.event.id)
        if event is not None and not corrected.isdisjoint(event.mentions):
            groups[event.id].append(record.event)
    fresh: dict[str, Event | None] = {}
    for members in groups.values():
        fresh.update(_split(book.events[members[0].id], members, corrected))
    if not fresh:
        return book
    events = {mention: event for mention, event in book.events.items() if mention not in fresh}
    events |= {mention: event for mention, event in fresh.items() if event is not None}
    return replace(book, events=events)


def _split(
    event: Event, members: Sequence[EventMention], corrected: frozenset[str]
) -> dict[str, Event | None]:
    """The event of each mention of an event after corrections; None for one by itself."""
    bound = {
        mention
        for link in event.retellings
        if link.reason.startswith(BY_REVIEW)
        for mention in (link.mention, link.same_as)
    }
    moved = [one for one in members if one.id in corrected and one.id not in bound]
    staying = [one for one in members if one not in moved]
    clusters = [staying] if staying else []
    for one in sorted(moved, key=lambda one: one.id):
        home = next((c for c in clusters if _alike(c[0], one)), None)
        if home is None:
            clusters.append([one])
        else:
            home.append(one)
    here = {one.id for one in members}
    unseen = [mention for mention in event.mentions if mention not in here]
    told: dict[str, Event | None] = {}
    for cluster in clusters:
        ids = sorted([one.id for one in cluster] + (unseen if cluster is clusters[0] else []))
        links = tuple(r for r in event.retellings if r.mention in ids and r.same_as in ids)
        told |= dict.fromkeys(ids, Event(ids[0], tuple(ids), links) if len(ids) > 1 else None)
    return told


def _alike(one: EventMention, other: EventMention) -> bool:
    return _act(one) == _act(other)


def _act(event: EventMention) -> tuple[object, ...]:
    actors = frozenset(who.code for who in event.actors)
    return event.type, event.auxiliary, actors, frozenset(who.code for who in event.recipients)


def on_given_days(found: Sequence[EventRecord], laid: Laid) -> list[EventRecord]:
    """Records whose event a reviewer dated have that day, all reports of it; the last one holds."""
    given: dict[str, tuple[tuple[Any, ...], date | None]] = {}
    for record in found:
        stand = laid.stands.get(record.event.id)
        change = None if stand is None else stand.changes.get("date")
        if change is None or record.told is None:
            continue
        entry = (_moment(change), record.own_day)
        given[record.told.event] = max(given.get(record.told.event, entry), entry, key=_first)
    if not given:
        return list(found)
    return [
        replace(one, told=replace(one.told, day=given[one.told.event][1]))
        if one.told is not None and one.told.event in given
        else one
        for one in found
    ]


def _first(entry: tuple[tuple[Any, ...], date | None]) -> tuple[Any, ...]:
    return entry[0]
