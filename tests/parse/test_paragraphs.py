"""Paragraphs and turns: where a line end means something and where it does not."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from inconcert.core.parsed import Paragraph
from inconcert.parse.paragraphs import compact, label_end, paragraphs, plain

WRAPPED = (
    "The two ministers met in Tashkent on Tuesday to speak about the border and the\n"
    "trade that crosses it, their offices said in a joint note that was handed to\n"
    "reporters late in the evening.\n"
    "\n"
    "Neither side named a date for the next round.\n"
)
BRIEFING = (
    "2:04 P.M. EDT\n\n"
    "MS. AMOAKO:  Good afternoon.  Two notes at the top.\n\n"
    "The envoy returns on Friday.\n\n"
    "Q    Has the embassy been closed?\n\n"
    "And who decided it?\n\n"
    "MS. AMOAKO:  No.\n"
)


def pieces(text: str) -> list[str]:
    return [text[found.start : found.end] for found in paragraphs(text)]


def test_a_hard_wrapped_line_does_not_end_a_paragraph() -> None:
    found = pieces(WRAPPED)
    assert len(found) == 2
    assert found[0].endswith("late in the evening.")


def test_one_paragraph_a_line_is_kept_apart() -> None:
    text = "Troops crossed the river at dawn.\nThe ministry denied it.\nNobody was hurt.\n"
    assert len(pieces(text)) == 3


def test_a_line_of_no_break_spaces_parts_paragraphs() -> None:
    assert len(pieces("The talks went on.\n\u00a0  \nThe envoy left.")) == 2


def test_windows_line_ends_keep_their_offsets() -> None:
    text = "One act.\r\n\r\nAnother act.\r\n"
    assert pieces(text) == ["One act.", "Another act."]


def test_a_speaker_label_is_carried_to_the_next_paragraph_of_the_turn() -> None:
    turns = [(found.speaker, found.is_question) for found in paragraphs(BRIEFING)]
    assert turns[1:] == [
        ("MS. AMOAKO", False),
        ("MS. AMOAKO", False),
        (None, True),
        (None, True),
        ("MS. AMOAKO", False),
    ]


def test_a_single_line_with_a_colon_is_no_transcript() -> None:
    text = "BREAKING NEWS: The bridge is shut.\n\nTraffic was turned back.\n"
    assert all(found.speaker is None for found in paragraphs(text))


def test_the_label_itself_is_not_part_of_what_is_said() -> None:
    line = "MS. AMOAKO:  Good afternoon."
    assert line[label_end(line) :].strip() == "Good afternoon."


def test_a_curly_quote_keeps_its_offset() -> None:
    text = "  He\u00a0said:\n“Nobody  left.”"
    words = compact(text, Paragraph(0, 0, len(text)))
    assert words.text == 'He said: "Nobody left."'
    at = words.text.index("left")
    stretch = max(i for i, start in enumerate(words.starts) if start <= at)
    assert text[words.origins[stretch] + at - words.starts[stretch] :].startswith("left")


def test_a_soft_hyphen_joins_its_word() -> None:
    text = "The go\u00adverning council met."
    assert compact(text, Paragraph(0, 0, len(text))).text == "The governing council met."


def test_one_endless_line_is_cut() -> None:
    assert len(paragraphs("word " * 20_000)) > 1


@given(st.text())
def test_plain_text_has_the_length_of_the_original(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(alphabet="ab .\n\r\t\u00a0“”\u00ad:Q-", max_size=200))
def test_every_word_of_a_text_is_in_one_paragraph(text: str) -> None:
    found = paragraphs(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    inside = sum(len(text[one.start : one.end].split()) for one in found)
    words = sum(1 for word in text.split() if any(letter.isalnum() for letter in word))
    assert inside >= words
