"""Performatives: a speaker who does, by saying it, what the verb says (`We condemn the attack`).

They stand in the first person, or have the speaker's own state as subject, in the present tense;
`I would like to thank` and `let me highlight` are the act as well. `We want`, `we must` and `we
will` are none. What is said is all that follows the verb in its clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from inconcert.core.parsed import ParsedDocument, Token
from inconcert.ontology.tables import read_table

_FIRST = {"i", "we"}
_PRESENT = {"VBP", "VBZ", "VB"}
_STANDS = {"be", "remain", "stand", "feel"}
_ACT_BY_ACT = {"am", "are", "is", "'m", "'re", "'s"}
_DEPTH = 4
_SELVES = {"ourselves", "myself", "itself"}


@dataclass(frozen=True, slots=True)
class Performative:
    """A verb (or adjective) that does what it says.

    Attributes:
        token: its token.
        head: token of the subject.
        extent: tokens `[first, last)` of what follows it in its clause.
    """

    token: int
    head: int
    extent: tuple[int, int]


@cache
def _words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By kind and lemma, what a word takes."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for row in read_table("inconcert.code", "data/performatives.tsv"):
        found.setdefault(row["kind"], {})[row["word"]] = frozenset(row["takes"].split())
    return found


class Performatives:
    """Finds the performatives of one document.

    Args:
        is_own: whether the phrase at a token is the speaker of its sentence, or the speaker's
            state.
    """

    def __init__(self, parsed: ParsedDocument, is_own: Callable[[int], bool]) -> None:
        self.parsed, self.tokens, self.is_own = parsed, parsed.tokens, is_own
        words = _words()
        self.verbs, self.adjectives = words["verb"], words["adjective"]
        self.nouns, self.openers = words["noun"], words["opener"]

    def of_sentence(self, index: int) -> Iterator[Performative]:
        """The performatives of a sentence, in order of the text."""
        for token in self.parsed.tokens_of(self.parsed.sentences[index]):
            head = self._subject(token)
            if head is not None:
                extent = self._rest(token)
                if extent is not None:
                    yield Performative(token.index, head, extent)

    # -- whether the word is the act --------------------------------------------------------

    def _subject(self, token: Token) -> int | None:
        lemma = token.lemma.lower()
        is_predicate = token.dep in {"acomp", "ROOT", "conj", "ccomp", "attr"}
        if is_predicate and token.text.lower() in self.adjectives:
            return self._of_adjective(token)
        if lemma not in self.verbs or token.pos not in {"VERB", "AUX", "NOUN", "PROPN"}:
            return None
        if token.pos in {"NOUN", "PROPN"} and not self._is_mistaken(token):
            return None
        takes = self.verbs[lemma]
        head, is_polite = self._speaker(token, takes)
        if head is None or not self._takes(token, takes, head=head, is_polite=is_polite):
            return None
        return head

    def _is_mistaken(self, token: Token) -> bool:
        """A verb the parse took for a noun: `welcomes the report and recommits to help`."""
        head = self.tokens[token.head]
        return token.dep == "conj" and head.tag in _PRESENT and token.tag == "NNS"

    def _of_adjective(self, token: Token) -> int | None:
        """`Romania remains committed to`, `I am grateful for`."""
        first = self.tokens[token.head] if token.dep == "conj" else token
        if first.dep not in {"acomp", "attr"}:
            first = token
        verb = self.tokens[first.head] if first.dep in {"acomp", "attr"} else token
        if verb.index != token.index and verb.lemma not in _STANDS:
            return None
        auxiliaries = self.parsed.kids(verb.index, "aux", "auxpass", "cop")
        if any(kid.tag in {"MD", "VBD", "VBN", "TO"} for kid in auxiliaries):
            return None
        if verb.index == token.index and not any(kid.lemma in _STANDS for kid in auxiliaries):
            return None
        if verb.index != token.index and verb.tag not in {"VBP", "VBZ"}:
            return None
        if self.parsed.kids(verb.index, "neg"):
            return None
        subjects = self.parsed.kids(verb.index, "nsubj", "nsubjpass")
        if not subjects and verb.dep == "conj":
            subjects = self.parsed.kids(verb.head, "nsubj", "nsubjpass")
        return next((each.index for each in subjects if self.is_own(each.index)), None)

    def _speaker(self, token: Token, takes: frozenset[str]) -> tuple[int | None, bool]:
        """The speaker of a verb in the present or behind an opener; whether it is polite."""
        verb, depth = token, 0
        while verb.dep == "conj" and depth < _DEPTH and not self._subjects(verb):
            above = self.tokens[verb.head]
            if above.pos not in {"VERB", "AUX"}:
                break
            verb, depth = above, depth + 1
        auxiliaries = self.parsed.kids(verb.index, "aux", "auxpass")
        if any(kid.tag == "TO" for kid in auxiliaries) or verb.dep == "pcomp":
            return self._behind_opener(verb), True
        subjects = [each for each in self._subjects(verb) if self.is_own(each.index)]
        if not subjects:
            return None, False
        head = subjects[-1].index
        above = self.tokens[verb.head]
        if above.lemma in {"have", "make"} and verb.dep == "ccomp" and self._subjects(above):
            # `they would have us believe`: what others want us to
            return None, False
        if above.lemma.lower() in {"let", "allow", "permit"} and verb.dep in {"ccomp", "xcomp"}:
            return (head, True) if not self._subjects(above) else (None, False)
        is_told = verb.dep == "relcl" and self._told_of(verb) is not None
        if self.parsed.kids(verb.index, "auxpass") or (
            verb.dep in {"relcl", "advcl"} and not is_told
        ):
            return None, False
        modal = {kid.text.lower() for kid in auxiliaries if kid.tag == "MD"}
        if modal:
            # `I must stress` is the act; `we must condemn` asks others for it
            is_one = self.tokens[head].text == "I" and self._may_say(verb, modal, head)
            return (head, True) if modal <= {"would", "'d"} or is_one else (None, False)
        if verb.tag == "VBG":
            is_now = any(kid.text.lower() in _ACT_BY_ACT for kid in auxiliaries)
            return (head, False) if is_now and "prog" in takes else (None, False)
        plain = {kid.lemma for kid in auxiliaries} <= {"do"}
        is_present = verb.tag in _PRESENT or (verb is token and token.pos == "NOUN")
        return (head, False) if plain and is_present else (None, False)

    def _may_say(self, verb: Token, modal: set[str], head: int) -> bool:
        """`I must stress`, `I should say`; `can I thank`, which asks for no leave."""
        if modal == {"must"}:
            return True
        auxiliaries = [kid for kid in self.parsed.kids(verb.index, "aux") if kid.tag == "MD"]
        if self.parsed.kids(verb.index, "neg"):
            return False
        is_asked = all(kid.index < head for kid in auxiliaries)
        return modal == {"should"} or (is_asked and modal <= {"can", "may", "could", "might"})

    def _told_of(self, verb: Token) -> tuple[int, int] | None:
        """`One thing I'd note is that …`: the clause behind `is`."""
        noun = self.tokens[verb.head]
        copula = self.tokens[noun.head]
        if noun.dep != "nsubj" or copula.lemma != "be":
            return None
        for clause in self.parsed.kids(copula.index, "ccomp"):
            if clause.index > copula.index:
                below = self.parsed.subtree(clause.index)
                return below[0], below[-1] + 1
        return None

    def _subjects(self, verb: Token) -> list[Token]:
        return self.parsed.kids(verb.index, "nsubj", "nsubjpass")

    def _behind_opener(self, verb: Token) -> int | None:
        """`I would like to thank`, `allow me to begin by congratulating`."""
        above = self.tokens[verb.head]
        if verb.dep == "pcomp":
            above = self.tokens[above.head]
        for _ in range(_DEPTH):
            if above.lemma.lower() in self.openers or above.lemma in {"be", "have"}:
                words = [above, *self.parsed.kids(above.index, "dobj", "acomp", "attr", "nsubj")]
                words += self._subjects(verb)
                is_opener = any(word.lemma.lower() in self.openers for word in words)
                if is_opener and above.tag != "VBD" and not self.parsed.kids(above.index, "neg"):
                    for word in words:
                        if self.is_own(word.index) or self._is_me(word):
                            return word.index
                        for owner in self.parsed.kids(word.index, "poss"):
                            if self._is_me(owner):
                                return owner.index
            if above.head == above.index:
                return None
            above = self.tokens[above.head]
        return None

    def _is_me(self, token: Token) -> bool:
        return token.text.lower() in {"i", "we", "me", "us", "my", "our"}

    def _takes(self, token: Token, takes: frozenset[str], *, head: int, is_polite: bool) -> bool:
        """Whether the verb has what it must have to be the act."""
        is_first = self._is_me(self.tokens[head]) or is_polite
        if "first" in takes and not is_first:
            return False
        if "polite" in takes and not is_polite and "first" not in takes:
            return False
        needs = takes - {"first", "polite", "prog"}
        if not needs:
            return True
        for kid in self.parsed.kids(token.index):
            if kid.dep in {"dobj", "dative"} and "obj" in needs:
                return True
            if kid.dep == "dobj" and "noun" in needs and self._holds_noun(kid):
                return True
            if kid.dep == "dobj" and "refl" in needs and kid.text.lower() in _SELVES:
                return True
            if kid.dep == "ccomp" and "clause" in needs:
                return True
            if token.dep == "relcl" and "clause" in needs and self._told_of(token):
                return True
            if kid.dep in {"xcomp", "ccomp", "advcl"} and "inf" in needs and self._has_to(kid):
                return True
            if kid.dep in {"prep", "dative", "prt", "agent"} and kid.text.lower() in needs:
                return True
        return False

    def _has_to(self, verb: Token) -> bool:
        return any(each.tag == "TO" for each in self.parsed.kids(verb.index, "aux"))

    def _holds_noun(self, noun: Token) -> bool:
        conjuncts = self.parsed.kids(noun.index, "conj")
        return any(each.lemma.lower() in self.nouns for each in (noun, *conjuncts))

    # -- what is said -----------------------------------------------------------------------

    def _rest(self, token: Token) -> tuple[int, int] | None:
        """All that follows the word in its clause, up to what is joined to the word itself."""
        told = self._told_of(token) if token.dep == "relcl" else None
        if told is not None:
            return told
        owner = self.tokens[token.head] if token.dep in {"acomp", "attr"} else token
        last = max(self.parsed.subtree(owner.index)[-1], self.parsed.subtree(token.index)[-1])
        for joint in {owner.index, token.index}:
            joined = [
                kid.index
                for kid in self.parsed.kids(joint, "conj")
                if kid.index > token.index and self._is_next(kid)
            ]
            for place in joined:
                last = min(last, min(self.parsed.subtree(place)) - 1)
            for kid in self.parsed.kids(joint, "cc"):
                if joined and token.index < kid.index < max(joined):
                    last = min(last, kid.index - 1)
        end = self.parsed.sentences[token.sentence].last
        last = min(last, end - 1)
        while last > token.index and self.tokens[last].pos == "PUNCT":
            last -= 1
        first = token.index + 1
        while first <= last and self.tokens[first].pos == "PUNCT":
            first += 1
        is_said = any(
            self.tokens[place].tag not in {"IN", "TO", "CC"} for place in range(first, last + 1)
        )
        return (first, last + 1) if is_said else None

    def _is_next(self, kid: Token) -> bool:
        """Whether what is joined to the word is another act, and no further object."""
        if kid.pos in {"VERB", "AUX"} or kid.text.lower() in self.adjectives:
            return True
        return kid.pos == "NOUN" and (kid.lemma.lower() in self.verbs and self._is_mistaken(kid))
