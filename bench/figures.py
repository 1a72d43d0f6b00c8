"""Figures with their intervals, and how a script of this folder hands them to `run.py`."""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

DRAWS = 400
_Z = 1.959964
T = TypeVar("T")
Interval = tuple[float, float]


def tell(
    name: str,
    value: float | None,
    unit: str = "",
    *,
    note: str = "",
    interval: Interval | None = None,
) -> None:
    """Print one figure as a line of JSON."""
    row = {"name": name, "value": value, "unit": unit, "note": note, "interval": interval}
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def tell_share(name: str, part: int, whole: int, *, note: str = "") -> None:
    """Print a share with its Wilson interval; not measured where it is of nothing."""
    if not whole:
        tell(name, None, note="of none")
        return
    counted = f"{part} of {whole}{'; ' + note if note else ''}"
    tell(name, part / whole, note=counted, interval=wilson(part, whole))


def wilson(part: int, whole: int) -> Interval:
    """95 % interval of a share, after Wilson."""
    share, square = part / whole, _Z * _Z / whole
    middle = (share + square / 2) / (1 + square)
    reach = _Z * math.sqrt(share * (1 - share) / whole + square / whole / 4) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def resampled(
    piles: Iterable[Sequence[T]], figure: Callable[[list[T]], float], *, draws: int = DRAWS
) -> Interval:
    """Middle 95 % of a figure when piles (documents) are drawn with replacement."""
    rng, all_ = random.Random(0), list(piles)
    drawn = sorted(
        figure([one for pile in rng.choices(all_, k=len(all_)) for one in pile])
        for _ in range(draws)
    )
    return drawn[draws // 40], drawn[-1 - draws // 40]


def piled(items: Iterable[T], name: Callable[[T], str]) -> list[list[T]]:
    """Items of one name together, in order of first use."""
    piles: dict[str, list[T]] = {}
    for item in items:
        piles.setdefault(name(item), []).append(item)
    return list(piles.values())
