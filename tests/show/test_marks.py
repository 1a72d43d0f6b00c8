"""Cutting sentences at their spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inconcert.show.marks import ABOUT, ACTOR, PREDICATE, QUOTE, segments, visible

SPANS = st.lists(
    st.tuples(st.integers(-5, 40), st.integers(-5, 40), st.sampled_from([ACTOR, PREDICATE, QUOTE]))
)


@given(st.text(max_size=30), SPANS)
def test_segments_put_together_are_the_sentence(
    sentence: str, spans: list[tuple[int, int, str]]
) -> None:
    assert "".join(part.text for part in segments(sentence, spans)) == visible(sentence)


def test_spans_that_overlap_share_the_words_they_share() -> None:
    found = segments("the Afghan army chief", [(0, 15, ACTOR), (4, 10, ABOUT)])
    assert [(part.text, part.parts) for part in found] == [
        ("the ", (ACTOR,)),
        ("Afghan", (ACTOR, ABOUT)),
        (" army", (ACTOR,)),
        (" chief", ()),
    ]


def test_a_span_that_begins_before_the_sentence_is_cut_at_its_border() -> None:
    assert segments("met him", [(-20, 3, QUOTE)])[0].text == "met"


def test_ordering_marks_and_controls_are_shown_by_number() -> None:
    assert visible("a\u202eb\u2066c\x00d\x1be") == "a[U+202E]b[U+2066]c[U+0000]d[U+001B]e"


def test_letters_of_any_script_and_dashes_are_left_alone() -> None:
    assert visible("کابل – Кабул “Kabul”\u00a0é") == "کابل – Кабул “Kabul”\u00a0é"
