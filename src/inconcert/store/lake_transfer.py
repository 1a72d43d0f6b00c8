"""Takes a lake out of its case and into another: the files of rows and a list with their hashes."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path, PureWindowsPath
from typing import IO, Any, TypeVar, cast

import pyarrow as pa

from inconcert.errors import CaseDamaged, CaseExists, CaseTooNew, UnreadableDocument
from inconcert.store.lake_catalogue import SCHEMA_VERSION, Catalogue
from inconcert.store.lake_files import WORK, empty_folder, give_name, make_safe, sha256_of
from inconcert.store.lake_nouns import BatchEntry, DayCover, PartFile, PieceTaken, Snapshot, Unfold

MANIFEST = "manifest.json"
_FORM = "inconcert event store"
_PATH = re.compile(r"[a-z]+(/(source|year|month)=[^/\\]+)+/part-[0-9a-f-]+\.parquet")
_CHUNK = 1 << 20
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written out."""

    to: str
    parts: int
    rows: int
    bytes: int

    def as_text(self) -> str:
        """What `store export` says."""
        size = f"{self.bytes / 1e6:,.1f} MB"
        return f"{self.parts:,} files with {self.rows:,} rows ({size}) written to {self.to}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was taken in."""

    source: str
    parts: int
    rows: int
    bytes: int
    batches: int

    def as_text(self) -> str:
        """What `store import` says."""
        size = f"{self.bytes / 1e6:,.1f} MB"
        return (
            f"{self.batches:,} batches, {self.parts:,} files with {self.rows:,} rows ({size}) "
            f"taken from {self.source}; every file is what its hash says."
        )


def export(folder: Path, snapshot: Snapshot, catalogue: Catalogue, to: Path) -> ExportReport:
    """Write all that counts into a new folder, or into one `.tar`; whole or not at all.

    Raises:
        CaseExists: there is something already.
        CaseDamaged: a file is not the one that was written.
    """
    if to.exists():
        raise CaseExists("here is something already", where=str(to), advice="Name a new place.")
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = to.with_name(f".{to.name}.part")
    _remove(fresh)
    anew = {part.path: _with_short_names(folder, part) for part in snapshot.of("quarantine")}
    parts = [_like(part, anew.get(part.path)) for part in snapshot.parts]
    manifest = _manifest(replace(snapshot, parts=tuple(parts)), catalogue)
    is_done = False
    try:
        if to.suffix == ".tar":
            _into_tar(folder, parts, anew, manifest, fresh)
        else:
            _into_folder(folder, parts, anew, manifest, fresh)
        fresh.replace(to)
        is_done = True
    finally:
        if not is_done:
            _remove(fresh)
    return ExportReport(
        str(to),
        len(snapshot.parts),
        sum(part.rows for part in snapshot.parts),
        sum(part.bytes for part in snapshot.parts),
    )


def import_(folder: Path, snapshot: Snapshot, catalogue: Catalogue, source: Path) -> ImportReport:
    """Take what `export` wrote into an empty lake, after every file was held against its hash.

    Raises:
        UnreadableDocument: it is no export; a file is missing or not what the list says.
        CaseExists: the lake holds something.
        CaseTooNew: a newer version wrote it.
    """
    if snapshot.batches:
        raise CaseExists(
            "the event store holds something already",
            where=str(folder),
            advice="Import into a new case; batches of two stores are not mixed.",
        )
    work = folder / WORK / "import"
    work.mkdir(parents=True, exist_ok=True)
    try:
        with _opened(source) as files:
            given = _read_manifest(files, source)
            found, pieces = _restored(given, source)
            for part in found.parts:
                _taken(files, part, work, source)
        for part in found.parts:
            give_name(work / part.path, folder / part.path)
            make_safe((folder / part.path).parent)
        catalogue.restore(found, pieces)
    finally:
        empty_folder(work)
    return ImportReport(
        str(source),
        len(found.parts),
        sum(part.rows for part in found.parts),
        sum(part.bytes for part in found.parts),
        len(found.batches),
    )


# -- out


def _manifest(snapshot: Snapshot, catalogue: Catalogue) -> bytes:
    record = {
        "form": _FORM,
        "schema": SCHEMA_VERSION,
        "taken": snapshot.taken,
        "batches": [asdict(each) for each in snapshot.batches],
        "pieces": [
            asdict(replace(each, name=_short(each.name))) for each in catalogue.all_pieces()
        ],
        "parts": [asdict(each) for each in snapshot.parts],
        "coverage": [asdict(each) for each in snapshot.coverage],
        "unfolds": [asdict(each) for each in snapshot.unfolds],
    }
    return json.dumps(record, indent=1, default=lambda day: day.isoformat()).encode()


def _short(name: str) -> str:
    """The name of a file without its folder, which is nobody else's business.

    Example:
        >>> _short("/data/gdelt/2021.zip!days/01.csv")
        '2021.zip!days/01.csv'
    """
    outer, mark, member = name.partition("!")
    return PureWindowsPath(outer).name + mark + member


def _with_short_names(folder: Path, part: PartFile) -> bytes:
    """A file of quarantine without the folders of the files that it speaks of."""
    import pyarrow.parquet as pq

    path = folder / part.path
    if sha256_of(path) != part.sha256:
        raise _not_written(part)
    table = pq.read_table(path, partitioning=None)
    place = table.column_names.index("file")
    names = [_short(name) for name in table.column(place).to_pylist()]
    out = BytesIO()
    pq.write_table(table.set_column(place, "file", pa.array(names, pa.string())), out)
    return out.getvalue()


