"""A mapping proposed for a file that no layout fits: what its columns look like, as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa

from inconcert.errors import UnreadableDocument
from inconcert.ontology import cameo, plover
from inconcert.ontology.tables import read_table
from inconcert.read.events.expressions import text_of
from inconcert.read.events.layout import built_in_layouts, plain_name
from inconcert.read.events.preparing import head_lines
from inconcert.read.events.rows import EVENT_COLUMNS
from inconcert.read.events.sniffing import Match, match_names, match_text, table_of
from inconcert.read.events.unpacking import DAMAGED, Limits, Source, is_parquet, sources_of

_MARKS = ("\t", ",", ";", "|")
_DAYS = (
    ("%Y-%m-%d", r"\d{4}-\d\d?-\d\d?(?:[T ].*)?"),
    ("%Y%m%d", r"(?:19|20)\d{6}"),
    ("%d %B %Y", r"\d{1,2} [A-Z][a-z]+ \d{4}"),
    ("%d-%b-%Y", r"\d{1,2}-[A-Z][a-z]{2}-\d{4}"),
    ("%d/%m/%Y", r"(?:1[3-9]|2\d|3[01])/\d{1,2}/\d{4}"),
    ("%m/%d/%Y", r"\d{1,2}/\d{1,2}/\d{4}"),
    ("%d.%m.%Y", r"\d{1,2}\.\d{1,2}\.\d{4}"),
)
_FORMS: Mapping[str, str] = {
    "url": r"https?://\S+",
    "code": r"(?:0[1-9]|1\d|20)\d{0,2}",
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ENOUGH = 0.9
_SHOWN = 40
_NEEDED = ("day", "code", "a_name", "b_name")


def propose_mapping(path: str | Path) -> str:
    """A mapping for a file, to be looked over and corrected: TOML that `open_events` takes.

    Names of columns are compared with those that datasets use; where they say nothing, the form of
    the cells does. What could not be told stands there as a comment.

    Args:
        path: a text file with a head line, plain or packed, or a Parquet file.

    Raises:
        UnreadableDocument: the file cannot be read, or is no table.
    """
    source, names, rows, mark, match = _looked_at(Path(path))
    if match is not None:
        known = match.layout
        head = f"# This file is read as it is: {known.title} (layout `{known.name}`).\n"
    else:
        head = ""
    columns = _columns(names)
    cells = {
        name: [row[place] for row in rows if place < len(row) and row[place].strip()]
        for place, name in enumerate(columns)
    }
    chosen = _chosen(columns, names, cells)
    return head + _as_toml(source, columns, names, mark, chosen, cells)


def _looked_at(
    path: Path,
) -> tuple[Source, list[str], list[list[str]], str, Match | None]:
    limits, layouts = Limits(), list(built_in_layouts().values())
    try:
        source = next(iter(sources_of(path, limits)), None)
        if source is None:
            raise UnreadableDocument("empty archive", where=str(path), advice="Nothing in it.")
        head = source.head(limits)
        if is_parquet(head) and source.packing == "plain":
            return _parquet(source)
        lines = head_lines(head, "")
    except (OSError, *DAMAGED) as error:
        raise UnreadableDocument(
            f"the file cannot be read: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            advice="Name a file that is there and whole.",
        ) from error
    mark = max(_MARKS, key=lambda each: _steadiness(lines, each))
    table = table_of(lines, mark, "" if mark == "\t" else '"')
    if len(lines) < 2 or not table or len(table[0]) < 3:
        raise UnreadableDocument(
            "no table", where=source.name, advice="A head line, rows, and at least three columns."
        )
    return source, [cell.strip() for cell in table[0]], table[1:], mark, match_text(lines, layouts)


def _parquet(source: Source) -> tuple[Source, list[str], list[list[str]], str, Match | None]:
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source.path)
        names = list(file.schema_arrow.names)
        batch = next(file.iter_batches(batch_size=_SHOWN), None)
        file.close()
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise UnreadableDocument(
            f"no whole Parquet file: {error}", where=source.name, advice="Get it again."
        ) from error
    found = [] if batch is None else batch.to_pylist()
    rows = [["" if row[name] is None else str(row[name]) for name in names] for row in found]
    return source, names, rows, "\t", match_names(names, list(built_in_layouts().values()))


def _steadiness(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """How many lines have the most usual number of a mark, and how many it is."""
    counts = [line.count(mark) for line in lines]
    usual = max(set(counts), key=counts.count, default=0)
    return (counts.count(usual) if usual else 0, usual)


def _columns(names: Sequence[str]) -> list[str]:
    """Names that may stand in SQL, each once."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = re.sub(r"\W+", "_", name.encode("ascii", "ignore").decode()).strip("_")
        plain = plain if re.match(r"[A-Za-z]", plain) else f"column_{number}"
        while plain_name(plain) in map(plain_name, found):
            plain = f"{plain}_{number}"
        found.append(plain)
    return found


