"""The drawn timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from inconcert.core.evidence import Corpus, EventRecord
from inconcert.core.question import Question
from inconcert.core.verdict import Answer
from inconcert.judge.answer import answer
from inconcert.show.ledger import Number
from inconcert.show.parts import Timeline, Track
from inconcert.show.periods import periods_over
from inconcert.show.timeline import drawing
from inconcert.show.view import view


def made(split: date | None, name: str = "Russia") -> Timeline:
    periods = periods_over([date(2021, 8, 2), date(2021, 8, 29)], "week")
    acts = (Number(2, "g1"), Number(0), Number(4, "g2"), Number(0))
    said = (Number(0), Number(9, "g3"), Number(0), Number(0))
    return Timeline(periods, (Track(name, acts, said),), split, Number(0))


def test_a_drawing_is_sound_xml_with_title_and_description() -> None:
    root = ET.fromstring(drawing(made(date(2021, 8, 15), "A & <B>"), "q1"))
    titles = [child.tag for child in root[:2]]
    assert titles == ["title", "desc"]
    assert root.attrib["aria-labelledby"] == "q1-tt q1-td"
    assert "A & <B>: 6 acts, 9 statements" in (root[1].text or "")


def test_bars_are_as_high_as_their_counts() -> None:
    root = ET.fromstring(drawing(made(None), "q1"))
    heights = [
        float(bar.attrib["height"]) for bar in root.iter("rect") if bar.get("class") == "act"
    ]
    assert len(heights) == 2
    assert heights[1] == 2 * heights[0]


def test_the_split_is_marked_with_its_day() -> None:
    assert "15 August 2021" in drawing(made(date(2021, 8, 15)), "q1")
    assert 'class="split"' not in drawing(made(None), "q1")


def test_the_timeline_holds_every_dated_record_once(answers: list[Answer], settings: dict) -> None:
    line = view(answers, **settings).questions[0].timeline
    column = answers[0].columns[0]
    dated = [record for record in column.deeds if record.day is not None]
    assert sum(number.count for number in line.tracks[0].acts) == len(dated)
    statements = sum(number.count for number in line.tracks[0].statements)
    assert statements == len(column.statements)


def test_acts_beyond_the_documents_are_counted_before_and_after_the_weeks(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: dict,
) -> None:
    days = [date(2001, 10, 7), date(2021, 8, 15), date(2030, 1, 1)]
    deeds = [make_deed(number, "USA", "AFG", day) for number, day in enumerate(days)]
    asked = replace(questions[1], split=date(1999, 1, 1))
    laid_out = view([answer(asked, deeds, [], corpus)], **settings)
    question = laid_out.questions[0]
    line = question.timeline
    assert question.unit == "week"
    assert [str(line.periods[i]) for i in line.busy] == [
        "earlier than 18 January 2021",
        "week of 9 August 2021",
        "later than 19 December 2021",
    ]
    rows = question.matrices[0].rows
    assert [period for period, _ in rows] == [line.periods[i] for i in line.busy]
    opened = {group.key: len(group.entries) for group in laid_out.groups}
    assert [sum(n.count for n in cells) for _, cells in rows] == [1, 1, 1]
    assert all(opened[n.key] == n.count for _, cells in rows for n in cells if n.key)
    root = ET.fromstring(drawing(line, "q1"))
    labels = [text.text for text in root.iter("text") if text.get("class") == "when"]
    assert labels[:2] == ["earlier", "Feb 2021"]  # the year is told though January has no room
    assert labels[-1] == "later"
    assert "and later than 19 December 2021" in (root[1].text or "")
    (split,) = [x for x in root.iter("line") if x.get("class") == "split"]
    assert float(split.attrib["x1"]) >= 84
