"""Learns a type or mode of a user's own from a few dozen labelled sentences.

The model stays as it is; a logistic regression is fitted on what it holds of each marked word.
Words that tell the own type are set against the other words there that could tell an event, and
against a background of other sentences: in the labelled ones every third word may tell the type, in
news hardly one in a hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from inconcert.code.candidates import candidates, key
from inconcert.code.heads import Floats, Head, chance_of, question
from inconcert.code.joined import LEAST_CONFIDENCE
from inconcert.code.model import EventModel, Question
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.errors import BadInput
from inconcert.labels.corpus import Record
from inconcert.labels.custom import OwnName
from inconcert.ontology.tables import read_table

LEAST_POSITIVES = 20
"""Fewer labelled events than this teach nothing that could be trusted."""
FOLDS = 5
RIDGE = 0.1
"""Penalty on the weights; vectors are scaled to a length of about one before."""
BACKGROUND_WEIGHT = 0.25
"""What a word of the background counts for: nobody has looked whether it tells the type."""
_STEPS, _CLOSE = 100, 1e-6
_THRESHOLDS = tuple(round(LEAST_CONFIDENCE + 0.01 * step, 2) for step in range(56))
"""Chances from which a word may count; below the least confidence of an event nothing is coded."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the labelled sentences with what they teach.

    Attributes:
        tokens: the words, sentence after sentence.
        questions: each marked in its sentence.
        told: whether it tells the own type, one a word.
        sentences: number of the sentence, one a word.
    """

    tokens: tuple[Token, ...]
    questions: tuple[Question, ...]
    told: tuple[bool, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well words were told apart in sentences that a head had not seen.

    Attributes:
        alarms: words of the background that were taken for the type.
    """

    right: int
    wrong: int
    missed: int
    alarms: int = 0

    @property
    def precision(self) -> float:
        """Share of the words found that were right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the labelled words that were found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Learned:
    """A head and how well it did in cross-validation."""

    head: Head
    figures: Figures


def words_of(name: OwnName, records: Sequence[Record], parsed: Sequence[ParsedDocument]) -> Words:
    """The words to learn from.

    Args:
        parsed: each record's sentence as a document of its own, in the same order.
    """
    rows = [
        (token, question(document, token, document.sentences[token.sentence]), told, place)
        for place, (record, document) in enumerate(zip(records, parsed, strict=True))
        for token, told in _words(name, record, document)
    ]
    tokens, questions, told, sentences = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Words(tokens, questions, told, sentences)


def _words(name: OwnName, record: Record, parsed: ParsedDocument) -> Iterator[tuple[Token, bool]]:
    """Words that tell the own type, then those that could and do not; none twice."""
    covered: set[int] = set()
    for event in record.events:
        if name.is_told_by(event):
            inside = [t for t in parsed.tokens if t.start < event.end and t.end > event.start]
            head = word_of(inside)
            if head.index not in covered:
                yield head, True
            covered |= {token.index for token in inside}
    for sentence in parsed.sentences:
        for token in candidates(parsed, sentence):
            if token.index not in covered:
                yield token, False


def word_of(inside: Sequence[Token]) -> Token:
    """The one word that stands for a labelled predicate.

    A noun in it carries what an empty verb beside it only opens ("opened fire").
    """
    able = [token for token in inside if key(token)] or list(inside)
    nouns = [token for token in able if token.pos in {"NOUN", "PROPN"}]
    if nouns:
        return nouns[-1]
    places = {token.index for token in able}
    return next(t for t in able if t.head not in places or t.head == t.index)


def background() -> list[Record]:
    """Sentences of all kinds, whatever they tell."""
    rows = read_table("inconcert.code", "data/background.tsv")
    return [Record(row["cell"], row["sentence"], ()) for row in rows]


def learn(name: OwnName, words: Words, others: Words, model: EventModel, *, digest: str) -> Learned:
    """Fit a head and see how well it does on sentences left out.

    Args:
        words: of the labelled sentences.
        others: of the background.
        digest: of the model's weights.

    Raises:
        BadInput: too few words on one side.
        ModelError: the model does not tell its vectors.
    """
    _require(sum(words.told), f"events labelled {name}", name)
    _require(len(words.told) - sum(words.told), "other words", name)
    vectors = model.vectors([*words.questions, *others.questions]).astype(np.float64)
    rows = Rows(
        vectors,
        np.array([*words.told, *others.told], dtype=np.float64),
        np.array([*folds_of(words), *folds_of(others)], dtype=np.float64),
        np.array([1.0] * len(words.told) + [BACKGROUND_WEIGHT] * len(others.told)),
    )
    chances = out_of_fold(rows)
    figures = judged(chances, rows)
    weights, bias = fit(rows.vectors, rows.told, rows.weights)
    counts = {
        "sentences": len(set(words.sentences)), "events": sum(words.told),
        "other_words": len(words.told) - sum(words.told), "folds": FOLDS, "right": figures.right,
        "wrong": figures.wrong, "missed": figures.missed, "alarms": figures.alarms,
        "background_words": len(others.told), "background_sentences": len(set(others.sentences)),
    }  # fmt: skip
    pairs = zip(words.tokens, words.told, strict=True)
    head = Head(
        name=name,
        weights=weights,
        bias=bias,
        threshold=best_threshold(chances, rows.told, rows.weights),
        words=frozenset(key(token) for token, is_told in pairs if is_told and key(token)),
        counts=MappingProxyType(counts),
        model=digest,
    )
    return Learned(head, figures)


def _require(got: int, what: str, name: OwnName) -> None:
    if got < LEAST_POSITIVES:
        raise BadInput(
            f"{got} {what}, and at least {LEAST_POSITIVES} are needed",
            where=str(name),
            advice="Label more sentences, with it and without, as different as they come.",
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Words as numbers: vector, whether it tells the type, fold, weight; the background last."""

    vectors: Floats
    told: Floats
    folds: Floats
    weights: Floats


