"""Counts the corpus, and proves that what is fitted on is none of what is measured on.

Run by `bench/run.py`: python bench/sets.py CORPUS [--plover FILE.tsv] [--texts DIR]
It prints one JSON object a figure. Two sentences count as one when they share more than half of
their runs of five words (Jaccard); sentences of fewer than eight words ("Thank you, Mr. President")
are left out of the comparison, for they are common property.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from figures import tell
from inconcert.core.document import Document
from inconcert.grade.plover import read_marked
from inconcert.labels.corpus import TOO_ALIKE, Record, near_duplicates, read_file, word_runs
from inconcert.parse.pipeline import Parser

LEAST_WORDS = 8
WRITTEN, REAL, NEWS, TEST = "written", "real", "news", "test"


def main(corpus: Path, plover: Path | None, texts: Path | None) -> None:
    """Print all counts."""
    piles = {name: read_folder(corpus / name) for name in (WRITTEN, REAL, NEWS, TEST)}
    wrong = sum(count for _, count in piles.values())
    written, real, news, test = (piles[name][0] for name in piles)
    tell("corpus: sentences written", len(written), note=events_of(written))
    tell("corpus: sentences of real text", len(real), note=events_of(real))
    tell("corpus: sentences of made-up news articles", len(news), note=events_of(news))
    for path in sorted((corpus / TEST).glob("*.txt")):
        records = read_file(path)[0]
        tell(f"corpus: test sentences, {path.stem}", len(records), note=events_of(records))
    tell("corpus: records that cannot be read", wrong)
    tell("corpus: test files that are not as committed", len(changed(corpus / TEST)))
    alike = near_duplicates([one for one in written if is_long(one.sentence)])
    tell("corpus: written sentences nearly the same as another", len(alike))
    fitted = [one.sentence for one in (*written, *real, *news)]
    tell_shared("its own test sets", fitted, [one.sentence for one in test])
    if plover is not None:
        tell_shared("the PLOVER set", fitted, [row.sentence for row in read_marked(plover)])
    if texts is not None:
        tell_shared("the texts of the key", fitted, sentences_of(texts))


def read_folder(folder: Path) -> tuple[list[Record], int]:
    """All records of the files in a folder, and how many could not be read."""
    read = [read_file(path) for path in sorted(folder.glob("*.txt"))]
    return [one for records, _ in read for one in records], sum(len(wrong) for _, wrong in read)


def events_of(records: Sequence[Record]) -> str:
    """How many events they tell, in words."""
    events = sum(len(one.events) for one in records)
    silent = sum(not one.events for one in records)
    return f"{events:,} events; {silent:,} sentences without"


def changed(folder: Path) -> list[str]:
    """Files whose hash is not the one in `SHA256SUMS`, missing and unlisted ones included."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {line.split()[1].lstrip("*"): line.split()[0] for line in lines if line.strip()}
    there = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.txt")}
    return sorted(name for name in listed | there if listed.get(name) != there.get(name))


def tell_shared(what: str, fitted: Iterable[str], foreign: Iterable[str]) -> None:
    """Print how many fitted sentences are nearly one of a set."""
    found = shared(fitted, foreign)
    first = f"for instance {found[0][0][:70]!r}" if found else "fitted or calibrated on"
    tell(f"corpus: sentences nearly in {what}", len(found), note=first)


def shared(fitted: Iterable[str], foreign: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of sentences, one of each set, that count as one; the first for each fitted one."""
    others = [(text, word_runs(text)) for text in dict.fromkeys(foreign) if is_long(text)]
    holders: dict[str, list[int]] = {}
    for place, (_, runs) in enumerate(others):
        for run in runs:
            holders.setdefault(run, []).append(place)
    pairs = []
    for text in filter(is_long, fitted):
        mine, common = word_runs(text), dict[int, int]()
        for run in mine:
            for place in holders.get(run, ()):
                common[place] = common.get(place, 0) + 1
        for place, count in common.items():
            if count / (len(mine) + len(others[place][1]) - count) > TOO_ALIKE:
                pairs.append((text, others[place][0]))
                break
    return pairs


def is_long(text: str) -> bool:
    """Whether a sentence has words enough to be compared."""
    return len(text.split()) >= LEAST_WORDS


def sentences_of(folder: Path) -> list[str]:
    """Sentences of the texts in a folder."""
    documents = [
        Document.of(path.read_text(encoding="utf-8"), place=path.name)
        for path in sorted(folder.glob("*.txt"))
    ]
    return [
        parsed.document.text[sentence.start : sentence.end]
        for parsed in Parser().parse(documents)
        for sentence in parsed.sentences
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--plover", type=Path)
    parser.add_argument("--texts", type=Path)
    given = parser.parse_args()
    main(given.corpus, given.plover, given.texts)
