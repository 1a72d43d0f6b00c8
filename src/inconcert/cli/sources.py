"""Commands on the sources of a case: who they are, how reliable, graded and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inconcert.cli.console import errors_told, say, say_json
from inconcert.errors import BadQuestion
from inconcert.workbench.sources import (
    CaseSources,
    tell_given,
    tell_grade_log,
    tell_sources,
    tell_undone,
)

sources_app = typer.Typer(
    help="Sources of a case, and grades of them: A to F for who tells, 1 to 6 for what is told.",
    no_args_is_help=True,
)

Case = Annotated[Path, typer.Option("--case", "-c", help="Case folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
By = Annotated[str, typer.Option("--by", help="Who grades; else who is logged in.")]


@sources_app.command("list")
def list_(case: Case = Path(), as_json: AsJson = False) -> None:
    """List the sources of a case with country, owner, grade, and what the grade rests on.

    Example: `inconcert sources list --case border-2021`
    """
    with errors_told(as_json):
        found = CaseSources(case).held()
        if as_json:
            say_json(found)
        else:
            say(tell_sources(found))


@sources_app.command()
def grade(
    words: Annotated[
        list[str], typer.Argument(metavar="[OUTLET] GRADE", help="An outlet and A to F; or 1 to 6.")
    ],
    why: Annotated[str, typer.Option(help="What the grade rests on; needed.")] = "",
    item: Annotated[
        str, typer.Option(help="Grade what is told: id of a document, event or statement.")
    ] = "",
    by: By = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Grade an outlet, or with `--item` what one document, event or statement tells.

    Outlets, by what is known of them:
    A completely reliable, B usually, C fairly, D not usually reliable, E unreliable,
    F cannot be judged. Write the name as the texts have it (`inconcert sources list`).

    Items, whoever tells them: 1 confirmed by other sources, 2 probably true, 3 possibly true,
    4 doubtful, 5 improbable, 6 cannot be judged. Of a document it counts for all that it says did
    happen. Without it the figure is counted from who else tells of the act.

    A grade is added to a log and counts from the next answer on; `undo` takes it back.

    Examples: `inconcert sources grade "The Herald" C --why "two of nine reports were wrong"
    --case border-2021`;
    `inconcert sources grade --item 3fa9c1 4 --why "the ministry denies it" --case border-2021`
    """
    with errors_told(as_json):
        *named, sign = words
        if len(named) != (0 if item else 1):
            raise BadQuestion(
                "an outlet was named beside an item" if item
                else f"{len(named) or 'no'} outlets were named",
                where="sources grade",
                advice="Write OUTLET GRADE, the outlet in quotes where it has several words, or "
                "--item ID GRADE.",
            )  # fmt: skip
        known = CaseSources(case, by)
        made = (
            known.grade_item(item, sign, why=why)
            if item
            else known.grade(named[0], sign, why=why)
        )  # fmt: skip
        if as_json:
            say_json(made)
        else:
            say(tell_given(made))


@sources_app.command()
def undo(
    id: Annotated[
        str, typer.Argument(help="Id of a grade; the last that stands if left out.")
    ] = "",
    by: By = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take back a grade; what stood before it counts again.

    Example: `inconcert sources undo --case border-2021`
    """
    with errors_told(as_json):
        made = CaseSources(case, by).undo(id)
        if as_json:
            say_json(made)
        else:
            say(tell_undone(made))


@sources_app.command()
def log(case: Case = Path(), as_json: AsJson = False) -> None:
    """All grades given by command in order, who gave them, why, and whether they hold.

    Example: `inconcert sources log --case border-2021`
    """
    with errors_told(as_json):
        found = CaseSources(case).log()
        if as_json:
            say_json(found)
        else:
            say(tell_grade_log(found))
