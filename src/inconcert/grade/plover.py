"""Grade against sentences that mark one event each: source, target, type.

The files are TSV with the columns `sentence`, `marked_sentence` (source in `<s>`, target in `<t>`
tags) and `gold_root` (a PLOVER type; `YIELD` stands for CONCEDE and RETREAT, which it joins). Two
questions are asked: *given* both parties, which type; and from the raw sentence, *found*, which one
event comes first.

Sets with `YIELD` label some kinds of act otherwise than the manual (`data/habits.tsv`: imposed
sanctions, convictions, promised concessions, pledges of support). The coder follows the manual. Its
types are put into such a set's terms before they are compared; how they compare without that is
told beside it, as `by_manual`.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from inconcert.errors import BadInput
from inconcert.ontology.tables import read_table

COLUMNS = ("marked_sentence", "gold_root")
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
ENOUGH = 0.5
"""Token-F1 with the marked words from which a party counts as found."""
DRAWS = 2000
_TAG = re.compile(r"</?([st])>")
_WORD = re.compile(r"\w+")
_ARTICLES = {"the", "a", "an"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One sentence of the set, tags taken out."""

    sentence: str
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    type: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class First:
    """The event a coder ranks first in a sentence."""

    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the coder said of one sentence."""

    marked: Marked
    given: str | None
    found: First | None

    def in_terms_of_the_set(self) -> Outcome:
        """The same with types as such a set would label them."""
        first = self.found
        return replace(
            self,
            given=None if self.given is None else in_its_terms(self.given, self.marked.sentence),
            found=first and replace(first, type=in_its_terms(first.type, self.marked.sentence)),
        )

    @property
    def type_right(self) -> bool:
        """Whether the first event has the marked type."""
        return self.found is not None and same_type(self.found.type, self.marked.type)

    @property
    def actor_right(self) -> bool:
        """Whether the actor's words are the marked source's."""
        return self.found is not None and is_same(
            self.found.actors, self.words(self.marked.sources)
        )

    @property
    def recipient_right(self) -> bool:
        """Whether the recipient's words are the marked target's."""
        found = self.found
        return found is not None and is_same(found.recipients, self.words(self.marked.targets))

    @property
    def all_right(self) -> bool:
        """Type, actor and recipient."""
        return self.type_right and self.actor_right and self.recipient_right

    def words(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Marked words."""
        return tuple(self.marked.sentence[start:end] for start, end in spans)


