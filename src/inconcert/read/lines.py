"""Lines of a stream, one at a time, never more than so many bytes of one in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from inconcert.core.provenance import LeftOut
from inconcert.read.encoding import Encoding, find_encoding, guess_note
from inconcert.read.item import Material

_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end, or why it cannot be used.

    Attributes:
        number: from 1.
        fault: None for a good line.
    """

    number: int
    text: str
    fault: LeftOut | None = None


class Lines:
    """The lines of a material in order.

    Attributes:
        place: as shown.
        encoding: how the bytes are read; told from the head.
    """

    def __init__(self, material: Material, *, most: int, newline: str) -> None:
        r"""Look at the head; raises `UnreadableDocument` where it is not text.

        Args:
            material: what to read.
            most: most characters of one line.
            newline: as of `open`: `"\n"`, or `""` for every kind of line end.
        """
        self.encoding: Encoding = find_encoding(material.head, place=material.place)
        self.place, self._most = material.place, most
        # Bytes that do not fit come as lone surrogates, so that one bad line spoils no other.
        self._stream = io.TextIOWrapper(
            material.stream, self.encoding.codec, errors="surrogateescape", newline=newline
        )

    def notes(self) -> Iterator[LeftOut]:
        """What a reader should know of the encoding."""
        if self.encoding.is_guess:
            yield guess_note(self.place, self.encoding)

    def __iter__(self) -> Iterator[Line]:
        number = 0
        while text := self._stream.readline(self._most + 1):
            number += 1
            yield Line(number, text, self._fault(number, text))

    def _fault(self, number: int, text: str) -> LeftOut | None:
        where = f"{self.place}:{number}"
        if len(text) > self._most and not text.endswith(("\n", "\r")):
            while (part := self._stream.readline(self._most)) and not part.endswith(("\n", "\r")):
                continue  # pass over the rest of it
            return LeftOut(
                where,
                "too large",
                f"A line of more than {self._most:,} characters; passed over. "
                "Split it, or raise max_megabytes in case.toml.",
            )
        if bad := _ESCAPED.search(text):
            before = len(text[: bad.start()].encode(self.encoding.codec, "surrogateescape"))
            return LeftOut(
                where,
                "wrong encoding",
                f"Byte {before} of the line is not {self.encoding.codec}; save the file as UTF-8.",
            )
        return None
