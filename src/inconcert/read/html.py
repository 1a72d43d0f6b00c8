"""Pages: the article without its surroundings, with title, date and publisher as the page says.

The text of the document is the text extracted; offsets count characters of that.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.dates import MONTHS
from inconcert.read.encoding import decode_material
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.settings import ReadSettings

LARGE_CHARACTERS = 400_000
"""Larger pages are taken apart in a process of their own, which can be stopped."""

PATIENCE_SECONDS = 60

LATEST = "9999-12-30"
"""Last day looked for in a page; whether a day is believable is decided where all are."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_PARAGRAPH_END = re.compile(r"\s*\n\s*")
"""Headings and paragraphs are told apart in the page; a blank line keeps them so in its text."""

_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, as far as it could be told from its surroundings."""

    text: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None


def read_html(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The article of one page.

    Raises:
        UnreadableDocument: the page is too large, takes too long, or holds no article.
    """
    declared = _CHARSET.search(material.head)
    html, notes = decode_material(
        material,
        settings.max_html_bytes,
        declared=declared[1].decode("ascii") if declared else None,
    )
    yield from notes
    is_cut = bool(_OPENS.search(html)) and not _CLOSES.search(html)
    take_apart = _in_own_process if len(html) > LARGE_CHARACTERS else _here
    page = take_apart(html, material.place)
    if page is None:
        raise UnreadableDocument(
            "no text found",
            where=material.place,
            advice="The page breaks off before its text; get it again."
            if is_cut
            else "No article in the page: a list of links, or text that a script would fetch. "
            "Save the text itself.",
        )
    if is_cut:
        yield LeftOut(
            material.place,
            f"cut short {KEPT}",
            "The page breaks off before its end; what stands before it was read.",
        )
    yield Item(
        text=page.text,
        place=material.place,
        title=page.title,
        date=page.date,
        url=page.url,
        source=page.source,
        name=material.name,
    )


def extract(html: str) -> Page | None:
    """Take a page apart; None where no article is found in it."""
    # Half a second to import: only when there is a page.
    from trafilatura import bare_extraction

    found = bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "max_date": LATEST,
        },
    )
    if found is None:
        return None
    values: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    text, day = values.get("text"), values.get("date")
    if not text or not text.strip():
        return None
    return Page(
        text=_PARAGRAPH_END.sub("\n\n", text.strip()),
        title=values.get("title"),
        date=day if day and states(html, date.fromisoformat(day)) else None,
        source=values.get("sitename") or values.get("hostname"),
        url=values.get("url"),
    )


def states(html: str, day: date) -> bool:
    """Whether a page writes out this very day, in figures or in words, anywhere.

    Where a page gives a month or a year only, the search for dates answers with the first day
    of it; that is a guess, and not taken.
    """
    y, m, d = f"{day:%Y}", f"0?{day.month}", f"0?{day.day}"
    month = rf"{MONTHS[day.month - 1]}[a-z]*\.?"
    forms = (
        rf"{y}(?:[-/.]{m}[-/.]{d}|{day:%m%d})",
        rf"(?:{d}[-/.]{m}|{m}[-/.]{d})[-/.]{y}",
        rf"{d}(?:st|nd|rd|th)?[\s-]+{month}[\s,-]+{y}",
        rf"{month}[\s-]+{d}(?:st|nd|rd|th)?[\s,-]+{y}",
    )
    return any(re.search(rf"(?<!\d){form}(?!\d)", html, re.IGNORECASE) for form in forms)


def extract_from_standard_input() -> None:
    """What the process of its own does: page in, JSON out."""
    asked = json.loads(sys.stdin.buffer.read())
    page = extract(asked["html"])
    sys.stdout.buffer.write(json.dumps(asdict(page) if page else None).encode())


def _here(html: str, place: str) -> Page | None:
    """`extract` in this process.

    Raises:
        UnreadableDocument: it stumbles over the page.
    """
    try:
        return extract(html)
    # The library promises nothing about broken pages; one of them must not end the run.
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _not_taken_apart(place, f"{type(error).__name__}: {error}") from error


def _in_own_process(html: str, place: str) -> Page | None:
    """`extract` in a process of its own, which can be stopped.

    Raises:
        UnreadableDocument: it takes too long or dies of the page.
    """
    call = "from inconcert.read.html import extract_from_standard_input as run; run()"
    asked = {"html": html}
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        answer = subprocess.run(
            [sys.executable, "-P", "-c", call],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            env=environment,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(
            "takes too long",
            where=place,
            advice=f"Finding the article took over {PATIENCE_SECONDS} s; save the text itself.",
        ) from error
    except subprocess.CalledProcessError as error:
        raise _not_taken_apart(place, f"exit {error.returncode}") from error
    found = json.loads(answer.stdout)
    return Page(**found) if found else None


def _not_taken_apart(place: str, why: str) -> UnreadableDocument:
    return UnreadableDocument(
        "no text found",
        where=place,
        advice=f"The page could not be taken apart ({why}); save the text itself.",
    )
