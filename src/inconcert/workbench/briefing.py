"""Briefs on disk: in which forms, where the last one lies, two of them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from inconcert.core.review import standing
from inconcert.core.verdict import Answer
from inconcert.errors import BadInput
from inconcert.judge.naming import records_of
from inconcert.show.brief_diff import diff_markdown
from inconcert.show.brief_forms import ALWAYS, Form
from inconcert.show.brief_held import FILE, Held, read_held
from inconcert.show.brief_media import Known, says_translated
from inconcert.store.store import Store
from inconcert.workbench.drawn import Spread, drawn_of
from inconcert.workbench.reliability import grades_of
from inconcert.workbench.timing import SEED

LAST = "last"
"""Stands for the brief that lies where the next one is written."""


def forms_of(wanted: Iterable[str]) -> tuple[Form, ...]:
    """Forms of a brief, those that are always written first.

    Raises:
        BadInput: no such form.
    """
    known: tuple[Form, ...] = (*ALWAYS, "docx", "pdf")
    asked = set(wanted)
    if asked - set(known):
        raise BadInput(
            f"no brief can be written as {', '.join(sorted(asked - set(known)))}",
            where="--format",
            advice=f"Choose among {', '.join(known)}.",
        )
    return tuple(form for form in known if form in ALWAYS or form in asked)


def earlier(since: Path | str, folder: Path) -> Held:
    """What an earlier brief held.

    Args:
        since: `last`, the folder of a brief, or its record.
        folder: where the next brief will be written.

    Raises:
        BadInput: no brief lies there, or its record cannot be read.
    """
    place = folder if str(since).lower() == LAST else Path(since)
    path = place if place.is_file() else place / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            "no record of an earlier brief",
            where=str(path),
            advice="Write a brief without --since first, or name the folder of one.",
        ) from error
    return read_held(text, where=str(path))


def two_briefs(places: Sequence[Path | str]) -> str:
    """Two briefs as Markdown, next to each other.

    Args:
        places: the folders of the two.

    Raises:
        BadInput: these are not two, or no brief lies in one of them.
    """
    if len(places) != 2:
        raise BadInput(
            f"{len(places)} briefs to lay side by side",
            where="brief diff",
            advice="Name the folders of two: inconcert brief diff LEFT RIGHT.",
        )
    left, right = (earlier(place, Path(place)) for place in places)
    return diff_markdown(left, right)


def known_of(
    answers: Sequence[Answer],
    languages: Sequence[str],
    *,
    case: Path | None = None,
    spread: Spread = tuple,
) -> Known:
    """What is known of the material of a brief beside its records.

    Args:
        answers: of the brief.
        languages: that are coded; those of texts that no answer can rest on are told anyhow.
        case: its folder; without one nothing is known of documents, reviews and grades, and
            nothing is drawn over time.
        spread: codes with all that were merged into them.

    Raises:
        BadSetting: `sources.toml` or the log of grades breaks its form.
    """
    seed = SEED if any(answer.by_source for answer in answers) else None
    known = Known(coded=tuple(languages) or ("en",), seed=seed)
    if case is None:
        return known
    drawn = tuple(drawn_of(answer, case, spread) for answer in answers)
    known = replace(known, grades=grades_of(case), drawn=drawn)
    ids = sorted(
        {record.at.document for answer in answers for record in records_of(answer)}
        | {at.document for answer in answers for at in answer.named}
        | {one.at.document for answer in answers for one in answer.sayings}
    )
    if not ids:
        return known
    tongues, translated = {}, set()
    with Store.open(case, write=False) as store:
        for document in store.documents(ids):
            if document.language:
                tongues[document.id] = document.language
            if says_translated(document.text):
                translated.add(document.id)
        disputed = _disputed(store)
    return replace(known, languages=tongues, translated=frozenset(translated), disputed=disputed)


def disputed_of(case: Path) -> frozenset[str]:
    """Ids of events and statements that a reviewer called wrong or unsure.

    Args:
        case: its folder.
    """
    with Store.open(case, write=False) as store:
        return _disputed(store)


def _disputed(store: Store) -> frozenset[str]:
    doubts = [one for one in standing(store.reviews()) if one.decision in ("wrong", "unsure")]
    return frozenset(subject for one in doubts for subject in one.subjects)
