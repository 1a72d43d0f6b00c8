"""Errors as pages, or as their records where JSON or CSV was asked for; never a stack trace."""

from __future__ import annotations

from starlette.responses import Response

from inconcert.errors import (
    BadInput,
    CaseBusy,
    InConcertError,
    NoCase,
    NothingCoded,
    TooFewEvents,
    UnknownActor,
)
from inconcert.web.bodies import HTML, JSON, as_json
from inconcert.web.faults import BrokenOff
from inconcert.web.render import render

_STATUS: tuple[tuple[type[InConcertError], int], ...] = (
    (UnknownActor, 404),
    (NothingCoded, 404),
    (NoCase, 404),
    (BadInput, 400),
    (TooFewEvents, 400),
    (CaseBusy, 503),
    (BrokenOff, 503),
)


def status_of(error: InConcertError) -> int:
    """The HTTP status that goes with an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def problem(path: str, error: InConcertError, status: int | None = None) -> Response:
    """An error as a page, or as its record where JSON or CSV was asked for.

    Args:
        path: that was asked for.
        status: where it does not go by the error.
    """
    code = status or status_of(error)
    headers = {"cache-control": "no-store"}
    if code == 503:
        headers["retry-after"] = "5"
    if path.endswith((".json", ".csv")):
        return Response(as_json(error.as_record()), code, headers, JSON)
    page = render("error.html", error=error.as_record(), status=code, title="That did not work")
    return Response(page, code, headers, HTML)
