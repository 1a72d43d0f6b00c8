"""`inconcert serve`: the workbench in the browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from inconcert.cli.console import errors_told, note, say, say_json


def serve(
    case: Annotated[Path, typer.Option("--case", "-c", help="Case folder.")] = Path(),
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 8765,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser at the first page.")
    ] = True,
    openapi: Annotated[
        bool, typer.Option("--openapi", help="Only print what it answers, as OpenAPI 3.1.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Look at a case in the browser: verdict, timeline, network, statements, evidence, sources.

    Only this machine can reach it, and nothing is loaded from outside. Looking writes nothing; only
    decisions made under Review are kept.

    Examples: `inconcert serve --case demo`; `inconcert serve --openapi > openapi.json`
    """

    def ready(address: str) -> None:
        if as_json:
            say_json({"address": address, "case": str(case)})
        else:
            say(f"The workbench is open at {address}")
            note("Stop it with Ctrl+C.")

    with errors_told(as_json):
        from inconcert.web.serving import described
        from inconcert.web.serving import serve as run  # its libraries take a moment to load

        if openapi:
            say_json(described())
            return
        run(case, port=port, open_browser=browser, ready=ready)
        # A thread that is still at an answer would break off loudly; nothing is being written.
        sys.stdout.flush()
        os._exit(0)
