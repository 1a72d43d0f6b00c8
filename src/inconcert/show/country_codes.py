"""Codes of states in the forms that other programs want."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from inconcert.ontology.tables import read_table


@cache
def two_letters() -> Mapping[str, str]:
    """ISO-2 codes by ISO-3 code."""
    rows = read_table("inconcert.show", "data/country_codes.tsv")
    return MappingProxyType({row["iso3"]: row["iso2"] for row in rows})


@cache
def fips() -> Mapping[str, str]:
    """FIPS 10-4 codes, which GDELT gives places, by ISO-3 code; the first where there are more."""
    rows = read_table("inconcert.read", "data/fips.tsv")
    return MappingProxyType({row["iso"]: row["fips"].split("|")[0] for row in rows})


def country_of(told: str | None) -> str | None:
    """ISO-3 code of a state told by its code or, as some datasets do, by its name.

    Example:
        >>> country_of("AFG"), country_of("United Arab Emirates"), country_of("the sea")
        ('AFG', 'ARE', None)
    """
    text = (told or "").strip()
    return text if text in two_letters() else _names().get(text.casefold())


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in read_table("inconcert.resolve", "data/states.tsv"):
        for name in (row["name"], *row["other_names"].split("|")):
            found.setdefault(name.casefold(), row["code"])
    found.pop("", None)
    return MappingProxyType(found)


def state_of(code: str | None) -> str | None:
    """ISO-3 code of the state that an actor's code begins with; None where it names none.

    Example:
        >>> state_of("AFGTAL"), state_of("IGOUNO")
        ('AFG', None)
    """
    start = (code or "")[:3]
    return start if start in two_letters() else None
