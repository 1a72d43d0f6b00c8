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
from datetime import date, timedelta
from typing import Any

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.dates import AHEAD
from inconcert.read.encoding import decode_material
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.settings import ReadSettings

LARGE_CHARACTERS = 400_000
"""Larger pages are taken apart in a process of their own, which can be stopped."""

PATIENCE_SECONDS = 60

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
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
    large = len(html) > LARGE_CHARACTERS
    page = _apart(html, settings.today, material.place) if large else extract(html, settings.today)
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


def extract(html: str, today: date | None) -> Page | None:
    """Take a page apart; None where no article is found in it.

    Args:
        html: the page.
        today: last day a page can be from, with two more for the time zones.
    """
    # Half a second to import: only when there is a page.
    from trafilatura import bare_extraction

    latest = (today + AHEAD) if today else date.max - timedelta(days=1)
    found = bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={
            # Stated dates only: a year in a footer is not the day of publication.
            "extensive_search": False,
            "original_date": True,
            "max_date": latest.isoformat(),
        },
    )
    if found is None:
        return None
    values: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    text = values.get("text")
    if not text or not text.strip():
        return None
    return Page(
        text=text,
        title=values.get("title"),
        date=values.get("date"),
        source=values.get("sitename") or values.get("hostname"),
        url=values.get("url"),
    )


def extract_from_standard_input() -> None:
    """What the process of its own does: page in, JSON out."""
    asked = json.loads(sys.stdin.buffer.read())
    today = date.fromisoformat(asked["today"]) if asked["today"] else None
    page = extract(asked["html"], today)
    sys.stdout.buffer.write(json.dumps(asdict(page) if page else None).encode())


def _apart(html: str, today: date | None, place: str) -> Page | None:
    """`extract` in a process of its own.

    Raises:
        UnreadableDocument: it takes too long or dies of the page.
    """
    call = "from inconcert.read.html import extract_from_standard_input as run; run()"
    asked = {"html": html, "today": today.isoformat() if today else None}
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
        raise UnreadableDocument(
            "no text found",
            where=place,
            advice=f"The page could not be taken apart (exit {error.returncode}); "
            "save the text itself.",
        ) from error
    found = json.loads(answer.stdout)
    return Page(**found) if found else None
