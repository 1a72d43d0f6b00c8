"""A case that is open: its folder, settings and register, and the way into its database."""

from __future__ import annotations

import shlex
from functools import cached_property
from importlib.metadata import version as installed_version
from pathlib import Path

from inconcert.code.heads import FOLDER as ONTOLOGY
from inconcert.core.config import Settings
from inconcert.errors import NoCase
from inconcert.resolve.decisions import FILE as ACTORS_LOG
from inconcert.resolve.register import Register
from inconcert.store.store import FILE as DATABASE
from inconcert.store.store import Store
from inconcert.workbench.chain import digest_of
from inconcert.workbench.decided import Record, with_merged

CASE_FILE = "case.toml"
ACTORS_FILE = "actors.toml"
ANCHORS_FILE = "anchors.toml"


def version() -> str:
    """The installed version of InConcert."""
    return installed_version("inconcert")


class Opened:
    """A case that is open; its database is opened for as long as it is needed.

    Attributes:
        folder: the case folder.
        settings: shipped defaults, case.toml and overrides laid on each other.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    @cached_property
    def register(self) -> Register:
        """The actors of the world, with the case's own added.

        Raises:
            BadSetting: `actors.toml` cannot be read or breaks its form.
        """
        digest_of(self.extra)  # tells plainly where it cannot be read
        return Register.load(extra=self.extra, log=self.folder / ACTORS_LOG)

    @property
    def extra(self) -> Path | None:
        """The case's own actors; None where it has none."""
        file = self.folder / ACTORS_FILE
        return file if file.is_file() else None

    @property
    def anchors(self) -> Path | None:
        """The case's own dated events; None where it has none."""
        file = self.folder / ANCHORS_FILE
        return file if file.is_file() else None

    @property
    def ontology(self) -> Path | None:
        """Types of the case's own; None where it has none."""
        folder = self.folder / ONTOLOGY
        return folder if folder.is_dir() else None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that are coded."""
        return self.settings.code.languages

    def store(self, *, write: bool, is_long: bool = False) -> Store:
        """The database, open.

        Raises:
            NoCase: it is missing.
            CaseBusy: another process uses it.
        """
        if not (self.folder / DATABASE).exists():
            raise NoCase(
                "the database of the case is missing",
                where=str(self.folder / DATABASE),
                advice="Put a copy back, or run `inconcert init "
                f"{shlex.quote(str(self.folder))}` for an empty one.",
            )
        return Store.open(self.folder, write=write, is_long=is_long)

    def merged(self, records: list[Record]) -> list[Record]:
        """Records with the actors as the case's decisions have them."""
        return with_merged(records, self.register.merged)
