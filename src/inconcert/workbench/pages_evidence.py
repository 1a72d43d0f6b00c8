"""What stands behind a number of an answer: its events, statements, sentences and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from inconcert.errors import BadInput
from inconcert.workbench.pages import Asked, Pages, Record, require
from inconcert.workbench.pages_acts import TEXTS, dataset_acts, pair_acts, pair_span

LISTS = {
    "deeds": "Acts toward, with or about the other side",
    "aside": "Acts set aside: told as planned, denied, supposed or long past",
    "statements": "Statements that name the other side",
    "joint": "Joint acts toward or with the other side",
    "consultations": "Consultations between them, about anything",
    "bearing": "Further events in sentences that name both sides",
    "named": "Other sentences that name both sides",
    "sayings": "What the texts say of their acting together",
    "strongest": "Days on which both act against expectation",
    "explained": "Days on which both act as third parties let one expect",
    "rows": "Rows of the dataset: acts toward the other side",
    "joint_rows": "Rows of the dataset that name both as acting together",
    "consultation_rows": "Rows of the dataset: talks between them, the latest few",
    "pair": "Acts of one toward another",
}
"""Kinds of lists, with their headings."""

_OF_ANSWER = {"joint": "joint_acts", "consultations": "consultations", "bearing": "bearing",
              "named": "named", "sayings": "sayings"}  # fmt: skip
_OF_ACTOR = {"deeds": "deeds", "aside": "set_aside", "statements": "statements"}
PAGE = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list of an answer is wanted, and what of it.

    Attributes:
        of: one of `LISTS`.
        actor: place of the actor among those asked about, from 1; 0 for all.
        source: a dataset or `texts`, for rows and days; or the code that acts, for `pair`.
        first, last: days; None for open.
        type: PLOVER type; empty for all.
        outlet: name of a source of texts; empty for all.
        pair: codes of who acts and who is acted upon.
        page: from 1.
    """

    of: str
    actor: int = 0
    source: str = ""
    first: date | None = None
    last: date | None = None
    type: str = ""
    outlet: str = ""
    speaker: str = ""
    pair: tuple[str, str] = ("", "")
    page: int = 1
    most: int = PAGE


