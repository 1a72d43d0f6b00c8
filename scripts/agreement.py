"""How alike two labellings of the same sentences are: the consistency of labelling.

    python scripts/agreement.py [--corpus corpus] [--real]

Sentences stand twice when a file of `corpus/second` has the same cell and sentence as one of
`corpus/written`. Both labellings follow the same guidelines and come from the same kind of
labeller, so the figures tell how consistently the guidelines are followed and nothing more.

With `--real` it compares the test set of real text with its second labelling, and scores each
against the other as `inconcert grade` scores the coder: no coder can be held to more than that.
Each is scored against the adjudicated version too (`test/detection2.txt`), which is not independent
of either: whoever decided had both before him.
"""

from __future__ import annotations

import argparse
import collections
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

from inconcert.core.event import EventMention
from inconcert.grade.labelled import Coded, counts
from inconcert.labels.corpus import Labelled, Named, Record, read_file

CORPUS = Path(__file__).parent.parent / "corpus"
COMMONEST = 15
WHAT = ("found", "missed", "false")

Pair = tuple[Labelled, Labelled]


def main() -> None:
    """Read both labellings, print how alike they are."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--corpus", type=Path, default=CORPUS)
    asked.add_argument("--real", action="store_true", help="the test set of real text")
    given = asked.parse_args()
    twice = list(real(given.corpus) if given.real else both(given.corpus))
    if not twice:
        sys.exit("no sentence is labelled twice")
    print("\n".join(report(twice)))
    if given.real:
        settled = _read(given.corpus / "test" / "detection2.txt")
        print("\n".join(scored(twice, settled)))


def real(corpus: Path) -> Iterator[tuple[Record, Record]]:
    """First and second labelling of each sentence of the test set of real text."""
    first = _read(corpus / "test" / "detection.txt")
    for one, two in zip(first, _read(corpus / "second" / "real" / "detection.txt"), strict=True):
        if one.sentence == two.sentence:
            yield one, two


def scored(twice: Sequence[tuple[Record, Record]], settled: Sequence[Record]) -> Iterator[str]:
    """Each labelling scored by the other and by the adjudicated one, as if a coder had made it.

    Args:
        twice: first and second labelling of each sentence.
        settled: the adjudicated labelling, of the same sentences by cell.
    """
    decided = {record.cell: record for record in settled}
    yield ""
    yield "Scored as a coder is: type right, actors right by country, plain events"
    for name, pairs in (
        ("second by the first", twice),
        ("first by the second", [(two, one) for one, two in twice]),
        ("first by the adjudicated", [(decided[one.cell], one) for one, _ in twice]),
        ("second by the adjudicated", [(decided[two.cell], two) for _, two in twice]),
    ):
        # a labelled event has all that the scorer asks of a coded one
        held = [
            counts(Coded(key, cast("tuple[EventMention, ...]", made.events))) for key, made in pairs
        ]
        found, missed, false = (sum(getattr(one, what) for one in held) for what in WHAT)
        yield (
            f"{name}: F1 {2 * found / (2 * found + missed + false):.3f}, precision "
            f"{found / (found + false):.3f}, recall {found / (found + missed):.3f}"
        )


def both(corpus: Path) -> Iterator[tuple[Record, Record]]:
    """First and second labelling of each sentence that has two."""
    for path in sorted(corpus.glob("second/*.txt")):
        first = {record.cell: record for record in _read(corpus / "written" / path.name)}
        for second in _read(path):
            if (one := first.get(second.cell)) and one.sentence == second.sentence:
                yield one, second


def _read(path: Path) -> list[Record]:
    records, wrong = read_file(path)
    for fault in wrong:
        print(f"left out: {fault}", file=sys.stderr)
    return records


def report(twice: Sequence[tuple[Record, Record]]) -> Iterator[str]:
    """The lines to print."""
    first = sum(len(one.events) for one, _ in twice)
    second = sum(len(two.events) for _, two in twice)
    yield "Consistency of labelling"
    yield f"{len(twice)} sentences labelled twice, {first} events first, {second} second"
    alike = sum(bool(one.events) == bool(two.events) for one, two in twice)
    yield f"event or none told alike        {share(alike, len(twice))}"
    missed = sum(bool(one.events) and not two.events for one, two in twice)
    added = sum(bool(two.events) and not one.events for one, two in twice)
    yield f"  event in the first only       {missed}"
    yield f"  event in the second only      {added}"
    same_number = sum(len(one.events) == len(two.events) for one, two in twice)
    yield f"same number of events           {share(same_number, len(twice))}"

    for name, match in (
        ("predicate", overlap),
        ("predicate+type", _same_type),
        ("predicate+type+actors", _same_actors),
    ):
        found = sum(len(matched(one, two, match)) for one, two in twice)
        yield f"event F1 by {name:<22}{2 * found / max(first + second, 1):.3f}"

    pairs = [pair for one, two in twice for pair in matched(one, two, overlap)]
    yield ""
    yield f"Over {len(pairs)} matched predicates"
    same = [pair for pair in pairs if pair[0].type == pair[1].type]
    yield f"type                            {share(len(same), len(pairs))}"
    yield f"  Cohen's kappa                 {kappa(pairs):.3f}"
    yield "commonest type confusions (first > second):"
    confused = collections.Counter((a.type, b.type) for a, b in pairs if a.type != b.type)
    for kinds, count in sorted(confused.items(), key=lambda item: (-item[1], item[0]))[:COMMONEST]:
        yield f"  {count:4}  {kinds[0]} > {kinds[1]}"

    yield ""
    yield f"Over the {len(same)} of the same type"
    told = [pair for pair in same if pair[0].modes or pair[1].modes]
    modes = sum(set(a.modes) == set(b.modes) for a, b in told)
    yield f"modes, where one has any        {share(modes, len(told))}"
    shared = sum(bool(set(a.modes) & set(b.modes)) for a, b in told)
    yield f"  at least one in common        {share(shared, len(told))}"
    aided = sum(set(a.auxiliary) == set(b.auxiliary) for a, b in same)
    yield f"auxiliary                       {share(aided, len(same))}"
    aided_pairs = [pair for pair in same if pair[0].auxiliary or pair[1].auxiliary]
    aided = sum(set(a.auxiliary) == set(b.auxiliary) for a, b in aided_pairs)
    yield f"  where one has any             {share(aided, len(aided_pairs))}"
    for role, of in ROLES.items():
        agreed = sum(spans_alike(of(a), of(b)) for a, b in same)
        f1 = span_f1([(of(a), of(b)) for a, b in same])
        yield f"{role:<32}{share(agreed, len(same))}  span F1 {f1:.3f}"


ROLES: dict[str, Callable[[Labelled], tuple[Named, ...]]] = {
    "actors": lambda event: event.actors,
    "recipients": lambda event: event.recipients,
    "about": lambda event: event.about,
}


def matched(one: Record, two: Record, match: Callable[[Labelled, Labelled], int]) -> list[Pair]:
    """Events of both records put together one to one, the longest overlap first.

    Between equal overlaps those of the same type go together.
    """
    candidates = [
        (match(a, b), a.type == b.type, i, j)
        for i, a in enumerate(one.events)
        for j, b in enumerate(two.events)
    ]
    taken: list[tuple[int, int]] = []
    for letters, _, i, j in sorted(
        candidates, key=lambda one: (-one[0], not one[1], one[2], one[3])
    ):
        if letters and all(i != k and j != m for k, m in taken):
            taken.append((i, j))
    return [(one.events[i], two.events[j]) for i, j in taken]


def overlap(a: Labelled | Named, b: Labelled | Named) -> int:
    """How many letters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _same_type(a: Labelled, b: Labelled) -> int:
    return overlap(a, b) if a.type == b.type else 0


