"""Asks of ICEWS 2021 what docs/methods/division-of-labour.md laid down beforehand.

    python bench/labour_icews.py EVENTS.parquet [--seed 7]

The data are not in the repository (their terms do not allow it).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from inconcert.errors import TooFewEvents
from inconcert.measure.portfolio import Distance, distance, portfolio, quotients
from inconcert.measure.portfolio_nulls import Generic, generic_portfolio, same_portfolio
from inconcert.measure.portfolio_reading import read
from inconcert.measure.portfolio_sorting import sorted_counts
from inconcert.measure.stance import stance_gap
from inconcert.measure.words_deeds import words_against_deeds
from inconcert.ontology.domains import DOMAINS, act_of_code, tables
from inconcert.read.events import open_events
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register

Ints = npt.NDArray[np.int64]
DAYS, PAIR = 243, ("CHN", "RUS")
MIRRORED = ("036", "040", "041", "042", "043", "044", "045", "046")
ASKED = (("AFG",), ("SYR",), ("KAZ", "KGZ", "TJK", "TKM", "UZB"), ("IRN",))

ACTS = """
create table acts as with counted as (
    select distinct day, a_name, b_name, code from raw where code is not null
), parties as (
    select c.day, c.code, a.codes as a, b.codes as b from counted c
    join names a on a.name = c.a_name and a.month = date_trunc('month', c.day)
    join names b on b.name = c.b_name and b.month = date_trunc('month', c.day)
), directed as (
    select distinct day, code, actor, recipient
    from (select day, code, unnest(a) as actor, b from parties), unnest(b) as _(recipient)
)
select distinct day, code, actor, recipient from (
    from directed union all
    select day, code, recipient, actor from directed where code in (select unnest($mirrored))
) where left(actor, 3) <> left(recipient, 3);
"""


def rows_of(path: Path) -> duckdb.DuckDBPyConnection:
    """The table `acts`: day, code, actor, recipient, each once."""
    base, register = duckdb.connect(), Register.load()
    for number, plan in enumerate(open_events([path], "icews-names")):
        into = "insert into raw" if number else "create table raw as"
        base.execute(f"{into} select day::date as day, a_name, b_name, code from ({plan.rows()})")  # noqa: S608
    asked = base.execute(
        "select distinct name, date_trunc('month', day)::date as month from ("
        "select a_name as name, day from raw union all select b_name, day from raw) "
        "where name is not null order by all"
    ).fetchall()
    resolve = CodedActors(register)
    names = [(name, m, list(resolve(name, None, None, None, m).codes)) for name, m in asked]
    base.execute("create table names (name varchar, month date, codes varchar[])")
    base.executemany("insert into names values (?, ?, ?)", names)
    base.execute(ACTS, {"mirrored": MIRRORED})
    base.execute("create table states (code varchar)")
    base.executemany("insert into states values (?)", [(code,) for code in sorted(register.states)])
    return base


class Acts:
    """Acts of A, B and all third parties toward a side, by code and day."""

    def __init__(self, base: duckdb.DuckDBPyConnection) -> None:
        self._base = base
        self.codes = [
            row[0] for row in base.execute("select distinct code from acts order by 1").fetchall()
        ]
        self.acts = [act_of_code(code) for code in self.codes]

    def toward(self, side: Sequence[str]) -> Ints:
        """Shape (3, codes, days), each cell of actor, root, domain and day counted once."""
        found = self._base.execute(
            "select case actor when $a then 0 when $b then 1 else 2 end as who, actor, code, "
            "date_diff('day', date '2021-01-01', day) as day from acts "
            "where left(recipient, 3) in (select unnest($side)) "
            "and left(actor, 3) not in (select unnest($side)) group by all",
            {"a": PAIR[0], "b": PAIR[1], "side": list(side)},
        ).fetchall()
        place = {code: number for number, code in enumerate(self.codes)}
        counts = np.zeros((3, len(self.codes), DAYS), dtype=np.int64)
        cells = {
            (actor, code[:2], tables().domain(self.acts[place[code]]), day): (who, place[code])
            for who, actor, code, day in sorted(found)
        }
        for (_, _, _, day), (who, code) in cells.items():
            counts[who, code, day] += 1
        return counts


def answers(acts: Acts, sides: Sequence[tuple[str, ...]], seed: int) -> Iterator[str]:
    """The answers, line by line."""
    daily = {side: acts.toward(side) for side in sides}
    for deeds_only in (False, True):
        yield "## " + ("deeds alone" if deeds_only else "all acts")
        kept = [not deeds_only or tables().nature(act) == "deed" for act in acts.acts]
        sorted_ = {
            side: sorted_counts(
                counts * np.array(kept)[None, :, None], acts.acts, tables().domain, DOMAINS
            )
            for side, counts in daily.items()
        }
        for side in ASKED:
            others = [one for one in sides if len(one) == 1 and one[0] not in (*side, *PAIR)]
            yield from _one(side, sorted_, others, np.random.default_rng(seed))
    counts = daily[ASKED[0]]
    yield from _stances(acts, counts, np.random.default_rng(seed))


def _one(
    side: tuple[str, ...],
    counts: dict[tuple[str, ...], Ints],
    others: Sequence[tuple[str, ...]],
    rng: np.random.Generator,
) -> Iterator[str]:
    first, second, thirds = counts[side]
    yield f"{'+'.join(side)}: n {first.sum()} and {second.sum()}, third parties {thirds.sum()}"
    started = time.perf_counter()
    same, generic, apart = None, None, None
    try:
        a, b, c = (portfolio(each) for each in (first, second, thirds))
        same = same_portfolio(first, second, rng=rng)
        apart = distance(a, b, rng=rng)
        yield f"  D1 p {same.p:.3f} (statistic {same.statistic:.1f}, expected {same.expected:.1f})"
        yield "  " + _told(apart)
        for name, shares in zip(PAIR, (a, b), strict=True):
            bounds, lq = shares.intervals(), quotients(shares, c)
            yield f"  {name} " + ", ".join(
                f"{domain[:4]} {share:.2f} [{low:.2f}, {high:.2f}] LQ {value:.2f}"
                f" [{least:.2f}, {most:.2f}]"
                for domain, share, (low, high), value, (least, most) in zip(
                    DOMAINS, shares.shares, bounds, lq.values, lq.bounds, strict=True
                )
            )
        generic = _generic(side, counts, others)
        found, usual = generic.distance
        yield (
            f"  D2 p {generic.result.p:.3f} among {generic.result.n} targets; "
            f"distance {found:.3f}, by habit {usual:.3f}"
        )
    except TooFewEvents as refusal:
        yield f"  refused: {refusal}"
    took = time.perf_counter() - started
    yield f"  reading: {read(same, generic, apart, None).value}; {took:.2f} s"


def _generic(
    side: tuple[str, ...], counts: dict[tuple[str, ...], Ints], others: Sequence[tuple[str, ...]]
) -> Generic:
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


def _stances(acts: Acts, counts: Ints, rng: np.random.Generator) -> Iterator[str]:
    def of(nature: str, stance: str, act: object) -> bool:
        sorts = tables()
        return (nature in ("any", sorts.nature(act))) and sorts.stance_of(act) == stance  # type: ignore[arg-type]

    def pair(nature: str, who: int, *, with_neutral: bool = False) -> Ints:
        signs = ["cooperative", "conflictual"]
        rows = []
        for sign in signs:
            mask = np.array([of(nature, sign, act) for act in acts.acts])
            rows.append(counts[who, mask].sum(axis=0))
        if with_neutral:
            mask = np.array([of(nature, "neutral", act) for act in acts.acts])
            rows[1] = rows[1] + counts[who, mask].sum(axis=0)
        return np.array(rows)

    yield "## stance toward the Afghan side"
    for with_neutral in (False, True):
        gap = stance_gap(
            pair("any", 0, with_neutral=with_neutral).T,
            pair("any", 1, with_neutral=with_neutral).T,
            rng=rng,
        )
        low, high = gap.result.interval or (0.0, 0.0)
        yield (
            f"gap {gap.result.statistic:+.2f} [{low:+.2f}, {high:+.2f}] at 95 %, {gap.value}, "
            f"shares {gap.shares[0]:.2f} and {gap.shares[1]:.2f}, statements "
            f"{'among others' if with_neutral else 'left out'}"
        )
    for who, name in enumerate(PAIR):
        try:
            found = words_against_deeds(pair("word", who), pair("deed", who))
        except TooFewEvents as refusal:
            yield f"words against deeds, {name}: refused: {refusal}"
            continue
        low, high = found.interval or (0.0, 0.0)
        yield (
            f"words against deeds, {name}: {found.statistic:+.2f} [{low:+.2f}, {high:+.2f}], "
            f"p {found.p:.3f}, {found.n} deeds"
        )


def main() -> None:
    """Print the answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    base = rows_of(options.events)
    targets = [
        (row[0],)
        for row in base.execute(
            "select left(recipient, 3) as side from acts where side in (from states) "
            "group by side having count(*) filter (actor = $a) >= 20 "
            "and count(*) filter (actor = $b) >= 20 order by side",
            {"a": PAIR[0], "b": PAIR[1]},
        ).fetchall()
    ]
    sides = list(dict.fromkeys([*ASKED, *targets]))
    for line in answers(Acts(base), sides, options.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
