"""Labels of who, in whose words, and when, read from text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inconcert.errors import BadInput
from inconcert.labels.references import read_references, who_of

TEXT = """D doc-1 | USA | A briefing | 2021-09-01
# doc-1/0
S He said they met there last month, and they left.
R He | RUS:Sergey Lavrov
R they@2 | RUS; CHN
Q He | RUS | indirect | they met there last month | CHN | +CHN
T last month | 2021-08-01 | 2021-08-31 | month | document
# doc-1/1
S It rained.
R It | -
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "labels.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_kind_of_label_is_read_with_its_characters(tmp_path: Path) -> None:
    (text,) = read_references(_file(tmp_path, TEXT))
    assert (text.id, text.speaker, text.title) == ("doc-1", "USA", "A briefing")
    first, second = text.sentences
    he, they = first.references
    assert he.who.names == ("Sergey Lavrov",)
    assert first.sentence[they.start :].startswith("they left")
    assert they.who.codes == ("RUS", "CHN")
    (said,) = first.statements
    assert first.sentence[said.start : said.end] == "they met there last month"
    assert said.addressee.codes == ("CHN",)
    assert first.times[0].first == date(2021, 8, 1)
    assert second.references[0].who.kind == "nobody"


def test_a_label_that_is_not_in_the_sentence_is_named_with_its_line(tmp_path: Path) -> None:
    path = _file(tmp_path, TEXT.replace("R It |", "R She |"))
    with pytest.raises(BadInput) as raised:
        read_references(path)
    assert "labels.txt:10" in str(raised.value)


def test_a_span_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, TEXT.replace("2021-08-31 | month", "2021-07-31 | month"))
    with pytest.raises(BadInput, match="before it begins"):
        read_references(path)


def test_what_does_not_begin_with_a_code_is_nobody_s_name() -> None:
    with pytest.raises(ValueError, match="no code"):
        who_of("Lavrov")
    assert who_of("?").kind == "open"
