"""What each setting may hold, and which key was most likely meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from inconcert.core.span import TimeSpan
from inconcert.core.toml_text import Key
from inconcert.errors import BadSetting

MAPPING_KEYS = (
    "text", "title", "date", "url", "source", "country", "speaker", "language", "licence",
    "category", "id",
)  # fmt: skip
"""What a column of a table can hold."""

Check = Callable[[Any], object]
"""Turns a value as read into the setting's own type, or raises ValueError with what is wanted."""


def checked(key: Key, value: object, *, where: str) -> object:
    """The value of a setting in its own type.

    Raises:
        BadSetting: no such setting, or a value without sense.
    """
    check = check_of(key)
    if check is None:
        raise unknown(key, where)
    try:
        return check(value)
    except ValueError as error:
        raise BadSetting(
            f"`{dotted_name(key)}` is {value!r}, but {error}",
            where=where,
            advice="Correct the value.",
        ) from error


def unknown(key: Key, where: str) -> BadSetting:
    """The error for a key that is no setting; names the nearest that is one."""
    known = [dotted_name(each) for each in _CHECKS if each[0] != "questions"]
    if key[:2] == ("read", "mapping"):
        known = [f"read.mapping.{name}" for name in MAPPING_KEYS]
    elif key[0] == "questions" and len(key) == 3:
        known = [f"questions.{key[1]}.{each[1]}" for each in _CHECKS if each[0] == "questions"]
    written = dotted_name(key)
    near = get_close_matches(written, known, n=1, cutoff=0.0)
    # a bare `source` at the top is most likely a key of a section, put before its head line
    near = [name for name in known if name.split(".")[-1] == written] or near
    return BadSetting(
        f"unknown setting `{written}`", where=where, advice=f"The nearest one is `{near[0]}`."
    )


def check_of(key: Key) -> Check | None:
    """What a value of this setting must pass; None where there is no such setting."""
    if key[0] == "sides" and len(key) == 2:
        return _texts_given
    if key[:2] == ("read", "mapping") and len(key) == 3:
        return _text if key[2] in MAPPING_KEYS else None
    if key[0] == "questions" and len(key) == 3:
        return _CHECKS.get(("questions", key[2]))
    return _CHECKS.get(key) if key[0] != "questions" else None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text in quotation marks is wanted")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list of texts is wanted")  # noqa: TRY004 - one kind for all checks
    return tuple(_text(item) for item in value)


def _texts_given(value: object) -> tuple[str, ...]:
    texts = _texts(value)
    if not texts:
        raise ValueError("it must hold at least one")
    return texts


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("a list of actors is wanted, each a text or a list of texts")
    return tuple((_text(item),) if isinstance(item, str) else _texts_given(item) for item in value)


def _processes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("a whole number is wanted, 0 for one process a core")
    return value


def _megabytes(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not value > 0:
        raise ValueError("a number above 0 is wanted")
    return float(value)


def _country(value: object) -> str:
    text = _text(value)
    if not (len(text) == 3 and text.isascii() and text.isupper()):
        raise ValueError("three capital letters are wanted, as `GBR`")
    return text


def _language(value: object) -> str:
    text = _text(value)
    if not (len(text) == 2 and text.isascii() and text.islower()):
        raise ValueError("two small letters are wanted, as `en`")
    return text


def _languages(value: object) -> tuple[str, ...]:
    return tuple(_language(item) for item in _texts_given(value))


def _days(value: object) -> TimeSpan:
    """A day, month or year, written as a TOML date or as text."""
    if isinstance(value, str):
        return TimeSpan.parse(value)
    if type(value) is not date:
        raise ValueError('a day is wanted, as `2021-08-15`, or a month, as `"2021-08"`')
    return TimeSpan.day(value)


_CHECKS: Mapping[Key, Check] = {
    ("title",): _text,
    ("read", "places"): _texts,
    ("read", "source"): _text,
    ("read", "country"): _country,
    ("read", "speaker"): _text,
    ("read", "licence"): _text,
    ("read", "language"): _language,
    ("read", "max_megabytes"): _megabytes,
    ("code", "processes"): _processes,
    ("code", "languages"): _languages,
    ("code", "model"): _text,
    ("questions", "title"): _text,
    ("questions", "actors"): _groups,
    ("questions", "toward"): _text,
    ("questions", "from"): _days,
    ("questions", "to"): _days,
    ("questions", "split"): _days,
    ("questions", "sources"): _texts,
}


def dotted_name(key: Key) -> str:
    """The key as written on the command line: `read.source`."""
    return ".".join(str(part) for part in key)


ONE_TEXT: tuple[Check, ...] = (_text, _country, _language)
"""Checks of settings that hold one text."""

MANY_TEXTS: tuple[Check, ...] = (_texts, _texts_given, _languages)
"""Checks of settings that hold a list of texts."""
