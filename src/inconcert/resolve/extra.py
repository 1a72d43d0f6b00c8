"""The analyst's own actors: `actors.toml` of a case, added to the register.

[[actor]]
name = "Jane Example"
kind = "person"            # person, group, organisation, state, bloc
names = ["J. Example"]     # other forms
alone = true               # the surname alone means her
[[actor.role]]
code = "GBR"
sectors = ["GOV"]
title = "Ambassador to Tajikistan"
since = 2021-03-01
until = 2022-06-30
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from inconcert.core.actor import ActorKind, Role
from inconcert.errors import BadInput, BadSetting
from inconcert.resolve.tables import Builder, role_of

_ACTOR_KEYS = ("id", "name", "names", "kind", "surname", "alone", "role")
_ROLE_KEYS = ("code", "sectors", "title", "since", "until")
_SECTORS = (
    *("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS"),
    *("CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"),
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")


def add_extra(builder: Builder, path: Path) -> None:
    """Add the actors of a file; an actor whose id the register knows gets further names and roles.

    Its own roles come first: what the analyst wrote counts before what ships with the package.

    Raises:
        BadSetting: the file breaks its form; names file, line and the nearest good key.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise BadSetting(
            "actors.toml is not UTF-8", where=str(path), advice="Save it as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(
            f"actors.toml is not TOML: {error}", where=_where_in(path, str(error)), advice=_SHAPE
        ) from error
    _known(content, ("actor",), str(path))
    items = content.get("actor", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadSetting("`actor` is no list of tables", where=str(path), advice=_SHAPE)
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(r"\s*\[\[\s*actor\s*\]\]", line)
    ]
    for number, item in enumerate(items):
        line = lines[number] if number < len(lines) else 1
        _add(builder, item, f"{path}:{line}")


def _add(builder: Builder, item: Mapping[str, Any], where: str) -> None:
    _known(item, _ACTOR_KEYS, where)
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadSetting("an actor has no name", where=where, advice='Write name = "…".')
    kind = item.get("kind", "person")
    if kind not in get_args(ActorKind):
        raise BadSetting(
            f"{kind!r} is no kind of actor",
            where=where,
            advice=f"Write one of {', '.join(get_args(ActorKind))}.",
        )
    names = item.get("names", [])
    if not isinstance(names, list) or not all(isinstance(form, str) for form in names):
        raise BadSetting("`names` is no list of names", where=where, advice='["…", "…"]')
    roles = tuple(_role(role, where) for role in _list(item.get("role", []), where))
    if not roles:
        raise BadSetting(
            f"{name} has no role", where=where, advice='Add [[actor.role]] with code = "RUS".'
        )
    key = str(item.get("id") or _key(name, kind, roles))
    known = builder.actors.pop(key, None)
    builder.actor(key, name, cast("ActorKind", kind), roles, "actors.toml")
    if known is not None:
        builder.actor(key, known.name, known.kind, known.roles, known.basis)
    if kind == "person":
        surname = str(item.get("surname") or name.split()[-1])
        alone = "yes" if item.get("alone") else "no"
        builder.person(key, (name, *names), (surname,), alone, first=True)
    else:
        builder.add_forms(key, kind if kind != "unknown" else "group", (name, *names), first=True)


def _role(item: Any, where: str) -> Role:
    if not isinstance(item, dict):
        raise BadSetting("a role is no table", where=where, advice=_SHAPE)
    _known(item, _ROLE_KEYS, where)
    code = item.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise BadSetting(
            f"{code!r} is no code", where=where, advice="Three capitals or more: RUS, AFGTAL."
        )
    sectors = _list(item.get("sectors", []), where)
    for sector in sectors:
        if sector not in _SECTORS:
            raise BadSetting(
                f"{sector!r} is no sector", where=where, advice=_nearest(str(sector), _SECTORS)
            )
    row = {
        "code": code,
        "sectors": ",".join(sectors),
        "title": str(item.get("title", "")),
        "since": _day(item.get("since")),
        "until": _day(item.get("until")),
    }
    try:
        return role_of(row, where=where)
    except BadInput as error:
        raise BadSetting(error.what, where=where, advice=error.advice) from error


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadSetting(f"{value!r} is no list", where=where, advice=_SHAPE)
    return value


def _known(item: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in item:
        if key not in keys:
            raise BadSetting(f"unknown key {key!r}", where=where, advice=_nearest(key, keys))


def _nearest(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."


def _key(name: str, kind: str, roles: tuple[Role, ...]) -> str:
    """A person is known by the name, everybody else by the code."""
    if kind != "person":
        return roles[0].code
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def _where_in(path: Path, message: str) -> str:
    line = re.search(r"line (\d+)", message)
    return f"{path}:{line[1]}" if line else str(path)


_SHAPE = 'Write [[actor]] with name, kind and [[actor.role]] with code = "RUS".'
