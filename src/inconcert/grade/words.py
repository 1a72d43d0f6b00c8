"""Grading of statements, quotes and mentions of actors."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inconcert.core.mention import ActorMention, Participant
from inconcert.core.statement import Statement
from inconcert.grade.codes import comparable, comparable_set, goes_by_name
from inconcert.grade.key import Key, KeyActor, KeyStatement, Span
from inconcert.grade.matching import overlap
from inconcert.grade.result import GradedText

TRAILING = ".,;:!?…—– \u00a0\t\r\n"
"""What may stand at the end of a quote inside its marks without belonging to it."""


def has_speaker(item: KeyStatement, text: GradedText, key: Key) -> bool:
    """Whether a coded statement on the same words has the right speaker."""
    names = _names(item, key.actors)
    return any(
        _is_same_speaker(item, names, coded)
        for coded in text.statements
        if _is_on_same_words(item, coded)
    )


def is_exact(quote: Span, text: GradedText) -> bool:
    """Whether a coded quote has the same characters, marks at its end left aside."""
    wanted = _trimmed(quote, text.text)
    return any(
        _trimmed(coded, text.text) == wanted
        for statement in text.statements
        for coded in statement.quotes
    )


def is_resolved(actor: KeyActor, span: Span, text: GradedText) -> bool:
    """Whether a coded mention on these characters stands for the actor.

    Where a seat is named as a place and nobody acts, the state it lies in counts.
    """
    code = comparable(actor.code)
    return any(
        code in comparable_set(each.code for each in _meant(mention))
        for mention in text.mentions
        if overlap(span, (mention.start, mention.end))
    )


def _meant(mention: ActorMention) -> tuple[Participant, ...]:
    return mention.participants or (() if mention.place is None else (mention.place,))


def _is_on_same_words(item: KeyStatement, coded: Statement) -> bool:
    theirs = [(coded.start, coded.end), (coded.content_start, coded.content_end), *coded.quotes]
    ours = [item.at.anchor, *item.quotes, *item.at.also]
    return any(overlap(one, other) for one in ours for other in theirs)


def _is_same_speaker(item: KeyStatement, names: Iterable[str], coded: Statement) -> bool:
    codes = [speaker.code for speaker in coded.speakers]
    if codes and comparable_set(codes) == comparable_set(item.codes):
        return True
    if any(not goes_by_name(code) for code in (*item.codes, *codes)):
        return False
    words = _words(coded.speaker_text)
    return any(_stands_in(_words(name), words) for name in names)


def _names(item: KeyStatement, actors: Iterable[KeyActor]) -> set[str]:
    """The surname of a speaker, and the forms in which the key's text names them."""
    words = _words(item.speaker)
    names = {words[-1]} if words else set()
    for actor in actors:
        if actor.at.file == item.at.file and item.speaker and actor.name == item.speaker:
            names.update(form for form, _ in actor.aliases)
    return names


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text.replace("’", "'").casefold())


def _stands_in(part: list[str], whole: list[str]) -> bool:
    width = len(part)
    places = range(len(whole) - width + 1)
    return width > 0 and any(whole[place : place + width] == part for place in places)


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    return start, start + len(text[start:end].rstrip(TRAILING))
