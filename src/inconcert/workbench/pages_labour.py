"""Who does which part, for pages: portfolios by domain and instrument, tests, roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from inconcert.core.span import TimeSpan
from inconcert.errors import TooFewEvents
from inconcert.measure.portfolio import portfolio, quotients
from inconcert.measure.portfolio_blocks import LEAST_ACTS, Shares
from inconcert.ontology.domains import DOMAINS, tables
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_acts import chosen_source
from inconcert.workbench.pages_sorts import Ints, Sort, Sorted, sorted_acts

GROUPS = {False: "division of labour", True: "division of labour, deeds only"}
_TABLES = ("shares", "roles")
NO_INSTRUMENT = "none named"


def labour(
    pages: Pages, asked: Asked, *, source: str = "", days: TimeSpan | None = None, deeds: bool
) -> Record:
    """How each actor's acts toward the other side spread over domains and instruments.

    Args:
        source: name of a dataset, or `texts`; empty for the first there is.
        days: only these; None for all asked about.
        deeds: leave out what is only said.

    Returns:
        `sources`, `source`; `actors` (name, acts, why no shares are given); `domains` and
        `instruments`, one object an actor and label (acts, share, its interval, the quotient over
        third parties and its interval, None where refused); `findings` of all days asked about;
        `roles`, of all acts.

    Raises:
        BadQuestion: no such source.
    """
    record = pages.answer(asked)
    chosen, known = chosen_source(record, source)
    head = {
        "question": record["question"], "sources": known, "source": chosen, "deeds_only": deeds,
        **ends_of(days),
    }  # fmt: skip
    acts = sorted_acts(pages, asked, chosen) if chosen else None
    span = None if acts is None else common(acts.span, days)
    empty: Record = {"actors": [], "domains": [], "instruments": []}
    shares = empty if acts is None or span is None else _shares(acts, span, deeds=deeds)
    return {**head, **shares, **_found(record, chosen, deeds=deeds)}


def common(whole: TimeSpan, days: TimeSpan | None) -> TimeSpan | None:
    """The days of the one that lie in the other; None where none does."""
    if days is None:
        return whole
    first, last = max(whole.first, days.first), min(whole.last, days.last)
    return TimeSpan(first, last) if first <= last else None


def ends_of(days: TimeSpan | None) -> Record:
    """The days that a page is restricted to, an open end as None."""
    if days is None:
        return {"from": None, "to": None}
    first, last = days.first, days.last
    return {
        "from": None if first == date.min else first, "to": None if last == date.max else last,
    }  # fmt: skip


def _found(record: Record, source: str, *, deeds: bool) -> Record:
    """The findings of a source on who does which part, and its roles as rows."""
    own = [one for one in record.get("findings", ()) if one["source"] == source]
    found = [one for each in own for one in each["found"] if one["group"] == GROUPS[deeds]]
    told = [one for one in found if one["key"].split(".")[1] not in _TABLES]
    parts = [one for one in found if ".roles." in one["key"]]
    names = record["question"]["names"]
    return {
        "tests": own[0]["tests"] if own else 0,
        "findings": told,
        "roles": [
            {
                "who": names["AB".index(one["key"][-1])],
                "key": one["key"],
                "value": one["value"],
                "refused": one["refused"],
                "not_to_mean": one["not_to_mean"],
                "parts": one["facts"].get("roles", []),
            }
            for one in parts
        ],
    }


# -- shares


def _shares(acts: Sorted, span: TimeSpan, *, deeds: bool) -> Record:
    counts = acts.counts(lambda sort: _if(sort, deeds, (sort.domain,)), DOMAINS, span)
    whole = counts.sum(axis=1)
    names = [
        name
        for name in tables().instrument_names()
        if name in tables().tellable(has_text=acts.has_text)
    ]
    uses = acts.counts(lambda sort: _if(sort, deeds, sort.instruments), names, span)
    used = [place for place in range(len(names)) if uses[:-1, place].any()]
    told = [_portfolio(one) for one in counts]
    return {
        "actors": [
            {"name": name, "acts": int(each.sum()), "refused": why}
            for name, each, (_, why) in zip(acts.names, whole, told, strict=True)
        ],
        "domains": _rows(acts.names, DOMAINS, counts, [shares for shares, _ in told]),
        "instruments": [
            row
            for place in used
            for row in _one_against_rest(acts.names, names[place], uses[:, place], whole)
        ],
    }


def _if(sort: Sort, deeds: bool, labels: Iterable[str]) -> Iterable[str]:
    return labels if not deeds or sort.nature == "deed" else ()


def _portfolio(counts: Ints) -> tuple[Shares | None, str]:
    """Shares of one actor, or why there are none."""
    n = int(counts.sum())
    if n < LEAST_ACTS:
        return None, f"{n} of {LEAST_ACTS} acts needed"
    try:
        return portfolio(counts), ""
    except TooFewEvents:
        return None, "all in a handful of weeks"


def _one_against_rest(names: Sequence[str], label: str, uses: Ints, whole: Ints) -> list[Record]:
    """Rows of one instrument: an act uses it or not."""
    pair = np.stack([uses, whole - uses], axis=1)
    told = [_portfolio(one)[0] for one in pair]
    return _rows(names, (label,), pair, told)


def _rows(
    names: Sequence[str], labels: Sequence[str], counts: Ints, shares: Sequence[Shares | None]
) -> list[Record]:
    """One row an actor and label; third parties stand last and have no quotient."""
    others = shares[-1]
    rows: list[Record] = []
    for place, (name, own) in enumerate(zip(names, shares, strict=True)):
        is_third = place == len(names) - 1
        bounds = None if own is None else own.intervals()
        ratio = None if own is None or others is None or is_third else quotients(own, others)
        for at, label in enumerate(labels):
            rows.append(
                {
                    "who": name,
                    "actor": 0 if is_third else place + 1,
                    "label": label,
                    "acts": int(counts[place, at].sum()),
                    "share": None if own is None else _known(own.shares[at]),
                    "low": None if bounds is None else _known(bounds[at, 0]),
                    "high": None if bounds is None else _known(bounds[at, 1]),
                    "quotient": None if ratio is None else _known(ratio.values[at]),
                    "quotient_low": None if ratio is None else _known(ratio.bounds[at, 0]),
                    "quotient_high": None if ratio is None else _known(ratio.bounds[at, 1]),
                }
            )
    return rows


def _known(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
