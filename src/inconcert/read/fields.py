"""Which key or column of a record holds which field of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from inconcert.core.provenance import LeftOut
from inconcert.read.item import KEPT, Item

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "full_text", "fulltext", "article"),
    "title": ("title", "headline"),
    "date": (
        "date",
        "published",
        "published_at",
        "publishedat",
        "pubdate",
        "pub_date",
        "publication_date",
        "date_published",
        "datepublished",
    ),
    "url": ("url", "link"),
    "source": ("source", "outlet", "publisher", "sitename", "site_name"),
    "country": ("country", "source_country"),
    "speaker": ("speaker", "iso3"),
    "language": ("language", "lang"),
    "licence": ("licence", "license"),
    "category": ("category",),
    "id": ("id",),
}
"""Names commonly met, best first, compared without regard to case."""

_CODE = re.compile(r"[A-Z][A-Z0-9]{2,15}")


def columns_of(names: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field of a document → the key or column that holds it, as far as there is one.

    Args:
        names: keys or columns that there are.
        mapping: what the analyst says; it goes before what the names suggest.
    """
    there = {str(name).strip().lower(): str(name) for name in names}
    found = {}
    for field, usual in NAMES.items():
        asked = (mapping[field].strip().lower(),) if field in mapping else usual
        column = next((there[name] for name in asked if name in there), None)
        if column is not None:
            found[field] = column
    return found


def absent_columns(names: Iterable[str], mapping: Mapping[str, str]) -> list[str]:
    """Columns that the analyst named but that are not there."""
    there = {str(name).strip().lower() for name in names}
    return [column for column in mapping.values() if column.strip().lower() not in there]


def item_from(
    record: Mapping[str, Any], *, settings: Mapping[str, str], place: str, name: str = ""
) -> tuple[Item | None, list[LeftOut]]:
    """Make an item of a record.

    Args:
        record: keys and values, as foreign as they come.
        settings: the column mapping.
        place: where it stands; the record's own id is added to it.
        name: file name from which a date may be read.

    Returns:
        The item, None where the record has no text; and notes on what was not believed.
    """
    columns = columns_of(record, settings)
    values = {field: _words(record[column]) for field, column in columns.items()}
    identifier = values.pop("id", None)
    if identifier:
        place = f"{place}#{' '.join(identifier.split())}"
    text = values.pop("text", None)
    if text is None:
        return None, [LeftOut(place, "no text", _why_no_text(record, columns, settings))]
    values = {field: value.strip() if value else None for field, value in values.items()}
    notes = []
    for field in ("country", "speaker"):
        code = values.get(field)
        if code is not None and not _CODE.fullmatch(code):
            notes.append(
                LeftOut(
                    place,
                    f"{field} not a code {KEPT}",
                    f"`{code[:60]}` is no code such as RUS; the {field} stays unknown.",
                )
            )
            values[field] = None
    return Item(text=text, place=place, record=identifier, name=name, **values), notes


def _words(value: object) -> str | None:
    """A value as words; None where it holds none.

    Lists of paragraphs are joined by newlines; of `{"name": …}` the name is taken.
    """
    if isinstance(value, Mapping):
        return _words(value.get("name"))
    if isinstance(value, list):
        parts = [part for part in value if isinstance(part, str)]
        return "\n".join(parts) if parts and len(parts) == len(value) else None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def _why_no_text(
    record: Mapping[str, Any], columns: Mapping[str, str], mapping: Mapping[str, str]
) -> str:
    if "text" in columns:
        return f"`{columns['text']}` is empty or holds no text."
    there = ", ".join(list(map(str, record))[:12]) or "none"
    if "text" in mapping:
        return f"No `{mapping['text']}`, which was named for the text; there are: {there}."
    return (
        f"No key for the text; there are: {there}. Name it: --column text=NAME, or in case.toml "
        '[read.mapping] text = "NAME".'
    )
