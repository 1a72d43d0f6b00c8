"""PDF files with a text layer: their running text, page after page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.exports import articles_or_whole
from inconcert.read.heading import date_in_head, title_in
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.pdf_text import Line, Page, headline_of, running_text
from inconcert.read.settings import ReadSettings

MOST_PAGES = 20_000
LEAST_LETTERS = 10
"""A page with fewer is a picture, a plate or empty."""

MOST_STRANGE = 0.2
"""Share of signs that no alphabet has, above which a font does not say which letters it shows."""

_HYPHEN_AT_LINE_END = 0x02
_SEVERAL = 12


def read_pdf(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The text of the file, or the articles of a search saved as one.

    Raises:
        UnreadableDocument: locked, damaged, too large, without a text layer, or with one that
            does not say its letters.
    """
    data = material.everything(settings.max_bytes)
    pages, stated, notes = _pages(data, material.place, 4 * settings.max_bytes)
    yield from notes
    _require_text(pages, material.place)
    text = running_text(pages)
    empty = [number for number, page in enumerate(pages, start=1) if page.is_picture]
    if empty:
        named = ", ".join(map(str, empty[:_SEVERAL])) + (" …" if len(empty) > _SEVERAL else "")
        yield LeftOut(
            material.place,
            f"pages without text {KEPT}",
            f"{len(empty)} of {len(pages)} pages are pictures: {named}. "
            "Run text recognition (OCR) on the file to have them.",
        )
    yield from articles_or_whole(
        Item(
            text=text,
            place=material.place,
            title=title_in(text, stated) if stated else headline_of(pages) or title_in(text),
            date=date_in_head(text),
            name=material.name,
        ),
        lines=running_text(pages, between="\n"),
    )


def _require_text(pages: list[Page], place: str) -> None:
    letters = sum(page.letters for page in pages)
    if not letters:
        raise UnreadableDocument(
            "no text layer",
            where=place,
            advice=f"{len(pages)} pages of pictures or without words, probably scanned. "
            "Run text recognition (OCR) on the file and read the result.",
        )
    strange = sum(page.strange for page in pages)
    if strange > MOST_STRANGE * (letters + strange):
        raise UnreadableDocument(
            "letters not told",
            where=place,
            advice="Its fonts do not say which letters they show. Run text recognition (OCR) on "
            "the file and read the result.",
        )


def _pages(data: bytes, place: str, most: int) -> tuple[list[Page], str | None, list[LeftOut]]:
    """Lines of every page, the title that the file states, and what could not be read."""
    library, raw = _library(place)
    document = _opened(library, raw, data, place)
    notes: list[LeftOut] = []
    pages: list[Page] = []
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableDocument(
                "too large",
                where=place,
                advice=f"{len(document):,} pages, more than {MOST_PAGES:,}; split the file.",
            )
        size = 0
        for number in range(len(document)):
            try:
                page = _page(document, raw, number)
            except library.PdfiumError as error:
                notes.append(LeftOut(place, f"damaged page {KEPT}", f"Page {number + 1}: {error}."))
                continue
            pages.append(page)
            size += sum(len(line.text) for line in page.lines)
            if size > most:
                raise UnreadableDocument(
                    "too large", where=place, advice=f"More than {most:,} characters; split it."
                )
        stated = document.get_metadata_value("Title").strip() or None
    finally:
        document.close()
    return pages, stated, notes


def _library(place: str) -> tuple[Any, Any]:
    # A compiled library of some megabytes: only when there is a PDF.
    try:
        import pypdfium2
        import pypdfium2.raw
    except ImportError as error:
        raise UnreadableDocument(
            "PDF reader missing",
            where=place,
            advice="Install it: pip install pypdfium2.",
        ) from error
    return pypdfium2, pypdfium2.raw


def _opened(library: Any, raw: Any, data: bytes, place: str) -> Any:
    try:
        return library.PdfDocument(data)
    except library.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise UnreadableDocument(
                "encrypted",
                where=place,
                advice="Locked with a password; open it, and save it without or as text.",
            ) from error
        raise UnreadableDocument(
            "damaged", where=place, advice="The PDF file cannot be opened; get it again."
        ) from error


def _page(document: Any, raw: Any, number: int) -> Page:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            lines, strange = _lines(layer.raw, raw)
        finally:
            layer.close()
        letters = sum(character.isalpha() for line in lines for character in line.text)
        is_picture = letters < LEAST_LETTERS and any(
            True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        )
        return Page(tuple(lines), page.get_height(), letters, strange, is_picture)
    finally:
        page.close()


def _lines(layer: Any, raw: Any) -> tuple[list[Line], int]:
    """Lines as the library tells them apart, with where they stand."""
    lines: list[Line] = []
    strange = 0
    words: list[str] = []
    places: list[int] = []
    half = 0
    for index in range(max(0, raw.FPDFText_CountChars(layer))):
        code = raw.FPDFText_GetUnicode(layer, index)
        if code in (0x0A, 0x0D, _HYPHEN_AT_LINE_END):
            if words:
                lines.append(_line(layer, raw, words, places, code == _HYPHEN_AT_LINE_END))
            words, places = [], []
            continue
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        if half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
        half = 0
        is_strange = code < 0x20 or code == 0xFFFD or 0xD800 <= code < 0xF900 or code > 0x10FFFF
        strange += is_strange
        words.append(" " if is_strange else chr(code))
        places.append(index)
    if words:
        lines.append(_line(layer, raw, words, places, is_hyphenated=False))
    return [line for line in lines if line.text.strip()], strange


def _line(layer: Any, raw: Any, words: list[str], places: list[int], is_hyphenated: bool) -> Line:
    shown = [at for word, at in zip(words, places, strict=True) if not word.isspace()]
    if not shown:
        return Line("", 0.0, 0.0, 0.0, 0.0)
    first, last = _box(layer, raw, shown[0]), _box(layer, raw, shown[-1])
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(layer, shown[0], x, y)
    return Line(
        "".join(words).strip(),
        left=first.left,
        right=last.right,
        base=y.value,
        size=max(first.top - first.bottom, last.top - last.bottom),
        is_hyphenated=is_hyphenated,
    )


def _box(layer: Any, raw: Any, index: int) -> Any:
    """The room that a letter takes, as high as its font whatever the letter."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(layer, index, box)
    return box
