"""Sources of a brief: country, owner, language; state media and translations are always told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from inconcert.core.document import Source
from inconcert.core.evidence import Located, SourceSummary
from inconcert.core.reading import TEXTS, Reading
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import counted, days_between, listed, noun, number, percent
from inconcert.judge.media import STATE, UNKNOWN, country_of, is_state, owner_of
from inconcert.judge.naming import records_of
from inconcert.judge.reliability import LETTERS, OutletGrade
from inconcert.show.asked import country_shares
from inconcert.show.brief_blocks import (
    Block,
    Heading,
    Paragraph,
    Table,
    bullets,
    plain,
)
from inconcert.show.brief_media import (
    Known,
    language_words,
    may_be_translated,
    translation_mark,
)
from inconcert.show.notes import Note
from inconcert.show.words import short_day, short_days

Names = Callable[[str], str]

MOST_SOURCES = 12
"""Sources listed by name; the rest are put together."""


def sources_part(
    answers: Sequence[Answer], notes: Sequence[Note], names: Names, known: Known
) -> Iterator[Block]:
    """The part on sources: a table, and in words who owns them and in which language they are.

    Args:
        answers: of the brief.
        notes: its endnotes, for the texts that are quoted.
        names: name of a code as shown.
        known: what is known of documents beside their records.
    """
    yield Heading("Sources", 2, "sources")
    summaries = _summaries(answers)
    speakers = _speakers(answers)
    if summaries:
        yield _table(summaries, speakers, names, known)
    told = [
        *_countries(answers, names),
        *_flags(summaries, speakers, names),
        *_graded(summaries, speakers, known),
        *_languages(answers, notes, known),
    ]
    if told:
        yield bullets(told)
    datasets = list(_datasets(answers))
    if datasets:
        yield Paragraph(plain("Datasets of coded events, none of them pooled with another:"))
        yield bullets(datasets)


def _summaries(answers: Sequence[Answer]) -> list[SourceSummary]:
    """Each source once, largest first."""
    found: dict[str, SourceSummary] = {}
    for answer in answers:
        for summary in answer.corpus.sources:
            kept = found.get(summary.source.name)
            if kept is None or summary.documents > kept.documents:
                found[summary.source.name] = summary
    return sorted(found.values(), key=lambda each: (-each.documents, each.source.name))


def _speakers(answers: Sequence[Answer]) -> dict[str, str]:
    """Actor in whose voice texts of a source are, where any record is of such a text."""
    places = [record.at for answer in answers for record in records_of(answer)]
    return {at.source.name: at.speaker_code for at in places if at.speaker_code}


def _table(
    summaries: Sequence[SourceSummary], speakers: dict[str, str], names: Names, known: Known
) -> Table:
    rows = []
    for each in summaries[:MOST_SOURCES]:
        country = country_of(each.source)
        span = _days(each)
        rows.append(
            (
                plain(each.source.name),
                plain(names(country) if country else "–"),
                plain(owner_of(each.source, speaks=speakers.get(each.source.name))),
                plain(_language(each, known)),
                plain(number(each.documents)),
                plain(span),
                plain(_grade(each, speakers, known).letter),
            )
        )
    rest = summaries[MOST_SOURCES:]
    if rest:
        documents = number(sum(each.documents for each in rest))
        cells = (counted(len(rest), "other source"), "", "", "", documents, "", "")
        rows.append(tuple(plain(cell) for cell in cells))  # type: ignore[arg-type]
    heads = ("Source", "Country", "Owner", "Language", "Documents", "Days", "Grade")
    return Table(heads, tuple(rows))


def _grade(each: SourceSummary, speakers: dict[str, str], known: Known) -> OutletGrade:
    return known.grades.of(each.source.name, is_official=each.source.name in speakers)


def _graded(
    summaries: Sequence[SourceSummary], speakers: dict[str, str], known: Known
) -> Iterator[str]:
    """What the grades rest on; those that cannot be judged in one line."""
    unknown: dict[str, list[str]] = {}
    for each in summaries:
        grade = _grade(each, speakers, known)
        if grade.letter == "F":
            unknown.setdefault(grade.basis, []).append(each.source.name)
            continue
        by = f", {grade.by}" if grade.by else ""
        on = f", {short_day(grade.on)}" if grade.on else ""
        yield (
            f"Graded {grade.letter} ({LETTERS[grade.letter]}): {each.source.name}; "
            f"{grade.basis}{by}{on}."
        )
    for basis, sources in unknown.items():
        left = len(sources) - MOST_SOURCES
        told = listed([*sources[:MOST_SOURCES], *([f"{left} more"] if left > 0 else [])])
        yield f"Graded F ({LETTERS['F']}): {told}; {basis}."


def _days(each: SourceSummary) -> str:
    if each.first is None or each.last is None:
        return "undated"
    return short_days(TimeSpan(each.first, each.last))


def _language(each: SourceSummary, known: Known) -> str:
    """Languages that were coded; from abroad an English text may be a translation."""
    told = listed([language_words(code) for code in known.coded])
    from_abroad = "en" in known.coded and may_be_translated(country_of(each.source))
    return f"{told}, may be translated" if from_abroad else told


def _countries(answers: Sequence[Answer], names: Names) -> Iterator[str]:
    """Countries of those who speak, or of the sources, by how much of the text is theirs."""
    corpora = {answer.corpus.documents: answer.corpus for answer in answers}
    largest = corpora[max(corpora)] if corpora else None
    shares = country_shares(largest, names) if largest is not None else []
    if shares:
        yield f"Countries of the speakers, else of the sources, by sentences: {', '.join(shares)}."


def _flags(
    summaries: Sequence[SourceSummary], speakers: dict[str, str], names: Names
) -> Iterator[str]:
    """State media by name and share, official texts, and what is not known."""
    if not summaries:
        return
    documents = sum(each.documents for each in summaries)
    state = [each for each in summaries if is_state(each.source)]
    if state:
        told = listed(
            [
                f"{each.source.name} ({names(country) if country else 'country not known'})"
                for each in state
                for country in (country_of(each.source),)
            ]
        )
        share = percent(sum(each.documents for each in state), documents)
        yield (
            f"State media: {told}, {share} of documents. What they publish is itself something "
            "their state says."
        )
    else:
        yield "State media: none among the sources whose owner is known."
    spoken = [each.source.name for each in summaries if each.source.name in speakers]
    if spoken:
        yield f"Official texts, in the voice of one who acts: {listed(spoken)}."
    unknown = sum(
        owner_of(each.source, speaks=speakers.get(each.source.name)) == UNKNOWN
        for each in summaries
    )
    if unknown:
        yield f"Owner not known: {unknown:,} of {counted(len(summaries), 'source')}."


def _languages(answers: Sequence[Answer], notes: Sequence[Note], known: Known) -> Iterator[str]:
    """What was not read for its language, and which quotes are not in their own language."""
    left = Counter[str]()
    for answer in answers:
        left.update({why: 0 for why, _ in answer.corpus.not_coded})
        for why, count in answer.corpus.not_coded:
            left[why] = max(left[why], count)
    if left:
        told = "; ".join(f"{why}, {counted(count, 'document')}" for why, count in left.items())
        yield f"Held but not read for its language or another reason: {told}."
    places: list[Located] = [note.at for note in notes if note.at is not None]
    marks = Counter(mark for at in places if (mark := translation_mark(at, known)))
    if places:
        told = "; ".join(f"{mark}: {number(count)}" for mark, count in marks.items())
        quoted = counted(len(places), "quoted text")
        verb = noun(len(places), "is", "are")
        yield (
            f"Quoted: {quoted}; {told}. Each is marked so in its endnote."
            if marks
            else f"No translation is known among what is quoted ({quoted}, {verb} in English)."
        )
    flagged = sum(_is_state_note(note) for note in notes)
    if flagged:
        yield f"Endnotes that rest on state media: {flagged:,} of {len(notes):,}."


def _is_state_note(note: Note) -> bool:
    if note.at is not None:
        return owner_of(note.at.source) == STATE
    return any(STATE in piece.text for piece in note.line)


def _datasets(answers: Sequence[Answer]) -> Iterator[str]:
    seen = set()
    for answer in answers:
        for one in answer.by_source:
            cover = one.reading.coverage
            if one.reading.source in seen or one.reading.source == TEXTS or cover is None:
                continue
            seen.add(one.reading.source)
            span = days_between(cover.source_span.first, cover.source_span.last)
            outlets = (
                "it does not tell language, country or owner of its outlets, so that state media "
                "among them cannot be told apart"
                if cover.outlets is None
                else f"{counted(cover.outlets, 'outlet')} behind the acts of the two"
                + _state_outlets(one.reading)
            )
            yield f"{one.reading.source}, {span}: {outlets}."


def _state_outlets(reading: Reading) -> str:
    """State media among the outlets of the rows that are shown."""
    rows = [*reading.documented.joint, *reading.documented.consultations]
    rows += [row for day in (*reading.strongest, *reading.explained) for row in day.rows]
    found = sorted({row.outlet for row in rows if row.outlet and is_state(Source(row.outlet))})
    return f"; state media among those shown: {listed(found)}" if found else ""