def _same_actors(a: Labelled, b: Labelled) -> int:
    return _same_type(a, b) if spans_alike(a.actors, b.actors) else 0


def spans_alike(a: Sequence[Named], b: Sequence[Named]) -> bool:
    """Whether each of these overlaps one of those and each of those one of these."""
    return all(any(overlap(x, y) for y in b) for x in a) and all(
        any(overlap(x, y) for x in a) for y in b
    )


def span_f1(pairs: Sequence[tuple[Sequence[Named], Sequence[Named]]]) -> float:
    """Share of named spans, of both labellings, that overlap one of the other."""
    found = sum(sum(any(overlap(x, y) for y in b) for x in a) for a, b in pairs)
    found += sum(sum(any(overlap(x, y) for x in a) for y in b) for a, b in pairs)
    return found / max(sum(len(a) + len(b) for a, b in pairs), 1)


def kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa of the types."""
    number = len(pairs)
    if not number:
        return 0.0
    observed = sum(a.type == b.type for a, b in pairs) / number
    ours = collections.Counter(a.type for a, _ in pairs)
    theirs = collections.Counter(b.type for _, b in pairs)
    chance = sum(ours[kind] * theirs[kind] for kind in ours) / number**2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def share(part: int, whole: int) -> str:
    """A share with its numbers."""
    return f"{part / max(whole, 1):.3f}  ({part} of {whole})"


if __name__ == "__main__":
    main()
