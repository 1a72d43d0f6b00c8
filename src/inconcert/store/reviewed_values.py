"""Values of fields of a record as a review keeps them: as text, from which nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, get_args

from inconcert.core.event import AUXILIARY_MODES
from inconcert.core.mention import Participant
from inconcert.core.review import EVENT
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Commitment, Stance
from inconcert.errors import BadInput

OF_EVENTS = ("type", "mode", "actors", "recipients", "date", "auxiliary")
OF_STATEMENTS = ("speakers", "addressees", "date", "stance", "commitment")
"""Fields that reviewers correct."""


def people_text(cast: Iterable[Participant]) -> str:
    """Participants as JSON.

    Example:
        >>> people_text([Participant("RUS", ("GOV",), None, 3, 9)])
        '[{"code": "RUS", "sectors": ["GOV"], "name": null, "start": 3, "end": 9}]'
    """
    rows = [
        {
            "code": who.code, "sectors": list(who.sectors), "name": who.name,
            "start": who.start, "end": who.end,
        }
        for who in cast
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False)


def people(text: str | None) -> tuple[Participant, ...]:
    """Participants from `people_text`.

    Raises:
        BadInput: the text is no list of participants.
    """
    try:
        return tuple(
            Participant(
                str(row["code"]),
                tuple(map(str, row["sectors"])),
                None if row["name"] is None else str(row["name"]),
                int(row["start"]),
                int(row["end"]),
            )
            for row in _list(text)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(text, "a list of participants") from error


def days_text(span: TimeSpan | None) -> str | None:
    """Days as their first and last, with `..` between; None for unknown."""
    return None if span is None else str(span)


def days(text: str | None) -> TimeSpan | None:
    """Days from `days_text`.

    Raises:
        BadInput: the text is no date.
    """
    try:
        if text is None:
            return None
        first, _, last = text.partition("..")
        return TimeSpan(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError as error:
        raise _bad(text, "a date") from error


def names_text(given: Iterable[str]) -> str:
    """Names as JSON, in order of the alphabet."""
    return json.dumps(sorted(given), ensure_ascii=False)


def names(text: str | None) -> tuple[str, ...]:
    """Names from `names_text`.

    Raises:
        BadInput: the text is no list of names.
    """
    return tuple(map(str, _list(text)))


def signs_text(stance: Iterable[Stance]) -> str:
    """How a speaker stands toward whom, as JSON; the words that tell it are not kept."""
    return json.dumps({one.code: one.sign for one in stance}, sort_keys=True)


def signs(text: str | None, coded: Sequence[Stance] = ()) -> tuple[Stance, ...]:
    """Stances from `signs_text`; words are those of the coded stance where the sign is the same.

    Raises:
        BadInput: the text tells no signs.
    """
    words = {(one.code, one.sign): one.words for one in coded}
    try:
        given = {str(code): int(sign) for code, sign in dict(json.loads(text or "{}")).items()}
    except (TypeError, ValueError) as error:
        raise _bad(text, "stances") from error
    if not set(given.values()) <= {-1, 0, 1}:
        raise _bad(text, "stances")
    return tuple(Stance(code, sign, words.get((code, sign), ())) for code, sign in given.items())


def check_value(kind: str, field: str, text: str | None) -> None:
    """See that a value can be laid over a record of a kind.

    Types and modes may be a case's own; they are not looked up.

    Raises:
        BadInput: records of the kind have no such field, or the text is no value of it.
    """
    known = OF_EVENTS if kind == EVENT else OF_STATEMENTS
    if field not in known:
        raise BadInput(
            f"{field!r} is no field that is corrected in a record of kind {kind}",
            where="field",
            advice=f"Correct {', '.join(known)}.",
        )
    if field in ("actors", "recipients", "speakers", "addressees"):
        cast = people(text)
        if not all(who.code and 0 <= who.start <= who.end for who in cast) or (
            field == "actors" and not cast
        ):
            raise _bad(text, "a list of participants")
    elif field == "date":
        days(text)
    elif field == "auxiliary" and not set(names(text)) <= set(AUXILIARY_MODES):
        raise _bad(text, "a list of auxiliary modes")
    elif field == "stance":
        signs(text)
    elif field == "type" and not text:
        raise _bad(text, "a type")
    elif field == "commitment" and text not in get_args(Commitment):
        raise _bad(text, "a commitment")


def _list(text: str | None) -> list[Any]:
    try:
        found = json.loads(text or "[]")
    except ValueError as error:
        raise _bad(text, "a list") from error
    if not isinstance(found, list):
        raise _bad(text, "a list")
    return found


def _bad(text: str | None, what: str) -> BadInput:
    return BadInput(f"{text!r} is not {what}", where="review", advice="Correct the value.")
