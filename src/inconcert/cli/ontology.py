"""Commands for types and modes of a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from inconcert.cli.console import errors_told, say, say_json
from inconcert.workbench.ontology import learn_type, next_step, own_types

ontology_app = typer.Typer(help="Types and modes of your own.", no_args_is_help=True)

Case = Annotated[Path, typer.Option("--case", "-c", help="Case folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@ontology_app.command()
def learn(
    file: Annotated[Path, typer.Argument(help="Labelled sentences, in the corpus format.")],
    name: Annotated[str, typer.Option(help="BORDER for a type, ASSAULT.border for a mode.")],
    like: Annotated[
        Optional[str],  # noqa: UP045  typer reads the annotation at run time
        typer.Option(help="PLOVER type whose quad class and score the new type takes."),
    ] = None,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Learn a type or mode from a few dozen labelled sentences and put it into the case.

    Example: `inconcert ontology learn border.txt --name BORDER --like ASSAULT --case border-2021`
    """
    with errors_told(as_json):
        learned = learn_type(case, file, name=name, like=like)
        if as_json:
            say_json(learned.as_record())
        else:
            say(learned.as_text())
            say(next_step(case))


@ontology_app.command()
def show(case: Case = Path(), as_json: AsJson = False) -> None:
    """The types and modes that the case has learned, and how well.

    Example: `inconcert ontology show --case border-2021`
    """
    with errors_told(as_json):
        found = own_types(case)
        if as_json:
            say_json([one.as_record() for one in found])
        else:
            say("\n".join(one.as_text() for one in found) or "No types or modes of your own.")
