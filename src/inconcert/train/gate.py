"""Fit the gate: which words of a sentence are worth the model's time.

    python -m inconcert.train.gate [--corpus corpus] [--example FOLDER] [--out GATE.tsv]

A logistic regression. In running text it learns from the coder itself, run without a gate over the
documents of the example case: a word is worth asking about as much as the coder is sure of an event
there. Labelled real text, news and written sentences are added, since the example does not have
every kind of event. The threshold is set on further documents of the example so that of the events
found there no more than the share `LOST` is kept from the model.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from inconcert.code.candidates import candidates
from inconcert.code.clauses import Clauses
from inconcert.code.coder import Considered, EventCoder
from inconcert.code.gate import features, named_codes
from inconcert.core.document import Document
from inconcert.labels.corpus import Record, read_file
from inconcert.train.examples import head_of, records_of
from inconcert.train.stages import split
from inconcert.workbench.chain import Chain, chain
from inconcert.workbench.labelled import documents_of

LOST = 0.08
"""Share of the coder's events that the gate may cost, each counted by its confidence."""
SURE = 0.25
"""Confidence from which an event counts when the threshold is set."""
DOCUMENTS, HELD = 110, 45
"""Documents of the example to learn from, and to set the threshold on."""
WORDS = 1500
"""Of each document no more than about these."""
WRITTEN_WEIGHT = 0.3
WRITTEN = 2400
"""Labelled written sentences to learn from, from the start of each batch on."""
LEAST_SEEN = 3
EPOCHS, RATE, DECAY = 12, 0.02, 1e-4
Row = tuple[list[str], float]


def rows(coder: Chain, records: Sequence[Record]) -> Iterator[Row]:
    """Features of every candidate word and whether it tells an event."""
    for document, run, starts in documents_of(records):
        parsed = next(iter(coder.parser.parse([document])))
        clauses = Clauses(parsed, coder.resolver.read(parsed).mentions())
        heads = set()
        for record, start in zip(run, starts, strict=True):
            for event in record.events:
                head = head_of(parsed, event, start)
                if head is not None:
                    heads.add(head.index)
        for sentence in parsed.sentences:
            codes = len(named_codes(clauses, sentence))
            if not codes:
                continue
            for token in candidates(parsed, sentence):
                yield list(features(clauses, token, codes)), float(token.index in heads)


def taught(coder: Chain, documents: Sequence[Document]) -> Iterator[Row]:
    """Features of every candidate word of running text, and the confidence of an event there.

    The confidence is that of the whole coder without a gate: nought where the model sees nothing
    or where nobody known acts.
    """
    ungated = EventCoder(gated=False)
    for document in documents:
        parsed = next(iter(coder.parser.parse([document])))
        mentions = coder.resolver.read(parsed).mentions()
        clauses = Clauses(parsed, mentions)
        notes: list[Considered] = []
        found = ungated.found(parsed, mentions, notes=notes)
        sure = {
            index: one.confidence
            for _, events in found
            for one in events
            for index in one.draft.predicate
        }
        for considered in notes:
            codes = len(named_codes(clauses, considered.sentence))
            for answer in considered.answers:
                token = answer.token
                yield list(features(clauses, token, codes)), sure.get(token.index, 0.0)


def example_documents(folder: Path, count: int) -> list[Document]:
    """Documents of the example case, cut to `WORDS`, drawn with a fixed seed."""
    found = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    random.Random(1).shuffle(found)
    return [
        Document.of(_start(one["text"]), speaker=one["speaker"], place=one["id"], language="en")
        for one in found[:count]
    ]


def _start(text: str) -> str:
    """The first paragraphs of a text, about `WORDS` words."""
    kept, words = [], 0
    for part in text.split("\n"):
        kept.append(part)
        words += len(part.split())
        if words >= WORDS:
            break
    return "\n".join(kept)


def fit(all_: Sequence[tuple[Row, float]]) -> dict[str, float]:
    """Weights of the features seen often enough."""
    seen: dict[str, int] = {}
    for (names, _), _ in all_:
        for name in names:
            seen[name] = seen.get(name, 0) + 1
    index = {
        name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c >= LEAST_SEEN))
    }
    bags = [[index[name] for name in names if name in index] for (names, _), _ in all_]
    answers = torch.tensor([told for (_, told), _ in all_])
    weights = torch.tensor([weight for _, weight in all_])
    torch.manual_seed(1)
    table = torch.nn.EmbeddingBag(len(index), 1, mode="sum")
    torch.nn.init.zeros_(table.weight)
    optimizer = torch.optim.Adam(table.parameters(), lr=RATE, weight_decay=DECAY)
    size = 512
    for _ in range(EPOCHS):
        order = torch.randperm(len(bags)).tolist()
        for first in range(0, len(order), size):
            part = order[first : first + size]
            offsets = torch.tensor([0, *[len(bags[i]) for i in part[:-1]]]).cumsum(0)
            flat = torch.tensor([j for i in part for j in bags[i]])
            out = table(flat, offsets).squeeze(1)
            each = torch.nn.functional.binary_cross_entropy_with_logits(
                out, answers[part], reduction="none"
            )
            loss = (each * weights[part]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return {name: float(table.weight[i, 0]) for name, i in index.items()}


def main() -> None:
    """Fit, set the threshold, print what is lost and kept."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--corpus", type=Path, default=Path("corpus"))
    asked.add_argument("--example", type=Path, default=Path("examples/afghanistan-2021"))
    asked.add_argument("--out", type=Path, default=Path("src/inconcert/code/data/gate.tsv"))
    given = asked.parse_args()
    coder = chain()
    training, _ = split(records_of(given.corpus / "written"))
    real = [
        record
        for kind in ("real", "news")
        for path in sorted((given.corpus / kind).glob("train*.txt"))
        for record in read_file(path)[0]
    ]
    documents = example_documents(given.example / "documents", DOCUMENTS + HELD)
    weights = fit([
        *((row, 1.0) for row in taught(coder, documents[:DOCUMENTS])),
        *((row, 1.0) for row in rows(coder, real)),
        *((row, WRITTEN_WEIGHT) for row in rows(coder, training[:: len(training) // WRITTEN])),
    ])  # fmt: skip
    held = [
        (sum(weights.get(name, 0.0) for name in names), chance)
        for names, chance in taught(coder, documents[DOCUMENTS:])
    ]
    told = sorted((value, chance) for value, chance in held if chance >= SURE)
    total, lost, threshold = sum(chance for _, chance in told), 0.0, told[0][0]
    for value, chance in told:
        lost += chance
        if lost > LOST * total:
            break
        threshold = value
    passed = sum(value >= threshold for value, _ in held)
    words = sum(len(document.text.split()) for document in documents[DOCUMENTS:])
    print(f"{passed} of {len(held)} words pass, {1000 * passed / words:.1f} in 1,000 words of text")
    given.out.write_text(
        "# Weights of the gate before the model (logistic). Made by `make train`.\n"
        "# Source: corpus/ and the example case of this project, as the model reads them. "
        "Licence: CC-BY-4.0. Checked: 2026-11-22.\n"
        "feature\tweight\n"
        f"threshold\t{threshold:.3f}\n"
        + "".join(f"{name}\t{w:.3f}\n" for name, w in sorted(weights.items()) if abs(w) >= 0.02),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
