"""Who acts in made-up event data, under which names, and which codes the events have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from inconcert.ontology import cameo
from inconcert.ontology.tables import read_table

FORMS = 32
"""Ways in which an actor may be named."""

_PLAIN, _PARTS = 0.5, 0.3
"""Share of rows that name the state alone, and a part of its society; the others name persons."""

_MIRRORED = frozenset({"036", "040", "041", "042", "043", "044", "045", "046"})
_FIRST = ("Ar", "Bel", "Cor", "Dom", "Ef", "Gal", "Hes", "Ilm", "Jor", "Kel", "Lun", "Mor")
_SECOND = ("adun", "evik", "imor", "osten", "ubal", "yrel", "antho", "endri", "oluk", "uvath")


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which the datasets name an actor.

    Attributes:
        letters: actor code of GDELT; its first three are the country where there is one.
        country: ISO-3 code, empty for bodies of many countries.
        part: letters of the part of society, or empty.
        gdelt, icews: the names.
        sectors, nation: of ICEWS, in words.
    """

    letters: str
    country: str
    part: str
    gdelt: str
    icews: str
    sectors: str
    nation: str


@dataclass(frozen=True, slots=True)
class Player:
    """An actor: its code in the register, its `FORMS` names, and the state where it sits."""

    code: str
    forms: tuple[Form, ...]
    nation: str
    fips: str
    capital: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class EventKind:
    """A code with its share of all acts.

    Attributes:
        weight: on Goldstein's scale.
        text: name of the event in ICEWS.
        is_mirrored: whether datasets write it in both directions and one event is made of both.
        is_swapped: whether source and target change places in PLOVER.
    """

    code: str
    share: float
    weight: float
    text: str
    is_mirrored: bool
    is_swapped: bool


@cache
def players() -> tuple[Player, ...]:
    """All actors, the most mentioned first."""
    first = {row["code"]: row for row in read_table("inconcert.synth", "data/event_cast.tsv")}
    states = {row["code"]: row for row in read_table("inconcert.resolve", "data/states.tsv")}
    places = _places()
    codes = [*first, *(code for code in sorted(states) if code not in first and code in places)]
    return tuple(
        _player(number, code, first.get(code, {}), states, places)
        for number, code in enumerate(codes)
    )


@cache
def event_kinds() -> tuple[EventKind, ...]:
    """The codes that occur; their shares sum to one."""
    rows = read_table("inconcert.synth", "data/event_kinds.tsv")
    texts: dict[str, str] = {}
    for row in read_table("inconcert.read", "data/icews_events.tsv"):
        texts.setdefault(row["code"], row["text"])
    total = sum(float(row["share"]) for row in rows)
    swapped = {code for code, each in cameo.codes().items() if each.is_swapped}
    return tuple(
        EventKind(
            row["code"],
            float(row["share"]) / total,
            float(row["weight"]),
            texts[row["code"]],
            row["code"] in _MIRRORED,
            row["code"] in swapped,
        )
        for row in rows
    )


def form_shares() -> npt.NDArray[np.float64]:
    """How often each form of an actor is used, shape (`FORMS`,)."""
    parts = len(_parts())
    shares = np.zeros(FORMS)
    shares[0] = _PLAIN
    shares[1 : parts + 1] = _PARTS / parts
    persons = 1 / np.arange(1, FORMS - parts)
    shares[parts + 1 :] = (1 - _PLAIN - _PARTS) * persons / persons.sum()
    return shares


@cache
def _parts() -> tuple[Mapping[str, str], ...]:
    return tuple(read_table("inconcert.synth", "data/event_parts.tsv"))


def _places() -> dict[str, str]:
    rows = read_table("inconcert.read", "data/fips.tsv")
    return {row["iso"]: row["fips"].split("|")[0] for row in rows if row["fips"]}


def _player(
    number: int,
    code: str,
    given: Mapping[str, str],
    states: Mapping[str, Mapping[str, str]],
    places: Mapping[str, str],
) -> Player:
    home = given.get("seat") or code[:3]
    nation = states[home]["name"]
    if given.get("gdelt"):
        own = ("", "") if given["seat"] else (home, nation)
        names = given["gdelt"], given["icews"], given["sectors"]
        forms = (Form(given["cameo"], own[0], "", *names, own[1]),) * FORMS
    else:
        forms = tuple(_forms(number, code, nation))
    spread = (number * 0.6180339887) % 1, (number * 0.7548776662) % 1
    return Player(
        code,
        forms,
        nation,
        places[home],
        states[home]["capital"].split("|")[0],
        round(spread[0] * 110 - 50, 4),
        round(spread[1] * 340 - 170, 4),
    )


def _forms(number: int, code: str, nation: str) -> list[Form]:
    """The state, its parts, and persons of its government whose names nobody has."""
    name = nation.upper()
    forms = [Form(code, code, "", name, nation, "", nation)]
    forms += [
        Form(
            code + part["cameo"],
            code,
            part["cameo"],
            part["gdelt"],
            f"{part['icews']} ({nation})",
            part["sectors"],
            nation,
        )
        for part in _parts()
    ]
    syllables = list(product(_FIRST, _SECOND))
    for person in range(FORMS - len(forms)):
        pair = syllables[(number * 31 + person * 7) % len(syllables)]
        second = syllables[(number * 17 + person * 13 + 5) % len(syllables)]
        whole = f"{''.join(pair)} {''.join(second)}{code[0].lower()}{person}"
        forms.append(
            Form(f"{code}GOV", code, "GOV", whole.upper(), whole, "Executive,Government", nation)
        )
    return forms
