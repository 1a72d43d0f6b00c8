"""Whose voice a sentence is: the speaker of a speech, or of a turn in a transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inconcert.code.attribution import Attribution
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument, Sentence

SpeakerOf = Callable[[int], tuple[Participant, ...]]
"""From the index of a paragraph to whoever speaks in it."""


class Voices:
    """Who speaks in the first person where in one document."""

    def __init__(
        self,
        parsed: ParsedDocument,
        mentions: Sequence[ActorMention],
        speaker_of: SpeakerOf | None,
    ) -> None:
        self.parsed, self.speaker_of = parsed, speaker_of
        self._first_persons: dict[int, tuple[Participant, ...]] = {}
        for mention in mentions:
            if mention.kind == "speaker" and mention.participants:
                paragraph = parsed.sentences[mention.sentence].paragraph
                self._first_persons.setdefault(paragraph, mention.participants)
        self.is_speech = parsed.document.speaker is not None or any(
            paragraph.speaker is not None for paragraph in parsed.paragraphs
        )

    def of(self, index: int) -> tuple[Participant, ...] | None:
        """Who speaks a sentence in the first person.

        Returns:
            None in ordinary news and in questions; empty where somebody speaks who is not known.
        """
        if not self.is_speech:
            return None
        sentence = self.parsed.sentences[index]
        paragraph = self.parsed.paragraphs[sentence.paragraph]
        code = self.parsed.document.speaker
        if paragraph.is_question or (code is None and paragraph.speaker is None):
            return None
        named = self.speaker_of(paragraph.index) if self.speaker_of is not None else ()
        named = named or self._first_persons.get(paragraph.index, ())
        if named or code is None:
            return named
        return (Participant(code, ("GOV",), None, sentence.start, sentence.start),)


def is_quoted(sentence: Sentence, given: Attribution) -> bool:
    """Whether a whole sentence stands between quotation marks: another's words."""
    return any(
        words.quote.start <= sentence.start + 1 and sentence.end - 2 <= words.quote.end
        for words in given.words
    )
