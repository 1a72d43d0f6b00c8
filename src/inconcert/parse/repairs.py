"""Repairs of what the parser regularly gets wrong in this kind of text."""

from __future__ import annotations

from collections.abc import Sequence

from inconcert.core.parsed import Token


def repaired(tokens: Sequence[Token], first: int) -> list[Token]:
    """The tokens of a paragraph with known misreadings mended.

    "Spoke today with the Emir to thank him" is read as if the Emir thanked: `with` marks a clause.
    It is read again as a phrase of the verb above, and the infinitive as its purpose.

    Args:
        tokens: of one paragraph, in order.
        first: index of the first of them in the document.
    """
    found = list(tokens)
    for token in tokens:
        if token.dep != "mark" or token.text.lower() != "with":
            continue
        clause = found[token.head - first]
        below = [each for each in found if each.head == clause.index]
        subject = next((each for each in below if each.dep == "nsubj"), None)
        is_infinitive = any(each.tag == "TO" and each.dep == "aux" for each in below)
        if subject is None or not is_infinitive or clause.head == clause.index:
            continue
        if not token.index < subject.index < clause.index:
            continue
        verb = clause.head
        found[token.index - first] = token._replace(dep="prep", head=verb)
        found[subject.index - first] = subject._replace(dep="pobj", head=token.index)
        found[clause.index - first] = clause._replace(dep="advcl")
    return found
