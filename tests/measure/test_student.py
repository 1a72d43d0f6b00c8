"""Student's law against printed tables."""

from __future__ import annotations

import pytest

from inconcert.measure.student import student_p, student_quantile

# Fisher and Yates, Statistical Tables, table III
TABLED = [
    (0.95, 1, 6.3138),
    (0.995, 1, 63.657),
    (0.95, 2, 2.9200),
    (0.975, 4, 2.7764),
    (0.95, 5, 2.0150),
    (0.99, 10, 2.7638),
    (0.95, 30, 1.6973),
    (0.9995, 120, 3.3735),
]


@pytest.mark.parametrize(("share", "freedom", "value"), TABLED)
def test_students_law_is_the_tabled_one(share, freedom, value):
    assert student_quantile(share, freedom) == pytest.approx(value, rel=2e-4)
    assert student_p(value, freedom) == pytest.approx(1 - share, rel=1e-3)
    assert student_p(-value, freedom) == pytest.approx(share, rel=1e-4)


def test_the_middle_is_nothing_and_many_degrees_are_the_normal_law():
    assert student_quantile(0.5, 3) == pytest.approx(0, abs=1e-9)
    assert student_quantile(0.95, 1e6) == pytest.approx(1.644854, abs=1e-4)
