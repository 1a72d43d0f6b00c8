from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import inconcert
from inconcert.errors import ModelError
from inconcert.run.parallel import Failure, run_batches

HERE = Path(__file__).parent
SOURCE = Path(inconcert.__file__).parents[1]


@pytest.fixture
def work(monkeypatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    return import_module("made_up_work")


def parted(results: Iterator) -> tuple[list[int], list[Failure]]:
    """Numbers that came out, sorted, and failures."""
    numbers, failures = [], []
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            numbers += result
    return sorted(numbers), failures


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_every_item_is_worked_on_once(work, processes):
    results = run_batches(range(25), work.doubled, processes=processes, batch_size=4)
    assert parted(results) == ([2 * number for number in range(25)], [])


def test_nothing_to_do_starts_no_process(work):
    assert list(run_batches([], work.doubled, processes=2, batch_size=4)) == []


def test_the_larger_items_go_first(work):
    results = run_batches(
        [3, 1, 9, 5, 7], lambda batch: batch, processes=1, batch_size=2, size=lambda item: item
    )
    assert list(results) == [[9, 7], [5, 3], [1]]


def test_items_are_drawn_as_they_are_needed(work):
    drawn = []

    def items() -> Iterator[int]:
        for number in range(10_000):
            drawn.append(number)
            yield number

    results = run_batches(items(), work.doubled, processes=1, batch_size=2)
    next(results)
    assert len(drawn) <= 128


def test_workers_are_other_processes_with_one_thread_each(work):
    before = os.environ.get("OMP_NUM_THREADS")
    found = list(run_batches(range(8), work.process_of, processes=2, batch_size=1))
    assert os.getpid() not in {pid for pid, _, _ in found}
    assert {threads for _, threads, _ in found} == {"1"}
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_a_killed_worker_costs_one_item_and_the_rest_goes_on(work):
    results = run_batches(range(20), work.dies_on_seven, processes=2, batch_size=4)
    numbers, failures = parted(results)
    assert numbers == [number for number in range(20) if number != 7]
    assert [failure.items for failure in failures] == [(7,)]
    assert "died" in failures[0].reason


@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_worker_killed_once_costs_nothing(work, tmp_path, batch_size):
    items = [(number, str(tmp_path)) for number in range(12)]
    results = run_batches(items, work.dies_once, processes=2, batch_size=batch_size)
    assert parted(results) == (list(range(12)), [])


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("task", "reason"),
    [("stumbles_on_seven", "KeyError"), ("cannot_read_seven", "UnreadableDocument: empty")],
)
def test_work_that_raises_costs_one_item_and_says_why(work, processes, task, reason):
    results = run_batches(range(12), getattr(work, task), processes=processes, batch_size=5)
    numbers, failures = parted(results)
    assert numbers == [number for number in range(12) if number != 7]
    assert [failure.items for failure in failures] == [(7,)]
    assert failures[0].reason.startswith(reason)
    assert task in failures[0].detail


@pytest.mark.parametrize("processes", [1, 2])
def test_a_missing_model_ends_the_run_instead_of_failing_each_item(work, processes):
    with pytest.raises(ModelError, match="model is missing"):
        list(run_batches(range(12), work.has_no_model, processes=processes, batch_size=5))


@pytest.mark.parametrize("processes", [1, 2])
def test_an_initializer_that_fails_ends_the_run_with_its_own_error(work, processes):
    results = run_batches(
        range(12), work.doubled, processes=processes, batch_size=5, initializer=work.load_no_model
    )
    with pytest.raises(ModelError) as caught:
        list(results)
    assert caught.value.advice == "Install it."


def test_a_slip_in_the_initializer_is_shown(work):
    results = run_batches(
        range(12), work.doubled, processes=2, batch_size=5, initializer=work.load_badly
    )
    with pytest.raises(RuntimeError, match="a slip in the loader"):
        list(results)


def test_closing_the_iterator_ends_the_workers(work):
    results = run_batches(range(1_000), work.process_of, processes=2, batch_size=1)
    pid, _, _ = next(results)
    results.close()
    assert is_gone(pid)


def test_partial_functions_can_be_work(work):
    results = run_batches(range(6), partial(work.doubled), processes=2, batch_size=3)
    assert parted(results)[0] == [0, 2, 4, 6, 8, 10]


def test_a_script_without_guard_and_a_command_do_not_start_over_in_each_worker(work, tmp_path):
    program = (
        "from inconcert.run.parallel import run_batches\n"
        "import made_up_work\n"
        "print('began')\n"
        "print(sum(map(sum, run_batches(range(9), made_up_work.doubled, processes=2, "
        "batch_size=3))))\n"
    )
    script = tmp_path / "script.py"
    script.write_text(program, encoding="utf-8")
    for command in ([sys.executable, str(script)], [sys.executable, "-c", program]):
        done = subprocess.run(
            command, env=environment(), capture_output=True, text=True, timeout=60, check=False
        )
        assert done.stdout.split() == ["began", "72"], done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_workers_die_with_their_parent(tmp_path, end):
    command = [sys.executable, str(HERE / "made_up_work.py"), "hang", str(tmp_path)]
    heeded = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a background job ignores it
    with subprocess.Popen(
        command, env=environment(), stderr=subprocess.DEVNULL, preexec_fn=heeded
    ) as parent:
        assert comes_true(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
        workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
        parent.send_signal(end)
        parent.wait(timeout=60)
    assert all(map(is_gone, workers))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), str(HERE)])}


def is_gone(pid: int) -> bool:
    return comes_true(lambda: not is_alive(pid))


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    if status.exists():  # a dead process whose parent has not asked for it is gone all the same
        return status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path("/proc/self").exists()


def comes_true(condition: Callable[[], bool], *, seconds: float = 20) -> bool:
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if condition():
            return True
        time.sleep(0.02)
    return False
