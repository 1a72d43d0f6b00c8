"""The method box of a brief: how to make it again, what its words mean, how far to trust it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from inconcert.core.reading import TEXTS
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import NO_BREAK, days_between
from inconcert.judge.reliability import FIGURES, ITEM_RULES, LETTERS
from inconcert.show.brief_blocks import (
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Table,
    bullets,
    plain,
    strong,
)
from inconcert.show.brief_confidence import MARKS, RULE
from inconcert.show.brief_media import Known
from inconcert.show.estimative import bands
from inconcert.show.judgements import CALIBRATION_ERROR, PRIORS
from inconcert.show.marks import visible
from inconcert.show.parts import BriefView

WORDS_RULE = (
    "A word of likelihood is used only where its band holds the whole interval; where none does, "
    f"both ends are named. 0 and 100{NO_BREAK}% are never printed. A p-value is not a likelihood "
    "and is never turned into one."
)
GRADES = (
    "Admiralty grades (AJP-2.1). The letter is the outlet's: "
    + ", ".join(f"{letter} {words}" for letter, words in LETTERS.items())
    + ". It is never made up: it stands in a table with its basis, or was given in the case; any "
    "other outlet is F. The figure is the item's: "
    + ", ".join(f"{figure} {words}" for figure, words in FIGURES.items())
    + ". Copies of one text are one voice, and so are the state media and the official texts of "
    "one state."
)
WHENCE = (
    (
        "Likelihood of a claim of timing: from how often the test is wrong on made-up worlds with "
        f"as much data, for base rates of {100 * PRIORS[0]:.0f} to {100 * PRIORS[1]:.0f}"
        f"{NO_BREAK}% (the share of pairs one asks about that truly act together)."
    ),
    (
        "Likelihood that an act is told as coded: from the coder's own figures, from codings that "
        "are wrong together to codings that are wrong each for itself, with "
        f"{CALIBRATION_ERROR:.2f} more on either side, the error of these figures on text that "
        "they were not fitted on."
    ),
    "Everything else is judged without a likelihood.",
)


def method_part(brief: BriefView, answers: Sequence[Answer], known: Known) -> Iterator[Block]:
    """The method box.

    Args:
        brief: as laid out.
        answers: of the brief.
        known: its seed, and the folder of its case.
    """
    yield Heading("Method box", 2, "box")
    yield Paragraph(plain("Ask again, in the folder of the case:"))
    yield Code("\n".join(_command(question.command, known) for question in brief.questions))
    facts = [f"InConcert {brief.version}; coder: {', '.join(brief.coders) or 'none'}."]
    facts += _ranges(answers)
    if known.seed is not None and any(answer.by_source for answer in answers):
        facts.append(f"Random draws of the tests begin at seed {known.seed}.")
    yield bullets(facts)
    yield Table(
        ("Word of likelihood", "Stands for"),
        tuple(
            (plain(band.term), plain(f"{100 * band.low:.0f} to {100 * band.high:.0f}{NO_BREAK}%"))
            for band in bands()
        ),
    )
    yield Paragraph(plain(f"{WORDS_RULE} The words and bands are those of ICD 203."))
    yield bullets(WHENCE)
    yield Paragraph(strong("Confidence.", RULE))
    yield Items(tuple((plain(mark),) for mark in MARKS))
    yield Paragraph(strong("Grades.", GRADES))
    yield Items(tuple((plain(rule),) for rule in ITEM_RULES))


def _command(command: str, known: Known) -> str:
    words = " ".join(visible(command).split())
    return f"{words} --case {shlex.quote(known.case)}" if known.case else words


def _ranges(answers: Sequence[Answer]) -> Iterator[str]:
    """Days that each source covers, each source once."""
    seen: set[str] = set()
    for answer in answers:
        firsts = [each.first for each in answer.corpus.sources if each.first]
        lasts = [each.last for each in answer.corpus.sources if each.last]
        if firsts and lasts and TEXTS not in seen:
            seen.add(TEXTS)
            yield f"Texts: {days_between(min(firsts), max(lasts))}."
        for one in answer.by_source:
            cover, name = one.reading.coverage, one.reading.source
            if cover is not None and name not in seen:
                seen.add(name)
                span = days_between(cover.span.first, cover.span.last)
                yield f"{name}: tested on {span}, {cover.covered:,} of {cover.days:,} days covered."
    if not seen:
        yield "Data: no day is known."
