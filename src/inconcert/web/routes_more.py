"""Further pages of a question: who does which part, words and deeds, the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.datastructures import QueryParams

from inconcert.core.span import TimeSpan
from inconcert.web import charts, charts_map
from inconcert.web.views import Moved, Site, View
from inconcert.workbench.pages import Asked
from inconcert.workbench.pages_deeds import shares_of, words_and_deeds
from inconcert.workbench.pages_labour import labour
from inconcert.workbench.pages_map import places

Record = Mapping[str, Any]
Make = Callable[..., View | Moved]

_SHARES = ("by", "who", "label", "acts", "share", "low", "high", "quotient", "quotient_low",
           "quotient_high")  # fmt: skip
_WORDS = ("who", "domain", "nature", "cooperative", "conflictual", "neutral", "share")
_PLACES = ("name", "country", "latitude", "longitude", "precision", "width", "is_asked", "acts")


def division(site: Site, params: QueryParams, **_: str) -> View | Moved:
    """How the acts of each spread over domains and instruments, and which part each plays."""
    asked = site.asked(params)
    if asked is None:
        return Moved("/")
    deeds = params.get("show", "") == "deeds"
    source, days = params.get("in", ""), _span(site, params)
    found = labour(site.pages, asked, source=source, days=days, deeds=deeds)
    names = found["question"]["names"]
    rows = [
        {"by": by[:-1], **one} for by in ("domains", "instruments") for one in found[by]
    ]  # fmt: skip
    given = {
        **_given(site, asked, params, found),
        "spec": charts.portfolio_spec(found["domains"], names),
        "labels": {by: _by_label(found[by]) for by in ("domains", "instruments")},
    }
    return View("labour.html", "Division of labour", found, _SHARES, rows, given, asked)


def words(site: Site, params: QueryParams, **_: str) -> View | Moved:
    """What each says of the other side against what it does."""
    asked = site.asked(params)
    if asked is None:
        return Moved("/")
    source, days = params.get("in", ""), _span(site, params)
    found = words_and_deeds(site.pages, asked, source=source, days=days)
    rows = shares_of(found["domains"])
    given = {
        **_given(site, asked, params, found),
        "spec": charts.words_spec(found),
        "rows": _side_by_side(rows),
    }
    return View("words.html", "Words and deeds", found, _WORDS, rows, given, asked)


def where(site: Site, params: QueryParams, **_: str) -> View | Moved:
    """Where acts toward the other side took place, as far as it is told."""
    asked = site.asked(params)
    if asked is None:
        return Moved("/")
    found = places(
        site.pages,
        asked,
        source=params.get("in", ""),
        days=_span(site, params),
        only_asked=bool(params.get("only", "")),
    )
    is_world = params.get("view", "") == "world"
    given = {
        **_given(site, asked, params, found),
        "spec": charts_map.map_spec(found, world=is_world),
        "is_world": is_world,
        "rows": _by_place(found["places"]),
    }
    return View("map.html", "Map", found, _PLACES, found["places"], given, asked)


ROUTES: tuple[tuple[str, Make], ...] = (("/labour", division), ("/words", words), ("/map", where))
"""Address, and what makes the page: called with the site and the parameters of the address."""


def _given(site: Site, asked: Asked, params: QueryParams, found: Record) -> Record:
    return {"found": found, **site.chosen_days(asked, params)}


def _span(site: Site, params: QueryParams) -> TimeSpan | None:
    days = site.pages.days(params.get("first", "").strip(), params.get("last", "").strip())
    return None if days is None else TimeSpan(*days)


def _by_label(rows: Sequence[Record]) -> dict[str, list[Record]]:
    """Rows of each domain or instrument beside each other, in the order of the actors."""
    found: dict[str, list[Record]] = {}
    for one in rows:
        found.setdefault(one["label"], []).append(one)
    return found


def _side_by_side(rows: Sequence[Record]) -> list[Record]:
    """Words and deeds of one actor and domain in one row; domains without any act left out."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in rows:
        row = found.setdefault((one["who"], one["domain"]), {"any": 0})
        row |= {"who": one["who"], "actor": one["actor"], "domain": one["domain"]}
        row[one["nature"]] = one
        row["any"] += one["cooperative"] + one["conflictual"] + one["neutral"]
    return [one for one in found.values() if one["any"] or one["domain"] == "all"]


def _by_place(rows: Sequence[Record]) -> list[Record]:
    """Places with acts of those asked about and of others in one row, the most acts first."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for one in rows:
        key = (one["name"], one["country"], one["precision"])
        row = found.setdefault(key, {**one, "asked": 0, "others": 0})
        row["asked" if one["is_asked"] else "others"] += one["acts"]
    return sorted(found.values(), key=lambda one: (-one["asked"] - one["others"], one["name"]))
