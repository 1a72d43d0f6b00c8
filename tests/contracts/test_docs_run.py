"""What the pages show is what happens: their Python, their commands, and what these print.

In a page of the kinds below, in order and in one empty folder: a block with a file name as its
caption is written to that file; Python blocks run in one namespace; of a console block the commands
that begin with `$ inconcert` run. What stands below them must be what they print (`...` stands for
anything, white space may differ).
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted([*DOCS.glob("how-to/*.md"), *DOCS.glob("methods/*.md"), DOCS / "start.md"])
FENCE = re.compile(
    r"^```(?:(?P<kind>python|text|console)|\{code-block\} \w+\n:caption: (?P<file>[^\n]+))\n"
    r"(?P<body>.*?)^```$",
    re.M | re.S,
)


class Block(NamedTuple):
    """A piece of a page that does something: its line, and what it should print (None: not said).

    Attributes:
        kind: `python`, `command` or `file`.
        what: the code, the command, or the text of the file.
        file: name of the file.
    """

    line: int
    kind: str
    what: str
    printed: str | None = None
    file: str = ""


def blocks(page: str) -> list[Block]:
    """The blocks of a page; text with only blank lines between it and Python is its output."""
    found: list[Block] = []
    end_of_code = None
    for match in FENCE.finditer(page):
        line, body = page.count("\n", 0, match.start()) + 2, match["body"]
        if match["file"]:
            found.append(Block(line, "file", body.lstrip("\n"), file=match["file"]))
        elif match["kind"] == "console":
            found += _commands(line, body)
        elif match["kind"] == "python":
            found.append(Block(line, "python", body))
            end_of_code = match.end()
        elif end_of_code is not None and not page[end_of_code : match.start()].strip():
            found[-1] = found[-1]._replace(printed=body)
    return found


def _commands(line: int, body: str) -> list[Block]:
    """Commands after `$ `, continued by a backslash, each with the lines printed below it."""
    parts = re.split(r"^\$ ", body.replace("\\\n", ""), flags=re.M)[1:]
    divided = (part.partition("\n") for part in parts)
    return [
        Block(line, "command", command, printed or None)
        for command, _, printed in divided
        if command.startswith("inconcert ")
    ]


def run_page(page: str, name: str) -> None:
    """Run the blocks of a page in the folder we are in; a surprise raises AssertionError."""
    namespace: dict[str, object] = {"__name__": "page"}
    for block in blocks(page):
        if block.kind == "file":
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.what, encoding="utf-8")
            continue
        if block.kind == "python":
            out = _printed_by_python(block, name, namespace)
        else:
            out = _printed_by_command(block, name)
        if block.printed is not None and not doctest.OutputChecker().check_output(
            block.printed, out, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        ):
            message = f"{name}:{block.line} prints\n{out}instead of\n{block.printed}"
            raise AssertionError(message)


def _printed_by_python(block: Block, name: str, namespace: dict[str, object]) -> str:
    out = io.StringIO()
    code = compile("\n" * (block.line - 1) + block.what, name, "exec")
    with contextlib.redirect_stdout(out):
        exec(code, namespace)
    return out.getvalue()


def _printed_by_command(block: Block, name: str) -> str:
    from typer.testing import CliRunner

    from inconcert.cli.app import app

    done = CliRunner(env={"NO_COLOR": "1"}).invoke(app, shlex.split(block.what)[1:])
    assert done.exit_code == 0, f"{name}:{block.line} {block.what}\n{done.output}"
    return done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_runs_from_top_to_bottom(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_page(page.read_text(encoding="utf-8"), page.name)


def test_a_page_that_prints_something_else_fails():
    page = "```python\nprint('one deed')\n```\n\n```text\ntwo deeds\n```\n"
    with pytest.raises(AssertionError, match=r"page\.md:2 prints\none deed"):
        run_page(page, "page.md")


def test_text_that_is_not_right_below_a_block_is_no_output():
    page = "```python\nprint(1)\n```\n\nThis looks like so:\n\n```text\n2\n```\n"
    assert blocks(page) == [Block(2, "python", "print(1)\n", None)]


def test_a_command_that_prints_something_else_fails():
    with pytest.raises(AssertionError, match="instead of"):
        run_page("```console\n$ inconcert --version\nno version\n```\n", "page.md")


def test_a_file_that_a_page_shows_is_there_for_its_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = "```{code-block} text\n:caption: texts/one.txt\n\nOne line.\n```\n"
    run_page(page, "page.md")
    assert (tmp_path / "texts" / "one.txt").read_text(encoding="utf-8") == "One line.\n"
