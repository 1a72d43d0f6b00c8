"""Puts the named questions of `sql/` to whatever answers SQL on the views of the event store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Indices = npt.NDArray[np.int64]

COMMON_WIDTH = 12
"""Values longer than this many are told by their number in the text of a query."""


LAST_WORD = "\U0010ffff"
"""Stands after every code in the order of codes."""


class Query(Protocol):
    """Answers SQL on the views `events`, `daily` and `coverage`, as `Lake.query` does.

    What it returns is an Arrow table, or something that makes one by `to_arrow_table()`.
    """

    def __call__(self, sql: str, parameters: Mapping[str, Any], /) -> Any: ...  # noqa: D102


@cache
def text(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return files("inconcert.shape").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def answer(query: Query, name: str, parameters: Mapping[str, Any]) -> pa.Table:
    """The answer to a named question, as columns; `parameters` are its `$names`, no others."""
    found = query(text(name), dict(parameters))
    return found if isinstance(found, pa.Table) else found.to_arrow_table()


def shown(name: str, parameters: Mapping[str, Any]) -> str:
    """A named question with what was put in, to be shown beside what came out."""
    given = "".join(f"-- ${key} = {_value(value)}\n" for key, value in parameters.items())
    return given + text(name).rstrip()


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        if len(value) > COMMON_WIDTH:
            return f"({len(value)} values)"
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if value is None:
        return "null"
    return f"'{value}'" if isinstance(value, str | date) else str(value)


# -- columns as arrays


def encoded(
    table: pa.Table, column: str, *, unknown: str | None = None
) -> tuple[Indices, list[str | None]]:
    """A column of words as places in a list of distinct words, shape (rows,), and that list.

    Args:
        unknown: stands for null; null stays None where not given.
    """
    found = pc.dictionary_encode(table[column], null_encoding="encode").combine_chunks()
    if isinstance(found, pa.ChunkedArray):
        found = (
            found.chunk(0) if found.num_chunks else pa.array([], pa.string()).dictionary_encode()
        )
    places = found.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    words = found.dictionary.to_pylist()
    return places, [unknown if word is None else word for word in words]


def numbers(table: pa.Table, column: str) -> Indices:
    """A column of whole numbers, shape (rows,)."""
    return np.asarray(table[column].cast(pa.int64()).to_numpy())


def truths(table: pa.Table, column: str) -> npt.NDArray[np.bool_]:
    """A column of yes and no, shape (rows,)."""
    return np.asarray(table[column].to_numpy(), dtype=np.bool_)


def dates(table: pa.Table, column: str = "day") -> npt.NDArray[np.datetime64]:
    """A column of days, shape (rows,), `datetime64[D]`."""
    return np.asarray(table[column].cast(pa.date32()).to_numpy()).astype("datetime64[D]")
