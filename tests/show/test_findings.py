"""Findings laid out: figures, refusals in one line a reason, rows once, and what stands in HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inconcert.core.findings import Facts, Measured, SourceFindings
from inconcert.core.reading import Row
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.show.brief import markdown
from inconcert.show.findings import figures, findings_of
from inconcert.show.html import page
from inconcert.show.plain import text
from inconcert.show.record import answer_record

SPAN = TimeSpan(date(2021, 1, 1), date(2021, 8, 31))
ROW = Row("r1", date(2021, 8, 16), ("RUS",), ("AFG",), "AID", "070", "Aid & <more>", "", "", 1)
TESTED = Measured(
    "words.gap.A", "words and deeds", "Russia: words against deeds", "kinder in words",
    "Russia talks kindly.", 0.71, "gap", (0.5, 0.8), 0.9, 0.001, 0.003, "A null.", 36, "deeds",
    mind="The press picks.", rows=(ROW,), ids=("r1", "r2"),
)  # fmt: skip
GAP = Measured(
    "stance.gap", "stance", "difference", "apart", "Russia less China: apart.", -0.18, "gap",
    (-0.28, -0.06), 0.95, n=257,
)  # fmt: skip
REFUSED = tuple(
    Measured(f"x.{name}", "venues", name, "cannot tell", refused="None was found.")
    for name in ("first", "second")
)


@pytest.fixture
def answer(answers: list[Answer]) -> Answer:
    found = SourceFindings("ICEWS", "dataset", SPAN, (TESTED, GAP, *REFUSED), tests=3)
    return replace(answers[0], findings=(found,))


def test_figures_hold_effect_interval_p_its_correction_and_n() -> None:
    assert figures(TESTED) == "0.71 [0.50, 0.80]; p = .001, .003 after Holm; n 36 deeds"
    assert figures(GAP).replace("\u00a0", " ") == "−0.18 [−0.28, −0.06] at 95 %; n 257 acts"
    assert figures(replace(GAP, effect=None)) == ""


def test_an_unbounded_interval_is_not_printed_as_a_number() -> None:
    assert "over 100" in figures(replace(GAP, interval=(0.1, float("inf"))))


def test_refusals_of_one_reason_stand_in_one_line(answer: Answer) -> None:
    (view,) = findings_of(answer)
    assert view.groups[-1].refused == ("first, second: None was found.",)
    assert view.groups[-1].found == ()


def test_rows_that_two_findings_share_are_shown_once(answer: Answer) -> None:
    (source,) = answer.findings
    again = replace(TESTED, key="words.gap.B", title="again")
    twice = replace(answer, findings=(replace(source, found=(TESTED, again)),))
    (view,) = findings_of(twice)
    assert [len(one.rows) for one in view.groups[0].found] == [1, 0]


def test_a_suggestive_finding_says_so_wherever_it_stands(
    answer: Answer, settings: dict[str, Any]
) -> None:
    (source,) = answer.findings
    weak = replace(TESTED, p=0.03, corrected=0.2)
    shown = replace(answer, findings=(replace(source, found=(weak,)),))
    for told in (text(shown), markdown([shown], **settings), page([shown], **settings)):
        assert "Suggestive, no more" in told


def test_the_page_escapes_rows_and_tells_null_and_limits(
    answer: Answer, settings: dict[str, Any]
) -> None:
    told = page([answer], **settings)
    assert "Who does which part" in told
    assert "Aid &amp; &lt;more&gt;" in told
    assert "Null: A null." in told
    assert "The press picks." in told
    assert "Cannot tell: first, second: None was found." in told


def test_an_answer_without_findings_has_no_such_section(
    answers: list[Answer], settings: dict[str, Any]
) -> None:
    assert "Who does which part" not in page(answers, **settings)
    assert "Who does which part" not in markdown(answers, **settings)


def test_the_record_keeps_facts_as_rows_and_the_unknown_as_null(answer: Answer) -> None:
    (source,) = answer.findings
    facts = Facts("shares", ({"who": "Russia", "high": float("inf"), "days": ("a", "b")},))
    shown = replace(answer, findings=(replace(source, found=(replace(GAP, facts=(facts,)),)),))
    (record,) = answer_record(shown)["findings"]  # type: ignore[misc,attr-defined]
    (found,) = record["found"]
    assert found["facts"] == {"shares": [{"who": "Russia", "high": None, "days": ["a", "b"]}]}
    assert found["interval"] == [-0.28, -0.06]
    assert found["refused"] is None
    assert found["strength"] == "estimate"
