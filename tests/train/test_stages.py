"""What the model is fitted on, and that nothing kept for calibration or tests is among it."""

from __future__ import annotations

from pathlib import Path

import pytest

from inconcert.train.calibrate import development
from inconcert.train.examples import records_of
from inconcert.train.stages import LAST, STAGES, sentences, split

WRITTEN = "S After the summit Oslo expelled two envoys, and Oslo closed its consulate.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus with one sentence in each file."""
    for number in (1, 10, 210, 211, 219, 220):
        _write(tmp_path / f"written/B{number:03}.txt", f"# B{number:03}-01\n{WRITTEN}")
    for kind, names in {
        "real": ("train", "train2", "dev", "dev2"),
        "news": ("train1", "dev"),
        "test": ("news", "detection", "train"),
    }.items():
        for name in names:
            text = f"D {kind}-{name} | - | A title\n# {kind}-{name}/1\nS It rained all day.\n"
            _write(tmp_path / f"{kind}/{name}.txt", text)
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_each_stage_shows_what_there_was_of_the_corpus_when_it_was_run(corpus: Path) -> None:
    shown = {name: [one.cell for one in sentences(corpus, STAGES[name])] for name in STAGES}
    assert shown == {
        1: ["B001-01", "real-train/1"],
        2: ["B001-01", "B211-01", "real-train/1", "real-train2/1"],
        3: ["B001-01", "B211-01", "B219-01", "real-train/1", "real-train2/1", "news-train1/1"],
    }


def test_what_is_calibrated_on_is_no_part_of_what_is_learnt(corpus: Path) -> None:
    learnt = {one.document for one in sentences(corpus, STAGES[LAST])}
    kept = {f"{path.parent.name}-{path.stem}" for path in development(corpus)}
    assert kept == {"real-dev", "real-dev2", "news-dev"}
    assert not learnt & kept


def test_every_tenth_batch_is_held_out_whole(corpus: Path) -> None:
    learnt, held = split(records_of(corpus / "written"))
    assert [one.cell for one in learnt] == ["B001-01", "B211-01", "B219-01"]
    assert [one.cell for one in held] == ["B010-01", "B210-01", "B220-01"]
