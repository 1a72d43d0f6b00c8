"""Headlines in capitals, as the parser is given them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.core.document import Document
from inconcert.parse.capitals import calm
from inconcert.parse.pipeline import Parser


@pytest.mark.parametrize("text", ["", "NATO", "THE SUN", "Iran met Iraq.", "US, UK and EU MEET"])
def test_what_is_not_all_in_capitals_or_short_stays(text: str) -> None:
    assert calm(text) == text


def test_capitals_become_small_letters_but_for_letters_with_dots() -> None:
    assert calm("U.S. IMPOSES SANCTIONS ON IRAN") == "U.S. imposes sanctions on iran"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40).map(str.upper))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(calm(text)) == len(text)


def test_the_verb_of_a_headline_is_found_and_its_words_stay_as_written() -> None:
    text = "IRAN ACCUSES IRAQ  OF SHELLING BORDER VILLAGES"
    parsed = next(Parser().parse([Document.of(text)]))
    (root,) = [token for token in parsed.tokens if token.dep == "ROOT"]
    assert (root.text, root.lemma, root.pos) == ("ACCUSES", "accuse", "VERB")
    assert [text[token.start : token.end] for token in parsed.tokens] == text.split()
    assert [token.text for token in parsed.tokens] == text.split()
