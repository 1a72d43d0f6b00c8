"""Whether two codes name the same actor, by rule (b) of the scorer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from inconcert.ontology.plover import sectors
from inconcert.ontology.tables import read_table

Codes = frozenset[str]


def comparable(code: str) -> str:
    """The part of a code that decides which actor it is.

    Example:
        >>> [comparable(code) for code in ("RUSGOVDIP", "AFGTAL", "AFGMIL", "IGONATO")]
        ['RUS', 'AFGTAL', 'AFGGOV', 'IGONATO']
    """
    code = code.strip().upper()
    for start, compares in _by_start().items():
        if code.startswith(start):
            return compares.removeprefix("as ") if compares.startswith("as ") else code
    chunks = [code[place : place + 3] for place in range(3, len(code), 3)]
    while chunks and chunks[-1] in _plain_sectors():
        chunks.pop()
    return code[:3] + "".join(chunks)


def comparable_set(codes: Iterable[str]) -> Codes:
    """The actors that codes name, without order and repetition."""
    return frozenset(comparable(code) for code in codes)


def split_codes(text: str) -> tuple[str, ...]:
    """The codes in a field that lists them (`RUSGOV, CHNGOV`)."""
    return tuple(code for code in re.split(r"[\s,;+]+", text) if code)


def goes_by_name(code: str) -> bool:
    """Whether a speaker with this code can only be told by name (an analyst, a company)."""
    return any(
        code.strip().upper().startswith(start) and compares == "name"
        for start, compares in _by_start().items()
    )


@cache
def _by_start() -> Mapping[str, str]:
    return {code: how for code, how in _rules().items() if how not in ("group", "sector")}


@cache
def _plain_sectors() -> Codes:
    rules = _rules()
    own = {code for code, how in rules.items() if how == "sector"}
    groups = {code for code, how in rules.items() if how == "group"}
    return frozenset((set(sectors()) | own) - groups)


@cache
def _rules() -> Mapping[str, str]:
    return {row["code"]: row["compares"] for row in read_table("inconcert.grade", "data/codes.tsv")}
