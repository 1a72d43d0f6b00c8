"""Fit the confidence of coded events on labelled text that neither rules nor model were fitted on.

    python -m inconcert.train.calibrate [--corpus corpus] [--out WEIGHTS.tsv]

A logistic regression on what speaks for an event (`code.joined.Found.features`). Running text kept
for development, real and news, decides the level; held-out written sentences help to weigh the
features. Printed: reliability by tenths, expected calibration error and Brier score, both with each
document scored by weights fitted without it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inconcert.code.joined import Found
from inconcert.core.document import Document
from inconcert.core.parsed import Sentence
from inconcert.grade.codes import comparable_set
from inconcert.labels.corpus import Labelled, Named, Record, read_file
from inconcert.workbench.chain import Chain, chain
from inconcert.workbench.labelled import documents_of

RIDGE = 2.0
WRITTEN_WEIGHT = 0.1
WRITTEN = "written"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A considered event and whether it is right.

    Attributes:
        right: type and actors are those of a labelled event; None where the label cannot tell.
        group: the document, left out together.
    """

    found: Found
    right: bool
    group: str
    is_written: bool


def cases(coder: Chain, records: Sequence[Record], *, written: bool) -> Iterator[Case]:
    """All events that the coder considers in these sentences."""
    for document, run, starts in documents_of(records):
        for sentence, found in considered(coder, document):
            for record, start in zip(run, starts, strict=True):
                if not start <= sentence.start < start + len(record.sentence):
                    continue
                for one in found:
                    right = is_right(record, one, start)
                    if right is not None:
                        yield Case(one, right, record.document or record.cell[:4], written)


def considered(coder: Chain, document: Document) -> list[tuple[Sentence, list[Found]]]:
    """Events of a document, sure or not."""
    parsed = next(iter(coder.parser.parse([document])))
    return coder.coder.found(parsed, coder.resolver.read(parsed).mentions())


def is_right(record: Record, one: Found, start: int) -> bool | None:
    """Whether an event is a labelled one; None where only the label's actors are unknown."""
    plain = not one.draft.auxiliary
    same = [e for e in record.events if e.type == one.draft.type and plain == (not e.auxiliary)]
    if any(_same_actors(event, one, start) for event in same):
        return True
    return None if any("?" in {n.code for n in event.actors} for event in same) else False


def _same_actors(event: Labelled, one: Found, start: int) -> bool:
    if any(named.code for named in event.actors):
        wanted = comparable_set(n.code for n in event.actors if n.code not in ("", "?"))
        return bool(wanted) and wanted == comparable_set(a.code for a in one.draft.actors)
    return bool(event.actors) and all(
        any(_touches(named, actor.start - start, actor.end - start) for named in event.actors)
        for actor in one.draft.actors
    )


def _touches(named: Named, start: int, end: int) -> bool:
    return named.start < end and named.end > start


def matrix(all_: Sequence[Case], names: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """Features, answers, weights of the cases."""
    rows = [[_value(case, name) for name in names] for case in all_]
    answers = [float(case.right) for case in all_]
    weights = [WRITTEN_WEIGHT if case.is_written else 1.0 for case in all_]
    return np.array(rows), np.array(answers), np.array(weights)


def _value(case: Case, name: str) -> float:
    return float(case.is_written) if name == WRITTEN else case.found.features.get(name, 0.0)


def fit(rows: Floats, answers: Floats, weights: Floats) -> Floats:
    """Weights of a logistic regression with a ridge, by Newton's method."""
    beta = np.zeros(rows.shape[1])
    penalty = RIDGE * np.eye(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ beta))
        gradient = rows.T @ (weights * (answers - chance)) - penalty @ beta
        curve = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def without_own(all_: Sequence[Case], names: Sequence[str]) -> tuple[Floats, Floats]:
    """Chances and answers of the cases of running text, each document scored by the others."""
    rows, answers, weights = matrix(all_, names)
    real = np.array([not case.is_written for case in all_])
    groups = np.array([case.group for case in all_])
    chances = np.zeros(len(all_))
    for group in sorted({case.group for case in all_ if not case.is_written}):
        mine = groups == group
        beta = fit(rows[~mine], answers[~mine], weights[~mine])
        chances[mine] = 1 / (1 + np.exp(-rows[mine] @ beta))
    return chances[real], answers[real]


def reliability(
    chances: Floats, answers: Floats, bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error over bins of equal size, and each bin's mean, share, count."""
    order = np.argsort(chances)
    parts = [part for part in np.array_split(order, bins) if len(part)]
    rows = [(float(chances[p].mean()), float(answers[p].mean()), len(p)) for p in parts]
    error = sum(abs(mean - share) * count for mean, share, count in rows) / len(chances)
    return error, rows


def report(chances: Floats, answers: Floats) -> str:
    """Reliability, expected calibration error and Brier score in words."""
    error, rows = reliability(chances, answers)
    brier, base = float(np.mean((chances - answers) ** 2)), float(answers.mean())
    lines = [f"  told {mean:.2f}  right {share:.2f}  of {count}" for mean, share, count in rows]
    return "\n".join([
        f"{len(chances)} events considered, {base:.3f} of them right",
        *lines,
        f"expected calibration error {error:.3f}",
        (f"Brier score {brier:.4f}, of the base rate {base * (1 - base):.4f} "
        f"({1 - brier / (base * (1 - base)):.0%} better)"),
    ])  # fmt: skip


def development(corpus: Path) -> list[Path]:
    """Files of running text kept for development: speeches and briefings, and news."""
    return [path for kind in ("real", "news") for path in sorted((corpus / kind).glob("dev*.txt"))]


def names_of(all_: Iterable[Case]) -> list[str]:
    """All features, in order of first use."""
    return list(dict.fromkeys(name for case in all_ for name in case.found.features))


def main() -> None:
    """Fit, print, write."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--corpus", type=Path, default=Path("corpus"))
    asked.add_argument("--out", type=Path, default=Path("src/inconcert/code/data/weights.tsv"))
    given = asked.parse_args()
    coder = chain()
    held = [
        r
        for path in sorted((given.corpus / "written").glob("B??0.txt"))
        for r in read_file(path)[0]
    ]
    real = [r for path in development(given.corpus) for r in read_file(path)[0]]
    all_ = [*cases(coder, real, written=False),
            *cases(coder, held, written=True)]  # fmt: skip
    names = [*names_of(all_), WRITTEN]
    print(report(*without_own(all_, names)))
    beta = fit(*matrix(all_, names))
    given.out.write_text(
        "# Weights of the confidence of a coded event (logistic). Made by `make train`.\n"
        "# Source: fitted on corpus/real/dev*.txt, corpus/news/dev*.txt and held-out written "
        "sentences. Licence: CC-BY-4.0. Checked: 2026-11-22.\n"
        "feature\tweight\n"
        + "".join(
            f"{name}\t{w:.4f}\n" for name, w in zip(names, beta, strict=True) if name != WRITTEN
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
