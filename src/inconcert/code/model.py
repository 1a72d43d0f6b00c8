"""The event model at work: asks a small encoder about words of a sentence.

One question is one word marked in its sentence. The answer holds the chance of every event type,
modes, contexts and auxiliary modes, and the characters of those who act, are acted upon, or are
what it is about. Runs on onnxruntime; no training library is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from inconcert.code.encoding import (
    ROLES,
    TYPES,
    Encoded,
    Mark,
    context_names,
    encode,
    mode_names,
)  # fmt: skip
from inconcert.core.event import AUXILIARY_MODES
from inconcert.errors import ModelError

BATCH = 8
ROLE_CHANCE = 0.4
"""Pieces at least this likely to stand in a role belong to it."""
LEAST_ROLE_CHANCE = 0.1
"""When no piece reaches `ROLE_CHANCE`, the likeliest name is taken down to this."""
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Named:
    """Characters `[start, end)` of the sentence in a role, and how likely they stand in it."""

    start: int
    end: int
    chance: float


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence with something marked in it.

    Attributes:
        sentence: the sentence, plain marks (`encoding.plain`).
        marks: usually one predicate; or actor and recipient.
    """

    sentence: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The model's answer to a question.

    Attributes:
        types: chance of each of `encoding.TYPES`, summing to 1; the first is `NONE`.
        modes: chance of each mode of the likeliest type.
        contexts: chance of each context.
        auxiliary: chance of each auxiliary mode.
        actors: who acts, in order of the text.
        recipients: who is acted upon.
        about: whom or what country it is about.
    """

    types: tuple[float, ...]
    modes: tuple[tuple[str, float], ...]
    contexts: tuple[tuple[str, float], ...]
    auxiliary: tuple[tuple[str, float], ...]
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    about: tuple[Named, ...]

    @property
    def silence(self) -> float:
        """Chance that the word tells no event."""
        return self.types[0]

    @property
    def type(self) -> str:
        """The likeliest event type, `NONE` left aside."""
        return TYPES[1 + int(np.argmax(self.types[1:]))]

    def chance(self, kind: str) -> float:
        """Chance of an event type."""
        return self.types[TYPES.index(kind)]


class EventModel:
    """The model with its tokenizer. Holds one thread; safe to use from one thread at a time."""

    def __init__(self) -> None:
        import onnxruntime  # here, since who only looks at a case has no need of it
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        place = files("inconcert.code") / "weights"
        with as_file(place / "events.onnx") as path:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        self._tokenizer = Tokenizer.from_str((place / "tokenizer.json").read_text(encoding="utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._modes, self._contexts = mode_names(), context_names()

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        """Answers in the order of the questions."""
        encoded = list(self._encode(questions))
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        found: list[Reading | None] = [None] * len(encoded)
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            batch = [encoded[place] for place in places]
            for place, reading in zip(places, self._answer(batch, questions, places), strict=True):
                found[place] = reading
        return [reading for reading in found if reading is not None]

    def vectors(self, questions: Sequence[Question]) -> Floats:
        """What the model holds of each marked word before it answers, `[questions, width]`.

        Raises:
            ModelError: the weights are of a kind that does not tell it.
        """
        width = {one.name: one.shape[1] for one in self._session.get_outputs()}.get("vector")
        if width is None:
            raise ModelError(
                "the event model does not tell its vectors",
                where="inconcert/code/weights/events.onnx",
                advice="Install a newer version of InConcert, or run `make train`.",
            )
        encoded = list(self._encode(questions))
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
        found = np.zeros((len(encoded), width), dtype=np.float32)
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            shape = (len(places), len(encoded[places[-1]].ids))
            ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
            marks = np.zeros(shape, np.float32)
            for row, one in enumerate(encoded[place] for place in places):
                ids[row, : len(one.ids)] = one.ids
                mask[row, : len(one.ids)] = 1
                marks[row, list(one.marks or (0,))] = 1 / max(1, len(one.marks))
            given = {"ids": ids, "mask": mask, "marks": marks}
            found[places] = self._session.run(["vector"], given)[0]
        return found

    def _encode(self, questions: Iterable[Question]) -> Iterator[Encoded]:
        """Each sentence is cut once, however many words of it are asked about."""
        sentence, pieces = None, None
        for question in questions:
            if question.sentence != sentence:
                sentence = question.sentence
                pieces = self._tokenizer.encode(sentence, add_special_tokens=False)
            assert pieces is not None
            yield encode(pieces, question.marks)

    def _answer(
        self, batch: Sequence[Encoded], questions: Sequence[Question], places: Sequence[int]
    ) -> Iterator[Reading]:
        length = max(len(one.ids) for one in batch)
        ids = np.zeros((len(batch), length), dtype=np.int64)
        mask = np.zeros((len(batch), length), dtype=np.int64)
        marks = np.zeros((len(batch), length), dtype=np.float32)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
            for place in one.marks or (0,):
                marks[row, place] = 1 / max(1, len(one.marks))
        kinds, modes, contexts, auxiliary, roles, *_ = self._session.run(
            None, {"ids": ids, "mask": mask, "marks": marks}
        )
        kinds = _softmax(kinds)
        modes, contexts, auxiliary, roles = map(_logistic, (modes, contexts, auxiliary, roles))
        for row, one in enumerate(batch):
            best = TYPES[1 + int(np.argmax(kinds[row, 1:]))]
            sentence = questions[places[row]].sentence
            named = [_named(sentence, one, roles[row, :, column]) for column in range(len(ROLES))]
            yield Reading(
                types=tuple(kinds[row].tolist()),
                modes=tuple(
                    (name.partition(".")[2], float(chance))
                    for name, chance in zip(self._modes, modes[row], strict=True)
                    if name.partition(".")[0] == best
                ),
                contexts=tuple(zip(self._contexts, contexts[row].tolist(), strict=True)),
                auxiliary=tuple(zip(AUXILIARY_MODES, auxiliary[row].tolist(), strict=True)),
                actors=named[0],
                recipients=named[1],
                about=named[2],
            )


def _named(sentence: str, encoded: Encoded, chances: Floats) -> tuple[Named, ...]:
    """Runs of whole words that stand in a role; the likeliest word where none is likely."""
    words = _words(sentence, encoded, chances)
    runs: list[Named] = []
    previous = -2
    for index, word in enumerate(words):
        if word.chance < ROLE_CHANCE:
            continue
        if index == previous + 1:
            last = runs.pop()
            runs.append(Named(last.start, word.end, max(last.chance, word.chance)))
        else:
            runs.append(word)
        previous = index
    if not runs and words:
        best = max(words, key=lambda word: word.chance)
        if best.chance >= LEAST_ROLE_CHANCE:
            runs.append(best)
    return tuple(runs)


def _words(sentence: str, encoded: Encoded, chances: Floats) -> list[Named]:
    """Pieces joined to words, each as likely as its likeliest piece."""
    words: list[Named] = []
    for place, (start, end) in enumerate(encoded.offsets):
        if end <= start:
            continue
        word = Named(start, end, float(chances[place]))
        if words and words[-1].end == start and _is_inner(sentence, start):
            last = words.pop()
            word = Named(last.start, end, max(last.chance, word.chance))
        words.append(word)
    return words


def _is_inner(sentence: str, place: int) -> bool:
    """Whether a piece continues the word before it."""
    return 0 < place < len(sentence) and sentence[place].isalnum() and sentence[place - 1].isalnum()


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _logistic(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)


@cache
def digest() -> str:
    """Hash of the weights and the tokenizer, part of every provenance."""
    whole = sha256()
    place = files("inconcert.code") / "weights"
    for name in ("events.onnx", "tokenizer.json"):
        whole.update((place / name).read_bytes())
    return whole.hexdigest()[:16]
