"""The example case that ships: Afghanistan, July to October 2021."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from inconcert.errors import CaseExists, NoCase
from inconcert.store.store import FILE as DATABASE
from inconcert.workbench.bench import CASE_FILE, Workbench
from inconcert.workbench.files import make_folder, write_whole

EXAMPLE = "afghanistan-2021"


def demo_case(folder: Path) -> Workbench:
    """Make the example case in a folder, or open it where it already is.

    Raises:
        NoCase: this installation carries no example.
        CaseExists: the folder is another case.
        CaseError: the folder cannot be written.
        StorageFull: no room for it.
    """
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
        if (folder / CASE_FILE).is_file() and (folder / DATABASE).is_file():
            return _opened(folder, Workbench.open(example).settings.title)
        make_folder(folder)
        for document in sorted((example / "documents").iterdir()):
            make_folder(folder / "documents")
            write_whole(folder / "documents" / document.name, document.read_bytes())
    return Workbench.create(folder, settings=settings)


def _opened(folder: Path, title: str) -> Workbench:
    bench = Workbench.open(folder)
    if bench.settings.title != title:
        raise CaseExists(
            f"this folder is another case ({bench.settings.title})",
            where=str(folder),
            advice="Name another folder with --out.",
        )
    return bench
