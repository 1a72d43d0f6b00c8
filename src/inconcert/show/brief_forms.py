"""All files of a brief at once, from one layout: Markdown, HTML, Word, PDF, sources, its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from inconcert.core.verdict import Answer
from inconcert.show import brief, html
from inconcert.show.brief_blocks import Figure
from inconcert.show.brief_diff import news
from inconcert.show.brief_held import FILE, Held, held, write_held
from inconcert.show.brief_media import NOTHING_KNOWN, Known
from inconcert.show.brief_paper import paper
from inconcert.show.citations import bibtex, csl_json
from inconcert.show.docx import docx
from inconcert.show.figures import svg
from inconcert.show.pdf import pdf
from inconcert.show.view import view

Form = Literal["md", "html", "docx", "pdf"]
ALWAYS: tuple[Form, ...] = ("md", "html")


def files_of(
    answers: Sequence[Answer],
    *,
    title: str,
    names: Callable[[str], str],
    made: datetime,
    version: str,
    forms: Sequence[Form] = ALWAYS,
    known: Known = NOTHING_KNOWN,
    before: Held | None = None,
) -> dict[str, str | bytes]:
    """The files of a brief by name, each to be written whole.

    Args:
        answers: one a question, in the order they are shown.
        title: of the brief.
        names: name of a code as shown.
        made: when the brief was made.
        version: of the program.
        forms: which of Markdown, HTML, Word and PDF are wanted.
        known: what is known of the material beside its records.
        before: what an earlier brief held; what is new since then opens the brief.

    Returns:
        `brief.md` and so on, its drawings as `brief-….svg`, `sources.json` (CSL-JSON),
        `sources.bib`, and `brief.json`: what this brief held, for the next one.

    Raises:
        BadSetting: a form needs an extra that is not installed; nothing is made then.
    """
    laid_out = view(answers, title=title, names=names, made=made, version=version)
    fresh = () if before is None else news(before, answers)
    signed = paper(laid_out, answers, names=names, known=known, news=fresh)
    makers: dict[Form, Callable[[], str | bytes]] = {
        "docx": lambda: docx(signed, made=made),
        "pdf": lambda: pdf(signed, made=made),
        "md": lambda: brief.written(laid_out, signed, answers, names),
        "html": lambda: html.written(laid_out, signed, answers, names),
    }
    found = {f"brief.{form}": make() for form, make in makers.items() if form in forms}
    found |= {f"brief-{block.key}.svg": svg(block) for block in signed.blocks
              if isinstance(block, Figure)}  # fmt: skip
    found["sources.json"] = csl_json(signed.notes, known=known)
    found["sources.bib"] = bibtex(signed.notes, known=known)
    found[FILE] = write_held(held(answers, title=title, made=made, version=version))
    return found
