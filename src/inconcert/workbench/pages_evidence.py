"""What stands behind a number of an answer: its events, statements, sentences and rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from inconcert.errors import BadInput, BadQuestion
from inconcert.workbench.pages import Asked, Pages, Record, require
from inconcert.workbench.pages_acts import (
    TEXTS,
    dataset_acts,
    datasets_of,
    pair_acts,
    pair_span,
)
from inconcert.workbench.pages_map import placed_acts
from inconcert.workbench.pages_sorts import sort_of_event, sort_of_key, sorted_acts

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
    "talks": "Rows of the dataset: talks between them, about anything",
    "pair": "Acts of one toward another",
    "placed": "Acts toward the other side at one place",
    "finding": "What a finding rests on",
}
"""Kinds of lists, with their headings."""

_OF_ANSWER = {"joint": "joint_acts", "consultations": "consultations", "bearing": "bearing",
              "named": "named", "sayings": "sayings"}  # fmt: skip
_OF_ACTOR = {"deeds": "deeds", "aside": "set_aside", "statements": "statements"}
_OF_DATASET = ("rows", "pair", "talks", "placed")
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
        domain, nature, stance, instrument: as the tables of domains sort acts; empty for all.
        place: name of the place, for `placed`; empty for all.
        only_asked: of `placed`, only acts of those asked about.
        pair: codes of who acts and who is acted upon.
        key: of a finding of the source.
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
    domain: str = ""
    nature: str = ""
    stance: str = ""
    instrument: str = ""
    place: str = ""
    only_asked: bool = False
    pair: tuple[str, str] = ("", "")
    key: str = ""
    page: int = 1
    most: int = PAGE

    @property
    def sorts(self) -> dict[str, str]:
        """The part of the filters that the tables of domains decide."""
        return {
            "domain": self.domain, "nature": self.nature, "stance": self.stance,
            "instrument": self.instrument,
        }  # fmt: skip


def evidence(pages: Pages, asked: Asked, wanted: Wanted) -> Record:
    """A list behind a number, a page of it.

    Returns:
        `of`, `title`, `question`, `items` (events with their `reports`, statements, sentences, or
        `rows`), `count` of items and of `reports` on all pages, `page`, `pages`.

    Raises:
        BadInput: there is no such list, or no such source of it.
        BadQuestion: so many actors are not asked about.
    """
    require(wanted.of, "list", list(LISTS))
    record = pages.answer(asked)
    _check_actors(record, wanted)
    if wanted.of in _OF_DATASET and wanted.source not in ("", TEXTS):
        return _dataset_page(pages, asked, record, wanted)
    items = [one for one in _items(pages, record, wanted) if _is_wanted(one, wanted)]
    items.sort(key=lambda one: one.get("day") or date.max)
    grouped = _grouped(items)
    begin = (max(1, wanted.page) - 1) * wanted.most
    return {
        **_head(record, wanted),
        "items": grouped[begin : begin + wanted.most],
        "count": len(grouped),
        "reports": sum(len(one.get("reports", (one,))) for one in grouped),
        "pages": max(1, -(-len(grouped) // wanted.most)),
    }


def _check_actors(record: Record, wanted: Wanted) -> None:
    n = len(record["question"]["names"])
    if wanted.actor > n:
        raise BadQuestion(
            f"there is no actor {wanted.actor} in this question",
            where="actor",
            advice=f"{n} {'is' if n == 1 else 'are'} asked about.",
        )
    if wanted.of == "talks" and n < 2:
        raise BadQuestion(
            "talks are between two actors; one is asked about",
            where="of",
            advice="Ask about two.",
        )


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
        "domain": wanted.domain,
        "nature": wanted.nature,
        "stance": wanted.stance,
        "instrument": wanted.instrument,
        "place": wanted.place,
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
    elif of == "finding":
        yield from _of_finding(record, wanted)
    elif of == "pair":
        for one in pair_acts(pages, record, *wanted.pair):
            yield {"kind": "event", **one}
    elif of == "placed":
        for one in placed_acts(pages, record, wanted.place, only_asked=wanted.only_asked):
            yield {"kind": "event", **one}
    else:
        yield from _of_source(record, wanted)


def _of_finding(record: Record, wanted: Wanted) -> Iterable[Record]:
    """Rows, events and statements that a finding of one source names."""
    known = {
        (one["source"], each["key"]): each
        for one in record.get("findings", ())
        for each in one["found"]
    }
    if (wanted.source, wanted.key) not in known:
        raise BadInput(
            f"{wanted.source!r} has no finding {wanted.key!r}", where="key", advice="Follow a link."
        )
    found = known[wanted.source, wanted.key]
    for row in found["rows"]:
        yield {"kind": "row", "source": wanted.source, **row}
    ids = {*found["events"], *found["statements"]}
    for actor in record["actors"]:
        for kind, key in (("event", "deeds"), ("statement", "statements")):
            for one in actor[key]:
                if one["id"] in ids:
                    ids.discard(one["id"])
                    yield {"kind": kind, **one}


def _of_source(record: Record, wanted: Wanted) -> Iterable[Record]:
    """Rows, or events of the texts, that a list of one source names."""
    known = {one["source"]: one for one in record["by_source"]}
    _check_source(wanted.source, known)
    one = known[wanted.source]
    if wanted.of == "joint_rows":
        for row in one["contact_rows"]["joint_rows"]:
            yield {"kind": "row", "source": wanted.source, **row}
        return
    if wanted.of not in ("strongest", "explained"):  # rows are asked of what has none
        return
    by_id = {act["id"]: act for actor in record["actors"] for act in actor["deeds"]}
    for day in one[f"{wanted.of}_days"]:
        for row in day["rows"]:
            yield {"kind": "row", "source": wanted.source, **row}
        for event in day["events"]:
            if event in by_id:
                yield {"kind": "event", **by_id[event]}


def _check_source(source: str, known: Collection[str]) -> None:
    if source not in known:
        raise BadInput(
            f"the answer has no source {source!r}",
            where="in",
            advice=f"One of: {', '.join(known) or 'none'}.",
        )


def _is_wanted(one: Record, wanted: Wanted) -> bool:
    day: Any = one.get("day")
    if (wanted.first or wanted.last) and day is None:
        return False
    return (
        (wanted.first is None or day >= wanted.first)
        and (wanted.last is None or day <= wanted.last)
        and (not wanted.type or one.get("type") == wanted.type)
        and (not wanted.outlet or one.get("source") == wanted.outlet)
        and (not wanted.speaker or speaker_of(one) == wanted.speaker)
        and (not any(wanted.sorts.values()) or _is_sorted_so(one, wanted))
    )


def _is_sorted_so(one: Record, wanted: Wanted) -> bool:
    if one["kind"] not in ("event", "row"):
        return False
    sort = sort_of_event(one) if one["kind"] == "event" else sort_of_key(one.get("sort", ""))
    return (
        sort is not None
        and wanted.domain in ("", sort.domain)
        and wanted.nature in ("", sort.nature)
        and wanted.stance in ("", sort.stance)
        and (not wanted.instrument or wanted.instrument in sort.instruments)
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


def _dataset_page(pages: Pages, asked: Asked, record: Record, wanted: Wanted) -> Record:
    question = record["question"]
    _check_source(wanted.source, [one["source"] for one in datasets_of(record)])
    whole = _days(record, wanted)
    groups, side = question["actors"], question["toward"]
    chosen = groups if not wanted.actor else groups[wanted.actor - 1 : wanted.actor]
    actors = [code for codes in chosen for code in codes]
    if wanted.of == "pair":
        actors, side = [wanted.pair[0]], [wanted.pair[1]]
    elif wanted.of == "talks":
        actors, side = (list(codes) for codes in groups[:2])
    sorts = None
    if any(wanted.sorts.values()):
        acts = sorted_acts(pages, asked, wanted.source)
        sorts = () if acts is None else acts.keys(**wanted.sorts)
    rows, count = dataset_acts(
        pages, wanted.source, actors, side, first=whole[0], last=whole[1], most=wanted.most,
        skip=(max(1, wanted.page) - 1) * wanted.most,
        kind="CONSULT" if wanted.of == "talks" else wanted.type, sorts=sorts, place=wanted.place,
        either=wanted.of == "talks", anybody=wanted.of == "placed" and not wanted.only_asked,
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


def speakers(record: Record, first: date | None = None, last: date | None = None) -> list[Record]:
    """Who makes the statements of an answer: name, place of the actor, number; most first.

    Args:
        first, last: only these days; None for open.
    """
    within = Wanted("statements", first=first, last=last)
    counts: dict[tuple[int, str], int] = {}
    for place, actor in enumerate(record["actors"], start=1):
        for one in actor["statements"]:
            if _is_wanted(one, within):
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

    def add(
        to: list[Record], count: int, words: tuple[str, str], of: str, source: str = ""
    ) -> None:
        if count:
            told = words[0] if count == 1 else words[1]
            to.append({"words": told, "count": count, "of": of, "source": source})

    add(pro, counts["joint_acts"]["events"], _plural("joint act{} toward the other side, in texts"),
        "joint")  # fmt: skip
    add(pro, counts["consultations"]["events"],
        _plural("consultation{} between them, in texts"), "consultations")  # fmt: skip
    add(pro, says.count("together"),
        ("sentence that says they act together", "sentences that say they act together"),
        "sayings")  # fmt: skip
    add(con, says.count("not together"),
        ("sentence that says they do not", "sentences that say they do not"),
        "sayings")  # fmt: skip
    for one in record["by_source"]:
        name, rows = one["source"], one["contact_rows"]
        within = "the texts" if name == TEXTS else name
        add(pro, rows["joint_acts"], _plural(f"joint act{{}} in {within}"), "joint_rows", name)
        add(pro, rows["consultations"], _plural(f"talk{{}} between them in {within}"),
            "talks", name)  # fmt: skip
        add(pro, len(one["strongest_days"]),
            _plural(f"day{{}} of {within} on which both act against expectation"),
            "strongest", name)  # fmt: skip
        add(con, len(one["explained_days"]),
            _plural(f"day{{}} of {within} on which both act as third parties let one expect"),
            "explained", name)  # fmt: skip
    return pro, con


def _plural(words: str) -> tuple[str, str]:
    return words.format(""), words.format("s")
