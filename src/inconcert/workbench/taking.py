"""Documents and datasets taken into a case: what is read, under which settings, named how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from inconcert.core.document import Document
from inconcert.core.provenance import LeftOut
from inconcert.errors import BadQuestion, UnknownActor
from inconcert.read import read_documents
from inconcert.read.item import KEPT
from inconcert.read.settings import MEGABYTE, ReadSettings
from inconcert.read.sorting import Sorted, sort_places
from inconcert.workbench.datasets import read_datasets
from inconcert.workbench.opened import CASE_FILE, Opened
from inconcert.workbench.questions import days_of
from inconcert.workbench.reports import ReadReport

STANDARD_INPUT_PLACE = "standard input"

Places = Iterable[str | Path] | str | Path | None
Progress = Callable[[int, int, float], None]
"""Called with items done, all items, and the share of the work done; 0 for what is not known."""


def take_in(
    case: Opened,
    places: Places,
    *,
    columns: Sequence[str],
    published: str | None,
    layout: str | None,
    progress: Progress,
    rows: Progress,
) -> ReadReport:
    """Take documents and datasets of events in; arguments and errors as in `Workbench.read`."""
    told: list[LeftOut] = []
    found = sort_places(_places(case, places), left_out=told.append)
    if layout is not None:
        found = Sorted((), (*found.documents, *found.datasets))
    datasets = (
        read_datasets(case.folder, case.register, found.datasets, layout=layout, progress=rows)
        if found.datasets
        else None
    )
    documents = _counted(
        read_documents(
            found.documents,
            settings=_read_settings(case, columns, published),
            left_out=told.append,
        ),
        progress,
    )
    not_coded: Counter[str] = Counter()
    known = new = 0
    with case.store(write=True, is_long=True) as store:
        for batch in _batches(documents, 200):
            added = store.add_documents(
                replace(document, place=_kept_place(case, document.place)) for document in batch
            )
            known, new = known + added.known, new + added.new
            ids = [document.id for document in batch]
            not_coded.update(dict(store.not_to_be_coded(ids, languages=case.languages)))
        store.add_left_out(replace(item, place=_kept_place(case, item.place)) for item in told)
    return ReadReport(
        new=new,
        known=known,
        left_out=tuple(item for item in told if not item.reason.endswith(KEPT)),
        notes=tuple(item for item in told if item.reason.endswith(KEPT)),
        not_coded=tuple(sorted(not_coded.items())),
        datasets=datasets,
    )


def _kept_place(case: Opened, place: str) -> str:
    """A place as the case keeps it: one spelling a file, so that repairs are noticed.

    Files in the case folder are named as seen from there, all others from the root.
    """
    if place.startswith(STANDARD_INPUT_PLACE):
        return place
    whole, folder = Path(place).resolve(), case.folder.resolve()
    return str(whole.relative_to(folder) if whole.is_relative_to(folder) else whole)


def _places(case: Opened, places: Iterable[str | Path] | str | Path | None) -> list[str | Path]:
    if isinstance(places, str | Path):
        return [places]
    if places is not None:
        return list(places)
    named = case.settings.read.places
    if not named:
        raise BadQuestion(
            "nothing to read was named",
            where=str(case.folder / CASE_FILE),
            advice="Name files after `read`, or put them under [read] places.",
        )
    return [place if place == "-" else case.folder / place for place in named]


def _read_settings(case: Opened, columns: Sequence[str], published: str | None) -> ReadSettings:
    section = case.settings.read
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
        country=_one_code(case, "country", section.country),
        speaker=_one_code(case, "speaker", section.speaker),
        licence=section.licence,
        language=section.language,
        published=None if published is None else days_of(published, "--date"),
        mapping=mapping,
        max_bytes=limit,
        max_record_bytes=max(1, limit // 10),
        max_html_bytes=max(1, limit // 10),
        today=datetime.now(UTC).date(),
    )


def _one_code(case: Opened, name: str, given: str | None) -> str | None:
    """The code of an actor named as speaker or country of all that is read.

    Raises:
        UnknownActor: nobody is called so.
        BadQuestion: more than one code is meant.
    """
    if given is None:
        return None
    try:
        codes = case.register.codes_for(given)
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


def _counted(documents: Iterable[Document], progress: Progress) -> Iterable[Document]:
    for number, document in enumerate(documents, start=1):
        progress(number, 0, 0.0)
        yield document


def _batches(documents: Iterable[Document], size: int) -> Iterable[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
