"""Domains and instruments: which part of statecraft an act belongs to, and with what it is done.

What is *done* decides the domain (`domain`); what it is *about* is its matter (`matter`). Whether
it is a deed or words, and what it tells of stance, stand in tables of their own, so that whoever
disagrees changes a line. Rows of one's own go before those that ship (`Tables.with_rows`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from inconcert.errors import BadInput
from inconcert.ontology import cameo, plover
from inconcert.ontology.tables import read_table

DOMAINS = ("diplomatic", "security", "economic", "humanitarian", "informational")
"""In the order of every array with an axis of domains."""
NATURES = ("word", "deed", "apart")
STANCES = ("cooperative", "conflictual", "neutral", "apart")
ANY, NONE, NO_CONDITION = "any", "none", "-"
SPOKEN = ("STATEMENT", "APPEAL")
TABLES = ("domains", "deeds", "stance", "instruments")
_PARTIES = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class Act:
    """What the tables look at in an event.

    Attributes:
        kind: PLOVER type, `STATEMENT` or `APPEAL`.
        mode: PLOVER mode, or None.
        contexts: PLOVER contexts.
        code: CAMEO code or root; empty where the source has none.
        text: the sentence, or the name of the event; empty where the source has none.
        has_recipient: whether it is told toward whom it is done.
    """

    kind: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    code: str = ""
    text: str = ""
    has_recipient: bool = True


@dataclass(frozen=True, slots=True)
class Use:
    """An instrument, and who uses it.

    Attributes:
        instrument: its name in the table.
        by: `actor` or `recipient` of the event.
    """

    instrument: str
    by: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table; an empty condition holds for every act.

    Attributes:
        value: what the row decides.
        needs_recipient: False for a row on acts without one, None for no condition.
        words: what the text must hold.
        by: who uses the instrument.
        why: the reason, for the reader.
    """

    value: str
    kinds: frozenset[str]
    modes: frozenset[str]
    contexts: frozenset[str]
    is_bare: bool
    codes: tuple[str, ...]
    words: re.Pattern[str] | None
    needs_recipient: bool | None
    by: str
    why: str

    def fits(self, act: Act) -> bool:
        """Whether all conditions of the row hold."""
        if self.kinds and act.kind not in self.kinds:
            return False
        if self.modes and act.mode not in self.modes:
            return False
        if (self.contexts or self.is_bare) and not (
            self.contexts.intersection(act.contexts) or (self.is_bare and not act.contexts)
        ):
            return False
        if self.codes and not act.code.startswith(self.codes):
            return False
        if self.needs_recipient is not None and act.has_recipient != self.needs_recipient:
            return False
        return self.words is None or self.words.search(act.text) is not None


