"""What of the corpus each stage of the training shows, and what it never shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from inconcert.labels.corpus import Record, read_file
from inconcert.train.examples import records_of


class Stage(NamedTuple):
    """What of the corpus a stage of the training shows.

    Attributes:
        batches: the last batch of written sentences that it has.
        text: patterns of the files of running text.
        written: share of the written sentences shown in each epoch, with events or silent.
        rate: highest learning rate of the encoder.
    """

    batches: int
    text: tuple[str, ...]
    written: float = 1.0
    rate: float = 2e-4


STAGES = {
    1: Stage(210, ("real/train.txt",)),
    2: Stage(218, ("real/train*.txt",)),
    3: Stage(999, ("real/train*.txt", "news/train*.txt"), written=0.5, rate=1.5e-4),
}
LAST = max(STAGES)


def sentences(corpus: Path, stage: Stage) -> list[Record]:
    """Sentences that a stage learns from: written ones, then running text."""
    written, _ = split(records_of(corpus / "written"))
    running = [
        record
        for pattern in stage.text
        for path in sorted(corpus.glob(pattern))
        for record in read_file(path)[0]
    ]
    return [one for one in written if _batch(one) <= stage.batches] + running


def split(records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Training and development sentences of the written part: every tenth batch is held out."""
    held = [one for one in records if _batch(one) % 10 == 0]
    return [one for one in records if _batch(one) % 10], held


def _batch(record: Record) -> int:
    """Number of the batch of a written sentence: 12 of `B012-07`."""
    return int(record.cell[1:4])
