"""Articles in searches saved from Factiva, with codes in front (`HD`, `SN`, `TD`) or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from inconcert.read.saved import (
    LONGEST_NAME,
    Article,
    byline_of,
    date_in,
    is_copyright,
    joined,
    labels,
    language_code,
)

TITLE_MARK, BYLINE_MARK = "\ue000", "\ue001"
"""In front of what a page says is headline or author; nothing else in a text is written so."""

# Code of the publisher, filled with noughts to eight signs; day; nine signs more.
_RECORD = r"[A-Z][A-Z0-9]{5,9}(?:19|20)\d{6}\w{9}"
_END = re.compile(
    rf"^\W*(?:Document|Dokument|Documento?|Документ|文件|文書)\s+(?P<record>{_RECORD})\s*$"
)
_CODED_END = re.compile(rf"^AN\s+(?:Document\s+)?(?P<record>{_RECORD})\s*$")
_WORDS = re.compile(
    r"^\d[\d.,\u00a0 ]* ?(?:words?|mots?|Wörter|Wort|palabras?|parole|palavras?|woorden"
    r"|слова?|слово|字|語|词)$"
)
_CODE = re.compile(r"^(?P<code>[A-Z]{2,4})(?:[ \t]+(?P<value>\S.*))?$")
_TIME = re.compile(r"^\d{1,2}[:.]\d\d\b")
_BY = re.compile(r"^(?:By|Von|Par|Por|Di|De)\s+\S", re.IGNORECASE)
_LEAST_CODES = 3
_SUMMARY = re.compile(r"^(?:Search Summary|Suchzusammenfassung|Résumé de la recherche)\b")


def mark_headlines(tree: etree._Element) -> None:
    """Mark headline and author in a page of Factiva, which its lines alone do not tell apart."""
    for words, mark in (("Headline", TITLE_MARK), ("author", BYLINE_MARK)):
        for element in tree.xpath(f"//*[contains(@class, '{words}')]"):
            element.text = mark + (element.text or "")


def articles_of_factiva(text: str) -> Iterator[Article]:
    """Articles that end in `Document` and a number, in capitals and small letters."""
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        end = _CODED_END.match(bare) or _END.match(bare)
        if end is None:
            lines.append(bare)
            continue
        yield _article(lines, end["record"])
        lines = []
    rest = [line for line in lines if line]
    if rest and not any(map(_SUMMARY.match, rest)) and any(map(_WORDS.match, rest)):
        cut = _article(lines, None)
        if cut.text:
            yield replace(cut, is_cut=True)


def _article(lines: Sequence[str], record: str | None) -> Article:
    values = _coded(lines)
    if values is not None:
        return _from_codes(values, record)
    return _from_order(lines, record)


def _coded(lines: Sequence[str]) -> dict[str, list[str]] | None:
    """Lines under each code; None where the article is written without codes."""
    known = labels("factiva", "code")
    values: dict[str, list[str]] = {}
    code: str | None = None
    for line in lines:
        match = _CODE.match(line)
        if match and match["code"] in known and match["code"] not in values:
            code = match["code"]
            values[code] = [match["value"] or ""]
        elif code is not None:
            values[code].append(line)
    return values if len({"HD", "WC", "PD", "SN", "LA"} & set(values)) >= _LEAST_CODES else None


def _from_codes(values: dict[str, list[str]], record: str | None) -> Article:
    def words(code: str) -> str | None:
        return (
            " ".join(" ".join(values.get(code, [])).split()).strip(f"{TITLE_MARK}{BYLINE_MARK} ")
            or None
        )

    return Article(
        text=joined([*values.get("LP", []), "", *values.get("TD", [])]),
        title=words("HD"),
        date=date_in(words("PD") or ""),
        source=words("SN"),
        byline=byline_of(words("BY")),
        language=words("LA"),
        record=record,
    )


def _from_order(lines: Sequence[str], record: str | None) -> Article:
    """Section, headline, author, number of words, date, publisher …, copyright; then the text."""
    at = next((n for n, line in enumerate(lines) if _WORDS.match(line)), None)
    if at is None:
        return Article("", record=record)
    title, byline = _above(lines[:at])
    below = [(n, line) for n, line in enumerate(lines) if n > at and line]
    dated = next((n for n, line in below[:3] if date_in(line)), at)
    named = [line for n, line in below if n > dated and not _TIME.match(line)]
    source = named[0] if named and len(named[0]) <= LONGEST_NAME else None
    start = _start_of_text(lines, dated)
    stated = [line for line in lines[dated:start] if language_code(line)]
    return Article(
        text=joined(lines[start:]),
        title=title,
        date=date_in(lines[dated]) if dated != at else None,
        source=source,
        byline=byline,
        language=stated[0] if stated else None,
        record=record,
    )


def _above(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Headline and author among the lines above the number of words."""
    there = [line for line in lines if line]
    marked = [line.strip(TITLE_MARK).strip() for line in there if line.startswith(TITLE_MARK)]
    authors = [line.strip(BYLINE_MARK).strip() for line in there if line.startswith(BYLINE_MARK)]
    plain = [line for line in there if line[0] not in (TITLE_MARK, BYLINE_MARK)]
    if not authors and plain and _BY.match(plain[-1]) and (marked or len(plain) > 1):
        authors = [plain.pop()]
    title = " ".join(marked) or (plain[-1] if plain else None)
    return title, byline_of(" ".join(authors))


def _start_of_text(lines: Sequence[str], dated: int) -> int:
    """After the copyright; where none is stated, after the language."""
    for number in range(dated + 1, min(dated + 40, len(lines))):
        if is_copyright(lines[number]):
            return number + 1
    for number in range(dated + 1, min(dated + 40, len(lines))):
        if language_code(lines[number]):
            return number + 1
    return dated + 1
