"""When something happened: the time expression that dates a predicate, as days.

The expression is looked for in the predicate's own clause first, then in the rest of the sentence
as far as it can date it: what stands in a relative clause or inside quotation marks dates only
what stands there too. Nothing is guessed: without an expression the day is unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from inconcert.core.event import When
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.span import TimeSpan
from inconcert.resolve.counting import absolute, framed, relative, shift
from inconcert.resolve.times import Expression, TimeFinder, time_finder

ABSOLUTE = "absolute"
RELATIVE = "relative to document date"
UNDATED = "relative, document undated"
ANCHOR = "anchor event"
CARRIED = "carried from an earlier sentence"

LONG_PAST_DAYS = 365

_CARRYING = {"carried", "since_carried", "about_carried"}
_SAME = {"carried", "about_carried"}
_SHIFTED = {"shifted", "units_shifted", "shifted_day", "shifted_unit"}
_NOW_COST = 5
"""`Now` is as often a word of the argument as of time: any other expression goes before it."""

_CARRY_SENTENCES = 12
_SAME_SENTENCES = 5
"""How far back `since then` and `at the same time` may point."""

_ABOUT_DAYS = 15
"""`Meanwhile` links two stories more often than two days: a month round the day told before."""

_CARRY_WIDTH_DAYS = 400
_CLOSED = {"relcl", "acl", "ccomp", "csubj", "csubjpass", "parataxis"}
_NOUN_BOUND = {"poss", "amod", "nummod", "compound", "nmod", "appos"}
_OTHER_TIME = {
    "before", "after", "since", "until", "till", "if", "unless", "because", "once", "although",
    "though", "whereas",
}  # fmt: skip
_GOING_ON = {"continue", "begin", "start", "help", "manage"}
"""Verbs whose infinitive is as much under way as they are."""

_COSTS = {"conj": 2, "xcomp": 3, "advcl": 3, "pcomp": 2, "prep": 1, "pobj": 1}
_DOWN = {"ccomp": 3, "advcl": 3, "relcl": 4, "acl": 3, "conj": 2, "parataxis": 4, "xcomp": 1}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A time expression with its days and its place in the tree.

    Attributes:
        when: for a predicate whose tense does not tell more.
        ahead: for one in the future, where that differs.
        before: for one surely in the past, where that differs.
        head: token that hangs the expression in its clause.
        is_topic: an event named without a word of time: it dates itself and nothing else.
    """

    expression: Expression
    when: When
    ahead: TimeSpan | None
    before: TimeSpan | None
    head: int
    is_topic: bool


class DateResolver:
    """Dates predicates; keeps the expressions of one document, the last one asked about."""

    def __init__(self) -> None:
        self._finder = time_finder()
        self._parsed: ParsedDocument | None = None
        self._by_sentence: dict[int, list[_Dated]] = {}

    def when(self, parsed: ParsedDocument, start: int, end: int, sentence: int) -> When:
        """When the predicate at characters `[start, end)` of a sentence happened.

        Returns:
            The days with the words that tell them; `When()` where the sentence has none. `span`
            is None where the words count from a day that is not known.
        """
        candidates = self._read(parsed).get(sentence)
        if not candidates:
            return When()
        for dated in candidates:
            own = _own_days(parsed, dated, start, end)
            if own is not None:
                return own
        predicate = _head(parsed, sentence, start, end)
        best = _nearest(parsed, predicate, candidates)
        return When() if best is None else _as_told(parsed, best, predicate)

    def expressions(self, parsed: ParsedDocument) -> list[tuple[int, int, When]]:
        """Every expression of time: its characters, and its days as its clause has them."""
        return [
            (dated.expression.start, dated.expression.end, _as_told(parsed, dated, verb))
            for number, candidates in sorted(self._read(parsed).items())
            for dated in candidates
            for verb in [_verb_above(parsed, dated.head, number)]
        ]

    def _read(self, parsed: ParsedDocument) -> dict[int, list[_Dated]]:
        if parsed is not self._parsed:
            self._by_sentence = _read(parsed, self._finder)
            self._parsed = parsed
        return self._by_sentence


