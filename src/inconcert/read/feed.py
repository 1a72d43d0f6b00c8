"""Feeds: RSS, RDF and Atom, saved to a file; every entry is a document.

An entry's longest text is taken, be it the article or its summary: a feed seldom gives more.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import decode_material
from inconcert.read.flow import text_of
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.settings import ReadSettings

_ENTRIES = frozenset({"item", "entry"})
_TEXTS = ("encoded", "content", "description", "summary", "summary_detail")
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_AUTHORS = ("creator", "author", "dc:creator")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARED = re.compile(rb"^[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}>", re.IGNORECASE)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"<[A-Za-z!/]")


def read_feed(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The entries of a feed. Places are `file.xml:N`, and the entry's own id.

    Raises:
        UnreadableDocument: too large, defines entities of its own, or no entry can be read.
    """
    declared = _DECLARED.search(material.head)
    words, notes = decode_material(
        material,
        settings.max_bytes,
        declared=declared[1].decode("ascii") if declared else None,
    )
    yield from notes
    root, fault = _root(words, material.place)
    entries = [element for element in root.iter() if _name(element) in _ENTRIES]
    if not entries:
        raise UnreadableDocument(
            "no entries", where=material.place, advice="The feed is empty; nothing to read in it."
        )
    channel = next((each for each in root.iter() if _name(each) in ("channel", "feed")), root)
    source = _value(channel, ("title",))
    language = _value(channel, ("language",)) or channel.get(_XML_LANG)
    if fault:
        yield LeftOut(
            material.place,
            f"damaged {KEPT}",
            f"The XML is broken ({fault}); {len(entries)} entries could be read.",
        )
    for number, entry in enumerate(entries, start=1):
        yield _entry(entry, f"{material.place}:{number}", source, language)


def _root(words: str, place: str) -> tuple[etree._Element, str | None]:
    """The tree, and what is broken in it."""
    words = _DOCTYPE.sub("", _DECLARATION.sub("", words, count=1), count=1)
    if "<!ENTITY" in words or "<!DOCTYPE" in words:
        raise UnreadableDocument(
            "entities in XML",
            where=place,
            advice="It defines words of its own, which may be made to fill memory; not opened.",
        )
    # `&nbsp;` is no word of XML, and feeds are full of it.
    words = _NAMED.sub(lambda match: html.unescape(match[0]).replace("&", "&amp;"), words)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.parse(io.BytesIO(words.strip().encode("utf-8", "replace")), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument("damaged", where=place, advice=f"Broken XML: {error}.") from error
    if root is None:
        raise UnreadableDocument("damaged", where=place, advice="Broken XML; get it again.")
    faults = [entry for entry in parser.error_log if entry.level >= etree.ErrorLevels.ERROR]
    return root, f"line {faults[0].line}: {faults[0].message}" if faults else None


def _entry(
    entry: etree._Element, place: str, source: str | None, language: str | None
) -> Item | LeftOut:
    record = _value(entry, ("guid", "id")) or None
    if record:
        place = f"{place}#{record}"
    texts = [_words(each, place) for each in _children(entry, _TEXTS)]
    text = max(texts, key=len, default="")
    title = _value(entry, ("title",))
    if not text:
        return LeftOut(place, "no text", f"An entry with a title only: `{(title or '')[:60]}`.")
    return Item(
        text=text,
        place=place,
        title=text_of(title, place=place) if title and _TAG.search(title) else title,
        date=_value(entry, _DATES),
        url=_link(entry),
        source=_value(entry, ("source",)) or source,
        byline=_value(entry, _AUTHORS),
        language=entry.get(_XML_LANG) or _value(entry, ("language",)) or language,
        record=record,
    )


def _children(parent: etree._Element, names: Sequence[str]) -> Iterator[etree._Element]:
    """Children of these names, in the order of the names."""
    for name in names:
        for child in parent:
            if _name(child) == name:
                yield child


def _value(parent: etree._Element, names: Sequence[str]) -> str | None:
    for child in _children(parent, names):
        # Atom: <author><name>…</name></author>, <source><title>…</title></source>
        inner = next(iter(_children(child, ("name", "title"))), child)
        words = " ".join(html.unescape("".join(inner.itertext())).split())
        if words:
            return words
    return None


def _words(element: etree._Element, place: str) -> str:
    """The text of an entry: markup written out, or as elements, or plain."""
    if len(element):
        return text_of(etree.tostring(element, encoding="unicode", with_tail=False), place=place)
    words = (element.text or "").strip()
    if _TAG.search(words) or "&" in words:
        return text_of(words, place=place)
    return words


def _link(entry: etree._Element) -> str | None:
    """The page of the entry; in Atom among several the one that shows it to readers."""
    links = list(_children(entry, ("link",)))
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    written = [str(link.text).strip() for link in links if link.text and link.text.strip()]
    guids = [str(guid.text or "").strip() for guid in _children(entry, ("guid",))]
    guids = [words for words in guids if words.startswith(("http://", "https://"))]
    return next(iter([*written, *guids]), None)


def _name(element: etree._Element) -> str:
    # QName refuses names that the forgiving parser lets through.
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
