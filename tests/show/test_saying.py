"""Statements by who speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.verdict import Column
from inconcert.show.saying import by_speaker

Say = Callable[..., StatementRecord]


def about(record: StatementRecord, sentence: str, words: str) -> StatementRecord:
    """The same statement with another sentence, about whom these words mean."""
    start = record.at.start + sentence.index(words)
    who = Participant("AFGTAL", (), None, start, start + len(words))
    return StatementRecord(
        replace(record.statement, about=(who,)), replace(record.at, sentence=sentence)
    )


def column(*records: StatementRecord) -> Column:
    none: tuple[EventRecord, ...] = ()
    return Column("United States", ("USA",), none, none, records)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("They will be judged.", "They"),
        ("“Their word counts.”", "Their"),
        ("We will help the country.", "the country"),
        ("We know its leaders.", "its leaders"),
    ],
)
def test_what_only_points_at_the_other_side_stands_after_what_names_it(
    sentence: str, words: str, make_statement: Say
) -> None:
    early = make_statement(4, "USA", "AFGTAL", date(2021, 8, 1))
    late = make_statement(8, "USA", "AFGTAL", date(2021, 8, 20))
    names = about(early, "The Taliban must keep its word.", "The Taliban")
    points = about(late, sentence, words)
    (found,) = by_speaker(column(names, points), ("AFGTAL",)).values()
    assert found == [names, points]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("We met Taliban envoys.", "Taliban envoys"), ("Afghans deserve better.", "Afghans")],
)
def test_among_those_that_name_it_the_latest_stands_first(
    sentence: str, words: str, make_statement: Say
) -> None:
    early = make_statement(4, "USA", "AFGTAL", date(2021, 8, 1))
    late = make_statement(8, "USA", "AFGTAL", date(2021, 8, 20))
    first = about(early, "The Taliban must keep its word.", "The Taliban")
    second = about(late, sentence, words)
    (found,) = by_speaker(column(first, second), ("AFGTAL",)).values()
    assert found == [second, first]


def test_who_says_most_comes_first(make_statement: Say) -> None:
    said = [make_statement(n, "USA", "AFGTAL", date(2021, 8, 1)) for n in (4, 1, 2)]
    assert list(by_speaker(column(*said), ("AFGTAL",))) == ["Joe Biden", "Jen Psaki"]
