"""Workbench: a case and all that can be done with it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Literal

from inconcert.core.coding import Coding
from inconcert.core.config import QuestionSection, Settings
from inconcert.core.document import Document
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.provenance import LeftOut, Provenance
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.errors import BadQuestion, CaseExists, NoCase
from inconcert.judge.answer import answer as judge_answer
from inconcert.read import read_documents
from inconcert.read.settings import MEGABYTE, ReadSettings
from inconcert.resolve.register import Register
from inconcert.run.parallel import Failure, run_batches
from inconcert.show import brief, html, plain, record
from inconcert.show.export import export_events, export_statements
from inconcert.store.store import Store
from inconcert.workbench.chain import chain, code_documents
from inconcert.workbench.reports import BriefFiles, CodeReport, ReadReport

CASE_FILE = "case.toml"
ACTORS_FILE = "actors.toml"
_BATCH = 8
"""Documents coded and stored in one transaction; a break loses at most this much work a process."""

Progress = Callable[[int, int], None]


def version() -> str:
    """The installed version of InConcert."""
    return installed_version("inconcert")


def _silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


class Workbench:
    """A case and all that can be done with it.

    Make one with `Workbench.create` or `Workbench.open`. Each call opens the database for as long
    as it needs it; between calls other programs may.

    Attributes:
        folder: the case folder.
        settings: shipped defaults, case.toml and overrides laid on each other.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    # -- cases ------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, folder: Path | str, *, title: str | None = None, settings: str | None = None
    ) -> Workbench:
        """Make a case in a folder, with `case.toml` and an empty database.

        Args:
            settings: text of the case.toml to write; None for one with comments and defaults.

        Raises:
            CaseExists: the folder already is a case.
        """
        folder = Path(folder)
        file = folder / CASE_FILE
        if file.exists():
            raise CaseExists(
                "this folder already is a case",
                where=str(folder),
                advice="Use it as it is, or choose another folder.",
            )
        folder.mkdir(parents=True, exist_ok=True)
        overrides = {"title": title} if title else None
        text = settings if settings is not None else Settings.load(overrides=overrides).text()
        file.write_text(text, encoding="utf-8")
        with Store.create(folder):
            pass
        return cls.open(folder)

    @classmethod
    def open(
        cls, folder: Path | str = ".", *, overrides: Mapping[str, object] | None = None
    ) -> Workbench:
        """Open an existing case.

        Args:
            overrides: settings by dotted name that win over case.toml (`code.processes`).

        Raises:
            NoCase: there is no case.toml in the folder.
            BadSetting: case.toml has a setting that is unknown or without sense.
        """
        folder = Path(folder)
        if not (folder / CASE_FILE).is_file():
            raise NoCase(
                "no case here",
                where=str(folder.resolve()),
                advice="Make one with `inconcert init FOLDER`, or name one with --case.",
            )
        return cls(folder, Settings.load(folder / CASE_FILE, overrides=overrides))

    @cached_property
    def register(self) -> Register:
        """The actors of the world, with the case's own added."""
        return Register.load(extra=self._extra)

    @property
    def _extra(self) -> Path | None:
        file = self.folder / ACTORS_FILE
        return file if file.is_file() else None

    # -- taking in --------------------------------------------------------------------------

    def read(
        self,
        places: Iterable[str | Path] | None = None,
        *,
        columns: Sequence[str] = (),
        published: str | None = None,
        progress: Progress = _silent,
    ) -> ReadReport:
        """Take documents in; what is known already is not taken twice.

        Args:
            places: files, folders, or "-" for standard input; None for case.toml's.
            columns: FIELD=COLUMN pairs for CSV and JSONL.
            published: date of publication of all that is read (2021, 2021-08, 2021-08-15).
            progress: called with (documents so far, 0).
        """
        chosen = self._places(places)
        left_out: list[LeftOut] = []
        documents = self._counted(
            read_documents(
                chosen, settings=self._read_settings(columns, published), left_out=left_out.append
            ),
            progress,
        )
        languages = set(self.settings.code.languages)
        not_coded: Counter[str] = Counter()
        with Store.open(self.folder, write=True) as store:
            known = new = 0
            for batch in _batches(documents, 200):
                added = store.add_documents(batch)
                known, new = known + added.known, new + added.new
                for document in batch:
                    if document.language is not None and document.language not in languages:
                        reason = f"language not coded: {document.language}"
                        store.mark_not_coded(document.id, reason)
                        not_coded[reason] += 1
            store.add_left_out(left_out)
        return ReadReport(new, known, tuple(left_out), tuple(sorted(not_coded.items())))

    def _places(self, places: Iterable[str | Path] | None) -> list[str | Path]:
        if places is not None:
            return list(places)
        named = self.settings.read.places
        if not named:
            raise BadQuestion(
                "nothing to read was named",
                where=str(self.folder / CASE_FILE),
                advice="Name files after `read`, or put them under [read] places.",
            )
        return [place if place == "-" else self.folder / place for place in named]

    def _read_settings(self, columns: Sequence[str], published: str | None) -> ReadSettings:
        section = self.settings.read
        mapping = dict(section.columns)
        for pair in columns:
            name, found, column = pair.partition("=")
            if not found:
                raise BadQuestion(
                    f"--column {pair!r} is not FIELD=COLUMN", advice="As in --column text=body."
                )
            mapping[name.strip()] = column.strip()
        limit = int(section.max_megabytes * MEGABYTE)
        return ReadSettings(
            source=section.source,
            country=section.country,
            speaker=section.speaker,
            licence=section.licence,
            language=section.language,
            published=None if published is None else _span(published, "--date"),
            mapping=mapping,
            max_bytes=limit,
            today=datetime.now(UTC).date(),
        )

    @staticmethod
    def _counted(documents: Iterable[Document], progress: Progress) -> Iterable[Document]:
        for number, document in enumerate(documents, start=1):
            progress(number, 0)
            yield document

    # -- coding -----------------------------------------------------------------------------

    def code(self, *, processes: int | None = None, progress: Progress = _silent) -> CodeReport:
        """Code the documents that this coder has not coded yet.

        It may be stopped at any moment; finished batches stand, and the next call goes on.

        Args:
            processes: worker processes; None for the setting, 0 for one a core.
            progress: called with (documents done, documents waiting).
        """
        settings = self.settings.code
        wanted = settings.processes if processes is None else processes
        workers = wanted if wanted > 0 else (os.cpu_count() or 1)
        extra = None if self._extra is None else str(self._extra.resolve())
        provenance = self._provenance(settings.model, extra)
        work = partial(code_documents, model=settings.model, extra=extra)
        done = sentences = events = statements = 0
        failed: list[tuple[str, str]] = []
        with Store.open(self.folder, write=True) as store:
            waiting = store.pending(provenance)
            progress(0, len(waiting))
            results = run_batches(
                store.documents(waiting),
                work,
                processes=min(workers, max(1, len(waiting) // _BATCH)),
                batch_size=_BATCH,
                size=lambda document: len(document.text),
            )
            for result in results:
                if isinstance(result, Failure):
                    failed.append((", ".join(d.id for d in result.items), result.reason))
                    continue
                store.add_codings(result, provenance)
                done += len(result)
                sentences += sum(len(coding.sentences) for coding in result)
                events += sum(len(coding.events) for coding in result)
                statements += sum(len(coding.statements) for coding in result)
                progress(done, len(waiting))
        return CodeReport(done, len(waiting), sentences, events, statements, tuple(failed))

    @staticmethod
    def _provenance(model: str | None, extra: str | None) -> Provenance:
        return chain(model, extra).provenance()

    # -- asking -----------------------------------------------------------------------------

    def ask(
        self,
        *actors: str,
        toward: str,
        since: str | None = None,
        until: str | None = None,
        split: str | None = None,
        sources: Sequence[str] = (),
        title: str | None = None,
    ) -> Answer:
        """Ask what actors did and said toward another; with two, whether they are in concert.

        Args:
            actors: names, codes, or codes joined by `+`, one an actor.
            toward: a side of case.toml, or names or codes joined by `+`.
            since: first day, month or year asked about.
            until: last day, month or year asked about.
            split: day that parts the answer in before and after.
            sources: names of the sources to use; all if empty.

        Raises:
            UnknownActor: a name or code stands for nobody.
            BadQuestion: no actor, an actor on both sides, or dates that make no span.

        Example:
            `bench.ask("RUS", "CHN", toward="AFG+AFGTAL", since="2021-08")`
        """
        question = self._question(
            actors=[(actor,) for actor in actors],
            toward=toward,
            span=_asked_span(since, until),
            split=None if split is None else _span(split, "split").first,
            title=title,
            sources=sources,
        )
        return self._answer(question)

    def answers(self) -> list[Answer]:
        """Answers to the questions of case.toml, in their order.

        Raises:
            BadQuestion: case.toml asks nothing.
        """
        if not self.settings.questions:
            raise BadQuestion(
                "the case asks no question",
                where=str(self.folder / CASE_FILE),
                advice="Name actors and --toward, or add [[questions]] to case.toml.",
            )
        return [self._of_section(section) for section in self.settings.questions]

    def _of_section(self, section: QuestionSection) -> Answer:
        span = None
        if section.first is not None or section.last is not None:
            span = TimeSpan(section.first or date.min, section.last or date.max)
        question = self._question(
            actors=section.actors,
            toward=section.toward,
            span=span,
            split=section.split,
            title=section.title,
            sources=section.sources,
        )
        return self._answer(question)

    def _question(
        self,
        *,
        actors: Sequence[Sequence[str]],
        toward: str,
        span: TimeSpan | None,
        split: date | None,
        title: str | None,
        sources: Sequence[str],
    ) -> Question:
        if not actors or not toward:
            raise BadQuestion(
                "a question needs at least one actor and a --toward",
                advice="As in: inconcert ask RUS CHN --toward AFG+AFGTAL",
            )
        groups = tuple(self._codes(group) for group in actors)
        side = self.settings.side(toward)
        other = self._codes(side.codes if side is not None else (toward,))
        names = tuple(self._name(group, codes) for group, codes in zip(actors, groups, strict=True))
        for name, codes in zip(names, groups, strict=True):
            if set(codes) & set(other):
                raise BadQuestion(
                    f"{name} stands on both sides of the question",
                    advice="Ask about an actor's acts toward somebody else.",
                )
        if len(set(groups)) < len(groups):
            raise BadQuestion("the same actor is asked about twice", advice="Name each once.")
        name = side.name if side is not None else self._name((toward,), other)
        return Question(groups, other, names, name, span, split, title, tuple(sources))

    def _codes(self, names: Sequence[str]) -> tuple[str, ...]:
        codes = [code for name in names for code in self.register.codes_for(name)]
        return tuple(dict.fromkeys(codes))

    def _name(self, written: Sequence[str], codes: Sequence[str]) -> str:
        side = self.settings.side(written[0]) if len(written) == 1 else None
        if side is not None:
            return side.name
        return " and ".join(self.register.name_of(code) for code in codes)

    def _answer(self, question: Question) -> Answer:
        with Store.open(self.folder, write=False) as store:
            corpus = store.corpus(sources=question.sources)
            events = store.events(sources=question.sources, span=question.span)
            statements = store.statements(sources=question.sources, span=question.span)
        return judge_answer(question, events, statements, corpus, names=self.register.name_of)

    # -- showing ----------------------------------------------------------------------------

    def show(self, answer: Answer, *, form: Literal["text", "summary", "record"]) -> object:
        """An answer as text for a terminal, as a short summary, or as a record for JSON."""
        if form == "record":
            return record.answer_record(answer)
        if form == "summary":
            return plain.summary(answer)
        return plain.text(answer)

    def tell(self, report: ReadReport | CodeReport) -> str:
        """What a step did, in words."""
        return plain.told(report.as_record())

    def brief(
        self, answers: Sequence[Answer] | None = None, *, out: Path | None = None
    ) -> BriefFiles:
        """Write brief.md and one self-contained brief.html, each replaced as a whole.

        Args:
            answers: answers to lay down; None for the questions of case.toml.
            out: folder; None for `briefs` in the case.
        """
        chosen = list(answers) if answers is not None else self.answers()
        folder = out if out is not None else self.folder / "briefs"
        folder.mkdir(parents=True, exist_ok=True)
        made, names, title = datetime.now(UTC), self.register.name_of, self.settings.title
        files = BriefFiles(folder / "brief.md", folder / "brief.html")
        _replace(
            files.markdown,
            brief.markdown(chosen, title=title, names=names, made=made, version=version()),
        )
        _replace(
            files.html, html.page(chosen, title=title, names=names, made=made, version=version())
        )
        return files

    def events(self, *, with_auxiliary: bool = False) -> list[EventRecord]:
        """All event mentions of the case, plain ones only unless asked."""
        with Store.open(self.folder, write=False) as store:
            found = store.events()
        return [item for item in found if with_auxiliary or not item.event.auxiliary]

    def statements(self) -> list[StatementRecord]:
        """All statements of the case."""
        with Store.open(self.folder, write=False) as store:
            return store.statements()

    def export(self, path: Path, *, what: str = "events", with_auxiliary: bool = False) -> int:
        """Write events or statements to .csv, .jsonl or .parquet; returns how many.

        Raises:
            BadQuestion: neither events nor statements, or a suffix that no exporter writes.
        """
        if what == "events":
            return export_events(self.events(with_auxiliary=with_auxiliary), path).written
        if what == "statements":
            return export_statements(self.statements(), path).written
        raise BadQuestion(f"cannot export {what!r}", advice="Choose events or statements.")

    # -- without a case ---------------------------------------------------------------------

    @staticmethod
    def explain(text: str, *, published: str | None = None) -> dict[str, object]:
        """Code a text by itself and say which rule decided what; nothing is stored."""
        span = None if published is None else _span(published, "--date")
        document = Document.of(text, published=span, language="en")
        coding: Coding = chain().code(document)
        return record.explained(document, coding)

    @staticmethod
    def tell_explained(explained: dict[str, object]) -> str:
        """An explained text in words."""
        return plain.explained(explained)

    @staticmethod
    def find_actors(
        name: str, *, on: str | None = None, case: Path | None = None
    ) -> list[dict[str, object]]:
        """Who is meant by a name on a date: candidates, best first."""
        extra = None
        if case is not None:
            file = Workbench.open(case).folder / ACTORS_FILE
            extra = file if file.is_file() else None
        span = None if on is None else _span(on, "--date")
        found = Register.load(extra=extra).find(name, span)
        return [candidate.as_record() for candidate in found]

    @staticmethod
    def tell_actors(found: list[dict[str, object]], name: str) -> str:
        """Candidates in words."""
        return plain.actors(found, name)


def _span(text: str, where: str) -> TimeSpan:
    try:
        return TimeSpan.parse(text)
    except ValueError as error:
        raise BadQuestion(
            f"{text!r} is no date", where=where, advice="Write 2021, 2021-08 or 2021-08-15."
        ) from error


def _asked_span(since: str | None, until: str | None) -> TimeSpan | None:
    if since is None and until is None:
        return None
    first = date.min if since is None else _span(since, "--from").first
    last = date.max if until is None else _span(until, "--to").last
    if last < first:
        raise BadQuestion(
            f"the question ends ({last}) before it begins ({first})",
            where="--from, --to",
            advice="Exchange the two.",
        )
    return TimeSpan(first, last)


def _batches(documents: Iterable[Document], size: int) -> Iterable[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    partial_file = path.with_name(f".{path.name}.part")
    partial_file.write_text(text, encoding="utf-8")
    partial_file.replace(path)
