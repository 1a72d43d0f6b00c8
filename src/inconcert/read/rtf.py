"""Rich Text Format: the words, without what steers their look.

Pictures, embedded objects, heads and feet, notes, hidden and deleted words are passed over.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.exports import articles_or_whole
from inconcert.read.heading import date_in_head, title_in
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.settings import ReadSettings

MOST_GROUPS = 1_000
"""Groups in groups; programs write a dozen."""

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "annotation atnauthor atnid atndate atnicn atnref bkmkend bkmkstart colortbl datafield "
        "fldinst footer footerf footerl footerr footnote ftncn ftnsep ftnsepc header headerf "
        "headerl headerr info listtable listoverridetable nonshppict object pict pntext private "
        "revtbl rsidtbl rxe stylesheet tc themedata txe xe",
    )
)
_CHARACTERS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "nestrow": "\n\n",
    "line": "\n", "lbr": "\n", "tab": "\t", "cell": "\t", "nestcell": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n\n", b"\r": "\n\n",
          b"\\": "\\", b"{": "{", b"}": "}"}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_BREAKS = re.compile(r"\n{2,}")


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces."""

    is_skipped: bool = False
    is_hidden: bool = False
    is_title: bool = False
    is_fonts: bool = False
    is_new: bool = True
    fallback: int = 1
    codec: str = "cp1252"


@dataclass(slots=True)
class _State:
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    words: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    ansi: str = "cp1252"
    to_skip: int = 0
    is_closed: bool = False
    pending: bytearray = field(default_factory=bytearray)


def read_rtf(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The text of the file, or the articles of a search saved as one.

    Raises:
        UnreadableDocument: too large, no words in it, or groups without end.
    """
    data = material.everything(settings.max_bytes)
    state = _read(data, material.place)
    text = _tidy(state.words)
    if not text:
        raise UnreadableDocument(
            "no text found",
            where=material.place,
            advice="The file holds no words, perhaps pictures of pages; save its text.",
        )
    if not state.is_closed:
        yield LeftOut(
            material.place,
            f"cut short {KEPT}",
            "The file breaks off before its end; what stands before it was read.",
        )
    yield from articles_or_whole(
        Item(
            text=text,
            place=material.place,
            title=title_in(text, _tidy(state.title)),
            date=date_in_head(text),
            name=material.name,
        )
    )


def _read(data: bytes, place: str) -> _State:
    state = _State()
    at = 0
    while at < len(data) and not state.is_closed:
        match = _TOKEN.match(data, at)
        if match is None:  # a line end, or a backslash at the very end
            at += 1
            continue
        at = match.end()
        if match["word"]:
            word, number = match["word"].decode("ascii"), match["number"]
            if word == "bin":
                at += max(0, int(number or 0))
                continue
            _control(state, word, int(number) if number else None)
        elif match["brace"]:
            _brace(state, match["brace"], place)
        elif match["byte"]:
            _bytes(state, bytes.fromhex(match["byte"].decode("ascii")))
        elif match["sign"]:
            _sign(state, match["sign"])
        else:
            _bytes(state, match["text"])
    _flush(state)
    return state


def _brace(state: _State, brace: bytes, place: str) -> None:
    _flush(state)
    state.to_skip = 0
    if brace == b"{":
        if len(state.groups) > MOST_GROUPS:
            raise UnreadableDocument(
                "damaged",
                where=place,
                advice=f"More than {MOST_GROUPS} groups in groups; no program writes that.",
            )
        state.groups.append(replace(state.groups[-1], is_new=True))
        return
    if len(state.groups) > 1:
        state.groups.pop()
    state.is_closed = len(state.groups) == 1


def _sign(state: _State, sign: bytes) -> None:
    group = state.groups[-1]
    if sign == b"*":
        group.is_skipped = True  # unless it is known, and none of the known is text
    elif sign in _SIGNS:
        _add(state, _SIGNS[sign])


def _control(state: _State, word: str, number: int | None) -> None:
    group = state.groups[-1]
    is_first, group.is_new = group.is_new, False
    if word == "u":
        code = (number or 0) % 65_536
        _add(state, chr(code))
        state.to_skip = group.fallback
        return
    state.to_skip = 0
    if word in _CHARACTERS:
        _add(state, _CHARACTERS[word])
    elif word == "fonttbl":
        group.is_fonts = group.is_skipped = True
    elif word == "title" and is_first:
        group.is_title = True
    elif word in _SKIPPED and is_first:
        group.is_skipped = True
    elif word == "uc":
        group.fallback = max(0, number or 0)
    elif word in ("v", "deleted"):
        group.is_hidden = number != 0
    elif word == "plain":
        group.is_hidden, group.codec = False, state.ansi
    else:
        _font(state, group, word, number)


def _font(state: _State, group: _Group, word: str, number: int | None) -> None:
    """Which code page the bytes of what follows are in."""
    if word == "ansicpg" and number:
        state.ansi = _codec(f"cp{number}", "utf-8" if number == 65_001 else "cp1252")
        for each in state.groups:
            each.codec = state.ansi
    elif word == "mac":
        state.ansi = group.codec = "mac-roman"
    elif word == "f" and number is not None:
        _flush(state)
        state.font = number
        group.codec = state.fonts.get(number, state.ansi)
    elif word == "fcharset" and group.is_fonts and number is not None:
        # Western fonts follow the page that the file names; 0 and 1 say no more than that.
        state.fonts[state.font] = _CHARSETS.get(number, state.ansi) if number > 1 else state.ansi


def _codec(name: str, otherwise: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return otherwise


def _bytes(state: _State, part: bytes) -> None:
    state.groups[-1].is_new = False
    if state.to_skip:
        skipped = min(state.to_skip, len(part))
        state.to_skip -= skipped
        part = part[skipped:]
    if part:
        state.pending += part


def _add(state: _State, words: str) -> None:
    _flush(state)
    group = state.groups[-1]
    if group.is_title:
        state.title.append(words)
    elif not (group.is_skipped or group.is_hidden):
        state.words.append(words)


def _flush(state: _State) -> None:
    """Decode the bytes gathered; a character of two bytes may be written as two."""
    if state.pending:
        words = state.pending.decode(state.groups[-1].codec, "replace")
        state.pending.clear()
        _add(state, words)


def _tidy(parts: list[str]) -> str:
    # Characters beyond U+FFFF are written as two halves.
    text = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = (line.strip(" \t") for line in text.split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()
