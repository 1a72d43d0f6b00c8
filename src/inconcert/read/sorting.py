"""Documents or a dataset of events: what each file at some places is, told by its content."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.events.layout import Layout, built_in_layouts
from inconcert.read.events.plover import is_plover
from inconcert.read.events.preparing import head_lines
from inconcert.read.events.sniffing import match_text
from inconcert.read.events.unpacking import DAMAGED, Limits, Source, is_parquet, sources_of
from inconcert.read.places import STANDARD_INPUT, files_at, require_places

_NEVER_TABLES = frozenset(
    {".html", ".htm", ".xhtml", ".pdf", ".docx", ".odt", ".rtf", ".md", ".markdown", ".eml"}
    | {".mbox", ".warc", ".xml", ".rss", ".atom"}
)
_PLOVER_EVENT = re.compile(rb'"event"\s*:\s*(?:\[\s*)?(?:\{\s*"[a-z_]+"\s*:\s*)?"[A-Z]{3,12}"')
_MEMBERS_LOOKED_AT = 20
_LEAST_COLUMNS = 5
_MARKS = "\t,;|"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The files at some places.

    Attributes:
        documents: files to be read as documents, and `-`; in order.
        datasets: files with rows of events, in order.
    """

    documents: tuple[str, ...]
    datasets: tuple[str, ...]


def sort_places(
    places: Sequence[str | Path],
    *,
    recursive: bool = True,
    left_out: Callable[[LeftOut], None],
) -> Sorted:
    """Tell files of documents from files of event datasets, by what is in them.

    Args:
        places: files, folders, names with `*`, `?` and `[…]`, or `-` for standard input, which
            is always documents.
        recursive: whether folders in folders are entered.
        left_out: told of what cannot be entered.

    Raises:
        UnreadableDocument: a place does not exist.
    """
    named = [each for place in places for each in _expanded(str(place))]
    require_places(named)
    layouts = list(built_in_layouts().values())
    documents: list[str] = []
    datasets: list[str] = []
    for place in named:
        for file in files_at(place, recursive=recursive, left_out=left_out):
            (datasets if is_dataset(file, layouts) else documents).append(file)
    return Sorted(tuple(documents), tuple(datasets))


def is_dataset(file: str, layouts: Sequence[Layout]) -> bool:
    """Whether a file, or a file in an archive, has rows of events in a layout that is known.

    What cannot be opened is no dataset: the reader of documents says what is wrong with it.
    """
    if file == STANDARD_INPUT or PurePath(file.lower()).suffix in _NEVER_TABLES:
        return False
    if not Path(file).is_file():  # a pipe can be read once only
        return False
    limits = Limits()
    try:
        sources = list(islice(sources_of(Path(file), limits), _MEMBERS_LOOKED_AT))
        return any(_is_table(source, limits, layouts) for source in sources)
    except (UnreadableDocument, OSError, *DAMAGED):
        return False


def _is_table(source: Source, limits: Limits, layouts: Sequence[Layout]) -> bool:
    if PurePath(source.member.lower()).suffix in _NEVER_TABLES:
        return False
    head = source.head(limits)
    if is_parquet(head):
        return True
    if is_plover(head):  # or articles
        return _PLOVER_EVENT.search(head) is not None
    lines = head_lines(head, "")
    if not lines or max(lines[0].count(mark) for mark in _MARKS) < _LEAST_COLUMNS - 1:
        return False
    return match_text(lines, layouts) is not None


def _expanded(place: str) -> list[str]:
    if not glob.has_magic(place) or Path(place).exists():
        return [place]
    return sorted(glob.glob(place, recursive=True)) or [place]  # noqa: PTH207 — may be absolute
