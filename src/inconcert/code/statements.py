"""Statements: who is reported to have said what, about whom, and in which words.

Covers direct speech (the verb before, after or inside the quotation), speech without a verb that
goes on from the sentence before, indirect and mixed speech, `according to`, nouns of saying
(`Biden's pledge that …`) and the sentences of somebody who speaks in the first person. A belief
that the author ascribes to a state is not its statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from inconcert.code.attribution import Attribution, Attributor, Words
from inconcert.code.cues import Cue, Cues, cues
from inconcert.code.speakers import Speakers, distinct, is_first_person
from inconcert.core.event import When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument, Sentence, Token
from inconcert.core.statement import Form, Statement

SpeakerOf = Callable[[int], tuple[Participant, ...]]
"""From the index of a paragraph to whoever speaks in it."""

_UNSAID = {"if", "unless", "whether", "lest"}
_TERMINAL = ".?!,…"
_LOOSE = {"amod", "compound", "nmod", "aux"}
_OPENERS = {"DET", "PROPN", "PRON", "NOUN"}
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


@dataclass(slots=True)
class _Draft:
    """A statement in the making.

    Attributes:
        cue: token of the word of saying.
        head: token that heads the phrase of the speaker.
        roots: tokens that head what is said.
        quotes: the quotes that are the speaker's words.
    """

    cue: int
    lemma: str
    rule: str
    head: int | None
    roots: list[int] = field(default_factory=list)
    quotes: list[Words] = field(default_factory=list)
    is_beside: bool = False
    extent: tuple[int, int] | None = None


class StatementCoder:
    """Finds the statements of a document."""

    name = "statements"

    def __init__(self) -> None:
        self._cues = cues()

    @property
    def digest(self) -> str:
        """Hash of the table of cues, for the provenance of every record."""
        return self._cues.digest

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
        self.parsed, self.tokens, self.table = parsed, parsed.tokens, table
        self.mentions = sorted(mentions, key=lambda mention: (mention.start, mention.end))
        self.speakers = Speakers(parsed, mentions, table)
        self.speaker_of = speaker_of
        self.cues, self.phrases = self._find_cues()

    def statements(self) -> list[Statement]:
        """All statements, in order of the text."""
        attributor = Attributor(self.parsed, self.speakers, self.cues, self.phrases)
        given = attributor.attribute()
        inside = {index for words in given.words for index in range(words.first, words.last)}
        found: list[Statement] = []
        for index in sorted(self.cues):
            draft = self._draft(index, given, inside)
            if draft is not None:
                statement = self._finish(draft, attributor)
                if statement is not None:
                    found.append(statement)
        found += self._orphans(given, found)
        found += self._speech(given)
        return sorted(found, key=lambda statement: (statement.start, statement.end))

    def _find_cues(self) -> tuple[dict[int, Cue], frozenset[int]]:
        verbs, nouns = self.table.verbs, self.table.nouns
        heads = {words.split()[0]: words.split() for words in self.table.kinds["phrase"]}
        found: dict[int, Cue] = {}
        phrases: set[int] = set()
        for token in self.tokens:
            cue: Cue | None = None
            if token.pos == "VERB":
                cue = verbs.get(token.lemma) if token.dep not in _LOOSE else None
            elif token.pos == "NOUN":
                cue = nouns.get(token.lemma)
            if cue is not None:
                found[token.index] = cue
            if token.lemma == "accord" or token.text in heads:
                words = heads.get(token.text.lower())
                if words and self._follows(token.index, words):
                    found[token.index] = Cue(" ".join(words), ("say",), frozenset({"quote"}))
                    phrases.add(token.index)
        return found, frozenset(phrases)

    def _follows(self, index: int, words: list[str]) -> bool:
        here = [token.text.lower() for token in self.tokens[index : index + len(words)]]
        return here == words

    # -- one cue ----------------------------------------------------------------------------

    def _draft(self, index: int, given: Attribution, inside: set[int]) -> _Draft | None:
        numbers = given.by_cue.get(index, ())
        quotes = [given.words[number] for number in numbers]
        if index in inside and not any(words.holds(index) for words in quotes):
            return None
        if self._is_question(index):
            return None
        cue = self.cues[index]
        if index in self.phrases:
            draft = self._from_phrase(index, cue)
        elif self.tokens[index].pos == "NOUN":
            draft = self._from_noun(index, cue, bool(quotes))
        else:
            draft = self._from_verb(index, cue, bool(quotes))
        if draft is not None and quotes:
            draft.quotes = quotes
            draft.is_beside = any(number in given.beside for number in numbers)
            if draft.rule not in {"according to", "noun of saying"}:
                beside = "quote beside its verb" if draft.is_beside else "quote in its clause"
                draft.rule = beside
        return draft

    def _is_question(self, index: int) -> bool:
        paragraph = self.parsed.sentences[self.tokens[index].sentence].paragraph
        return self.parsed.paragraphs[paragraph].is_question

    def _from_verb(self, index: int, cue: Cue, has_quotes: bool) -> _Draft | None:
        if not has_quotes and (cue.is_belief or self._is_unsaid(index)):
            return None
        rule, roots = self._complement(index, cue)
        extent = None
        if not roots and not has_quotes:
            extent = self._loose_clause(index, cue)
            if extent is None:
                return None
            rule = "clause"
        head = self.speakers.of_verb(index)
        if head is None or head in roots:
            return None
        if self.speakers.is_nobody(head) and not has_quotes:
            return None
        if not has_quotes and (rule == "object" or "actor" in cue.takes):
            if not self.speakers.participants(head):
                return None
        return _Draft(index, cue.lemma, rule, head, roots, extent=extent)

    def _is_unsaid(self, index: int) -> bool:
        """Negated, possible, conditional or asked for: nothing was said, as far as told."""
        if self.speakers.is_negated(index) and not self._is_carried(index):
            return True
        for kid in self.parsed.kids(index, "aux", "mark"):
            if kid.tag == "MD" or kid.text.lower() in _UNSAID:
                return True
        return False

    def _is_carried(self, index: int) -> bool:
        return self.tokens[index].dep == "acl"

    def _complement(self, index: int, cue: Cue) -> tuple[str, list[int]]:
        """How and where the verb holds what is said: the rule and the heads of it."""
        clauses = self.parsed.kids(index, "ccomp")
        if clauses and ("clause" in cue.takes or self._has_to(clauses[0]) and "inf" in cue.takes):
            return "clause", [clause.index for clause in clauses]
        if "inf" in cue.takes:
            infinitives = [k for k in self.parsed.kids(index, "xcomp", "advcl") if self._has_to(k)]
            if infinitives and (infinitives[0].dep == "xcomp" or "to" in cue.takes):
                return "infinitive", [infinitives[0].index]
        phrases = [
            kid for kid in self.parsed.kids(index, "prep") if kid.text.lower() in cue.takes - {"to"}
        ]
        objects = [kid for kid in self.parsed.kids(index, "dobj") if kid.tag not in {"WDT", "WP"}]
        if "as" in cue.takes:
            if objects and phrases:
                return "object", [objects[0].index, phrases[0].index]
            return "object", []
        if "np" in cue.takes and objects:
            return "object", [objects[0].index]
        if phrases:
            return "object", [phrase.index for phrase in phrases]
        if "as_object" in cue.takes:
            return "object", [k.index for k in self.parsed.kids(index, "oprd", "ccomp", "xcomp")]
        return "object", []

    def _has_to(self, token: Token) -> bool:
        return any(kid.tag == "TO" for kid in self.parsed.kids(token.index, "aux"))

    def _loose_clause(self, index: int, cue: Cue) -> tuple[int, int] | None:
        """A clause right after the verb that the parser hung elsewhere, up to the next comma."""
        if "clause" not in cue.takes or "np" in cue.takes or self.parsed.kids(index, "dobj"):
            return None
        sentence = self.parsed.sentences[self.tokens[index].sentence]
        last, has_verb = index + 1, False
        while last < sentence.last and self.tokens[last].text not in {",", ";", ":", ".", "?", "!"}:
            token = self.tokens[last]
            has_verb = has_verb or (
                token.tag in {"VBD", "VBZ", "VBP", "MD"}
                and bool(self.parsed.kids(token.index, "nsubj", "nsubjpass"))
            )
            last += 1
        opens = self.tokens[index + 1]
        if not has_verb or (opens.pos not in _OPENERS and opens.text.lower() != "that"):
            return None
        return index + 1, last

    def _from_noun(self, index: int, cue: Cue, has_quotes: bool) -> _Draft | None:
        head = self.speakers.of_noun(index)
        if head is None or (cue.is_belief and not has_quotes):
            return None
        roots = []
        for kid in self.parsed.kids(index, "acl", "ccomp", "relcl"):
            marks = self.parsed.kids(kid.index, "mark")
            is_clause = any(mark.text.lower() == "that" for mark in marks)
            if (is_clause and "clause" in cue.takes) or (
                "inf" in cue.takes and kid.dep == "acl" and self._has_to(kid)
            ):
                roots.append(kid.index)
        if not roots and not has_quotes:
            return None
        if not has_quotes and not self.speakers.participants(head):
            return None
        return _Draft(index, cue.lemma, "noun of saying", head, roots)

    def _from_phrase(self, index: int, cue: Cue) -> _Draft | None:
        to = index + 1
        head = next((kid.index for kid in self.parsed.kids(to, "pobj")), None)
        if head is None:
            head = next((kid.index for kid in self.parsed.kids(index, "pobj")), None)
        if head is None or self.tokens[head].lemma.lower() in self.table.kinds["not a source"]:
            return None
        above = self.tokens[index].head
        roots = [above] if above != index else []
        return _Draft(index, cue.lemma, "according to", head, roots)

    # -- from draft to statement ------------------------------------------------------------

    def _finish(self, draft: _Draft, attributor: Attributor) -> Statement | None:
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
        speakers = () if draft.head is None else self.speakers.participants(draft.head)
        rule = draft.rule
        voice = self._voice(tokens[draft.cue].sentence)
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
            speaker_text="" if draft.head is None else self.speakers.text(draft.head),
            addressees=self._addressees(draft),
            about=self._about(start, end, speakers, apart),
            form=form,
            content=(start, end),
            quotes=tuple((words.quote.start, words.quote.end) for words in draft.quotes),
            rule=rule,
        )

    def _apart(self, draft: _Draft) -> set[int]:
        """Tokens of the cue and of the phrase of its speaker: no part of what is said."""
        apart = {draft.cue}
        if draft.cue in self.phrases:
            apart |= set(self.parsed.subtree(draft.cue))
        if draft.head is not None:
            apart |= set(range(*self.speakers.phrase(draft.head)))
        return apart

    def _said(self, draft: _Draft, apart: set[int]) -> list[int]:
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

    def _form(self, draft: _Draft, said: list[int], attributor: Attributor) -> Form:
        if not draft.quotes:
            return "indirect"
        if all(self._is_free(words, draft, attributor) for words in draft.quotes):
            return "direct"
        quoted = [index for index in said if any(words.holds(index) for words in draft.quotes)]
        words = [index for index in said if self.tokens[index].pos != "PUNCT"]
        return "direct" if words and all(index in quoted for index in words) else "mixed"

    def _is_free(self, words: Words, draft: _Draft, attributor: Attributor) -> bool:
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
        head: int | None,
        speakers: tuple[Participant, ...],
        voice: tuple[Participant, ...],
    ) -> bool:
        """Whether a speech reports another's words, not the speaker's own."""
        if head is None or not speakers:
            return False
        mention = self.speakers.mentions.get(head)
        if mention is not None and is_first_person(mention, self.tokens[head]):
            return False
        own = {participant.code for participant in voice}
        is_named = mention is None or mention.kind in {"name", "description"}
        return is_named or not {participant.code for participant in speakers} <= own

    def _addressees(self, draft: _Draft) -> tuple[Participant, ...]:
        if draft.cue in self.phrases:
            return ()
        cue = self.cues[draft.cue]
        found: list[Participant] = []
        for kid in self.parsed.kids(draft.cue, "dobj", "dative", "prep", "nsubjpass"):
            if kid.dep == "prep" or kid.pos == "ADP":
                if kid.text.lower() == "to" and kid.index not in draft.roots:
                    for noun in self.parsed.kids(kid.index, "pobj"):
                        found += self.speakers.participants(noun.index)
            elif kid.dep == "dative" or "to" in cue.takes:
                if kid.index not in draft.roots and kid.index != draft.head:
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
        own = {participant.code for participant in speakers}
        outside = set(apart)
        found: dict[str, Participant] = {}
        for mention in self._between(start, end):
            if mention.head in outside or is_first_person(mention, self.tokens[mention.head]):
                continue
            codes = {participant.code for participant in mention.participants}
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
            if self._voice(sentence) is not None or self._is_question(words.first):
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
        """The last statement before a quote, in its paragraph or, if it opens one, the one before."""
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
        by_sentence: dict[int, list[ActorMention]] = {}
        if not self._has_voices():
            return
        for mention in self.mentions:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        for index, mentions in sorted(by_sentence.items()):
            voice = self._voice(index)
            sentence = self.parsed.sentences[index]
            if voice is None or self._is_quoted(sentence, given):
                continue
            own = {participant.code for participant in voice}
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

    def _has_voices(self) -> bool:
        return self.parsed.document.speaker is not None or any(
            paragraph.speaker is not None for paragraph in self.parsed.paragraphs
        )

    def _is_quoted(self, sentence: Sentence, given: Attribution) -> bool:
        return any(
            words.quote.start <= sentence.start + 1 and sentence.end - 2 <= words.quote.end
            for words in given.words
        )

    def _voice(self, index: int) -> tuple[Participant, ...] | None:
        """Who speaks a sentence in the first person; None in ordinary news."""
        sentence = self.parsed.sentences[index]
        paragraph = self.parsed.paragraphs[sentence.paragraph]
        code = self.parsed.document.speaker
        if paragraph.is_question or (code is None and paragraph.speaker is None):
            return None
        if self.speaker_of is not None:
            named = self.speaker_of(paragraph.index)
            if named:
                return named
        if code is None:
            return self._first_person(paragraph.index)
        return self._first_person(paragraph.index) or (
            Participant(code, ("GOV",), None, sentence.start, sentence.start),
        )

    def _first_person(self, paragraph: int) -> tuple[Participant, ...]:
        for mention in self.mentions:
            if (
                mention.kind == "speaker"
                and mention.participants
                and self.parsed.sentences[mention.sentence].paragraph == paragraph
            ):
                return mention.participants
        return ()
