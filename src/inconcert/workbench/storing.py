"""The stores of a case: what they hold, whether they are sound, tidied, carried elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from inconcert.core.config import Settings
from inconcert.errors import BadQuestion, NoCase
from inconcert.judge.amounts import counted
from inconcert.store.lake import Lake, LakeInfo
from inconcert.store.lake_care import CheckReport, CompactReport
from inconcert.store.lake_transfer import ExportReport, ImportReport
from inconcert.store.store import FILE as DATABASE
from inconcert.store.store import Store

CASE_FILE = "case.toml"
_MEGABYTE = 1_000_000
_TEXT_SHOWN = 160
_GAPS = files("inconcert.workbench").joinpath("sql", "coverage_gaps.sql")

Record = dict[str, object]


class CaseStores:
    """The database of documents and the event store of one case.

    Args:
        case: its folder.

    Raises:
        NoCase: the folder is no case.
    """

    def __init__(self, case: Path) -> None:
        if not (case / CASE_FILE).is_file():
            raise NoCase(
                "no case here",
                where=str(case.resolve()),
                advice="Make one with `inconcert init FOLDER`, or name one with --case.",
            )
        self.case = case
        Settings.load(case / CASE_FILE)  # refuses a case.toml without sense here, once

    def info(self) -> Record:
        """What both hold, and as of when."""
        with Store.open(self.case, write=False) as store:
            texts = dict(store.info())
            shown = store.shown_as_of
        told: Record = {
            "texts": {**texts, "bytes": (self.case / DATABASE).stat().st_size},
            "texts_as_of": None if shown is None else shown.isoformat(timespec="seconds"),
            "events": None,
        }
        if Lake.is_in(self.case):
            with Lake.open(self.case) as lake:
                told["events"] = _lake_record(lake.info())
        return told

    def check(self) -> tuple[list[str], CheckReport | None]:
        """Faults of the database, and the report on the event store where there is one."""
        with Store.open(self.case, write=False) as store:
            faults = [f"{what}: {where}" for what, where in store.check()]
        if not Lake.is_in(self.case):
            return faults, None
        with Lake.open(self.case) as lake:
            return faults, lake.check()

    def quarantine(self, source: str | None, most: int) -> list[Record]:
        """Lines that made no row, with file, number, reason and how they begin.

        Args:
            source: only of this dataset.
            most: so many at most.
        """
        self._require_events()
        with Lake.open(self.case) as lake:
            self._require_source(lake, source)
            found = lake.query(
                "select b.source, q.file, q.line, q.reason, q.text from quarantine q "
                "join batches b on b.batch = q.batch where $source is null or b.source = $source "
                "order by q.batch, q.file, q.line limit $most",
                {"source": source, "most": most},
            )
        return list(found.to_pylist())

    def coverage(self, source: str | None) -> list[Record]:
        """Stretches of days without a row, and days with less than a tenth of the usual.

        Args:
            source: only of this dataset.

        Returns:
            One record a stretch: source, first and last day, rows, what is usual a day (median).
        """
        self._require_events()
        with Lake.open(self.case) as lake:
            self._require_source(lake, source)
            found = lake.query(_GAPS.read_text("utf-8"), {"source": source})
        return [
            {
                **row,
                "first_day": row["first_day"].isoformat(),
                "last_day": row["last_day"].isoformat(),
            }
            for row in found.to_pylist()
        ]

    def _require_source(self, lake: Lake, source: str | None) -> None:
        known = [one.name for one in lake.sources()]
        if source is not None and source not in known:
            raise BadQuestion(
                f"there is no event dataset {source!r}",
                where="--source",
                advice=f"There are: {', '.join(known)}." if known else "None was read yet.",
            )

    def compact(self) -> CompactReport:
        """Put small files of the event store together.

        Raises:
            NoCase: the case has no event store.
            CaseBusy: another process writes to it.
        """
        self._require_events()
        with Lake.open(self.case, write=True) as lake:
            return lake.compact()

    def unfold(self, event: str, *, note: str) -> tuple[str, ...]:
        """Take the fold of an event back; ids of its rows.

        Raises:
            BadInput: no such event, or none that was folded.
        """
        self._require_events()
        with Lake.open(self.case, write=True) as lake:
            return lake.unfold(event, note=note)

    def export(self, to: Path) -> ExportReport:
        """Write the event store into a new folder, or a `.tar`.

        Raises:
            CaseExists: there is something at the place already.
        """
        self._require_events()
        with Lake.open(self.case) as lake:
            return lake.export(to)

    def import_(self, source: Path) -> ImportReport:
        """Take an exported event store, whole or not at all, into a case that has none.

        Raises:
            UnreadableDocument: it is no export, or a file is not what its hash says.
            CaseExists: the case has events already.
        """
        with Lake.open(self.case, write=True) as lake:
            return lake.import_(source)

    def _require_events(self) -> None:
        if not Lake.is_in(self.case):
            raise NoCase(
                "the case has no event store",
                where=str(self.case),
                advice="Read a dataset of events into it first: `inconcert read FILE`.",
            )


def tell_info(told: Record) -> str:
    """What `store info` says to people."""
    texts = told["texts"]
    assert isinstance(texts, dict)
    lines = ["Documents and what was coded in them"]
    lines += [f"  {name}: {value}" for name, value in texts.items() if name != "bytes"]
    lines.append(f"  size: {int(texts['bytes']) / _MEGABYTE:,.1f} MB")
    if told["texts_as_of"]:
        lines.append(f"  another process is writing; this is as of {told['texts_as_of']}")
    events = told["events"]
    if not isinstance(events, dict):
        return "\n".join([*lines, "No datasets of events."])
    if events["last_batch"] is None:
        return "\n".join([*lines, "No datasets of events: the event store is empty."])
    age = datetime.now(tz=UTC) - datetime.fromisoformat(str(events["last_batch"]))
    lines.append("Datasets of events")
    lines.append(
        f"  {counted(int(events['parts']), 'file')} of {int(events['bytes']) / _MEGABYTE:,.1f} MB, "
        f"{counted(int(events['batches']), 'batch', 'batches')}; "
        f"the last one was complete {_ago(age.total_seconds())} ago"
    )
    for one in events["sources"]:
        lines.append(
            f"  {one['name']}: {one['rows']:,} rows, {one['counted']:,} events "
            f"({one['repeats']:,} repeats, {one['folded']:,} folded, "
            f"{one['statements']:,} statements), "
            f"{counted(one['quarantined'], 'line')} in quarantine"
        )
        if one["first_day"] is not None:
            lines.append(
                f"    {one['first_day']} to {one['last_day']}; "
                f"{counted(one['days_not_covered'], 'day')} between without any row: not covered"
            )
    for kind in ("mentions", "context"):
        if events[kind]:
            lines.append(f"  {events[kind]:,} rows of {kind}")
    return "\n".join(lines)


def tell_quarantine(rows: list[Record]) -> str:
    """What `store quarantine` says to people."""
    if not rows:
        return "No line is in quarantine."
    return "\n".join(
        f"{row['file']}:{row['line']}: {row['reason']}\n    {str(row['text'])[:_TEXT_SHOWN]}"
        for row in rows
    )


def tell_coverage(rows: list[Record]) -> str:
    """What `store coverage` says to people."""
    if not rows:
        return "Every day between the first and the last has rows, and none has very few."
    lines = []
    for row in rows:
        days = (
            f"{row['first_day']}"
            if row["first_day"] == row["last_day"]
            else f"{row['first_day']} to {row['last_day']}"
        )
        what = (
            "not covered: no row at all, which is not the same as no event"
            if not row["rows"]
            else f"{row['rows']:,} rows in all, where {row['usual']:,.0f} a day are usual"
        )
        lines.append(f"{row['source']}: {days}: {what}")
    return "\n".join(lines)


def _lake_record(info: LakeInfo) -> Record:
    told = asdict(info)
    told["sources"] = [
        {**asdict(one), "days_not_covered": one.days_not_covered} for one in info.sources
    ]
    for name in ("taken", "last_batch"):
        told[name] = None if told[name] is None else told[name].isoformat(timespec="seconds")
    for one in told["sources"]:
        for name in ("first_day", "last_day"):
            one[name] = None if one[name] is None else one[name].isoformat()
    return told


def _ago(seconds: float) -> str:
    """A stretch of time, roughly.

    Example:
        >>> _ago(30), _ago(600), _ago(200_000)
        ('30 s', '10 min', '2 days')
    """
    for length, name in ((172_800, "days"), (7_200, "h"), (120, "min")):
        if seconds >= length:
            unit = {"days": 86_400, "h": 3_600, "min": 60}[name]
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s"
