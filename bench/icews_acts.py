"""Acts of ICEWS 2021 as docs/decisions/0014 reads them, for the benches that ask of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from inconcert.ontology.domains import act_of_code, tables
from inconcert.read.events import open_events
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register

Ints = npt.NDArray[np.int64]

FIRST, DAYS = date(2021, 1, 1), 243
MIRRORED = ("036", "040", "041", "042", "043", "044", "045", "046")

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
    """Tables `raw` as read; `acts` (day, code, actor, recipient), each once; `states` (code)."""
    base, register = duckdb.connect(), Register.load()
    base.execute("set threads to 1")
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


def volume_of(base: duckdb.DuckDBPyConnection) -> Ints:
    """Counted rows by day, shape (days,)."""
    volume = np.zeros(DAYS, dtype=np.int64)
    found = base.execute(
        "select date_diff('day', $first, day), count(distinct (a_name, b_name, code)) from raw "
        "where code is not null group by 1",
        {"first": FIRST},
    ).fetchall()
    for day, number in found:
        volume[day] = number
    return volume


def roots_toward(base: duckdb.DuckDBPyConnection, actor: str | None, side: str) -> Ints:
    """Acts toward a side by CAMEO root and day, shape (20, days).

    Args:
        actor: code of a state with all its bodies; None for everybody, each once.
        side: code of a state with all its bodies.
    """
    counts = np.zeros((20, DAYS), dtype=np.int64)
    found = base.execute(
        "select left(code, 2)::integer - 1, date_diff('day', $first, day), count(*) from ("
        "select distinct day, code, left(actor, 3) as actor from acts "
        "where left(recipient, 3) = $side) where ($actor is null or actor = $actor) group by all",
        {"first": FIRST, "actor": actor, "side": side},
    ).fetchall()
    for root, day, number in found:
        counts[root, day] = number
    return counts


class Acts:
    """Acts of A, B and all third parties toward a side, by code and day."""

    def __init__(self, base: duckdb.DuckDBPyConnection) -> None:
        self._base = base
        self.codes = [
            row[0] for row in base.execute("select distinct code from acts order by 1").fetchall()
        ]
        self.acts = [act_of_code(code) for code in self.codes]

    def toward(self, side: Sequence[str], pair: tuple[str, str]) -> Ints:
        """Shape (3, codes, days), each cell of actor, root, domain and day counted once.

        An actor of more than three letters is that body alone, one of three the state itself.
        """
        found = self._base.execute(
            "select case actor when $a then 0 when $b then 1 else 2 end as who, actor, code, "
            "date_diff('day', $first, day) as day from acts "
            "where left(recipient, 3) in (select unnest($side)) "
            "and left(actor, 3) not in (select unnest($side)) group by all",
            {"a": pair[0], "b": pair[1], "side": list(side), "first": FIRST},
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
