"""`inconcert mcp`: a case for programs that speak the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from inconcert.cli.console import errors_told, note
from inconcert.errors import BadSetting


def mcp(
    case: Annotated[Path, typer.Option("--case", "-c", help="Case folder.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print an error as JSON.")] = False,
) -> None:
    """Answer a program over standard input and output: verdicts, amounts, evidence by its id.

    It speaks the Model Context Protocol, writes nothing, and gives no text at length. Needs the
    extra `mcp`.

    Example: `inconcert mcp --case border-2021`
    """
    with errors_told(as_json):
        if find_spec("mcp") is None:
            raise BadSetting(
                "the library `mcp` is not installed",
                where="inconcert mcp",
                advice="Install it: pip install 'inconcert[mcp]'.",
            )
        from inconcert.web.mcp import serve  # its libraries take a moment to load

        serve(case, ready=lambda: note("Waiting for a program on standard input."))
