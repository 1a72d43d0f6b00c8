"""Tables of knowledge that ship with the package: TSV with a head of `#` lines.

The head says what the table is, its source, licence and the date of the last check. The first
line after it names the columns; every further line is one fact.
"""

from __future__ import annotations

from importlib.resources import files

from inconcert.errors import BadInput


def read_table(package: str, name: str) -> list[dict[str, str]]:
    """The rows of a table that ships inside a package, in order of the file.

    Args:
        package: import name of the package that holds it (`inconcert.ontology`).
        name: path inside the package (`data/plover/types.tsv`).

    Raises:
        BadInput: the table is missing or a line breaks its form; names file and line.

    Example:
        >>> read_table("inconcert.ontology", "data/plover/types.tsv")[0]["type"]
        'ACCUSE'
    """
    table = files(package).joinpath(*name.split("/"))
    where = f"{package.replace('.', '/')}/{name}"
    if not table.is_file():
        raise BadInput("table is missing", where=where, advice="Install the package again.")
    return parse_table(table.read_text(encoding="utf-8"), where=where)


def parse_table(text: str, *, where: str) -> list[dict[str, str]]:
    """The rows of a table given as text.

    Cells are stripped. Empty cells at the end of a line may be left out, because editors cut
    trailing tabs; they come back as empty strings. Empty lines are skipped, and so are lines that
    begin with `#`, in the head and below it.

    Args:
        text: the whole table.
        where: name of the file, for errors.

    Raises:
        BadInput: no columns, a column named twice, too many cells, or an empty first cell.
    """
    columns: list[str] = []
    rows: list[dict[str, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        place = f"{where}:{number}"
        if not columns:
            columns = _columns(cells, place)
        else:
            rows.append(_row(columns, cells, place))
    if not columns:
        raise BadInput(
            "table has no line of columns",
            where=where,
            advice="The first line without # names the columns.",
        )
    return rows


def _columns(cells: list[str], place: str) -> list[str]:
    if "" in cells or len(set(cells)) < len(cells):
        raise BadInput(
            "a column has no name or the name of another",
            where=place,
            advice="Name each column once.",
        )
    return cells


def _row(columns: list[str], cells: list[str], place: str) -> dict[str, str]:
    if len(cells) > len(columns):
        raise BadInput(
            f"{len(cells)} cells under {len(columns)} columns",
            where=place,
            advice="Cells are parted by one tab; remove what is too much.",
        )
    if not cells[0]:
        raise BadInput("first cell is empty", where=place, advice="Fill it or remove the line.")
    padded = cells + [""] * (len(columns) - len(cells))
    return dict(zip(columns, padded, strict=True))
