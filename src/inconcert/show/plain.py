"""Answers and reports as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill, indent
from typing import Any

from inconcert.core.evidence import EventRecord, Located, one_each, outlets
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.verdict import Answer, Column
from inconcert.judge.amounts import counted as plural
from inconcert.judge.amounts import listed, told_in
from inconcert.judge.parts import toward_or_with
from inconcert.show.plain_findings import findings
from inconcert.show.plain_sources import sayings, sources
from inconcert.show.words import days_of, short_days, speaker_words

_WIDTH = 96
_SHOWN = 8


def summary(answer: Answer) -> str:
    """The question and its answer in a few lines."""
    lines = [answer.question.title or _asked(answer)]
    if answer.verdict is not None:
        lines.append(f"  Verdict: {answer.verdict.head}.")
        lines += [
            indent(fill(f"{part.name}: {part.value}. {part.reason}", _WIDTH - 4), "    ")
            for part in answer.verdict.parts
        ]
    for column in answer.columns if has_texts(answer) else ():
        counts = f"{column.name}: {_counts(column, answer.question)}"
        lines.append(indent(fill(counts, _WIDTH - 4, subsequent_indent="  "), "  "))
    return "\n".join(lines)


def has_texts(answer: Answer) -> bool:
    """Whether texts stand behind an answer; where only datasets do, none is said to be silent."""
    return bool(answer.corpus.documents) or not answer.by_source


def text(answer: Answer) -> str:
    """The answer with the first sentences of each part; the brief has them all."""
    lines = [summary(answer), *sources(answer), *findings(answer)]
    if has_texts(answer):
        lines += _texts(answer)
    if answer.verdict is not None:
        lines += _list("Mind", answer.verdict.caveats)
        lines += _list("Missing", answer.verdict.missing)
    return "\n".join(lines)


def _texts(answer: Answer) -> list[str]:
    """What was read of texts, and the records found in them."""
    corpus, other = answer.corpus, answer.question.toward_name
    lines = [
        "",
        (
            f"  Read: {plural(corpus.documents, 'document')}, "
            f"{plural(corpus.sentences, 'sentence')} from {plural(len(corpus.sources), 'source')}."
        ),
    ]
    if len(answer.columns) > 1:
        lines += _section(f"Joint acts toward or with {other}", answer.joint)
        lines += _section("Consultations between them, about anything", answer.consultations)
    lines += sayings(answer)
    for column in answer.columns:
        lines += _section(f"{column.name}: acts toward, with or about {other}", column.deeds)
        lines += _statements(column, other)
    if len(answer.columns) == 2:
        lines += _named(answer)
    return lines


def actors(found: Sequence[Mapping[str, Any]], name: str) -> str:
    """Candidates for a name, best first."""
    if not found:
        return f"Nobody in the register fits {name!r}. Add them to the case's actors.toml."
    lines = []
    for item in found:
        sectors = ", ".join(item["sectors"])
        lines.append(f"{item['name']} ({item['id']}): {item['country']} {sectors}".rstrip())
        span = " to ".join(str(day) if day else "…" for day in (item["since"], item["until"]))
        lines.append(f"  {item['title'] or item['kind']}; {span}; {item['why']}")
    return "\n".join(lines)


def _asked(answer: Answer) -> str:
    question = answer.question
    return f"{' and '.join(question.names)} toward {question.toward_name}"


def _counts(column: Column, question: Question) -> str:
    deeds = one_each(column.deeds)
    types = Counter(item.event.type for item in deeds)
    named = ", ".join(f"{kind} {count}" for kind, count in types.most_common())
    met = len(one_each(toward_or_with(column.deeds, question.toward)))
    acts = f"{plural(met, 'act')} toward or with {question.toward_name}"
    about = f"{len(deeds) - met} only about it"
    told = f", told in {told_in(len(column.deeds), outlets(column.deeds))}" if deeds else ""
    said = f"{plural(len(column.statements), 'statement')} that {_name(column)} it"
    return f"{acts}, {about}{f' ({named})' if named else ''}{told}; {said}."


def _name(column: Column) -> str:
    return "names" if len(column.statements) == 1 else "name"


def _section(head: str, records: Sequence[EventRecord]) -> list[str]:
    if not records:
        return ["", f"  {head}: none found."]
    again = Counter(item.event_id for item in records)
    heads = one_each(records)
    told = f", {told_in(len(records), outlets(records))}" if len(heads) < len(records) else ""
    lines = ["", f"  {head}: {len(heads)}{told}"]
    for item in heads[:_SHOWN]:
        event = item.event
        who = f"{_codes_of(event.actors)} → {_codes_of(event.recipients) or '–'}"
        lines.append(f"    {short_days(days_of(item))}  {event.type}  {who}")
        lines += _sentence(item.at)
        more = again[item.event_id] - 1
        where = f"{item.at.source.name}: {item.at.title or item.at.place}"
        lines.append(f"        {where}" + (f"; {plural(more, 'more report')}" if more else ""))
    return [*lines, *_rest(len(heads))]


def _statements(column: Column, other: str) -> list[str]:
    records = column.statements
    if not records:
        return ["", f"  {column.name}: no statements that name {other} found."]
    said = f"{plural(len(records), 'statement')} that {_name(column)} {other}"
    lines = ["", f"  {column.name}: {said}"]
    for item in records[:_SHOWN]:
        lines.append(f"    {short_days(days_of(item))}  {speaker_words(item, column)}")
        lines += _sentence(item.at)
    return [*lines, *_rest(len(records))]


def _named(answer: Answer) -> list[str]:
    """How many sentences name both sides and hold nothing of the above, and the first of them."""
    found, question = answer.named, answer.question
    pair = listed(question.names, joint="or")
    head = f"Other sentences that name {question.toward_name} with {pair}"
    if not found:
        return ["", f"  {head}: none found."]
    lines = ["", f"  {head}: {len(found)}"]
    for at in found[:_SHOWN]:
        lines.append(f"    {short_days(at.published)}  {at.source.name}: {at.title or at.place}")
        lines += _sentence(at)
    return [*lines, *_rest(len(found))]


def _sentence(at: Located) -> list[str]:
    return [indent(fill(" ".join(at.sentence.split()), _WIDTH - 8), "        ")]


def _rest(count: int) -> list[str]:
    if count <= _SHOWN:
        return []
    return [f"    … and {count - _SHOWN} more; the brief has them all."]


def _list(head: str, items: Iterable[str]) -> list[str]:
    lines = [indent(fill(f"– {item}", _WIDTH - 4), "    ") for item in items]
    return ["", f"  {head}:", *lines] if lines else []


def _codes_of(people: Iterable[Participant]) -> str:
    return " + ".join(dict.fromkeys(who.code for who in people))
