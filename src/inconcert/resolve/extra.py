"""The analyst's own actors: `actors.toml` of a case, added to the register.

[[actor]]
id = "jane-example"        # left out: made of the name, or the code of a group
name = "Jane Example"
kind = "person"            # person, group, organisation, state, bloc
names = ["J. Example"]     # other forms, in any script, matched as written
alone = true               # the surname alone means her
parent = "AFGTAL"          # part of another actor: without roles of its own it has that one's
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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from inconcert.core.actor import ActorKind, Role
from inconcert.errors import BadInput, BadSetting
from inconcert.resolve.tables import Builder, role_of

_ACTOR_KEYS = ("id", "name", "names", "kind", "surname", "alone", "parent", "role")
_ROLE_KEYS = ("code", "sectors", "title", "since", "until")
SECTORS = (
    *("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS"),
    *("CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"),
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,11}")
_HEAD = re.compile(r"\s*\[\[\s*actor(\s*\.\s*role)?\s*\]\]")
_BASES = frozenset({"IGO", "NGO", "IMG", "MNC", "ISM"})


@dataclass(frozen=True, slots=True)
class _Own:
    """An actor of the file.

    Attributes:
        where: file and line of its head; `lines`: of its roles.
    """

    item: Mapping[str, Any]
    where: str
    lines: tuple[str, ...]
    name: str
    kind: ActorKind
    roles: tuple[Role, ...]

    @property
    def key(self) -> str:
        """Its id; a person is known by the name, everybody else by the code."""
        given = self.item.get("id")
        if given or not (self.kind == "person" or self.roles):
            return str(given or _slug(self.name))
        return _slug(self.name) if self.kind == "person" else self.roles[0].code


def add_extra(builder: Builder, path: Path) -> None:
    """Add the actors of a file; an actor whose id the register knows gets further names and roles.

    Its own roles come first: what the analyst wrote counts before what ships with the package.

    Raises:
        BadSetting: the file breaks its form or contradicts itself; names file, line and what to do.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadSetting(
            "actors.toml is not UTF-8", where=str(path), advice="Save it as UTF-8."
        ) from error
    except OSError as error:
        raise BadSetting(
            f"actors.toml cannot be read: {error.strerror or error}",
            where=str(path),
            advice="Check who may read it.",
        ) from error
    add_text(builder, text, path)


