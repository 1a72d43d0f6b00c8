"""The application: addresses to pages, each in three forms, with its guard before it."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from inconcert.errors import BadInput, BadQuestion, InConcertError
from inconcert.web import assets, openapi, routes_review
from inconcert.web.answering import Answering
from inconcert.web.asking import address
from inconcert.web.bodies import CSV, HTML, JSON, Body, Shelf, as_csv, as_json
from inconcert.web.faults import Stopped, fault, place_of
from inconcert.web.frugal import few_arenas, give_back
from inconcert.web.guard import Guard
from inconcert.web.parameters import of_page
from inconcert.web.render import render
from inconcert.web.replies import problem
from inconcert.web.routes import SUFFIXES, Address, addresses
from inconcert.web.views import Moved, Site, View
from inconcert.web.waiting import PATIENCE, UnderWay, is_for_people

WORKERS = 4
"""Pages made at the same time; more would need more memory and be no faster."""
ANSWERING = 2
"""Requests that may wait for an answer to be worked out; all others go on beside them."""
SHELF_BYTES = 12_000_000
LONGEST_ADDRESS = 4_000
PAUSE = 1.0
"""Seconds after which the server works ahead: the first page goes before."""
LONG = 1.0
"""Seconds from which making a page was work that leaves memory behind."""
NAMED = ("/document/", "/row/")
"""Begin the addresses of single things, which may not be there."""
_log = logging.getLogger("inconcert.web")

Endpoint = Callable[[Request], Awaitable[ASGIApp]]


def application(
    case: Path,
    *,
    hosts: Iterable[str],
    token: str | None = None,
    warm: bool = False,
    elsewhere: Answering | None = None,
) -> Guard:
    """The workbench of a case as an ASGI application.

    Args:
        case: folder of the case.
        hosts: names, with port, under which the server may be called.
        token: what a writing request must carry; None for one drawn by lot.
        warm: answer the questions of the case, and make what is drawn with, before anybody asks.
        elsewhere: answers questions in a process of its own; closed with the application. None to
            answer them here.

    Raises:
        NoCase: the folder is no case.
        BadSetting: case.toml makes no sense.
    """
    few_arenas()
    token = token or secrets.token_urlsafe(24)
    site = Site(case, elsewhere)
    shelf = Shelf(SHELF_BYTES)
    answering = CapacityLimiter(ANSWERING)
    routes = [Route(one.path, _page(site, shelf, one, answering)) for one in addresses()]
    routes += routes_review.routes(site, token)
    routes += [
        Route(openapi.PATH, _described),
        Route("/static/{mark}/{name}", _static, include_in_schema=False),
        Route("/favicon.ico", _icon, include_in_schema=False),
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = WORKERS
        if warm:
            await run_in_threadpool(_begin, site, elsewhere)
            for work in (partial(_warm, site), _draw):
                later = threading.Timer(PAUSE, work)
                later.daemon = True
                later.start()
        yield
        if elsewhere is not None:
            elsewhere.close()
        site.index.close()

    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            InConcertError: _known,
            HTTPException: _http,
            Exception: _unknown,
        },
    )
    return Guard(app, hosts, token)


def _page(site: Site, shelf: Shelf, one: Address, answering: CapacityLimiter) -> Endpoint:
    """What answers one address: from the shelf where the case is as it was, else made anew."""
    under_way = UnderWay()

    async def answer(request: Request) -> ASGIApp:
        if len(str(request.url)) > LONGEST_ADDRESS:
            raise BadInput(
                "the address is too long", where="address", advice="Follow a link, or ask anew."
            )
        key = (site.pages.state(), request.url.path, request.url.query)
        found = shelf.get(key)
        if found is not None:
            return found
        if not _is_slow(site, one, request.query_params):
            return await to_thread.run_sync(_made, site, shelf, one, request, key)
        make = partial(to_thread.run_sync, _made, site, shelf, one, request, key, limiter=answering)
        if one.form or not is_for_people(request):
            return await make()
        return await under_way.page(key, make, patience=PATIENCE)

    return answer


def _is_slow(site: Site, one: Address, params: QueryParams) -> bool:
    """Whether the page needs the answer to a question that nobody has asked yet."""
    if not any(each.name == "toward" for each in of_page(one.page)):
        return False
    asked = site.asked(params)
    return asked is not None and site.pages.answered(asked) is None


def _made(
    site: Site, shelf: Shelf, one: Address, request: Request, key: tuple[str, ...]
) -> ASGIApp:
    begun = time.monotonic()
    form, params = one.form, request.query_params
    for each in of_page(one.page):
        each.check(params)
    given = QueryParams([*params.multi_items(), ("form", form)]) if form else params
    view = one.make(site, given, **request.path_params)
    if isinstance(view, Moved):
        if form:
            raise BadQuestion(
                "there is no question in the address, and none in case.toml",
                where="a, toward",
                advice="Name an actor and the other side, as in ?a=RUS&b=CHN&toward=AFG.",
            )
        return RedirectResponse(view.to, 302)
    body = _body(site, view, form, request)
    if view.is_final:
        shelf.put(key, body)
    if time.monotonic() - begun > LONG:
        give_back()
    return body


def _body(site: Site, view: View, form: str, request: Request) -> Body:
    if form == ".json":
        return Body.of(as_json(view.data), JSON)
    name = request.url.path.rsplit("/", 1)[-1].encode("ascii", "replace").decode().replace('"', "")
    if form == ".csv":
        return Body.of(as_csv(view.columns, view.rows), CSV, name=name)
    path, query = request.url.path, request.url.query
    stem = "/index" if path == "/" else path
    page = render(
        view.template,
        **view.given,
        title=view.title,
        data=view.data,
        asked=view.asked or site.first(),
        here=path.strip("/").split("/")[0] or "start",
        case=site.pages.bench.settings.title,
        notice=site.pages.notice(),
        name_of=site.pages.name_of,
        files={
            end[1:].upper(): f"{stem}{end}{'?' if query else ''}{query}" for end in SUFFIXES[1:]
        },
        this=lambda **more: _with(path, request.query_params, more),
    )
    return Body.of(page.encode("utf-8", errors="replace"), HTML)


def _with(path: str, params: QueryParams, more: dict[str, object]) -> str:
    """This address with some of its filters set anew; the page begins at the first again."""
    gone = {key.rstrip("_") for key in more} | {"page"}
    kept = [(key, value) for key, value in params.multi_items() if key not in gone]
    query = str(QueryParams(kept))
    rest = address("", None, **more).removeprefix("?")
    whole = "&".join(part for part in (query, rest) if part)
    return f"{path}?{whole}" if whole else path


async def _described(_: Request) -> ASGIApp:
    return _description()


@cache
def _description() -> Body:
    return Body.of(as_json(openapi.document()), JSON)


async def _static(request: Request) -> ASGIApp:
    name, mark = request.path_params["name"], request.path_params["mark"]
    if name == assets.VEGA:
        found = await run_in_threadpool(assets.vega)
    else:
        try:
            found = assets.own(name)
        except KeyError as error:
            raise HTTPException(404) from error
    if f"/static/{mark}/{name}" != assets.asset(name):
        return RedirectResponse(assets.asset(name), 302)
    return found


async def _icon(_: Request) -> ASGIApp:
    return assets.own("icon.svg")


def _begin(site: Site, elsewhere: Answering | None) -> None:
    """Load what the first page shows; what fails is told when it is asked for."""
    try:
        if elsewhere is not None:
            elsewhere.begin()
        site.pages.case()
        if elsewhere is None:
            site.pages.bench.settle()
    except InConcertError as error:
        _log.warning("%s", error)


def _warm(site: Site) -> None:
    """Make what a reader would wait for next."""
    try:
        for error in site.pages.warm():
            give_back()
            if isinstance(error, Stopped):
                return
            if error is not None:
                _log.warning("%s", error)
    except InConcertError as error:
        _log.warning("%s", error)


def _draw() -> None:
    """Make what charts are drawn with; another process works on it."""
    try:
        assets.vega()
    except InConcertError as error:
        _log.warning("%s", error)


# -- errors


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, InConcertError)
    path = request.url.path
    is_missing = type(error) is BadInput and path.startswith(NAMED)
    return problem(path, error, 404 if is_missing else None)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path, methods = request.url.path, Headers(error.headers).get("allow", "")
    allowed = ", ".join(sorted(methods.split(", ")))
    if not allowed:
        told = BadInput("there is no such page", where=path, advice="Go on from the first page.")
    else:
        told = BadInput(
            f"{request.method} is not for this page", where=path, advice=f"Use {allowed}."
        )
    reply = problem(path, told, error.status_code)
    if allowed:
        reply.headers["allow"] = allowed
    return reply


async def _unknown(request: Request, error: Exception) -> Response:
    """A fault of ours, as `faults` has it."""
    path, kind = request.url.path, type(error).__name__
    _log.error("%s at %r, %s", kind, path, place_of(error))
    return problem(path, fault(f"{path} ({kind})"), 500)
