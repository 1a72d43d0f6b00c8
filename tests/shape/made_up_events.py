"""Made-up events under the views of the event store, and counts of them by plain loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa

from inconcert.core.span import TimeSpan

FIRST = date(2021, 1, 6)  # a Wednesday
SPAN = TimeSpan(FIRST, FIRST + timedelta(days=59))
QUIET = frozenset({FIRST + timedelta(days=d) for d in (17, 18, 19)})
"""Days without any event of any source."""

CODES = ("AFG", "AFGTAL", "CHN", "DEU", "FRA", "IND", "RUS", "USA")
# code, PLOVER type, mode, contexts, kind of statement
CAMEO = (
    ("010", None, None, [], "statement"),
    ("020", None, None, ["economic"], "appeal"),
    ("036", "CONSULT", "meet", [], None),
    ("042", "CONSULT", "visit", ["diplomatic"], None),
    ("071", "AID", None, ["economic"], None),
    ("111", "ACCUSE", "disapprove", [], None),
    ("163", "SANCTION", None, ["economic", "legal"], None),
    ("190", "ASSAULT", None, ["military"], None),
)


@dataclass(frozen=True)
class Made:
    """One event."""

    id: str
    source: str
    day: date
    code: str
    scheme: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    said: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    directed: bool
    folded: bool
    kept_as: str | None

    @property
    def kind(self) -> str:
        return self.type or str(self.said).upper()

    @property
    def cell(self) -> str:
        return self.code[:2] if self.scheme == "cameo" else self.kind

    @property
    def is_deed(self) -> bool:
        return self.type in ("AID", "SANCTION", "ASSAULT")

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Who acts upon whom; upon itself only where nobody else is in the event."""
        if self.actors == self.recipients and len(self.actors) == 1:
            return {(self.actors[0], self.actors[0])}
        if self.directed and not self.folded:
            return {(a, r) for a in self.actors for r in self.recipients if a != r}
        across = [(a, r) for a in self.actors for r in self.recipients]
        return {(a, r) for a, r in (*across, *((r, a) for a, r in across)) if a != r}


def make(seed: int = 0, *, events: int = 800) -> list[Made]:
    """Events of two sources: pairs, folded talks, many parties, rows that are not counted."""
    rng = np.random.default_rng(seed)
    days = [FIRST + timedelta(days=d) for d in range(-5, 65)]
    days = [day for day in days if day not in QUIET]
    made = []
    for number in range(events):
        code, type_, mode, contexts, said = CAMEO[rng.integers(len(CAMEO))]
        people = list(rng.permutation(CODES))
        how = rng.random()
        folded = type_ == "CONSULT" and how < 0.6
        width = 1 if how < 0.7 else int(rng.integers(1, 4))
        source = "ICEWS" if rng.random() < 0.7 else "POLECAT"
        actors, recipients = people[:width], people[width : width + int(rng.integers(1, 3))]
        if folded:
            actors, recipients = people[:2], people[:2]
        elif how < 0.05:
            recipients = actors  # at home
        elif how < 0.1:
            recipients = []  # nobody known
        elif how < 0.7:
            recipients = recipients[:1]
        made.append(
            Made(
                f"e{number:04d}", source, days[rng.integers(len(days))], code,
                "cameo" if source == "ICEWS" else "plover",
                type_, mode, tuple(contexts), said, tuple(actors), tuple(recipients),
                directed=not (folded or (type_ == "CONSULT" and how > 0.95)), folded=folded,
                kept_as="another" if rng.random() < 0.1 else None,
            )
        )  # fmt: skip
    return made


def lake(made: list[Made]) -> duckdb.DuckDBPyConnection:
    """A database with the views, as tables."""
    base = duckdb.connect(config={"threads": 1})
    rows = [
        {
            "id": e.id, "source": e.source, "batch": "b1", "source_row": 1, "day": e.day,
            "day_last": e.day, "type": e.type, "mode": e.mode, "contexts": list(e.contexts),
            "is_statement": e.said is not None, "statement_kind": e.said,
            "actors": list(e.actors), "actor_names": list(e.actors),
            "recipients": list(e.recipients), "recipient_names": list(e.recipients),
            "about": [], "code": e.code, "scheme": e.scheme, "event_text": "did", "score": 1.0,
            "mentions": 1, "articles": 1, "outlets": 1, "url": None, "outlet": None, "note": None,
            "place": None, "copies": 1, "directed": e.directed,
            "folded_from": ["x"] if e.folded else [], "kept_as": e.kept_as,
        }
        for e in made
    ]  # fmt: skip
    columns = {"url": pa.string(), "outlet": pa.string(), "note": pa.string(), "place": pa.string()}
    table = pa.Table.from_pylist(rows)
    for name in ("contexts", "about", "folded_from", "recipients", "actors"):
        place = table.column_names.index(name)
        table = table.set_column(place, name, table[name].cast(pa.list_(pa.string())))
    for name, kind in columns.items():
        table = table.set_column(table.column_names.index(name), name, table[name].cast(kind))
    base.register("made_events", table)
    base.execute("create table events as from made_events")
    daily: Counter[tuple[object, ...]] = Counter()
    for e in made:
        if e.kept_as is None:
            parties = len({*e.actors, *e.recipients})
            for a, r in e.pairs:
                contexts = ";".join(sorted(e.contexts))
                daily[e.source, a, r, e.kind, e.cell, e.mode, contexts, e.day, parties] += 1
    names = ("source", "actor", "recipient", "kind", "root", "mode", "contexts", "day", "parties")
    base.register(
        "made_daily",
        pa.Table.from_pylist(
            [
                {**dict(zip(names, key, strict=True)), "n": n, "mentions": n, "score": float(n)}
                for key, n in daily.items()
            ]
        ),
    )
    base.execute("create table daily as from made_daily")
    base.execute(
        "create table coverage as select source, day, count(*) as rows, "
        "count(*) filter (where kept_as is null) as n from events group by all"
    )
    return base


def counted(
    made: list[Made], source: str, *, span: TimeSpan = SPAN, deeds_only: bool = False
) -> Iterator[Made]:
    """The counted events of a source in a span."""
    for e in made:
        held = e.source == source and e.kept_as is None and span.contains(e.day)
        if held and (e.is_deed or not deeds_only):
            yield e
