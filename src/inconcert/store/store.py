"""The case's database: one file, append-only, one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from inconcert.core.coding import Coding
from inconcert.core.document import Document
from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.provenance import LeftOut, Provenance
from inconcert.core.span import TimeSpan
from inconcert.errors import CaseBusy, CaseError, CaseExists, NoCase, StorageFull
from inconcert.store import shown, view
from inconcert.store.faults import told_plainly
from inconcert.store.joined_records import JoinedRecords
from inconcert.store.queries import ask, query, rows
from inconcert.store.schema import check_tables, create_tables, stored_version
from inconcert.store.writer import Added, Writer

FILE = "inconcert.duckdb"
"""Name of the database in the case folder."""


class Store(JoinedRecords):
    """Documents and what was found in them.

    Open it with `Store.open` in a `with` block. Records are only ever added; those of a newer
    coder take the place of older ones in what is returned, not in what is held.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Store.create(Path(folder)) as store:
        ...     store.add_documents([Document.of("The envoy left Kabul on Monday.")])
        Added(new=1, known=0, refused=0)
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        is_writable: bool,
        shown_as_of: datetime | None = None,
    ) -> None:
        self.path, self.is_writable = path, is_writable
        self.shown_as_of = shown_as_of
        """Another process writes; this is the case as it was then. None: it is as it is now."""
        self._connection = connection
        self._writing = Writer(connection)

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Make an empty database in a folder and open it for writing.

        The file appears under its name only when it is complete.

        Raises:
            CaseExists: there is one already.
            CaseError: the folder cannot be written.
            StorageFull: no room for it.
        """
        path = folder / FILE
        if path.exists():
            raise CaseExists("here is a case already", where=str(path), advice="Open it instead.")
        fresh = folder / f".{FILE}.{os.getpid()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            with told_plainly(path), duckdb.connect(fresh) as connection:
                create_tables(connection)
                # On closing it would be tried too, but a full disk is not told of then.
                connection.execute("checkpoint")
            _name(fresh, path)
        except OSError as error:
            if error.errno in (ENOSPC, EDQUOT, EFBIG):
                raise StorageFull(
                    "the disk holds no more",
                    where=str(path),
                    advice="No case was made. Make room and run the same command again.",
                ) from error
            raise CaseError(
                f"no case can be made here: {error.strerror}",
                where=str(folder),
                advice="Choose a folder in which you may write.",
            ) from error
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
                fresh.with_name(f"{fresh.name}.wal").unlink(missing_ok=True)
        return cls.open(folder, write=True)

    @classmethod
    def open(cls, folder: Path, *, write: bool, is_long: bool = False) -> Store:
        """Open the database of a case folder.

        Many may read at a time, or one may write. Who comes to read while another writes is shown
        the case as it was when that writing began, where the writer said that it takes long.

        Args:
            is_long: writing takes a while: lay a copy of what is there for those who read.

        Raises:
            NoCase: there is none.
            CaseBusy: another process holds it; named where the system tells.
            CaseTooNew: written by a newer version.
            CaseDamaged: it cannot be read.
            CaseError: it cannot be written, or was written by an older version.
        """
        path = folder / FILE
        if not path.is_file():
            raise NoCase(
                "no case here", where=str(folder), advice="Make one with `inconcert init FOLDER`."
            )
        if write and not os.access(path, os.W_OK):
            raise CaseError(
                "the case cannot be written",
                where=str(path),
                advice="Ask for the right to write in this folder, or copy the case to your own.",
            )
        try:
            connection = _connected(path, path, write=write)
        except CaseBusy:
            since = None if write else shown.as_of(path)
            if since is None:
                raise
            copied = shown.shown_path(path)
            try:
                copy = _connected(copied, path, write=False)
            except CaseError:
                if copied.exists():
                    raise
                # The writing ended meanwhile, and the copy with it.
                return cls(_connected(path, path, write=False), path, is_writable=False)
            return cls(copy, path, is_writable=False, shown_as_of=since)
        if write and is_long:
            try:
                shown.lay_copy(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path, is_writable=write)

    def close(self) -> None:
        """Close the file; what was added stands, whether closed or not."""
        with told_plainly(self.path):
            self._connection.close()
        if self.is_writable:
            shown.take_away(self.path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- adding

    def add_documents(self, documents: Iterable[Document]) -> Added:
        """Add the documents that the case does not hold; return how many were new and known.

        Raises:
            StorageFull: the disk is full; whole batches stand, the rest can be added again.
        """
        with told_plainly(self.path):
            return self._writer().add_documents(documents)

    def add_left_out(self, items: Iterable[LeftOut]) -> None:
        """Note what was given but did not become a document; a known note is passed over."""
        with told_plainly(self.path):
            self._writer().add_left_out(items)

    def mark_not_coded(
        self, document_id: str, reason: str, *, provenance: Provenance | None = None
    ) -> None:
        """Note that a document is held but not coded: it is pending no longer.

        With a provenance it is that coder alone which leaves it out, otherwise every coder.
        """
        self.mark_all_not_coded([(document_id, reason)], provenance=provenance)

    def mark_all_not_coded(
        self, marks: Iterable[tuple[str, str]], *, provenance: Provenance | None = None
    ) -> None:
        """Note documents, by id and reason, in one go."""
        with told_plainly(self.path):
            self._writer().add_not_coded(marks, provenance)

    def add_codings(self, codings: Sequence[Coding], provenance: Provenance) -> int:
        """Add what a coder found in some documents: all of them or none.

        Documents that this coder has coded before are passed over.

        Returns:
            Number of documents that were new to this coder.
        """
        with told_plainly(self.path):
            return self._writer().add_codings(codings, provenance)

    # -- reading

    def pending(
        self, provenance: Provenance, *, languages: Sequence[str] | None = None
    ) -> list[str]:
        """Documents that this coder has still to code, by id, in order of arrival.

        Args:
            languages: codes of the languages that are coded; None for all. A document whose
                language is not known is coded where it is written in Latin letters.
        """
        given = {"provenance": provenance.id, "languages": _all_if_none(languages)}
        with told_plainly(self.path):
            found = rows(self._connection, "pending", given)
        return [str(identity) for (identity,) in found]

    def not_to_be_coded(
        self, ids: Iterable[str], *, languages: Sequence[str]
    ) -> tuple[tuple[str, int], ...]:
        """Of some documents those that are not in the languages that are coded, by reason."""
        given = {"ids": list(ids), "languages": list(languages)}
        with told_plainly(self.path):
            found: list[Any] = rows(self._connection, "not_to_be_coded", given)
        return tuple((str(reason), int(count)) for reason, count in found)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Documents by id, in the order asked for; all of them for None. A few are held at a time.

        Raises:
            BadInput: the case holds no document of that id.
        """
        with told_plainly(self.path):
            yield from view.documents(self._connection, ids)

    def lengths(self, ids: Iterable[str]) -> dict[str, int]:
        """Characters of the texts of some documents, by id."""
        with told_plainly(self.path):
            found: list[Any] = rows(self._connection, "lengths", {"ids": list(ids)})
        return {str(identity): int(length) for identity, length in found}

    def document(self, id: str) -> Document:
        """One document.

        Raises:
            BadInput: the case holds no document of that id.
        """
        return next(self.documents([id]))

    def provenances(self) -> list[Provenance]:
        """The coders whose records the case holds; the first one's are shown by default.

        It is the one that is done with most documents, among equals the newest.
        """
        with told_plainly(self.path):
            return view.provenances(self._connection)

    def events(
        self,
        *,
        actor_codes: Sequence[str] | None = None,
        any_codes: Sequence[str] | None = None,
        types: Sequence[str] | None = None,
        sources: Sequence[str] = (),
        span: TimeSpan | None = None,
        provenance: Provenance | None = None,
        as_coded: bool = False,
    ) -> list[EventRecord]:
        """Event mentions that one coder found, in order of day, the undated last.

        Each knows the event it tells of (`EventRecord.told`) and what its document is a copy of.
        Where days are asked for, the day of the event counts, and all its mentions come.

        Args:
            actor_codes: only those with one of these codes among the actors.
            any_codes: only those with one of these among actors, recipients or about.
            types: only these PLOVER types.
            sources: only those from sources of these names; all if empty.
            span: only those whose `day` lies in it; the undated are left out.
            provenance: the coder; by default the first of `provenances`.
            as_coded: as they are held, whatever reviewers rejected and corrected.

        Raises:
            BadQuestion: the case holds no source of that name.
        """
        coder = provenance or self._default()
        if coder is None:
            return []
        with told_plainly(self.path):
            return view.events(
                self._connection,
                coder,
                actor_codes=actor_codes,
                any_codes=any_codes,
                types=types,
                sources=sources,
                span=span,
                as_coded=as_coded,
            )

    def statements(
        self,
        *,
        speaker_codes: Sequence[str] | None = None,
        any_codes: Sequence[str] | None = None,
        sources: Sequence[str] = (),
        span: TimeSpan | None = None,
        provenance: Provenance | None = None,
    ) -> list[StatementRecord]:
        """Statements that one coder found, in order of day, the undated last.

        Args:
            speaker_codes: only those with one of these codes among the speakers.
            any_codes: only those with one of these among speakers, addressees or about.
            sources: only those from sources of these names; all if empty.
            span: only those whose `day` lies in it; the undated are left out.
            provenance: the coder; by default the first of `provenances`.

        Raises:
            BadQuestion: the case holds no source of that name.
        """
        coder = provenance or self._default()
        if coder is None:
            return []
        with told_plainly(self.path):
            return view.statements(
                self._connection,
                coder,
                speaker_codes=speaker_codes,
                any_codes=any_codes,
                sources=sources,
                span=span,
            )

    def sentences_naming(
        self,
        any_of: Sequence[str],
        with_any_of: Sequence[str],
        *,
        sources: Sequence[str] = (),
        span: TimeSpan | None = None,
        provenance: Provenance | None = None,
    ) -> list[Located]:
        """Sentences in which one coder found both sides named, whether it coded more or not.

        A side counts as named where a name, a description or a pronoun was taken to mean it.

        Args:
            any_of: codes of which one must be named.
            with_any_of: other codes of which one must be named in the same sentence.
            sources: only sentences from sources of these names; all if empty.
            span: only those published in it; the undated are left out.
            provenance: the coder; by default the first of `provenances`.

        Returns:
            In order of day of publication, the undated last.

        Raises:
            BadQuestion: the case holds no source of that name.
        """
        coder = provenance or self._default()
        if coder is None:
            return []
        with told_plainly(self.path):
            return view.sentences_naming(
                self._connection, coder, any_of, with_any_of, sources=sources, span=span
            )

    def corpus(
        self,
        *,
        sources: Sequence[str] = (),
        provenance: Provenance | None = None,
        languages: Sequence[str] | None = None,
    ) -> Corpus:
        """What the case holds and how much of it was coded, for the head of an answer.

        Args:
            languages: codes of the languages that are coded; None for all.

        Raises:
            BadQuestion: the case holds no source of that name.
        """
        coder = provenance or self._default()
        with told_plainly(self.path):
            return view.corpus(
                self._connection, coder, sources=sources, languages=_all_if_none(languages)
            )

    def info(self, *, languages: Sequence[str] | None = None) -> dict[str, object]:
        """Versions, size, last write, counts by table, documents each coder has still to code."""
        with told_plainly(self.path):
            schema = stored_version(self._connection, self.path)
            counts = ask(self._connection, "info").to_pylist()[0]
        files = [self.path, self.path.with_name(f"{FILE}.wal")]
        found = [file.stat() for file in files if file.exists()]
        last_write = datetime.fromtimestamp(max(each.st_mtime for each in found), tz=UTC)
        return {
            "schema": schema,
            "bytes": sum(each.st_size for each in found),
            "last write": last_write.isoformat(timespec="seconds"),
            **counts,
            **{
                f"pending for {made.coder} {made.version}": len(
                    self.pending(made, languages=languages)
                )
                for made in self.provenances()
            },
        }

    def check(self) -> list[tuple[str, str]]:
        """Records that stand twice or disagree with the ledger: problem and id; none when sound."""
        with told_plainly(self.path):
            found: list[Any] = rows(self._connection, "doubled")
        return [(str(problem), str(identity)) for problem, identity in found]

    def _default(self) -> Provenance | None:
        return next(iter(self.provenances()), None)

    def _writer(self) -> Writer:
        if not self.is_writable:
            raise CaseError(
                "the case is open for reading only",
                where=str(self.path),
                advice="Open it with write=True.",
            )
        return self._writing


def _all_if_none(languages: Sequence[str] | None) -> list[str] | None:
    return None if languages is None else list(languages)


def _connected(file: Path, path: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    """A connection to a file that holds a case this version can use."""
    with told_plainly(path):
        try:
            connection = duckdb.connect(file, read_only=not write)
        except duckdb.ConnectionException:
            if write:
                raise
            connection = duckdb.connect(file)  # this process itself is writing: share its database
        is_sound = False
        try:
            connection.execute("set enable_progress_bar = false")  # it would go to stdout
            check_tables(connection, path, write=write)
            connection.execute(query("for_the_session"))
            is_sound = True
        finally:
            if not is_sound:
                connection.close()
    return connection


def _name(fresh: Path, path: Path) -> None:
    """Give a complete file its name, unless another process was quicker."""
    try:
        os.link(fresh, path)
    except FileExistsError as error:
        raise CaseExists("here is a case already", where=str(path)) from error
    except OSError:  # a file system without links
        fresh.rename(path)
