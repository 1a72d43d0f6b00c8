"""Records as Parquet, in batches, so that no more than one batch is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

_DAYS = {"day", "first", "last", "published_first", "published_last"}
"""Fields that hold a day; written as dates."""


class ParquetFile:
    """A Parquet file being written.

    Args:
        path: where; what was there is overwritten.
        kind: `event` or `statement`.
    """

    def __init__(self, path: Path, kind: str) -> None:
        from pyarrow import parquet

        self._schema = _schema(kind)
        self._out = parquet.ParquetWriter(path, self._schema, compression="zstd")

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._out.close()

    def write(self, records: Sequence[Mapping[str, object]]) -> None:
        """Append records, as for JSON."""
        import pyarrow as pa

        self._out.write_table(
            pa.Table.from_pylist([_with_dates(record) for record in records], self._schema)
        )


def _with_dates(record: Mapping[str, Any]) -> dict[str, Any]:
    dated: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            dated[name] = _with_dates(value)
        elif name in _DAYS and value is not None:
            dated[name] = date.fromisoformat(value)
        else:
            dated[name] = value
    return dated


def _schema(kind: str) -> Any:
    """The columns of a file, nested as in JSON."""
    import pyarrow as pa

    texts, whole = pa.list_(pa.string()), pa.int32()
    span = [("start", whole), ("end", whole)]
    who = pa.struct([("code", pa.string()), ("sectors", texts), ("name", pa.string()), *span])
    people = pa.list_(who)
    days = [("first", pa.date32()), ("last", pa.date32())]
    when = pa.struct([*days, *[(name, pa.string()) for name in ("text", "basis", "granularity")]])
    sentence = pa.struct([("index", whole), *span, ("text", pa.string())])
    names = ["id", "title", "source", "country", "affiliation"]
    published = [("published_first", pa.date32()), ("published_last", pa.date32())]
    document = pa.struct(
        [
            *[(name, pa.string()) for name in names],
            *published,
            *[(name, pa.string()) for name in ("url", "place", "speaker")],
        ]
    )
    stance = pa.struct(
        [("code", pa.string()), ("sign", whole), ("words", pa.list_(pa.struct(span)))]
    )
    first = {
        "event": [
            ("event", pa.string()),
            ("outlet", pa.string()),
            ("copy_of", pa.string()),
            ("type", pa.string()),
            ("mode", pa.string()),
            ("contexts", texts),
            ("auxiliary", texts),
            ("actors", people),
            ("recipients", people),
            ("about", people),
            ("where", _place()),
            ("predicate", pa.struct(span)),
            ("is_quoted", pa.bool_()),
        ],
        "statement": [
            ("speakers", people),
            ("speaker_text", pa.string()),
            ("addressees", people),
            ("about", people),
            ("form", pa.string()),
            ("cue", pa.struct([("lemma", pa.string()), *span])),
            ("content", pa.struct(span)),
            ("quotes", pa.list_(pa.struct(span))),
            ("stance", pa.list_(stance)),
            ("commitment", pa.string()),
            ("is_anonymous", pa.bool_()),
            ("source_country", pa.string()),
            ("source_sectors", texts),
            ("within", pa.string()),
        ],
    }[kind]
    return pa.schema(
        [
            ("id", pa.string()),
            ("day", pa.date32()),
            *first,
            ("when", when),
            ("rule", pa.string()),
            ("confidence", pa.float64()),
            ("sentence", sentence),
            ("document", document),
            ("grade", pa.string()),
        ]
    )


def _place() -> Any:
    """The column of an event's place."""
    import pyarrow as pa

    text, degrees, whole = pa.string(), pa.float64(), pa.int32()
    return pa.struct(
        [
            ("name", text), ("country", text), ("latitude", degrees), ("longitude", degrees),
            ("precision", text), ("text_start", whole), ("text_end", whole), ("basis", text),
            ("id", text), ("confidence", degrees), ("candidates", pa.list_(text)),
        ]
    )  # fmt: skip
