"""Records looked at one by one, accepted, rejected, corrected; nothing held is changed."""

from __future__ import annotations

import getpass
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from inconcert.code.heads import FOLDER as ONTOLOGY
from inconcert.code.heads import read_heads
from inconcert.core.evidence import EventRecord
from inconcert.core.review import Decision, Review, standing
from inconcert.core.verdict import Answer
from inconcert.errors import BadQuestion, CaseBusy, NothingCoded
from inconcert.grade.reviews import Pair, ReviewGrade
from inconcert.store.reviewed import (
    KINDS,
    stands,
)
from inconcert.store.reviewed_records import ReviewedStore
from inconcert.workbench.bench import Workbench
from inconcert.workbench.files import write_whole
from inconcert.workbench.reviewing_carried import exported, take_in
from inconcert.workbench.reviewing_case import PATIENCE, ReviewedCase
from inconcert.workbench.reviewing_corrections import Corrections, Named
from inconcert.workbench.reviewing_facts import in_force, state_of
from inconcert.workbench.reviewing_files import read_file
from inconcert.workbench.reviewing_measured import ALL, agreement_of, grade_of
from inconcert.workbench.reviewing_queue import Bearing, Waiting, bearing_of, ordered
from inconcert.workbench.reviewing_shown import ShownRecords
from inconcert.workbench.reviewing_told import Imported, Item, Outcome, Record, row_of


