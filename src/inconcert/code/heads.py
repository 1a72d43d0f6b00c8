"""Types and modes of a user's own at work: small heads on the frozen event model.

A head is a weighted sum over what the model holds of a marked word. Where it is sure enough, a word
tells an event of the own type, beside what else it tells, or gives PLOVER's event an own mode.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.code.asking import Answer
from inconcert.code.candidates import key
from inconcert.code.clauses import Clauses
from inconcert.code.drafts import Draft, is_whole
from inconcert.code.encoding import PREDICATE, Mark, plain
from inconcert.code.joined import Found
from inconcert.code.modality import auxiliary_modes
from inconcert.code.model import EventModel, Question, digest
from inconcert.code.spans import people
from inconcert.code.tables import Tables
from inconcert.core.event import AUXILIARY_MODES
from inconcert.core.ids import content_id
from inconcert.core.parsed import ParsedDocument, Sentence, Token
from inconcert.errors import BadSetting, ModelError
from inconcert.labels.custom import OwnName
from inconcert.ontology import plover

FOLDER = "ontology"
"""Folder of a case in which its heads stand, one file a head."""
FORM = 1
"""Form of the file; raised when it changes."""
LIKELY = 0.5
Floats = npt.NDArray[np.float64]
Intensity = Callable[[str, str | None], float | None]
Considered = Sequence[tuple[Sentence, list[Found]]]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A learned type or mode.

    Attributes:
        weights: one a number of the model's vector.
        threshold: chance from which a word counts.
        words: words (`candidates.key`) that told it in the examples, asked about whatever the
            gate thinks of them.
        counts: examples it was learned from, and how well it did on sentences it had not seen.
        model: digest of the model's weights that it was learned on.
    """

    name: OwnName
    weights: Floats
    bias: float
    threshold: float
    words: frozenset[str]
    counts: Mapping[str, float]
    model: str

    def chances(self, vectors: npt.NDArray[Any]) -> Floats:
        """How likely each word tells it."""
        return chance_of(vectors.astype(np.float64) @ self.weights + self.bias)

    def as_text(self) -> str:
        """The head as JSON, to be read by `read_head`."""
        record = {
            "form": FORM,
            "name": str(self.name),
            "kind": "type" if self.name.mode is None else "mode",
            "like": self.name.like,
            "quad": self.name.quad,
            "threshold": self.threshold,
            "counts": dict(self.counts),
            "words": sorted(self.words),
            "model": self.model,
            "bias": self.bias,
            "weights": [float(f"{weight:.6g}") for weight in self.weights],
        }
        return json.dumps(record, indent=1) + "\n"


def chance_of(sums: Floats) -> Floats:
    """The logistic function, safe at both ends."""
    return np.asarray(1 / (1 + np.exp(-np.clip(sums, -30, 30))), dtype=np.float64)


