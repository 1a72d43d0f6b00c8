"""Codes of states, and acts under them that are not acts of the state."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from inconcert.core.evidence import EventRecord, one_each
from inconcert.core.verdict import Column
from inconcert.judge.amounts import listed, noun, number
from inconcert.ontology import plover
from inconcert.ontology.tables import read_table

OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PRM"})
"""Sectors of those who act for a state; without any sector the state itself is meant."""


@cache
def _states() -> frozenset[str]:
    return frozenset(row["code"] for row in read_table("inconcert.resolve", "data/states.tsv"))


def home_of(code: str) -> str:
    """The state to which a code belongs; the whole code where it is of no state.

    Example:
        >>> home_of("AFGTAL"), home_of("IGONATO")
        ('AFG', 'IGONATO')
    """
    return code[:3] if code[:3] in _states() else code


def acts_of_others(column: Column) -> str | None:
    """Says how many acts of a state are by its people and not by the state; None where none is."""
    states = _states().intersection(column.codes)
    deeds = one_each(column.deeds)
    found = [sectors for deed in deeds if (sectors := _unofficial(deed, states))]
    if not found:
        return None
    known = plover.sectors()
    kinds = Counter(_short(known.get(sectors[0], sectors[0])) for sectors in found)
    told = listed([f"{kind} ({number(count)})" for kind, count in kinds.most_common()])
    whole = len(deeds)
    return (
        f"{number(len(found))} of {number(whole)} {noun(whole, 'act')} of {column.name} "
        f"{noun(len(found), 'is', 'are')} by people or bodies of that country that do not act for "
        f"the state: {told}."
    )


def _unofficial(deed: EventRecord, states: frozenset[str]) -> tuple[str, ...]:
    """Sectors of the first of those who act under the codes, where nobody acts for the state."""
    acting = [who.sectors for who in deed.event.actors if who.code in states]
    if not acting or any(not sectors or OFFICIAL.intersection(sectors) for sectors in acting):
        return ()
    return acting[0]


def _short(meaning: str) -> str:
    """The first words of what a sector means."""
    return re.split("[:,]", meaning)[0]
