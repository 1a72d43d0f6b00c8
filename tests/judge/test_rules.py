"""The head of a verdict."""

from __future__ import annotations

import pytest

from inconcert.judge.rules import HEADS, TABLE, head


def test_joint_acts_in_two_stories_are_concert_when_the_coder_is_measured() -> None:
    assert head("joint acts", "not tested", "too few", stories=2, measured=True)[0] == "in concert"


def test_an_unmeasured_coder_is_refused_and_the_reason_names_what_it_would_have_said() -> None:
    found, why = head("joint acts", "not tested", "aligned", stories=9, measured=False)
    assert found == "cannot tell"
    assert "not been measured" in why
    assert "in concert" in why


def test_joint_acts_in_one_story_do_not_make_concert() -> None:
    found, why = head("joint acts", "not tested", "aligned", stories=1, measured=True)
    assert found == "cannot tell"
    assert "fewer than 2" in why


def test_opposed_stance_outweighs_joint_acts() -> None:
    assert head("joint acts", "not tested", "opposed", stories=5, measured=True)[0] == "at odds"


@pytest.mark.parametrize(
    ("contact", "timing", "expected"),
    [
        ("consulted", "co-acting", "in concert"),
        ("none found", "co-acting", "acting alike, contact not shown"),
        ("consulted", "parallel", "in parallel"),
        ("none found", "bloc-wide", "in parallel"),
        ("none found", "independent", "independent"),
        ("consulted", "undetermined", "cannot tell"),
        ("none found", "not tested", "cannot tell"),
    ],
)
def test_the_table_reads_as_the_specification_says(
    contact: str, timing: str, expected: str
) -> None:
    assert head(contact, timing, "aligned", stories=0, measured=True)[0] == expected  # type: ignore[arg-type]


def test_every_head_of_the_table_is_a_known_one() -> None:
    assert {row.head for row in TABLE} == set(HEADS)
