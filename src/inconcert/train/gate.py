"""Fit the gate: which words of a sentence are worth the model's time.

    python -m inconcert.train.gate [--corpus corpus] [--out src/inconcert/code/data/gate.tsv]

A logistic regression on the corpus, real text counting more than written text because it is where
the gate will work. The threshold is set so that of the events of held-out sentences no more than
the share `LOST` is kept from the model.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from inconcert.code.candidates import candidates
from inconcert.code.clauses import Clauses
from inconcert.code.gate import features, named_codes
from inconcert.labels.corpus import Record, read_file
from inconcert.train.examples import head_of, records_of
from inconcert.train.fit import split
from inconcert.workbench.chain import Chain, chain
from inconcert.workbench.labelled import documents_of

LOST = 0.01
REAL_WEIGHT = 3.0
LEAST_SEEN = 3
EPOCHS, RATE, DECAY = 12, 0.02, 1e-4
Row = tuple[list[str], bool]


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
                yield list(features(clauses, token, codes)), token.index in heads


def fit(all_: Sequence[tuple[Row, float]]) -> dict[str, float]:
    """Weights of the features seen often enough."""
    seen: dict[str, int] = {}
    for (names, _), _ in all_:
        for name in names:
            seen[name] = seen.get(name, 0) + 1
    index = {name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c >= LEAST_SEEN))}
    bags = [[index[name] for name in names if name in index] for (names, _), _ in all_]
    answers = torch.tensor([float(told) for (_, told), _ in all_])
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
    asked.add_argument("--out", type=Path, default=Path("src/inconcert/code/data/gate.tsv"))
    given = asked.parse_args()
    coder = chain()
    training, held = split(records_of(given.corpus / "written"))
    real = read_file(given.corpus / "real" / "train.txt")[0]
    dev = read_file(given.corpus / "real" / "dev.txt")[0]
    weights = fit([*((row, 1.0) for row in rows(coder, training)),
                   *((row, REAL_WEIGHT) for row in rows(coder, real))])  # fmt: skip
    sums = {
        name: sorted((sum(weights.get(n, 0.0) for n in names), told) for names, told in rows(coder, pile))
        for name, pile in (("held", held), ("dev", dev))
    }
    told = sorted(value for name in sums for value, is_told in sums[name] if is_told)
    threshold = told[int(len(told) * LOST)]
    for name, values in sums.items():
        kept = sum(value >= threshold for value, _ in values)
        events = [value for value, is_told in values if is_told]
        lost = sum(value < threshold for value in events)
        print(f"{name}: {kept} of {len(values)} words pass, {lost} of {len(events)} events lost")
    given.out.write_text(
        "# Weights of the gate before the model (logistic). Made by `make train`.\n"
        "# Source: corpus/ of this project. Licence: CC-BY-4.0. Checked: 2026-11-22.\n"
        "feature\tweight\n"
        + f"threshold\t{threshold:.3f}\n"
        + "".join(f"{name}\t{w:.3f}\n" for name, w in sorted(weights.items()) if abs(w) >= 0.02),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
