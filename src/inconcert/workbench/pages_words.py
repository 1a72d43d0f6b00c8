"""Words and marks for pages: what a record says in plain English, and where it says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inconcert.core.span import TimeSpan
from inconcert.judge.amounts import NO_BREAK, counted, dated, days_between, listed, number
from inconcert.judge.claims import direction_words, ordinal, p_words
from inconcert.ontology import cameo, plover
from inconcert.show.by_source import P_NOTE
from inconcert.show.marks import (
    ABOUT,
    ACTOR,
    PREDICATE,
    QUOTE,
    RECIPIENT,
    Segment,
    Span,
    segments,
    visible,
)
from inconcert.show.view import HEADS
from inconcert.show.words import METHOD, SAYINGS_NOTE, headed, safe_url, short_day, short_days

__all__ = [
    "METHOD", "P_NOTE", "SAYINGS_NOTE", "Marked", "asked_words", "counted",
    "day_words", "direction_words", "head_words", "headed", "listed", "marked", "number",
    "ordinal", "p_words", "plain_sign", "safe_url", "sensitivity_words", "share_words",
    "sign_of_cell", "span_words", "type_words", "visible", "who_words",
]  # fmt: skip

Record = Mapping[str, Any]

MOST_SHOWN = 900
"""Characters of a sentence that a list shows; the document has it whole."""
COOPERATION, CONFLICT, WORDS = "cooperation", "conflict", "words only"
_ROLES = (("actors", ACTOR), ("recipients", RECIPIENT), ("about", ABOUT), ("speakers", ACTOR),
          ("addressees", RECIPIENT))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence cut where marks begin and end.

    Attributes:
        is_cut_before: it began earlier.
        is_cut_after: it goes on.
    """

    segments: tuple[Segment, ...]
    is_cut_before: bool
    is_cut_after: bool


