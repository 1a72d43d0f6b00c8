"""The one form that every dataset's rows take: columns, their types, what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EVENT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "source_row": "varchar",
        "day": "date",
        "day_last": "date",
        "code": "varchar",
        "scheme": "varchar",
        "event_text": "varchar",
        "mode": "varchar",
        "context": "varchar",
        "a_name": "varchar",
        "a_code": "varchar",
        "a_country": "varchar",
        "a_sectors": "varchar",
        "b_name": "varchar",
        "b_code": "varchar",
        "b_country": "varchar",
        "b_sectors": "varchar",
        "more_a": "varchar",
        "more_b": "varchar",
        "score": "double",
        "mentions": "integer",
        "articles": "integer",
        "outlets": "integer",
        "tone": "double",
        "confidence": "double",
        "place": "varchar",
        "place_country": "varchar",
        "latitude": "double",
        "longitude": "double",
        "place_precision": "varchar",
        "url": "varchar",
        "outlet": "varchar",
        "note": "varchar",
        "fatalities": "integer",
        "directed": "boolean",
        "added": "timestamp",
    }
)
"""Columns of a row of events or of mentions of events. NULL where the source has none."""

CONTEXT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "source_row": "varchar",
        "day": "date",
        "added": "timestamp",
        "outlet": "varchar",
        "url": "varchar",
        "title": "varchar",
        "people": "varchar",
        "organisations": "varchar",
        "themes": "varchar",
        "places": "varchar",
        "tone": "double",
    }
)
"""Columns of a row of context: who and what a document names. Lists are parted by `;`."""

KINDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"events": EVENT_COLUMNS, "mentions": EVENT_COLUMNS, "context": CONTEXT_COLUMNS}
)
"""Columns by kind: events; mentions of events by documents; documents with what they name."""

SCHEMES = frozenset({"cameo", "plover", "acled", "ucdp"})
