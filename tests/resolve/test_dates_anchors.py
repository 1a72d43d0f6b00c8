"""Anchors of a case: events of the analyst's own, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inconcert.core.document import Document
from inconcert.core.span import TimeSpan
from inconcert.errors import BadSetting
from inconcert.parse.pipeline import Parser
from inconcert.resolve.anchors import read_anchors
from inconcert.resolve.dates import DateResolver

GOOD = """
[[anchor]]
name = "River Council talks"
words = ["River Council talks", "talks of the River Council"]
first = 2021-06-01
last = 2021-06-03

[[anchor]]
name = "the accident"
pattern = "(?:tragic )?accident at the dam"
first = "2020-05"
needs = "Oxus"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "anchors.toml"


def spans(file: Path, text: str) -> list[TimeSpan | None]:
    document = Document.of(text, published=TimeSpan.parse("2021-09-10"))
    (parsed,) = Parser().parse([document])
    return [when.span for *_, when in DateResolver(file).expressions(parsed)]


def test_an_event_of_the_case_dates_what_is_told_by_it(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    assert spans(file, "Before the talks of the\nRiver Council, guards left.") == [
        TimeSpan(date(2020, 6, 1), date(2021, 5, 31))
    ]
    assert spans(file, "They met after the fall of Kabul.") == [
        TimeSpan(date(2021, 8, 15), date(2021, 9, 10))
    ]


def test_an_event_that_needs_a_word_is_silent_without_it(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    assert spans(file, "During the accident at the dam, guards left.") == []
    assert spans(file, "During the accident at the dam on the Oxus, guards left.") == [
        TimeSpan.parse("2020-05")
    ]


def test_an_event_of_the_case_goes_before_one_that_ships(file: Path) -> None:
    file.write_text(
        '[[anchor]]\nname = "another"\nwords = "fall of Kabul"\nfirst = 1996-09-27\n',
        encoding="utf-8",
    )
    assert spans(file, "Since the fall of Kabul, they have met.") == [
        TimeSpan.parse("1996-09-27..2021-09-10")
    ]


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("\n[[anchor]]\nname = 'x'\nwords = ['y']\nfirst = 2021-02-31\n", "not TOML", 5),
        ("[[anchor]]\nname = 'x'\nwords = ['y']\nfirst = '2021-02-31'\n", "no date", 1),
        ("[[anchor]]\nname = 'x'\nwords = ['y']\nfirst = '20210-01'\n", "no date", 1),
        ("[[anchor]]\nname = 'x'\nwords = ['y']\nfirst = true\n", "no date", 1),
        ("[[anchor]]\nname = 'x'\nwords = ['y']\n", "no date", 1),
        ("\n\n[[anchor]]\nname='x'\nwords=['y']\nfirst=2021-06-02\nlast=2021-06-01\n",
         "before it begins", 3),
        ("[[anchor]]\nname = 'x'\nfirst = 2021-06-02\n", "no words", 1),
        ("[[anchor]]\nname = 'x'\nwords = [3]\nfirst = 2021-06-02\n", "no list of words", 1),
        ("[[anchor]]\nname = 'x'\npattern = '('\nfirst = 2021-06-02\n", "regular expression", 1),
        ("[[anchor]]\nname = 'x'\npattern = 'a?'\nfirst = 2021-06-02\n", "empty text", 1),
        ("[[anchor]]\nwords = ['y']\nfirst = 2021-06-02\n", "no name", 1),
        ("[[anchor]]\nname = 'x'\nword = ['y']\nfirst = 2021-06-02\n", "unknown key", 1),
    ],
)  # fmt: skip
def test_what_has_no_sense_is_refused_with_file_and_line(
    file: Path, text: str, what: str, line: int
) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting) as refused:
        read_anchors(file)
    assert what in refused.value.what
    assert refused.value.where == f"{file}:{line}"
    assert refused.value.advice


def test_a_file_that_cannot_be_read_is_named(file: Path) -> None:
    with pytest.raises(BadSetting, match="cannot be read"):
        read_anchors(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match="not UTF-8"):
        read_anchors(file)
