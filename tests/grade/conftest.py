"""A small text with its key, made up, and ways to code it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inconcert.core.event import EventMention, When
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.grade.key import Key, read_key
from inconcert.grade.result import Grade, GradedText
from inconcert.grade.scores import grade

FILE = "border.txt"
TEXT = (
    "On Monday Armenia and Georgia each praised France. "
    "Iran hosted Turkish envoys for talks. "
    "Azerbaijan did not attack Armenia, officials said. "
    "“We are ready,” analyst Mira Novak wrote. "
    "France may send aid to Georgia."
)


class Bench:
    """Builds keys and codings of `TEXT` by the words themselves instead of offsets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = TEXT
        self.lines: list[dict[str, Any]] = []

    def span(self, words: str) -> tuple[int, int]:
        """Where words stand; they must stand there once."""
        assert self.text.count(words) == 1, words
        start = self.text.index(words)
        return start, start + len(words)

    def sentence(self, words: str) -> tuple[int, int]:
        """The sentence that holds the words."""
        at = self.span(words)[0]
        ends = [place + 1 for place, mark in enumerate(self.text) if mark == "."]
        start = max([0, *(end + 1 for end in ends if end <= at)])
        return start, min(end for end in ends if end > at)

    def line(self, kind: str, anchor: str, **fields: Any) -> dict[str, Any]:
        """Add a line to the key."""
        start, end = self.sentence(anchor)
        anchor_start, anchor_end = self.span(anchor)
        record = {
            "id": f"{kind[0].upper()}{len(self.lines)}",
            "kind": kind,
            "file": FILE,
            "sentence": f"S{start}",
            "start": start,
            "end": end,
            "text": self.text[start:end],
            "anchor_start": anchor_start,
            "anchor_end": anchor_end,
            **fields,
        }
        self.lines.append(record)
        return record

    def item(
        self,
        anchor: str,
        kind: str,
        actors: str,
        recipients: str = "",
        *,
        core: bool = True,
        **fields: Any,
    ) -> str:
        """Add an event to the key; returns its id."""
        record = self.line(
            "event",
            anchor,
            event=kind,
            actors=[{"code": code} for code in actors.split()],
            recipients=[{"code": code} for code in recipients.split()],
            core=core,
            **fields,
        )
        return str(record["id"])

    def key(self) -> Key:
        """The key of all lines added."""
        path = self.folder / "key.jsonl"
        lines = [json.dumps(line, ensure_ascii=False) for line in self.lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_key(path)

    def event(
        self,
        predicate: str,
        kind: str,
        actors: str,
        recipients: str = "",
        *,
        when: TimeSpan | None = None,
        auxiliary: tuple[str, ...] = (),
    ) -> EventMention:
        """A coded event."""
        start, end = self.span(predicate)
        return EventMention(
            id=f"{predicate}/{kind}/{actors}/{recipients}",
            document="d",
            sentence=self.text[:start].count("."),
            start=start,
            end=end,
            type=kind,
            mode=None,
            contexts=(),
            auxiliary=auxiliary,
            actors=participants(actors),
            recipients=participants(recipients),
            about=(),
            when=When(when),
            rule="test",
            confidence=1.0,
        )

    def statement(
        self,
        cue: str,
        content: str,
        speakers: str,
        *,
        named: str = "",
        quotes: tuple[str, ...] = (),
    ) -> Statement:
        """A coded statement."""
        start, end = self.span(cue)
        content_start, content_end = self.span(content)
        return Statement(
            id=f"{cue}/{speakers}",
            document="d",
            sentence=0,
            start=start,
            end=end,
            cue=cue,
            speakers=participants(speakers),
            speaker_text=named,
            addressees=(),
            about=(),
            form="indirect",
            content_start=content_start,
            content_end=content_end,
            quotes=tuple(self.span(quote) for quote in quotes),
            when=When(),
            rule="test",
            confidence=1.0,
        )

    def mention(self, words: str, codes: str) -> ActorMention:
        """A coded mention."""
        start, end = self.span(words)
        return ActorMention(0, start, end, 0, "name", participants(codes), "test")

    def grade(
        self,
        *events: EventMention,
        statements: tuple[Statement, ...] = (),
        mentions: tuple[ActorMention, ...] = (),
    ) -> Grade:
        """Grade a coding of the text with the key of all lines added."""
        text = GradedText(FILE, self.text, events, statements, mentions)
        return grade(self.key(), {FILE: text}, rng=np.random.default_rng(1), draws=200)


def participants(codes: str) -> tuple[Participant, ...]:
    return tuple(Participant(code, (), None, 0, 1) for code in codes.split())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
