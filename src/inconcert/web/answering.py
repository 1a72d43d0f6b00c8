"""Answers questions in a process of its own, so that the server stays small and pages go on.

What an answer needs, up to some 800 MB on a case of millions of events, is gone with that process,
which ends when nobody has asked for a while, or with the server. One answers at a time: two would
need twice the memory.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from inconcert.errors import InConcertError
from inconcert.run.guard import Caught
from inconcert.web.faults import BrokenOff, Stopped, fault, place_of
from inconcert.web.frugal import few_arenas, give_back
from inconcert.workbench.pages import Asked, Pages
from inconcert.workbench.pages_names import Names

IDLE = 30.0
"""Seconds without a question after which the process ends."""
_WORDS = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "  # Ctrl-C is the server's
    "from inconcert.web.answering import work; work()"
)
_log = logging.getLogger("inconcert.web")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the process says: what was asked for, an error for the reader, or a fault of ours.

    Attributes:
        kind, place: of a fault.
    """

    found: Any = None
    error: InConcertError | None = None
    kind: str = ""
    place: str = ""


class Answering:
    """The process that answers the questions of a case, begun when it is needed.

    Args:
        case: its folder.
        idle: seconds without a question after which it ends.
    """

    def __init__(self, case: Path, *, idle: float = IDLE) -> None:
        self._case, self._idle = case, idle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None
        self._is_closed = False

    @property
    def process(self) -> int | None:
        """The number of the process; None where there is none now."""
        held = self._process
        return None if held is None or held.poll() is not None else held.pid

    def begin(self) -> None:
        """Begin the process before anybody asks.

        Raises:
            BrokenOff: it cannot be begun.
        """
        with self._lock:
            self._begun()
            self._rest_later()

    def answer(self, asked: Asked) -> Record:
        """The answer to a question, as `Pages.answer` gives it; waits while another is worked out.

        Raises:
            InConcertError: as `Pages.answer`; `BrokenOff` where the process broke off.
        """
        record: Record = self._asked(asked)
        return record

    def names(self) -> Names:
        """Names of all actors, as `Pages.names` gives them.

        Raises:
            InConcertError: as `Pages.names`; `BrokenOff` where the process broke off.
        """
        found: Names = self._asked(None)
        return found

    def _asked(self, asked: Asked | None) -> Any:
        with self._lock:
            is_fresh = self.process is None
            try:
                told = self._told(asked)
            except Stopped:
                raise
            except BrokenOff:
                if is_fresh:
                    raise
                told = self._told(asked)  # it may have been ended while nobody asked
            self._rest_later()
        if told.kind:
            _log.error("%s where a question was answered, %s", told.kind, told.place)
            raise fault(f"question ({told.kind})")
        if told.error is not None:
            raise told.error
        return told.found

    def _told(self, asked: Asked | None) -> _Told:
        process = self._begun()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(asked, process.stdin)
            process.stdin.flush()
            told: _Told = pickle.load(process.stdout)  # noqa: S301 — of our own process
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._end()
            raise _broken_off(process.returncode, is_stopped=self._is_closed) from error
        return told

    def close(self) -> None:
        """End the process at once, whatever it is doing."""
        self._is_closed = True
        held = self._process
        if held is not None:
            held.kill()  # who waits for an answer is told, and clears up
        with self._lock:
            self._end()

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._rest is not None:
            self._rest.cancel()
        if self._is_closed:
            raise _broken_off(None, is_stopped=True)
        if self.process is None:
            self._end()
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-c", _WORDS, str(self._case.resolve())],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError as error:
                raise _broken_off(None) from error
            if self._is_closed:  # meanwhile: then `close` may not have seen it
                self._end()
                raise _broken_off(None, is_stopped=True)
        assert self._process is not None
        return self._process

    def _rest_later(self) -> None:
        self._rest = threading.Timer(self._idle, self._end_if_idle)
        self._rest.daemon = True
        self._rest.start()

    def _end_if_idle(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._lock.release()

    def _end(self) -> None:
        held, self._process = self._process, None
        if held is None:
            return
        held.kill()
        held.wait()
        for pipe in (held.stdin, held.stdout):
            with Caught():  # what was still to be written has no reader
                assert pipe is not None
                pipe.close()


def _broken_off(code: int | None, *, is_stopped: bool = False) -> BrokenOff:
    if is_stopped:
        return Stopped(
            "the server was stopped before the question was answered",
            where="question", advice="Start it again and reload the page.",
        )  # fmt: skip
    how = "could not be begun" if code is None else f"broke off ({code})"
    return BrokenOff(
        f"the process that answers questions {how}",
        where="question",
        advice="Reload the page. If it happens again, this machine may have too little memory for "
        "it: close other programs, or ask about fewer days.",
    )


# -- in the process


def work() -> None:
    """Answer the questions that come over standard input, until it ends; then stop at once."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    few_arenas()
    asked: SimpleQueue[Asked | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    case = Path(sys.argv[1])
    pages: Pages | None = None
    with Caught():  # what is wrong with the case is told to who asks
        pages = Pages(case)
        pages.bench.settle()
    while True:
        question = asked.get()
        with Caught() as caught:
            pages = pages or Pages(case)
            told = _Told(pages.names if question is None else pages.answer(question))
        if caught.error is not None:
            told = _told_of(caught.error)
        pickle.dump(told, out)
        out.flush()
        give_back()


def _told_of(error: Exception) -> _Told:
    if isinstance(error, InConcertError):
        return _Told(error=error.with_traceback(None))
    return _Told(kind=type(error).__name__, place=place_of(error))


def _listen(stream: BinaryIO, asked: SimpleQueue[Asked | None]) -> None:
    """Hand on what is asked; when the server is gone, even by kill -9, end at once."""
    with Caught():
        while True:
            asked.put(pickle.load(stream))  # noqa: S301 — of our own server
    os._exit(0)
