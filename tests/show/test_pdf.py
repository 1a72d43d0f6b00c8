"""The brief as PDF, and the source it is set from."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from tests.show.made_brief import MADE, of_dataset, of_texts, reading, signed

from inconcert.core.verdict import Answer
from inconcert.errors import BadSetting
from inconcert.show.pdf import pdf, typst


def test_without_typst_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(BadSetting) as told:
        pdf(signed(of_texts(0.7)), made=MADE)
    assert "inconcert[report]" in told.value.advice


def hostile() -> Answer:
    """An answer whose words try to be markup of the typesetter."""
    told = of_texts(0.7)
    bad = 'x" #read("/etc/passwd") \\ #import "y" $1$ [*_<n9>@z `c` // end'
    question = replace(told.question, title=bad, toward_name=bad)
    return replace(told, question=question)


def test_no_text_can_leave_its_string() -> None:
    source = typst(signed(hostile()), made=MADE)
    outside = re.sub(r'"(?:\\.|[^"\\])*"', "", source)
    assert "read(" not in outside
    assert "import" not in outside
    assert "passwd" in source


def test_every_link_within_has_its_label_once() -> None:
    source = typst(signed(of_dataset(reading()), of_texts(0.7)), made=MADE)
    outside = re.sub(r'"(?:\\.|[^"\\])*"', "", source)
    linked = set(re.findall(r"link\(<(\w[\w-]*)>", outside))
    labels = re.findall(r"\) <([\w-]+)>$|none\) <(n\d+)>", outside, re.M)
    names = [one or other for one, other in labels]
    assert linked <= set(names)
    assert len(names) == len(set(names))


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("typst", reason="needs the extra report")


def text_of(data: bytes) -> str:
    found = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in found).split())


@pytest.mark.usefixtures("library")
def test_the_pdf_can_be_read_and_holds_the_judgements() -> None:
    paper = signed(of_dataset(reading()), hostile())
    told = text_of(pdf(paper, made=MADE))
    assert "1. Russia and China toward Afghanistan: in concert, or in parallel?" in told
    assert "Confidence: low." in told
    assert '#read("/etc/passwd")' in told


@pytest.mark.usefixtures("library")
def test_the_same_brief_is_the_same_file() -> None:
    paper = signed(of_dataset(reading()))
    assert pdf(paper, made=MADE) == pdf(paper, made=MADE)
