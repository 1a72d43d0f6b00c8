"""How alike two labellings of who, in whose words and when are on the same sentences.

    python scripts/agreement_references.py [--first FILE] [--second FILE] [--differences]

Sentences of `corpus/reference/second.txt` are compared with those of `corpus/reference/dev.txt`
that have the same number and the same words. Both follow `corpus/REFERENCES.md`, which was written
along with the first, and come from the same kind of labeller, so the figures tell how consistently
the guideline is followed and nothing more.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from inconcert.errors import InConcertError
from inconcert.labels.references import Marked, Pointed, Said, Timed, Who, read_references

FOLDER = Path(__file__).parent.parent / "corpus" / "reference"
FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "ours"})

Label = TypeVar("Label", Pointed, Said, Timed)
Pair = tuple[Marked, Marked]


@dataclass(frozen=True, slots=True)
class Alike(Generic[Label]):
    """Labels of one kind in both labellings.

    Attributes:
        first: how many the first labelling has.
        second: how many the second has.
        pairs: those of both that stand on the same words, with their sentence.
        alone: those that one of them lacks, with their sentence and whose they are.
    """

    first: int
    second: int
    pairs: tuple[tuple[Marked, Label, Label], ...]
    alone: tuple[tuple[Marked, Label, str], ...]

    @property
    def f1(self) -> float:
        """How alike it is what was marked at all."""
        return 2 * len(self.pairs) / max(self.first + self.second, 1)


def main() -> None:
    """Read both labellings, print how alike they are."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--first", type=Path, default=FOLDER / "dev.txt")
    asked.add_argument("--second", type=Path, default=FOLDER / "second.txt")
    asked.add_argument("--differences", action="store_true", help="list what differs")
    given = asked.parse_args()
    try:
        twice = list(both(given.first, given.second))
    except (InConcertError, OSError) as error:
        sys.exit(str(error))
    if not twice:
        sys.exit("no sentence is labelled twice")
    print("\n".join(report(twice, differences=given.differences)))


def both(first: Path, second: Path) -> Iterator[Pair]:
    """First and second labelling of each sentence that has two."""
    known = {one.id: one for text in read_references(first) for one in text.sentences}
    for text in read_references(second):
        for two in text.sentences:
            one = known.get(two.id)
            if one is not None and one.sentence == two.sentence:
                yield one, two


def report(twice: Sequence[Pair], *, differences: bool = False) -> Iterator[str]:
    """The lines to print."""
    pointed = compared(twice, lambda one: one.references)
    others = compared(twice, _without_first_person)
    said = compared(twice, lambda one: one.statements, overlap=True)
    timed = compared(twice, lambda one: one.times)
    near = compared(twice, lambda one: one.times, overlap=True)
    yield f"{len(twice)} sentences labelled twice"
    yield f"{'':30}{'first':>6}{'second':>7}{'both':>6}{'F1':>7}  agreeing"
    yield _row("R same words: same who", pointed, same_who)
    yield _row("  without the first person", others, same_who)
    yield _row("Q words overlap: same who", said, same_who)
    yield _row("T same words: same days", timed, same_days)
    yield _row("T words overlap: same days", near, same_days)
    if differences:
        yield from ("", "Differences")
        yield from _differing("R", pointed, same_who)
        yield from _differing("Q", said, same_who)
        yield from _differing("T", near, same_days)


def _without_first_person(one: Marked) -> tuple[Pointed, ...]:
    return tuple(
        label for label in one.references if words_of(one, label).casefold() not in FIRST_PERSON
    )


def compared(
    twice: Sequence[Pair],
    labels: Callable[[Marked], Sequence[Label]],
    *,
    overlap: bool = False,
) -> Alike[Label]:
    """Labels of one kind, each put with at most one of the other labelling, the likest first."""
    first = second = 0
    pairs: list[tuple[Marked, Label, Label]] = []
    alone: list[tuple[Marked, Label, str]] = []
    for one, two in twice:
        mine, others = labels(one), labels(two)
        first, second = first + len(mine), second + len(others)
        near = sorted(
            (-shared(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(others)
        )
        left, right = dict(enumerate(mine)), dict(enumerate(others))
        for lacking, i, j in near:
            if i in left and j in right and (lacking < 0 if overlap else lacking == -1):
                pairs.append((one, left.pop(i), right.pop(j)))
        alone += [(one, label, "first") for label in left.values()]
        alone += [(one, label, "second") for label in right.values()]
    return Alike(first, second, tuple(pairs), tuple(alone))


def shared(a: Pointed | Said | Timed, b: Pointed | Said | Timed) -> float:
    """Letters that two labels share, as a share of those that either has."""
    letters = max(0, min(a.end, b.end) - max(a.start, b.start))
    return letters / ((a.end - a.start) + (b.end - b.start) - letters)


def same_who(a: Pointed | Said, b: Pointed | Said) -> bool:
    """Whether both mean the same; persons are compared where both labels name some."""
    if (a.who.kind, set(a.who.codes)) != (b.who.kind, set(b.who.codes)):
        return False
    return not a.who.names or not b.who.names or _persons(a.who) == _persons(b.who)


def _persons(who: Who) -> set[str]:
    """Names without capitals and accents."""
    marked = (unicodedata.normalize("NFKD", name.casefold()) for name in who.names)
    return {"".join(c for c in name if not unicodedata.combining(c)) for name in marked}


def same_days(a: Timed, b: Timed) -> bool:
    """Whether both have the same first and last day, open ends included."""
    return (a.first, a.last) == (b.first, b.last)


def words_of(one: Marked, label: Pointed | Said | Timed) -> str:
    """The words a label stands on."""
    return one.sentence[label.start : label.end]


def _row(name: str, alike: Alike[Label], same: Callable[[Label, Label], bool]) -> str:
    agreeing = sum(same(a, b) for _, a, b in alike.pairs)
    share = f"{agreeing / len(alike.pairs):.3f}" if alike.pairs else "-"
    counts = f"{alike.first:>6}{alike.second:>7}{len(alike.pairs):>6}{alike.f1:>7.3f}"
    return f"{name:<30}{counts}  {share} ({agreeing} of {len(alike.pairs)})"


def _differing(
    kind: str, alike: Alike[Label], same: Callable[[Label, Label], bool]
) -> Iterator[str]:
    for one, a, b in alike.pairs:
        if not same(a, b):
            yield f"{kind} {one.id}: {words_of(one, a)!r}: {_told(a)} > {_told(b)}"
    for one, label, whose in alike.alone:
        yield f"{kind} {one.id}: {words_of(one, label)!r}: {_told(label)}, {whose} only"


def _told(label: Pointed | Said | Timed) -> str:
    if isinstance(label, Timed):
        return f"{label.first or '?'}..{label.last or '?'}"
    return " ".join([*label.who.codes, *label.who.names]) or label.who.kind


if __name__ == "__main__":
    main()
