"""Values as JSON has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any


def json_text(
    value: Any, *, indent: int | None = None, only_ascii: bool = False, tight: bool = False
) -> str:
    """A value as JSON, days as `YYYY-MM-DD`; what is no number is null, for which JSON has a word.

    Args:
        tight: without blanks.

    Example:
        >>> json_text({"p": float("nan"), "lift": [1.5, float("inf")]})
        '{"p": null, "lift": [1.5, null]}'
    """
    given: dict[str, Any] = {"indent": indent, "ensure_ascii": only_ascii, "default": str}
    if tight:
        given["separators"] = (",", ":")
    try:
        return json.dumps(value, allow_nan=False, **given)
    except ValueError:
        return json.dumps(_finite(value), allow_nan=False, **given)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return value