def add_text(builder: Builder, text: str, path: Path) -> None:
    """Add the actors of a text as if it stood in a file.

    Raises:
        BadSetting: as with `add_extra`.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(
            f"actors.toml is not TOML: {error}", where=_where_in(path, str(error)), advice=_SHAPE
        ) from error
    _known(content, ("actor",), str(path))
    items = content.get("actor", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadSetting("`actor` is no list of tables", where=str(path), advice=_SHAPE)
    lines = _lines(text, path)
    own = [
        _read(item, *(lines[number] if number < len(lines) else (f"{path}:1", ())))
        for number, item in enumerate(items)
    ]
    codes = {one.key for one in own if one.kind != "person"}
    for one in own:
        _check_codes(one, builder, codes)
    _check_overlaps(own)
    parents = _parents(own, builder)
    for one in own:
        _add(builder, one, _inherited(one, own, parents, builder))


def _lines(text: str, path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """File and line of each actor, and of its roles."""
    found: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        head = _HEAD.match(line)
        if head is None:
            continue
        if head[1] and found:
            found[-1][1].append(f"{path}:{number}")
        elif not head[1]:
            found.append((f"{path}:{number}", []))
    return [(where, tuple(roles)) for where, roles in found]


def _read(item: Mapping[str, Any], where: str, lines: tuple[str, ...]) -> _Own:
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
    given = _list(item.get("role", []), where)
    places = [lines[n] if n < len(lines) else where for n in range(len(given))]
    roles = tuple(_role(one, place) for one, place in zip(given, places, strict=True))
    if not roles and not item.get("parent"):
        raise BadSetting(
            f"{name} has no role", where=where, advice='Add [[actor.role]] with code = "RUS".'
        )
    return _Own(item, where, tuple(places), name, cast("ActorKind", kind), roles)


def _add(builder: Builder, one: _Own, roles: tuple[Role, ...]) -> None:
    names = [str(form) for form in one.item.get("names", [])]
    known = builder.actors.pop(one.key, None)
    builder.actor(one.key, one.name, one.kind, roles, "actors.toml")
    if known is not None:
        builder.actor(one.key, known.name, known.kind, known.roles, known.basis)
    if one.kind == "person":
        surname = str(one.item.get("surname") or one.name.split()[-1])
        alone = "yes" if one.item.get("alone") else "no"
        builder.person(one.key, (one.name, *names), (surname,), alone, first=True)
    else:
        kind = one.kind if one.kind != "unknown" else "group"
        builder.add_forms(one.key, kind, (one.name, *names), first=True)


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
        if sector not in SECTORS:
            raise BadSetting(
                f"{sector!r} is no sector", where=where, advice=_nearest(str(sector), SECTORS)
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


# -- what contradicts ---------------------------------------------------------------------------


def _check_codes(one: _Own, builder: Builder, codes: set[str]) -> None:
    """Refuse a code that begins with no state, organisation or actor that anybody knows."""
    if one.kind in {"state", "bloc"}:
        return
    for role, where in zip(one.roles, one.lines, strict=True):
        base = role.code[:3]
        if role.code in builder.actors or role.code in codes - {one.key} or base in _BASES:
            continue
        state = builder.actors.get(base)
        if state is None or state.kind != "state":
            known = [key for key, actor in builder.actors.items() if actor.kind == "state"]
            raise BadSetting(
                f"unknown code {role.code!r}: it begins with no state",
                where=where,
                advice=f"{_nearest(base, known, name_all=False)} A group's code begins with its "
                "state's; an organisation's with IGO or NGO.",
            )


def _check_overlaps(own: Sequence[_Own]) -> None:
    """Refuse two roles in one office, or two standings of a group, that share days."""
    seen: dict[tuple[str, str, str | None], list[Role]] = {}
    for one in own:
        for role, where in zip(one.roles, one.lines, strict=True):
            same = seen.setdefault((one.key, role.code, role.title), [])
            for earlier in same:
                first = max(role.since or date.min, earlier.since or date.min)
                last = min(role.until or date.max, earlier.until or date.max)
                if first < last or (first == last and one.kind != "person"):
                    office = role.title or f"role of {role.code}"
                    raise BadSetting(
                        f"two roles of {one.name} as {office!r} overlap ({_days(first, last)})",
                        where=where,
                        advice="End one before the other begins, or give them different titles.",
                    )
            same.append(role)


def _parents(own: Sequence[_Own], builder: Builder) -> dict[str, str]:
    """Whose part each actor of the file is; refuses unknown ones and circles."""
    parents: dict[str, str] = {}
    keys = {one.key for one in own}
    for one in own:
        parent = one.item.get("parent")
        if parent is None:
            continue
        if not isinstance(parent, str) or (parent not in keys and parent not in builder.actors):
            raise BadSetting(
                f"nobody has the id {parent!r}, the parent of {one.name}",
                where=one.where,
                advice=_nearest(str(parent), [*keys, *builder.actors], name_all=False),
            )
        parents[one.key] = parent
        way = [one.key]
        while way[-1] in parents:
            way.append(parents[way[-1]])
            if way[-1] in way[:-1]:
                raise BadSetting(
                    f"a circle of parents: {' → '.join(way)}",
                    where=one.where,
                    advice="Take one of these `parent` lines out.",
                )
    return parents


def _inherited(
    one: _Own, own: Sequence[_Own], parents: Mapping[str, str], builder: Builder
) -> tuple[Role, ...]:
    """The roles of an actor, or those of the nearest parent that has some."""
    roles, key = one.roles, one.key
    while not roles and key in parents:
        key = parents[key]
        roles = tuple(role for other in own if other.key == key for role in other.roles)
        if not roles and key in builder.actors:
            roles = builder.actors[key].roles
    return roles


# -- small things -------------------------------------------------------------------------------


def _days(first: date, last: date) -> str:
    shown = ["…" if day in {date.min, date.max} else str(day) for day in (first, last)]
    return " to ".join(shown)


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


def _nearest(word: str, known: Sequence[str], *, name_all: bool = True) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known: {', '.join(known)}." if name_all else "Check the spelling."


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def _where_in(path: Path, message: str) -> str:
    line = re.search(r"line (\d+)", message)
    return f"{path}:{line[1]}" if line else str(path)


_SHAPE = 'Write [[actor]] with name, kind and [[actor.role]] with code = "RUS".'
