"""Whether a predicate tells of something done: PLOVER's auxiliary modes from the grammar.

A mode comes from the predicate's own auxiliaries, negation and adverbs, from the verb it is joined
to when it has none of its own, and from the verbs and nouns that govern it.
"""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.code.clauses import Clauses
from inconcert.code.matching import holds
from inconcert.code.tables import Frame, Tables
from inconcert.core.event import FUTURE, HISTORICAL, HYPOTHETICAL, NEGATION
from inconcert.core.parsed import Token

_VERBAL = {"VERB", "AUX"}
_COMPLEMENT = {"xcomp", "ccomp", "pcomp", "acl", "advcl"}
_DEPTH = 6
_FIRST_PERSON = {"i", "we", "me", "us", "my", "our"}
_UNTIL_THEN = {"before", "until", "till", "once", "when", "as"}


@dataclass(frozen=True, slots=True)
class Governor:
    """The verb, adjective or noun that takes a predicate as its complement."""

    token: int
    frame: Frame


def governor(clauses: Clauses, tables: Tables, verb: int) -> Governor | None:
    """What governs the predicate, if a frame of the table does.

    A predicate joined to another by "and" has the other's governor when it has no subject of its
    own.
    """
    tokens = clauses.tokens
    token = tokens[verb]
    for _ in range(_DEPTH):
        if token.dep != "conj" or clauses.parsed.kids(token.index, "nsubj", "nsubjpass"):
            break
        token = tokens[token.head]
    if token.dep not in _COMPLEMENT or token.head == token.index:
        return None
    head = tokens[token.head]
    if token.dep == "pcomp" or head.pos == "ADP":
        head = tokens[head.head]
    if token.dep == "advcl" and head.pos in _VERBAL:
        # the parser calls some complements adverbial: "pushed for sanctions to be lifted"
        is_complement = (head.lemma, "adverbial complement") in tables.modality
        if token.tag not in {"VB", "VBN"} or not is_complement:
            return None
    frame = frame_of(clauses, tables, head)
    if frame is None and token.dep == "ccomp":  # "it is not likely that": the adjective governs
        for adjective in clauses.parsed.kids(head.index, "acomp"):
            frame = frame_of(clauses, tables, adjective)
    return None if frame is None else Governor(head.index, frame)


def frame_of(clauses: Clauses, tables: Tables, head: Token) -> Frame | None:
    """The frame of a governing word, the most demanding that holds."""
    for frame in tables.frames.get(head.lemma.lower(), ()):
        if all(holds(clauses, condition, head.index) for condition in frame.conditions):
            return frame
    return None


def performs_politely(clauses: Clauses, tables: Tables, verb: int) -> bool:
    """Whether "I would like to thank" or "we wish to condemn" is the act itself."""
    token = clauses.tokens[verb]
    head = clauses.tokens[token.head]
    subjects = [*clauses.subjects(verb)]
    if token.dep in {"xcomp", "ccomp", "acl", "pcomp"}:
        if token.dep == "pcomp":
            head = clauses.tokens[head.head]
        if (head.lemma, "performs") not in tables.modality:
            return False
        if NEGATION in _own(clauses, tables, head.index):
            return False
        subjects += [*clauses.subjects(head.index), *_owners(clauses, head.index)]
    elif {kid.lemma.lower() for kid in clauses.parsed.kids(verb, "aux")} != {"would"}:
        return False
    return any(clauses.tokens[each].text.lower() in _FIRST_PERSON for each in subjects)


def _owners(clauses: Clauses, index: int) -> list[int]:
    return [kid.index for kid in clauses.parsed.kids(index, "poss")]


def is_refused(clauses: Clauses, tables: Tables, verb: int) -> bool:
    """Whether the verb itself says "will not"; "has not sought to" is no refusal."""
    own = _own(clauses, tables, verb)
    return NEGATION in own and (FUTURE in own or _is_would(clauses, verb))


