"""What each page shows: its record for JSON, its rows for CSV, its template for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from starlette.datastructures import QueryParams

from inconcert.errors import BadQuestion
from inconcert.web import charts, charts_network
from inconcert.web.asking import address, asked_of, number
from inconcert.workbench.pages import Asked, Elsewhere, Pages
from inconcert.workbench.pages_acts import TEXTS, chosen_source, dataset_row, timeline
from inconcert.workbench.pages_evidence import (
    LISTS,
    PAGE,
    Wanted,
    evidence,
    for_and_against,
    speakers,
)
from inconcert.workbench.pages_network import Shown, networks
from inconcert.workbench.pages_texts import Index, document, sources
from inconcert.workbench.reviewing_desk import Desk

Record = Mapping[str, Any]
MOST_OPENED = 8
MOST_IN_A_FILE = 5_000
"""Items of a list as JSON or CSV, where no page of it was asked for."""


@dataclass(frozen=True, slots=True)
class View:
    """A page before it is written.

    Attributes:
        data: for JSON.
        columns, rows: for CSV.
        given: further values for the template.
        is_final: whether it stays the same as long as the case does.
    """

    template: str
    title: str
    data: Record
    columns: Sequence[str]
    rows: Sequence[Record]
    given: Mapping[str, Any] = field(default_factory=dict)
    asked: Asked | None = None
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class Moved:
    """Where to go instead."""

    to: str


class Site:
    """The pages of one case.

    Args:
        case: its folder.
        elsewhere: does what needs much memory; None to do it here.

    Raises:
        NoCase: the folder is no case.
    """

    def __init__(self, case: Path, elsewhere: Elsewhere | None = None) -> None:
        self.pages = Pages(case, elsewhere)
        self.index = Index(self.pages)
        self.desk = Desk(self.pages)

    # -- pages --------------------------------------------------------------------------------

    def start(self, _params: QueryParams, **_: str) -> View:
        """What the case holds, its questions, and how to ask."""
        found = self.pages.case()
        rows = [
            {
                "title": one["title"], "actors": one["asked"].actors,
                "toward": one["asked"].toward, "verdict": one["head"] or "",
                "address": address("/ask", one["asked"]),
            }
            for one in found["questions"]
        ]  # fmt: skip
        questions = [
            {**row, "answered": one["answered"]}
            for row, one in zip(rows, found["questions"], strict=True)
        ]
        return View(
            "start.html",
            found["title"],
            {**found, "questions": questions},
            ("title", "actors", "toward", "verdict", "address"),
            rows,
            is_final=all(one["answered"] for one in found["questions"]),
        )

    def ask(self, params: QueryParams, **_: str) -> View | Moved:
        """A question: the verdict, its parts, the tests, evidence for and against."""
        asked = self.asked(params)
        if asked is None:
            return Moved("/")
        record = self.pages.answer(asked)
        pro, con = for_and_against(record)
        rows = [
            {
                "source": one["source"], **{key: test[key] for key in _TEST[1:7]},
                "lift_low": test["lift_interval"][0], "lift_high": test["lift_interval"][1],
                "share": test["share"], "share_low": test["share_interval"][0],
                "share_high": test["share_interval"][1], "rank": test["rank"][0],
                "of": test["rank"][1],
            }
            for one in record["by_source"]
            for test in one["tests"]
        ]  # fmt: skip
        given = {
            "answer": record,
            "pro": pro,
            "con": con,
            "show": params.get("show", "both"),
            "parted": _parted(record),
            **self.chosen_days(asked, params),
        }
        return View("ask.html", "Question", record, _TEST, rows, given, asked)

    def timeline(self, params: QueryParams, **_: str) -> View | Moved:
        """Acts of each actor over time, and those of some days below."""
        asked = self.asked(params)
        if asked is None:
            return Moved("/")
        found = timeline(self.pages, asked)
        acts, chosen, known = self._acts(asked, params)
        data = {**found, "acts": acts}
        given = {
            "found": found, "spec": charts.timeline_spec(found), "acts": acts, "chosen": chosen,
            "known": known, **self.chosen_days(asked, params),
        }  # fmt: skip
        columns = ("source", "actor", "sign", "period", "n")
        return View("timeline.html", "Timeline", data, columns, found["series"], given, asked)

    def acts(self, params: QueryParams, **_: str) -> View | Moved:
        """The acts of some days alone, as the timeline loads them."""
        asked = self.asked(params)
        if asked is None:
            return Moved("/")
        acts, chosen = self._acts(asked, params)[:2]
        rows = _flat(acts["items"])
        given = {"acts": acts, "chosen": chosen, **self.chosen_days(asked, params)}
        return View("acts.html", "Acts", acts, _EVIDENCE, rows, given, asked)

    def network(self, params: QueryParams, **_: str) -> View | Moved:
        """Who is friendly or hostile to whom."""
        asked = self.asked(params)
        if asked is None:
            return Moved("/")
        first, last = self.pages.days(*_days(params)) or (None, None)
        opened = tuple(code for code in params.get("with", "").split(",") if code)
        if len(opened) > MOST_OPENED:
            raise BadQuestion(
                "too many actors are opened at once",
                where="with",
                advice=f"Close some; {MOST_OPENED} fit on a page.",
            )
        shown = Shown(params.get("in", ""), first, last, params.get("type", ""), opened)
        found = networks(self.pages, asked, shown)
        names = {str(node["code"]): str(node["name"]) for node in found["nodes"]}
        rows = [
            {**edge, "actor_name": names[edge["actor"]], "recipient_name": names[edge["recipient"]]}
            for edge in found["edges"]
        ]
        columns = ("actor", "actor_name", "recipient", "recipient_name", "positive", "negative",
                   "unsigned")  # fmt: skip
        given = {
            "found": found, "rows": rows, "spec": charts_network.network_spec(found),
            "opened": opened, "month": _month(found, first, last),
            **self.chosen_days(asked, params),
        }  # fmt: skip
        return View("network.html", "Who to whom", found, columns, rows, given, asked)

    def statements(self, params: QueryParams, **_: str) -> View | Moved:
        """Who said what of the other side, by speaker."""
        asked = self.asked(params)
        if asked is None:
            return Moved("/")
        found = self._evidence(asked, params, of="statements")
        who = speakers(self.pages.answer(asked), found["from"], found["to"])
        given = {"found": found, "who": who, "speaker": params.get("speaker", ""),
                 "actor": found["actor"], **self.chosen_days(asked, params)}  # fmt: skip
        data = {**found, "speakers": who}
        return View(
            "statements.html", "Statements", data, _STATEMENT, _said(found["items"]), given, asked
        )

    def evidence(self, params: QueryParams, **_: str) -> View | Moved:
        """What stands behind a number."""
        asked = self.asked(params)
        if asked is None:
            return Moved("/")
        found = self._evidence(asked, params, of=params.get("of", "deeds"))
        record = self.pages.answer(asked)
        given = {"found": found, "answer": record, "lists": _counted(record),
                 "filters": {key: params.get(key, "") for key in _FILTERS},
                 **self.chosen_days(asked, params)}  # fmt: skip
        return View(
            "evidence.html", "Evidence", found, _EVIDENCE, _flat(found["items"]), given, asked
        )

    def sources(self, _params: QueryParams, **_: str) -> View:
        """What was read."""
        found = sources(self.pages)
        columns = (
            "name",
            "country",
            "affiliation",
            "documents",
            "sentences",
            "copies",
            "from",
            "to",
            "owner",
            "is_state_media",
            "grade",
            "grade_basis",
            "grade_by",
            "grade_on",
        )
        return View("sources.html", "Sources", found, columns, found["texts"], {"found": found})

    def search(self, params: QueryParams, **_: str) -> View:
        """Documents that hold some words."""
        words, source = params.get("q", ""), params.get("in", "")
        found: Record = {"is_ready": True, "count": 0, "hits": [], "pages": 1}
        page = number(params, "page", least=1)
        if words.strip():
            found = self.index.search(words, source=source, page=page)
        columns = ("id", "title", "source", "published", "url")
        given = {"found": found, "q": words, "source": source, "page": page,
                 "names": self.pages.source_names()}  # fmt: skip
        return View(
            "search.html", "Search", found, columns, found["hits"], given,
            is_final=bool(found["is_ready"]),
        )  # fmt: skip

    def document(self, params: QueryParams, id: str = "", **_: str) -> View:
        """A document with what was coded in it."""
        found = document(self.pages, id, at=number(params, "at"), mark=params.get("mark", ""))
        data = {key: value for key, value in found.items() if key != "lines"}
        rows = _flat([{"kind": "event", **one} for one in found["events"]])
        title = found["document"]["title"] or "Document"
        asked = asked_of(params)
        return View(
            "document.html", title, data, _EVIDENCE, rows, {"found": found},
            None if asked.is_empty else asked,
        )  # fmt: skip

    def row(self, params: QueryParams, source: str = "", id: str = "", **_: str) -> View:
        """A row of a dataset, as the event store has it."""
        found = dataset_row(self.pages, source, id)
        asked = asked_of(params)
        return View(
            "row.html", f"{source}, {id}", found, tuple(found), [found],
            {"found": found}, None if asked.is_empty else asked,
        )  # fmt: skip

    # -- parts --------------------------------------------------------------------------------

    def asked(self, params: QueryParams) -> Asked | None:
        """The question of an address; that of the case where the address has none."""
        asked = asked_of(params)
        if not asked.actors and not asked.toward:
            own = self.pages.questions()
            if not own or not asked.is_empty:
                return None
            asked = own[0]
        if not asked.actors or not asked.toward:
            raise BadQuestion(
                "a question needs at least one actor and the other side",
                where="a, toward",
                advice="Fill in both on the first page.",
            )
        return asked

    def first(self) -> Asked | None:
        """The first question of the case, where pages without one lead."""
        own = self.pages.questions()
        return own[0] if own else None

    def chosen_days(self, asked: Asked, params: QueryParams) -> Record:
        """The days that a page is restricted to, as written, and the question about these alone.

        Raises:
            BadQuestion: one is no date, or they stand in the wrong order.
        """
        first, last = _days(params)
        days = self.pages.days(first, last)
        if days is None:
            return {"first": "", "last": "", "narrow": "", "chosen_span": (None, None)}
        open_ends = (date.min, date.max)
        span = tuple(None if day in open_ends else day for day in days)
        narrow = replace(asked, since=first or asked.since, until=last or asked.until)
        found = {"first": first, "last": last, "chosen_span": span}
        return {**found, "narrow": address("/ask", narrow)}

    def _evidence(self, asked: Asked, params: QueryParams, *, of: str) -> Record:
        first, last = self.pages.days(*_days(params)) or (None, None)
        has_page = "page" in params or params.get("form", "") == ""
        wanted = Wanted(
            of=of,
            actor=number(params, "actor", most=8),
            source=params.get("in", ""),
            first=first,
            last=last,
            type=params.get("type", ""),
            outlet=params.get("outlet", ""),
            speaker=params.get("speaker", ""),
            domain=params.get("domain", ""),
            nature=params.get("nature", ""),
            stance=params.get("stance", ""),
            instrument=params.get("instrument", ""),
            place=params.get("place", ""),
            only_asked=bool(params.get("only", "")),
            pair=(params.get("x", ""), params.get("y", "")),
            key=params.get("key", ""),
            page=number(params, "page", least=1),
            most=PAGE if has_page else MOST_IN_A_FILE,
        )
        return evidence(self.pages, asked, wanted)

    def _acts(self, asked: Asked, params: QueryParams) -> tuple[Record, str, list[str]]:
        """Acts of some days from one source, its name, and the sources to choose from."""
        chosen, known = chosen_source(self.pages.answer(asked), params.get("in", ""))
        chosen = chosen or TEXTS
        of = "deeds" if chosen == TEXTS else "rows"
        given = [(key, value) for key, value in params.multi_items() if key != "in"]
        found = self._evidence(asked, QueryParams([*given, ("in", chosen)]), of=of)
        return found, chosen, known


_TEST = ("source", "direction", "observed", "expected", "lift", "p", "p_holm", "lift_low",
         "lift_high", "share", "share_low", "share_high", "rank", "of")  # fmt: skip
_EVIDENCE = ("kind", "day", "type", "actors", "recipients", "about", "code", "text", "source",
             "title", "published", "url", "sentence", "confidence", "document", "id", "event",
             "copies")  # fmt: skip
_STATEMENT = ("day", "speaker", "speaker_codes", "cue", "form", "commitment", "source", "title",
              "published", "url", "sentence", "document", "id")  # fmt: skip
_FILTERS = ("of", "actor", "in", "first", "last", "type", "outlet", "speaker", "domain", "nature",
            "stance", "instrument", "place", "only", "x", "y", "key")  # fmt: skip


def _days(params: QueryParams) -> tuple[str, str]:
    return params.get("first", "").strip(), params.get("last", "").strip()


def _month(found: Record, first: date | None, last: date | None) -> int | None:
    """The place of the month that alone is shown; None where other days are."""
    for place, month in enumerate(found["months"]):
        if (month["first"], month["last"]) == (first, last):
            return place
    return None


def _flat(items: Iterable[Record]) -> list[Record]:
    """Items of a list as rows, one a report."""
    rows: list[Record] = []
    for item in items:
        for one in item.get("reports", (item,)):
            people = {
                key: [who["code"] if isinstance(who, Mapping) else who for who in one.get(key, ())]
                for key in ("actors", "recipients", "about")
            }
            rows.append({**one, **people})
    return rows


def _said(items: Iterable[Record]) -> list[Record]:
    return [
        {
            **one,
            "speaker": next((who["name"] for who in one["speakers"] if who["name"]), None)
            or one["speaker_text"],
            "speaker_codes": [who["code"] for who in one["speakers"]],
        }
        for one in items
    ]


def _parted(record: Record) -> list[Record]:
    """Acts of each actor before the day that parts the answer, and from then on; none without."""
    split = record["question"]["split"]
    if split is None:
        return []
    found: list[Record] = []
    for actor in record["actors"]:
        days = {one["event"]: one["day"] for one in actor["deeds"] if one["day"] is not None}
        before = sum(day < split for day in days.values())
        found.append({"before": before, "after": len(days) - before})
    return found


def _counted(record: Record) -> list[Record]:
    """The lists of an answer that hold anything, with how much."""
    found: list[Record] = []

    def add(of: str, count: int, name: str = "", **more: object) -> None:
        if count:
            found.append({"of": of, "title": LISTS[of], "name": name, "count": count, "more": more})

    for place, actor in enumerate(record["actors"], start=1):
        add("deeds", actor["counts"]["events"], actor["name"], actor=place)
        add("statements", len(actor["statements"]), actor["name"], actor=place)
        add("aside", len({one["event"] for one in actor["set_aside"]}), actor["name"], actor=place)
    for of in ("joint", "consultations"):
        key = "joint_acts" if of == "joint" else of
        add(of, record["counts"][key]["events"])
    add("bearing", len({one["event"] for one in record["bearing"]}))
    add("named", len(record["named"]))
    add("sayings", len(record["sayings"]))
    for one in record["by_source"]:
        name, rows = one["source"], one["contact_rows"]
        if one["kind"] == "dataset" and one["coverage"] is not None:
            add("rows", one["coverage"]["counted"], name, in_=name)
            add("joint_rows", len(rows["joint_rows"]), name, in_=name)
            add("talks", rows["consultations"], name, in_=name)
        add("strongest", len(one["strongest_days"]), name, in_=name)
        add("explained", len(one["explained_days"]), name, in_=name)
    return found
