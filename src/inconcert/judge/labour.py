"""Division of labour of two actors toward a third, as one source lets one read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inconcert.core.findings import Behind, Facts, Measured
from inconcert.judge.amounts import counted, listed
from inconcert.judge.labour_case import (
    LEVEL,
    PAIR,
    Acts,
    known,
    number_words,
    refused,
    share_words,
    tried,
)
from inconcert.measure.complementarity import complementarity
from inconcert.measure.portfolio_blocks import LEAST_ACTS, Shares
from inconcert.measure.portfolio_nulls import GENERIC, LEAST_TARGETS, SAME
from inconcert.measure.portfolio_reading import UNDETERMINED, Division, divide
from inconcert.measure.roles import Part, Role, roles
from inconcert.ontology.domains import DOMAINS, role_parts, roles_of, tables

GROUP, OF_DEEDS = "division of labour", "division of labour, deeds only"
KEYS = {GROUP: "labour", OF_DEEDS: "labour_of_deeds"}
WORTH = "What an act is worth does not count: a loan and a phone call are one each."
NO_BARGAIN = (
    "Different portfolios are no bargain: habit, means and neighbourhood make them as well. "
    "Equal portfolios do not rule one out."
)
NO_INTENT = "A part that is named is a share of reported acts, no intent and no office."
THIRDS, RARER = "third parties", "acts of the rarer"
HIDDEN = "Other targets under a bargain of their own hide one."


def division(
    acts: Acts,
    *,
    stance: tuple[float, float] | None,
    elsewhere: npt.NDArray[np.int64] | None,
    no_elsewhere: str = "",
    deeds_only: bool = False,
) -> tuple[Measured, ...]:
    """Portfolios, their distance, both nulls, and how they read together.

    Args:
        acts: toward the side; deeds already chosen where only these are asked.
        stance: interval of the difference of cooperative shares; None where it was refused.
        elsewhere: weekly acts by domain toward this and other targets, as `generic_portfolio`
            takes them; None where not to be had.
        no_elsewhere: why it is not.
        deeds_only: names the findings.
    """
    group = OF_DEEDS if deeds_only else GROUP
    counts = acts.by(tables().domain, DOMAINS)
    first, second, thirds = counts[0], counts[1], counts[2:].sum(axis=0)
    if elsewhere is not None and elsewhere.shape[1] < 2:
        elsewhere = None
        no_elsewhere = f"No other target has {LEAST_ACTS} acts of each; {LEAST_TARGETS} are needed"
    single = _single(acts, counts)
    if single:
        return tuple(refused(one, single) for one in _asked(KEYS[group], group))
    found = divide(
        first, second, thirds, rng=acts.rng(1, int(deeds_only)), stance=stance,
        elsewhere=elsewhere, seed=acts.seed,
    )  # fmt: skip
    why = _too_few(acts, deeds_only) or " ".join(found.refused)
    key = KEYS[group]
    shares, apart, same, habit, reads = _asked(key, group)
    no_habit = no_elsewhere or " ".join(one for one in found.refused if "habit" in one) or why
    if elsewhere is not None and _too_few(acts, deeds_only):
        no_habit = why
    return (
        _portfolios(shares, acts, found, why),
        _distance(apart, acts, found, why),
        _same(same, acts, found, why),
        _habit(habit, found, no_habit),
        _reading(reads, acts, found, key),
    )


def _asked(key: str, group: str) -> tuple[Measured, ...]:
    """What is asked of two portfolios, before it is answered."""
    asked = (
        ("shares", "shares by domain", "acts", WORTH),
        ("distance", "distance", RARER, f"Finer kinds make larger distances. {NO_BARGAIN}"),
        ("same_portfolio", "same portfolio?", RARER, NO_BARGAIN),
        ("beyond_habit", "beyond habit?", "other targets", HIDDEN),
        ("reading", "reading", RARER, NO_BARGAIN),
    )
    nulls = {"same_portfolio": SAME, "beyond_habit": GENERIC}
    return tuple(
        Measured(f"{key}.{name}", group, title, "", n_of=of, mind=mind, null=nulls.get(name, ""))
        for name, title, of, mind in asked
    )


def _single(acts: Acts, counts: npt.NDArray[np.int64]) -> str:
    """Says so where all acts of one of the two are in one domain, so that nothing is spread."""
    for actor in (0, 1):
        used = np.flatnonzero(counts[actor].sum(axis=1))
        if acts.total(actor) >= LEAST_ACTS and len(used) == 1:
            return (
                f"All {acts.total(actor)} of {acts.names[actor]} are {DOMAINS[used[0]]}: they are "
                "spread over nothing"
            )
    return ""


def lean_in(acts: Acts) -> Measured:
    """Whether one leans in where the other steps back."""
    empty = Measured(
        "labour.complementarity", GROUP, "one leans in where the other steps back?", "",
        n_of="four-week windows", mind="Shifts faster than four weeks are not seen.",
    )  # fmt: skip

    def ask() -> Measured:
        counts = acts.by(tables().domain, DOMAINS)
        found = complementarity(counts, rng=acts.rng(2), seed=acts.seed)
        is_so = found.statistic < found.expected
        value = "changes opposed" if is_so else "not opposed"
        return replace(
            empty,
            value=value,
            sentence=f"Changes from one four-week window to the next: {value}, correlation "
            f"{number_words(found.statistic)} against {number_words(found.expected)} expected.",
            effect=found.statistic,
            unit="correlation of changes",
            p=found.p,
            null=found.null,
            n=found.n,
        )

    return tried(empty, ask)


def parts_of(acts: Acts, actor: int) -> Measured:
    """Which roles an actor plays, where the interval leaves out 1."""
    name = acts.names[actor]
    empty = Measured(
        f"labour.roles.{PAIR[actor]}", GROUP, f"roles of {name}", "",
        mind=f"{NO_INTENT} Hosting T's visits is not counted for the broker. {WORTH}",
    )  # fmt: skip
    parts = [Part(*row) for row in role_parts()]
    names = [part.role for part in parts]

    def ask() -> Measured:
        counts = acts.by(roles_of, names)
        whole = acts.counts.sum(axis=1)
        found = roles(
            parts, counts[actor], whole[actor], counts[2:].sum(axis=0), whole[2:].sum(axis=0)
        )
        played = [one.role for one in found if one.is_played]
        value = listed(played) or "no role shown"
        bounds = "; ".join(_role_words(one) for one in found if one.is_played)
        return replace(
            empty,
            value=value,
            sentence=f"{name}: {value}" + (f" ({bounds})." if bounds else "."),
            n=acts.total(actor),
            facts=(Facts("roles", tuple(_role(one) for one in found)),),
            behind=(Behind(actor),) if played else (),
        )

    return tried(empty, ask)


def _role_words(one: Role) -> str:
    low, high = one.bounds
    return (
        f"{one.role}: {number_words(one.quotient, 1)} times third parties' share "
        f"[{number_words(low, 1)} to {number_words(high, 1)}]"
    )


def _role(one: Role) -> dict[str, str | float | int | bool | None]:
    low, high = one.bounds
    return {
        "role": one.role,
        "is_played": one.is_played,
        "quotient": known(one.quotient),
        "low": known(low),
        "high": known(high),
        "acts": one.acts,
        "refused": one.refused,
    }


def _too_few(acts: Acts, deeds_only: bool) -> str:
    """Says so where one of the two acts too rarely for any of it."""
    totals = [acts.total(actor) for actor in (0, 1)]
    if min(totals) >= LEAST_ACTS:
        return ""
    what = "deed" if deeds_only else "act"
    told = [f"{n} of {name}" for n, name in zip(totals, acts.names, strict=True)]
    return (
        f"{listed([told[0], told[1]])}: {LEAST_ACTS} {what}s of each toward {acts.other} are "
        "needed."
    )


def _portfolios(empty: Measured, acts: Acts, found: Division, why: str) -> Measured:
    if found.portfolios[0] is None and found.portfolios[1] is None:
        return refused(empty, why)
    rows: list[dict[str, str | float | int | None]] = []
    told = []
    ratios = (*found.quotients, None)
    for name, shares, ratio in zip((*acts.names, THIRDS), found.portfolios, ratios, strict=True):
        if shares is None:
            told.append(f"{name}: too few")
            continue
        bounds = shares.intervals()
        for place, domain in enumerate(DOMAINS):
            rows.append(
                {
                    "who": name,
                    "domain": domain,
                    "acts": int(shares.acts[place]),
                    "share": float(shares.shares[place]),
                    "low": float(bounds[place, 0]),
                    "high": float(bounds[place, 1]),
                    "quotient": None if ratio is None else known(ratio.values[place]),
                    "quotient_low": None if ratio is None else known(ratio.bounds[place, 0]),
                    "quotient_high": None if ratio is None else known(ratio.bounds[place, 1]),
                }
            )
        told.append(f"{name} ({counted(shares.n, 'act')}): {_largest(shares)}")
    return replace(
        empty,
        value="shares",
        sentence=f"{'; '.join(told)}.",
        level=LEVEL,
        n=sum(acts.total(actor) for actor in (0, 1)),
        facts=(Facts("shares", tuple(rows)),),
        behind=_beside(acts),
    )


def _largest(shares: Shares, most: int = 3) -> str:
    bounds = shares.intervals()
    order = np.argsort(-shares.shares, kind="stable")[:most]
    return ", ".join(
        f"{DOMAINS[place]} {share_words(shares.shares[place], bounds[place])}"
        for place in order
        if shares.acts[place]
    )


def _beside(acts: Acts) -> tuple[Behind, ...]:
    """Acts in the domain in which the shares of the two are farthest apart."""
    counts = acts.by(tables().domain, DOMAINS)[:2].sum(axis=2)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    domain = DOMAINS[int(np.abs(shares[0] - shares[1]).argmax())]
    sorts = tables()
    deeds_only = all(sorts.nature(kind) == "deed" for kind in acts.kinds)
    return tuple(Behind(actor, (), "domain", (domain,), deeds_only) for actor in (0, 1))


def _distance(empty: Measured, acts: Acts, found: Division, why: str) -> Measured:
    if found.apart is None:
        return refused(empty, why)
    apart = found.apart
    low, high = apart.jensen_shannon_bounds
    least, most = apart.krugman_bounds
    return replace(
        empty,
        value=f"{number_words(apart.jensen_shannon, 3)} bits",
        sentence="Jensen–Shannon distance in bits (0 the same, 1 nothing in common); luck alone "
        f"would show {number_words(apart.by_luck, 3)}.",
        effect=apart.jensen_shannon,
        unit="bits",
        interval=(low, high),
        level=LEVEL,
        n=min(acts.total(0), acts.total(1)),
        facts=(
            Facts(
                "distance",
                (
                    {
                        "by_luck": apart.by_luck,
                        "krugman": apart.krugman,
                        "krugman_low": least,
                        "krugman_high": most,
                    },
                ),
            ),
        ),
        behind=_beside(acts),
    )


def _same(empty: Measured, acts: Acts, found: Division, why: str) -> Measured:
    if found.same is None:
        return refused(empty, why)
    test = found.same
    return replace(
        empty,
        value="different" if test.p < 0.05 else "a difference is not shown",
        sentence="That both choose alike among domains is "
        f"{'doubted' if test.p < 0.05 else 'not refuted'} (D1).",
        effect=test.statistic,
        unit=f"squared differences over variance, {test.expected:.1f} expected",
        p=test.p,
        n=test.n,
        behind=_beside(acts),
    )


def _habit(empty: Measured, found: Division, why: str) -> Measured:
    if found.generic is None:
        return refused(empty, why)
    test, (apart, usual) = found.generic.result, found.generic.distance
    is_more = test.p < 0.05 and apart > usual
    return replace(
        empty,
        value="beyond habit" if is_more else "no more than habit",
        sentence=f"{number_words(apart, 3)} bits apart, {number_words(usual, 3)} to be expected of "
        f"their conduct toward {counted(test.n, 'other target')} (D2).",
        effect=apart - usual,
        unit="bits beyond habit",
        p=test.p,
        n=test.n,
    )


def _reading(empty: Measured, acts: Acts, found: Division, key: str) -> Measured:
    read = found.reading
    if read.value == UNDETERMINED and found.same is None:
        return refused(empty, read.why)
    word = f": {read.word}" if read.word else ""
    return replace(
        empty,
        value=f"{read.value}{word}",
        sentence=f"Reads as {read.value}{word} ({read.why}).",
        n=min(acts.total(0), acts.total(1)),
        rests_on=(f"{key}.same_portfolio", f"{key}.beyond_habit"),
        facts=(Facts("reading", ({"reading": read.value, "word": read.word, "why": read.why},)),),
    )


def all_of(
    acts: Acts,
    *,
    stance: tuple[float, float] | None,
    elsewhere: npt.NDArray[np.int64] | None = None,
    elsewhere_deeds: npt.NDArray[np.int64] | None = None,
    no_elsewhere: str = "",
) -> Iterator[Measured]:
    """All findings of division of labour, of all acts and of deeds alone.

    Args:
        acts: toward the side.
        stance: interval of the difference of cooperative shares; None where it was refused.
        elsewhere: as of `division`.
        elsewhere_deeds: the same of deeds alone.
        no_elsewhere: why it is not to be had.
    """
    yield from division(acts, stance=stance, elsewhere=elsewhere, no_elsewhere=no_elsewhere)
    yield lean_in(acts)
    yield from (parts_of(acts, actor) for actor in (0, 1))
    yield from division(
        acts.deeds(), stance=stance, elsewhere=elsewhere_deeds, no_elsewhere=no_elsewhere,
        deeds_only=True,
    )  # fmt: skip
