"""What one source says of the timing of two actors' acts: every test, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.core.reading import (
    AND_TYPE,
    Coverage,
    FalseCalls,
    Finding,
    Reading,
    SourceKind,
)
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, InConcertError, TooFewEvents
from inconcert.judge.amounts import counted
from inconcert.judge.case import SAME_DAY, TYPED, Case, Test, day_of, lags_of, results_of
from inconcert.judge.claims import CLAIM, SUGGESTIVE, bears_claim
from inconcert.judge.days import explained_days, strongest_days
from inconcert.judge.sensitivity import dropped_periods, dropped_variants
from inconcert.judge.signs import stance_read
from inconcert.measure.calibration import false_calls_in_100
from inconcert.measure.cells import fitting_bins
from inconcert.measure.coaction import PLACEBO_ACT_DAYS
from inconcert.measure.consultation import consultation
from inconcert.measure.intensity import Intensities, intensities
from inconcert.measure.leading import leading
from inconcert.measure.multiplicity import holm
from inconcert.measure.peers import correlation
from inconcert.measure.power import (
    LEAST_ACT_DAYS,
    LEAST_EXPECTED,
    LEAST_PLACEBOS,
    LEAST_POWER,
    LEAST_THIRD_ACTS,
    RHO,
    enough,
    power,
)
from inconcert.measure.sensitivity import erasing_shock

LEAST_DAYS = 30
"""Days below which no rate can be fitted."""
AS_CALIBRATED = {"B before A": "A before B", "B before A and type": "A before B and type"}
"""Directions that mirror each other have one calibration."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a source beside its arrays.

    Attributes:
        span: first and last day of the source.
        rows: rows, or reports, of the two actors' acts toward the other side.
        counted: acts that these are, duplicates and folds taken off.
        outlets: independent outlets of these; None where none are named.
        contacts: consultations of the two about the other side, shape (days,), on the days of
            the arrays; None where the source does not tell what talks were about.
        variants: make the same arrays with something left out, by what is left out; called only
            where there is a test to make again.
        notes: further sentences for the reader.
    """

    span: TimeSpan
    rows: int
    counted: int
    outlets: int | None
    contacts: npt.NDArray[np.bool_] | None = None
    variants: Mapping[str, Callable[[], Toward]] | None = None
    notes: tuple[str, ...] = ()


def read_timing(
    toward: Toward, kind: SourceKind, told: Told, *, rng: np.random.Generator, seed: int
) -> Reading:
    """Test every direction on one source, with all that a reader needs to doubt it.

    Args:
        toward: acts toward the other side, the two actors first.
        kind: `texts` or `dataset`.
        told: what is known beside the arrays.
        rng: source of all randomness; the caller seeds it.
        seed: what it was seeded with.

    Returns:
        The reading, without rows and records behind its days. Too little data, or a test that
        refuses it, stands in `refused`; it is no error.
    """
    case = Case.of(toward)
    found = Reading(
        source=toward.source,
        kind=kind,
        query=toward.query,
        coverage=_coverage(toward, told),
        cell_days=case.cell_days,
        stance=stance_read(toward, rng=rng, seed=seed),
        correlation=_correlation(toward),
        notes=(*told.notes, *(_notes(toward) if kind == "dataset" else ())),
    )
    short = _short_on_margins(toward)
    if short:
        return replace(found, refused=short)
    try:
        fit = intensities(case.daily, case.volume)
        tests = results_of(case, fit, case.directions)
    except (BadInput, TooFewEvents) as error:
        return replace(found, refused=(_plainly(error),))
    return _read(found, toward, told, case, fit, tests, rng, seed)


def _read(
    found: Reading,
    toward: Toward,
    told: Told,
    case: Case,
    fit: Intensities,
    tests: Mapping[str, Test],
    rng: np.random.Generator,
    seed: int,
) -> Reading:
    """The reading with its tests, their days, and how much they bear."""
    found = replace(found, tests=_tested(toward, tests))
    leads = found.leading
    assert leads is not None
    first, placebos = leads.direction, len(tests[leads.direction].placebos)
    chance, reasons = _sufficient(case, fit, tests, placebos)
    found = replace(
        found,
        coverage=_coverage(toward, told, placebos=placebos),
        refused=reasons,
        power=chance,
        strongest=strongest_days(
            case.counts, case.days, fit, _telling(tests, first), case.habits, toward.types
        ),
        explained=explained_days(case.counts, case.days, fit, toward.types),
        leads=_leads(case, fit, rng, seed),
        consulted=_consulted(case, fit, told),
    )
    if reasons:
        return found
    is_claimed = bears_claim(leads)
    return replace(
        found,
        dropped=(
            *dropped_variants(told.variants or {}, case, first),
            *dropped_periods(case, fit, first),
        ),
        erasing_shock=_erasing_shock(fit, first, tests[first]) if is_claimed else None,
        false_calls=_false_calls(first, tests[first]) if is_claimed else None,
    )


def _tested(toward: Toward, tests: Mapping[str, Test]) -> tuple[Finding, ...]:
    corrected = holm({name: test.result.p for name, test in tests.items()})
    return tuple(_finding(toward, name, test, corrected[name]) for name, test in tests.items())


def _finding(toward: Toward, name: str, test: Test, corrected: float) -> Finding:
    share, least, most = _joined(name, test)
    return Finding(
        direction=name,
        observed=test.excess.observed,
        expected=test.excess.expected,
        lift=test.excess.lift,
        lift_interval=test.excess.lift_interval,
        share=share,
        share_interval=(least, most),
        p=test.result.p,
        corrected=corrected,
        rank=test.rank,
        bloc=tuple(toward.actors[third] for third in test.bloc),
        partners=tuple(toward.actors[third] for third in test.partners),
        bears_claim=test.excess.expected >= LEAST_EXPECTED,
    )


def _joined(name: str, test: Test) -> tuple[float, float, float]:
    """Share joined beyond chance and its bounds.

    Over several days a cell may be met by several of its type: there it is meetings beyond chance
    to a cell of the actor that fills fewer.
    """
    told = test.excess
    if not name.endswith(AND_TYPE) or len(lags_of(name)) == 1:
        return told.rho, *told.rho_interval
    per_cell = told.expected / max(1, test.result.n)
    share, least, most = ((lift - 1) * per_cell for lift in (told.lift, *told.lift_interval))
    return share, least, most


def _telling(tests: Mapping[str, Test], first: str) -> str:
    """The direction whose days are shown: the leading one, same days where it leads by chance."""
    if tests[first].result.p < SUGGESTIVE:
        return first
    return TYPED if TYPED in tests and tests[TYPED].excess.observed > 0 else SAME_DAY


def _short_on_margins(toward: Toward) -> tuple[str, ...]:
    """What no test is made without: days, act-days of both, third parties; each a sentence."""
    acts = (toward.counts.sum(axis=1) > 0).sum(axis=1)
    rarer, thirds = int(acts[:2].min()), acts[2:]
    placebos = 2 * int((thirds >= PLACEBO_ACT_DAYS).sum())
    return tuple(
        f"{what}: {have:,}, at least {need} needed."
        for what, have, need in (
            ("Days", len(toward.days), LEAST_DAYS),
            ("Act-days of the rarer actor", rarer, LEAST_ACT_DAYS),
            ("Act-days of third parties", int(thirds.sum()), LEAST_THIRD_ACTS),
            ("Placebo pairs", placebos, LEAST_PLACEBOS),
        )
        if have < need
    )


def _sufficient(
    case: Case, fit: Intensities, tests: Mapping[str, Test], placebos: int
) -> tuple[float, tuple[str, ...]]:
    """Power, and what the data are too few for.

    Where one acts on so many days that days tell little, cells of a type still may: then the better
    of the two powers counts.
    """
    expected = max(test.excess.expected for test in tests.values())
    by_days = enough(fit, (0, 1), expected=expected, placebos=placebos)
    typed = tests.get(TYPED)
    by_cells = 0.0
    if typed is not None and typed.result.n and fitting_bins(case.counts)[1]:
        share = min(0.99, max(1e-3, typed.excess.expected / typed.result.n))
        by_cells = power(typed.result.n, share, RHO)
    reasons = by_days.reasons
    if by_cells >= LEAST_POWER > by_days.power:
        reasons = tuple(reason for reason in reasons if not reason.startswith("power"))
    return max(by_days.power, by_cells), tuple(f"{_headed(reason)}." for reason in reasons)


def _headed(reason: str) -> str:
    return reason[:1].upper() + reason[1:]


def _coverage(toward: Toward, told: Told, *, placebos: int = 0) -> Coverage:
    daily = toward.counts.sum(axis=1)
    thirds = daily[2:]
    return Coverage(
        span=TimeSpan(day_of(toward.days[0]), day_of(toward.days[-1])),
        covered=int(toward.covered.sum()),
        source_span=told.span,
        rows=told.rows,
        counted=told.counted,
        acts=(int(daily[0].sum()), int(daily[1].sum())),
        act_days=(int((daily[0] > 0).sum()), int((daily[1] > 0).sum())),
        third_parties=int((thirds.sum(axis=1) > 0).sum()),
        third_acts=int(thirds.sum()),
        placebos=placebos,
        outlets=told.outlets,
    )


def _notes(toward: Toward) -> tuple[str, ...]:
    silent = int((~toward.covered).sum())
    if not silent:
        return ()
    days = counted(silent, "day")
    return (f"{toward.source} has no event at all on {days} of those tested.",)


def _correlation(toward: Toward) -> tuple[float, float] | None:
    """Plain correlation of daily counts and its p; None where one of the two never changes."""
    daily = toward.counts[:2].sum(axis=1)
    if daily.shape[1] < 4 or min(daily.std(axis=1)) == 0:
        return None
    result = correlation(daily[0], daily[1])
    return result.statistic, result.p


def _leads(case: Case, fit: Intensities, rng: np.random.Generator, seed: int) -> str:
    if case.cell_days > 1:
        return "not shown"
    try:
        found = leading(case.daily, case.volume, rng=rng, fitted=fit, draws=199, seed=seed)
    except TooFewEvents:
        return "not shown"
    return found.value


def _consulted(case: Case, fit: Intensities, told: Told) -> str:
    if told.contacts is None:
        return "not testable"
    if case.cell_days > 1:
        return "too few"
    try:
        return consultation(case.daily, case.volume, told.contacts, fitted=fit).value
    except TooFewEvents:
        return "too few"


def _erasing_shock(fit: Intensities, direction: str, test: Test) -> float | None:
    """Multiple of what moves third parties; None where that moves neither of the two."""
    lags = lags_of(direction)
    multiple = erasing_shock(fit, test.excess, p=test.result.p, lags=lags).multiple
    return multiple if math.isfinite(multiple) else None


def _false_calls(direction: str, test: Test) -> FalseCalls | None:
    """How many of a hundred such claims are false; None where that was never calibrated."""
    name = AS_CALIBRATED.get(direction, direction)
    try:
        calls = false_calls_in_100(test.result.n, test=name, level=CLAIM)
    except BadInput:
        return None
    return FalseCalls(calls.count, calls.base_rate, calls.act_days)


def _plainly(error: InConcertError) -> str:
    """An error of a test as a reason in a sentence."""
    return error.what if error.what.endswith(".") else f"{error.what}."


def refusal(source: str, kind: SourceKind, reasons: Sequence[str]) -> Reading:
    """A source that cannot be tested at all, with the reasons."""
    return Reading(source=source, kind=kind, query="", coverage=None, refused=tuple(reasons))
