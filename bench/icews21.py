"""The real ICEWS events of January to August 2021 in a lake, against counts made by hand.

    python bench/icews21.py FILE.parquet [--json]

FILE has the columns date, source, event_text, target, as benchmarks of temporal knowledge graphs
pass ICEWS on; it is not in the repository, for its terms forbid it. Printed are the time that
reading takes, monthly counts beside the reference with the names that make the difference, two
known meetings, and the days that the source does not cover. `--json` adds figures for `run.py`.

The reference counts distinct source-event-target-days with short lists of names (states, bodies and
leaders known by name), so they are lower bounds by perhaps a tenth, says who made them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from figures import tell
from inconcert.read.events import open_events
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register
from inconcert.store.lake import Lake

AFGHANS = ("AFG", "AFGGOV", "AFGMIL", "AFGTAL", "AFGREB", "AFGPAR", "AFGREF")
MONTHS = tuple(f"2021-{month:02}" for month in range(1, 9))
BOUND = 0.15
_ROWS = """
select e.id, strftime(e.day, '%Y-%m-%d') as day, e.actors, e.recipients, e.event_text, e.code,
       e.actor_given, e.recipient_given, e.swapped, len(e.folded_from) > 0 as folded
from events as e
where e.source = 'ICEWS' and e.kept_as is null
"""


@dataclass(frozen=True, slots=True)
class Series:
    """Counts by month of one side's acts upon another, made by hand.

    Attributes:
        actors, recipients: codes.
        counts: January to August.
        a_names, b_names: names that the short lists surely held, as regular expressions.
    """

    name: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    counts: tuple[int, ...]
    a_names: str
    b_names: str


_AFGHAN_NAMES = r"Afghanistan|\(Afghanistan\)|Taliban|Ghani|Abdullah Abdullah|Baradar|Karzai"
REFERENCE = (
    Series(
        "RUS toward the Afghan side",
        ("RUS",),
        AFGHANS,
        (3, 12, 22, 10, 12, 2, 74, 117),
        r"Russia|Putin|Lavrov",
        _AFGHAN_NAMES,
    ),
    Series(
        "CHN toward the Afghan side",
        ("CHN",),
        AFGHANS,
        (0, 1, 6, 10, 18, 8, 62, 118),
        r"China|Xi Jinping|Wang Yi",
        _AFGHAN_NAMES,
    ),
    Series(
        "RUS toward CHN",
        ("RUS",),
        ("CHN",),
        (12, 17, 117, 39, 40, 54, 32, 56),
        r"Russia|Putin|Lavrov",
        r"China|Xi Jinping|Wang Yi",
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, with the actors that the lake gives its names."""

    day: str
    source: str
    event: str
    target: str
    a: tuple[str, ...]
    b: tuple[str, ...]


def into_lake(file: Path, case: Path) -> tuple[float, float, int]:
    """Seconds for reading alone and for all, and rows taken."""
    with duckdb.connect() as base, closing(open_events([file])) as plans:
        begin = time.perf_counter()
        for plan in plans:
            base.execute(f"create temp table rows as {plan.rows()}")
        alone = time.perf_counter() - begin
    find = CodedActors(Register.load())
    begin, cpu = time.perf_counter(), time.process_time()
    with Lake.open(case, write=True) as lake, closing(open_events([file])) as plans:
        report = lake.ingest(plans, resolve=find)
    print(
        f"into the lake: {time.process_time() - cpu:.1f} CPU-seconds, {report.asked:,} names asked"
    )
    return alone, time.perf_counter() - begin, report.rows


def daily(case: Path, series: Series) -> dict[str, int]:
    """Counted acts by month, as the lake counts them: folded meetings once for each direction."""
    with Lake.open(case) as lake:
        found = lake.query(
            "select strftime(day, '%Y-%m') as month, sum(n)::bigint as n from daily where "
            "source = 'ICEWS' and list_contains($a, actor) and list_contains($b, recipient) "
            "group by month",
            {"a": list(series.actors), "b": list(series.recipients)},
        )
    return dict(zip(found["month"].to_pylist(), found["n"].to_pylist(), strict=True))


def lines(file: Path) -> list[Line]:
    """The rows of the file as they stand, sides not exchanged, with the register's actors."""
    find = CodedActors(Register.load())
    known: dict[tuple[str, str], tuple[str, ...]] = {}

    def who(name: str, month: str) -> tuple[str, ...]:
        if (name, month) not in known:
            known[name, month] = find(name, None, None, None, month, scheme="cameo").codes
        return known[name, month]

    with duckdb.connect() as base:
        rows = base.execute(
            "select strftime(date::date, '%Y-%m-%d'), source, event_text, target "
            "from read_parquet($file)",
            {"file": str(file)},
        ).fetchall()
    return [Line(*row, who(row[1], row[0][:7]), who(row[3], row[0][:7])) for row in rows]


def of_series(rows: Sequence[Line], series: Series) -> Iterator[Line]:
    """Rows of one side toward the other, as the file has them."""
    a, b = set(series.actors), set(series.recipients)
    for row in rows:
        if a & set(row.a) and b & set(row.b):
            yield row


def compared(rows: Sequence[Line], series: Series, counted: Mapping[str, int]) -> float:
    """Print a series month by month, and who makes the difference; the share it is off by."""
    raw = Counter(row.day[:7] for row in of_series(rows, series))
    print(f"\n{series.name}")
    print("  month      by hand   rows of the file     off   counted in the lake (folds both ways)")
    for month, by_hand in zip(MONTHS, series.counts, strict=True):
        off = f"{raw[month] / by_hand - 1:+.0%}" if by_hand else "—"
        print(f"  {month} {by_hand:9} {raw[month]:18} {off:>7} {counted.get(month, 0):10}")
    total, ours = sum(series.counts), sum(raw.values())
    print(f"  all     {total:9} {ours:18} {ours / total - 1:+7.0%} {sum(counted.values()):10}")
    explained(rows, series)
    for month, by_hand in zip(MONTHS, series.counts, strict=True):
        if by_hand and abs(raw[month] / by_hand - 1) > BOUND:
            own = [row for row in of_series(rows, series) if row.day[:7] == month]
            print(f"  {month} is off by more: not on short lists {_not_listed(own, series)}")
    return ours / total - 1


