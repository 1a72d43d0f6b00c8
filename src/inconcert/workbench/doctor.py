"""What `inconcert doctor` looks at."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

from inconcert.errors import InConcertError
from inconcert.parse.pipeline import describe
from inconcert.store.store import Store
from inconcert.workbench.bench import Workbench, version

_PACKAGES = ("spacy", "duckdb", "pyarrow", "numpy", "trafilatura", "onnxruntime", "typer")


def doctor_report(case: Path | None = None) -> dict[str, object]:
    """Versions, the language model with its hashes checked, and the state of a case."""
    report: dict[str, object] = {
        "inconcert": version(),
        "python": sys.version.split()[0],
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }
    for package in _PACKAGES:
        try:
            report[package] = installed_version(package)
        except PackageNotFoundError:
            report[package] = "missing: reinstall InConcert"
    try:
        found = describe()
        state = "weights verified" if found["verified"] else "weights not in the lock, unverified"
        report["language model"] = f"{found['model']} ({state})"
    except InConcertError as error:
        report["language model"] = str(error)
    if case is not None:
        bench = Workbench.open(case)
        with Store.open(bench.folder, write=False) as store:
            report.update({f"case {name}": value for name, value in store.info().items()})
    return report
