"""The example case that ships: Afghanistan, July to October 2021."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from inconcert.core.ids import content_id
from inconcert.errors import CaseExists, NoCase
from inconcert.store.store import FILE as DATABASE
from inconcert.workbench.bench import CASE_FILE, Workbench
from inconcert.workbench.files import make_folder, write_whole

EXAMPLE = "afghanistan-2021"
MARK = ".example"
"""File in the copy that tells which version of the example was copied."""


def demo_case(folder: Path) -> Workbench:
    """Make the example case in a folder, or open it where it already is.

    Raises:
        NoCase: this installation carries no example.
        CaseExists: the folder is another case, or holds another version of the example.
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
            return _opened(folder, example)
        make_folder(folder)
        for document in sorted((example / "documents").iterdir()):
            make_folder(folder / "documents")
            write_whole(folder / "documents" / document.name, document.read_bytes())
        write_whole(folder / MARK, _digest(example))
    return Workbench.create(folder, settings=settings)


def _opened(folder: Path, example: Path) -> Workbench:
    bench = Workbench.open(folder)
    if bench.settings.title != Workbench.open(example).settings.title:
        raise CaseExists(
            f"this folder is another case ({bench.settings.title})",
            where=str(folder),
            advice="Name another folder with --out.",
        )
    mark = folder / MARK
    # What its owner changed stays; without a mark only what is the same is known to be as shipped.
    held = mark.read_text(encoding="utf-8").strip() if mark.is_file() else _digest(folder)
    if held != _digest(example):
        raise CaseExists(
            "this folder holds an older example",
            where=str(folder),
            advice="Remove it, or name another folder with --out.",
        )
    return bench


def _digest(case: Path) -> str:
    """Hash of the settings and documents of an example."""
    found = [case / CASE_FILE, *sorted((case / "documents").glob("*"))]
    return content_id(*((file.name, file.read_bytes()) for file in found))
