"""What a reader must know before quoting an answer, and what would be needed to say more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from inconcert.core.evidence import Corpus, one_each
from inconcert.core.question import Question
from inconcert.core.verdict import Column
from inconcert.judge.amounts import asked_days, counted, days_between, listed, number, percent
from inconcert.judge.coders import are_measured
from inconcert.judge.parts import MIN_DEEDS, toward_or_with
from inconcert.judge.states import acts_of_others, home_of

UNMEASURED = (
    "Coder not measured on news: expect wrong and missing codes; "
    "check the sentence before you quote a number."
)
ONE_VOICE = 0.5
"""Share of sentences from one country above which the corpus is called that country's voice."""

OWN_VOICE = 0.05
"""Share of sentences below which an actor is said to be hardly heard."""


def caveats(
    question: Question,
    columns: Sequence[Column],
    corpus: Corpus,
    *,
    names: Callable[[str], str],
    measured: bool | None = None,
) -> tuple[str, ...]:
    """What a reader must know before quoting a number, weightiest first.

    Args:
        question: what was asked.
        columns: what each actor did and said.
        corpus: what was read.
        names: name of a code as shown.
        measured: whether the coder has been measured; None looks it up.
    """
    found = [UNMEASURED] if not _is_measured(corpus, measured) else []
    found += _about_voices(corpus, names)
    if len(corpus.sources) == 1:
        only = corpus.sources[0].source.name
        found.append(
            f"All documents come from one source, {only}; nothing is confirmed by another."
        )
    found += _about_days(question, columns, corpus)
    found += [said for column in columns if (said := acts_of_others(column))]
    found.append(
        "Counts are of events: reports that were not recognised as the same act count twice, and "
        "reports that were joined wrongly count once. Statements are not joined: one speech in "
        "three papers, copies included, counts as three."
    )
    found.append(
        "The material is whatever documents were given, not a sample of what happened; "
        "what nobody wrote down here is not counted."
    )
    return tuple(found)


def missing(
    question: Question,
    columns: Sequence[Column],
    corpus: Corpus,
    *,
    measured: bool | None = None,
    is_tested: bool = False,
) -> tuple[str, ...]:
    """What would be needed to say more, the most telling first; arguments as in `caveats`.

    Args:
        is_tested: whether timing was tested; what it lacks is then said elsewhere.
    """
    needed = []
    unheard = _hardly_heard(question, corpus)
    if unheard:
        needed.append(f"Sources from {listed(unheard)}, or from third parties.")
    if len(columns) == 2:  # only then is there a verdict that could say more
        found = {
            column.name: len(one_each(toward_or_with(column.deeds, question.toward)))
            for column in columns
        }
        needed += [
            f"More acts of {name} toward or with {question.toward_name}: {number(count)} found, "
            f"at least {MIN_DEEDS} needed to read its stance."
            for name, count in found.items()
            if count < MIN_DEEDS
        ]
        if not is_tested:
            needed.append("A test of timing against what third parties do toward the same side.")
    if not _is_measured(corpus, measured):
        needed.append("A coder whose error has been measured on a large hand-coded key.")
    return tuple(needed)


def own_voices(question: Question, corpus: Corpus) -> tuple[tuple[str, int], ...]:
    """Sentences that each side of the question speaks itself, in its order.

    A group is heard for itself and for its state; an organisation for itself only.
    """
    sides = [*zip(question.names, question.actors, strict=True)]
    sides.append((question.toward_name, question.toward))
    heard = [(code, count) for code, count in corpus.sentences_by_country if code is not None]
    return tuple(
        (name, sum(count for code, count in heard if code in codes or home_of(code) in codes))
        for name, codes in sides
    )


def _is_measured(corpus: Corpus, measured: bool | None) -> bool:
    return are_measured(corpus.coders) if measured is None else measured


def _about_voices(corpus: Corpus, names: Callable[[str], str]) -> list[str]:
    """Says so where one country does most of the talking."""
    if not corpus.sentences_by_country:
        return []
    country, count = max(corpus.sentences_by_country, key=lambda pair: pair[1])
    total = sum(each for _, each in corpus.sentences_by_country)
    if country is None or not total or count / total <= ONE_VOICE:
        return []
    share = f"{percent(count, total)} of {number(total)} sentences"
    return [f"One country does most of the talking: {names(country)}, with {share}."]


def _about_days(question: Question, columns: Sequence[Column], corpus: Corpus) -> list[str]:
    """Says which days the documents cover, and what has no date."""
    found = []
    firsts = [summary.first for summary in corpus.sources if summary.first is not None]
    lasts = [summary.last for summary in corpus.sources if summary.last is not None]
    if firsts and lasts:
        first, last = min(firsts), max(lasts)
        reach = f"The documents run {_from_to(first, last)}"
        acting = [f"{column.name} {number(_days_of_deeds(column))}" for column in columns]
        found.append(
            f"{reach}. Days with acts toward, with or about {question.toward_name}: "
            f"{', '.join(acting)}."
        )
        span = question.span
        if span is not None and (date.min < span.first < first or last < span.last < date.max):
            found.append(
                f"The days asked about, {asked_days(span)}, are more than the documents cover."
            )
    if corpus.undated:
        left = (
            "; what they tell is not counted where days were asked about" if question.span else ""
        )
        verb = "has" if corpus.undated == 1 else "have"
        found.append(f"{counted(corpus.undated, 'document')} {verb} no date{left}.")
    unread = sum(count for _, count in corpus.not_coded)
    if unread:
        verb = "was" if unread == 1 else "were"
        found.append(f"{counted(unread, 'document')} {verb} kept but not coded.")
    return found


def _from_to(first: date, last: date) -> str:
    between = days_between(first, last)
    return f"from {between}" if " to " in between else f"over one day, {between}"


def _days_of_deeds(column: Column) -> int:
    return len({deed.day for deed in column.deeds if deed.day is not None})


def _hardly_heard(question: Question, corpus: Corpus) -> list[str]:
    """Sides of the question from which next to no sentence comes, with the number of theirs."""
    total = sum(count for _, count in corpus.sentences_by_country)
    return [
        f"{name} ({counted(count, 'sentence') if count else 'no sentence'} here)"
        for name, count in own_voices(question, corpus)
        if count < OWN_VOICE * total or not total
    ]
