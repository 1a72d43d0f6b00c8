"""Which record to look at next: those first whose review tells most, or any at random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.core.ids import content_id
from inconcert.core.verdict import Answer
from inconcert.errors import BadQuestion
from inconcert.store.reviewed_records import Candidate

SAMPLES = ("unsure", "random")
AGAINST = "model, against "
"""How the rule of an event begins where rule and model say different types."""

DIFFERS, ALONE = 0.5, 0.1
"""What it adds that rule and model differ, and that one of them found it alone."""
CONTACT, COUNTED = 1.0, 0.5
"""What it adds that a verdict rests on a record: as an act of both, or as a deed or word of one."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What of the case's answers rests on a record."""

    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record in the queue.

    Attributes:
        priority: 0 to 2.5, the larger the sooner.
        why: what makes it worth a look, in words.
    """

    candidate: Candidate
    priority: float
    why: tuple[str, ...]


def ordered(
    candidates: Sequence[Candidate],
    bearing: Mapping[str, Bearing],
    *,
    sample: str,
    seed: int,
) -> list[Waiting]:
    """Candidates in the order in which they are to be looked at.

    A random order is the same for all who use the same seed, and stays when records are added.

    Raises:
        BadQuestion: no such sample.
    """
    if sample not in SAMPLES:
        raise BadQuestion(
            f"{sample!r} is no order of the queue",
            where="--sample",
            advice=f"Choose {' or '.join(SAMPLES)}.",
        )
    found = [_waiting(one, bearing.get(one.id)) for one in candidates]
    if sample == "random":
        places = {key: n for n, key in enumerate(at_random([c.id for c in candidates], seed))}
        return sorted(found, key=lambda one: places[one.candidate.id])
    return sorted(found, key=lambda one: -one.priority)


def at_random(ids: Iterable[str], seed: int) -> list[str]:
    """Ids in a random order, which has nothing to do with the records, only with the seed."""
    return sorted(ids, key=lambda id: content_id("review", seed, id))


def bearing_of(answers: Iterable[Answer]) -> dict[str, Bearing]:
    """Records on which verdicts rest, by id, with what they count as."""
    found: dict[str, Bearing] = {}
    for answer in answers:
        if answer.verdict is None:
            continue
        names = f"{' and '.join(answer.question.names)} toward {answer.question.toward_name}"
        both = [one.event.id for one in (*answer.joint, *answer.consultations)]
        deeds = [one.event.id for column in answer.columns for one in column.deeds]
        said = [one.statement.id for column in answer.columns for one in column.statements]
        _laid(found, names, both, [*deeds, *said])
    return found


def bearing_in(records: Iterable[Mapping[str, Any]]) -> dict[str, Bearing]:
    """The same from the records of answers."""
    found: dict[str, Bearing] = {}
    for record in records:
        if record["verdict"] is None:
            continue
        question = record["question"]
        names = f"{' and '.join(question['names'])} toward {question['toward_name']}"
        both = [one["id"] for one in (*record["joint_acts"], *record["consultations"])]
        counted = [
            one["id"]
            for actor in record["actors"]
            for one in (*actor["deeds"], *actor["statements"])
        ]
        _laid(found, names, both, counted)
    return found


def _laid(
    found: dict[str, Bearing], names: str, both: Iterable[str], counted: Iterable[str]
) -> None:
    for keys, bears in (
        (both, Bearing(CONTACT, f"counts as an act of both: {names}")),
        (counted, Bearing(COUNTED, f"counted: {names}")),
    ):
        for key in keys:
            found.setdefault(key, bears)


def _waiting(one: Candidate, bears: Bearing | None) -> Waiting:
    doubt = 1 - 2 * abs(one.confidence - 0.5)
    why, priority = [f"confidence {one.confidence:.2f}"], doubt
    if one.rule.startswith(AGAINST):
        why.append("rule and model differ")
        priority += DIFFERS
    elif one.kind == "event" and not one.rule.endswith(" and model"):
        why.append("model alone" if one.rule == "model" else "rule alone")
        priority += ALONE
    if bears is not None:
        why.append(bears.words)
        priority += bears.weight
    return Waiting(one, round(priority, 4), tuple(why))
