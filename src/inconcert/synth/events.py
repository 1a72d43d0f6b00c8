"""Made-up event data of any size whose truth is known: acts first, then the rows that tell them.

A world is drawn in pieces of consecutive days, each from its own seed: memory does not grow with
the number of rows, and any piece can be drawn again to count what it holds. What becomes of the
rows in a store, the truth says beforehand, by these rules: a row with the same day, sides, code and
address as another repeats it; a consultation written in both directions is one event, and so is a
visit made and hosted; a row of the wrong number of cells is none; the other rows are counted, under
both sides' codes in the register.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput
from inconcert.synth.rows_cast import event_kinds, form_shares, players

Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int16]
Small = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

OUTLETS = 512
"""Newspapers that rows name."""

QUARTERS = 96
"""Quarters of an hour of a day: when a row was added."""

_PIECE_IDS = 50_000_000
_WEEKDAYS = (1.05, 1.1, 1.1, 1.1, 1.05, 0.85, 0.75)
_DRIFT_DAYS, _DRIFT = 400.0, 0.15
_SHOCK_DECAY = (1.0, 0.7, 0.4, 0.2, 0.1)
_SHOCK_SIZE = 0.03
_TABLE = 1 << 20
_HASH = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class EventWorld:
    """A world of acts between pairs of actors, told in rows.

    Attributes:
        rows: about how many rows it has.
        first, last: its days.
        zipf: the pair on place k is drawn in proportion to `k ** -zipf`.
        domestic: share of pairs' weight that lies within a state.
        nameless: share of acts of which only one side is named.
        mirrored: share of consultations (by pair, day and code) that stand in both directions.
        repeated: share of rows that stand twice, with another number.
        told: rows of an act on average, each from another address.
        damaged: share of rows that stand a second time with a cell too many.
        shock_every: days between bursts of one pair, on average.
        piece_rows: rows of a piece, about.
    """

    rows: int
    first: date = date(2021, 1, 1)
    last: date = date(2021, 8, 31)
    seed: int = 0
    zipf: float = 1.05
    domestic: float = 0.3
    nameless: float = 0.2
    mirrored: float = 0.4
    repeated: float = 0.05
    told: float = 1.4
    damaged: float = 0.0002
    shock_every: float = 15.0
    piece_rows: int = 1_000_000

    def __post_init__(self) -> None:
        if self.rows < 1 or self.last < self.first or self.piece_rows < 1:
            raise BadInput(
                "a world without rows or days",
                advice="It needs rows >= 1, piece_rows >= 1 and a last day not before the first.",
            )
        shares = (self.domestic, self.nameless, self.mirrored, self.repeated, self.damaged)
        if self.told < 1 or not all(0 <= share < 1 for share in shares):
            raise BadInput(
                "a share outside 0 to 1, or less than one row an act",
                advice="Shares are from 0 to below 1; `told` is 1 or more.",
            )

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> npt.NDArray[np.datetime64]:
        """The Monday of each ISO week that it touches."""
        monday = self.first - timedelta(self.first.weekday())
        return np.arange(np.datetime64(monday), np.datetime64(self.last) + 1, np.timedelta64(7))

    @cached_property
    def pieces(self) -> tuple[range, ...]:
        """The days of each piece, counted from the first."""
        before = np.concatenate([[0.0], np.cumsum(self.daily_rows)])
        number = (before[1:] - 1e-6) // self.piece_rows
        starts = [0, *(np.flatnonzero(np.diff(number) > 0) + 1).tolist(), self.days]
        return tuple(range(start, end) for start, end in pairwise(starts))

    @cached_property
    def daily_rows(self) -> npt.NDArray[np.float64]:
        """Rows expected on each day: a week's rhythm over a slow drift."""
        day = np.arange(self.days)
        week = np.array(_WEEKDAYS)[(day + self.first.weekday()) % 7]
        rate = week * (1 + _DRIFT * np.sin(day * (2 * np.pi / _DRIFT_DAYS) + self.seed))
        return np.asarray(rate * (self.rows / rate.sum()), dtype=np.float64)

    @cached_property
    def pairs(self) -> tuple[Shorts, Shorts]:
        """Actors of each pair, the most frequent pair first; within a state both are the same."""
        rng = np.random.default_rng([self.seed, 1])
        weight = 1.0 / (np.arange(len(players())) + 3.0)
        a, b = np.triu_indices(len(weight), k=1)
        across = weight[a] * weight[b] * rng.lognormal(0.0, 1.0, len(a))
        own = np.flatnonzero([len(player.code) == 3 for player in players()])
        within = weight[own] ** 2 * rng.lognormal(0.0, 1.0, len(own))
        within *= across.sum() * self.domestic / (1 - self.domestic) / within.sum()
        order = np.argsort(-np.concatenate([across, within]), kind="stable")
        first, second = np.concatenate([a, own])[order], np.concatenate([b, own])[order]
        return first.astype(np.int16), second.astype(np.int16)

    @cached_property
    def tables(self) -> tuple[Ints, Small, Small]:
        """Pair, code and form by a number drawn evenly: fast draws from uneven shares."""
        ranks = np.arange(1, len(self.pairs[0]) + 1, dtype=float) ** -self.zipf
        kinds = np.array([kind.share for kind in event_kinds()])
        return (
            _spread(ranks, _TABLE),
            _spread(kinds, 1 << 16).astype(np.uint8),
            _spread(form_shares(), 1 << 12).astype(np.uint8),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a piece, in the order of their days. All arrays have shape (rows,).

    Attributes:
        number: of the row in its world (`GLOBALEVENTID`, `Event ID`).
        act: of the act in its piece, from 0; each act has a row.
        day: counted from the world's first.
        a, b: actors, places in `rows_cast.players()`; `b` is -1 where it is not named.
        a_form, b_form: under which of its names.
        kind: place in `rows_cast.event_kinds()`.
        address: tells apart the texts that rows come from.
        extra: even random bits for what else a row says.
        is_mirrored: the first of two rows in both directions.
        is_mirror: the second of them.
        is_repeat: another row says the same.
        is_damaged: written with a cell too many.
    """

    world: EventWorld
    number: Ints
    act: Ints
    day: Shorts
    a: Shorts
    b: Shorts
    a_form: Small
    b_form: Small
    kind: Small
    address: Ints
    extra: Ints
    is_mirrored: Bools
    is_mirror: Bools
    is_repeat: Bools
    is_damaged: Bools

    def __len__(self) -> int:
        return len(self.number)

    @property
    def is_counted(self) -> Bools:
        """Rows of which each becomes an event of its own."""
        return ~(self.is_mirror | self.is_repeat | self.is_damaged)


@dataclass(slots=True)
class Truth:
    """What a store must find in the rows added so far.

    Attributes:
        acts: acts behind the rows; several addresses may tell of one.
        rows, repeats, folds, damaged: rows, and how many of them repeat another, are the other
            direction of another, or are none.
        counted: events that are left: rows less the other three.
        weekly: counted events, shape (actors, actors, weeks): by the first toward the second, as
            PLOVER has them; a folded one counts in both directions; nothing within a state.
    """

    world: EventWorld
    acts: int = 0
    rows: int = 0
    repeats: int = 0
    folds: int = 0
    damaged: int = 0
    counted: int = 0
    weekly: npt.NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        many = len(players())
        self.weekly = np.zeros((many, many, len(self.world.weeks)), dtype=np.int32)

    def add(self, rows: Rows) -> None:
        """Count the rows of a piece."""
        counted = rows.is_counted
        self.acts += int(rows.act.max()) + 1 if len(rows) else 0
        self.rows += len(rows)
        self.damaged += int(rows.is_damaged.sum())
        self.repeats += int((rows.is_repeat & ~rows.is_damaged).sum())
        self.folds += int((rows.is_mirror & ~rows.is_repeat & ~rows.is_damaged).sum())
        self.counted += int(counted.sum())
        named = np.flatnonzero(counted & (rows.b >= 0) & (rows.a != rows.b))
        swapped = np.array([kind.is_swapped for kind in event_kinds()])[rows.kind[named]]
        a, b = rows.a[named], rows.b[named]
        actor, recipient = np.where(swapped, b, a), np.where(swapped, a, b)
        week = (rows.day[named].astype(np.int64) + self.world.first.weekday()) // 7
        both = rows.is_mirrored[named]
        self._count(actor, recipient, week)
        self._count(recipient[both], actor[both], week[both])

    def toward(self, actor: str, recipient: str) -> npt.NDArray[np.int32]:
        """Counted events of one actor toward another by week, shape (weeks,)."""
        codes = [player.code for player in players()]
        found: npt.NDArray[np.int32] = self.weekly[codes.index(actor), codes.index(recipient)]
        return found

    def _count(self, actor: Shorts, recipient: Shorts, week: Ints) -> None:
        many = self.weekly.shape[0]
        if not len(week):
            return
        first, last = int(week.min()), int(week.max())
        width = last - first + 1
        cell = (actor.astype(np.int64) * many + recipient) * width + (week - first)
        found = np.bincount(cell, minlength=many * many * width)
        self.weekly[:, :, first : last + 1] += found.reshape(many, many, width).astype(np.int32)


def draw(world: EventWorld, piece: int) -> Rows:
    """The rows of one piece; the same whenever it is asked for.

    Args:
        piece: its place in `world.pieces`.
    """
    rng = np.random.default_rng([world.seed, 2, piece])
    acts = _acts(world, world.pieces[piece], rng)
    acts = _with_mirrors(world, acts)
    return _as_rows(world, acts, rng, first=piece * _PIECE_IDS + 1)


def _spread(shares: npt.NDArray[np.float64], size: int) -> Ints:
    """Places of the shares, each as often as its share of the size, and at least once."""
    times = np.maximum(np.rint(shares / shares.sum() * size).astype(np.int64), 1)
    times[0] += size - times.sum()
    return np.repeat(np.arange(len(shares)), times)


@dataclass(slots=True)
class _Acts:
    day: Ints
    pair: Ints
    kind: Small
    told: Ints
    mirrored: Bools
    turned: Bools


def _acts(world: EventWorld, days: range, rng: np.random.Generator) -> _Acts:
    """Acts by day, pair and code, and how often each is told."""
    pairs, kinds, _ = world.tables
    per_act = world.told * (1 + world.repeated) * (1 + world.damaged)
    rate = world.daily_rows[days.start : days.stop] / per_act
    day = np.repeat(np.arange(days.start, days.stop), rng.poisson(rate))
    pair = pairs[rng.integers(0, _TABLE, len(day), dtype=np.int32)]
    struck = np.flatnonzero(rng.random(len(days)) < 1 / world.shock_every)
    for at in struck.tolist():  # a burst of one pair, over days
        hit = int(pairs[rng.integers(0, _TABLE)])
        for after, size in enumerate(_SHOCK_DECAY[: len(days) - at]):
            more = int(rng.poisson(rate[at + after] * _SHOCK_SIZE * size))
            day = np.concatenate([day, np.full(more, days.start + at + after)])
            pair = np.concatenate([pair, np.full(more, hit)])
    many = len(day)
    kind = kinds[rng.integers(0, len(kinds), many, dtype=np.int32)]
    told = rng.geometric(1 / world.told, many)
    return _Acts(day, pair, kind, told, np.zeros(many, dtype=bool), rng.random(many) < 0.5)


def _with_mirrors(world: EventWorld, acts: _Acts) -> _Acts:
    """Consultations of a pair, day and code: one in both directions, or all in one direction.

    Visits made and hosted (042, 043) are one code here: their other direction has the other code.
    """
    can = np.array([kind.is_mirrored for kind in event_kinds()])[acts.kind]
    within = world.pairs[0] == world.pairs[1]
    at = np.flatnonzero(can & ~within[acts.pair])
    made, hosted = _visits()
    kind = np.where(acts.kind[at] == hosted, made, acts.kind[at])
    key = (acts.day[at] * len(within) + acts.pair[at]) * 256 + kind
    bits = (key.astype(np.uint64) + np.uint64(world.seed)) * _HASH
    bits ^= bits >> np.uint64(29)
    bits *= _HASH
    share = (bits >> np.uint64(40)).astype(np.float64) / (1 << 24)
    acts.turned[at] = (bits >> np.uint64(20)) & np.uint64(1) == 1
    both = share < world.mirrored
    is_hosted = (bits >> np.uint64(21)) & np.uint64(1) == 1
    acts.kind[at] = np.where((kind == made) & is_hosted & ~both, hosted, kind)
    _, first = np.unique(key[both], return_index=True)
    keep = np.ones(len(acts.day), dtype=bool)
    keep[at[both]] = False
    chosen = at[both][first]
    keep[chosen] = True
    acts.mirrored[chosen], acts.told[chosen] = True, 1
    return _Acts(
        acts.day[keep],
        acts.pair[keep],
        acts.kind[keep],
        acts.told[keep],
        acts.mirrored[keep],
        acts.turned[keep],
    )


def _visits() -> tuple[int, int]:
    """Places of the codes for a visit made and a visit hosted."""
    codes = [kind.code for kind in event_kinds()]
    return codes.index("042"), codes.index("043")


def _as_rows(world: EventWorld, acts: _Acts, rng: np.random.Generator, *, first: int) -> Rows:
    """Each telling of an act as a row; its mirror; repeats and damaged rows behind; by day."""
    act = np.repeat(np.arange(len(acts.day)), acts.told)
    telling = np.arange(len(act))
    forms = world.tables[2]
    drawn = rng.integers(0, len(forms), (2, len(acts.day)), dtype=np.int16)
    form = forms[drawn]
    nameless = (rng.random(len(acts.day)) < world.nameless) & ~acts.mirrored
    mirror = np.flatnonzero(acts.mirrored[act])
    origin = np.concatenate([telling, mirror])
    is_mirror = np.arange(len(origin)) >= len(telling)
    repeat = np.flatnonzero(rng.random(len(origin)) < world.repeated)
    damaged = np.flatnonzero(rng.random(len(origin)) < world.damaged)
    row = np.concatenate([np.arange(len(origin)), repeat, damaged])
    is_repeat = np.arange(len(row)) >= len(origin)
    is_damaged = np.arange(len(row)) >= len(origin) + len(repeat)
    row_act = act[origin[row]]
    order = np.argsort(acts.day[row_act].astype(np.int16), kind="stable")
    row, row_act = row[order], row_act[order]
    turned = acts.turned[row_act] ^ is_mirror[row]
    one, other = (side[acts.pair[row_act]] for side in world.pairs)
    within = (world.pairs[0] == world.pairs[1])[acts.pair]
    form[:, within] = np.sort(form[:, within], axis=0)  # nothing within a state looks mirrored
    turned &= ~within[row_act]
    one_form, other_form = form[0][row_act], form[1][row_act]
    a, b = np.where(turned, other, one), np.where(turned, one, other)
    kind, (made, hosted) = acts.kind[row_act], _visits()
    kind[is_mirror[row] & (kind == made)] = hosted
    return Rows(
        world=world,
        number=np.arange(first, first + len(row)),
        act=row_act,
        day=acts.day[row_act].astype(np.int16),
        a=a,
        b=np.where(nameless[row_act], np.int16(-1), b),
        a_form=np.where(turned, other_form, one_form),
        b_form=np.where(turned, one_form, other_form),
        kind=kind,
        address=origin[row] + first,
        extra=rng.integers(0, 1 << 62, len(origin))[row],
        is_mirrored=acts.mirrored[row_act] & ~is_mirror[row],
        is_mirror=is_mirror[row],
        is_repeat=is_repeat[order] & ~is_damaged[order],
        is_damaged=is_damaged[order],
    )
