"""Places by name: cities, provinces, crossings, bases, seas, with coordinates and precision.

Two packed tables hold what was drawn from an index of cities: the places, and their folded names
in order, so that a name is found by halving and nothing is unpacked that nobody asks for. What was
written by hand (`places_own.tsv`) goes before them.
"""

from __future__ import annotations

import gzip
import math
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from itertools import takewhile
from typing import cast

from inconcert.core.parsed import Token
from inconcert.core.place import Precision
from inconcert.errors import BadInput
from inconcert.resolve import tables

_PLACES, _NAMES = "gazetteer.tsv.gz", "gazetteer_names.tsv.gz"
_LONGEST = 6
_ABBREVIATION = 3
_PLAIN = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
        "œ": "oe", "ə": "a", "-": " ", "–": " ", ".": None, "'": None, "’": None, "‘": None,
        "`": None, "ʻ": None, "ʼ": None, "ʹ": None,
    }
)  # fmt: skip
_OWN_RANK = 6.6
_RANKS: Mapping[str, float] = {"city": 0.0, "province": -1.2, "district": -1.8}
_OTHER_NAME, _OTHER_NAME_OF_LARGE = 1.5, 0.7
_LARGE = 500_000
_SPOKEN_OF, _SAME_SENTENCE = 1.6, 1.2
_SMALL, _GREATER, _SLIGHT = 100_000, 8, 0.2
"""Inhabitants of a small city, how often a great one has them, and what is left of the hint."""
_CLEAR = 0.7
_BESIDE_DEGREES, _NEAR_DEGREES = 0.3, 1.5


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes:
        id: number in GeoNames, a short name for what was written by hand, or a state's code.
        kind: city, province, district, crossing, base, airport, site, region, sea, country.
        country: ISO-3 code of the state in which it lies; None for seas and what is disputed.
        latitude: degrees of its middle, north positive; None where unknown.
        longitude: degrees, east positive.
        population: inhabitants as the index has them, 0 for unknown.
        within: province in which it lies, empty for unknown.
    """

    id: str
    name: str
    kind: str
    precision: Precision
    country: str | None
    latitude: float | None
    longitude: float | None
    population: int = 0
    within: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text, tokens `[first, last)`, with every place so called, likeliest first.

    Attributes:
        ranks: how likely each is, in powers of ten of inhabitants.
    """

    first: int
    last: int
    places: tuple[Place, ...]
    ranks: tuple[float, ...]

    def settled(self) -> Place | None:
        """The one place that is meant; None where two are about as likely."""
        best = self.places[0]
        for place, rank in zip(self.places[1:], self.ranks[1:], strict=True):
            if self.ranks[0] - rank < _CLEAR and not _is_same_spot(best, place):
                return None
        return best

    def open(self) -> tuple[Place, ...]:
        """The places that are about as likely as the first."""
        pairs = zip(self.places, self.ranks, strict=True)
        return tuple(place for place, rank in pairs if self.ranks[0] - rank < _CLEAR)

    def only(self, precision: Precision) -> Found | None:
        """The same name with only the places of one precision; None if there are none."""
        pairs = list(zip(self.places, self.ranks, strict=True))
        return self._of([pair for pair in pairs if pair[0].precision == precision])

    def preferring(self, within: Collection[str]) -> Found:
        """The same name with only places in one of the provinces, where there are such."""
        pairs = list(zip(self.places, self.ranks, strict=True))
        return self._of([pair for pair in pairs if pair[0].within in within]) or self

    def _of(self, pairs: Sequence[tuple[Place, float]]) -> Found | None:
        if not pairs:
            return None
        places, ranks = zip(*pairs, strict=True)
        return replace(self, places=places, ranks=ranks)