@dataclass(frozen=True, slots=True)
class Tables:
    """The rules by which acts are sorted.

    Attributes:
        domains, deeds, stance, instruments: rules in the order in which they are tried.
    """

    domains: tuple[Rule, ...]
    deeds: tuple[Rule, ...]
    stance: tuple[Rule, ...]
    instruments: tuple[Rule, ...]

    def domain(self, act: Act) -> str:
        """One of `DOMAINS`: by what is done.

        Raises:
            BadInput: no row fits: PLOVER has no such type.

        Example:
            >>> tables().domain(Act("AID", contexts=("military",)))
            'security'
        """
        return _first(self.domains, act)

    def nature(self, act: Act) -> str:
        """`word`, `deed` or `apart`.

        Raises:
            BadInput: no row fits.
        """
        return _first(self.deeds, act)

    def stance_of(self, act: Act) -> str:
        """`cooperative`, `conflictual`, `neutral`, or `apart`: left out and shown by itself.

        Raises:
            BadInput: no row fits.
        """
        return _first(self.stance, act)

    def uses(self, act: Act) -> tuple[Use, ...]:
        """The instruments of an act, each once, in the order of the table."""
        found = (Use(rule.value, rule.by) for rule in self.instruments if rule.fits(act))
        return tuple(dict.fromkeys(found))

    def instrument_names(self) -> tuple[str, ...]:
        """All instruments, in the order of the table."""
        return tuple(dict.fromkeys(rule.value for rule in self.instruments))

    def tellable(self, *, has_text: bool) -> frozenset[str]:
        """Instruments that a source can tell.

        Args:
            has_text: whether the source has sentences. Without them an instrument that is known by
                its words alone is never found, and its absence means nothing.
        """
        return frozenset(rule.value for rule in self.instruments if has_text or rule.words is None)

    def with_rows(self, table: str, rows: Iterable[Mapping[str, str]], *, where: str) -> Tables:
        """The same tables with further rows, which are tried before those here.

        Args:
            table: one of `TABLES`.
            rows: cells by column, as `ontology.tables.parse_table` gives them. A column left out
                is no condition.
            where: file of the rows, for errors.

        Raises:
            BadInput: the table is unknown, or a row has a kind, mode, context, domain or pattern
                that does not exist.

        Example:
            >>> own = [{"kind": "SANCTION", "domain": "economic"}]
            >>> tables().with_rows("domains", own, where="mine.tsv").domain(Act("SANCTION"))
            'economic'
        """
        if table not in TABLES:
            raise BadInput(
                f"There is no table {table!r} of domains.",
                where=where,
                advice=f"Tables: {', '.join(TABLES)}.",
            )
        extra = tuple(_rule(table, row, where) for row in rows)
        changed: Tables = replace(self, **{table: extra + getattr(self, table)})
        return changed


@cache
def tables() -> Tables:
    """The tables that ship."""
    return Tables(*(_shipped(name) for name in TABLES))


@cache
def matters() -> Mapping[str, tuple[str, int]]:
    """Domain and rank of each context."""
    rows = read_table("inconcert.ontology", "data/domains_matters.tsv")
    return {row["context"]: (row["domain"], int(row["rank"])) for row in rows}


def matter(contexts: Sequence[str]) -> str | None:
    """The domain of what an act or statement is about; None where no context tells.

    Example:
        >>> matter(("diplomatic", "economic"))
        'economic'
    """
    known = [matters()[name] for name in contexts if name in matters()]
    return min(known, key=lambda each: each[1])[0] if known else None


def act_of_code(code: str, *, text: str = "", has_recipient: bool = True) -> Act:
    """A CAMEO code as the tables see it.

    Raises:
        BadInput: CAMEO has no such code.

    Example:
        >>> act_of_code("0233").kind
        'APPEAL'
    """
    found = cameo.to_plover(code)
    if isinstance(found, cameo.StatementCode):
        return Act(found.kind.upper(), None, (), code, text, has_recipient)
    return Act(found.type, found.mode, found.contexts, code, text, has_recipient)


def _first(rules: tuple[Rule, ...], act: Act) -> str:
    for rule in rules:
        if rule.fits(act):
            return rule.value
    raise BadInput(
        f"No row of the table fits the kind {act.kind!r}.",
        advice=f"Kinds: {', '.join((*plover.event_types(), *SPOKEN))}.",
    )


def _shipped(table: str) -> tuple[Rule, ...]:
    names = {"domains": "domains", "instruments": "instruments"}
    name = f"data/{names.get(table, f'domains_{table}')}.tsv"
    return tuple(
        _rule(table, row, f"inconcert/ontology/{name}")
        for row in read_table("inconcert.ontology", name)
    )


_VALUES: Mapping[str, tuple[str, tuple[str, ...] | None]] = {
    "domains": ("domain", DOMAINS),
    "deeds": ("nature", NATURES),
    "stance": ("stance", STANCES),
    "instruments": ("instrument", None),
}


