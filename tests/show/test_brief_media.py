"""Notes of translators at the ends of texts."""

from __future__ import annotations

import pytest

from inconcert.show.brief_media import HEAD, TAIL, says_translated


@pytest.mark.parametrize(
    "text",
    [
        "[Translation] The two sides met in Dushanbe.",
        "(Unofficial translation)\n\nThe ministers agreed.",
        "Unofficial translation\nThe ministers agreed.",
        "Mr. Rahmon (spoke in Russian): We will not interfere.",
        "The ministers agreed.\n\nTranslated from Dari by the news desk.",
        "The ministers agreed. [Translated by FBIS]",
    ],
)
def test_a_note_of_the_translator_is_seen(text: str) -> None:
    assert says_translated(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He wrote a book that was translated from Russian and sold well.",
        "Their words translated into action (in translation fees, that is).",
        "The talks will be held in translation-free rooms [see below].",
        "x" * HEAD + " [Translation] " + "y" * (TAIL + 20),
    ],
)
def test_a_word_on_translating_within_a_text_is_no_note(text: str) -> None:
    assert not says_translated(text)
