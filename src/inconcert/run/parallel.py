"""Spreads batches over worker processes, and goes on when one of them dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from inconcert.errors import BadInput, InConcertError
from inconcert.run.guard import Caught
from inconcert.run.pool import Pool

T = TypeVar("T")
R = TypeVar("R")

BATCHES_IN_WINDOW = 64
"""So many batches are sorted by size at a time; more would hold too much text in memory."""


@dataclass(frozen=True, slots=True)
class Failure(Generic[T]):
    """Items that could not be worked on, tried one by one at last; the rest went on without them.

    Attributes:
        items: as given, usually one.
        reason: what happened, in one line.
        detail: where it happened, for a report of the fault; empty where the process died.
    """

    items: tuple[T, ...]
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    """A batch, and how often a worker process died with it."""

    items: tuple[T, ...]
    lost: int = 0


@dataclass(frozen=True, slots=True)
class _Raised:
    """What the work raised, as it crosses from a worker process."""

    reason: str
    detail: str
    fatal: InConcertError | None


def run_batches(
    items: Iterable[T],
    work: Callable[[list[T]], R],
    *,
    processes: int,
    batch_size: int,
    initializer: Callable[[], None] | None = None,
    size: Callable[[T], int] | None = None,
) -> Iterator[R | Failure[T]]:
    """Do the work on all items, in batches; results come as they are ready, not in order.

    A batch on which the work raises is taken apart and its items are tried one by one; so is a
    batch with which a worker process dies a second time, having then run alone. What still fails
    comes out as a `Failure`. Items are drawn as they are needed. Workers end when the iterator is
    closed, on Ctrl-C, and when this process dies.

    Args:
        items: drawn from the calling thread.
        work: importable from a module, as is `initializer`; a `partial` of such will do.
        processes: 1 or fewer to work in this process.
        batch_size: most items in a batch.
        initializer: called once in each process, say to load a model.
        size: how much work an item is; the larger go first, so that no worker ends long after
            the others.

    Raises:
        InConcertError: the initializer failed, or the work raised an error that is not about its
            items (all but `BadInput`), such as a missing model.
    """
    tasks = (_Task(batch) for batch in _batches(items, batch_size, size))
    if processes > 1:
        with Pool(processes, initializer, work) as pool:
            yield from _spread(pool, tasks, work, most=2 * processes)
            pool.finish()
    else:
        if initializer is not None:
            initializer()
        for task in tasks:
            yield from _alone(task, work)


def _alone(task: _Task[T], work: Callable[[list[T]], R]) -> Iterator[R | Failure[T]]:
    """Work on a batch in this process."""
    waiting = deque([task])
    while waiting:
        current = waiting.popleft()
        result = _done(work, list(current.items))
        if not isinstance(result, _Raised):
            yield result
        elif parts := _taken_apart(current, result):
            waiting.extendleft(reversed(parts))
        else:
            yield Failure(current.items, result.reason, result.detail)


def _spread(
    pool: Pool, tasks: Iterator[_Task[T]], work: Callable[[list[T]], R], *, most: int
) -> Iterator[R | Failure[T]]:
    """Work on batches in a pool, at most so many at a time.

    When a process dies, all batches in the pool are lost, the guilty and the innocent. They run
    again one at a time, so that the guilty one shows.
    """
    running: dict[Future[R | _Raised], _Task[T]] = {}
    again: deque[_Task[T]] = deque()
    suspects: deque[_Task[T]] = deque()
    while True:
        while not suspects and len(running) < most:
            task = again.popleft() if again else next(tasks, None)
            if task is None:
                break
            running[pool.submit(_done, work, list(task.items))] = task
        if suspects and not running:
            task = suspects.popleft()
            running[pool.submit(_done, work, list(task.items))] = task
        if not running:
            return
        finished = wait(running, return_when=FIRST_COMPLETED).done
        if any(isinstance(future.exception(), BrokenProcessPool) for future in finished):
            finished = wait(running).done  # they are all lost, or were done just before
            pool.restart()
        for future in finished:
            task, error = running.pop(future), future.exception()
            if isinstance(error, BrokenProcessPool):
                outcome = _after_loss(task, suspects)
                if outcome is not None:
                    yield outcome
                continue
            result = future.result() if error is None else _raised(error)
            if not isinstance(result, _Raised):
                yield result
            elif parts := _taken_apart(task, result):
                again.extend(parts)
            else:
                yield Failure(task.items, result.reason, result.detail)


def _after_loss(task: _Task[T], suspects: deque[_Task[T]]) -> Failure[T] | None:
    """Have a lost batch tried again, alone; then its items; then give up."""
    if task.lost == 0:
        suspects.append(_Task(task.items, 1))
    elif len(task.items) > 1:
        suspects.extendleft(_Task((item,), 1) for item in reversed(task.items))
    else:
        return Failure(
            task.items,
            "the worker process died with it twice; it may need more memory than there is",
        )
    return None


def _taken_apart(task: _Task[T], raised: _Raised) -> list[_Task[T]]:
    """The items of a batch one by one; none where it is one already."""
    if raised.fatal is not None:
        raise raised.fatal
    return [_Task((item,), task.lost) for item in task.items] if len(task.items) > 1 else []


def _done(work: Callable[[list[T]], R], items: list[T]) -> R | _Raised:
    """The result of the work, or what it raised; called in the worker."""
    with Caught() as caught:
        return work(items)
    return _raised(caught.error)


def _raised(error: BaseException | None) -> _Raised:
    fatal = isinstance(error, InConcertError) and not isinstance(error, BadInput)
    lines = str(error).strip().splitlines()
    return _Raised(
        reason=f"{type(error).__name__}: {lines[0] if lines else 'no message'}",
        detail=Caught.told(error),
        fatal=error if fatal and isinstance(error, InConcertError) else None,
    )


def _batches(
    items: Iterable[T], batch_size: int, size: Callable[[T], int] | None
) -> Iterator[tuple[T, ...]]:
    """Batches of items; within a window the larger items first."""
    pending = iter(items)
    while window := list(islice(pending, batch_size * BATCHES_IN_WINDOW)):
        if size is not None:
            window.sort(key=size, reverse=True)
        for first in range(0, len(window), batch_size):
            yield tuple(window[first : first + batch_size])
