"""Names that the register lacks, gathered from texts."""

from __future__ import annotations

import pytest

from inconcert.core.span import TimeSpan
from inconcert.resolve.unknown import Search

TEXT = (
    "China met the Taliban in Doha. Chinese envoy Yue Xiaoqing said the talks went well. Yue "
    "Xiaoqing then left. However, the Kuhiston Brigade was angry. The Kuhiston Brigade fought on "
    "Tuesday. “We hope,” said Farrukh Nazirov, a Tajik lawmaker. Nazirov left for Moscow. The "
    "talks, however, went on, said Sergey Lavrov.\n\nTHE BIG NEWS OF A LONG DAY IN DOHA AGAIN\n"
)


@pytest.fixture
def found(register):
    search = Search(register)
    search.add("a", TEXT, TimeSpan.parse("2021-09-14"))
    search.add("b", "Kuhiston Brigade men fled.", None)
    return {one.name: one for one in search.found()}


def test_names_are_counted_over_texts_and_surnames_with_their_full_name(found):
    assert (found["Kuhiston Brigade"].times, found["Kuhiston Brigade"].documents) == (3, 2)
    assert found["Yue Xiaoqing"].times == 2


def test_what_the_register_knows_or_begins_a_sentence_is_left_out(found):
    assert set(found) == {"Kuhiston Brigade", "Yue Xiaoqing", "Farrukh Nazirov"}


def test_the_words_beside_give_a_guess_marked_so(found):
    envoy = found["Yue Xiaoqing"].as_record()
    assert (envoy["kind"], envoy["country"], envoy["sectors"]) == ("person", "CHN", ["GOV"])
    assert envoy["is_guess"] is True
    assert envoy["sentence"] == "Chinese envoy Yue Xiaoqing said the talks went well."
    lawmaker = found["Farrukh Nazirov"].as_record()
    assert (lawmaker["country"], lawmaker["sectors"]) == ("TJK", ["LEG"])
    assert found["Kuhiston Brigade"].as_record()["country"] is None


def test_the_most_frequent_come_first_and_no_more_than_asked(register):
    search = Search(register)
    search.add("a", TEXT, None)
    search.add("b", "Kuhiston Brigade men fled.", None)
    assert [one.name for one in search.found(limit=1)] == ["Kuhiston Brigade"]
