"""A scan of a dataset: rows with stance, abstentions counted, sources never put together."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date, timedelta

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from inconcert import Workbench
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion, UnknownActor
from inconcert.synth.worlds import simulate
from inconcert.workbench import scanning
from inconcert.workbench.scan_rows import told

FIRST, DAYS = date(2021, 1, 1), 240
STATES = ("DEU", "FRA", "ITA", "ESP", "PRT", "POL", "CZE", "SVK", "HUN", "ROU", "TUR", "IRN")
ROOTS = ("04", "05", "06", "11", "13", "17")


def acts(target: str, seed: int, *, rho: float) -> list[dict[str, object]]:
    """Rows of `daily` toward a target; the first two states act together."""
    world = simulate(
        np.random.default_rng(seed),
        null="N3",
        kind="joint" if rho else "none",
        rho=rho,
        days=DAYS,
        types=len(ROOTS),
        third_parties=len(STATES) - 2,
    )
    return [
        {
            "source": "MADE",
            "actor": STATES[actor],
            "recipient": target,
            "kind": "CONSULT" if kind < 3 else "ACCUSE",
            "root": ROOTS[kind],
            "mode": "",
            "contexts": "",
            "day": FIRST + timedelta(days=int(day)),
            "parties": 2,
            "n": int(world.counts[actor, kind, day]),
            "mentions": 1,
            "score": 0.0,
        }
        for actor, kind, day in zip(*np.nonzero(world.counts), strict=True)
    ]


@pytest.fixture(scope="module")
def base():
    """The views of the event store over made-up rows of two sources."""
    base = duckdb.connect()
    rows = [*acts("BLR", 1, rho=0.6), *acts("UKR", 2, rho=0.0), *acts("UKRREB", 3, rho=0.0)]
    rows += [row | {"source": "OTHER"} for row in acts("BLR", 4, rho=0.0)[:400]]
    base.register("rows", pa.Table.from_pylist(rows))
    base.execute("create table daily as from rows")
    base.execute(
        "create table coverage as select source, day, sum(n) + 300 as rows, sum(n) + 300 as n "
        "from daily group by all"
    )
    base.execute(
        "create table events (id varchar, source varchar, day date, type varchar, code varchar, "
        "scheme varchar, mode varchar, contexts varchar[], statement_kind varchar, "
        "actors varchar[], recipients varchar[], directed boolean, folded_from varchar[], "
        "kept_as varchar)"
    )
    with base:
        yield base


@pytest.fixture(scope="module")
def query(base):
    return lambda sql, parameters: base.sql(sql, params=parameters)


@pytest.fixture(scope="module")
def bench(tmp_path_factory, query):
    """A case whose event store is the made-up one."""

    class Store:
        def __enter__(self):
            return query

        def __exit__(self, *_):
            return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "event_store", lambda folder: Store())
        yield Workbench.create(tmp_path_factory.mktemp("scan") / "case")


@pytest.fixture(scope="module")
def report(bench):
    return scanning.scan(bench, source="MADE")


@pytest.fixture(scope="module")
def whole(bench):
    """With the rows of all pairs."""
    return scanning.scan(bench, source="MADE", everything=True)


def test_the_planted_pair_is_the_first_row_and_is_told_with_its_stance(report):
    row = report.rows[0]
    assert ({row.a, row.b}, row.toward) == ({"DEU", "FRA"}, "BLR")
    assert row.q <= report.level
    assert row.timing == "co-acting"
    assert row.lift_interval[0] > 1.0
    assert row.shares is not None
    assert row.gap == pytest.approx(row.shares[0] - row.shares[1])
    assert row.verdict == (
        "at odds" if row.stance == "opposed" else "acting alike, contact not shown"
    )


def test_every_row_has_a_stance_and_a_verdict(report):
    assert all(row.stance and row.verdict for row in report.rows)
    assert len(report.rows) >= report.discoveries


def test_rows_come_best_first_and_hold_all_that_come_near(report):
    q = [row.q for row in report.rows]
    assert q == sorted(q)
    assert all(row.q <= report.level or (row.p or 1) < 0.05 for row in report.rows)


def test_what_is_not_discovered_is_undetermined_or_insufficient(whole):
    assert len(whole.rows) == whole.tests
    rest = [row for row in whole.rows if row.q > whole.level]
    assert {row.timing for row in rest} <= {"undetermined", "insufficient"}
    assert {row.verdict for row in rest} <= {"cannot tell", "at odds"}
    assert all(row.why for row in rest if row.timing == "insufficient")


def test_a_scan_of_one_target_has_its_pairs_alone(bench, report):
    one = scanning.scan(bench, toward="Belarus", source="MADE")
    assert one.targets == 1
    assert {row.toward for row in one.rows} == {"BLR"}
    assert one.tests < report.tests
    assert one.rows[0].p == pytest.approx(report.rows[0].p)


def test_codes_joined_are_one_target(bench):
    both = scanning.scan(bench, toward="BLR+UKR", source="made", everything=True)
    assert {row.toward for row in both.rows} == {"BLR+UKR"}


def test_only_states_are_of_a_pair_if_so_asked(bench, base):
    everyone = scanning.scan(bench, toward="BLR", source="MADE")
    base.execute("update daily set actor = 'IGOEUU' where actor = 'ROU'")
    states = scanning.scan(bench, toward="BLR", source="MADE", states_only=True)
    base.execute("update daily set actor = 'ROU' where actor = 'IGOEUU'")
    assert states.tests == everyone.tests - (len(STATES) - 1)


def test_left_out_pairs_are_counted_by_reason(bench, report):
    short = scanning.scan(bench, source="MADE", until="2021-02-15")
    assert sum(short.left_out.values()) > sum(report.left_out.values())
    assert short.span == TimeSpan(FIRST, date(2021, 2, 15))


def test_the_report_is_plain_json(report):
    record = json.loads(json.dumps(report.as_record()))
    assert record["tests"] == report.tests
    assert {"a", "b", "toward", "j", "expected", "lift", "p", "q", "verdict", "stance"} <= set(
        record["rows"][0]
    )


def test_the_text_tells_stance_and_what_it_does_not_mean(report):
    text = told(report, lambda code: {"DEU": "Germany", "FRA": "France"}.get(code, code))
    line = next(line for line in text.splitlines() if "Germany and France toward BLR" in line)
    assert "stance" in line
    assert "no intent" in text
    assert "of a hundred such, about 10 are false" in text


def test_stance_does_not_hang_on_which_rows_are_shown(report, whole):
    assert report.rows[0] in whole.rows
    assert set(report.rows) <= set(whole.rows)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "several event datasets: MADE, OTHER"),
        ({"source": "MADE+OTHER"}, "no event dataset"),
        ({"source": "MADE", "since": "2030"}, "none of these days"),
    ],
)
def test_what_cannot_be_scanned_is_refused_with_a_reason(bench, asked, words):
    with pytest.raises(BadQuestion, match=words.replace("+", r"\+")):
        scanning.scan(bench, **asked)


def test_a_target_that_nobody_is_called_is_refused(bench):
    with pytest.raises(UnknownActor):
        scanning.scan(bench, toward="Nobody at all", source="MADE")


def test_a_case_without_events_is_told_to_read_some(bench, monkeypatch):
    monkeypatch.setattr(scanning, "event_store", lambda folder: nullcontext())
    with pytest.raises(BadQuestion, match="no event dataset"):
        scanning.scan(bench)
