"""What spreads over the border, who carries whose burden, who is with whom, and where they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from inconcert.core.findings import Behind, Cell, Facts, Measured
from inconcert.judge.amounts import NO_BREAK, counted, dated, listed
from inconcert.judge.labour_case import (
    LEVEL,
    Acts,
    number_words,
    of_test,
    refused,
    share_words,
    tried,
)
from inconcert.measure import burden as burdens
from inconcert.measure import communities as camps_of
from inconcert.measure import spill, venues
from inconcert.measure.burden import burden_shift
from inconcert.measure.communities import Communities, brokers, communities
from inconcert.measure.spill import WINDOW_DAYS, shock_days, spill_over
from inconcert.measure.venues import VenueShare, venue_shares
from inconcert.ontology.domains import Act, tables

SPILL, BURDEN, WITH, VENUES = "spill-over", "burden sharing", "who with whom", "venues"
RULE = (
    "A shock is a day on which third parties' acts toward the other side exceed the mean of the "
    "four weeks before by four standard deviations, none having begun in the two weeks before."
)
NO_CAUSE = "What rises after shocks is not shown to be caused by them."
NOT_ANSWERED = "B may do more because of what C left, or because of something that moved both."
NO_ALLIANCE = "A camp is a pattern of friendly and hostile reported acts, no alliance."
MOST_NAMED, LEAST_OTHERS = 6, 2


@dataclass(frozen=True, slots=True)
class Nearby:
    """Acts toward states round about the other side, of everybody, by day.

    Attributes:
        near: codes of its neighbours by land.
        far: codes of placebo neighbours.
        to_near: shape (neighbours, days).
        to_far: shape (placebos, days).
        volume: all counted events of the source, shape (days,).
    """

    near: tuple[str, ...]
    far: tuple[str, ...]
    to_near: npt.NDArray[np.int64]
    to_far: npt.NDArray[np.int64]
    volume: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """Friendly and hostile acts week by week among those who act toward the other side most.

    Attributes:
        actors: the two asked about first, groups joined by `+`.
        good: shape (weeks, actors, actors).
        bad: likewise.
    """

    actors: tuple[str, ...]
    good: npt.NDArray[np.int64]
    bad: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Meetings:
    """Acts that two actors take part in together, and organisations named in them.

    Attributes:
        venues: codes of the organisations.
        through: acts in each by day, shape (venues, days).
        total: all of them by day, shape (days,).
    """

    venues: tuple[str, ...]
    through: npt.NDArray[np.int64]
    total: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Around:
    """What was looked up beside the acts toward the other side; None where it was not.

    Attributes:
        why_not: by group, why something was not looked up.
    """

    nearby: Nearby | None = None
    network: Network | None = None
    meetings: Meetings | None = None
    why_not: dict[str, str] = field(default_factory=dict)


def spilled(acts: Acts, nearby: Nearby | None, why_not: str = "") -> Measured:
    """Whether acts toward the neighbours rise after shocks in the other side.

    Args:
        acts: toward the side; third parties' tell the shocks.
        nearby: None where not to be had.
        why_not: why it is not.
    """
    empty = Measured(
        "spill.neighbours", SPILL, f"after shocks in {acts.other}, toward its neighbours", "",
        null=spill.NULL, mind=NO_CAUSE, n_of="shocks",
    )  # fmt: skip
    shocks = shock_days(acts.counts[2:].sum(axis=(0, 1)))
    days = Facts("shocks", tuple({"day": acts.day(day)} for day in shocks))
    rule = Facts("rule", ({"rule": RULE, "window_days": WINDOW_DAYS},))
    if nearby is None or not nearby.near:
        reason = why_not or f"{acts.other} has no neighbours by land in the table of borders"
        return replace(refused(empty, reason), facts=(rule, days))
    told = Facts("states", ({"neighbours": nearby.near, "placebos": nearby.far},))
    weekday = int((acts.days[0].astype("datetime64[D]").astype(int) + 3) % 7)

    def ask() -> Measured:
        found = spill_over(
            nearby.to_near, nearby.to_far, shocks, volume=nearby.volume, weekday_of_first=weekday
        )
        test = found.result
        place, of = found.rank
        used = tuple({"day": acts.day(day)} for day in found.shocks)
        answer = of_test(
            empty,
            test,
            value="rises" if test.p < 0.05 else "no rise shown",
            sentence=f"After {counted(test.n, 'shock')}: {found.observed:.0f} acts toward "
            f"{listed(nearby.near)}, {found.expected:.0f} expected; {place} of {of} with its "
            "placebos.",
            unit="rise toward neighbours over rise toward placebos",
        )
        return replace(
            answer,
            facts=(rule, Facts("shocks", used), told),
        )

    answer = tried(empty, ask)
    if not answer.refused:
        return answer
    many = f"{counted(len(shocks), 'shock')} found"
    when = f" ({listed([dated(acts.day(day)) for day in shocks])})" if 0 < len(shocks) < 4 else ""
    return replace(answer, refused=f"{answer.refused} {many}{when}.", facts=(rule, days, told))


def shared_burden(acts: Acts) -> Measured:
    """Whether one does more in weeks in which the other does less: cooperative deeds alone."""
    first, second = acts.names
    empty = Measured(
        "burden.shift", BURDEN, f"{first} does more when {second} does less, or the other way?", "",
        null=burdens.NULL, n_of="weeks", mind=f"Assumed: {burdens.ASSUMPTION} {NOT_ANSWERED}",
    )  # fmt: skip
    counts = acts.by(_effort, ("effort",))[:, 0]
    others = counts[2:][counts[2:].sum(axis=1) > 0]
    totals = [int(each.sum()) for each in counts[:2]]
    if min(totals) < burdens.LEAST_ACTS:
        many = f"{totals[0]} of {first} and {totals[1]} of {second}"
        return refused(empty, f"Cooperative deeds: {many}, of {burdens.LEAST_ACTS} needed of each")
    if len(others) < LEAST_OTHERS:
        return refused(empty, f"Third parties with cooperative deeds toward {acts.other}: few")

    def ask() -> Measured:
        found = burden_shift(
            counts[0], counts[1], others, rng=acts.rng(5), volume=acts.volume, seed=acts.seed
        )
        test = found.result
        answer = of_test(
            empty,
            test,
            value="a shift" if test.p < 0.05 else "no shift shown",
            sentence=f"Cooperative deeds, {found.acts[0]} of {first} and {found.acts[1]} of "
            f"{second}: against each other by {number_words(test.statistic)}.",
            unit="correlation of weeks, its sign turned",
        )
        return replace(
            answer, behind=tuple(Behind(actor, (), "nature", ("deed",)) for actor in (0, 1))
        )

    return tried(empty, ask)


def _effort(act: Act) -> str:
    sorts = tables()
    is_effort = sorts.nature(act) == "deed" and sorts.stance_of(act) == "cooperative"
    return "effort" if is_effort else ""


def with_whom(acts: Acts, network: Network | None, why_not: str = "") -> tuple[Measured, Measured]:
    """Camps among those who act toward the other side most, and who links them.

    Args:
        acts: toward the side.
        network: None where not to be had.
        why_not: why it is not.
    """
    first, second = acts.names
    camps = Measured(
        "with.camps", WITH, f"{first} and {second} in one camp?", "", null=camps_of.NULL,
        mind=f"{NO_ALLIANCE} The p is of any camps at all, not of these two.",
    )  # fmt: skip
    links = Measured(
        "with.brokers", WITH, "who links the camps", "", n_of="actors",
        mind="Dealing with several camps is not carrying anything between them.",
    )  # fmt: skip
    if network is None:
        why = why_not or "Not looked up"
        return refused(camps, why), refused(links, why)
    if not network.good.any() or not network.bad.any():
        why = "Camps are told by friendly and hostile acts, and only one of these is found"
        return refused(camps, why), refused(links, why)
    held: list[Communities] = []

    def ask() -> Measured:
        found = communities(network.good, network.bad, rng=acts.rng(6), seed=acts.seed)
        held.append(found)
        return _camps(camps, acts, network, found)

    told = tried(camps, ask)
    if not held:
        return told, refused(links, told.refused)
    return told, _brokers(links, acts, network, held[0])


def _camps(empty: Measured, acts: Acts, network: Network, found: Communities) -> Measured:
    test, share = found.result, float(found.together[0, 1])
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "camp": number,
            "members": tuple(network.actors[one] for one in camp),
            "sure": tuple(network.actors[one] for one in sure),
        }
        for number, (camp, sure) in enumerate(zip(found.camps, found.sure, strict=True), 1)
    )
    value = "together" if share >= camps_of.SURE else "apart" if share <= 1 - camps_of.SURE else ""
    if test.p >= 0.05:
        value = "no camps shown"
    return replace(
        empty,
        value=value or "not sure",
        sentence=f"{counted(len(found.camps), 'camp')} among {len(network.actors)} actors; "
        f"{acts.names[0]} and {acts.names[1]} in one camp in {100 * share:.0f}{NO_BREAK}% of "
        "periods drawn again.",
        effect=share,
        unit="share of periods drawn again in which the two are in one camp",
        p=test.p,
        n=test.n,
        facts=(Facts("camps", rows),),
    )


def _brokers(empty: Measured, acts: Acts, network: Network, found: Communities) -> Measured:
    told = brokers(network.good, found.camps, rng=acts.rng(7))
    if len(found.camps) < LEAST_OTHERS or not told:
        return refused(empty, "There are no two camps to link")
    names = [network.actors[one.actor] for one in told if one.is_broker]
    rows: tuple[dict[str, Cell], ...] = tuple(
        {
            "actor": network.actors[one.actor],
            "reach": one.reach,
            "low": one.interval[0],
            "high": one.interval[1],
            "usual": one.usual,
            "is_broker": one.is_broker,
            "acts": one.acts,
        }
        for one in told
    )
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    value = f"{', '.join(names[:MOST_NAMED])}{more}" if names else "nobody shown"
    return replace(
        empty,
        value=value,
        sentence=f"Reach beyond one camp surely above the median: {value}.",
        level=LEVEL,
        n=len(told),
        facts=(Facts("brokers", rows),),
    )


def met_in(acts: Acts, meetings: Meetings | None, why_not: str = "") -> Measured:
    """Which share of the concert of the two runs through which organisation.

    Args:
        acts: toward the side; their names.
        meetings: None where not to be had.
        why_not: why it is not.
    """
    empty = Measured(
        "venues.shares", VENUES, f"organisations in which {listed(acts.names)} meet", "",
        null=venues.NULL, n_of="joint acts and consultations",
        mind="A meeting on the margin of an organisation's counts only if the record names it.",
    )  # fmt: skip
    if meetings is None:
        return refused(empty, why_not or "Not looked up")
    if not meetings.venues:
        many = counted(int(meetings.total.sum()), "act")
        return refused(
            empty,
            f"{many} with both in it, and none names an organisation: most rows of a dataset hold "
            "two parties each",
        )

    def ask() -> Measured:
        found = venue_shares(meetings.through, meetings.total, meetings.venues)
        told = [f"{one.venue} {share_words(one.share, one.interval)}" for one in found[:MOST_NAMED]]
        return replace(
            empty,
            value=found[0].venue,
            sentence=f"Of {int(meetings.total.sum())} joint acts and consultations the share in "
            f"{', '.join(told)}.",
            level=LEVEL,
            n=int(meetings.total.sum()),
            facts=(Facts("venues", tuple(map(_venue, found))),),
        )

    return tried(empty, ask)


def _venue(one: VenueShare) -> dict[str, str | int | float]:
    low, high = one.interval
    return {"venue": one.venue, "acts": one.acts, "share": one.share, "low": low, "high": high}


def all_of(acts: Acts, around: Around) -> Iterator[Measured]:
    """Spill-over, burden, camps, brokers and venues.

    Args:
        acts: toward the side.
        around: what was looked up beside it.
    """
    yield spilled(acts, around.nearby, around.why_not.get(SPILL, ""))
    yield shared_burden(acts)
    yield from with_whom(acts, around.network, around.why_not.get(WITH, ""))
    yield met_in(acts, around.meetings, around.why_not.get(VENUES, ""))
