"""The dated register of actors: who a name means on a day."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from inconcert.core.actor import Actor, Role
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.errors import UnknownActor
from inconcert.resolve import tables
from inconcert.resolve.decisions import Merged, merge_into, read_log
from inconcert.resolve.extra import add_extra
from inconcert.resolve.lexicon import Entry, Lexicon, split_words
from inconcert.resolve.offices import Offices
from inconcert.resolve.spelling import Spellings

_NEAREST = 5
_SURE_ENOUGH = 0.5
_KEPT, _KEPT_DAYS = 200_000, 2_000
_BASES = ("IGO", "NGO", "IMG", "MNC", "ISM")
_UN = "IGOUN"
_IN_OFFICE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"})

_Day = tuple[TimeSpan | None, dict[str, tuple[Actor, "Role | None", float]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a name: an actor in the role that counts on the day.

    Attributes:
        role: the role that holds then, or the last that ended, or None.
        why: how the name led here, in words.
        confidence: 0 to 1, uncalibrated.
        code: code under which its acts count on that day.
        country: ISO-3 code of the state it belongs to, or as the PLOVER manual writes it for the
            others: UNO, EUR, IGO, NGO, IMG; None for blocs and where none is told.
        is_guess: the register does not know them, or not whose they are.
    """

    actor: Actor
    role: Role | None
    why: str
    confidence: float
    code: str
    sectors: tuple[str, ...]
    country: str | None
    is_guess: bool = False

    def as_record(self) -> dict[str, object]:
        """As a flat record, for `--json`."""
        role = self.role
        return {
            "id": self.actor.id or None,
            "name": self.actor.name,
            "kind": self.actor.kind,
            "code": self.code or None,
            "country": self.country,
            "sectors": list(self.sectors),
            "title": None if role is None else role.title,
            "since": None if role is None or role.since is None else role.since.isoformat(),
            "until": None if role is None or role.until is None else role.until.isoformat(),
            "why": self.why,
            "confidence": self.confidence,
            "is_guess": self.is_guess,
            "basis": self.actor.basis,
        }


