"""Who does which part: what each measure found, beside the verdict and never part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inconcert.core.display import displayed
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.reading import Row, SourceKind
from inconcert.core.span import TimeSpan

Cell = str | int | float | bool | date | tuple[str, ...] | None
Sorting = Literal["any", "kind", "domain", "nature", "stance"]

SUGGESTIVE = 0.05
"""p below which something is said; corrected below it, it counts as shown."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A small table behind a finding.

    Attributes:
        name: what it holds, as a key.
        rows: cells by column, every row with the same columns.
    """

    name: str
    rows: tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """Which acts of one actor a finding rests on.

    Attributes:
        actor: place of the actor in the question, 0 or 1.
        days: only acts of these days, those that tell most first; all days if empty.
        sorting: by what else acts are chosen.
        values: kinds, domains, natures or stances that count.
        deeds_only: leave out what is only said.
    """

    actor: int
    days: tuple[date, ...] = ()
    sorting: Sorting = "any"
    values: tuple[str, ...] = ()
    deeds_only: bool = False


@displayed
@dataclass(frozen=True, slots=True)
class Measured:
    """What one measure found, or why it says nothing.

    Attributes:
        key: stable name, as in docs/reference/answer.md; ends in `.A` or `.B` where it is of one
            actor.
        group: heading that it belongs under.
        title: what was asked.
        value: the answer in a word or two; `cannot tell` where it was refused.
        sentence: the answer with its numbers.
        effect: what was estimated; None where nothing was.
        unit: what `effect` is.
        interval: of the effect.
        level: at which the interval holds, 0–1; None without an interval.
        p: of the test; None where it is an estimate, or rests on other findings.
        corrected: p after Holm over all findings of the answer.
        null: the null model in one sentence; empty for an estimate.
        n: pieces of data that it rests on.
        n_of: what these are.
        refused: why nothing is said; empty where something is.
        mind: what it may not be taken to mean.
        rests_on: keys of the tests that a reading is made of.
        facts: small tables.
        behind: which acts it rests on.
        rows: the strongest few, of a dataset.
        records: likewise, of texts.
        statements: likewise, of what was said.
        ids: of all acts that it rests on, as far as they were gone through.
    """

    key: str
    group: str
    title: str
    value: str
    sentence: str = ""
    effect: float | None = None
    unit: str = ""
    interval: tuple[float, float] | None = None
    level: float | None = None
    p: float | None = None
    corrected: float | None = None
    null: str = ""
    n: int = 0
    n_of: str = "acts"
    refused: str = ""
    mind: str = ""
    rests_on: tuple[str, ...] = ()
    facts: tuple[Facts, ...] = ()
    behind: tuple[Behind, ...] = ()
    rows: tuple[Row, ...] = ()
    records: tuple[EventRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def strength(self) -> str:
        """`shown`, `suggestive`, `not shown`; `refused`; `estimate` where nothing was tested."""
        if self.refused:
            return "refused"
        if self.p is None or self.corrected is None:
            return "estimate"
        if self.corrected < SUGGESTIVE:
            return "shown"
        return "suggestive" if self.p < SUGGESTIVE else "not shown"


@displayed
@dataclass(frozen=True, slots=True)
class SourceFindings:
    """All that one source says of who does which part; never pooled with another's.

    Attributes:
        source: name of the dataset, or `texts`.
        span: days that were looked at.
        found: in the order of their groups.
        tests: p-values in the whole answer, over which Holm corrects.
        notes: what else a reader must know.
        query: what made the arrays, to show.
    """

    source: str
    kind: SourceKind
    span: TimeSpan
    found: tuple[Measured, ...]
    tests: int = 0
    notes: tuple[str, ...] = ()
    query: str = ""

    def of(self, key: str) -> Measured:
        """The finding of that key.

        Raises:
            KeyError: there is none.
        """
        for one in self.found:
            if one.key == key:
                return one
        raise KeyError(key)
