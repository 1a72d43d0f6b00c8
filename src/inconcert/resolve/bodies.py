"""Media and companies for the register, memberships of organisations, and names that states had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.core.actor import Role
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput
from inconcert.resolve.tables import Builder, Row, first_day, forms, last_day, read

TABLES = ("media", "companies", "memberships", "successions")
"""Tables that this module reads; those with names of actors belong into the register's digest."""

_JOURNALISTS = ("JRN",)


@dataclass(frozen=True, slots=True)
class Membership:
    """That a state or organisation belongs to an organisation, with the days.

    Attributes:
        organisation: code of the organisation (`IGOSCO`).
        member: code of the member (`UZB`, `IGOEU`).
        held: the days as a role of the member under the code of the organisation.
        basis: file or `recalled`, where the fact comes from.
    """

    organisation: str
    member: str
    held: Role
    basis: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A name or state of former days and who stands in its place.

    Attributes:
        code: state that goes on, or that the name means today.
        predecessor: former name, with every form of it.
        named: days in which it was called so, as a role of the successor.
    """

    code: str
    predecessor: tuple[str, ...]
    named: Role
    basis: str


def add_media(builder: Builder) -> None:
    """Add the media: each counts as its country in the sector of journalists."""
    for row in read("media"):
        _add(builder, row, _JOURNALISTS)


def add_companies(builder: Builder) -> None:
    """Add companies and banks: each counts as the country of its seat, in its sectors."""
    for row in read("companies"):
        _add(builder, row, forms(row["sectors"], ","))


def add_more(builder: Builder) -> None:
    """Media and companies."""
    add_media(builder)
    add_companies(builder)


def add_former_names(builder: Builder) -> None:
    """Add former names of states as forms of the state that goes on, where they are no names yet.

    `Soviet Union` is Russia on any day: the date of the text tells whether it still was.
    """
    known = {" ".join(entry.words).lower() for entry in builder.entries}
    for one in successions():
        names = (name for name in one.predecessor if name.lower() not in known)
        builder.add_forms(one.code, "state", names)


@cache
def memberships() -> tuple[Membership, ...]:
    """Every membership, in order of the table.

    Raises:
        BadInput: a membership ends before it begins.
    """
    return tuple(
        Membership(
            row["organisation"], row["member"], _held(row, row["organisation"]), row["basis"]
        )
        for row in read("memberships")
    )


def members_of(code: str, span: TimeSpan | None) -> tuple[str, ...]:
    """Codes of those who belong to an organisation on some day of the span, without repeats.

    Args:
        code: of the organisation.
        span: None for everybody who ever belonged to it.

    Example:
        >>> members_of("IGOAUKUS", TimeSpan.parse("2022"))
        ('AUS', 'GBR', 'USA')
    """
    found = (one.member for one in _by_organisation().get(code, ()) if one.held.holds(span))
    return tuple(dict.fromkeys(found))


def organisations_of(code: str, span: TimeSpan | None) -> tuple[str, ...]:
    """Codes of the organisations that a state belongs to on some day of the span.

    Args:
        code: of the state or organisation.
        span: None for all that it ever belonged to.
    """
    found = (one.organisation for one in _by_member().get(code, ()) if one.held.holds(span))
    return tuple(dict.fromkeys(found))


@cache
def successions() -> tuple[Succession, ...]:
    """Former names and states, in order of the table.

    The day in the table is the first of the successor or new name: the old one ends before it.
    """
    found = []
    for row in read("successions"):
        since = first_day(row["since"])
        until = None if since is None else since.fromordinal(since.toordinal() - 1)
        names = forms(row["predecessor"])
        role = Role(row["code"], (), names[0], None, until)
        found.append(Succession(row["code"], names, role, row["basis"]))
    return tuple(found)


def called(name: str, span: TimeSpan | None) -> tuple[str, ...]:
    """Codes of the states that a former name means; only while it was in use, if a span is given.

    Example:
        >>> called("Zaire", TimeSpan.parse("1990"))
        ('COD',)
    """
    wanted = name.casefold()
    return tuple(
        one.code
        for one in successions()
        if wanted in {form.casefold() for form in one.predecessor} and one.named.holds(span)
    )


def _add(builder: Builder, row: Row, sectors: tuple[str, ...]) -> None:
    key = row["code"]
    builder.actor(key, row["name"], "organisation", (Role(row["country"], sectors),), row["basis"])
    builder.add_forms(key, "organisation", (row["name"], *forms(row["other_names"])))


def _held(row: Row, code: str) -> Role:
    since, until = first_day(row["since"]), last_day(row["until"])
    if since and until and until < since:
        raise BadInput(
            f"a membership ends ({until}) before it begins ({since})",
            where=f"inconcert/resolve/data/memberships.tsv, {code} {row['member']}",
            advice="Correct one of the two days.",
        )
    return Role(code, (), None, since, until)


@cache
def _by_organisation() -> Mapping[str, tuple[Membership, ...]]:
    found: dict[str, list[Membership]] = {}
    for one in memberships():
        found.setdefault(one.organisation, []).append(one)
    return {code: tuple(members) for code, members in found.items()}


@cache
def _by_member() -> Mapping[str, tuple[Membership, ...]]:
    found: dict[str, list[Membership]] = {}
    for one in memberships():
        found.setdefault(one.member, []).append(one)
    return {code: tuple(memberships_of) for code, memberships_of in found.items()}
