"""Forms of names, found in a run of words by their first word; the longest form wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

EntryKind = Literal[
    "stop",
    "person",
    "surname",
    "state",
    "organisation",
    "group",
    "bloc",
    "metonym",
    "capital",
    "city",
    "adjective",
    "people",
]

_PRIORITY: tuple[EntryKind, ...] = (
    "stop",
    "person",
    "state",
    "organisation",
    "group",
    "bloc",
    "metonym",
    "capital",
    "adjective",
    "people",
    "surname",
    "city",
)
_WORD = re.compile(r"(?<=[A-Za-zÀ-ÿ])-(?=[A-Za-zÀ-ÿ])|'s\b|,|[^\s,]+?(?=-[A-Za-zÀ-ÿ]|'s\b|,|\s|$)")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a name.

    Attributes:
        words: as written, cut as the parser cuts.
        actors: ids of the actors it may mean, likeliest first.
        sectors: sectors that the form itself tells (`White House` is GOV).
        only_from: the form counts only in documents of this country.
        is_place: under in, at, to … it is a place and nobody acts.
        is_given_name: also a name of persons: not after another capitalised word.
        needs_title: a surname that means the person only after a title or the full name.
        unless: in documents of `not_from`, one of these must stand in the text.
    """

    words: tuple[str, ...]
    kind: EntryKind
    actors: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    only_from: str | None = None
    is_place: bool = False
    is_given_name: bool = False
    needs_title: bool = False
    not_from: str | None = None
    unless: tuple[str, ...] = ()

    def fits(self, words: Sequence[str]) -> bool:
        """Whether the words are this form, with capitals where it has them."""
        return all(map(_same_capitals, self.words, words))


def split_words(name: str) -> tuple[str, ...]:
    """Cut a name into words as the parser does: at spaces, commas, hyphens and before 's.

    Example:
        >>> split_words("Thomas-Greenfield's People, Jr.")
        ('Thomas', '-', 'Greenfield', "'s", 'People', ',', 'Jr.')
    """
    cut = _WORD.findall(name.strip())
    return tuple(
        part for word in cut for part in ((word[:-1], "'") if word.endswith("s'") else (word,))
    )


class Lexicon:
    """All forms by the lower-cased first word, longest first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_words: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            if entry.words:
                by_words.setdefault(tuple(word.lower() for word in entry.words), []).append(entry)
        first: dict[str, list[tuple[tuple[str, ...], tuple[Entry, ...]]]] = {}
        for words, same in by_words.items():
            ranked = tuple(sorted(same, key=lambda entry: _PRIORITY.index(entry.kind)))
            first.setdefault(words[0], []).append((words, ranked))
        self._first: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Entry, ...]], ...]] = {
            word: tuple(sorted(found, key=lambda pair: -len(pair[0])))
            for word, found in first.items()
        }

    def __contains__(self, lower_first_word: str) -> bool:
        return lower_first_word in self._first

    def at(self, words: Sequence[str], lowered: Sequence[str], place: int) -> tuple[Entry, ...]:
        """The entries of the longest form that begins at a place, likeliest first.

        Args:
            words: the words of a text.
            lowered: the same in lower case.
            place: index of the first word.
        """
        for form, entries in self._first.get(lowered[place], ()):
            length = len(form)
            if length > 1 and tuple(lowered[place : place + length]) != form:
                continue
            here = words[place : place + length]
            fitting = tuple(entry for entry in entries if entry.fits(here))
            if fitting:
                return fitting
        return ()

    def forms(self) -> Iterable[tuple[str, Entry]]:
        """Every form as text, with its likeliest entry."""
        for found in self._first.values():
            for _, entries in found:
                yield " ".join(entries[0].words), entries[0]


def _same_capitals(form: str, word: str) -> bool:
    """A short abbreviation wants just its capitals, a longer one any, a name its first."""
    if len(form) <= _SHORT and form[1:] != form[1:].lower():
        return word == form  # `LeT` is not `Let`, `US` is not `us`
    if len(form) > 1 and form.isupper():
        return word.isupper()
    return not form[0].isupper() or word[0].isupper()
