"""What only some forms of a brief need: libraries of the extra `report`, fetched when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from inconcert.errors import BadSetting


def library(module: str, *, name: str, what: str, form: str) -> Any:
    """A library of the extra: most who use the package never write Word or PDF.

    Args:
        module: as it is imported.
        name: as it is installed.
        what: the file that needs it, in words.
        form: as asked for by `--format`.

    Raises:
        BadSetting: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise BadSetting(
            f"{what} needs {name}, which is not installed",
            where=f"--format {form}",
            advice="Install it with the extra: pip install 'inconcert[report]'.",
        ) from error
