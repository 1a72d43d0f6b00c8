"""The part of the store that holds what rules and reviews say about records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from inconcert.core.copies import Copy
from inconcert.core.event import Retelling
from inconcert.core.provenance import Provenance
from inconcert.core.review import Review
from inconcert.store import joining
from inconcert.store.faults import told_plainly
from inconcert.store.joining import Joined
from inconcert.store.queries import rows
from inconcert.store.writer import Writer


class JoinedRecords(ABC):
    """Copies, events of several mentions, and reviews of a case; a part of `Store`."""

    path: Path
    _connection: duckdb.DuckDBPyConnection

    @abstractmethod
    def _writer(self) -> Writer:
        """What writes to the case, where it is open for writing."""

    @abstractmethod
    def _default(self) -> Provenance | None:
        """The coder whose records are shown by default."""

    # -- adding

    def add_joined(
        self,
        copies: Sequence[Copy],
        retellings: Sequence[Retelling],
        documents: Iterable[str],
        *,
        coder: Provenance,
        rule: Provenance,
    ) -> None:
        """Add what a rule found when it compared documents of a coder: all of it or nothing.

        Args:
            copies: a later one of a document takes the place of an earlier one.
            retellings: pairs of mentions of one act, on top of those held.
            documents: those that now have been compared with all others.
        """
        with told_plainly(self.path):
            self._writer().add_joined(copies, retellings, documents, coder=coder, rule=rule)

    def add_reviews(self, reviews: Iterable[Review]) -> int:
        """Add decisions about records; return how many were new.

        Raises:
            BadInput: one takes back a review that the case does not hold.
        """
        with told_plainly(self.path):
            return self._writer().add_reviews(reviews)

    # -- reading

    def reviews(self, *, kind: str | None = None) -> list[Review]:
        """Decisions about records in order, those undone and the undoes too; of one kind or all."""
        with told_plainly(self.path):
            return joining.reviews(self._connection, kind)

    def to_join(self, coder: Provenance, rule: Provenance) -> list[str]:
        """Documents of a coder that a rule has still to compare with the others, by id."""
        with told_plainly(self.path):
            return joining.to_merge(self._connection, coder, rule)

    def coded(self, coder: Provenance) -> list[str]:
        """Documents that a coder has coded, by id, in order of arrival."""
        with told_plainly(self.path):
            return joining.coded_documents(self._connection, coder)

    def mentions(self, coder: Provenance) -> int:
        """How many event mentions a coder found."""
        with told_plainly(self.path):
            ((count,),) = rows(self._connection, "mention_count", {"coder": coder.id})
        return int(str(count))

    def retellings(self, coder: Provenance) -> list[Retelling]:
        """Pairs of mentions that the last rule took for one act, whatever reviews say."""
        with told_plainly(self.path):
            return joining.retellings(self._connection, coder)

    def copies(self, coder: Provenance) -> list[Copy]:
        """Documents that the last rule took for copies, whatever reviews say."""
        with told_plainly(self.path):
            return joining.copies(self._connection, coder)

    def joined(self, coder: Provenance | None = None) -> Joined:
        """Copies and events of several mentions as they stand, reviews laid over the findings."""
        chosen = coder or self._default()
        if chosen is None:
            return Joined()
        with told_plainly(self.path):
            return joining.joined(self._connection, chosen)
