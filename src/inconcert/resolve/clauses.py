"""What the tree of a sentence tells of time: its clauses, their tense, what a word may date."""

from __future__ import annotations

from inconcert.core.parsed import ParsedDocument, Token

_NOUN_BOUND = {"poss", "amod", "nummod", "compound", "nmod", "appos"}
_OTHER_TIME = {
    "before", "after", "since", "until", "till", "if", "unless", "because", "once", "although",
    "though", "whereas",
}  # fmt: skip
_GOING_ON = {"continue", "begin", "start", "help", "manage"}
"""Verbs whose infinitive is as much under way as they are."""

_PLANS = {"plan", "schedule", "expect", "slate", "set", "due", "intend"}
"""Participles of what is still to come: `the talks scheduled for June`."""

_NOT_YET = {"will", "would", "'ll", "can", "could", "may", "might", "should", "to"}


def verb_above(parsed: ParsedDocument, head: int, sentence: int) -> int:
    """The verb that an expression hangs from, or the top of its sentence."""
    token = parsed.tokens[head]
    while token.pos not in {"VERB", "AUX"} and token.head != token.index:
        above = parsed.tokens[token.head]
        if above.sentence != sentence:
            break
        token = above
    return token.index


def head_of(parsed: ParsedDocument, sentence: int, start: int, end: int) -> int:
    """The token of a stretch that hangs it in the tree."""
    bounds = parsed.sentences[sentence]
    inside = [
        token.index
        for token in parsed.tokens[bounds.first : bounds.last]
        if token.start < end and token.end > start and token.pos != "PUNCT"
    ]
    if not inside:
        return bounds.first
    for index in inside:
        head = parsed.tokens[index].head
        if head == index or head not in inside:
            return index
    return inside[0]


def quote_of(parsed: ParsedDocument, at: int) -> int | None:
    """Start of the quote that holds a character; scare quotes do not count."""
    for quote in parsed.quotes:
        if quote.start > at:
            return None
        if at < quote.end and not quote.is_scare:
            return quote.start
    return None


def binds(parsed: ParsedDocument, node: Token, predicate: int) -> bool:
    """Whether the expression may date more than the noun that it modifies."""
    noun = _parted_noun(parsed, node)
    if noun is not None:
        return predicate == noun
    head = parsed.tokens[node.head]
    if head.pos not in {"NOUN", "PROPN"} or head.index == predicate:
        return True
    if node.dep in _NOUN_BOUND or node.text.lower() == "of":
        return False
    return not (node.dep == "npadvmod" and parsed.kids(head.index, "poss"))


def _parted_noun(parsed: ParsedDocument, node: Token) -> int | None:
    """The noun that an expression parts from its clause (`his pledge last week that …`)."""
    below = parsed.subtree(node.index)
    before, after = below[0] - 1, below[-1] + 1
    if before < 0 or after >= len(parsed.tokens):
        return None
    if parsed.tokens[after].text.lower() not in {"that", "to"} or not parsed.kids(before, "poss"):
        return None
    return before


def has_own_time(parsed: ParsedDocument, clause: Token) -> bool:
    """Whether a clause has a time of its own, which is not that of the clause above it."""
    return any(mark.text.lower() in _OTHER_TIME for mark in parsed.kids(clause.index, "mark"))


def clauses_between(parsed: ParsedDocument, predicate: int, top: int) -> list[Token]:
    """Heads of the clauses left on the way up from the predicate."""
    found, token = [], parsed.tokens[predicate]
    while token.index != top and token.head != token.index:
        if token.dep in {"ccomp", "parataxis", "relcl", "advcl", "acl"}:
            found.append(token)
        token = parsed.tokens[token.head]
    return found


def is_past(parsed: ParsedDocument, verb: Token) -> bool:
    """Whether a verb tells of what is over; a bare participle does (`as agreed in March`)."""
    helpers = {kid.text.lower() for kid in parsed.kids(verb.index, "aux", "auxpass")}
    if helpers & _NOT_YET:
        return False
    if verb.tag == "VBN" and not helpers and verb.dep in {"advcl", "acl", "relcl"}:
        return verb.lemma not in _PLANS
    return verb.tag == "VBD" or bool(helpers & {"had", "has", "have", "'ve", "was", "were"})


def is_perfect(parsed: ParsedDocument, verb: int) -> bool:
    """Whether a verb reaches up to now (`has held`, `have been holding`)."""
    helpers = {kid.text.lower() for kid in parsed.kids(verb, "aux", "auxpass")}
    return bool(helpers & {"has", "have", "'ve", "’ve"}) and not helpers & _NOT_YET


def lies_behind(parsed: ParsedDocument, predicate: int) -> bool:
    """Whether the predicate, or the verb over an event noun, is told in the past."""
    token = parsed.tokens[predicate]
    for _ in range(3):
        if token.pos in {"VERB", "AUX"}:
            return is_past(parsed, token)
        token = parsed.tokens[token.head]
    return False


def lies_ahead(parsed: ParsedDocument, predicate: int) -> bool:
    """Whether the predicate is told as future (`will meet`, `is to meet`, `plans to meet`)."""
    token = parsed.tokens[predicate]
    for _ in range(3):
        for kid in parsed.kids(token.index, "aux"):
            if kid.text.lower() in {"will", "shall", "'ll", "’ll"}:
                return True
            if kid.tag == "TO" and token.dep == "xcomp":
                head = parsed.tokens[token.head]
                return head.tag in {"VBZ", "VBP", "VBG", "VBN"} and head.lemma not in _GOING_ON
        if token.dep == "pcomp" and _looks_forward(parsed, token):
            return True
        if token.dep not in {"pobj", "prep", "dobj", "conj", "xcomp"}:
            return False
        token = parsed.tokens[token.head]
    return False


def _looks_forward(parsed: ParsedDocument, gerund: Token) -> bool:
    """`looks forward to welcoming him on Friday`."""
    verb = parsed.tokens[parsed.tokens[gerund.head].head]
    words = {kid.text.lower() for kid in parsed.kids(verb.index)}
    return verb.lemma == "look" and "forward" in words
