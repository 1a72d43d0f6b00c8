"""What a case holds, written for other programs: which records, which form, which file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.errors import BadQuestion
from inconcert.judge.reliability import SHIPPED, Graded, Grades
from inconcert.resolve.register import Register
from inconcert.show.codebook import kind_of, write_codebook
from inconcert.show.export import export_events, export_plover, export_statements
from inconcert.show.export_acts import Names, act_of_record, act_of_row
from inconcert.show.export_dataset import ROWS_AT_ONCE, export_rows, export_rows_as_plover
from inconcert.show.export_file import Exported
from inconcert.show.export_forms import TABLE, FormExport, export_acts, form_of
from inconcert.store.lake import Lake
from inconcert.workbench.reliability import grades_of
from inconcert.workbench.reports import ExportReport

_AUXILIARY = "told as planned, denied, supposed or long past; --all writes them too"
_NO_TEXT = "with characters that stand for nothing"
_REPEATS = "that repeat others; --all writes them too"
_NO_TYPE = "without a PLOVER type, or that repeat others"


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written.

    Attributes:
        path: the file.
        what: `events` or `statements`.
        form: `auto`, or a name of `export_forms.FORMS`.
        everything: also what is not counted: auxiliary modes, rows that repeat others.
        with_codebook: codebook and JSON Schema beside the file.
    """

    path: Path
    what: str = "events"
    form: str = "auto"
    everything: bool = False
    with_codebook: bool = False

    def checked(self, *, is_dataset: bool = False) -> str:
        """The form.

        Raises:
            BadQuestion: neither events nor statements, no such form, statements in a form that has
                none, or a codebook of a form without columns of ours.
        """
        if self.what not in ("events", "statements"):
            raise BadQuestion(
                f"cannot export {self.what!r}",
                where="--what",
                advice="Choose events or statements.",
            )
        form = form_of(self.path, self.form)
        if self.what == "statements" and (form != TABLE or is_dataset):
            raise BadQuestion(
                f"cannot export statements {'of a dataset' if is_dataset else f'as {form!r}'}",
                where="--source" if is_dataset else "--format",
                advice="Statements of texts go to .csv, .jsonl and .parquet; those of a dataset "
                "stand among its events.",
            )
        if self.with_codebook:
            kind_of(form, self.what, is_dataset=is_dataset)
        return form


def names_of(register: Register) -> Names:
    """Names and kinds of actors and persons."""
    persons = {each.name for each in register.actors.values() if each.kind == "person"}

    def kind(word: str) -> str:
        actor = register.actor(word)
        return actor.kind if actor is not None else "person" if word in persons else ""

    return Names(register.name_of, kind)


def export_records(
    events: list[EventRecord],
    statements: list[StatementRecord],
    order: ExportOrder,
    *,
    names: Names,
    coder: str,
    grades: Grades = SHIPPED,
) -> ExportReport:
    """Write what was coded in the texts of a case, graded among one another."""
    form, plain_only = order.checked(), not order.everything
    graded = Graded(events, grades=grades)
    if form == "plover":
        done: Exported | FormExport = export_plover(
            events, order.path, plain_only=plain_only, coder=coder
        )
    elif form != TABLE:
        acts = (act_of_record(record) for record in events)
        done = export_acts(form, acts, order.path, names=names, plain_only=plain_only)
    elif order.what == "events":
        done = export_events(events, order.path, plain_only=plain_only, graded=graded)
    else:
        done = export_statements(statements, order.path, graded=graded)
    reason = _AUXILIARY if plain_only and order.what == "events" else _NO_TEXT
    return _report(order, form, done, reason)


def export_dataset(case: Path, source: str, order: ExportOrder, *, names: Names) -> ExportReport:
    """Write the rows of one dataset of a case.

    Raises:
        BadQuestion: the case has no dataset of that name.
    """
    form = order.checked(is_dataset=True)
    with Lake.open(case) as lake:
        known = [each.name for each in lake.sources()]
        if source not in known:
            raise BadQuestion(
                f"no dataset of the case is called {source!r}",
                where="--source",
                advice=f"One of {', '.join(known) or 'none'}.",
            )
        rows = rows_of(lake, source)
        if form == "plover":
            done: Exported | FormExport = export_rows_as_plover(rows, order.path)
            return _report(order, form, done, _NO_TYPE, is_dataset=True)
        if form != TABLE:
            acts = (act_of_row(row) for row in rows)
            done = export_acts(form, acts, order.path, names=names)
            return _report(order, form, done, "", is_dataset=True)
        counted_only = not order.everything
        done = export_rows(rows, order.path, counted_only=counted_only, grades=grades_of(case))
        return _report(order, form, done, _REPEATS, is_dataset=True)


def rows_of(lake: Lake, source: str) -> Iterator[dict[str, Any]]:
    """The rows of a dataset by month, day and id; no more than a month is held."""
    months = lake.query(
        "select distinct year, month from events where source = $source order by all",
        {"source": source},
    ).to_pylist()
    for each in months:
        table = lake.query(
            "select * from events where source = $source and year = $year and month = $month "
            "order by day, id",
            {"source": source, **each},
        )
        for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
            yield from batch.to_pylist()


def _report(
    order: ExportOrder,
    form: str,
    done: Exported | FormExport,
    reason: str,
    *,
    is_dataset: bool = False,
) -> ExportReport:
    beside: tuple[Path, ...] = ()
    if order.with_codebook:
        beside = write_codebook(order.path, kind_of(form, order.what, is_dataset=is_dataset))
    left: tuple[tuple[int, str], ...] = (
        ((done.left_out, reason),)
        if isinstance(done, Exported)
        else ((done.not_plain, _AUXILIARY), (done.unfit, done.why))
    )
    reasons = tuple((count, why) for count, why in left if count)
    return ExportReport(order.path, order.what, done.written, reasons, beside)
