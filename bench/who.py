"""Who, when and in whose words: the chain on the reference sets of the corpus.

    python bench/who.py CORPUS

Prints one row a line, as `run.py` reads them. The sets are development sets: they were labelled
before the rules were made, and their misses have been looked at since.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from figures import tell_share
from inconcert.workbench.references import grade_reference_file

SETS = {
    "dev.txt": (
        ("references: right actor", "reference right", "reference"),
        ("references: right actor, persons", "reference right: person", "reference: person"),
        ("references: pointing to nobody, left alone", "nobody right", "nobody"),
        ("real text: speakers right", "speaker right", "speaker"),
        ("real text: own declarations found", "speaker right: performative",
         "speaker: performative"),
        ("real text: statements coded that are labelled", "statement met", "statement coded"),
        ("real text: times right", "time right", "time"),
        ("real text: times right, exact", "time right: exact", "time: exact"),
        ("real text: times right, vague", "time right: vague", "time: vague"),
    ),
    "quotes.txt": (
        ("written news: speakers right", "speaker right", "speaker"),
        ("written news: statements coded that are labelled", "statement met", "statement coded"),
    ),
}  # fmt: skip
NAMES = (
    ("names: found", "mention found", "mention"),
    ("names: right country or body", "mention right", "mention"),
    ("names: right sector", "sector right", "sector"),
)


def main(corpus: Path) -> None:
    """Grade each set and print its shares."""
    for name, figures in SETS.items():
        counts = grade_reference_file(corpus / "reference" / name).counts
        _tell(figures, counts, name)
    both: Counter[str] = Counter()
    for name in ("mentions.txt", "mentions2.txt"):
        both += grade_reference_file(corpus / "reference" / name).counts
    _tell(NAMES, both, "mentions.txt, mentions2.txt")


def _tell(figures: tuple[tuple[str, str, str], ...], counts: Counter[str], name: str) -> None:
    for told, right, of in figures:
        tell_share(told, counts[right], counts[of], note=name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
