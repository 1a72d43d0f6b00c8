"""What pages show of a case: plain records, each made once for a state of the case.

The state is told from the files of the case, without opening them: while nothing is written,
a question that was answered is not answered again. Nothing here writes.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from inconcert.code.heads import FOLDER as ONTOLOGY
from inconcert.core.config import QuestionSection
from inconcert.errors import BadInput, CaseBusy, InConcertError
from inconcert.resolve.decisions import FILE as ACTORS_LOG
from inconcert.store import lake_catalogue
from inconcert.store.lake import FOLDER as LAKE
from inconcert.store.lake import Lake
from inconcert.store.shown import shown_path
from inconcert.store.store import FILE as DATABASE
from inconcert.store.store import Store
from inconcert.workbench.bench import ACTORS_FILE, ANCHORS_FILE, CASE_FILE, Workbench, version
from inconcert.workbench.pages_names import Names
from inconcert.workbench.questions import asked_days
from inconcert.workbench.reliability import FILE as GRADES
from inconcert.workbench.reliability import LOG as GRADES_LOG
from inconcert.workbench.storing import CaseStores

Record = dict[str, Any]
MOST_ANSWERS = 6
LOOKS = 1.5
"""Seconds for which a look at who writes to the case is good."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a person writes it in an address.

    Attributes:
        actors: names or codes, those of a group joined by `+`.
        toward: a side of the case, or names or codes joined by `+`.
        since, until, split: days as text; empty for open.
        sources: names of the only sources used; empty for all.
    """

    actors: tuple[str, ...] = ()
    toward: str = ""
    since: str = ""
    until: str = ""
    split: str = ""
    sources: tuple[str, ...] = ()

    @classmethod
    def of_section(cls, section: QuestionSection) -> Asked:
        """A question of case.toml."""
        days = (section.first, section.last, section.split)
        since, until, split = ("" if day is None else day.isoformat() for day in days)
        actors = tuple("+".join(group) for group in section.actors)
        return cls(actors, section.toward, since, until, split, tuple(section.sources))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked at all."""
        return self == Asked()


class Elsewhere(Protocol):
    """Does what needs much memory, at another place; raises what `Pages` would raise."""

    def answer(self, asked: Asked) -> Record:
        """As `Pages.answer`."""

    def names(self) -> Names:
        """As `Pages.names`."""