# -- what a column is


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    rows = read_table("inconcert.read", "data/column_words.tsv")
    return {row["row"]: tuple(row["names"].split("|")) for row in rows}


def _chosen(
    columns: Sequence[str], names: Sequence[str], cells: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Column of the file by column of the row."""
    plain = {plain_name(name): column for name, column in zip(names, columns, strict=True)}
    found: dict[str, str] = {}
    for row, words in _words().items():
        column = next((plain[word] for word in words if word in plain), None)
        if column is not None and column not in found.values() and _may_be(row, cells[column]):
            found[row] = column
    for row, form in _FORMS.items():
        if row not in found:
            fits = (each for each in columns if _all_fit(cells[each], form))
            column = next((each for each in fits if each not in found.values()), None)
            found |= {} if column is None else {row: column}
    if "day" not in found:
        column = next((each for each in columns if _day_form(cells[each])), None)
        found |= {} if column is None else {"day": column}
    return found


def _may_be(row: str, cells: Sequence[str]) -> bool:
    """Whether cells can be what the name of their column says."""
    if row in {"day", "day_last"}:
        return not cells or _day_form(cells) is not None
    if EVENT_COLUMNS[row] in {"double", "integer"}:
        return all(_NUMBER.fullmatch(cell.strip()) for cell in cells)
    return True


def _all_fit(cells: Sequence[str], form: str) -> bool:
    fits = sum(1 for cell in cells if re.fullmatch(form, cell.strip()))
    return bool(cells) and fits >= _ENOUGH * len(cells)


def _day_form(cells: Sequence[str]) -> str | None:
    """How days are written; where two forms fit, the first."""
    if cells and _all_fit(cells, r"\d{1,2}/\d{1,2}/\d{4}"):
        firsts = [int(cell.strip().split("/")[0]) for cell in cells if cell.count("/") == 2]
        return "%d/%m/%Y" if max(firsts, default=0) > 12 else "%m/%d/%Y"
    return next((form for form, pattern in _DAYS if _all_fit(cells, pattern)), None)


def _scheme(cells: Sequence[str]) -> str | None:
    """The code system that most of the codes belong to."""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("cameo", lambda code: code in cameo.codes() or code in cameo.statement_codes()),
        ("plover", lambda code: code.upper() in plover.event_types()),
    )
    for name, knows in tests:
        if cells and sum(knows(cell.strip()) for cell in cells) >= _ENOUGH * len(cells):
            return name
    return None


# -- the text


def _as_toml(
    source: Source,
    columns: Sequence[str],
    names: Sequence[str],
    mark: str,
    chosen: Mapping[str, str],
    cells: Mapping[str, Sequence[str]],
) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", source.path.name.split(".")[0].lower()).strip("-")
    stem = stem if re.match(r"[a-z]", stem) else f"data-{stem}".rstrip("-")
    code = chosen.get("code")
    scheme = _scheme(cells[code]) if code else None
    lines = [
        "# Proposed; look it over. Docs: docs/reference/datasets.md",
        f"name = {_quoted(stem)}",
        f"source = {_quoted(stem.upper())}  # under which its rows stand in the store",
        "# scheme: cameo, plover, acled or ucdp; without one the codes stay as they are",
        f"scheme = {_quoted(scheme)}" if scheme else '# scheme = "cameo"',
        f"delimiter = {_quoted(mark)}",
        "quote = " + _quoted("" if mark == "\t" else '"'),
        'null = ["NA", "NULL", "None"]',
        "columns = [",
        *(f"  {_quoted(each)},  # {_example(cells[each])}" for each in columns),
        "]",
        "",
    ]
    others = [(c, n) for c, n in zip(columns, names, strict=True) if plain_name(c) != plain_name(n)]
    if others:
        lines += ["[names]", *(f"{c} = [{_quoted(n)}]" for c, n in others), ""]
    needs = [chosen[row] for row in _NEEDED if row in chosen] or list(columns[:1])
    lines += ["[signature]", f"needs = {json.dumps(needs)}", "", "[select]"]
    for row in EVENT_COLUMNS:
        if row in chosen:
            lines.append(f"{row} = {_quoted(_expression(row, chosen[row], cells[chosen[row]]))}")
        elif row in {"day", "code"}:
            lines.append(f'{row} = "null"  # not found: name the column here')
        elif row in _NEEDED:
            lines.append(f'# {row} = ""')
    return "\n".join(lines) + "\n"


def _expression(row: str, column: str, cells: Sequence[str]) -> str:
    name = f'"{column}"'
    form = _day_form(cells)
    if row in {"day", "day_last", "added"} and form:
        length = f"left({name}, 10)" if form == "%Y-%m-%d" else name
        return f"try_strptime({length}, {text_of(form)})"
    return name


def _example(cells: Sequence[str]) -> str:
    shown = next((cell for cell in cells if cell.strip()), "empty")
    return re.sub(r"[\x00-\x1f\x7f]+", " ", shown)[:_SHOWN]


def _quoted(value: str | None) -> str:
    return json.dumps(value or "", ensure_ascii=False)
