"""Read the corpus, say what is wrong with it, and put all of it in one table.

    python scripts/check_corpus.py [FILE ...] [--against FILE.tsv ...] [--quiet]

Without FILE all of `written`, `real` and `news` is read. `--against` names texts (a column
`sentence` of a TSV, or plain text) with which no sentence may share half of its five-word runs.
Exit status 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import collections
import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from inconcert.labels.corpus import Record, Wrong, near_duplicates, read_file

CORPUS = Path(__file__).parent.parent / "corpus"
FOLDERS = ("written", "real", "news")


def main() -> None:
    """Check, print, exit."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("files", nargs="*", type=Path)
    asked.add_argument("--against", nargs="*", type=Path, default=[])
    asked.add_argument("--quiet", action="store_true", help="only what is wrong")
    given = asked.parse_args()
    files = given.files or [
        path for kind in FOLDERS for path in sorted((CORPUS / kind).glob("*.txt"))
    ]
    wrong: list[Wrong] = []
    records: list[Record] = []
    for path in files:
        found, faults = read_file(path)
        records += found
        wrong += faults
    foreign = [sentence for path in given.against for sentence in sentences(path)]
    others = list(whole(files)) if given.files else []
    wrong += near_duplicates([*others, *records], foreign)
    for fault in wrong:
        print(fault)
    if not given.quiet:
        print(summary(records))
    sys.exit(1 if wrong else 0)


def whole(files: list[Path]) -> Iterable[Record]:
    """Everything in the corpus but these files."""
    known = {path.resolve() for path in files}
    for path in sorted(CORPUS.glob("written/*.txt")):
        if path.resolve() not in known:
            yield from read_file(path)[0]


def sentences(path: Path) -> Iterator[str]:
    """Sentences of a TSV with such a column, else lines."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".tsv":
            yield from (row["sentence"] for row in csv.DictReader(file, delimiter="\t"))
        else:
            yield from (line.strip() for line in file if line.strip())


def summary(records: list[Record]) -> str:
    """How many of what."""
    types = collections.Counter(event.type for record in records for event in record.events)
    none = sum(not record.events for record in records)
    many = sum(len(record.events) > 1 for record in records)
    counts = "  ".join(f"{kind} {count}" for kind, count in types.most_common())
    return (
        f"{len(records)} sentences, {none} without event, {many} with several, "
        f"{sum(types.values())} events\n{counts}"
    )


if __name__ == "__main__":
    main()
