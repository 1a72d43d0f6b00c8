"""Sentences with their labelled events, as people write them down.

The format is told in `corpus/GUIDELINES.md`: one `#` line naming the cell, one `S` line, one `E`
line an event; in sets of real text a `D` line opens each document. Labels are copied words; reading
turns them into character spans of the sentence and refuses what cannot be found or could be meant
twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inconcert.core.event import AUXILIARY_MODES
from inconcert.ontology import plover

FIELDS = ("predicate", "type", "actors", "recipients", "about", "auxiliary", "contexts")
MIN_WORDS, MAX_WORDS = 3, 90
RUN = 5
"""Words in a run when sentences are compared."""
TOO_ALIKE = 0.5
"""Share of runs (Jaccard) above which two sentences count as one."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in an event.

    Attributes:
        start: first character in the sentence; equal to `end` when no word names them.
        end: one past the last.
        code: country or organisation, where the set gives one; empty otherwise.
    """

    start: int
    end: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled event of a sentence. Spans count characters of the sentence."""

    start: int
    end: int
    type: str
    modes: tuple[str, ...]
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    about: tuple[Named, ...]
    auxiliary: tuple[str, ...]
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One sentence of the corpus.

    Attributes:
        cell: cell of the plan, or document and number in a set of real text.
        sentence: the sentence, one line.
        events: all of its events; empty when it tells none.
        where: file and line, for messages.
        document: id of the document it stands in; empty for sentences that stand alone.
        speaker: code of the actor who speaks in that document; empty where nobody does.
        title: title of that document.
    """

    cell: str
    sentence: str
    events: tuple[Labelled, ...]
    where: str = ""
    document: str = ""
    speaker: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something in the corpus that must be put right."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class _Fault(Exception):
    """A label that cannot be read; caught by `read_file`."""


def read_file(path: Path, own: Collection[str] = ()) -> tuple[list[Record], list[Wrong]]:
    """All records of a file that can be read, and what is wrong with the others.

    Args:
        own: types (`BORDER`) and modes (`ASSAULT.border`) allowed besides PLOVER's.
    """
    records: list[Record] = []
    wrong: list[Wrong] = []
    for number, cell, sentence, events, source in _blocks(path):
        where = f"{path.name}:{number} ({cell})"
        try:
            record = _record(cell, sentence, events, where, own)
            document, speaker, title = source
            records.append(replace(record, document=document, speaker=speaker, title=title))
        except _Fault as fault:
            wrong.append(Wrong(where, str(fault)))
    cells = [record.cell for record in records]
    wrong += [
        Wrong(path.name, f"cell {cell} twice")
        for cell in sorted(set(cells))
        if cells.count(cell) > 1
    ]
    return records, wrong


def _blocks(path: Path) -> Iterator[tuple[int, str, str, list[str], tuple[str, str, str]]]:
    cell, sentence, events, started = "", "", list[str](), 0
    document = ("", "", "")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# "):
            if sentence or events:
                yield started, cell, sentence, events, document
            cell, sentence, events, started = line[2:].strip(), "", [], number
        elif line.startswith("S "):
            if sentence:
                yield started, cell, sentence, events, document
                cell, events = f"{cell}+", []
            sentence, started = line[2:].strip(), number
        elif line.startswith("D "):
            if sentence:
                yield started, cell, sentence, events, document
                cell, sentence, events = "", "", []
            name, speaker, *title = [part.strip() for part in line[2:].split("|")]
            document = (name, "" if speaker == "-" else speaker, " | ".join(title))
        elif line.startswith("E "):
            events.append(line[2:].strip())
        elif line.strip():
            events.append(line)
    if sentence or events:
        yield started, cell, sentence, events, document


def _record(
    cell: str, sentence: str, lines: Sequence[str], where: str, own: Collection[str] = ()
) -> Record:
    if not sentence:
        raise _Fault("labels without a sentence (an S line)")
    if re.match(r"B\d", cell) and not MIN_WORDS <= len(sentence.split()) <= MAX_WORDS:
        raise _Fault(f"{len(sentence.split())} words")
    events = tuple(_event(sentence, line, own) for line in lines)
    seen = [(event.start, event.end, event.type) for event in events]
    if len(set(seen)) < len(seen):
        raise _Fault("the same predicate and type twice")
    return Record(cell, sentence, events, where)


def _event(sentence: str, line: str, own: Collection[str] = ()) -> Labelled:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != len(FIELDS):
        raise _Fault(f"{len(parts)} fields instead of {len(FIELDS)}: {line}")
    predicate, kind, *rest = parts
    actors, recipients, about = (
        [_named(sentence, text) for text in _values(rest[i])] for i in range(3)
    )
    auxiliary, contexts = _values(rest[3]), _values(rest[4].replace(" ", ";").replace(",", ";"))
    name, _, modes = kind.partition(".")
    event = _known(name, modes.split(",") if modes else [], auxiliary, contexts, own)
    if predicate == "-":
        raise _Fault("an event needs a predicate")
    start, end = _find(sentence, predicate)
    if len(sentence[start:end].split()) > 4:
        raise _Fault(f"predicate too long: {predicate}")
    return Labelled(
        start,
        end,
        event,
        tuple(modes.split(",")) if modes else (),
        tuple(actors),
        tuple(recipients),
        tuple(about),
        tuple(auxiliary),
        tuple(contexts),
    )


def _known(
    name: str, modes: list[str], auxiliary: list[str], contexts: list[str], own: Collection[str]
) -> str:
    if name not in plover.event_types() and name not in own:
        raise _Fault(f"no event type {name}")
    allowed = set(plover.modes(name)) if name in plover.event_types() else set[str]()
    allowed |= {one.partition(".")[2] for one in own if one.startswith(f"{name}.")}
    for kind, given, known in (
        ("mode", modes, allowed),
        ("auxiliary", auxiliary, set(AUXILIARY_MODES)),
        ("context", contexts, set(plover.contexts())),
    ):
        if strange := [value for value in given if value not in known]:
            raise _Fault(f"no {kind} {', '.join(strange)} of {name}")
    return name


def _values(text: str) -> list[str]:
    return [] if text in {"-", ""} else [part.strip() for part in text.split(";") if part.strip()]


def _named(sentence: str, text: str) -> Named:
    code = ""
    if found := re.fullmatch(r"(.*)=([A-Z]{3,}|\?)", text):
        text, code = found[1].strip(), found[2]
    return Named(0, 0, code) if code and not text else Named(*_find(sentence, text), code)


def _find(sentence: str, words: str) -> tuple[int, int]:
    which = 0
    if found := re.fullmatch(r"(.+)@(\d)", words):
        words, which = found[1], int(found[2])
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    places = [place.span() for place in re.finditer(pattern, sentence)]
    if not places:
        raise _Fault(f"not in the sentence as written: {words}")
    if which > len(places):
        raise _Fault(f"stands there {len(places)} times only: {words}")
    if not which and len(places) > 1:
        raise _Fault(f"stands there {len(places)} times, say which: {words}@1 …")
    return places[max(which, 1) - 1]


def near_duplicates(records: Sequence[Record], foreign: Iterable[str] = ()) -> list[Wrong]:
    """Records that share half of their five-word runs with an earlier one or a foreign sentence."""
    runs: dict[str, list[int]] = {}
    sizes: list[int] = []
    names: list[str] = []
    wrong: list[Wrong] = []
    told = [("a sentence of another set", text) for text in foreign]
    for name, text in [*told, *((record.where, record.sentence) for record in records)]:
        mine = word_runs(text)
        shared: dict[int, int] = {}
        for run in mine:
            for other in runs.get(run, ()):
                shared[other] = shared.get(other, 0) + 1
        for other, count in shared.items():
            if count / (len(mine) + sizes[other] - count) > TOO_ALIKE and len(sizes) >= len(told):
                wrong.append(Wrong(name, f"nearly the same as {names[other]}: {text[:60]}"))
                break
        for run in mine:
            runs.setdefault(run, []).append(len(sizes))
        sizes.append(len(mine))
        names.append(name)
    return wrong


def word_runs(text: str, size: int = RUN) -> frozenset[str]:
    """Runs of so many words, case and punctuation left aside; the whole of a shorter text."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))