class Register:
    """Actors by id, and their names in an index.

    Args:
        actors: by id.
        lexicon: forms of their names.
        surnames: ids of persons by lower-case surname.
        digest: hash of everything the register was read from.
        merged: who answers as whom, by the decisions of a case.
    """

    def __init__(
        self,
        actors: Mapping[str, Actor],
        lexicon: Lexicon,
        surnames: Mapping[str, tuple[str, ...]],
        digest: str,
        merged: Merged | None = None,
    ) -> None:
        self.merged = merged or Merged()
        self.actors, self.lexicon, self.digest = actors, lexicon, digest
        self._surnames = surnames
        self._days: dict[TimeSpan | None, dict[str, tuple[Actor, Role | None, float]]] = {}
        self._last: _Day = (None, self._days.setdefault(None, {}))
        self._found: dict[tuple[str, TimeSpan | None], tuple[Candidate, ...]] = {}
        self.person_names = frozenset(
            actor.name for actor in actors.values() if actor.kind == "person"
        )
        self.states = frozenset(
            key for key, actor in actors.items() if actor.kind == "state" and key.isupper()
        )

    @classmethod
    def load(cls, *, extra: Path | None = None, log: Path | None = None) -> Register:
        """Read the tables of the package and an analyst's own file.

        Args:
            extra: `actors.toml` of a case; a missing file is none.
            log: `actors.log.jsonl` of a case, with its decisions on who is who; likewise.

        Raises:
            BadSetting: a file breaks its form; names file and line.
        """
        with _no_collection():
            builder = tables.Builder()
            builder.add_all()
            digest = blake2b(digest_size=8)
            for name in tables.TABLES:
                digest.update(files(tables.PACKAGE).joinpath("data", f"{name}.tsv").read_bytes())
            if extra is not None and extra.is_file():
                digest.update(extra.read_bytes())
                add_extra(builder, extra)
            merged = Merged()
            if log is not None and log.is_file():
                digest.update(log.read_bytes())
                merged = merge_into(builder, read_log(log))
            surnames: dict[str, list[str]] = {}
            for entry in builder.entries:
                if entry.kind == "surname":
                    surnames.setdefault("".join(entry.words).lower(), []).extend(entry.actors)
            return cls(
                builder.actors,
                Lexicon(builder.entries),
                {name: tuple(dict.fromkeys(ids)) for name, ids in surnames.items()},
                digest.hexdigest(),
                merged,
            )

    @cached_property
    def offices(self) -> Offices:
        """Who holds which office when, in whatever words."""
        return Offices(self.actors, self.lexicon)

    @cached_property
    def spellings(self) -> Spellings:
        """Names of persons by how they sound."""
        entries = [one for _, one in self.lexicon.forms() if one.kind == "person"]
        surnames: dict[str, list[str]] = {}
        for name, ids in self._surnames.items():
            for key in ids:
                surnames.setdefault(key, []).append(name)
        return Spellings(entries, surnames)

    @cached_property
    def _offices(self) -> Mapping[tuple[str, str], list[tuple[Role, str]]]:
        found: dict[tuple[str, str], list[tuple[Role, str]]] = {}
        for key, actor in self.actors.items():
            for role in actor.roles if actor.kind == "person" else ():
                found.setdefault((role.code, (role.title or "").lower()), []).append((role, key))
        return found

    def actor(self, key: str) -> Actor | None:
        """The actor with this id, or the one that it was merged into; None for nobody."""
        return self.actors.get(self.merged.into.get(key, key))

    def name_of(self, code: str) -> str:
        """A code as shown to readers: `Russia`, `Taliban`, `Syria (REB)`; itself if unknown."""
        return self.merged.name_of(code, self._named)

    def _named(self, key: str) -> str | None:
        actor = self.actors.get(key)
        return None if actor is None else actor.name

    def country_of(self, code: str) -> str | None:
        """ISO-3 code of the state that a code belongs to; None for organisations and blocs."""
        return code[:3] if code[:3] in self.states else None

    def manual(self, code: str) -> str | None:
        """What the PLOVER manual writes as country for an actor of no state; None for blocs.

        Example:
            >>> Register.load().manual("IGONATO"), Register.load().manual("IGOUNAMA")
            ('IGO', 'UNO')
        """
        told = _international().get(code)
        if told is not None:
            return told
        return "UNO" if code.startswith(_UN) else code[:3] if code[:3] in _BASES else None

    def codes_for(self, text: str) -> tuple[str, ...]:
        """Turn what a user types into codes: a code, a name, or several joined by `+`.

        Raises:
            UnknownActor: a part stands for nobody; the advice names the nearest.

        Example:
            >>> Register.load().codes_for("Russia + AFGTAL")
            ('RUS', 'AFGTAL')
        """
        whole = self._codes(text.strip())
        if whole:
            return whole
        found: list[str] = []
        for part in text.split("+"):
            codes = self._codes(part.strip())
            if not codes:
                raise UnknownActor(
                    f"nobody in the register is called {part.strip()!r}",
                    where="name of an actor",
                    advice=self._nearest(part.strip()),
                )
            found += codes
        return tuple(dict.fromkeys(found))

    def find(self, name: str, span: TimeSpan | None) -> list[Candidate]:
        """Who a name or short phrase may mean on a day, likeliest first; empty for nobody."""
        from inconcert.resolve.lookup import find  # the phrase rules stand above the register

        known = self._found.get((name, span))
        if known is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            known = self._found[name, span] = tuple(find(self, name, span))
        return list(known)

    def persons_called(self, surname: str) -> tuple[str, ...]:
        """Ids of the persons with this surname, in any spelling of its capitals."""
        return self._surnames.get("".join(split_words(surname)).lower(), ())

    def holder(self, code: str, title: str, span: TimeSpan | None) -> Actor | None:
        """Who alone holds the office with this title (any capitals) for a code on a day."""
        if span is None:
            return None
        offices = self._offices.get((code, title.lower()), ())
        holders = {key for role, key in offices if role.holds(span)}
        return self.actors[holders.pop()] if len(holders) == 1 else None

    def role_on(self, actor: Actor, span: TimeSpan | None) -> tuple[Role | None, float]:
        """The role that counts, and how sure that is.

        Outside all roles the nearest earlier one counts with sector ELI (a former office holder),
        before the first one the code alone. Where a group's standing changed inside the span, or
        the document has no date, its sectors stay open.
        """
        day = self._day(span)
        known = day.get(actor.id)
        if known is None or known[0] is not actor:
            known = day[actor.id] = (actor, *self._role_on(actor, span))
        return known[1], known[2]

    def _day(self, span: TimeSpan | None) -> dict[str, tuple[Actor, Role | None, float]]:
        """The roles found so far for these days."""
        if span is not self._last[0]:
            if len(self._days) >= _KEPT_DAYS:
                self._days.clear()
            self._last = (span, self._days.setdefault(span, {}))
        return self._last[1]

    def _role_on(self, actor: Actor, span: TimeSpan | None) -> tuple[Role | None, float]:
        if span is None:
            roles = actor.roles
            if actor.kind == "group" and len({role.sectors for role in roles}) > 1:
                return Role(roles[0].code, ()), 0.8
            return (roles[0], 0.8) if roles else (None, 0.0)
        role = actor.role_on(span)
        if role is not None:
            if actor.kind == "group" and _changes(actor, span):
                return Role(role.code, ()), 0.8
            return role, 0.95
        past = [one for one in actor.roles if one.until is not None and one.until < span.first]
        if past:
            last = max(past, key=lambda one: one.until or span.first)
            title = None if last.title is None else f"former {last.title}"
            since = None if last.until is None else last.until + timedelta(days=1)
            if actor.kind != "person":
                return Role(last.code, (), title, since, None), 0.6
            is_of_state = not last.sectors or not _IN_OFFICE.isdisjoint(last.sectors)
            return Role(last.code, ("ELI",) if is_of_state else last.sectors, title, since), 0.6
        if actor.roles:
            return Role(actor.roles[-1].code, ()), 0.5
        return None, 0.0

    def split(
        self, code: str, sectors: Sequence[str], standing: str, span: TimeSpan | None
    ) -> tuple[str, float] | None:
        """The actor of its own that a nation and a sector make, if they do on that day.

        Args:
            standing: `former`, `new`, or empty.

        Returns:
            Its code and how sure that is.
        """
        for rule in tables.splits():
            if rule.code not in (code, "*") or rule.sector not in sectors:
                continue
            if rule.standing and rule.standing != standing:
                continue
            if span is None and not rule.standing and _is_dated(rule):
                # without a date: the split that held longest is the last with an end
                if rule.valid.until is None:
                    continue
            elif not rule.valid.holds(span):
                continue
            if rule.code == "*" and code not in self.states:
                continue
            return rule.gives.replace("*", code), rule.confidence
        return None

    def participant(self, key: str, span: TimeSpan | None, start: int, end: int) -> Participant:
        """An actor as of the day, named by the characters `[start, end)`."""
        actor = self.actors[key]
        role, _ = self.role_on(actor, span)
        name = actor.name if actor.kind == "person" else None
        if role is None:
            return Participant(key, (), name, start, end)
        return Participant(role.code, role.sectors, name, start, end)

    def _codes(self, text: str) -> tuple[str, ...]:
        if self.merged.code(text.upper()) in self.actors:
            return (self.merged.code(text.upper()),)
        if text.upper()[:3] in self.states and text.upper()[3:] in {"REB", "REF"}:
            return (text.upper(),)
        for attempt in (text, text.title(), text.upper()):
            words = split_words(attempt)
            bare = words[1:] if words and words[0].lower() == "the" else words
            for form in (words, ("the", *bare), bare):
                found = self._whole(form)
                if found is not None:
                    return (found,)
        if " " in text and "+" not in text:
            best = self.find(text, None)[:1]
            return tuple(
                one.code for one in best if not one.is_guess and one.confidence >= _SURE_ENOUGH
            )
        return ()

    def _whole(self, words: tuple[str, ...]) -> str | None:
        lowered = tuple(word.lower() for word in words)
        entries: tuple[Entry, ...] = self.lexicon.at(words, lowered, 0) if words else ()
        for entry in entries:
            if len(entry.words) == len(words) and entry.actors and entry.kind != "city":
                return self.participant(entry.actors[0], None, 0, 0).code
        return None

    def _nearest(self, text: str) -> str:
        known = {form.lower(): form for form, entry in self.lexicon.forms() if entry.actors}
        known |= {code.lower(): code for code in self.actors if code.isupper()}
        near = difflib.get_close_matches(text.lower(), known, n=_NEAREST, cutoff=0.6)
        names = ", ".join(known[form] for form in near)
        own = "Add the actor to the case's actors.toml, or use a three-letter code."
        return f"Nearest: {names}. {own}" if names else own


@cache
def _international() -> Mapping[str, str]:
    return {row["code"]: row["country"] for row in tables.read("international")}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Have the collector wait: what is loaded is kept, and looking through it takes a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _changes(actor: Actor, span: TimeSpan) -> bool:
    return len({role.sectors for role in actor.roles if role.holds(span)}) > 1


def _is_dated(rule: tables.Split) -> bool:
    return rule.valid.since is not None or rule.valid.until is not None
