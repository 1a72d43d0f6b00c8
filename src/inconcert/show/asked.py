"""A question in words: its title, what it asks, what was read for it, how to ask it again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from datetime import date

from inconcert.core.evidence import Corpus
from inconcert.core.question import Question
from inconcert.judge.amounts import asked_days, counted, dated, listed, number, percent
from inconcert.judge.caveats import own_voices

Names = Callable[[str], str]

MOST_COUNTRIES = 5
"""Countries named in the line on the material; the rest are put together."""

LEAST_SHARE = 0.01
"""Share of sentences below which a country is not named there."""


def title(question: Question) -> str:
    """The question in the analyst's words, else in ours."""
    if question.title:
        return question.title
    names, other = listed(question.names), question.toward_name
    if len(question.actors) == 2:
        return f"{names} toward {other}: in concert, or in parallel?"
    return f"{names}: done and said toward {other}"


def spelt_out(question: Question, names: Names) -> str:
    """Who is asked about, toward whom, when, in which sources."""
    asked = f"Asked: {listed(question.names)} toward {question.toward_name}"
    members = [names(code) for code in question.toward]
    if len(members) > 1 and question.toward_name != " and ".join(members):
        asked += f" ({listed(members)})"
    if question.span is not None:
        asked += f", {asked_days(question.span)}"
    if question.split is not None:
        asked += f", before {dated(question.split)} and from that day on"
    if question.sources:
        asked += f"; only in {listed(question.sources)}"
    return f"{asked}."


def material(corpus: Corpus, names: Names) -> str:
    """What was read, in one sentence: how much, and whose words."""
    if not corpus.documents:
        return "No texts were read for it."
    size = f"{counted(corpus.sentences, 'sentence')} of {counted(corpus.documents, 'document')}"
    shares = country_shares(corpus, names)
    if not shares:
        return f"Read: {size}."
    return f"Read: {size}. Sentences by the speaker’s country: {', '.join(shares)}."


def country_shares(corpus: Corpus, names: Names) -> list[str]:
    """Countries with their shares of the sentences, those that hardly speak put together."""
    total = sum(count for _, count in corpus.sentences_by_country)
    ranked = sorted(corpus.sentences_by_country, key=lambda pair: -pair[1])
    told = [pair for pair in ranked[:MOST_COUNTRIES] if pair[1] >= LEAST_SHARE * total]
    shares = [
        f"{'unknown' if code is None else names(code)} {percent(count, total)}"
        for code, count in told
    ]
    rest = ranked[len(told) :]
    if rest:
        share = percent(sum(count for _, count in rest), total)
        shares.append(f"{counted(len(rest), 'other')} {share}")
    return shares


def heard(question: Question, corpus: Corpus) -> str:
    """How much of what was read is spoken by the sides of the question themselves."""
    voices = [f"{name} {number(count)}" for name, count in own_voices(question, corpus)]
    return f"Sentences spoken by the sides of the question themselves: {', '.join(voices)}."


def command(question: Question, sources: Sequence[str]) -> str:
    """The command that asks the question again."""
    words = ["inconcert", "ask", *("+".join(codes) for codes in question.actors)]
    words += ["--toward", "+".join(question.toward)]
    if question.span is not None and question.span.first != date.min:
        words += ["--from", str(question.span.first)]
    if question.span is not None and question.span.last != date.max:
        words += ["--to", str(question.span.last)]
    if question.split is not None:
        words += ["--split", str(question.split)]
    for source in sources:
        words += ["--source", source]
    return shlex.join(words)
