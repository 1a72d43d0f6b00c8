"""What is said: from the draft of a statement to its words, its form and those spoken to."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.code.attribution import Attributor, Words
from inconcert.code.reports import Draft, Reports
from inconcert.code.speakers import Speakers, distinct
from inconcert.core.mention import Participant
from inconcert.core.statement import Form

_TERMINAL = ".?!,…"
_ASKING = {"demand", "ask", "warn", "praise", "promise", "propose"}


@dataclass(frozen=True, slots=True)
class Content:
    """What is said in one statement.

    Attributes:
        span: characters from its first to its last word.
        tokens: its tokens as the grammar and the quotation marks have it.
        apart: tokens of the cue and of the phrase of the speaker: no part of it.
    """

    span: tuple[int, int]
    tokens: list[int]
    apart: set[int]
    form: Form


class Contents:
    """Reads what drafts of one document hold."""

    def __init__(self, speakers: Speakers, reports: Reports, attributor: Attributor) -> None:
        self.speakers, self.reports, self.attributor = speakers, reports, attributor
        self.parsed, self.tokens = speakers.parsed, speakers.tokens

    def of(self, draft: Draft) -> Content | None:
        """The words of a draft; None where there are none."""
        tokens = self.tokens
        apart = self._apart(draft)
        said = self._said(draft, apart)
        form = self._form(draft, said)
        if form == "direct" or not said:
            if not draft.quotes:
                return None
            start = min(words.quote.start for words in draft.quotes)
            end = max(words.quote.end for words in draft.quotes)
        else:
            start, end = tokens[said[0]].start, tokens[said[-1]].end
            for words in draft.quotes:
                start, end = min(start, words.quote.start), max(end, words.quote.end)
        quoted = {index for words in draft.quotes for index in range(words.first, words.last)}
        return Content((start, end), sorted(quoted | set(said)), apart, form)

    def _apart(self, draft: Draft) -> set[int]:
        """Tokens of the cue and of the phrase of its speaker: no part of what is said."""
        apart = {draft.cue}
        if draft.cue in self.reports.phrases or draft.rule == "parenthesis":
            apart |= set(self.parsed.subtree(self.reports.put_in(draft.cue)))
        if draft.head is not None:
            apart |= set(range(*self.speakers.phrase(draft.head)))
        return apart

    def _said(self, draft: Draft, apart: set[int]) -> list[int]:
        """Tokens of what is said as the grammar has it, without marks at its ends."""
        if draft.extent is not None:
            said = [index for index in range(*draft.extent) if index not in apart]
        else:
            below = {index for root in draft.roots for index in self.parsed.subtree(root)}
            said = sorted(below - apart)
        while said and self.tokens[said[0]].pos == "PUNCT":
            del said[0]
        while said and self.tokens[said[-1]].pos == "PUNCT":
            del said[-1]
        return said

    def _form(self, draft: Draft, said: list[int]) -> Form:
        if not draft.quotes:
            return "indirect"
        if all(self._is_free(words, draft) for words in draft.quotes):
            return "direct"
        quoted = [index for index in said if any(words.holds(index) for words in draft.quotes)]
        words = [index for index in said if self.tokens[index].pos != "PUNCT"]
        return "direct" if words and all(index in quoted for index in words) else "mixed"

    def _is_free(self, words: Words, draft: Draft) -> bool:
        """A whole utterance: it begins by itself or after its cue, and ends as a sentence does."""
        end = self.parsed.document.text[words.quote.end - 1]
        if end not in _TERMINAL:
            return False
        before = words.first - 2
        return (
            words.holds(draft.cue)
            or self.attributor.starts_free(words)
            or (before >= 0 and self.tokens[before].index == draft.cue)
        )

    def addressees(self, draft: Draft) -> tuple[Participant, ...]:
        """Those spoken to, where the verb names them."""
        if draft.cue in self.reports.phrases:
            return ()
        cue = self.reports.cues[draft.cue]
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

    def addressees_of_performative(self, verb: int) -> tuple[Participant, ...]:
        """Those asked or called upon by name in the speaker's own words."""
        found: list[Participant] = []
        cue = self.reports.cues.get(verb)
        if cue is None or not {"inf", "on", "for", "to"} & cue.takes:
            return ()
        asks = any(
            each.tag == "TO"
            for kid in self.parsed.kids(verb, "xcomp", "ccomp", "advcl")
            for each in self.parsed.kids(kid.index, "aux")
        )
        for kid in self.parsed.kids(verb, "dobj", "prep"):
            if kid.dep == "dobj" and asks:
                found += self.speakers.participants(kid.index)
            elif kid.text.lower() in {"on", "upon", "to"} and cue.force in _ASKING:
                for noun in self.parsed.kids(kid.index, "pobj"):
                    found += self.speakers.participants(noun.index)
        for clause in self.parsed.kids(verb, "ccomp") if asks else []:
            for subject in self.parsed.kids(clause.index, "nsubj"):
                found += self.speakers.participants(subject.index)
        return distinct(found)
