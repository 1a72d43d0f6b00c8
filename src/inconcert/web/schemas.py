"""JSON Schemas of the records that pages give, made of the table that documents them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from inconcert.errors import BadSetting
from inconcert.ontology.tables import read_table

Schema = dict[str, Any]
TABLE = "data/records.tsv"
_PLAIN: Mapping[str, Schema] = {
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "any": {},
}


@cache
def schemas() -> Mapping[str, Schema]:
    """The schema of each record, by its name, in the order of the table.

    Raises:
        BadSetting: a record takes the keys of one that is not in the table.
    """
    found: dict[str, Schema] = {}
    rows = read_table("inconcert.web", TABLE)
    names = {row["record"] for row in rows}
    for row in rows:
        schema = found.setdefault(row["record"], {"type": "object", "properties": {}})
        if row["key"] == "*":
            schema["allOf"] = [_named(row["type"], names)]
            continue
        key = row["key"].removesuffix("?")
        one = schema_of(row["type"], names)
        schema["properties"][key] = _described(one, row["what"])
        if key == row["key"]:
            schema.setdefault("required", []).append(key)
    return found


def schema_of(kind: str, names: set[str] | None = None) -> Schema:
    """The schema of a type as the table writes it.

    Args:
        names: records there are; those of the table where None.

    Raises:
        BadSetting: there is no such type.

    Example:
        >>> schema_of("[number?]")
        {'type': 'array', 'items': {'type': ['number', 'null']}}
        >>> schema_of("one of a, b")
        {'enum': ['a', 'b']}
    """
    known = set(schemas()) if names is None else names
    kind = kind.strip()
    if kind.startswith("one of "):
        return {"enum": [word.strip() for word in kind.removeprefix("one of ").split(",")]}
    if kind.endswith("?"):
        return _or_null(schema_of(kind[:-1], known))
    if kind.startswith("["):
        return {"type": "array", "items": schema_of(kind[1:-1], known)}
    if kind.startswith("{"):
        return {"type": "object", "additionalProperties": schema_of(kind[1:-1], known)}
    if " / " in kind:
        return {"anyOf": [schema_of(part, known) for part in kind.split(" / ")]}
    return dict(_PLAIN[kind]) if kind in _PLAIN else _named(kind, known)


def _named(name: str, known: set[str]) -> Schema:
    if name not in known:
        raise BadSetting(f"{name!r} is no type", where=f"web/{TABLE}", advice="Add it there.")
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}


def _described(schema: Schema, what: str) -> Schema:
    return {**schema, "description": what} if what else schema
