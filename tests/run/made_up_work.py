"""Work for the tests of `run`, in a module that worker processes can import.

python made_up_work.py hang FOLDER     starts two workers that never end, says so, waits
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from inconcert.errors import ModelError, UnreadableDocument


def doubled(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


def process_of(numbers: list[int]) -> tuple[int, str | None, list[int]]:
    return os.getpid(), os.environ.get("OMP_NUM_THREADS"), numbers


def dies_on_seven(numbers: list[int]) -> list[int]:
    if 7 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return numbers


def dies_once(arguments: list[tuple[int, str]]) -> list[int]:
    """Dies the first time that it is given a 7, and leaves a file to know it by."""
    for number, folder in arguments:
        mark = Path(folder) / "died"
        if number == 7 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [number for number, _ in arguments]


def stumbles_on_seven(numbers: list[int]) -> list[int]:
    if 7 in numbers:
        raise KeyError("no verb in 7")
    return numbers


def cannot_read_seven(numbers: list[int]) -> list[int]:
    if 7 in numbers:
        raise UnreadableDocument("empty", where="7.txt")
    return numbers


def has_no_model(numbers: list[int]) -> list[int]:
    raise ModelError("the model is missing", advice="Install it.")


def load_no_model() -> None:
    raise ModelError("the model is missing", advice="Install it.")


def load_badly() -> None:
    raise ZeroDivisionError("a slip in the loader")


def hang(folders: list[str]) -> None:
    (Path(folders[0]) / f"{os.getpid()}.pid").touch()
    time.sleep(60)


if __name__ == "__main__":
    from made_up_work import hang as importable_hang

    from inconcert.run.parallel import run_batches

    folder = sys.argv[2]
    list(run_batches([folder, folder], importable_hang, processes=2, batch_size=1))
