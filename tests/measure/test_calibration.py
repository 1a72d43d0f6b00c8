"""Of a hundred findings so many are false: read off the shipped table."""

from __future__ import annotations

import pytest

from inconcert.errors import BadInput
from inconcert.measure.calibration import BASE_RATE, false_calls_in_100
from inconcert.ontology.tables import read_table

TESTS = ("same day", "A before B", "within two days", "same day and type")


@pytest.mark.parametrize("test", TESTS)
def test_every_test_is_in_the_table_at_both_levels(test):
    for level in (0.05, 0.01):
        found = false_calls_in_100(60, test=test, level=level)
        assert 0 <= found.count <= 100
        assert found.base_rate == BASE_RATE


def test_the_count_follows_from_size_power_and_base_rate():
    found = false_calls_in_100(100, level=0.05, base_rate=0.2)
    false, true = 0.8 * found.size, 0.2 * found.power
    assert found.count == pytest.approx(100 * false / (false + true))


def test_the_rarer_true_coupling_is_the_more_findings_are_false():
    counts = [false_calls_in_100(100, level=0.05, base_rate=b).count for b in (0.5, 0.1, 0.01)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_the_nearest_amount_of_data_is_taken():
    rows = list(read_table("inconcert.measure", "data/calibration.tsv"))
    amounts = sorted({int(row["act_days"]) for row in rows if row["test"] == "same day"})
    assert false_calls_in_100(1).act_days == amounts[0]
    assert false_calls_in_100(10**6).act_days == amounts[-1]


@pytest.mark.parametrize("asked", [{"test": "luck"}, {"level": 0.02}, {"base_rate": 0.0}])
def test_what_is_not_calibrated_is_refused(asked):
    with pytest.raises(BadInput):
        false_calls_in_100(50, **asked)
