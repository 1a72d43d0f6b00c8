"""From places to documents: each item made whole, checked, and told apart from what came before."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from inconcert.core.document import Document, Source
from inconcert.core.provenance import LeftOut
from inconcert.core.span import TimeSpan
from inconcert.errors import UnreadableDocument
from inconcert.read.dates import date_in_name, is_plausible, read_date
from inconcert.read.encoding import without_stray_characters
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.kinds import READERS, kind_of
from inconcert.read.language import language_of, stated_language
from inconcert.read.places import failed, files_at, opened, require_places
from inconcert.read.settings import ReadSettings

UNNAMED = "unnamed source"


def read_documents(
    places: Sequence[str | Path],
    *,
    settings: ReadSettings,
    left_out: Callable[[LeftOut], None],
) -> Iterator[Document]:
    """Read everything at some places, one document at a time.

    Args:
        places: files, folders, or `-` for standard input.
        settings: what to take for granted, and the limits.
        left_out: told of everything that gives no document, with place and reason; and, with a
            reason that ends in `(document kept)`, of what was not believed about one that does.

    Returns:
        The documents, in the order of the places, folders by name. Nothing is read before the
        first is asked for, and no more than one file's text is in memory.

    Raises:
        UnreadableDocument: a place does not exist; raised at once.
    """
    require_places(places)
    return _documents(places, settings, left_out)


def _documents(
    places: Sequence[str | Path], settings: ReadSettings, left_out: Callable[[LeftOut], None]
) -> Iterator[Document]:
    seen: set[str] = set()
    for place in places:
        for file in files_at(place, recursive=settings.recursive, left_out=left_out):
            for found in _items(file, settings):
                if isinstance(found, LeftOut):
                    left_out(found)
                    continue
                document, notes = _document(found, settings)
                for note in notes:
                    left_out(note)
                if document is None:
                    continue
                if document.id in seen:
                    left_out(
                        LeftOut(
                            document.place,
                            "duplicate document",
                            "Same source, title, date, speaker and text as "
                            f"{document.id}, read before.",
                        )
                    )
                    continue
                seen.add(document.id)
                yield document


def _items(file: str, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """Items of one file, and of the files in it, told apart."""
    records: dict[bytes, bytes] = {}
    try:
        with opened(file) as material:
            for found in _found_in(material, settings):
                if isinstance(found, LeftOut):
                    yield found
                    continue
                for item in without_stray_characters(found):
                    if isinstance(item, LeftOut):
                        yield item
                    else:
                        yield from _told_apart(item, records)
    except UnreadableDocument as error:
        yield LeftOut(error.where, error.what, error.advice)
    except (OSError, EOFError, zlib.error) as error:
        yield failed(file, error, items=0)


def _found_in(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """What a reader finds; whatever stops the reading of a file ends this file only."""
    count, is_silent = 0, True
    try:
        if not material.head:
            yield LeftOut(material.place, "empty", "Nothing in it (0 bytes).")
            return
        for found in READERS[kind_of(material)](material, settings):
            is_silent = False
            if isinstance(found, Material):
                for inner in _found_in(found, settings):
                    count += isinstance(inner, Item)
                    yield inner
            elif isinstance(found, Item):
                count += 1
                yield found if found.url else replace(found, url=material.url)
            else:
                yield found
        if is_silent:
            yield LeftOut(material.place, "no text", "Nothing in it that could be a document.")
    except UnreadableDocument as error:
        yield LeftOut(error.where, error.what, error.advice)
    except (OSError, EOFError, zlib.error) as error:
        yield failed(material.place, error, items=count)
    except UnicodeDecodeError as error:
        yield LeftOut(
            material.place,
            "wrong encoding",
            f"Not {error.encoding} near the end of what was read ({error.reason}); "
            f"{count} items before it were read. Save it as UTF-8.",
        )


def _told_apart(item: Item, records: dict[bytes, bytes]) -> Iterator[Item | LeftOut]:
    """The item, unless its own id and its text both came before in the same file."""
    if item.record is None:
        yield item
        return
    identifier, text = _digest(item.record), _digest(item.text)
    before = records.get(identifier)
    records.setdefault(identifier, text)
    if before is not None:
        same = before == text
        yield LeftOut(
            item.place,
            "duplicate id" if same else f"duplicate id {KEPT}",
            f"`{item.record[:60]}` stands above with {'the same' if same else 'another'} text.",
        )
        if same:
            return
    yield item


def _document(item: Item, settings: ReadSettings) -> tuple[Document | None, list[LeftOut]]:
    if not any(character.isalnum() for character in item.text):
        return None, [LeftOut(item.place, "empty", "No letter and no figure in its text.")]
    if len(item.text) > settings.max_characters:
        most = f"{settings.max_characters:,}"
        detail = f"One document of {len(item.text):,} characters, more than {most}; "
        detail += "coding it takes too much memory. Split it into chapters or articles."
        return None, [LeftOut(item.place, "too large", detail)]
    published, notes = _published(item, settings)
    language = settings.language or stated_language(item.language) or language_of(item.text)
    document = Document.of(
        item.text,
        source=Source(
            item.source or settings.source or UNNAMED,
            item.country or settings.country,
        ),
        title=item.title,
        published=published,
        place=item.place,
        url=item.url,
        language=language,
        licence=item.licence or settings.licence,
        speaker=item.speaker or settings.speaker,
        category=item.category,
    )
    return document, notes


def _published(item: Item, settings: ReadSettings) -> tuple[TimeSpan | None, list[LeftOut]]:
    """The first believable date: stated for all, by the item, in the name of its file."""
    if settings.published is not None:
        return settings.published, []
    notes = []
    stated = read_date(item.date) if item.date else None
    if item.date and stated is None:
        notes.append(
            LeftOut(
                item.place,
                f"date not understood {KEPT}",
                f"`{item.date[:60]}` was not read as a date; write it as 2021-08-15.",
            )
        )
    for span in (stated, date_in_name(item.name)):
        if span is None:
            continue
        if is_plausible(span, today=settings.today):
            return span, notes
        notes.append(
            LeftOut(
                item.place,
                f"implausible date {KEPT}",
                f"{span} lies before 1900 or in the future; passed over.",
            )
        )
    return None, notes


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8"), digest_size=8).digest()
