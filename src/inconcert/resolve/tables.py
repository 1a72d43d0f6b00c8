"""The register's tables, read into lexicon entries, actors and small rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from inconcert.core.actor import Actor, ActorKind, Role
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput
from inconcert.ontology.tables import read_table
from inconcert.resolve.lexicon import Entry, EntryKind, split_words

PACKAGE = "inconcert.resolve"
TABLES = (
    "states",
    "cities",
    "metonyms",
    "stops",
    "organisations",
    "groups",
    "media",
    "companies",
    "memberships",
    "successions",
    "blocs",
    "agents",
    "splits",
    "cues",
    "ambiguous",
    "conflicts",
    "persons",
    "persons_powers",
    "persons_region",
    "leaders_recalled",
    "leaders",
    "women",
    "women_powers",
    "women_region",
    "women_leaders",
)
# Of a person in several tables the first gives name and id, and its dates stand.
_PERSONS = tuple(name for name in TABLES if name.startswith(("persons", "leaders")))
_WOMEN = tuple(name for name in TABLES if name.startswith("women"))
_OF_PERSONS = frozenset({"person", "surname"})
_GREAT = 300_000
"""People that a city of the gazetteer must have to be known by its bare name."""
_YEAR = timedelta(days=366)

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun for those who act.

    Attributes:
        noun: its singular, lower case.
        is_person: in the singular one human being.
        needs: acts only with one of these words before it; empty when by itself.
        group: how a bare noun may point back (`militant`, `government` …).
    """

    noun: str
    sectors: tuple[str, ...]
    is_person: bool
    needs: frozenset[str]
    group: str
    is_plural: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A nation and a sector that together are an actor of its own for a time."""

    code: str
    sector: str
    standing: str
    valid: Role
    gives: str
    confidence: float


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the register's tables."""
    return read_table(PACKAGE, f"data/{name}.tsv")


@cache
def agents() -> Mapping[str, Agent]:
    """Agent nouns by their lower-case singular and plural."""
    found: dict[str, Agent] = {}
    for row in read("agents"):
        common = (forms(row["sectors"], ","), row["person"] == "yes")
        needs, group = frozenset(forms(row["needs"])), row["group"]
        if row["plural"]:
            found[row["plural"]] = Agent(row["noun"], *common, needs, group, is_plural=True)
        found.setdefault(row["noun"], Agent(row["noun"], *common, needs, group, is_plural=False))
    return found


@cache
def cues() -> Mapping[str, frozenset[str]]:
    """Small words by kind."""
    found: dict[str, set[str]] = {}
    for row in read("cues"):
        found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}


def code_in_cues(kind: str) -> str:
    """The one code that a kind of cue holds."""
    (code,) = cues()[kind]
    return code


@cache
def women() -> frozenset[str]:
    """Names of the register's persons who are women."""
    return frozenset(row["name"] for table in _WOMEN for row in read(table))


@cache
def splits() -> tuple[Split, ...]:
    """Nation and sector to an actor of its own, in order of the table."""
    return tuple(
        Split(
            row["code"],
            row["sector"],
            row["standing"],
            Role(row["code"], (), None, first_day(row["since"]), last_day(row["until"])),
            row["gives"],
            float(row["confidence"]),
        )
        for row in read("splits")
    )


@cache
def conflicts() -> tuple[Role, ...]:
    """States whose wars made refugees and rebels, with the years."""
    return tuple(
        Role(row["code"], (), None, first_day(row["since"]), last_day(row["until"]))
        for row in read("conflicts")
    )


def forms(cell: str, mark: str = "|") -> tuple[str, ...]:
    """The forms in a cell."""
    return tuple(form.strip() for form in cell.split(mark) if form.strip())


@cache
def first_day(text: str) -> date | None:
    """First day of a year, month or day; None for an empty cell."""
    return TimeSpan.parse(text).first if text else None


@cache
def last_day(text: str) -> date | None:
    """Last day of a year, month or day; None for an empty cell."""
    return TimeSpan.parse(text).last if text else None


