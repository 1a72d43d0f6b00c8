"""Lay out which sentences the training corpus must hold: one cell a sentence.

    python scripts/plan_corpus.py CAMEO2PLOVER.txt [--out corpus/plan.tsv]

A cell asks for one sentence: what it tells (an act from the CAMEO list, one of the confusions that
coders fall for, or nothing), in which register, about which part of the world, in which decade, in
which construction and how long. Cells are drawn with a fixed seed from balanced lists, so that no
writer decides what the corpus is about. The same arguments give the same plan.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

SEED = 20211
BATCH = 40
BATCHES = 210
LISTS = Path(__file__).parent.parent / "corpus" / "plan"
HEAD = "cell\tkind\tfocus\tregister\tregion\tdecade\tsyntax\tlength\n"


def main() -> None:
    """Write the plan."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("cameo", type=Path, help="CAMEO2PLOVER table of the PLOVER project")
    asked.add_argument("--out", type=Path, default=LISTS.parent / "plan.tsv")
    given = asked.parse_args()
    rng = random.Random(SEED)
    count = BATCH * BATCHES
    acts = by_type(given.cameo.read_text(encoding="utf-8"))
    focus = [
        *(("act", text) for text in take(deal(acts, rng), round(count * 0.53))),
        *(("hard", text) for text in take(endless(entries("hard"), rng), round(count * 0.35))),
    ]
    rest = count - len(focus)
    focus += [("none", text) for text in take(endless(entries("none"), rng), rest)]
    rng.shuffle(focus)
    sides = [
        endless(entries(name), rng) for name in ("register", "region", "decade", "syntax", "length")
    ]
    with given.out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for number, (kind, text) in enumerate(focus):
            cell = f"B{number // BATCH + 1:03d}-{number % BATCH + 1:02d}"
            file.write("\t".join([cell, kind, text, *(next(side) for side in sides)]) + "\n")
    print(f"{len(focus)} cells in {BATCHES} batches: {given.out}")


def entries(name: str) -> list[str]:
    """Lines of one list, comments left out."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def by_type(cameo: str) -> dict[str, list[str]]:
    """Acts of the CAMEO table under the PLOVER type it gives them, codes dropped."""
    acts: dict[str, list[str]] = {}
    for line in cameo.splitlines():
        if found := re.match(r"(\d{3,4}): (\w+),[^#]*# *(.+)", line):
            acts.setdefault(found[2], []).append(f"{found[2]}: {found[3].strip()}")
    for line in entries("acts"):
        acts.setdefault(line.partition(":")[0], []).append(line)
    return acts


def deal(acts: dict[str, list[str]], rng: random.Random) -> Iterator[str]:
    """One act of every type in turn, each type going through its own list again and again."""
    decks = [endless(acts[kind], rng) for kind in sorted(acts)]
    for deck in itertools.cycle(decks):
        yield next(deck)


def endless(things: Sequence[str], rng: random.Random) -> Iterator[str]:
    """The list in a new order each time round."""
    while True:
        yield from rng.sample(things, len(things))


def take(things: Iterator[str], count: int) -> list[str]:
    """The next so many."""
    return list(itertools.islice(things, count))


if __name__ == "__main__":
    main()
