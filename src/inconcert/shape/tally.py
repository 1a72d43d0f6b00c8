"""Acts toward one side from long rows to arrays with named axes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.shape.asking import Indices
from inconcert.shape.axes import Coverage, Groups, deed_types, places, types_of
from inconcert.shape.pairs import Parties, acts_too_many

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts toward a side in long form, arrays of shape (rows,).

    Attributes:
        actor: places in `actors`; the members of the side are among them.
        actors: codes.
        cell: places in `cells`.
        cells: CAMEO roots or PLOVER types.
        day: days since the first of the span.
        is_deed: whether the act is more than words.
        n: acts, counted once for each ordered pair of parties.
    """

    actor: Indices
    actors: list[str | None]
    cell: Indices
    cells: list[str | None]
    day: Indices
    is_deed: Truths
    n: Indices


@dataclass(frozen=True, slots=True)
class Habits:
    """Acts toward everybody else in long form, arrays of shape (rows,)."""

    actor: Indices
    actors: list[str | None]
    cell: Indices
    cells: list[str | None]
    n: Indices

    def array(self, actors: Sequence[str], types: Sequence[str]) -> npt.NDArray[np.int64]:
        """Counts of some actors, groups among them, shape (actors, types)."""
        label = _member_of(actors)
        row = places([label.get(str(code)) for code in self.actors], actors)[self.actor]
        column = places(self.cells, types)[self.cell]
        found = np.zeros((len(actors), len(types)), dtype=np.int64)
        held = (row >= 0) & (column >= 0)
        np.add.at(found, (row[held], column[held]), self.n[held])
        return found

    def cells_of(self, actors: Sequence[str]) -> set[str]:
        """Cells that some actors use."""
        label = _member_of(actors)
        is_one = np.array([str(code) in label for code in self.actors], dtype=bool)
        used = np.unique(self.cell[is_one[self.actor]])
        return {str(self.cells[place]) for place in used}


@dataclass(frozen=True, slots=True)
class Counted:
    """Acts toward a side as they are counted, arrays of shape (rows,) but for `volume`.

    Attributes:
        toward: codes of the side.
        label: places in `labels`.
        labels: actors, groups put together, none of the side.
        cell: places in `cells`.
        n: acts; negative where a row takes back what is counted twice.
        volume: counted events that are not toward the side, shape (days,).
        cover: days of the span.
    """

    toward: tuple[str, ...]
    label: Indices
    labels: tuple[str, ...]
    cell: Indices
    cells: tuple[str, ...]
    day: Indices
    is_deed: Truths
    n: Indices
    volume: npt.NDArray[np.int64]
    cover: Coverage

    def of_deeds(self) -> Counted:
        """Only what is more than words."""
        return self._rows(self.is_deed)

    def of(self, actors: Iterable[str]) -> Counted:
        """Only what some actors do."""
        wanted = set(actors)
        return self._rows(np.array([one in wanted for one in self.labels], dtype=bool)[self.label])

    def _rows(self, held: Truths) -> Counted:
        return replace(
            self,
            label=self.label[held],
            cell=self.cell[held],
            day=self.day[held],
            is_deed=self.is_deed[held],
            n=self.n[held],
        )

    def actors(self, first: Sequence[str], least_acts: int) -> tuple[str, ...]:
        """Actors asked about, then all others with that many acts, by name."""
        acts = np.zeros(len(self.labels), dtype=np.int64)
        np.add.at(acts, self.label, self.n)
        return self._after(first, acts >= max(1, least_acts))

    def actors_on_days(self, first: Sequence[str], least_days: int) -> tuple[str, ...]:
        """Actors asked about, then all others that act on that many days, by name."""
        acts = np.zeros((len(self.labels), len(self.volume)), dtype=np.int32)
        np.add.at(acts, (self.label, self.day), self.n)
        return self._after(first, (acts > 0).sum(axis=1) >= max(1, least_days))

    def _after(self, first: Sequence[str], enough: Truths) -> tuple[str, ...]:
        others = {self.labels[place] for place in np.flatnonzero(enough)}
        return (*first, *sorted(others.difference(first)))


