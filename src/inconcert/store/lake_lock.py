"""One writer at a time: a file that the writer holds locked and in which it says who it is.

The system lets go of the lock when the process that holds it ends, however it ends. So a dead
writer's lock needs no guess: whoever gets it is the only one.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from inconcert.errors import CaseBusy, CaseError

FILE = "writer.lock"


class WriterLock:
    """The right to write to a lake, held from `take` to `give_back`."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    @classmethod
    def take(cls, folder: Path) -> WriterLock:
        """Become the writer.

        Raises:
            CaseBusy: another process is; named with its number, command and since when.
            CaseError: the folder cannot be written.
        """
        path = folder / FILE
        try:
            file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise CaseError(
                f"the event store cannot be written: {error.strerror}",
                where=str(folder),
                advice="Ask for the right to write in this folder, or copy the case to your own.",
            ) from error
        if not _locked(file):
            file.seek(0)
            holder = _holder(file.read())
            file.close()
            raise CaseBusy(
                f"the event store is being written by {holder}",
                where=str(path),
                advice="Wait until it has ended, or end it, then run the same command again.",
            )
        file.seek(0)
        file.truncate()
        now = datetime.now(tz=UTC).isoformat(timespec="seconds")
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]) if sys.argv else ""
        json.dump({"pid": os.getpid(), "command": command[:500], "since": now}, file)
        file.flush()
        return cls(file)

    def give_back(self) -> None:
        """Let others write; the file stays, empty."""
        if not self._file.closed:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()


def _holder(text: str) -> str:
    try:
        found = json.loads(text)
        return f"process {found['pid']} ({found['command']}) since {found['since']}"
    except (ValueError, KeyError, TypeError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[str]) -> bool:
        """Whether the lock was free and is now ours; it lies behind the text, which stays free."""
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        """Whether the lock was free and is now ours."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