def read_head(path: Path) -> Head:
    """A head from its file, whatever model it was learned on.

    Raises:
        BadSetting: the file cannot be read or is none of ours.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["form"] != FORM:
            raise ValueError(f"form {record['form']!r} instead of {FORM}")
        head = Head(
            name=OwnName.parse(record["name"], record["like"]),
            weights=np.array(record["weights"], dtype=np.float64),
            bias=float(record["bias"]),
            threshold=float(record["threshold"]),
            words=frozenset(map(str, record["words"])),
            counts=MappingProxyType({str(k): float(v) for k, v in record["counts"].items()}),
            model=str(record["model"]),
        )
        if head.weights.ndim != 1 or not np.isfinite([*head.weights, head.bias]).all():
            raise ValueError("weights that are no numbers")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSetting(
            f"this learned type cannot be used: {error}",
            where=str(path),
            advice="Learn it again with `inconcert ontology learn`, or take the file away.",
        ) from error
    return head


def read_heads(folder: Path) -> tuple[Head, ...]:
    """All heads of a case, in order of their names, whatever model they were learned on.

    Args:
        folder: the folder `ontology` of a case; it need not exist.

    Raises:
        BadSetting: a file cannot be used.
    """
    return tuple(read_head(path) for path in _files(folder))


def digest_of_heads(folder: Path) -> str | None:
    """Hash of the heads of a case, a part of what makes its records; None where it has none.

    Raises:
        BadSetting: a file cannot be read.
    """
    try:
        parts = [(path.name, path.read_bytes()) for path in _files(folder)]
    except OSError as error:
        raise BadSetting(
            f"a learned type cannot be read: {error.strerror or error}",
            where=str(folder),
            advice="Check who may read it.",
        ) from error
    return content_id(*parts) if parts else None


def intensity_with(heads: Sequence[Head]) -> Intensity:
    """Scores of types and modes with own ones among them.

    An own type has the score of the type it is like, an own mode that of its type. None for what is
    neither PLOVER's nor among the heads, and for own types that are like none.
    """
    likes = {head.name.type: head.name.like for head in heads if head.name.mode is None}

    def score(kind: str, mode: str | None) -> float | None:
        known = kind if kind in plover.event_types() else likes.get(kind)
        if known is None:
            return None
        return plover.intensity(
            known, mode if known == kind and mode in plover.modes(kind) else None
        )

    return score


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[A-Z]*.json"))


@dataclass(frozen=True, slots=True)
class Scored:
    """A word and how likely it tells what each head is for."""

    answer: Answer
    chances: tuple[float, ...]


class CustomHeads:
    """All own types and modes of a case."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self.heads = tuple(heads)
        self._types = [(n, h) for n, h in enumerate(heads) if h.name.mode is None]
        self._modes = [(n, h) for n, h in enumerate(heads) if h.name.mode is not None]
        self._words = frozenset(word for head in heads for word in head.words)

    @classmethod
    def load(cls, folder: Path, *, model: str | None = None) -> CustomHeads:
        """The heads of a case.

        Args:
            folder: the folder `ontology` of the case; it need not exist.
            model: digest of the weights at work, those of the package if None.

        Raises:
            BadSetting: a file cannot be used.
            ModelError: a head was learned on other weights.
        """
        heads = read_heads(folder)
        present = (digest() if model is None else model) if heads else ""
        for head in heads:
            if head.model != present:
                raise ModelError(
                    f"{head.name} was learned on another version of the event model",
                    where=str(folder / f"{head.name}.json"),
                    advice="Learn it again from its sentences with `inconcert ontology learn`.",
                )
        return cls(heads)

    def __bool__(self) -> bool:
        return bool(self.heads)

    def apply(
        self,
        model: EventModel,
        clauses: Clauses,
        tables: Tables,
        answers: Sequence[Answer],
        everything: Considered,
    ) -> list[tuple[Sentence, list[Found]]]:
        """What was found in the sentences of a document, with own types and modes.

        Args:
            answers: the model's answers about words of these sentences.
            everything: the sentences with what rules and model found in them.
        """
        if not self.heads:
            return list(everything)
        scored: dict[int, list[Scored]] = {}
        for one in self._scored(model, clauses.parsed, answers, [s for s, _ in everything]):
            scored.setdefault(one.answer.token.sentence, []).append(one)
        done = []
        for sentence, found in everything:
            mine = scored.get(sentence.index, [])
            built_in = [self._with_mode(one, mine) for one in found]
            own = self._own(clauses, tables, sentence, built_in, mine)
            done.append((sentence, [*built_in, *own]))
        return done

    def _scored(
        self,
        model: EventModel,
        parsed: ParsedDocument,
        answers: Sequence[Answer],
        sentences: Sequence[Sentence],
    ) -> list[Scored]:
        """The words asked about already, and those that told an own type in the examples."""
        known = {answer.token.index for answer in answers}
        more = [
            (token, sentence)
            for sentence in sentences
            for token in parsed.tokens_of(sentence)
            if token.index not in known and key(token) in self._words
        ]
        asked = [question(parsed, token, sentence) for token, sentence in more]
        extra = [
            Answer(token, sentence.start, reading)
            for (token, sentence), reading in zip(more, model.read(asked), strict=True)
        ]
        everybody = sorted([*answers, *extra], key=lambda one: one.token.index)
        questions = [
            question(parsed, one.token, parsed.sentences[one.token.sentence]) for one in everybody
        ]
        if not questions:
            return []
        vectors = model.vectors(questions)
        columns = np.stack([head.chances(vectors) for head in self.heads], axis=1)
        return [
            Scored(answer, tuple(row.tolist()))
            for answer, row in zip(everybody, columns, strict=True)
        ]

    def _with_mode(self, found: Found, scored: Sequence[Scored]) -> Found:
        """An event with the own mode of its type that is surest, if one is sure enough."""
        draft = found.draft
        best, mode = 0.0, draft.mode
        for one in scored:
            if one.answer.token.index in {*draft.predicate, draft.verb}:
                for place, head in self._modes:
                    chance = one.chances[place]
                    if head.name.type == draft.type and chance >= max(head.threshold, best):
                        best, mode = chance, head.name.mode
        return found if mode == draft.mode else replace(found, draft=replace(draft, mode=mode))

    def _own(
        self,
        clauses: Clauses,
        tables: Tables,
        sentence: Sentence,
        found: Sequence[Found],
        scored: Sequence[Scored],
    ) -> Iterator[Found]:
        """Events of own types; one of a type by the same actors, the surest."""
        kept: dict[tuple[str, frozenset[str], frozenset[str]], Found] = {}
        for place, head in self._types:
            for one in sorted(scored, key=lambda one: -one.chances[place]):
                if one.chances[place] < head.threshold:
                    break
                draft = _draft(clauses, tables, sentence, head, one.answer, found)
                if draft is not None and is_whole(clauses, draft):
                    same = frozenset(actor.code for actor in draft.actors)
                    event = _found(draft, one, head, place)
                    kept.setdefault((draft.type, same, draft.auxiliary), event)
        yield from kept.values()


