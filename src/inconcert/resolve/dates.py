"""When something happened: the time expression that dates a predicate, as days.

The expression is looked for in the predicate's own clause first, then in the rest of the sentence
as far as it can date it: what stands in a relative clause or inside quotation marks dates only
what stands there too. Nothing is guessed: without an expression the day is unknown.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inconcert.core.event import When
from inconcert.core.parsed import ParsedDocument
from inconcert.core.span import TimeSpan
from inconcert.resolve.anchors import read_anchors
from inconcert.resolve.clauses import (
    binds,
    clauses_between,
    has_own_time,
    head_of,
    is_past,
    lies_ahead,
    lies_behind,
    quote_of,
    verb_above,
)  # fmt: skip
from inconcert.resolve.dated import ANCHOR, FAINT, Dated, read
from inconcert.resolve.days import is_open
from inconcert.resolve.times import TimeFinder, time_finder

LONG_PAST_DAYS = 365

_NOW_COST = 5
"""`Now` is as often a word of the argument as of time: any other expression goes before it."""

_CLOSED = {"relcl", "acl", "ccomp", "csubj", "csubjpass", "parataxis"}
_COSTS = {"conj": 2, "xcomp": 3, "advcl": 3, "pcomp": 2, "prep": 1, "pobj": 1}
_DOWN = {"ccomp": 3, "advcl": 3, "relcl": 4, "acl": 3, "conj": 2, "parataxis": 4, "xcomp": 1}


class DateResolver:
    """Dates predicates; keeps the expressions of one document, the last one asked about.

    Args:
        anchors: the case's own `anchors.toml`, if there is one.

    Raises:
        BadSetting: that file breaks its form; names file and line.
    """

    def __init__(self, anchors: Path | None = None) -> None:
        self._finder = time_finder() if anchors is None else TimeFinder(read_anchors(anchors))
        self._parsed: ParsedDocument | None = None
        self._by_sentence: dict[int, list[Dated]] = {}

    def when(self, parsed: ParsedDocument, start: int, end: int, sentence: int) -> When:
        """When the predicate at characters `[start, end)` of a sentence happened.

        Returns:
            The days with the words that tell them; `When()` where the sentence has none. `span`
            is None where the words count from a day that is not known, or leave an end open.
        """
        candidates = self._read(parsed).get(sentence)
        if not candidates:
            return When()
        for dated in candidates:
            own = _own_days(parsed, dated, start, end)
            if own is not None:
                return own
        predicate = head_of(parsed, sentence, start, end)
        best = _nearest(parsed, predicate, candidates)
        if best is None:
            return When()
        told = _as_told(parsed, best, predicate)
        return replace(told, span=None) if told.span is not None and is_open(told.span) else told

    def expressions(self, parsed: ParsedDocument) -> list[tuple[int, int, When]]:
        """Every expression of time: its characters, and its days as the words have them.

        `this week` is the whole week here; an end that the words leave open is the first or the
        last day of the calendar.
        """
        return [
            (dated.expression.start, dated.expression.end, _as_meant(parsed, dated, verb))
            for number, candidates in sorted(self._read(parsed).items())
            for dated in candidates
            if not dated.is_topic or dated.expression.offset is not None
            for verb in [verb_above(parsed, dated.head, number)]
        ]

    def _read(self, parsed: ParsedDocument) -> dict[int, list[Dated]]:
        if parsed is not self._parsed:
            self._by_sentence = read(parsed, self._finder)
            self._parsed = parsed
        return self._by_sentence


def _as_told(parsed: ParsedDocument, dated: Dated, predicate: int) -> When:
    """The days of an expression for a predicate: what is done lies in `this week` until today."""
    span, before = dated.when.span, dated.before
    if dated.ahead is not None and lies_ahead(parsed, predicate):
        return replace(dated.when, span=dated.ahead)
    is_part = before is not None and span is not None and _lies_in(before, span)
    if before is not None and (is_part or lies_behind(parsed, predicate)):
        return replace(dated.when, span=before)
    return dated.when


def _as_meant(parsed: ParsedDocument, dated: Dated, verb: int) -> When:
    """The days of the words: the tense of the verb tells which March, not how much of it."""
    if dated.ahead is not None and lies_ahead(parsed, verb):
        told = dated.ahead
    elif dated.before is not None and lies_behind(parsed, verb):
        told = dated.before
    else:
        return dated.when
    span = dated.when.span
    if span is not None and _lies_in(told, span):
        return dated.when
    return replace(dated.when, span=told)


def _lies_in(inner: TimeSpan, outer: TimeSpan) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def is_long_past(when: When, published: TimeSpan | None) -> bool:
    """Whether something ended more than a year before publication: history, not news."""
    if when.span is None or published is None:
        return False
    return (published.first - when.span.last).days > LONG_PAST_DAYS


# -- which expression dates a predicate ---------------------------------------------------------


def _own_days(parsed: ParsedDocument, dated: Dated, start: int, end: int) -> When | None:
    """The days of the predicate if it is the event that an expression names (`fall of Kabul`)."""
    expression = dated.expression
    if expression.anchor is None or start < expression.core_start or end > expression.end:
        return None
    text = " ".join(parsed.text_of(expression.core_start, expression.end).split())
    return When(expression.anchor, text, ANCHOR, "day" if expression.anchor.days == 1
                else "vague")  # fmt: skip


def _nearest(parsed: ParsedDocument, predicate: int, candidates: list[Dated]) -> Dated | None:
    above: dict[int, int] = {}
    index, cost = predicate, 0
    tokens = parsed.tokens
    while True:
        above[index] = cost
        if tokens[index].head == index:
            break
        cost += _DOWN.get(tokens[index].dep, 0) or 1
        index = tokens[index].head
    best: tuple[int, int, Dated] | None = None
    for dated in candidates:
        if dated.is_topic:
            continue
        cost_of = _cost(parsed, predicate, dated, above)
        if cost_of is None:
            continue
        distance = abs(tokens[dated.head].index - predicate)
        if best is None or (cost_of, distance) < best[:2]:
            best = cost_of, distance, dated
    return None if best is None else best[2]


def _cost(
    parsed: ParsedDocument, predicate: int, dated: Dated, above: dict[int, int]
) -> int | None:
    """How far the expression is from the predicate in the tree; None where it cannot date it."""
    if quote_of(parsed, dated.expression.core_start) not in {
        None,
        quote_of(parsed, parsed.tokens[predicate].start),
    }:
        return None
    tokens = parsed.tokens
    node, cost = tokens[dated.head], 0
    if node.index in above:
        # The predicate hangs inside the expression (`after the Taliban took over, killing …`).
        return above[node.index]
    if not binds(parsed, node, predicate):
        return None
    while node.index not in above:
        if node.index != dated.head:
            if node.dep in _CLOSED or (node.dep == "advcl" and has_own_time(parsed, node)):
                return None
            cost += _COSTS.get(node.dep, 1)
        if node.head == node.index:
            return None
        node = tokens[node.head]
    cost += above[node.index]
    crossed = clauses_between(parsed, predicate, node.index)
    if dated.expression.rule in FAINT:
        if crossed or cost > 2:
            return None
        cost += _NOW_COST
    if any(clause.dep in {"ccomp", "parataxis"} and is_past(parsed, clause) for clause in crossed):
        # `said on Thursday that it had left`: Thursday dates the saying.
        return None
    return cost
