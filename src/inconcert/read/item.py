"""What a reader hands over: an item as found, before anything about it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.settings import ReadSettings

KEPT = "(document kept)"
"""Ends the reason of a note on a document that was read all the same."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item as found at a place; all but the text may be missing or wrong.

    Attributes:
        date: publication date in the words of the item.
        name: file name from which a date may be read; empty for a record among many.
        record: the item's own identifier, if it has one.
        byline: who wrote it, as the publisher names them.
    """

    text: str
    place: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None
    country: str | None = None
    speaker: str | None = None
    language: str | None = None
    licence: str | None = None
    category: str | None = None
    record: str | None = None
    name: str = ""
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """An opened file or standard input, or what was found inside one.

    Attributes:
        place: as shown to the reader.
        name: file name without `.gz`; empty for standard input.
        head: the first bytes, as many as are looked at to tell the kind.
        is_whole: the head is all there is.
        stream: everything, from the first byte, unpacked.
        path: the file itself, where nothing was unpacked; for readers that must move about in it.
        url: where it was published, for an item that does not say so itself.
        depth: archives and messages round it.
    """

    place: str
    name: str
    head: bytes
    is_whole: bool
    stream: BinaryIO
    path: Path | None = None
    url: str | None = None
    depth: int = 0

    def everything(self, most_bytes: int) -> bytes:
        """All bytes.

        Raises:
            UnreadableDocument: there are more than `most_bytes`.
        """
        found = self.stream.read(most_bytes + 1)
        if len(found) > most_bytes:
            raise UnreadableDocument(
                "too large",
                where=self.place,
                advice=f"More than {most_bytes:,} bytes for one document; "
                "split it, or raise max_megabytes in case.toml.",
            )
        return found


Reader = Callable[[Material, ReadSettings], Iterator[Item | LeftOut | Material]]
"""Reads one material lazily; a record it cannot use comes out as `LeftOut`, in its turn, and what
is a file of its own (in an archive, attached to a message) as `Material`.

A reader raises `UnreadableDocument` where nothing more can be had from the material.
"""
