"""What holds the words that somebody is reported to say: from a word of saying to a draft.

A draft names the cue, the phrase of the speaker and the parts of the sentence that are said.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from inconcert.code.attribution import Attribution, Words
from inconcert.code.cues import Cue, Cues
from inconcert.code.speakers import Speakers
from inconcert.core.parsed import ParsedDocument, Token

_UNSAID = {"if", "unless", "whether", "lest"}
_LOOSE = {"amod", "compound", "nmod", "aux"}
_OPENERS = {"DET", "PROPN", "PRON", "NOUN"}
_PERSONAL = {"he", "she", "they", "him", "her", "them", "who"}


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    Attributes:
        cue: token of the word of saying.
        rule: how it was found, as shown to readers.
        head: token that heads the phrase of the speaker.
        roots: tokens that head what is said.
        extent: tokens of what is said, where the grammar does not tell.
        quotes: the quotes that are the speaker's words.
    """

    cue: int
    lemma: str
    rule: str
    head: int
    roots: list[int]
    extent: tuple[int, int] | None = None
    quotes: list[Words] = field(default_factory=list)


class Reports:
    """Finds the words of saying of one document and what each of them holds."""

    def __init__(self, parsed: ParsedDocument, speakers: Speakers, table: Cues) -> None:
        self.parsed, self.tokens = parsed, parsed.tokens
        self.speakers, self.table = speakers, table
        self.cues, self.phrases = self._find_cues()

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

    def draft(self, index: int, given: Attribution, inside: set[int]) -> Draft | None:
        """The draft of a statement at a cue; None where nothing is reported to be said."""
        numbers = given.by_cue.get(index, ())
        quotes = [given.words[number] for number in numbers]
        if index in inside and not any(words.holds(index) for words in quotes):
            return None
        if self.is_question(index):
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
            if draft.rule not in {"according to", "noun of saying"}:
                is_beside = any(number in given.beside for number in numbers)
                draft.rule = "quote beside its verb" if is_beside else "quote in its clause"
        return draft

    def is_question(self, index: int) -> bool:
        """Whether a token stands in the turn of an unnamed questioner."""
        paragraph = self.parsed.sentences[self.tokens[index].sentence].paragraph
        return self.parsed.paragraphs[paragraph].is_question

    def _from_verb(self, index: int, cue: Cue, has_quotes: bool) -> Draft | None:
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
        is_unknown = not has_quotes and not self.speakers.participants(head)
        if is_unknown and (rule == "object" or not self._may_speak(head)):
            return None
        return Draft(index, cue.lemma, rule, head, roots, extent=extent)

    def _may_speak(self, head: int) -> bool:
        """Whether a phrase that names no known actor may still be a speaker, or its paper."""
        token = self.tokens[head]
        if head in self.speakers.mentions or token.pos == "PROPN":
            return True
        if token.text.lower() in _PERSONAL:
            return True
        kinds = self.table.kinds
        return token.lemma.lower() in kinds["person"] or token.lemma in kinds["document"]

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
        is_asked = "inf" in cue.takes and bool(clauses) and self._has_to(clauses[0])
        if clauses and ("clause" in cue.takes or is_asked):
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

    def _from_noun(self, index: int, cue: Cue, has_quotes: bool) -> Draft | None:
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
        return Draft(index, cue.lemma, "noun of saying", head, roots)

    def _from_phrase(self, index: int, cue: Cue) -> Draft | None:
        to = index + 1
        head = next((kid.index for kid in self.parsed.kids(to, "pobj")), None)
        if head is None:
            head = next((kid.index for kid in self.parsed.kids(index, "pobj")), None)
        if head is None or self.tokens[head].lemma.lower() in self.table.kinds["not a source"]:
            return None
        above = self.tokens[index].head
        roots = [above] if above != index else []
        return Draft(index, cue.lemma, "according to", head, roots)
