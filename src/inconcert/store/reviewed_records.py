"""A case as reviewers see it: records as they were coded, and what was decided on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import duckdb

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.provenance import Provenance
from inconcert.errors import CaseBusy
from inconcert.store import view
from inconcert.store.faults import told_plainly
from inconcert.store.queries import rows
from inconcert.store.store import Store

_OPENING = "Unique file handle conflict"
"""What the database says where two threads open a file in the same instant."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that can be reviewed, with what tells how sure the coder was.

    Attributes:
        kind: `event` or `statement`.
        type: PLOVER type of an event, form of a statement, as coded.
    """

    kind: str
    id: str
    document: str
    source: str
    type: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Held:
    """A record of some coder, not only of the one whose records are shown."""

    id: str
    kind: str
    type: str
    document: str
    source: str


class ReviewedStore(Store):
    """The database of a case with what reviewing needs on top; opened as a `Store`."""

    @classmethod
    def open(cls, folder: Path, *, write: bool, is_long: bool = False) -> ReviewedStore:
        """Open the database of a case folder, as `Store.open`.

        Raises:
            CaseBusy: another process uses it, or another thread of this one just opens it.
        """
        try:
            return cast("ReviewedStore", super().open(folder, write=write, is_long=is_long))
        except duckdb.Error as error:
            if _OPENING not in str(error):
                raise
            raise CaseBusy(
                "the case is in use by this program itself",
                where=str(folder),
                advice="Run the same command again.",
            ) from error

    def candidates(self, prefix: str = "", *, coder: Provenance | None = None) -> list[Candidate]:
        """Records of a coder, in order of place, those that were decided on too.

        Args:
            prefix: only those whose id begins so.
            coder: by default the first of `provenances`.
        """
        chosen = coder or self._default()
        if chosen is None:
            return []
        given = {"provenance": chosen.id, "prefix": prefix}
        with told_plainly(self.path):
            found: list[Any] = rows(self._connection, "review_items", given)
        return [Candidate(*row) for row in found]

    def coded_events(self, ids: Collection[str] | None = None) -> list[EventRecord]:
        """Event mentions as they were coded, whatever reviews say; all of them for None."""
        coder = self._default()
        if coder is None:
            return []
        with told_plainly(self.path):
            return view.events(
                self._connection, coder, actor_codes=None, any_codes=None, types=None, sources=(),
                span=None, ids=None if ids is None else list(ids), as_coded=True,
            )  # fmt: skip

    def coded_statements(self, ids: Collection[str] | None = None) -> list[StatementRecord]:
        """Statements as they were coded, whatever reviews say; all of them for None."""
        coder = self._default()
        if coder is None:
            return []
        with told_plainly(self.path):
            return view.statements(
                self._connection, coder, speaker_codes=None, any_codes=None, sources=(), span=None,
                ids=None if ids is None else list(ids), as_coded=True,
            )  # fmt: skip

    def held(self, ids: Iterable[str]) -> dict[str, Held]:
        """Those of some ids that are records of any coder, also of one whose time is over."""
        with told_plainly(self.path):
            found: list[Any] = rows(self._connection, "review_held", {"ids": list(ids)})
        return {row[0]: Held(*row) for row in found}

    def named_in(self, document: str) -> Sequence[tuple[int, tuple[Participant, ...]]]:
        """Whom the coder found named in a document: sentence and participants, in order."""
        coder = self._default()
        if coder is None:
            return []
        given = {"provenance": coder.id, "document": document}
        with told_plainly(self.path):
            found: list[Any] = rows(self._connection, "review_named", given)
        return [(sentence, tuple(map(_participant, cast))) for sentence, cast in found]


def _participant(row: dict[str, Any]) -> Participant:
    sectors = tuple(row["sectors"] or ())
    return Participant(row["code"], sectors, row["name"], row["start_char"], row["end_char"])
