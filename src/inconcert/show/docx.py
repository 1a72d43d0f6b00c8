"""What is signed of a brief as a Word document; needs python-docx (extra `report`).

Links, bookmarks and repeated heads python-docx has no words for: they are set in its XML.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from inconcert.show.brief_blocks import (
    Block,
    Code,
    Figure,
    Heading,
    Items,
    Line,
    Paragraph,
    Piece,
    Table,
)
from inconcert.show.brief_extra import library as extra
from inconcert.show.brief_paper import Paper
from inconcert.show.figures import png
from inconcert.show.marks import visible
from inconcert.show.words import safe_url


def docx(paper: Paper, *, made: datetime) -> bytes:
    """A brief as a .docx file: headings, tables, links; endnotes are numbered paragraphs.

    Args:
        paper: what is signed.
        made: when the brief was made; written into the properties of the file.

    Raises:
        BadSetting: python-docx is not installed.
    """
    library = extra("docx", name="python-docx", what="a Word document", form="docx")
    writer = _Writer(library, {block.key for block in paper.whole if isinstance(block, Heading)})
    writer.head(paper, made)
    for block in paper.whole:
        writer.block(block)
    out = io.BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    """Writes blocks into a document."""

    def __init__(self, library: Any, keys: set[str]) -> None:
        self.document = library.Document()
        self._oxml = import_module("docx.oxml.shared")
        self._ns = import_module("docx.oxml.ns")
        self._kinds = import_module("docx.opc.constants").RELATIONSHIP_TYPE
        self._shared = import_module("docx.shared")
        self._keys, self._marks = keys, 0
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Calibri", self._shared.Pt(10.5)

    def head(self, paper: Paper, made: datetime) -> None:
        """Properties, title, what was read, when it was made."""
        core = self.document.core_properties
        core.title, core.author, core.language = _plain(paper.title), "", "en"
        core.created = core.modified = made.astimezone(UTC).replace(tzinfo=None)  # kept as UTC
        self.document.add_heading(_plain(paper.title), 0)
        for text in (paper.material, paper.made):
            if text:
                self.document.add_paragraph(_plain(text))

    def block(self, block: Block) -> None:
        """One block."""
        if isinstance(block, Heading):
            shown = self.document.add_heading(_plain(block.text), block.level - 1)
            if block.key:
                self._bookmark(shown, block.key)
        elif isinstance(block, Paragraph):
            style = "Intense Quote" if block.kind == "lead" else None
            self._line(self.document.add_paragraph(style=style), block.line)
        elif isinstance(block, Items):
            self._items(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)
        elif isinstance(block, Code):
            for line in block.text.splitlines():
                run = self.document.add_paragraph().add_run(_plain(line))
                run.font.name, run.font.size = "Consolas", self._shared.Pt(9)

    def _items(self, block: Items) -> None:
        """Numbers are written out: Word would go on counting from one list to the next."""
        for place, row in enumerate(block.rows):
            style = None if block.numbered else "List Bullet"
            shown = self.document.add_paragraph(style=style)
            if block.numbered:
                shown.add_run(f"{place + 1}. ")
                self._hang(shown)
            if place < len(block.keys):
                self._bookmark(shown, block.keys[place])
            self._line(shown, row[0])
            for more in row[1:]:
                below = self.document.add_paragraph()
                below.paragraph_format.left_indent = self._shared.Cm(0.7)
                self._line(below, more)

    def _hang(self, shown: Any) -> None:
        shown.paragraph_format.left_indent = self._shared.Cm(0.7)
        shown.paragraph_format.first_line_indent = self._shared.Cm(-0.7)

    def _table(self, block: Table) -> None:
        table = self.document.add_table(rows=1, cols=len(block.heads), style="Light Grid Accent 1")
        for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
            cell.text = _plain(head)
        self._repeat(table.rows[0])
        for cells in block.rows:
            for cell, line in zip(table.add_row().cells, cells, strict=True):
                self._line(cell.paragraphs[0], line)
        self.document.add_paragraph()

    def _figure(self, block: Figure) -> None:
        shown = self.document.add_picture(io.BytesIO(png(block)), width=self._shared.Cm(15.5))
        shown._inline.docPr.set("descr", _plain(block.told))  # noqa: SLF001
        self._line(self.document.add_paragraph(), (Piece(block.caption, "quote"),))

    def _repeat(self, row: Any) -> None:
        """The heads stand again on every page."""
        mark = self._oxml.OxmlElement("w:tblHeader")
        mark.set(self._ns.qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001

    def _line(self, shown: Any, line: Line) -> None:
        for piece in line:
            url = safe_url(piece.url)
            if piece.note is not None:
                self._link(shown, f"[{piece.note}]", anchor=f"n{piece.note}", raised=True)
            elif url:
                self._link(shown, _plain(piece.text), url=url)
            elif piece.anchor in self._keys:
                self._link(shown, _plain(piece.text), anchor=piece.anchor)
            else:
                self._run(shown, piece)

    def _run(self, shown: Any, piece: Piece) -> None:
        run = shown.add_run(_plain(piece.text))
        run.bold = piece.style == "strong" or None
        run.italic = piece.style == "quote" or None

    def _link(
        self,
        shown: Any,
        text: str,
        *,
        url: str | None = None,
        anchor: str | None = None,
        raised: bool = False,
    ) -> None:
        """A link: into the document, or to an address."""
        link = self._oxml.OxmlElement("w:hyperlink")
        if url is not None:
            key = shown.part.relate_to(url, self._kinds.HYPERLINK, is_external=True)
            link.set(self._ns.qn("r:id"), key)
        else:
            link.set(self._ns.qn("w:anchor"), anchor)
        run = shown.add_run(text)
        run.font.color.rgb = self._shared.RGBColor(0x0B, 0x57, 0xA4)
        run.font.superscript = raised or None
        link.append(run._r)  # noqa: SLF001
        shown._p.append(link)  # noqa: SLF001

    def _bookmark(self, shown: Any, name: str) -> None:
        self._marks += 1
        for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = self._oxml.OxmlElement(kind)
            mark.set(self._ns.qn("w:id"), str(self._marks))
            if kind.endswith("Start"):
                mark.set(self._ns.qn("w:name"), name)
            shown._p.append(mark)  # noqa: SLF001


def _plain(text: str) -> str:
    """Text that XML can hold, odd characters shown by number."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
