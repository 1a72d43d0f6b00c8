from __future__ import annotations

from pathlib import Path

import pytest

from inconcert import Workbench

TEXTS = {
    "2021-09-14 talks.txt": "China met the Taliban in Doha. Russia sent tanks to Tajikistan.",
    "2021-09-15 aid.txt": "China sent food to Afghanistan on Tuesday, officials in Beijing said.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two short articles."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in TEXTS.items():
        (articles / name).write_text(text, encoding="utf-8")
    return articles


@pytest.fixture
def bench(tmp_path: Path, folder: Path) -> Workbench:
    """A case that has read the articles and coded nothing."""
    bench = Workbench.create(tmp_path / "case")
    bench.read([folder])
    return bench
