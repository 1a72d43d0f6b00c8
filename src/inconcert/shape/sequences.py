"""What some actors did to some others, in order of day, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.display import displayed
from inconcert.core.span import TimeSpan
from inconcert.shape.asking import LAST_WORD, Indices, Query, answer, dates, encoded, numbers, shown
from inconcert.shape.axes import Days, coverage, days_of, kinds_wanted

RECORDS_A_DAY = 20


@displayed
@dataclass(frozen=True, slots=True)
class ActSequence:
    """Acts between actors in order of day, arrays of shape (rows,).

    Acts of one pair on one day that differ in nothing stand in one row.

    Attributes:
        day: `datetime64[D]`, rising.
        actor: places in `codes`.
        recipient: places in `codes`.
        kind: places in `kinds`.
        cell: places in `cells`.
        mode: places in `modes`.
        contexts: places in `context_sets`.
        n: counted acts.
        score: sum of the scores that the source gives, NaN where it gives none.
        codes: actors and recipients, by name.
        kinds: PLOVER types, STATEMENT, APPEAL.
        cells: CAMEO roots or PLOVER types.
        modes: PLOVER modes; empty for none.
        context_sets: PLOVER contexts joined by `;`; empty for none.
        days: all days asked about, shape (days,).
        covered: days of these with any event of the source, shape (days,).
    """

    day: Days
    actor: Indices
    recipient: Indices
    kind: Indices
    cell: Indices
    mode: Indices
    contexts: Indices
    n: Indices
    score: npt.NDArray[np.float64]
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    cells: tuple[str, ...]
    modes: tuple[str, ...]
    context_sets: tuple[str, ...]
    days: Days
    covered: npt.NDArray[np.bool_]
    source: str
    query: str

    def __len__(self) -> int:
        return len(self.n)


def sequence(
    query: Query,
    source: str,
    actors: Iterable[str] | None,
    recipients: Iterable[str] | None,
    *,
    span: TimeSpan,
    kinds: Iterable[str] | None = None,
    deeds_only: bool = False,
) -> ActSequence:
    """Acts of some actors upon some others in order of day, as one source has them.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source.
        actors: codes; None for everybody.
        recipients: codes; None for everybody.
        span: days asked about.
        kinds: PLOVER types, STATEMENT, APPEAL; None for all.
        deeds_only: leave out what is only said; taken where `kinds` is None.

    Raises:
        BadQuestion: there is no source of that name.
    """
    cover = coverage(query, source, span)
    upon = None if recipients is None else sorted(set(recipients))
    given: dict[str, Any] = {
        "source": source,
        "actors": None if actors is None else sorted(set(actors)),
        "recipients": upon,
        "least": min(upon or [""]),
        "greatest": max(upon or [LAST_WORD]),
        "first": span.first,
        "last": span.last,
        "kinds": kinds_wanted(deeds_only) if kinds is None else sorted(set(kinds)),
    }
    table = answer(query, "sequence", given)
    (actor, acting), (recipient, acted_upon) = (encoded(table, k) for k in ("actor", "recipient"))
    codes = sorted({str(code) for code in (*acting, *acted_upon)})
    words = {name: encoded(table, name) for name in ("kind", "cell", "mode", "contexts")}
    return ActSequence(
        day=dates(table),
        actor=_placed(actor, acting, codes),
        recipient=_placed(recipient, acted_upon, codes),
        kind=words["kind"][0],
        cell=words["cell"][0],
        mode=words["mode"][0],
        contexts=words["contexts"][0],
        n=numbers(table, "n"),
        score=np.asarray(table["score"].to_numpy(), dtype=float),
        codes=tuple(codes),
        kinds=_names(words["kind"][1]),
        cells=_names(words["cell"][1]),
        modes=_names(words["mode"][1]),
        context_sets=_names(words["contexts"][1]),
        days=days_of(span),
        covered=cover.covered,
        source=source,
        query=shown("sequence", given),
    )


def records(
    query: Query,
    source: str,
    actors: Sequence[str],
    side: Sequence[str],
    days: Iterable[date],
    *,
    most_a_day: int = RECORDS_A_DAY,
) -> list[dict[str, Any]]:
    """Counted events of some days between some actors and a side, as rows of the view `events`.

    Args:
        actors: codes of those who act.
        side: codes of T.
        days: the days.
        most_a_day: events shown of one day, those of most mentions first.
    """
    wanted = sorted(set(days))
    if not wanted:
        return []
    given = {
        "source": source,
        "actors": list(actors),
        "side": list(side),
        "days": wanted,
        "first": wanted[0],
        "last": wanted[-1],
        "most": most_a_day,
    }
    found: list[dict[str, Any]] = answer(query, "records", given).to_pylist()
    return found


def _placed(place: Indices, names: Sequence[str | None], axis: Sequence[str]) -> Indices:
    """Places in one list of words as places in another."""
    where = {name: number for number, name in enumerate(axis)}
    return np.array([where[str(name)] for name in names], dtype=np.int64)[place]


def _names(words: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(str(word) for word in words)
