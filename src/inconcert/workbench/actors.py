"""The actors of the world and of a case: found, shown, listed, added, merged and split."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from inconcert.core.actor import Actor, Role
from inconcert.core.review import ACTOR, Decision, Review, standing
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion, BadSetting, NoCase, UnknownActor
from inconcert.resolve import tables
from inconcert.resolve.bodies import memberships
from inconcert.resolve.decisions import FILE as LOG_FILE
from inconcert.resolve.decisions import Logged, holding, line_of, merge_into, read_log
from inconcert.resolve.extra import add_text
from inconcert.resolve.lexicon import Entry
from inconcert.resolve.register import Register
from inconcert.resolve.unknown import Search
from inconcert.store.store import Store
from inconcert.workbench.files import alone, append_line, write_whole
from inconcert.workbench.questions import days_of

ACTORS_FILE = "actors.toml"
CASE_FILE = "case.toml"
RECALLED = "recalled"

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class NewActor:
    """An actor or a further role as an analyst tells it.

    Attributes:
        id: its id; that of an actor of the register gives that one a further role.
        since, until: days as text; empty for not known.
    """

    id: str
    name: str | None
    code: str
    sectors: tuple[str, ...] = ()
    title: str = ""
    since: str = ""
    until: str = ""
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    stands_alone: bool = False


class CaseActors:
    """The register with what a case adds to it.

    Args:
        case: its folder; None for the register alone.

    Raises:
        NoCase: the folder is no case.
        BadSetting: `actors.toml` or the log of decisions breaks its form.
    """

    def __init__(self, case: Path | None = None) -> None:
        if case is not None and not (case / CASE_FILE).is_file():
            raise NoCase(
                "no case here",
                where=str(case.resolve()),
                advice="Make one with `inconcert init FOLDER`, or name one with --case.",
            )
        self.case = case
        self.register = Register.load(
            extra=None if case is None else case / ACTORS_FILE,
            log=None if case is None else case / LOG_FILE,
        )

    # -- looking ----------------------------------------------------------------------------

    def find(self, name: str, *, on: str | None = None) -> list[Record]:
        """Who is meant by words on a date, best first; without a date, today.

        Raises:
            BadQuestion: the date is none, or no words were given.
        """
        if not name.strip():
            raise BadQuestion("no words to look up", where="NAME", advice="Write a name.")
        span = TimeSpan.day(_today()) if on is None else days_of(on, "--date")
        found = self.register.find(name, span)
        told: Record = {"as_of": str(span), "is_date_given": on is not None}
        return [{**one.as_record(), **self._counts_for(one.actor), **told} for one in found]

    def _counts_for(self, actor: Actor) -> Record:
        merged = sorted(key for key, root in self.register.merged.into.items() if root == actor.id)
        return {"merged": merged} if merged else {}

    def show(self, name: str) -> Record:
        """Everything the register has of one actor, by id, code or name.

        Raises:
            UnknownActor: nobody, or several are called so; the advice names them.
        """
        actor = self._one(name)
        key = actor.id
        forms = [
            (" ".join(entry.words).replace(" - ", "-").replace(" 's", "'s"), entry.kind)
            for entry in self._entries(key)
        ]
        belongs = [one for one in memberships() if one.member == key]
        has = [one for one in memberships() if one.organisation == key]
        return {
            "id": key,
            "name": actor.name,
            "kind": actor.kind,
            "names": [{"form": form, "kind": kind} for form, kind in dict.fromkeys(forms)],
            "roles": [self._role(role) for role in actor.roles],
            "member_of": [_membership(one.organisation, one.held, one.basis) for one in belongs],
            "members": [_membership(one.member, one.held, one.basis) for one in has],
            "offices": self._offices(key),
            "basis": actor.basis,
            "is_recalled": actor.basis == RECALLED,
            **self._counts_for(actor),
        }

    def listed(self, *, kind: str | None = None, country: str | None = None) -> list[Record]:
        """Actors of a kind and of a country, in order of their names.

        Raises:
            BadQuestion: there is no such kind, or no such country.
        """
        kinds = sorted({actor.kind for actor in self.register.actors.values()})
        if kind is not None and kind not in kinds:
            raise BadQuestion(
                f"{kind!r} is no kind of actor",
                where="--kind",
                advice=f"One of {', '.join(kinds)}.",
            )
        code = None if country is None else self.register.codes_for(country)[0]
        found = [
            actor
            for actor in self.register.actors.values()
            if (kind is None or actor.kind == kind)
            and (code is None or any(role.code.startswith(code) for role in actor.roles))
        ]
        return [
            {
                "id": actor.id, "name": actor.name, "kind": actor.kind,
                "roles": len(actor.roles), "basis": actor.basis,
                **({} if not actor.roles else self._role(actor.roles[0])),
            }
            for actor in sorted(found, key=lambda one: (one.name, one.id))
        ]  # fmt: skip

    def unknown(self, *, limit: int | None = None) -> list[Record]:
        """Names in the texts of the case that nobody in the register fits, most frequent first."""
        search = Search(self.register)
        with Store.open(self._folder(), write=False) as store:
            for document in store.documents():
                search.add(document.id, document.text, document.published)
        return [one.as_record() for one in search.found(limit=limit)]

    # -- adding -----------------------------------------------------------------------------

    def add(self, new: NewActor) -> Record:
        """Write an actor, or a further role of one, at the end of the case's `actors.toml`.

        What is there stays as it is, to the letter; the whole is checked before it is written.

        Raises:
            BadSetting: with it the file would break its form or contradict itself; names the line.
            StorageFull: the disk is full; the file stands as it was.
        """
        if not new.id.strip():
            raise BadQuestion("an actor needs an id", where="ID", advice="Write one: jane-example.")
        path = self._folder() / ACTORS_FILE
        known = self.register.actor(new.id)
        name = new.name or (None if known is None else known.name)
        if name is None:
            raise BadQuestion(
                f"{new.id!r} is new and has no name", where="--name", advice='Add --name "…".'
            )
        kind = new.kind or ("person" if known is None else known.kind)
        with alone(path):
            before = path.read_text(encoding="utf-8") if path.is_file() else ""
            gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
            text = before + gap + _block(new, name, kind)
            builder = tables.Builder()
            builder.add_all()
            add_text(builder, text, path)
            write_whole(path, text)
        return CaseActors(self.case).show(new.id)

    # -- deciding ---------------------------------------------------------------------------

    def merge(self, ids: Sequence[str], *, note: str | None = None) -> Record:
        """Have actors answer as the first of them from now on.

        Raises:
            BadQuestion: fewer than two, unknown ids, or they are one already.
        """
        return self._decide("same", ids, note)

    def split(self, ids: Sequence[str], *, note: str | None = None) -> Record:
        """Take back that two actors are one, and keep that they are not.

        Raises:
            BadQuestion: fewer than two or unknown ids, others still join them, or they were merged
                together with others, who would be parted too.
        """
        return self._decide("different", ids, note)

    def undo(self, id: str | None = None, *, note: str | None = None) -> Record:
        """Take back a decision: the last that holds, or the one with this id.

        Raises:
            BadQuestion: there is none.
        """
        log = self._log()
        if id is None:
            held = {review.id for review in standing(one.review for one in log)}
            left = [one for one in log if one.review.id in held]
        else:
            left = [one for one in log if one.review.id.startswith(id)]
        if not left or (id is not None and len({one.review.id for one in left}) != 1):
            raise BadQuestion(
                "no decision to undo" if id is None else f"no one decision has the id {id!r}",
                where=str(self._folder() / LOG_FILE),
                advice="`inconcert actors log` shows the decisions with their ids.",
            )
        review = left[-1].review.undone(by=_who(), at=datetime.now(UTC), note=note)
        return self._write(review)

    def log(self) -> list[Record]:
        """All decisions in order, each with whether it holds."""
        log = self._log()
        holds = {one.review.id for one in holding(log)}
        return [_decision(one, holds=one.review.id in holds) for one in log]

    def _decide(self, decision: Decision, ids: Sequence[str], note: str | None) -> Record:
        keys = [self._one(key).id if decision == "same" else key for key in ids]
        if len(set(keys)) < 2:
            raise BadQuestion(
                "two actors or more are wanted",
                where=" ".join(ids),
                advice="Name them by their ids; they may answer as one already.",
            )
        if decision == "different":
            self._checkalone(set(keys))
        review = Review.of(
            decision, ACTOR, keys, by=_who(), at=datetime.now(UTC), note=note or None
        )
        return self._write(review)

    def _checkalone(self, keys: set[str]) -> None:
        """Refuse to part some of those who were merged in one decision: the rest would part too."""
        for one in holding(self._log()):
            others = [key for key in one.review.subjects if key not in keys]
            together = len(keys & set(one.review.subjects)) > 1
            if one.review.decision == "same" and together and others:
                raise BadQuestion(
                    f"they were merged together with {', '.join(others)}",
                    where=one.where,
                    advice=f"Take that back (inconcert actors undo {one.review.id}), "
                    "then merge those who are one.",
                )

    def _write(self, review: Review) -> Record:
        """Put a decision at the end of the log, if the log is sound with it."""
        path = self._folder() / LOG_FILE
        with alone(path):
            log = self._log()
            fresh = Logged(review, f"{path}:{len(log) + 1}")
            builder = self._builder()
            try:
                merged = merge_into(builder, [*log, fresh])
            except BadSetting as error:
                if error.where != fresh.where:
                    raise
                raise BadQuestion(
                    error.what, where=" ".join(review.subjects), advice=error.advice
                ) from error
            append_line(path, line_of(review))
        counts = {key: merged.into.get(key, key) for key in review.subjects}
        return {**_decision(fresh, holds=True), "answer_as": counts}

    def _builder(self) -> tables.Builder:
        builder = tables.Builder()
        builder.add_all()
        path = self._folder() / ACTORS_FILE
        if path.is_file():
            add_text(builder, path.read_text(encoding="utf-8"), path)
        return builder

    def _log(self) -> list[Logged]:
        return read_log(self._folder() / LOG_FILE)

    # -- parts ------------------------------------------------------------------------------

    def _folder(self) -> Path:
        if self.case is None:
            raise BadQuestion(
                "no case was named", where="--case", advice="Add --case with the folder of a case."
            )
        return self.case

    def _one(self, name: str) -> Actor:
        """The one actor with this id, code or name."""
        actor = self.register.actor(name) or self.register.actor(name.upper())
        if actor is not None:
            return actor
        found = [one for one in self.register.find(name, None) if one.actor.id]
        surest = [one for one in found if one.confidence == found[0].confidence]
        ids = dict.fromkeys(one.actor.id for one in surest)
        if not found or len(ids) > 1:
            shown = ", ".join(ids)
            raise UnknownActor(
                f"{name!r} is the name of {'several' if ids else 'nobody in the register'}",
                where="name of an actor",
                advice=f"Give an id: {shown}." if ids else "Look with `inconcert actors find`.",
            )
        return surest[0].actor

    def _entries(self, key: str) -> list[Entry]:
        forms = (entry for word in self.register.lexicon.every() for entry in word)
        return [entry for entry in forms if key in entry.actors]

    def _role(self, role: Role) -> Record:
        register = self.register
        return {
            "code": role.code,
            "country": register.country_of(role.code) or register.manual(role.code),
            "sectors": list(role.sectors),
            "title": role.title,
            "since": _iso(role.since),
            "until": _iso(role.until),
        }

    def _offices(self, key: str) -> list[Record]:
        """Who holds an office of a state or organisation today."""
        today = TimeSpan.day(_today())
        return [
            {"title": role.title, "id": actor.id, "name": actor.name, "since": _iso(role.since)}
            for actor in self.register.actors.values()
            if actor.kind == "person" and actor.id != key
            for role in actor.roles
            if role.code == key and role.title and role.holds(today)
        ]


def _membership(code: str, held: Role, basis: str) -> Record:
    return {
        "code": code, "since": _iso(held.since), "until": _iso(held.until), "basis": basis,
        "is_recalled": basis == RECALLED,
    }  # fmt: skip


def _decision(one: Logged, *, holds: bool) -> Record:
    review = one.review
    return {
        "id": review.id,
        "at": review.at.isoformat(timespec="seconds"),
        "by": review.by,
        "decision": {"same": "merge", "different": "split"}.get(review.decision, review.decision),
        "subjects": list(review.subjects),
        "note": review.note,
        "undoes": review.undoes,
        "holds": holds or review.decision == "undo",
        "where": one.where,
    }


def _block(new: NewActor, name: str, kind: str) -> str:
    """The lines of an actor in `actors.toml`."""

    def text(value: str) -> str:
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

    lines = ["[[actor]]", f"id = {text(new.id)}", f"name = {text(name)}", f"kind = {text(kind)}"]
    if new.aliases:
        lines.append(f"names = [{', '.join(map(text, new.aliases))}]")
    if new.stands_alone:
        lines.append("alone = true")
    lines += ["", "[[actor.role]]", f"code = {text(new.code)}"]
    if new.sectors:
        lines.append(f"sectors = [{', '.join(map(text, new.sectors))}]")
    if new.title:
        lines.append(f"title = {text(new.title)}")
    for key, value, at_end in (("since", new.since, False), ("until", new.until, True)):
        if value:
            span = days_of(value, f"--{key}")
            lines.append(f"{key} = {span.last if at_end else span.first}")
    return "\n".join(lines) + "\n"


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _today() -> date:
    return datetime.now(UTC).date()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
