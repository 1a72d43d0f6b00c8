"""From the events and texts of a case to findings with the rows and records behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from inconcert.core.document import Source
from inconcert.core.evidence import Corpus, SourceSummary
from inconcert.core.findings import Behind, Facts, Measured, SourceFindings
from inconcert.core.question import Question
from inconcert.core.reading import Row
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.shape.asking import Query
from inconcert.show import brief_findings, findings, plain_findings, record_findings
from inconcert.workbench import findings as parts
from inconcert.workbench import findings_rows, findings_texts, timing

QUESTION = Question((("RUS",), ("CHN",)), ("AFG",), ("Russia", "China"), "Afghanistan")
STATES = ("AFG", "RUS", "CHN", "USA", "GBR", "TJK", "PAK", "IRN", "UZB", "TKM", "FRA", "DEU")
KEYS = (
    "labour.shares", "labour.distance", "labour.same_portfolio", "labour.beyond_habit",
    "labour.reading", "labour.complementarity", "labour.roles.A", "labour.roles.B",
    "labour_of_deeds.same_portfolio", "words.gap.A", "words.promises.B", "stance.acts.A",
    "stance.gap", "stance.statements.B", "turns.rate.A", "turns.portfolio.B", "turns.stance.A",
    "spill.neighbours", "burden.shift", "with.camps", "with.brokers", "venues.shares",
)  # fmt: skip
"""Keys that docs/reference/answer.md promises."""


@pytest.fixture(scope="module")
def made_world() -> Any:
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        return import_module("made_world")
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def query(made_world: Any) -> Iterator[Query]:
    with made_world.store("joint") as base:
        yield lambda sql, parameters: base.sql(sql, params=parameters)


@pytest.fixture(scope="module")
def source(query: Query) -> SourceFindings:
    readings = timing.of_datasets(
        query, timing.choose((), timing.known_datasets(query)), QUESTION, tuple
    )
    (found,) = parts.together(parts.of_datasets(query, readings, QUESTION, tuple, states=STATES))
    return found


@pytest.fixture(scope="module")
def answer(source: SourceFindings) -> Answer:
    nothing = Corpus((), 0, (), (), (), (), ())
    return Answer(QUESTION, nothing, (), (), (), (), None, findings=(source,))


def test_every_promised_key_stands_in_the_findings_of_a_dataset(source: SourceFindings) -> None:
    assert set(KEYS) <= {one.key for one in source.found}
    assert len({one.key for one in source.found}) == len(source.found)


def test_each_finding_says_something_or_why_not_and_what_it_does_not_mean(
    source: SourceFindings,
) -> None:
    for one in source.found:
        assert bool(one.sentence) != bool(one.refused), one.key
        assert one.mind, one.key
        assert one.p is None or one.null, one.key
    assert source.tests == sum(one.p is not None for one in source.found) > 3


def test_acts_are_those_that_timing_counts(query: Query, source: SourceFindings) -> None:
    readings = timing.of_datasets(
        query, timing.choose((), timing.known_datasets(query)), QUESTION, tuple
    )
    cover = readings[0].coverage
    assert cover is not None
    assert source.of("labour.shares").n == sum(cover.acts)


def test_rows_behind_a_stance_are_of_that_actor_and_against_the_side(
    source: SourceFindings,
) -> None:
    found = source.of("stance.acts.B")
    assert found.rows
    assert len(found.ids) >= len(found.rows)
    for row in found.rows:
        assert row.actors == ("CHN",)
        assert row.recipients == ("AFG",)
        assert row.code[:2] in ("11", "19")


def test_pairs_of_days_get_the_ids_of_their_rows(query: Query, source: SourceFindings) -> None:
    days = [row.day for row in source.of("stance.acts.A").rows]
    supports = findings_rows.with_rows(
        query,
        "ICEWS",
        [
            Measured(
                "words.promises.A", "words and deeds", "promises", "kept",
                facts=(Facts("pairs", ({"promise": days[0], "deed": None},)),),
                behind=(Behind(0, (days[0],)),),
            )
        ],
        (("RUS",), ("CHN",)),
        ("AFG",),
        (days, ()),
    )  # fmt: skip
    (pair,) = supports[0].facts[0].rows
    assert pair["promise_ids"] == supports[0].ids
    assert len(supports[0].ids) >= 1
    assert pair["deed_ids"] == ()


def test_acts_are_chosen_by_kind_domain_nature_and_stance() -> None:
    rows = [
        Row(code, date(2021, 1, 1), ("RUS",), ("AFG",), "AID", code, "", "", "", 1)
        for code in ("030", "070", "111", "190")
    ]
    acts = {row.code: findings_rows.act_of_row(row) for row in rows}
    assert [acts[code].kind for code in acts] == ["AGREE", "AID", "ACCUSE", "ASSAULT"]  # type: ignore[union-attr]
    for behind, codes in (
        (Behind(0, (), "kind", ("AGREE",)), ["030"]),
        (Behind(0, (), "nature", ("deed",)), ["070", "190"]),
        (Behind(0, (), "stance", ("conflictual",)), ["111", "190"]),
        (Behind(0, (), "domain", ("security",)), ["190"]),
        (Behind(0, (), "domain", ("diplomatic",)), ["030", "111"]),
        (Behind(0, (), "domain", ("diplomatic",), deeds_only=True), []),
        (Behind(0, (date(2021, 1, 2),)), []),
    ):
        found = findings_rows._chosen(
            behind, rows, lambda row: row.day, lambda row: acts[row.code], ()
        )
        assert [row.code for row in found] == codes


def test_a_dataset_larger_than_can_be_gone_through_leaves_the_slow_ones_to_more(
    query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SCANNED_AT_MOST", 10)
    readings = timing.of_datasets(
        query, timing.choose((), timing.known_datasets(query)), QUESTION, tuple
    )
    (found,) = parts.of_datasets(query, readings, QUESTION, tuple, states=STATES)
    assert "--more" in found.of("with.camps").refused
    assert "--more" in found.of("labour.beyond_habit").refused
    assert not found.of("stance.acts.A").refused


def test_one_actor_alone_and_no_events_have_no_findings(query: Query) -> None:
    alone = replace(QUESTION, actors=(("RUS",),), names=("Russia",))
    assert parts.of_datasets(query, (), alone, tuple, states=STATES) == ()
    assert parts.of_datasets(None, (), QUESTION, tuple, states=STATES) == ()


def test_the_cases_own_anchors_come_before_those_that_ship(tmp_path: Path) -> None:
    file = tmp_path / "anchors.toml"
    file.write_text('[[anchor]]\nname = "a visit"\nwords = ["a visit"]\nfirst = 2021-07-28\n')
    known = parts.known_events(file)
    assert known[0].name == "a visit"
    assert known[0].is_own
    names = [(one.day, one.name) for one in known]
    assert (date(2021, 8, 15), "fall of Kabul") in names
    assert len(set(names)) == len(names)
    assert not any(one.is_own for one in parts.known_events(None))


def test_texts_give_the_same_acts_and_their_records(made_world: Any) -> None:
    records = list(made_world.records("joint"))
    days = [record.day for record in records]
    span = TimeSpan(min(days), max(days))
    corpus = Corpus(
        (SourceSummary(Source("Courier", None), 10, 10, span.first, span.last),),
        0, (), (), (), (), (),
    )  # fmt: skip
    reading = timing.of_texts(records, corpus, QUESTION)
    assert reading is not None
    (found,) = findings_texts.of_texts(records, (), QUESTION, reading)
    assert reading.coverage is not None
    shares = found.of("labour.shares")
    assert shares.n == sum(reading.coverage.acts)
    assert shares.records
    assert {who.code for one in shares.records for who in one.event.actors} <= {"RUS", "CHN"}
    assert "Texts were chosen" in found.of("labour.beyond_habit").refused
    assert found.of("stance.statements.A").refused.startswith("0 statements")
    assert findings_texts.of_texts(records, (), QUESTION, None) == ()


def test_terminal_brief_and_record_tell_the_same_findings(answer: Answer) -> None:
    told = "\n".join(plain_findings.findings(answer))
    marked = "\n".join(brief_findings.findings(findings.findings_of(answer)))
    (source,) = answer.findings
    stance = source.of("stance.acts.A")
    joined = " ".join(told.split())
    assert stance.value.replace("\u00a0", " ") in joined.replace("\u00a0", " ")
    assert "### Who does which part" in marked
    assert f"{source.tests} tests" in joined
    assert "Cannot tell" in joined
    assert "Cannot tell" in marked
    record = record_findings.findings_record(source)
    by_key = {one["key"]: one for one in record["found"]}  # type: ignore[attr-defined]
    assert by_key["stance.acts.A"]["effect"] == pytest.approx(stance.effect, abs=1e-4)
    assert by_key["labour.shares"]["facts"]["shares"][0]["who"] == "Russia"


def test_without_findings_nothing_is_shown(answer: Answer) -> None:
    none = replace(answer, findings=())
    assert plain_findings.findings(none) == []
    assert brief_findings.findings(findings.findings_of(none)) == []


def test_a_source_that_can_tell_nothing_is_a_few_lines(answer: Answer) -> None:
    (source,) = answer.findings
    refused = tuple(one for one in source.found if one.refused)
    told = plain_findings.findings(replace(answer, findings=(replace(source, found=refused),)))
    assert "cannot tell. In short:" in told[1]
    headings = {one.group for one in refused}
    assert sum("–" in line.split(":")[0] for line in told) <= len(headings)
