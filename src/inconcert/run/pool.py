"""A pool of worker processes that can be started again, and never outlives its parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.queues import SimpleQueue
from threading import Thread
from types import ModuleType, TracebackType
from typing import ParamSpec, TypeVar

from inconcert.errors import InConcertError
from inconcert.run.guard import Caught

P = ParamSpec("P")
R = TypeVar("R")

Trouble = tuple[InConcertError | None, str]
"""What an initializer raised: the error where it is one of ours, and its traceback."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Set to 1 in the workers: they share the cores already."""


class Pool:
    """Worker processes, started afresh rather than forked: threads and databases do not cross.

    Used in a `with` block; leaving it ends the workers at once, unless `finish` was called.

    Args:
        initializer: called once in each worker.
        work: the function that will be submitted; looked at only to see where it is defined.
    """

    def __init__(
        self, processes: int, initializer: Callable[[], None] | None, work: Callable[..., object]
    ) -> None:
        self._processes, self._initializer = processes, initializer
        self._needs_main = any(map(_is_in_main, (initializer, work)))
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def submit(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Have a worker do something.

        Raises:
            InConcertError: the initializer raised it.
            RuntimeError: the initializer raised something else.
        """
        # Workers are started inside `submit`, with the environment and main module of now.
        with _environment(dict.fromkeys(ONE_THREAD, "1")), _main_hidden(is_needed=self._needs_main):
            try:
                return self._executor.submit(work, *args, **kwargs)
            except BrokenProcessPool:
                self.restart()
                return self._executor.submit(work, *args, **kwargs)

    def restart(self) -> None:
        """Start again with new workers after one died.

        Raises:
            InConcertError: the initializer raised it.
            RuntimeError: the initializer raised something else.
        """
        if not self._trouble.empty():
            error, told = self._trouble.get()
            raise error if error is not None else RuntimeError(f"a worker cannot start:\n{told}")
        self._end()
        self._start()

    def finish(self) -> None:
        """Let the workers end by themselves, when all their work is done."""
        self._executor.shutdown(wait=True)

    def _start(self) -> None:
        self._trouble: SimpleQueue[Trouble] = self._context.SimpleQueue()
        self._lifeline, self._held = self._context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            self._processes,
            mp_context=self._context,
            initializer=_begin_worker,
            initargs=(self._lifeline, self._trouble, self._initializer),
        )

    def _end(self) -> None:
        self._held.close()  # every worker sees it and exits
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._lifeline.close()
        self._trouble.close()


def _begin_worker(
    lifeline: Connection, trouble: SimpleQueue[Trouble], initializer: Callable[[], None] | None
) -> None:
    """First thing done in a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us
    Thread(target=_die_with_parent, args=(lifeline,), daemon=True).start()
    if initializer is None:
        return
    with Caught() as caught:
        initializer()
    if caught.error is not None:
        ours = caught.error if isinstance(caught.error, InConcertError) else None
        trouble.put((ours, Caught.told(caught.error)))
        os._exit(1)


def _die_with_parent(lifeline: Connection) -> None:
    """Exit when the parent closes the lifeline or is gone, even by kill -9."""
    parent = multiprocessing.parent_process()
    wait([lifeline] if parent is None else [lifeline, parent.sentinel])
    os._exit(1)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for processes started inside."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _main_hidden(*, is_needed: bool) -> Iterator[None]:
    """Keep workers started inside from running the caller's script again.

    A worker imports the main module of its parent, in case the work is defined there. Ours is
    not; and a script or notebook without the `if __name__ == "__main__"` guard would start over
    in each worker.
    """
    main = sys.modules["__main__"]
    if not is_needed:
        sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _is_in_main(function: Callable[..., object] | None) -> bool:
    while isinstance(function, partial):
        function = function.func
    return getattr(function, "__module__", None) == "__main__"
