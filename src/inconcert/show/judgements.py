"""Key judgements: what is judged, how likely where that is known, how far to trust it.

A likelihood is given only where a calibration stands behind it. A p-value is none, and is never
turned into a word of likelihood. What cannot be judged is said to be so, without either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from inconcert.core.evidence import EventRecord
from inconcert.show.brief_confidence import Confidence

PRIORS = (0.05, 0.25)
"""Share of the pairs one asks about that truly act together: from one in twenty to one in four."""
CALIBRATION_ERROR = 0.12
"""How far the coder's own figures are off on average, on text it was not fitted on
(docs/benchmarks.md, test text, coded: expected calibration error)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One key judgement.

    Attributes:
        says: the judgement, and its likelihood where one is known; no word of confidence.
        why: what it rests on, with its numbers.
        confidence: how far to trust it, always in sentences of its own.
        notes: numbers of endnotes.
    """

    says: str
    why: str
    confidence: Confidence | None
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged of one question.

    Attributes:
        bottom: the bottom line, a sentence or two.
        why: why it is that, in a sentence; empty where there is no verdict.
        judgements: in order of weight.
        not_judged: what was asked too and cannot be judged, each with its reason.
    """

    bottom: str
    why: str
    judgements: tuple[Judgement, ...]
    not_judged: tuple[str, ...]


def likelihood_of_claim(count: float, base_rate: float) -> tuple[float, float]:
    """Chance that a claim of timing is true, from how many of a hundred such claims are false.

    The calibration holds at one base rate. What the claim itself adds to the odds is the same at
    any other, so that the chance is given for the whole span of base rates in `PRIORS`.

    Args:
        count: false claims of a hundred, at `base_rate`.
        base_rate: share of pairs taken to be truly coupled there.

    Example:
        >>> low, high = likelihood_of_claim(20.0, 0.1)
        >>> round(low, 2), round(high, 2)
        (0.65, 0.92)
    """
    false = min(max(count / 100, 1e-6), 1 - 1e-6)
    weight = (1 - false) / false / (base_rate / (1 - base_rate))
    low, high = (weight * prior / (1 - prior) for prior in PRIORS)
    return low / (1 + low), high / (1 + high)


def likelihood_of_codings(records: Sequence[EventRecord], least: int = 1) -> tuple[float, float]:
    """Chance that at least so many of some events are told as coded, from the coder's own figures.

    One bound is for codings that are right and wrong together, the other for codings that have
    nothing to do with one another; both are moved outward by how far the figures are off.

    Args:
        records: mentions of the events; of each event that with the highest confidence counts.
        least: how many must be right.

    Returns:
        The two bounds in order; both 0 where there are fewer events.
    """
    best: dict[str, float] = {}
    for record in records:
        best[record.event_id] = max(best.get(record.event_id, 0.0), record.event.confidence)
    chances = sorted(best.values(), reverse=True)
    if len(chances) < least:
        return 0.0, 0.0
    together = chances[least - 1]
    apart = 1 - _fewer_than(chances, least)
    low, high = min(together, apart), max(together, apart)
    return max(0.0, low - CALIBRATION_ERROR), min(1.0, high + CALIBRATION_ERROR)


def _fewer_than(chances: Sequence[float], least: int) -> float:
    """Chance that fewer than `least` of independent events happen."""
    if least == 1:
        return prod(1 - chance for chance in chances)
    counts = [1.0]
    for chance in chances:
        padded = [*counts, 0.0]
        counts = [
            padded[i] * (1 - chance) + (padded[i - 1] * chance if i else 0.0)
            for i in range(len(padded))
        ]
    return sum(counts[:least])
