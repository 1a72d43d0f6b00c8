"""Who acts toward whom, how and when: ties between actors, as CSV and as the base of networks."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from inconcert.errors import BadQuestion
from inconcert.show.export_acts import Act, Names, happenings, ordered_pairs, sign_of
from inconcert.show.export_cells import cell, iso
from inconcert.show.export_file import Exported, replacing, require_suffix

Period = Literal["all", "day", "week", "month", "year"]
PERIODS: tuple[Period, ...] = ("all", "day", "week", "month", "year")

TIE_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("actor", "text", "code of who acts"),
    ("recipient", "text", "code of who is acted upon"),
    ("type", "text", "PLOVER type, STATEMENT or APPEAL, or a type of the case's own"),
    ("sign", "whole", "1 friendly, -1 hostile, 0 neither, by the PLOVER score"),
    ("mutual", "yes-no", "true for meetings: the same acts stand the other way round too"),
    ("first", "day", "first day of the period, or of the first act where there are no periods"),
    ("last", "day", "last day of the period, or of the last act"),
    ("n", "whole", "acts; reports of the same act count once"),
    ("mentions", "whole", "reports of these acts"),
    ("days", "whole", "days with such an act"),
    ("undated", "whole", "those of n whose day is not known"),
    ("actor_name", "text", "name of the actor"),
    ("recipient_name", "text", "name of the recipient"),
)
"""Columns of a list of ties: name, form and meaning. New ones come last."""

_Key = tuple[str, str, str, int, bool]


@dataclass(slots=True)
class Tie:
    """Acts of one kind of one actor toward another.

    Attributes:
        days: acts by day.
        mentions: reports by day, None for acts without one.
        undated: acts whose day is not known.
    """

    actor: str
    recipient: str
    kind: str
    sign: int
    is_mutual: bool
    days: Counter[date] = field(default_factory=Counter)
    mentions: Counter[date | None] = field(default_factory=Counter)
    undated: int = 0

    @property
    def n(self) -> int:
        """Acts."""
        return self.days.total() + self.undated

    @property
    def first(self) -> date | None:
        """Day of the first act; None where no day is known."""
        return min(self.days, default=None)

    @property
    def last(self) -> date | None:
        """Day of the last act."""
        return max(self.days, default=None)

    def spells(self) -> Iterator[tuple[date, date, int]]:
        """Runs of days that follow each other with as many acts each: first, last, acts a day."""
        run: tuple[date, date, int] | None = None
        for day in sorted(self.days):
            n = self.days[day]
            if run is not None and run[2] == n and day - run[1] == timedelta(days=1):
                run = (run[0], day, n)
                continue
            if run is not None:
                yield run
            run = (day, day, n)
        if run is not None:
            yield run


@dataclass(frozen=True, slots=True)
class Ties:
    """A network.

    Attributes:
        ties: in order of actor, recipient, kind, sign.
        acts: that stand in one tie or more.
        left_out: acts in which no two different actors with codes stand toward each other.
    """

    ties: tuple[Tie, ...]
    acts: int
    left_out: int

    @property
    def actors(self) -> tuple[str, ...]:
        """Codes of all in a tie, sorted."""
        return tuple(sorted({code for tie in self.ties for code in (tie.actor, tie.recipient)}))

    @property
    def first(self) -> date | None:
        """Day of the first act."""
        return min((tie.first for tie in self.ties if tie.first), default=None)

    @property
    def last(self) -> date | None:
        """Day of the last act."""
        return max((tie.last for tie in self.ties if tie.last), default=None)

    def given(self) -> Mapping[str, int]:
        """Acts by actor; one toward two recipients counts for both ties."""
        found: Counter[str] = Counter()
        for tie in self.ties:
            found[tie.actor] += tie.n
        return found

    def received(self) -> Mapping[str, int]:
        """Acts by recipient."""
        found: Counter[str] = Counter()
        for tie in self.ties:
            found[tie.recipient] += tie.n
        return found


def ties_of(acts: Iterable[Act]) -> Ties:
    """The ties that acts make. What is held grows with the ties and their days, not with the acts.

    Reports of the same act count once. A meeting of two stands as two ties, one each way, both
    marked as mutual; an act of two toward a third as two ties toward it.
    """
    found: dict[_Key, Tie] = {}
    counted = left_out = 0
    for happening in happenings(acts):
        act, is_in = happening.act, False
        for one, other, is_mutual in ordered_pairs(act):
            key = (one, other, act.kind, sign_of(act.kind, act.mode), is_mutual)
            tie = found.setdefault(key, Tie(*key))
            tie.mentions[act.day] += happening.mentions
            if act.day is None:
                tie.undated += 1
            else:
                tie.days[act.day] += 1
            is_in = True
        counted, left_out = counted + is_in, left_out + (not is_in)
    return Ties(tuple(found[key] for key in sorted(found)), counted, left_out)


def write_ties(
    acts: Iterable[Act], path: Path, *, names: Names | None = None, period: Period = "all"
) -> Exported:
    """Write ties to a .csv file: one row a tie, or a tie and period.

    Args:
        names: what the codes are called.
        period: `all` for one row a tie; otherwise one for each period with an act.

    Returns:
        Acts that stand in the file, and acts between no two actors.

    Raises:
        BadQuestion: not a .csv file, or no such period.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".csv",), "a list of ties")
    if period not in PERIODS:
        raise BadQuestion(
            f"no period is called {period!r}", where="period", advice=f"One of {PERIODS}."
        )
    called, network = names or Names(), ties_of(acts)
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow([name for name, _, _ in TIE_COLUMNS])
        for tie in network.ties:
            rows.writerows([cell(value) for value in row] for row in _rows(tie, called, period))
    return Exported(network.acts, network.left_out)


def _rows(tie: Tie, names: Names, period: Period) -> Iterator[list[object]]:
    who = [tie.actor, tie.recipient, tie.kind, tie.sign, tie.is_mutual]
    called = [names.name_of(tie.actor), names.name_of(tie.recipient)]
    if period == "all":
        days = [iso(tie.first), iso(tie.last)]
        yield [*who, *days, tie.n, tie.mentions.total(), len(tie.days), tie.undated, *called]
        return
    parts: dict[tuple[date, date], list[date]] = {}
    for day in sorted(tie.days):
        parts.setdefault(_bounds(day, period), []).append(day)
    for (first, last), days_in in parts.items():
        n = sum(tie.days[day] for day in days_in)
        mentions = sum(tie.mentions[day] for day in days_in)
        yield [*who, iso(first), iso(last), n, mentions, len(days_in), 0, *called]
    if tie.undated:
        yield [*who, None, None, tie.undated, tie.mentions[None], 0, tie.undated, *called]


def _bounds(day: date, period: Period) -> tuple[date, date]:
    """First and last day of the period that a day lies in; weeks begin on Monday."""
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if period == "month":
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return day.replace(day=1), after - timedelta(days=1)
    if period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day
