"""Markdown: text from outside made harmless, anchors, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from inconcert.show.marks import visible

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$@])")
"""Characters that mean something to Markdown wherever they stand."""

AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")
"""Openings that some readers of Markdown turn into links by themselves."""


def escape(text: str) -> str:
    r"""Text from outside as plain Markdown text on one line: nothing in it is markup or a link.

    Example:
        >>> print(escape("5 * <b>x</b> | y"))
        5 \* \<b\>x\</b\> \| y
    """
    plain = " ".join(visible(text).split())
    safe = SPECIAL.sub(r"\\\1", plain)
    safe = AUTOLINK.sub(r"\1\\\2", safe)
    return re.sub(r"^(\d+)([.)])(?=\s|$)|^([-+=])", _shielded, safe)


def anchor(key: str) -> str:
    """A place that links lead to."""
    return f'<a id="{key}"></a>'


def _shielded(match: re.Match[str]) -> str:
    """An opening that would begin a list or a rule, shielded."""
    digits, point, sign = match.groups()
    return f"{digits}\\{point}" if digits else f"\\{sign}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> list[str]:
    """A table; columns after the first `left` are numbers."""
    rule = [":--" if column < left else "--:" for column in range(len(heads))]
    return [f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows)]