class Reviewing:
    """The review of one case by one reviewer.

    Args:
        bench: the case.
        reviewer: name under which decisions stand; None for who is logged in.
        patience: seconds for which a decision waits where another process uses the case.

    Raises:
        BadQuestion: the name is empty.
    """

    def __init__(
        self, bench: Workbench, reviewer: str | None = None, *, patience: float = PATIENCE
    ) -> None:
        self.bench, self.case = bench, ReviewedCase(bench.folder, patience)
        self.reviewer = _clean(reviewer if reviewer is not None else _who())
        if not self.reviewer:
            raise BadQuestion("a reviewer has a name", where="--reviewer", advice="Give one.")
        self.first_answers: list[Answer] | None = None
        """Answers to the questions of case.toml as they stood when the queue was made."""
        self._bearing: dict[str, Bearing] | None = None
        self._records = ShownRecords(bench, self.case, self.reviewer)
        self._shown = self._records.by_id

    # -- looking ----------------------------------------------------------------------------

    def queue(
        self,
        *,
        kind: str = ALL,
        sample: str = "unsure",
        seed: int = 0,
        with_decided: bool = False,
        with_bearing: bool = True,
    ) -> list[Waiting]:
        """Records that this reviewer has not decided on, the one to look at first at the front.

        What others decided does not matter, so that two reviewers judge the same records
        independently.

        Args:
            kind: `event`, `statement` or `all`.
            sample: `unsure` first, or `random`.
            with_decided: also those that this reviewer decided on.
            with_bearing: look which records the verdicts of case.toml's questions rest on.

        Raises:
            BadQuestion: no such kind or sample.
            NothingCoded: the case holds no records.
        """
        if kind not in (*KINDS, ALL):
            raise BadQuestion(
                f"{kind!r} cannot be reviewed", where="--kind", advice="event, statement or all."
            )
        with self.case.reading() as store:
            found = store.candidates()
            log = self.case.log(store)
        if not found:
            raise NothingCoded(
                "the case holds no record to review",
                where=str(self.bench.folder),
                advice="Run `inconcert code` first.",
            )
        mine = {key for kind_ in KINDS for key, by in stands(log, kind_).items()
                if self.reviewer in by}  # fmt: skip
        wanted = [
            one for one in found
            if kind in (ALL, one.kind) and (with_decided or one.id not in mine)
        ]  # fmt: skip
        if sample == "unsure" and with_bearing and wanted and self._bearing is None:
            self.first_answers = self.answers()
            self._bearing = bearing_of(self.first_answers)
        return ordered(wanted, self._bearing or {}, sample=sample, seed=seed)

    def items(self, waiting: Sequence[Waiting]) -> list[Item]:
        """Records of a part of the queue, in its order."""
        with self.case.reading() as store:
            return self.items_in(store, waiting)

    def item(self, id: str) -> Item:
        """One record by its id, or by how that begins.

        Raises:
            BadQuestion: no record, or several, of the coder have it; older ones are told.
        """
        with self.case.reading() as store:
            found = store.candidates(id.strip().casefold()) if id.strip() else []
            if len(found) == 1:
                return self.items_in(store, [Waiting(found[0], 0.0, ())])[0]
            older = store.held([id.strip().casefold()]) if not found else {}
        raise BadQuestion(
            f"{len(found) or 'no'} records of the present coder have the id {id!r}",
            where=str(self.bench.folder),
            advice="It is one of an earlier coder; what was decided on it is kept."
            if older
            else "`inconcert review --json` lists records with their ids.",
        )

    def log(self) -> list[Record]:
        """All decisions on records in order, each with whether it holds and what it is about."""
        with self.case.reading() as store:
            log = self.case.log(store)
            present = {one.id for one in store.candidates()}
            held = store.held({key for one in log for key in one.subjects})
        kept = {review.id for review in standing(log)}
        return [
            {
                **row_of(one),
                "holds": one.id in kept,
                "about": [state_of(key, present, held) for key in one.subjects],
            }
            for one in log
            if one.kind in KINDS
        ]

    def agreement(self) -> tuple[Pair, ...]:
        """How far each two reviewers agree on what both decided."""
        return agreement_of(self.case)

    def grade(self, *, sample: str = ALL, seed: int = 0) -> ReviewGrade:
        """Measured precision of the present coder, from the decisions that count.

        Args:
            sample: `all`, or `random` for the random sample only: the records at the front of the
                random order, up to the first one on which nobody decided.
            seed: that of the random order.
        """
        return grade_of(self.case, sample=sample, seed=seed)

    def answers(self) -> list[Answer]:
        """Answers to the questions of case.toml as the records stand; none where it asks none.

        Raises:
            CaseBusy: another process uses the case.
        """
        if not self.bench.settings.questions:
            return []
        return self.case.patiently(self.bench.answers)

    # -- deciding ---------------------------------------------------------------------------

    def decide(
        self,
        id: str,
        decision: str,
        corrections: Iterable[str] = (),
        *,
        note: str | None = None,
        at: datetime | None = None,
        seen: Collection[str] | None = None,
    ) -> Outcome:
        """Decide on one record.

        Args:
            id: its id, or how that begins.
            decision: `right`, `wrong`, `unsure`, or `changed` with corrections.
            corrections: FIELD=VALUE each, with `changed` only.
            at: when it was decided; the same decision of the same moment is kept once, however
                often it comes. None for now.
            seen: ids of the reviews of the record that the reviewer knew of; None for those there
                were when it was last shown.

        Raises:
            BadQuestion: no such record, decision, field or value, or nothing would be changed.
        """
        given = list(corrections)
        _check(decision, given)
        if id not in self._shown:  # else it was shown before, and what came since is told
            id = self.item(id).candidate.id
        if seen is not None:
            self._shown[id] = replace(self._shown[id], seen=frozenset(seen))
        again = [] if at is None else self._again(at, id)
        return self._kept(again or self._made(id, cast("Decision", decision), given, note, at))

    def judge(
        self,
        kind: str,
        id: str,
        decision: str,
        *,
        at: datetime,
        seen: Collection[str],
        note: str | None = None,
    ) -> Outcome:
        """Decide on a record that was shown elsewhere, without looking at it again.

        Args:
            kind: of the record.
            id: whole.
            decision: `right`, `wrong` or `unsure`.
            at, seen: as for `decide`.

        Raises:
            BadQuestion: no such decision.
        """
        _check(decision, [])
        said, words = cast("Decision", decision), _clean(note or "") or None
        made = Review.of(said, kind, [id], by=self.reviewer, at=at, note=words)
        log, busy = self.case.keep([made])
        known = {made.id, *seen}
        since = [one for one in log if id in one.subjects and one.id not in known]
        return Outcome((made,), busy=busy, meanwhile=tuple(since))

    def undo(
        self, id: str | None = None, *, note: str | None = None, at: datetime | None = None
    ) -> Outcome:
        """Take back a decision: this reviewer's last one that holds, or the one with this id.

        Corrections made in one go are taken back together, unless one of them is named.

        Args:
            at: when it was taken back; the same undo of the same moment is kept once.

        Raises:
            BadQuestion: there is none, or it was taken back already.
        """
        with self.case.reading() as store:
            log = [one for one in self.case.log(store) if one.kind in KINDS]
        again = [one for one in log if one.undoes and (one.by, one.at) == (self.reviewer, at)]
        if again:
            return self._kept(again)
        chosen = self._to_undo(log, id)
        now = at or datetime.now(UTC)
        text = _clean(note or "") or None
        return self._kept([one.undone(by=self.reviewer, at=now, note=text) for one in chosen])

    def _to_undo(self, log: Sequence[Review], id: str | None) -> list[Review]:
        """The decisions that an undo takes back; arguments and errors as there."""
        if id is None:
            mine = [one for one in standing(log) if one.by == self.reviewer]
            last = max(mine, key=lambda one: (one.at, one.id), default=None)
            chosen = [] if last is None else [
                one for one in mine if (one.at, one.subjects) == (last.at, last.subjects)
            ]  # fmt: skip
        else:
            chosen = [one for one in log if id.strip() and one.id.startswith(id.strip())]
        if not chosen or (id is not None and len(chosen) != 1):
            raise BadQuestion(
                f"{self.reviewer} has no decision to undo"
                if id is None
                else f"no one decision has the id {id!r}",
                where=str(self.bench.folder),
                advice="`inconcert review log` shows the decisions with their ids.",
            )
        if id is not None and chosen[0].id not in in_force(log):
            raise BadQuestion(
                f"{chosen[0].id} was taken back already",
                where=str(self.bench.folder),
                advice="`inconcert review log` shows what holds.",
            )
        return chosen

    # -- carrying ---------------------------------------------------------------------------

    def exported(self) -> tuple[str, int]:
        """All reviews of the case, of every kind, one a line; and how many there are."""
        return exported(self.case)

    def export(self, path: Path) -> int:
        """Write all reviews of the case, of every kind, one a line; return how many."""
        text, count = self.exported()
        write_whole(path, text)
        return count

    def import_(self, path: Path) -> Imported:
        """Take reviews in from a file; those that are there are passed over.

        Raises:
            BadInput: a line is no review; names file and line. Nothing was taken in then.
            CaseBusy: another process uses the case. Nothing was taken in then.
        """
        return self.take_in(read_file(path), str(path))

    def take_in(self, text: str, where: str) -> Imported:
        """Take reviews in, one a line; as `import_`.

        Args:
            where: what the text is called in errors.
        """
        return take_in(self.case, text, where)

    # -- parts ------------------------------------------------------------------------------

    def items_in(self, store: ReviewedStore, waiting: Sequence[Waiting]) -> list[Item]:
        """Records of a part of the queue, in its order, from a store that is open."""
        return self._records.items_in(store, waiting)

    def _again(self, at: datetime, id: str) -> list[Review]:
        """The decision that this reviewer made on a record at a moment, where it is kept."""
        mine = [one for one in self._shown[id].about if (one.by, one.at) == (self.reviewer, at)]
        return [one for one in mine if one.undoes is None]

    def _made(
        self,
        id: str,
        decision: Decision,
        given: Sequence[str],
        words: str | None,
        at: datetime | None,
    ) -> list[Review]:
        shown, note = self._shown[id], _clean(words or "") or None
        candidate, record = shown.candidate, shown.record
        now = at or datetime.now(UTC)
        if decision != "changed":
            return [Review.of(decision, candidate.kind, [id], by=self.reviewer, at=now, note=note)]
        what = record.event if isinstance(record, EventRecord) else record.statement
        named: Named = ()
        # Where the case is in use, whoever is new in the record has no words of their own.
        with suppress(CaseBusy), self.case.reading() as store:
            named = store.named_in(candidate.document)
        found = Corrections(self.bench.register, named, self.own_modes()).read(what, given)
        mine = shown.own
        before = {} if mine is None else {key: one.new for key, one in mine.changes.items()}
        fresh = [one for one in found if one.new != before.get(one.field, one.old)]
        if not fresh:
            raise BadQuestion(
                "the record says so already",
                where=id,
                advice="Accept it (right), or correct another field.",
            )
        return [
            Review.of(
                "changed", candidate.kind, [id], by=self.reviewer, at=now, field=one.field,
                old=one.old, new=one.new, note=note,
            )
            for one in fresh
        ]  # fmt: skip

    def own_modes(self) -> dict[str, frozenset[str]]:
        """Modes of the case's own by type, types of its own among them."""
        found: dict[str, frozenset[str]] = {}
        for head in read_heads(self.bench.folder / ONTOLOGY):
            more = frozenset() if head.name.mode is None else frozenset([head.name.mode])
            found[head.name.type] = found.get(head.name.type, frozenset()) | more
        return found

    def _kept(self, reviews: Sequence[Review]) -> Outcome:
        """Keep decisions; tell what else was decided on the same records since these were shown."""
        log, busy = self.case.keep(reviews)
        since: list[Review] = []
        made = {one.id for one in reviews}
        for key in dict.fromkeys(key for review in reviews for key in review.subjects):
            about = [one for one in log if key in one.subjects]
            shown = self._shown.get(key)
            if shown is None or busy is not None:
                continue
            since += [one for one in about if one.id not in shown.seen and one.id not in made]
            self._shown[key] = replace(
                shown,
                own=stands(about, shown.candidate.kind).get(key, {}).get(self.reviewer),
                about=tuple(about),
                seen=frozenset(one.id for one in about),
            )
        return Outcome(tuple(reviews), busy=busy, meanwhile=tuple(since))


def _check(decision: str, given: Collection[str]) -> None:
    """See that a decision is one.

    Raises:
        BadQuestion: it is none, or has corrections where none belong.
    """
    known = ("right", "wrong", "unsure", "changed")
    if decision not in known or (decision == "changed") != bool(given):
        raise BadQuestion(
            f"{decision!r} {'with' if given else 'without'} corrections is no decision",
            where="decision",
            advice="Choose right, wrong or unsure, or changed with FIELD=VALUE.",
        )


def _clean(text: str) -> str:
    """Words on one line that can be stored; halves of a character are shown as such."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _who() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # no such table of people on this system
        return "unknown"