def _as_told(parsed: ParsedDocument, dated: _Dated, predicate: int) -> When:
    """The days of an expression for a predicate, which may lie ahead or behind."""
    if dated.ahead is not None and _lies_ahead(parsed, predicate):
        return When(dated.ahead, dated.when.text, dated.when.basis)
    if dated.before is not None and _lies_behind(parsed, predicate):
        return When(dated.before, dated.when.text, dated.when.basis)
    return dated.when


def _verb_above(parsed: ParsedDocument, head: int, sentence: int) -> int:
    """The verb that an expression hangs from, or the top of its sentence."""
    token = parsed.tokens[head]
    while token.pos not in {"VERB", "AUX"} and token.head != token.index:
        above = parsed.tokens[token.head]
        if above.sentence != sentence:
            break
        token = above
    return token.index


def is_long_past(when: When, published: TimeSpan | None) -> bool:
    """Whether something ended more than a year before publication: history, not news."""
    if when.span is None or published is None:
        return False
    return (published.first - when.span.last).days > LONG_PAST_DAYS


# -- reading a document -------------------------------------------------------------------------


def _read(parsed: ParsedDocument, finder: TimeFinder) -> dict[int, list[_Dated]]:
    """The dated expressions of a document by sentence; what is carried is carried in order."""
    starts = [sentence.start for sentence in parsed.sentences]
    published = parsed.document.published
    found: dict[int, list[_Dated]] = {}
    last: TimeSpan | None = None
    last_sentence = 0
    for told_by in finder.find(parsed.document.text):
        expression = told_by
        index = bisect_right(starts, expression.core_start) - 1
        if index < 0 or expression.end > parsed.sentences[index].end:
            continue
        if last is not None and index - last_sentence > _CARRY_SENTENCES:
            last = None
        head = _head(parsed, index, max(expression.start, starts[index]), expression.end)
        if expression.anchor is not None and not expression.is_framed:
            expression = _framed_by_clause(parsed, expression, head, finder)
        is_far = expression.rule in _SAME and index - last_sentence > _SAME_SENTENCES
        told = _days(parsed, expression, None if is_far else last)
        if told is None:
            continue
        is_topic = expression.anchor is not None and not expression.is_framed
        found.setdefault(index, []).append(
            _Dated(expression, told.when, told.ahead, told.before, head, is_topic)
        )
        if told.base is not None and _can_carry(expression, told.base, published):
            last, last_sentence = told.base, index
    return found


def _framed_by_clause(
    parsed: ParsedDocument, expression: Expression, head: int, finder: TimeFinder
) -> Expression:
    """An event told as a clause of time (`as the government's top brass fled Kabul`)."""
    token = parsed.tokens[head]
    if token.dep != "advcl":
        return expression
    for mark in parsed.kids(head, "mark", "advmod"):
        frame = finder.frame_of(mark.text) if mark.index < head else None
        if frame is not None:
            return replace(expression, start=mark.start, frame=frame, is_framed=True)
    return expression


def _can_carry(expression: Expression, span: TimeSpan, published: TimeSpan | None) -> bool:
    """Whether `since then` and the like may point back to it: a time of the story, not history."""
    if expression.rule == "now" or span.days > _CARRY_WIDTH_DAYS:
        return False
    if published is None:
        return True
    return span.first <= published.last and (published.first - span.last).days < 2 * 365


@dataclass(frozen=True, slots=True)
class _Told:
    """What an expression means, also ahead and in the past, and as a base for what counts on."""

    when: When
    base: TimeSpan | None
    ahead: TimeSpan | None = None
    before: TimeSpan | None = None


