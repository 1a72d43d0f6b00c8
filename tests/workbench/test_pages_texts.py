"""Excerpts of documents that hold what was searched for."""

from __future__ import annotations

import pytest

from inconcert.workbench.pages_texts import _word_from

TEXT = "The envoys met in Doha."


@pytest.mark.parametrize(
    ("begin", "rest"),
    [(-5, TEXT), (4, "envoys met in Doha."), (6, "met in Doha."), (17, "Doha."), (20, "ha.")],
)
def test_an_excerpt_begins_with_a_whole_word_where_one_begins_before_the_hit(begin, rest):
    assert TEXT[_word_from(TEXT, begin, 20) :] == rest
