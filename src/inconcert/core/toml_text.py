"""TOML as text: on which line a key stands, and values written back into a commented file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

Key = tuple[str | int, ...]
"""Place of a setting: `("read", "source")`, `("questions", 0, "actors")`."""

_HEAD = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?$")
_SETTING = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_LONG_TEXT = re.compile(r'"""|\'\'\'')


def key_lines(text: str) -> dict[Key, int]:
    r"""The line on which each key and each table of a TOML text begins, counted from 1.

    A light scan, not a parser: it trusts that the text is good TOML and looks only at the start
    of lines outside long texts.

    Example:
        >>> key_lines('title = "x"\n[read]\nsource = "y"')[("read", "source")]
        3
    """
    lines: dict[Key, int] = {}
    table: Key = ()
    counts: dict[Key, int] = {}
    is_inside = False
    for number, line in enumerate(text.split("\n"), start=1):
        was_inside = is_inside
        is_inside ^= len(_LONG_TEXT.findall(line)) % 2 == 1
        if was_inside:
            continue
        if head := _HEAD.match(line):
            table = _parts(head[2])
            if head[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                lines.setdefault(table, number)
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif setting := _SETTING.match(line):
            lines.setdefault(table + _parts(setting[1]), number)
    return lines


def render(template: str, values: Mapping[Key, object]) -> str:
    """Write values into a commented template.

    A line of the template such as `key = …` or `# key = …` is replaced where the value is
    given and not None; otherwise it stays, as default or example. The example tables that open
    with `# [name]` or `# [[name]]` give way to the given ones.
    """
    written: list[str] = []
    section: Key = ()
    is_example = False
    for line in template.rstrip("\n").split("\n"):
        bare = line.removeprefix("# ")
        if (head := _HEAD.match(bare)) and "=" not in bare:
            section = _parts(head[2])
            given = list(_table(section, values)) if line != bare else []
            is_example = bool(given)
            written += given or [line]
        elif not line.strip():
            is_example = False
            written.append(line)
        elif not is_example:
            setting = _SETTING.match(bare)
            key = section + _parts(setting[1]) if setting else ()
            is_given = values.get(key) is not None
            written.append(_line(str(key[-1]), values[key]) if is_given else line)
    return "\n".join(written) + "\n"


def _table(section: Key, values: Mapping[Key, object]) -> Iterator[str]:
    """The lines of a table, or of a list of tables, from its values."""
    previous: object = None
    for key, value in values.items():
        if key[: len(section)] != section or len(key) == len(section):
            continue
        inner = key[len(section) :]
        if len(inner) == 1 and previous is None:
            yield f"[{'.'.join(_name(str(part)) for part in section)}]"
        elif len(inner) == 2 and inner[0] != previous:
            yield from ([""] if previous is not None else [])
            yield f"[[{_name(str(section[0]))}]]"
        previous = inner[0] if len(inner) == 2 else section
        yield _line(str(inner[-1]), value)


def _line(name: str, value: object) -> str:
    return f"{_name(name)} = {_value(value)}"


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | int | float):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _parts(dotted: str) -> Key:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))
