"""Workbench: a case and all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from inconcert.core.config import Settings
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.verdict import Answer
from inconcert.errors import BadQuestion, CaseExists, NoCase
from inconcert.resolve.gazetteer import gazetteer
from inconcert.resolve.register import Register
from inconcert.show import explain as marks_of
from inconcert.show import plain, record
from inconcert.show.brief_forms import files_of
from inconcert.store.store import FILE as DATABASE
from inconcert.store.store import Store
from inconcert.workbench.asking import answer as answer_to
from inconcert.workbench.asking import outdated, require_coded
from inconcert.workbench.briefing import disputed_of, earlier, forms_of, known_of
from inconcert.workbench.coding_run import code_waiting
from inconcert.workbench.explain import explain
from inconcert.workbench.exporting import ExportOrder, export_dataset, export_records, names_of
from inconcert.workbench.files import make_folder, write_whole
from inconcert.workbench.opened import ACTORS_FILE, ANCHORS_FILE, CASE_FILE, Opened, version
from inconcert.workbench.questions import (
    asked_days,
    days_of,
    question_of,
    question_of_section,
)
from inconcert.workbench.reliability import grades_of
from inconcert.workbench.reports import BriefFiles, CodeReport, ExportReport, ReadReport
from inconcert.workbench.taking import take_in

__all__ = ["ACTORS_FILE", "ANCHORS_FILE", "CASE_FILE", "Workbench", "version"]

Progress = Callable[[int, int, float], None]
"""Called with items done, all items, and the share of the work done; 0 for what is not known."""


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
        self._case = Opened(folder, settings)

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

    @property
    def register(self) -> Register:
        """The actors of the world, with the case's own added.

        Raises:
            BadSetting: `actors.toml` cannot be read or breaks its form.
        """
        return self._case.register

    def settle(self) -> None:
        """Load what questions need, and let go of what only coding needs: for a long-lived server.

        Raises:
            BadSetting: `actors.toml` cannot be read or breaks its form.
        """
        _ = self.register
        gazetteer.cache_clear()

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
        return take_in(
            self._case, places, columns=columns, published=published, layout=layout,
            progress=progress, rows=rows,
        )  # fmt: skip

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
        return code_waiting(self._case, processes=processes, progress=progress, joining=joining)

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
        return answer_to(self._case, question, findings=findings, more=more)

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
            answers.append(answer_to(self._case, question))
            progress(number, len(questions), number / len(questions))
        return answers

    def outdated(self) -> str | None:
        """Says so where answers come from another coder or `actors.toml` than the present ones.

        Raises:
            BadSetting: `actors.toml` cannot be read.
        """
        return outdated(self._case)

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
                chosen,
                self._case.languages or (),
                case=self.folder,
                spread=self.register.merged.spread,
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
        with self._case.store(write=False) as store:
            found = self._case.merged(store.events())
        return [item for item in found if with_auxiliary or not item.event.auxiliary]

    def statements(self) -> list[StatementRecord]:
        """All statements of the case."""
        with self._case.store(write=False) as store:
            return self._case.merged(store.statements())

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
        with self._case.store(write=False) as store:
            require_coded(self._case, store)
            return export_records(
                self._case.merged(store.events()) if what == "events" else [],
                self._case.merged(store.statements()) if what == "statements" else [],
                order,
                names=names_of(self.register),
                coder=f"inconcert {version()}",
                grades=grades_of(self.folder),
            )

    def info(self) -> tuple[dict[str, object], list[tuple[str, str]]]:
        """What the database holds, and the records that stand twice in it (none when sound)."""
        with self._case.store(write=False) as store:
            facts = store.info(languages=self._case.languages)
            corpus = store.corpus(languages=self._case.languages)
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
