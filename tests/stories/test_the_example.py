"""The example that ships, cut down to a few documents: its questions and what it says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inconcert import Workbench
from inconcert.workbench import demo_case

SHORT = 12_000
"""Characters; the transcripts of whole press conferences are left to `make demo`."""

EACH = 3


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    folder = tmp_path_factory.mktemp("example") / "demo"
    demo_case(folder)
    for file in sorted((folder / "documents").iterdir()):
        lines = file.read_text(encoding="utf-8").splitlines()
        short = [line for line in lines if len(json.loads(line)["text"]) < SHORT]
        file.write_text("\n".join(short[:EACH]) + "\n", encoding="utf-8")
    bench = Workbench.open(folder)
    assert bench.read().new == 2 * EACH
    bench.code(processes=1)
    return bench


def test_the_example_answers_its_three_questions(bench):
    russia_and_china, america, neighbours = bench.answers()
    assert russia_and_china.verdict is not None
    assert russia_and_china.verdict.head == "cannot tell"
    assert america.question.split is not None
    assert neighbours.question.names == ("Tajikistan", "Uzbekistan", "Pakistan")
    assert [summary.source.name for summary in neighbours.corpus.sources] == [
        "UN General Debate (76th session)"
    ]


def test_the_brief_says_in_its_second_line_who_speaks(bench):
    files = bench.brief()
    lines = [line for line in files.markdown.read_text(encoding="utf-8").splitlines() if line]
    assert lines[0] == "# Afghanistan, July to October 2021"
    assert "6 documents" in lines[1]
    assert "United States" in lines[1]
    page = files.html.read_text(encoding="utf-8")
    assert "What are Russia and China up to in Afghanistan?" in page


def test_every_document_of_the_example_says_where_it_comes_from(bench):
    for record in bench.events(with_auxiliary=True):
        assert record.at.url is not None
        assert record.at.published is not None
        assert record.at.source.country in {"USA", None} or record.at.speaker_code
        assert Path(record.at.place.partition(":")[0]).suffix == ".jsonl"
