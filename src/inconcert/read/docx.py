"""Word and OpenDocument texts: the words as they stand after all changes were accepted.

Tables are read cell by cell. Heads and feet of pages, footnotes, comments and deleted words are
not part of the text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.exports import articles_or_whole
from inconcert.read.heading import date_in_head, title_in
from inconcert.read.item import Item, Material
from inconcert.read.settings import ReadSettings

_WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "tblPr", "sectPr"}
)
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TITLE_STYLES = frozenset({"title", "titel", "titre", "heading1", "berschrift1", "titre1"})

_ODT_SKIPPED = frozenset({"tracked-changes", "annotation", "note", "deletion", "forms"})
_ODT_CHARACTERS = {"tab": "\t", "line-break": "\n", "s": " "}
_ODT_BLOCKS = frozenset({"p", "h"})


def read_docx(
    material: Material, archive: zipfile.ZipFile, settings: ReadSettings
) -> Iterator[Item | LeftOut]:
    """The text of a Word document, or the articles of a search saved as one.

    Raises:
        UnreadableDocument: damaged, too large, or XML with a document type, which Word never
            writes.
    """
    tree = _xml(material, archive, "word/document.xml", settings)
    paragraphs, heading = _paragraphs_of_word(tree)
    yield from _items(material, archive, "docProps/core.xml", paragraphs, heading, settings)


def read_odt(
    material: Material, archive: zipfile.ZipFile, settings: ReadSettings
) -> Iterator[Item | LeftOut]:
    """The text of an OpenDocument text; as `read_docx`."""
    tree = _xml(material, archive, "content.xml", settings)
    paragraphs, heading = _paragraphs_of_odt(tree)
    yield from _items(material, archive, "meta.xml", paragraphs, heading, settings)


def _items(
    material: Material,
    archive: zipfile.ZipFile,
    about: str,
    paragraphs: list[str],
    heading: str | None,
    settings: ReadSettings,
) -> Iterator[Item | LeftOut]:
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip()).strip()
    if not text:
        raise UnreadableDocument(
            "no text found",
            where=material.place,
            advice="The document holds no words, perhaps pictures of pages; save its text.",
        )
    stated = None
    if about in archive.namelist():
        tree = _xml(material, archive, about, settings)
        titles = tree.xpath("//*[local-name()='title']/text()")
        stated = str(titles[0]) if titles else None
    yield from articles_or_whole(
        Item(
            text=text,
            place=material.place,
            title=title_in(text, heading) or title_in(text, stated),
            date=date_in_head(text),
            name=material.name,
        )
    )


def _xml(
    material: Material, archive: zipfile.ZipFile, name: str, settings: ReadSettings
) -> etree._Element:
    """A part of the document, unpacked within bounds."""
    entry = archive.getinfo(name)
    if entry.flag_bits & 0x1:
        raise UnreadableDocument(
            "encrypted", where=material.place, advice="Locked with a password; save it without."
        )
    with archive.open(entry) as file:
        data = file.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise UnreadableDocument(
            "too large",
            where=material.place,
            advice=f"{name} unpacks to more than {settings.max_bytes:,} bytes; split the document.",
        )
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableDocument(
            "entities in XML",
            where=material.place,
            advice="It defines words of its own, as no office program does; not opened.",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.parse(io.BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(
            "damaged", where=material.place, advice=f"{name} is broken: {error}. Get it again."
        ) from error


def _paragraphs_of_word(tree: etree._Element) -> tuple[list[str], str | None]:
    """Paragraphs in order, and the first in a style of titles.

    A paragraph may hold others (a text box); they come after the one that they stand in.
    """
    found: list[str] = []
    open_paragraphs: list[tuple[int, list[str]]] = []
    heading: str | None = None
    style = ""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = etree.QName(element)
        name = tag.localname
        if event == "start":
            if name in _SKIPPED:
                walk.skip_subtree()
            elif name == "p" and tag.namespace in _WORD:
                open_paragraphs.append((len(found), []))
                found.append("")
                style = ""
            elif name == "pStyle":
                style = next(iter(element.attrib.values()), "").lower()
            elif open_paragraphs and tag.namespace in _WORD:
                words = (element.text or "") if name == "t" else _CHARACTERS.get(name, "")
                open_paragraphs[-1][1].append(words)
        elif name == "p" and tag.namespace in _WORD and open_paragraphs:
            at, words_of = open_paragraphs.pop()
            found[at] = "".join(words_of).strip()
            if heading is None and found[at] and style in _TITLE_STYLES:
                heading = found[at]
            style = ""
    return found, heading


def _paragraphs_of_odt(tree: etree._Element) -> tuple[list[str], str | None]:
    found: list[str] = []
    words: list[str] = []
    depth, heading = 0, None
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        is_block = name in _ODT_BLOCKS
        if event == "start":
            if name in _ODT_SKIPPED:
                walk.skip_subtree()
                continue
            depth += is_block
            if depth:
                words.append(_ODT_CHARACTERS.get(name, "") + (element.text or ""))
            continue
        if is_block:
            depth -= 1
            if depth == 0:
                found.append("".join(words).strip())
                if name == "h" and heading is None:
                    heading = found[-1] or None
                words = []
        if depth:
            words.append(element.tail or "")
    return found, heading
