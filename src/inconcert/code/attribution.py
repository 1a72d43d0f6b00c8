"""Whose words stand between the quotation marks: each quote is given to a word of saying.

Three ways in order of trust: the words right beside the marks (`“…,” he said`), the grammar
(the quote is what a verb or noun of saying takes), and the quote before it (a further quoted
sentence without a verb belongs to whoever spoke last in the paragraph).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.code.cues import Cue
from inconcert.code.speakers import Speakers
from inconcert.core.parsed import ParsedDocument, Quote, Token

_MARKS = "\"“”„‟«»‘’'"
_ENDS = ",?!…-–—"
_QUOTES = set(_MARKS) - {"'", "’"}
_DASHES = {"—", "–", "--"}
_PLAIN = {"quote", "colon"}
_FULL_ENDS = ".?!…,"
_CLAUSAL = {"ROOT", "ccomp", "conj", "parataxis"}
_HELD = {
    "ccomp", "xcomp", "dobj", "attr", "oprd", "acl", "relcl", "pcomp", "appos", "parataxis",
    "dep", "pobj", "amod", "compound", "acomp", "nmod", "dative", "csubj",
}  # fmt: skip
_HOLDING_PREPOSITIONS = {"about", "of", "as", "for", "on", "with", "against", "to", "that", "like"}
_AFTER, _BEFORE, _NEAR = 20, 40, 9
_CLIMB = 14


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens `[first, last)` inside the marks of a quote."""

    quote: Quote
    first: int
    last: int

    def holds(self, token: int) -> bool:
        """Whether the token stands inside the marks."""
        return self.first <= token < self.last


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which quotes belong to which word of saying.

    Attributes:
        words: the quotes with their tokens, in order of the text.
        by_cue: positions in `words` for each cue token; a phrase cue (`according to`) is named by
            its first token.
        orphans: positions of whole quoted sentences that no cue claims.
        beside: positions that the words beside the marks gave away.
    """

    words: tuple[Words, ...]
    by_cue: Mapping[int, tuple[int, ...]]
    orphans: tuple[int, ...]
    beside: frozenset[int]


class Attributor:
    """Gives the quotes of one document to its words of saying.

    Args:
        cues: cue tokens of the document; phrases by their first token.
        phrases: those of them that are phrases (`according to`), with their length in tokens.
    """

    def __init__(
        self,
        parsed: ParsedDocument,
        speakers: Speakers,
        cues: Mapping[int, Cue],
        phrases: Mapping[int, int],
    ) -> None:
        self.parsed, self.tokens, self.text = parsed, parsed.tokens, parsed.document.text
        self.speakers, self.cues, self.phrases = speakers, cues, phrases
        starts = [token.start for token in parsed.tokens]
        self.words = tuple(
            Words(quote, bisect_left(starts, quote.start), bisect_left(starts, quote.end))
            for quote in parsed.quotes
        )

    def attribute(self) -> Attribution:
        """Give every quote to a cue where one can be found."""
        found: dict[int, int] = {}
        beside: set[int] = set()
        for number, words in enumerate(self.words):
            if words.first >= words.last:
                continue
            cue = self._beside(number)
            if cue is not None:
                beside.add(number)
            else:
                cue = self._opening(words) or self._above(words)
            if cue is not None:
                found[number] = cue
        orphans = self._carry(found)
        by_cue: dict[int, list[int]] = {}
        for number in sorted(found):
            by_cue.setdefault(found[number], []).append(number)
        return Attribution(
            self.words,
            {cue: tuple(numbers) for cue, numbers in by_cue.items()},
            tuple(orphans),
            frozenset(beside),
        )

    # -- beside the marks -------------------------------------------------------------------

    def _beside(self, number: int) -> int | None:
        words = self.words[number]
        if self.starts_free(words) and self._leads_on(words.quote):
            after = self._after(number)
            if after is not None:
                return after
        return self._before(words)

    def starts_free(self, words: Words) -> bool:
        """Whether the quote begins a sentence, or follows a comma or colon."""
        before = self._previous(words.first)
        if before is None or before.text in {":", ",", "—", "–", "--"}:
            return True
        first = self.tokens[words.first]
        return before.sentence != first.sentence

    def _leads_on(self, quote: Quote) -> bool:
        """Whether the quote ends as if its sentence went on (`…,” she said`)."""
        return self.text[quote.end - 1] in _ENDS or self.text[quote.end + 1 : quote.end + 2] == ","

    def _previous(self, index: int) -> Token | None:
        """The token before, in the same paragraph, marks left out."""
        paragraph = self._paragraph(index)
        for earlier in range(index - 1, -1, -1):
            token = self.tokens[earlier]
            if token.text not in _MARKS:
                return token if self._paragraph(earlier) == paragraph else None
        return None

    def _paragraph(self, index: int) -> int:
        return self.parsed.sentences[self.tokens[index].sentence].paragraph

    def _after(self, number: int) -> int | None:
        """The verb of saying that follows: `he said`, `said the minister`."""
        words = self.words[number]
        limit = len(self.tokens)
        if number + 1 < len(self.words):
            limit = self.words[number + 1].first
        paragraph = self._paragraph(words.first)
        for index in range(words.last, min(limit, words.last + _AFTER)):
            token = self.tokens[index]
            if self._paragraph(index) != paragraph or token.text in {".", ";"}:
                return None
            if self._takes_quote(index) and self._has_speaker(index, words):
                return index
            if token.lemma in self.speakers.cues.kinds["citer"]:
                continue
            if token.pos in {"VERB", "AUX"} and token.dep in _CLAUSAL and token.tag != "VBG":
                return None
        return None

    def _before(self, words: Words) -> int | None:
        """The verb of saying that leads to the mark: `he said: “…`."""
        last = self._previous(words.first)
        if last is None:
            return None
        if last.index in self.cues:
            return last.index if self._takes_quote(last.index) else None
        reach = {":": _BEFORE, ",": _NEAR}.get(last.text)
        if reach is None:
            return self._named_before(last) if last.text in _DASHES else None
        for index in range(last.index - 1, max(-1, last.index - reach), -1):
            token = self.tokens[index]
            if token.sentence != last.sentence or (token.text in _MARKS and reach == _BEFORE):
                break
            if self._takes_quote(index) and self._has_speaker(index, words):
                return index
            if reach == _NEAR and token.pos == "VERB" and token.dep in _CLAUSAL:
                return None
        return self._named_before(last) if last.text == ":" else None

    def _named_before(self, mark: Token) -> int | None:
        """The noun that a colon or dash makes plain: `the motto of NATO: “…`."""
        for index in range(mark.index - 1, max(-1, mark.index - _BEFORE), -1):
            if self.tokens[index].sentence != mark.sentence or self.tokens[index].text in _QUOTES:
                return None
            cue = self.cues.get(index)
            if cue is None or self.tokens[index].pos != "NOUN" or not cue.takes & _PLAIN:
                continue
            if self.speakers.of_noun(index) is not None:
                return index
        return None

    def _takes_quote(self, index: int) -> bool:
        cue = self.cues.get(index)
        return (
            cue is not None
            and index not in self.phrases
            and self.tokens[index].pos == "VERB"
            and "quote" in cue.takes
            and not cue.is_belief
        )

    def _has_speaker(self, verb: int, words: Words) -> bool:
        if any(other.holds(verb) for other in self.words):
            return False
        subject = self.speakers.of_verb(verb)
        return subject is not None and not words.holds(subject)

    # -- by the grammar ---------------------------------------------------------------------

    def _opening(self, words: Words) -> int | None:
        """A verb of saying that opens the quote itself: `with the pair “stressing …”`."""
        for index in range(words.first, min(words.first + 2, words.last)):
            cue = self.cues.get(index)
            if cue is None or self.tokens[index].pos != "VERB" or cue.is_belief:
                continue
            subject = self.speakers.of_verb(index)
            if subject is not None and subject < words.first:
                return index
        return None

    def _above(self, words: Words) -> int | None:
        """The nearest cue that takes the quoted words, climbing the tree from each of its roots."""
        roots = [
            token
            for token in self.tokens[words.first : words.last]
            if token.pos != "PUNCT" and (token.head == token.index or not words.holds(token.head))
        ]
        roots.sort(key=lambda token: (token.pos not in {"VERB", "AUX"}, token.index))
        for root in roots:
            cue = self._climb(root, words)
            if cue is not None:
                return cue
        return None

    def _climb(self, token: Token, words: Words) -> int | None:
        belief: int | None = None
        for _ in range(_CLIMB):
            for kid in self.parsed.children[token.index]:
                if words.holds(kid):
                    continue
                if kid in self.phrases or self._is_put_in(kid):
                    return kid
            if token.head == token.index:
                break
            head = self.tokens[token.head]
            cue = self.cues.get(head.index)
            if cue is not None and cue.takes == {"colon"}:
                cue = None
            if cue is not None and head.index not in self.phrases and not words.holds(head.index):
                if token.dep in {"nsubj", "nsubjpass"}:
                    break
                if token.dep == "amod" and self.tokens[head.index].pos == "NOUN":
                    # a “false” claim: whoever speaks of the claim says so, not who made it
                    token = head
                    continue
                if self._is_held(token, cue):
                    if not cue.is_belief:
                        return head.index
                    if belief is None and not words.quote.is_scare:
                        belief = head.index
            token = head
        return belief

    def _is_put_in(self, index: int) -> bool:
        """A verb of saying put into the clause it reports: `Poland, he said, was “at risk”`."""
        return (
            index in self.cues
            and self.tokens[index].dep in {"parataxis", "intj"}
            and bool(self.parsed.kids(index, "nsubj"))
        )

    def _is_held(self, token: Token, cue: Cue) -> bool:
        if token.dep == "prep":
            word = token.text.lower()
            return word in cue.takes or word in _HOLDING_PREPOSITIONS
        return token.dep in _HELD

    # -- by the quote before ----------------------------------------------------------------

    def _carry(self, found: dict[int, int]) -> list[int]:
        """Give whole quoted sentences without a cue to the cue of the quote before or after."""
        orphans: list[int] = []
        for number, words in enumerate(self.words):
            if number in found or words.first >= words.last or not self._is_whole(words):
                continue
            before = found.get(number - 1)
            if before is not None and self._continues(number, before):
                found[number] = before
            elif self._touches_next(number) and number + 1 in found:
                found[number] = found[number + 1]
            else:
                orphans.append(number)
        return orphans

    def _is_whole(self, words: Words) -> bool:
        """Whether the quote is a sentence or more by itself."""
        before = self._previous(words.first)
        first = self.tokens[words.first]
        opens = before is None or before.sentence != first.sentence or before.text in {":", "."}
        end = self.text[words.quote.end - 1]
        return opens and (end in _FULL_ENDS or not self._is_closed(words.quote))

    def _is_closed(self, quote: Quote) -> bool:
        return self.text[quote.end : quote.end + 1] in _MARKS and quote.end < len(self.text)

    def _continues(self, number: int, cue: int) -> bool:
        words, last = self.words[number], self.words[number - 1]
        same = self._paragraph(words.first) == self._paragraph(last.first)
        if not same:
            return not self._is_closed(last.quote) and self._previous(words.first) is None
        reached = max(self.tokens[cue].sentence, self.tokens[last.last - 1].sentence)
        return self.tokens[words.first].sentence <= reached + 1

    def _touches_next(self, number: int) -> bool:
        if number + 1 >= len(self.words):
            return False
        words, following = self.words[number], self.words[number + 1]
        between = self.text[words.quote.end : following.quote.start]
        return not between.strip(_MARKS + " \t\u00a0")
