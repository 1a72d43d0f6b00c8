"""When something changed: turning points of each actor, the known events near, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from inconcert.core.findings import Behind, Cell, Facts, Measured
from inconcert.judge.amounts import dated, days_between
from inconcert.judge.labour_case import LEVEL, PAIR, Acts, number_words, refused, tried
from inconcert.measure import turning_tables
from inconcert.measure.turning import KINDS, NULLS, Turning, TurningPoint, turning_points
from inconcert.measure.turning_tables import WINDOW_DAYS, anchors_near, before_after

GROUP = "turning points"
AFTER_DAYS, MOST_NEAR, MOST_KNOWN, MOST_CELLS = 14, 4, 4, 3
NO_CAUSE = "A date is no cause, and an event near it is not shown to be one."
FOUND_HERE = "The day was found in these very acts, so its p would be too small and is not given."


@dataclass(frozen=True, slots=True)
class Known:
    """A known event that is listed where it lies near a turning point.

    Attributes:
        is_own: it stands in the case's own `anchors.toml`, and is thus a day chosen beforehand.
    """

    day: date
    name: str
    is_own: bool = False


def turns(
    acts: Acts, actor: int, kind: str, known: Sequence[Known]
) -> tuple[Measured, Turning | None]:
    """Turning points of rate, portfolio or stance of one actor.

    Args:
        acts: toward the side.
        actor: 0 or 1.
        kind: one of `measure.turning.KINDS`.
        known: events that are listed where they lie near.

    Returns:
        What is said, and the turning points; None where refused.
    """
    name = acts.names[actor]
    empty = Measured(
        f"turns.{kind}.{PAIR[actor]}", GROUP, f"{name}, {kind}", "", null=NULLS[kind],
        mind=NO_CAUSE,
    )  # fmt: skip
    held: list[Turning] = []

    def ask() -> Measured:
        counts, cells = _series(acts, actor, kind)
        found = turning_points(
            counts, rng=acts.rng(4, actor, KINDS.index(kind)), kind=kind, volume=acts.volume,
            covered=acts.covered, seed=acts.seed,
        )  # fmt: skip
        held.append(found)
        return _turned(empty, acts, actor, found, cells, known)

    told = tried(empty, ask)
    return told, held[0] if held else None


def _series(acts: Acts, actor: int, kind: str) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    if kind == "stance":
        return acts.signs()[actor], ("cooperative", "conflictual")
    cells = tuple(sorted(set(acts.cells)))
    counts = np.zeros((len(cells), len(acts.days)), dtype=np.int64)
    np.add.at(counts, [cells.index(cell) for cell in acts.cells], acts.counts[actor])
    return counts, cells


def _turned(
    empty: Measured,
    acts: Acts,
    actor: int,
    found: Turning,
    cells: Sequence[str],
    known: Sequence[Known],
) -> Measured:
    name, test = acts.names[actor], found.result
    base = replace(empty, p=test.p, n=test.n)
    if not found.points:
        value = "changed, and not when" if test.p < 0.05 else "no change shown"
        return replace(base, value=value, sentence=f"{name}: {found.kind}: {value}.")
    points = [_point(acts, point, found, cells) for point in found.points]
    near = [_near(acts, point, known) for point in found.points]
    told = "; ".join(
        f"{dated(acts.day(point.day))} ({_interval(acts, point)}): {change}"
        for point, change in zip(found.points, (row["change"] for row in points), strict=True)
    )
    names = [row for rows in near for row in rows]
    beside = "; ".join(dict.fromkeys(str(row["name"]) for row in names[:MOST_NEAR]))
    expected = sum(_expected(acts, point, known) for point in found.points)
    effect, unit = _size(found)
    return replace(
        base,
        value="; ".join(dated(acts.day(point.day)) for point in found.points),
        sentence=f"{name}: {found.kind} changed {told}."
        + (
            f" Known events near, none shown to be a cause: {beside} "
            f"({number_words(expected, 1)} as near by chance)."
            if beside
            else ""
        ),
        effect=effect,
        unit=unit,
        facts=(
            Facts("points", tuple(points)),
            Facts("near", tuple(names)),
        ),
        behind=(Behind(actor, _days_after(acts, actor, found.points)),),
    )


def _size(found: Turning) -> tuple[float | None, str]:
    """How large the first change is, for a rate and a stance."""
    first = found.points[0]
    if found.kind == "rate":
        return first.after[0] / max(first.before[0], 1e-9), "rate after over rate before"
    if found.kind == "stance":
        return first.after[0] - first.before[0], "cooperative share after less before"
    return None, ""


def _point(
    acts: Acts, point: TurningPoint, found: Turning, cells: Sequence[str]
) -> Mapping[str, Cell]:
    first, last = (acts.day(place) for place in point.interval)
    return {
        "day": acts.day(point.day),
        "first": first,
        "last": last,
        "p": point.p,
        "change": _change(point, found, cells),
    }


def _change(point: TurningPoint, found: Turning, cells: Sequence[str]) -> str:
    if found.kind == "rate":
        before, after = (number_words(side[0]) for side in (point.before, point.after))
        return f"{before} to {after} acts a day"
    names = ["+".join(cells[row] for row in rows) for rows in found.cells]
    moves = sorted(
        zip(names, point.before, point.after, strict=True), key=lambda one: -abs(one[2] - one[1])
    )
    most = 1 if found.kind == "stance" else MOST_CELLS
    return ", ".join(
        f"share of {name} {number_words(one)} to {number_words(other)}"
        for name, one, other in moves[:most]
    )


def _interval(acts: Acts, point: TurningPoint) -> str:
    return days_between(*(acts.day(place) for place in point.interval))


def _placed(acts: Acts, known: Sequence[Known]) -> list[tuple[int, str]]:
    first = acts.days[0].astype("datetime64[D]").item()
    places = [((one.day - first).days, one.name) for one in known]
    return [(place, name) for place, name in places if 0 <= place < len(acts.days)]


def _near(acts: Acts, point: TurningPoint, known: Sequence[Known]) -> list[Mapping[str, Cell]]:
    found = anchors_near(point.interval, _placed(acts, known), days=len(acts.days))
    at = acts.day(point.day)
    return [
        {"point": at, "day": acts.day(place), "name": name}
        for place, name in sorted(found.near, key=lambda one: abs(one[0] - point.day))
    ]


def _expected(acts: Acts, point: TurningPoint, known: Sequence[Known]) -> float:
    return anchors_near(point.interval, _placed(acts, known), days=len(acts.days)).expected


def _days_after(acts: Acts, actor: int, points: Sequence[TurningPoint]) -> tuple[date, ...]:
    held = np.zeros(len(acts.days), dtype=np.int64)
    for point in points:
        part = slice(point.day, point.day + AFTER_DAYS)
        held[part] = acts.counts[actor].sum(axis=0)[part]
    return acts.days_with(held)


def around(acts: Acts, actor: int, day: date, why: str, *, is_found: bool) -> Measured:
    """Acts before and after a day, beside placebo days.

    Args:
        acts: toward the side.
        actor: 0 or 1.
        day: first day of the time after.
        why: what the day is.
        is_found: the day was found in the same acts, so that no p can be given.
    """
    name = acts.names[actor]
    empty = Measured(
        f"turns.around.{day.isoformat()}.{PAIR[actor]}", GROUP,
        f"{name}, before and after {dated(day)} ({why})", "", null=turning_tables.NULL,
        mind=f"{FOUND_HERE} {NO_CAUSE}" if is_found else NO_CAUSE,
        n_of="acts in both windows",
    )  # fmt: skip
    place = int((np.datetime64(day, "D") - acts.days[0]).astype(int))
    if not WINDOW_DAYS <= place <= len(acts.days) - WINDOW_DAYS:
        return refused(empty, f"{WINDOW_DAYS} days on either side of {dated(day)} are not covered")

    def ask() -> Measured:
        found = before_after(acts.counts[actor], place, volume=acts.volume, covered=acts.covered)
        test = found.result
        before, after = sum(found.before), sum(found.after)
        value = "more" if test.statistic > 1 else "fewer"
        is_said = test.p < 0.05 and not is_found
        return replace(
            empty,
            value=value if is_said or is_found else "no change shown",
            sentence=f"{name}, {WINDOW_DAYS} days before {dated(day)} ({why}) and from then on: "
            f"{before} and {after} acts; {100 * found.as_far:.0f} of 100 placebo days as far.",
            effect=test.statistic,
            unit="rate after over rate before",
            interval=test.interval,
            level=LEVEL,
            p=None if is_found else test.p,
            n=test.n,
            facts=(
                Facts(
                    "placebos",
                    ({"days": len(found.placebos), "as_far": found.as_far,
                      "before": before, "after": after},),
                ),
            ),
        )  # fmt: skip

    return tried(empty, ask)


def all_of(acts: Acts, *, split: date | None, known: Sequence[Known]) -> Iterator[Measured]:
    """All turning points, then before and after the days named beforehand and those found.

    Args:
        acts: toward the side.
        split: a day named by whoever asks.
        known: events with their days.
    """
    days: list[tuple[date, str, tuple[int, ...], bool]] = []
    if split is not None:
        days.append((split, "named in the question", (0, 1), False))
    own = [one for one in known if one.is_own and one.day != split][:MOST_KNOWN]
    days += [(one.day, one.name, (0, 1), False) for one in own]
    for actor in (0, 1):
        for kind in KINDS:
            told, found = turns(acts, actor, kind, known)
            yield told
            if kind == "rate" and found is not None:
                named = {one[0] for one in days if not one[3]}
                days += [
                    (acts.day(point.day), "turning point", (actor,), True)
                    for point in found.points
                    if acts.day(point.day) not in named
                ]
    for day, why, actors, is_found in days:
        for actor in actors:
            yield around(acts, actor, day, why, is_found=is_found)
