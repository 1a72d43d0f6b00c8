"""Statements: who is reported to have said what, about whom, and in which words.

Covers direct speech (the verb before, after or inside the quotation), speech without a verb that
goes on from the sentence before, indirect and mixed speech, `according to`, nouns of saying
(`Biden's pledge that …`) and the sentences of somebody who speaks in the first person. A belief
that the author ascribes to a state is not its statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from inconcert.code.attribution import Attribution, Attributor, Words
from inconcert.code.contents import Contents
from inconcert.code.cues import Cues, cues
from inconcert.code.nesting import nested
from inconcert.code.own_voice import OwnVoice
from inconcert.code.reports import Draft, Reports
from inconcert.code.sources import Source, Sources
from inconcert.code.speakers import Speakers, codes_of, distinct, is_first_person
from inconcert.code.tones import Spoken, Tones
from inconcert.code.voices import SpeakerOf, Voices, is_quoted
from inconcert.core.event import When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument
from inconcert.core.statement import Form, Statement

_CONFIDENCE = {
    "quote beside its verb": 0.95,
    "quote in its clause": 0.9,
    "clause": 0.9,
    "infinitive": 0.85,
    "object": 0.75,
    "parenthesis": 0.85,
    "hearsay": 0.8,
    "own words": 0.8,
    "performative": 0.85,
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
        attributor = Attributor(parsed, self.speakers, self.cues, self.phrases)
        self.given = attributor.attribute()
        self.contents = Contents(self.speakers, self.reports, attributor)
        self.sources = Sources(self.speakers)
        self.tones = Tones(parsed, self.speakers)
        self.own = OwnVoice(self.speakers, self.reports, self.voices, self.given)

    def statements(self) -> list[Statement]:
        """All statements, in order of the text."""
        given = self.given
        inside = {index for words in given.words for index in range(words.first, words.last)}
        found: list[Statement] = []
        for index in sorted(self.cues):
            draft = self.reports.draft(index, given, inside)
            if draft is not None:
                statement = self._finish(draft)
                if statement is not None:
                    found.append(statement)
        found += self._orphans(given, found)
        found += self._performed()
        found += self._speech(given)
        return nested(sorted(found, key=lambda statement: (statement.start, statement.end)))

    # -- from draft to statement ------------------------------------------------------------

    def _finish(self, draft: Draft) -> Statement | None:
        content = self.contents.of(draft)
        if content is None:
            return None
        people = () if draft.head is None else self.speakers.participants(draft.head)
        cue = self.cues[draft.cue]
        rule: str | None = draft.rule
        sentence = self.tokens[draft.cue].sentence
        voice = self.voices.of(sentence)
        if voice is not None:
            rule = self.own.rule_of(draft, people, voice)
        elif cue.is_belief and not draft.quotes:
            rule = None
        if rule is None:
            return None
        start, end = content.span
        last = draft.cue + self.phrases.get(draft.cue, 1) - 1
        return self._statement(
            draft.lemma,
            (self.tokens[draft.cue].start, self.tokens[last].end),
            sentence=sentence,
            speakers=people,
            speaker_text="" if draft.head is None else self.speakers.text(draft.head),
            addressees=self.contents.addressees(draft),
            about=self._about(start, end, people, content.apart),
            form=content.form,
            content=(start, end),
            quotes=tuple((words.quote.start, words.quote.end) for words in draft.quotes),
            rule=rule,
            said=content.tokens,
            at=draft.cue,
            source=self.sources.of(draft.head, people),
        )

    def _performed(self) -> Iterator[Statement]:
        """What the speaker of a speech does by saying it: `I thank`, `we condemn`."""
        for found in self.own.performatives:
            token = self.tokens[found.token]
            voice = self.voices.of(token.sentence)
            if not voice:
                continue
            if self.tokens[found.head].pos != "PRON":
                # `Portugal and the European Union stand with`: both
                voice = distinct((*voice, *self.speakers.joined(found.head)))
            extent = range(*found.extent)
            start, end = self.tokens[extent[0]].start, self.tokens[extent[-1]].end
            yield self._statement(
                token.lemma.lower(),
                (token.start, token.end),
                sentence=token.sentence,
                speakers=voice,
                speaker_text=self.speakers.text(found.head),
                addressees=self.contents.addressees_of_performative(found.token),
                about=self._about(start, end, voice, ()),
                form="performative",
                content=(start, end),
                quotes=(),
                rule="performative",
                said=list(extent),
                at=found.token,
                source=None,
            )

    def _about(
        self,
        start: int,
        end: int,
        speakers: tuple[Participant, ...],
        apart: Iterable[int],
    ) -> tuple[Participant, ...]:
        """Actors named inside what is said, each code once."""
        own = codes_of(speakers)
        outside = set(apart)
        found: dict[str, Participant] = {}
        for mention in self._between(start, end):
            if mention.head in outside or is_first_person(mention, self.tokens[mention.head]):
                continue
            codes = codes_of(mention.participants)
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
        said: Sequence[int] = (),
        at: int | None = None,
        source: Source | None = None,
    ) -> Statement:
        document = self.parsed.document.id
        said = said or self._tokens_between(*content)
        reported = self.cues.get(at) if at is not None else None
        tone = self.tones.of(Spoken(at, reported, form, tuple(said), speakers, addressees, about))
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
            stance=tone.stance,
            commitment=tone.commitment,
            is_anonymous=source is not None,
            source_country=source.country if source is not None else None,
            source_sectors=source.sectors if source is not None else (),
        )

    def _tokens_between(self, start: int, end: int) -> list[int]:
        first = bisect_left(self.tokens, start, key=lambda token: token.start)
        last = bisect_left(self.tokens, end, key=lambda token: token.start)
        return list(range(first, last))

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
            own = codes_of(voice)
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
