"""The review in the browser: its pages, and the only addresses that write.

What writes is a POST from a page of ours with its token; the guard sees to that. Each carries when
it was decided and by whom, so that one sent twice is kept once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inconcert.errors import BadInput, BadQuestion
from inconcert.web.asking import LONGEST, number
from inconcert.web.bodies import JSON, as_json
from inconcert.web.views import Moved, Site, View
from inconcert.workbench.reviewing_desk import Wanted

Record = dict[str, Any]
Make = Callable[..., View | Moved]
Write = Callable[[Site, bytes], Record]

LARGEST = 100_000
"""Bytes of a decision."""
LARGEST_FILE = 20_000_000
"""Bytes of reviews that are imported; in memory they take some eight times as many."""
MOST_ROWS = 5_000
MOST_LOGGED = 200
_QUEUE = ("place", "id", "kind", "type", "source", "document", "rule", "confidence", "priority",
          "why", "decided")  # fmt: skip
_LOG = ("id", "at", "by", "kind", "decision", "subjects", "field", "old", "new", "note", "undoes",
        "holds")  # fmt: skip
_AGREEMENT = ("reviewers", "by", "name", "n", "agree", "share", "low", "high", "kappa")


# -- pages


def queue(site: Site, params: QueryParams, **_: str) -> View:
    """A record to decide on, with its sentence, and how far the reviewer has come."""
    is_table = params.get("form") == ".csv"
    wanted = _wanted(params)
    found = site.desk.look(wanted, with_rows=is_table)
    rows = found.pop("rows", [])[:MOST_ROWS]
    given = {"found": found, "who_else": site.desk.reviewing().reviewer, "mark": site.desk.mark}
    return View("review.html", "Review", found, _QUEUE, rows, given, is_final=False)


def log(site: Site, params: QueryParams, **_: str) -> View:
    """All decisions, the last first."""
    rows = site.desk.log()
    page = number(params, "page", least=1)
    pages = max(1, -(-len(rows) // MOST_LOGGED))
    first = (page - 1) * MOST_LOGGED
    is_file = bool(params.get("form")) and "page" not in params
    shown = rows if is_file else rows[first : first + MOST_LOGGED]
    found = {"count": len(rows), "page": page, "pages": pages, "decisions": shown}
    given = {"found": found, "reviewer": params.get("reviewer", ""), "mark": site.desk.mark}
    return View("review_log.html", "Decisions", found, _LOG, shown, given, is_final=False)


def agreement(site: Site, params: QueryParams, **_: str) -> View:
    """How far each two reviewers agree, and how often the coder was right."""
    sample, seed = params.get("sample", "all"), number(params, "seed")
    found = site.desk.agreement(sample=sample, seed=seed)
    rows = [
        {"reviewers": pair["reviewers"], "by": by, "name": name, **one}
        for pair in found["agreement"]
        for by, name, one in (
            ("all", "", pair),
            *(("type", name, one) for name, one in pair["by_type"].items()),
            *(("source", name, one) for name, one in pair["by_source"].items()),
        )
    ]
    given = {"found": found, "sample": sample, "reviewer": params.get("reviewer", "")}
    return View("review_agreement.html", "Agreement and precision", found, _AGREEMENT, rows, given,
                is_final=False)  # fmt: skip


def changed(site: Site, params: QueryParams, **_: str) -> View:
    """What decisions have changed in the answers to the questions of the case."""
    given = {"reviewer": params.get("reviewer", "")}
    title = "What the decisions changed"
    if not params.get("form") and not site.desk.has_answers:  # the page fetches them by itself
        return View("review_changed.html", title, {}, (), [], {**given, "found": None},
                    is_final=False)  # fmt: skip
    found = site.desk.changed()
    rows = [
        {"question": one["question"], "what": name, "before": one["before"].get(name),
         "after": value, "is_changed": name in one["changed"]}
        for one in found["questions"]
        for name, value in one["after"].items()
    ]  # fmt: skip
    columns = ("question", "what", "before", "after", "is_changed")
    return View("review_changed.html", title, found, columns, rows, {**given, "found": found},
                is_final=False)  # fmt: skip


PAGES: tuple[tuple[str, Make], ...] = (
    ("/review", queue),
    ("/review/log", log),
    ("/review/agreement", agreement),
    ("/review/changed", changed),
)
"""Address, and what makes the page: called with the site and the parameters of the address."""


# -- what writes


def decide(site: Site, body: bytes) -> Record:
    """Keep a decision on a record."""
    given = _read(body)
    corrections = given.get("corrections", [])
    seen = given.get("seen", [])
    if not _are_texts(corrections) or not _are_texts(seen):
        raise _bad("corrections and seen are lists of texts")
    return site.desk.decide(
        _text(given, "reviewer"),
        _text(given, "id"),
        _text(given, "decision"),
        corrections,
        kind=_text(given, "kind"),
        at=_moment(given),
        seen=seen,
        note=_text(given, "note", needed=False),
    )


def undo(site: Site, body: bytes) -> Record:
    """Take back a decision: the one with the id, or the last one of the reviewer."""
    given = _read(body)
    id = _text(given, "id", needed=False) or None
    return site.desk.undo(_text(given, "reviewer"), id, at=_moment(given))


def take_in(site: Site, body: bytes) -> Record:
    """Take in reviews that were exported elsewhere, one a line."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            "the reviews cannot be read: they are no UTF-8",
            where="the file",
            advice="Choose a file that was exported here or by `inconcert review export`.",
        ) from error
    return site.desk.take_in(text, "the file")


