"""Takes documents through the whole chain in one process: case, read, code, brief.

Run by `bench/run.py`, which measures it from outside: python bench/chain.py CASE PLACE…
"""

from __future__ import annotations

import sys
from pathlib import Path

from inconcert.workbench import Workbench


def main(case: Path, places: list[Path]) -> None:
    """Make a case in an empty folder and take everything at the places through it."""
    bench = Workbench.create(case)
    bench.read(places)
    bench.code(processes=1)
    bench.brief()


# Worker processes import this file again under another name; only the first one works.
if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(place) for place in sys.argv[2:]])
