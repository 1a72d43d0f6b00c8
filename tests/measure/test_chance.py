"""Distributions agree with sums and integrals by brute force."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.measure.chance import (
    count_mid_p,
    count_pmf,
    gamma_quantile,
    gamma_share,
    normal_p,
    normal_quantile,
)


@pytest.mark.parametrize(("mean", "dispersion"), [(0.3, 1.0), (4.0, 1.3), (60.0, 1.3), (9.0, 3.0)])
def test_a_count_has_its_mean_and_spread(mean, dispersion):
    pmf = count_pmf(mean, dispersion, 600)
    counts = np.arange(601)
    assert pmf.sum() == pytest.approx(1.0)
    assert pmf @ counts == pytest.approx(mean)
    assert pmf @ (counts - mean) ** 2 == pytest.approx(mean * dispersion)


def test_the_mid_p_of_a_count_is_half_of_it_and_all_above():
    pmf = count_pmf(3.0, 1.3, 400)
    assert count_mid_p(5, 3.0, 1.3) == pytest.approx(pmf[6:].sum() + pmf[5] / 2)


def test_the_mid_ps_of_all_counts_are_even_on_average():
    pmf = count_pmf(7.0, 1.3, 300)
    assert sum(p * count_mid_p(k, 7.0, 1.3) for k, p in enumerate(pmf)) == pytest.approx(0.5)


@pytest.mark.parametrize(("shape", "value"), [(0.7, 0.4), (2.0, 5.0), (40.0, 30.0), (900.0, 950.0)])
def test_a_gamma_share_is_the_area_below(shape, value):
    grid = np.linspace(0, value, 400_001)[1:]
    logs = (shape - 1) * np.log(grid) - grid
    whole = np.linspace(0, shape + 40 * shape**0.5 + 60, 800_001)[1:]
    logs_whole = (shape - 1) * np.log(whole) - whole
    top = logs_whole.max()
    area = np.exp(logs - top).sum() * (grid[1] - grid[0])
    total = np.exp(logs_whole - top).sum() * (whole[1] - whole[0])
    assert gamma_share(shape, value) == pytest.approx(area / total, abs=2e-3)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_gamma_quantile_has_its_share_below(share):
    assert gamma_share(7.3, gamma_quantile(7.3, share)) == pytest.approx(share)


def test_normal_p_and_quantile_undo_each_other():
    assert normal_p(normal_quantile(0.95)) == pytest.approx(0.05)
