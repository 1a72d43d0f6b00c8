"""What holds the words that somebody is reported to say: from a word of saying to a draft.

A draft names the cue, the phrase of the speaker and the parts of the sentence that are said.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from inconcert.code.attribution import Attribution, Words
from inconcert.code.cues import Cue, Cues
from inconcert.code.speakers import Speakers, codes_of
from inconcert.core.parsed import ParsedDocument, Token

_UNSAID = {"if", "unless", "whether", "lest"}
_LOOSE = {"amod", "compound", "nmod", "aux"}
_OPENERS = {"DET", "PROPN", "PRON", "NOUN"}
_SAYS_OFTEN = {"like", "love", "use", "want", "try", "continue", "keep", "prefer"}
_PERSONAL = {"he", "she", "they", "him", "her", "them", "who"}


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    Attributes:
        cue: token of the word of saying.
        rule: how it was found, as shown to readers.
        head: token that heads the phrase of the speaker; None where nobody is named.
        roots: tokens that head what is said.
        extent: tokens of what is said, where the grammar does not tell.
        quotes: the quotes that are the speaker's words.
    """

    cue: int
    lemma: str
    rule: str
    head: int | None
    roots: list[int]
    extent: tuple[int, int] | None = None
    quotes: list[Words] = field(default_factory=list)