def _not_listed(rows: Iterable[Line], series: Series) -> str:
    """The pairs of names of some rows of which one is not on the short lists."""
    left = Counter(
        f"{row.source} → {row.target}"
        for row in rows
        if not (re.search(series.a_names, row.source) and re.search(series.b_names, row.target))
    )
    return ", ".join(f"{pair} {count}" for pair, count in left.most_common()) or "none"


def explained(rows: Sequence[Line], series: Series) -> None:
    """Print the rows by the pair of names, those that short lists of names would not hold first."""
    own = Counter((row.source, row.target) for row in of_series(rows, series))
    surely = {
        pair
        for pair in own
        if re.search(series.a_names, pair[0]) and re.search(series.b_names, pair[1])
    }
    on_list = sum(count for pair, count in own.items() if pair in surely)
    print(
        f"  of these, {on_list} rows have both names on short lists (country in the name, leaders);"
    )
    for side, pattern, place in (("actors", series.a_names, 0), ("recipients", series.b_names, 1)):
        others: Counter[str] = Counter()
        for pair, count in own.items():
            if not re.search(pattern, pair[place]):
                others[pair[place]] += count
        shown = ", ".join(f"{name} {count}" for name, count in others.most_common(12))
        print(f"  {side} not on them: {sum(others.values())} rows: {shown or 'none'}")


def missed(rows: Sequence[Line], series: Series) -> None:
    """Print rows whose names tell the sides and whose actors we have otherwise."""
    own = set(of_series(rows, series))
    others: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row in own:
            continue
        if re.search(series.a_names, row.source) and re.search(series.b_names, row.target):
            others[f"{row.source} = {'+'.join(row.a)}", f"{row.target} = {'+'.join(row.b)}"] += 1
    shown = "; ".join(f"{a} → {b}: {n}" for (a, b), n in others.most_common(8))
    print(f"  names that look so, actors of ours that are not: {sum(others.values())}: {shown}")


def meetings(case: Path) -> dict[str, int]:
    """Print the rows of two known meetings; how many were found of each."""
    troika = (
        "e.day = date '2021-03-18' and list_has_any(e.actors, ['RUS', 'CHN', 'USA', 'PAK']) and "
        "list_has_any(list_concat(e.actors, e.recipients), $afghans) and e.type = 'CONSULT'"
    )
    baradar = (
        "e.day between date '2021-07-27' and date '2021-07-29' and "
        "list_contains(list_concat(e.actors, e.recipients), 'CHN') and "
        "list_contains(list_concat(e.actors, e.recipients), 'AFGTAL') and e.type = 'CONSULT'"
    )
    found = {}
    with Lake.open(case) as lake:
        for name, where in (
            ("Moscow troika, 18 March", troika),
            ("Wang Yi and Baradar, 28 July", baradar),
        ):
            afghans = {"afghans": list(AFGHANS)} if "$afghans" in where else {}
            table = lake.query(f"{_ROWS} and {where} order by e.day, e.id", afghans)
            found[name] = table.num_rows
            print(f"\n{name}: {table.num_rows} counted consultations")
            for row in table.to_pylist()[:14]:
                sides = f"{row['actor_given']} → {row['recipient_given']}"
                codes = f"{'+'.join(row['actors'])} → {'+'.join(row['recipients'])}"
                print(f"  {row['day']}  {sides} [{codes}]  {row['code']} {row['event_text']}"
                      f"{'  (folded)' if row['folded'] else ''}")  # fmt: skip
    return found


def hole(case: Path) -> int:
    """Print the days of January with few rows; how many of 19 to 24 January have under 30."""
    with Lake.open(case) as lake:
        found = lake.query(
            "select strftime(day, '%Y-%m-%d') as day, rows from coverage where source = 'ICEWS' "
            "and day between date '2021-01-15' and date '2021-01-28' order by day"
        ).to_pylist()
        usual = lake.query("select median(rows) as m from coverage where source = 'ICEWS'")
    print(f"\nRows a day, usually {usual['m'][0].as_py():,.0f}:")
    print("  " + ", ".join(f"{row['day'][5:]}: {row['rows']}" for row in found))
    return sum(
        1 for row in found if "2021-01-19" <= row["day"] <= "2021-01-24" and row["rows"] < 30
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="ICEWS of 2021 against counts made by hand.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="figures for run.py as well")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="inconcert-icews-"))
    try:
        alone, seconds, taken = into_lake(asked.file, folder)
        print(f"{taken:,} rows: read in {alone:.1f} s, into the lake in {seconds:.1f} s")
        rows = lines(asked.file)
        off = {}
        for series in REFERENCE:
            off[series.name] = compared(rows, series, daily(folder, series))
            missed(rows, series)
        found, covered = meetings(folder), hole(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        tell("ICEWS21: read", alone, "s", note=f"{taken:,} rows; into the lake {seconds:.1f} s")
        tell("ICEWS21: into the lake", seconds, "s")
        for name, share in off.items():
            tell(f"ICEWS21: {name}, off", abs(share), "", note=f"{share:+.1%} of the rows by hand")
        tell("ICEWS21: known meetings not found", sum(not n for n in found.values()), "")
        tell("ICEWS21: days of the hole seen", covered, "of 6")


if __name__ == "__main__":
    main()
