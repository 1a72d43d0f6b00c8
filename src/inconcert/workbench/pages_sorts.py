"""Acts toward the other side by sort and day, for pages: domain, instruments, word or deed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from inconcert.core.evidence import EventRecord
from inconcert.core.span import TimeSpan
from inconcert.measure.portfolio_sorting import act_of_cell
from inconcert.ontology import plover
from inconcert.ontology.domains import SPOKEN, Act, tables
from inconcert.store.lake import Lake
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_acts import TEXTS, all_events, datasets_of, pair_span
from inconcert.workbench.rows import sql_of

THIRDS = "third parties"
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sort:
    """What the tables of domains make of an act.

    Attributes:
        key: type, mode, CAMEO root and contexts, as the event store tells them apart.
        kind: PLOVER type, STATEMENT or APPEAL.
        nature: `word`, `deed` or `apart`.
        stance: `cooperative`, `conflictual`, `neutral` or `apart`.
        instruments: that the actor uses.
    """

    key: str
    kind: str
    domain: str
    nature: str
    stance: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Acts toward the other side in long form, arrays of shape (rows,).

    Attributes:
        names: of the actors asked about, then of all others together.
        sorts: of acts.
        who: places in `names`.
        sort: places in `sorts`.
        day: days since the first.
        n: acts.
        span: days looked at.
        has_text: whether sentences tell of them, by which some instruments are known.
    """

    names: tuple[str, ...]
    sorts: tuple[Sort, ...]
    who: Ints
    sort: Ints
    day: Ints
    n: Ints
    span: TimeSpan
    has_text: bool

    def counts(
        self,
        labels_of: Callable[[Sort], Iterable[str]],
        labels: Sequence[str],
        within: TimeSpan | None = None,
    ) -> Ints:
        """Counts by label and day, shape (names, labels, days).

        Args:
            labels_of: of a sort; it counts under each of `labels` that it gives.
            within: days counted; None for all.
        """
        span = self.span if within is None else within
        held = (self.day >= (span.first - self.span.first).days) & (
            self.day <= (span.last - self.span.first).days
        )
        found = np.zeros((len(self.names), len(labels), span.days), dtype=np.int64)
        day = self.day[held] - (span.first - self.span.first).days
        place = {label: at for at, label in enumerate(labels)}
        under = [
            [place[one] for one in set(labels_of(sort)) if one in place] for sort in self.sorts
        ]
        for who, sort, when, n in zip(
            self.who[held].tolist(), self.sort[held].tolist(), day.tolist(),
            self.n[held].tolist(), strict=True,
        ):  # fmt: skip
            for at in under[sort]:
                found[who, at, when] += n
        return found

    def keys(
        self, *, domain: str = "", nature: str = "", stance: str = "", instrument: str = ""
    ) -> tuple[str, ...]:
        """Keys of the sorts that fit; an empty condition holds for every one."""
        return tuple(
            sort.key
            for sort in self.sorts
            if domain in ("", sort.domain)
            and nature in ("", sort.nature)
            and stance in ("", sort.stance)
            and (not instrument or instrument in sort.instruments)
        )


def sorted_acts(pages: Pages, asked: Asked, source: str) -> Sorted | None:
    """Acts of those asked about, and of all others, toward the other side; None without a day.

    Args:
        source: name of a dataset of the answer, or `texts`.
    """
    record = pages.answer(asked)
    make = _of_texts if source == TEXTS else _of_dataset
    found: tuple[Sorted | None] = pages.few(
        ("sorted", asked, source), lambda: (make(pages, record, source),)
    )
    return found[0]


# -- sorts


@cache
def sort_of_key(key: str) -> Sort | None:
    """The sort of a row of a dataset; None where its code means nothing to us."""
    kind, mode, root, contexts = key.split("|", 3)
    if not _is_known(kind):
        return None
    return _sort(key, act_of_cell(kind, root, mode, contexts))


def sort_of_event(one: Record) -> Sort | None:
    """The sort of an event of a text, as an answer has it."""
    return _told(one["type"], one["mode"] or "", tuple(one["contexts"]), str(one["sentence"]))