def role_of(row: Row, *, where: str) -> Role:
    """The dated role in a row with code, sectors, title, since and until.

    Raises:
        BadInput: a date is none, or the role ends before it begins.
    """
    try:
        since, until = first_day(row["since"]), last_day(row["until"])
    except ValueError as error:
        raise BadInput(f"bad date: {error}", where=where, advice="Write 2021-08-15.") from error
    if since and until and until < since:
        raise BadInput(
            f"a role ends ({until}) before it begins ({since})",
            where=where,
            advice="Correct one of the two days.",
        )
    return Role(row["code"], forms(row["sectors"], ","), row.get("title") or None, since, until)


def settled(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Roles of one person, latest start first, the same office in the same days only once.

    Two tables may date an office differently. The earlier row stands; a date of the later counts
    where the earlier has none, or where they differ by more than a date known to the year only.

    Example:
        >>> once = Role("RUS", ("GOV",), "President", date(1991, 7, 10), date(1999, 12, 31))
        >>> settled([once, Role("RUS", ("GOV",), "President", date(1991, 1, 1), None)]) == (once,)
        True
    """
    kept: list[Role] = []
    for role in roles:
        same = next((place for place, one in enumerate(kept) if _is_same(one, role)), None)
        if same is None:
            kept.append(role)
        else:
            kept[same] = _united(kept[same], role)
    return tuple(sorted(kept, key=lambda role: role.since or date.min, reverse=True))


def _is_same(one: Role, other: Role) -> bool:
    """Whether two roles are one office, held over more than the day on which terms meet."""
    if one.code != other.code or one.title is None or one.title != other.title:
        return False
    first = max(one.since or date.min, other.since or date.min)
    last = min(one.until or date.max, other.until or date.max)
    return first < last or (one.since, one.until) == (other.since, other.until)


def _united(one: Role, other: Role) -> Role:
    since, until = one.since or other.since, one.until or other.until
    if since and other.since and since - other.since > _YEAR:
        since = other.since
    if until and other.until and other.until - until > _YEAR:
        until = other.until
    return replace(one, since=since, until=until)


class Builder:
    """Collects actors and forms from rows."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.entries: list[Entry] = []
        self._doubtful = {row["form"]: row for row in read("ambiguous")}
        self._named: set[tuple[str, str, str]] = set()

    def add_all(self) -> None:
        """Everything that ships with the package."""
        for row in read("stops"):
            self.entries.append(Entry(split_words(row["form"]), "stop", ()))
        for row in read("states"):
            self._state(row)
        for row in read("cities"):
            self.add_forms(row["code"], "city", forms(row["names"]))
        for row in read("blocs"):
            self.actor(row["code"], row["name"], "bloc", (Role(row["code"], ()),), row["basis"])
            self.add_forms(row["code"], "bloc", (row["name"], *forms(row["other_names"])))
            self.add_forms(row["code"], "adjective", forms(row["adjectives"]))
            self.add_forms(row["code"], "people", forms(row["people"]))
        for row in read("organisations"):
            role = Role(row["code"], forms(row["sectors"], ","))
            self.actor(row["code"], row["name"], "organisation", (role,), row["basis"])
            self.add_forms(row["code"], "organisation", (row["name"], *forms(row["other_names"])))
        for row in read("metonyms"):
            self._metonym(row)
        self._dated(read("groups"), "groups", key=lambda row: row["code"], kind="group")
        for table in _PERSONS:
            self._dated(read(table), table, key=lambda row: row["id"], kind="person")
        from inconcert.resolve.bodies import add_former_names, add_more  # they need this module

        add_more(self)
        add_former_names(self)
        self._cities()
        self._settle_roles()

    def _cities(self) -> None:
        """The great cities of the gazetteer, as places, where their names are nobody's yet."""
        from inconcert.resolve.gazetteer import gazetteer  # it needs tables of its own

        taken = {tuple(map(str.lower, entry.words)) for entry in self.entries}
        surnames = {entry.words[-1].lower() for entry in self.entries if entry.kind in _OF_PERSONS}
        for code, name in gazetteer().plain_cities(people=_GREAT):
            words = tuple(map(str.lower, split_words(name)))
            if words in taken or (len(words) == 1 and words[0] in surnames):
                continue
            self.add_forms(code, "city", (name,))

    def actor(
        self, key: str, name: str, kind: ActorKind, roles: tuple[Role, ...], basis: str
    ) -> None:
        """Add an actor; one that is there already gets the further roles."""
        known = self.actors.get(key)
        if known is not None:
            roles = (*known.roles, *roles)
            name, kind, basis = known.name, known.kind, known.basis
        self.actors[key] = Actor(key, name, kind, roles, basis)

    def add_forms(
        self, key: str, kind: EntryKind, names: Iterable[str], *, first: bool = False
    ) -> None:
        """Add forms of an actor's name; `first` puts them before those that are there."""
        found = []
        for name in dict.fromkeys(names):
            doubt = self._doubtful.get(name, {})
            found.append(
                Entry(
                    split_words(name),
                    kind,
                    (key,),
                    is_place=kind in {"capital", "city"},
                    is_given_name=doubt.get("given_name") == "yes",
                    not_from=doubt.get("not_from") or None,
                    unless=forms(doubt.get("unless", "")),
                )
            )
        self.entries[:0] = found if first else []
        self.entries.extend([] if first else found)

    def _state(self, row: Row) -> None:
        code = row["code"]
        self.actor(code, row["name"], "state", (Role(code, ()),), row["basis"])
        self.add_forms(code, "state", (row["name"], *forms(row["other_names"])))
        self.add_forms(code, "adjective", forms(row["adjectives"]))
        self.add_forms(code, "people", forms(row["people"]))
        self.add_forms(code, "capital", forms(row["capital"]))

    def _metonym(self, row: Row) -> None:
        self.entries.append(
            Entry(
                split_words(row["form"]),
                "metonym",
                (row["code"],),
                forms(row["sectors"], ","),
                only_from=row["only_from"] or None,
                is_place=row["place"] == "yes",
            )
        )

    def _dated(
        self, rows: Iterable[Row], table: str, *, key: Callable[[Row], str], kind: ActorKind
    ) -> None:
        for row in rows:
            name = key(row)
            role = role_of(row, where=f"inconcert/resolve/data/{table}.tsv, {name}")
            self.actor(name, row["name"], kind, (role,), row["basis"])
            further = forms(row.get("aliases") or row.get("other_names") or "")
            if kind == "person":
                names = self._fresh(name, "name", (row["name"], *further))
                surnames = self._fresh(name, "surname", forms(row["surname"]))
                if names or surnames:
                    self.person(name, names, surnames, row["alone"])
            else:
                self.add_forms(name, "group", (row["name"], *further))

    def _fresh(self, key: str, sort: str, names: Iterable[str]) -> tuple[str, ...]:
        """The names that no earlier row gave this person."""
        found = [name for name in dict.fromkeys(names) if (key, sort, name) not in self._named]
        self._named.update((key, sort, name) for name in found)
        return tuple(found)

    def _settle_roles(self) -> None:
        """Each office of a person once; of those that hold, the one that began last counts."""
        for key, actor in self.actors.items():
            if actor.kind == "person":
                self.actors[key] = replace(actor, roles=settled(actor.roles))

    def person(
        self,
        key: str,
        names: Iterable[str],
        surnames: Iterable[str],
        alone: str,
        *,
        first: bool = False,
    ) -> None:
        """Add a person's names; a surname that may not stand alone is kept for titles."""
        self.add_forms(key, "person", names, first=first)
        found = [
            Entry(split_words(surname), "surname", (key,), needs_title=alone != "yes")
            for surname in surnames
        ]
        self.entries[:0] = found if first else []
        self.entries.extend([] if first else found)
