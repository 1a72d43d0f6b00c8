"""Timing of a case's sources: which are asked, their arrays, the readings, the rows behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inconcert.core.evidence import Corpus, EventRecord, outlets
from inconcert.core.panel import Toward
from inconcert.core.question import Question
from inconcert.core.reading import TEXTS, Coincidence, Reading, Row
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.judge.amounts import days_between
from inconcert.judge.answer import consultations_about
from inconcert.judge.timing import Told, read_timing, refusal
from inconcert.shape.asking import Query
from inconcert.shape.coded import coded_toward
from inconcert.shape.toward import toward
from inconcert.store.lake import Lake
from inconcert.workbench.rows import Dataset, amount, datasets, documented, rows_of

SEED = 6
"""Seeds every draw, so that the same question of the same case has the same answer."""
MOST_SOURCES = 6
RECORDS_A_DAY = 4
Spread = Callable[[Iterable[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sources that a question is put to.

    Attributes:
        datasets: event datasets.
        texts: names of sources of texts; none for all.
        with_texts: whether texts are asked at all.
    """

    datasets: tuple[Dataset, ...]
    texts: tuple[str, ...]
    with_texts: bool


@contextmanager
def event_store(case: Path) -> Iterator[Query | None]:
    """What answers SQL on the events of a case; None where the case has none."""
    if not Lake.is_in(case):
        yield None
        return
    with Lake.open(case) as lake:
        yield lake.query


def choose(wanted: Sequence[str], known: Sequence[Dataset]) -> Chosen:
    """Which of the sources named are datasets, and which are texts.

    Without names all are asked, each by itself.

    Args:
        wanted: names of sources, `texts` for all texts of the case.
        known: datasets of the case.

    Raises:
        BadQuestion: two sources joined as one.
    """
    if not wanted:
        return Chosen(tuple(known), (), with_texts=True)
    by_name = {dataset.name.casefold(): dataset for dataset in known}
    for name in wanted:
        parts = [part.strip().casefold() for part in name.split("+")]
        if len(parts) > 1 and any(part in by_name or part == TEXTS for part in parts):
            raise BadQuestion(
                f"{name!r} puts sources together, and each is read by itself",
                where="--source",
                advice="The same act stands in both, under other codes and rules: counted twice "
                "it looks like two. Name them one by one, as in --source A --source B.",
            )
    found = [by_name[name.casefold()] for name in wanted if name.casefold() in by_name]
    rest = [name for name in wanted if name.casefold() not in by_name]
    texts = tuple(name for name in rest if name.casefold() != TEXTS)
    return Chosen(tuple(dict.fromkeys(found)), texts, with_texts=bool(rest))


def known_datasets(query: Query | None) -> tuple[Dataset, ...]:
    """The event datasets of a case; none where it has no events."""
    return () if query is None else datasets(query)


def of_datasets(
    query: Query | None, chosen: Chosen, question: Question, spread: Spread
) -> tuple[Reading, ...]:
    """What each dataset says; none where not exactly two actors are asked about.

    Args:
        query: answers SQL on the views of the event store.
        chosen: the datasets asked.
        question: what is asked.
        spread: codes with all that were merged into them.

    Raises:
        BadQuestion: a dataset was named that has none of the days asked about; or only datasets
            were, and not about two actors.
    """
    if query is None or not chosen.datasets:
        return ()
    if len(question.actors) != 2:
        if chosen.with_texts:
            return ()
        raise BadQuestion(
            f"{chosen.datasets[0].name} answers about two actors, not {len(question.actors)}",
            where="--source",
            advice="A dataset is asked whether two actors are in concert: name two.",
        )
    named = {name.casefold() for name in question.sources}
    found = []
    for dataset in chosen.datasets:
        span = _within(dataset.span, question.span)
        if span is None:
            reason = (
                f"{dataset.name} runs over {days_between(dataset.span.first, dataset.span.last)}, "
                "and none of these days was asked about."
            )
            if dataset.name.casefold() in named:
                raise BadQuestion(
                    reason.rstrip("."),
                    where="--from, --to",
                    advice="Ask about days that the source has, or about another source.",
                )
            found.append(refusal(dataset.name, "dataset", [reason]))
        else:
            found.append(_of_dataset(query, dataset, span, question, spread))
    return tuple(found)


def of_texts(records: Sequence[EventRecord], corpus: Corpus, question: Question) -> Reading | None:
    """What the coded texts of a case say of timing; None where there is nothing to be read.

    Args:
        records: all event records of the sources asked.
        corpus: what was read.
        question: what is asked.
    """
    firsts = [each.first for each in corpus.sources if each.first is not None]
    lasts = [each.last for each in corpus.sources if each.last is not None]
    if len(question.actors) != 2 or not corpus.documents:
        return None
    if not firsts or not lasts:
        return refusal(TEXTS, "texts", ["No document has a date."])
    whole = TimeSpan(min(firsts), max(lasts))
    span = _within(whole, question.span)
    if span is None:
        days = days_between(whole.first, whole.last)
        return refusal(
            TEXTS, "texts", [f"The documents run over {days}, not the days asked about."]
        )
    own = [record for record in records if _is_plain(record) and _is_toward(record, question)]
    told = Told(
        span=whole,
        rows=len(own),
        counted=len({record.event_id for record in own}),
        outlets=outlets(own),
        contacts=_contacts(records, question, span),
        variants=_variants(records, question, span),
    )
    arrays = _arrays(records, question, span)
    found = read_timing(arrays, "texts", told, rng=np.random.default_rng(SEED), seed=SEED)
    return replace(
        found,
        strongest=tuple(_with_records(one, own, question) for one in found.strongest),
        explained=tuple(_with_records(one, own, question) for one in found.explained),
    )


