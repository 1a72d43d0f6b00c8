"""A case that several people review at once: opened for moments, waited for, nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

from inconcert.core.review import Review
from inconcert.errors import CaseBusy
from inconcert.store.reviewed_records import ReviewedStore
from inconcert.workbench.reviewing_files import keep_waiting, taken_in, waiting_in

PATIENCE = 5.0
"""Seconds for which a decision waits where another process uses the case."""
_PAUSE = 0.05
_writing = threading.Lock()
"""Two threads of one program may both open the case for writing, and insert one decision twice."""

T = TypeVar("T")


class ReviewedCase:
    """The database of a case and the decisions that wait beside it.

    Args:
        folder: the case.
        patience: seconds to wait where another process uses it.
    """

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self.folder, self.patience = folder, patience

    @contextmanager
    def reading(self) -> Iterator[ReviewedStore]:
        """The case open for reading.

        Raises:
            CaseBusy: another process uses it, and shows no copy.
        """
        with self._opened(write=False) as store:
            yield store

    @contextmanager
    def writing(self) -> Iterator[ReviewedStore]:
        """The case open for writing, with what waited beside it taken in.

        Raises:
            CaseBusy: another process uses it.
        """
        with _writing, self._opened(write=True) as store:
            waiting = waiting_in(self.folder)
            if waiting:
                store.add_reviews(one for _, reviews in waiting for one in reviews)
                taken_in(self.folder, (path for path, _ in waiting))
            yield store

    def log(self, store: ReviewedStore) -> list[Review]:
        """All reviews of the case, those that wait beside it last."""
        log = store.reviews()
        known = {one.id for one in log}
        late = [one for _, reviews in waiting_in(self.folder) for one in reviews]
        return log + [one for one in late if one.id not in known]

    def keep(self, reviews: Sequence[Review]) -> tuple[list[Review], str | None]:
        """Store decisions, or keep them beside the case where another process uses it for long.

        Returns:
            All reviews of the case after that (none where it is in use), and who uses it.
        """
        try:
            with self.writing() as store:
                store.add_reviews(reviews)
                return store.reviews(), None
        except CaseBusy as busy:
            keep_waiting(self.folder, reviews)
            return [], busy.what

    def patiently(self, work: Callable[[], T]) -> T:
        """Do something that opens the case, again and again while another process uses it.

        Raises:
            CaseBusy: it is in use for longer than is waited.
        """
        until = monotonic() + self.patience
        while True:
            try:
                return work()
            except CaseBusy:
                if monotonic() >= until:
                    raise
            sleep(_PAUSE)

    @contextmanager
    def _opened(self, *, write: bool) -> Iterator[ReviewedStore]:
        store = self.patiently(partial(ReviewedStore.open, self.folder, write=write))
        with store:
            yield store
