"""Promises are kept only if deeds follow them more than the actor's other words."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.promises import promises_kept
from inconcert.synth.portfolios import followed, labour_world

HABITS = (0.15, 0.55, 0.10, 0.20)


def rejected(null, seed, worlds, planted):
    generator, found = np.random.default_rng(seed), []
    for _ in range(worlds):
        world = labour_world(generator, null=null, habits=HABITS, third_parties=0, days=365)
        counts = world.counts
        if planted:
            counts = followed(counts, anchor=0, deed=2, share=planted, window_days=5, rng=generator)
        promises, words, deeds = counts[0, :3]
        try:
            kept = promises_kept(promises, words, deeds, rng=generator, window_days=5, draws=199)
        except TooFewEvents:
            continue
        found.append(kept.result.p <= 0.05)
    assert len(found) > 0.8 * worlds
    return float(np.mean(found))


@pytest.mark.parametrize("null", ["L1", "L3", "L7"])
def test_busy_weeks_in_which_all_comes_together_keep_no_promise(null):
    assert rejected(null, 1, 60, 0.0) < 0.05 + 3 * (0.05 * 0.95 / 60) ** 0.5


def test_promises_that_are_kept_are_found():
    assert rejected("L1", 2, 20, 0.7) > 0.6


def plain(days=280, seed=3):
    generator = np.random.default_rng(seed)
    promises, words = generator.binomial(1, 0.12, days), generator.binomial(1, 0.5, days)
    deeds = np.zeros(days, dtype=int)
    for day in np.flatnonzero(promises):
        deeds[min(day + 2, days - 1)] += 1
    return promises, words, deeds


def test_each_promise_is_shown_with_the_first_deed_after_it():
    promises, words, deeds = plain()
    kept = promises_kept(promises, words, deeds, rng=np.random.default_rng(0), window_days=3)
    assert kept.share == 1
    assert kept.usual < 0.7
    assert kept.result.p < 0.01
    assert all(deed is not None and 1 <= deed - day <= 2 for day, deed in kept.pairs)
    lost = promises_kept(
        promises,
        words,
        deeds * 0 + (np.arange(280) % 40 == 0),
        rng=np.random.default_rng(0),
        window_days=3,
    )
    assert any(deed is None for _, deed in lost.pairs)


def test_promises_near_the_end_are_not_judged_but_counted():
    promises, words, deeds = plain()
    kept = promises_kept(promises, words, deeds, rng=np.random.default_rng(0), window_days=7)
    assert kept.too_late == promises[-7:].sum() > 0
    assert kept.result.n == promises[:-7].sum()


def test_a_deed_on_the_day_of_the_promise_is_not_its_keeping():
    promises, words, _ = plain()
    with pytest.raises(TooFewEvents):
        promises_kept(promises, words, 0 * words, rng=np.random.default_rng(0), window_days=3)
    same_day = promises.copy()
    kept = promises_kept(promises, words, same_day, rng=np.random.default_rng(0), window_days=1)
    assert kept.share < 0.5


def test_nothing_can_be_shown_where_a_deed_follows_every_word():
    promises, words, _ = plain()
    with pytest.raises(TooFewEvents, match="could differ"):
        promises_kept(promises, words, np.ones(280), rng=np.random.default_rng(0))


def test_ten_promises_and_equal_shapes_are_needed():
    promises, words, deeds = plain(days=60)
    with pytest.raises(TooFewEvents):
        promises_kept(promises, words, deeds, rng=np.random.default_rng(0))
    with pytest.raises(BadInput):
        promises_kept(promises, words[:-1], deeds, rng=np.random.default_rng(0))
