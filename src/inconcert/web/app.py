"""The application: addresses to pages, each in three forms, with its guard before it."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from anyio import to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from inconcert.errors import BadInput, InConcertError
from inconcert.web import assets
from inconcert.web.asking import address
from inconcert.web.bodies import CSV, HTML, JSON, Body, Shelf, as_csv, as_json
from inconcert.web.frugal import few_arenas, give_back
from inconcert.web.guard import Guard
from inconcert.web.render import render
from inconcert.web.replies import problem
from inconcert.web.views import Moved, Site, View

WORKERS = 4
"""Pages made at the same time; more would need more memory and be no faster."""
SHELF_BYTES = 12_000_000
LONGEST_ADDRESS = 4_000
PAUSE = 1.0
"""Seconds after which the server works ahead: the first page goes before."""
LONG = 1.0
"""Seconds from which making a page was work that leaves memory behind."""
NAMED = ("/document/", "/row/")
"""Begin the addresses of single things, which may not be there."""
SUFFIXES = ("", ".json", ".csv")
_log = logging.getLogger("inconcert.web")

Make = Callable[..., View | Moved]
Endpoint = Callable[[Request], Awaitable[ASGIApp]]


def application(
    case: Path, *, hosts: Iterable[str], token: str | None = None, warm: bool = False
) -> Guard:
    """The workbench of a case as an ASGI application.

    Args:
        case: folder of the case.
        hosts: names, with port, under which the server may be called.
        token: what a writing request must carry; None for one drawn by lot.
        warm: answer the questions of the case, and make what is drawn with, before anybody asks.

    Raises:
        NoCase: the folder is no case.
        BadSetting: case.toml makes no sense.
    """
    few_arenas()
    site, shelf = Site(case), Shelf(SHELF_BYTES)
    pages: list[tuple[str, Make]] = [
        ("/ask", site.ask),
        ("/timeline", site.timeline),
        ("/timeline/acts", site.acts),
        ("/network", site.network),
        ("/statements", site.statements),
        ("/evidence", site.evidence),
        ("/sources", site.sources),
        ("/search", site.search),
    ]
    routes = [Route("/", _page(site, shelf, site.start))]
    routes += [Route(f"/index{end}", _page(site, shelf, site.start)) for end in SUFFIXES[1:]]
    for path, make in pages:
        routes += [Route(f"{path}{end}", _page(site, shelf, make)) for end in SUFFIXES]
    for path, make in (("/document/{id}", site.document), ("/row/{source}/{id}", site.row)):
        routes += [Route(f"{path}{end}", _page(site, shelf, make)) for end in reversed(SUFFIXES)]
    routes += [Route("/static/{mark}/{name}", _static), Route("/favicon.ico", _icon)]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = WORKERS
        if warm:
            await run_in_threadpool(_begin, site)
            for work in (partial(_warm, site), _draw):
                later = threading.Timer(PAUSE, work)
                later.daemon = True
                later.start()
        yield
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
    return Guard(app, hosts, token or secrets.token_urlsafe(24))


def _page(site: Site, shelf: Shelf, make: Make) -> Endpoint:
    """What answers one address: from the shelf where the case is as it was, else made anew."""

    async def answer(request: Request) -> ASGIApp:
        if len(str(request.url)) > LONGEST_ADDRESS:
            raise BadInput(
                "the address is too long", where="address", advice="Follow a link, or ask anew."
            )
        key = (site.pages.state(), request.url.path, request.url.query)
        found = shelf.get(key)
        if found is not None:
            return found
        return await run_in_threadpool(_made, site, shelf, make, request, key)

    return answer


def _made(site: Site, shelf: Shelf, make: Make, request: Request, key: tuple[str, ...]) -> ASGIApp:
    begun = time.monotonic()
    path, params = request.url.path, request.query_params
    form = next((end for end in SUFFIXES[1:] if path.endswith(end)), "")
    given = QueryParams([*params.multi_items(), ("form", form)]) if form else params
    view = make(given, **request.path_params)
    if isinstance(view, Moved):
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


def _begin(site: Site) -> None:
    """Load what the first page shows; what fails is told when it is asked for."""
    try:
        site.pages.case()
        _ = site.pages.bench.register
    except InConcertError as error:
        _log.warning("%s", error)


def _warm(site: Site) -> None:
    """Make what a reader would wait for next."""
    try:
        for error in site.pages.warm():
            give_back()
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
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:
        told = BadInput("this page can only be read", where=request.url.path, advice="Use GET.")
    else:
        told = BadInput(
            "there is no such page", where=request.url.path, advice="Go on from the first page."
        )
    return problem(request.url.path, told, status)


async def _unknown(request: Request, error: Exception) -> Response:
    """A fault of ours: told in a sentence, its kind written to the log."""
    _log.error("%s at %s: %s", type(error).__name__, request.url.path, error)
    told = InConcertError(
        "a fault of InConcert, not of yours",
        where=f"{request.url.path} ({type(error).__name__})",
        advice="Reload the page. If it happens again, report it with this address.",
    )
    return problem(request.url.path, told, 500)
