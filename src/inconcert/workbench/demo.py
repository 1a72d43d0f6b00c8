"""The example case that ships: Afghanistan, July to October 2021."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from inconcert.errors import NoCase
from inconcert.workbench.bench import CASE_FILE, Workbench

EXAMPLE = "afghanistan-2021"


def demo_case(folder: Path) -> Workbench:
    """Make the example case in a folder, or open it where it already is.

    Raises:
        NoCase: this installation carries no example.
    """
    if (folder / CASE_FILE).is_file():
        return Workbench.open(folder)
    with as_file(files("inconcert")) as package:
        installed = package / "examples" / EXAMPLE
        checkout = package.parent.parent / "examples" / EXAMPLE
        example = installed if installed.is_dir() else checkout
        if not example.is_dir():
            raise NoCase(
                "the example case is not part of this installation",
                where=str(example),
                advice="Install InConcert from its wheel or work in a clone of its repository.",
            )
        settings = (example / CASE_FILE).read_text(encoding="utf-8")
        shutil.copytree(example / "documents", folder / "documents", dirs_exist_ok=True)
    return Workbench.create(folder, settings=settings)
