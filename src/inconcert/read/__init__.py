"""Read: material at a place becomes documents, or is left out with a reason.

A place is a file, a folder, or `-` for standard input. What a file is, its content says first and
its name second (`kinds`). Nothing is translated: offsets count code points of the decoded text.
"""

from __future__ import annotations

from inconcert.read.documents import read_documents
from inconcert.read.settings import ReadSettings

__all__ = ["ReadSettings", "read_documents"]
