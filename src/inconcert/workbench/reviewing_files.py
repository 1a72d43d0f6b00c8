"""Reviews as lines of JSON: carried elsewhere and back, and kept while a case is in use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from inconcert.core.review import Decision, Review
from inconcert.errors import BadInput
from inconcert.store.reviewed import KINDS
from inconcert.store.reviewed_values import check_value
from inconcert.workbench.files import make_folder, write_whole

FOLDER = "reviews.waiting"
"""In a case: decisions made while it was in use, one file each; taken in with the next one."""

FIELDS = ("id", "at", "by", "kind", "decision", "subjects", "field", "old", "new", "note", "undoes")
_NEEDED = FIELDS[:6]


def line_of(review: Review) -> str:
    """A review as a line."""
    item = {name: getattr(review, name) for name in FIELDS}
    return json.dumps(
        {**item, "at": review.at.isoformat(), "subjects": list(review.subjects)}, ensure_ascii=False
    )


def text_of(reviews: Iterable[Review]) -> str:
    """Reviews, one a line."""
    return "".join(f"{line_of(one)}\n" for one in reviews)


def read_file(path: Path) -> str:
    """The text of a file with reviews.

    Raises:
        BadInput: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"the reviews cannot be read: {error}", where=str(path), advice="Name another file."
        ) from error


def reviews_in(text: str, where: str) -> list[Review]:
    """Reviews from lines of text.

    Args:
        where: what the text is called in errors, as the path of its file.

    Raises:
        BadInput: a line is no review, or was altered; names the line.
    """
    return [
        _review(line, f"{where}:{number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def check_undoes(reviews: Sequence[Review], known: Iterable[str], where: str) -> None:
    """See that what is taken back is there.

    Raises:
        BadInput: a review takes back one that neither the case nor the file has before it.
    """
    seen = set(known)
    for number, review in enumerate(reviews, start=1):
        if review.undoes is not None and review.undoes not in seen:
            raise BadInput(
                f"review {number} takes back {review.undoes!r}, which is not there",
                where=where,
                advice="Import the whole file that was exported.",
            )
        seen.add(review.id)


def _review(line: str, where: str) -> Review:
    try:
        item = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInput("this line is no JSON", where=where, advice="Take it out.") from error
    if not isinstance(item, dict) or not set(_NEEDED) <= set(item) <= set(FIELDS):
        raise BadInput(
            "this line is no review", where=where, advice=f"Its fields are {', '.join(FIELDS)}."
        )
    review = _made(item, where)
    if review.id != item["id"]:
        raise BadInput(
            "this review was altered after it was made: its id does not fit",
            where=where,
            advice="Take the line as it was exported.",
        )
    return review


def _made(item: Mapping[str, Any], where: str) -> Review:
    texts = {name: item.get(name) for name in ("field", "old", "new", "note", "undoes")}
    plain = all(one is None or isinstance(one, str) for one in texts.values())
    subjects = item["subjects"]
    named = isinstance(subjects, list) and all(isinstance(one, str) for one in subjects)
    heads = all(isinstance(item[name], str) for name in ("id", "at", "by", "kind", "decision"))
    if not (plain and named and heads and subjects):
        raise BadInput("this line is no review", where=where, advice="Take it out.")
    try:
        review = Review.of(
            cast("Decision", item["decision"]), item["kind"], subjects, by=item["by"],
            at=datetime.fromisoformat(item["at"]), **texts,
        )  # fmt: skip
        line_of(review).encode("utf-8")
        if review.decision == "changed" and review.kind in KINDS:
            check_value(review.kind, review.field or "", review.new)
    except (BadInput, ValueError, OverflowError) as error:  # a moment before the year 1
        raise BadInput(
            f"this line is no review: {error}", where=where, advice="Take it out."
        ) from error
    return review


# -- while the case is in use --------------------------------------------------------------------


def keep_waiting(case: Path, reviews: Sequence[Review]) -> Path:
    """Keep decisions beside the case, in a file of their own that appears whole."""
    folder = case / FOLDER
    make_folder(folder)
    path = folder / f"{reviews[0].id}.jsonl"
    write_whole(path, text_of(reviews))
    return path


def waiting_in(case: Path) -> list[tuple[Path, list[Review]]]:
    """Decisions kept beside a case, by file, in the order in which they were made.

    Raises:
        BadInput: a file was altered.
    """
    found = list(_read(case / FOLDER))
    return sorted(found, key=lambda pair: (pair[1][0].at, pair[1][0].id))


def _read(folder: Path) -> Iterator[tuple[Path, list[Review]]]:
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else ():
        try:
            reviews = reviews_in(read_file(path), str(path))
        except BadInput:
            if path.exists():  # else another window has just taken it in
                raise
            continue
        if reviews:
            yield path, reviews


def taken_in(case: Path, paths: Iterable[Path]) -> None:
    """Remove files whose decisions the case holds now."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    with suppress(OSError):
        (case / FOLDER).rmdir()
