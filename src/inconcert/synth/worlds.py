"""Made-up worlds of actors that act toward one target, with known coupling and known traps.

A world is drawn in the order in which news comes about: a background of acts (volume, regimes),
common shocks and each actor's reaction to them, bursts, the planted coupling of A and B, and at
last the reports, of which one act may have several on several days. Every trap can be set by itself
(`NULLS`), so that a method that fails tells where. Everything is drawn from the generator that
is passed in; the same state of it gives the same world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from inconcert.errors import BadInput
from inconcert.synth.acts import (
    BRANCHING,
    Background,
    Cast,
    Floats,
    Ints,
    counted_acts,
    own_acts,
    planted_acts,
    reactions_to_shocks,
    regime_levels,
    retold_acts,
    type_habits,
    volume_of_news,
    with_bursts,
)

AXES = ("actor", "type", "day")
PAIR = (0, 1)
"""Places of A and B on the axis of actors, in every world."""
KINDS = ("none", "joint", "timing", "follow", "loose")
THIRD_RATE, THIRD_SPREAD = 0.12, 0.8
"""Median acts a day of a third party, and the standard deviation of the logarithm."""
VOLUME_A_DAY, LEVEL_DAYS = 400.0, 21

NULLS: Mapping[str, Background] = MappingProxyType(
    {
        "N1": Background("independent"),
        "N2": Background("volume", volume=True),
        "N3": Background("shocks", shocks="all"),
        "N3d": Background("delayed shocks", shocks="all", delays=True),
        "N4": Background("bursts", bursts=True),
        "N5": Background("retold acts", reports=True),
        "N6": Background("regime of all", regime="all"),
        "N6b": Background("regime of the pair", regime="pair"),
        "N7": Background(
            "all of N2 to N6",
            volume=True,
            shocks="all",
            delays=True,
            bursts=True,
            reports=True,
            regime="all",
        ),
        "N8": Background("bloc shocks", shocks="bloc"),
        "N9": Background(
            "N7 with bloc shocks",
            volume=True,
            shocks="both",
            delays=True,
            bursts=True,
            reports=True,
            regime="all",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a world and must be found out by a method.

    Attributes:
        null: name of the background in `NULLS`.
        kind: `none`, `joint` (B joins on the same day with the same type), `timing` (same day,
            own type), `follow` (B acts 1–5 days after A) or `loose` (within two days, either way).
        rho: share of A's acts that B joins, by plan.
        coupled: acts of B that were planted.
        shock_days: days on which a shock begins, in order.
        bloc: actors that bloc shocks hit, A and B included; empty without bloc shocks.
        partners: third parties that join the same acts of A as B does.
    """

    null: str
    kind: str
    rho: float
    coupled: int
    shock_days: tuple[int, ...]
    bloc: tuple[int, ...]
    partners: tuple[int, ...] = ()

    @property
    def is_coupled(self) -> bool:
        """Whether A and B truly act in concert."""
        return self.kind != "none" and self.rho > 0


@dataclass(frozen=True, slots=True)
class World:
    """Reported acts of actors toward one target.

    Attributes:
        counts: reported acts, shape (actors, types, days), as `AXES` says; A and B come first.
        volume: reported events of the whole data set that are not toward the target, shape
            (days,).
        actors: names along the first axis.
        types: names along the second axis.
        truth: what a method should find.
        twins: B redrawn in the same circumstances, uncoupled and coupled, shape (2, twins, types,
            days): what B might as well have done. From them the true lift is known.
    """

    counts: Ints
    volume: Floats
    actors: tuple[str, ...]
    types: tuple[str, ...]
    truth: Truth
    twins: Ints

    @property
    def daily(self) -> Ints:
        """Acts of each actor on each day, of whatever type, shape (actors, days)."""
        total: Ints = self.counts.sum(axis=1)
        return total

    def true_lift(self, lags: tuple[int, ...] = (0,), *, typed: bool = False) -> float:
        """How much more often B meets A than a B just as active that has nothing to do with A.

        Args:
            lags: days from A's act to B's that count as meeting.
            typed: whether only acts of the same type meet.

        Returns:
            Meetings of coupled twins over those of uncoupled ones that are, type by type, as
            active in the six weeks around; exactly 1 without coupling. Its own error falls with
            the number of twins.

        Raises:
            BadInput: the world was drawn without twins.
        """
        if not self.truth.is_coupled:
            return 1.0
        if self.twins.shape[1] == 0:
            raise BadInput("This world has no twins.", advice="Draw it with `twins=60`.")
        a = self.counts[0] > 0 if typed else self.counts[0].sum(axis=0, keepdims=True) > 0
        others = self.twins > 0 if typed else self.twins.sum(axis=2, keepdims=True) > 0
        uncoupled, coupled = others.mean(axis=1)
        level = _around(coupled) / np.maximum(_around(uncoupled), 1e-9)
        days, met, usual = a.shape[-1], 0.0, 0.0
        for lag in lags:
            early, late = max(0, -lag), max(0, lag)
            acts, answers = a[:, early : days - late], slice(late, days - early)
            met += float((acts * coupled[:, answers]).sum())
            usual += float((acts * uncoupled[:, answers] * level[:, answers]).sum())
        return met / max(usual, 1e-12)

    def true_share(self, *, typed: bool = False) -> float:
        """Share of A's act-days that B joins because of A, of those it would not share anyway.

        Args:
            typed: whether A's cells (day and type) count instead of its days.

        Returns:
            What coupled twins do on A's days beyond uncoupled ones, over what uncoupled ones
            leave free; exactly 0 without coupling.

        Raises:
            BadInput: the world was drawn without twins.
        """
        if not self.truth.is_coupled:
            return 0.0
        if self.twins.shape[1] == 0:
            raise BadInput("This world has no twins.", advice="Draw it with `twins=60`.")
        a = self.counts[0] > 0 if typed else self.counts[0].sum(axis=0, keepdims=True) > 0
        others = self.twins > 0 if typed else self.twins.sum(axis=2, keepdims=True) > 0
        uncoupled, coupled = others.mean(axis=1)
        return float((a * (coupled - uncoupled)).sum() / max((a * (1 - uncoupled)).sum(), 1e-12))


