"""How a speaker stands, in one statement, toward each actor named in it.

Words that take a side stand in a table with whom they judge: the object of the speaker's own verb
(`we thank A`), whoever does a deed (`A threatens us`), the owner of a noun (`A's aggression`), its
target (`support for A`), or the bearer of a predicate (`A is a friend`, `called A hostile`). A
negation turns the speaker's own verb round and takes a judgement of a deed away; `not only` does
neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from inconcert.code.cues import cues
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.statement import Stance
from inconcert.ontology.tables import read_table

_OWNING = {"of", "by", "from"}
_TARGETING = {"for", "with", "to", "toward", "towards", "against", "in"}
_VICTIM = {"against", "on"}
_CLAUSES = {"relcl", "acl", "advcl", "ccomp", "parataxis"}
_CONDITION = {"if", "unless", "whether"}
_FIRST = {"i", "we"}
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a stance is looked for in.

    Attributes:
        cue: token of the verb of saying, or None for a whole sentence of a speech.
        extent: tokens of what is said.
        own: codes of the speaker; no stance is told toward oneself.
        addressees: those spoken to; `you` is taken for them.
        denies: what is said is denied, so that deeds told in it count for nothing.
    """

    cue: int | None
    extent: Sequence[int]
    own: frozenset[str]
    addressees: tuple[Participant, ...]
    denies: bool


_Signs = dict[str, list[tuple[int, tuple[int, ...]]]]


