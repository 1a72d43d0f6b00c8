"""Acts over time for the drawings of a brief, counted as the timeline of the pages counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from inconcert.core.evidence import Corpus, one_each
from inconcert.core.reading import TEXTS
from inconcert.core.verdict import Answer
from inconcert.shape.toward import toward
from inconcert.show.charts import Spec, first_of, sign_of, unit_of
from inconcert.store.lake import Lake

BEFORE_DAYS = 31
"""Days before the first document from which acts are drawn; older ones would shrink all others."""
NOBODY_ELSE = 10**9
"""Acts that a third party needs to be counted: nobody has as many."""
Spread = Callable[[Sequence[str]], Sequence[str]]


def drawn_of(answer: Answer, case: Path, spread: Spread = tuple) -> Spec | None:
    """Acts of the actors asked about toward the other side, by source, sign and period.

    What is said without an act is left out: where statements are many, nobody would see the acts.

    Args:
        answer: to one question.
        case: folder of the case.
        spread: codes with all that were merged into them.

    Returns:
        As `charts.timeline_spec` takes it, and `left`: acts of texts long before the first
        document, or after the last, which are not drawn. None where no act has a known day.
    """
    told = list(_of_texts(answer))
    daily = [one for one in told if _is_near(one[3], answer.corpus)]
    left = len(told) - len(daily)
    for one in answer.by_source:
        if one.reading.kind == "dataset" and one.reading.coverage is not None:
            daily += _of_dataset(answer, one.reading.source, case, spread)
    if not daily:
        return None
    first, last = min(one[3] for one in daily), max(one[3] for one in daily)
    unit = unit_of(first, last)
    sums: dict[tuple[str, int, str, date], int] = defaultdict(int)
    for source, place, sign, day, n in daily:
        sums[source, place, sign, first_of(day, unit)] += n
    names, split = answer.question.names, answer.question.split
    is_cut = split is not None and first <= split <= last
    return {
        "question": {"names": list(names)},
        "unit": unit,
        "from": first,
        "to": last,
        "series": [
            {"source": source, "actor": names[place], "sign": sign, "period": day, "n": n}
            for (source, place, sign, day), n in sorted(sums.items())
        ],
        "left": left,
        "anchors": [{"name": f"{split:%-d %B %Y}", "from": split}] if is_cut else [],
        "days": [
            {"source": one.reading.source, "day": day.day}
            for one in answer.by_source
            for day in one.reading.strongest
        ],
    }


def _is_near(day: date, corpus: Corpus) -> bool:
    """Whether a day lies in those of the documents, or a little before: told of later."""
    firsts = [each.first for each in corpus.sources if each.first is not None]
    lasts = [each.last for each in corpus.sources if each.last is not None]
    if not firsts or not lasts:
        return True
    return min(firsts) - timedelta(days=BEFORE_DAYS) <= day <= max(lasts)


def _of_texts(answer: Answer) -> Iterator[tuple[str, int, str, date, int]]:
    for place, column in enumerate(answer.columns):
        for record in one_each(column.deeds):
            if record.day is not None:
                yield TEXTS, place, sign_of(record.event.type), record.day, 1


def _of_dataset(
    answer: Answer, source: str, case: Path, spread: Spread
) -> Iterator[tuple[str, int, str, date, int]]:
    question = answer.question
    cover = next(one.reading.coverage for one in answer.by_source if one.reading.source == source)
    assert cover is not None
    asked = tuple("+".join(spread(codes)) for codes in question.actors)
    with Lake.open(case) as lake:
        arrays = toward(
            lake.query, source, spread(question.toward), span=cover.span, asked=asked,
            least_acts=NOBODY_ELSE,
        )  # fmt: skip
    for place, cell, day in np.argwhere(arrays.counts[: len(asked)] > 0):
        when = cover.span.first + timedelta(days=int(day))
        count = int(arrays.counts[place, cell, day])
        yield source, int(place), sign_of(arrays.types[cell]), when, count
