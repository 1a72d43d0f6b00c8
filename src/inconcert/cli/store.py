"""Commands on the stores of a case: shown, checked, tidied, carried elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from inconcert.cli.console import errors_told, progress, say, say_json
from inconcert.errors import CaseDamaged
from inconcert.workbench.storing import CaseStores, tell_coverage, tell_info, tell_quarantine

store_app = typer.Typer(
    help="The stores of a case: documents with their codings, and datasets of events.",
    no_args_is_help=True,
)

Case = Annotated[Path, typer.Option("--case", "-c", help="Case folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@store_app.command()
def info(case: Case = Path(), as_json: AsJson = False) -> None:
    """Say what a case holds by source, how large it is, and as of when.

    Example: `inconcert store info --case border-2021`
    """
    with errors_told(as_json):
        told = CaseStores(case).info()
        if as_json:
            say_json(told)
        else:
            say(tell_info(told))


@store_app.command()
def check(case: Case = Path(), as_json: AsJson = False) -> None:
    """See that every file is there and whole, and that the numbers agree.

    Example: `inconcert store check --case border-2021`
    """
    with errors_told(as_json):
        with progress("Checking", quiet=as_json):
            faults, report = CaseStores(case).check()
        if report is not None:
            faults += list(report.faults)
        if as_json:
            events = None if report is None else asdict(report)
            say_json({"faults": faults, "events": events})
        else:
            say("\n".join(faults) if faults else "All is well.")
        if faults:
            raise typer.Exit(CaseDamaged.exit_code)


@store_app.command()
def quarantine(
    source: Annotated[str, typer.Option(help="Only of this dataset.")] = "",
    limit: Annotated[int, typer.Option(help="So many lines at most.")] = 40,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """List lines that made no row: file, number, reason, and how they begin.

    Example: `inconcert store quarantine --case border-2021`
    """
    with errors_told(as_json):
        rows = CaseStores(case).quarantine(source or None, limit)
        if as_json:
            say_json(rows)
        else:
            say(tell_quarantine(rows))


@store_app.command()
def coverage(
    source: Annotated[str, typer.Option(help="Only of this dataset.")] = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """List days that a dataset does not cover, or hardly: what happened then is unknown.

    Example: `inconcert store coverage --case border-2021`
    """
    with errors_told(as_json):
        rows = CaseStores(case).coverage(source or None)
        if as_json:
            say_json(rows)
        else:
            say(tell_coverage(rows))


@store_app.command()
def compact(case: Case = Path(), as_json: AsJson = False) -> None:
    """Put small files of the event store together; every answer stays the same.

    Worth it after many small reads, as of a feed of quarter hours.

    Example: `inconcert store compact --case border-2021`
    """
    with errors_told(as_json):
        with progress("Compacting", quiet=as_json):
            report = CaseStores(case).compact()
        if as_json:
            say_json(asdict(report))
        else:
            say(report.as_text())


@store_app.command()
def export(
    to: Annotated[Path, typer.Argument(help="New folder, or a name that ends in .tar.")],
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Write the event store as Parquet files with a list of their hashes, for another machine.

    Documents and codings lie in one file, inconcert.duckdb: copy it when nothing runs.

    Example: `inconcert store export events.tar --case border-2021`
    """
    with errors_told(as_json):
        with progress("Exporting", quiet=as_json):
            report = CaseStores(case).export(to)
        if as_json:
            say_json(asdict(report))
        else:
            say(report.as_text())


@store_app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="What `store export` wrote.")],
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take an exported event store into a case without one: verified, whole or not at all.

    Example: `inconcert store import events.tar --case copy-of-border-2021`
    """
    with errors_told(as_json):
        with progress("Importing", quiet=as_json):
            report = CaseStores(case).import_(source)
        if as_json:
            say_json(asdict(report))
        else:
            say(report.as_text())


@store_app.command()
def unfold(
    event: Annotated[str, typer.Argument(help="Id of an event that was folded.")],
    note: Annotated[str, typer.Option(help="Why, for those who come after.")] = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take back that two mirrored rows became one event; the decision is kept.

    Example: `inconcert store unfold 3f2a… --note "two meetings" --case border-2021`
    """
    with errors_told(as_json):
        rows = CaseStores(case).unfold(event, note=note)
        if as_json:
            say_json({"rows": list(rows)})
        else:
            say(f"Stands as {len(rows)} rows again: {', '.join(rows)}")
