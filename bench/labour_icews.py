"""Asks of ICEWS 2021 what docs/decisions/0017 laid down beforehand.

    python bench/labour_icews.py EVENTS.parquet [--seed 7]

The data are not in the repository (their terms do not allow it).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from icews_acts import DAYS, Acts, Ints, rows_of
from inconcert.errors import TooFewEvents
from inconcert.measure.portfolio import Distance, distance, portfolio, quotients
from inconcert.measure.portfolio_nulls import Generic, generic_portfolio, same_portfolio
from inconcert.measure.portfolio_reading import Reading, read
from inconcert.measure.portfolio_sorting import sorted_counts
from inconcert.measure.stance import stance_gap
from inconcert.measure.words_deeds import words_against_deeds
from inconcert.ontology.domains import DOMAINS, Act, tables

Pair = tuple[str, str]
Side = tuple[str, ...]

LEAST_ELSEWHERE = 20
CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")


@dataclass(frozen=True, slots=True)
class Asked:
    """One pair toward one side, and what a prototype found of 2021; None where it told nothing.

    Attributes:
        differs: whether it found different portfolios (D1).
        targeted: whether beyond habit too (D2).
    """

    pair: Pair
    side: Side
    differs: bool | None = None
    targeted: bool = False


ASKED = (
    Asked(("CHN", "RUS"), ("AFG",), differs=False),
    Asked(("CHN", "RUS"), ("SYR",), differs=True),
    Asked(("CHN", "RUS"), CENTRAL_ASIA, differs=False),
    Asked(("CHN", "RUS"), ("IRN",), differs=False),
    Asked(("CHN", "RUS"), ("UKR",)),
    Asked(("USA", "IGOEU"), ("IRN",)),
    Asked(("PAK", "IND"), ("AFG",)),
    Asked(("USA", "GBR"), ("UKR",)),
)
GAPS: tuple[tuple[Pair, Side, tuple[float, float]], ...] = (
    (("USA", "RUS"), ("UKR",), (0.42, 0.54)),
    (("CHN", "USA"), ("TWN",), (-0.58, -0.41)),
    (("PAK", "IND"), ("AFG",), (-0.02, 0.22)),
    (("USA", "GBR"), ("RUS",), (-0.04, 0.14)),
    (("CHN", "RUS"), ("AFG",), (0.03, 0.17)),
)
"""Pairs, targets, and the 95 % interval of the prototype's gap."""


def answers(base: duckdb.DuckDBPyConnection, seed: int) -> Iterator[str]:
    """The answers, line by line."""
    acts = Acts(base)
    by_pair: dict[Pair, dict[Side, Ints]] = {}
    for deeds_only in (False, True):
        yield "## " + ("deeds alone" if deeds_only else "all acts")
        kept = [not deeds_only or tables().nature(act) == "deed" for act in acts.acts]
        for asked in ASKED:
            pair = asked.pair
            if pair not in by_pair:
                sides = dict.fromkeys([*(one.side for one in ASKED), *_targets(base, pair)])
                by_pair[pair] = {side: acts.toward(side, pair) for side in sides}
            sorted_ = {
                side: sorted_counts(
                    counts * np.array(kept)[None, :, None], acts.acts, tables().domain, DOMAINS
                )
                for side, counts in by_pair[pair].items()
            }
            others = [
                side for side in sorted_ if len(side) == 1 and side[0] not in (*asked.side, *pair)
            ]
            rng = np.random.default_rng(seed)
            yield from _one(asked, sorted_, others, rng, deeds_only=deeds_only)
    yield "## stance"
    for pair, side, told in GAPS:
        yield from _gap(acts, pair, side, told, np.random.default_rng(seed))
    yield "## words against deeds, toward the Afghan side"
    for name in ("CHN", "RUS"):
        yield _words(acts, name, ("AFG",))


def _targets(base: duckdb.DuckDBPyConnection, pair: Pair) -> list[Side]:
    """States' sides with enough acts of both."""
    found = base.execute(
        "select left(recipient, 3) as side from acts where side in (from states) "
        "group by side having count(*) filter (actor = $a) >= $least "
        "and count(*) filter (actor = $b) >= $least order by side",
        {"a": pair[0], "b": pair[1], "least": LEAST_ELSEWHERE},
    ).fetchall()
    return [(row[0],) for row in found]