def simulate(
    rng: np.random.Generator,
    *,
    null: str = "N7",
    kind: str = "none",
    rho: float = 0.0,
    days: int = 365,
    rates: tuple[float, float] = (0.3, 0.3),
    third_parties: int = 30,
    types: int = 1,
    twins: int = 0,
    partners: int = 0,
) -> World:
    """Draw one world.

    Args:
        null: background, a key of `NULLS`.
        kind: planted coupling, one of `KINDS`.
        rho: share of A's acts that B joins, 0–1; the joint acts come on top of B's own.
        days: length of the world.
        rates: acts a day of A and of B, before shocks and retelling.
        third_parties: actors besides A and B.
        types: event types; 1 is an untyped world.
        twins: redrawn Bs of either sort, from which the true lift is known (`World.true_lift`).
        partners: third parties, as busy as B, that join the same acts of A as B does: 1 makes a
            concert of three, 2 of four.

    Returns:
        A world whose first two actors are A and B. About 2 ms a year of 32 actors.

    Raises:
        BadInput: the background or kind is unknown, rho is no share, or there are more
            partners than third parties.
    """
    if null not in NULLS or kind not in KINDS:
        raise BadInput(
            f"There is no world {null!r} with coupling {kind!r}.",
            advice=f"Worlds: {', '.join(NULLS)}; couplings: {', '.join(KINDS)}.",
        )
    if not 0 <= rho <= 1:
        raise BadInput(f"A share of joined acts of {rho}.", advice="Give a share from 0 to 1.")
    if not 0 <= partners <= third_parties:
        raise BadInput(f"{partners} partners.", advice="Give at most as many as third parties.")
    background, cast = NULLS[null], Cast(third_parties, twins, partners)
    base = THIRD_RATE * np.exp(rng.normal(0.0, THIRD_SPREAD, cast.seen + 2 * twins))
    base[0], base[cast.like_b] = rates
    base[cast.joiners] = rates[1]
    volume = volume_of_news(days, background, rng)
    portfolios = type_habits(len(base), types, rng)
    portfolios[cast.like_b] = portfolios[1]
    level = base[:, None] * volume * regime_levels(len(base), days, background, cast, rng)
    if background.bursts:
        level = level * (1 - BRANCHING)
    acts = own_acts(level, portfolios, rng)
    reactions, shock_days, bloc = reactions_to_shocks(level, background, portfolios, cast, rng)
    acts = acts.joined(reactions)
    if background.bursts:
        acts = with_bursts(acts, days, portfolios, rng)
    planted = planted_acts(acts, kind, rho, portfolios, cast, rng)
    acts = acts.joined(planted)
    if background.reports:
        acts = acts.joined(retold_acts(acts, rng))
    members = tuple(int(j) for j in cast.joiners) if kind != "none" and rho > 0 else ()
    counts = counted_acts(acts, (len(base), types, days))
    return World(
        counts=counts[: cast.seen],
        volume=rng.poisson(VOLUME_A_DAY * volume).astype(float),
        actors=("A", "B", *(f"third {j + 1}" for j in range(third_parties))),
        types=tuple(f"type {k + 1}" for k in range(types)),
        truth=Truth(null, kind, rho, int((planted.actor == 1).sum()), shock_days, bloc, members),
        twins=counts[cast.seen :].reshape(2, twins, types, days),
    )


def _around(chances: Floats) -> Floats:
    """Sum over the three weeks to either side of a day, shape (types, days)."""
    total = np.concatenate([np.zeros((len(chances), 1)), np.cumsum(chances, axis=1)], axis=1)
    day = np.arange(chances.shape[1])
    last = np.minimum(day + LEVEL_DAYS + 1, len(day))
    return np.asarray(total[:, last] - total[:, np.maximum(day - LEVEL_DAYS, 0)])
