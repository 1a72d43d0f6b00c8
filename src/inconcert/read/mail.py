"""Messages: one in a file (`.eml`), or many in a mailbox (`.mbox`), with what is attached.

The publisher is the name in `From:`, the title the subject. Quoted replies stay in the text.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import cast

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import decode
from inconcert.read.flow import text_of
from inconcert.read.item import Item, Material
from inconcert.read.places import inside
from inconcert.read.settings import ReadSettings

MOST_PARTS = 1_000
MOST_DEPTH = 4
_FROM_LINE = re.compile(rb"^From \S.*\d{4}(?:\s+[+-]\d{4})?\s*$")
_ATTACHED = re.compile(
    r"^(?:application/(?:pdf|rtf|msword|zip|json|xml|vnd\.openxmlformats-officedocument\.\S+"
    r"|vnd\.oasis\.opendocument\.text|octet-stream)|text/\S+|message/rfc822)$"
)
_READ_BY_NAME = re.compile(
    r"\.(?:pdf|docx|odt|rtf|txt|md|html?|eml|jsonl?|ndjson|csv|tsv|zip|xml|rss|atom)(?:\.gz)?$",
    re.IGNORECASE,
)


def read_message(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut | Material]:
    """One message, and what is attached to it."""
    data = material.everything(settings.max_bytes)
    yield from _message(data, material, material.place, material.name)


def read_mailbox(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut | Material]:
    """The messages of a mailbox, one in memory at a time. Places are `file.mbox:N`."""
    for number, data in enumerate(_messages(material, settings.max_bytes), start=1):
        place = f"{material.place}:{number}"
        if len(data) > settings.max_bytes:
            yield LeftOut(
                place, "too large", f"A message of more than {settings.max_bytes:,} bytes."
            )
            continue
        try:
            yield from _message(data, material, place, "")
        except UnreadableDocument as error:  # of this message; the others are read
            yield LeftOut(error.where, error.what, error.advice)


def _messages(material: Material, most: int) -> Iterator[bytes]:
    """The bytes of each message; of one that is too large no more than tells so."""
    lines: list[bytes] = []
    size, is_after_blank, is_begun = 0, True, False
    while line := material.stream.readline(most):
        if is_after_blank and _FROM_LINE.match(line):
            if is_begun:
                yield b"".join(lines)
            lines, size, is_begun = [], 0, True
        elif size <= most:
            quoted = line.lstrip(b">").startswith(b"From ") and line.startswith(b">")
            lines.append(line[1:] if quoted else line)
            size += len(line)
        is_after_blank = not line.strip()
    if is_begun:
        yield b"".join(lines)


def _message(
    data: bytes, material: Material, place: str, name: str
) -> Iterator[Item | LeftOut | Material]:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = _parts(message)
    # The library promises nothing about broken headers; one message must not end the run.
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _broken(place, error) from error
    if len(parts) > MOST_PARTS:
        raise UnreadableDocument(
            "damaged", where=place, advice=f"More than {MOST_PARTS} parts in one message."
        )
    text = _text(message, place)
    attached = [part for part in parts if _is_attached(part)]
    if text.strip():
        sender = parseaddr(_header(message, "From") or "")
        yield Item(
            text=text,
            place=place,
            title=_header(message, "Subject"),
            date=_header(message, "Date"),
            url=(_header(message, "Archived-At") or "").strip("<> ") or None,
            source=sender[0] or sender[1].rpartition("@")[2] or None,
            byline=sender[0] or sender[1] or None,
            language=_header(message, "Content-Language"),
            record=_header(message, "Message-ID"),
            name=name,
        )
    elif not attached:
        yield LeftOut(place, "no text", "The message has no text, and nothing readable attached.")
    for number, part in enumerate(attached, start=1):
        yield from _attachment(part, material, f"{place}/", number)


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """The parts that are not made of parts; a message sent along is one."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(found) <= MOST_PARTS:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting.extend(reversed(cast("list[EmailMessage]", part.get_payload())))
        else:
            found.append(part)
    return found


def _is_attached(part: EmailMessage) -> bool:
    name = part.get_filename() or ""
    if part.get_content_type() == "message/rfc822":
        return True
    if not part.is_attachment() and not (name and part.get_content_maintype() != "text"):
        return False
    return bool(_ATTACHED.match(part.get_content_type())) and (
        bool(_READ_BY_NAME.search(name)) or part.get_content_type() != "application/octet-stream"
    )


def _attachment(
    part: EmailMessage, material: Material, place: str, number: int
) -> Iterator[LeftOut | Material]:
    name = (part.get_filename() or f"part {number}").rpartition("/")[2]
    if part.get_content_type() == "message/rfc822":
        inner = cast("list[EmailMessage]", part.get_payload())
        content = inner[0].as_bytes() if inner else b""
        name = name if name.lower().endswith(".eml") else f"{name}.eml"
    else:
        content = cast("bytes", part.get_payload(decode=True) or b"")
    if material.depth >= MOST_DEPTH:
        yield LeftOut(f"{place}{name}", "message in messages", "Save what is attached to a file.")
        return
    yield inside(material, f"{place}{name}", name, content)


def _text(message: EmailMessage, place: str) -> str:
    """The plain text of the message; where there is none, the words of its page."""
    try:
        body = message.get_body(preferencelist=("plain", "html"))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise _broken(place, error) from error
    if body is None:
        return ""
    data = cast("bytes | None", body.get_payload(decode=True))
    if not data:
        return ""
    words, _, _ = decode(data, place=place, declared=_charset(body))
    if body.get_content_subtype() == "html":
        return text_of(words, place=place)
    words = words.replace("\r\n", "\n")
    if str(body.get_param("format", "")).lower() == "flowed":
        words = _unwrapped(words, is_glued=str(body.get_param("delsp", "")).lower() == "yes")
    return words.strip("\n")


def _charset(part: MIMEPart) -> str | None:
    """The encoding that a part states; `decode` passes over one that does not fit."""
    stated = part.get_content_charset()
    return stated if stated and stated.isascii() else None


def _unwrapped(words: str, *, is_glued: bool) -> str:
    """Text whose lines end in a space where they go on (RFC 3676), as paragraphs."""
    lines: list[str] = []
    is_open = False
    for line in words.split("\n"):
        bare = line[1:] if line.startswith(" ") and not is_open else line
        lines[-1:] = [lines[-1] + bare] if is_open else [*lines[-1:], bare]
        is_open = bare.endswith(" ") and bare != "-- "
        if is_open and is_glued:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _header(message: EmailMessage, name: str) -> str | None:
    """A header decoded and on one line; None where it is missing or broken."""
    try:
        value = message.get(name)
        words = " ".join(str(value).split()) if value is not None else ""
    except (ValueError, TypeError, LookupError, AttributeError, IndexError):
        return None
    return words or None


def _broken(place: str, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        "damaged",
        where=place,
        advice=f"The message cannot be taken apart ({type(error).__name__}); save its text.",
    )
