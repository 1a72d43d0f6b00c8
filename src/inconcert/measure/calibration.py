"""Of a hundred findings at this amount of data, how many are false: read off simulated worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from inconcert.errors import BadInput
from inconcert.ontology.tables import read_table

LEVELS = (0.05, 0.01)
BASE_RATE = 0.1
"""Share of pairs asked about that truly co-act: an assumption, stated with every figure."""


@dataclass(frozen=True, slots=True)
class FalseCalls:
    """How often a finding would be wrong.

    Attributes:
        count: false ones among a hundred findings, 0–100.
        size: share of worlds without coupling in which it is found, pooled over N1 to N8, one
            more world counted as found.
        power: share of worlds of N7 in which a joint share of .35 is found.
        act_days: act-days of the rarer actor (cells, where typed) in the worlds the figures come
            from, median; those nearest to what was asked.
        base_rate: share of asked pairs taken to be truly coupled.
        worlds: worlds without coupling behind `size`.
    """

    count: float
    size: float
    power: float
    act_days: int
    base_rate: float
    worlds: int


def false_calls_in_100(
    act_days: int, *, test: str = "same day", level: float = 0.01, base_rate: float = BASE_RATE
) -> FalseCalls:
    """How many of a hundred findings at this amount of data would be false.

    Args:
        act_days: act-days of the rarer actor; cells it fills, for the typed test
            (`TestResult.n` of either).
        test: `same day`, `A before B`, `within two days` or `same day and type`.
        level: p from which on it counts as found, .05 or .01.
        base_rate: share of the pairs one asks about that truly co-act, 0–1.

    Returns:
        The count with what it was computed from.

    Null: the asked pair's world is one like the simulated ones.

    Blind to: how the pair was picked; traps that no simulated world holds; the true base rate,
        which nobody knows: the figure moves with it.

    Raises:
        BadInput: the test or level is not in the table, or the base rate is no share.

    References:
        [ioannidis2005]: false findings follow from size, power and base rate.
    """
    if level not in LEVELS or not 0 < base_rate < 1:
        raise BadInput(
            f"No calibration at p={level} and base rate {base_rate}.",
            advice="Take .05 or .01, and a base rate between 0 and 1.",
        )
    rows = [row for row in _table() if row["test"] == test]
    if not rows:
        tests = sorted({row["test"] for row in _table()})
        raise BadInput(f"No calibration of {test!r}.", advice=f"Tests: {', '.join(tests)}.")
    wanted = math.log(max(act_days, 1))
    row = min(rows, key=lambda row: abs(math.log(float(row["act_days"])) - wanted))
    tag = f"{level:.2f}"
    worlds, chance = int(row["worlds"]), float(row[f"power {tag}"])
    # none found in so many worlds does not show that there is none: one more is counted
    size = (float(row[f"size {tag}"]) * worlds + 1) / (worlds + 1)
    false, true = (1 - base_rate) * size, base_rate * chance
    count = 100.0 * false / (false + true) if false + true > 0 else 100.0
    return FalseCalls(count, size, chance, int(row["act_days"]), base_rate, worlds)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], ...]:
    return tuple(read_table("inconcert.measure", "data/calibration.tsv"))