def _of_dataset(
    query: Query, dataset: Dataset, span: TimeSpan, question: Question, spread: Spread
) -> Reading:
    side = spread(question.toward)
    first, second = (spread(codes) for codes in question.actors)
    both, name = (*first, *second), dataset.name
    asked = ("+".join(first), "+".join(second))
    arrays = toward(query, name, side, span=span, asked=asked)
    size = amount(query, name, span, both, side)
    counted = int(arrays.counts[:2].sum())
    told = Told(
        span=dataset.span,
        rows=counted if size is None else size.rows,
        counted=counted if size is None else size.counted,
        outlets=None if size is None else size.outlets,
        notes=(f"At this size duplicates and outlets of {name} are not counted.",)
        if size is None
        else (),
    )
    found = read_timing(arrays, "dataset", told, rng=np.random.default_rng(SEED), seed=SEED)
    shown = (*found.strongest, *found.explained)
    forth = _by_day(rows_of(query, name, first, side, {one.day for one in shown}))
    answered = {day for one in shown for day in one.partner_days}
    back = _by_day(rows_of(query, name, second, side, answered))

    def with_rows(one: Coincidence) -> Coincidence:
        answers = [row for day in one.partner_days for row in back[day]]
        return replace(one, rows=(*forth[one.day], *answers))

    return replace(
        found,
        documented=documented(query, name, span, (first, second), side),
        strongest=tuple(map(with_rows, found.strongest)),
        explained=tuple(map(with_rows, found.explained)),
    )


def _by_day(rows: Iterable[Row]) -> Mapping[date, list[Row]]:
    found: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.day].append(row)
    return found


def _within(whole: TimeSpan, asked: TimeSpan | None) -> TimeSpan | None:
    """The days asked about that a source has; None where there are none."""
    if asked is None:
        return whole
    if not whole.overlaps(asked):
        return None
    return TimeSpan(max(whole.first, asked.first), min(whole.last, asked.last))


def _arrays(records: Iterable[EventRecord], question: Question, span: TimeSpan) -> Toward:
    asked = tuple("+".join(codes) for codes in question.actors)
    return coded_toward(records, question.toward, span=span, asked=asked)


def _variants(
    records: Sequence[EventRecord], question: Question, span: TimeSpan
) -> Mapping[str, Callable[[], Toward]]:
    """What makes the arrays without each source, and without sentences in which both act."""
    names = sorted({record.at.source.name for record in records})
    kept = {
        f"source {name}": [one for one in records if one.at.source.name != name]
        for name in (names if 1 < len(names) <= MOST_SOURCES else ())
    }
    kept["sentences in which both act"] = [one for one in records if not _both_act(one, question)]
    return {what: partial(_arrays, some, question, span) for what, some in kept.items()}


def _contacts(
    records: Iterable[EventRecord], question: Question, span: TimeSpan
) -> npt.NDArray[np.bool_]:
    """Days with a consultation of the two about the other side, shape (days,)."""
    found = np.zeros(span.days, dtype=np.bool_)
    for record in consultations_about(question, records):
        if record.day is not None and span.contains(record.day):
            found[(record.day - span.first).days] = True
    return found


def _with_records(one: Coincidence, own: Iterable[EventRecord], question: Question) -> Coincidence:
    """The day with the records of A on it and of B on its days, one an event."""
    wanted = ((one.day,), one.partner_days)
    found: dict[str, EventRecord] = {}
    for codes, days in zip(question.actors, wanted, strict=True):
        mine = [r for r in own if r.day in days and any(w.code in codes for w in r.event.actors)]
        for record in mine[:RECORDS_A_DAY]:
            found.setdefault(record.event_id, record)
    return replace(one, records=tuple(found.values()))


def _is_plain(record: EventRecord) -> bool:
    return not record.event.auxiliary and record.day is not None


def _is_toward(record: EventRecord, question: Question) -> bool:
    """Whether one of the two acts in it toward or with the other side."""
    event = record.event
    asked = {code for codes in question.actors for code in codes}
    met = (*event.actors, *event.recipients)
    return any(who.code in asked for who in met) and any(who.code in question.toward for who in met)


def _both_act(record: EventRecord, question: Question) -> bool:
    codes = {who.code for who in (*record.event.actors, *record.event.recipients)}
    return all(codes.intersection(actor) for actor in question.actors)