def marked(record: Record, *, most: int = MOST_SHOWN) -> Marked:
    """The sentence of a record with its marks, no longer than a reader can bear.

    Args:
        record: an event mention, a statement or a bare sentence of an answer.
        most: characters shown, around the first mark.
    """
    sentence, spans = str(record["sentence"]), spans_of(record)
    if len(sentence) <= most:
        return Marked(segments(sentence, spans), is_cut_before=False, is_cut_after=False)
    inside = [start for start, end, _ in spans if 0 <= start < len(sentence) and end > start]
    middle = min(inside, default=0)
    first = max(0, min(middle - most // 3, len(sentence) - most))
    shifted = [(start - first, end - first, part) for start, end, part in spans]
    piece = segments(sentence[first : first + most], shifted)
    return Marked(piece, first > 0, first + most < len(sentence))


def spans_of(record: Record) -> tuple[Span, ...]:
    """The spans behind a record, counted from the first character of its sentence."""
    begin = int(record["sentence_start"])
    found: list[Span] = []
    if "type" in record or ("cue" in record and not _is_own_text(record)):
        found.append((record["start"], record["end"], PREDICATE))
    for key, part in _ROLES:
        found += [(who["start"], who["end"], part) for who in record.get(key, ())]
    found += [(start, end, QUOTE) for start, end in record.get("quotes", ())]
    return tuple((start - begin, end - begin, part) for start, end, part in found)


def _is_own_text(record: Record) -> bool:
    own: bool = (record["start"], record["end"]) == (
        record["content_start"],
        record["content_end"],
    )
    return own


# -- words


def head_words(record: Record) -> str:
    """The verdict of an answer as a sentence; empty where none was asked for."""
    verdict, question = record["verdict"], record["question"]
    if verdict is None:
        return ""
    names = listed(question["names"])
    shape = HEADS.get(verdict["head"], "{pair} toward {other}: " + str(verdict["head"]) + ".")
    return headed(shape.format(pair=names, other=question["toward_name"]))


def asked_words(question: Record) -> str:
    """The question in words, where nobody has given it a title.

    Example:
        >>> asked_words({"title": None, "names": ["A", "B"], "toward_name": "T"})
        'A and B toward T'
    """
    return question["title"] or f"{listed(question['names'])} toward {question['toward_name']}"


def day_words(day: object) -> str:
    """A day in little room, from a date or its ISO form; what is none is shown as it is.

    Example:
        >>> day_words("2021-08-15"), day_words(None)
        ('15 Aug 2021', 'undated')
    """
    if day is None or isinstance(day, date):
        return short_day(day)
    try:
        span = TimeSpan.parse(str(day))
    except ValueError:
        return str(day)
    return short_days(span)


def span_words(first: date | str | None, last: date | str | None) -> str:
    """Days from one to another in words, dates or their ISO form, either end open.

    Example:
        >>> span_words(None, "2021-08-15"), span_words(None, None)
        ('until 15 August 2021', 'all days')
    """
    first, last = (
        date.fromisoformat(day) if isinstance(day, str) else day for day in (first, last)
    )
    if first is None or last is None:
        if first is None and last is None:
            return "all days"
        return f"from {dated(first)}" if first is not None else f"until {dated(last or date.max)}"
    return days_between(first, last)


def who_words(people: Iterable[Record], names: Callable[[str], str]) -> str:
    """Participants in words: name of the actor, sectors, the person or body meant."""
    told = []
    for who in people:
        name = names(who["code"])
        sectors = f" ({', '.join(who['sectors'])})" if who["sectors"] else ""
        person = f", {who['name']}" if who["name"] and who["name"] != name else ""
        told.append(f"{name}{sectors}{person}")
    return "; ".join(dict.fromkeys(told))


def type_words(kind: str) -> str:
    """What a PLOVER type, or a CAMEO root, means; empty for what is neither."""
    known = plover.event_types().get(kind)
    if known is not None:
        return known.meaning
    code = cameo.codes().get(kind)
    return "" if code is None else code.meaning


def sensitivity_words(source: Record) -> tuple[str, ...]:
    """What the finding of one source hangs on, and what would undo it, each a sentence."""
    found = source["sensitivity"]
    told = [
        f"Leading test without {one['what']}: {_lift(one)}."
        for one in found["left_out"]
        if not one["is_period"]
    ]
    periods = [one for one in found["left_out"] if one["is_period"]]
    known = [one for one in periods if one["p"] is not None]
    if known:
        least, most = (pick(known, key=lambda one: one["p"]) for pick in (min, max))
        told.append(
            f"Leading test with one period left out at a time: {p_words(least['p'])} without "
            f"{least['what']} to {p_words(most['p'])} without {most['what']}."
        )
    if found["erasing_shock"] is not None:
        told.append(
            "A shock that only these two answer, and nobody else, would undo the finding if it "
            f"were {found['erasing_shock']:.1f} times as strong as what moves third parties."
        )
    calls = source["false_calls"]
    if calls is not None and calls["of_100"] is not None:
        told.append(
            f"Of 100 such claims about {calls['of_100']:.0f} are false, if {calls['base_rate']:.0%}"
            f" of all pairs are truly coupled and each has about {calls['act_days']} act-days."
        )
    if source["power"] is not None:
        told.append(
            f"Chance to find that one joins 35 % of the other's acts: {source['power']:.0%}."
        )
    return tuple(told)


def _lift(one: Record) -> str:
    if one["p"] is None or one["lift"] is None:
        return "too little left"
    return f"lift {one['lift']:.2f}, {p_words(one['p'])}"


def plain_sign(value: float | None, digits: int = 2) -> str:
    """A number with a true minus; a dash where it is not known."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def share_words(share: float | None, *, sign: bool = True) -> str:
    """A share in whole percent, with its sign or without; a dash where it is not known.

    Example:
        >>> share_words(0.426).replace(NO_BREAK, " "), share_words(None)
        ('43 %', '–')
    """
    if share is None:
        return "–"
    return f"{100 * share:.0f}{NO_BREAK}%" if sign else f"{100 * share:.0f}"


# -- what kind of act


def sign_of_cell(cell: str) -> str:
    """Cooperation, conflict, or words only, of a PLOVER type or of a CAMEO root.

    Example:
        >>> sign_of_cell("AID"), sign_of_cell("19"), sign_of_cell("01")
        ('cooperation', 'conflict', 'words only')
    """
    kind = plover.event_types().get(cell)
    if kind is None and cell in _roots():
        kind = plover.event_types()[_roots()[cell]]
    if kind is None:
        return WORDS
    return COOPERATION if kind.is_cooperation else CONFLICT


def _roots() -> Mapping[str, str]:
    """The PLOVER type that stands for each root of CAMEO."""
    found: dict[str, str] = {}
    for code, each in sorted(cameo.codes().items()):
        found.setdefault(code[:2], each.type)
    return found
