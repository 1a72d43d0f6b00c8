"""Events in the columns of GDELT 2.0, for programs that read GDELT: 61 columns, tab, no head line.

One row is one pair of one event, as in GDELT: who acts (Actor1) toward whom (Actor2). A meeting
that CAMEO writes from either side (036, 040 to 046) stands twice, once each way, as there; a visit
is 042 of the guest and 043 of the host. What each column holds stands in `data/gdelt_columns.tsv`.

Left out are events without a day, with an auxiliary mode (CAMEO cannot say that something did not
happen), of types that PLOVER lacks, and in which nobody takes part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import combinations, product
from pathlib import Path

from inconcert.core.ids import content_id
from inconcert.ontology import cameo, plover
from inconcert.ontology.tables import read_table
from inconcert.show.country_codes import fips, state_of, two_letters
from inconcert.show.export_acts import Act, Happening, Names, Party, happenings
from inconcert.show.export_cells import harmless
from inconcert.show.export_file import Exported, is_text, replacing, require_suffix

_OTHER_SIDE = {code: code for code in ("036", "040", "041", "044", "045", "046")} | {
    "042": "043",
    "043": "042",
}
"""Codes that CAMEO writes from either side, and the code of the other side's row."""

_CAMEO_LETTERS = {"JRN": "MED", "MED": "HLH"}
"""Sectors of PLOVER that have other letters in CAMEO."""

_GEO_TYPES = {"country": "1", "province": "5", "district": "5", "city": "4", "town": "4",
              "point": "4"}  # fmt: skip
_QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CAMEO = re.compile(r"(?:0[1-9]|1\d|20)\d{0,2}")
"""A code of CAMEO: one of twenty roots, and up to two digits more."""
_MOST_SECTORS = 3


@cache
def columns() -> tuple[str, ...]:
    """Names of the columns in order."""
    return tuple(row["column"] for row in read_table("inconcert.show", "data/gdelt_columns.tsv"))


def write_gdelt(acts: Iterable[Act], path: Path, *, names: Names | None = None) -> Exported:
    """Write events in the columns of GDELT to a .csv, .tsv or .txt file.

    Args:
        names: what the codes are called.

    Returns:
        Events written (one may make several rows), and events left out.

    Raises:
        BadQuestion: the name ends otherwise.
        BadInput, StorageFull: the file cannot be written.
    """
    require_suffix(path, (".csv", ".tsv", ".txt"), "GDELT")
    called, written, left_out = names or Names(), 0, 0
    with replacing(path) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as out:
        for happening in happenings(acts):
            lines = [
                "\t".join(row.get(name, "") for name in columns())
                for row in _rows(happening, called)
            ]
            if not lines or not is_text(lines):
                left_out += 1
                continue
            written += 1
            out.writelines(f"{line}\n" for line in lines)
    return Exported(written, left_out)


def _rows(happening: Happening, names: Names) -> Iterator[Mapping[str, str]]:
    act = happening.act
    found = None if act.auxiliary or act.day is None else _code(act)
    if found is None or act.day is None:
        return
    code, is_swapped = found
    same = _same(happening, act.day)
    for number, (one, other, own_code) in enumerate(_sides(act, code)):
        first, second = (other, one) if is_swapped else (one, other)
        yield {
            **same,
            "GLOBALEVENTID": _number(act, number),
            **_actor("Actor1", first, names, act.is_row),
            **_actor("Actor2", second, names, act.is_row),
            "EventCode": own_code,
            "EventBaseCode": own_code[:3],
            "EventRootCode": own_code[:2],
            "QuadClass": str(next(quad for last, quad in _QUADS if int(own_code[:2]) <= last)),
        }


def _code(act: Act) -> tuple[str, bool] | None:
    """The CAMEO code, and whether its source actor is our recipient; None where it has none."""
    if act.scheme == "cameo" and act.code and _CAMEO.fullmatch(act.code):
        return act.code, act.is_swapped
    if act.kind not in plover.event_types():
        return None
    mode = act.mode if act.mode in plover.modes(act.kind) else None
    contexts = [each for each in act.contexts if each in plover.contexts()]
    code = cameo.from_plover(act.kind, mode, contexts).code
    return code, cameo.codes()[code].is_swapped


def _sides(act: Act, code: str) -> Iterator[tuple[Party | None, Party | None, str]]:
    """Pairs of the event with the code of each row."""
    other_code = _OTHER_SIDE.get(code)
    if act.recipients:
        for one, other in product(act.actors or (None,), act.recipients):
            yield one, other, code
            if not act.is_directed and one is not None and other_code:
                yield other, one, other_code
    elif len(act.actors) == 1:
        yield act.actors[0], None, code
    else:
        for one, other in combinations(act.actors, 2):
            yield one, other, code
            if other_code:
                yield other, one, other_code


def _same(happening: Happening, day: date) -> dict[str, str]:
    """What all rows of an event have in common."""
    act = happening.act
    told = f"{day.year:04}{day.month:02}{day.day:02}"
    added = act.published or day
    fraction = day.year + ((day.month - 1) * 30 + day.day) / 365
    url = next((report.url for report in happening.reports if report.url), None)
    return {
        "SQLDATE": told,
        "MonthYear": told[:6],
        "Year": told[:4],
        "FractionDate": f"{fraction:.4f}",
        "GoldsteinScale": _figure(act.score if act.scheme == "cameo" else None),
        "NumMentions": str(happening.mentions),
        "NumSources": _figure(happening.outlets),
        "NumArticles": _figure(happening.articles),
        "AvgTone": _figure(act.tone),
        **_place(act),
        "DATEADDED": f"{added.year:04}{added.month:02}{added.day:02}000000",
        "SOURCEURL": _clean(url),
    }


def _place(act: Act) -> dict[str, str]:
    place = act.place
    if place is None:
        return {}
    country = place.country or ""
    return {
        "ActionGeo_Type": _GEO_TYPES.get(place.precision, ""),
        "ActionGeo_FullName": _clean(place.name),
        "ActionGeo_CountryCode": fips().get(country, country),
        "ActionGeo_Lat": _figure(place.latitude),
        "ActionGeo_Long": _figure(place.longitude),
    }


def _actor(column: str, who: Party | None, names: Names, is_row: bool) -> dict[str, str]:
    if who is None:
        return {}
    code, state = who.code or "", state_of(who.code)
    own = who.words if is_row else None  # a dataset tells its rows apart by its own words
    types = [_CAMEO_LETTERS.get(each, each) for each in who.sectors[:_MOST_SECTORS]]
    found = {
        f"{column}Code": code + "".join(types) if code in two_letters() else code,
        f"{column}Name": _clean(own or who.name or names.name_of(code)),
        f"{column}CountryCode": state or "",
        f"{column}KnownGroupCode": code[3:],
    }
    return found | {f"{column}Type{place}Code": each for place, each in enumerate(types, start=1)}


def _number(act: Act, number: int) -> str:
    """The number of a row, made of the id of its event."""
    return str(
        int(content_id("gdelt", act.source if act.is_row else "", act.event, number), 16) >> 1
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def _clean(text: str | None) -> str:
    """A text without tabs and line ends, which GDELT cannot quote, and not a formula."""
    return harmless(_CONTROL.sub(" ", text or "").strip())
