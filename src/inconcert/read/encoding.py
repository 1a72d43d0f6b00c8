"""Which characters the bytes stand for; nothing is translated, newlines least of all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.item import KEPT, Item, Material

SAMPLE_BYTES = 200_000
"""Bytes looked at when an encoding has to be guessed; guessing is slow."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.03
_MOSTLY_ASCII = 0.25
_NOT_CHARACTERS = re.compile("[\x00\ud800-\udfff]")
_LATIN = {"ascii", "iso8859-1"}  # what pages call so is Windows-1252, with its quotes and dashes
_PROGRAMS = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, and whether it was told by the bytes or only fits them."""

    codec: str
    is_guess: bool = False


def find_encoding(data: bytes, *, place: str, declared: str | None = None) -> Encoding:
    """Tell the encoding of text from its bytes.

    Args:
        data: the text or its beginning.
        place: named when it is not text.
        declared: encoding the page itself states; believed where the bytes allow.

    Raises:
        UnreadableDocument: the bytes are not text, or no encoding fits; names the first bad byte.
    """
    codec = _told_by_bytes(data, place)
    if codec is not None:
        return Encoding(codec)
    bad = _first_bad_byte(data)
    if bad is None:
        return Encoding("utf-8")
    if declared and _fits(data, declared):
        is_latin = codecs.lookup(declared).name in _LATIN
        return Encoding("cp1252" if is_latin and _fits(data, "cp1252") else declared)
    return _guess(data, bad, place)


def glimpse(data: bytes, *, place: str) -> str:
    """The bytes as text, roughly, for a look at the markup; bad bytes show as U+FFFD.

    Raises:
        UnreadableDocument: the bytes are not text.
    """
    codec = _told_by_bytes(data, place) or "utf-8"
    start = codecs.getincrementaldecoder(codec)("replace").decode(data, final=False)
    return start.removeprefix("\ufeff")


def decode(data: bytes, *, place: str, declared: str | None = None) -> tuple[str, Encoding, bool]:
    """Turn the bytes of one document into characters.

    Returns:
        The text, its encoding, and whether it breaks off inside a character.

    Raises:
        UnreadableDocument: not text, or no encoding fits.
    """
    encoding = find_encoding(data, place=place, declared=declared)
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    try:
        text = decoder.decode(data, final=False)
        cut = bool(decoder.getstate()[0])
    except UnicodeDecodeError as error:
        raise _no_encoding(place, error.start) from error
    if "\0" in text:
        raise _not_text(place, f"character {text.index(chr(0))} is NUL")
    return text, encoding, cut


def decode_material(
    material: Material, most_bytes: int, *, declared: str | None = None
) -> tuple[str, list[LeftOut]]:
    """The whole text of a material, with notes on what a reader should know of its encoding."""
    data = material.everything(most_bytes)
    text, encoding, cut = decode(data, place=material.place, declared=declared)
    notes = []
    if encoding.is_guess:
        notes.append(guess_note(material.place, encoding))
    if cut:
        notes.append(
            LeftOut(
                material.place,
                f"cut short {KEPT}",
                f"The file breaks off inside a character after byte {len(data)}; get it again.",
            )
        )
    return text, notes


def guess_note(place: str, encoding: Encoding) -> LeftOut:
    """Says that the encoding was guessed."""
    return LeftOut(
        place,
        f"encoding guessed {KEPT}",
        f"Not UTF-8; read as {encoding.codec}. If letters look wrong, save it as UTF-8.",
    )


def without_stray_characters(item: Item) -> Iterator[Item | LeftOut]:
    r"""The item with NUL and lone surrogates, which no text holds, replaced by U+FFFD.

    JSON can spell them (`\ud83d` alone). One stands for one, so that offsets hold.
    """
    found = _NOT_CHARACTERS.findall(item.text)
    values = {
        name: _NOT_CHARACTERS.sub("\ufffd", value)
        for name in Item.__slots__
        if isinstance(value := getattr(item, name), str)
    }
    if found:
        yield LeftOut(
            item.place,
            f"stray characters replaced {KEPT}",
            f"{len(found)} half characters or NULs in the text; they show as U+FFFD.",
        )
    yield Item(**values)


def _told_by_bytes(data: bytes, place: str) -> str | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _not_text(place, f"it is {kind}")
    if b"\0" in data:
        return _wide(data, place)
    controls = len(_CONTROLS.findall(data[:SAMPLE_BYTES]))
    if controls > _MOST_CONTROLS * min(len(data), SAMPLE_BYTES):
        raise _not_text(place, f"{controls} control characters")
    return None


def _wide(data: bytes, place: str) -> str:
    """UTF-16 without a mark: in Western text every second byte is NUL."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    raise _not_text(place, f"byte {data.index(0)} is NUL")


def _first_bad_byte(data: bytes) -> int | None:
    """Offset of the first byte that is not UTF-8; a character cut off at the end is not bad."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _fits(data: bytes, codec: str) -> bool:
    try:
        if codecs.lookup(codec).name in _PROGRAMS:
            return False
        codecs.getincrementaldecoder(codec)().decode(data, final=False)
    except (LookupError, UnicodeError, AttributeError, TypeError):
        return False
    return True


def _guess(data: bytes, bad: int, place: str) -> Encoding:
    sample = data[max(0, bad - SAMPLE_BYTES // 2) : bad + SAMPLE_BYTES // 2]
    high = sum(byte > 0x7F for byte in sample)
    # Where most letters are ASCII, statistics err: French in cp1252 comes out as Baltic cp775.
    if high < _MOSTLY_ASCII * len(sample) and _fits(data, "cp1252"):
        return Encoding("cp1252", is_guess=True)
    best = from_bytes(sample).best()
    if best is None or not _fits(data, best.encoding):
        raise _no_encoding(place, bad)
    return Encoding(best.encoding, is_guess=True)


def _not_text(place: str, why: str) -> UnreadableDocument:
    return UnreadableDocument(
        "not text", where=place, advice=f"Not a text file: {why}. Give its text as .txt or .html."
    )


def _no_encoding(place: str, offset: int) -> UnreadableDocument:
    return UnreadableDocument(
        "wrong encoding",
        where=place,
        advice=f"Byte {offset} is not UTF-8 and no other encoding fits; save it as UTF-8.",
    )
