from __future__ import annotations

from inconcert.shape.pairs import pairs_of


def test_two_who_turn_to_a_third_do_not_act_upon_each_other():
    assert pairs_of(["RUS", "CHN"], ["AFG"], is_mutual=False) == {("RUS", "AFG"), ("CHN", "AFG")}
    assert pairs_of(["RUS", "CHN"], ["AFG"], is_mutual=True) == {
        ("RUS", "AFG"), ("CHN", "AFG"), ("AFG", "RUS"), ("AFG", "CHN"),
    }  # fmt: skip


def test_talks_without_a_recipient_are_among_all_who_hold_them():
    assert pairs_of(["RUS", "CHN"], [], is_mutual=True) == {("RUS", "CHN"), ("CHN", "RUS")}
    assert pairs_of(["RUS", "CHN"], [], is_mutual=False) == frozenset()


def test_nobody_acts_upon_himself():
    assert pairs_of(["RUS"], ["RUS"], is_mutual=True) == frozenset()
