"""Where something happened, as far as the text tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["point", "city", "district", "province", "country", "region"]

PRECISIONS: tuple[Precision, ...] = ("point", "city", "district", "province", "country", "region")
"""How narrow coordinates are, narrow ones first: a base or building, a town, what is round a town
or a district of a province, a province, a state; a region may be a valley or an ocean."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where something happened: a place, never a party to it.

    Attributes:
        name: as the text writes it.
        country: ISO-3 code of the state in which it lies, by the states of the United Nations;
            None for seas, borders, what is disputed, and names that stay open.
        latitude: degrees of the middle of the place, north positive; None where unknown or open.
        longitude: degrees, east positive.
        precision: how narrow the coordinates are.
        text_start: first character of the words that tell it.
        text_end: one past their last character.
        basis: `named in the clause`, `named in the sentence`, `carried from the sentence before`,
            or `dateline` (where the report was filed, which need not be where it happened).
        id: the place in the gazetteer: its GeoNames number, or a word; None if open or unlisted.
        confidence: 0 to 1, uncalibrated.
        candidates: where several places of the name are about as likely, each as
            `name, province, state`; all that are told, where several are (`in Mali and Niger`: the
            first is `name`); and the two states of a border.
    """

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: Precision
    text_start: int
    text_end: int
    basis: str
    id: str | None = None
    confidence: float = 0.8
    candidates: tuple[str, ...] = ()
