"""The sources of a brief for other programs: CSL-JSON for any style of citation, and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

from inconcert.core.evidence import Located
from inconcert.core.ids import content_id
from inconcert.core.span import TimeSpan
from inconcert.judge.media import country_of, owner_of
from inconcert.show.brief_media import NOTHING_KNOWN, Known, translation_mark
from inconcert.show.marks import visible
from inconcert.show.notes import Note, cut
from inconcert.show.words import safe_url

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def csl(notes: Iterable[Note], *, known: Known = NOTHING_KNOWN) -> list[dict[str, object]]:
    """The sources of some endnotes as CSL-JSON items, one a document or dataset, in their order.

    Args:
        notes: endnotes of a brief.
        known: what is known of languages and translations.

    Returns:
        Items of type `article-newspaper`, or `dataset` for rows. `note` holds the numbers of the
        endnotes, the owner, the grade of reliability, and whether the text is a translation.
    """
    texts: dict[str, list[Note]] = {}
    datasets: dict[str, list[Note]] = {}
    for note in notes:
        if note.at is not None:
            texts.setdefault(note.at.document, []).append(note)
        elif note.row is not None:
            datasets.setdefault(note.source, []).append(note)
    found = [_text(group, known) for group in texts.values()]
    return [*found, *(_dataset(source, group) for source, group in datasets.items())]


def csl_json(notes: Iterable[Note], *, known: Known = NOTHING_KNOWN) -> str:
    """The same as text of a file."""
    return json.dumps(csl(notes, known=known), ensure_ascii=False, indent=1) + "\n"


def bibtex(notes: Iterable[Note], *, known: Known = NOTHING_KNOWN) -> str:
    """The same as BibTeX, an entry a source; characters that LaTeX would read are shielded.

    Args:
        notes: endnotes of a brief.
        known: what is known of languages and translations.
    """
    return "\n".join(_entry(item) for item in csl(notes, known=known))


def _text(notes: Sequence[Note], known: Known) -> dict[str, object]:
    at = notes[0].at
    assert at is not None
    item: dict[str, object] = {
        "id": _key(at),
        "type": "article-newspaper",
        "title": _plain(at.title or at.place),
        "container-title": _plain(at.source.name),
    }
    if at.published is not None:
        item["issued"] = {"date-parts": _parts(at.published)}
    url = safe_url(at.url)
    if url:
        item["URL"] = url
    item["language"] = known.languages.get(at.document, "en")
    country = country_of(at.source)
    if country:
        item["publisher-place"] = country
    mark = translation_mark(at, known)
    owner = owner_of(at.source, speaks=at.speaker_code)
    grade = known.grades.of(at.source.name, is_official=bool(at.speaker_code)).letter
    told = [_numbers(notes), f"owner: {owner}", f"reliability: {grade}", *([mark] if mark else [])]
    item["note"] = "; ".join(told)
    item["abstract"] = " […] ".join(cut(note.at.sentence) for note in notes if note.at)
    return item


def _dataset(source: str, notes: Sequence[Note]) -> dict[str, object]:
    days = sorted(note.row.day for note in notes if note.row)
    rows = ", ".join(note.row.id for note in notes if note.row)
    return {
        "id": _slug(source) or "dataset",
        "type": "dataset",
        "title": _plain(source),
        "issued": {"date-parts": _parts(TimeSpan(days[0], days[-1]))},
        "note": f"{_numbers(notes)}; rows {rows}",
    }


def _numbers(notes: Sequence[Note]) -> str:
    return f"endnotes {', '.join(str(note.number) for note in notes)}"


def _parts(span: TimeSpan) -> list[list[int]]:
    ends: list[date] = [span.first] if span.first == span.last else [span.first, span.last]
    return [[day.year, day.month, day.day] for day in ends]


def _key(at: Located) -> str:
    """A key that says who and when, and that no two documents share."""
    year = at.published.first.year if at.published else "undated"
    return f"{_slug(at.source.name) or 'source'}{year}-{content_id(at.document)[:6]}"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())[:24]


def _plain(text: str) -> str:
    return " ".join(visible(text).split())


def _entry(item: dict[str, object]) -> str:
    issued = item.get("issued")
    parts = issued["date-parts"][0] if isinstance(issued, dict) else None
    fields = {
        "title": item["title"],
        "journal": item.get("container-title"),
        "year": parts[0] if parts else None,
        "date": "-".join(f"{part:02d}" for part in parts) if parts else None,
        "url": item.get("URL"),
        "language": item.get("language"),
        "address": item.get("publisher-place"),
        "note": item.get("note"),
    }
    kind = "misc" if item["type"] == "dataset" else "article"
    lines = [
        f"  {name} = {{{_address(str(value)) if name == 'url' else _shielded(str(value))}}},"
        for name, value in fields.items()
        if value is not None
    ]
    return "\n".join([f"@{kind}{{{item['id']},", *lines, "}", ""])


def _address(url: str) -> str:
    """An address as it stands: only braces and backslashes could end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _shielded(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)
