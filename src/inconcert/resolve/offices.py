"""Who holds an office on a day, whatever words it is told in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.core.actor import Actor, Role
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.lexicon import Lexicon, split_words
from inconcert.resolve.loose import gives, words_of

_SAME = {
    "defense": "defence", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "chairwoman": "chairman", "chairperson": "chairman", "chair": "chairman",
    "advisor": "adviser", "ministry": "minister", "congresswoman": "congressman",
}  # fmt: skip
_ENVOY = frozenset({"envoy", "representative"})
_SENT = frozenset({"special", "personal", "envoy"})
_PLACED = frozenset({"state", "capital", "organisation"})
_NEEDED = 2

Bag = frozenset[str]


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office.

    Attributes:
        is_exact: the words are the title; else the title says more than they do.
    """

    actor: str
    role: Role
    is_exact: bool


class Offices:
    """The offices of all persons by the code they count under.

    Args:
        actors: of the register, by id.
        lexicon: for the states that a title names (`Ambassador to Afghanistan`).
    """

    def __init__(self, actors: Mapping[str, Actor], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._held: dict[str, list[tuple[str, Role, str]]] = {}
        for key, actor in actors.items():
            for role in actor.roles if actor.kind == "person" else ():
                if role.title:
                    self._held.setdefault(role.code, []).append((role.title, role, key))
        self._bags: dict[str, list[tuple[Bag, Role, str]]] = {}

    def holders(self, code: str, said: Bag, span: TimeSpan | None) -> list[Holder]:
        """Who holds the office on some day of the span, the last who began first.

        The words themselves go before what the table says that they stand for; a title that says
        more than the words counts only where it alone does, and they are two at least.
        """
        if not said:
            return []
        now = [one for one in self._of(code) if one[1].holds(span)]
        for wanted in (said, *_stands_for(said, code)):
            found = [Holder(key, role, is_exact=True) for bag, role, key in now if bag == wanted]
            if found:
                return _latest(found)
        if len(said) < _NEEDED or "deputy" in said:
            return []
        wider = [Holder(key, role, is_exact=False) for bag, role, key in now if said < bag]
        return wider if len({one.actor for one in wider}) == 1 else []

    def before(self, code: str, said: Bag, span: TimeSpan) -> list[Holder]:
        """Who held the office before a day, the last first."""
        past = [one for one in self._of(code) if one[1].until and one[1].until < span.first]
        for wanted in (said, *_stands_for(said, code)):
            found = [Holder(key, role, is_exact=True) for bag, role, key in past if bag == wanted]
            if found:
                return _latest(found)
        return []

    def bag(self, words: Iterable[str]) -> Bag:
        """The words that make an office, whatever their order and form."""
        return bag(words)

    def _of(self, code: str) -> list[tuple[Bag, Role, str]]:
        if code not in self._bags:
            self._bags[code] = [
                (bag(self._with_codes(title)), role, key)
                for title, role, key in self._held.get(code, ())
            ]
        return self._bags[code]

    def _with_codes(self, title: str) -> list[str]:
        """The words of a title, states and organisations in it by their codes."""
        words = split_words(title)
        lowered = tuple(word.lower() for word in words)
        found, place = [], 0
        while place < len(words):
            entries = self._lexicon.at(words, lowered, place)
            if entries and entries[0].kind in _PLACED:
                found.append(entries[0].actors[0])
                place += len(entries[0].words)
            else:
                found.append(words[place])
                place += 1
        return found


def bag(words: Iterable[str]) -> Bag:
    """The words that make an office; codes in capitals stay.

    Example:
        >>> bag(["Minister", "of", "Foreign", "Affairs"]) == bag(["foreign", "minister"])
        True
    """
    kept = {word if word.isupper() else word.lower() for word in words}
    kept = {_SAME.get(word, word) for word in kept}
    if _ENVOY & kept and (_SENT & kept or any(word.isupper() for word in kept)):
        kept = (kept - _ENVOY - {"secretary", "general"}) | {"envoy"}
    return frozenset(kept - words_of("drop"))


def bare_code(said: Bag) -> str | None:
    """Whose office is meant where nobody is named (`the Pope`)."""
    return next((row["bare"] for words, row in _table() if words == said and row["bare"]), None)


def full_words(words: Iterable[str]) -> list[str]:
    """Words with abbreviations of titles written out: `FM` is the foreign minister."""
    return [part for word in words for part in gives("title").get(word.lower(), word).split()]


def _latest(found: list[Holder]) -> list[Holder]:
    """One a person, who began last first."""
    by_start = sorted(
        found, key=lambda one: one.role.since.toordinal() if one.role.since else 0, reverse=True
    )
    return list({one.actor: one for one in reversed(by_start)}.values())[::-1]


def _stands_for(said: Bag, code: str) -> list[Bag]:
    """The titles that the words stand for in a state or organisation, nearest rows first."""
    rows = [row for words, row in _table() if words == said]
    fitting = [row for row in rows if row["code"] == code]
    fitting += [row for row in rows if row["code"] == "IGO" and code.startswith("IGO")]
    fitting += [row for row in rows if not row["code"]]
    return [bag(split_words(title)) for row in fitting for title in tables.forms(row["titles"])]


@cache
def _table() -> list[tuple[Bag, Mapping[str, str]]]:
    return [(bag(split_words(row["said"])), row) for row in tables.read("offices")]
