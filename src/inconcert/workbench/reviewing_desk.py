"""The review of a case as pages show it: where a reviewer stands, one record with all around it.

A page remembers nothing here: what it was shown comes back with each decision, and the same
decision of the same moment is kept once, however often it is sent.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from inconcert.core.review import Review
from inconcert.errors import BadQuestion, CaseBusy, NothingCoded
from inconcert.store.reviewed import KINDS, stands
from inconcert.store.reviewed_records import Candidate
from inconcert.workbench.pages import Kept, Pages, Record, require
from inconcert.workbench.reviewing import Reviewing
from inconcert.workbench.reviewing_agreement import agreement_record
from inconcert.workbench.reviewing_case import ReviewedCase
from inconcert.workbench.reviewing_form import all_modes, fields_of
from inconcert.workbench.reviewing_measured import ALL
from inconcert.workbench.reviewing_queue import SAMPLES, Bearing, Waiting, bearing_in, ordered
from inconcert.workbench.reviewing_text import say_outcome, tell_imported, value_words
from inconcert.workbench.reviewing_told import Outcome, Told, compared, told_of

PATIENCE = 2.0
"""Seconds for which a page waits where the case is in use; it asks again by itself."""
AT_ONCE = 0.5
"""Seconds within which something is written where nobody else writes, who may code anew."""
REACH = 300
"""Characters shown before and after a sentence."""
AHEAD = timedelta(minutes=5)
"""How far the clock of a browser may be ahead."""
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue a page shows.

    Attributes:
        reviewer: empty for nobody yet.
        kind: `event`, `statement` or `all`.
        sample: `unsure` first, or `random`.
        seed: which random order.
        id: of the record; empty for the first one not decided on.
    """

    reviewer: str = ""
    kind: str = ALL
    sample: str = "unsure"
    seed: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Order:
    waiting: Sequence[Waiting]
    places: Mapping[str, int]


