"""Forms of names, found in a run of words by their first word; the longest form wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

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
_CUTS = re.compile("[-,']")
_SHORT, _KEPT = 4, 200_000
_RANK = {kind: rank for rank, kind in enumerate(_PRIORITY)}


class Entry(NamedTuple):
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


_Forms = tuple[tuple[int, ...], dict[tuple[str, ...], tuple[Entry, ...]]]
"""Lengths of the forms of a first word, longest first, and the entries of each form."""


def split_words(name: str) -> tuple[str, ...]:
    """Cut a name into words as the parser does: at spaces, commas, hyphens and before 's.

    Example:
        >>> split_words("Thomas-Greenfield's People, Jr.")
        ('Thomas', '-', 'Greenfield', "'s", 'People', ',', 'Jr.')
    """
    if name.isalpha() or not _CUTS.search(name):
        return tuple(name.split())
    cut = _WORD.findall(name.strip())
    return tuple(
        part for word in cut for part in ((word[:-1], "'") if word.endswith("s'") else (word,))
    )


class Lexicon:
    """All forms by the lower-cased first word, longest first.

    The forms of a first word are put in order when it is first met: most never are.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        first: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.words:
                first.setdefault(entry.words[0].lower(), []).append(entry)
        self._first = first
        self._ready: dict[str, _Forms] = {}
        self._seen: dict[tuple[str, ...], tuple[Entry, ...]] = {}

    def __contains__(self, lower_first_word: str) -> bool:
        return lower_first_word in self._first

    def _of(self, word: str) -> _Forms:
        """The forms that begin with a word, each with its entries by kind."""
        ready = self._ready.get(word)
        if ready is None:
            same: dict[tuple[str, ...], list[Entry]] = {}
            for entry in self._first.get(word, ()):
                same.setdefault(tuple(map(str.lower, entry.words)), []).append(entry)
            for found in same.values():
                found.sort(key=lambda entry: _RANK[entry.kind])
            lengths = sorted({len(words) for words in same}, reverse=True)
            forms = {words: tuple(found) for words, found in same.items()}
            ready = self._ready[word] = (tuple(lengths), forms)
        return ready

    def at(self, words: Sequence[str], lowered: Sequence[str], place: int) -> tuple[Entry, ...]:
        """The entries of the longest form that begins at a place, likeliest first.

        Args:
            words: the words of a text.
            lowered: the same in lower case.
            place: index of the first word.
        """
        word = lowered[place]
        if word not in self._first:
            return ()
        lengths, forms = self._ready.get(word) or self._of(word)
        for length in lengths:
            here = tuple(words[place : place + length])
            fitting = self._seen.get(here)
            if fitting is None:
                entries = forms.get(tuple(lowered[place : place + length]), ())
                fitting = tuple(one for one in entries if one.words == here or one.fits(here))
                if len(self._seen) >= _KEPT:
                    self._seen.clear()
                self._seen[here] = fitting
            if fitting:
                return fitting
        return ()

    def every(self) -> Iterator[Sequence[Entry]]:
        """All entries, by first word."""
        yield from self._first.values()

    def forms(self) -> Iterator[tuple[str, Entry]]:
        """Every form as text, with its likeliest entry."""
        for word in self._first:
            for entries in self._of(word)[1].values():
                yield " ".join(entries[0].words), entries[0]


def _same_capitals(form: str, word: str) -> bool:
    """A short abbreviation wants just its capitals, a longer one any, a name its first."""
    if len(form) <= _SHORT and form[1:] != form[1:].lower():
        return word == form  # `LeT` is not `Let`, `US` is not `us`
    if len(form) > 1 and form.isupper():
        return word.isupper()
    return not form[0].isupper() or word[0].isupper()
