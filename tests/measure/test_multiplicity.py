"""Corrections for asking many things, on published and brute-force examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import BadInput
from inconcert.measure.multiplicity import false_discovery, holm, rank_among

# the fifteen p-values of Benjamini & Hochberg (1995), section 4.1
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_the_published_example_rejects_its_four_hypotheses():
    assert (false_discovery(PUBLISHED) <= 0.05).sum() == 4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.sampled_from([0.05, 0.1, 0.3]))
def test_q_values_reject_what_the_step_up_rule_rejects(p, level):
    ranked = np.sort(p)
    passing = [k for k in range(1, len(p) + 1) if ranked[k - 1] <= level * k / len(p) * (1 - 1e-9)]
    least = ranked[passing[-1] - 1] if passing else -1.0
    assert set(np.flatnonzero(np.array(p) <= least)) <= set(
        np.flatnonzero(false_discovery(p) <= level)
    )


@given(st.permutations(PUBLISHED))
def test_the_order_of_asking_does_not_matter(shuffled):
    known = dict(zip(PUBLISHED, false_discovery(PUBLISHED), strict=True))
    assert [known[p] for p in shuffled] == pytest.approx(list(false_discovery(shuffled)))


def test_what_is_no_probability_is_refused():
    with pytest.raises(BadInput):
        false_discovery([0.2, float("nan")])


def test_holm_multiplies_the_least_p_by_the_number_asked():
    assert holm({"x": 0.01, "y": 0.04, "z": 0.03}) == pytest.approx(
        {"x": 0.03, "y": 0.06, "z": 0.06}
    )


def test_rank_counts_the_asked_pair_and_ties_against_it():
    assert rank_among(2.0, [3.0, 2.0, 1.0]) == (3, 4)
    assert rank_among(9.0, []) == (1, 1)
