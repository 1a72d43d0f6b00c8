"""Words of saying: the table of cues, compiled for look-up by lemma."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.ontology.tables import read_table


@dataclass(frozen=True, slots=True)
class Cue:
    """A word by which a text reports that somebody says something.

    Attributes:
        lemma: the word.
        forces: what the speaker does by saying it (`say`, `promise`, `deny`), main one first.
        takes: what holds the words said: `clause`, `inf`, `quote`, `np`, `as`, `as_object`, or a
            preposition; `to` means that the object is the one who is told.
    """

    lemma: str
    forces: tuple[str, ...]
    takes: frozenset[str]

    @property
    def force(self) -> str:
        """What the speaker does by saying it."""
        return self.forces[0]

    @property
    def is_belief(self) -> bool:
        """Counts only round a quotation: what somebody thinks is the author's report."""
        return self.force == "belief"


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues by lemma and kind; `kinds` holds the helper words (`carrier`, `document` …)."""

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    kinds: Mapping[str, frozenset[str]]
    negated_carriers: frozenset[str]


@cache
def cues() -> Cues:
    """Read and compile the table once."""
    rows = read_table("inconcert.code", "data/cues.tsv")
    compiled: dict[str, dict[str, Cue]] = {"verb": {}, "noun": {}}
    kinds: dict[str, set[str]] = {}
    negated: set[str] = set()
    for row in rows:
        word, kind, takes = row["word"], row["kind"], frozenset(row["takes"].split())
        if kind in compiled:
            known = compiled[kind].get(word)
            forces = (*known.forces, row["force"]) if known else (row["force"],)
            takes = takes | known.takes if known else takes
            compiled[kind][word] = Cue(word, forces, takes)
        elif kind == "carrier" and "negated" in takes:
            negated.add(word)
        else:
            kinds.setdefault(kind, set()).add(word)
    return Cues(
        verbs=compiled["verb"],
        nouns=compiled["noun"],
        kinds={kind: frozenset(words) for kind, words in kinds.items()},
        negated_carriers=frozenset(negated),
    )
