"""Old office files: known, and why they are not read."""

from __future__ import annotations

from collections.abc import Iterator

from inconcert.errors import UnreadableDocument
from inconcert.read.item import Item, Material
from inconcert.read.settings import ReadSettings

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MESSAGE = "__substg1.0_".encode("utf-16-le")


def read_old_office(material: Material, settings: ReadSettings) -> Iterator[Item]:
    """Nothing; tells a locked document from an old one and from a message of Outlook.

    Raises:
        UnreadableDocument: always.
    """
    data = material.everything(settings.max_bytes)
    if _LOCKED in data:
        what, advice = "encrypted", "Locked with a password; open it, and save it without."
    elif _MESSAGE in data:
        what, advice = "kind not read", "A message of Outlook (.msg); save it as .eml or text."
    else:
        what, advice = "kind not read", "An old office document (.doc); save it as .docx or text."
    raise UnreadableDocument(what, where=material.place, advice=advice)
    yield