WRITES: tuple[tuple[str, Write, int], ...] = (
    ("/review/decide.json", decide, LARGEST),
    ("/review/undo.json", undo, LARGEST),
    ("/review/import.json", take_in, LARGEST_FILE),
)
"""Address, what it does with the site and the body of a POST, and how many bytes that may have."""


def routes(site: Site, token: str) -> list[Route]:
    """The addresses that write, and those that only pages of the review need.

    Args:
        token: what a writing request must carry.
    """

    async def token_of(_: Request) -> Response:
        return _reply({"token": token})

    async def exported(_: Request) -> Response:
        text = await run_in_threadpool(site.desk.exported)
        name = {"content-disposition": 'attachment; filename="reviews.jsonl"'}
        headers = {"cache-control": "no-store", **name}
        return Response(text.encode("utf-8"), 200, headers, "application/jsonl")

    return [
        *(Route(path, _writing(site, do, most), methods=["POST"]) for path, do, most in WRITES),
        Route("/review/token.json", token_of),
        Route("/review/reviews.jsonl", exported),
    ]


def _writing(site: Site, do: Write, most: int) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise BadInput(
                    f"what was sent is larger than {most:,} bytes",
                    where=request.url.path,
                    advice="Send it in parts, or use `inconcert review import`.",
                )
        return _reply(await run_in_threadpool(do, site, bytes(body)))

    return answer


# -- parts


def _wanted(params: QueryParams) -> Wanted:
    texts = {name: params.get(name, "") for name in ("reviewer", "kind", "sample", "id")}
    if any(len(text) > LONGEST for text in texts.values()):
        raise BadQuestion(
            "a name in the address is too long",
            where="address",
            advice=f"Names have at most {LONGEST} characters.",
        )
    kept = {name: text for name, text in texts.items() if text}
    return Wanted(**kept, seed=number(params, "seed"))


def _reply(record: Mapping[str, Any]) -> Response:
    return Response(as_json(record), 200, {"cache-control": "no-store"}, JSON)


def _read(body: bytes) -> Record:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _bad("it is no JSON") from error
    if not isinstance(given, dict):
        raise _bad("it is no object")
    return given


def _text(given: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise _bad(f"{name} is missing, or no text")
    if len(value) > LARGEST // 10:
        raise _bad(f"{name} is too long")
    return value


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _moment(given: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(given, "at"))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise _bad("at is no moment, as 2021-09-14T10:00:00.000Z") from error


def _bad(what: str) -> BadInput:
    return BadInput(
        f"this is no decision: {what}", where="body", advice="Reload the page and decide again."
    )
