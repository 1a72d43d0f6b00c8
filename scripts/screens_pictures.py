"""The pictures of the docs: pages of the example case, small enough for a repository."""

from __future__ import annotations

from pathlib import Path

from browser import Browser
from screens_scenes import Served

MOST_BYTES = 200_000


def take(browser: Browser, case: Served, folder: Path) -> None:
    """Write the pictures."""
