"""Aid and stance of ICEWS 2021 beside money and votes, as docs/decisions/0017 laid down.

    python bench/labour_outside.py EVENTS.parquet [--flows FTS.csv] [--votes IDEAL.parquet]

`--flows` is a table of the Financial Tracking Service (columns srcOrganization, amountUSD, year),
`--votes` one of ideal points in the General Assembly (iso3c, year, idealpointall). None of these is
in the repository. Each figure comes with n and a 90 % interval; there is no floor.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from icews_acts import rows_of
from inconcert.ontology.domains import act_of_code, tables
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register
from world import spearman

Floats = npt.NDArray[np.float64]

SIDE, YEAR, DRAWS, SEED = "AFG", 2021, 2000, 17
AID, PROMISED, UNION = ("07",), ("07", "033"), "IGOEU"
TARGETS, LEAST_ACTS, LEAST_TARGETS = 70, 10, 5
_OFFICE = re.compile(r"(, Government of|, Republic of|\(.*?\))")


def aid(base: duckdb.DuckDBPyConnection, flows: Path) -> Iterator[str]:
    """Acts of aid beside money, over donors."""
    money, unknown = _money(flows)
    register = Register.load()
    donors = sorted((register.states | {UNION}) - {SIDE})
    for roots, name in ((AID, "acts of aid"), (PROMISED, "acts and promises of aid")):
        found = dict(
            base.execute(
                "select actor, count(distinct (day, code)) from acts "
                "where left(recipient, 3) = $side "
                "and list_bool_or([starts_with(code, root) for root in $roots]) group by 1",
                {"side": SIDE, "roots": list(roots)},
            ).fetchall()
        )
        told = np.array([(found.get(one, 0), money.get(one, 0.0)) for one in donors])
        for which, kept in (("either", (told > 0).any(axis=1)), ("both", (told > 0).all(axis=1))):
            yield (
                f"{name} and money, donors with {which}: {_over_units(told[kept])}, "
                f"{int(told[kept, 0].sum())} acts"
            )
        first = sorted(zip(donors, told, strict=True), key=lambda one: -one[1][1])[:12]
        yield "  " + ", ".join(f"{one} {acts:.0f}/{sum_ / 1e6:.0f}" for one, (acts, sum_) in first)
    yield f"  money of no state, left out: {unknown:.0%}"


def _money(flows: Path) -> tuple[dict[str, float], float]:
    """Dollars of the year by donor, and the share of all that no state nor the Union gave."""
    rows = duckdb.execute(
        "select srcOrganization, sum(amountUSD::double) from read_csv($path, all_varchar = true) "
        "where year = $year group by 1 order by 1",
        {"path": str(flows), "year": str(YEAR)},
    ).fetchall()
    resolve, money, total = CodedActors(Register.load()), dict[str, float](), 0.0
    for name, dollars in rows:
        total += dollars
        code = None
        if name is not None and name.startswith("European Commission"):
            code = UNION
        elif name is not None and "Government of" in name:
            plain = _OFFICE.sub("", name).strip()
            codes = resolve(plain, None, None, None, date(YEAR, 6, 1)).codes
            code = codes[0] if codes else None
        if code is not None:
            money[code] = money.get(code, 0.0) + dollars
    return money, 1 - sum(money.values()) / total


def stances(base: duckdb.DuckDBPyConnection, votes: Path) -> Iterator[str]:
    """Gaps of cooperative shares beside the distance of ideal points, over dyads of states."""
    points = dict(
        duckdb.execute(
            "select iso3c, idealpointall::double from read_parquet($path) "
            "where year = $year and iso3c is not null and idealpointall is not null",
            {"path": str(votes), "year": YEAR},
        ).fetchall()
    )
    counts, actors = _signs(base)
    places = [place for place, one in enumerate(actors) if one in points]
    rows = []
    for one, other in combinations(places, 2):
        gap, corrected, shared = _gap(counts[one], counts[other])
        if shared >= LEAST_TARGETS:
            apart = abs(points[actors[one]] - points[actors[other]])
            rows.append((one, other, gap, corrected, apart))
    told = np.array(rows)
    states = len(set(told[:, :2].ravel()))
    for name, column in (("absolute gap", 2), ("squared gap less chance", 3)):
        yield (
            f"{name} of stances and distance of votes: "
            f"{_over_dyads(told[:, :2].astype(int), told[:, column], told[:, 4])}, {states} states"
        )


def _signs(base: duckdb.DuckDBPyConnection) -> tuple[Floats, list[str]]:
    """Cooperative and other acts of states toward the sides, shape (actors, targets, 2)."""
    sorts = tables()
    base.execute("create table stances (code varchar, sign integer)")
    codes = [row[0] for row in base.execute("select distinct code from acts").fetchall()]
    signs = {"cooperative": 0, "conflictual": 1}
    told = [(code, sorts.stance_of(act_of_code(code))) for code in codes]
    base.executemany(
        "insert into stances values (?, ?)",
        [(code, signs[stance]) for code, stance in told if stance in signs],
    )
    sides = [
        row[0]
        for row in base.execute(
            "select left(recipient, 3) as side from acts where side in (from states) "
            "group by 1 order by count(*) desc, side limit $many",
            {"many": TARGETS},
        ).fetchall()
    ]
    found = base.execute(
        "select actor, left(recipient, 3) as side, sign, count(distinct (day, left(code, 2))) "
        "from acts join stances using (code) where actor in (from states) "
        "and side in (select unnest($sides)) group by all order by all",
        {"sides": sides},
    ).fetchall()
    actors = sorted({row[0] for row in found})
    counts = np.zeros((len(actors), len(sides), 2))
    for actor, side, sign, number in found:
        counts[actors.index(actor), sides.index(side), sign] = number
    return counts, actors


def _gap(one: Floats, other: Floats) -> tuple[float, float, int]:
    """Mean absolute gap over shared targets, mean squared gap less chance, shared targets."""
    n = np.stack([one.sum(axis=1), other.sum(axis=1)])
    shared = (n >= LEAST_ACTS).all(axis=0)
    if not shared.any():
        return 0.0, 0.0, 0
    n = n[:, shared]
    shares = np.stack([one[shared, 0], other[shared, 0]]) / n
    gap = shares[0] - shares[1]
    chance = (shares * (1 - shares) / (n - 1)).sum(axis=0)
    return float(np.abs(gap).mean()), float((gap**2 - chance).mean()), int(shared.sum())


def _over_units(told: Floats) -> str:
    rng = np.random.default_rng(SEED)
    picked = rng.integers(0, len(told), (DRAWS, len(told)))
    times = [np.bincount(rows, minlength=len(told)).astype(float) for rows in picked]
    drawn = [spearman(told[:, 0], told[:, 1], often) for often in times]
    value = spearman(told[:, 0], told[:, 1], np.ones(len(told)))
    return _words(value, drawn, f"{len(told)} donors")


def _over_dyads(dyads: npt.NDArray[np.int64], one: Floats, other: Floats) -> str:
    """Dyads share states: they are drawn by their states, a dyad as often as both are."""
    rng, drawn = np.random.default_rng(SEED), []
    states, places = np.unique(dyads, return_inverse=True)
    places = places.reshape(dyads.shape)
    for _ in range(DRAWS):
        often = np.bincount(rng.integers(0, len(states), len(states)), minlength=len(states))
        drawn.append(spearman(one, other, often[places].prod(axis=1).astype(float)))
    return _words(spearman(one, other, np.ones(len(one))), drawn, f"{len(dyads)} dyads")


def _words(value: float, drawn: list[float], many: str) -> str:
    low, high = np.nanquantile(drawn, [0.05, 0.95])
    return f"Spearman {value:+.2f} [{low:+.2f}, {high:+.2f}], {many}"


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=Path)
    parser.add_argument("--flows", type=Path)
    parser.add_argument("--votes", type=Path)
    options = parser.parse_args()
    base = rows_of(options.events)
    if options.flows:
        for line in aid(base, options.flows):
            print(line, flush=True)
    if options.votes:
        for line in stances(base, options.votes):
            print(line, flush=True)


if __name__ == "__main__":
    main()
