"""Signs of ties: each mode of an act counts as PLOVER scores it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb

from inconcert.ontology import plover
from inconcert.shape.networks import sign_of
from inconcert.workbench.pages_network import _signs
from inconcert.workbench.rows import sql_of

DAY = date(2021, 8, 14)
LAYERS = {1: "positive", -1: "negative", 0: "unsigned"}


def ties(rows, kind=""):
    """Counts by layer, of acts of A upon B of some types and modes."""
    with duckdb.connect() as con:
        con.execute(
            "create table daily (source text, actor text, recipient text, kind text, mode text, "
            "day date, parties integer, n integer)"
        )
        con.executemany("insert into daily values ('S', 'A', 'B', ?, ?, ?, 2, ?)", rows)
        given = {"source": "S", "first": DAY, "last": DAY, "type": kind, **_signs()}
        ((_, _, *counts),) = con.execute(sql_of("page_ties"), given).fetchall()
    return dict(zip(("positive", "negative", "unsigned"), counts, strict=True))


def test_every_type_and_mode_counts_under_the_sign_that_plover_gives_it():
    cells = [(kind, mode) for kind in plover.event_types() for mode in (None, *plover.modes(kind))]
    expected = Counter(dict.fromkeys(LAYERS.values(), 0))
    rows = []
    for at, (kind, mode) in enumerate(cells):
        rows.append((kind, mode, DAY, 2**at % 1009 + 1))
        expected[LAYERS[sign_of(kind, mode)]] += rows[-1][3]
    assert ties(rows) == expected
    asked = [row for row in rows if row[0] == "REQUEST"]
    assert {layer for layer, n in ties(asked, "REQUEST").items() if n} == set(LAYERS.values())


def test_what_has_no_type_of_plover_has_no_sign():
    assert ties([("STATEMENT", None, DAY, 3), ("REQUEST", "unheard of", DAY, 4)]) == {
        "positive": 0, "negative": 0, "unsigned": 7,
    }  # fmt: skip
