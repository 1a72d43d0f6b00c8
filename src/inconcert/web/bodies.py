"""Finished replies: JSON, CSV and packed bytes, known again by a browser when unchanged."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from inconcert.core.plain import json_text

HTML, JSON, CSV = "text/html", "application/json", "text/csv"
SMALL = 1_000
"""Bytes up to which packing is not worth it."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula and may run it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A finished reply, plain and packed; the browser keeps it as long as its mark is the same."""

    content: bytes
    packed: bytes | None
    kind: str
    mark: str
    keep: str = "no-cache"
    name: str = ""

    @classmethod
    def of(cls, content: bytes, kind: str, *, keep: str = "no-cache", name: str = "") -> Body:
        """Pack the bytes and mark them.

        Args:
            keep: how long a browser may keep it; by default it asks each time whether it changed.
            name: of the file it is saved as; empty where it is shown.
        """
        packed = gzip.compress(content, 6, mtime=0) if len(content) > SMALL else None
        mark = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        return cls(content, packed, kind, mark, keep, name)

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        return len(self.content) + len(self.packed or b"")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, or say that what the browser has is still right."""
        asked = Headers(scope=scope)
        headers = {"etag": self.mark, "cache-control": self.keep, "vary": "accept-encoding"}
        if self.name:
            headers["content-disposition"] = f'attachment; filename="{self.name}"'
        if self.mark in asked.get("if-none-match", ""):
            reply = Response(status_code=304, headers=headers)
        elif self.packed is not None and "gzip" in asked.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            reply = Response(self.packed, headers=headers, media_type=self.kind)
        else:
            reply = Response(self.content, headers=headers, media_type=self.kind)
        await reply(scope, receive, send)


class Shelf:
    """The last replies, as many as fit into some bytes.

    Args:
        most: bytes.
    """

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._bodies: OrderedDict[tuple[str, ...], Body] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Body | None:
        """The reply under a key; None where there is none."""
        with self._lock:
            found = self._bodies.get(key)
            if found is not None:
                self._bodies.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], body: Body) -> None:
        """Keep a reply; the ones longest not asked for make room."""
        if body.size > self._most // 2:
            return
        with self._lock:
            old = self._bodies.pop(key, None)
            self._held -= 0 if old is None else old.size
            self._bodies[key] = body
            self._held += body.size
            while self._held > self._most:
                _, gone = self._bodies.popitem(last=False)
                self._held -= gone.size


# -- forms


def as_json(value: Any) -> bytes:
    """A value as JSON; days as `YYYY-MM-DD`, what is no number as null."""
    return json_text(value, tight=True).encode("utf-8", errors="replace")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    r"""Rows as CSV that no spreadsheet takes for formulas.

    Example:
        >>> as_csv(["a"], [{"a": "=1+1"}, {"a": -2}]).decode()
        "a\r\n'=1+1\r\n-2\r\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue().encode("utf-8", errors="replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        value = ";".join(str(one) for one in value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
