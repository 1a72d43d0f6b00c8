"""What coded datasets write for parts of society, groups and names, by the tables `coded_*.tsv`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from inconcert.ontology import plover
from inconcert.resolve import tables


@cache
def roles_of(where: str) -> Mapping[str, tuple[str, ...]]:
    """Sectors by folded form of one part of the table of roles."""
    found: dict[str, tuple[str, ...]] = {}
    for row in tables.read("coded_roles"):
        if row["where"] == where:
            for form in tables.forms(row["forms"]):
                found.setdefault(folded(form), tables.forms(row["sectors"], ","))
    return found


@cache
def _ranks(where: str) -> Mapping[tuple[str, ...], int]:
    rows = [row for row in tables.read("coded_roles") if row["where"] == where]
    return {tables.forms(row["sectors"], ","): rank for rank, row in enumerate(rows)}


@cache
def known_groups() -> Mapping[str, str]:
    """Codes of the register by three letters of CAMEO."""
    return {row["cameo"]: row["code"] for row in tables.read("coded_groups")}


@cache
def other_names() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """What a folded name gives, and the sectors that it tells itself."""
    return {
        folded(row["form"]): (row["gives"], tables.forms(row["sectors"], ","))
        for row in tables.read("coded_names")
    }


def part_sectors(part: str, scheme: str | None) -> tuple[str, ...]:
    """Sectors for three letters of a code."""
    if scheme == "plover":
        return (part,) if part in plover.sectors() else ()
    return roles_of("cameo").get(part.lower(), ())


@lru_cache(maxsize=1 << 14)
def sectors_of(text: str | None, scheme: str | None) -> tuple[str, ...]:
    """Sectors of PLOVER for a dataset's list of sectors; the most telling one comes first."""
    if not text or not text.strip():
        return ()
    found: dict[tuple[str, ...], None] = {}
    for part in _parts(text):
        each = part_sectors(part.upper(), scheme) if len(part) == 3 else ()
        each = each or roles_of("sector").get(folded(part), ())
        if not each and scheme in (None, "acled"):
            each = roles_of("acled").get(folded(part), ())
        if each:
            found[each] = None
    ranks = _ranks("sector")
    ordered = sorted(found, key=lambda each: ranks.get(each, -1))
    return tuple(dict.fromkeys(sector for each in ordered[:1] for sector in each))


def _parts(text: str) -> Iterator[str]:
    for part in re.split(r"[,;]", text):
        if part.strip():
            yield part.strip()


def without_marks(text: str) -> str:
    """The text without accents and other marks on its letters."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """Small letters and figures alone, without marks."""
    return re.sub(r"[\W_]+", "", without_marks(text).casefold())
