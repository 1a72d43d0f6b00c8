"""All that one coder found in one document."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.core.event import EventMention
from inconcert.core.mention import ActorMention
from inconcert.core.parsed import Sentence
from inconcert.core.statement import Statement


@dataclass(frozen=True, slots=True)
class Coding:
    """Sentences, actor mentions, event mentions and statements of one document.

    Attributes:
        document: id of the document.
        skipped: sentences that were not coded, counted by reason (`question of a reporter`).
    """

    document: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[ActorMention, ...]
    events: tuple[EventMention, ...]
    statements: tuple[Statement, ...]
    skipped: tuple[tuple[str, int], ...] = ()