class Gazetteer:
    """All places by their folded names.

    Args:
        places: lines of the packed table, tab-parted, without its head.
        names: lines `folded name TAB numbers of places`, in order of bytes.
        own: places written by hand, and states, by folded name.
    """

    def __init__(
        self,
        places: Sequence[bytes],
        names: Sequence[bytes],
        own: Mapping[str, tuple[Place, ...]],
    ) -> None:
        self._places, self._names, self._own = places, names, own
        self._never = frozenset(name for name, found in own.items() if not found)

    @classmethod
    def load(cls) -> Gazetteer:
        """Unpack the tables of the package.

        Raises:
            BadInput: a table is missing or broken.
        """
        return cls(_unpack(_PLACES), _unpack(_NAMES), _own())

    def called(self, name: str) -> tuple[Place, ...]:
        """Every place with this name in any spelling of capitals and accents, likeliest first.

        Example:
            >>> gazetteer().called("Mazar-e Sharif")[0].country
            'AFG'
        """
        return tuple(place for place, _ in _ranked(self._all(fold(name)), {}))

    def find(
        self,
        tokens: Sequence[Token],
        text: str,
        first: int,
        last: int,
        hints: Mapping[str, float] | None = None,
    ) -> list[Found]:
        """Names of places among the tokens `[first, last)`, longest first, none inside another.

        Args:
            tokens: those of the document.
            text: the document's text.
            hints: how much a country (ISO-3 code) is spoken of: see `hint`.
        """
        found: list[Found] = []
        at = first
        while at < last:
            one = self._longest(tokens, text, at, last, hints or {})
            if one is not None:
                found.append(one)
            at = at + 1 if one is None else one.last
        return found

    def _longest(
        self, tokens: Sequence[Token], text: str, at: int, last: int, hints: Mapping[str, float]
    ) -> Found | None:
        token = tokens[at]
        if not token.text[0].isupper() and token.pos not in {"PROPN", "NUM"}:
            return None
        start = token.start
        for end in range(min(last, at + _LONGEST), at, -1):
            closing = tokens[end - 1]
            if not closing.text[-1].isalnum() or closing.text == "s":
                continue
            name = fold(text[start : closing.end])
            if len(name) <= _ABBREVIATION and not text[start : closing.end].isupper():
                continue
            if name in self._never:
                return None
            if end == at + 1 and token.pos not in {"PROPN", "NOUN", "X"}:
                continue
            ranked = _ranked(self._all(name), hints)
            if ranked:
                places, ranks = zip(*ranked, strict=True)
                return Found(at, end, places, ranks)
        return None

    def _all(self, name: str) -> list[tuple[Place, bool]]:
        """Places of a folded name, each with whether it is its main name."""
        own = [(place, True) for place in self._own.get(name, ())]
        key = name.encode()
        at = bisect_left(self._names, key + b"\t")
        if at == len(self._names) or not self._names[at].startswith(key + b"\t"):
            return own
        if name in self._never:
            return []
        known = [place for place, _ in own]
        for cell in self._names[at][len(key) + 1 :].split(b","):
            place = self._place(int(cell.rstrip(b"*")))
            # what was written by hand stands for the same place in the index
            if not any(_stands_for(one, place) for one in known):
                own.append((place, not cell.endswith(b"*")))
        return own

    def _place(self, number: int) -> Place:
        cells = self._places[number].decode().split("\t")
        key, name, kind, country, latitude, longitude, people, within = cells
        return Place(
            key,
            name,
            kind,
            cast("Precision", kind),
            country or None,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            int(people or 0),
            within,
        )

    def plain_cities(self, *, people: int) -> Iterable[tuple[str, str]]:
        """State and name of the large cities whose name no other place of any size shares.

        Args:
            people: least number of inhabitants.
        """
        for line in self._places:
            cells = line.decode().split("\t")
            if cells[2] != "city" or int(cells[6] or 0) < people or not cells[3]:
                continue
            name = fold(cells[1])
            if name in self._never or name in self._own:
                continue
            ranked = _ranked(self._all(name), {})
            if not ranked:
                continue
            places, ranks = zip(*ranked, strict=True)
            settled = Found(0, 1, places, ranks).settled()
            if settled is not None and settled.id == cells[0]:
                yield cells[3], cells[1]

    @cached_property
    def countries(self) -> Mapping[str, Place]:
        """States by ISO-3 code."""
        every = (place for places in self._own.values() for place in places)
        return {place.id: place for place in every if place.kind == "country"}

    @cached_property
    def capitals(self) -> Mapping[str, Place]:
        """Seats of government by the ISO-3 code of their state."""
        found: dict[str, Place] = {}
        for row in tables.read("states"):
            for name in tables.forms(row["capital"])[:1]:
                known = [place for place in self.called(name) if place.country == row["code"]]
                found |= {row["code"]: known[0]} if known else {}
        return found


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process, unpacked at first use."""
    return Gazetteer.load()


def hint(hints: dict[str, float], country: str, *, same_sentence: bool) -> None:
    """Note that a country is spoken of, in the same sentence or elsewhere in the document."""
    weight = _SPOKEN_OF + (_SAME_SENTENCE if same_sentence else 0.0)
    hints[country] = max(hints.get(country, 0.0), weight)


def fold(name: str) -> str:
    """A name without accents, marks and capitals; hyphens as spaces.

    Example:
        >>> fold("Mazār-e Sharīf"), fold("Xi'an")
        ('mazar e sharif', 'xian')
    """
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name)
        name = "".join(part for part in apart if not unicodedata.combining(part))
    return " ".join(name.lower().translate(_PLAIN).split())


# -- ranking ------------------------------------------------------------------------------------


def _ranked(
    places: Iterable[tuple[Place, bool]], hints: Mapping[str, float]
) -> list[tuple[Place, float]]:
    known = list(places)
    largest = max((place.population for place, _ in known), default=0)
    ranked = [
        (place, _rank(place, _fair(place, hints, largest), is_main=is_main))
        for place, is_main in known
    ]
    ranked.sort(key=lambda pair: (-pair[1], pair[0].id))
    return ranked


def _fair(place: Place, hints: Mapping[str, float], largest: int) -> Mapping[str, float]:
    """A state that is spoken of gives no small namesake of its own a great city's name.

    "American and Iranian envoys met in Geneva" is not Geneva in Illinois; "in Geneva, Illinois" is.
    """
    country = place.country or ""
    is_small = 0 < place.population < _SMALL and _GREATER * place.population <= largest
    if is_small and place.kind == "city" and hints.get(country, 0.0) <= _SPOKEN_OF + _SAME_SENTENCE:
        return {country: min(hints.get(country, 0.0), _SLIGHT)}
    return hints


def _rank(place: Place, hints: Mapping[str, float], *, is_main: bool) -> float:
    if not place.id.isdigit():
        rank = _OWN_RANK
    else:
        rank = math.log10(place.population + 100) + _RANKS[place.kind]
    if not is_main:
        rank -= _OTHER_NAME_OF_LARGE if place.population >= _LARGE else _OTHER_NAME
    return rank + hints.get(place.country or "", 0.0)


def _stands_for(own: Place, place: Place) -> bool:
    return (own.country, own.precision) == (place.country, place.precision) or (
        own.precision in {"point", place.precision} and _degrees(own, place) < _BESIDE_DEGREES
    )


def _degrees(one: Place, other: Place) -> float:
    """How far apart two places are; far if that is unknown."""
    if one.latitude is None or one.longitude is None:
        return math.inf
    if other.latitude is None or other.longitude is None:
        return math.inf
    return max(abs(one.latitude - other.latitude), abs(one.longitude - other.longitude))


def _is_same_spot(one: Place, other: Place) -> bool:
    """A city and the province round it bear one name: the city is meant, nothing is open."""
    if one.country != other.country:
        return False
    if other.latitude is None:
        return one.precision != other.precision
    reach = _NEAR_DEGREES if one.precision == other.precision else 3 * _NEAR_DEGREES
    return _degrees(one, other) < reach


# -- reading ------------------------------------------------------------------------------------


def _unpack(name: str) -> list[bytes]:
    table = files(tables.PACKAGE).joinpath("data", name)
    where = f"{tables.PACKAGE.replace('.', '/')}/data/{name}"
    try:
        lines = gzip.decompress(table.read_bytes()).split(b"\n")
    except (OSError, EOFError) as error:
        raise BadInput(
            f"table cannot be unpacked: {error}", where=where, advice="Install the package again."
        ) from error
    head = sum(1 for _ in takewhile(lambda line: line.startswith(b"#"), lines))
    return [line for line in lines[head + 1 :] if line]


def _own() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    middle = {row["code"]: row for row in tables.read("gazetteer_states")}
    for row in tables.read("states"):
        at = middle.get(row["code"], {"latitude": "", "longitude": ""})
        state = Place(
            row["code"], row["name"], "country", "country", row["code"],
            float(at["latitude"]) if at["latitude"] else None,
            float(at["longitude"]) if at["longitude"] else None,
        )  # fmt: skip
        for name in (row["name"], *tables.forms(row["other_names"])):
            found[fold(name)] = (*found.get(fold(name), ()), state)
    for row in tables.read("places_own"):
        for name in (row["name"], *tables.forms(row["other_names"])):
            key = fold(name)
            if row["kind"] == "never":
                found[key] = ()
                continue
            place = Place(
                fold(row["name"]).replace(" ", "-"), row["name"], row["kind"],
                cast("Precision", row["precision"]), row["country"] or None,
                float(row["latitude"]), float(row["longitude"]),
            )  # fmt: skip
            found[key] = (*found.get(key, ()), place)
    return found
