"""The answer to a question: three parts that are never merged, and what stands behind them."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.core.display import displayed
from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.findings import SourceFindings
from inconcert.core.question import Question
from inconcert.core.reading import Reading, Saying


@displayed
@dataclass(frozen=True, slots=True)
class Part:
    """One part of a verdict: contact, timing or stance.

    Attributes:
        name: `contact`, `timing`, `stance`.
        value: one of the values of `docs/methods/verdict.md` (`none found`, `consulted`,
            `joint acts`; `not tested`, `insufficient` …; `too few`, `aligned` …).
        reason: why, in one sentence with its numbers.
    """

    name: str
    value: str
    reason: str


@displayed
@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a question of concert; it never stands without its caveats.

    Attributes:
        head: `in concert`, `acting alike, contact not shown`, `in parallel`, `independent`,
            `at odds`, or `cannot tell`.
        parts: contact, timing, stance, in this order.
        caveats: what a reader must know before quoting it.
        missing: what would be needed to say more.
    """

    head: str
    parts: tuple[Part, ...]
    caveats: tuple[str, ...]
    missing: tuple[str, ...]


@displayed
@dataclass(frozen=True, slots=True)
class SourceVerdict:
    """What one source says: its reading and the verdict read off it, never pooled with others."""

    reading: Reading
    verdict: Verdict

    def value(self, part: str) -> str:
        """Value of a part, by its name."""
        return next(each.value for each in self.verdict.parts if each.name == part)


@displayed
@dataclass(frozen=True, slots=True)
class Column:
    """What one actor did and said toward the other side.

    Attributes:
        name: as shown.
        codes: codes that make up the actor.
        deeds: plain events with the actor among the actors and the other side among the
            recipients, or with the other side among the actors too (a meeting), or about it;
            in order of day.
        set_aside: events of the same kind that carry an auxiliary mode: not counted, but shown.
        statements: statements by the actor that name the other side, in order of day.
    """

    name: str
    codes: tuple[str, ...]
    deeds: tuple[EventRecord, ...]
    set_aside: tuple[EventRecord, ...]
    statements: tuple[StatementRecord, ...]


@displayed
@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said in answer to a question, with every record behind it.

    Attributes:
        joint: acts of two or more of the asked actors toward or with the other side; a meeting of
            theirs *about* it is a consultation.
        consultations: CONSULT events between two or more of the asked actors, about anything.
        bearing: further records that name at least two of the asked actors, or one of them and
            the other side, in one sentence and are in none of the lists above.
        verdict: None unless exactly two actors were asked about.
        named: sentences that name the other side and at least one of the asked actors and hold
            no record of the lists above, in order of day; only where two actors were asked about.
        by_source: what each source says, that of the verdict first; empty where no two actors
            were asked about, or no timing was looked at.
        sayings: sentences of the texts that say whether the two act together, by day.
        findings: who does which part, source by source; beside the verdict, never part of it.
    """

    question: Question
    corpus: Corpus
    columns: tuple[Column, ...]
    joint: tuple[EventRecord, ...]
    consultations: tuple[EventRecord, ...]
    bearing: tuple[EventRecord, ...]
    verdict: Verdict | None
    named: tuple[Located, ...] = ()
    by_source: tuple[SourceVerdict, ...] = ()
    sayings: tuple[Saying, ...] = ()
    findings: tuple[SourceFindings, ...] = ()
