from __future__ import annotations

from typing import Any


def test_a_report_shows_every_miss_false_event_and_failed_trap_with_its_words(bench: Any) -> None:
    trap = bench.item("did not attack Armenia", "ASSAULT", "AZE", "ARM", core=False)
    missed = bench.item("praised France", "SUPPORT", "GEO", "FRA", accept_also=["AGREE"])
    graded = bench.grade(bench.event("attack", "ASSAULT", "AZE", "ARM"))
    shown = graded.as_text()
    assert f"{missed} SUPPORT or AGREE GEO → FRA: praised France" in shown
    assert f"{trap} ASSAULT AZE → ARM; ASSAULT AZE → ARM at “attack” by test" in shown
    assert "False events: 1" in shown
    assert "Traps       1 of 1 failed" in shown


def test_a_report_of_nothing_says_none_instead_of_nought(bench: Any) -> None:
    bench.line("claim", "talks")
    assert "F1         none" in bench.grade().as_text()


def test_a_clean_report_has_no_empty_lists(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", "FRA")
    graded = bench.grade(bench.event("praised", "SUPPORT", "GEO", "FRA"))
    shown = graded.as_text()
    assert "Missed" not in shown
    assert "(95 % interval 1.00 to 1.00)" in shown
