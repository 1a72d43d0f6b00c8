"""A brief as one HTML file that needs nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from inconcert.core.evidence import EventRecord
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, dated, noun, number
from inconcert.show.brief_blocks import Block, Figure, Heading, Items, Paragraph, Table
from inconcert.show.brief_media import NOTHING_KNOWN, Known
from inconcert.show.brief_paper import Paper, paper
from inconcert.show.by_source import P_NOTE, TEST_HEADS
from inconcert.show.figures import svg
from inconcert.show.findings import FAMILY_NOTE, TITLE, findings_of
from inconcert.show.marks import (
    ABOUT,
    ACTOR,
    PREDICATE,
    QUOTE,
    RECIPIENT,
    Record,
    Segment,
    segments,
    snippet,
    spans_of,
    visible,
)
from inconcert.show.parts import BriefView
from inconcert.show.timeline import drawing
from inconcert.show.view import view
from inconcert.show.words import (
    METHOD,
    OWN_SPEECH,
    SAID_NOTE,
    SAYINGS_NOTE,
    UNDATED,
    days_of,
    headed,
    kind_words,
    place_words,
    safe_url,
    short_day,
    short_days,
    span_words,
    who_words,
)

MARK_CLASSES = {QUOTE: "qu", PREDICATE: "pr", ACTOR: "ac", RECIPIENT: "re", ABOUT: "ab"}

BLOCKS: dict[str, type] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "items": Items,
    "tabled": Table,
    "figure": Figure,
}
"""Names by which the template asks what a block is; any other is code."""

_ID = re.compile(r'(\bid="|url\(#|href="#)')
"""What begins an id, or points to one, in a drawing."""

SNIPPET = 100
"""Characters of a sentence shown where a number is opened; the whole stands in the evidence."""


def page(
    answers: Sequence[Answer],
    *,
    title: str,
    names: Callable[[str], str],
    made: datetime,
    version: str,
    known: Known = NOTHING_KNOWN,
    news: Sequence[Block] = (),
) -> str:
    """Write a brief as one HTML file: no script, nothing loaded, every count opens its records.

    Args:
        answers: one a question, in the order they are shown.
        title: of the brief.
        names: name of a code as shown.
        made: when the brief was made; shown in its own zone.
        version: of the program.
        known: what is known of the material beside its records.
        news: what is new since an earlier brief.
    """
    laid_out = view(answers, title=title, names=names, made=made, version=version)
    signed = paper(laid_out, answers, names=names, known=known, news=news)
    return written(laid_out, signed, answers, names)


def written(
    laid_out: BriefView,
    signed: Paper,
    answers: Sequence[Answer],
    names: Callable[[str], str],
) -> str:
    """The same of a brief that is laid out already; arguments as in `page`."""
    template = _environment(names).get_template("brief.html")
    found = {number: findings_of(answer, names) for number, answer in enumerate(answers, 1)}
    return template.render(brief=laid_out, paper=signed, findings=found)


def _environment(names: Callable[[str], str]) -> Environment:
    """Jinja with escaping on, unknown names refused, and odd characters made visible."""
    environment = Environment(
        loader=PackageLoader("inconcert.show", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        counted=counted,
        noun=noun,
        number=number,
        dated=dated,
        short=short_day,
        shortly=short_days,
        days=days_of,
        headed=headed,
        kind=kind_words,
        place=place_words,
        span=span_words,
        url=safe_url,
        who=partial(who_words, names=names),
        segments=_segments,
        quotes=_quotes,
        snippet=partial(snippet, characters=SNIPPET),
    )
    environment.tests["event"] = lambda record: isinstance(record, EventRecord)
    for name, kind in BLOCKS.items():
        environment.tests[name] = _asks(kind)
    environment.globals.update(
        drawing=drawing,
        picture=_picture,
        names=names,
        classes=_classes,
        method=METHOD,
        said_note=SAID_NOTE,
        undated=UNDATED,
        sayings_note=SAYINGS_NOTE,
        test_heads=TEST_HEADS,
        p_note=P_NOTE,
        findings_title=TITLE,
        family_note=FAMILY_NOTE,
        own_speech=OWN_SPEECH,
    )
    return environment


def _finalize(value: object) -> object:
    """Everything that is written out passes here: text that is not ours gets no odd characters."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _picture(figure: Figure) -> Markup:
    """A drawing as it stands in the page: its ids begin with its key, to meet no other."""
    drawn = _ID.sub(rf"\g<1>{figure.key}-", svg(figure))
    head = Markup('<svg role="img" aria-label="{}" ').format(visible(figure.told))
    return head + Markup(drawn.removeprefix("<svg "))


def _asks(kind: type) -> Callable[[object], bool]:
    """A test of the template: whether a block is of a kind."""

    def is_of_kind(block: object) -> bool:
        return isinstance(block, kind)

    return is_of_kind


def _segments(record: Record) -> tuple[Segment, ...]:
    return segments(record.at.sentence, spans_of(record))


def _quotes(record: Record) -> tuple[Segment, ...]:
    """The sentence with only its quotes marked."""
    return segments(record.at.sentence, [span for span in spans_of(record) if span[2] == QUOTE])


def _classes(segment: Segment) -> str:
    return " ".join(MARK_CLASSES[part] for part in segment.parts)