class Reports:
    """Finds the words of saying of one document and what each of them holds."""

    def __init__(self, parsed: ParsedDocument, speakers: Speakers, table: Cues) -> None:
        self.parsed, self.tokens = parsed, parsed.tokens
        self.speakers, self.table = speakers, table
        self.cues, self.phrases = self._find_cues()

    def _find_cues(self) -> tuple[dict[int, Cue], dict[int, int]]:
        """Cues by token, and the length in tokens of those that are phrases."""
        heads: dict[str, list[list[str]]] = {}
        for phrase in self.table.kinds["phrase"]:
            heads.setdefault(phrase.split()[0], []).append(phrase.split())
        found: dict[int, Cue] = {}
        phrases: dict[int, int] = {}
        for token in self.tokens:
            cue = self._cue(token)
            if cue is not None:
                found[token.index] = cue
            for words in heads.get(token.text.lower(), ()):
                if self._follows(token.index, words):
                    found[token.index] = Cue(" ".join(words), ("say",), frozenset({"quote"}))
                    phrases[token.index] = len(words)
        return found, phrases

    def _cue(self, token: Token) -> Cue | None:
        if token.pos == "NOUN":
            return self.table.nouns.get(token.lemma)
        if token.pos != "VERB" or token.dep in _LOOSE:
            return None
        for particle in self.parsed.kids(token.index, "prt"):
            return self.table.verbs.get(f"{token.lemma} {particle.text.lower()}")
        return self.table.verbs.get(token.lemma)

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
        if not has_quotes and (self._is_unsaid(index) or self._is_naming(index, cue)):
            return None
        rule, roots = self._complement(index, cue)
        if not roots:
            roots = self._around(index, cue)
            rule = "parenthesis" if roots else rule
        extent = None
        if not roots and not has_quotes:
            extent = self._loose_clause(index, cue)
            if extent is None:
                return None
            rule = "clause"
        if not has_quotes and cue.is_belief and rule != "clause":
            return None
        head = self.speakers.of_verb(self.put_in(index) if rule == "parenthesis" else index)
        if self._is_hearsay(index, head, rule):
            return Draft(index, cue.lemma, "hearsay", None, roots, extent=extent)
        if head is None or head in roots or not self._is_speaker(index, head, rule, has_quotes):
            return None
        if rule == "object" and not has_quotes:
            extent, roots = self._stretch(index, roots), []
        return Draft(index, cue.lemma, rule, head, roots, extent=extent)

    def _is_speaker(self, index: int, head: int, rule: str, has_quotes: bool) -> bool:
        """Whether the phrase may be taken to speak; round quotation marks anything may."""
        token = self.tokens[head]
        is_paper = token.lemma.lower() in self.table.kinds["document"]
        if self.tokens[index].lemma in self.table.kinds["finder"] and not is_paper:
            return False
        if has_quotes:
            return True
        if self.speakers.is_nobody(head):
            return False
        if self.speakers.participants(head):
            return True
        return rule != "object" and self.may_speak(head)

    def _is_hearsay(self, index: int, head: int | None, rule: str) -> bool:
        """`It was reported that`, `we were told that`: told in the past by nobody in particular."""
        if rule not in {"clause", "infinitive"} or not self.parsed.kids(index, "nsubjpass"):
            return False
        auxiliaries = self.parsed.kids(index, "aux", "auxpass")
        is_past = any(kid.text.lower() in {"was", "were", "been"} for kid in auxiliaries)
        return head is None and is_past and rule == "clause"

    def _around(self, index: int, cue: Cue) -> list[int]:
        """The clause into which a verb of saying is put: `Poland, he said, was`, `as I said`."""
        token = self.tokens[self.put_in(index)]
        index, head = token.index, self.tokens[token.head]
        if head.index == index or not {"clause", "quote"} & cue.takes:
            return []
        as_marked = any(kid.text.lower() == "as" for kid in self.parsed.kids(index, "mark"))
        is_put_in = token.dep in {"parataxis", "intj"} or (token.dep == "advcl" and as_marked)
        if not is_put_in or head.pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return []
        return [head.index] if self.parsed.kids(index, "nsubj") else []

    def put_in(self, index: int) -> int:
        """The verb of what is put in: of `as I like to say`, `like`."""
        above = self.tokens[self.tokens[index].head]
        is_under = self.tokens[index].dep == "xcomp" and above.lemma in _SAYS_OFTEN
        marks = self.parsed.kids(above.index, "mark", "advmod") if is_under else []
        return above.index if any(mark.text.lower() == "as" for mark in marks) else index

    def _stretch(self, index: int, roots: list[int]) -> tuple[int, int] | None:
        """From the first object of a verb to the end of what hangs on it, without times."""
        first = min((self.parsed.subtree(root)[0] for root in roots), default=index)
        if first < index:
            return first, max(self.parsed.subtree(root)[-1] for root in roots) + 1
        last = max(self.parsed.subtree(root)[-1] for root in roots) + 1
        for kid in self.parsed.kids(index):
            below = self.parsed.subtree(kid.index)
            if below[0] != last:
                continue
            if kid.dep not in {"prep", "xcomp", "oprd", "advmod", "prt", "agent", "dative"}:
                break
            if self._tells_when(kid.index):
                break
            last = below[-1] + 1
        return first, last

    def _tells_when(self, preposition: int) -> bool:
        nouns = self.parsed.kids(preposition, "pobj")
        words = {noun.lemma.lower() for noun in nouns}
        return bool(words & self.table.kinds["time"]) or any(noun.pos == "NUM" for noun in nouns)

    def may_speak(self, head: int) -> bool:
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

    def _is_naming(self, index: int, cue: Cue) -> bool:
        """`An institution called the United Nations`: a name, and nobody's words."""
        token = self.tokens[index]
        if "as_object" not in cue.takes or token.dep != "acl" or token.tag not in {"VBN", "VBD"}:
            return False
        return self.speakers.of_agent(index) is None

    def _is_carried(self, index: int) -> bool:
        return self.tokens[index].dep == "acl"

    def _complement(self, index: int, cue: Cue) -> tuple[str, list[int]]:
        """How and where the verb holds what is said: the rule and the heads of it."""
        clauses = [kid for kid in self.parsed.kids(index, "ccomp") if not self._is_other(kid)]
        is_asked = "inf" in cue.takes and bool(clauses) and self._has_to(clauses[0])
        if clauses and ("clause" in cue.takes or is_asked):
            return "clause", [clause.index for clause in clauses]
        if "inf" in cue.takes:
            infinitives = [k for k in self.parsed.kids(index, "xcomp", "advcl") if self._has_to(k)]
            if infinitives and (infinitives[0].dep == "xcomp" or "to" in cue.takes):
                return "infinitive", [infinitives[0].index]
        if "ger" in cue.takes:
            for kid in self.parsed.kids(index, "xcomp", "ccomp"):
                if kid.tag == "VBG":
                    return "clause", [kid.index]
        phrases = [
            kid for kid in self.parsed.kids(index, "prep") if kid.text.lower() in cue.takes - {"to"}
        ]
        kinds = ("dobj", "oprd") if "np" in cue.takes else ("dobj",)
        objects = [kid for kid in self.parsed.kids(index, *kinds) if kid.tag not in {"WDT", "WP"}]
        if "as" in cue.takes and "np" not in cue.takes:
            if objects and phrases:
                return "object", [objects[0].index, phrases[0].index]
            return "object", []
        if "call" in cue.takes:
            return "object", [each.index for each in objects if each.lemma in self.table.nouns]
        if "np" in cue.takes and self.speakers.of_agent(index) is not None:
            passive = self.parsed.kids(index, "nsubjpass")
            return "object", [kid.index for kid in passive if kid.tag not in {"WDT", "WP"}]
        if "np" in cue.takes and objects:
            return "object", [objects[0].index]
        if phrases:
            return "object", [phrase.index for phrase in phrases]
        if "as_object" in cue.takes:
            return "object", [k.index for k in self.parsed.kids(index, "oprd", "ccomp", "xcomp")]
        return "object", []

    def _is_other(self, clause: Token) -> bool:
        """A further verb of saying of the same speaker: `a man, asked whether …, replied`."""
        if self._is_headline(clause):
            return True
        return (
            clause.tag == "VBD"
            and clause.index in self.cues
            and not self.parsed.kids(clause.index, "nsubj", "mark")
        )

    def _is_headline(self, clause: Token) -> bool:
        """A clause before its verb that no comma or mark closes: a line without a full stop."""
        end = self.parsed.subtree(clause.index)[-1] + 1
        return end <= clause.head and all(
            self.tokens[place].pos != "PUNCT" for place in (end - 1, min(end, clause.head))
        )

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
        if not has_quotes and self._is_announced(index, head):
            return None
        roots = []
        for kid in self.parsed.kids(index, "acl", "ccomp", "relcl"):
            marks = self.parsed.kids(kid.index, "mark")
            is_clause = any(mark.text.lower() == "that" for mark in marks)
            if (is_clause and "clause" in cue.takes) or (
                "inf" in cue.takes and kid.dep == "acl" and self._has_to(kid)
            ):
                roots.append(kid.index)
        if not roots:
            for kid in self.parsed.kids(index, "prep"):
                if kid.text.lower() in cue.takes and kid.index > head:
                    roots += [noun.index for noun in self.parsed.kids(kid.index, "pobj", "pcomp")]
        if not roots and not has_quotes:
            return None
        if not has_quotes and not self.speakers.participants(head):
            return None
        return Draft(index, cue.lemma, "noun of saying", head, roots)

    def _is_announced(self, noun: int, head: int) -> bool:
        """`They announced their commitment to …`: the verb holds the same words already."""
        token = self.tokens[noun]
        verb = self.cues.get(token.head)
        if token.dep != "dobj" or verb is None or "np" not in verb.takes:
            return False
        speaker = self.speakers.of_verb(token.head)
        if speaker is None or self._is_unsaid(token.head):
            return False
        people = codes_of(self.speakers.participants(speaker))
        return bool(people) and people == codes_of(self.speakers.participants(head))

    def _from_phrase(self, index: int, cue: Cue) -> Draft | None:
        to = index + self.phrases[index] - 1
        head = next((kid.index for kid in self.parsed.kids(to, "pobj")), None)
        if head is None:
            head = next((kid.index for kid in self.parsed.kids(index, "pobj")), None)
        if head is None or self.tokens[head].lemma.lower() in self.table.kinds["not a source"]:
            return None
        above = self.tokens[index].head
        roots = [above] if above != index else []
        return Draft(index, cue.lemma, "according to", head, roots)
