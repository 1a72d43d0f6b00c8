"""One test against one stated null, with everything a reader needs to doubt it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from inconcert.core.display import displayed


@displayed
@dataclass(frozen=True, slots=True)
class TestResult:
    """What a test found.

    Attributes:
        measure: name of the measure, as in the methods pages.
        statistic: what was observed, in the unit that the measure names.
        expected: what the null lets one expect, in the same unit.
        p: chance under the null of at least as much; one-sided unless the measure says otherwise.
        interval: lower and upper bound of what the measure estimates; None where it estimates
            nothing. The measure names the estimate and the level.
        null: the null model in one sentence a critic could attack.
        n: pieces of data the statistic rests on, in the unit that the measure names.
        draws: random draws behind p or interval; 0 where both are computed.
        seed: what the generator was seeded with; None where nothing was drawn, or where the
            caller did not say.
        reference: keys of the references, separated by spaces.
    """

    __test__: ClassVar[bool] = False
    """Keeps pytest from taking the class for a test."""

    measure: str
    statistic: float
    expected: float
    p: float
    interval: tuple[float, float] | None
    null: str
    n: int
    draws: int = 0
    seed: int | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.p <= 1:
            raise ValueError(f"{self.measure}: a p of {self.p} is no probability")
        if self.interval is not None and self.interval[0] > self.interval[1]:
            raise ValueError(f"{self.measure}: the interval {self.interval} ends before it begins")
