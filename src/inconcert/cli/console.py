"""Printing, progress and errors, the same for all commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from time import monotonic
from typing import Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from inconcert.core.plain import json_text
from inconcert.errors import InConcertError, StorageFull

Report = Callable[[int, int, float], None]
"""Called with items done, all items, and the share of the work done; 0 for what is not known."""

STYLES = {
    "actor": "bold green", "recipient": "bold red", "predicate": "bold yellow",
    "about": "bold cyan", "head": "bold", "aside": "dim",
}  # fmt: skip
"""How the pieces of an explained text look."""

PATIENCE = 2.0
"""Seconds after which progress is told where no terminal is."""

PAUSE = 10.0
"""Seconds between two such lines."""


def stdout() -> Console:
    """The console for answers."""
    return Console(soft_wrap=True, highlight=False)


def stderr() -> Console:
    """The console for progress, notes and errors; answers stay clean on standard output."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def prepare_streams() -> None:
    """Have what is not written to a terminal be UTF-8, and odd characters shown, not refused.

    Elsewhere than on a terminal some systems write in an encoding of their own, which lacks most
    of the world's letters.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            is_free = not stream.isatty() and "PYTHONIOENCODING" not in os.environ
            encoding = "utf-8" if is_free else stream.encoding
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def say(text: str) -> None:
    """Print plain text to standard output."""
    with _to_standard_output():
        stdout().print(text, markup=False)


def say_marked(lines: Iterable[Iterable[tuple[str, str]]], *, plain: str) -> None:
    """Print pieces of words in the colours of what they are; without colours a plain text.

    Args:
        lines: pieces, each with its kind.
        plain: the same with brackets.
    """
    console = stdout()
    if not console.is_terminal or console.no_color or console.color_system is None:
        say(plain)
        return
    with _to_standard_output():
        for line in lines:
            console.print(Text.assemble(*((words, STYLES.get(kind, "")) for words, kind in line)))


def note(text: str) -> None:
    """Print a note to standard error."""
    stderr().print(text, markup=False, style="dim")


def say_json(value: Any) -> None:
    """Print a value as JSON to standard output."""
    is_utf = (sys.stdout.encoding or "").lower().startswith("utf")
    with _to_standard_output():
        sys.stdout.write(json_text(value, indent=2, only_ascii=not is_utf) + "\n")


def say_error(error: InConcertError) -> None:
    """Print an error with its place and what to do to standard error."""
    console = stderr()
    console.print("Error:", style="bold red", end=" ")
    console.print(error.what, markup=False)
    if error.where:
        console.print(f"  where: {error.where}", markup=False)
    if error.advice:
        console.print(f"  to do: {error.advice}", markup=False)


@contextmanager
def _to_standard_output() -> Iterator[None]:
    """Tell plainly when standard output takes no more; a reader who has enough is no fault."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # Otherwise Python tries once more to write what is left when it ends, and complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise StorageFull(
            f"the answer cannot be written: {error.strerror or error}",
            where="standard output",
            advice="Make room, or send it elsewhere.",
        ) from error


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Report]:
    """A bar with count and time left on standard error, where that is a terminal."""
    console = stderr()
    if quiet or not console.is_terminal:
        yield _steps(label, quiet)
        return
    columns = (
        TextColumn("[bold]{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None, count="")

        def report(done: int, total: int, share: float) -> None:
            of = f"{done} of {total}" if total else f"{done}"
            bar.update(task, completed=share, total=1.0 if total else None, count=of)

        yield report


def _steps(label: str, quiet: bool) -> Report:
    """Where no terminal is: a line now and then, once it takes longer than a moment."""
    started = said = monotonic()

    def report(done: int, total: int, share: float) -> None:
        nonlocal said
        now = monotonic()
        if quiet or now - said < (PATIENCE if said == started else PAUSE):
            return
        said = now
        of = f"{done} of {total}" if total else f"{done}"
        left = f", {_about((now - started) * (1 - share) / share)} left" if share else ""
        note(f"{label}: {of}{left}")

    return report


def _about(seconds: float) -> str:
    """A stretch of time to come, roughly.

    Example:
        >>> _about(20), _about(200)
        ('20 s', '3 min')
    """
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


@contextmanager
def errors_told(as_json: bool = False) -> Iterator[None]:
    """Turn an error of ours into a message and an exit code; nothing else is caught."""
    try:
        yield
    except InConcertError as error:
        if as_json:
            say_json(error.as_record())
        else:
            say_error(error)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as stop:
        note("Stopped. What was finished is stored; the same command goes on from there.")
        raise typer.Exit(130) from stop