def read_marked(path: Path) -> list[Marked]:
    """All rows of a file.

    Raises:
        BadInput: a column is missing or a row has no source, target or tag that closes.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise BadInput(
                f"no column {', '.join(missing)}", where=str(path),
                advice="Columns needed: sentence, marked_sentence (with <s> and <t>), gold_root.",
            )  # fmt: skip
        return [_marked(row, f"{path}:{number}") for number, row in enumerate(rows, start=2)]


def _marked(row: Mapping[str, str], where: str) -> Marked:
    text, spans, opened = "", {"s": list[Span](), "t": list[Span]()}, dict[str, int]()
    place = 0
    for tag in _TAG.finditer(row["marked_sentence"]):
        text += row["marked_sentence"][place : tag.start()]
        place = tag.end()
        name = tag[1]
        if tag[0].startswith("</") == (name not in opened):
            raise BadInput(
                "tags do not match", where=where, advice="Each <s> and <t> needs its end tag."
            )
        if name in opened:
            spans[name].append((opened.pop(name), len(text)))
        else:
            opened[name] = len(text)
    text += row["marked_sentence"][place:]
    if opened:
        raise BadInput("a tag is not closed", where=where, advice="Close every <s> and <t>.")
    return Marked(text, tuple(spans["s"]), tuple(spans["t"]), row["gold_root"].strip().upper(),
                  row.get("sentence_id", ""))  # fmt: skip


def same_type(coded: str, marked: str) -> bool:
    """Whether two types are one, CONCEDE and RETREAT being YIELD where the set joins them."""
    return coded == marked or (marked == "YIELD" and coded in YIELD)


def in_its_terms(coded: str, sentence: str) -> str:
    """A type of the manual as sets with `YIELD` label it in such a sentence.

    Example:
        >>> in_its_terms("SANCTION", "Peru imposed new sanctions on Chile.")
        'COERCE'
    """
    for row in _habits():
        if row[0] == coded and row[1].search(sentence):
            return row[2]
    return coded


@cache
def _habits() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = read_table("inconcert.grade", "data/habits.tsv")
    return tuple(
        (row["coded"], re.compile(row["words"], re.IGNORECASE), row["theirs"]) for row in rows
    )


def is_same(found: Sequence[str], marked: Sequence[str]) -> bool:
    """Whether one of the names found shares enough words with one marked; or all with all.

    Where nothing is marked, nothing must be found.
    """
    if not marked:
        return not found
    pairs = [(one, other) for one in found for other in marked]
    pairs.append((" ".join(found), " ".join(marked)))
    return any(token_f1(one, other) >= ENOUGH for one, other in pairs)


def token_f1(one: str, other: str) -> float:
    """Harmonic mean of the shares of words that both have, articles dropped."""
    first, second = _words(one), _words(other)
    shared = len(first & second)
    return 2 * shared / (len(first) + len(second)) if shared else 0.0


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in _ARTICLES}


def outcomes(
    rows: Sequence[Marked],
    given: Callable[[Sequence[Marked]], Sequence[str | None]],
    found: Callable[[Sequence[Marked]], Sequence[First | None]],
) -> list[Outcome]:
    """What the coder says of all rows."""
    return [
        Outcome(row, kind, first)
        for row, kind, first in zip(rows, given(rows), found(rows), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class PloverGrade:
    """Figures of a whole set.

    Attributes:
        coded: what the coder said, by the manual.
    """

    coded: tuple[Outcome, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The same in the terms of the set, where it has its own."""
        if not any(row.marked.type == "YIELD" for row in self.coded):
            return self.coded
        return tuple(row.in_terms_of_the_set() for row in self.coded)

    def as_json(self) -> dict[str, object]:
        """Figures as plain data; shares to four digits, intervals in `intervals`."""
        results = self.outcomes
        return {
            "n": len(results),
            "given": {
                "accuracy": _round(self.accuracy(results)),
                "macro_f1": _round(macro_f1(results)),
                "by_class": {name: _round(value) for name, value in class_f1(results).items()},
            },
            "found": {
                name: _round(_share(results, name))
                for name in ("type", "actor", "recipient", "all_right")
            },
            "by_manual": {
                "accuracy": _round(self.accuracy(self.coded)),
                "macro_f1": _round(macro_f1(self.coded)),
                "type": _round(_share(self.coded, "type")),
                "all_right": _round(_share(self.coded, "all_right")),
            },
            "intervals": {
                name: [_round(low), _round(high)] for name, (low, high) in self.intervals()
            },
        }

    def intervals(self) -> Iterator[tuple[str, tuple[float, float]]]:
        """Middle 95 % of each figure when sentences are drawn with replacement."""
        rng, results = random.Random(0), self.outcomes
        figures: dict[str, Callable[[Sequence[Outcome]], float]] = {
            "given accuracy": self.accuracy,
            "found all_right": partial(_share, figure="all_right"),
        }
        for name, figure in figures.items():
            drawn = sorted(figure(rng.choices(results, k=len(results))) for _ in range(DRAWS // 4))
            yield name, (drawn[len(drawn) // 40], drawn[-1 - len(drawn) // 40])

    @staticmethod
    def accuracy(rows: Sequence[Outcome]) -> float:
        """Share of sentences whose type is right, parties given."""
        right = sum(row.given is not None and same_type(row.given, row.marked.type) for row in rows)
        return right / len(rows) if rows else 0.0

    def as_text(self) -> str:
        """Figures for people."""
        data = self.as_json()
        given, found, spans = data["given"], data["found"], data["intervals"]
        assert isinstance(given, dict)
        assert isinstance(found, dict)
        assert isinstance(spans, dict)
        manual = data["by_manual"]
        assert isinstance(manual, dict)
        low, high = spans["given accuracy"]
        least, most = spans["found all_right"]
        lines = [
            f"{data['n']} sentences",
            f"parties given: accuracy {given['accuracy']:.3f} [{low:.3f}, {high:.3f}]",
            f"               macro-F1 {given['macro_f1']:.3f}",
            *(f"  {name:<10} F1 {value:.3f}" for name, value in given["by_class"].items()),
            f"raw sentence:  type {found['type']:.3f}  actor {found['actor']:.3f}",
            f"               recipient {found['recipient']:.3f}",
            f"               all right {found['all_right']:.3f} [{least:.3f}, {most:.3f}]",
            f"by the manual: accuracy {manual['accuracy']:.3f}, macro-F1 {manual['macro_f1']:.3f}",
            f"               type {manual['type']:.3f}, all right {manual['all_right']:.3f}",
        ]
        return "\n".join(lines)


def _share(rows: Sequence[Outcome], figure: str) -> float:
    name = figure if figure.endswith("right") else f"{figure}_right"
    return sum(bool(getattr(row, name)) for row in rows) / len(rows) if rows else 0.0


def class_f1(rows: Sequence[Outcome]) -> dict[str, float]:
    """F1 of each class of the set, CONCEDE and RETREAT joined."""
    joined = any(row.marked.type == "YIELD" for row in rows)
    pairs = [
        (YIELD.get(row.given or "", row.given or "") if joined else row.given, row.marked.type)
        for row in rows
    ]
    names = sorted({marked for _, marked in pairs})
    scores = {}
    for name in names:
        both = sum(coded == marked == name for coded, marked in pairs)
        sizes = sum(coded == name for coded, _ in pairs) + sum(
            marked == name for _, marked in pairs
        )
        scores[name] = 2 * both / sizes if sizes else 0.0
    return scores


def macro_f1(rows: Sequence[Outcome]) -> float:
    """Mean of the classes' F1."""
    scores = class_f1(rows)
    return sum(scores.values()) / len(scores) if scores else 0.0


def _round(value: float) -> float:
    return round(value, 4)