@cache
def _told(kind: str, mode: str, contexts: tuple[str, ...], sentence: str) -> Sort | None:
    if not _is_known(kind):
        return None
    return _sort("", Act(kind, mode or None, contexts, text=sentence))


def _is_known(kind: str) -> bool:
    return kind in SPOKEN or kind in plover.event_types()


def _sort(key: str, act: Act) -> Sort:
    of = tables()
    uses = dict.fromkeys(use.instrument for use in of.uses(act) if use.by == "actor")
    return Sort(key, act.kind, of.domain(act), of.nature(act), of.stance_of(act), tuple(uses))


# -- acts


def _of_dataset(pages: Pages, record: Record, source: str) -> Sorted | None:
    cover = next(one["coverage"] for one in datasets_of(record) if one["source"] == source)
    span = TimeSpan(cover["from"], cover["to"])
    question, spread = record["question"], pages.names.spread
    groups = [list(spread(codes)) for codes in question["actors"]]
    given = {"source": source, "first": span.first, "last": span.last,
             "side": list(spread(question["toward"]))}  # fmt: skip
    wanted = [(codes, False) for codes in groups]
    wanted.append(([code for codes in groups for code in codes], True))
    told: list[tuple[int, Sort | None, date, int]] = []
    with Lake.open(pages.folder) as lake:
        for who, (codes, others) in enumerate(wanted):
            rows = lake.query(
                sql_of("page_sorts"), {**given, "actors": codes, "others": others}
            ).to_pydict()
            told += [
                (who, sort_of_key(key), day, n)
                for key, day, n in zip(rows["sort"], rows["day"], rows["n"], strict=True)
            ]
    return _long(question["names"], told, span, has_text=False)


def _of_texts(pages: Pages, record: Record, _: str) -> Sorted | None:
    told: list[tuple[int, Sort | None, date, int]] = []
    question = record["question"]
    for who, actor in enumerate(record["actors"]):
        first = {one["event"]: one for one in reversed(actor["deeds"]) if one["day"] is not None}
        told += [(who, sort_of_event(one), one["day"], 1) for one in first.values()]
    own = {code for codes in question["actors"] for code in codes}
    told += [
        (len(record["actors"]), _told_of(one), day, 1)
        for one, day in toward_by_others(pages, record, own)
    ]
    days = [day for _, _, day, _ in told]
    if not days:
        return None
    return _long(question["names"], told, TimeSpan(min(days), max(days)), has_text=True)


def _told_of(one: EventRecord) -> Sort | None:
    event = one.event
    return _told(event.type, event.mode or "", tuple(event.contexts), one.at.sentence)


def toward_by_others(
    pages: Pages, record: Record, own: Iterable[str] = ()
) -> Iterable[tuple[EventRecord, date]]:
    """Events of the texts that are aimed at the other side, each once, with their day.

    Args:
        own: codes; an event counts if anybody else acts in it who is not of the other side.
    """
    question, span = record["question"], pair_span(record)
    side, wanted = set(question["toward"]), set(question["sources"])
    apart, seen = {*own, *side}, set()
    for one in all_events(pages):
        if one.day is None or one.event_id in seen or (span and not span.contains(one.day)):
            continue
        if wanted and one.at.source.name not in wanted and TEXTS not in wanted:
            continue
        if any(who.code in side for who in one.event.recipients) and any(
            who.code not in apart for who in one.event.actors
        ):
            seen.add(one.event_id)
            yield one, one.day


def _long(
    names: Sequence[str],
    told: Iterable[tuple[int, Sort | None, date, int]],
    span: TimeSpan,
    *,
    has_text: bool,
) -> Sorted:
    place: dict[Sort, int] = {}
    rows = [
        (at, place.setdefault(each, len(place)), (when - span.first).days, many)
        for at, each, when, many in told
        if each is not None
    ]
    who, sort, day, n = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Sorted((*names, THIRDS), tuple(place), who, sort, day, n, span, has_text)
