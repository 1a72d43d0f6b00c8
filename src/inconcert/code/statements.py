"""Statements: who is reported to have said what, about whom, and in which words.

Covers direct speech (the verb before, after or inside the quotation), speech without a verb that
goes on from the sentence before, indirect and mixed speech, `according to`, nouns of saying
(`Biden's pledge that …`) and the sentences of somebody who speaks in the first person. A belief
that the author ascribes to a state is not its statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from inconcert.code.attribution import Attribution, Attributor, Words
from inconcert.code.cues import Cues, cues
from inconcert.code.reports import Draft, Reports
from inconcert.code.speakers import Speakers, distinct, is_first_person
from inconcert.code.voices import SpeakerOf, Voices, is_quoted
from inconcert.core.event import When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument
from inconcert.core.statement import Form, Statement

_TERMINAL = ".?!,…"
_CONFIDENCE = {
    "quote beside its verb": 0.95,
    "quote in its clause": 0.9,
    "clause": 0.9,
    "infinitive": 0.85,
    "object": 0.75,
    "according to": 0.9,
    "noun of saying": 0.8,
    "quote after a statement": 0.5,
    "speech": 0.9,
    "reported in speech": 0.7,
}


class StatementCoder:
    """Finds the statements of a document."""

    name = "statements"

    def __init__(self) -> None:
        self._cues = cues()

    def statements(
        self,
        parsed: ParsedDocument,
        mentions: Sequence[ActorMention],
        *,
        speaker_of: SpeakerOf | None = None,
    ) -> tuple[Statement, ...]:
        """The statements reported in a document, in order of the text.

        Args:
            mentions: its actor mentions; they say who the speakers are.
            speaker_of: who speaks in a paragraph of a transcript; by default the document's
                own speaker.

        Returns:
            Statements without their days (`when` is empty); one a cue, and one a sentence of a
            speech that names somebody other than the speaker.
        """
        if not parsed.tokens:
            return ()
        return tuple(_Reading(parsed, mentions, self._cues, speaker_of).statements())


class _Reading:
    """One document being read for statements."""

    def __init__(
        self,
        parsed: ParsedDocument,
        mentions: Sequence[ActorMention],
        table: Cues,
        speaker_of: SpeakerOf | None,
    ) -> None:
        self.parsed, self.tokens = parsed, parsed.tokens
        self.mentions = sorted(mentions, key=lambda mention: (mention.start, mention.end))
        self.speakers = Speakers(parsed, mentions, table)
        self.reports = Reports(parsed, self.speakers, table)
        self.voices = Voices(parsed, mentions, speaker_of)
        self.cues, self.phrases = self.reports.cues, self.reports.phrases

    def statements(self) -> list[Statement]:
        """All statements, in order of the text."""
        attributor = Attributor(self.parsed, self.speakers, self.cues, self.phrases)
        given = attributor.attribute()
        inside = {index for words in given.words for index in range(words.first, words.last)}
        found: list[Statement] = []
        for index in sorted(self.cues):
            draft = self.reports.draft(index, given, inside)
            if draft is not None:
                statement = self._finish(draft, attributor)
                if statement is not None:
                    found.append(statement)
        found += self._orphans(given, found)
        found += self._speech(given)
        return sorted(found, key=lambda statement: (statement.start, statement.end))

    # -- from draft to statement ------------------------------------------------------------

    def _finish(self, draft: Draft, attributor: Attributor) -> Statement | None:
        tokens = self.tokens
        apart = self._apart(draft)
        said = self._said(draft, apart)
        form = self._form(draft, said, attributor)
        if form == "direct" or not said:
            start = min(words.quote.start for words in draft.quotes) if draft.quotes else None
            end = max(words.quote.end for words in draft.quotes) if draft.quotes else None
        else:
            start, end = tokens[said[0]].start, tokens[said[-1]].end
            for words in draft.quotes:
                start, end = min(start, words.quote.start), max(end, words.quote.end)
        if start is None or end is None:
            return None
        speakers = self.speakers.participants(draft.head)
        rule = draft.rule
        voice = self.voices.of(tokens[draft.cue].sentence)
        if voice is not None:
            if not self._is_another(draft.head, speakers, voice):
                return None
            rule = "reported in speech"
        first = tokens[draft.cue]
        last = tokens[draft.cue + 1] if draft.cue in self.phrases else first
        return self._statement(
            draft.lemma,
            (first.start, last.end),
            sentence=first.sentence,
            speakers=speakers,
            speaker_text=self.speakers.text(draft.head),
            addressees=self._addressees(draft),
            about=self._about(start, end, speakers, apart),
            form=form,
            content=(start, end),
            quotes=tuple((words.quote.start, words.quote.end) for words in draft.quotes),
            rule=rule,
        )

    def _apart(self, draft: Draft) -> set[int]:
        """Tokens of the cue and of the phrase of its speaker: no part of what is said."""
        apart = {draft.cue}
        if draft.cue in self.phrases:
            apart |= set(self.parsed.subtree(draft.cue))
        return apart | set(range(*self.speakers.phrase(draft.head)))

    def _said(self, draft: Draft, apart: set[int]) -> list[int]:
        """Tokens of what is said as the grammar has it, without marks at its ends."""
        if draft.extent is not None:
            said = [index for index in range(*draft.extent) if index not in apart]
        else:
            said = sorted(
                {
                    index
                    for root in draft.roots
                    for index in self.parsed.subtree(root)
                    if index not in apart
                }
            )
        while said and self.tokens[said[0]].pos == "PUNCT":
            del said[0]
        while said and self.tokens[said[-1]].pos == "PUNCT":
            del said[-1]
        return said

    def _form(self, draft: Draft, said: list[int], attributor: Attributor) -> Form:
        if not draft.quotes:
            return "indirect"
        if all(self._is_free(words, draft, attributor) for words in draft.quotes):
            return "direct"
        quoted = [index for index in said if any(words.holds(index) for words in draft.quotes)]
        words = [index for index in said if self.tokens[index].pos != "PUNCT"]
        return "direct" if words and all(index in quoted for index in words) else "mixed"

    def _is_free(self, words: Words, draft: Draft, attributor: Attributor) -> bool:
        """A whole utterance: it begins by itself or after its cue, and ends as a sentence does."""
        end = self.parsed.document.text[words.quote.end - 1]
        if end not in _TERMINAL:
            return False
        before = words.first - 2
        return (
            words.holds(draft.cue)
            or attributor.starts_free(words)
            or (before >= 0 and self.tokens[before].index == draft.cue)
        )

    def _is_another(
        self,
        head: int,
        speakers: tuple[Participant, ...],
        voice: tuple[Participant, ...],
    ) -> bool:
        """Whether a speech reports another's words, not the speaker's own."""
        if not speakers:
            return False
        mention = self.speakers.mentions.get(head)
        if mention is not None and is_first_person(mention, self.tokens[head]):
            return False
        if not _codes(speakers) <= _codes(voice):
            return True
        # `Tajikistan condemns` in a Tajik speech is the speaker's own word.
        return mention is not None and mention.is_person and mention.kind != "pronoun"

    def _addressees(self, draft: Draft) -> tuple[Participant, ...]:
        if draft.cue in self.phrases:
            return ()
        cue = self.cues[draft.cue]
        found: list[Participant] = []
        for kid in self.parsed.kids(draft.cue, "dobj", "dative", "prep", "nsubjpass"):
            if kid.dep == "prep" or kid.pos == "ADP":
                if kid.text.lower() == "to" and kid.index not in draft.roots:
                    for noun in self.parsed.kids(kid.index, "pobj"):
                        found += self.speakers.participants(noun.index)
            elif kid.index in draft.roots or kid.index == draft.head:
                continue
            elif kid.dep == "dative" or "to" in cue.takes:
                found += self.speakers.participants(kid.index)
        return distinct(found)

    def _about(
        self,
        start: int,
        end: int,
        speakers: tuple[Participant, ...],
        apart: Iterable[int],
    ) -> tuple[Participant, ...]:
        """Actors named inside what is said, each code once."""
        own = _codes(speakers)
        outside = set(apart)
        found: dict[str, Participant] = {}
        for mention in self._between(start, end):
            if mention.head in outside or is_first_person(mention, self.tokens[mention.head]):
                continue
            codes = _codes(mention.participants)
            if mention.kind == "pronoun" and codes <= own:
                continue
            for participant in mention.participants:
                found.setdefault(participant.code, participant)
        return tuple(found.values())

    def _between(self, start: int, end: int) -> Iterator[ActorMention]:
        for mention in self.mentions:
            if mention.start >= end:
                return
            if mention.end > start:
                yield mention

    def _statement(
        self,
        cue: str,
        span: tuple[int, int],
        *,
        sentence: int,
        speakers: tuple[Participant, ...],
        speaker_text: str,
        addressees: tuple[Participant, ...],
        about: tuple[Participant, ...],
        form: Form,
        content: tuple[int, int],
        quotes: tuple[tuple[int, int], ...],
        rule: str,
    ) -> Statement:
        document = self.parsed.document.id
        codes = ",".join(participant.code for participant in speakers)
        return Statement(
            id=content_id(document, *span, cue, codes, speaker_text),
            document=document,
            sentence=sentence,
            start=span[0],
            end=span[1],
            cue=cue,
            speakers=speakers,
            speaker_text=speaker_text,
            addressees=addressees,
            about=about,
            form=form,
            content_start=content[0],
            content_end=content[1],
            quotes=quotes,
            when=When(),
            rule=rule,
            confidence=_CONFIDENCE[rule],
        )

    # -- quotes without a cue, and speeches -------------------------------------------------

    def _orphans(self, given: Attribution, found: Sequence[Statement]) -> list[Statement]:
        """Whole quoted sentences that follow a statement of somebody, with no verb of their own."""
        further: list[Statement] = []
        for number in given.orphans:
            words = given.words[number]
            sentence = self.tokens[words.first].sentence
            if self.voices.of(sentence) is not None or self.reports.is_question(words.first):
                continue
            before = self._last_before(words, [*found, *further])
            if before is None:
                continue
            span = (words.quote.start, words.quote.end)
            further.append(
                self._statement(
                    "quote",
                    span,
                    sentence=sentence,
                    speakers=before.speakers,
                    speaker_text=before.speaker_text,
                    addressees=before.addressees,
                    about=self._about(*span, before.speakers, ()),
                    form="direct",
                    content=span,
                    quotes=(span,),
                    rule="quote after a statement",
                )
            )
        return further

    def _last_before(self, words: Words, found: Sequence[Statement]) -> Statement | None:
        """The last statement before a quote, in its paragraph or the one before."""
        sentences = self.parsed.sentences
        paragraph = sentences[self.tokens[words.first].sentence].paragraph
        earlier = [
            statement
            for statement in found
            if statement.start < words.quote.start
            and paragraph - 1 <= sentences[statement.sentence].paragraph
        ]
        if not earlier:
            return None
        last = max(earlier, key=lambda statement: statement.start)
        gap = self.tokens[words.first].sentence - last.sentence
        return last if gap <= 2 else None

    def _speech(self, given: Attribution) -> Iterator[Statement]:
        """Sentences of a speech that name somebody other than the speaker."""
        if not self.voices.is_speech:
            return
        by_sentence: dict[int, list[ActorMention]] = {}
        for mention in self.mentions:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        for index, mentions in sorted(by_sentence.items()):
            voice = self.voices.of(index)
            sentence = self.parsed.sentences[index]
            if not voice or is_quoted(sentence, given):
                continue
            own = _codes(voice)
            about: dict[str, Participant] = {}
            for mention in mentions:
                if mention.kind in {"name", "description"}:
                    for participant in mention.participants:
                        if participant.code not in own:
                            about.setdefault(participant.code, participant)
            if about:
                yield self._statement(
                    "speech",
                    (sentence.start, sentence.end),
                    sentence=index,
                    speakers=voice,
                    speaker_text=self.parsed.paragraphs[sentence.paragraph].speaker or "",
                    addressees=(),
                    about=tuple(about.values()),
                    form="direct",
                    content=(sentence.start, sentence.end),
                    quotes=(),
                    rule="speech",
                )


def _codes(participants: Iterable[Participant]) -> set[str]:
    return {participant.code for participant in participants}
