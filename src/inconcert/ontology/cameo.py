"""CAMEO in both directions: what a code becomes in PLOVER, and which code an event would have had.

CAMEO 01 and 02 are things said, not events: they come back as `StatementCode`. The tables in
`data/cameo` say for each row what was set right and why; no mode or context passes that the PLOVER
manual lacks. They keep the licence of their source (CC BY-SA 4.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from inconcert.errors import BadInput
from inconcert.ontology import plover
from inconcert.ontology.tables import read_table


@dataclass(frozen=True, slots=True)
class Translation:
    """A CAMEO code in PLOVER's terms, and what changed on the way.

    Attributes:
        meaning: the name of the code in CAMEO.
        is_swapped: the source actor of CAMEO is the recipient of PLOVER, and its target the actor
            (043: who hosts a visit is the recipient).
        printed: the row as its source has it where ours differs, else empty.
        repair: why ours differs, else empty.
        also: other codes with the same translation: what CAMEO tells apart and PLOVER does not.
    """

    code: str
    meaning: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    is_swapped: bool
    printed: str
    repair: str
    also: tuple[str, ...]

    @property
    def is_lossless(self) -> bool:
        """Whether no other code has the same translation."""
        return not self.also


@dataclass(frozen=True, slots=True)
class StatementCode:
    """A CAMEO code of something said, which PLOVER drops; for the stream of statements.

    Attributes:
        kind: `statement` (01) or `appeal` (02).
    """

    code: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Back:
    """The CAMEO code of a PLOVER event.

    Attributes:
        meaning: the name of the code in CAMEO.
        lost: what the event says and the code does not (`mode drone`, `context cyber`).
        added: what the code says by its translation and the event does not (`context military`).
        rivals: other codes with the same translation; PLOVER does not say which of them it was.
    """

    code: str
    meaning: str
    lost: tuple[str, ...]
    added: tuple[str, ...]
    rivals: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the code translates to this very event."""
        return not self.lost and not self.added


def to_plover(code: str) -> Translation | StatementCode:
    """What a CAMEO code becomes in PLOVER.

    Args:
        code: two to four digits as CAMEO writes them, with the leading zero.

    Raises:
        BadInput: CAMEO has no such code; names the nearest.

    Example:
        >>> found = to_plover("186")
        >>> found.type, found.mode, found.printed
        ('ASSAULT', 'targeted', 'ASSAULT, assassinate, -')
        >>> to_plover("010").kind
        'statement'
    """
    found = _translations().get(code) or statement_codes().get(code)
    if found is None:
        raise _unknown_code(code)
    return found


def from_plover(
    kind: str,
    mode: str | None = None,
    contexts: Iterable[str] = (),
    *,
    auxiliary: Iterable[str] = (),
) -> Back:
    """The most specific CAMEO code that says no more than the event, and what it leaves out.

    The mode goes before the contexts. Where no code fits the contexts, the code that `bases.tsv`
    has for the type and mode is taken, and what it adds is named.

    Args:
        kind: event type.
        auxiliary: auxiliary modes of the event. CAMEO has none: they are lost, and a negated or
            supposed event would count as one that happened. Leave such events out.

    Raises:
        BadInput: PLOVER has no such type, mode, context or auxiliary mode.

    Example:
        >>> from_plover("CONSULT", "phone")
        Back(code='041', meaning='Discuss by telephone', lost=(), added=(), rivals=())
        >>> from_plover("PROTEST", "strike", ["health"]).lost
        ('mode strike', 'context health')
    """
    given = _checked("context", contexts, plover.contexts())
    aside = _checked("auxiliary mode", auxiliary, plover.auxiliary_modes())
    plover.intensity(kind, mode)  # refuses a type or mode that PLOVER lacks
    chosen = _best(kind, mode, set(given)) or _translations()[_bases()[kind, mode]]
    lost = [f"type {kind}"] if chosen.type != kind else []
    lost += [f"mode {mode}"] if mode is not None and chosen.mode != mode else []
    lost += [f"context {name}" for name in given if name not in chosen.contexts]
    lost += [f"auxiliary {name}" for name in aside]
    added = [f"mode {chosen.mode}"] if chosen.mode not in (None, mode) else []
    added += [f"context {name}" for name in chosen.contexts if name not in given]
    return Back(chosen.code, chosen.meaning, tuple(lost), tuple(added), chosen.also)


