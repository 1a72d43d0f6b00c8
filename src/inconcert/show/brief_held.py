"""What a brief held, kept in a small file beside it, so that the next one can say what is new."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.reading import Reading
from inconcert.core.verdict import Answer
from inconcert.errors import BadInput
from inconcert.judge.naming import records_of
from inconcert.show.asked import command, title

FORM = 1
FILE = "brief.json"
"""Name of the file, in the folder of the brief."""


@dataclass(frozen=True, slots=True)
class HeldQuestion:
    """What was answered to one question.

    Attributes:
        asked: the command that asks it again: the same question has the same one.
        title: as shown.
        head: of the verdict; empty where there was none.
        parts: values of contact, timing and stance, by name.
        sources: head of each source's own verdict, by name of the source.
        counts: numbers to lay side by side, by what they count.
        records: ids of events and statements.
        rows: ids of rows of datasets that were shown, by dataset.
    """

    asked: str
    title: str
    head: str
    parts: Mapping[str, str]
    sources: Mapping[str, str]
    counts: Mapping[str, int]
    records: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Held:
    """What a brief held.

    Attributes:
        title: of the brief.
        made: when, with its zone.
        version: of the program.
        questions: in their order.
    """

    title: str
    made: datetime
    version: str
    questions: tuple[HeldQuestion, ...]

    def question(self, asked: str) -> HeldQuestion | None:
        """What was answered to a question, if it was asked."""
        return next((each for each in self.questions if each.asked == asked), None)


def held(answers: Sequence[Answer], *, title: str, made: datetime, version: str) -> Held:
    """What a brief holds.

    Args:
        answers: of the brief.
        title: of the brief.
        made: when it was made.
        version: of the program.
    """
    return Held(title, made, version, tuple(map(held_of, answers)))


def held_of(answer: Answer) -> HeldQuestion:
    """What is answered to one question."""
    verdict, asked = answer.verdict, answer.question
    return HeldQuestion(
        asked=command(asked, asked.sources),
        title=title(asked),
        head="" if verdict is None else verdict.head,
        parts={} if verdict is None else {part.name: part.value for part in verdict.parts},
        sources={one.reading.source: one.verdict.head for one in answer.by_source},
        counts=_counts(answer),
        records=tuple(sorted({record_id(record) for record in records_of(answer)})),
        rows={one.reading.source: _rows(one.reading) for one in answer.by_source},
    )


def record_id(record: EventRecord | StatementRecord) -> str:
    """Id of an event or a statement."""
    return record.event.id if isinstance(record, EventRecord) else record.statement.id


def _counts(answer: Answer) -> dict[str, int]:
    """Numbers that two briefs can be compared by."""
    found = {"documents": answer.corpus.documents, "sentences": answer.corpus.sentences}
    for column in answer.columns:
        found[f"acts of {column.name} in texts"] = len({each.event_id for each in column.deeds})
        found[f"statements of {column.name}"] = len(column.statements)
    found["joint acts in texts"] = len({each.event_id for each in answer.joint})
    found["consultations in texts"] = len({each.event_id for each in answer.consultations})
    for one in answer.by_source:
        cover = one.reading.coverage
        if cover is not None and one.reading.kind == "dataset":
            for name, count in zip(answer.question.names, cover.acts, strict=False):
                found[f"acts of {name} in {one.reading.source}"] = count
    return found


def _rows(reading: Reading) -> tuple[str, ...]:
    shown = [*reading.documented.joint, *reading.documented.consultations]
    shown += [row for day in (*reading.strongest, *reading.explained) for row in day.rows]
    return tuple(sorted({row.id for row in shown}))


def write_held(found: Held) -> str:
    """The text of the file."""
    record = {
        "form": FORM,
        "title": found.title,
        "made": found.made.isoformat(),
        "version": found.version,
        "questions": [asdict(each) for each in found.questions],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def read_held(text: str, *, where: str) -> Held:
    """What an earlier brief held.

    Args:
        text: of the file.
        where: its name, for errors.

    Raises:
        BadInput: it is no such file, or of a later form.
    """
    try:
        record = json.loads(text)
        if not isinstance(record, dict) or record.get("form") != FORM:
            raise ValueError("another form")
        made = datetime.fromisoformat(record["made"])
        if made.tzinfo is None:
            raise ValueError("no zone")
        questions = tuple(_question(each) for each in record["questions"])
        return Held(str(record["title"]), made, str(record["version"]), questions)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            "this is no record of an earlier brief",
            where=where,
            advice=f"Give the folder of a brief, or the {FILE} in it.",
        ) from error


def _question(record: Mapping[str, Any]) -> HeldQuestion:
    return HeldQuestion(
        asked=str(record["asked"]),
        title=str(record["title"]),
        head=str(record["head"]),
        parts={str(name): str(value) for name, value in record["parts"].items()},
        sources={str(name): str(value) for name, value in record["sources"].items()},
        counts={str(name): int(value) for name, value in record["counts"].items()},
        records=tuple(map(str, record["records"])),
        rows={str(name): tuple(map(str, ids)) for name, ids in record["rows"].items()},
    )