class Kept:
    """The last few results, each made once however many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is held under a key, or what `make` gives; an error is raised and not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            making = self._making.setdefault(key, threading.Lock())
        try:
            with making:
                found = self.peek(key)
                if found is None:
                    found = make()
                    with self._lock:
                        self._held[key] = found
                        while len(self._held) > self._most:
                            self._held.popitem(last=False)
        finally:
            with self._lock:
                self._making.pop(key, None)
        return found

    def peek(self, key: Hashable) -> Any:
        """What is held under a key; None where nothing is."""
        with self._lock:
            return self._held.get(key)


class Pages:
    """What the pages of one case show.

    Args:
        case: its folder.
        elsewhere: does what needs much memory; None to do it here.

    Raises:
        NoCase: the folder is no case.
        BadSetting: case.toml makes no sense.
    """

    def __init__(self, case: Path, elsewhere: Elsewhere | None = None) -> None:
        self.folder, self._elsewhere = case, elsewhere
        self._bench = Workbench.open(case)
        self._bench_state = self._settings_state()
        self._answers, self._held, self._few = Kept(MOST_ANSWERS), Kept(24), Kept(8)
        self._names = Kept(1)
        self._one_at_a_time = threading.Lock()
        self._lock = threading.Lock()
        self._looked: tuple[float, bool] = (0.0, False)

    # -- the state of the case ----------------------------------------------------------------

    @property
    def bench(self) -> Workbench:
        """The case, opened again where its settings or actors have changed.

        Raises:
            NoCase: case.toml is gone.
            BadSetting: it makes no sense any more.
        """
        now = self._settings_state()
        with self._lock:
            if now != self._bench_state:
                self._bench, self._bench_state = Workbench.open(self.folder), now
            return self._bench

    def state(self) -> str:
        """A short mark of all that answers depend on; another one when something has changed."""
        is_shown = self._is_copy_shown()
        database = self.folder / DATABASE
        files = [shown_path(database)] if is_shown else [
            database, database.with_name(f"{DATABASE}.wal"),
        ]  # fmt: skip
        files.append(self.folder / LAKE / lake_catalogue.FILE)
        told = (version(), is_shown, self._settings_state(), *map(_stamp, files))
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    def _settings_state(self) -> tuple[object, ...]:
        names = (CASE_FILE, ACTORS_FILE, ANCHORS_FILE, ACTORS_LOG, GRADES, GRADES_LOG)
        own = sorted((self.folder / ONTOLOGY).glob("*"))
        return tuple(_stamp(path) for path in (*(self.folder / name for name in names), *own))

    def _is_copy_shown(self) -> bool:
        """Whether another process writes and readers are shown a copy; looked at now and then."""
        if not shown_path(self.folder / DATABASE).exists():
            return False
        looked, found = self._looked
        if monotonic() - looked > LOOKS:
            try:
                with Store.open(self.folder, write=False) as store:
                    found = store.shown_as_of is not None
            except CaseBusy:
                found = False
            self._looked = (monotonic(), found)
        return found

    def notice(self) -> str | None:
        """What a reader must know before all: an older coder, or that the case is being written.

        Raises:
            CaseBusy: another process writes, and has left no copy to read.
        """
        found = self._held.get(("notice", self.state()), lambda: (self.bench.outdated(),))
        told: str | None = found[0]
        return told

    # -- what the case holds ------------------------------------------------------------------

    def case(self) -> Record:
        """Title, questions, sides, sources and amounts of the case."""
        record: Record = self._held.get(("case", self.state()), self._case)
        answers = [self.answered(asked) for asked in self.questions()]
        heads = [None if one is None else one["verdict"] for one in answers]
        told = [
            {
                **question,
                "answered": one is not None,
                "head": None if head is None else head["head"],
            }
            for question, one, head in zip(record["questions"], answers, heads, strict=True)
        ]
        return {**record, "questions": told}

    def _case(self) -> Record:
        bench = self.bench
        holds = CaseStores(self.folder).info()
        return {
            "title": bench.settings.title,
            "questions": [
                {"title": section.title, "asked": Asked.of_section(section)}
                for section in bench.settings.questions
            ],
            "sides": [
                {"name": side.name, "codes": list(side.codes)} for side in bench.settings.sides
            ],
            "sources": self.source_names(),
            "holds": holds,
            "notice": self.notice(),
            "version": version(),
        }

    def questions(self) -> list[Asked]:
        """The questions of case.toml."""
        return [Asked.of_section(section) for section in self.bench.settings.questions]

    def source_names(self) -> list[str]:
        """Names of all sources: datasets of events, then sources of texts."""

        def make() -> list[str]:
            with Store.open(self.folder, write=False) as store:
                texts = [each.source.name for each in store.corpus().sources]
            if not Lake.is_in(self.folder):
                return texts
            with Lake.open(self.folder) as lake:
                return [*(each.name for each in lake.sources()), *texts]

        return list(self._held.get(("sources", self.state()), make))

    @property
    def names(self) -> Names:
        """Names of all actors, and who answers as whom.

        Raises:
            BadSetting: `actors.toml` cannot be read or breaks its form.
        """
        found: Names = self._names.get(self._settings_state(), self._named)
        return found

    def _named(self) -> Names:
        if self._elsewhere is not None:
            return self._elsewhere.names()
        return Names.of(self.bench.register)

    def name_of(self, code: str) -> str:
        """The name of a code, or of a group of codes joined by `+`."""
        names = self.names.name_of
        return " + ".join(names(one) for one in code.split("+"))

    # -- answers --------------------------------------------------------------------------------

    def answer(self, asked: Asked) -> Record:
        """The answer to a question, as `inconcert ask --json` gives it.

        Raises:
            UnknownActor: a name or code stands for nobody.
            BadQuestion: the question makes no sense.
            NothingCoded: there is nothing to answer from.
            CaseBusy: another process writes to the case.
        """
        record: Record = self._answers.get((asked, self.state()), lambda: self._answer(asked))
        return record

    def answered(self, asked: Asked) -> Record | None:
        """The answer where it is there already; None where it would have to be worked out."""
        record: Record | None = self._answers.peek((asked, self.state()))
        return record

    def _answer(self, asked: Asked) -> Record:
        if self._elsewhere is not None:
            return self._elsewhere.answer(asked)
        bench = self.bench
        with self._one_at_a_time:  # two at a time would need twice the memory
            found = bench.ask(
                *asked.actors,
                toward=asked.toward,
                since=asked.since or None,
                until=asked.until or None,
                split=asked.split or None,
                title=self._title(asked),
                sources=asked.sources,
            )
            record = bench.show(found, form="record")
        assert isinstance(record, dict)
        return record

    def _title(self, asked: Asked) -> str | None:
        sections = self.bench.settings.questions
        return next((one.title for one in sections if Asked.of_section(one) == asked), None)

    def warm(self) -> Iterator[InConcertError | None]:
        """Answer the questions of case.toml one by one, so that nobody has to wait for them."""
        for asked in self.questions()[:MOST_ANSWERS]:
            try:
                self.answer(asked)
                yield None
            except InConcertError as error:
                yield error

    def days(self, since: str, until: str) -> tuple[date, date] | None:
        """Days as a filter; None where neither end is given.

        Raises:
            BadQuestion: one of the two is no date, or they stand in the wrong order.
        """
        span = asked_days(since or None, until or None)
        return None if span is None else (span.first, span.last)

    def held(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """A result under a key, kept as long as the case stays as it is."""
        return self._held.get((key, self.state()), make)

    def few(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """As `held`, of what is large: only the last few are kept."""
        return self._few.get((key, self.state()), make)


def require(value: str, name: str, known: Sequence[str]) -> str:
    """The value, where it is one of those known.

    Raises:
        BadInput: it is not; names them.
    """
    if value not in known:
        raise BadInput(f"{value!r} is no {name}", where=name, advice=f"One of: {', '.join(known)}.")
    return value


def _stamp(path: Path) -> tuple[str, int, int] | None:
    """When a file was written last, and how large it is; None where there is none.

    The file is not opened: to close it again would let the lock of the database go.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return path.name, found.st_mtime_ns, found.st_size
