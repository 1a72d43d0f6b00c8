"""The how-to pages run: each Python block in order, and what it prints is what the page says."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
from pathlib import Path
from typing import NamedTuple

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "how-to").glob("*.md"))
FENCE = re.compile(r"^```(python|text)\n(.*?)^```$", re.M | re.S)


class Block(NamedTuple):
    """A Python block of a page: its line, its code, and what it should print (None: not said)."""

    line: int
    code: str
    printed: str | None


def blocks(page: str) -> list[Block]:
    """The Python blocks of a page; a block of text with only blank lines between is its output."""
    found: list[Block] = []
    end_of_code = None
    for match in FENCE.finditer(page):
        kind, body = match.groups()
        if kind == "python":
            line = page.count("\n", 0, match.start()) + 2
            found.append(Block(line, body, None))
            end_of_code = match.end()
        elif end_of_code is not None and not page[end_of_code : match.start()].strip():
            found[-1] = found[-1]._replace(printed=body)
    return found


def run_page(page: str, name: str) -> None:
    """Run the blocks of a page in one namespace; the first surprise raises AssertionError."""
    namespace: dict[str, object] = {"__name__": "page"}
    for block in blocks(page):
        out = io.StringIO()
        code = compile("\n" * (block.line - 1) + block.code, name, "exec")
        with contextlib.redirect_stdout(out):
            exec(code, namespace)
        if block.printed is not None and not doctest.OutputChecker().check_output(
            block.printed, out.getvalue(), doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        ):
            message = f"{name}:{block.line} prints\n{out.getvalue()}instead of\n{block.printed}"
            raise AssertionError(message)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_how_to_page_runs_from_top_to_bottom(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_page(page.read_text(encoding="utf-8"), page.name)


def test_a_page_that_prints_something_else_fails():
    page = "```python\nprint('one deed')\n```\n\n```text\ntwo deeds\n```\n"
    with pytest.raises(AssertionError, match=r"page\.md:2 prints\none deed"):
        run_page(page, "page.md")


def test_text_that_is_not_right_below_a_block_is_no_output():
    page = "```python\nprint(1)\n```\n\nThis looks like so:\n\n```text\n2\n```\n"
    assert blocks(page) == [Block(2, "print(1)\n", None)]
