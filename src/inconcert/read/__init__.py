"""Read: material at a place becomes documents, or is left out with a reason.

A place is a file, a folder, or `-` for standard input. What a file is, its content says first and
its name second (`kinds`). Nothing is translated: offsets count code points of the decoded text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from inconcert.core.document import Document
from inconcert.core.provenance import LeftOut
from inconcert.read.settings import ReadSettings

__all__ = ["ReadSettings", "read_documents"]


def read_documents(
    places: Sequence[str | Path],
    *,
    settings: ReadSettings,
    left_out: Callable[[LeftOut], None],
) -> Iterator[Document]:
    """As `documents.read_documents`; the readers of all kinds of files are loaded when called."""
    from inconcert.read import documents

    return documents.read_documents(places, settings=settings, left_out=left_out)