def _days(parsed: ParsedDocument, expression: Expression, last: TimeSpan | None) -> _Told | None:
    """What an expression means; None where it tells no days, not even in a dated document."""
    published = parsed.document.published
    text = " ".join(parsed.text_of(expression.start, expression.end).split())
    parts, rule, frame = expression.parts, expression.rule, expression.frame
    if expression.anchor is not None:
        if published is not None and published.last < expression.anchor.first:
            return None
        return _framed(frame, expression.anchor, text, ANCHOR, published)
    if rule in _CARRYING:
        if last is None:
            return None
        if rule == "about_carried":
            last = TimeSpan(shift(last.first, -_ABOUT_DAYS), shift(last.last, _ABOUT_DAYS))
        return _framed(frame, last, text, CARRIED, published)
    if rule in _SHIFTED:
        told = relative(rule, parts, last) if last is not None else None
        span = None if told is None else told.span
        if span is None and published is not None:
            return None
        return _Told(When(span, text, CARRIED if span else UNDATED), span)
    fixed = absolute(rule, parts)
    if fixed is not None:
        return _framed(frame, fixed, text, ABSOLUTE, published)
    if rule == "date" and parts.year is not None:
        return None
    if published is None:
        return _Told(When(None, text, UNDATED), None)
    told = relative(rule, parts, published)
    if told is None:
        return None
    ahead = told.ahead and framed(frame, told.ahead, published)
    before = told.before and framed(frame, told.before, published)
    return replace(_framed(frame, told.span, text, RELATIVE, published), ahead=ahead, before=before)


def _framed(frame: str, span: TimeSpan, text: str, basis: str, published: TimeSpan | None) -> _Told:
    outer = framed(frame, span, published)
    return _Told(When(outer, text, basis if outer is not None else UNDATED), span)


# -- which expression dates a predicate ---------------------------------------------------------


def _own_days(parsed: ParsedDocument, dated: _Dated, start: int, end: int) -> When | None:
    """The days of the predicate if it is the event that an expression names (`fall of Kabul`)."""
    expression = dated.expression
    if expression.anchor is None or start < expression.core_start or end > expression.end:
        return None
    text = " ".join(parsed.text_of(expression.core_start, expression.end).split())
    return When(expression.anchor, text, ANCHOR)


def _head(parsed: ParsedDocument, sentence: int, start: int, end: int) -> int:
    """The token of a stretch that hangs it in the tree."""
    bounds = parsed.sentences[sentence]
    inside = [
        token.index
        for token in parsed.tokens[bounds.first : bounds.last]
        if token.start < end and token.end > start and token.pos != "PUNCT"
    ]
    if not inside:
        return bounds.first
    for index in inside:
        head = parsed.tokens[index].head
        if head == index or head not in inside:
            return index
    return inside[0]


def _nearest(parsed: ParsedDocument, predicate: int, candidates: list[_Dated]) -> _Dated | None:
    above: dict[int, int] = {}
    index, cost = predicate, 0
    tokens = parsed.tokens
    while True:
        above[index] = cost
        if tokens[index].head == index:
            break
        cost += _DOWN.get(tokens[index].dep, 0) or 1
        index = tokens[index].head
    best: tuple[int, int, _Dated] | None = None
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
    parsed: ParsedDocument, predicate: int, dated: _Dated, above: dict[int, int]
) -> int | None:
    """How far the expression is from the predicate in the tree; None where it cannot date it."""
    if _quote_of(parsed, dated.expression.core_start) not in {
        None,
        _quote_of(parsed, parsed.tokens[predicate].start),
    }:
        return None
    tokens = parsed.tokens
    node, cost = tokens[dated.head], 0
    if node.index in above:
        # The predicate hangs inside the expression (`after the Taliban took over, killing …`).
        return above[node.index]
    if not _binds(parsed, node, predicate):
        return None
    while node.index not in above:
        if node.index != dated.head:
            if node.dep in _CLOSED or (node.dep == "advcl" and _has_own_time(parsed, node)):
                return None
            cost += _COSTS.get(node.dep, 1)
        if node.head == node.index:
            return None
        node = tokens[node.head]
    cost += above[node.index]
    crossed = _clauses_between(parsed, predicate, node.index)
    if dated.expression.rule == "now":
        if crossed or cost > 2:
            return None
        cost += _NOW_COST
    if any(clause.dep in {"ccomp", "parataxis"} and _is_past(parsed, clause) for clause in crossed):
        # `said on Thursday that it had left`: Thursday dates the saying.
        return None
    return cost


