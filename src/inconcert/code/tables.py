"""The coder's knowledge, compiled from its tables: verbs, event nouns, frames, contexts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from inconcert.ontology.tables import read_table

Shape = Literal["plain", "mutual", "host"]
_PACKAGE = "inconcert.code"
_TABLES = ("nouns", "events", "light", "verbs", "frames", "contexts", "modality")
_EMPTY = {"", "-", "none"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement on the clause of a verb.

    Attributes:
        key: `prt`, `obj`, `noobj`, `prep`, `subj`, `xcomp`, `ccomp`, `passive`, `active`, `mod`.
        word: preposition or particle, if the condition names one.
        values: lemmas of which one must hold; empty for any.
        needs_actor: the phrase must name an actor.
    """

    key: str
    word: str | None = None
    values: frozenset[str] = frozenset()
    needs_actor: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of the verb or event-noun table.

    Attributes:
        type: PLOVER type, or `NONE` for a veto.
        slots: where the recipient is looked for, in order.
        shape: `mutual` puts the recipient among the actors, `host` swaps subject and recipient.
        actor_slot: for event nouns, a preposition whose phrase names the actor.
        rule: name shown as the reason for a code.
    """

    lemma: str
    conditions: tuple[Condition, ...]
    type: str
    mode: str | None
    slots: tuple[str, ...]
    shape: Shape
    rule: str
    actor_slot: str | None = None
    is_nominal: bool = False

    @property
    def names_its_object(self) -> bool:
        """Whether the row asks for particular objects, not just for one or for an actor."""
        return any(each.key == "obj" and each.values for each in self.conditions)


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb, adjective or noun that governs a complement, and what it does to it."""

    lemma: str
    force: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of the coder, indexed by lemma."""

    verbs: Mapping[str, tuple[Pattern, ...]]
    events: Mapping[str, tuple[Pattern, ...]]
    light: Mapping[str, tuple[tuple[str | None, str], ...]]
    frames: Mapping[str, tuple[Frame, ...]]
    contexts: Mapping[str, str]
    modality: Mapping[tuple[str, str], str]
    classes: Mapping[str, frozenset[str]]


@cache
def tables() -> Tables:
    """Read and compile the tables once."""
    rows = {name: read_table(_PACKAGE, f"data/{name}.tsv") for name in _TABLES}
    classes: dict[str, set[str]] = {}
    for row in rows["nouns"]:
        classes.setdefault(row["class"], set()).add(row["lemma"])
    light: dict[str, list[tuple[str | None, str]]] = {}
    for row in rows["light"]:
        light.setdefault(row["lemma"], []).append((_value(row["particle"]), row["effect"]))
    frames: dict[str, list[Frame]] = {}
    for row in rows["frames"]:
        conditions = _conditions(row.get("needs", "-"), classes)
        frames.setdefault(row["lemma"], []).append(Frame(row["lemma"], row["force"], conditions))
    return Tables(
        verbs=_by_lemma([_verb(row, classes) for row in rows["verbs"]]),
        events=_by_lemma([_event(row) for row in rows["events"]]),
        light={lemma: tuple(entries) for lemma, entries in light.items()},
        frames={
            lemma: tuple(sorted(entries, key=lambda entry: -len(entry.conditions)))
            for lemma, entries in frames.items()
        },
        contexts={row["lemma"]: row["context"] for row in rows["contexts"]},
        modality={(row["word"], row["kind"]): row["auxiliary"] for row in rows["modality"]},
        classes={name: frozenset(lemmas) for name, lemmas in classes.items()},
    )


def _verb(row: Mapping[str, str], classes: Mapping[str, set[str]]) -> Pattern:
    conditions = _conditions(row["needs"], classes)
    needs = "" if row["needs"] in _EMPTY else f" [{row['needs']}]"
    return Pattern(
        lemma=row["lemma"],
        conditions=conditions,
        type=row["type"],
        mode=_value(row["mode"]),
        slots=_slots(row["recipient"]),
        shape=_shape(row["shape"]),
        rule=f"verb {row['lemma']}{needs}",
    )


def _event(row: Mapping[str, str]) -> Pattern:
    shape, _, actor = row["shape"].partition(",")
    return Pattern(
        lemma=row["lemma"],
        conditions=(),
        type=row["type"],
        mode=_value(row["mode"]),
        slots=_slots(row["recipient"]),
        shape=_shape(shape),
        rule=f"noun {row['lemma']}",
        actor_slot=_value(actor.strip().removeprefix("actor=")),
        is_nominal=row["nominal"] == "yes",
    )


def _conditions(text: str, classes: Mapping[str, set[str]]) -> tuple[Condition, ...]:
    if text in _EMPTY:
        return ()
    return tuple(_condition(part, classes) for part in text.split())


def _condition(text: str, classes: Mapping[str, set[str]]) -> Condition:
    key, _, rest = text.partition("=")
    word: str | None = None
    values = rest
    if key == "prep":
        word, _, values = rest.partition(":")
    elif key == "prt":
        word, values = rest, ""
    needs_actor = values == "actor"
    lemmas: set[str] = set()
    for value in [] if needs_actor or not values else values.split("|"):
        lemmas |= classes.get(value[1:], set()) if value.startswith("@") else {value}
    return Condition(key, word, frozenset(lemmas), needs_actor)


def _slots(text: str) -> tuple[str, ...]:
    return () if text in _EMPTY else tuple(part.strip() for part in text.split(","))


def _shape(text: str) -> Shape:
    match text.strip():
        case "mutual":
            return "mutual"
        case "host":
            return "host"
        case _:
            return "plain"


def _value(text: str) -> str | None:
    return None if text.strip() in _EMPTY else text.strip()


def _by_lemma(patterns: list[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    """Patterns by lemma, the most demanding first, otherwise in the order of the table."""
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        found.setdefault(pattern.lemma, []).append(pattern)
    return {
        lemma: tuple(sorted(rows, key=lambda row: -len(row.conditions)))
        for lemma, rows in found.items()
    }