def _rule(table: str, row: Mapping[str, str], where: str) -> Rule:
    column, allowed = _VALUES[table]
    value = row.get(column, "")
    if not value or (allowed is not None and value not in allowed):
        raise BadInput(
            f"{column} {value!r} is unknown",
            where=where,
            advice=f"Known: {', '.join(allowed)}." if allowed else "Name the instrument.",
        )
    kinds = frozenset(_cells(row, "kind")) - {ANY}
    _check(kinds, {*plover.event_types(), *SPOKEN}, "kind", where)
    modes = frozenset(_cells(row, "mode"))
    _check(modes, _modes_of(kinds), "mode", where)
    about = _cells(row, "about")
    names = frozenset(name for each in about for name in _contexts(each, where))
    pattern, by = row.get("words", ""), row.get("by") or _PARTIES[0]
    _check({by}, _PARTIES, "party", where)
    recipient = {NONE: False}.get(row.get("recipient", ""))
    return Rule(
        value=value,
        kinds=kinds,
        modes=modes,
        contexts=names,
        is_bare=NONE in about,
        codes=tuple(_cells(row, "code")),
        words=_compiled(pattern, where) if pattern not in ("", NO_CONDITION) else None,
        needs_recipient=recipient,
        by=by,
        why=row.get("why", ""),
    )


def _cells(row: Mapping[str, str], column: str) -> list[str]:
    cell = row.get(column, "")
    return [] if cell in ("", NO_CONDITION) else cell.split("|")


def _contexts(name: str, where: str) -> frozenset[str]:
    if name == NONE:
        return frozenset()
    if name.startswith("@"):
        _check({name[1:]}, DOMAINS, "domain", where)
        return frozenset(each for each, (domain, _) in matters().items() if domain == name[1:])
    _check({name}, plover.contexts(), "context", where)
    return frozenset({name})


def _modes_of(kinds: Iterable[str]) -> set[str]:
    chosen = [kind for kind in kinds if kind not in SPOKEN] or list(plover.event_types())
    return {mode for kind in chosen for mode in plover.modes(kind)}


def _check(names: Iterable[str], known: Iterable[str], what: str, where: str) -> None:
    allowed = set(known)
    for name in names:
        if name not in allowed:
            raise BadInput(
                f"{what} {name!r} is unknown",
                where=where,
                advice=f"Known: {', '.join(sorted(allowed))}.",
            )


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadInput(
            f"words {pattern!r} are no regular expression: {error}", where=where
        ) from error


def roles_of(act: Act, *, given: Tables | None = None) -> tuple[str, ...]:
    """The roles for which an act of the actor counts, in the order of the table.

    Args:
        given: tables of one's own; those that ship where None.

    Example:
        >>> roles_of(Act("STATEMENT"))
        ('front man',)
    """
    sorts = given if given is not None else tables()
    uses = {use.instrument for use in sorts.uses(act) if use.by == "actor"}
    found = []
    for row in _role_rows():
        conditions = (
            ("domain", {sorts.domain(act)}),
            ("instrument", uses),
            ("nature", {sorts.nature(act)}),
            ("stance", {sorts.stance_of(act)}),
        )
        if all(
            not (wanted := _cells(row, column)) or known.intersection(wanted)
            for column, known in conditions
        ):
            found.append(row["role"])
    return tuple(found)


def role_parts() -> tuple[tuple[str, bool, float], ...]:
    """Each role: its name, whether doing more makes it, and from which quotient it is named."""
    return tuple(
        (row["role"], row["direction"] == "more", float(row["least"])) for row in _role_rows()
    )


@cache
def _role_rows() -> list[dict[str, str]]:
    return read_table("inconcert.ontology", "data/domains_roles.tsv")


def sorter(act_to_label: Callable[[Act], str], labels: Sequence[str]) -> Callable[[Act], int]:
    """A function that gives the place of an act's label on an axis, remembering what it has seen.

    Args:
        act_to_label: `tables().domain`, say.
        labels: the axis, say `DOMAINS`.

    Returns:
        A function from an act to a place, −1 for labels that are not on the axis.
    """
    places = {label: place for place, label in enumerate(labels)}
    return cache(lambda act: places.get(act_to_label(act), -1))
