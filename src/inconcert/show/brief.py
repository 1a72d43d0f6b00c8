"""A brief as Markdown: the same parts as the HTML page, with links between number and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from inconcert.core.evidence import Corpus, EventRecord
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, noun, number
from inconcert.show.brief_blocks import Block
from inconcert.show.brief_evidence import evidence, linked
from inconcert.show.brief_findings import findings
from inconcert.show.brief_media import NOTHING_KNOWN, Known
from inconcert.show.brief_paper import Paper, paper
from inconcert.show.brief_sources import said_of_them, sources
from inconcert.show.findings import FindingsView, findings_of
from inconcert.show.ledger import Entry, Group, Number
from inconcert.show.markdown import anchor, blocks, escape, table
from inconcert.show.parts import (
    BriefView,
    Listing,
    Naming,
    Passage,
    QuestionView,
    Row,
    Split,
    Timeline,
)
from inconcert.show.view import view
from inconcert.show.words import (
    METHOD,
    SAID_NOTE,
    UNDATED,
    days_of,
    headed,
    short_day,
    short_days,
)

Names = Callable[[str], str]

MOST_SAID = 5
"""Statements of one speaker that are listed in place."""

MOST_LISTED = 10
"""The same for lists of acts beside the question; what the others are stands in the evidence."""

NONE = "None found."


def markdown(
    answers: Sequence[Answer],
    *,
    title: str,
    names: Names,
    made: datetime,
    version: str,
    known: Known = NOTHING_KNOWN,
    news: Sequence[Block] = (),
) -> str:
    """Write a brief as Markdown: what is signed, then its records; every count links to its list.

    Args:
        answers: one a question, in the order they are shown.
        title: of the brief.
        names: name of a code as shown.
        made: when the brief was made; shown in its own zone.
        version: of the program.
        known: what is known of the material beside its records.
        news: what is new since an earlier brief.
    """
    brief = view(answers, title=title, names=names, made=made, version=version)
    signed = paper(brief, answers, names=names, known=known, news=news)
    return written(brief, signed, answers, names)


def written(brief: BriefView, signed: Paper, answers: Sequence[Answer], names: Names) -> str:
    """The same of a brief that is laid out already; arguments as in `markdown`."""
    lines = [*_head(brief, signed), *blocks(signed.whole)]
    lines += ["", "## " + anchor("records") + "The records behind it", "", RECORDS]
    for question, answer in zip(brief.questions, answers, strict=True):
        lines += _question(question, findings_of(answer, names), names)
    lines += ["", "## " + anchor("evidence") + "Evidence", "", LEGEND]
    for entry in brief.entries:
        lines += evidence(entry, names)
    lines += ["", "## " + anchor("method") + "What is counted, and how", "", *_method(brief)]
    lines += ["", "## " + anchor("counted") + "What each number counts", ""]
    lines += [_group(group) for group in brief.groups]
    return "\n".join(lines) + "\n"


def _link(n: Number) -> str:
    return f"[{number(n.count)}](#{n.key})" if n.key else "0"


def _count(n: Number, singular: str) -> str:
    told = f" ({n.told})" if n.told else ""
    return f"{_link(n)} {noun(n.count, singular)}{told}"


def _head(brief: BriefView, signed: Paper) -> Iterator[str]:
    """Title, second line on the material, contents."""
    yield f"# {escape(brief.title)}"
    yield ""
    if brief.questions:
        yield escape(brief.questions[0].material)
        yield ""
    yield f"{escape(signed.made)} Numbers that are links open the records they count."
    yield ""
    for question in brief.questions:
        yield f"{question.number}. [{escape(question.title)}](#k{question.number})"
    yield ""
    parts = [("Sources", "sources"), ("Method box", "box")]
    parts += [("Endnotes", "notes")] if signed.notes else []
    parts += [("Records", "records"), ("Evidence", "evidence"), ("What is counted", "method")]
    yield " · ".join(f"[{name}](#{key})" for name, key in parts)


def _question(question: QuestionView, found: Sequence[FindingsView], names: Names) -> list[str]:
    """One question with all its parts."""
    title = f"## {anchor(question.key)}{question.number}. {escape(question.title)}"
    lines = ["", title, "", escape(question.asked)]
    if question.number > 1 and question.same_corpus_as is None:
        lines += ["", escape(question.material)]
    if _has_texts(question):
        lines += ["", "### In numbers", "", *_numbers(question)]
    lines += sources(question)
    lines += findings(found)
    if not _has_texts(question):
        return lines
    if len(question.names) > 1:
        lines += _together(question)
    lines += ["", "### What was read", "", *_read(question, names)]
    lines += ["", "### Timeline", "", *_timeline(question)]
    lines += ["", "### Who did what to whom", "", *_acts(question)]
    lines += ["", "### Statements by speaker", "", *_statements(question)]
    if len(question.names) == 1 and question.bearing.entries:
        lines += ["", "### Also in the documents", *_listing(question.bearing, most=MOST_LISTED)]
    if question.set_aside:
        lines += ["", f"### Set aside: {_link(question.set_aside_number)}", ""]
        lines += ["Acts told as planned, denied, supposed or long past: shown, not counted above."]
    for listing in question.set_aside:
        lines += _listing(listing, most=MOST_LISTED)
    return lines


def _has_texts(question: QuestionView) -> bool:
    """Whether texts stand behind a question; where only datasets do, their absence says nothing."""
    return bool(question.corpus.documents or question.sayings) or not question.sources


def _numbers(question: QuestionView) -> list[str]:
    """What each actor did and said, counted."""
    lines = _rows(question, " ", question.totals)
    if question.told:
        lines += ["", escape(question.told)]
    return [*lines, "", *_together_in_numbers(question)]


def _together_in_numbers(question: QuestionView) -> list[str]:
    """How much there is to read of two actors together; nothing for one."""
    if len(question.names) < 2:
        return []
    joint = _count(question.joint.number, "joint act")
    told = f"Together: {joint}, {_count(question.consultations.number, 'consultation')}."
    if question.named is not None:
        n = question.named.count
        link = f"[{number(n)}](#{question.named.key})" if n else "0"
        names = noun(n, "sentence names", "sentences name")
        told += f" {link} more {names} {escape(question.other)} with one of them."
    n = question.bearing.number.count
    stand = noun(n, "other act stands", "other acts stand")
    told += f" {_link(question.bearing.number)} {stand} in sentences that name two of the sides."
    return [told, ""]


def _rows(question: QuestionView, head: str, rows: Iterable[Row]) -> list[str]:
    """A table with a column an actor, three where a day parts them."""
    lines = table(_heads(question, head), [(_row_name(row), *_cells(row.cells)) for row in rows])
    return [*lines, *(["", UNDATED] if question.has_undated_acts else [])]


def _row_name(row: Row) -> str:
    return escape(f"… {row.name}" if row.is_part else headed(row.name))


def _heads(question: QuestionView, head: str) -> list[str]:
    heads = [head]
    for name in question.names:
        heads.append(escape(name))
        if question.split is not None:
            whose = f"{escape(name)}, " if len(question.names) > 1 else ""
            heads += [f"{whose}before {short_day(question.split)}", f"{whose}from then on"]
    return heads


def _read(question: QuestionView, names: Names) -> list[str]:
    """Sources, and what was left out."""
    if question.same_corpus_as is not None:
        first = question.same_corpus_as
        same = f"The same documents as for [question {first}](#q{first})."
        return [f"{same} {escape(question.heard)}"]
    corpus = question.corpus
    rows = [
        (
            escape(summary.source.name),
            escape(names(summary.source.country)) if summary.source.country else "–",
            number(summary.documents),
            number(summary.sentences),
            short_day(summary.first),
            short_day(summary.last),
        )
        for summary in corpus.sources
    ]
    rows.append(("All", "", number(corpus.documents), number(corpus.sentences), "", ""))
    heads = ("Source", "Country", "Documents", "Sentences", "First", "Last")
    return [*table(heads, rows, left=2), "", f"- {escape(question.heard)}", *_left_out(corpus)]


def _left_out(corpus: Corpus) -> list[str]:
    left, odd = _reasons(corpus.left_out), _reasons(corpus.notes)
    uncoded = [f"{escape(why)}, {counted(count, 'document')}" for why, count in corpus.not_coded]
    passed = [f"{escape(reason)}, {number(count)}" for reason, count in corpus.skipped]
    return [
        f"- Without a date: {counted(corpus.undated, 'document')}.",
        f"- Left out: {left or 'nothing'}.",
        *([f"- Odd, but read: {odd}."] if odd else []),
        f"- Kept but not coded: {'; '.join(uncoded) or 'nothing'}.",
        f"- Sentences passed over: {'; '.join(passed) or 'none'}.",
    ]


def _reasons(items: Iterable[tuple[str, int, tuple[str, ...]]]) -> str:
    """Reasons with how many items they hold for, and the first of these."""
    return "; ".join(
        f"{escape(reason)}, {counted(count, 'item')}"
        + (f" ({'; '.join(escape(place) for place in places)})" if places else "")
        for reason, count, places in items
    )


def _timeline(question: QuestionView) -> list[str]:
    """The numbers of the timeline; the drawing is in the HTML form."""
    line = question.timeline
    rows = [
        (
            str(line.periods[i]),
            *(_link(n) for track in line.tracks for n in (track.acts[i], track.statements[i])),
        )
        for i in line.busy
    ]
    if not rows:
        return ["Nothing with a known day."]
    if line.single is not None:
        return [f"{line.single}{_undated(line)}"]
    heads = [question.unit.capitalize()]
    for track in line.tracks:
        heads += [f"{escape(track.name)}: acts", f"{escape(track.name)}: statements"]
    return [*table(heads, rows), "", f"Periods without any are left out.{_undated(line)}"]


def _undated(line: Timeline) -> str:
    return f" Day unknown: {_link(line.undated)}." if line.undated.count else ""


def _acts(question: QuestionView) -> list[str]:
    """Acts by type for all actors, then by type and period for each."""
    if not question.types:
        return ["No plain acts found."]
    rows = [
        (f"{row.type} ({escape(row.meaning)})" if row.meaning else row.type, *_cells(row.cells))
        for row in question.types
    ]
    rows += [(_row_name(row), *_cells(row.cells)) for row in question.sums]
    lines = table(_heads(question, "Type"), rows)
    if question.has_undated_acts:
        lines += ["", UNDATED]
    for listing in question.acts:
        lines += _listing(listing, most=MOST_LISTED)
    for matrix in question.matrices:
        if len(matrix.rows) > 1:
            cells = [
                (str(period) if period else "day unknown", *(_link(n) for n in counts))
                for period, counts in matrix.rows
            ]
            unit = question.unit
            lines += ["", f"{escape(matrix.name)} by type and {unit}:", ""]
            lines += table([unit.capitalize(), *matrix.types], cells)
    return lines


def _cells(splits: Iterable[Split]) -> Iterator[str]:
    for split in splits:
        yield _link(split.total)
        if split.before is not None and split.after is not None:
            yield _link(split.before)
            yield _link(split.after)


def _together(question: QuestionView) -> list[str]:
    """Joint acts, consultations, other acts, and sentences that name both sides."""
    return [
        "",
        "### Together",
        *_listing(question.joint),
        *_listing(question.consultations),
        *said_of_them(question),
        *(_named(question.named) if question.named is not None else []),
        *_listing(question.bearing, most=MOST_LISTED),
    ]


def _named(named: Naming) -> list[str]:
    """The sentences, by document."""
    lines = ["", f"#### {anchor(named.key)}{escape(named.title)}: {number(named.count)}", ""]
    if not named.count:
        return [*lines, NONE]
    lines.append(escape(named.note))
    for passage in (*named.first, *named.more):
        lines += ["", *_passage(passage)]
    return lines


def _passage(passage: Passage) -> Iterator[str]:
    at = passage.at
    yield f"{short_days(at.published)}, {escape(at.source.name)}, {linked(at)}:"
    yield ""
    for sentence in passage.sentences:
        yield f"- {escape(sentence.sentence)}"


def _statements(question: QuestionView) -> list[str]:
    lines: list[str] = []
    for column in question.speakers:
        name = "names" if column.number.count == 1 else "name"
        said = f"{_count(column.number, 'statement')} that {name} {escape(question.other)}"
        lines += ["", f"**{escape(column.name)}**: {said}"]
        for speaker in column.speakers:
            lines += _listing(speaker, most=MOST_SAID)
        if column.others:
            others = (f"{escape(each.title)} {_link(each.number)}" for each in column.others)
            lines += ["", f"Others: {', '.join(others)}."]
    if any(column.speakers for column in question.speakers):
        lines[:0] = [escape(SAID_NOTE)]
    return lines or [NONE]


def _listing(listing: Listing, *, most: int | None = None) -> list[str]:
    """A number with what it counts, one line a record; beyond `most` a link to the rest."""
    told = f", {listing.number.told}" if listing.number.told else ""
    lines = ["", f"#### {escape(headed(listing.title))}: {_link(listing.number)}{told}", ""]
    if not listing.entries:
        return [*lines, NONE]
    lines += [_item(entry) for entry in listing.heads[:most]]
    left = len(listing.heads) - len(listing.heads[:most])
    if left:
        lines.append(f"- … and {number(left)} more, [all of them](#{listing.number.key}).")
    return lines


def _item(entry: Entry) -> str:
    record = entry.record
    kind = ""
    if isinstance(record, EventRecord):
        modes = f" ({', '.join(record.event.auxiliary)})" if record.event.auxiliary else ""
        kind = f", {record.event.type}{modes}"
    head = f"{short_days(days_of(record))}, {escape(record.at.source.name)}{kind}"
    again = ", ".join(f"[E{number}](#e{number})" for number in entry.same)
    told = f" (told again: {again})" if again else ""
    return f"- [E{entry.number}](#{entry.key}) {head}: {escape(record.at.sentence)}{told}"


RECORDS = "Every count of the questions above; numbers that are links open what they count."

LEGEND = (
    "Every record once, by day. **Bold**: what was done, or the word of saying; {a} who acts or "
    "speaks, {r} to whom, {b} about whom; words in quotation marks in *italics*. Offsets count "
    "characters of the document as read, the last not included."
)


def _method(brief: BriefView) -> list[str]:
    unmeasured = "" if brief.measured else " (not measured on news)"
    coders = ", ".join(escape(coder) for coder in brief.coders) or "none"
    return [
        f"- InConcert {escape(brief.version)}; coder: {coders}{unmeasured}.",
        *(f"- {line}" for line in (*METHOD, brief.legend) if line),
    ]


def _group(group: Group) -> str:
    entries = ", ".join(f"[E{entry.number}](#{entry.key})" for entry in group.entries)
    n = group.number
    told = f", {n.told}" if n.told else ""
    return f"- {anchor(group.key)}{escape(group.title)}: {number(n.count)}{told}. {entries}"
