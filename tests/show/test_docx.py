"""The brief as a Word document."""

from __future__ import annotations

import io
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from tests.show.made_brief import MADE, of_dataset, of_texts, reading, signed

from inconcert.errors import BadSetting
from inconcert.show.brief_blocks import lines_of, words_of
from inconcert.show.docx import docx


def test_without_python_docx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(BadSetting) as told:
        docx(signed(of_texts(0.7)), made=MADE)
    assert "inconcert[report]" in told.value.advice


@pytest.fixture(scope="module")
def library() -> Any:
    return pytest.importorskip("docx", reason="needs the extra report")


def words(element: Any) -> str:
    """All words under an element, links too."""
    found = [node.text or "" for node in element.iter() if node.tag.endswith("}t")]
    return " ".join("".join(found).split())


def test_a_word_file_holds_every_line_of_what_is_signed(library: Any) -> None:
    paper = signed(of_dataset(reading()), of_texts(0.7))
    body = words(library.Document(io.BytesIO(docx(paper, made=MADE))).element.body)
    for line in lines_of(paper.whole):
        for piece in line:
            if piece.note is None:
                assert " ".join(piece.text.split()) in body, words_of(line)


def test_every_link_within_leads_to_a_bookmark_and_names_are_used_once(library: Any) -> None:
    found = library.Document(io.BytesIO(docx(signed(of_dataset(reading())), made=MADE)))
    nodes = list(found.element.body.iter())
    marks = [value for node in nodes if node.tag.endswith("}bookmarkStart")
             for key, value in node.attrib.items() if key.endswith("}name")]  # fmt: skip
    links = {value for node in nodes if node.tag.endswith("}hyperlink")
             for key, value in node.attrib.items() if key.endswith("}anchor")}  # fmt: skip
    assert len(marks) == len(set(marks))
    assert links
    assert links <= set(marks)


def test_characters_that_xml_cannot_hold_are_shown_and_not_written(library: Any) -> None:
    told = of_texts(0.7)
    paper = signed(told)
    odd = type(paper)("a\x00b\ud800c\uffff", paper.made, "", paper.blocks, paper.notes, ())
    body = words(library.Document(io.BytesIO(docx(odd, made=MADE))).element.body)
    assert body.startswith("a[U+0000]b\ufffdc\ufffd")


def test_the_properties_of_the_file_hold_the_moment_in_utc(library: Any) -> None:
    made = datetime(2026, 11, 22, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    found = library.Document(io.BytesIO(docx(signed(of_texts(0.7)), made=made)))
    assert f"{found.core_properties.created:%Y-%m-%d %H:%M}" == "2026-11-21 23:30"