def question(parsed: ParsedDocument, token: Token, sentence: Sentence) -> Question:
    """A word marked in its sentence."""
    text = plain(parsed.document.text[sentence.start : sentence.end])
    start = token.start - sentence.start
    return Question(text, (Mark(start, start + len(token.text), PREDICATE),))


def _draft(
    clauses: Clauses,
    tables: Tables,
    sentence: Sentence,
    head: Head,
    answer: Answer,
    found: Sequence[Found],
) -> Draft | None:
    """An event of an own type, with the parties of PLOVER's event at that word if there is one."""
    index = answer.token.index
    drafts = [one.draft for one in found if index in {*one.draft.predicate, one.draft.verb}]
    actors = drafts[0].actors if drafts else people(clauses, sentence, answer.spans("actors"))
    if not actors:
        return None
    taken = {(one.code, one.sectors, one.name) for one in actors}
    recipients, about = (
        getattr(drafts[0], role) if drafts else people(clauses, sentence, answer.spans(role))
        for role in ("recipients", "about")
    )
    auxiliary = {name for name, chance in answer.reading.auxiliary if chance >= LIKELY}
    auxiliary |= auxiliary_modes(clauses, tables, index)
    return Draft(
        predicate=drafts[0].predicate if drafts else (index,),
        verb=index,
        type=head.name.type,
        mode=None,
        actors=actors,
        recipients=tuple(r for r in recipients if (r.code, r.sectors, r.name) not in taken),
        about=about,
        rule=f"learned type {head.name}",
        conditions=1,
        auxiliary=frozenset(name for name in AUXILIARY_MODES if name in auxiliary),
    )


def _found(draft: Draft, scored: Scored, head: Head, place: int) -> Found:
    chance = min(max(scored.chances[place], 0.002), 0.998)
    features = {f"{head.name}, log odds": math.log(chance / (1 - chance))}
    contexts = tuple(name for name, likely in scored.answer.reading.contexts if likely >= LIKELY)
    return Found(draft, contexts, MappingProxyType(features), round(scored.chances[place], 3))
