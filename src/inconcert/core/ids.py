"""Identifiers made of content: the same material read twice is the same record."""

from __future__ import annotations

from hashlib import blake2b

DIGITS = 16
"""Length of an identifier in hexadecimal digits (64 bits)."""


def content_id(*parts: object) -> str:
    """Hash the parts, in order, to a short identifier.

    Parts are separated by a unit separator, so `("ab", "c")` and `("a", "bc")` differ. `None`
    and the empty string are the same part.

    Example:
        >>> content_id("a", 1) == content_id("a", 1)
        True
        >>> content_id("ab", "c") == content_id("a", "bc")
        False
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGITS // 2).hexdigest()
