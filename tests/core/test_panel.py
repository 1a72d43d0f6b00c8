from __future__ import annotations

import numpy as np
import pytest

from inconcert.core.panel import Panel, Toward

DAYS = np.arange("2021-01-01", "2021-01-04", dtype="datetime64[D]")


def _toward(**changed) -> Toward:
    given = {
        "toward": ("AFG",),
        "actors": ("RUS", "CHN"),
        "types": ("01", "02"),
        "days": DAYS,
        "counts": np.zeros((2, 2, 3), dtype=np.int32),
        "volume": np.zeros(3, dtype=np.int64),
        "covered": np.ones(3, dtype=bool),
        "habits": np.zeros((2, 2), dtype=np.int64),
        "source": "ICEWS",
        "query": "",
    }
    return Toward(**{**given, **changed})


@pytest.mark.parametrize(
    ("name", "shape"),
    [("counts", (2, 3, 2)), ("volume", (4,)), ("covered", (2,)), ("habits", (2, 3))],
)
def test_an_array_that_does_not_fit_its_axes_is_refused(name, shape):
    assert _toward().actors == ("RUS", "CHN")
    with pytest.raises(ValueError, match=name):
        _toward(**{name: np.zeros(shape)})


def test_a_panel_has_one_share_of_covered_days_a_period():
    with pytest.raises(ValueError, match="covered"):
        Panel(
            counts=np.zeros((1, 1, 1, 3), dtype=np.int64),
            actors=("RUS",),
            recipients=("CHN",),
            types=("AID",),
            periods=DAYS,
            unit="day",
            covered=np.ones(2),
            source="ICEWS",
            query="",
        )
