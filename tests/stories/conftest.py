from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ENTRY = "from inconcert.cli.app import main; main()"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def start() -> Start:
    """Start the command line as a process of its own, as a person does."""

    def start(
        *words: str | Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", ENTRY, *(str(word) for word in words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=None if environment is None else dict(environment),
        )

    return start


@pytest.fixture(scope="session")
def command(start: Start) -> Callable[..., str]:
    """Run the command line to its end and give what it prints; it must succeed."""

    def command(*words: str | Path, environment: Mapping[str, str] | None = None) -> str:
        process = start(*words, environment=environment)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out

    return command


@pytest.fixture(scope="session")
def bare_environment() -> dict[str, str]:
    """An environment that says nothing of language or encoding."""
    kept = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP")
    given = {name: os.environ[name] for name in kept if name in os.environ}
    source = str(Path(__file__).parents[2] / "src")
    return {**given, "PYTHONPATH": source, "LC_ALL": "C"}
