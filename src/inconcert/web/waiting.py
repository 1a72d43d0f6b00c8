"""Pages whose answer takes long: the reader is told, and the page comes by itself when it is there.

Only a browser that goes to a page is told so; programs, and scripts of ours, wait for the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from functools import partial
from time import monotonic

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from inconcert.web.bodies import HTML
from inconcert.web.render import render

PATIENCE = 4.0
"""Seconds for which a page is waited for before the reader is told."""
MOST = 50
"""Pages that failed and were not fetched, from which on these are forgotten."""


def is_for_people(request: Request) -> bool:
    """Whether a browser goes to the page, rather than a script or a program that asks for it."""
    return request.headers.get("sec-fetch-mode") == "navigate"


class UnderWay:
    """Pages that are being made."""

    def __init__(self) -> None:
        self._tasks: dict[Hashable, tuple[asyncio.Task[ASGIApp], float]] = {}

    async def page(
        self, key: Hashable, make: Callable[[], Awaitable[ASGIApp]], *, patience: float
    ) -> ASGIApp:
        """The page, or after a while one that says since when it is being made, and loads again.

        Args:
            key: of the page; it is made once however often it is asked for meanwhile.
        """
        if key not in self._tasks:
            self._forget()
            task = asyncio.ensure_future(_made(make))
            self._tasks[key] = task, monotonic()
            task.add_done_callback(partial(self._heard, key))
        task, since = self._tasks[key]
        done, _ = await asyncio.wait({task}, timeout=patience)
        if not done:
            return _working(round(monotonic() - since))
        self._tasks.pop(key, None)
        return task.result()

    def _forget(self) -> None:
        """Let go of errors that nobody has fetched, where there are many."""
        if len(self._tasks) >= MOST:
            self._tasks = {key: one for key, one in self._tasks.items() if not one[0].done()}

    def _heard(self, key: Hashable, task: asyncio.Task[ASGIApp]) -> None:
        """Keep an error for whoever fetches the page, if anybody does; a page is on the shelf."""
        if task.cancelled() or task.exception() is None:
            self._tasks.pop(key, None)


async def _made(make: Callable[[], Awaitable[ASGIApp]]) -> ASGIApp:
    return await make()


def _working(seconds: int) -> Response:
    page = render("working.html", title="Being worked out", seconds=seconds)
    headers = {"cache-control": "no-store", "refresh": "1"}
    return Response(page, 202, headers, HTML)