class Desk:
    """Reviews of one case, for any number of reviewers.

    Args:
        pages: of the case.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._case = ReviewedCase(pages.folder, PATIENCE)
        self._lock = threading.Lock()
        self._state = ""
        self._candidates: list[Candidate] = []
        self._changes = 0
        self._orders = Kept(6)
        self._bearing: dict[str, Bearing] = {}
        self._first: list[Told] | None = None
        self._first_at: datetime | None = None

    @property
    def mark(self) -> str:
        """A short name of the case, by which a browser keeps what was not sent yet."""
        return hashlib.sha256(str(self._pages.folder.resolve()).encode()).hexdigest()[:12]

    def reviewing(self, reviewer: str | None = None) -> Reviewing:
        """The review by one reviewer; None for who is logged in."""
        return Reviewing(self._pages.bench, reviewer, patience=PATIENCE)

    # -- looking ------------------------------------------------------------------------------

    def look(self, wanted: Wanted, *, with_rows: bool = False) -> Record:
        """One record of the queue with all that is needed to decide on it.

        Args:
            with_rows: the whole queue too, under `rows`.

        Returns:
            `item` (None where nothing is left), its `place`, `next` and `back` (ids), `held` and
            `decided` (numbers of records), and what was asked for.

        Raises:
            BadQuestion: no such kind, sample or record.
            NothingCoded: the case holds no records.
            CaseBusy: another process writes, and shows no copy, or has just coded anew.
        """
        found = self._look(wanted, with_rows=with_rows)
        if found is None:  # the case was coded anew between two looks at it
            with self._lock:
                self._state = ""
            found = self._look(wanted, with_rows=with_rows)
        if found is None:
            raise CaseBusy(
                "the records of the case are just being made anew",
                where=str(self._pages.folder),
                advice="Reload the page in a moment.",
            )
        return found

    def _look(self, wanted: Wanted, *, with_rows: bool) -> Record | None:
        """As `look`; None where the record is not there any more."""
        kind = require(wanted.kind, "kind", (*KINDS, ALL))
        require(wanted.sample, "sample", SAMPLES)
        order = self._order(wanted)
        reviewing = self.reviewing(wanted.reviewer.strip() or None)
        key = wanted.id.strip()
        asked_for = None
        if key and key not in order.places:
            asked_for = reviewing.item(key).candidate
            key = asked_for.id
        with self._case.reading() as store:
            log = self._case.log(store)
            mine = self._mine(log, reviewing.reviewer) if wanted.reviewer.strip() else set()
            open_ = [n for n, one in enumerate(order.waiting) if one.candidate.id not in mine]
            place = order.places.get(key) if key else next(iter(open_), None)
            chosen = None if place is None else order.waiting[place]
            if chosen is None and asked_for is not None:  # of the other kind
                chosen = Waiting(asked_for, 0.0, ())
            item = None
            if chosen is not None:
                items = reviewing.items_in(store, [chosen])
                if not items:
                    return None
                one = items[0]
                text = store.document(chosen.candidate.document).text
                own = reviewing.own_modes()
                item = {
                    **one.as_record(),
                    "priority": chosen.priority,
                    "seen": list(one.seen),
                    "told_with": [id for id in one.reports if id != chosen.candidate.id],
                    "fields": fields_of(one.record, own),
                    "modes": all_modes(own) if chosen.candidate.kind == KINDS[0] else {},
                    **_around(text, one.record.at.start, len(one.record.at.sentence)),
                }
        told: Record = {
            "reviewer": wanted.reviewer.strip(),
            "kind": kind,
            "sample": wanted.sample,
            "seed": wanted.seed,
            "held": len(order.waiting),
            "decided": len(order.waiting) - len(open_),
            "place": None if place is None else place + 1,
            "next": _next(order, open_, -1 if place is None else place),
            "back": order.waiting[place - 1].candidate.id if place else None,
            "item": item,
        }
        if with_rows:
            told["rows"] = [_row(n, one, mine) for n, one in enumerate(order.waiting, start=1)]
        return told

    def log(self) -> list[Record]:
        """All decisions, the last first, with their values in words."""
        return [
            {**one, "old_words": _in_words(one, "old"), "new_words": _in_words(one, "new")}
            for one in reversed(self.reviewing().log())
        ]

    def agreement(self, *, sample: str = ALL, seed: int = 0) -> Record:
        """How far each two reviewers agree, and how often the coder was right."""
        require(sample, "sample", (ALL, SAMPLES[1]))
        reviewing = self.reviewing()
        grade = reviewing.grade(sample=sample, seed=seed)
        return {
            "agreement": [agreement_record(pair) for pair in reviewing.agreement()],
            "precision": grade.as_json(),
        }

    @property
    def has_answers(self) -> bool:
        """Whether all questions of the case are answered as it stands."""
        pages = self._pages
        return all(pages.answered(asked) is not None for asked in pages.questions())

    def changed(self) -> Record:
        """What the answers of the case say now, against what they said when first known.

        Returns:
            `since` (when that was), `questions` (each `before`, `after`, `changed`).
        """
        self._note_answers()
        now = [told_of(self._pages.answer(asked)) for asked in self._pages.questions()]
        self._note_answers()
        first = self._first if self._first is not None else now
        if [title for title, _ in first] != [title for title, _ in now]:  # other questions since
            first = now
        since = self._first_at
        return {
            "since": None if since is None else since.isoformat(timespec="seconds"),
            "questions": compared(first, now),
        }

    # -- deciding -----------------------------------------------------------------------------

    def decide(
        self,
        reviewer: str,
        id: str,
        decision: str,
        corrections: Sequence[str] = (),
        *,
        kind: str,
        at: datetime,
        seen: Collection[str],
        note: str | None = None,
    ) -> Record:
        """Keep a decision; sent again it is kept once.

        Args:
            kind: of the record, as it was shown.
            at: when it was made, by the clock of the reviewer.
            seen: ids of the reviews of the record that the reviewer knew of.

        Raises:
            BadQuestion: no such record, decision, field or value, or it was made in the future.
            CaseBusy: the case is in use, and what was decided cannot be read without it.
        """
        require(kind, "kind", KINDS)
        moment = _past(at)
        reviewing, before = self.reviewing(reviewer), self._noted()
        if decision == "changed" or corrections:
            outcome = reviewing.decide(id, decision, corrections, note=note, at=moment, seen=seen)
        else:
            kind, id = self._named(reviewing, kind, id)
            outcome = reviewing.judge(kind, id, decision, at=moment, seen=seen, note=note)
        return self._told(outcome, before)

    def undo(self, reviewer: str, id: str | None = None, *, at: datetime) -> Record:
        """Take back a decision, the last one of the reviewer or that with an id.

        Raises:
            BadQuestion: there is none.
            CaseBusy: the case is in use.
        """
        before = self._noted()
        return self._told(self.reviewing(reviewer).undo(id, at=_past(at)), before)

    def exported(self) -> str:
        """All reviews of the case, one a line."""
        return self.reviewing().exported()[0]

    def take_in(self, text: str, where: str) -> Record:
        """Take in reviews that were exported elsewhere.

        Raises:
            BadInput: a line is no review; nothing was taken in.
            CaseBusy: the case is in use; nothing was taken in.
        """
        before = self._noted()
        report = self.reviewing().take_in(text, where)
        self._carry(before)
        return {**report.as_record(), "words": tell_imported(report)}

    # -- parts --------------------------------------------------------------------------------

    def _order(self, wanted: Wanted) -> _Order:
        candidates = self._held()
        self._note_answers()

        def make() -> _Order:
            mine = [one for one in candidates if wanted.kind in (ALL, one.kind)]
            found = ordered(mine, self._bearing, sample=wanted.sample, seed=wanted.seed)
            return _Order(found, {one.candidate.id: n for n, one in enumerate(found)})

        seed = wanted.seed if wanted.sample != SAMPLES[0] else 0
        key = (wanted.kind, wanted.sample, seed, self._changes, len(self._bearing))
        order: _Order = self._orders.get(key, make)
        return order

    def _held(self) -> list[Candidate]:
        """The records of the case; the same list as long as they are the same."""
        state = self._pages.state()
        with self._lock:
            if state != self._state or not self._candidates:
                with self._case.reading() as store:
                    found = store.candidates()
                if found != self._candidates:
                    self._candidates, self._bearing = found, {}
                    self._changes += 1
                self._state = state
            if not self._candidates:
                raise NothingCoded(
                    "the case holds no record to review",
                    where=str(self._pages.folder),
                    advice="Run `inconcert code` first.",
                )
            return self._candidates

    def _note_answers(self) -> None:
        """Remember what the answers of the case say and rest on, once all of them are known."""
        if self._bearing and self._first is not None:
            return
        answers = [self._pages.answered(asked) for asked in self._pages.questions()]
        known = [one for one in answers if one is not None]
        if not known or len(known) < len(answers):
            return
        self._bearing = self._bearing or bearing_in(known)
        if self._first is None:
            self._first, self._first_at = [told_of(one) for one in known], datetime.now(UTC)

    def _noted(self) -> tuple[str, float]:
        """The state of the case before something is written, and when that is."""
        self._note_answers()
        return self._pages.state(), monotonic()

    def _carry(self, before: tuple[str, float]) -> None:
        """Only reviews were added since, unless one had to wait for whoever else wrote."""
        state, since = before
        with self._lock:
            if self._state == state and monotonic() - since < AT_ONCE:
                self._state = self._pages.state()

    def _named(self, reviewing: Reviewing, kind: str, id: str) -> tuple[str, str]:
        """Kind and whole id of a record; as given where the case cannot be read just now."""
        try:
            known = next((one for one in self._held() if one.id == id), None)
            one = known or reviewing.item(id).candidate
        except CaseBusy:
            if len(id) != _ID_LENGTH:
                raise
            return kind, id
        return one.kind, one.id

    def _told(self, outcome: Outcome, before: tuple[str, float]) -> Record:
        self._carry(before)
        return {**outcome.as_record(), "words": say_outcome(outcome)}

    def _mine(self, log: Sequence[Review], reviewer: str) -> set[str]:
        return {key for kind in KINDS for key, by in stands(log, kind).items() if reviewer in by}


def _next(order: _Order, open_: Sequence[int], place: int) -> str | None:
    """The next record not decided on, behind a place or else from the front; never that itself."""
    behind = (n for n in open_ if n > place)
    before = (n for n in open_ if n < place)
    found = next(behind, next(before, None))
    return None if found is None else order.waiting[found].candidate.id


def _row(number: int, one: Waiting, mine: Collection[str]) -> Record:
    candidate = one.candidate
    return {
        "place": number, "id": candidate.id, "kind": candidate.kind, "type": candidate.type,
        "source": candidate.source, "document": candidate.document, "rule": candidate.rule,
        "confidence": round(candidate.confidence, 3), "priority": one.priority,
        "why": "; ".join(one.why), "decided": candidate.id in mine,
    }  # fmt: skip


def _around(text: str, start: int, length: int) -> Record:
    """What stands before and after a sentence, cut at whole words."""
    end = start + length
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if start > REACH:
        before = f"… {before.partition(' ')[2]}"
    if end + REACH < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return {"before": before, "after": after}


def _past(at: datetime) -> datetime:
    moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    if moment > datetime.now(UTC) + AHEAD:
        raise BadQuestion(
            "this was decided in the future",
            where="at",
            advice="Set the clock of this machine right, then decide again.",
        )
    return moment


def _in_words(one: Mapping[str, Any], name: str) -> str:
    return value_words(one[name]) if one["field"] else ""
