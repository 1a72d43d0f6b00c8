"""Somebody who can act, with roles that hold for a span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from inconcert.core.span import TimeSpan

ActorKind = Literal["state", "organisation", "group", "person", "bloc", "unknown"]


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor is during a span: whose, and in which sector.

    Attributes:
        code: code under which its acts count: ISO-3 of the state (`RUS`), a group (`AFGTAL`), an
            organisation (`IGOSCO`), a bloc (`WST`).
        sectors: PLOVER sectors, first the main one (`GOV`, `MIL`, `REB` …).
        title: office or standing in words, if any.
        since: first day, None if always.
        until: last day, None if still.
    """

    code: str
    sectors: tuple[str, ...]
    title: str | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, span: TimeSpan | None) -> bool:
        """Whether the role holds on some day of the span; an unknown span matches every role."""
        if span is None:
            return True
        return not (
            (self.since is not None and span.last < self.since)
            or (self.until is not None and span.first > self.until)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act: a state, an organisation, a group, a person, a bloc.

    Attributes:
        id: stable short name in the register (`RUS`, `AFGTAL`, `sergey-lavrov`).
        name: as shown to readers.
        kind: what sort of actor.
        roles: with their dates; the first that holds on a day is the one that counts.
        basis: file or `recalled`, where the facts come from.
    """

    id: str
    name: str
    kind: ActorKind
    roles: tuple[Role, ...]
    basis: str = "recalled"

    def role_on(self, span: TimeSpan | None) -> Role | None:
        """The first role that holds on some day of the span, or None."""
        return next((role for role in self.roles if role.holds(span)), None)