def auxiliary_modes(clauses: Clauses, tables: Tables, verb: int) -> frozenset[str]:
    """The auxiliary modes of a predicate, its own and those it inherits.

    Returns:
        Some of PLOVER's `historical`, `future`, `hypothetical`, `negation`; empty for a plain
        report of something done.
    """
    modes = set(_own(clauses, tables, verb))
    current = verb
    for _ in range(_DEPTH):
        token = clauses.tokens[current]
        if token.dep == "conj" and _is_verbal(clauses, token.head):
            if not _has_own_verb_group(clauses, current):
                modes |= _own(clauses, tables, token.head)
            current = token.head
            continue
        found = governor(clauses, tables, current)
        if found is not None:
            if found.frame.force in {"announce", "report"} and _is_would(clauses, current):
                modes.discard(HYPOTHETICAL)  # "said it would": future, seen from the past
            modes |= _from_force(clauses, found, current)
            if found.frame.force in {"announce", "report"}:
                # neither "did not say that it left" nor "reports that it left" tells that it left
                modes |= _own(clauses, tables, found.token) & {NEGATION}
                if clauses.tokens[found.token].pos == "NOUN":
                    modes.add(HYPOTHETICAL)
            if not _is_verbal(clauses, found.token):
                current = _verb_above(clauses, found.token)
                if current < 0:
                    break
            else:
                current = found.token
            if found.frame.force in {"begin", "stop", "intend", "attempt", "cause", "permit"}:
                modes |= _own(clauses, tables, current)
            continue
        modes |= _from_position(clauses, tables, current)
        break
    if FUTURE in modes and HYPOTHETICAL in modes:
        modes.discard(FUTURE)
    return frozenset(modes)


def _own(clauses: Clauses, tables: Tables, verb: int) -> set[str]:
    """Modes from the verb's own auxiliaries, negation, adverbs and subject."""
    modes: set[str] = set()
    for kid in clauses.parsed.kids(verb):
        word = kid.lemma.lower()
        if kid.dep == "neg":
            modes.add(NEGATION)
        elif kid.dep in {"aux", "auxpass"}:
            modes |= _of(tables, "will" if kid.text in {"'ll", "wo"} else word, "aux")
        elif kid.dep == "mark":
            modes |= _of(tables, word, "mark")
        elif kid.dep in {"advmod", "npadvmod"}:
            modes |= _of(tables, word, "adverb")
            modes |= _long_ago(clauses, tables, kid)
        elif kid.dep in {"nsubj", "nsubjpass", "dobj"}:
            for part in clauses.parsed.kids(kid.index, "det", "preconj", "cc"):
                modes |= _of(tables, part.lemma.lower(), "subject")
            modes |= _of(tables, word, "subject") if kid.dep != "dobj" else set()
    if _is_going_to(clauses, verb):
        modes.add(FUTURE)
    if _is_inverted(clauses, verb):
        modes.add(HYPOTHETICAL)
    if _is_of_a_career(clauses, verb):
        modes.add(HISTORICAL)
    return modes


def _is_of_a_career(clauses: Clauses, verb: int) -> bool:
    """Whether it is a line of somebody's life: "As Under Secretary, he worked with"."""
    if clauses.tokens[verb].tag != "VBD":
        return False
    kids = clauses.parsed.kids(verb)
    is_person = any(kid.dep == "nsubj" and kid.text.lower() in {"he", "she"} for kid in kids)
    return is_person and any(
        kid.dep == "prep" and kid.text.lower() == "as" and kid.index < verb for kid in kids
    )


def _is_inverted(clauses: Clauses, verb: int) -> bool:
    """Whether "had" stands before its subject, as in "had they attacked"."""
    kids = clauses.parsed.kids(verb)
    subject = next((kid.index for kid in kids if kid.dep in {"nsubj", "nsubjpass"}), -1)
    return any(
        kid.dep == "aux" and kid.tag == "VBD" and kid.lemma == "have" and kid.index < subject
        for kid in kids
    )


def _of(tables: Tables, word: str, kind: str) -> set[str]:
    mode = tables.modality.get((word, kind))
    return set() if mode is None else {mode}


def _long_ago(clauses: Clauses, tables: Tables, adverbial: Token) -> set[str]:
    """`two decades ago`, `not long ago`: the time expression itself tells."""
    words = [
        clauses.tokens[index].text.lower() for index in clauses.parsed.subtree(adverbial.index)
    ]
    if "ago" in words:
        if any(kind == "phrase" and word in words for word, kind in tables.modality):
            return {HISTORICAL}
        if "long" in words:
            return {HISTORICAL}
    return set()


