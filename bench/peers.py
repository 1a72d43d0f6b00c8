"""Times the coder beside others on the same sentences: seconds on the clock, one core, one run.

Run by `bench/run.py`: OMP_NUM_THREADS=1 python bench/peers.py PLACE…  It prints one JSON object a
figure.

- *whole chain*: parse, actors, rules and model, statements, dates.
- *rules alone*: the same without the model: a dictionary coder over a parse.
- *word lookup*: names and verbs in a list, first name before the verb and first after it; no parse.
  The least that a dictionary coder of the PETRARCH kind can cost; those need a parse besides.
- *NLI model*: an encoder of the shape of RoBERTa-large with a head of three classes, the size that
  ZSP (Hu et al., ACL 2024) runs. Its weights are random, which changes no timing; all of them are
  held in memory. It is written in numpy, on the matrix routines that numpy brings, and reads
  several pairs at once, which is kind to it.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from chain import documents
from figures import tell
from inconcert.code.patterns import PatternCoder
from inconcert.code.tables import tables
from inconcert.resolve.lexicon import Lexicon, split_words
from inconcert.workbench.chain import Chain, chain

HYPOTHESES = 76
"""Hypotheses that ZSP asks about each sentence and pair of actors at its first level: the rows of
`prompts/Tree.txt` in github.com/snowood1/Zero-Shot-PLOVER. Up to five more follow at its second
level, and its offline mode asks all 134; the smaller number is the kinder."""
HYPOTHESIS_PIECES = 10
"""Word pieces of a hypothesis with its two names ("Russia agreed to meet with the Taliban")."""
SPECIAL_PIECES = 4
ROUNDS, PAIRS = 3, 8
Floats = npt.NDArray[np.float32]


class NliModel:
    """An encoder of RoBERTa-large's shape with random weights, 355 million in all."""

    LAYERS, WIDTH, INNER, HEADS = 24, 1024, 4096, 16
    VOCABULARY, PLACES, CLASSES = 50_265, 514, 3

    def __init__(self, rng: np.random.Generator) -> None:
        def drawn(*shape: int) -> Floats:
            weights = rng.standard_normal(shape, dtype=np.float32)
            weights *= 0.02
            return weights

        width, inner = self.WIDTH, self.INNER
        self._words, self._places = drawn(self.VOCABULARY, width), drawn(self.PLACES, width)
        self._layers = [
            (
                (drawn(width, 3 * width), drawn(3 * width)),
                (drawn(width, width), drawn(width)),
                (drawn(width, inner), drawn(inner)),
                (drawn(inner, width), drawn(width)),
            )
            for _ in range(self.LAYERS)
        ]
        self._dense, self._out = drawn(width, width), drawn(width, self.CLASSES)

    @property
    def size(self) -> int:
        """How many weights it has."""
        each = (part.size for layer in self._layers for pair in layer for part in pair)
        rest = (self._words, self._places, self._dense, self._out)
        return sum(each) + sum(part.size for part in rest)

    def read(self, pairs: npt.NDArray[np.int64]) -> Floats:
        """Scores of entailment, of pairs as rows of word pieces of one length."""
        count, length = pairs.shape
        state = _normal(self._words[pairs] + self._places[:length])
        for joined, back, wide, narrow in self._layers:
            three = (state @ joined[0] + joined[1]).reshape(count, length, 3, self.HEADS, -1)
            asked, key, value = np.moveaxis(three, 2, 0).transpose(0, 1, 3, 2, 4)
            weight = asked @ key.swapaxes(-1, -2) / np.float32(8)
            weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
            weight /= weight.sum(axis=-1, keepdims=True)
            seen = (weight @ value).swapaxes(1, 2).reshape(count, length, self.WIDTH)
            state = _normal(state + seen @ back[0] + back[1])
            inner = state @ wide[0] + wide[1]
            inner /= 1 + np.exp(np.float32(-1.702) * inner)  # the cheap form of GELU
            state = _normal(state + inner @ narrow[0] + narrow[1])
        return np.asarray(np.tanh(state[:, 0] @ self._dense) @ self._out, dtype=np.float32)


def _normal(state: Floats) -> Floats:
    state = state - state.mean(axis=-1, keepdims=True)
    state /= np.sqrt(np.square(state).mean(axis=-1, keepdims=True) + np.float32(1e-5))
    return state


