"""A document as published, and who published it."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.core.display import displayed
from inconcert.core.ids import content_id
from inconcert.core.span import TimeSpan


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes: a newspaper, a ministry, a parliament's records.

    Attributes:
        name: as the reader of a brief should see it.
        country: ISO-3 code of the publisher's country, where known.
        affiliation: `state`, `party`, `independent`, or `unknown`.
    """

    name: str
    country: str | None = None
    affiliation: str = "unknown"


@displayed
@dataclass(frozen=True, slots=True)
class Document:
    """One item as published, never edited.

    Attributes:
        id: hash of source, its country, title, publication date, language, speaker and text.
        text: the text as it was read; every offset in every record counts characters of it.
        published: day or span of publication; None where neither metadata, page nor file name
            tells. Relative dates in the text then stay relative.
        place: where it was read: path, or path and line.
        url: where it was published, if known.
        language: ISO-639-1 code as detected or stated; None where too short to tell.
        speaker: code of the actor who speaks in the first person (`USA` in a White House
            statement, `TJK` in a Tajik speech); None for ordinary news.
        category: the publisher's own kind of text (`press-briefings`, `speech`), if stated.
    """

    id: str
    source: Source
    title: str | None
    text: str
    published: TimeSpan | None
    place: str
    url: str | None = None
    language: str | None = None
    licence: str | None = None
    speaker: str | None = None
    category: str | None = None

    @classmethod
    def of(cls, text: str, **fields: object) -> Document:
        """Make a document with its content id.

        Args:
            text: the text as read.
            **fields: the other attributes by name; `source` defaults to an unnamed source,
                `title` and `published` to None, `place` to `<memory>`.
        """
        values: dict[str, object] = {
            "source": Source("unnamed source"),
            "title": None,
            "published": None,
            "place": "<memory>",
            **fields,
        }
        source = values["source"]
        name, country = (
            (source.name, source.country) if isinstance(source, Source) else (source, None)
        )
        identity = content_id(
            name,
            country,
            values["title"],
            values["published"],
            values.get("language"),
            values.get("speaker"),
            text,
        )
        return cls(id=identity, text=text, **values)  # type: ignore[arg-type]
