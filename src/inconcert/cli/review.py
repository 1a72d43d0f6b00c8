"""Commands to review what was coded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import click
import typer

from inconcert.cli.console import errors_told, note, progress, say, say_error, say_json, say_marked
from inconcert.errors import CaseBusy, InConcertError
from inconcert.workbench import Workbench
from inconcert.workbench.reviewing import Reviewing
from inconcert.workbench.reviewing_agreement import agreement_record, tell_agreement
from inconcert.workbench.reviewing_session import Session, Step, with_effect
from inconcert.workbench.reviewing_text import (
    bracketed,
    item_lines,
    tell_changed,
    tell_imported,
    tell_log,
    tell_outcome,
)
from inconcert.workbench.reviewing_told import Item

review_app = typer.Typer(help="Review what was coded: accept, reject, correct, undo, compare.")

Case = Annotated[Path, typer.Option("--case", "-c", help="Case folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Reviewer = Annotated[
    Optional[str],  # noqa: UP045  typer reads the annotation at run time
    typer.Option("--reviewer", help="Who decides; else who is logged in."),
]
Why = Annotated[str, typer.Option("--note", help="Why, for those who come after.")]
NoVerdict = Annotated[
    bool, typer.Option("--no-verdict", help="Do not answer the questions of the case again.")
]
_SHOWN = 20
_JUDGE = {"a": "right", "r": "wrong", "u": "unsure"}
KEYS = "a accept, r reject, u unsure, e edit, n next, b back, z undo, v verdict, q quit"
HOW = "FIELD=VALUE, parted by ; (type=AID; recipients=AFG+AFGTAL; date=2021-09-14); empty: none"


@review_app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    reviewer: Reviewer = None,
    sample: Annotated[
        str, typer.Option(help="unsure: doubtful ones first; random: for a fair estimate.")
    ] = "unsure",
    kind: Annotated[str, typer.Option(help="event, statement or all.")] = "all",
    seed: Annotated[int, typer.Option(help="With --sample random: which order.")] = 0,
    limit: Annotated[int, typer.Option(help="With --json: how many; 0 for all.")] = _SHOWN,
    decided: Annotated[
        bool, typer.Option("--decided", help="Also what this reviewer decided on.")
    ] = False,
    no_verdict: NoVerdict = False,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Show the next record with its sentence and take a key; with --json list the queue.

    Keys: a accept, r reject, u unsure, e edit, n next, b back, z undo, v what the decisions changed
    in the answers of the case, q quit.

    Example: `inconcert review --reviewer Anna --case border-2021`
    """
    if context.invoked_subcommand is not None:
        return
    with errors_told(as_json):
        reviewing = Reviewing(Workbench.open(case), reviewer)
        with progress("Looking what verdicts rest on", quiet=as_json or no_verdict):
            waiting = reviewing.queue(
                kind=kind, sample=sample, seed=seed, with_decided=decided,
                with_bearing=not no_verdict,
            )  # fmt: skip
        if as_json:
            shown = reviewing.items(waiting[: max(limit, 0) or None])
            priority = {one.candidate.id: one.priority for one in waiting}
            say_json({
                "reviewer": reviewing.reviewer,
                "sample": sample,
                "waiting": len(waiting),
                "items": [
                    {**item.as_record(), "priority": priority[item.candidate.id]}
                    for item in shown
                ],
            })  # fmt: skip
            return
        _walk(Session(reviewing, waiting, with_verdict=not no_verdict))


def _walk(session: Session) -> None:
    """Show and ask, until the reviewer has had enough or nothing is left."""
    total = len(session.waiting)
    if not total:
        note("Nothing waits to be reviewed.")
        return
    note(KEYS)
    while True:
        item = None
        try:
            item = session.current
        except CaseBusy as error:
            say_error(error)
        else:
            _shown(item, session.place + 1, total)
        key = _key()
        try:
            if key == "q":
                note("Every decision so far is kept.")
                if session.is_due:
                    say(tell_changed(session.changed()))
                return
            _done(session, item, key)
        except InConcertError as error:  # told, and asked again: a slip must not end the walk
            say_error(error)
            if key == "q":
                return


def _shown(item: Item | None, number: int, total: int) -> None:
    if item is None:
        note("Nothing is left in the queue.")
    else:
        lines = item_lines(item, number, total)
        say_marked(lines, plain=bracketed(lines))


