"""A brief as Markdown: the same parts as the HTML page, with links between number and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from inconcert.core.evidence import Corpus, EventRecord
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, dated, noun, number
from inconcert.show.brief_evidence import evidence
from inconcert.show.ledger import Entry, Group, Number
from inconcert.show.markdown import anchor, escape, table
from inconcert.show.marks import visible
from inconcert.show.parts import BriefView, Listing, QuestionView, Split, Summary
from inconcert.show.view import view
from inconcert.show.words import METHOD, short_day

Names = Callable[[str], str]


def markdown(
    answers: Sequence[Answer],
    *,
    title: str,
    names: Names,
    made: datetime,
    version: str,
) -> str:
    """Write a brief as Markdown; every number links to the list of records it counts.

    Args:
        answers: one a question, in the order they are shown.
        title: of the brief.
        names: name of a code as shown.
        made: when the brief was made; shown in its own zone.
        version: of the program.
    """
    brief = view(answers, title=title, names=names, made=made, version=version)
    lines = list(_head(brief))
    for question in brief.questions:
        lines += _question(question, names)
    lines += ["", "## " + anchor("evidence") + "Evidence", "", LEGEND]
    for entry in brief.entries:
        lines += evidence(entry, names)
    lines += ["", "## " + anchor("method") + "Method", "", *_method(brief)]
    lines += ["", "## " + anchor("counted") + "What each number counts", ""]
    lines += [_group(group) for group in brief.groups]
    return "\n".join(lines) + "\n"


def _link(n: Number) -> str:
    return f"[{number(n.count)}](#{n.key})" if n.key else "0"


def _count(n: Number, singular: str) -> str:
    return f"{_link(n)} {noun(n.count, singular)}"


def _head(brief: BriefView) -> Iterator[str]:
    """Title, second line on the material, contents."""
    yield f"# {escape(brief.title)}"
    yield ""
    if brief.questions:
        yield escape(brief.questions[0].material)
        yield ""
    clock = f"{dated(brief.made.date())} {brief.made.strftime('%H:%M %Z')}".strip()
    yield (
        f"Made {clock} with InConcert {escape(brief.version)}. "
        "Numbers that are links open the records they count."
    )
    yield ""
    for question in brief.questions:
        yield f"{question.number}. [{escape(question.title)}](#{question.key})"
    yield ""
    yield "[Evidence](#evidence) · [Method](#method)"


def _question(question: QuestionView, names: Names) -> list[str]:
    """One question with all its parts."""
    title = f"## {anchor(question.key)}{question.number}. {escape(question.title)}"
    lines = ["", title, "", escape(question.asked)]
    if question.number > 1 and question.same_corpus_as is None:
        lines += ["", escape(question.material)]
    lines += ["", "### Bottom line", "", *_bottom(question)]
    lines += ["", "### What was read", "", *_read(question, names)]
    lines += ["", "### Timeline", "", *_timeline(question)]
    lines += ["", "### Who did what to whom", "", *_acts(question)]
    lines += _together(question)
    lines += ["", "### Statements by speaker", "", *_statements(question)]
    lines += ["", f"### Set aside: {_link(question.set_aside_number)}", ""]
    lines += ["Acts told as planned, denied, supposed or long past: shown, not counted above."]
    for listing in question.set_aside:
        lines += _listing(listing, listing.title.capitalize(), "")
    return lines


def _bottom(question: QuestionView) -> list[str]:
    """The answer in words, its parts, its limits."""
    bottom, lines = question.bottom, []
    if bottom.head is not None:
        lines += [f"**{escape(bottom.head)}**", ""]
        lines += [
            f"- {part.name.capitalize()}: **{escape(part.value)}**. {escape(part.reason)}"
            for part in bottom.parts
        ]
        lines += ["", _together_in_numbers(question), ""]
    lines += [_summary(summary, question) for summary in question.summaries]
    lines += ["", "Before you quote this:", "", *(f"- {escape(c)}" for c in bottom.caveats)]
    if bottom.missing:
        lines += ["", "What would say more:", "", *(f"- {escape(m)}" for m in bottom.missing)]
    return lines


def _together_in_numbers(question: QuestionView) -> str:
    bear = "bears" if question.bearing.number.count == 1 else "bear"
    return (
        f"Open them: {_count(question.joint.number, 'joint act')}, "
        f"{_count(question.consultations.number, 'consultation')}, "
        f"{_count(question.bearing.number, 'other record')} that {bear} on the question."
    )


def _summary(summary: Summary, question: QuestionView) -> str:
    often = ", ".join(f"{kind} {_link(n)}" for kind, n in summary.types)
    name = "names" if summary.statements.total.count == 1 else "name"
    return (
        f"- **{escape(summary.name)}**: {_count(summary.acts.total, 'act')}"
        f"{_parted(summary.acts, question)}{f', most often {often}' if often else ''}; "
        f"{_count(summary.statements.total, 'statement')} that {name} the other side"
        f"{_parted(summary.statements, question)}; "
        f"{_count(summary.set_aside, 'act')} set aside as planned, denied, supposed or long past."
    )


def _parted(split: Split, question: QuestionView) -> str:
    if split.before is None or split.after is None or question.split is None:
        return ""
    if not split.total.count:
        return ""
    undated = f", {_link(split.undated)} on an unknown day" if split.undated else ""
    return (
        f" ({_link(split.before)} before {dated(question.split)}, "
        f"{_link(split.after)} from that day on{undated})"
    )


def _read(question: QuestionView, names: Names) -> list[str]:
    """Sources, and what was left out."""
    if question.same_corpus_as is not None:
        first = question.same_corpus_as
        return [f"The same documents as for [question {first}](#q{first})."]
    corpus = question.corpus
    rows = [
        (
            escape(summary.source.name),
            escape(names(summary.source.country)) if summary.source.country else "unknown",
            number(summary.documents),
            number(summary.sentences),
            short_day(summary.first),
            short_day(summary.last),
        )
        for summary in corpus.sources
    ]
    rows.append(("All", "", number(corpus.documents), number(corpus.sentences), "", ""))
    heads = ("Source", "Country", "Documents", "Sentences", "First", "Last")
    return [*table(heads, rows, left=2), "", *_left_out(corpus)]


def _left_out(corpus: Corpus) -> list[str]:
    left = [
        f"{escape(reason)}, {counted(count, 'item')}"
        + (f" ({'; '.join(escape(place) for place in places)})" if places else "")
        for reason, count, places in corpus.left_out
    ]
    uncoded = [f"{escape(why)}, {counted(count, 'document')}" for why, count in corpus.not_coded]
    passed = [f"{escape(reason)}, {number(count)}" for reason, count in corpus.skipped]
    return [
        f"- Without a date: {counted(corpus.undated, 'document')}.",
        f"- Left out: {'; '.join(left) or 'nothing'}.",
        f"- Kept but not coded: {'; '.join(uncoded) or 'nothing'}.",
        f"- Sentences passed over: {'; '.join(passed) or 'none'}.",
    ]


def _timeline(question: QuestionView) -> list[str]:
    """The numbers of the timeline; the drawing is in the HTML form."""
    line = question.timeline
    rows = (
        [
            (str(period), *(_link(n) for pair in pairs for n in pair))
            for period, pairs in zip(
                line.periods,
                zip(*(zip(t.acts, t.statements, strict=True) for t in line.tracks), strict=True),
                strict=True,
            )
            if any(n.count for pair in pairs for n in pair)
        ]
        if line.periods
        else []
    )
    if not rows:
        return ["Nothing with a known day."]
    heads = [question.unit.capitalize()]
    for track in line.tracks:
        heads += [f"{escape(track.name)}: acts", f"{escape(track.name)}: statements"]
    notes = ["", "Periods without any are left out."]
    if line.undated.count:
        notes.append(f"Day unknown: {_link(line.undated)}.")
    return [*table(heads, rows), *notes]


def _acts(question: QuestionView) -> list[str]:
    """Acts by type for all actors, then by type and period for each."""
    if not question.types:
        return ["No plain acts found."]
    heads = ["Type"]
    for summary in question.summaries:
        name = escape(summary.name)
        heads.append(name)
        if question.split is not None:
            heads += [f"{name}, before {short_day(question.split)}", f"{name}, from then on"]
    rows = [
        (f"{row.type} ({escape(row.meaning)})" if row.meaning else row.type, *_cells(row.cells))
        for row in question.types
    ]
    rows.append(("All acts", *_cells(s.acts for s in question.summaries)))
    rows += [(escape(row.name), *_cells(row.cells)) for row in question.recipients]
    rows.append(
        (
            "Statements that name the other side",
            *_cells(s.statements for s in question.summaries),
        )
    )
    lines = table(heads, rows)
    if question.has_undated_acts:
        lines += ["", "Acts of unknown day stand in the totals only."]
    for matrix in question.matrices:
        if matrix.rows:
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
    """Joint acts, consultations, and what else bears on the question."""
    bearing = _listing(question.bearing, "Other sentences that bear on the question", "None found.")
    if len(question.summaries) < 2:
        return ["", "### Also in the documents", *bearing] if question.bearing.entries else []
    consultations = "Consultations between them, about anything"
    return [
        "",
        "### Together",
        *_listing(question.joint, "Joint acts toward the other side", "None found."),
        *_listing(question.consultations, consultations, "None found."),
        *bearing,
    ]


def _statements(question: QuestionView) -> list[str]:
    lines: list[str] = []
    for column in question.speakers:
        name = "names" if column.number.count == 1 else "name"
        said = f"{_count(column.number, 'statement')} that {name} the other side"
        lines += ["", f"**{escape(column.name)}**: {said}"]
        for speaker in column.speakers:
            lines += _listing(speaker, escape(speaker.title), "")
    return lines


def _listing(listing: Listing, heading: str, nothing: str) -> list[str]:
    """A number with what it counts, one line a record."""
    lines = ["", f"#### {heading}: {_link(listing.number)}", ""]
    if not listing.entries:
        return [*lines, nothing]
    return lines + [_item(entry) for entry in listing.entries]


def _item(entry: Entry) -> str:
    record = entry.record
    kind = ""
    if isinstance(record, EventRecord):
        modes = f" ({', '.join(record.event.auxiliary)})" if record.event.auxiliary else ""
        kind = f", {record.event.type}{modes}"
    head = f"{short_day(record.day)}, {escape(record.at.source.name)}{kind}"
    return f"- [E{entry.number}](#{entry.key}) {head}: {escape(record.at.sentence)}"


LEGEND = (
    "Every record once, by day. **Bold**: what was done, or the word of saying; {a} who acts or "
    "speaks, {r} to whom, {b} about whom; words in quotation marks in *italics*. Offsets count "
    "characters of the document as read, the last not included."
)


def _method(brief: BriefView) -> list[str]:
    unmeasured = "" if brief.measured else " (first coder, unmeasured)"
    coders = ", ".join(escape(coder) for coder in brief.coders) or "none"
    return [
        "Ask again, in the folder of the case:",
        "",
        "```sh",
        *(" ".join(visible(question.command).split()) for question in brief.questions),
        "```",
        "",
        f"- InConcert {escape(brief.version)}; coder: {coders}{unmeasured}.",
        *(f"- {line}" for line in METHOD),
    ]


def _group(group: Group) -> str:
    entries = ", ".join(f"[E{entry.number}](#{entry.key})" for entry in group.entries)
    return f"- {anchor(group.key)}{escape(group.title)}: {number(len(group.entries))}. {entries}"
