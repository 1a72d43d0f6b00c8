"""Runs of labelled sentences become the documents that the coder reads."""

from __future__ import annotations

from datetime import date

import pytest

from inconcert.core.document import Document
from inconcert.labels.corpus import Record
from inconcert.workbench.labelled import documents_of


def made(name: str, title: str = "", speaker: str = "") -> Document:
    record = Record(f"{name}/1", "It rained.", (), document=name, speaker=speaker, title=title)
    ((document, _, _),) = documents_of([record])
    return document


@pytest.mark.parametrize(
    ("name", "title", "day", "left"),
    [
        ("n-1", "Shots fired (Batken, 13 May 2019)", date(2019, 5, 13), "Shots fired"),
        ("n-1", "Briefs (May 2019)", date(2019, 5, 1), "Briefs"),
        ("n-1", "A week (Kabul, 8 to 14 October 2003)", date(2003, 10, 14), "A week"),
        ("n-1", "Talks (again) fail", date(2021, 9, 24), "Talks (again) fail"),
        ("n-1", "Hills (Smarch 2019)", date(2021, 9, 24), "Hills"),
        ("2021-08-02-briefing", "Rain (Oslo, 3 May 2019)", date(2021, 8, 2), "Rain"),
    ],
)  # fmt: skip
def test_news_has_its_day_from_its_id_or_from_behind_its_title(
    name: str, title: str, day: date, left: str
) -> None:
    document = made(name, title)
    assert document.published is not None
    assert document.published.first == day
    assert document.title == left
    assert document.speaker is None


def test_a_speech_has_a_speaker_and_goes_without_its_title() -> None:
    document = made("ungd-TCD", "Speech of TCD in the General Debate 2021", "TCD")
    assert document.title is None
    assert document.speaker == "TCD"


def test_sentences_of_one_document_stand_together_and_others_alone() -> None:
    records = [
        Record("n/1", "Oslo met Rome.", (), document="n"),
        Record("n/2", "It rained.", (), document="n"),
        Record("B001-01", "Lima paid.", ()),
    ]
    (first, run, starts), (second, _, _) = documents_of(records)
    assert [first.text[start:].split("\n")[0] for start in starts] == [r.sentence for r in run]
    assert len(run) == 2
    assert second.text.strip() == "Lima paid."