def _quote_of(parsed: ParsedDocument, at: int) -> int | None:
    """Start of the quote that holds a character; scare quotes do not count."""
    for quote in parsed.quotes:
        if quote.start > at:
            return None
        if at < quote.end and not quote.is_scare:
            return quote.start
    return None


def _binds(parsed: ParsedDocument, node: Token, predicate: int) -> bool:
    """Whether the expression may date more than the noun that it modifies."""
    noun = _parted_noun(parsed, node)
    if noun is not None:
        return predicate == noun
    head = parsed.tokens[node.head]
    if head.pos not in {"NOUN", "PROPN"} or head.index == predicate:
        return True
    if node.dep in _NOUN_BOUND or node.text.lower() == "of":
        return False
    return not (node.dep == "npadvmod" and parsed.kids(head.index, "poss"))


def _parted_noun(parsed: ParsedDocument, node: Token) -> int | None:
    """The noun that an expression parts from its clause (`his pledge last week that …`)."""
    below = parsed.subtree(node.index)
    before, after = below[0] - 1, below[-1] + 1
    if before < 0 or after >= len(parsed.tokens):
        return None
    if parsed.tokens[after].text.lower() not in {"that", "to"} or not parsed.kids(before, "poss"):
        return None
    return before


def _has_own_time(parsed: ParsedDocument, clause: Token) -> bool:
    return any(mark.text.lower() in _OTHER_TIME for mark in parsed.kids(clause.index, "mark"))


def _clauses_between(parsed: ParsedDocument, predicate: int, top: int) -> list[Token]:
    """Heads of the clauses left on the way up from the predicate."""
    found, token = [], parsed.tokens[predicate]
    while token.index != top and token.head != token.index:
        if token.dep in {"ccomp", "parataxis", "relcl", "advcl", "acl"}:
            found.append(token)
        token = parsed.tokens[token.head]
    return found


def _is_past(parsed: ParsedDocument, verb: Token) -> bool:
    helpers = {kid.text.lower() for kid in parsed.kids(verb.index, "aux", "auxpass")}
    if helpers & {"will", "would", "'ll", "can", "could", "may", "might", "should", "to"}:
        return False
    return verb.tag == "VBD" or bool(helpers & {"had", "has", "have", "'ve", "was", "were"})


def _lies_behind(parsed: ParsedDocument, predicate: int) -> bool:
    """Whether the predicate, or the verb over an event noun, is told in the past."""
    token = parsed.tokens[predicate]
    for _ in range(3):
        if token.pos in {"VERB", "AUX"}:
            return _is_past(parsed, token)
        token = parsed.tokens[token.head]
    return False


def _lies_ahead(parsed: ParsedDocument, predicate: int) -> bool:
    """Whether the predicate is told as future (`will meet`, `is to meet`, `plans to meet`)."""
    token = parsed.tokens[predicate]
    for _ in range(3):
        for kid in parsed.kids(token.index, "aux"):
            if kid.text.lower() in {"will", "shall", "'ll"}:
                return True
            if kid.tag == "TO" and token.dep == "xcomp":
                head = parsed.tokens[token.head]
                return head.tag in {"VBZ", "VBP", "VBG", "VBN"} and head.lemma not in _GOING_ON
        if token.dep == "pcomp" and _looks_forward(parsed, token):
            return True
        if token.dep not in {"pobj", "prep", "dobj", "conj", "xcomp"}:
            return False
        token = parsed.tokens[token.head]
    return False


def _looks_forward(parsed: ParsedDocument, gerund: Token) -> bool:
    """`looks forward to welcoming him on Friday`."""
    verb = parsed.tokens[parsed.tokens[gerund.head].head]
    words = {kid.text.lower() for kid in parsed.kids(verb.index)}
    return verb.lemma == "look" and "forward" in words
