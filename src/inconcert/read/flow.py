"""The running text of a piece of HTML: all of it, block by block, nothing judged.

For pages as they stand on a site, `html` tells the article from its surroundings. Here is what
needs no telling apart: the text of a feed, of a message, of a search saved as a page.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from inconcert.errors import UnreadableDocument

_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "iframe"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset figure "
        "figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary "
        "table tbody tfoot thead tr ul",
    )
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b]+")
_BREAKS = re.compile(r"\n{2,}")


def parse(html: str, *, place: str) -> etree._Element:
    """The tree of a page or of a piece of one.

    Raises:
        UnreadableDocument: there is no markup that could be taken apart.
    """
    # Without the limits of libxml2 a page of nested tags would cost memory without end.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableDocument(
            "no text found",
            where=place,
            advice=f"The page could not be taken apart ({error}); save the text itself.",
        ) from error


def text_of(html: str, *, place: str) -> str:
    r"""Paragraphs with a blank line between them; words without any markup come back as they are.

    Example:
        >>> text_of("<p>The envoys <b>met</b>.</p><p>They left.</p>", place="-")
        'The envoys met.\n\nThey left.'
    """
    try:
        return flow(parse(html, place=place))
    except UnreadableDocument:  # nothing but comments; whoever asked says that there is no text
        return ""


def flow(tree: etree._Element) -> str:
    """The text of a tree: blocks with a blank line between them, cells with a tab."""
    parts: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if name in _SILENT:
                walk.skip_subtree()
                continue
            parts.append("\n" if name == "br" else "\n\n" if name in _BLOCKS else "")
            parts.append(_SPACE.sub(" ", element.text or ""))
            continue
        if name in _BLOCKS:
            parts.append("\n\n")
        elif name in _CELLS:
            parts.append("\t")
        parts.append(_SPACE.sub(" ", element.tail or ""))
    text = re.sub(r" {2,}", " ", "".join(parts))
    lines = (line.strip(" \t") for line in text.split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()