def days_to_look_up(acts: Acts, is_shared: Truths, side: Sequence[str]) -> Indices:
    """Days on which some event may count for more than one pair of an actor and the side.

    Args:
        is_shared: rows that hold an event of more than two parties, shape (rows,).
        side: codes of T; acts among several of them may stand in both orders.
    """
    found = set(np.unique(acts.day[is_shared]).tolist())
    if len(side) > 1:
        inside = np.array([code in side for code in acts.actors], dtype=bool)[acts.actor]
        key = acts.day[inside] * max(1, len(acts.cells)) + acts.cell[inside]
        keys, rows = np.unique(key, return_counts=True)
        found |= set((keys[rows > 1] // max(1, len(acts.cells))).tolist())
    return np.array(sorted(found), dtype=np.int64)


def corrected(
    acts: Acts,
    shared: Iterable[Parties],
    cover: Coverage,
    *,
    side: Sequence[str],
    who: Groups,
) -> Counted:
    """Acts with groups put together and nothing counted twice.

    Args:
        shared: events of the days to look up that may count more than once.
        side: codes of T.
        who: the actors asked about.
    """
    members = frozenset(side)
    names = [_label(str(code), members, who.label_of) for code in acts.actors]
    taken = _taken_back(shared, cover, members, who.label_of)
    labels = tuple(dict.fromkeys(name for name in names if name is not None))
    cells = tuple(dict.fromkeys((*map(str, acts.cells), *(cell for _, cell, *_ in taken.rows))))
    toward = np.bincount(acts.day, weights=acts.n, minlength=len(cover.days)).astype(np.int64)
    row = places(names, labels)[acts.actor]
    held = row >= 0
    more = [one for one in taken.rows if one[0] in set(labels)]
    return Counted(
        toward=tuple(side),
        label=np.r_[row[held], places([one[0] for one in more], labels)],
        labels=labels,
        cell=np.r_[acts.cell[held], places([one[1] for one in more], cells)],
        cells=cells,
        day=np.r_[acts.day[held], np.array([one[2] for one in more], dtype=np.int64)],
        is_deed=np.r_[acts.is_deed[held], np.array([one[3] for one in more], dtype=bool)],
        n=np.r_[acts.n[held], np.array([-one[4] for one in more], dtype=np.int64)],
        volume=cover.events - toward + taken.toward,
        cover=cover,
    )


def tallied(
    counted: Counted,
    habits: Habits,
    *,
    actors: tuple[str, ...],
    deeds_only: bool,
    source: str,
    query: str,
) -> Toward:
    """Counted acts as arrays.

    Args:
        actors: in the order of the axis; the acts of others are left out.
    """
    kept = counted.of(actors)
    used = {counted.cells[place] for place in np.unique(kept.cell)} | habits.cells_of(actors)
    types = types_of(used, beside=(*counted.cells, *map(str, habits.cells)), deeds_only=deeds_only)
    counts = np.zeros((len(actors), len(types), len(counted.cover.days)), dtype=np.int32)
    row = places(kept.labels, actors)[kept.label]
    np.add.at(counts, (row, places(kept.cells, types)[kept.cell], kept.day), kept.n)
    return Toward(
        toward=counted.toward,
        actors=actors,
        types=types,
        days=counted.cover.days,
        counts=counts,
        volume=counted.volume,
        covered=counted.cover.covered,
        habits=habits.array(actors, types),
        source=source,
        query=query,
    )


# -- what is counted twice


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """Rows (actor, cell, day, is deed, acts too many) and events too many a day, shape (days,)."""

    rows: list[tuple[str, str, int, bool, int]]
    toward: npt.NDArray[np.int64]


def _taken_back(
    shared: Iterable[Parties],
    cover: Coverage,
    members: frozenset[str],
    label_of: Mapping[str, str],
) -> _TakenBack:
    rows: list[tuple[str, str, int, bool, int]] = []
    toward = np.zeros(len(cover.days), dtype=np.int64)
    deeds = set(deed_types())
    for event in shared:
        pairs = [pair for pair in event.pairs if pair[1] in members]
        if not pairs:
            continue
        day = int((event.day - cover.days[0]).astype(np.int64))
        toward[day] += len(pairs) - 1
        for label, count in acts_too_many(event, members, label_of).items():
            rows.append((label, event.cell, day, event.kind in deeds, count))
    return _TakenBack(rows, toward)


def _label(code: str, members: frozenset[str], label_of: Mapping[str, str]) -> str | None:
    return None if code in members else label_of.get(code, code)


def _member_of(actors: Sequence[str]) -> dict[str, str]:
    return {code: label for label in actors for code in label.split("+")}
