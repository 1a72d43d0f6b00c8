"""Questions and filters as addresses: read from one, written into one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from inconcert.errors import BadQuestion
from inconcert.workbench.pages import Asked

LETTERS = "abcdefgh"
"""Parameters that hold the actors: as many as may be asked about at once."""
LONGEST = 300


def asked_of(params: QueryParams) -> Asked:
    """The question in an address.

    Raises:
        BadQuestion: a part of it is too long to be a name.
    """
    texts = [*(params.get(letter, "") for letter in LETTERS), params.get("toward", "")]
    if any(len(text) > LONGEST for text in (*texts, *params.getlist("source"))):
        raise BadQuestion(
            "a name in the address is too long",
            where="address",
            advice=f"Names and codes have at most {LONGEST} characters.",
        )
    since, until, split = (params.get(name, "").strip() for name in ("from", "to", "split"))
    return Asked(
        tuple(text.strip() for text in texts[:-1] if text.strip()),
        texts[-1].strip(),
        since,
        until,
        split,
        tuple(text for text in params.getlist("source") if text.strip()),
    )


def words_of(asked: Asked) -> str:
    """The question as the part of an address behind `?`."""
    return urlencode(hidden(asked), quote_via=quote)


def address(path: str, asked: Asked | None = None, **more: object) -> str:
    """An address with a question and further filters; empty ones are left out.

    Example:
        >>> address("/evidence", Asked(("A",), "T"), of="deeds", actor=0)
        '/evidence?a=A&toward=T&of=deeds'
    """
    parts = [] if asked is None else [words_of(asked)]
    given = [(key.rstrip("_"), value) for key, value in more.items() if value not in (None, "", 0)]
    parts.append(urlencode([(key, str(value)) for key, value in given], quote_via=quote))
    query = "&".join(part for part in parts if part)
    return f"{path}?{query}" if query else path


def number(params: Mapping[str, str], name: str, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number in an address; the least there is where it is missing.

    Raises:
        BadQuestion: it is no number, or out of range.
    """
    text = params.get(name, "")
    if not text:
        return least
    if not text.isascii() or not text.isdigit() or len(text) > 12 or not least <= int(text) <= most:
        raise BadQuestion(
            f"{text[:40]!r} is no number from {least} up", where=name, advice="Follow a link."
        )
    return int(text)


def hidden(asked: Asked) -> list[tuple[str, str]]:
    """The question as fields of a form."""
    pairs = list(zip(LETTERS, asked.actors, strict=False))
    pairs += [("toward", asked.toward), ("from", asked.since), ("to", asked.until),
              ("split", asked.split), *(("source", name) for name in asked.sources)]  # fmt: skip
    return [(key, value) for key, value in pairs if value]
