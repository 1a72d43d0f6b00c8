"""Decisions of an analyst on who is who: `actors.log.jsonl` of a case, only ever added to.

One decision a line. `same` has the actors after the first answer as the first; `different` takes
such a decision back for two of them; `undo` takes back any decision.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from inconcert.core.actor import Actor, Role
from inconcert.core.mention import Participant
from inconcert.core.review import ACTOR, Decision, Review, standing
from inconcert.errors import BadInput, BadSetting
from inconcert.resolve.tables import Builder, settled

FILE = "actors.log.jsonl"
_FIELDS = ("id", "at", "by", "decision", "subjects", "note", "undoes")


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision with the file and line on which it stands."""

    review: Review
    where: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Who answers as whom.

    Attributes:
        into: id of the actor that counts, by each id that was merged into it.
        codes: code that counts, by each code that is no longer one of its own.
        names: name that is shown, by each name of a person who was merged.
    """

    into: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def code(self, code: str) -> str:
        """The code that counts for a code."""
        return self.codes.get(code, code)

    def participant(self, one: Participant) -> Participant:
        """Somebody in a record, as the decisions have it."""
        code = self.code(one.code)
        name = None if one.name is None else self.names.get(one.name, one.name)
        return one if (code, name) == (one.code, one.name) else replace(one, code=code, name=name)

    def name_of(self, code: str, named: Callable[[str], str | None]) -> str:
        """A code as shown to readers: `Russia`, `Taliban`, `Syria (REB)`; itself if unknown.

        Args:
            named: the name of an actor by its id; None for nobody.
        """
        name = named(self.into.get(code, code))
        if name is not None:
            return name
        state = named(code[:3])
        return code if state is None else f"{state} ({code[3:]})"

    def spread(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes with all that were merged into them: what to look for in stored records."""
        wanted = list(dict.fromkeys(self.code(code) for code in codes))
        more = (code for code, counts in self.codes.items() if counts in wanted)
        return tuple(dict.fromkeys([*wanted, *more]))


