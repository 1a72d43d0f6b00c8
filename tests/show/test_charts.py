"""Drawings that pages and briefs share, and how each form of a brief takes them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.show.conftest import name
from tests.show.made_brief import MADE, of_dataset, reading

from inconcert.core.findings import Facts, Measured, SourceFindings
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.show.brief_forms import files_of
from inconcert.show.brief_media import Known
from inconcert.show.charts import PAGE, PAPER, portfolio_spec, timeline_spec, unit_of
from inconcert.show.figures import figures

DAY = date(2021, 3, 1)
WHO = {"who": "Russia", "domain": "security", "acts": 20, "share": 0.4, "low": 0.2, "high": 0.6}
SHARES = (WHO, {**WHO, "who": "China", "share": 0.1}, {**WHO, "who": "third parties"})


def drawn(n: int = 12) -> dict[str, Any]:
    """Acts of two weeks: cooperation of both, and conflict of one."""
    one = {"source": "ICEWS", "actor": "Russia", "sign": "cooperation", "period": DAY, "n": n}
    return {
        "question": {"names": ["Russia", "China"]},
        "unit": "week",
        "from": DAY,
        "to": DAY + timedelta(days=13),
        "series": [one, {**one, "sign": "conflict", "n": 3}, {**one, "actor": "China", "n": 1}],
        "days": [{"source": "ICEWS", "day": DAY}],
        "anchors": [{"name": "the summit", "from": DAY}],
    }


def with_shares(found: Answer) -> Answer:
    """The same with portfolios that were measured."""
    one = Measured("labour.shares", "division of labour", "shares", "estimate", "Russia more.",
                   facts=(Facts("shares", SHARES),))  # fmt: skip
    return replace(found, findings=(SourceFindings("ICEWS", "dataset", TimeSpan.day(DAY), (one,)),))


def test_conflict_hangs_below_the_line_and_each_actor_has_a_panel() -> None:
    spec = timeline_spec(drawn())
    assert spec is not None
    assert [panel["title"]["text"] for panel in spec["vconcat"]] == [
        "Russia, ICEWS",
        "China, ICEWS",
    ]
    boxes = {one["sign"]: (one["low"], one["high"]) for one in spec["vconcat"][0]["data"]["values"]}
    assert boxes == {"cooperation": (0, 12), "conflict": (0, -3)}
    assert timeline_spec({**drawn(), "series": []}) is None


def test_all_panels_span_the_same_days_whoever_acts_first() -> None:
    found = drawn()
    late = {**found["series"][0], "actor": "China", "period": DAY + timedelta(days=7)}
    early = {**found["series"][0], "period": DAY - timedelta(days=4)}
    spec = timeline_spec({**found, "series": [early, late]})
    assert spec is not None
    ends = [panel["layer"][2]["data"]["values"] for panel in spec["vconcat"]]
    assert ends[0] == ends[1] == [{"d": "2021-02-25"}, {"d": "2021-03-15"}]


def test_paper_has_fixed_colours_and_no_mouse_and_a_page_its_own() -> None:
    paper, page = timeline_spec(drawn(), PAPER), timeline_spec(drawn(), PAGE)
    assert "params" not in str(paper)
    assert "var(--" not in str(paper)
    assert "params" in str(page)
    assert "var(--coop)" in str(page)


def test_actors_of_a_portfolio_differ_by_shape_as_well_as_colour() -> None:
    spec = portfolio_spec(SHARES, ("Russia", "China"), PAPER)
    shape = spec["layer"][1]["encoding"]["shape"]["scale"]
    assert shape["domain"] == ["Russia", "China", "third parties"]
    assert len(set(shape["range"])) == 3


def test_bars_are_as_wide_as_the_time_needs() -> None:
    ends = [DAY + timedelta(days=days) for days in (30, 240, 1200)]
    assert [unit_of(DAY, end) for end in ends] == ["day", "week", "month"]


def test_few_acts_are_not_drawn_and_what_is_drawn_is_told_in_words() -> None:
    found = of_dataset(reading())
    assert not list(figures(found, 1, drawn(2)))
    (line,) = figures(found, 1, drawn())
    assert "conflict hangs below the line. Triangles: days on which" in line.caption
    assert "Russia 15 acts in ICEWS and China 1 act in ICEWS" in line.told
    assert line.caption.startswith("Acts toward Afghanistan by")
    of_texts = drawn()
    for one in of_texts["series"]:
        one["source"] = "texts"
    (told,) = figures(found, 1, of_texts)
    assert told.caption.startswith("Acts toward, with or about Afghanistan by")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """A brief with both drawings, in every form."""
    found = with_shares(of_dataset(reading()))
    return files_of(
        [found, found], title="t", names=name, made=MADE, version="0.1.0",
        forms=("md", "html", "docx", "pdf"), known=Known(drawn=(drawn(), drawn())),
    )  # fmt: skip


def test_every_form_has_the_drawings_and_loads_nothing(made: dict[str, Any]) -> None:
    docx = pytest.importorskip("docx")
    kept = sorted(key for key in made if key.endswith(".svg"))
    assert kept == [f"brief-q{n}-{kind}.svg" for n in (1, 2) for kind in ("portfolio", "timeline")]
    assert all(f"]({key})" in made["brief.md"] for key in kept)
    page = made["brief.html"]
    assert page.count('<svg role="img" aria-label="Bars of acts') == 2
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "<image" not in page
    word = docx.Document(io.BytesIO(made["brief.docx"]))
    assert len(word.inline_shapes) == 4
    assert made["brief.pdf"].startswith(b"%PDF")
