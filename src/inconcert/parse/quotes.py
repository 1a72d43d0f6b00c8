"""Verbatim quotes: which stretches of a text stand between quotation marks.

Says nothing about who spoke. A mark that is never closed ends with its paragraph, so that one
slip of the typesetter cannot turn the rest of a document into somebody's words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inconcert.core.parsed import Quote, Sentence

_DOUBLE = re.compile(r"[\"“”„‟«»]")
_OPENING, _CLOSING = "“„‟«", "”»"
_SPACE = " \t\r\n\u00a0\u2009\u202f*_"
_LEADS = _SPACE + "([{—–-/:,‘'…"
_TRAILS = _SPACE + ")]}—–-/:;,.?!…’'"
_SINGLE_OPENING = re.compile(r"(?<![\w’'])‘(?=\w)(?!\d0s\b|(?:tis|twas|em|til)\b)")
_SINGLE_CLOSING = re.compile(r"’(?!\w)")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SCARE_WORDS = 3
_SINGLE_LIMIT = 600
"""Longest quotation between single marks in characters; beyond it, the mark was an apostrophe."""

_SENTENCE_END = re.compile(r"[.?!…]\s*$")
_VERBAL = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would|shall"
    r"|should|may|might|must|let|i|we|you|he|she|they|it|yes|no|never|not)\b|\w['’](?:m|re|ve|ll|d|t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters `[start, end)` of one paragraph and what opened before and stays open."""

    start: int
    end: int


def find_quotes(text: str, sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """Mark the stretches of a text that stand between quotation marks.

    Quotes inside quotes are part of the outer one. A quotation that runs over paragraphs, with a
    mark before each and one after the last, gives one quote a paragraph.

    Args:
        text: the document's text as read, curly or straight marks.
        sentences: its sentences in order; they tell where paragraphs end.

    Returns:
        Quotes in order of the text; none overlap, none is empty, none contains its marks.
    """
    if not sentences:
        return ()
    starts = [sentence.start for sentence in sentences]
    quotes: list[Quote] = []
    for stretch in _paragraphs(text, sentences):
        for start, end in _spans(text, stretch):
            first, last = _trimmed(text, start, end)
            if first < last:
                # A mark may stand between two sentences: the words after it decide.
                sentence = sentences[max(0, bisect_right(starts, first) - 1)]
                quotes.append(Quote(first, last, sentence.index, _is_scare(text[first:last])))
    return tuple(quotes)


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[_Stretch]:
    """Where each paragraph begins and ends, marks before its first word included."""
    start = 0
    for here, after in zip(sentences, [*sentences[1:], None], strict=True):
        if after is None:
            yield _Stretch(start, len(text))
        elif after.paragraph != here.paragraph:
            # The parser may leave an opening mark out of the sentence it opens.
            end = after.start
            while end > here.end and text[end - 1] in '"“„‟«‘*_':
                end -= 1
            yield _Stretch(start, end)
            start = end


def _spans(text: str, stretch: _Stretch) -> list[tuple[int, int]]:
    """Spans inside double marks, then inside single marks outside those."""
    spans = _double_spans(text, stretch)
    if text.find("‘", stretch.start, stretch.end) < 0:
        return spans
    gaps, at = [], stretch.start
    for start, end in spans:
        gaps.append(_Stretch(at, start))
        at = end
    gaps.append(_Stretch(at, stretch.end))
    singles = [span for gap in gaps for span in _single_spans(text, gap)]
    return sorted([*spans, *singles])


def _double_spans(text: str, stretch: _Stretch) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    marks = list(_DOUBLE.finditer(text, stretch.start, stretch.end))
    kinds = [_kind(text, mark.start(), stretch) for mark in marks]
    opened: int | None = None
    depth = 0
    for number, (mark, kind) in enumerate(zip(marks, kinds, strict=True)):
        if kind == "none":
            continue
        opens = kind == "open" or (kind == "either" and opened is None)
        if opened is None:
            if opens:
                opened, depth = mark.end(), 1
        elif opens:
            rest = sum(1 if later != "open" else -1 for later in kinds[number:] if later != "none")
            if rest >= depth and text[mark.start()] != '"':
                depth += 1
            else:
                # The mark before was never closed: what it opened is nobody's quote.
                opened, depth = mark.end(), 1
        else:
            depth -= 1
            if depth == 0:
                spans.append((opened, mark.start()))
                opened = None
    if opened is not None:
        spans.append((opened, stretch.end))
    return spans


def _kind(text: str, at: int, stretch: _Stretch) -> str:
    """Whether a double mark opens, closes, may do either, or is no quotation mark (inches)."""
    mark = text[at]
    before = text[at - 1] if at > stretch.start else " "
    after = text[at + 1] if at + 1 < stretch.end else " "
    if mark in _OPENING:
        return "open"
    if mark in _CLOSING:
        # Some typesetters set a closing mark at both ends.
        return "open" if before in _SPACE and after not in _TRAILS else "close"
    can_open = before in _LEADS + '"' and after not in _SPACE
    can_close = before not in _SPACE and (after in _TRAILS + '"' or not after.isalnum())
    if can_open and can_close:
        return "either"
    if can_open:
        return "open"
    if can_close:
        return "close" if not before.isdigit() or after in _TRAILS else "none"
    return "none" if before.isdigit() else "either"


def _single_spans(text: str, gap: _Stretch) -> list[tuple[int, int]]:
    """Spans between ‘ and ’ where the second cannot be an apostrophe.

    A plural possessive ("the workers’ rights") looks like a closing mark: after an s and before
    a small letter it closes only where no better mark follows.
    """
    spans: list[tuple[int, int]] = []
    at = gap.start
    while opening := _SINGLE_OPENING.search(text, at, gap.end):
        following = _SINGLE_OPENING.search(text, opening.end(), gap.end)
        limit = min(following.start() if following else gap.end, opening.end() + _SINGLE_LIMIT)
        closings = [mark.start() for mark in _SINGLE_CLOSING.finditer(text, opening.end(), limit)]
        sure = [mark for mark in closings if not _may_be_possessive(text, mark, gap.end)]
        at = opening.end()
        if closings:
            end = sure[0] if sure else closings[0]
            spans.append((opening.end(), end))
            at = end
    return spans


def _may_be_possessive(text: str, mark: int, end: int) -> bool:
    after = text[mark + 1 : min(mark + 3, end)]
    return text[mark - 1] in "sS" and len(after) == 2 and after[0] == " " and after[1].isalpha()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_scare(words: str) -> bool:
    """Marks round three words or fewer without a clause: a term or irony, as far as form tells."""
    if _VERBAL.search(words) or (_SENTENCE_END.search(words) and words[0].isupper()):
        return False
    return sum(1 for _ in _WORD.finditer(words)) <= _SCARE_WORDS
