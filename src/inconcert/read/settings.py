"""What the analyst says about the material: who published it, what the columns mean, how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from inconcert.core.span import TimeSpan
from inconcert.errors import BadSetting

MEGABYTE = 1_000_000

FIELDS = (
    "text",
    "title",
    "date",
    "url",
    "source",
    "country",
    "speaker",
    "language",
    "licence",
    "category",
    "id",
)
"""Fields of a document that a column, a JSON key or a line of front matter may fill."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How to read, and what to take for granted where the material itself does not say.

    Attributes:
        source: name of the publisher where the item names none.
        country: ISO-3 code of the publisher's country where the item names none.
        speaker: code of the actor who speaks in the first person where the item names none.
        licence: licence where the item names none.
        language: ISO-639-1 code that holds for everything read, against item and detection.
        published: day or span that holds for everything read, against item and file name.
        mapping: field of a document → column or JSON key that holds it (`{"text": "body_en"}`).
        max_bytes: most bytes of one text, Markdown or JSON file.
        max_record_bytes: most bytes of one line or record of JSON lines or CSV.
        max_html_bytes: most bytes of one page.
        max_characters: most characters of one document; a longer one takes more memory to parse
            than a process may have.
        recursive: whether folders in a folder are read too.
        today: no item can have been published more than two days later; None: not checked.
    """

    source: str | None = None
    country: str | None = None
    speaker: str | None = None
    licence: str | None = None
    language: str | None = None
    published: TimeSpan | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = 50 * MEGABYTE
    max_record_bytes: int = 5 * MEGABYTE
    max_html_bytes: int = 5 * MEGABYTE
    max_characters: int = 800_000
    recursive: bool = True
    today: date | None = None

    def __post_init__(self) -> None:
        for name in self.mapping:
            if name not in FIELDS:
                near = get_close_matches(name, FIELDS, n=1)
                meant = f"Did you mean `{near[0]}`? " if near else ""
                raise BadSetting(
                    f"a document has no field `{name}`",
                    where="read.mapping",
                    advice=f"{meant}Fields are {', '.join(FIELDS)}.",
                )
        for name in ("max_bytes", "max_record_bytes", "max_html_bytes", "max_characters"):
            if getattr(self, name) < 1:
                raise BadSetting(
                    f"`{name}` must be a number above 0",
                    where=f"read.{name}",
                    advice="Leave the line out to take the default.",
                )
