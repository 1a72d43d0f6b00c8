"""The coder of record: rules over the parse and a small model, joined and calibrated.

`PatternCoder` (rules alone) stays as the baseline to measure it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.code.asking import Answer, ask
from inconcert.code.clauses import Clauses
from inconcert.code.drafts import Draft
from inconcert.code.heads import CustomHeads
from inconcert.code.joined import LEAST_CONFIDENCE, Aside, Found, join
from inconcert.code.model import EventModel
from inconcert.code.patterns import Told, codable, contexts_of, drafts_of, finished
from inconcert.code.tables import tables
from inconcert.core.event import EventMention
from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument, Sentence

VERSION = "2"


@dataclass(frozen=True, slots=True)
class Considered:
    """What led to the events of a sentence.

    Attributes:
        drafts: what the rules find.
        answers: what the model says of the words that pass the gate.
        aside: what was left out.
    """

    sentence: Sentence
    drafts: tuple[Draft, ...]
    answers: tuple[Answer, ...]
    aside: tuple[Aside, ...]


class EventCoder:
    """Codes parsed documents with their actor mentions; keeps nothing between documents.

    Args:
        gated: whether only words that pass the gate go to the model; without, all that could tell
            an event do. Only measured that way: what the gate loses is told by `make bench`.
        own: the case's own types and modes, which are coded as well.
    """

    name = "rules and model"
    version = VERSION

    def __init__(self, *, gated: bool = True, own: CustomHeads | None = None) -> None:
        self._tables = tables()
        self._model = EventModel()
        self._gated = gated
        self._own = own

    def events(
        self, parsed: ParsedDocument, mentions: Sequence[ActorMention]
    ) -> tuple[EventMention, ...]:
        """All event mentions of a document that are sure enough, in order; `when` is left unknown.

        Events in the question of an unnamed reporter are not coded; events inside quotation marks
        only where the speaker acts by the words themselves ("we condemn", "we call on").
        """
        clauses = Clauses(parsed, mentions)
        kept: list[EventMention] = []
        for sentence, found in self.found(parsed, mentions):
            sure = [one for one in found if one.confidence >= LEAST_CONFIDENCE]
            words = contexts_of(self._tables, parsed.tokens_of(sentence)) if sure else ()
            for one in sorted(sure, key=lambda one: one.draft.predicate):
                contexts = one.contexts or words
                kept.append(finished(clauses, sentence, one.draft, contexts, one.confidence))
        return tuple(kept)

    def found(
        self,
        parsed: ParsedDocument,
        mentions: Sequence[ActorMention],
        *,
        notes: list[Considered] | None = None,
    ) -> list[tuple[Sentence, list[Found]]]:
        """Everything considered, sure or not, with what speaks for it.

        Args:
            notes: where to put what led to it, sentence by sentence; None to forget it.
        """
        sentences = codable(parsed, mentions)
        clauses = Clauses(parsed, mentions)
        told: Told = set()
        answers: dict[int, list[Answer]] = {}
        asked = ask(self._model, parsed, sentences, clauses if self._gated else None)
        for answer in asked:
            answers.setdefault(answer.token.sentence, []).append(answer)
        everything = []
        for sentence in sentences:
            drafts = drafts_of(clauses, self._tables, sentence, told)
            for draft in drafts:
                if not draft.auxiliary:
                    told.add((draft.type, frozenset(actor.code for actor in draft.actors)))
            mine = answers.get(sentence.index, [])
            aside: list[Aside] | None = None if notes is None else []
            found = join(clauses, self._tables, sentence, drafts, mine, aside)
            everything.append((sentence, found))
            if notes is not None:
                notes.append(Considered(sentence, tuple(drafts), tuple(mine), tuple(aside or ())))
        if self._own:
            return self._own.apply(self._model, clauses, self._tables, asked, everything)
        return everything