def _like(part: PartFile, anew: bytes | None) -> PartFile:
    if anew is None:
        return part
    return replace(part, bytes=len(anew), sha256=hashlib.sha256(anew).hexdigest())


@contextmanager
def _file_of(folder: Path, part: PartFile, anew: Mapping[str, bytes]) -> Iterator[IO[bytes]]:
    if part.path in anew:
        yield BytesIO(anew[part.path])
        return
    with (folder / part.path).open("rb") as file:
        yield file


def _into_folder(
    folder: Path,
    parts: Sequence[PartFile],
    anew: Mapping[str, bytes],
    manifest: bytes,
    fresh: Path,
) -> None:
    for part in parts:
        path = fresh / part.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with _file_of(folder, part, anew) as file, path.open("wb") as out:
            if _copied(file, out) != part.sha256:
                raise _not_written(part)
        make_safe(path)
    fresh.mkdir(exist_ok=True)
    (fresh / MANIFEST).write_bytes(manifest)
    make_safe(fresh / MANIFEST)


def _into_tar(
    folder: Path,
    parts: Sequence[PartFile],
    anew: Mapping[str, bytes],
    manifest: bytes,
    fresh: Path,
) -> None:
    with tarfile.open(fresh, "w") as tar:
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(manifest)
        tar.addfile(head, BytesIO(manifest))
        for part in parts:
            with _file_of(folder, part, anew) as file:
                if hashlib.file_digest(cast("Any", file), "sha256").hexdigest() != part.sha256:
                    raise _not_written(part)
                file.seek(0)
                info = tarfile.TarInfo(part.path)
                info.size = part.bytes
                tar.addfile(info, file)
    make_safe(fresh)


def _not_written(part: PartFile) -> CaseDamaged:
    return CaseDamaged(
        "a file is not the one that was written",
        where=part.path,
        advice="Run `inconcert store check`; put a copy back.",
    )


# -- in


@contextmanager
def _opened(source: Path) -> Iterator[Any]:
    """A function that opens a file of an export by its path."""
    if source.is_dir():
        yield lambda path: (source / path).open("rb")
        return
    try:
        tar = tarfile.open(source, "r:")  # noqa: SIM115 — closed below
    except (OSError, tarfile.TarError) as error:
        raise _no_export(source, str(error)) from error

    def member(path: str) -> IO[bytes]:
        try:
            file = tar.extractfile(path)
        except KeyError as error:
            raise FileNotFoundError(path) from error
        if file is None:
            raise FileNotFoundError(path)
        return file

    with tar:
        yield member


def _read_manifest(files: Any, source: Path) -> Mapping[str, Any]:
    try:
        with files(MANIFEST) as file:
            given = json.load(file)
    except (OSError, ValueError, tarfile.TarError) as error:
        raise _no_export(source, str(error)) from error
    if not isinstance(given, dict) or given.get("form") != _FORM:
        raise _no_export(source, "its list is none of an event store")
    if int(given.get("schema", 0)) > SCHEMA_VERSION:
        raise CaseTooNew(
            f"the export has schema {given['schema']}, this version knows {SCHEMA_VERSION}",
            where=str(source),
            advice="Install the newest InConcert.",
        )
    return given


def _restored(given: Mapping[str, Any], source: Path) -> tuple[Snapshot, list[PieceTaken]]:
    try:
        snapshot = Snapshot(
            datetime.fromisoformat(given["taken"]),
            tuple(_made(BatchEntry, given["batches"])),
            tuple(_made(PartFile, given["parts"])),
            tuple(_made(DayCover, given["coverage"])),
            tuple(_made(Unfold, given["unfolds"])),
        )
        return snapshot, list(_made(PieceTaken, given["pieces"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _no_export(source, f"its list is broken: {error}") from error


def _made(of: type[_T], rows: list[dict[str, Any]]) -> Iterator[_T]:
    kinds = {each.name: str(each.type) for each in fields(cast("Any", of))}
    for row in rows:
        cells = dict(row)
        for name, kind in kinds.items():
            if cells[name] is not None and kind.startswith("datetime"):
                cells[name] = datetime.fromisoformat(cells[name])
            elif cells[name] is not None and kind.startswith("date"):
                cells[name] = date.fromisoformat(cells[name])
        yield of(**cells)


def _taken(files: Any, part: PartFile, work: Path, source: Path) -> None:
    import pyarrow.parquet as pq

    if not _PATH.fullmatch(part.path) or ".." in part.path:
        raise _no_export(source, f"no path of an event store: {part.path}")
    path = work / part.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with files(part.path) as file, path.open("wb") as out:
            sha256 = _copied(file, out)
    except (FileNotFoundError, tarfile.TarError) as error:
        raise _no_export(source, f"{part.path} is missing") from error
    if sha256 != part.sha256:
        raise _no_export(source, f"{part.path} is not what its hash says")
    try:
        rows = pq.read_metadata(path).num_rows
    except pa.ArrowException as error:
        raise _no_export(source, f"{part.path} is no whole Parquet file") from error
    if rows != part.rows:
        raise _no_export(source, f"{part.path} has {rows:,} rows, not {part.rows:,}")
    make_safe(path)


def _no_export(source: Path, why: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"no whole export of an event store: {why}",
        where=str(source),
        advice="Nothing was taken. Export again with `inconcert store export`.",
    )


def _copied(file: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while data := file.read(_CHUNK):
        digest.update(data)
        out.write(data)
    return digest.hexdigest()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