def _is_going_to(clauses: Clauses, verb: int) -> bool:
    token = clauses.tokens[verb]
    head = clauses.tokens[token.head]
    return token.dep == "xcomp" and head.lemma == "go" and head.tag == "VBG"


def _from_force(clauses: Clauses, found: Governor, verb: int) -> set[str]:
    """What the governing word does to its complement."""
    force = found.frame.force
    if force == "intend":
        return {FUTURE}
    if force in {"attempt", "belief", "deny", "accuse"}:
        return {HYPOTHETICAL}
    if force in {"fail", "refuse"}:
        return {NEGATION}
    if force in {"commit", "threaten", "request", "permit"}:
        return {FUTURE}
    if force in {"announce", "report"} and _is_would(clauses, verb):
        return {FUTURE}
    return set()


def _is_would(clauses: Clauses, verb: int) -> bool:
    return any(
        kid.lemma.lower() == "would" or kid.text == "'d" for kid in clauses.parsed.kids(verb, "aux")
    )


def _from_position(clauses: Clauses, tables: Tables, verb: int) -> set[str]:
    """Infinitives of purpose, conditional clauses, orders and questions tell of nothing done."""
    token = clauses.tokens[verb]
    kids = clauses.parsed.kids(verb)
    if token.dep == "csubj":
        return {HYPOTHETICAL}
    if token.dep == "pcomp":
        preposition = clauses.tokens[token.head]
        noun = clauses.tokens[preposition.head].lemma.lower()
        if (noun, "gerund fact") in tables.modality:
            return set()
        own = _of(tables, preposition.text.lower(), "gerund")
        above = _verb_above(clauses, preposition.index)
        return own if own or above < 0 else set(auxiliary_modes(clauses, tables, above))
    if _is_going_to(clauses, verb):
        return set()
    is_infinitive = any(kid.tag == "TO" for kid in kids if kid.dep == "aux")
    if is_infinitive and not any(kid.lemma == "have" for kid in kids if kid.dep == "aux"):
        return {HYPOTHETICAL}
    if (
        token.tag == "VB"
        and token.dep == "ROOT"
        and not any(k.dep in {"aux", "nsubj"} for k in kids)
    ):
        return {HYPOTHETICAL}
    if token.dep == "advcl" and _is_verbal(clauses, token.head) and _follows_its_verb(token, kids):
        # "will come, bringing aid": what goes along with it is as far ahead
        return set(auxiliary_modes(clauses, tables, token.head)) - {NEGATION}
    if token.dep in {"advcl", "ccomp", "xcomp"} and _is_verbal(clauses, token.head):
        marks = clauses.parsed.kids(token.head, "mark")
        return {mode for mark in marks for mode in _of(tables, mark.lemma.lower(), "mark")}
    if token.dep in {"relcl", "acl"}:
        return set()
    return _question(clauses, token)


def _follows_its_verb(token: Token, kids: list[Token]) -> bool:
    """Whether a clause is as far ahead as the one above: "will leave once we complete it"."""
    if token.tag == "VBG":
        return True
    marks = {kid.text.lower() for kid in kids if kid.dep in {"mark", "advmod"}}
    return bool(marks & _UNTIL_THEN) and token.tag in {"VBP", "VBZ", "VBN"}


def _question(clauses: Clauses, token: Token) -> set[str]:
    last = next((k for k in reversed(clauses.parsed.kids(token.index)) if k.dep == "punct"), None)
    return (
        {HYPOTHETICAL} if token.dep == "ROOT" and last is not None and last.text == "?" else set()
    )


def _has_own_verb_group(clauses: Clauses, verb: int) -> bool:
    return any(
        kid.dep in {"aux", "auxpass", "nsubj", "nsubjpass"} for kid in clauses.parsed.kids(verb)
    )


def _is_verbal(clauses: Clauses, index: int) -> bool:
    return clauses.tokens[index].pos in _VERBAL


def _verb_above(clauses: Clauses, index: int) -> int:
    """The nearest verb above a noun or adjective, or -1."""
    token = clauses.tokens[index]
    for _ in range(_DEPTH):
        if token.head == token.index:
            return token.index if token.pos in _VERBAL else -1
        token = clauses.tokens[token.head]
        if token.pos in _VERBAL:
            return token.index
    return -1
