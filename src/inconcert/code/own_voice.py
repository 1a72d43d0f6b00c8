"""The first person of a speech: which words are the speaker's own, and what they do."""

from __future__ import annotations

from inconcert.code.attribution import Attribution
from inconcert.code.performatives import Performative, Performatives
from inconcert.code.reports import Draft, Reports
from inconcert.code.speakers import Speakers, codes_of, is_first_person
from inconcert.code.voices import Voices, is_quoted
from inconcert.core.mention import Participant

_THIRD = {"he", "she", "they", "it", "who", "him", "her", "them"}


class OwnVoice:
    """The speaker's own words in one document.

    Attributes:
        performatives: what speakers do by saying it; none in ordinary news.
    """

    def __init__(
        self, speakers: Speakers, reports: Reports, voices: Voices, given: Attribution
    ) -> None:
        self.speakers, self.reports = speakers, reports
        self.parsed, self.tokens = speakers.parsed, speakers.tokens
        self.voices, self.given = voices, given
        self.performatives = self._find_performatives()
        self._performing = {found.token for found in self.performatives}
        self._performed_words = [found.extent for found in self.performatives]

    def rule_of(
        self, draft: Draft, people: tuple[Participant, ...], voice: tuple[Participant, ...]
    ) -> str | None:
        """By which rule a speech reports words; None where it does not.

        The speaker's own words of another day (`I urged the Assembly to`, `as I said`) count, and
        what officials of the speaker's state say or believe; the speaker's own opinions of now
        are performatives.
        """
        if draft.head is None:
            return draft.rule
        token, cue = self.tokens[draft.head], self.reports.cues[draft.cue]
        mention = self.speakers.mentions.get(draft.head)
        is_first = mention is not None and is_first_person(mention, token)
        is_person = mention is not None and mention.is_person and not is_first
        is_third = token.text.lower() in _THIRD
        if cue.is_belief and not draft.quotes and not (is_person or is_third):
            return None
        if not is_first and not people:
            return "reported in speech" if self.reports.may_speak(draft.head) else None
        if not is_first and (not codes_of(people) <= codes_of(voice) or is_person or is_third):
            return "reported in speech"
        if draft.quotes and not is_first:
            return "reported in speech"
        if draft.cue in self._performing or cue.is_belief:
            return None
        if draft.rule == "parenthesis":
            return "own words"
        is_praise = cue.force in {"praise", "describe"} and draft.extent is not None
        is_past = self._is_past(draft.cue)
        if draft.rule == "noun of saying" and (
            cue.force != "demand"
            or any(first <= draft.cue < last for first, last in self._performed_words)
        ):
            return None
        if is_praise or not (
            is_past or (not is_first and draft.rule in {"clause", "according to"})
        ):
            return None
        return "own words"

    def _is_past(self, verb: int) -> bool:
        token = self.tokens[verb]
        if token.pos == "NOUN" or token.tag == "VBD":
            return True
        auxiliaries = {kid.text.lower() for kid in self.parsed.kids(verb, "aux", "auxpass")}
        return token.tag == "VBN" and bool(auxiliaries & {"have", "has", "'ve", "'s", "had"})

    def _find_performatives(self) -> list[Performative]:
        if not self.voices.is_speech:
            return []
        finder = Performatives(self.parsed, self._is_own)
        return [
            found
            for sentence in self.parsed.sentences
            if self.voices.of(sentence.index) and not is_quoted(sentence, self.given)
            for found in finder.of_sentence(sentence.index)
        ]

    def _is_own(self, index: int) -> bool:
        """Whether a token is the speaker of its sentence, or the state the speaker speaks for."""
        token = self.tokens[index]
        voice = self.voices.of(token.sentence)
        if voice is None or any(words.holds(index) for words in self.given.words):
            return False
        mention = self.speakers.mentions.get(index)
        if token.text.lower() in {"i", "we", "me", "us"}:
            return True
        if mention is None:
            return any(self._is_own(kid.index) for kid in self.parsed.kids(index, "conj"))
        if mention.is_person or token.text.lower() in _THIRD:
            return False
        return bool(mention.participants) and codes_of(mention.participants) <= codes_of(voice)
