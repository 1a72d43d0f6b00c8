"""Quotation marks: which words stand between them, in every typesetter's habit."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.core.parsed import Quote, Sentence
from inconcert.parse.quotes import find_quotes


def sentences(text: str) -> tuple[Sentence, ...]:
    """One paragraph a line; a sentence ends at a stop before a space."""
    found: list[Sentence] = []
    for paragraph, line in enumerate(re.finditer(r"[^\n]+", text)):
        for piece in re.finditer(r"\S.*?(?:[.?!][”\"’]*(?=\s|$)|$)", line.group()):
            start, end = line.start() + piece.start(), line.start() + piece.end()
            index = len(found)
            found.append(Sentence(f"s{index}", "d", index, start, end, 0, 0, paragraph))
    return tuple(found)


def quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(text, sentences(text))


def words(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quotes(text)]


def test_a_curly_quote_keeps_its_offset() -> None:
    text = "The envoy said “we will stay” and left."
    (quote,) = quotes(text)
    assert (quote.start, quote.end) == (text.index("we"), text.index("”"))


def test_straight_marks_open_and_close_in_turn() -> None:
    text = 'Asked twice, "No," the envoy said, "we have not met them."'
    assert words(text) == ["No,", "we have not met them."]


def test_a_quote_inside_a_quote_belongs_to_the_outer_one() -> None:
    text = "“They told us “go home” and we went,” the driver said."
    assert words(text) == ["They told us “go home” and we went,"]


def test_two_closing_marks_may_stand_for_a_pair() -> None:
    assert words("He called it ”a lasting peace” again.") == ["a lasting peace"]


def test_a_quotation_over_paragraphs_gives_one_quote_a_paragraph() -> None:
    text = "“The border is calm.\n“The bridge is open,” the governor said."
    assert words(text) == ["The border is calm.", "The bridge is open,"]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "The minister said “the road is open.\nTroops then crossed the river.\nNobody spoke."
    assert words(text) == ["the road is open."]


def test_an_unclosed_mark_before_a_whole_pair_is_dropped() -> None:
    text = 'The "minister said that "the road is open" again.'
    assert words(text) == ["the road is open"]


def test_inches_are_no_quotation_mark() -> None:
    assert words('A 12" shell fell; "nobody was hurt," they said.') == ["nobody was hurt,"]


def test_single_marks_are_read_as_a_quotation_where_they_pair() -> None:
    assert words("The envoy spoke of ‘a new beginning’ in Doha.") == ["a new beginning"]


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers’ wives and the generals’ sons left.",
        "It isn’t Russia’s war, the ’90s showed.",
        "Back in the ‘90s it wasn’t so.",
    ],
)
def test_apostrophes_open_no_quotation(text: str) -> None:
    assert words(text) == []


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    text = "He praised ‘the workers’ courage and patience’ on Monday."
    assert words(text) == ["the workers’ courage and patience"]


@pytest.mark.parametrize(
    ("text", "is_scare"),
    [
        ("They held a “free” vote.", True),
        ("The “special military operation” went on.", True),
        ("She said “we won’t”.", False),
        ("“Not today.” That was all.", False),
        ("He spoke of “areas where both of us gain”.", False),
    ],
)
def test_marks_round_a_word_or_two_are_scare_quotes_unless_they_hold_a_clause(
    text: str, is_scare: bool
) -> None:
    assert [quote.is_scare for quote in quotes(text)] == [is_scare]


def test_a_quote_begins_in_the_sentence_after_its_mark() -> None:
    text = "Nobody moved. “Stay here,” he said."
    assert [quote.sentence for quote in quotes(text)] == [1]


def test_a_text_without_sentences_has_no_quotes() -> None:
    assert find_quotes("“…”", ()) == ()


@given(st.text(alphabet="ab .,\n“”\"‘’'s", max_size=60))
def test_quotes_never_overlap_nor_leave_their_paragraph(text: str) -> None:
    found = quotes(text)
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert "\n" not in text[quote.start : quote.end]
    for before, after in pairwise(found):
        assert before.end <= after.start