def _one(
    asked: Asked,
    counts: dict[Side, Ints],
    others: Sequence[Side],
    rng: np.random.Generator,
    *,
    deeds_only: bool,
) -> Iterator[str]:
    first, second, thirds = counts[asked.side]
    yield (
        f"{', '.join(asked.pair)} toward {'+'.join(asked.side)}: n {first.sum()} and "
        f"{second.sum()}, third parties {thirds.sum()}"
    )
    started = time.perf_counter()
    same, generic, apart = None, None, None
    try:
        a, b, c = (portfolio(each) for each in (first, second, thirds))
        same = same_portfolio(first, second, rng=rng)
        apart = distance(a, b, rng=rng)
        yield f"  D1 p {same.p:.3f} (statistic {same.statistic:.1f}, expected {same.expected:.1f})"
        yield "  " + _told(apart)
        for name, shares in zip(asked.pair, (a, b), strict=True):
            bounds, lq = shares.intervals(), quotients(shares, c)
            yield f"  {name} " + ", ".join(
                f"{domain[:4]} {share:.2f} [{low:.2f}, {high:.2f}] LQ {value:.2f}"
                f" [{least:.2f}, {most:.2f}]"
                for domain, share, (low, high), value, (least, most) in zip(
                    DOMAINS, shares.shares, bounds, lq.values, lq.bounds, strict=True
                )
            )
        generic = _generic(asked.side, counts, others)
        found, usual = generic.distance
        yield (
            f"  D2 p {generic.result.p:.3f} among {generic.result.n} targets; "
            f"distance {found:.3f}, by habit {usual:.3f}"
        )
    except TooFewEvents as refusal:
        yield f"  refused: {refusal}"
    reading = read(same, generic, apart, None)
    met = "" if deeds_only else _met(asked, reading, is_told=same is not None)
    yield f"  reading: {reading.value}{met}; {time.perf_counter() - started:.2f} s"


def _met(asked: Asked, reading: Reading, *, is_told: bool) -> str:
    """Whether the direction of the prototype's 2021 is met."""
    if asked.differs is None:
        return " (no figure of 2021 to be met)"
    is_other = reading.word != ""
    is_met = is_told and is_other == asked.differs
    if is_met and is_other:
        is_met = (reading.value == "targeted") == asked.targeted
    return f" (the prototype's direction {'met' if is_met else 'MISSED'})"


def _generic(side: Side, counts: dict[Side, Ints], others: Sequence[Side]) -> Generic:
    stacked = np.stack([counts[one] for one in (side, *others)], axis=1)
    weeks = np.add.reduceat(stacked, np.arange(0, DAYS, 7), axis=-1)
    return generic_portfolio(weeks)


def _told(apart: Distance) -> str:
    low, high = apart.jensen_shannon_bounds
    least, most = apart.krugman_bounds
    return (
        f"distance {apart.jensen_shannon:.3f} [{low:.3f}, {high:.3f}] bits, by luck "
        f"{apart.by_luck:.3f}; Krugman {apart.krugman:.2f} [{least:.2f}, {most:.2f}]"
    )


def signs(acts: Acts, counts: Ints, nature: str = "", *, with_neutral: bool = False) -> Ints:
    """Cooperative and other acts by day, shape (actors, 2, days).

    Args:
        counts: shape (actors, codes, days).
        nature: `word` or `deed`; empty for all.
        with_neutral: count what tells no stance, statements, with the other acts.
    """
    sorts = tables()

    def label(act: Act) -> str:
        stance = sorts.stance_of(act)
        return stance if nature in ("", sorts.nature(act)) else ""

    three = sorted_counts(counts, acts.acts, label, ("cooperative", "conflictual", "neutral"))
    two = three[..., :2, :].copy()
    if with_neutral:
        two[..., 1, :] += three[..., 2, :]
    return two


def _gap(
    acts: Acts, pair: Pair, side: Side, told: tuple[float, float], rng: np.random.Generator
) -> Iterator[str]:
    counts = acts.toward(side, pair)
    for with_neutral in (False, True):
        two = signs(acts, counts, with_neutral=with_neutral)
        try:
            gap = stance_gap(two[0].T, two[1].T, rng=rng)
        except TooFewEvents as refusal:
            yield f"{pair[0]} − {pair[1]} toward {'+'.join(side)}: refused: {refusal}"
            continue
        low, high = gap.result.interval or (0.0, 0.0)
        value = gap.result.statistic
        is_clear = told[0] > 0 or told[1] < 0
        is_met = value * sum(told) > 0 if is_clear else low <= told[1] and high >= told[0]
        yield (
            f"{pair[0]} − {pair[1]} toward {'+'.join(side)}: gap {value:+.2f} "
            f"[{low:+.2f}, {high:+.2f}] at 95 %, {gap.value}, shares {gap.shares[0]:.2f} and "
            f"{gap.shares[1]:.2f}, n {two[0].sum()} and {two[1].sum()}, statements "
            + (
                "among others"
                if with_neutral
                else f"left out; prototype [{told[0]:+.2f}, {told[1]:+.2f}], direction "
                f"{'met' if is_met else 'MISSED'}"
            )
        )


def _words(acts: Acts, name: str, side: Side) -> str:
    counts = acts.toward(side, (name, ""))[:1]
    try:
        found = words_against_deeds(signs(acts, counts, "word")[0], signs(acts, counts, "deed")[0])
    except TooFewEvents as refusal:
        return f"{name}: refused: {refusal}"
    low, high = found.interval or (0.0, 0.0)
    return f"{name}: {found.statistic:+.2f} [{low:+.2f}, {high:+.2f}], {found.n} deeds"


def main() -> None:
    """Print the answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    for line in answers(rows_of(options.events), options.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