def folds_of(words: Words) -> Floats:
    """A fold for each word: words of a sentence share one, sentences with events are spread."""
    with_event = {s for s, told in zip(words.sentences, words.told, strict=True) if told}
    order = sorted(
        set(words.sentences), key=lambda sentence: (sentence not in with_event, sentence)
    )
    fold = {sentence: place % FOLDS for place, sentence in enumerate(order)}
    return np.array([fold[sentence] for sentence in words.sentences], dtype=np.float64)


def out_of_fold(rows: Rows) -> Floats:
    """The chance of each word by a head learned on the other folds."""
    chances = np.zeros(len(rows.told))
    for fold in range(FOLDS):
        mine = rows.folds == fold
        weights, bias = fit(rows.vectors[~mine], rows.told[~mine], rows.weights[~mine])
        chances[mine] = chance_of(rows.vectors[mine] @ weights + bias)
    return chances


def judged(chances: Floats, rows: Rows) -> Figures:
    """Counts over all folds, each with the threshold that suits the others best."""
    found = np.zeros(len(rows.told), dtype=bool)
    for fold in range(FOLDS):
        mine = rows.folds == fold
        threshold = best_threshold(chances[~mine], rows.told[~mine], rows.weights[~mine])
        found[mine] = chances[mine] >= threshold
    is_told, is_labelled = rows.told > 0, rows.weights == 1
    return Figures(
        right=int((found & is_told).sum()),
        wrong=int((found & ~is_told & is_labelled).sum()),
        missed=int((~found & is_told).sum()),
        alarms=int((found & ~is_labelled).sum()),
    )


def best_threshold(chances: Floats, told: Floats, weights: Floats) -> float:
    """The threshold with the best F1; of several the middle one."""
    scores = []
    for threshold in _THRESHOLDS:
        found = chances >= threshold
        right = float(told[found].sum())
        taken = float(weights[found].sum())
        scores.append(2 * right / max(1.0, taken + float(told.sum())))
    best = [t for t, score in zip(_THRESHOLDS, scores, strict=True) if score == max(scores)]
    return best[len(best) // 2]


def fit(vectors: Floats, told: Floats, counts: Floats) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression with a ridge, by Newton's method.

    Args:
        counts: what each row counts for.
    """
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0) * np.sqrt(vectors.shape[1])
    rows = np.column_stack([(vectors - mean) / scale, np.ones(len(vectors))])
    penalty = np.diag([*[RIDGE] * vectors.shape[1], 1e-6])
    beta = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = chance_of(rows @ beta)
        gradient = rows.T @ (counts * (told - chance)) - penalty @ beta
        curve = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, gradient)
        beta += step * min(1.0, 10.0 / float(np.abs(rows @ step).max() or 1.0))
        if np.abs(step).max() < _CLOSE:
            break
    weights = beta[:-1] / scale
    return weights, float(beta[-1] - mean @ weights)
