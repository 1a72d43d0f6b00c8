from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from inconcert.core.document import Document
from inconcert.core.provenance import LeftOut
from inconcert.read import ReadSettings, read_documents


@dataclass(frozen=True)
class Reading:
    documents: list[Document]
    left_out: list[LeftOut]

    @property
    def only(self) -> Document:
        assert len(self.documents) == 1, (self.documents, self.left_out)
        return self.documents[0]

    @property
    def reasons(self) -> list[str]:
        return [item.reason for item in self.left_out]


Read = Callable[..., Reading]


@pytest.fixture
def read() -> Read:
    """Read places with settings given as keywords."""

    def run(*places: str | Path, **settings: object) -> Reading:
        left_out: list[LeftOut] = []
        documents = list(
            read_documents(
                places,
                settings=ReadSettings(**settings),
                left_out=left_out.append,
            )
        )
        return Reading(documents, left_out)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file, characters as UTF-8, and give its path."""

    def run(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return run
