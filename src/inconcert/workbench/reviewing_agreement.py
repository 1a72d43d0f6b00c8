"""How far reviewers agree, by type and by source, as a record and in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from inconcert.grade.reviews import Judged, Pair
from inconcert.workbench.reviewing_told import Record

_NUMBERS = ("n", "agree", "share", "low", "high", "kappa")


def by_source(pair: Pair) -> dict[str, Pair]:
    """The same two reviewers by the source of the records, most records first."""
    groups: dict[str, list[tuple[Judged, Judged]]] = defaultdict(list)
    for both in zip(pair.first, pair.second, strict=True):
        groups[both[0].source].append(both)
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    return {
        name: Pair(tuple(a for a, _ in found), tuple(b for _, b in found), pair.names)
        for name, found in ordered
    }


def agreement_record(pair: Pair) -> Record:
    """A pair with its numbers over all, by type and by source, and what the two differ on."""
    sources = {
        name: {key: value for key, value in one.as_json().items() if key in _NUMBERS}
        for name, one in by_source(pair).items()
    }
    return {**pair.as_json(), "by_source": sources}


def tell_agreement(pairs: Sequence[Pair]) -> str:
    """How far each two reviewers agree, in lines."""
    if not pairs:
        return "No two reviewers have decided on the same record."
    lines: list[str] = []
    for pair in pairs:
        lines.append(pair.as_text())
        for name, one in by_source(pair).items():
            kappa = "not defined" if one.kappa is None else f"{one.kappa:.2f}"
            lines.append(f"  from {name:<21} {one.share.as_text()}; kappa {kappa}")
    return "\n".join(
        [*lines, "Judgements compared: right, wrong, changed. Intervals: 95 %, Wilson."]
    )
