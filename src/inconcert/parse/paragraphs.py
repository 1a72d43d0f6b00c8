"""Where paragraphs begin and end, and whose turn it is in a transcript.

Texts come hard-wrapped (a line end means nothing) or one paragraph a line (it means everything),
sometimes both in one file. Blank lines always part paragraphs; other line ends do so only where
the line before could be the end of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from inconcert.core.parsed import Paragraph

_LINE = re.compile(r"\r\n|\r|\n")
_CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]*]*\s*$")
_WRAP_COLUMN = 100
_SPEAKER = re.compile(
    r"^\W{0,6}(?P<label>(?:[A-Z][A-Z.'’-]*[ \u00a0]+){0,4}[A-Z][A-Z.'’-]+"
    r"(?:,? ?\([A-Za-z ]+\))?)\W{0,4}:(?=\W|$)"
)
_QUESTION = re.compile(r"^\W{0,6}(?:Q|QUESTION|REPORTER|Question|Reporter)\b[ \u00a0:.]+(?=\S)")
_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ -]{2,30}(?:, (?:[A-Z][A-Za-z.]+ ?){1,3})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"\s*(?:\([A-Za-z /.-]{2,30}\))?\s*(?:–|—|--?)\s+(?=[\"“A-Z])"
)
_LINK = re.compile(r"\[([^\]\n]*)\]\(https?:[^)\s]*\)")
"""A link of Markdown: its words are read, its address is not."""
_LIMIT = 8_000
"""Longest paragraph in characters; longer ones are cut at a full stop or a space, so that one line
of a million characters cannot stall the parser."""


@dataclass(frozen=True, slots=True)
class Compact:
    """A paragraph's words with single spaces, and where each stretch of it came from.

    Attributes:
        text: words joined by single spaces, curly quotes and the like made plain.
        starts: offsets in `text` at which a stretch begins, ascending.
        origins: offsets of the same stretches in the document.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]


_PLAIN = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\u2012\u2015", "—"),
    "…": ".",
    "*": " ",
}
_TABLE = str.maketrans(_PLAIN)
_WORD = re.compile(r"[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]+")


def plain(text: str) -> str:
    """Curly quotes, odd hyphens and emphasis marks made plain, one character for one.

    Example:
        >>> plain("“so…”")
        '"so."'
        >>> plain("[a list](https://x.org/l), he")
        ' a list                   , he'
    """
    if "](http" in text:
        text = _LINK.sub(lambda link: f" {link[1]}".ljust(len(link[0])), text)
    return text.translate(_TABLE)


def compact(document: str, paragraph: Paragraph) -> Compact:
    """The words of a paragraph as the parser should see them, with the way back.

    Line ends, runs of spaces and no-break spaces become one space; invisible characters (soft
    hyphens, bidirectional marks) vanish.
    """
    text = plain(document[paragraph.start : paragraph.end])
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length, end = 0, -1
    for word in _WORD.finditer(text):
        begins = word.start()
        if parts and text[end:begins].strip("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"):
            parts.append(" ")
            length += 1
        starts.append(length)
        origins.append(paragraph.start + begins)
        parts.append(word.group())
        length += len(word.group())
        end = word.end()
    return Compact("".join(parts), tuple(starts), tuple(origins))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Part a text in paragraphs and carry speaker labels along the turns of a transcript.

    Returns:
        Paragraphs in order, without the white space around them; none is empty.
    """
    found: list[Paragraph] = []
    speaker: str | None = None
    is_question = False
    is_transcript = len(_labels(text)) >= 2
    for start, end in _stretches(text):
        paragraph = Paragraph(len(found), start, end)
        if is_transcript:
            piece = text[start : min(end, start + 120)]
            if _QUESTION.match(piece):
                speaker, is_question = None, True
            elif label := _SPEAKER.match(piece):
                speaker, is_question = " ".join(label["label"].split()), False
                if _is_questioner(speaker):
                    speaker, is_question = None, True
            paragraph = replace(paragraph, speaker=speaker, is_question=is_question)
        found.append(paragraph)
    return tuple(found)


def label_end(text: str) -> int:
    """Length of the speaker label or `Q` that opens a paragraph of a transcript; 0 if none."""
    opening = _QUESTION.match(text[:120]) or _SPEAKER.match(text[:120])
    return opening.end() if opening else 0


def dateline_end(text: str) -> int:
    """Length of the dateline that opens a paragraph (`KABUL, Aug. 16 (Agency) –`); 0 if none.

    Example:
        >>> dateline_end("TBILISI, April 8 – The minister left.")
        19
        >>> dateline_end("NATO is here.")
        0
    """
    opening = _DATELINE.match(text[:100])
    return opening.end() if opening else 0


def _labels(text: str) -> list[str]:
    lines = (line for line in _LINE.split(text) if ":" in line[:60])
    return [match["label"] for line in lines if (match := _SPEAKER.match(line))]


def _is_questioner(label: str) -> bool:
    return label in {"Q", "QUESTION", "REPORTER"}


def _stretches(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs, trimmed, none empty, none longer than the limit."""
    cuts = [0]
    lines = _line_spans(text)
    wrapped = _is_hard_wrapped(text, lines)
    for (start, end), (following, following_end) in pairwise(lines):
        line = text[start:end].strip()
        after = text[following:following_end].strip()
        if (
            not line
            or not after
            or _is_rule(line)
            or _is_rule(after)
            or not wrapped
            or (_is_unlike_wrapped(line) and _CLOSED.search(line))
        ):
            cuts.append(following)
    cuts.append(len(text))
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        last = start + len(piece.rstrip())
        if first < last and not _is_rule(text[first:last]):
            spans.extend(_cut_long(text, first, last))
    return spans


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for ending in _LINE.finditer(text):
        spans.append((start, ending.start()))
        start = ending.end()
    spans.append((start, len(text)))
    return spans


def _is_rule(line: str) -> bool:
    return not any(character.isalnum() for character in line)


def _is_unlike_wrapped(line: str) -> bool:
    """Whether a line is too short or too long to have been cut at the column of the wrapping."""
    return not _WRAP_COLUMN * 0.55 <= len(line) <= _WRAP_COLUMN


def _is_hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether line ends mostly fall inside sentences."""
    inside = ends = 0
    for (start, end), (following, following_end) in pairwise(lines):
        line, after = text[start:end].rstrip(), text[following:following_end].lstrip()
        if not line or not after:
            continue
        ends += 1
        inside += not _CLOSED.search(line)
    return ends > 0 and inside / ends > 0.4


def _cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > _LIMIT:
        cut = text.rfind(". ", start, start + _LIMIT) + 1 or text.rfind(" ", start, start + _LIMIT)
        cut = start + _LIMIT if cut <= start else cut
        spans.append((start, cut))
        start = cut
    spans.append((start, end))
    return spans