@dataclass(frozen=True, slots=True)
class Lookup:
    """A dictionary coder without a parse."""

    names: Lexicon
    verbs: Mapping[str, str]

    def event(self, sentence: str) -> tuple[str, str, str] | None:
        """Type at the first known verb, with the names next to it on either side."""
        words = split_words(re.sub(r"[^\w\s,'-]", " ", sentence))
        lowered = [word.lower() for word in words]
        actor = kind = ""
        for place in range(len(words)):
            kind = kind or (self.verbs.get(lowered[place], "") if actor else "")
            if named := self.names.at(words, lowered, place):
                if kind:
                    return named[0].actors[0] if named[0].actors else "", kind, actor
                actor = named[0].actors[0] if named[0].actors else actor
        return None


def forms() -> dict[str, str]:
    """Verb forms with the type of the verb's first pattern."""
    known = {}
    for lemma, patterns in tables().verbs.items():
        stem = lemma.removesuffix("e")
        for form in (lemma, f"{lemma}s", f"{stem}ed", f"{stem}ing"):
            known[form] = patterns[0].type
    return known


def main(places: list[Path]) -> None:
    """Time all, in turns, and print the medians."""
    texts, ours = documents(places), chain()
    rules = copy(ours)
    rules.coder = PatternCoder()  # type: ignore[assignment]
    sentences = [
        parsed.document.text[sentence.start : sentence.end]
        for parsed in ours.parser.parse(texts)
        for sentence in parsed.sentences
    ]
    lookup = Lookup(ours.register.lexicon, forms())
    model, pairs = NliModel(np.random.default_rng(0)), _pairs(sentences)

    def code(coder: Chain) -> float:
        return _seconds(lambda: [coder.code(text) for text in texts]) / len(sentences)

    timed: dict[str, list[float]] = {"chain": [], "rules": [], "lookup": [], "pair": []}
    model.read(pairs[:, :8])
    for _ in range(ROUNDS):  # in turns, so that a busy moment falls on all
        timed["chain"].append(code(ours))
        timed["rules"].append(code(rules))
        look = _seconds(lambda: [lookup.event(sentence) for sentence in sentences])
        timed["lookup"].append(look / len(sentences))
        timed["pair"].append(_seconds(lambda: model.read(pairs)) / len(pairs))
    _tell(timed, model.size, pairs.shape[1], len(sentences))


def _pairs(sentences: Sequence[str]) -> npt.NDArray[np.int64]:
    """Pairs as long as the sentences are on average, the hypothesis with them."""
    place = files("inconcert.code") / "weights" / "tokenizer.json"
    cut = Tokenizer.from_str(place.read_text(encoding="utf-8"))
    cut.no_padding()
    cut.no_truncation()
    pieces = [len(cut.encode(text, add_special_tokens=False).ids) for text in sentences]
    length = round(sum(pieces) / len(pieces)) + HYPOTHESIS_PIECES + SPECIAL_PIECES
    rng = np.random.default_rng(1)
    return rng.integers(4, NliModel.VOCABULARY, size=(PAIRS, length))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _tell(timed: Mapping[str, Sequence[float]], size: int, length: int, sentences: int) -> None:
    ours, rules, lookup, pair = (
        median(timed[name]) for name in ("chain", "rules", "lookup", "pair")
    )
    whole = HYPOTHESES * pair
    ratios = [HYPOTHESES * b / a for a, b in zip(timed["chain"], timed["pair"], strict=True)]
    each = "ms a sentence"
    note = f"{sentences} sentences of the example; median of {ROUNDS} rounds"
    tell("peers: whole chain", 1000 * ours, each, note=note)
    tell("peers: rules alone (a dictionary coder over a parse)", 1000 * rules, each)
    tell("peers: word lookup without a parse", 1000 * lookup, each)
    note = (
        f"{size / 1e6:.0f} million random weights, {1000 * pair:.0f} ms a pair of {length} word "
        f"pieces, {HYPOTHESES} hypotheses a sentence and pair of actors"
    )
    tell("peers: NLI model of ZSP's size", 1000 * whole, each, note=note)
    times = "times as long"
    note = f"rounds {min(ratios):,.0f} to {max(ratios):,.0f}; wall time, one core"
    tell("peers: NLI model against the whole chain", whole / ours, times, note=note)
    tell("peers: whole chain against rules alone", ours / rules, times)


if __name__ == "__main__":
    if os.environ.get("OMP_NUM_THREADS") != "1":
        sys.exit("set OMP_NUM_THREADS=1: all are timed on one thread")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    main([Path(argument) for argument in sys.argv[1:]])
