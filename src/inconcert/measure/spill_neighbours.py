"""Which states share a land border with another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from inconcert.ontology.tables import read_table


@cache
def land_neighbours() -> Mapping[str, frozenset[str]]:
    """The neighbours by land of every state that has any, from `data/land_neighbours.tsv`.

    Example:
        >>> sorted(land_neighbours()["PRT"])
        ['ESP']
    """
    found: dict[str, set[str]] = {}
    for row in read_table("inconcert.measure", "data/land_neighbours.tsv"):
        found.setdefault(row["first"], set()).add(row["second"])
        found.setdefault(row["second"], set()).add(row["first"])
    return {code: frozenset(others) for code, others in found.items()}


def placebo_neighbours(target: str, candidates: frozenset[str]) -> tuple[str, ...]:
    """Those of the candidates that neither are the target nor border it nor border its neighbours.

    Args:
        target: code of the state in which shocks happen.
        candidates: codes of states that are acted upon often enough.

    Returns:
        Codes in order of the alphabet.
    """
    table = land_neighbours()
    near = table.get(target, frozenset())
    second = frozenset().union(*(table.get(one, frozenset()) for one in near))
    return tuple(sorted(candidates - near - second - {target}))
