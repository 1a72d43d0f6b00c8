"""Takes documents through the whole chain in one process: case, read, code, brief.

Run by `bench/run.py`, which measures it from outside: python bench/chain.py SETTINGS CASE PLACE…
"""

from __future__ import annotations

import sys
from pathlib import Path

from inconcert.workbench import Workbench


def main(settings: Path, case: Path, places: list[Path]) -> None:
    """Make a case with the settings of another and take everything at the places through it."""
    bench = Workbench.create(case, settings=settings.read_text(encoding="utf-8"))
    bench.read(places)
    bench.code(processes=1)
    bench.brief()


# Worker processes import this file again under another name; only the first one works.
if __name__ == "__main__":
    settings_file, case_folder, *given = (Path(argument) for argument in sys.argv[1:])
    main(settings_file, case_folder, given)