def _done(session: Session, item: Item | None, key: str) -> None:
    """What a key asks for."""
    if key == "n":
        session.next()
    elif key == "b":
        session.back()
    elif key == "z":
        _told(session.undo())
    elif key == "v":
        say(tell_changed(session.changed()))
    elif item is not None and key in _JUDGE:
        _told(session.decide(item, _JUDGE[key]))
    elif item is not None and key == "e":
        wanted = [part.strip() for part in _line(HOW).split(";") if part.strip()]
        if wanted:
            _told(session.decide(item, "changed", wanted))
    else:
        note(KEYS)


def _told(step: Step) -> None:
    say(tell_outcome(step.outcome, step.effect))


def _key() -> str:
    """One key, without Enter on a terminal; elsewhere the first letter of a line; q at the end."""
    if sys.stdin.isatty():
        try:
            return click.getchar().casefold()
        except (EOFError, KeyboardInterrupt):
            return "q"
    line = sys.stdin.readline()
    return line.strip()[:1].casefold() if line else "q"


def _line(prompt: str) -> str:
    note(prompt)
    return sys.stdin.readline().strip()


@review_app.command()
def decide(
    id: Annotated[str, typer.Argument(help="Id of a record, or how it begins.")],
    decision: Annotated[str, typer.Argument(help="right, wrong, unsure or changed.")],
    corrections: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--set", help="With changed: FIELD=VALUE; repeatable."),
    ] = None,
    reviewer: Reviewer = None,
    why: Why = "",
    no_verdict: NoVerdict = False,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Decide on one record, and say what that changes in the answers of the case.

    Fields of events: type, mode, actors, recipients, date, auxiliary; of statements: speakers,
    addressees, date, stance, commitment. `none` empties a field.

    Example: `inconcert review decide 3fa9c1 changed --set type=AID --set recipients=AFG
    --reviewer Anna --case border-2021`
    """
    with errors_told(as_json):
        reviewing = Reviewing(Workbench.open(case), reviewer)
        step, _ = with_effect(
            reviewing,
            lambda: reviewing.decide(id, decision, corrections or (), note=why or None),
            [] if no_verdict else None,
        )
        if as_json:
            say_json({**step.outcome.as_record(), "effect": list(step.effect)})
        else:
            _told(step)


@review_app.command()
def undo(
    id: Annotated[str, typer.Argument(help="Id of a decision; else your last one.")] = "",
    reviewer: Reviewer = None,
    why: Why = "",
    no_verdict: NoVerdict = False,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take back a decision; an undo can be undone too.

    Example: `inconcert review undo --reviewer Anna --case border-2021`
    """
    with errors_told(as_json):
        reviewing = Reviewing(Workbench.open(case), reviewer)
        step, _ = with_effect(
            reviewing,
            lambda: reviewing.undo(id or None, note=why or None),
            [] if no_verdict else None,
        )
        if as_json:
            say_json({**step.outcome.as_record(), "effect": list(step.effect)})
        else:
            _told(step)


@review_app.command()
def log(case: Case = Path(), as_json: AsJson = False) -> None:
    """All decisions on records in order, and whether they hold.

    Example: `inconcert review log --case border-2021`
    """
    with errors_told(as_json):
        found = Reviewing(Workbench.open(case)).log()
        if as_json:
            say_json(found)
        else:
            say(tell_log(found))


@review_app.command()
def agreement(case: Case = Path(), as_json: AsJson = False) -> None:
    """How far reviewers agree: share, Cohen's kappa, by type and source, who differs on what.

    Example: `inconcert review agreement --case border-2021`
    """
    with errors_told(as_json):
        pairs = Reviewing(Workbench.open(case)).agreement()
        if as_json:
            say_json([agreement_record(pair) for pair in pairs])
        else:
            say(tell_agreement(pairs))


@review_app.command()
def export(
    out: Annotated[Path, typer.Argument(help="File to write, JSONL.")],
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Write all reviews of the case, one a line; `import` takes them in elsewhere.

    Example: `inconcert review export reviews.jsonl --case border-2021`
    """
    with errors_told(as_json):
        count = Reviewing(Workbench.open(case)).export(out)
        if as_json:
            say_json({"file": str(out), "reviews": count})
        else:
            say(f"{count} reviews in {out}")


@review_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="File with reviews, JSONL.")],
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take in reviews of others; what is there already is passed over.

    Example: `inconcert review import reviews.jsonl --case border-2021`
    """
    with errors_told(as_json):
        report = Reviewing(Workbench.open(case)).import_(file)
        if as_json:
            say_json(report.as_record())
        else:
            say(tell_imported(report))
