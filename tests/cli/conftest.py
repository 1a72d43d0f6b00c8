from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from inconcert import Workbench
from inconcert.cli.app import app

ARTICLES = {
    "2021-09-14 talks.txt": (
        "China met the Taliban in Doha on Monday. Russia sent tanks to Tajikistan.\n\n"
        "“We will keep our promises,” Sergey Lavrov said of the Taliban.\n"
    ),
    "2021-09-15 aid.txt": (
        "China sent food to Afghanistan on Tuesday. Iran did not recognise the Taliban.\n"
    ),
    "empty.txt": "",
}


@dataclass(frozen=True)
class Done:
    """What a command left behind: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON; fails where anything else stands there."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run() -> Run:
    """Run a command line in this process, as words or as one line of words."""
    runner = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})

    def run(*words: str | Path, stdin: str | bytes | None = None) -> Done:
        result = runner.invoke(app, [str(word) for word in words], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles and an empty file."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """A case with these articles, read and coded; tests do not write to it."""
    bench = Workbench.create(tmp_path_factory.mktemp("coded") / "case", title="The border")
    bench.read([articles])
    bench.code(processes=1)
    return bench.folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """An empty case."""
    return Workbench.create(tmp_path / "case").folder
