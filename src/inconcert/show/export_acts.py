"""Events of texts and rows of datasets in one form, which all forms for other programs start from.

`act_of_record` takes a mention that was coded in a text, `act_of_row` a row of the view `events` of
the event store. What the one kind has and the other has not is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import permutations, product
from typing import Any

from inconcert.core.evidence import EventRecord, Located
from inconcert.core.mention import Participant
from inconcert.ontology import plover
from inconcert.show.country_codes import country_of, two_letters


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in an act.

    Attributes:
        code: as it counts (`RUS`, `AFGTAL`); None where a dataset names somebody not in the
            register.
        name: person or body within it, where one is meant.
        words: the words of the text that name them, or what a dataset calls them.
    """

    code: str | None
    sectors: tuple[str, ...] = ()
    name: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an act took place.

    Attributes:
        country: ISO-3 code, where known.
        latitude, longitude: degrees of the middle of the place; None where unknown or open.
        precision: how narrow they are (`core.place.PRECISIONS`, or a dataset's own word).
        basis: what the place rests on; empty for datasets.
    """

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One report of an act: a mention in a text, or a row of a dataset.

    Attributes:
        id: of the mention or row.
        event: of the act; reports of the same act share it.
        source: publisher of the text, or name of the dataset.
        outlet: who tells of it; of a copy the source of its original.
        day: on the timeline.
        first, last: days within which it took place, where told.
        kind: PLOVER type, a type of the case's own, STATEMENT or APPEAL; empty where the code of a
            dataset stands for none of them.
        text: the sentence; the dataset's words for the code.
        document: id of the text; None for rows.
        code, scheme: of a dataset.
        mentions: reports that the dataset counted; 1 for a mention.
        is_directed: False where either side could stand first.
        is_swapped: the dataset has actor and recipient the other way round.
        is_row: of a dataset.
    """

    id: str
    event: str
    source: str
    outlet: str
    outlet_country: str | None
    day: date | None
    first: date | None
    last: date | None
    kind: str
    mode: str | None
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    about: tuple[Party, ...]
    text: str
    title: str | None
    document: str | None
    url: str | None
    published: date | None
    place: Spot | None
    confidence: float | None
    code: str | None = None
    scheme: str | None = None
    score: float | None = None
    mentions: int = 1
    articles: int | None = None
    outlets: int | None = None
    tone: float | None = None
    is_directed: bool = True
    is_swapped: bool = False
    is_row: bool = False

    @property
    def parties(self) -> tuple[Party, ...]:
        """Actors, recipients and those it is about."""
        return (*self.actors, *self.recipients, *self.about)

    @property
    def texts(self) -> tuple[str | None, ...]:
        """All that was written by others and may hold any character."""
        place = None if self.place is None else self.place.name
        named = [text for who in self.parties for text in (who.code, who.name, who.words)]
        return (self.text, self.title, self.url, self.outlet, self.source, place, *named)


@dataclass(frozen=True, slots=True)
class Happening:
    """An act and all reports of it, the first one first."""

    reports: tuple[Act, ...]

    @property
    def act(self) -> Act:
        """The first report, which stands for the act."""
        return self.reports[0]

    @property
    def mentions(self) -> int:
        """How often it was reported."""
        return sum(report.mentions for report in self.reports)

    @property
    def articles(self) -> int | None:
        """Texts that tell of it; None where a dataset does not say."""
        given = self.act.articles
        return given if self.act.is_row else len({report.document for report in self.reports})

    @property
    def outlets(self) -> int | None:
        """Who tells of it, copies not counted; None where a dataset does not say."""
        given = self.act.outlets
        return given if self.act.is_row else len({report.outlet for report in self.reports})

    @property
    def confidence(self) -> float | None:
        """That of the surest report."""
        told = [each.confidence for each in self.reports if each.confidence is not None]
        return max(told, default=None)


def _same(code: str) -> str:
    return code


def _unknown(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Names:
    """What codes and names stand for.

    Attributes:
        name_of: name of a code; the code itself for one that is not known.
        kind_of: kind in the register of a code or of a name (`state`, `organisation`, `group`,
            `bloc`, `person`); empty for what is not known.
    """

    name_of: Callable[[str], str] = _same
    kind_of: Callable[[str], str] = _unknown

    def kind(self, code: str) -> str:
        """Kind of an actor; where the register does not tell, as far as its code does."""
        told = self.kind_of(code)
        if told:
            return told
        if code in two_letters():
            return "state"
        return "organisation" if code.startswith(("IGO", "NGO")) else ""


def act_of_record(record: EventRecord) -> Act:
    """A mention that was coded in a text."""
    event, at, span = record.event, record.at, record.event.when.span
    where = event.where
    return Act(
        id=event.id,
        event=record.event_id,
        source=at.source.name,
        outlet=record.outlet,
        outlet_country=at.source.country,
        day=record.day,
        first=None if span is None else span.first,
        last=None if span is None else span.last,
        kind=event.type,
        mode=event.mode,
        contexts=event.contexts,
        auxiliary=event.auxiliary,
        actors=_parties(event.actors, at),
        recipients=_parties(event.recipients, at),
        about=_parties(event.about, at),
        text=at.sentence,
        title=at.title,
        document=at.document,
        url=at.url,
        published=at.day,
        place=None
        if where is None
        else Spot(
            where.name,
            where.country,
            where.latitude,
            where.longitude,
            where.precision,
            where.basis,
        ),
        confidence=event.confidence,
        is_directed=bool(event.recipients),
    )


def act_of_row(row: Mapping[str, Any]) -> Act | None:
    """A row of the view `events`; None for one that is not counted, as it repeats another."""
    if row.get("kept_as") is not None:
        return None
    said = str(row.get("statement_kind") or "").upper()
    day = _day(row.get("day"))
    told = [str(row[name]) for name in ("event_text", "note") if row.get(name)]
    return Act(
        id=str(row["id"]),
        event=str(row["id"]),
        source=str(row["source"]),
        outlet=str(row.get("outlet") or row["source"]),
        outlet_country=None,
        day=day,
        first=day,
        last=_day(row.get("day_last")) or day,
        kind=str(row.get("type") or said),
        mode=row.get("mode"),
        contexts=tuple(row.get("contexts") or ()),
        auxiliary=tuple(row.get("auxiliary") or ()),
        actors=_side(row, "actor"),
        recipients=_side(row, "recipient"),
        about=tuple(Party(code) for code in row.get("about") or ()),
        text="; ".join(dict.fromkeys(told)),
        title=None,
        document=None,
        url=row.get("url"),
        published=_day(row.get("added")),
        place=_spot(row),
        confidence=row.get("confidence"),
        code=row.get("code"),
        scheme=row.get("scheme"),
        score=row.get("score"),
        mentions=row.get("mentions") or 1,
        articles=row.get("articles"),
        outlets=row.get("outlets"),
        tone=row.get("tone"),
        is_directed=row.get("directed") is not False and bool(row.get("recipients")),
        is_swapped=bool(row.get("swapped")),
        is_row=True,
    )


def happenings(acts: Iterable[Act]) -> Iterator[Happening]:
    """Acts with their reports, in order of the first one.

    A row of a dataset is an act of its own and is passed on at once; mentions are held until all
    have been seen, for the next one may tell of the same act.
    """
    held: dict[str, list[Act]] = {}
    for act in acts:
        if act.is_row:
            yield Happening((act,))
        else:
            held.setdefault(act.event, []).append(act)
    for reports in held.values():
        yield Happening(tuple(reports))


def ordered_pairs(act: Act) -> Iterator[tuple[str, str, bool]]:
    """Who acts toward whom: codes, and whether the pair stands the other way round as well.

    A meeting has actors alone: each of them stands toward each other one. Nobody acts toward
    himself here, and who has no code is in no pair.
    """
    actors = tuple(dict.fromkeys(who.code for who in act.actors if who.code))
    recipients = tuple(dict.fromkeys(who.code for who in act.recipients if who.code))
    if not act.recipients:
        yield from ((one, other, True) for one, other in permutations(actors, 2))
        return
    for one, other in product(actors, recipients):
        if one != other:
            yield one, other, not act.is_directed
            if not act.is_directed:
                yield other, one, True


def sign_of(kind: str, mode: str | None = None) -> int:
    """1 for a friendly act, -1 for a hostile one, 0 where PLOVER scores zero or nothing."""
    if kind not in plover.event_types():
        return 0
    score = plover.intensity(kind, mode if mode in plover.modes(kind) else None)
    return (score > 0) - (score < 0)


def _parties(cast: tuple[Participant, ...], at: Located) -> tuple[Party, ...]:
    return tuple(Party(who.code, who.sectors, who.name, _words(who, at)) for who in cast)


def _words(who: Participant, at: Located) -> str | None:
    first, last = who.start - at.start, who.end - at.start
    return at.sentence[first:last] if 0 <= first < last <= len(at.sentence) else None


def _side(row: Mapping[str, Any], role: str) -> tuple[Party, ...]:
    """One side of a row. Sectors and names of several actors are not told apart by the view."""
    if role == "recipient" and row.get("folded_from"):
        return ()  # of a consultation that stood twice both sides are among the actors
    codes = [str(code) for code in row.get(f"{role}s") or ()]
    sectors, names = tuple(row.get(f"{role}_sectors") or ()), list(row.get(f"{role}_names") or ())
    words = _given(row.get(f"{role}_given"))
    if len(codes) > 1:
        aligned = names if len(names) == len(codes) else [None] * len(codes)
        told = words if len(words) == len(codes) else aligned
        every = zip(codes, aligned, told, strict=True)
        return tuple(Party(code, (), name, given) for code, name, given in every)
    if codes and row.get("folded_from") and len(words) > 1:
        return tuple(Party(codes[0], (), None, given) for given in words)  # two of one state
    name = "; ".join(names) or None
    told_as = words[0] if len(words) == 1 and words[0] else name
    if codes:
        return (Party(codes[0], sectors, name, told_as),)
    return (Party(None, sectors, name or told_as, told_as),) if told_as else ()


def _given(text: object) -> list[str | None]:
    """What a dataset calls the actors of a side: the first part of what it gave for each."""
    if not text:
        return []
    return [part.partition(" | ")[0].strip() or None for part in str(text).split(" + ")]


def _spot(row: Mapping[str, Any]) -> Spot | None:
    name, latitude = row.get("place"), row.get("latitude")
    if not name and latitude is None:
        return None
    return Spot(
        str(name or ""),
        country_of(row.get("place_country")),
        latitude,
        row.get("longitude"),
        str(row.get("place_precision") or "unknown"),
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
