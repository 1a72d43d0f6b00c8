"""Workbench: a case and all that can be done with it."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Literal

from inconcert.code.heads import FOLDER as ONTOLOGY
from inconcert.code.heads import CustomHeads, digest_of_heads, intensity_with, read_heads
from inconcert.core.coding import Coding
from inconcert.core.config import Settings
from inconcert.core.document import Document
from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.provenance import LeftOut
from inconcert.core.question import Question
from inconcert.core.verdict import Answer
from inconcert.errors import (
    BadQuestion,
    CaseExists,
    CodingFailed,
    ModelError,
    NoCase,
    NothingCoded,
    UnknownActor,
)
from inconcert.judge.amounts import counted
from inconcert.judge.answer import answer as judge_answer
from inconcert.read import read_documents
from inconcert.read.item import KEPT
from inconcert.read.settings import MEGABYTE, ReadSettings
from inconcert.read.sorting import Sorted, sort_places
from inconcert.resolve.anchors import read_anchors
from inconcert.resolve.decisions import FILE as ACTORS_LOG
from inconcert.resolve.gazetteer import gazetteer
from inconcert.resolve.register import Register
from inconcert.run.parallel import Failure, run_batches
from inconcert.show import explain as marks_of
from inconcert.show import plain, record
from inconcert.show.brief_forms import files_of
from inconcert.store.store import FILE as DATABASE
from inconcert.store.store import Store
from inconcert.store.view import WAITING
from inconcert.workbench import findings as parts
from inconcert.workbench import timing
from inconcert.workbench.briefing import disputed_of, earlier, forms_of, known_of
from inconcert.workbench.chain import code_documents, digest_of, provenance_of
from inconcert.workbench.datasets import read_datasets
from inconcert.workbench.decided import Record, with_merged
from inconcert.workbench.explain import explain
from inconcert.workbench.exporting import ExportOrder, export_dataset, export_records, names_of
from inconcert.workbench.files import make_folder, write_whole
from inconcert.workbench.findings_texts import of_texts as parts_of_texts
from inconcert.workbench.found import NO_TEXTS, FoundInTexts
from inconcert.workbench.joining import Joining, join_reports, joining_of
from inconcert.workbench.questions import (
    asked_days,
    days_of,
    question_of,
    question_of_section,
)
from inconcert.workbench.reliability import grades_of
from inconcert.workbench.reports import BriefFiles, CodeReport, ExportReport, Failed, ReadReport

CASE_FILE = "case.toml"
ACTORS_FILE = "actors.toml"
ANCHORS_FILE = "anchors.toml"
OUTDATED = (
    "records were made by another version of the coder, or with other actors or types of the "
    "case's own: "
    "run `inconcert code`"
)
STANDARD_INPUT_PLACE = "standard input"
_BATCH = 8
"""Documents coded and stored in one transaction; a break loses at most this much work a process."""

Progress = Callable[[int, int, float], None]
"""Called with items done, all items, and the share of the work done; 0 for what is not known."""


def version() -> str:
    """The installed version of InConcert."""
    return installed_version("inconcert")


def _silent(done: int, total: int, share: float) -> None:
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

        Where one of the two is there already, as after a crash or a loss, only the other is made.

        Args:
            title: what the case is about; None for the name of the folder.
            settings: text of the case.toml to write; None for one with comments and defaults.

        Raises:
            CaseExists: the folder already is a case.
            CaseError: the folder cannot be written.
            StorageFull: no room for it.
        """
        folder = Path(folder)
        file, database = folder / CASE_FILE, folder / DATABASE
        if file.exists() and database.exists():
            raise CaseExists(
                "this folder already is a case",
                where=str(folder),
                advice="Use it as it is, or choose another folder.",
            )
        make_folder(folder)
        if not database.exists():
            with Store.create(folder):
                pass
        if not file.exists():  # last, so that where it stands the case is complete
            name = title or folder.resolve().name or None
            fresh = settings or Settings.load(overrides={"title": name}).text()
            write_whole(file, fresh)
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
        """The actors of the world, with the case's own added.

        Raises:
            BadSetting: `actors.toml` cannot be read or breaks its form.
        """
        digest_of(self._extra)  # tells plainly where it cannot be read
        return Register.load(extra=self._extra, log=self.folder / ACTORS_LOG)

    def settle(self) -> None:
        """Load what questions need, and let go of what only coding needs: for a long-lived server.

        Raises:
            BadSetting: `actors.toml` cannot be read or breaks its form.
        """
        _ = self.register
        gazetteer.cache_clear()

    @property
    def _extra(self) -> Path | None:
        file = self.folder / ACTORS_FILE
        return file if file.is_file() else None

    @property
    def _anchors(self) -> Path | None:
        file = self.folder / ANCHORS_FILE
        return file if file.is_file() else None

    @property
    def _ontology(self) -> Path | None:
        folder = self.folder / ONTOLOGY
        return folder if folder.is_dir() else None

    def _store(self, *, write: bool, is_long: bool = False) -> Store:
        if not (self.folder / DATABASE).exists():
            raise NoCase(
                "the database of the case is missing",
                where=str(self.folder / DATABASE),
                advice="Put a copy back, or run `inconcert init "
                f"{shlex.quote(str(self.folder))}` for an empty one.",
            )
        return Store.open(self.folder, write=write, is_long=is_long)

    # -- taking in --------------------------------------------------------------------------

    def read(
        self,
        places: Iterable[str | Path] | str | Path | None = None,
        *,
        columns: Sequence[str] = (),
        published: str | None = None,
        layout: str | None = None,
        progress: Progress = _silent,
        rows: Progress = _silent,
    ) -> ReadReport:
        """Take documents and datasets of events in; what is known already is not taken twice.

        Args:
            places: one file or folder or many, or "-" for standard input; None for case.toml's.
            columns: FIELD=COLUMN pairs for CSV and JSONL.
            published: date of publication of all that is read (2021, 2021-08, 2021-08-15).
            layout: all that is named is a dataset of this layout, or of this mapping file.
            progress: called after each document; how many there will be is not known.
            rows: called with files begun, all files and the share done, for datasets.

        Raises:
            UnreadableDocument: a place does not exist; nothing was read.
            UnknownActor: the speaker or the country to take for granted is nobody's.
            BadSetting: no such layout, or a mapping file without sense.
            CaseBusy: another process writes to the case.
            StorageFull: the disk is full; what was read before stands.
        """
        told: list[LeftOut] = []
        found = sort_places(self._places(places), left_out=told.append)
        if layout is not None:
            found = Sorted((), (*found.documents, *found.datasets))
        datasets = (
            read_datasets(self.folder, self.register, found.datasets, layout=layout, progress=rows)
            if found.datasets
            else None
        )
        documents = self._counted(
            read_documents(
                found.documents,
                settings=self._read_settings(columns, published),
                left_out=told.append,
            ),
            progress,
        )
        not_coded: Counter[str] = Counter()
        known = new = 0
        with self._store(write=True, is_long=True) as store:
            for batch in _batches(documents, 200):
                added = store.add_documents(
                    replace(document, place=self._kept_place(document.place)) for document in batch
                )
                known, new = known + added.known, new + added.new
                ids = [document.id for document in batch]
                not_coded.update(dict(store.not_to_be_coded(ids, languages=self._languages)))
            store.add_left_out(replace(item, place=self._kept_place(item.place)) for item in told)
        return ReadReport(
            new=new,
            known=known,
            left_out=tuple(item for item in told if not item.reason.endswith(KEPT)),
            notes=tuple(item for item in told if item.reason.endswith(KEPT)),
            not_coded=tuple(sorted(not_coded.items())),
            datasets=datasets,
        )

    @property
    def _languages(self) -> tuple[str, ...]:
        return self.settings.code.languages

    def _kept_place(self, place: str) -> str:
        """A place as the case keeps it: one spelling a file, so that repairs are noticed.

        Files in the case folder are named as seen from there, all others from the root.
        """
        if place.startswith(STANDARD_INPUT_PLACE):
            return place
        whole, case = Path(place).resolve(), self.folder.resolve()
        return str(whole.relative_to(case) if whole.is_relative_to(case) else whole)

    def _places(self, places: Iterable[str | Path] | str | Path | None) -> list[str | Path]:
        if isinstance(places, str | Path):
            return [places]
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
            if not found or not column.strip():
                raise BadQuestion(
                    f"{pair!r} is not FIELD=COLUMN",
                    where="--column",
                    advice="Write it as in --column text=body.",
                )
            mapping[name.strip()] = column.strip()
        limit = int(section.max_megabytes * MEGABYTE)
        return ReadSettings(
            source=section.source,
            country=self._one_code("country", section.country),
            speaker=self._one_code("speaker", section.speaker),
            licence=section.licence,
            language=section.language,
            published=None if published is None else days_of(published, "--date"),
            mapping=mapping,
            max_bytes=limit,
            max_record_bytes=max(1, limit // 10),
            max_html_bytes=max(1, limit // 10),
            today=datetime.now(UTC).date(),
        )

    def _one_code(self, name: str, given: str | None) -> str | None:
        """The code of an actor named as speaker or country of all that is read.

        Raises:
            UnknownActor: nobody is called so.
            BadQuestion: more than one code is meant.
        """
        if given is None:
            return None
        try:
            codes = self.register.codes_for(given)
        except UnknownActor as error:
            raise UnknownActor(
                error.what, where=f"--{name} ([read] {name})", advice=error.advice
            ) from error
        if len(codes) != 1:
            raise BadQuestion(
                f"{given!r} stands for {' and '.join(codes)}, and one is wanted",
                where=f"--{name} ([read] {name})",
                advice="Write one code, as in RUS.",
            )
        return codes[0]

    @staticmethod
    def _counted(documents: Iterable[Document], progress: Progress) -> Iterable[Document]:
        for number, document in enumerate(documents, start=1):
            progress(number, 0, 0.0)
            yield document

    # -- coding -----------------------------------------------------------------------------

    def code(
        self,
        *,
        processes: int | None = None,
        progress: Progress = _silent,
        joining: Progress = _silent,
    ) -> CodeReport:
        """Code the documents that this coder has not coded yet, and join reports of one act.

        It may be stopped at any moment; finished batches stand, and the next call goes on. A
        document that cannot be coded is marked, so that this coder does not try it again.

        Args:
            processes: worker processes; None for the setting, 0 for one a core.
            progress: called after each batch of documents.
            joining: called while reports are joined, after all documents were coded.

        Raises:
            CodingFailed: not one of the waiting documents could be coded.
            BadSetting: `actors.toml` or `anchors.toml` breaks its form.
            ModelError: the language model is missing or altered.
            StorageFull: the disk is full; what was coded before stands.
        """
        settings, extra, ontology = self.settings.code, self._extra, self._ontology
        anchors = self._anchors
        wanted = settings.processes if processes is None else processes
        provenance = provenance_of(settings.model, extra, ontology, anchors)
        if ontology is not None:
            CustomHeads.load(ontology)  # refuses what cannot be used, once, as with actors.toml
        if anchors is not None:
            read_anchors(anchors)
        _ = self.register  # refuses a bad actors.toml here, once, and not in every worker
        work = partial(
            code_documents,
            model=settings.model,
            extra=None if extra is None else str(extra.resolve()),
            digest=digest_of(extra),
            ontology=None if ontology is None else str(ontology.resolve()),
            own=None if ontology is None else digest_of_heads(ontology),
            anchors=None if anchors is None else str(anchors.resolve()),
            dated=digest_of(anchors),
        )
        with self._store(write=True, is_long=True) as store:
            waiting = store.pending(provenance, languages=self._languages)
            tally = _Tally(store.lengths(waiting))
            progress(0, len(waiting), 0.0)
            results = run_batches(
                store.documents(waiting),
                work,
                processes=min(_workers(wanted), max(1, len(waiting) // _BATCH)),
                batch_size=_BATCH,
                size=lambda document: len(document.text),
            )
            for result in results:
                if isinstance(result, Failure):
                    tally.fail(result)
                else:
                    store.add_codings(result, provenance)
                    tally.add(result)
                progress(tally.documents + len(tally.failed), len(waiting), tally.share)
            corpus = store.corpus(provenance=provenance, languages=self._languages)
            if corpus.documents:  # else it is no fault of the documents: try them all again
                marks = [(item.document, item.mark) for item in tally.failed]
                store.mark_all_not_coded(marks, provenance=provenance)
                corpus = store.corpus(provenance=provenance, languages=self._languages)
            join_reports(store, provenance, progress=joining)
            found = joining_of(store, provenance)
        if tally.failed and not tally.documents:
            raise _all_failed(tally.failed)
        return tally.report(len(waiting), corpus, found)

    # -- asking -----------------------------------------------------------------------------

    def ask(
        self,
        *actors: str,
        toward: str,
        since: str | date | None = None,
        until: str | date | None = None,
        split: str | date | None = None,
        sources: Sequence[str] = (),
        title: str | None = None,
        findings: bool = True,
        more: bool = False,
    ) -> Answer:
        """Ask what actors did and said toward another; with two, whether they are in concert.

        Args:
            actors: names, codes, or codes joined by `+`, one an actor.
            toward: a side of case.toml, or names or codes joined by `+`.
            since: first day, month or year asked about, as text or date.
            until: last day, month or year asked about.
            split: day that parts the answer in before and after.
            sources: names of the sources to use; all if empty.
            findings: also who does which part, beside the verdict; of two actors.
            more: also those findings that take long on a large dataset.

        Raises:
            UnknownActor: a name or code stands for nobody.
            BadQuestion: no actor, an actor on both sides, or dates that make no span.

        Example:
            `bench.ask("RUS", "CHN", toward="AFG+AFGTAL", since="2021-08")`
        """
        question = question_of(
            self.settings,
            self.register,
            actors=[(actor,) for actor in actors],
            toward=toward,
            span=asked_days(_as_text(since), _as_text(until)),
            split=None if split is None else days_of(str(split), "--split").first,
            title=title,
            sources=sources,
        )
        return self._answer(question, findings=findings, more=more)

    def answers(self, *, progress: Progress = _silent) -> list[Answer]:
        """Answers to the questions of case.toml, in their order.

        Args:
            progress: called after each question.

        Raises:
            BadQuestion: case.toml asks nothing.
        """
        if not self.settings.questions:
            raise BadQuestion(
                "the case asks no question",
                where=str(self.folder / CASE_FILE),
                advice="Name actors and --toward, or add [[questions]] to case.toml.",
            )
        questions = [
            question_of_section(self.settings, self.register, section)
            for section in self.settings.questions
        ]
        answers = []
        for number, question in enumerate(questions, start=1):
            answers.append(self._answer(question))
            progress(number, len(questions), number / len(questions))
        return answers

    def _answer(self, question: Question, *, findings: bool = True, more: bool = False) -> Answer:
        with timing.event_store(self.folder) as query:
            chosen = timing.choose(question.sources, timing.known_datasets(query))
            spread = self.register.merged.spread
            readings = timing.of_datasets(query, chosen, question, spread)
            found_in_rows = parts.of_datasets(
                query if findings else None, readings, question, spread,
                states=self.register.states, anchors=self._anchors, more=more,
            )  # fmt: skip
        if not chosen.with_texts:
            alone = judge_answer(
                question, (), (), NO_TEXTS, datasets=readings, names=self.register.name_of
            )
            return replace(alone, findings=parts.together(found_in_rows))
        own = () if self._ontology is None else read_heads(self._ontology)
        found = self._found_in_texts(question, chosen.texts, needed=not readings)
        texts = timing.of_texts(found.events, found.corpus, question)
        told = judge_answer(
            question, found.events, found.statements, found.corpus, named=found.named,
            of_both=found.of_both, datasets=readings, names=self.register.name_of, texts=texts,
            intensity=intensity_with(own),
        )  # fmt: skip
        found_in_texts = parts_of_texts(
            found.events, found.statements, question, texts if findings else None
        )
        return replace(told, findings=parts.together(found_in_rows, found_in_texts))

    def _found_in_texts(
        self, question: Question, sources: Sequence[str], *, needed: bool
    ) -> FoundInTexts:
        """What the texts of the case hold for a question.

        Args:
            question: what is asked.
            sources: names of the only sources of texts used; all if empty.
            needed: whether there must be texts, because nothing else answers.

        Raises:
            NothingCoded: texts are needed, and none was read or coded.
        """
        merged = self.register.merged
        side = merged.spread(question.toward)
        with self._store(write=False) as store:
            if needed:
                self._require_coded(store)
            corpus = store.corpus(sources=sources, languages=self._languages)
            corpus = self._with_outdated(store, corpus)
            events = self._merged(store.events(sources=sources, span=question.span))
            statements = self._merged(store.statements(sources=sources, span=question.span))
            named: list[Located] = []
            of_both: list[Located] = []
            if len(question.actors) == 2:
                first, second = (merged.spread(codes) for codes in question.actors)
                naming = partial(store.sentences_naming, sources=sources, span=question.span)
                named = naming((*first, *second), side)
                of_both = naming(first, second)
        return FoundInTexts(corpus, events, statements, named, of_both)

    def _merged(self, records: list[Record]) -> list[Record]:
        """Records with the actors as the case's decisions have them."""
        return with_merged(records, self.register.merged)

    def outdated(self) -> str | None:
        """Says so where answers come from another coder or `actors.toml` than the present ones.

        Raises:
            BadSetting: `actors.toml` cannot be read.
        """
        with self._store(write=False) as store:
            told = self._outdated(store)
            if store.shown_as_of is None:
                return told
        since = f"{store.shown_as_of:%Y-%m-%d %H:%M} UTC"
        return f"another process is writing; this is the case as of {since}" + (
            "" if told is None else f"; {told}"
        )

    def _outdated(self, store: Store) -> str | None:
        found = store.provenances()
        try:
            present = provenance_of(
                self.settings.code.model, self._extra, self._ontology, self._anchors
            )
        except ModelError:  # what was coded can be asked about without the model
            return None
        return None if not found or found[0].id == present.id else OUTDATED

    def _with_outdated(self, store: Store, corpus: Corpus) -> Corpus:
        told = self._outdated(store)
        if told is None:
            return corpus
        return replace(corpus, notes=(*corpus.notes, (told, corpus.documents, ())))

    def _require_coded(self, store: Store) -> None:
        """Refuse to answer from nothing; where all that was given was left out, the answer says so.

        Raises:
            NothingCoded: nothing was read, or nothing of it coded.
        """
        corpus = store.corpus(languages=self._languages)
        if corpus.documents:
            return
        case = shlex.quote(str(self.folder))
        waiting = dict(corpus.not_coded).get(WAITING, 0)
        if waiting:
            raise NothingCoded(
                f"nothing of the case has been coded yet; {counted(waiting, 'document')} waiting",
                where=str(self.folder),
                advice=f"Run `inconcert code --case {case}`.",
            )
        if not corpus.not_coded and not corpus.left_out:
            raise NothingCoded(
                "the case holds no documents",
                where=str(self.folder),
                advice=f"Run `inconcert read FILES --case {case}`, then `inconcert code`.",
            )

    # -- showing ----------------------------------------------------------------------------

    def show(self, answer: Answer, *, form: Literal["text", "summary", "record"]) -> object:
        """An answer as text for a terminal, as a short summary, or as a record for JSON."""
        if form == "record":
            grades, disputed = grades_of(self.folder), disputed_of(self.folder)
            return record.answer_record(answer, grades=grades, disputed=disputed)
        if form == "summary":
            return plain.summary(answer)
        return plain.text(answer)

    def brief(
        self,
        answers: Sequence[Answer] | None = None,
        *,
        out: Path | str | None = None,
        forms: Sequence[str] = (),
        since: Path | str | None = None,
    ) -> BriefFiles:
        """Write brief.md, one self-contained brief.html and its sources, each replaced as a whole.

        Args:
            answers: answers to lay down; None for the questions of case.toml.
            out: folder; None for `briefs` in the case.
            forms: also `docx`, `pdf`.
            since: say what is new since this brief: a folder, or `last` for the one in `out`.

        Raises:
            BadInput: no such form, or no earlier brief lies there.
            BadSetting: a form needs an extra that is not installed.
            CaseError: the folder cannot be written.
            StorageFull: the disk is full; a brief that was there stands as it was.
        """
        folder = Path(out) if out is not None else self.folder / "briefs"
        wanted = forms_of(forms)
        before = None if since is None else earlier(since, folder)
        chosen = list(answers) if answers is not None else self.answers()
        made = files_of(
            chosen,
            title=self.settings.title,
            names=self.register.name_of,
            made=datetime.now(UTC),
            version=version(),
            forms=wanted,
            known=known_of(
                chosen, self._languages or (), case=self.folder, spread=self.register.merged.spread
            ),
            before=before,
        )
        make_folder(folder)
        for name, content in made.items():
            write_whole(folder / name, content)
        others = tuple(folder / f"brief.{form}" for form in wanted if form in ("docx", "pdf"))
        return BriefFiles(folder / "brief.md", folder / "brief.html", others)

    def events(self, *, with_auxiliary: bool = False) -> list[EventRecord]:
        """All event mentions of the case, plain ones only unless asked."""
        with self._store(write=False) as store:
            found = self._merged(store.events())
        return [item for item in found if with_auxiliary or not item.event.auxiliary]

    def statements(self) -> list[StatementRecord]:
        """All statements of the case."""
        with self._store(write=False) as store:
            return self._merged(store.statements())

    def export(
        self,
        path: Path | str,
        *,
        what: str = "events",
        with_auxiliary: bool = False,
        form: str = "auto",
        source: str | None = None,
        codebook: bool = False,
    ) -> ExportReport:
        """Write events or statements to a file for another program, and count what was left out.

        Args:
            what: `events` or `statements`.
            with_auxiliary: also events told as planned, denied, supposed or long past; of a
                dataset also rows that repeat others.
            form: `auto` for what the suffix says; `plover`, `gdelt`, `ties`, `gexf`, `graphml`,
                `geojson`, `ftm` or `stix`.
            source: a dataset of the case, whose rows are written instead of what was coded in
                texts.
            codebook: codebook and JSON Schema beside the file.

        Raises:
            BadQuestion: neither events nor statements, an unknown form or dataset, statements in a
                form that has none, or a suffix that no exporter writes.
            NothingCoded: the case holds no coded document, and no dataset was asked for.
        """
        order = ExportOrder(Path(path), what, form, with_auxiliary, codebook)
        if source is not None:
            return export_dataset(self.folder, source, order, names=names_of(self.register))
        order.checked()
        with self._store(write=False) as store:
            self._require_coded(store)
            return export_records(
                self._merged(store.events()) if what == "events" else [],
                self._merged(store.statements()) if what == "statements" else [],
                order,
                names=names_of(self.register),
                coder=f"inconcert {version()}",
                grades=grades_of(self.folder),
            )

    def info(self) -> tuple[dict[str, object], list[tuple[str, str]]]:
        """What the database holds, and the records that stand twice in it (none when sound)."""
        with self._store(write=False) as store:
            facts = store.info(languages=self._languages)
            corpus = store.corpus(languages=self._languages)
            waits = {f"not coded ({why})": count for why, count in corpus.not_coded}
            return {**facts, **waits}, store.check()

    # -- without a case ---------------------------------------------------------------------

    @staticmethod
    def explain(text: str, *, published: str | None = None) -> dict[str, object]:
        """Code a text by itself and say how each event came about; nothing is stored."""
        return explain(text, published=published)

    @staticmethod
    def tell_explained(explained: dict[str, object]) -> str:
        """An explained text in words, its parties in brackets."""
        return marks_of.text(explained)

    @staticmethod
    def explained_lines(explained: dict[str, object]) -> list[list[tuple[str, str]]]:
        """The same as lines of pieces, words and what they are, for colours."""
        return marks_of.lines(explained)

    @staticmethod
    def tell_actors(found: list[dict[str, object]], name: str) -> str:
        """Candidates in words."""
        return plain.actors(found, name)


def _as_text(day: str | date | None) -> str | None:
    if isinstance(day, datetime):
        day = day.date()
    return None if day is None else str(day)


def _batches(documents: Iterable[Document], size: int) -> Iterable[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(slots=True)
class _Tally:
    """Counts of a run of the coder.

    Attributes:
        lengths: characters of the documents that wait, by id; the work goes with them.
    """

    lengths: Mapping[str, int]
    characters: int = 0
    documents: int = 0
    sentences: int = 0
    events: int = 0
    statements: int = 0
    failed: list[Failed] = field(default_factory=list)

    def add(self, codings: Sequence[Coding]) -> None:
        self.documents += len(codings)
        self.characters += sum(self.lengths[coding.document] for coding in codings)
        self.sentences += sum(len(coding.sentences) for coding in codings)
        self.events += sum(len(coding.events) for coding in codings)
        self.statements += sum(len(coding.statements) for coding in codings)

    def fail(self, failure: Failure[Document]) -> None:
        self.characters += sum(self.lengths[document.id] for document in failure.items)
        self.failed += [
            Failed(document.id, document.place, failure.reason, failure.detail)
            for document in failure.items
        ]

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1."""
        return self.characters / max(1, sum(self.lengths.values()))

    def report(self, pending: int, corpus: Corpus, joined: Joining) -> CodeReport:
        return CodeReport(
            documents=self.documents,
            pending=pending,
            sentences=self.sentences,
            events=self.events,
            statements=self.statements,
            failed=tuple(self.failed),
            coded=corpus.documents,
            not_coded=corpus.not_coded,
            joined=joined,
        )


def _all_failed(failed: Sequence[Failed]) -> CodingFailed:
    first = failed[0]
    return CodingFailed(
        f"not one of {counted(len(failed), 'document')} could be coded; "
        f"{first.document} failed with {first.reason}",
        where=first.place,
        advice="Run `inconcert doctor`. If it finds nothing, this is a fault of InConcert: "
        "report it with the text.",
    )


def _workers(wanted: int) -> int:
    return wanted if wanted > 0 else (os.cpu_count() or 1)
