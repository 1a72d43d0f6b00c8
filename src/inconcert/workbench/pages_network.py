"""Who is friendly or hostile to whom, for pages: ties of some days and of one type of act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from inconcert.core.span import TimeSpan
from inconcert.ontology import plover
from inconcert.shape.asking import encoded, numbers
from inconcert.shape.networks import sign_of
from inconcert.show.charts import first_of
from inconcert.store.lake import Lake
from inconcert.workbench.pages import Asked, Pages, Record, require
from inconcert.workbench.pages_acts import (
    TEXTS,
    all_events,
    chosen_source,
    datasets_of,
    pair_span,
)
from inconcert.workbench.pages_words import COOPERATION, WORDS, sign_of_cell
from inconcert.workbench.rows import sql_of

MOST_NODES, MOST_ADDED, MOST_DRAWN = 40, 12, 160
"""Actors shown; neighbours that come with one who is opened; ties drawn."""
LAYERS = ("positive", "negative", "unsigned")


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a network is wanted.

    Attributes:
        source: name of a dataset, or `texts`; empty for the first there is.
        first, last: days; None for open.
        type: PLOVER type; empty for all.
        opened: codes whose ties are added.
    """

    source: str = ""
    first: date | None = None
    last: date | None = None
    type: str = ""
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties in long form, one a pair of actors.

    Attributes:
        codes: of all actors.
        actor, recipient: places in `codes`, shape (ties,).
        counts: by layer, shape (3, ties).
    """

    codes: Sequence[str]
    actor: npt.NDArray[np.int64]
    recipient: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Mapping[tuple[str, str], Sequence[int]]) -> Ties:
        """From counts by pair."""
        codes = sorted({code for pair in pairs for code in pair})
        place = {code: at for at, code in enumerate(codes)}
        ends = np.array([[place[a], place[b]] for a, b in pairs], dtype=np.int64).reshape(-1, 2)
        counts = np.array(list(pairs.values()), dtype=np.int64).reshape(-1, len(LAYERS))
        return cls(codes, ends[:, 0], ends[:, 1], counts.T)

    def acts(self, weights: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.int64]:
        """Acts given and received, shape (codes,)."""
        n = self.counts.sum(axis=0) if weights is None else weights
        both = [np.bincount(end, n, len(self.codes)) for end in (self.actor, self.recipient)]
        return np.asarray(np.sum(both, axis=0), dtype=np.int64)


def networks(pages: Pages, asked: Asked, shown: Shown) -> Record:
    """Who is friendly or hostile to whom, as one source has it, around those asked about.

    Returns:
        `sources` to choose from; `source`; `months` of it; `types` of acts to choose from;
        `nodes` with code, name, acts, part (`actor`, `other side` or `third party`) and whether
        `is_opened`; `edges` with actor, recipient, positive, negative, unsigned, those of the
        parties first; `left_out` actors; `not_drawn` ties.

    Raises:
        BadQuestion: no such source.
        BadInput: no such type.
    """
    if shown.type:
        require(shown.type, "type of act", _types())
    record = pages.answer(asked)
    source, known = chosen_source(record, shown.source)
    head = {
        "question": record["question"], "sources": known, "source": source,
        "from": shown.first, "to": shown.last, "type": shown.type, "types": _types(),
    }  # fmt: skip
    if not source:
        return {**head, "months": [], "nodes": [], "edges": [], "left_out": 0, "not_drawn": 0}
    whole = _whole(pages, record, source)
    span = _within(whole, shown)
    months = [] if whole is None else _months(whole)
    if span is None and (shown.first or shown.last):  # nothing lies in the days chosen
        return {**head, "months": months, "nodes": [], "edges": [], "left_out": 0, "not_drawn": 0}
    make = _of_texts if source == TEXTS else _of_dataset
    ties: Ties = pages.few(
        ("ties", asked, source, span, shown.type),
        lambda: make(pages, record, source, span, shown.type),
    )
    return {**head, "months": months, **_drawn(pages, record, ties, shown.opened)}


def _types() -> list[str]:
    return list(plover.event_types())


def _whole(pages: Pages, record: Record, source: str) -> TimeSpan | None:
    """All days of the source that are asked about; None where no text has a day."""
    if source != TEXTS:
        cover = next(one["coverage"] for one in datasets_of(record) if one["source"] == source)
        return TimeSpan(cover["from"], cover["to"])
    asked = pair_span(record)
    days = [
        one.day
        for one in all_events(pages)
        if one.day is not None and (asked is None or asked.contains(one.day))
    ]
    return TimeSpan(min(days), max(days)) if days else None


def _within(whole: TimeSpan | None, shown: Shown) -> TimeSpan | None:
    """The days wanted; None for all that there are, those without a date too, or for none."""
    if whole is None or (shown.first is None and shown.last is None):
        return whole
    first = max(whole.first, shown.first or whole.first)
    last = min(whole.last, shown.last or whole.last)
    return TimeSpan(first, last) if first <= last else None


def _months(span: TimeSpan) -> list[Record]:
    """The months that a span touches, with their days."""
    found: list[Record] = []
    first = first_of(span.first, "month")
    while first <= span.last:
        after = first_of(first + timedelta(days=31), "month")
        found.append({"first": first, "last": after - timedelta(days=1)})
        first = after
    return found


def _drawn(pages: Pages, record: Record, ties: Ties, opened: Sequence[str]) -> Record:
    """The actors shown, and the ties between them."""
    question = record["question"]
    own = {code for codes in question["actors"] for code in codes}
    other = set(question["toward"])
    kept = _kept(ties, own, other, opened)
    place = {code: at for at, code in enumerate(ties.codes)}
    is_kept = np.zeros(len(ties.codes), dtype=np.bool_)
    is_kept[[place[code] for code in kept]] = True
    near = {*own, *other, *opened}
    edges: list[Record] = [
        {"actor": ties.codes[ties.actor[at]], "recipient": ties.codes[ties.recipient[at]],
         **{layer: int(n) for layer, n in zip(LAYERS, ties.counts[:, at], strict=True)}}
        for at in np.flatnonzero(is_kept[ties.actor] & is_kept[ties.recipient])
    ]  # fmt: skip
    edges.sort(
        key=lambda e: (
            not near & {e["actor"], e["recipient"]}, -acts_of(e), e["actor"], e["recipient"],
        )
    )  # fmt: skip
    acts = ties.acts()
    return {
        "nodes": [
            {"code": code, "name": pages.name_of(code), "acts": int(acts[place[code]]),
             "part": "actor" if code in own else "other side" if code in other else "third party",
             "is_opened": code in opened}
            for code in kept
        ],
        "edges": edges,
        "left_out": int((acts > 0).sum()) - len(kept),
        "not_drawn": max(0, len(edges) - MOST_DRAWN),
    }  # fmt: skip


def acts_of(edge: Record) -> int:
    """All acts of a tie."""
    return int(sum(edge[layer] for layer in LAYERS))


def _kept(ties: Ties, own: set[str], other: set[str], opened: Sequence[str]) -> list[str]:
    """Those asked about, those with most acts (theirs count three times), and who was opened."""
    n = ties.counts.sum(axis=0)
    is_near = np.array([code in own | other for code in ties.codes], dtype=np.bool_)
    weights = np.where(is_near[ties.actor] | is_near[ties.recipient], 3 * n, n)
    order = _ranked(ties.codes, ties.acts(weights))
    there = set(order)
    asked_about = [code for code in (*sorted(own), *sorted(other)) if code in there]
    kept = [*dict.fromkeys((*asked_about, *order))][:MOST_NODES]
    for code in (one for one in opened if one in there):
        at = ties.codes.index(code)
        mine = np.where((ties.actor == at) | (ties.recipient == at), n, 0)
        kept += [one for one in _ranked(ties.codes, ties.acts(mine)) if one != code][:MOST_ADDED]
        kept.append(code)
    return [*dict.fromkeys(kept)]


def _ranked(codes: Sequence[str], acts: npt.NDArray[np.int64]) -> list[str]:
    """Codes with any act, the most first."""
    order = sorted(np.flatnonzero(acts).tolist(), key=lambda at: (-acts[at], codes[at]))
    return [codes[at] for at in order]


def _of_texts(pages: Pages, record: Record, _: str, span: TimeSpan | None, kind: str) -> Ties:
    is_whole = pair_span(record) is None and span == _whole(pages, record, TEXTS)
    wanted = set(record["question"]["sources"])
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    seen: set[tuple[str, str, str]] = set()
    for one in all_events(pages):
        if not is_whole and (span is None or one.day is None or not span.contains(one.day)):
            continue
        if wanted and one.at.source.name not in wanted and TEXTS not in wanted:
            continue
        if kind and one.event.type != kind:
            continue
        sign = sign_of_cell(one.event.type)
        at = 0 if sign == COOPERATION else 2 if sign == WORDS else 1
        pairs = ((a.code, b.code) for a in one.event.actors for b in one.event.recipients)
        for who, whom in pairs:
            if who != whom and (one.event_id, who, whom) not in seen:
                seen.add((one.event_id, who, whom))
                found[who, whom][at] += 1
    return Ties.of(found)


def _of_dataset(pages: Pages, _: Record, source: str, span: TimeSpan | None, kind: str) -> Ties:
    assert span is not None  # a dataset has days
    given = {"source": source, "first": span.first, "last": span.last, "type": kind, **_signs()}
    with Lake.open(pages.folder) as lake:
        table = lake.query(sql_of("page_ties"), given)
    counts = np.stack([numbers(table, layer) for layer in LAYERS])
    ends = [encoded(table, key) for key in ("actor", "recipient")]
    return _merged(ends, counts, pages.names.merged.into)


@cache
def _signs() -> Record:
    """Signs of all types, and of the few modes that have another sign than their type."""
    kinds = _types()
    apart = {
        f"{kind}|{mode}": sign_of(kind, mode)
        for kind in kinds
        for mode in plover.modes(kind)
        if sign_of(kind, mode) != sign_of(kind)
    }
    return {
        "kinds": kinds,
        "signs": [sign_of(kind) for kind in kinds],
        "splits": [any(each.startswith(f"{kind}|") for each in apart) for kind in kinds],
        "apart": list(apart),
        "apart_signs": list(apart.values()),
    }


def _merged(
    ends: Iterable[tuple[npt.NDArray[np.int64], Sequence[str | None]]],
    counts: npt.NDArray[np.int64],
    into: Mapping[str, str],
) -> Ties:
    """Ties with actors that were merged as one, none of them to themselves."""
    told = [(places, [into.get(str(code), str(code)) for code in codes]) for places, codes in ends]
    codes = sorted({code for _, each in told for code in each})
    place = {code: at for at, code in enumerate(codes)}
    one, two = (np.array([place[code] for code in each], dtype=np.int64)[places]
                if len(places) else places for places, each in told)  # fmt: skip
    pair, row = np.unique(one * len(codes) + two, return_inverse=True)
    summed = np.stack([np.bincount(row, layer, len(pair)).astype(np.int64) for layer in counts])
    first, second = np.divmod(pair, max(1, len(codes)))
    held = first != second
    return Ties(codes, first[held], second[held], summed[:, held])