@cache
def codes() -> Mapping[str, Translation]:
    """All translations of codes 03 to 20 by code, the two-digit categories among them."""
    return MappingProxyType(dict(_translations()))


@cache
def statement_codes() -> Mapping[str, StatementCode]:
    """All codes 01 and 02 by code."""
    rows = read_table("inconcert.ontology", "data/cameo/statements.tsv")
    return MappingProxyType(
        {row["code"]: StatementCode(row["code"], row["kind"], row["meaning"]) for row in rows}
    )


# -- to PLOVER


@cache
def _translations() -> Mapping[str, Translation]:
    rows = _rows()
    same: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        if len(row["code"]) > 2:
            same.setdefault(_triple(row), []).append(row["code"])
    return {row["code"]: _translation(row, same.get(_triple(row), [])) for row in rows}


def _rows() -> list[dict[str, str]]:
    return read_table("inconcert.ontology", "data/cameo/codes.tsv")


def _triple(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["type"], row["mode"], row["contexts"]


def _translation(row: Mapping[str, str], same: list[str]) -> Translation:
    """One row, held against the manual's lists.

    Raises:
        BadInput: the row has a type, mode or context that PLOVER lacks.
    """
    code, mode = row["code"], _cell(row["mode"]) or None
    plover.intensity(row["type"], mode)
    contexts = tuple(name for name in _cell(row["contexts"]).split("|") if name)
    return Translation(
        code=code,
        meaning=row["meaning"],
        type=row["type"],
        mode=mode,
        contexts=_checked("context", contexts, plover.contexts()),
        is_swapped=row["roles"] == "swapped",
        printed=_cell(row["printed"]),
        repair=_cell(row["repair"]),
        also=tuple(other for other in same if other != code),
    )


def _cell(value: str) -> str:
    return "" if value == "-" else value


def _unknown_code(code: str) -> BadInput:
    known = [*_translations(), *statement_codes()]
    without_zero = [f"0{code}"] if f"0{code}" in known else []
    near = [*without_zero, *get_close_matches(code, known, n=3, cutoff=0.5)]
    hint = f"Nearest: {', '.join(dict.fromkeys(near))}." if near else "Codes are 01 to 2042."
    if without_zero:
        hint += " A program that took the code for a number has cut its zero."
    return BadInput(f"CAMEO has no code {code!r}", advice=hint)


# -- from PLOVER


@cache
def _bases() -> Mapping[tuple[str, str | None], str]:
    rows = read_table("inconcert.ontology", "data/cameo/bases.tsv")
    return {(row["type"], _cell(row["mode"]) or None): row["code"] for row in rows}


@cache
def _preferences() -> Mapping[str, str]:
    return {row["code"]: row["back"] for row in _rows()}


def _best(kind: str, mode: str | None, contexts: set[str]) -> Translation | None:
    """The code of this type and mode that covers most contexts and adds none; None for no code."""
    preferred, base = _preferences(), _bases()[kind, mode]
    fitting = [
        each
        for each in _translations().values()
        if (each.type, each.mode) == (kind, mode)
        and set(each.contexts) <= contexts
        and preferred[each.code] != "never"
    ]
    if not fitting:
        return None
    return min(
        fitting,
        key=lambda each: (
            -len(each.contexts),
            preferred[each.code] != "first",
            each.code != base,
            each.code,
        ),
    )


def _checked(what: str, names: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The names in their order, each once.

    Raises:
        BadInput: PLOVER has no such name.
    """
    found = tuple(dict.fromkeys(names))
    for name in found:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            raise BadInput(
                f"PLOVER has no {what} {name!r}",
                advice=f"Nearest: {', '.join(near)}." if near else f"Known: {', '.join(known)}.",
            )
    return found
