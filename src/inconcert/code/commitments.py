"""What a speaker commits to, or asks of others: promise, demand, denial, condition.

The verb of saying decides where it tells (`vowed`, `urged`, `denied`); otherwise the words said do:
`we will` of the speaker's own is a promise, `they must` of another's a demand. What hangs on an
`if` or `unless` is a condition. A threat is a promise, a refusal a denial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from inconcert.code.cues import Cue
from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.statement import Commitment
from inconcert.ontology.tables import read_table

_FIRST = {"i", "we"}
_MAIN = {"ROOT", "ccomp", "conj", "parataxis"}
_HYPOTHETICAL = {"would", "could", "'d", "might"}
_VERBS_OF_DENIAL = {
    "deny",
    "refute",
    "rebut",
    "disavow",
    "dispute",
    "rule out",
    "refuse",
    "decline",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a commitment is looked for in.

    Attributes:
        at: token of the word of saying.
        cue: the word of saying, if there is one.
        is_direct: the words are the speaker's own, so that `would` promises nothing.
        extent: tokens of what is said.
        own: codes of the speaker.
        is_object: what is said is no clause but the object of the verb of saying.
    """

    at: int | None
    cue: Cue | None
    is_direct: bool
    extent: Sequence[int]
    own: frozenset[str]
    is_object: bool


@cache
def _words() -> Mapping[str, Mapping[str, Commitment]]:
    found: dict[str, dict[str, Commitment]] = {}
    for row in read_table("inconcert.code", "data/commitment.tsv"):
        found.setdefault(row["kind"], {})[row["word"]] = cast("Commitment", row["means"])
    return found


class Commitments:
    """Reads the commitment of statements of one document."""

    def __init__(self, parsed: ParsedDocument, mentions: Mapping[int, ActorMention]) -> None:
        self.parsed, self.tokens, self.mentions = parsed, parsed.tokens, mentions

    def of(self, asked: Asked) -> Commitment:
        """The commitment of one statement."""
        by_cue = self._by_cue(asked)
        if by_cue == "denial":
            return by_cue
        by_words = self._by_words(asked)
        if (by_cue != "none" or by_words != "none") and self._is_conditional(asked):
            return "condition"
        if by_cue == "none" and self._is_conditional(asked) and self._has_modal(asked):
            return "condition"
        return by_cue if by_cue != "none" else by_words

    def _by_cue(self, asked: Asked) -> Commitment:
        if asked.cue is None:
            return "none"
        forces = _words()["force"]
        cue = asked.cue
        if cue.force == "deny" and asked.is_object and cue.lemma not in _VERBS_OF_DENIAL:
            return "denial"
        if "describe" in cue.forces and not self._calls_for(asked.at):
            return "none"
        if cue.force in {"ask", "propose"} and not asked.is_object and not self._is_asked(asked):
            return "none"
        return forces.get(cue.force, "none")

    def _calls_for(self, at: int | None) -> bool:
        """Whether `call` asks for something; it may as well give a name."""
        kids = [] if at is None else self.parsed.kids(at, "prep")
        return any(kid.text.lower() in {"for", "on", "upon"} for kid in kids)

    def _is_asked(self, asked: Asked) -> bool:
        """Whether it is asked that somebody do something, not whether something is so."""
        return any(self.tokens[index].tag == "TO" for index in list(asked.extent)[:8])

    def _by_words(self, asked: Asked) -> Commitment:
        """From the main verbs of what is said."""
        inside = set(asked.extent)
        for index in asked.extent:
            token = self.tokens[index]
            if token.pos not in {"VERB", "AUX"} or not self._is_main(token, inside):
                continue
            means = self._of_verb(token, asked)
            if means != "none":
                return means
        return "none"

    def _is_main(self, token: Token, inside: set[int]) -> bool:
        return token.head not in inside or token.head == token.index or token.dep in _MAIN

    def _of_verb(self, token: Token, asked: Asked) -> Commitment:
        modals = _words()["modal"]
        subjects = self.parsed.kids(token.index, "nsubj", "nsubjpass")
        is_own = any(self._is_own(subject, asked) for subject in subjects)
        auxiliaries = self.parsed.kids(token.index, "aux")
        words = [kid.text.lower() for kid in auxiliaries]
        if asked.is_direct and not subjects and token.tag == "VB" and not words:
            return "demand" if token.lemma not in {"let", "thank", "see"} else "none"
        if token.lemma in {"have", "need"} and self._has_infinitive(token) and not is_own:
            return "demand"
        for word in words:
            means = modals.get(word, "none")
            if means == "promise" and is_own:
                if word in _HYPOTHETICAL and asked.is_direct:
                    return "none"
                if self.parsed.kids(token.index, "neg"):
                    return "denial"
                return "promise" if token.pos == "VERB" else "none"
            if means == "demand" and not is_own and subjects:
                return "demand"
        return "none"

    def _is_own(self, subject: Token, asked: Asked) -> bool:
        if subject.text.lower() in _FIRST:
            return True
        mention = self.mentions.get(subject.index)
        codes = {one.code for one in mention.participants} if mention is not None else set()
        return bool(codes) and codes <= asked.own

    def _has_infinitive(self, token: Token) -> bool:
        return any(
            kid.tag == "TO"
            for clause in self.parsed.kids(token.index, "xcomp")
            for kid in self.parsed.kids(clause.index, "aux")
        )

    def _is_conditional(self, asked: Asked) -> bool:
        words = _words()
        inside = set(asked.extent)
        for index in asked.extent:
            token = self.tokens[index]
            is_mark = token.dep == "mark" and token.text.lower() in words["mark"]
            if is_mark and self.tokens[token.head].dep == "advcl":
                return True
        text = " ".join(self.tokens[index].text.lower() for index in sorted(inside))
        return any(f" {phrase} " in f" {text} " for phrase in words["phrase"])

    def _has_modal(self, asked: Asked) -> bool:
        return any(self.tokens[index].tag == "MD" for index in asked.extent)
