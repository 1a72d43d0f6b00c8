"""Measures the coder on the labelled sets: quality, calibration, what its gate costs.

Run by `bench/run.py`: python bench/coder.py quality|calibration|gate CORPUS, or plover FILE.tsv.
It prints one JSON object a figure. The model and the weights of the confidence are those of the
package; nothing is fitted here but, for calibration, weights that leave a document out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import chain as joined
from pathlib import Path

import numpy as np

from figures import piled, resampled, tell, tell_share
from inconcert.code.candidates import candidates
from inconcert.code.clauses import Clauses
from inconcert.code.coder import EventCoder
from inconcert.code.gate import passing
from inconcert.code.joined import LEAST_CONFIDENCE
from inconcert.code.patterns import PatternCoder, codable
from inconcert.grade.labelled import Coded, Counts, LabelledGrade, counts, f1
from inconcert.grade.plover import Outcome, PloverGrade, class_f1, macro_f1
from inconcert.labels.corpus import Record, read_file
from inconcert.train.calibrate import (
    WRITTEN,
    cases,
    development,
    names_of,
    reliability,
    without_own,
)
from inconcert.workbench.chain import Chain, chain
from inconcert.workbench.grading import grade_file
from inconcert.workbench.labelled import code_records, documents_of

Measured = tuple[Coded, Counts]


def quality(corpus: Path) -> None:
    """The coder of record and, beside it, the rules alone on the test sets."""
    test = corpus / "test"
    rules = with_coder(PatternCoder())
    repeated = 0
    for name, figures in (
        ("detection", _found),
        ("detection2", partial(_found, text="real text, second version")),
        ("news", partial(_found, text="news")),
        ("about", _about),
        ("neutral", _silent),
        ("probes", _directed),
    ):
        grade = grade_file(test / f"{name}.txt")
        assert isinstance(grade, LabelledGrade)
        coded = [(one, counts(one)) for one in grade.coded]
        repeated += sum(count.doubles for _, count in coded)
        figures(coded, "")
        records = [one.record for one in grade.coded]
        figures([(one, counts(one)) for one in code_records(rules, records)], ", rules alone")
    tell("events repeated exactly", repeated, note="in all test sets")


def with_coder(coder: object) -> Chain:
    """The chain of this process with another coder in it."""
    other = copy(chain())
    other.coder = coder  # type: ignore[assignment]
    return other


def _found(coded: Sequence[Measured], which: str, text: str = "real text") -> None:
    """Events of running text taken in a row: type, and actors by country."""
    piles = piled(coded, lambda one: one[0].record.document)
    all_ = [count for _, count in coded]
    found, missed = sum(c.found for c in all_), sum(c.missed for c in all_)
    false = sum(c.false for c in all_)
    note = f"{len(coded)} sentences of {len(piles)} documents, {found + missed} events told"
    tell(
        f"{text}{which}: events, type and actors right (F1)",
        f1(all_),
        note=note,
        interval=resampled(piles, lambda rows: f1([count for _, count in rows])),
    )
    tell_share(f"{text}{which}: precision", found, found + false)
    tell_share(f"{text}{which}: recall", found, found + missed)
    tell(
        f"{text}{which}: false events",
        _false_rate(coded),
        "a thousand words",
        note=f"{false} events",
        interval=resampled(piles, _false_rate),
    )


def _about(coded: Sequence[Measured], which: str) -> None:
    """Third parties of meetings, agreements and statements that were found."""
    all_ = [count for _, count in coded]
    tell_share(
        f"real text{which}: about, right country",
        sum(c.about_right for c in all_),
        sum(c.about_asked for c in all_),
        note="meetings, agreements and verbal acts that were found and are about a third party",
    )


def _false_rate(coded: Sequence[Measured]) -> float:
    words = sum(one.words for one, _ in coded)
    return 1000 * sum(count.false for _, count in coded) / max(1, words)


def _silent(coded: Sequence[Measured], which: str) -> None:
    """Sentences of real text in a row that tell nothing."""
    silent = [count for one, count in coded if not one.record.events]
    name = f"neutral text{which}: sentences with a full event"
    tell_share(name, sum(count.full for count in silent), len(silent))


def _directed(coded: Sequence[Measured], which: str) -> None:
    """Pairs of sentences that differ in voice."""
    swapped, directed = (sum(c.swapped for _, c in coded), sum(c.directed for _, c in coded))
    asked = sum(c.found + c.missed for _, c in coded)
    tell_share(f"probes{which}: direction swapped", swapped, directed, note="coded either way")
    found = sum(c.found for _, c in coded)
    tell_share(f"probes{which}: events found", found, asked, note="type and actors right")


def plover(path: Path) -> None:
    """Sentences with one marked event; the even half is only scored, never looked into."""
    grade = grade_file(path, form="plover")
    assert isinstance(grade, PloverGrade)
    for half, rest in (("even", 0), ("odd", 1)):
        rows = [one for one in grade.outcomes if int(one.marked.number) % 2 == rest]
        _half(rows, half)
        _by_manual([one for one in grade.coded if int(one.marked.number) % 2 == rest], half)


def _by_manual(rows: Sequence[Outcome], half: str) -> None:
    """The same where types are compared as the manual has them, not as the set labels them."""
    name, alone = f"PLOVER set, {half} half, by the manual", [[row] for row in rows]
    for what, figure in (
        ("accuracy, parties given", PloverGrade.accuracy),
        ("macro-F1, parties given", macro_f1),
        ("all three, raw sentence", _all_right),
    ):
        interval = resampled(alone, figure)
        tell(f"{name}: {what}", figure(rows), note=f"{len(rows)} sentences", interval=interval)


def _all_right(rows: Sequence[Outcome]) -> float:
    return sum(row.all_right for row in rows) / max(1, len(rows))


def _half(rows: Sequence[Outcome], half: str) -> None:
    name, alone = f"PLOVER set, {half} half", [[row] for row in rows]
    accuracy = PloverGrade.accuracy
    given, each = "parties given", sorted(class_f1(rows).items())
    classes = "" if half == "even" else ", ".join(f"{kind} {value:.2f}" for kind, value in each)
    tell(
        f"{name}: accuracy, {given}",
        accuracy(rows),
        note=f"{len(rows)} sentences",
        interval=resampled(alone, accuracy),
    )
    tell(
        f"{name}: macro-F1, {given}",
        macro_f1(rows),
        note=classes,
        interval=resampled(alone, macro_f1),
    )
    for what, right in (
        ("type", lambda row: row.type_right),
        ("actor", lambda row: row.actor_right),
        ("recipient", lambda row: row.recipient_right),
        ("all three", lambda row: row.all_right),
    ):
        tell_share(f"{name}: {what} right, parties found", sum(map(right, rows)), len(rows))


def calibration(corpus: Path) -> None:
    """Whether of a hundred events told with confidence .7 about seventy are right."""
    written = sorted((corpus / "written").glob("B??0.txt"))
    held = list(joined.from_iterable(read_file(path)[0] for path in written))
    dev = list(cases(chain(), developed(corpus), written=False))
    all_ = [*dev, *cases(chain(), held, written=True)]
    chances, answers = without_own(all_, [*names_of(all_), WRITTEN])
    note = "each document scored by weights fitted without it"
    _calibrated("development text", chances, answers, [one.group for one in dev], note)
    test = list(cases(chain(), records_of(corpus / "test" / "detection.txt"), written=False))
    told = np.array([one.found.confidence for one in test])
    right = np.array([float(one.right) for one in test])
    groups = [one.group for one in test]
    _calibrated("test text", told, right, groups, "weights as shipped")
    kept = told >= LEAST_CONFIDENCE
    if kept.any():
        of_kept = [group for group, is_kept in zip(groups, kept, strict=True) if is_kept]
        note = "weights as shipped, only events sure enough to be coded"
        _calibrated("test text, coded", told[kept], right[kept], of_kept, note)


def _calibrated(
    text: str, chances: np.ndarray, answers: np.ndarray, groups: Sequence[str], note: str
) -> None:
    piles = piled(range(len(groups)), lambda place: groups[place])

    def interval(figure: Callable[[np.ndarray, np.ndarray], float]) -> tuple[float, float]:
        return resampled(piles, lambda rows: figure(chances[rows], answers[rows]))

    base = float(answers.mean())
    counted = f"{len(answers)} events considered, {base:.2f} of them right; {note}"
    tell(
        f"{text}: expected calibration error",
        _error(chances, answers),
        note=counted,
        interval=interval(_error),
    )
    tell(
        f"{text}: Brier score below the base rate's",
        _gain(chances, answers),
        note=f"share; Brier {float(np.mean((chances - answers) ** 2)):.4f}",
        interval=interval(_gain),
    )


def _error(chances: np.ndarray, answers: np.ndarray) -> float:
    return reliability(chances, answers)[0]


def _gain(chances: np.ndarray, answers: np.ndarray) -> float:
    base = float(answers.mean() * (1 - answers.mean()))
    return 1 - float(np.mean((chances - answers) ** 2)) / base if base else 0.0


def gate(corpus: Path) -> None:
    """What it costs to show the model only words that pass the gate."""
    open_, gated = with_coder(EventCoder(gated=False)), chain()
    for text, records in (
        ("development text", developed(corpus)),
        ("test text", records_of(corpus / "test" / "detection.txt")),
    ):
        both = [
            (one.record.document, counts(without), counts(one))
            for without, one in zip(
                code_records(open_, records), code_records(gated, records), strict=True
            )
        ]
        tell(
            f"gate, {text}: F1 lost",
            _lost(both, f1),
            note=f"F1 without the gate {f1([one[1] for one in both]):.3f}",
            interval=resampled(piled(both, lambda one: one[0]), lambda rows: _lost(rows, f1)),
        )
        tell(f"gate, {text}: recall lost", _lost(both, _recall))
        _passed(text, gated, records)


def _lost(
    rows: Sequence[tuple[str, Counts, Counts]], figure: Callable[[list[Counts]], float]
) -> float:
    return figure([one[1] for one in rows]) - figure([one[2] for one in rows])


def _recall(all_: Sequence[Counts]) -> float:
    found = sum(count.found for count in all_)
    return found / max(1, found + sum(count.missed for count in all_))


def _passed(text: str, coder: Chain, records: Sequence[Record]) -> None:
    able = passed = 0
    for clauses in _parsed(coder, records):
        mentions = tuple(clauses.mentions.values())
        for sentence in codable(clauses.parsed, mentions):
            able += len(list(candidates(clauses.parsed, sentence)))
            passed += len(passing(clauses, sentence))
    words = sum(len(record.sentence.split()) for record in records)
    tell_share(f"gate, {text}: words that pass", passed, able, note="of words that could tell")
    each = f"{1000 * able / words:.0f} without the gate"
    tell(f"gate, {text}: words read by the model", 1000 * passed / words, "a thousand", note=each)


def _parsed(coder: Chain, records: Sequence[Record]) -> Iterator[Clauses]:
    for document, _, _ in documents_of(records):
        parsed = next(iter(coder.parser.parse([document])))
        yield Clauses(parsed, coder.resolver.read(parsed).mentions())


def developed(corpus: Path) -> list[Record]:
    """Running text that confidence and thresholds were settled on."""
    return [record for path in development(corpus) for record in records_of(path)]


def records_of(path: Path) -> list[Record]:
    """All records of a file; one that cannot be read breaks the measure."""
    records, wrong = read_file(path)
    if wrong:
        raise ValueError(str(wrong[0]))
    return records


MEASURES = {"quality": quality, "calibration": calibration, "gate": gate, "plover": plover}

if __name__ == "__main__":
    MEASURES[sys.argv[1]](Path(sys.argv[2]))
