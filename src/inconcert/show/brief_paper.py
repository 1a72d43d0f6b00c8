"""The brief that is signed: bottom line, key judgements, evidence, alternatives, gaps, method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inconcert.core.verdict import Answer
from inconcert.judge.amounts import dated, number
from inconcert.judge.naming import records_of
from inconcert.judge.reliability import Graded
from inconcert.show.brief_alternatives import alternatives
from inconcert.show.brief_amounts import Amounts
from inconcert.show.brief_blocks import (
    Block,
    Figure,
    Heading,
    Items,
    Line,
    Paragraph,
    Piece,
    Table,
    bullets,
    noted,
    plain,
    strong,
)
from inconcert.show.brief_media import NOTHING_KNOWN, Known
from inconcert.show.brief_method import method_part
from inconcert.show.brief_outlets import sources_part
from inconcert.show.brief_pair import Pair
from inconcert.show.brief_rows import evidence_table
from inconcert.show.estimative import sentences_of
from inconcert.show.figures import figures
from inconcert.show.judgements import Judged, Judgement
from inconcert.show.notes import Note, Notes
from inconcert.show.parts import BriefView, QuestionView

Names = Callable[[str], str]

NO_LIKELIHOOD = "No likelihood is given where no calibration stands behind it."


@dataclass(frozen=True, slots=True)
class Paper:
    """The part of a brief that is read and signed; records and counts stand behind it.

    Attributes:
        title: of the brief.
        made: when, in words.
        material: what was read, in a sentence.
        blocks: everything between title and endnotes, in order.
        notes: endnotes.
        judged: what is judged of each question, in order.
    """

    title: str
    made: str
    material: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    judged: tuple[Judged, ...]

    @property
    def whole(self) -> tuple[Block, ...]:
        """Blocks with the endnotes behind them."""
        if not self.notes:
            return self.blocks
        rows = tuple((note.line,) for note in self.notes)
        keys = tuple(f"n{note.number}" for note in self.notes)
        ends = (Heading("Endnotes", 2, "notes"), Items(rows, numbered=True, keys=keys))
        return (*self.blocks, *ends)


def paper(
    brief: BriefView,
    answers: Sequence[Answer],
    *,
    names: Names,
    known: Known = NOTHING_KNOWN,
    news: Sequence[Block] = (),
) -> Paper:
    """Write what is signed.

    Args:
        brief: the same answers laid out with their records.
        answers: one a question, in the order they are shown.
        names: name of a code as shown.
        known: what is known of the material beside its records.
        news: what is new since an earlier brief (`brief_diff.news`), set before all else.
    """
    every = [record for answer in answers for record in records_of(answer)]
    graded = Graded(every, grades=known.grades, disputed=known.disputed)
    notes = Notes(names, known, graded)
    shared = _shared(brief.questions)
    found, blocks = [], list(news)
    for question, answer in zip(brief.questions, answers, strict=True):
        verdict = _judged(answer, notes, names, known)
        found.append(verdict)
        drawn = known.drawn[len(found) - 1] if len(known.drawn) >= len(found) else None
        pictures = tuple(figures(answer, question.number, drawn))
        blocks += _question(question, answer, verdict, notes, names, shared, pictures)
    if shared:
        blocks += [Heading("Limits of the whole brief", 2, "limits"), bullets(shared)]
    blocks += sources_part(answers, notes.notes, names, known)
    blocks += method_part(brief, answers, known)
    clock = f"{dated(brief.made.date())} {brief.made.strftime('%H:%M %Z')}".strip()
    return Paper(
        title=brief.title,
        made=f"Made {clock} with InConcert {brief.version}.",
        material=brief.questions[0].material if brief.questions else "",
        blocks=tuple(blocks),
        notes=tuple(notes.notes),
        judged=tuple(found),
    )


def _judged(answer: Answer, notes: Notes, names: Names, known: Known) -> Judged:
    if answer.verdict is None:
        return Amounts(answer, notes, known).judged()
    return Pair(answer, notes, names, known).judged()


def _shared(questions: Sequence[QuestionView]) -> tuple[str, ...]:
    """Limits that every question has: said once."""
    if len(questions) < 2:
        return ()
    seen = Counter(caveat for question in questions for caveat in set(question.bottom.caveats))
    return tuple(caveat for caveat in questions[0].bottom.caveats if seen[caveat] == len(questions))


def _question(
    question: QuestionView,
    answer: Answer,
    found: Judged,
    notes: Notes,
    names: Names,
    shared: Sequence[str],
    pictures: Sequence[Figure],
) -> Iterator[Block]:
    key = f"k{question.number}"
    yield Heading(f"{question.number}. {question.title}", 2, key)
    yield Paragraph(plain(question.asked), "note")
    if question.number > 1 and question.same_corpus_as is None:
        yield Paragraph(plain(question.material), "note")
    yield Heading("Bottom line", 3, f"{key}-bottom")
    yield Paragraph(strong(found.bottom, found.why), "lead")
    yield Heading("Key judgements", 3, f"{key}-judgements")
    yield from _judgements(found)
    table = evidence_table(answer, notes)
    yield Heading("Evidence for and against" if answer.verdict else "Main evidence", 3)
    if table is None:
        yield Paragraph(plain("Nothing that bears on the question was found."))
    else:
        yield table
    yield from pictures
    yield Paragraph(_all_records(question), "note")
    yield from _alternatives(answer, names)
    gaps = [caveat for caveat in question.bottom.caveats if caveat not in shared]
    if gaps:
        yield Heading("Gaps: before you quote this", 3, f"{key}-gaps")
        yield bullets(gaps)
    if question.bottom.missing:
        yield Heading("What would change this, or say more", 3, f"{key}-change")
        yield bullets(question.bottom.missing)


def _all_records(question: QuestionView) -> Line:
    """Where the rest stands, and how many sentences name both without anything coded in them."""
    named: tuple[Piece, ...] = ()
    if question.named is not None and question.named.count:
        count = question.named.count
        told = "Another sentence names" if count == 1 else f"Another {number(count)} sentences name"
        named = (
            Piece(told, anchor=question.named.key),
            Piece(f" {question.other} with one of the two; nothing was coded in them. "),
        )
    return (
        *named,
        Piece("Every record and count behind this stands in "),
        Piece("the records", anchor=question.key),
        Piece(" of brief.html and brief.md. Grades: the outlet, A to F, then the item, 1 to 6 ("),
        Piece("method box", anchor="box"),
        Piece(")."),
    )


def _judgements(found: Judged) -> Iterator[Block]:
    if found.judgements:
        yield Items(tuple(map(_judgement, found.judgements)), numbered=True)
        if not any("%" in one.says and "(" in one.says for one in found.judgements):
            yield Paragraph(plain(NO_LIKELIHOOD), "note")
    else:
        yield Paragraph(plain("Nothing can be judged from this material."))
    if found.not_judged:
        yield Paragraph(plain("Looked at, and not to be judged from this material:"))
        yield bullets(found.not_judged)


def _judgement(one: Judgement) -> tuple[Line, ...]:
    """The judgement, what it rests on, and in a line of its own how far to trust it."""
    first, *rest = sentences_of(one.says)
    lines = [
        noted(strong(first, " ".join(rest)), one.notes),
        *([plain(one.why)] if one.why else []),
    ]
    if one.confidence is not None:
        lines.append(plain(one.confidence.sentence))
    return tuple(lines)


def _alternatives(answer: Answer, names: Names) -> Iterator[Block]:
    found = alternatives(answer, names)
    if not found:
        return
    yield Heading("Alternatives considered", 3)
    yield Table(
        ("Another explanation", "Outcome", "How it was looked at"),
        tuple((plain(one.name), plain(one.outcome), plain(one.how)) for one in found),
    )
