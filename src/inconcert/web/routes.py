"""Every address of the workbench, and what makes the page behind it.

The server and its description in OpenAPI both read them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inconcert.web.routes_more import ROUTES
from inconcert.web.routes_review import PAGES as REVIEW
from inconcert.web.views import Moved, Site, View

Make = Callable[..., View | Moved]

SUFFIXES = ("", ".json", ".csv")
"""The forms of a page: for people, for programs, for spreadsheets."""

PAGES: tuple[tuple[str, Make], ...] = (
    ("/ask", Site.ask),
    ("/timeline", Site.timeline),
    ("/timeline/acts", Site.acts),
    ("/network", Site.network),
    ("/statements", Site.statements),
    ("/evidence", Site.evidence),
    ("/sources", Site.sources),
    ("/search", Site.search),
    *ROUTES,
    *REVIEW,
)
THINGS: tuple[tuple[str, Make], ...] = (
    ("/document/{id}", Site.document),
    ("/row/{source}/{id}", Site.row),
)
"""Single things, named at the end of the address, which may not be there."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address.

    Attributes:
        page: path of the page, the same in all its forms.
        form: one of `SUFFIXES`.
        make: what makes the page, called with the site and the parameters.
    """

    page: str
    form: str
    make: Make

    @property
    def path(self) -> str:
        """The path, with its form; the first page is called `index` where it has one."""
        stem = "/index" if self.page == "/" and self.form else self.page
        return f"{stem}{self.form}"


def addresses() -> Iterator[Address]:
    """All addresses of pages, in the order in which they are to be tried."""
    for page, make in (("/", Site.start), *PAGES):
        for form in SUFFIXES:
            yield Address(page, form, make)
    for page, make in THINGS:  # the bare path last: it would take an ending for a part of the id
        for form in reversed(SUFFIXES):
            yield Address(page, form, make)