def read_log(path: Path) -> list[Logged]:
    """The decisions in a file, in its order; none where there is no file.

    Raises:
        BadSetting: a line is no decision; names file and line.
    """
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (UnicodeDecodeError, OSError) as error:
        raise BadSetting(
            f"the log of decisions cannot be read: {error}",
            where=str(path),
            advice="Put a copy back, or move the file away to begin anew.",
        ) from error
    return [
        Logged(_review(line, f"{path}:{number}"), f"{path}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def line_of(review: Review) -> str:
    """A decision as a line of the log."""
    item = {
        "id": review.id,
        "at": review.at.isoformat(),
        "by": review.by,
        "decision": review.decision,
        "subjects": list(review.subjects),
        "note": review.note,
        "undoes": review.undoes,
    }
    return json.dumps(item, ensure_ascii=False)


def holding(log: Sequence[Logged]) -> list[Logged]:
    """The decisions that hold: not undone, and no `same` that a later `different` parts.

    Raises:
        BadSetting: an undo names no decision of the log before it.
    """
    seen: set[str] = set()
    for one in log:
        if one.review.undoes is not None and one.review.undoes not in seen:
            raise BadSetting(
                f"no decision before this one has the id {one.review.undoes!r}",
                where=one.where,
                advice="Take the line out, or correct `undoes`.",
            )
        seen.add(one.review.id)
    kept_ids = {review.id for review in standing(one.review for one in log)}
    kept: list[Logged] = []
    for one in log:
        if one.review.id not in kept_ids:
            continue
        pair = set(one.review.subjects)
        if one.review.decision == "different":
            kept = [
                other
                for other in kept
                if other.review.decision != "same" or len(pair & set(other.review.subjects)) < 2
            ]
        kept.append(one)
    return kept


def roots(log: Sequence[Logged], actors: Mapping[str, Actor]) -> dict[str, str]:
    """The actor that counts for each that was merged.

    Raises:
        BadSetting: an id is nobody's, actors of two kinds or states are merged, or the decisions
            go in a circle; names file and line.
    """
    into: dict[str, str] = {}
    for one in holding(log):
        if one.review.decision not in {"same", "different"}:
            continue
        for key in one.review.subjects:
            _check_known(key, actors, one.where)
        if one.review.decision == "different":
            _check_apart(one, into)
            continue
        first = _root(one.review.subjects[0], into)
        for key in one.review.subjects[1:]:
            other = _root(key, into)
            if other == first:
                raise BadSetting(
                    f"{key} and {one.review.subjects[0]} answer as one already, as {first}",
                    where=one.where,
                    advice="Undo one of the decisions: they go in a circle.",
                )
            _check_kinds(actors[first], actors[other], one.where)
            into[other] = first
    return {key: _root(key, into) for key in into}


def merge_into(builder: Builder, log: Sequence[Logged]) -> Merged:
    """Have merged actors answer as one: names, and for persons roles, of all of them.

    Of groups the code and the standing of the first count.

    Raises:
        BadSetting: as with `roots`.
    """
    into = roots(log, builder.actors)
    if not into:
        return Merged()
    actors = builder.actors
    codes = {key: root for key, root in into.items() if actors[key].kind != "person"}
    names: dict[str, str] = {}
    for key, root in into.items():
        gone, kept = actors.pop(key), actors[root]
        if gone.kind == "person":
            actors[root] = replace(kept, roles=settled((*kept.roles, *gone.roles)))
            names[gone.name] = kept.name
    for key, actor in actors.items():
        if any(role.code in codes for role in actor.roles):
            actors[key] = replace(actor, roles=tuple(_recoded(one, codes) for one in actor.roles))
    builder.entries[:] = [
        entry._replace(actors=tuple(dict.fromkeys(into.get(key, key) for key in entry.actors)))
        if any(key in into for key in entry.actors)
        else entry
        for entry in builder.entries
    ]
    return Merged(into, codes, names)


def _recoded(role: Role, codes: Mapping[str, str]) -> Role:
    return replace(role, code=codes.get(role.code, role.code))


def _root(key: str, into: Mapping[str, str]) -> str:
    while key in into:
        key = into[key]
    return key


def _check_known(key: str, actors: Mapping[str, Actor], where: str) -> None:
    if key not in actors:
        raise BadSetting(
            f"nobody has the id {key!r}",
            where=where,
            advice="`inconcert actors find NAME --json` shows ids.",
        )


def _check_kinds(one: Actor, other: Actor, where: str) -> None:
    if "state" in {one.kind, other.kind} or one.kind != other.kind:
        raise BadSetting(
            f"{one.id} is a {one.kind} and {other.id} a {other.kind}: they cannot answer as one",
            where=where,
            advice="Merge persons with persons, groups with groups; states stay as they are.",
        )


def _check_apart(one: Logged, into: Mapping[str, str]) -> None:
    first, *others = one.review.subjects
    for key in others:
        if _root(key, into) == _root(first, into):
            raise BadSetting(
                f"{first} and {key} are still one, through {_root(first, into)}",
                where=one.where,
                advice="Undo the merges that join them: `inconcert actors log` shows them.",
            )


def _review(line: str, where: str) -> Review:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadSetting(
            f"this line is no JSON: {error.msg}", where=where, advice="Take the line out."
        ) from error
    if not isinstance(item, dict) or not {"id", "at", "by", "decision", "subjects"} <= set(item):
        raise BadSetting(
            "this line is no decision",
            where=where,
            advice=f"It needs {', '.join(_FIELDS[:5])}.",
        )
    return _made(item, where)


def _made(item: Mapping[str, Any], where: str) -> Review:
    try:
        made = Review.of(
            cast("Decision", item["decision"]),
            ACTOR,
            [str(key) for key in item["subjects"]],
            by=str(item["by"]),
            at=datetime.fromisoformat(str(item["at"])),
            note=item.get("note"),
            undoes=item.get("undoes"),
        )
    except (BadInput, ValueError, TypeError) as error:
        raise BadSetting(
            f"this line is no decision: {error}", where=where, advice="Take the line out."
        ) from error
    return replace(made, id=str(item["id"]))
