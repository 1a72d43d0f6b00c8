"""A grade as lines of text for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from inconcert.grade.key import KeyEvent

if TYPE_CHECKING:
    from inconcert.grade.result import CodedEvent, Grade


def report(grade: Grade) -> str:
    """The figures, then each miss, false event, failed trap and wrong word, with its sentence."""
    return "\n".join(
        [
            *_figures(grade),
            *_section("Failed traps", (_trap(each.item, each.coded) for each in grade.failed)),
            *_section("Missed events", (_miss(item) for item in grade.misses)),
            *_section("False events", (_false(event) for event in grade.false_events)),
            *_section(
                "Statements without their speaker",
                (
                    f"{item.id} {item.speaker or 'nobody'} ({', '.join(item.codes) or 'no code'}): "
                    f"{item.at.words(item.at.anchor)}"
                    for item in grade.speaker_misses
                ),
            ),
            *_section(
                "Quotes without their exact span",
                (f"{item.id} {item.at.words(quote)}" for item, quote in grade.quote_misses),
            ),
            *_section(
                "Mentions not resolved",
                (
                    f"{actor.id} {actor.code} at {span[0]}: {form}"
                    for actor, form, span in grade.actor_misses
                ),
            ),
        ]
    )


def _figures(grade: Grade) -> Iterator[str]:
    score = grade.events
    interval = (
        ""
        if score.f1_interval is None
        else f" (95 % interval {score.f1_interval[0]:.2f} to {score.f1_interval[1]:.2f})"
    )
    spoken = grade.statements - len(grade.speaker_misses)
    exact = grade.quotes - len(grade.quote_misses)
    resolved = grade.mentions - len(grade.actor_misses)
    yield f"Events      F1         {_figure(score.f1)}{interval}"
    yield f"            precision  {_figure(score.precision)} ({score.found} of {score.coded})"
    yield f"            recall     {_figure(score.recall)} ({score.found} of {score.key})"
    yield f"            strict F1  {_figure(score.strict_f1)} (recipients and time agree too)"
    yield f"Traps       {len(grade.failed)} of {grade.traps} failed"
    yield f"Statements  {spoken} of {grade.statements} with the right speaker"
    yield f"Quotes      {exact} of {grade.quotes} exact"
    yield f"Actors      {resolved} of {grade.mentions} mentions resolved"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    shown = list(lines)
    if shown:
        yield ""
        yield f"{title}: {len(shown)}"
        yield from (f"  {line}" for line in shown)


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def _trap(item: KeyEvent, coded: CodedEvent) -> str:
    return f"{item.id} {item.type} {_who(item.actors, item.recipients)}; {_false(coded)}"


def _miss(item: KeyEvent) -> str:
    others = sorted(item.accepted - {item.type})
    kinds = item.type + (f" or {', '.join(others)}" if others else "")
    words = item.at.words(item.at.anchor)
    return f"{item.id} {kinds} {_who(item.actors, item.recipients)}: {words}"


def _false(event: CodedEvent) -> str:
    who = _who(event.actors, event.recipients)
    return f"{event.type} {who} at “{event.predicate}” by {event.rule}: {event.sentence}"


def _who(actors: tuple[str, ...], recipients: tuple[str, ...]) -> str:
    return f"{'+'.join(actors) or 'nobody'} → {'+'.join(recipients) or 'nobody'}"
