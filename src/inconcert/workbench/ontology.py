"""Own types and modes of a case: learned from labelled sentences, and listed."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.code.custom import Figures, Words, background, learn, words_of
from inconcert.code.encoding import plain
from inconcert.code.heads import FOLDER, Head, read_heads
from inconcert.code.model import EventModel, digest
from inconcert.core.document import Document
from inconcert.labels.corpus import Record
from inconcert.labels.custom import OwnName, read_own
from inconcert.parse.pipeline import Parser
from inconcert.workbench.bench import Workbench
from inconcert.workbench.files import make_folder, write_whole


@dataclass(frozen=True, slots=True)
class OwnType:
    """An own type or mode of a case, for people and machines.

    Attributes:
        file: where it stands.
        is_current: whether it was learned on the event model at work.
    """

    head: Head
    file: Path
    is_current: bool

    @property
    def figures(self) -> Figures:
        """How well it did on sentences left out."""
        names = ("right", "wrong", "missed", "alarms")
        return Figures(*(int(self.head.counts.get(name, 0)) for name in names))

    def as_record(self) -> dict[str, object]:
        """For JSON."""
        head, figures = self.head, self.figures
        return {
            "name": str(head.name),
            "kind": "type" if head.name.mode is None else "mode",
            "like": head.name.like,
            "quad": head.name.quad,
            "file": str(self.file),
            "model": head.model,
            "is_current": self.is_current,
            "threshold": head.threshold,
            **{name: int(count) for name, count in head.counts.items()},
            "precision": round(figures.precision, 3),
            "recall": round(figures.recall, 3),
            "f1": round(figures.f1, 3),
        }

    def as_text(self) -> str:
        """In words, five lines."""
        head, figures, counts = self.head, self.figures, self.head.counts
        what = f"mode of {head.name.type}" if head.name.mode else "type"
        like = f", {head.name.quad}, scored like {head.name.like}" if head.name.like else ""
        found, told = figures.right + figures.wrong, figures.right + figures.missed
        learned = (
            f"  learned from {counts.get('sentences', 0):.0f} sentences: "
            f"{counts.get('events', 0):.0f} events, {counts.get('other_words', 0):.0f} other words"
        )
        judged = (
            f"  on sentences left out: precision {figures.precision:.2f} ({figures.right} "
            f"of {found}), recall {figures.recall:.2f} ({figures.right} of {told}), "
            f"F1 {figures.f1:.2f}"
        )
        alarms = (
            f"  in {counts.get('background_sentences', 0):.0f} sentences of other news: taken for "
            f"{figures.alarms} of {counts.get('background_words', 0):.0f} words"
        )
        taken = f"  taken from a chance of {head.threshold:.2f}; {self.file}"
        lines = [f"{head.name}: {what}{like}", learned, judged, alarms, taken]
        if not self.is_current:
            lines.append("  learned on another version of the event model: learn it again")
        return "\n".join(lines)


def learn_type(case: Path, file: Path, *, name: str, like: str | None = None) -> OwnType:
    """Learn a type or mode from labelled sentences and put it into a case.

    One of that name that was there is replaced.

    Args:
        file: labelled sentences in the format of the corpus.
        name: `BORDER` for a type, `ASSAULT.border` for a mode.
        like: PLOVER's type whose quad class and score a new type takes.

    Raises:
        NoCase: the folder is no case.
        BadInput: the name or the file cannot be used, or there are too few labelled events.
        ModelError: the event model does not tell its vectors.
        CaseError: the case cannot be written.
    """
    bench = Workbench.open(case)
    own = OwnName.parse(name, like)
    folder = bench.folder / FOLDER
    others = [str(head.name) for head in read_heads(folder)]
    records = read_own(file, own, others)
    parser = Parser(bench.settings.code.model)
    words, rest = (_words(own, part, parser) for part in (records, background()))
    learned = learn(own, words, rest, EventModel(), digest=digest())
    path = folder / f"{own}.json"
    make_folder(folder)
    write_whole(path, learned.head.as_text())
    return OwnType(learned.head, path, is_current=True)


def _words(own: OwnName, records: Sequence[Record], parser: Parser) -> Words:
    documents = [Document.of(plain(one.sentence), place=one.cell, language="en") for one in records]
    return words_of(own, records, list(parser.parse(documents)))


def own_types(case: Path) -> list[OwnType]:
    """The own types and modes of a case.

    Raises:
        NoCase: the folder is no case.
        BadSetting: a file of the case's `ontology` cannot be used.
    """
    folder = Workbench.open(case).folder / FOLDER
    heads = read_heads(folder)
    present = digest() if heads else ""
    return [OwnType(head, folder / f"{head.name}.json", head.model == present) for head in heads]


def next_step(case: Path) -> str:
    """What to do after learning."""
    return f"Next: inconcert code --case {shlex.quote(str(case))}"
