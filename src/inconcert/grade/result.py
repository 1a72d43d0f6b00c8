"""What grading takes and gives: a coded text, and all figures with the items behind them."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.core.event import EventMention
from inconcert.core.mention import ActorMention
from inconcert.core.statement import Statement
from inconcert.grade.key import KeyActor, KeyEvent, KeyStatement, Span, is_name
from inconcert.grade.report import report


@dataclass(frozen=True, slots=True)
class GradedText:
    """A text of the key and all that the coder found in it.

    Attributes:
        file: name as the key has it.
        text: as coded; every offset counts its characters.
    """

    file: str
    text: str
    events: tuple[EventMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[ActorMention, ...] = ()


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """A coded event as a report shows it: what was coded, from which words, by which rule."""

    file: str
    sentence: str
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    predicate: str
    rule: str

    def as_json(self) -> dict[str, object]:
        """As a record for machines."""
        return {
            "type": self.type,
            "actors": list(self.actors),
            "recipients": list(self.recipients),
            "predicate": self.predicate,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class FailedTrap:
    """An item that must not come out as a plain event, and the first event that came out."""

    item: KeyEvent
    coded: CodedEvent


@dataclass(frozen=True, slots=True)
class EventScore:
    """Figures of events, by rule (d).

    Attributes:
        precision: found / coded; None where nothing was coded.
        recall: found / key; None where the key asks for nothing.
        f1: harmonic mean of the two, 0 where one of them is None; None where both are.
        f1_interval: 95 % by bootstrap over sentences; None where f1 is.
        found: core items found.
        key: core items that count.
        coded: found + every other plain coded event.
        strict_f1: F1 where recipients and time must agree too.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    f1_interval: tuple[float, float] | None
    found: int
    key: int
    coded: int
    strict_f1: float | None


@dataclass(frozen=True, slots=True)
class Grade:
    """All figures of one grading, with the items behind them.

    Attributes:
        traps: number of items that must not come out as plain events.
        misses: core items that count and were not found.
        false_events: plain coded events that found nothing.
        statements: number of key statements, scare quotes not among them.
        quotes: number of key quotes; `quote_misses` are those that no coded quote has exactly.
        mentions: number of key mentions; `actor_misses` are those not resolved.
        forms: the words of each key mention.
    """

    events: EventScore
    traps: int
    failed: tuple[FailedTrap, ...]
    misses: tuple[KeyEvent, ...]
    false_events: tuple[CodedEvent, ...]
    statements: int
    speaker_misses: tuple[KeyStatement, ...]
    quotes: int
    quote_misses: tuple[tuple[KeyStatement, Span], ...]
    mentions: int
    actor_misses: tuple[tuple[KeyActor, str, Span], ...]
    forms: tuple[str, ...] = ()

    def _actors(self, *, named: bool) -> dict[str, int]:
        n = sum(is_name(form) == named for form in self.forms)
        missed = sum(is_name(form) == named for _, form, _ in self.actor_misses)
        return {"n": n, "right": n - missed}

    def as_json(self) -> dict[str, object]:
        """The figures as a record: `speaker`, `quote_exact` and `right` count what is right."""
        score = self.events
        return {
            "events": {
                "precision": score.precision,
                "recall": score.recall,
                "f1": score.f1,
                "f1_interval": None if score.f1_interval is None else list(score.f1_interval),
                "key": score.key,
                "coded": score.coded,
                "strict_f1": score.strict_f1,
            },
            "traps": {
                "n": self.traps,
                "failed": [
                    {
                        "id": failed.item.id,
                        "sentence": failed.item.at.label,
                        "coded": failed.coded.as_json(),
                    }
                    for failed in self.failed
                ],
            },
            "statements": {
                "n": self.statements,
                "speaker": self.statements - len(self.speaker_misses),
                "quote_exact": self.quotes - len(self.quote_misses),
            },
            "actors": {
                "n": self.mentions,
                "right": self.mentions - len(self.actor_misses),
                "named": self._actors(named=True),
                "described": self._actors(named=False),
            },
            "misses": [_missed(item) for item in self.misses],
        }

    def as_text(self) -> str:
        """The figures for a person, then each miss and false event with its sentence."""
        return report(self)


def _missed(item: KeyEvent) -> dict[str, object]:
    return {
        "id": item.id,
        "file": item.at.file,
        "sentence": item.at.label,
        "type": item.type,
        "actors": list(item.actors),
        "anchor": list(item.at.anchor),
    }
