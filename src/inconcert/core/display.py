"""What a notebook shows of a record: a small table, in which nothing is taken for markup.

`displayed` gives a dataclass a short plain form too: a record with a thousand others behind it
says how many there are, and does not print them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass
from html import escape
from typing import Any, TypeVar

MOST_TEXT, MOST_ROWS, MOST_WORDS = 300, 10, 12
"""Characters of a text, rows of a table, words of a list that are shown."""
_PLAIN_TEXT, _PLAIN_FIELDS = 60, 8
_DEPTH = 3
"""Tables within tables."""
T = TypeVar("T", bound=type[Any])


def displayed(cls: T) -> T:
    """Give a dataclass `_repr_html_` for notebooks, and a plain form of one line.

    Example:
        >>> from dataclasses import dataclass
        >>> @displayed
        ... @dataclass(frozen=True)
        ... class Pair:
        ...     name: str
        ...     acts: tuple[int, ...]
        >>> Pair("<b>", (1, 2))
        Pair(name='<b>', acts[2])
        >>> "&lt;b&gt;" in Pair("<b>", ())._repr_html_()
        True
    """
    cls.__repr__ = _one_line  # type: ignore[assignment]
    cls._repr_html_ = _whole
    return cls


def _one_line(self: Any) -> str:
    told = [found for one in fields(self) if (found := _named(one.name, getattr(self, one.name)))]
    more = ", …" if len(told) > _PLAIN_FIELDS else ""
    return f"{type(self).__name__}({', '.join(told[:_PLAIN_FIELDS])}{more})"


def _named(name: str, value: object) -> str:
    """A field of the plain form; empty for one that is itself a record with much in it."""
    if value is None or (is_dataclass(value) and type(value).__str__ is object.__str__):
        return ""
    if isinstance(value, Collection) and _is_list(value):
        return f"{name}[{len(value)}]"
    told = repr(value) if isinstance(value, str) else str(value)
    return f"{name}={told if len(told) <= _PLAIN_TEXT else told[:_PLAIN_TEXT] + '…'}"


def _whole(self: Any) -> str:
    return f"<div><strong>{type(self).__name__}</strong>{_table(self, 0)}</div>"


def _table(record: Any, depth: int) -> str:
    """A row a field: what is told in a line or two first, then lists."""
    told = [(one.name, getattr(record, one.name)) for one in fields(record)]
    rows = (
        f'<tr><th style="text-align:left;vertical-align:top">{_text(name)}</th>'
        f'<td style="text-align:left">{_cell(value, depth)}</td></tr>'
        for name, value in sorted(told, key=lambda one: _is_list(one[1]))
    )
    return f"<table>{''.join(rows)}</table>"


def _is_list(value: object) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str | bytes)


def _cell(value: object, depth: int) -> str:
    """A value of a table: text, the words of a list, or a table to be opened."""
    shape = getattr(value, "shape", None)
    if shape is not None and hasattr(value, "dtype"):
        return _text(f"array of {value.dtype}, shape {tuple(shape)}")
    if isinstance(value, Mapping):
        told = [f"{_text(key)}: {_cell(one, depth + 1)}" for key, one in _first(value.items())]
        return _more("; ".join(told), len(value))
    if isinstance(value, Collection) and _is_list(value):
        records = [one for one in _first(value) if is_dataclass(one)]
        if records:
            return _folded(
                f"{len(value)} of {type(records[0]).__name__}", records, len(value), depth
            )
        told = [_cell(one, depth + 1) for one in _first(value)]
        return _more(", ".join(told), len(value))
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return _table(value, depth + 1) if depth + 1 < _DEPTH else _text(repr(value))
    return "" if value is None else _text(value)


def _folded(title: str, records: list[Any], count: int, depth: int) -> str:
    """Records as a table of their own, a row each, to be opened."""
    if depth + 1 >= _DEPTH:
        return _text(title)
    shown = records[:MOST_ROWS]
    names = [one.name for one in fields(shown[0])]
    head = "".join(f"<th>{_text(name)}</th>" for name in names)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(getattr(one, name, None), _DEPTH)}</td>" for name in names)
        + "</tr>"
        for one in shown
    )  # fmt: skip
    left = f"<p>{count - len(shown)} more</p>" if count > len(shown) else ""
    table = f"<table><tr>{head}</tr>{rows}</table>{left}"
    return f"<details><summary>{_text(title)}</summary>{table}</details>"


def _first(values: Iterable[Any]) -> list[Any]:
    return [one for one, _ in zip(values, range(MOST_WORDS), strict=False)]


def _more(told: str, count: int) -> str:
    return f"{told}, … ({count})" if count > MOST_WORDS else told


def _text(value: object) -> str:
    """A text with markup taken for text, and characters shown that would not be seen."""
    text = str(value)
    cut = text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
    seen = "".join(
        one if one.isprintable() or one in "\n\t" else f"[U+{ord(one):04X}]" for one in cut
    )
    return escape(seen)
