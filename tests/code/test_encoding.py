"""A sentence put before the model: markers, windows, and characters that keep their place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.code.encoding import (
    ACTOR,
    MAX_PIECES,
    PREDICATE,
    RECIPIENT,
    TYPES,
    Mark,
    context_names,
    encode,
    mode_names,
    plain,
)
from inconcert.ontology import plover

OPENING = {1, 3, 5}
CLOSING = {2, 4, 6}


@dataclass(frozen=True)
class Cut:
    """A text cut into words of four letters and a space, numbered from 1000."""

    count: int

    @property
    def ids(self) -> list[int]:
        return list(range(1000, 1000 + self.count))

    @property
    def offsets(self) -> list[tuple[int, int]]:
        return [(place * 5, place * 5 + 4) for place in range(self.count)]


def word(place: int, kind: str = PREDICATE, length: int = 1) -> Mark:
    return Mark(place * 5, (place + length) * 5 - 1, kind)


def test_markers_stand_round_the_word_asked_about() -> None:
    found = encode(Cut(3), [word(1)])
    assert found.ids == (101, 1000, 1, 1001, 2, 1002, 102)
    assert [found.ids[place] for place in found.marks] == [1, 1001]


def test_pieces_of_our_own_have_no_characters() -> None:
    found = encode(Cut(3), [word(1)])
    assert found.offsets == ((0, 0), (0, 4), (0, 0), (5, 9), (0, 0), (10, 14), (0, 0))


def test_a_mark_on_nothing_is_dropped() -> None:
    assert encode(Cut(3), [Mark(4, 5, PREDICATE)]) == encode(Cut(3), [])


def test_an_empty_sentence_is_only_its_ends() -> None:
    assert encode(Cut(0), [word(0)]).ids == (101, 102)


def test_a_mark_inside_another_closes_first() -> None:
    found = encode(Cut(4), [word(1, ACTOR, 2), word(1, PREDICATE)])
    assert found.ids == (101, 1000, 3, 1, 1001, 2, 1002, 4, 1003, 102)


@pytest.mark.parametrize("place", [0, 1, 2500, 4998, 4999])
def test_of_a_long_sentence_the_words_near_the_mark_are_kept(place: int) -> None:
    found = encode(Cut(5000), [word(place)])
    assert 1000 + place in found.ids
    assert len(found.ids) <= MAX_PIECES
    kept = [one for one in found.ids if one >= 1000]
    assert kept == list(range(kept[0], kept[0] + len(kept)))


def test_parties_at_both_ends_of_a_long_sentence_are_both_kept_with_what_stands_by_them() -> None:
    found = encode(Cut(5000), [word(3, ACTOR), word(4990, RECIPIENT)])
    assert {1000 + 3, 1000 + 4990} <= set(found.ids)
    assert {1000 + 2, 1000 + 4, 1000 + 4989, 1000 + 4991} <= set(found.ids)
    assert len(found.ids) <= MAX_PIECES


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 400),
    spans=st.lists(
        st.tuples(st.integers(0, 420), st.integers(1, 300), st.sampled_from([ACTOR, RECIPIENT])),
        max_size=4,
    ),
)
def test_every_marker_that_opens_is_closed_and_no_word_is_moved(
    count: int, spans: list[tuple[int, int, str]]
) -> None:
    found = encode(Cut(count), [word(place, kind, length) for place, length, kind in spans])
    depth = 0
    for one in found.ids:
        depth += (one in OPENING) - (one in CLOSING)
        assert depth >= 0
    assert depth == 0
    words = [one for one in found.ids if one >= 1000]
    assert words == sorted(set(words))
    assert len(found.ids) == len(found.offsets) <= MAX_PIECES
    assert all(0 <= place < len(found.ids) for place in found.marks)


def test_a_curly_quote_keeps_its_offset() -> None:
    assert plain("“We’ll\u00a0see” – he said") == '"We\'ll see" - he said'


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_plain_words_are_as_long_as_the_original(words: str) -> None:
    assert len(plain(words)) == len(words)


def test_half_a_character_becomes_one_that_can_be_written() -> None:
    assert plain("a \ud800 b \udc80").encode("utf-8").decode() == "a \ufffd b \ufffd"


def test_the_answers_are_the_types_modes_and_contexts_of_plover() -> None:
    assert set(TYPES) - {"NONE"} == set(plover.event_types())
    assert all(mode in plover.modes(kind) for kind, _, mode in map(split, mode_names()))
    assert set(context_names()) == set(plover.contexts())


def split(name: str) -> tuple[str, str, str]:
    return name.partition(".")