def evidence(pages: Pages, asked: Asked, wanted: Wanted) -> Record:
    """A list behind a number, a page of it.

    Returns:
        `of`, `title`, `question`, `items` (events with their `reports`, statements, sentences, or
        `rows`), `count` of items and of `reports` on all pages, `page`, `pages`.

    Raises:
        BadInput: there is no such list.
    """
    require(wanted.of, "list", list(LISTS))
    record = pages.answer(asked)
    if wanted.of in ("rows", "pair") and wanted.source not in ("", TEXTS):
        return _dataset_page(pages, record, wanted)
    items = [one for one in _items(pages, record, wanted) if _is_wanted(one, wanted)]
    grouped = _grouped(items)
    begin = (max(1, wanted.page) - 1) * wanted.most
    return {
        **_head(record, wanted),
        "items": grouped[begin : begin + wanted.most],
        "count": len(grouped),
        "reports": len(items),
        "pages": max(1, -(-len(grouped) // wanted.most)),
    }


def _head(record: Record, wanted: Wanted) -> Record:
    return {
        "question": record["question"],
        "of": wanted.of,
        "title": LISTS[wanted.of],
        "actor": wanted.actor,
        "source": wanted.source,
        "from": wanted.first,
        "to": wanted.last,
        "type": wanted.type,
        "page": max(1, wanted.page),
    }


def _items(pages: Pages, record: Record, wanted: Wanted) -> Iterable[Record]:
    """Records of the list, each with what kind it is."""
    of = wanted.of
    if of in _OF_ACTOR:
        kind = "statement" if of == "statements" else "event"
        for place, actor in enumerate(record["actors"], start=1):
            if wanted.actor in (0, place):
                for one in actor[_OF_ACTOR[of]]:
                    yield {"kind": kind, "actor_place": place, **one}
    elif of in _OF_ANSWER:
        kind = "sentence" if of in ("named", "sayings") else "event"
        for one in record[_OF_ANSWER[of]]:
            yield {"kind": kind, **one}
    elif of == "pair":
        for one in pair_acts(pages, record, *wanted.pair):
            yield {"kind": "event", **one}
    else:
        yield from _of_source(record, wanted)


def _of_source(record: Record, wanted: Wanted) -> Iterable[Record]:
    """Rows, or events of the texts, that a list of one source names."""
    known = {one["source"]: one for one in record["by_source"]}
    if wanted.source not in known:
        raise BadInput(
            f"the answer has no source {wanted.source!r}",
            where="in",
            advice=f"One of: {', '.join(known) or 'none'}.",
        )
    one = known[wanted.source]
    if wanted.of in ("joint_rows", "consultation_rows"):
        for row in one["contact_rows"][wanted.of]:
            yield {"kind": "row", "source": wanted.source, **row}
        return
    by_id = {act["id"]: act for actor in record["actors"] for act in actor["deeds"]}
    for day in one[f"{wanted.of}_days"]:
        for row in day["rows"]:
            yield {"kind": "row", "source": wanted.source, **row}
        for event in day["events"]:
            if event in by_id:
                yield {"kind": "event", **by_id[event]}


def _is_wanted(one: Record, wanted: Wanted) -> bool:
    day = one.get("day")
    if (wanted.first or wanted.last) and day is None:
        return False
    return (
        (wanted.first is None or day >= wanted.first)
        and (wanted.last is None or day <= wanted.last)
        and (not wanted.type or one.get("type") == wanted.type)
        and (not wanted.outlet or one.get("source") == wanted.outlet)
        and (not wanted.speaker or speaker_of(one) == wanted.speaker)
    )


def speaker_of(one: Record) -> str:
    """Who makes a statement, in the words that it is listed under.

    Example:
        >>> speaker_of({"speakers": [{"name": None, "code": "X"}], "speaker_text": "the  minister"})
        'the minister'
    """
    named = [who["name"] for who in one.get("speakers", ()) if who["name"]]
    codes = [who["code"] for who in one.get("speakers", ())]
    return str(next(iter(named), "") or " ".join(one.get("speaker_text", "").split()) or
               next(iter(codes), ""))  # fmt: skip


def _grouped(items: Iterable[Record]) -> list[Record]:
    """Events with all that tell of them as one item; everything else by itself."""
    found: dict[str, Record] = {}
    for number, one in enumerate(items):
        if one["kind"] != "event":
            found[f"#{number}"] = one
        elif one["event"] in found:
            reports = found[one["event"]]["reports"]
            if all(each["id"] != one["id"] for each in reports):
                reports.append(one)
        else:
            found[one["event"]] = {**one, "reports": [one]}
    return list(found.values())


def _dataset_page(pages: Pages, record: Record, wanted: Wanted) -> Record:
    question = record["question"]
    whole = _days(record, wanted)
    if wanted.of == "pair":
        actors, side = [wanted.pair[0]], [wanted.pair[1]]
    else:
        groups = question["actors"]
        chosen = groups if not wanted.actor else groups[wanted.actor - 1 : wanted.actor]
        actors, side = [code for codes in chosen for code in codes], question["toward"]
    rows, count = dataset_acts(
        pages, wanted.source, actors, side, first=whole[0], last=whole[1], most=wanted.most,
        skip=(max(1, wanted.page) - 1) * wanted.most,
    )  # fmt: skip
    return {
        **_head(record, wanted),
        "items": [{"kind": "row", **row} for row in rows],
        "count": count,
        "reports": count,
        "pages": max(1, -(-count // wanted.most)),
    }


def _days(record: Record, wanted: Wanted) -> tuple[date, date]:
    span = pair_span(record)
    first = date.min if span is None else span.first
    last = date.max if span is None else span.last
    return max(first, wanted.first or first), min(last, wanted.last or last)


def speakers(record: Record) -> list[Record]:
    """Who makes the statements of an answer: name, place of the actor, number; most first."""
    counts: dict[tuple[int, str], int] = {}
    for place, actor in enumerate(record["actors"], start=1):
        for one in actor["statements"]:
            key = (place, speaker_of(one))
            counts[key] = counts.get(key, 0) + 1
    return [
        {"actor": place, "speaker": name, "statements": n}
        for (place, name), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def for_and_against(record: Record) -> tuple[list[Record], list[Record]]:
    """What speaks for acting together, and what for another explanation, each with its list.

    Returns:
        Two lists of `words`, `count`, and the list it opens (`of`, `source`).
    """
    pro: list[Record] = []
    con: list[Record] = []
    counts, says = record["counts"], [one["says"] for one in record["sayings"]]

    def add(to: list[Record], words: str, count: int, of: str, source: str = "") -> None:
        if count:
            to.append({"words": words, "count": count, "of": of, "source": source})

    add(pro, "joint acts toward the other side, in texts", counts["joint_acts"]["events"], "joint")
    add(pro, "consultations between them, in texts", counts["consultations"]["events"],
        "consultations")  # fmt: skip
    add(pro, "sentences that say they act together", says.count("together"), "sayings")
    add(con, "sentences that say they do not", says.count("not together"), "sayings")
    for one in record["by_source"]:
        name, rows = one["source"], one["contact_rows"]
        add(pro, f"joint acts in {name}", rows["joint_acts"], "joint_rows", name)
        add(pro, f"talks between them in {name}", rows["consultations"], "consultation_rows", name)
        add(pro, f"days of {name} on which both act against expectation",
            len(one["strongest_days"]), "strongest", name)  # fmt: skip
        add(con, f"days of {name} on which both act as third parties let one expect",
            len(one["explained_days"]), "explained", name)  # fmt: skip
    return pro, con


Make = Callable[[], Any]
