"""What the texts of a case hold for one question, before it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord

NO_TEXTS = Corpus((), 0, (), (), (), (), ())
"""The corpus of a question that only event datasets answer."""


@dataclass(frozen=True, slots=True)
class FoundInTexts:
    """Records and sentences of the texts.

    Attributes:
        corpus: what was read.
        events: event records of the days asked about, of whomever.
        statements: likewise.
        named: sentences that name the other side and one of two actors.
        of_both: sentences that name both actors.
    """

    corpus: Corpus
    events: Sequence[EventRecord]
    statements: Sequence[StatementRecord]
    named: Sequence[Located]
    of_both: Sequence[Located]