@cache
def _words() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """By part of speech and direction: sign by word."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in read_table("inconcert.code", "data/stance.tsv"):
        signs = found.setdefault((row["pos"], row["toward"]), {})
        signs[row["word"]] = 1 if row["sign"] == "+" else -1
    return found


class Stances:
    """Reads the stance of statements of one document."""

    def __init__(self, parsed: ParsedDocument, mentions: Mapping[int, ActorMention]) -> None:
        self.parsed, self.tokens, self.mentions = parsed, parsed.tokens, mentions

    def of(self, said: Said, named: Sequence[Participant]) -> tuple[Stance, ...]:
        """One stance for each actor named, the speaker left out.

        Args:
            named: actors of the statement besides the speaker: those it is about and addressed to.
        """
        signs: _Signs = {}
        inside = set(said.extent) - self._of_others(said)
        heads = sorted(inside | ({said.cue} if said.cue is not None else set()))
        for index in heads:
            for code, sign, words in self._judgements(index, inside, said):
                if code not in said.own:
                    signs.setdefault(code, []).append((sign, words))
        codes = dict.fromkeys([one.code for one in named if one.code not in said.own])
        codes.update(dict.fromkeys(signs))
        return tuple(self._stance(code, signs.get(code, [])) for code in codes)

    def _of_others(self, said: Said) -> set[int]:
        """Words that others are reported to say within: `Blinken said Moscow had accused Kyiv`."""
        found: set[int] = set()
        for index in said.extent:
            token = self.tokens[index]
            if index == said.cue or token.lemma not in cues().verbs:
                continue
            subjects = self.parsed.kids(index, "nsubj")
            codes = {code for each in subjects for code in self._codes(each.index, None)}
            if codes and not codes & said.own:
                for clause in self.parsed.kids(index, "ccomp"):
                    found.update(self.parsed.subtree(clause.index))
        return found

    def _stance(self, code: str, found: list[tuple[int, tuple[int, ...]]]) -> Stance:
        """The first word decides; where later ones disagree, the sign is open."""
        signs = {sign for sign, _ in found}
        if len(signs) != 1:
            return Stance(code, 0)
        words = sorted({index for _, indices in found for index in indices})
        spans = tuple((self.tokens[index].start, self.tokens[index].end) for index in words)
        return Stance(code, signs.pop(), spans)

    # -- judgements -------------------------------------------------------------------------

    def _judgements(
        self, index: int, inside: set[int], said: Said
    ) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        token = self.tokens[index]
        is_cue = index == said.cue
        if token.pos in {"VERB", "AUX"} or is_cue:
            yield from self._of_verb(token, inside, said)
        elif token.pos == "NOUN":
            yield from self._of_noun(token, said)
        if token.pos in {"ADJ", "NOUN", "VERB"}:
            yield from self._of_predicate(token, inside, said)

    def _of_verb(
        self, token: Token, inside: set[int], said: Said
    ) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        is_cue = token.index == said.cue
        negation = self._negation(token)
        sign, words = self._look_up(token, ("verb", "object"))
        if sign and (is_cue or self._is_by_the_speaker(token, said)):
            turned = -sign if negation else sign
            is_deed = token.lemma.lower() in _words()["verb", "subject"]
            if not negation or not is_deed:  # not to attack somebody is no praise
                for code in self._objects(token, words, inside, said, sign=sign):
                    yield code, turned, (*negation, *words)
        if is_cue or said.denies or negation or self._is_supposed(token):
            return
        sign, words = self._look_up(token, ("verb", "subject"))
        if sign:
            for subject in self._subjects(token):
                if subject in inside:
                    codes = self._codes(subject, said) or self._owners(subject, said)
                    for code in codes:
                        yield code, sign, words

    def _of_noun(self, token: Token, said: Said) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        words, lemma = _words(), token.lemma.lower()
        if self._is_denied(token) or said.denies:
            return
        sign = words["noun", "target"].get(lemma, 0)
        if sign:
            for kid in self._phrases(token):
                if kid.text.lower() in _TARGETING:
                    for noun in self.parsed.kids(kid.index, "pobj"):
                        for code in self._codes(noun.index, said):
                            yield code, sign, (token.index, kid.index)
        sign = words["noun", "owner"].get(lemma, 0)
        if sign < 0:
            for code in self._owners(token.index, said):
                yield code, sign, (token.index,)

    def _phrases(self, noun: Token) -> list[Token]:
        """Prepositions of a noun, and of the verb whose object it is: `extend our thanks to A`."""
        found = self.parsed.kids(noun.index, "prep", "dative")
        verb = self.tokens[noun.head]
        if noun.dep in {"dobj", "conj"} and verb.pos == "VERB":
            found += self.parsed.kids(verb.index, "prep", "dative")
        return found

    def _of_predicate(
        self, token: Token, inside: set[int], said: Said
    ) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        """`A is a friend`; `called A hostile`; `described A as a threat`; `grateful to A`."""
        words, lemma = _words(), token.lemma.lower()
        kind = "noun" if token.pos == "NOUN" else "adj"
        sign = words[kind, "bearer"].get(lemma, 0)
        verb = self.tokens[token.head]
        if sign and not said.denies:
            negation = self._negation(verb)
            if token.dep in {"attr", "acomp"} and not self._is_supposed(verb) and not negation:
                for subject in self._subjects(verb):
                    if subject in inside:
                        for code in self._codes(subject, said):
                            yield code, sign, (token.index,)
            for judged in self._judged(token, said):
                for code in (*self._codes(judged, said), *self._owners(judged, said)):
                    yield code, sign, (token.index,)
        if kind == "adj":
            sign = words["adj", "to"].get(lemma, 0)
            for kid in self.parsed.kids(token.index, "prep") if sign else []:
                if kid.text.lower() in {"to", "of"}:
                    for noun in self.parsed.kids(kid.index, "pobj"):
                        for code in self._codes(noun.index, said):
                            yield code, sign, (token.index, kid.index)

    def _judged(self, token: Token, said: Said) -> list[int]:
        """What the speaker's own verb says a predicate of: `called A's plan hostile`."""
        if said.cue is None:
            return []
        above = self.tokens[token.head]
        if token.dep == "pobj" and above.text.lower() == "as":
            above = self.tokens[above.head]
        if above.index != said.cue:
            subjects = self.parsed.kids(token.index, "nsubj", "npadvmod")
            return [kid.index for kid in subjects] if above.index == said.cue else []
        if token.dep not in {"oprd", "pobj", "ccomp", "xcomp", "attr", "acomp"}:
            return []
        own = self.parsed.kids(token.index, "nsubj", "npadvmod")
        objects = self.parsed.kids(above.index, "dobj")
        return [kid.index for kid in (*own, *objects) if kid.index != token.index]

    # -- the grammar ------------------------------------------------------------------------

    def _look_up(self, token: Token, kind: tuple[str, str]) -> tuple[int, tuple[int, ...]]:
        """The sign of a verb, alone or with its preposition, and the words that carry it."""
        signs = _words()[kind]
        lemma = token.lemma.lower()
        for kid in self.parsed.kids(token.index, "prep", "prt"):
            sign = signs.get(f"{lemma} {kid.text.lower()}", 0)
            if sign:
                return sign, (token.index, kid.index)
        return signs.get(lemma, 0), (token.index,)

    def _negation(self, token: Token) -> tuple[int, ...]:
        """Words that negate a verb; `not only` does not."""
        found: list[int] = []
        for kid in self.parsed.kids(token.index):
            if kid.dep == "neg" or kid.text.lower() in {"never", "neither"}:
                following = self.tokens[kid.index + 1 : kid.index + 2]
                if not following or following[0].text.lower() not in {"only", "just", "merely"}:
                    found.append(kid.index)
        return tuple(found)

    def _is_supposed(self, token: Token) -> bool:
        marks = self.parsed.kids(token.index, "mark", "aux")
        return any(
            mark.text.lower() in _CONDITION or mark.text.lower() in {"to", "should"}
            for mark in marks
        )

    def _is_denied(self, noun: Token) -> bool:
        return any(kid.text.lower() in {"no", "neither"} for kid in self.parsed.kids(noun.index))

    def _is_by_the_speaker(self, token: Token, said: Said) -> bool:
        for subject in self._subjects(token):
            if self.tokens[subject].text.lower() in _FIRST:
                return True
            if set(self._codes(subject, None)) & said.own:
                return True
        return False

    def _subjects(self, token: Token) -> list[int]:
        """Heads of the logical subject: of a passive, the by-phrase."""
        for _ in range(_DEPTH):
            if self.parsed.kids(token.index, "nsubjpass"):
                agents = self.parsed.kids(token.index, "agent")
                return [n.index for by in agents for n in self.parsed.kids(by.index, "pobj")]
            own = self.parsed.kids(token.index, "nsubj")
            if own:
                if own[-1].tag in {"WDT", "WP"} and own[-1].index not in self.mentions:
                    return [token.head] if token.dep == "relcl" else []
                return [own[-1].index]
            if token.dep == "pcomp":
                above = self.tokens[self.tokens[token.head].head]
                objects = self.parsed.kids(above.index, "dobj")
                return [kid.index for kid in objects] or self._subjects(above)
            if token.dep == "acl" and token.tag == "VBG":
                return [token.head]
            if token.dep not in {"conj", "xcomp", "advcl"} or token.head == token.index:
                return []
            token = self.tokens[token.head]
        return []

    def _objects(
        self, token: Token, words: tuple[int, ...], inside: set[int], said: Said, *, sign: int
    ) -> Iterator[str]:
        """Whom the object of an evaluating verb is or belongs to."""
        heads = [kid.index for kid in self.parsed.kids(token.index, "dobj", "dative", "nsubjpass")]
        for kid in self.parsed.kids(token.index, "prep", "dative"):
            if kid.index in words or (kid.text.lower() == "to" and sign > 0):
                heads += [noun.index for noun in self.parsed.kids(kid.index, "pobj")]
        for clause in self.parsed.kids(token.index, "ccomp", "xcomp"):
            heads += [kid.index for kid in self.parsed.kids(clause.index, "nsubj")]
        for head in heads:
            if head not in inside:
                continue
            codes = self._codes(head, said)
            yield from codes
            if not codes:
                yield from self._belonging(head, said, sign=sign)

    def _belonging(self, head: int, said: Said, *, sign: int, depth: int = 0) -> Iterator[str]:
        """Actors to whom a thing belongs, at any depth of its phrase, clauses left out."""
        if depth > _DEPTH:
            return
        owners = self._owners(head, said)
        yield from owners
        for kid in self.parsed.kids(head, "prep", "conj", "appos", "npadvmod"):
            if kid.dep == "prep":
                word = kid.text.lower()
                if owners or word in _VICTIM or (sign < 0 and word in _TARGETING):
                    continue
                for noun in self.parsed.kids(kid.index, "pobj"):
                    codes = self._codes(noun.index, said)
                    if word in _OWNING or word in {"with", "for", "between"}:
                        yield from codes
                    if not codes:
                        yield from self._belonging(noun.index, said, sign=sign, depth=depth + 1)
            else:
                codes = self._codes(kid.index, said)
                yield from codes
                if not codes:
                    yield from self._belonging(kid.index, said, sign=sign, depth=depth + 1)

    def _owners(self, head: int, said: Said | None) -> tuple[str, ...]:
        """Owners of a noun: `A's plan`, `the plan of A`, `the Russian plan`."""
        found: list[str] = []
        for kid in self.parsed.kids(head, "poss", "amod", "compound", "nmod"):
            found += self._codes(kid.index, said)
        for kid in self.parsed.kids(head, "prep", "agent"):
            if kid.text.lower() in _OWNING:
                for noun in self.parsed.kids(kid.index, "pobj"):
                    found += self._codes(noun.index, said)
        return tuple(dict.fromkeys(found))

    def _codes(self, head: int, said: Said | None) -> tuple[str, ...]:
        """Codes of the actors at a token and of those joined to it."""
        mention = self.mentions.get(head)
        found: list[str] = []
        if mention is not None:
            found += [one.code for one in mention.participants]
        elif said is not None and self.tokens[head].text.lower() == "you":
            found += [one.code for one in said.addressees]
        for kid in self.parsed.kids(head, "conj", "appos"):
            if kid.dep == "conj" or not found:
                found += self._codes(kid.index, said) if kid.index > head else ()
        return tuple(dict.fromkeys(found))
