"""Ask the coder about sentences that mark one event each, for `grade --format plover`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inconcert.code.asking import Answer, ask, between
from inconcert.code.encoding import TYPES, plain
from inconcert.code.model import EventModel, Named
from inconcert.code.spans import widened
from inconcert.core.document import Document
from inconcert.core.parsed import ParsedDocument
from inconcert.grade.plover import First, Marked, PloverGrade, outcomes, read_marked
from inconcert.parse.pipeline import Parser

DEEPER = 0.7
"""How much less an event counts as the main one for each clause it is embedded in."""
OVERLAP = 0.5
"""Weight of a predicate whose own parties are not the given ones, when parties are given."""


def grade_marked(path: Path) -> PloverGrade:
    """Grade the coder on a file of marked sentences.

    Raises:
        BadInput: the file lacks a column or its tags do not match; names file and line.
    """
    rows = read_marked(path)
    coder = _Coder()
    return PloverGrade(tuple(outcomes(rows, coder.given, coder.found)))


class _Coder:
    def __init__(self) -> None:
        self._model = EventModel()
        self._parser = Parser()
        self._answers: dict[str, tuple[ParsedDocument, list[Answer]]] = {}

    def _asked(self, rows: Sequence[Marked]) -> None:
        new = sorted({row.sentence for row in rows} - self._answers.keys())
        documents = [Document.of(plain(sentence), place="sentence") for sentence in new]
        for sentence, parsed in zip(new, self._parser.parse(documents), strict=True):
            self._answers[sentence] = (parsed, ask(self._model, parsed, parsed.sentences))

    def given(self, rows: Sequence[Marked]) -> list[str | None]:
        """The type of what passes between the marked parties."""
        self._asked(rows)
        return [self._given(row) for row in rows]

    def _given(self, row: Marked) -> str | None:
        whole = between(self._model, row.sentence, row.sources[:1], row.targets[:1])
        chances = list(whole.types)
        for answer in self._answers[row.sentence][1]:
            fits = (
                1
                + _overlap(answer.spans("actors"), row.sources)
                + _overlap((*answer.spans("recipients"), *answer.spans("actors")), row.targets)
            )
            for place, chance in enumerate(answer.reading.types):
                if place:
                    chances[place] += OVERLAP * chance * (fits / 3) ** 2
        return max(TYPES[1:], key=lambda kind: chances[TYPES.index(kind)])

    def found(self, rows: Sequence[Marked]) -> list[First | None]:
        """The event that comes first in each sentence."""
        self._asked(rows)
        return [self._found(row) for row in rows]

    def _found(self, row: Marked) -> First | None:
        parsed, answers = self._answers[row.sentence]
        best = max(answers, key=lambda answer: _rank(parsed, answer), default=None)
        if best is None:
            return None
        actors = _phrases(parsed, best, "actors")
        others = [one for one in _phrases(parsed, best, "recipients") if not _inside(one, actors)]
        if len(actors) > 1 and (not others or best.reading.type in _MUTUAL):
            actors, others = actors[:1], actors[1:]
        return First(best.reading.type, _words(row, actors), _words(row, others))


_MUTUAL = {"CONSULT", "COOPERATE"}


def _phrases(parsed: ParsedDocument, answer: Answer, role: str) -> list[Named]:
    sentence = parsed.sentences[answer.token.sentence]
    return [widened(parsed, sentence, one) for one in answer.spans(role)]


def _inside(one: Named, others: Sequence[Named]) -> bool:
    return any(one.start >= other.start and one.end <= other.end for other in others)


def _words(row: Marked, named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(row.sentence[one.start : one.end] for one in named)


def _rank(parsed: ParsedDocument, answer: Answer) -> float:
    depth, token = 0, answer.token
    while token.head != token.index:
        if token.dep in {"ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp"}:
            depth += 1
        token = parsed.tokens[token.head]
    return (1 - answer.reading.silence) * DEEPER**depth


def _overlap(named: Sequence[Named], spans: Sequence[tuple[int, int]]) -> float:
    """1 when a name lies over one of the spans, else 0."""
    return float(any(one.start < end and one.end > start for one in named for start, end in spans))
