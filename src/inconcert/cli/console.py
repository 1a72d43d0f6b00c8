"""Printing, progress and errors, the same for all commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from inconcert.errors import InConcertError

Report = Callable[[int, int], None]
"""Called with (done, total); total 0 while unknown."""


def stdout() -> Console:
    """The console for answers."""
    return Console(soft_wrap=True, highlight=False)


def stderr() -> Console:
    """The console for progress, notes and errors; answers stay clean on standard output."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def say(text: str) -> None:
    """Print plain text to standard output."""
    stdout().print(text, markup=False)


def note(text: str) -> None:
    """Print a note to standard error."""
    stderr().print(text, markup=False, style="dim")


def say_json(value: Any) -> None:
    """Print a value as JSON to standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Report]:
    """A bar with count and time left on standard error, where that is a terminal."""
    console = stderr()
    if quiet or not console.is_terminal:
        yield _steps(label, quiet)
        return
    columns = (
        TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total or None)

        yield report


def _steps(label: str, quiet: bool) -> Report:
    """Where no terminal is: a line at each tenth of the way."""
    said = -1

    def report(done: int, total: int) -> None:
        nonlocal said
        tenth = 10 * done // total if total else 0
        if not quiet and tenth > said:
            said = tenth
            note(f"{label}: {done} of {total}" if total else f"{label}: {done}")

    return report


@contextmanager
def errors_told(as_json: bool = False) -> Iterator[None]:
    """Turn an error of ours into a message and an exit code; nothing else is caught."""
    try:
        yield
    except InConcertError as error:
        if as_json:
            say_json(error.as_record())
        else:
            console = stderr()
            console.print("Error:", style="bold red", end=" ")
            console.print(error.what, markup=False)
            if error.where:
                console.print(f"  where: {error.where}", markup=False)
            if error.advice:
                console.print(f"  to do: {error.advice}", markup=False)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as stop:
        note("Stopped. What was finished is stored; the same command goes on from there.")
        raise typer.Exit(130) from stop
