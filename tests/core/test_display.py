"""What a notebook shows of a result: a table in which nothing is markup, and one short line."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest

from inconcert.core.display import MOST_ROWS, MOST_TEXT, displayed
from inconcert.core.document import Document, Source
from inconcert.core.evidence import Corpus, EventRecord, StatementRecord
from inconcert.core.findings import Measured, SourceFindings
from inconcert.core.panel import Panel, Toward
from inconcert.core.question import Question
from inconcert.core.reading import Reading
from inconcert.core.result import TestResult
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer, Part, SourceVerdict, Verdict
from inconcert.shape.networks import SignedNetwork
from inconcert.shape.portfolios import Portfolio
from inconcert.shape.sequences import ActSequence
from inconcert.workbench.doctor import Diagnosis
from inconcert.workbench.reports import BriefFiles, CodeReport, ExportReport, ReadReport
from inconcert.workbench.scan_rows import ScanReport, ScanRow

HOSTILE = '<script>alert(1)</script> & \u202egnitseb\u202c "quoted"'
RESULTS = (
    ActSequence, Answer, BriefFiles, CodeReport, Corpus, Diagnosis, Document, EventRecord,
    ExportReport, Measured, Panel, Portfolio, Question, ReadReport, Reading, ScanReport, ScanRow,
    SignedNetwork, SourceFindings, SourceVerdict, StatementRecord, TestResult, Toward, Verdict,
)  # fmt: skip


class Sound(HTMLParser):
    """Whether every element that is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        assert not [key for key, _ in attrs if key.startswith("on")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", RESULTS, ids=lambda kind: kind.__name__)
def test_every_result_of_the_python_interface_has_a_form_for_notebooks(kind):
    assert fields(kind)
    assert "_repr_html_" in vars(kind)


def verdict(**more):
    parts = tuple(Part(name, "none found", HOSTILE) for name in ("contact", "timing", "stance"))
    return Verdict("cannot tell", parts, (HOSTILE,), (), **more)


def test_nothing_in_a_result_is_taken_for_markup():
    shown = verdict()._repr_html_()
    found = Sound(shown)
    assert not found.open
    assert found.tags <= {"div", "strong", "table", "tr", "th", "td", "details", "summary", "p"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "[U+202E]gnitseb" in shown


def test_a_record_in_a_record_is_a_table_and_many_of_them_are_folded():
    question = Question((("RUS",),), ("AFG",), ("Russia",), "Afghanistan",
                        TimeSpan(date(2021, 8, 1), date(2021, 8, 31)))  # fmt: skip
    shown = Answer(question, Corpus((), 0, (), (), (), (), ()), (), (), (), (), verdict())
    text = shown._repr_html_()
    assert "2021-08-01..2021-08-31" in text
    assert "<summary>3 of Part</summary>" in text
    assert text.index("cannot tell") < text.index("columns")


@displayed
@dataclass(frozen=True)
class Held:
    """A made-up result."""

    name: str
    rows: tuple[object, ...]
    array: object = None
    counts: object = None


def test_only_the_first_of_many_rows_and_the_begin_of_a_long_text_are_shown():
    many = tuple(Held(f"row {at}", ()) for at in range(50))
    shown = Held("x" * 10_000, many)._repr_html_()
    assert shown.count("row ") == MOST_ROWS
    assert f"{50 - MOST_ROWS} more" in shown
    assert "x" * (MOST_TEXT + 1) not in shown


def test_an_array_is_told_by_its_shape():
    shown = Held("a", (), np.zeros((3, 4), dtype=np.int32), {"<b>": 2})._repr_html_()
    assert "array of int32, shape (3, 4)" in shown
    assert "&lt;b&gt;: 2" in shown


def test_the_plain_form_is_one_short_line():
    document = Document("id", Source("The <Paper>"), "A title", "words " * 10_000, None, "file")
    assert len(repr(document)) < 300
    assert repr(Held("n", (1, 2, 3))) == "Held(name='n', rows[3])"
