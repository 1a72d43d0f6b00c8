"""Why a text is coded as it is: words looked at; what gate, model and rules say; who decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from inconcert.code.asking import Answer
from inconcert.code.clauses import Clauses
from inconcert.code.coder import Considered
from inconcert.code.drafts import Draft
from inconcert.code.encoding import NONE, TYPES
from inconcert.code.gate import Weighed, weighed
from inconcert.code.gate import weights as gate_weights
from inconcert.code.joined import LEAST_CONFIDENCE, SILENT, Aside, Found, weights
from inconcert.code.matching import best_pattern
from inconcert.code.model import Named
from inconcert.code.patterns import finished
from inconcert.code.tables import tables
from inconcert.core.document import Document
from inconcert.core.mention import Participant
from inconcert.core.parsed import ParsedDocument, Sentence, Token
from inconcert.errors import UnreadableDocument
from inconcert.show import record
from inconcert.workbench.chain import chain
from inconcert.workbench.questions import days_of

_TYPES_TOLD = 3
_HALF = re.compile("[\ud800-\udbff]|[\udc00-\udc7f]|[\udd00-\udfff]")
"""Halves of characters other than those in which a terminal hands over odd bytes."""
BELOW = "below the confidence floor"
HELD_BACK = "the gate holds it back"
PART = "part of another event"
Record = dict[str, object]


def explain(text: str, *, published: str | None = None) -> Record:
    """Code a text by itself and tell how each event came about; nothing is stored.

    All offsets count characters of `text` in the record.

    Args:
        published: date of the text (2021, 2021-08, 2021-08-15).

    Raises:
        UnreadableDocument: there is no text.
        BadQuestion: the date is none.
    """
    if not text.strip():
        raise UnreadableDocument(
            "there is no text to code", where="--explain", advice="Put it in quotation marks."
        )
    span = None if published is None else days_of(published, "--date")
    # What a terminal of an odd encoding hands over comes as halves of surrogate pairs.
    whole = _HALF.sub("\ufffd", text)
    words = whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    document = Document.of(words, published=span, language="en")
    tools = chain()
    parsed = next(iter(tools.parser.parse([document])))
    mentions = tools.resolver.read(parsed).mentions()
    notes: list[Considered] = []
    found = {
        sentence.index: events
        for sentence, events in tools.coder.found(parsed, mentions, notes=notes)
    }
    clauses = Clauses(parsed, mentions)
    led = {one.sentence.index: one for one in notes}
    views = [
        _View(clauses, sentence, led.get(sentence.index), found.get(sentence.index, []))
        for sentence in parsed.sentences
    ]
    told = record.explained(document, tools.code(document))
    grounds = {id: ground for view in views for id, ground in view.grounds()}
    return {
        **told,
        "floor": LEAST_CONFIDENCE,
        "sentences": [view.as_record() for view in views],
        "events": [
            {**event, **grounds.get(str(event["id"]), {})}
            for event in cast("list[Record]", told["events"])
        ],
    }


class _View:
    """A sentence with all that was looked at in it."""

    def __init__(
        self,
        clauses: Clauses,
        sentence: Sentence,
        led: Considered | None,
        found: Sequence[Found],
    ) -> None:
        self._clauses, self._parsed = clauses, clauses.parsed
        self._sentence, self._led = sentence, led
        self._sure = [one for one in found if one.confidence >= LEAST_CONFIDENCE]
        self._unsure = [one for one in found if one.confidence < LEAST_CONFIDENCE]

    def grounds(self) -> Iterator[tuple[str, Record]]:
        """By id of a coded event: what it rests on."""
        for one in self._sure:
            event = finished(self._clauses, self._sentence, one.draft, (), one.confidence)
            yield (
                event.id,
                {
                    "sentence": self._sentence.index,
                    "predicate_spans": _spans(self._parsed, one.draft),
                    "decided": decided(one),
                    "features": _features(one.features),
                },
            )

    def as_record(self) -> Record:
        """The sentence, its words and what was left out."""
        sentence = self._sentence
        return {
            "text": self._parsed.text_of(sentence.start, sentence.end),
            "start": sentence.start,
            "end": sentence.end,
            "coded": self._led is not None,
            "reason": None if self._led is not None else self._why_not_coded(),
            "words": [] if self._led is None else list(self._words(self._led)),
            "left_out": [] if self._led is None else list(self._left_out(self._led)),
        }

    def _why_not_coded(self) -> str:
        if self._parsed.paragraphs[self._sentence.paragraph].is_question:
            return "question of a reporter"
        return "names nobody known"

    # -- words ------------------------------------------------------------------------------

    def _words(self, led: Considered) -> Iterator[Record]:
        """Words that may tell an event, and others at which a rule finds one, in order."""
        gate = {one.token.index: one for one in weighed(self._clauses, self._sentence)}
        answers = {one.token.index: one for one in led.answers}
        rules: dict[int, Draft] = {draft.predicate[0]: draft for draft in led.drafts}
        for index in sorted({*gate, *answers, *rules}):
            token = self._parsed.tokens[index]
            yield {
                **_word(token, self._parsed),
                "lemma": token.lemma,
                "pos": token.pos,
                "gate": None if index not in gate else _gate(gate[index]),
                "model": None if index not in answers else self._model(answers[index]),
                "rules": self._rules(token, led.drafts),
                "outcome": self._outcome(index, led, is_read=index in answers),
            }

    def _model(self, answer: Answer) -> Record:
        return {
            "types": best_types(answer.reading.types),
            "auxiliary": _chances(answer.reading.auxiliary),
            **{
                role: [self._named(one) for one in answer.spans(role)]
                for role in ("actors", "recipients", "about")
            },
        }

    def _named(self, one: Named) -> Record:
        words = self._parsed.text_of(one.start, one.end)
        return {"text": words, "start": one.start, "end": one.end, "chance": round(one.chance, 3)}

    def _rules(self, token: Token, drafts: Iterable[Draft]) -> list[Record]:
        """Events of the rules at the word, or the row of the verb table that fits without one."""
        mine = [draft for draft in drafts if token.index in {*draft.predicate, draft.verb}]
        if mine:
            return [{"rule": one.rule, "type": one.type, "event": True} for one in mine]
        pattern = best_pattern(self._clauses, tables(), token.index)
        if pattern is None:
            return []
        return [{"rule": pattern.rule, "type": pattern.type, "event": False}]

    def _outcome(self, index: int, led: Considered, *, is_read: bool) -> Record:
        """What became of a word: `event`, or `left out` with the reason."""
        for events, reason in ((self._sure, None), (self._unsure, BELOW)):
            for one in events:
                if index in {*one.draft.predicate, one.draft.verb}:
                    return {
                        "coded": reason is None,
                        "reason": reason,
                        "type": one.draft.type,
                        "decided": decided(one),
                    }
        reasons = (one.reason for one in led.aside if one.token == index)
        reason = next(reasons, PART if is_read else HELD_BACK)
        return {"coded": False, "reason": reason, "type": None, "decided": None}

    # -- what was left out ------------------------------------------------------------------

    def _left_out(self, led: Considered) -> Iterator[Record]:
        for one in self._unsure:
            yield self._omitted(one, BELOW)
        for aside in led.aside:
            if aside.found is not None:
                yield {**self._omitted(aside.found, aside.reason), **self._repeated(aside)}
            elif aside.reason != SILENT:
                word = _word(self._parsed.tokens[aside.token], self._parsed)
                yield {**word, "type": None, "confidence": None, "reason": aside.reason}

    def _omitted(self, one: Found, reason: str) -> Record:
        tokens = [self._parsed.tokens[index] for index in one.draft.predicate]
        start, end = min(token.start for token in tokens), max(token.end for token in tokens)
        return {
            "text": self._parsed.text_of(start, end),
            "start": start,
            "end": end,
            "type": one.draft.type,
            "actors": _people(one.draft.actors),
            "recipients": _people(one.draft.recipients),
            "confidence": round(one.confidence, 3),
            "decided": decided(one),
            "reason": reason,
        }

    def _repeated(self, aside: Aside) -> Record:
        if aside.other is None:
            return {}
        return {"repeats": _word(self._parsed.tokens[aside.other.draft.predicate[0]], self._parsed)}


def decided(found: Found) -> str:
    """Which of rule and model an event is owed to, in words."""
    rule = found.draft.rule
    if rule == "model":
        return "the model alone"
    if rule.startswith("model, against "):
        return "the model, against the rule"
    if rule.endswith(" and model"):
        return "rule and model together"
    if found.features.get("no answer"):
        return "the rule alone; the model was not asked"
    return "the rule; the model says otherwise"


def best_types(chances: Sequence[float]) -> list[Record]:
    """The likeliest types and `NONE`, likeliest first.

    Args:
        chances: one for each of `TYPES`.
    """
    ranked = sorted(zip(chances, TYPES, strict=True), key=lambda pair: (-pair[0], pair[1]))
    events = [pair for pair in ranked if pair[1] != NONE][: _TYPES_TOLD - 1]
    kept = [pair for pair in ranked if pair in events or pair[1] == NONE]
    return [{"type": name, "chance": round(chance, 3)} for chance, name in kept]


def _gate(one: Weighed) -> Record:
    least = gate_weights()["threshold"]
    return {"score": round(one.score, 2), "threshold": round(least, 2), "passes": one.passes}


def _features(features: Mapping[str, float]) -> list[Record]:
    """What the confidence was computed from, the weightiest first."""
    known = weights()
    rows = [(name, value, known.get(name, 0.0)) for name, value in features.items()]
    rows.sort(key=lambda row: -abs(row[1] * row[2]))
    return [
        {"name": name, "value": round(value, 3), "weight": round(weight, 3),
         "adds": round(value * weight, 3)}
        for name, value, weight in rows
    ]  # fmt: skip


def _chances(pairs: Iterable[tuple[str, float]]) -> Record:
    return {name: round(chance, 3) for name, chance in pairs}


def _spans(parsed: ParsedDocument, draft: Draft) -> list[list[int]]:
    """Characters of the words of the predicate; neighbours as one."""
    spans: list[list[int]] = []
    for index in sorted(draft.predicate):
        token = parsed.tokens[index]
        if spans and not parsed.text_of(spans[-1][1], token.start).strip():
            spans[-1][1] = token.end
        else:
            spans.append([token.start, token.end])
    return spans


def _word(token: Token, parsed: ParsedDocument) -> Record:
    words = parsed.text_of(token.start, token.end)
    return {"text": words, "start": token.start, "end": token.end}


def _people(people: Iterable[Participant]) -> list[Record]:
    return [
        {"code": one.code, "sectors": list(one.sectors), "name": one.name,
         "start": one.start, "end": one.end}
        for one in people
    ]  # fmt: skip
