"""Commands on actors: found, shown, listed, added, merged and split."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from inconcert.cli.console import errors_told, note, say, say_json
from inconcert.errors import BadQuestion
from inconcert.workbench import Workbench
from inconcert.workbench.actors import CaseActors, NewActor
from inconcert.workbench.actors_text import (
    tell_as_of,
    tell_decision,
    tell_list,
    tell_log,
    tell_shown,
    tell_unknown,
)

actors_app = typer.Typer(help="Actors of the dated register and of a case.")

Case = Annotated[Path, typer.Option("--case", "-c", help="Case folder.")]
OwnCase = Annotated[
    Optional[Path],  # noqa: UP045  typer reads the annotation at run time
    typer.Option("--case", "-c", help="Case whose own actors and decisions count too."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Note = Annotated[str, typer.Option("--note", help="Why, for those who come after.")]
_SHOWN = 40


@actors_app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="List names in the texts that nobody fits.")
    ] = False,
    limit: Annotated[int, typer.Option(help="With --unknown: how many; 0 for all.")] = _SHOWN,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Actors of the dated register and of a case.

    Example: `inconcert actors --unknown --case border-2021`
    """
    if context.invoked_subcommand is not None:
        return
    if not unknown and not as_json:
        say(context.get_help())
        raise typer.Exit(0)
    with errors_told(as_json):
        if not unknown:
            raise BadQuestion(
                "nothing was asked",
                where="inconcert actors",
                advice="Say what: --unknown, or one of the commands of `inconcert actors --help`.",
            )
        found = CaseActors(case).unknown(limit=limit or None)
        if as_json:
            say_json(found)
        else:
            say(tell_unknown(found))


@actors_app.command()
def find(
    name: Annotated[str, typer.Argument(help="Words that name somebody.")],
    date: Annotated[str, typer.Option(help="As of this day, month or year; else today.")] = "",
    case: OwnCase = None,
    as_json: AsJson = False,
) -> None:
    """Who is meant by these words, on that date; best candidate first.

    Example: `inconcert actors find "Kremlin spokesman Dmitry Peskov" --date 2021-09-01`
    """
    with errors_told(as_json):
        found = CaseActors(case).find(name, on=date or None)
        if as_json:
            say_json(found)
        else:
            say(Workbench.tell_actors(found, name))
            as_of = tell_as_of(date or None)
            if as_of is not None:
                note(as_of)


@actors_app.command()
def show(
    name: Annotated[str, typer.Argument(help="Id, code or name of one actor.")],
    case: OwnCase = None,
    as_json: AsJson = False,
) -> None:
    """All names, dated roles and memberships of one actor, and what they rest on.

    Example: `inconcert actors show sergey-lavrov`
    """
    with errors_told(as_json):
        found = CaseActors(case).show(name)
        if as_json:
            say_json(found)
        else:
            say(tell_shown(found))


@actors_app.command("list")
def list_(
    kind: Annotated[str, typer.Option(help="state, organisation, group, person, bloc.")] = "",
    country: Annotated[str, typer.Option(help="Country by name or code.")] = "",
    case: OwnCase = None,
    as_json: AsJson = False,
) -> None:
    """The actors of a kind or a country.

    Example: `inconcert actors list --kind group --country PAK`
    """
    with errors_told(as_json):
        found = CaseActors(case).listed(kind=kind or None, country=country or None)
        if as_json:
            say_json(found)
        else:
            say(tell_list(found))


@actors_app.command()
def add(
    id: Annotated[str, typer.Argument(help="Id of a new actor, or of one that gets a role.")],
    code: Annotated[str, typer.Option(help="Code its acts count under: RUS, AFGTAL.")],
    name: Annotated[str, typer.Option(help="Name; needed for a new actor.")] = "",
    sectors: Annotated[str, typer.Option(help="PLOVER sectors, main one first: GOV,MIL.")] = "",
    title: Annotated[str, typer.Option(help="Office in words.")] = "",
    since: Annotated[str, typer.Option(help="First day, month or year.")] = "",
    until: Annotated[str, typer.Option(help="Last day, month or year.")] = "",
    alias: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Another form of the name; repeatable."),
    ] = None,
    kind: Annotated[str, typer.Option(help="person, group, organisation, state, bloc.")] = "",
    alone: Annotated[bool, typer.Option("--alone", help="The surname alone means them.")] = False,
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Write an actor, or a further role, at the end of the case's `actors.toml`.

    Example: `inconcert actors add jane-example --name "Jane Example" --code GBR --sectors GOV
    --title "Ambassador to Tajikistan" --since 2021-03 --case border-2021`
    """
    with errors_told(as_json):
        new = NewActor(
            id, name or None, code,
            tuple(part.strip() for part in sectors.split(",") if part.strip()),
            title, since, until, tuple(alias or ()), kind or None, alone,
        )  # fmt: skip
        found = CaseActors(case).add(new)
        if as_json:
            say_json(found)
        else:
            say(tell_shown(found))


@actors_app.command()
def merge(
    ids: Annotated[list[str], typer.Argument(help="Ids; the first is the one that counts.")],
    why: Note = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Have two actors or more answer as the first of them, in this case.

    Example: `inconcert actors merge TJKRCO TJKRVC --note "one council" --case border-2021`
    """
    with errors_told(as_json):
        _tell(CaseActors(case).merge(ids, note=why or None), as_json)


@actors_app.command()
def split(
    ids: Annotated[list[str], typer.Argument(help="Ids of actors that are not one.")],
    why: Note = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take back that actors are one.

    Example: `inconcert actors split TJKRCO TJKRVC --case border-2021`
    """
    with errors_told(as_json):
        _tell(CaseActors(case).split(ids, note=why or None), as_json)


@actors_app.command()
def undo(
    id: Annotated[str, typer.Argument(help="Id of a decision; the last one if left out.")] = "",
    why: Note = "",
    case: Case = Path(),
    as_json: AsJson = False,
) -> None:
    """Take back a decision on actors.

    Example: `inconcert actors undo --case border-2021`
    """
    with errors_told(as_json):
        _tell(CaseActors(case).undo(id or None, note=why or None), as_json)


@actors_app.command()
def log(case: Case = Path(), as_json: AsJson = False) -> None:
    """All decisions on actors in this case, in their order.

    Example: `inconcert actors log --case border-2021`
    """
    with errors_told(as_json):
        found = CaseActors(case).log()
        if as_json:
            say_json(found)
        else:
            say(tell_log(found))


def _tell(decision: dict[str, object], as_json: bool) -> None:
    if as_json:
        say_json(decision)
    else:
        say(tell_decision(decision))
