"""A made-up world of acts toward Afghanistan, under the views of the event store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.synth.worlds import simulate

FIRST = date(2021, 1, 1)
DAYS = 240
CODES = ("RUS", "CHN", *(f"C{number:02d}" for number in range(30)))
ROOTS = ("04", "05", "07", "11", "19")
TYPES = ("CONSULT", "SUPPORT", "AID", "ACCUSE", "ASSAULT")
PAPERS = ("Courier", "Herald")


def store(kind: str = "none", *, null: str = "N1", seed: int = 3) -> duckdb.DuckDBPyConnection:
    """A database with `events`, `daily` and `coverage` of one source, ICEWS."""
    rows = [
        _row(number, actor, "AFG", root, day)
        for number, (actor, root, day) in enumerate(_acts(kind, null, seed))
    ]
    rows.append(_row(10_000, "RUS", "AFG", "04", FIRST, kept_as="0"))
    talk = _row(10_001, "RUS", "CHN", "04", FIRST + timedelta(days=9), type="CONSULT")
    talk |= {"actors": ["CHN", "RUS"], "recipients": ["CHN", "RUS"], "folded_from": ["x"]}
    met = _row(10_003, "RUS", "AFG", "04", FIRST + timedelta(days=30))
    met |= {"actors": ["AFG", "RUS"], "recipients": ["AFG", "RUS"], "folded_from": ["x"]}
    joint = _row(10_002, "RUS", "AFG", "07", FIRST + timedelta(days=20))
    joint |= {"actors": ["CHN", "RUS"], "event_text": "Provide aid"}
    noise = [
        _row(20_000 + day, "USA", "GBR", "04", FIRST + timedelta(days=day)) for day in range(DAYS)
    ]
    return _base([*rows, talk, met, joint, *noise])


def records(kind: str = "none", *, null: str = "N1", seed: int = 3) -> Iterator[EventRecord]:
    """The same acts as a coder finds them in the texts of two papers."""
    for number, (actor, root, day) in enumerate(_acts(kind, null, seed)):
        at = Located(
            f"d{number}", Source(PAPERS[number % 2], None), None, TimeSpan.day(day), None, "x",
            f"{actor} acted upon Afghanistan.", 0,
        )  # fmt: skip
        yield EventRecord(
            EventMention(
                id=f"e{number}", document=at.document, sentence=0, start=4, end=9,
                type=TYPES[ROOTS.index(root)], mode=None, contexts=(), auxiliary=(),
                actors=(Participant(actor, ("GOV",), None, 0, 3),),
                recipients=(Participant("AFG", ("GOV",), None, 15, 26),), about=(), when=When(),
                rule="made", confidence=1.0,
            ),
            at,
        )  # fmt: skip


def _acts(kind: str, null: str, seed: int) -> Iterator[tuple[str, str, date]]:
    """Actor, CAMEO root and day of every act of a world."""
    world = simulate(
        np.random.default_rng(seed),
        null=null,
        kind=kind,
        rho=0.6,
        days=DAYS,
        third_parties=len(CODES) - 2,
        types=len(ROOTS),
    )
    for actor, root, day in np.argwhere(world.counts > 0):
        yield CODES[actor], ROOTS[root], FIRST + timedelta(days=int(day))


def _row(
    number: int, actor: str, recipient: str, root: str, day: date, **other: object
) -> dict[str, object]:
    return {
        "id": f"e{number}", "source": "ICEWS", "batch": "b1", "source_row": number, "day": day,
        "day_last": day, "type": "CONSULT" if root == "04" else "AID", "mode": None,
        "contexts": [], "is_statement": False, "statement_kind": None, "actors": [actor],
        "actor_names": [actor], "recipients": [recipient], "recipient_names": [recipient],
        "about": [], "code": f"{root}0", "scheme": "cameo", "event_text": "did something",
        "score": 1.0, "mentions": 1, "articles": 1, "outlets": 1, "url": None,
        "outlet": "Daily Courier", "note": None, "place": None, "copies": 1, "directed": True,
        "folded_from": [], "kept_as": None, **other,
    }  # fmt: skip


def _base(rows: list[dict[str, object]]) -> duckdb.DuckDBPyConnection:
    base = duckdb.connect(config={"threads": 1})
    names = pa.list_(pa.string())
    kinds = {
        **dict.fromkeys(("contexts", "about", "folded_from", "actors", "recipients"), names),
        **dict.fromkeys(("url", "note", "place", "mode", "statement_kind", "kept_as"), pa.string()),
    }
    table = pa.Table.from_pylist(rows)
    for name, kind in kinds.items():
        table = table.set_column(table.column_names.index(name), name, table[name].cast(kind))
    base.register("made", table)
    base.execute("create table events as from made")
    base.execute(
        """
        create table daily as
        select source, actor, recipient, type as kind, left(code, 2) as root, mode, '' as contexts,
            day, parties, count(*)::integer as n, sum(mentions) as mentions, sum(score) as score
        from (
            select *, unnest(actors) as actor, len(list_distinct(actors || recipients)) as parties
            from events where kept_as is null
        ), unnest(recipients) as other(recipient)
        where actor <> recipient
        group by all
        """
    )
    base.execute(
        "create table coverage as select source, day, count(*) as rows, "
        "count(*) filter (where kept_as is null) as n from events group by all"
    )
    return base
