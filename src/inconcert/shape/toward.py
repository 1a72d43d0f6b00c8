"""Acts of every actor toward one side, day by day: what the tests of co-action start from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inconcert.core.panel import Toward
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.asking import Query, answer, dates, encoded, numbers, shown, truths
from inconcert.shape.axes import UNCODED, coverage, deed_types, groups, kinds_wanted
from inconcert.shape.pairs import shared_events
from inconcert.shape.tally import Acts, Habits, corrected, days_to_look_up, tallied


def toward(
    query: Query,
    source: str,
    side: Sequence[str],
    *,
    span: TimeSpan,
    asked: Sequence[str] = (),
    least_acts: int = 1,
    deeds_only: bool = False,
) -> Toward:
    """Acts of every actor toward one side, day by day, as one source has them.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source; sources are never put together.
        side: codes of T.
        span: days asked about.
        asked: actors that come first whether they act or not, codes of a group joined by `+`. An
            act of one of them that has another of them among its recipients is left out of it.
        least_acts: acts toward T that any other actor needs to be in the array.
        deeds_only: leave out what is only said; the volume still tells of all events.

    Returns:
        An act of a group, or toward several codes of T, counts once. Of days without any event
        of the source nothing is known: `covered` is False there.

    Raises:
        BadQuestion: no side, a code that stands twice, or no source of that name.
    """
    if not side:
        raise BadQuestion("no other side is named", advice="Name at least one code after --toward.")
    _ = groups(side)
    who = groups(asked, apart_from=side)
    cover = coverage(query, source, span)
    given: dict[str, Any] = {
        "source": source,
        "side": list(side),
        "least": min(side),
        "greatest": max(side),
        "first": span.first,
        "last": span.last,
        "deeds": list(deed_types()),
    }
    table = answer(query, "toward", given)
    acts = Acts(
        *encoded(table, "actor"),
        *encoded(table, "cell", unknown=UNCODED),
        (dates(table) - cover.days[0]).astype("int64"),
        truths(table, "is_deed"),
        numbers(table, "n"),
    )
    lookups = days_to_look_up(acts, truths(table, "is_shared"), side)
    shared = shared_events(query, source, (*side, *who.codes), cover.days[lookups])
    whole = corrected(acts, shared, cover, side=side, who=who)
    chosen = whole.of_deeds() if deeds_only else whole
    actors = chosen.actors(who.labels, least_acts)
    habits = habits_of(query, source, span, _codes(actors), deeds_only=deeds_only)
    return tallied(
        chosen,
        habits,
        actors=actors,
        deeds_only=deeds_only,
        source=source,
        query=shown("toward", given),
    )


def habits_of(
    query: Query,
    source: str,
    span: TimeSpan,
    codes: Sequence[str] | None,
    *,
    deeds_only: bool = False,
) -> Habits:
    """Acts of some actors (None: of all) toward everybody else; an act toward two counts twice."""
    given = {
        "source": source,
        "first": span.first,
        "last": span.last,
        "actors": None if codes is None else list(codes),
        "kinds": kinds_wanted(deeds_only),
    }
    table = answer(query, "habits", given)
    return Habits(
        *encoded(table, "actor"), *encoded(table, "cell", unknown=UNCODED), numbers(table, "n")
    )


def _codes(actors: Sequence[str]) -> list[str]:
    return [code for label in actors for code in label.split("+")]
