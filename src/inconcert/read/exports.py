"""Searches saved from newspaper databases: one file, many articles.

Nexis (the old one, Nexis Uni and Lexis Advance), Factiva and ProQuest write an article as lines of
text, with labels or codes in front of what is about it. Whether they come as plain text, page, RTF,
Word or PDF, here they are lines already; what the labels mean stands in `data/export_labels.tsv`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from inconcert.core.provenance import LeftOut
from inconcert.read.encoding import decode_material
from inconcert.read.factiva import articles_of_factiva, mark_headlines
from inconcert.read.flow import flow, parse
from inconcert.read.html import read_html
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.nexis import articles_of_nexis, articles_of_old_nexis
from inconcert.read.proquest import articles_of_proquest
from inconcert.read.saved import Article, language_code
from inconcert.read.settings import ReadSettings

SPLITTERS: Mapping[str, Callable[[str], Iterator[Article]]] = MappingProxyType(
    {
        "Factiva": articles_of_factiva,
        "ProQuest": articles_of_proquest,
        "Nexis": articles_of_nexis,
        "old Nexis": articles_of_old_nexis,
    }
)

LOOKED_AT = 400_000
"""Characters looked at to tell a saved search; the first article ends long before."""

_RECORD = r"[A-Z][A-Z0-9]{5,9}(?:19|20)\d{6}\w{9}"
_MARKS: Mapping[str, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {
        name: tuple(re.compile(words, re.MULTILINE) for words in patterns)
        for name, patterns in (
            (
                "Factiva",
                [
                    (
                        r"^[^\w\n]{0,9}(?:(?:Document|Dokument|Documento?|Документ|文件|文書)[ \t]+"
                        rf"|AN[ \t]+(?:Document[ \t]+)?){_RECORD}[ \t\r]*$"
                    ),
                ],
            ),
            (
                "ProQuest",
                [
                    r"^ProQuest document ID:|^(?:Document URL|Links): *https?://\S*proquest\.",
                    r"^Full [Tt]ext:|^Publication (?:title|info|date):",
                ],
            ),
            (
                "Nexis",
                [
                    r"^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document)[ \t\r]*$",
                    r"^[ \t]*(?:(?:Load-Date|Length|Länge|Longueur)[ \t]*:|Copyright\b)",
                ],
            ),
            (
                "old Nexis",
                [
                    (
                        r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)"
                        r"[ \t\r]*$"
                    ),
                    r"^[ \t]*(?:LENGTH|LÄNGE|LONGUEUR|LOAD-DATE|BYLINE|SECTION) ?:",
                ],
            ),
        )
    }
)
"""All of a kind must stand in the text."""

_MARKUP = re.compile(
    r"class=[\"']?article [a-z]{2}Article|articleParagraph"
    r"|id=[\"']?article-[A-Z0-9]{6,10}(?:19|20)\d{6}"
    r"|<DOC NUMBER=|\d+ of \d+ DOCUMENTS?<|ProQuest document ID|ProQuestDocuments",
    re.IGNORECASE,
)


def vendor_of(text: str) -> str | None:
    """A key of `SPLITTERS`; None for a text that is no saved search."""
    start = text[:LOOKED_AT]
    for vendor, patterns in _MARKS.items():
        if all(pattern.search(start) for pattern in patterns):
            return vendor
    return None


def is_saved_page(start: str) -> bool:
    """Whether markup at the beginning of a page is that of a newspaper database."""
    return bool(_MARKUP.search(start))


def articles_or_whole(whole: Item, *, lines: str | None = None) -> Iterator[Item | LeftOut]:
    """The articles of an item that is a saved search; any other item as it is.

    Places are `file:N`, the N-th article, and its id in the database where it states one.

    Args:
        whole: the item.
        lines: its text line by line, where the item has its lines joined to paragraphs.
    """
    text = whole.text if lines is None else lines
    vendor = vendor_of(text)
    if vendor is None:
        yield whole
        return
    for number, article in enumerate(SPLITTERS[vendor](text), start=1):
        place = f"{whole.place}:{number}" + (f"#{article.record}" if article.record else "")
        if not article.text:
            title = f" (`{article.title[:60]}`)" if article.title else ""
            yield LeftOut(
                place, "no text", f"Article {number} of this {vendor} file{title} has no full text."
            )
            continue
        if article.is_cut:
            yield LeftOut(
                place,
                f"cut short {KEPT}",
                f"The last article of this {vendor} file lacks its end; save the search again.",
            )
        yield _item(article, replace(whole, place=place))


def read_saved_text(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """A saved search in plain text."""
    text, notes = decode_material(material, settings.max_bytes)
    yield from notes
    yield from articles_or_whole(Item(text=text, place=material.place, name=material.name))


def read_saved_page(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """A saved search in HTML; a page that only looks like one is read as a page.

    Raises:
        UnreadableDocument: the page is too large or cannot be taken apart.
    """
    html, notes = decode_material(material, settings.max_bytes)
    yield from notes
    tree = parse(html, place=material.place)
    mark_headlines(tree)
    text = flow(tree)
    if vendor_of(text) is None:
        again = replace(material, stream=io.BytesIO(html.encode("utf-8", "replace")))
        yield from read_html(again, settings)
        return
    yield from articles_or_whole(Item(text=text, place=material.place, name=material.name))


def _item(article: Article, whole: Item) -> Item:
    return replace(
        whole,
        text=article.text,
        title=article.title,
        date=article.date,
        source=article.source,
        byline=article.byline,
        url=article.url,
        language=language_code(article.language),
        record=article.record,
        name="",
    )
