"""Reviews carried from case to case: all of one written out, those of another taken in."""

from __future__ import annotations

from inconcert.store.reviewed import KINDS
from inconcert.workbench.reviewing_case import ReviewedCase
from inconcert.workbench.reviewing_files import check_undoes, reviews_in, text_of
from inconcert.workbench.reviewing_told import Imported


def exported(case: ReviewedCase) -> tuple[str, int]:
    """All reviews of the case, of every kind, one a line; and how many there are."""
    with case.reading() as store:
        log = case.log(store)
    return text_of(log), len(log)


def take_in(case: ReviewedCase, text: str, where: str) -> Imported:
    """Take reviews in, one a line; as `Reviewing.import_`.

    Args:
        where: what the text is called in errors.
    """
    given = reviews_in(text, where)
    with case.writing() as store:
        known = {one.id for one in store.reviews()}
        check_undoes(given, known, where)
        fresh = {one.id for one in given} - known
        new = store.add_reviews(given)
        subjects = {key for one in given if one.id in fresh and one.kind in KINDS
                    for key in one.subjects}  # fmt: skip
        held = store.held(subjects)
        present = {one.id for one in store.candidates()}
    older = sorted(key for key in subjects - present if key in held)
    return Imported(new, len(given) - new, tuple(older), tuple(sorted(subjects - set(held))))
