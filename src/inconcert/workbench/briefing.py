"""Briefs on disk: in which forms, where the last one lies, two of them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from inconcert.core.verdict import Answer
from inconcert.errors import BadInput
from inconcert.show.brief_diff import diff_markdown
from inconcert.show.brief_forms import ALWAYS, Form
from inconcert.show.brief_held import FILE, Held, read_held
from inconcert.show.brief_media import Known
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


def known_of(answers: Sequence[Answer], languages: Sequence[str]) -> Known:
    """What is known of the material of a brief beside its records."""
    seed = SEED if any(answer.by_source for answer in answers) else None
    return Known(coded=tuple(languages) or ("en",), seed=seed)
