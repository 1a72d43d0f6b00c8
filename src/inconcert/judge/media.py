"""Who owns a source, and in which country it sits: as the case says, else as the table of media."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.core.document import Source
from inconcert.ontology.tables import read_table

STATE = "state media"
OFFICIAL = "official texts"
UNKNOWN = "not known"
_OWNERS = {
    "state": STATE,
    "public": "public broadcaster or agency",
    "private": "private",
    "affiliated": "of a party, force or movement",
    "party": "of a party, force or movement",
    "independent": "independent",
}


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of the table: its first name, its country, and who leads it."""

    name: str
    country: str
    affiliation: str


@cache
def media() -> Mapping[str, Outlet]:
    """Every outlet of the table, by each of its names in lower case."""
    found: dict[str, Outlet] = {}
    for row in read_table("inconcert.resolve", "data/media.tsv"):
        outlet = Outlet(row["name"], row["country"], row["affiliation"])
        for name in (row["name"], *row["other_names"].split("|")):
            if name:
                found.setdefault(name.casefold(), outlet)
    return found


def owner_of(source: Source, *, speaks: str | None = None) -> str:
    """Who owns a source, in words.

    Args:
        source: who publishes.
        speaks: code of the actor whose voice its texts are in, if any.

    Example:
        >>> owner_of(Source("TASS", "RUS")), owner_of(Source("The Herald of Nowhere"))
        ('state media', 'not known')
    """
    if source.affiliation in _OWNERS:
        return _OWNERS[source.affiliation]
    known = media().get(source.name.casefold())
    if known is not None:
        return _OWNERS.get(known.affiliation, UNKNOWN)
    return OFFICIAL if speaks else UNKNOWN


def is_state(source: Source) -> bool:
    """Whether a source is state media.

    Example:
        >>> is_state(Source("Xinhua", "CHN"))
        True
    """
    return owner_of(source) == STATE


def country_of(source: Source) -> str | None:
    """Country of a source, where it is known."""
    known = media().get(source.name.casefold())
    return source.country or (known.country if known else None)
